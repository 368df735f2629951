//! Opens a file and gives its content: a whole document, or the members of a container.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::limits::Limits;
use super::member::{Member, Packed, refused};
use super::members::Members;
use super::opener::{Depth, Opened, Opener, Stream};
use super::stretch::Stretch;
use super::walk::FoundFile;
use crate::model::Locator;

/// Why an input gives no article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It isn't a kind of thing that holds articles.
    Skip(String),
    /// Nothing tells what it is, nor promises an article. If it was one before it is damaged.
    Unknown(String),
    /// It says to be the page of another record, which isn't known where it was read.
    Revisit,
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
            Self::Revisit => "a revisit of a page that isn't indexed",
            Self::Skip(reason)
            | Self::Unknown(reason)
            | Self::SetAside(reason)
            | Self::Unreadable(reason) => reason,
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

impl FoundFile {
    /// Makes sure that the system lets it be read, without reading any of it. To open each file would make
    /// a run over files that haven't changed a tenth longer, so a mode that lets all read it is believed.
    ///
    /// # Errors
    ///
    /// With what the system says.
    pub fn may_be_read(&self) -> Result<(), Refusal> {
        if self.is_open_to_all {
            return Ok(());
        }
        File::open(&self.path).map(drop).map_err(|error| refused(&error))
    }
}

/// What is said of a file that a reader panics at.
pub(super) const OUR_FAULT: &str = "reading failed: this is a fault of ibid";

/// The content of `file`.
///
/// # Errors
///
/// If it holds nothing to make articles of, can't be read, or is beyond `limits`.
pub fn open(file: &FoundFile, limits: &Limits) -> Result<Content, Refusal> {
    let opened = File::open(&file.path).map_err(|error| refused(&error))?;
    let name = file.path.file_name().unwrap_or_default().as_encoded_bytes();
    let stretch = Stretch::new(opened, file.stamp.bytes);
    open_stretch(&file.locator, &String::from_utf8_lossy(name), stretch, limits)
}

/// The content of a file called `name` at `locator` that holds `bytes`, as [`open`] gives it of a file: for fuzzing,
/// which has no files.
///
/// # Errors
///
/// As [`open`].
pub fn open_bytes(
    locator: &Locator,
    name: &str,
    bytes: Vec<u8>,
    limits: &Limits,
) -> Result<Content, Refusal> {
    open_stretch(locator, name, Stretch::in_memory(bytes), limits)
}

fn open_stretch(locator: &Locator, name: &str, file: Stretch, limits: &Limits) -> Result<Content, Refusal> {
    let opener = Opener::new(file.length(), limits);
    let stream = Stream::of_stretch(file.clone());
    // A fault of a reader is its file's.
    let attempt = AssertUnwindSafe(|| opener.open(locator, name, stream, Depth::default()));
    let opened = catch_unwind(attempt).unwrap_or_else(|_| Err(Refusal::SetAside(OUR_FAULT.to_owned())));
    Ok(match opened? {
        Opened::Document(packed) => Content::Document(packed),
        Opened::Container(container) => Content::Container(Members::new(locator, file, container, opener)),
    })
}

