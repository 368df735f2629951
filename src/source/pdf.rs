//! The text of PDF files, page by page.
//!
//! The reader of the format isn't made for hostile files: it may fail, never end, or take more memory and stack than
//! there is. So who reads many files hands in a [`PdfReader`] that does it in a process of its own.

mod table;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::{fmt, iter};

use pdf_extract::{
    Dictionary, Document, MediaBox, Object, ObjectId, OutputDev, OutputError, PlainTextOutput, Transform,
    output_doc_page,
};
use serde::{Deserialize, Serialize};

use super::content::Refusal;
use crate::model::{Charset, Field, Locator, MediaType, Metadata, Missing, RawDocument};
use crate::text::one_line;

/// Most pages of a file that are read.
const MAX_PAGES: usize = 20_000;

/// What parts pages.
const PAGE_BREAK: char = '\u{c}';

/// What a PDF file says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PdfText {
    /// The title that the file gives.
    pub title: Option<String>,
    /// The text of each page.
    pub pages: Vec<String>,
    /// How many pages couldn't be read.
    pub lost: usize,
}

/// Reads PDF files; the error says what is wrong with one.
#[derive(Clone)]
pub struct PdfReader(Arc<Read>);

type Read = dyn Fn(&[u8]) -> Result<PdfText, String> + Send + Sync;

impl PdfReader {
    /// A reader that does as `read` does.
    pub fn new(read: impl Fn(&[u8]) -> Result<PdfText, String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }
}

impl Default for PdfReader {
    /// Reads in this process, which a hostile file may end.
    fn default() -> Self {
        Self::new(read_pdf)
    }
}

impl fmt::Debug for PdfReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PdfReader")
    }
}

/// The text of the PDF file `bytes`. A page that can't be read is counted, and costs itself.
///
/// # Errors
///
/// If it isn't one, is encrypted, or none of its pages can be read.
pub fn read_pdf(bytes: &[u8]) -> Result<PdfText, String> {
    let opened = catch_unwind(|| {
        let (mut document, lost) = load(bytes)?;
        if document.is_encrypted() && document.decrypt("").is_err() {
            return Err("an encrypted PDF file that asks for a password".to_owned());
        }
        Ok((document, lost))
    });
    let (document, lost) = opened.map_err(|_| "a PDF file that can't be read".to_owned())??;
    let mut text = PdfText { title: title(&document), ..PdfText::default() };
    for (page, id) in document.get_pages().into_iter().take(MAX_PAGES) {
        let read = catch_unwind(AssertUnwindSafe(|| {
            let mut content = String::new();
            let mut output = Lines(PlainTextOutput::new(&mut content));
            output_doc_page(&document, &mut output, page).map(|()| content)
        }));
        match read {
            Ok(Ok(content)) if content.contains(char::is_alphanumeric) || has_contents(&document, id) => {
                text.pages.push(content.replace(PAGE_BREAK, " "));
            }
            _ => {
                text.pages.push(String::new());
                text.lost += 1;
            }
        }
    }
    let lost = lost.min(MAX_PAGES.saturating_sub(text.pages.len()));
    text.pages.extend(iter::repeat_n(String::new(), lost));
    text.lost += lost;
    if text.pages.is_empty() || text.lost == text.pages.len() {
        return Err("a PDF file without a page that can be read".to_owned());
    }
    Ok(text)
}

/// The document in `bytes`, and how many of its pages are known to be missing; where its table can't be read, what
/// stands before its end is read, or its objects alone.
fn load(bytes: &[u8]) -> Result<(Document, usize), String> {
    let first = match Document::load_mem(bytes) {
        Ok(document) if is_whole(&document) => return Ok((document, 0)),
        Ok(document) => Ok((document, 0)),
        Err(error) => Err(format!("a PDF file that can't be read: {error}")),
    };
    let again = |bytes: &[u8]| Document::load_mem(bytes).ok().filter(has_pages);
    let as_it_was = table::without_returns(bytes).and_then(|bytes| again(&bytes)).filter(is_whole);
    if let Some(document) = as_it_was {
        return Ok((document, 0));
    }
    if let Ok((document, _)) = &first
        && has_pages(document)
    {
        return first;
    }
    if let Some(document) = table::without_rest(bytes).and_then(again) {
        return Ok((document, 0));
    }
    let rebuilt = table::with_new_table(bytes).and_then(|bytes| again(&bytes));
    rebuilt.map_or(first, |document| {
        let lost = stated_pages(&document).saturating_sub(document.get_pages().len());
        Ok((document, lost))
    })
}

