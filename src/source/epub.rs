//! EPUB books: the chapters of a book in their order, as one page.

use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::content::Refusal;
use super::limits::{Limits, too_large};
use super::members::{Container, Found, Place};
use super::opener::Opener;
use super::stretch::Stretch;
use super::zip_file::ZipFile;
use crate::model::{Charset, Field, Language, Locator, MediaType, Metadata, Missing, RawDocument};
use crate::text::{one_line, percent_decoded};

/// Where a book says where its list of contents is.
const CONTAINER: &str = "META-INF/container.xml";

/// Where it says which of its members are encrypted.
const ENCRYPTION: &str = "META-INF/encryption.xml";

/// The book `bytes` as a page.
///
/// # Errors
///
/// If it can't be read, has no chapters, or is beyond `limits`.
pub(super) fn to_raw_document(
    locator: Locator,
    bytes: Vec<u8>,
    limits: &Limits,
) -> Result<RawDocument, (Locator, Refusal)> {
    match book(bytes, limits) {
        Ok(Book { metadata, html, missing }) => Ok(RawDocument {
            locator,
            media_type: MediaType::Html,
            charset: Some(Charset::Named("utf-8".to_owned())),
            metadata,
            bytes: html.into_bytes(),
            missing,
        }),
        Err(refusal) => Err((locator, refusal)),
    }
}

/// What was read of a book.
struct Book {
    metadata: Metadata,
    html: String,
    missing: Option<Missing>,
}

fn book(bytes: Vec<u8>, limits: &Limits) -> Result<Book, Refusal> {
    let members = members(bytes, limits)?;
    let member = |name: &str| {
        let bytes = members.get(name).ok_or_else(|| Refusal::SetAside(format!("a book without `{name}`")));
        bytes.map(|bytes| String::from_utf8_lossy(bytes))
    };
    let contents_at = root_file(&member(CONTAINER)?);
    let contents_at = contents_at.ok_or_else(|| Refusal::SetAside("a book without contents".to_owned()))?;
    let contents = Contents::read(&member(&contents_at)?);
    let folder = contents_at.rsplit_once('/').map_or("", |(folder, _)| folder);
    let encrypted = members.get(ENCRYPTION).map(|xml| encrypted(&String::from_utf8_lossy(xml)));
    let encrypted = encrypted.unwrap_or_default();
    // However often one is named, it is read once.
    let chapters = each_once(contents.chapters.iter().map(|chapter| joined(folder, chapter)));
    let mut html = String::from("<html><body><main><article>\n");
    let mut read = 0;
    for name in &chapters {
        if encrypted.contains(name) {
            return Err(Refusal::SetAside("a book whose chapters are encrypted".to_owned()));
        }
        if let Some(bytes) = members.get(name) {
            html.push_str(body(&String::from_utf8_lossy(bytes)));
            html.push('\n');
            read += 1;
        }
        // What is no text takes more room as text.
        if html.len() as u64 > limits.input_bytes {
            return Err(Refusal::SetAside(too_large(limits.input_bytes)));
        }
    }
    if read == 0 {
        return Err(Refusal::SetAside("a book without chapters".to_owned()));
    }
    html.push_str("</article></main></body></html>\n");
    let all = chapters.len() + contents.unlisted;
    let missing = (read < all).then_some(Missing::Chapters { lost: all - read, all });
    Ok(Book { metadata: contents.metadata, html, missing })
}

/// What of the members of a book may be read: lists and chapters, not pictures.
fn members(bytes: Vec<u8>, limits: &Limits) -> Result<HashMap<String, Vec<u8>>, Refusal> {
    let length = bytes.len() as u64;
    let opener = Opener::new(length, limits);
    let mut zip = ZipFile::new(Stretch::new(Cursor::new(bytes), length), false, &opener)?;
    let mut members = HashMap::new();
    let mut left = limits.input_bytes;
    while let Some(entry) = zip.next() {
        let (Place::Named(name), Ok(Found::Stream(stream))) = (entry.place, entry.content) else { continue };
        let name = String::from_utf8_lossy(&name).into_owned();
        if !is_text(&name) {
            continue;
        }
        let mut bytes = Vec::new();
        let read = stream.reader.take(left + 1).read_to_end(&mut bytes);
        read.map_err(|error| Refusal::SetAside(format!("`{name}` can't be read: {error}")))?;
        left = left
            .checked_sub(bytes.len() as u64)
            .ok_or_else(|| Refusal::SetAside(too_large(limits.input_bytes)))?;
        members.insert(name, bytes);
    }
    Ok(members)
}

fn is_text(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    extension.is_some_and(|e| matches!(e.as_str(), "xml" | "opf" | "xhtml" | "html" | "htm" | "xht"))
}

/// The path of the list of contents.
fn root_file(xml: &str) -> Option<String> {
    let mut found = None;
    each_element(xml, |tag, _| {
        if found.is_none() && tag.local_name().as_ref() == "rootfile" {
            found = attribute(tag, "full-path");
        }
    });
    found
}

