//! [`Contents`]: what the list of contents of a book says of it, and which chapters it names.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::each_once;
use super::xml::{attribute, each_element};
use crate::extract::date_given;
use crate::model::{Date, Field, Language, Metadata, Unread};
use crate::text::{clean, collapse_whitespace};

/// The media type of chapters before those of EPUB were XHTML (Open eBook Publication Structure 1.2).
const OLD_CHAPTER: &str = "text/x-oeb1-document";

/// What those do that are named as authors (MARC code list for relators): authors and creators.
const AUTHORS: [&str; 2] = ["aut", "cre"];

/// What those do who stand for the authors of a book that names none: editors and compilers.
const EDITORS: [&str; 2] = ["edt", "com"];

/// The last year of dates that say that none is known: calibre writes 0101-01-01.
const LAST_YEAR_OF_UNKNOWN_DATES: i16 = 101;

/// What the list of contents says.
#[derive(Default)]
pub(super) struct Contents {
    pub metadata: Metadata,
    /// A date that can't be read, where none can.
    pub unread_date: Option<Unread>,
    pub chapters: Vec<String>,
    /// How many chapters are named that aren't in the list of what the book is made of.
    pub unlisted: usize,
}

impl Contents {
    pub fn read(xml: &str) -> Self {
        let mut files: HashMap<String, Option<String>> = HashMap::new();
        let mut spine = Vec::new();
        let mut said = Said::default();
        each_element(xml, |tag, text| match tag.local_name().as_ref() {
            "item" => {
                let is_list =
                    attribute(tag, "properties").is_some_and(|properties| properties.contains("nav"));
                if let (Some(id), Some(href)) = (attribute(tag, "id"), attribute(tag, "href")) {
                    files.insert(id, (is_chapter(tag) && !is_list).then_some(href));
                }
            }
            "itemref" => spine.extend(attribute(tag, "idref")),
            name => said.note(name, tag, text),
        });
        let spine = each_once(spine);
        Self {
            metadata: said.metadata(),
            unread_date: said.unread_date(),
            unlisted: spine.iter().filter(|id| !files.contains_key(*id)).count(),
            chapters: spine.iter().filter_map(|id| files.get(id).cloned().flatten()).collect(),
        }
    }
}

/// Whether an item is a chapter: its media type says so, whatever its name is.
fn is_chapter(item: &BytesStart<'_>) -> bool {
    attribute(item, "media-type").is_none_or(|kind| kind.contains("html") || kind == OLD_CHAPTER)
}

/// What is said of a book, before it is known which of it counts.
#[derive(Default)]
struct Said {
    titles: Vec<Element>,
    creators: Vec<Element>,
    dates: Vec<Element>,
    publisher: Option<String>,
    language: Option<Language>,
    /// What is said of other elements, by their ids.
    refined: HashMap<String, String>,
}

/// An element of what is said of a book.
struct Element {
    id: Option<String>,
    text: String,
    /// What it is, where it says so itself, as EPUB 2 does: the role of a person, the event of a date.
    kind: Option<String>,
}

impl Said {
    fn note(&mut self, name: &str, tag: &BytesStart<'_>, text: &str) {
        let text = collapse_whitespace(&clean(text));
        if text.is_empty() {
            return;
        }
        let element =
            |kind: &str, text| Element { id: attribute(tag, "id"), text, kind: attribute(tag, kind) };
        match name {
            "title" => self.titles.push(element("", text)),
            "creator" => self.creators.push(element("role", text)),
            "date" => self.dates.push(element("event", text)),
            "publisher" if self.publisher.is_none() => self.publisher = Some(text),
            "language" if self.language.is_none() => self.language = Language::from_tag(&text),
            "meta" if attribute(tag, "property").is_some_and(|p| p == "role" || p == "title-type") => {
                let of = attribute(tag, "refines").unwrap_or_default();
                self.refined.insert(of.trim_start_matches('#').to_owned(), text);
            }
            _ => {}
        }
    }

    /// What `element` is said to be, by itself or elsewhere.
    fn kind<'s>(&'s self, element: &'s Element) -> Option<&'s str> {
        let refined = || self.refined.get(element.id.as_ref()?);
        element.kind.as_ref().or_else(refined).map(String::as_str)
    }

    fn metadata(&self) -> Metadata {
        let mut metadata = Metadata {
            title: self.title(),
            authors: self.authors(),
            published: self.published(),
            publisher: self.publisher.clone(),
            language: self.language,
            ..Metadata::default()
        };
        metadata.note_given("container");
        metadata
    }

    /// The main title, or else the first that isn't said to be something else.
    fn title(&self) -> Option<String> {
        let of_kind = |kind| self.titles.iter().find(|title| self.kind(title) == kind);
        let title = of_kind(Some("main")).or_else(|| of_kind(None)).or(self.titles.first())?;
        Some(title.text.clone())
    }

