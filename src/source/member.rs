//! [`Member`]: something that was read, of which a worker makes a raw document.

use std::io;

use sha2::{Digest, Sha256};

use super::content::Refusal;
use super::exported::Exported;
use super::limits::Limits;
use super::pdf::{self, PdfReader};
use super::web::{self, Format, WebRecord};
use super::{epub, json_lines, mail};
use crate::model::{Locator, MediaType, Metadata, Missing, RawDocument, ReadAs};
use crate::text::hex;

/// Something that was read: a file, a line, or what lies in a container.
#[derive(Debug)]
pub struct Member {
    /// Where it is. A record that names itself may come to lie elsewhere.
    pub locator: Locator,
    /// Its bytes and their form, or why it isn't read.
    pub content: Result<Packed, Refusal>,
    /// Whether its container can't be read beyond it.
    pub is_cut_off: bool,
    /// Whether it is a stretch of its container that can't be read, in which several members may have been.
    pub is_gap: bool,
    /// How the web archive is kept that it is a record of.
    pub keeping: Option<Keeping>,
}

/// How a web archive is kept in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keeping {
    /// How long it is, in bytes as its offsets count, if that is known.
    pub bytes: Option<u64>,
    /// Whether it stands in the file as it is, so that a record can be read by its offset: nothing around it is
    /// compressed.
    pub is_in_place: bool,
}

/// Bytes as they were read, and what they are.
#[derive(Debug)]
pub struct Packed {
    /// What they are.
    pub form: Form,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What of it is known to be missing.
    pub missing: Option<Missing>,
}

/// What a raw document is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// The document itself.
    Plain(MediaType),
    /// A line of a JSON Lines file, or an entry of a feed as one.
    JsonLine {
        /// Where the file is.
        file: Locator,
        /// The encoding that it was in, if it was decoded.
        read_as: Option<ReadAs>,
    },
    /// A message, or a page saved as one.
    Mail,
    /// A book in EPUB.
    Epub,
    /// A PDF file.
    Pdf,
    /// A record of a web archive.
    WebRecord {
        /// What the record looks like.
        format: Format,
        /// Bytes of its header, before its content.
        header_bytes: usize,
    },
    /// A record of a WARC file that says to be the page of another, without its content.
    Revisit {
        /// Bytes of its header, before what it holds.
        header_bytes: usize,
    },
}

impl Member {
    /// What it says if it is a line of an export; `file` is the file that it was read from.
    ///
    /// # Errors
    ///
    /// If it is one, and doesn't agree with itself.
    pub fn exported(&self, file: &Locator) -> Result<Option<Exported>, Refusal> {
        match &self.content {
            Ok(Packed { form: Form::JsonLine { .. }, bytes, .. }) => {
                Exported::read(bytes, file).map_err(Refusal::SetAside)
            }
            _ => Ok(None),
        }
    }

    /// Whether it is a line of a file of records, or read as one: it may be known by the name that it gives itself.
    #[must_use]
    pub fn is_line(&self) -> bool {
        matches!(&self.content, Ok(Packed { form: Form::JsonLine { .. }, .. }))
    }

    /// What it says of itself if it is a record of a web archive.
    #[must_use]
    pub fn web_record(&self) -> Option<WebRecord<'_>> {
        match &self.content {
            Ok(Packed { form: Form::WebRecord { format, header_bytes }, bytes, .. }) => {
                WebRecord::of(*format, bytes, *header_bytes)
            }
            Ok(Packed { form: Form::Revisit { header_bytes }, bytes, .. }) => {
                WebRecord::of(Format::Warc, bytes, *header_bytes)
            }
            _ => None,
        }
    }

    /// The hash of what was read, none if it couldn't be: SHA-256 in hexadecimal, which other programs can check.
    #[must_use]
    pub fn hash(&self) -> Option<String> {
        let packed = self.content.as_ref().ok()?;
        Some(hex(&Sha256::digest(&packed.bytes)))
    }

    /// Where it lies by the name that it gives itself, if it does.
    #[must_use]
    pub fn named_locator(&self) -> Option<Locator> {
        match &self.content {
            Ok(Packed { form: Form::JsonLine { file, read_as }, bytes, .. }) => {
                let raw = json_lines::to_raw_document(file, self.locator.clone(), bytes, *read_as);
                raw.ok().map(|raw| raw.locator)
            }
            _ => None,
        }
    }

    /// The document in it.
    ///
    /// # Errors
    ///
    /// With the place of what was read and what is wrong with it. What says nothing, or isn't of an article, is
    /// skipped: nothing is wrong with it.
    pub fn into_raw_document(
        self,
        limits: &Limits,
        pdf_reader: &PdfReader,
    ) -> Result<RawDocument, (Locator, Refusal)> {
        let Self { locator, content, .. } = self;
        let Packed { form, bytes, missing } = match content {
            Ok(packed) => packed,
            Err(refusal) => return Err((locator, refusal)),
        };
        let raw = match form {
            Form::Plain(media_type) => {
                let (metadata, unread) = (Metadata::default(), Vec::new());
                Ok(RawDocument { locator, media_type, charset: None, metadata, bytes, missing: None, unread })
            }
            Form::Mail => mail::to_raw_document(locator, &bytes),
            Form::Pdf => pdf::to_raw_document(locator, &bytes, Metadata::default(), pdf_reader),
            Form::Epub => epub::to_raw_document(locator, bytes, limits),
            Form::WebRecord { format, header_bytes } => {
                web::to_raw_document(locator, format, bytes, header_bytes, limits, pdf_reader)
            }
            Form::Revisit { .. } => Err((locator, Refusal::Revisit)),
            Form::JsonLine { file, read_as } => json_lines::to_raw_document(&file, locator, &bytes, read_as),
        };
        raw.map(|raw| RawDocument { missing: raw.missing.or(missing), ..raw })
    }
}

/// Why reading ended: for what the file holds, or for what the system says.
pub(super) fn refused(error: &io::Error) -> Refusal {
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
            Refusal::SetAside(error.to_string())
        }
        _ => Refusal::Unreadable(error.to_string()),
    }
}
