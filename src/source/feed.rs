//! Feeds: RSS of any version and Atom, whose entries are articles.
//!
//! An entry becomes a record as of a JSON Lines file, under the address that it gives. How entries are found in a
//! file that need not be sound is the matter of [`walk`].

mod walk;

use std::collections::VecDeque;
use std::io;

use jiff::fmt::rfc2822;
use serde::Serialize;
use walk::{Entries, Tag, TextForm, entries};

use super::content::Refusal;
use super::member::{Form, Packed};
use super::members::{Container, Entry, Found, Place};
use super::xml_text::text_of;
use crate::extract::line_of_markup;
use crate::model::{Locator, ReadAs};

/// A feed that was read.
pub(super) struct Feed {
    place: Locator,
    read_as: Option<ReadAs>,
    items: VecDeque<Result<Item, Box<Damaged>>>,
    /// Why there may be more entries than could be read.
    cut_off: Option<String>,
    is_cut_off: bool,
}

/// An entry that can't be read, with what was read of it.
#[derive(Debug, PartialEq)]
struct Damaged {
    item: Item,
    reason: String,
}

/// An entry of a feed, as a record.
#[derive(Debug, Default, PartialEq, Serialize)]
struct Item {
    title: Option<String>,
    url: Option<String>,
    html: Option<String>,
    authors: Vec<String>,
    #[serde(skip)]
    authors_of_source: Vec<String>,
    published: Option<String>,
    modified: Option<String>,
    publisher: Option<String>,
    /// The feed that the entry was taken over from.
    #[serde(skip)]
    source: Option<String>,
    #[serde(skip)]
    guid: Option<String>,
    /// How much of the article the text in `html` is: a summary gives way to the whole.
    #[serde(skip)]
    fullness: u8,
}

impl Feed {
    /// The feed in `bytes`, behind which it was `cut`, if it was.
    ///
    /// # Errors
    ///
    /// If it holds no entry.
    pub fn new(place: Locator, bytes: &[u8], cut: Option<&io::Error>) -> Result<Self, Refusal> {
        let (text, read_as) = text_of(bytes);
        let Entries { items, cut_off } = entries(&text);
        match cut.map(ToString::to_string).or(cut_off) {
            Some(fault) if items.is_empty() => Err(Refusal::SetAside(format!("a damaged feed: {fault}"))),
            None if items.is_empty() => Err(Refusal::Skip("a feed without entries".to_owned())),
            cut_off => {
                Ok(Self { place, read_as, items: items.into(), is_cut_off: cut_off.is_some(), cut_off })
            }
        }
    }

    /// The entry `item` as a record.
    fn record(&self, item: Result<Item, Box<Damaged>>) -> Entry {
        let (item, fault) = match item {
            Ok(item) => (item, None),
            Err(damaged) => (damaged.item, Some(format!("a damaged entry: {}", damaged.reason))),
        };
        let name = item.guid.as_ref().or(item.url.as_ref()).or(item.title.as_ref());
        let place = Place::Named(name.map_or_else(|| b"entry".to_vec(), |name| name.clone().into_bytes()));
        let content = match (fault, serde_json::to_vec(&item)) {
            (Some(fault), _) => Err(Refusal::SetAside(fault)),
            (None, _) if item.html.is_none() => Err(Refusal::Skip("an entry without a text".to_owned())),
            (None, Ok(bytes)) => {
                let form = Form::JsonLine { file: self.place.clone(), read_as: self.read_as };
                Ok(Found::Packed(Packed { form, bytes, missing: None }))
            }
            (None, Err(error)) => Err(Refusal::SetAside(error.to_string())),
        };
        Entry { place, content }
    }
}

impl Container for Feed {
    /// The next entry; behind them that there may be more, if the feed is cut off.
    fn next(&mut self) -> Option<Entry> {
        if let Some(item) = self.items.pop_front() {
            return Some(self.record(item));
        }
        let fault = self.cut_off.take()?;
        let refusal = Refusal::SetAside(format!("a damaged feed: {fault}"));
        Some(Entry::refused(Place::Named(b"the rest".to_vec()), refusal))
    }

    fn is_cut_off(&self) -> bool {
        self.is_cut_off
    }
}

impl Item {
    /// Takes the field that `tag` opened, with the content `text`.
    fn set(&mut self, tag: &Tag, text: &str) {
        let text = text.trim();
        match tag.name.as_str() {
            "title" => self.title = Some(title(tag, text)),
            "dc:publisher" if !text.is_empty() => self.publisher = Some(text.to_owned()),
            "link" if tag.href.is_some() && tag.rel.as_deref().is_none_or(|rel| rel == "alternate") => {
                self.url = tag.href.as_deref().map(|href| tag.address(href));
            }
            "link" if tag.href.is_none() && !text.is_empty() => self.url = Some(tag.address(text)),
            "guid" | "id" => self.guid = Some(text.to_owned()),
            "content:encoded" | "content" => self.set_html(text, 3),
            "description" => self.set_html(text, 2),
            "summary" => self.set_html(text, 1),
            "dc:creator" => self.authors.push(text.to_owned()),
            "author" if !text.is_empty() && self.authors.is_empty() => self.authors.push(author(text)),
            "pubdate" | "published" | "dc:date" | "issued" => self.published = date(text),
            "updated" | "modified" => self.modified = date(text),
            _ => {}
        }
    }

