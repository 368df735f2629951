//! Makes a raw document of a record of a web archive, with what the archive knows of it.

use super::header::{Format, Header};
use super::http::{Answer, Body, OK, type_and_charset};
use super::start::without_blank;
use crate::extract::wide_head;
use crate::model::{Charset, Date, Locator, MediaType, Metadata, Missing, RawDocument};
use crate::source::content::Refusal;
use crate::source::limits::Limits;
use crate::source::pdf::{self, PdfReader};
use crate::source::sniff::{Sniffed, sniff};
use crate::source::{epub, json_lines, mail};

/// The types of what a server says, header and all.
const MESSAGE_TYPES: [&str; 2] = ["application/http", "message/http"];

/// The schemes of addresses that pages are found at.
const ADDRESS_SCHEMES: [&str; 3] = ["http", "https", "ftp"];

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
        return Err(failed(Refusal::Unknown("a page without content".to_owned())));
    }
    let cut = (payload.is_cut || is_truncated(&header)).then_some(Missing::End);
    if payload.body.starts_with(b"%PDF-") {
        let raw = pdf::to_raw_document(locator, &payload.body, metadata(&header), pdf_reader)?;
        return Ok(RawDocument { missing: cut.or(raw.missing), ..raw });
    }
    let uri = header.uri.as_deref().unwrap_or_default();
    let captured = |raw: RawDocument| RawDocument {
        metadata: captured_as(&header, raw.metadata),
        missing: cut.or(raw.missing),
        ..raw
    };
    match held(&declared, &payload.body) {
        Some(Held::Book) => return epub::to_raw_document(locator, payload.body, limits).map(captured),
        Some(Held::Message) => return mail::to_raw_document(locator, &payload.body).map(captured),
        None => {}
    }
    let media_type = media_type(&declared, &payload.body, uri).map_err(failed)?;
    if is_of_tool(uri, media_type) {
        return Err(skipped("a record of the tool that made the archive".to_owned()));
    }
    let charset = charset.map(Charset::Named);
    let metadata = metadata(&header);
    Ok(RawDocument {
        locator,
        media_type,
        charset,
        metadata,
        bytes: payload.body,
        missing: cut,
        unread: Vec::new(),
    })
}

/// What holds pages and is none itself: archives that are exported have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    Book,
    Message,
}

/// What `body` is, if its type and its content both say that it is a book or a message.
fn held(declared: &str, body: &[u8]) -> Option<Held> {
    let head = &body[..body.len().min(HEAD_BYTES)];
    match declared {
        "application/epub+zip" if body.starts_with(b"PK") => Some(Held::Book),
        "message/rfc822" | "multipart/related" if matches!(sniff(head, ""), Sniffed::Mail) => {
            Some(Held::Message)
        }
        "message/rfc822" if begins_with_field(head) => Some(Held::Message),
        _ => None,
    }
}

/// Whether `head` begins with a header field, as `Subject: x`.
fn begins_with_field(head: &[u8]) -> bool {
    let name = head.split(|&byte| byte == b':').next().unwrap_or_default();
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    !name.is_empty() && name.len() < head.len() && name.iter().all(is_of_name)
}

/// `known` of a book or message, with what the archive knows beside it.
fn captured_as(header: &Header, known: Metadata) -> Metadata {
    let of_record = metadata(header);
    if known.url.is_some() || of_record.url.is_none() {
        return Metadata { captured: known.captured.or(of_record.captured), ..known };
    }
    let provenance = [known.provenance, of_record.provenance].concat();
    Metadata { url: of_record.url, captured: of_record.captured, provenance, ..known }
}

/// Whether the archive says that it didn't keep all of a page (WARC 1.1, 5.13). That it keeps nothing of a revisit but
/// its header says no more of the page, which is that of another record.
fn is_truncated(header: &Header) -> bool {
    header.kind != "revisit" && header.fields.get("WARC-Truncated").is_some_and(|why| !why.is_empty())
}

