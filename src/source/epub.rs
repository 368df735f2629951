//! EPUB books: the chapters of a book in their order, as one page.
//!
//! What the list of contents says is read in [`contents`].

mod contents;
mod xml;

use std::collections::{HashMap, HashSet};
use std::io::Read;

use contents::Contents;
use xml::{attribute, each_element};

use super::content::Refusal;
use super::limits::{Limit, Limits};
use super::members::Found;
use super::opener::Opener;
use super::stretch::Stretch;
use super::xml_text::text_of;
use super::zip_file::ZipFile;
use crate::model::{Charset, Locator, MediaType, Metadata, Missing, RawDocument, ReadAs, Unread};
use crate::text::percent_decoded;

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
        Ok(Book { metadata, unread_date, html, read_as, missing }) => Ok(RawDocument {
            locator,
            media_type: MediaType::Html,
            charset: read_as.map(Charset::Decoded),
            metadata,
            bytes: html.into_bytes(),
            missing,
            unread: unread_date.into_iter().collect(),
        }),
        Err(refusal) => Err((locator, refusal)),
    }
}

/// What was read of a book.
struct Book {
    metadata: Metadata,
    unread_date: Option<Unread>,
    html: String,
    /// The encoding of its first chapter that isn't all ASCII.
    read_as: Option<ReadAs>,
    missing: Option<Missing>,
}

fn book(bytes: Vec<u8>, limits: &Limits) -> Result<Book, Refusal> {
    let mut members = Members::open(bytes, limits)?;
    let contents_at = root_file(&members.list(CONTAINER)?);
    let contents_at = contents_at.ok_or_else(|| Refusal::SetAside("a book without contents".to_owned()))?;
    let contents = Contents::read(&members.list(&contents_at)?);
    let folder = contents_at.rsplit_once('/').map_or("", |(folder, _)| folder);
    let encrypted = members.read(ENCRYPTION)?.map(|xml| encrypted(&text_of(&xml).0)).unwrap_or_default();
    // However often one is named, it is read once.
    let chapters = each_once(contents.chapters.iter().map(|chapter| joined(folder, chapter)));
    let mut html = String::from("<html><body><main><article>\n");
    let (mut read, mut first, mut beyond_ascii) = (0, None, None);
    for name in &chapters {
        if encrypted.contains(name) {
            return Err(Refusal::SetAside("a book whose chapters are encrypted".to_owned()));
        }
        if let Some(bytes) = members.read(name)? {
            let (chapter, read_as) = text_of(&bytes);
            first = first.or(read_as);
            beyond_ascii = beyond_ascii.or(read_as.filter(|_| !chapter.is_ascii()));
            html.push_str(body(&chapter));
            html.push('\n');
            read += 1;
        }
        // What is no text takes more room as text.
        if html.len() as u64 > limits.input_bytes {
            return Err(Limit::input(limits.input_bytes).into());
        }
    }
    if read == 0 {
        return Err(Refusal::SetAside("a book without chapters".to_owned()));
    }
    html.push_str("</article></main></body></html>\n");
    let all = chapters.len() + contents.unlisted;
    let missing = (read < all).then_some(Missing::Chapters { lost: all - read, all });
    let Contents { metadata, unread_date, .. } = contents;
    Ok(Book { metadata, unread_date, html, read_as: beyond_ascii.or(first), missing })
}

/// What lies in a book, found by its name.
struct Members {
    zip: ZipFile,
    numbers: HashMap<String, usize>,
    limits: Limits,
    /// How many bytes may still be read.
    left: u64,
}

impl Members {
    fn open(bytes: Vec<u8>, limits: &Limits) -> Result<Self, Refusal> {
        let book = Stretch::in_memory(bytes);
        let opener = Opener::new(book.length(), limits);
        let zip = ZipFile::new(book, false, &opener)?;
        let names = zip.names().map(|name| String::from_utf8_lossy(name).into_owned());
        let numbers = names.zip(0..).collect();
        Ok(Self { zip, numbers, limits: *limits, left: limits.input_bytes })
    }

    /// The member called `name`; none if there is none, or it isn't one that can be opened.
    fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let entry = self.numbers.get(name).and_then(|&number| self.zip.entry(number));
        let Some(Ok(Found::Stream(stream))) = entry.map(|entry| entry.content) else { return Ok(None) };
        let mut bytes = Vec::new();
        let read = stream.reader.take(self.left + 1).read_to_end(&mut bytes);
        read.map_err(|error| Refusal::SetAside(format!("`{name}` can't be read: {error}")))?;
        let left = self.left.checked_sub(bytes.len() as u64);
        self.left = left.ok_or_else(|| Limit::input(self.limits.input_bytes))?;
        Ok(Some(bytes))
    }

    /// The text of the list called `name`, without which a book is none.
    fn list(&mut self, name: &str) -> Result<String, Refusal> {
        let bytes = self.read(name)?.ok_or_else(|| Refusal::SetAside(format!("a book without `{name}`")))?;
        Ok(text_of(&bytes).0.into_owned())
    }
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

/// The paths of what the list `xml` says to be encrypted. Fonts may be to keep them from being taken out of a book,
/// which leaves its text as it is.
fn encrypted(xml: &str) -> HashSet<String> {
    let mut paths = HashSet::new();
    each_element(xml, |tag, _| {
        if tag.local_name().as_ref() == "CipherReference" {
            paths.extend(attribute(tag, "URI").map(|uri| joined("", &uri)));
        }
    });
    paths
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