/// How many pages `document` says to have.
fn stated_pages(document: &Document) -> usize {
    let pages = document.catalog().and_then(|catalog| catalog.get(b"Pages")?.as_reference());
    let count = pages.and_then(|pages| document.get_dictionary(pages)?.get(b"Count")?.as_i64());
    count.ok().and_then(|count| usize::try_from(count).ok()).unwrap_or_default()
}

/// Whether `document` has pages, or may have, as far as can be told before it is decrypted.
fn has_pages(document: &Document) -> bool {
    document.is_encrypted() || !document.get_pages().is_empty()
}

/// Whether `document` has pages, and what is on each, as far as can be told before it is decrypted.
fn is_whole(document: &Document) -> bool {
    has_pages(document)
        && (document.is_encrypted()
            || document.get_pages().values().all(|page| has_contents(document, *page)))
}

/// Whether all is there that is said to be on a page. A stream that can't be read is a dictionary, or among no objects;
/// what never was isn't in the table either.
fn has_contents(document: &Document, page: ObjectId) -> bool {
    let is_lost = |id: &ObjectId| match document.objects.get(id) {
        None => document.reference_table.get(id.0).is_some_and(|at| at.is_normal() || at.is_compressed()),
        Some(object) => object.as_dict().is_ok() && object.as_stream().is_err(),
    };
    let named = document.get_dictionary(page).and_then(|page| page.get(b"Contents")?.as_reference());
    !document.get_page_contents(page).iter().chain(named.iter()).any(is_lost)
}

/// Least width of a character, as a share of the size of its font.
const LEAST_WIDTH: f64 = 0.01;

/// Writes what stands on a page as text. A line is told to end where the next character stands left of the end of the
/// last: so characters of a font that doesn't say how wide they are need some width, or lines would run together.
struct Lines<'a>(PlainTextOutput<&'a mut String>);

impl OutputDev for Lines<'_> {
    fn begin_page(
        &mut self,
        number: u32,
        media_box: &MediaBox,
        art_box: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.0.begin_page(number, media_box, art_box)
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        self.0.end_page()
    }

    fn output_character(
        &mut self,
        at: &Transform,
        width: f64,
        spacing: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        self.0.output_character(at, width.max(LEAST_WIDTH), spacing, font_size, text)
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        self.0.begin_word()
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        self.0.end_word()
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        self.0.end_line()
    }
}

/// The title that the document gives, unless it is what a program put there by itself.
fn title(document: &Document) -> Option<String> {
    let info = document.trailer.get(b"Info").ok()?;
    let info: &Dictionary = match info {
        Object::Reference(id) => document.get_dictionary(*id).ok()?,
        object => object.as_dict().ok()?,
    };
    let title = pdf_extract::decode_text_string(info.get(b"Title").ok()?).ok()?;
    let title = one_line(&title)?;
    let small = title.to_lowercase();
    let is_file =
        [".doc", ".docx", ".pdf", ".indd", ".qxd", ".tex", ".dvi"].iter().any(|end| small.ends_with(end));
    let is_default = small.starts_with("microsoft word") || small.starts_with("untitled");
    (!is_file && !is_default).then_some(title)
}

/// The PDF file `bytes` as a document of pages.
///
/// # Errors
///
/// If `reader` can't read it, or it holds no text.
pub(super) fn to_raw_document(
    locator: Locator,
    bytes: &[u8],
    mut metadata: Metadata,
    reader: &PdfReader,
) -> Result<RawDocument, (Locator, Refusal)> {
    let text = match (reader.0)(bytes) {
        Ok(text) => text,
        Err(reason) => return Err((locator, Refusal::SetAside(reason))),
    };
    if !text.pages.iter().any(|page| page.contains(char::is_alphanumeric)) {
        let reason = "a PDF file without text; its pages may be pictures".to_owned();
        return Err((locator, Refusal::SetAside(reason)));
    }
    if let Some(title) = text.title {
        metadata.title = Some(title);
        metadata.note(Field::Title, "container", 60);
    }
    let (lost, all) = (text.lost, text.pages.len());
    let missing = (lost > 0).then_some(Missing::Pages { lost, all });
    let bytes = text.pages.join(&PAGE_BREAK.to_string()).into_bytes();
    let charset = Some(Charset::Named("utf-8".to_owned()));
    Ok(RawDocument {
        locator,
        media_type: MediaType::Pages,
        charset,
        metadata,
        bytes,
        missing,
        unread: Vec::new(),
    })
}
