//! Makes a raw document of a record of a web archive, with what the archive knows of it.

use super::header::{Format, Header};
use super::http::{Answer, type_and_charset};
use crate::model::{Date, Field, Locator, MediaType, Metadata, RawDocument};
use crate::source::content::Refusal;
use crate::source::limits::Limits;
use crate::source::pdf::{self, PdfReader};
use crate::source::sniff::{Sniffed, sniff};

/// Bytes of a body by which its kind is told.
const HEAD_BYTES: usize = 4096;

/// The page in the record `bytes`, whose header says what it is.
///
/// # Errors
///
/// If it holds no page, or one that can't be decoded.
pub fn to_raw_document(
    locator: Locator,
    format: Format,
    bytes: Vec<u8>,
    header_bytes: usize,
    limits: &Limits,
    pdf_reader: &PdfReader,
) -> Result<RawDocument, (Locator, Refusal)> {
    let failed = |refusal| (locator.clone(), refusal);
    let skipped = |reason: String| failed(Refusal::Skip(reason));
    let header = format.header(&bytes).ok_or_else(|| skipped("a record without a header".to_owned()))?;
    let payload = payload(&header, bytes, header_bytes, limits).map_err(failed)?;
    let (declared, charset) = type_and_charset(&payload.content_type);
    if payload.body.trim_ascii().is_empty() {
        return Err(skipped("a page without content".to_owned()));
    }
    if payload.body.starts_with(b"%PDF-") {
        return pdf::to_raw_document(locator, &payload.body, metadata(&header), pdf_reader);
    }
    let uri = header.uri.as_deref().unwrap_or_default();
    let media_type = media_type(&declared, &payload.body, uri).map_err(skipped)?;
    Ok(RawDocument { metadata: metadata(&header), locator, media_type, charset, bytes: payload.body })
}

/// What a server gave.
struct Payload {
    content_type: String,
    body: Vec<u8>,
}

/// The payload of the record `bytes`, whose content lies behind `header_bytes`.
fn payload(
    header: &Header,
    bytes: Vec<u8>,
    header_bytes: usize,
    limits: &Limits,
) -> Result<Payload, Refusal> {
    let content = &bytes[header_bytes.min(bytes.len())..];
    let stated = header.media_type.clone().unwrap_or_default();
    let answer = Answer::read(content).filter(|_| matches!(header.kind.as_str(), "response" | "revisit"));
    let Some(answer) = answer else {
        return Ok(Payload { content_type: stated, body: behind(bytes, header_bytes) });
    };
    if answer.status != 200 {
        return Err(Refusal::Skip(format!("answered with status {}", answer.status)));
    }
    let content_type = answer.fields.get("Content-Type").unwrap_or_default().to_owned();
    // What surely is no page needn't be decoded.
    if let Some(reason) = no_page(&type_and_charset(&content_type).0) {
        return Err(Refusal::Skip(reason));
    }
    let sent = behind(bytes, header_bytes + answer.body);
    Ok(Payload { body: answer.unwrapped(sent, limits)?, content_type })
}

/// What follows the first `count` of `bytes`. A large page isn't held twice.
fn behind(mut bytes: Vec<u8>, count: usize) -> Vec<u8> {
    bytes.drain(..count.min(bytes.len()));
    bytes
}

/// Why content of the type `declared` is no page; servers that don't know better say `text/plain`,
/// `application/octet-stream` or nothing.
fn no_page(declared: &str) -> Option<String> {
    let may_be = declared.is_empty()
        || matches!(
            declared,
            "text/html"
                | "application/xhtml+xml"
                | "text/plain"
                | "text/markdown"
                | "text/x-markdown"
                | "application/pdf"
        )
        || matches!(declared, "application/octet-stream" | "binary/octet-stream" | "unk" | "no-type")
        || !declared.contains('/');
    let printable =
        |declared: &str| -> String { declared.chars().filter(char::is_ascii_graphic).take(60).collect() };
    (!may_be).then(|| format!("of type {}, not a page", printable(declared)))
}

/// What `body` is, by its content first.
fn media_type(declared: &str, body: &[u8], uri: &str) -> Result<MediaType, String> {
    if let Some(reason) = no_page(declared) {
        return Err(reason);
    }
    let path = uri.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    if name.eq_ignore_ascii_case("robots.txt") {
        return Err("rules for crawlers, not a page".to_owned());
    }
    let head = &body[..body.len().min(HEAD_BYTES)];
    let named = match declared {
        "text/html" | "application/xhtml+xml" => "page.html",
        "text/plain" => "text.txt",
        "text/markdown" | "text/x-markdown" => "text.md",
        _ => name,
    };
    match sniff(head, named) {
        Sniffed::Article(MediaType::PlainText) if declared.is_empty() && !has_text_extension(name) => {
            Err("of an unknown type, not a page".to_owned())
        }
        Sniffed::Article(media_type) => Ok(media_type),
        Sniffed::Other(what) => Err(format!("{what}, not a page")),
        Sniffed::Mail | Sniffed::Epub | Sniffed::Pdf => Err("a message or book, not a page".to_owned()),
        Sniffed::Container(_) | Sniffed::Packed(_) => Err("an archive, not a page".to_owned()),
    }
}

fn has_text_extension(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    extension.is_some_and(|extension| matches!(extension.as_str(), "txt" | "text"))
}

/// What the archive knows of the page.
fn metadata(header: &Header) -> Metadata {
    let is_web = |uri: &&String| uri.starts_with("http://") || uri.starts_with("https://");
    let mut metadata = Metadata {
        url: header.uri.as_ref().filter(is_web).cloned(),
        captured: header.date.as_deref().and_then(captured),
        ..Metadata::default()
    };
    if metadata.url.is_some() {
        metadata.note(Field::Url, "container", 90);
    }
    if metadata.captured.is_some() {
        metadata.note(Field::Captured, "container", 100);
    }
    metadata
}

/// The day of a capture: `2014-02-16T05:02:21Z` in WARC files, `20140216050221` in ARC files.
fn captured(date: &str) -> Option<Date> {
    if date.contains('-') {
        return date.parse().ok();
    }
    let part = |from, to| date.get(from..to);
    format!("{}-{}-{}", part(0, 4)?, part(4, 6)?, part(6, 8)?).parse().ok()
}
