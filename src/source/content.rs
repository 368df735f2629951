//! Opens a file and gives its content: a whole document, or the members of a container.

use std::fs::File;
use std::sync::Arc;

use super::limits::Limits;
use super::member::{Member, Packed, refused};
use super::members::Members;
use super::opener::{Depth, Opened, Opener, Stream};
use super::packed::Allowance;
use super::stretch::Stretch;
use super::walk::FoundFile;

/// Why an input gives no article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It isn't a kind of thing that holds articles.
    Skip(String),
    /// It should hold an article, and what it holds isn't one.
    SetAside(String),
    /// The system doesn't let it be read; another time it may.
    Unreadable(String),
}

impl Refusal {
    /// The reason, for a person.
    #[must_use]
    pub fn reason(&self) -> &str {
        match self {
            Self::Skip(reason) | Self::SetAside(reason) | Self::Unreadable(reason) => reason,
        }
    }
}

/// What a file holds.
pub enum Content {
    /// One document.
    Document(Packed),
    /// Members, each an input of its own.
    Container(Members),
}

/// The content of `file`.
///
/// # Errors
///
/// If it holds nothing to make articles of, can't be read, or is beyond `limits`.
pub fn open(file: &FoundFile, limits: &Limits) -> Result<Content, Refusal> {
    let opened = File::open(&file.path).map_err(|error| refused(&error))?;
    let name = file.path.file_name().unwrap_or_default().as_encoded_bytes();
    let opener = Opener { limits: *limits, allowance: Arc::new(Allowance::new(file.stamp.bytes, limits)) };
    let stream = Stream::of_stretch(Stretch::new(opened, file.stamp.bytes));
    Ok(match opener.open(&file.locator, &String::from_utf8_lossy(name), stream, Depth::default())? {
        Opened::Document(packed) => Content::Document(packed),
        Opened::Container(container) => Content::Container(Members::new(&file.locator, container, opener)),
    })
}

/// The file itself as something that was read.
impl Packed {
    /// What it is as the file at `file`.
    #[must_use]
    pub fn of(self, file: &FoundFile) -> Member {
        Member { locator: file.locator.clone(), content: Ok(self), is_cut_off: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Stamp;
    use crate::model::Locator;
    use std::io::Write;

    fn opened(name: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, String> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let stamp = Stamp { bytes: bytes.len() as u64, modified_ns: 0 };
        match open(&FoundFile { locator: Locator::file(&path), path, stamp }, limits) {
            Ok(Content::Document(packed)) => Ok(packed.bytes),
            Ok(Content::Container(_)) => Err("a container".into()),
            Err(refusal) => Err(format!("{refusal:?}")),
        }
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_compressed_page_is_read_as_the_page() {
        let page = b"<html><p>text";
        assert_eq!(opened("a.html.gz", &gzip(page), &Limits::default()), Ok(page.to_vec()));
        assert_eq!(opened("a", &gzip(&gzip(page)), &Limits::default()), Ok(page.to_vec()));
        let thrice = opened("a", &gzip(&gzip(&gzip(page))), &Limits::default());
        assert_eq!(thrice, Err("SetAside(\"compressed more than 2 times over\")".into()));
    }

    #[test]
    fn limits_hold_and_are_named() {
        let small = Limits { input_bytes: 2 << 20, expansion_ratio: 20, ..Limits::default() };
        let large = [b"<html>".as_slice(), &vec![b' '; 3 << 20]].concat();
        let too_large = "SetAside(\"larger than 2 MiB; --max-input-mib allows more\")";
        assert_eq!(opened("a.html", &large, &small), Err(too_large.into()));
        let bomb = opened("a.html.gz", &gzip(&large), &small).unwrap_err();
        assert_eq!(bomb, "SetAside(\"grows to over 20 times its size; --max-expansion allows more\")");
    }

    #[test]
    fn an_empty_or_cut_file_is_set_aside_if_it_should_be_a_page() {
        assert_eq!(opened("a.html", b"", &Limits::default()), Err("SetAside(\"the file is empty\")".into()));
        assert_eq!(opened("a.js", b"", &Limits::default()), Err("Skip(\"the file is empty\")".into()));
        let cut = &gzip(&b"<html>".repeat(100))[..20];
        assert!(opened("a.html.gz", cut, &Limits::default()).unwrap_err().starts_with("SetAside"));
    }
}