/// What a server gave.
struct Payload {
    content_type: String,
    body: Vec<u8>,
    /// Whether its end is missing.
    is_cut: bool,
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
    let is_message = MESSAGE_TYPES.contains(&type_and_charset(&stated).0.as_str());
    let may_be_answer = is_message || matches!(header.kind.as_str(), "response" | "revisit");
    let Some(answer) = Answer::read(content).filter(|_| may_be_answer) else {
        // A page that was kept without the header that it was sent with.
        let content_type = if is_message { String::new() } else { stated };
        return Ok(Payload { content_type, body: behind(bytes, header_bytes), is_cut: false });
    };
    if answer.status != OK {
        return Err(Refusal::Skip(format!("answered with status {}", answer.status)));
    }
    let content_type = answer.fields.get("Content-Type").unwrap_or_default().to_owned();
    // What surely is no page needn't be decoded.
    if let Some(reason) = no_page(&type_and_charset(&content_type).0)
        && answer.is_plain()
        && !may_hold_page(content.get(answer.body..).unwrap_or_default())
    {
        return Err(Refusal::Skip(reason));
    }
    let sent = behind(bytes, header_bytes + answer.body);
    let Body { bytes: body, is_cut } = answer.unwrapped(sent, limits)?;
    Ok(Payload { content_type, body, is_cut })
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
        || matches!(declared, "application/octet-stream" | "binary/octet-stream" | "*/*")
        || !declared.contains('/');
    let printable =
        |declared: &str| -> String { declared.chars().filter(char::is_ascii_graphic).take(60).collect() };
    (!may_be).then(|| format!("of type {}, not a page", printable(declared)))
}

/// What `body` is, by its content first.
fn media_type(declared: &str, body: &[u8], uri: &str) -> Result<MediaType, Refusal> {
    let skipped = |reason: &str| Err(Refusal::Skip(reason.to_owned()));
    let head = &body[..body.len().min(HEAD_BYTES)];
    if let Some(reason) = no_page(declared) {
        return if is_document(head) { Ok(MediaType::Html) } else { Err(Refusal::Skip(reason)) };
    }
    let path = uri.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    if name.eq_ignore_ascii_case("robots.txt") {
        return skipped("rules for crawlers, not a page");
    }
    let named = match declared {
        "text/html" | "application/xhtml+xml" => "page.html",
        "text/plain" => "text.txt",
        "text/markdown" | "text/x-markdown" => "text.md",
        _ => name,
    };
    match sniff(head, named) {
        Sniffed::Article(MediaType::PlainText) if declared.is_empty() && !has_text_extension(name) => {
            skipped("of an unknown type, not a page")
        }
        Sniffed::Article(media_type) => Ok(media_type),
        Sniffed::Other(what) => skipped(&format!("{what}, not a page")),
        Sniffed::Unknown(what) => Err(Refusal::Unknown(format!("{what}, not a page"))),
        Sniffed::Mail | Sniffed::Epub | Sniffed::Pdf => skipped("a message or book, not a page"),
        Sniffed::Container(_) | Sniffed::Packed(_) => skipped("an archive, not a page"),
    }
}

/// Whether `body` may be a page or PDF file for all that its beginning says.
fn may_hold_page(body: &[u8]) -> bool {
    let start = without_blank(&body[..body.len().min(HEAD_BYTES)]);
    start.starts_with(b"<") || start.starts_with(b"%PDF-") || wide_head(body).is_some()
}

/// Whether the first element of what begins with `head` is that of a page, which no other kind of content begins with.
fn is_document(head: &[u8]) -> bool {
    let text = wide_head(head).unwrap_or_else(|| String::from_utf8_lossy(without_blank(head)).into_owned());
    let text = text.to_ascii_lowercase();
    let mut rest = text.trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<?") => "?>",
            _ => return rest.starts_with("<!doctype html") || rest.starts_with("<html"),
        };
        let Some((_, behind)) = rest.split_once(end) else { return false };
        rest = behind.trim_start();
    }
}

/// Whether the tool that made the archive wrote of its own work under `uri`, and not a site: its log and arguments,
/// lists of folders, the text of pages that are there as well.
fn is_of_tool(uri: &str, media_type: MediaType) -> bool {
    let (scheme, rest) = uri.split_once(':').unwrap_or_default();
    match scheme.to_ascii_lowercase().as_str() {
        "metadata" | "whois" => true,
        "urn" => media_type != MediaType::Html,
        "ftp" => rest.ends_with('/'),
        // Scoop's account of a capture, and the certificates of its sites.
        "file" => {
            let name = rest.trim_start_matches('/');
            let is_certificate = name.rsplit_once('.').is_some_and(|(_, ending)| ending == "pem");
            name.starts_with("provenance-summary.") || is_certificate && !name.contains('/')
        }
        _ => false,
    }
}

fn has_text_extension(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    extension.is_some_and(|extension| matches!(extension.as_str(), "txt" | "text"))
}

/// The field of a WARC record in which exports have what is known of a text beside it. Others write it for their users.
pub const METADATA_FIELD: &str = "WARC-JSON-Metadata";