impl Packed {
    /// The file at `locator`, which holds this.
    #[must_use]
    pub fn at(self, locator: Locator) -> Member {
        Member { locator, content: Ok(self), is_cut_off: false, is_gap: false, keeping: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Stamp;
    use std::io::{Cursor, Write};

    fn opened(name: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, String> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let stamp = Stamp { bytes: bytes.len() as u64, modified_ns: 0 };
        let file = FoundFile { locator: Locator::file(&path), path, stamp, is_open_to_all: true };
        match open(&file, limits) {
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

    /// Every way in which members are given, in one file each.
    fn archives() -> Vec<Vec<u8>> {
        let page = b"<html><body><p>The harbour froze over.</p></body></html>";
        let answer = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".as_slice(), page].concat();
        let header = format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n", answer.len());
        let warc = [header.as_bytes(), &answer, b"\r\n\r\n"].concat();
        let arc = [
            b"filedesc://a 0 20110304050607 text/plain 3\nabc\nhttp://a/ 0 20110304050607 text/html 55\n",
            page.as_slice(),
        ]
        .concat();
        let mut tar = tar::Builder::new(Vec::new());
        for name in ["a.html", "b.warc.gz"] {
            let content = if name == "a.html" { page.to_vec() } else { gzip(&warc) };
            let mut header = tar::Header::new_gnu();
            header.set_size(content.len() as u64);
            tar.append_data(&mut header, name, content.as_slice()).unwrap();
        }
        let tar = tar.into_inner().unwrap();
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in [("a.html", page.to_vec()), ("b.tar", tar.clone()), ("c.warc", warc.repeat(2))]
        {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(&content).unwrap();
        }
        let zip = zip.finish().unwrap().into_inner();
        let mail = b"From a@b Mon Jan  3 10:00:00 2020\nFrom: a\nSubject: b\n\ntext\n\n".repeat(2);
        let feed = b"<rss><item><title>T</title><description>&lt;p>x</description></item></rss>".to_vec();
        let lines = b"{\"text\": \"a\"}\n".repeat(3);
        let zstd =
            ruzstd::encoding::compress_to_vec(tar.as_slice(), ruzstd::encoding::CompressionLevel::Fastest);
        vec![warc.repeat(3), gzip(&warc).repeat(3), arc, tar, zip, mail, feed, lines, zstd]
    }

    fn read_to_its_end(bytes: Vec<u8>) -> usize {
        let limits = Limits { input_bytes: 1 << 20, members: 2000, ..Limits::default() };
        let locator = Locator::from_stored("/a");
        let no_pdf = crate::source::PdfReader::new(|_| Err("none".to_owned()));
        let read = |member: Member| {
            let raw = member.into_raw_document(&limits, &no_pdf);
            let locator = raw.map_or_else(|(locator, _)| locator, |raw| raw.locator);
            assert!(locator.as_str().starts_with("/a"), "{locator}");
        };
        match open_bytes(&locator, "a", bytes, &limits) {
            Ok(Content::Document(packed)) => {
                read(packed.at(locator));
                1
            }
            Ok(Content::Container(members)) => {
                let count = members.map(read).count();
                assert!(count < 1000, "the members don't end");
                count
            }
            Err(refusal) => {
                assert!(!refusal.reason().contains("fault of ibid"));
                0
            }
        }
    }

    #[test]
    fn every_kind_of_container_gives_its_members() {
        let counts: Vec<usize> = archives().into_iter().map(read_to_its_end).collect();
        assert_eq!(counts, [3, 3, 2, 2, 5, 2, 1, 3, 2]);
    }

    proptest::proptest! {
        #[test]
        fn a_damaged_container_is_read_to_some_end(
            which in 0_usize..9,
            changes in proptest::collection::vec((proptest::num::usize::ANY, proptest::num::u8::ANY, 0_usize..3), 1..6),
        ) {
            let mut bytes = archives().swap_remove(which);
            for (at, byte, kind) in changes {
                let at = at % bytes.len().max(1);
                match kind {
                    0 if !bytes.is_empty() => bytes[at] = byte,
                    1 => bytes.truncate(at),
                    _ => drop(bytes.splice(at..at, [byte; 3])),
                }
            }
            read_to_its_end(bytes);
        }
    }

    #[test]
    fn an_empty_or_cut_file_is_set_aside_if_it_should_be_a_page() {
        assert_eq!(opened("a.html", b"", &Limits::default()), Err("SetAside(\"the file is empty\")".into()));
        assert_eq!(opened("a.js", b"", &Limits::default()), Err("Unknown(\"the file is empty\")".into()));
        let cut = &gzip(&b"<html>".repeat(100))[..20];
        assert!(opened("a.html.gz", cut, &Limits::default()).unwrap_err().starts_with("SetAside"));
    }
}
