//! Feeds: RSS of any version and Atom, whose entries are articles.
//!
//! An entry becomes a record as of a JSON Lines file, under the address that it gives.

use std::collections::VecDeque;

use encoding_rs::Encoding;
use jiff::fmt::rfc2822;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use serde::Serialize;

use super::content::Refusal;
use super::member::{Form, Packed};
use super::members::{Container, Entry, Found, Place};
use crate::model::Locator;

/// Deepest nesting of elements that is followed.
const MAX_DEPTH: usize = 256;

/// Bytes in which an XML file declares its encoding.
const DECLARATION_BYTES: usize = 200;

/// A feed that was read.
pub(super) struct Feed {
    place: Locator,
    items: VecDeque<Item>,
}

/// An entry of a feed, as a record.
#[derive(Debug, Default, PartialEq, Serialize)]
struct Item {
    title: Option<String>,
    url: Option<String>,
    html: Option<String>,
    authors: Vec<String>,
    published: Option<String>,
    modified: Option<String>,
    #[serde(skip)]
    guid: Option<String>,
    /// How much of the article the text in `html` is: a summary gives way to the whole.
    #[serde(skip)]
    fullness: u8,
}

impl Feed {
    /// The feed in `bytes`.
    ///
    /// # Errors
    ///
    /// If it holds no entry.
    pub fn new(place: Locator, bytes: &[u8]) -> Result<Self, Refusal> {
        let (items, fault) = items(&decoded(bytes));
        match fault {
            Some(fault) if items.is_empty() => Err(Refusal::SetAside(format!("a damaged feed: {fault}"))),
            None if items.is_empty() => Err(Refusal::Skip("a feed without entries".to_owned())),
            _ => Ok(Self { place, items: items.into() }),
        }
    }
}

impl Container for Feed {
    fn next(&mut self) -> Option<Entry> {
        let item = self.items.pop_front()?;
        let name = item.guid.as_ref().or(item.url.as_ref()).or(item.title.as_ref());
        let name = name.map_or_else(|| b"entry".to_vec(), |name| name.clone().into_bytes());
        let content = match serde_json::to_vec(&item) {
            Ok(bytes) => Ok(Found::Packed(Packed { form: Form::JsonLine(self.place.clone()), bytes })),
            Err(error) => Err(Refusal::SetAside(error.to_string())),
        };
        Some(Entry { place: Place::Named(name), content })
    }
}

/// The text of an XML file.
fn decoded(bytes: &[u8]) -> String {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION_BYTES)]);
    let declaration = head.split_once("?>").map_or("", |(declaration, _)| declaration);
    let label = declaration.split_once("encoding=").and_then(|(_, label)| {
        let quote = label.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        label[1..].split(quote).next()
    });
    let declared = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    let encoding = match declared {
        Some(encoding) if std::str::from_utf8(bytes).is_err() => encoding,
        _ => encoding_rs::UTF_8,
    };
    encoding.decode(bytes).0.into_owned()
}

/// The entries in `xml`, and what was wrong with it where it couldn't be read to its end.
fn items(xml: &str) -> (Vec<Item>, Option<String>) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    reader.config_mut().allow_dangling_amp = true;
    let mut walk =
        Walk { xml, tags: Vec::new(), items: Vec::new(), item: None, text: String::new(), begun: 0 };
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => event,
            Err(error) => return (walk.items, Some(error.to_string())),
        };
        let behind = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match event {
            Event::Start(tag) => walk.start(&tag, behind),
            Event::Empty(tag) => {
                walk.start(&tag, behind);
                walk.end(at);
            }
            Event::End(_) => walk.end(at),
            Event::Text(text) => walk.text.push_str(&text),
            Event::CData(text) => walk.text.push_str(&text),
            Event::GeneralRef(name) => match name.resolve_char_ref() {
                Ok(Some(c)) => walk.text.push(c),
                _ => walk.text.push_str(resolve_html5_entity(&name).unwrap_or(" ")),
            },
            _ => {}
        }
        if walk.tags.len() > MAX_DEPTH {
            return (walk.items, Some("its elements are nested too deep".to_owned()));
        }
    }
    (walk.items, None)
}

/// A walk through the elements of a feed.
struct Walk<'x> {
    xml: &'x str,
    /// The elements around the place that it is at.
    tags: Vec<Tag>,
    items: Vec<Item>,
    /// The entry that it is in, and how deep that lies.
    item: Option<(Item, usize)>,
    /// The text since the field began.
    text: String,
    /// Where the content of the field begins.
    begun: usize,
}

/// The tag of an element: its name, and what its attributes say that matters.
#[derive(Clone, Default)]
struct Tag {
    name: String,
    href: Option<String>,
    rel: Option<String>,
    is_markup: bool,
}

