//! The answer of a web server, as it was sent: status, media type and charset, and the body made plain.

use std::io::{self, Read};

use brotli_decompressor::Decompressor;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use ruzstd::decoding::StreamingDecoder;

use super::header::Fields;
use crate::source::content::Refusal;
use crate::source::limits::{Limits, too_grown, too_large};

/// Most encodings that are undone, one in the other.
const MAX_ENCODINGS: usize = 4;

/// Bytes that a body may grow to whatever its ratio.
const FREE_EXPANSION_BYTES: u64 = 1 << 20;

/// Longest line before a chunk of a body, in bytes.
const MAX_CHUNK_LINE_BYTES: usize = 256;

/// Buffer of the Brotli decoder, in bytes.
const BROTLI_BUFFER_BYTES: usize = 4096;

/// An answer of a web server.
pub(super) struct Answer {
    /// Its status; 200 is a page as it should be.
    pub status: u16,
    /// Its header.
    pub fields: Fields,
    /// Where its body begins, in bytes.
    pub body: usize,
}

impl Answer {
    /// The answer that `bytes` begin with.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let line = bytes.split(|&b| b == b'\n').next()?;
        let line = std::str::from_utf8(line).ok()?;
        let mut words = line.split_ascii_whitespace();
        let is_http = words.next()?.to_ascii_uppercase().starts_with("HTTP/");
        let status = words.next()?.parse().ok().filter(|_| is_http)?;
        // Some archives end without the empty line, for there is no body.
        let (body, fields) = Fields::read(bytes).unwrap_or((bytes.len(), Fields::default()));
        Some(Self { status, fields, body })
    }

    /// The body without what it was wrapped in to be sent. `sent` is what follows the header.
    ///
    /// # Errors
    ///
    /// If it can't be unwrapped, or grows beyond `limits`.
    pub fn unwrapped(&self, sent: Vec<u8>, limits: &Limits) -> Result<Vec<u8>, Refusal> {
        let encoding = |name| self.fields.get(name).unwrap_or_default().to_ascii_lowercase();
        let chunked = encoding("Transfer-Encoding").contains("chunked");
        let mut body = if chunked { unchunked(&sent) } else { sent };
        let codings = [encoding("Transfer-Encoding"), encoding("Content-Encoding")].join(",");
        let codings: Vec<&str> =
            codings.split(',').map(str::trim).filter(|coding| is_packed(coding)).collect();
        for coding in codings.iter().rev().take(MAX_ENCODINGS) {
            body = decoded(coding, body, limits)?;
        }
        Ok(body)
    }
}

/// The media type and the charset that a header field names.
pub(super) fn type_and_charset(field: &str) -> (String, Option<String>) {
    let mut parts = field.split(';');
    let media_type = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    });
    (media_type, charset)
}

fn is_packed(coding: &str) -> bool {
    matches!(coding, "gzip" | "x-gzip" | "deflate" | "br" | "zstd")
}

/// The chunks of `sent`, joined. Where a chunk doesn't begin as it should, all from there on is taken as it is:
/// some archives keep bodies without their chunks, and the header that speaks of them.
fn unchunked(sent: &[u8]) -> Vec<u8> {
    let mut body = Vec::with_capacity(sent.len());
    let mut rest = sent;
    loop {
        let Some((bytes, line)) = chunk_line(rest) else {
            body.extend_from_slice(rest);
            return body;
        };
        if bytes == 0 {
            return body;
        }
        let content = &rest[line..];
        let chunk = &content[..bytes.min(content.len())];
        body.extend_from_slice(chunk);
        rest = &content[chunk.len()..];
        rest = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.is_empty() {
            return body;
        }
    }
}

/// How long the chunk is that `rest` begins with, and the line that says so.
fn chunk_line(rest: &[u8]) -> Option<(usize, usize)> {
    let end = memchr::memchr(b'\n', &rest[..rest.len().min(MAX_CHUNK_LINE_BYTES)])?;
    let line = std::str::from_utf8(&rest[..end]).ok()?;
    let digits = line.split(';').next()?.trim();
    Some((usize::from_str_radix(digits, 16).ok()?, end + 1))
}

/// `body` without `coding`. One that isn't coded so is as it should be: some archives decode bodies and keep the
/// header that speaks of it.
fn decoded(coding: &str, body: Vec<u8>, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let most = (body.len() as u64).saturating_mul(limits.expansion_ratio).max(FREE_EXPANSION_BYTES);
    let most = most.min(limits.input_bytes);
    let packed = body.as_slice();
    let decoded = match coding {
        "gzip" | "x-gzip" if packed.starts_with(b"\x1f\x8b") => read(MultiGzDecoder::new(packed), most),
        "zstd" if packed.starts_with(b"\x28\xb5\x2f\xfd") => match StreamingDecoder::new(packed) {
            Ok(decoder) => read(decoder, most),
            Err(error) => Err(io::Error::other(error.to_string())),
        },
        "deflate" => {
            read(ZlibDecoder::new(packed), most).or_else(|_| read(DeflateDecoder::new(packed), most))
        }
        "br" => read(Decompressor::new(packed, BROTLI_BUFFER_BYTES), most),
        _ => return Ok(body),
    };
    match decoded {
        Ok(decoded) if decoded.len() as u64 <= most => Ok(decoded),
        Ok(_) if most == limits.input_bytes => Err(Refusal::SetAside(too_large(limits.input_bytes))),
        Ok(_) => Err(Refusal::SetAside(too_grown(limits.expansion_ratio))),
        Err(_) if looks_plain(&body) => Ok(body),
        Err(error) => Err(Refusal::SetAside(format!("its content can't be decoded as {coding}: {error}"))),
    }
}

/// At most a byte more than `most` of what `reader` gives.
fn read(reader: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(most + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether `body` is markup as it is.
fn looks_plain(body: &[u8]) -> bool {
    let head = &body[..body.len().min(512)];
    std::str::from_utf8(head).is_ok_and(|head| head.trim_start().starts_with('<'))
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
            .map(|body| String::from_utf8(body).unwrap())
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
    fn a_charset_is_read_in_any_writing() {
        let html = "text/html".to_owned();
        assert_eq!(type_and_charset("Text/HTML; Charset=\"UTF-8\""), (html.clone(), Some("UTF-8".into())));
        assert_eq!(type_and_charset("text/html;x=y; charset=latin1"), (html, Some("latin1".into())));
    }
}