    fn set_html(&mut self, html: &str, fullness: u8) {
        if fullness > self.fullness && !html.is_empty() {
            self.html = Some(html.to_owned());
            self.fullness = fullness;
        }
    }
}

/// The content `text` of the title that `tag` opened, without markup.
fn title(tag: &Tag, text: &str) -> String {
    if tag.form == TextForm::Text { text.trim().to_owned() } else { line_of_markup(text.trim()) }
}

/// The name in `mail@host.example (Name)`.
fn author(text: &str) -> String {
    let name = text.split_once('(').and_then(|(_, name)| name.strip_suffix(')'));
    name.unwrap_or(text).trim().to_owned()
}

/// The day of a date as mail writes it; what else it may be is told by whoever reads the record.
fn date(text: &str) -> Option<String> {
    match rfc2822::parse(text) {
        Ok(zoned) => Some(zoned.date().to_string()),
        Err(_) => (!text.is_empty()).then(|| text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items_of(xml: &str) -> Vec<Item> {
        let Entries { items, cut_off } = entries(xml);
        assert_eq!(cut_off, None);
        items.into_iter().map(Result::unwrap).collect()
    }

    #[test]
    fn entries_of_rss_are_records() {
        let xml = "<?xml version=\"1.0\"?><rss><channel><title>Feed</title><item><title>A &amp; B</title>\
                   <link>http://a.example/1</link><description>Short.</description>\
                   <content:encoded><![CDATA[<p>Whole&nbsp;text.]]></content:encoded>\
                   <author>a@b.example (Ana Lima)</author><pubDate>Tue, 04 May 2021 10:00:00 +0200</pubDate>\
                   </item><item><title>Cut";
        let entries = entries(xml);
        assert_eq!(entries.cut_off.as_deref(), Some("it ends before its end tag"));
        let [Ok(whole), Err(cut)] = entries.items.as_slice() else { panic!("{entries:?}") };
        assert_eq!(cut.reason, "the feed ends within it");
        let expected = Item {
            title: Some("A & B".into()),
            url: Some("http://a.example/1".into()),
            html: Some("<p>Whole&nbsp;text.".into()),
            authors: vec!["Ana Lima".into()],
            published: Some("2021-05-04".into()),
            publisher: Some("Feed".into()),
            fullness: 3,
            ..Item::default()
        };
        assert_eq!(*whole, expected);
    }

    #[test]
    fn entries_of_atom_are_records() {
        let xml = "<feed><title>F</title><entry><title type='html'>T</title><link rel='self' href='x'/>\
                   <link href='http://a.example/2'/><id>urn:2</id><author><name>Bo</name><uri>u</uri></author>\
                   <author><name>Cy</name></author><updated>2020-01-02T03:04:05Z</updated>\
                   <content type='xhtml'><div><p>One &amp; <b>two</b></p></div></content></entry></feed>";
        let items = items_of(xml);
        assert_eq!(items[0].url.as_deref(), Some("http://a.example/2"));
        assert_eq!(items[0].authors, ["Bo", "Cy"]);
        assert_eq!(items[0].html.as_deref(), Some("<div><p>One &amp; <b>two</b></p></div>"));
        assert_eq!(items[0].modified.as_deref(), Some("2020-01-02T03:04:05Z"));
    }

    #[test]
    fn entries_that_name_no_publisher_have_the_feed_s_title() {
        let publishers = |feed: &str| -> Vec<Option<String>> {
            items_of(feed).into_iter().map(|item| item.publisher).collect()
        };
        let rss = "<rss xmlns:dc='d'><channel><title> Wells &amp; Weirs </title><image><title>Logo</title></image>\
                   <item><title>A</title></item><item><dc:publisher>Karst Institute</dc:publisher></item>\
                   <item><source url='http://b.example/'>The Dam</source><title>C</title></item></channel></rss>";
        let expected = ["Wells & Weirs", "Karst Institute", "The Dam"];
        assert_eq!(publishers(rss), expected.map(|name| Some(name.to_owned())));
        let atom = "<feed><title type='html'>Wells &lt;b>today&lt;/b></title><entry><title>A</title></entry>\
                    <entry><source><id>urn:s</id><title>The Dam</title><updated>2021</updated></source></entry></feed>";
        assert_eq!(publishers(atom), ["Wells today", "The Dam"].map(|name| Some(name.to_owned())));
        // The title may stand behind the entries, beside them, or be none.
        let behind =
            "<rdf:RDF><item><title>A</title></item><channel><title>Wells</title></channel></rdf:RDF>";
        assert_eq!(publishers(behind), [Some("Wells".to_owned())]);
        let long = format!("<feed><title>{}</title><entry><id>a</id></entry></feed>", "x".repeat(3_000));
        for feed in ["<feed><entry><id>a</id></entry></feed>", &long] {
            assert_eq!(publishers(feed), [None]);
        }
    }

    #[test]
    fn a_title_of_an_entry_in_html_keeps_no_markup() {
        let title = |element: &str| {
            let items = items_of(&format!("<feed><entry>{element}<id>u</id></entry></feed>"));
            items[0].title.clone().unwrap()
        };
        for (element, expected) in [
            (
                "<title type='html'>A &lt;em>new&lt;/em> deal &amp;amp; more&amp;#8217;s</title>",
                "A new deal & more’s",
            ),
            ("<title type='html'><![CDATA[One<br>two &lt;3]]></title>", "One two <3"),
            ("<title type='text/html'>a &lt; b</title>", "a < b"),
            ("<title type='xhtml'><div>Less: <em> &lt; </em> &#233;</div></title>", "Less: < é"),
            ("<title type='text'>Tags: &lt;em> &amp;amp;</title>", "Tags: <em> &amp;"),
            ("<title>Tags: &lt;em></title>", "Tags: <em>"),
        ] {
            assert_eq!(title(element), expected, "{element}");
        }
    }

    #[test]
    fn links_of_entries_are_addresses() {
        let urls =
            |feed: &str| -> Vec<Option<String>> { items_of(feed).into_iter().map(|item| item.url).collect() };
        let entry = |attributes: &str, href: &str| {
            format!("<entry {attributes}><id>{href}</id><link href='{href}'/></entry>")
        };
        let of = |head: &str, entries: &[&str]| urls(&format!("<feed {head}{}</feed>", entries.concat()));
        let some = |urls: &[&str]| -> Vec<Option<String>> {
            urls.iter().map(|url| (!url.is_empty()).then(|| (*url).to_owned())).collect()
        };
        let own = entry("xml:base='http://b.example/x/'", "y");
        let (beside, rooted, whole) =
            (entry("xml:base='z/'", "y"), entry("", "/r"), entry("", "http://c.example/"));
        let entries = [own.as_str(), &rooted, &whole];
        let (based, absolute) = ("http://b.example/x/y", "http://c.example/");
        assert_eq!(of(">", &entries), some(&[based, "", absolute]));
        let links = "><link href='http://s.example/'/><link rel='self' href='http://a.example/feed'/>";
        assert_eq!(of(links, &entries), some(&[based, "http://a.example/r", absolute]));
        let base = "xml:base='http://a.example/f/'>";
        assert_eq!(of(base, &[&beside, &rooted]), some(&["http://a.example/f/z/y", "http://a.example/r"]));
        let rss = "<rss><channel><title>T</title><image><link>http://no.example/</link></image>\
                   <link>http://a.example/</link><item><link>/1</link></item></channel></rss>";
        assert_eq!(urls(rss), [Some("http://a.example/1".to_owned())]);
    }

    #[test]
    fn entries_without_authors_have_those_of_their_feed() {
        let xml = "<feed><title>F</title><author><name>Ana</name><email>e</email></author>\
                   <entry><id>1</id><contributor><name>Not Bo</name></contributor></entry>\
                   <entry><id>2</id><author><name>Cy</name></author></entry>\
                   <entry><id>3</id><source><author><name>Di</name></author></source></entry>\
                   <author><name>Eli</name></author></feed>";
        let authors: Vec<Vec<String>> = items_of(xml).into_iter().map(|item| item.authors).collect();
        assert_eq!(authors, [vec!["Ana", "Eli"], vec!["Cy"], vec!["Di"]]);
        let rss =
            "<rss><channel><author><name>No</name></author><item><title>T</title></item></channel></rss>";
        assert!(items_of(rss)[0].authors.is_empty());
    }

    #[test]
    fn entries_may_have_the_prefix_of_the_feed() {
        let xml = "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>T</a:title><a:id>u</a:id>\
                   <a:author><a:name>Bo</a:name></a:author><a:content type='xhtml'><p>One</p></a:content>\
                   <media:title>Not this</media:title></a:entry></a:feed>";
        let items = items_of(xml);
        let title = items[0].title.as_deref();
        assert_eq!((title, items[0].html.as_deref()), (Some("T"), Some("<p>One</p>")));
        assert_eq!(items[0].authors, ["Bo"]);
    }
}