/// The paths of what the list `xml` says to be encrypted. Fonts may be to keep them from being taken out of a book, which
/// leaves its text as it is.
fn encrypted(xml: &str) -> HashSet<String> {
    let mut paths = HashSet::new();
    each_element(xml, |tag, _| {
        if tag.local_name().as_ref() == "CipherReference" {
            paths.extend(attribute(tag, "URI").map(|uri| joined("", &uri)));
        }
    });
    paths
}

/// What the list of contents says.
#[derive(Default)]
struct Contents {
    metadata: Metadata,
    chapters: Vec<String>,
    /// How many chapters are named that aren't in the list of what the book is made of.
    unlisted: usize,
}

impl Contents {
    fn read(xml: &str) -> Self {
        let mut contents = Self::default();
        let mut files: HashMap<String, Option<String>> = HashMap::new();
        let mut spine = Vec::new();
        each_element(xml, |tag, text| match tag.local_name().as_ref() {
            "item" => {
                let is_page = attribute(tag, "media-type").is_none_or(|kind| kind.contains("html"));
                let is_list =
                    attribute(tag, "properties").is_some_and(|properties| properties.contains("nav"));
                if let (Some(id), Some(href)) = (attribute(tag, "id"), attribute(tag, "href")) {
                    files.insert(id, (is_page && !is_list).then_some(href));
                }
            }
            "itemref" => spine.extend(attribute(tag, "idref")),
            name => contents.metadata_field(name, text),
        });
        let spine = each_once(spine);
        contents.unlisted = spine.iter().filter(|id| !files.contains_key(*id)).count();
        contents.chapters = spine.iter().filter_map(|id| files.get(id).cloned().flatten()).collect();
        contents
    }

    fn metadata_field(&mut self, name: &str, text: &str) {
        let Some(text) = one_line(text) else { return };
        let metadata = &mut self.metadata;
        let field = match name {
            "title" if metadata.title.is_none() => {
                metadata.title = Some(text);
                Field::Title
            }
            "creator" => {
                metadata.authors.push(text);
                Field::Authors
            }
            "publisher" if metadata.publisher.is_none() => {
                metadata.publisher = Some(text);
                Field::Publisher
            }
            "date" if metadata.published.is_none() => match text.parse() {
                Ok(date) => {
                    metadata.published = Some(date);
                    Field::Published
                }
                Err(_) => return,
            },
            "language" if metadata.language.is_none() => match Language::from_tag(&text) {
                Some(language) => {
                    metadata.language = Some(language);
                    Field::Language
                }
                None => return,
            },
            _ => return,
        };
        metadata.note(field, "container", 100);
    }
}

/// Calls `each` for every element of `xml` with the text that follows its tag.
fn each_element(xml: &str, mut each: impl FnMut(&BytesStart<'_>, &str)) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut open: Option<BytesStart<'static>> = None;
    let mut text = String::new();
    loop {
        let event = reader.read_event();
        if let Ok(Event::Text(more)) = &event {
            text.push_str(more);
            continue;
        }
        if let Ok(Event::GeneralRef(name)) = &event {
            let named = || quick_xml::escape::resolve_xml_entity(name).map(str::to_owned);
            text.push_str(
                &name.resolve_char_ref().ok().flatten().map(String::from).or_else(named).unwrap_or_default(),
            );
            continue;
        }
        if let Some(tag) = open.take() {
            each(&tag, &text);
        }
        text.clear();
        match event {
            Ok(Event::Start(tag) | Event::Empty(tag)) => open = Some(tag.into_owned()),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok()??;
    attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// `names` in their order, each the first time alone.
fn each_once(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut known = HashSet::new();
    names.into_iter().filter(|name| known.insert(name.clone())).collect()
}

/// The path `href`, as seen from `folder`, in the book.
fn joined(folder: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or_default();
    let mut parts: Vec<String> =
        folder.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    for part in String::from_utf8_lossy(&percent_decoded(href)).split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part.to_owned()),
        }
    }
    parts.join("/")
}

/// What stands between the tags of the body.
fn body(chapter: &str) -> &str {
    let start = chapter.find("<body").and_then(|at| Some(at + chapter[at..].find('>')? + 1)).unwrap_or(0);
    let end = chapter.rfind("</body").filter(|&end| end > start).unwrap_or(chapter.len());
    &chapter[start..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_are_found_from_where_their_list_is() {
        assert_eq!(joined("OEBPS/a", "../text/c%201.xhtml#x"), "OEBPS/text/c 1.xhtml");
        assert_eq!(joined("", "../../../c.xhtml"), "c.xhtml");
    }

    #[test]
    fn a_body_is_what_stands_between_its_tags() {
        assert_eq!(body("<html><body class='x'><p>a</p></body></html>"), "<p>a</p>");
        assert_eq!(body("<p>a</p>"), "<p>a</p>");
        assert_eq!(body("</body><body"), "</body><body");
    }
}