    /// Those who wrote the book, or else who put it together: not those who translated or illustrated it.
    fn authors(&self) -> Vec<String> {
        let of = |is_of: &dyn Fn(Option<&str>) -> bool| -> Vec<String> {
            let named = self.creators.iter().filter(|creator| is_of(self.kind(creator)));
            named.map(|creator| creator.text.clone()).collect()
        };
        let authors = of(&|role| role.is_none_or(|role| AUTHORS.contains(&role)));
        if authors.is_empty() {
            of(&|role| role.is_some_and(|role| EDITORS.contains(&role)))
        } else {
            authors
        }
    }

    /// The day of publication, or else one that isn't said to be another's.
    fn published(&self) -> Option<Date> {
        let mut read = self.dates().into_iter().filter_map(|date| self.read(date));
        read.find(|date| date.first_day().year() > LAST_YEAR_OF_UNKNOWN_DATES)
    }

    /// What should be the day of publication and can't be read, where there is none.
    fn unread_date(&self) -> Option<Unread> {
        let unread = self.dates().into_iter().find(|date| self.read(date).is_none())?;
        self.published().is_none().then(|| Unread::new(Field::Published, &unread.text))
    }

    fn read(&self, date: &Element) -> Option<Date> {
        date_given(&date.text, self.language.as_ref().map(Language::code), None)
    }

    /// The dates that may be the day of publication, the likeliest first; never the one of a change.
    fn dates(&self) -> Vec<&Element> {
        let known = |date: &&Element| self.kind(date) != Some("modification");
        let mut dates: Vec<&Element> = self.dates.iter().filter(known).collect();
        dates.sort_by_key(|date| match self.kind(date) {
            Some("publication") => 0,
            None => 1,
            Some(_) => 2,
        });
        dates
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(metadata: &str) -> Metadata {
        Contents::read(&format!("<package><metadata>{metadata}</metadata></package>")).metadata
    }

    #[test]
    fn translators_and_illustrators_are_no_authors() {
        let people = "<dc:creator>Ana Lima</dc:creator><dc:creator opf:role='aut'>Bo Chen</dc:creator>\
                      <dc:creator opf:role='trl'>Cy Dahl</dc:creator><dc:creator id='e'>Di Ek</dc:creator>\
                      <meta refines='#e' property='role' scheme='marc:relators'>ill</meta>";
        assert_eq!(read(people).authors, ["Ana Lima", "Bo Chen"]);
        let edited =
            "<dc:creator opf:role='trl'>Cy Dahl</dc:creator><dc:creator opf:role='edt'>Fay Gold</dc:creator>";
        assert_eq!(read(edited).authors, ["Fay Gold"]);
    }

    #[test]
    fn the_day_of_publication_comes_before_others_and_an_unknown_one_is_none() {
        let published = |dates: &str| read(dates).published.map(|date| date.to_string());
        let day = |event: &str, day: &str| format!("<dc:date opf:event='{event}'>{day}</dc:date>");
        let [changed, published_on] = [day("modification", "2019-02-03"), day("publication", "2011-02-03")];
        assert_eq!(published(&(changed.clone() + &published_on)).as_deref(), Some("2011-02-03"));
        assert_eq!(published(&changed), None);
        assert_eq!(
            published(&(day("creation", "2009") + "<dc:date>2010</dc:date>")).as_deref(),
            Some("2010")
        );
        assert_eq!(published("<dc:date>0101-01-01T00:00:00+00:00</dc:date>"), None);
        assert_eq!(published("<dc:date>3 February 2011</dc:date>").as_deref(), Some("2011-02-03"));
    }

    #[test]
    fn a_date_that_cannot_be_read_is_told_where_there_is_no_other() {
        let told = |dates: &str| {
            let contents = Contents::read(&format!("<package><metadata>{dates}</metadata></package>"));
            contents.unread_date.map(|date| date.to_string())
        };
        let told_of = "`published` is left out: no date can be made of \"soon\"";
        assert_eq!(told("<dc:date>soon</dc:date>").as_deref(), Some(told_of));
        assert_eq!(told("<dc:date>soon</dc:date><dc:date>2011</dc:date>"), None);
        assert_eq!(told("<dc:date>0101-01-01</dc:date>"), None);
    }

    #[test]
    fn the_main_title_comes_before_the_subtitle() {
        let titles = "<dc:title id='t2'>Sub</dc:title><dc:title id='t1'>Main</dc:title>";
        let kind =
            |of: &str, kind: &str| format!("<meta refines='#{of}' property='title-type'>{kind}</meta>");
        assert_eq!(read(titles).title.as_deref(), Some("Sub"));
        assert_eq!(read(&(titles.to_owned() + &kind("t2", "subtitle"))).title.as_deref(), Some("Main"));
        assert_eq!(read(&(titles.to_owned() + &kind("t1", "main"))).title.as_deref(), Some("Main"));
    }

    #[test]
    fn chapters_are_told_by_their_media_types() {
        let item = |id: &str, kind: &str| format!("<item id='{id}' href='{id}' media-type='{kind}'/>");
        let items = [item("a", "application/xhtml+xml"), item("b", OLD_CHAPTER), item("c.html", "image/png")];
        let spine = "<itemref idref='b'/><itemref idref='c.html'/><itemref idref='a'/>";
        assert_eq!(Contents::read(&(items.concat() + spine)).chapters, ["b", "a"]);
    }
}
