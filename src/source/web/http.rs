//! The answer of a web server, as it was sent: status, media type and charset, and the body made plain.

use std::io::{self, Read};

use brotli_decompressor::Decompressor;
use flate2::bufread::GzDecoder;
use flate2::read::{DeflateDecoder, ZlibDecoder};

use super::header::Fields;
use super::unzip::GZIP_MAGIC;
use crate::source::content::Refusal;
use crate::source::limits::{Limit, Limits};
use crate::source::packed::{FREE_EXPANSION_BYTES, as_damage};
use crate::source::sniff::{Sniffed, sniff};
use crate::source::zstd::{FRAME_MAGIC, ZstdFrames};

/// Most encodings that are undone, one in the other.
const MAX_ENCODINGS: usize = 4;

/// Bytes by which it is told whether a body is packed at all.
const TOLD_BY_BYTES: usize = 4096;

/// What begins a body and no field of a header, should the empty line between them be missing.
const BODY_STARTS: [&[u8]; 3] = [b"<", b"%PDF-", GZIP_MAGIC];

/// Longest line before a chunk of a body, in bytes.
const MAX_CHUNK_LINE_BYTES: usize = 256;

/// Longest line of a status, in bytes.
const MAX_STATUS_LINE_BYTES: usize = 4096;

/// Most bytes of empty lines before an answer.
const MAX_BLANK_BYTES: usize = 8;

/// Most answers before another that only say that it will come.
const MAX_INTERIM_ANSWERS: usize = 8;

/// Buffer of the Brotli decoder, in bytes.
const BROTLI_BUFFER_BYTES: usize = 4096;

/// Status of an answer that is a page as it should be.
pub(super) const OK: u16 = 200;

/// An answer of a web server.
pub(super) struct Answer {
    /// Its status.
    pub status: u16,
    /// Its header.
    pub fields: Fields,
    /// Where its body begins, in bytes.
    pub body: usize,
}

/// The body of an answer, without what it was wrapped in to be sent.
#[derive(Debug)]
pub(super) struct Body {
    pub bytes: Vec<u8>,
    /// Whether its end is missing, by its chunks or by the length that the server says.
    pub is_cut: bool,
}

impl Answer {
    /// The answer that `bytes` begin with, behind others that only say that it will come.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut begin = bytes.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count().min(MAX_BLANK_BYTES);
        for _ in 0..MAX_INTERIM_ANSWERS {
            let answer = Self::read_one(&bytes[begin..])?;
            let body = begin + answer.body;
            let is_interim = matches!(answer.status, 100 | 102..=199) && bytes[body..].starts_with(b"HTTP/");
            if !is_interim {
                return Some(Self { body, ..answer });
            }
            begin = body;
        }
        None
    }

    fn read_one(bytes: &[u8]) -> Option<Self> {
        let line = &bytes[..bytes.len().min(MAX_STATUS_LINE_BYTES)];
        // What is said of a status is in any encoding.
        let line = String::from_utf8_lossy(line.split(|&b| b == b'\n').next()?);
        let mut words = line.split_ascii_whitespace();
        let protocol = words.next()?.to_ascii_uppercase();
        let status = words.next()?.parse().ok()?;
        // Some archives end without the empty line, for there is no body.
        let read = Fields::read_until(bytes, |line| BODY_STARTS.iter().any(|start| line.starts_with(start)));
        let (body, fields) = read.unwrap_or((bytes.len(), Fields::default()));
        // What may also begin a text is told by the header behind it.
        let is_answer = protocol.starts_with("HTTP/")
            || matches!(protocol.as_str(), "HTTP" | "ICY") && fields.get("Content-Type").is_some();
        is_answer.then_some(Self { status, fields, body })
    }

    /// Where it ends in `bytes`, or beyond them, by its own length or its last chunk; none if it doesn't say.
    pub fn end(&self, bytes: &[u8]) -> Option<usize> {
        if self.is_chunked() {
            let sent = bytes.get(self.body..)?;
            return Some(self.body + unchunked(sent).end?);
        }
        let length: usize = self.fields.get("Content-Length")?.parse().ok()?;
        Some(self.body.saturating_add(length))
    }

    fn is_chunked(&self) -> bool {
        self.fields
            .get("Transfer-Encoding")
            .is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked"))
    }

    /// The body without what it was wrapped in to be sent. `sent` is what follows the header.
    ///
    /// # Errors
    ///
    /// If it can't be unwrapped, or grows beyond `limits`.
    pub fn unwrapped(&self, sent: Vec<u8>, limits: &Limits) -> Result<Body, Refusal> {
        let encoding = |name| self.fields.get(name).unwrap_or_default().to_ascii_lowercase();
        let (mut body, is_cut) = if self.is_chunked() {
            let Unchunked { body, is_cut, .. } = unchunked(&sent);
            (body, is_cut)
        } else {
            let stated = self.fields.get("Content-Length").and_then(|length| length.parse::<u64>().ok());
            let is_cut = stated.is_some_and(|stated| stated > sent.len() as u64);
            (sent, is_cut)
        };
        let codings = [encoding("Transfer-Encoding"), encoding("Content-Encoding")].join(",");
        let codings: Vec<&str> =
            codings.split(',').map(str::trim).filter(|coding| is_packed(coding)).collect();
        for coding in codings.iter().rev().take(MAX_ENCODINGS) {
            body = decoded(coding, body, limits)?;
        }
        // Some servers pack twice, or don't say that they do.
        let (declared, _) = type_and_charset(self.fields.get("Content-Type").unwrap_or_default());
        let is_text = declared.starts_with("text/") || declared == "application/xhtml+xml";
        for _ in 0..MAX_ENCODINGS {
            if !is_text || !body.starts_with(GZIP_MAGIC) {
                break;
            }
            body = decoded("gzip", body, limits)?;
        }
        Ok(Body { bytes: body, is_cut })
    }

    /// Whether the body is as it was before it was packed to be sent, by the header.
    pub fn is_plain(&self) -> bool {
        ["Transfer-Encoding", "Content-Encoding"].iter().all(|name| self.fields.get(name).is_none())
    }
}