impl Walk<'_> {
    fn start(&mut self, tag: &BytesStart<'_>, behind: usize) {
        let mut opened = Tag { name: tag.name().as_ref().to_ascii_lowercase(), ..Tag::default() };
        for attribute in tag.attributes().with_checks(false).flatten() {
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map(std::borrow::Cow::into_owned)
                .unwrap_or_default();
            match attribute.key.as_ref() {
                "href" => opened.href = Some(value),
                "rel" => opened.rel = Some(value),
                "type" => opened.is_markup = value == "xhtml",
                _ => {}
            }
        }
        let is_item = matches!(opened.name.as_str(), "item" | "entry");
        self.tags.push(opened);
        let depth = self.tags.len();
        match &self.item {
            None if is_item => self.item = Some((Item::default(), depth)),
            Some((_, of_item)) if depth == of_item + 1 => {
                self.text.clear();
                self.begun = behind;
            }
            // Names of authors stand one deeper.
            Some((_, of_item)) if depth == of_item + 2 && self.tags[depth - 1].name == "name" => {
                self.text.clear();
            }
            _ => {}
        }
    }

    fn end(&mut self, at: usize) {
        let depth = self.tags.len();
        let Some(tag) = self.tags.pop() else { return };
        let Some((item, of_item)) = &mut self.item else { return };
        if depth == *of_item {
            if let Some((item, _)) = self.item.take() {
                self.items.push(item);
            }
        } else if depth == *of_item + 1 {
            let inner = self.xml.get(self.begun..at).unwrap_or_default();
            item.set(&tag, if tag.is_markup { inner } else { &self.text });
        } else if depth == *of_item + 2 && tag.name == "name" {
            item.authors.push(std::mem::take(&mut self.text));
        }
    }
}

impl Item {
    /// Takes the field that `tag` opened, with the content `text`.
    fn set(&mut self, tag: &Tag, text: &str) {
        let text = text.trim();
        match tag.name.as_str() {
            "title" => self.title = Some(text.to_owned()),
            "link" if tag.href.is_some() && tag.rel.as_deref().is_none_or(|rel| rel == "alternate") => {
                self.url.clone_from(&tag.href);
            }
            "link" if tag.href.is_none() && !text.is_empty() => self.url = Some(text.to_owned()),
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

/// The name in `mail@host.example (Name)`.
fn author(text: &str) -> String {
    let name = text.split_once('(').and_then(|(_, name)| name.strip_suffix(')'));
    name.unwrap_or(text).trim().to_owned()
}

/// The day of a date as mail or as ISO 8601 writes it.
fn date(text: &str) -> Option<String> {
    match rfc2822::parse(text) {
        Ok(zoned) => Some(zoned.date().to_string()),
        Err(_) => text.starts_with(|c: char| c.is_ascii_digit()).then(|| text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_rss_are_records() {
        let xml = "<?xml version=\"1.0\"?><rss><channel><title>Feed</title><item><title>A &amp; B</title>\
                   <link>http://a.example/1</link><description>Short.</description>\
                   <content:encoded><![CDATA[<p>Whole&nbsp;text.]]></content:encoded>\
                   <author>a@b.example (Ana Lima)</author><pubDate>Tue, 04 May 2021 10:00:00 +0200</pubDate>\
                   </item><item><title>Cut";
        let (items, fault) = items(xml);
        assert_eq!((items.len(), fault), (1, None));
        let expected = Item {
            title: Some("A & B".into()),
            url: Some("http://a.example/1".into()),
            html: Some("<p>Whole&nbsp;text.".into()),
            authors: vec!["Ana Lima".into()],
            published: Some("2021-05-04".into()),
            fullness: 3,
            ..Item::default()
        };
        assert_eq!(items[0], expected);
    }

    #[test]
    fn entries_of_atom_are_records() {
        let xml = "<feed><title>F</title><entry><title type='html'>T</title><link rel='self' href='x'/>\
                   <link href='http://a.example/2'/><id>urn:2</id><author><name>Bo</name><uri>u</uri></author>\
                   <author><name>Cy</name></author><updated>2020-01-02T03:04:05Z</updated>\
                   <content type='xhtml'><div><p>One &amp; <b>two</b></p></div></content></entry></feed>";
        let (items, _) = items(xml);
        assert_eq!(items[0].url.as_deref(), Some("http://a.example/2"));
        assert_eq!(items[0].authors, ["Bo", "Cy"]);
        assert_eq!(items[0].html.as_deref(), Some("<div><p>One &amp; <b>two</b></p></div>"));
        assert_eq!(items[0].modified.as_deref(), Some("2020-01-02T03:04:05Z"));
    }

    #[test]
    fn the_declared_encoding_counts_unless_it_is_utf_8() {
        let xml = "<?xml version='1.0' encoding='iso-8859-1'?><rss>\u{e9}</rss>";
        let latin: Vec<u8> = xml.chars().map(|c| c as u8).collect();
        assert_eq!(decoded(&latin), xml);
        assert_eq!(decoded(xml.as_bytes()), xml);
    }
}