/// Whether `uri` is an address that a page can be found at, and not a name that a tool gave it.
fn is_address(uri: &str) -> bool {
    let scheme = uri.split_once("://").map_or("", |(scheme, _)| scheme);
    ADDRESS_SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

/// What the archive knows of the page.
fn metadata(header: &Header) -> Metadata {
    let about = header.fields.get(METADATA_FIELD).filter(|_| header.kind == "resource");
    let mut metadata = Metadata {
        url: header.uri.clone().filter(|uri| is_address(uri)),
        captured: header.date.as_deref().and_then(captured),
        ..about.map(json_lines::about).unwrap_or_default()
    };
    metadata.note_kept_with();
    metadata
}

/// The day of a capture, or the month or year if that is all that is said: `2014-02-16T05:02:21Z` in WARC files,
/// `20140216050221` in ARC files.
pub(super) fn captured(date: &str) -> Option<Date> {
    if date.len() <= "2014".len() || date.contains('-') {
        return date.parse().ok();
    }
    let part = |from, to| date.get(from..to);
    format!("{}-{}-{}", part(0, 4)?, part(4, 6)?, part(6, 8)?).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn books_and_messages_are_told_by_type_and_content() {
        let mail = b"From: a@port.example\r\nSubject: x\r\nDate: Mon, 3 Jun 2019 10:00:00 +0000\r\n\r\nText.";
        assert_eq!(held("message/rfc822", mail), Some(Held::Message));
        assert_eq!(held("text/plain", mail), None);
        assert_eq!(held("message/rfc822", b"Subject: x\r\n\r\nText."), Some(Held::Message));
        assert_eq!(held("message/rfc822", b"Text.\r\nSubject: x"), None);
        for page in [b"<!doctype html><p>Text.".as_slice(), b"--x\r\nContent-Type: text/html\r\n\r\n<p>Text."]
        {
            assert_eq!((held("multipart/related", page), held("application/epub+zip", page)), (None, None));
        }
        assert_eq!(media_type("multipart/related", b"--x\r\n\r\nText.", "http://a.example/x").ok(), None);
    }

    #[test]
    fn a_page_is_told_by_its_first_element_whatever_its_type() {
        let told =
            |declared: &str, body: &str| media_type(declared, body.as_bytes(), "http://a.example/x").ok();
        let page = "\u{feff}<?xml version='1.0'?><!-- saved --><!DOCTYPE html><p>text";
        for declared in ["image/jpeg", "application/xml", "text/x-server-parsed-html", "*/*", "text/html"] {
            assert_eq!(told(declared, page), Some(MediaType::Html), "{declared}");
        }
        assert_eq!(told("text/javascript", "<!-- hide\ndocument.write('<html><div>')"), None);
        assert_eq!(told("application/json", "{\"page\": \"<html>\"}"), None);
        assert_eq!(told("image/svg+xml", "<svg><title>a</title></svg>"), None);
    }

    #[test]
    fn an_address_is_one_in_letters_of_any_size_and_of_files_on_servers() {
        for uri in ["HTTP://A.example/1", "Https://a.example/", "ftp://a.example/report.html"] {
            assert!(is_address(uri), "{uri}");
        }
        for uri in ["urn:X-wpull:log", "file:///C:/x.html", "dns:a.example", "a.example/http://b.example/"] {
            assert!(!is_address(uri), "{uri}");
        }
    }

    #[test]
    fn a_capture_is_known_as_precisely_as_it_is_said() {
        for (date, known) in [
            ("2014-02-16T05:02:21Z", Some("2014-02-16")),
            ("2014-02-16T05:02Z", Some("2014-02-16")),
            ("2014-02-16", Some("2014-02-16")),
            ("2014-02", Some("2014-02")),
            ("2014", Some("2014")),
            ("20140216050221", Some("2014-02-16")),
            ("20140216", Some("2014-02-16")),
            ("in 2014", None),
            ("", None),
        ] {
            assert_eq!(captured(date).map(|date| date.to_string()).as_deref(), known, "{date}");
        }
    }

    #[test]
    fn what_tools_write_of_themselves_is_told_by_its_address() {
        let own = [
            "metadata://gnu.org/software/wget/warc/wget.log",
            "urn:X-wpull:log",
            "urn:text:http://a.example/",
            "whois:a.example",
            "ftp://a.example/reports/",
            "file:///provenance-summary.html",
            "file:///a.example.pem",
        ];
        for uri in own {
            assert!(is_of_tool(uri, MediaType::PlainText), "{uri}");
        }
        for uri in ["http://a.example/metadata:x", "ftp://a.example/report.txt", "file:///C:/x.html", "x"] {
            assert!(!is_of_tool(uri, MediaType::PlainText), "{uri}");
        }
        assert!(!is_of_tool("urn:uuid:8d0c", MediaType::Html));
    }
}