/// The media type and the charset that a header field names, whatever stands between them.
pub(super) fn type_and_charset(field: &str) -> (String, Option<String>) {
    let field = field.trim_start();
    let media_type = field.split([';', ',', ' ']).next().unwrap_or_default().to_ascii_lowercase();
    (media_type, charset(field))
}

fn charset(field: &str) -> Option<String> {
    let at = field.to_ascii_lowercase().find("charset")? + "charset".len();
    let value = field[at..].trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let value = value.split([';', ',', ' ', '"', '\'']).next()?;
    (!value.is_empty()).then(|| value.to_owned())
}

fn is_packed(coding: &str) -> bool {
    matches!(coding, "gzip" | "x-gzip" | "deflate" | "br" | "zstd")
}

/// A body that was sent in chunks.
struct Unchunked {
    /// The chunks, joined.
    body: Vec<u8>,
    /// Where the last of them ends, if there is one.
    end: Option<usize>,
    /// Whether what was sent ends before the last of them.
    is_cut: bool,
}

/// The chunks of `sent`. Where a chunk doesn't begin as it should, all from there on is taken as it is: some archives
/// keep bodies without their chunks, and the header that speaks of them.
fn unchunked(sent: &[u8]) -> Unchunked {
    let mut body = Vec::with_capacity(sent.len());
    let mut rest = sent;
    loop {
        let is_first = rest.len() == sent.len();
        let chunk = chunk_line(rest).filter(|&(bytes, line)| !is_first || is_chunk(rest, bytes, line));
        let Some((bytes, line)) = chunk else {
            let is_cut = !is_first && is_cut_chunk_line(rest);
            body.extend_from_slice(if is_cut { &[] } else { rest });
            return Unchunked { body, end: None, is_cut };
        };
        let content = &rest[line..];
        if bytes == 0 {
            let end = sent.len() - content.len() + line_end(content);
            return Unchunked { body, end: Some(end), is_cut: false };
        }
        let chunk = &content[..bytes.min(content.len())];
        body.extend_from_slice(chunk);
        rest = &content[chunk.len()..];
        rest = &rest[line_end(rest)..];
        if rest.is_empty() {
            return Unchunked { body, end: None, is_cut: true };
        }
    }
}

/// Whether `rest`, all that there is, is the beginning of a line before a chunk.
fn is_cut_chunk_line(rest: &[u8]) -> bool {
    let line = rest.strip_suffix(b"\r").unwrap_or(rest);
    line.len() < MAX_CHUNK_LINE_BYTES && line.iter().all(u8::is_ascii_hexdigit)
}

