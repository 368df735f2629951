//! Opens a file and gives its content: a whole document, or the lines of a file of records.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

use super::json_lines::Lines;
use super::sniff::{SNIFF_BYTES, Sniffed, is_named_as_page, sniff};
use super::walk::FoundFile;
use crate::model::MediaType;

/// How much of an input is read.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Most bytes of one document or record, decompressed.
    pub input_bytes: u64,
    /// Most times that a compressed file may grow.
    pub expansion_ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { input_bytes: 64 << 20, expansion_ratio: 200 }
    }
}

/// Bytes that a compressed file may grow to whatever its ratio: small files of one letter do.
const FREE_EXPANSION_BYTES: u64 = 1 << 20;

/// Layers of compression that are undone.
const MAX_LAYERS: usize = 2;

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
    Document(MediaType, Vec<u8>),
    /// Records, one a line.
    Lines(Lines),
}

/// The content of `file`.
///
/// # Errors
///
/// If it holds nothing to make articles of, can't be read, or is beyond `limits`.
pub fn open(file: &FoundFile, limits: &Limits) -> Result<Content, Refusal> {
    let reader = File::open(&file.path).map_err(|error| refused(&error))?;
    let name = file.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let reader = BufReader::with_capacity(1 << 16, reader);
    open_layer(Box::new(reader), &name, Size::Plain(file.stamp.bytes), limits, 0)
}

#[derive(Clone, Copy)]
enum Size {
    /// The content's size is known.
    Plain(u64),
    /// The content is decompressed from so many bytes.
    Compressed(u64),
}

fn open_layer(
    mut reader: Box<dyn BufRead + Send>,
    name: &str,
    size: Size,
    limits: &Limits,
    layer: usize,
) -> Result<Content, Refusal> {
    let head = peek(&mut reader).map_err(|error| refused(&error))?;
    if head.is_empty() {
        let reason = "the file is empty".to_owned();
        return Err(if is_named_as_page(name) { Refusal::SetAside(reason) } else { Refusal::Skip(reason) });
    }
    let sniffed = sniff(&head, name);
    let reader = io::Cursor::new(head).chain(reader);
    match sniffed {
        Sniffed::Gzip if layer < MAX_LAYERS => {
            let packed = match size {
                Size::Plain(bytes) | Size::Compressed(bytes) => bytes,
            };
            let inner = BufReader::with_capacity(1 << 16, MultiGzDecoder::new(reader));
            let name = Path::new(name).file_stem().map_or(name.into(), |stem| stem.to_string_lossy());
            open_layer(Box::new(inner), &name, Size::Compressed(packed), limits, layer + 1)
        }
        Sniffed::Gzip => Err(Refusal::SetAside("compressed too many times over".to_owned())),
        Sniffed::JsonLines => Ok(Content::Lines(Lines::new(Box::new(reader), limits.input_bytes))),
        Sniffed::Article(media_type) => Ok(Content::Document(media_type, read_all(reader, size, limits)?)),
        Sniffed::Other(what) if is_named_as_page(name) => {
            Err(Refusal::SetAside(format!("named as a page, but it is {what}")))
        }
        Sniffed::Other(what) => Err(Refusal::Skip(what)),
    }
}

fn peek(reader: &mut dyn BufRead) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(SNIFF_BYTES);
    reader.take(SNIFF_BYTES as u64).read_to_end(&mut head)?;
    Ok(head)
}

fn read_all(reader: impl Read, size: Size, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let most = limits.input_bytes;
    let too_large = || Refusal::SetAside(format!("larger than {} MiB", most >> 20));
    let (most, expected) = match size {
        Size::Plain(bytes) if bytes > most => return Err(too_large()),
        Size::Plain(bytes) => (most, bytes),
        Size::Compressed(packed) => {
            (most.min(packed.saturating_mul(limits.expansion_ratio).max(FREE_EXPANSION_BYTES)), packed * 4)
        }
    };
    let mut bytes = Vec::with_capacity(usize::try_from(expected.min(most)).unwrap_or(0) + 1);
    reader.take(most + 1).read_to_end(&mut bytes).map_err(|error| refused(&error))?;
    if bytes.len() as u64 <= most {
        return Ok(bytes);
    }
    Err(match size {
        Size::Compressed(_) if most < limits.input_bytes => {
            Refusal::SetAside(format!("grows to over {} times its size", limits.expansion_ratio))
        }
        _ => too_large(),
    })
}

/// Why reading ended: for what the file holds, or for what the system says.
fn refused(error: &io::Error) -> Refusal {
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
            Refusal::SetAside(error.to_string())
        }
        _ => Refusal::Unreadable(error.to_string()),
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
            Ok(Content::Document(_, bytes)) => Ok(bytes),
            Ok(Content::Lines(_)) => Err("lines".into()),
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
    }

    #[test]
    fn limits_hold_and_are_named() {
        let small = Limits { input_bytes: 2 << 20, expansion_ratio: 20 };
        let large = [b"<html>".as_slice(), &vec![b' '; 3 << 20]].concat();
        assert_eq!(opened("a.html", &large, &small), Err("SetAside(\"larger than 2 MiB\")".into()));
        let bomb = gzip(&large);
        assert_eq!(
            opened("a.html.gz", &bomb, &small),
            Err("SetAside(\"grows to over 20 times its size\")".into())
        );
    }

    #[test]
    fn an_empty_or_cut_file_is_set_aside_if_it_should_be_a_page() {
        assert_eq!(opened("a.html", b"", &Limits::default()), Err("SetAside(\"the file is empty\")".into()));
        assert_eq!(opened("a.js", b"", &Limits::default()), Err("Skip(\"the file is empty\")".into()));
        let cut = &gzip(&b"<html>".repeat(100))[..20];
        assert!(opened("a.html.gz", cut, &Limits::default()).unwrap_err().starts_with("SetAside"));
    }
}