/// Whether the first line of `rest`, of `line` bytes, is that of a chunk of `bytes` bytes, and not a number or word
/// that a text begins with.
fn is_chunk(rest: &[u8], bytes: usize, line: usize) -> bool {
    let content = &rest[line..];
    if bytes == 0 {
        // Behind the last chunk there may be more of a header, but nothing else.
        let text = String::from_utf8_lossy(&content[..content.len().min(MAX_CHUNK_LINE_BYTES)]);
        return text.lines().all(|line| line.trim().is_empty() || line.contains(':'));
    }
    match content.get(bytes..) {
        Some(behind) => matches!(behind, b"" | b"\r") || line_end(behind) > 0,
        // A chunk that is cut begins as one: a text has its lines ended in either way.
        None => rest[..line].ends_with(b"\r\n"),
    }
}

/// How many bytes of `rest` end a line at its beginning.
fn line_end(rest: &[u8]) -> usize {
    if rest.starts_with(b"\r\n") { 2 } else { usize::from(rest.starts_with(b"\n")) }
}

/// How long the chunk is that `rest` begins with, and the line that says so.
fn chunk_line(rest: &[u8]) -> Option<(usize, usize)> {
    let end = memchr::memchr(b'\n', &rest[..rest.len().min(MAX_CHUNK_LINE_BYTES)])?;
    let line = std::str::from_utf8(&rest[..end]).ok()?;
    let digits = line.split(';').next()?.trim();
    Some((usize::from_str_radix(digits, 16).ok()?, end + 1))
}

/// `body` without `coding`. One that isn't coded so is as it should be: some archives decode bodies and keep the header
/// that speaks of it. What a body grows to counts by itself, and not with what its file does: several workers decode
/// them at once, and which of them came too late would differ from run to run.
fn decoded(coding: &str, body: Vec<u8>, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let most = (body.len() as u64).saturating_mul(limits.expansion_ratio).max(FREE_EXPANSION_BYTES);
    let most = most.min(limits.input_bytes);
    let packed = body.as_slice();
    let decoded = match coding {
        // What it is, its beginning says, whatever the header does.
        _ if packed.starts_with(GZIP_MAGIC) => gunzipped(packed, most),
        _ if packed.starts_with(FRAME_MAGIC) => read(ZstdFrames::new(packed), most),
        "deflate" => {
            read(ZlibDecoder::new(packed), most).or_else(|_| read(DeflateDecoder::new(packed), most))
        }
        "br" => read(Decompressor::new(packed, BROTLI_BUFFER_BYTES), most),
        _ => return Ok(body),
    };
    match decoded {
        Ok(decoded) if decoded.len() as u64 <= most => Ok(decoded),
        Ok(_) if most == limits.input_bytes => Err(Limit::input(most).into()),
        Ok(_) => Err(Limit::Expansion(limits.expansion_ratio).into()),
        Err(_) if looks_plain(&body) => Ok(body),
        Err(error) => {
            Err(Refusal::SetAside(format!("its content can't be decoded as {coding}: {}", as_damage(error))))
        }
    }
}

/// At most a byte more than `most` of what `reader` gives.
fn read(reader: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(most + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// All members of the gzip in `packed`, as far as they grow to a byte more than `most`. What isn't another member is no
/// part of a body.
fn gunzipped(packed: &[u8], most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut rest = packed;
    loop {
        let mut decoder = GzDecoder::new(rest);
        (&mut decoder).take(most + 1 - bytes.len() as u64).read_to_end(&mut bytes)?;
        rest = decoder.into_inner();
        if bytes.len() as u64 > most || !rest.starts_with(GZIP_MAGIC) {
            return Ok(bytes);
        }
    }
}

/// Whether `body` is text as it is.
fn looks_plain(body: &[u8]) -> bool {
    let head = &body[..body.len().min(TOLD_BY_BYTES)];
    matches!(sniff(head, "page.html"), Sniffed::Article(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn body(header: &str, body: &[u8]) -> Result<String, Refusal> {
        let bytes = [format!("HTTP/1.1 200 OK\r\n{header}\r\n\r\n").as_bytes(), body].concat();
        let answer = Answer::read(&bytes).unwrap();
        answer
            .unwrapped(bytes[answer.body..].to_vec(), &Limits::default())
            .map(|body| String::from_utf8(body.bytes).unwrap())
    }

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn chunks_are_joined_and_where_there_are_none_all_is_kept() {
        let chunked = "Transfer-Encoding: chunked";
        assert_eq!(body(chunked, b"4\r\nfrom\r\n5;x=y\r\n here\r\n0\r\n\r\n").unwrap(), "from here");
        assert_eq!(body(chunked, b"<p>not chunked\n</p>").unwrap(), "<p>not chunked\n</p>");
        assert_eq!(body(chunked, b"4\r\nfrom\r\nhere on as it is").unwrap(), "fromhere on as it is");
        assert_eq!(body(chunked, b"ff\r\ncut").unwrap(), "cut");
    }

    #[test]
    fn a_body_whose_end_is_missing_is_told_from_others() {
        let is_cut = |header: &str, sent: &[u8]| {
            let answer = Answer::read(format!("HTTP/1.1 200 OK\r\n{header}\r\n\r\n").as_bytes()).unwrap();
            answer.unwrapped(sent.to_vec(), &Limits::default()).unwrap().is_cut
        };
        let chunked = "Transfer-Encoding: chunked";
        let whole = b"4\r\nfrom\r\n5\r\n here\r\n0\r\n\r\n";
        let cuts: Vec<bool> = (4..whole.len()).map(|cut| is_cut(chunked, &whole[..cut])).collect();
        let last_chunk = whole.len() - 2;
        assert!((4..whole.len()).zip(cuts).all(|(cut, is_cut)| is_cut == (cut < last_chunk)), "{whole:?}");
        assert_eq!(body(chunked, &whole[..10]).unwrap(), "from");
        assert!(
            !is_cut(chunked, b"<p>not chunked\n</p>") && !is_cut(chunked, b"4\r\nfrom\r\nhere on as it is")
        );
        assert!(is_cut("Content-Length: 9", b"<p>text") && !is_cut("Content-Length: 7", b"<p>text"));
        assert!(!is_cut("Content-Length: 5", b"<p>text") && !is_cut("", b"<p>text"));
    }

    #[test]
    fn a_body_that_is_chunked_and_in_gzip_is_whole() {
        let packed = gzip(b"<p>whole");
        let mut sent = format!("{:x}\r\n", packed.len()).into_bytes();
        sent.extend(&packed);
        sent.extend(b"\r\n0\r\n\r\n");
        let header = "transfer-encoding: Chunked\r\ncontent-encoding: GZIP";
        assert_eq!(body(header, &sent).unwrap(), "<p>whole");
    }

    #[test]
    fn every_content_encoding_is_undone() {
        let text = b"<p>the harbour froze over";
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        zlib.write_all(text).unwrap();
        let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        raw.write_all(text).unwrap();
        let zstd = ruzstd::encoding::compress_to_vec(&text[..], ruzstd::encoding::CompressionLevel::Fastest);
        // A Brotli stream of one block that isn't compressed, by the format's own rules.
        let brotli = [&[0x0b, 0x0c, 0x80], &text[..], &[0x03]].concat();
        assert_eq!(text.len(), 25);
        let cases: [(&str, Vec<u8>); 6] = [
            ("gzip", gzip(text)),
            ("x-gzip", gzip(text)),
            ("deflate", zlib.finish().unwrap()),
            ("deflate", raw.finish().unwrap()),
            ("zstd", zstd),
            ("br", brotli),
        ];
        for (coding, packed) in cases {
            let header = format!("Content-Encoding: {coding}");
            assert_eq!(body(&header, &packed).unwrap().as_bytes(), text, "{coding}");
            // The header is there, and what it speaks of isn't.
            assert_eq!(body(&header, text).unwrap().as_bytes(), text, "{coding}");
        }
        assert_eq!(
            body("Content-Encoding: br, gzip", &gzip(&[&[0x0b, 0x0c, 0x80], &text[..], &[0x03]].concat()))
                .unwrap()
                .as_bytes(),
            text
        );
    }

    #[test]
    fn a_body_that_is_cut_or_a_bomb_is_told() {
        let cut = gzip(&(0..9000_u32).flat_map(u32::to_le_bytes).collect::<Vec<_>>());
        let error = body("Content-Encoding: gzip", &cut[..cut.len() / 2]).unwrap_err();
        assert!(error.reason().starts_with("its content can't be decoded as gzip"), "{error:?}");
        let bomb = gzip(&vec![b' '; 4 << 20]);
        let error = body("Content-Encoding: gzip", &bomb).unwrap_err();
        assert!(error.reason().contains("--max-expansion"), "{error:?}");
    }

    #[test]
    fn what_a_body_is_packed_in_its_beginning_says() {
        let text = b"<p>the harbour froze over";
        let zstd = |text: &[u8]| {
            ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest)
        };
        let cases = [
            ("Content-Encoding: br", gzip(text)),
            ("Content-Encoding: gzip\r\nContent-Type: text/html", gzip(&gzip(text))),
            ("Content-Type: text/html", gzip(text)),
            ("Content-Encoding: gzip", [gzip(&text[..9]), gzip(&text[9..])].concat()),
            ("Content-Encoding: gzip", [gzip(text), b"\0\0 and more".to_vec()].concat()),
            ("Content-Encoding: zstd", [zstd(&text[..9]), zstd(&text[9..])].concat()),
        ];
        for (header, packed) in cases {
            assert_eq!(body(header, &packed).unwrap().as_bytes(), text, "{header}");
        }
    }

    #[test]
    fn a_text_that_begins_as_a_chunk_would_is_kept() {
        for text in ["0\nis a number", "Fed\nfigures for the winter"] {
            assert_eq!(body("Transfer-Encoding: chunked", text.as_bytes()).unwrap(), text);
        }
        let trailers = b"4\r\nfrom\r\n0\r\nX-Sum: 3\r\n\r\n";
        assert_eq!(body("Transfer-Encoding: chunked", trailers).unwrap(), "from");
    }

    #[test]
    fn an_answer_tells_where_it_ends() {
        let end = |text: &str| Answer::read(text.as_bytes()).unwrap().end(text.as_bytes());
        assert_eq!(end("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc\r\n"), Some(41));
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
        assert_eq!(end(&format!("{chunked}more")), Some(chunked.len()));
        assert_eq!(end(&chunked[..chunked.len() - 6]), None);
        assert_eq!(end("HTTP/1.1 200 OK\r\n\r\nabc"), None);
    }

    #[test]
    fn an_answer_is_found_behind_those_that_announce_it_and_empty_lines() {
        let text = b"\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 Trouv\xe9\r\n\r\nabc";
        let answer = Answer::read(text).unwrap();
        assert_eq!((answer.status, &text[answer.body..]), (200, b"abc".as_slice()));
    }

    #[test]
    fn an_answer_may_name_no_version_or_another_protocol() {
        for line in ["HTTP 200 OK", "ICY 200 OK", "http 200"] {
            let answer = Answer::read(format!("{line}\r\nContent-Type: text/html\r\n\r\n<p>").as_bytes());
            assert_eq!(answer.map(|answer| answer.status), Some(OK), "{line}");
        }
        assert!(Answer::read(b"HTTP 404 is what servers say.\n\nWhy: nobody knows.").is_none());
    }

    #[test]
    fn a_body_begins_without_an_empty_line_before_it() {
        for sent in ["<!DOCTYPE html>\n\n<p>text", "%PDF-1.4\n\nx"] {
            let text = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{sent}");
            let answer = Answer::read(text.as_bytes()).unwrap();
            assert_eq!((&text[answer.body..], answer.fields.get("Content-Type")), (sent, Some("text/html")));
        }
        let none = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
        assert_eq!(Answer::read(none).unwrap().body, none.len());
    }

    #[test]
    fn a_charset_is_read_in_any_writing() {
        let html = "text/html".to_owned();
        assert_eq!(type_and_charset("Text/HTML; Charset=\"UTF-8\""), (html.clone(), Some("UTF-8".into())));
        assert_eq!(type_and_charset("text/html;x=y; charset=latin1"), (html.clone(), Some("latin1".into())));
        assert_eq!(type_and_charset("text/html charset = utf-8"), (html.clone(), Some("utf-8".into())));
        assert_eq!(type_and_charset("text/html,text/html; charset=UTF-8"), (html, Some("UTF-8".into())));
    }
}
