//! Sources as a web archive of their own: records as they were, and pages that came from elsewhere as records.
//!
//! WARC 1.0, each record in gzip by itself, as ISO 28500 has it. The same sources give the same bytes.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::Selection;
use super::sources::{Missing, Source, each_source, media_type, missing};
use crate::engine::Stamp;
use crate::error::Error;
use crate::model::{Locator, MediaType};
use crate::source::{Form, Limits, METADATA_FIELD, Packed, PdfReader, as_record};
use crate::text::{hex, percent_encoded};

/// Nanoseconds of a second.
const NS_OF_SECOND: i64 = 1_000_000_000;

/// The type of what a server answered.
const ANSWER: &str = "application/http; msgtype=response";

/// Bytes of the longest metadata that goes into a header: readers bound what they take for one.
const MAX_METADATA_BYTES: usize = 1 << 16;

/// What a record says of itself.
struct Header<'a> {
    kind: &'a str,
    uri: Option<&'a str>,
    /// `2014-02-16T05:02:21Z`.
    date: &'a str,
    content_type: &'a str,
    /// What is known of an article that its page or text doesn't say, as JSON.
    metadata: Option<String>,
}

impl Selection<'_> {
    /// Writes the sources of the articles to `out` as a web archive in gzip, made at `date` by the clock, and gives
    /// those that couldn't be read.
    ///
    /// # Errors
    ///
    /// If the index can't be read, or `out` not be written.
    pub fn write_warc<E: From<Error> + From<io::Error>>(
        &self,
        out: &mut dyn Write,
        date: &str,
        limits: &Limits,
    ) -> Result<Vec<Missing>, E> {
        let about =
            format!("software: ibid {}\r\nformat: WARC File Format 1.0\r\n", env!("CARGO_PKG_VERSION"));
        let header = Header {
            kind: "warcinfo",
            uri: None,
            date,
            content_type: "application/warc-fields",
            metadata: None,
        };
        write_record(out, &record(&header, about.as_bytes()))?;
        let mut unreadable = Vec::new();
        let mut each = |source: Source<'_>| -> Result<(), E> {
            match self.record_of(source)? {
                Ok(record) => write_record(out, &record)?,
                Err(missing) => unreadable.push(missing),
            }
            Ok(())
        };
        let mut missing = each_source(&self.articles, limits, &mut each)?;
        missing.append(&mut unreadable);
        Ok(missing)
    }

    /// The record of `source`.
    fn record_of(&self, source: Source<'_>) -> Result<Result<Vec<u8>, Missing>, Error> {
        if let Some(found) = source.member.web_record() {
            if let Some(whole) = found.whole {
                return Ok(Ok(whole.to_vec()));
            }
            let is_answer = found.status.is_some();
            let kind = if is_answer { "response" } else { "resource" };
            let content_type = if is_answer { ANSWER } else { found.media_type.as_str() };
            let date = iso(&found.timestamp);
            let header = Header { kind, uri: Some(&found.uri), date: &date, content_type, metadata: None };
            return Ok(Ok(record(&header, found.content)));
        }
        let url = self.article(source.record)?.article.metadata.url;
        let uri = url.filter(|url| url.starts_with("http")).unwrap_or_else(|| uri_of(&source.record.locator));
        let date = date_of(source.stamp);
        let source_record = source.record;
        Ok(match content(source) {
            Err(refusal) => Err(missing(source_record, &refusal)),
            Ok(Copied { content_type, metadata, bytes }) => {
                let kind = if content_type == ANSWER { "response" } else { "resource" };
                let header = Header { kind, uri: Some(&uri), date: &date, content_type, metadata };
                Ok(record(&header, &bytes))
            }
        })
    }
}

/// What is copied of a source that is no record of a web archive.
struct Copied {
    content_type: &'static str,
    /// What isn't in the bytes, as JSON.
    metadata: Option<String>,
    bytes: Vec<u8>,
}

/// The bytes of a source that is no record of a web archive, and what they are. Of a JSON object it is the page or text
/// in it, since that is what programs show; the rest of it goes into the header.
fn content(source: Source<'_>) -> Result<Copied, crate::source::Refusal> {
    let plain = |content_type, bytes| Copied { content_type, metadata: None, bytes };
    match source.member.content {
        Ok(Packed { form: Form::JsonLine { .. }, .. }) => {
            let no_pdf = PdfReader::new(|_| Err("no PDF file".to_owned()));
            let raw = source.member.into_raw_document(&Limits::default(), &no_pdf);
            let raw = raw.map_err(|(_, refusal)| refusal)?;
            let is_page = raw.media_type == MediaType::Html;
            let content_type = if is_page { "text/html; charset=utf-8" } else { "text/plain; charset=utf-8" };
            let metadata = as_record(&raw.metadata).filter(|json| json.len() <= MAX_METADATA_BYTES);
            Ok(Copied { content_type, metadata, bytes: raw.bytes })
        }
        // A record that doesn't say when it was captured.
        Ok(Packed { form: Form::WebRecord { header_bytes, .. }, mut bytes, .. }) => {
            bytes.drain(..header_bytes.min(bytes.len()));
            Ok(plain(if bytes.starts_with(b"HTTP/") { ANSWER } else { "text/html" }, bytes))
        }
        Ok(Packed { form, bytes, .. }) => Ok(plain(media_type(&form), bytes)),
        Err(refusal) => Err(refusal),
    }
}

/// A record with `header` and `content`.
fn record(header: &Header<'_>, content: &[u8]) -> Vec<u8> {
    let Header { kind, uri, date, content_type, metadata } = header;
    let mut hasher = blake3::Hasher::new();
    for part in [kind.as_bytes(), uri.unwrap_or_default().as_bytes(), date.as_bytes(), content] {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
    }
    let uuid = uuid_of(hasher.finalize().as_bytes());
    let target = uri.map(|uri| format!("WARC-Target-URI: {}\r\n", plain(uri))).unwrap_or_default();
    let known = metadata.as_ref().map(|json| format!("{METADATA_FIELD}: {json}\r\n")).unwrap_or_default();
    let digest = hex(&Sha256::digest(content));
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{uuid}>\r\n{target}WARC-Date: {date}\r\n{known}\
         WARC-Block-Digest: sha256:{digest}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        content.len()
    );
    [head.as_bytes(), content].concat()
}

/// Writes `record` as a member of gzip.
fn write_record(out: &mut dyn Write, record: &[u8]) -> io::Result<()> {
    let mut encoder = GzEncoder::new(out, Compression::default());
    encoder.write_all(record)?;
    encoder.write_all(b"\r\n\r\n")?;
    encoder.finish().map(drop)
}

/// A name of the form of RFC 9562, version 8, made of `hash`.
fn uuid_of(hash: &[u8; 32]) -> String {
    let mut hash = *hash;
    hash[6] = hash[6] & 0x0f | 0x80;
    hash[8] = hash[8] & 0x3f | 0x80;
    let digits = hex(&hash[..16]);
    let part = |from: usize, to: usize| &digits[from..to];
    format!("{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}

/// `uri` with all escaped that can't stand in a header.
fn plain(uri: &str) -> String {
    percent_encoded(uri, |c| !c.is_ascii_graphic())
}

/// The address of what has none of its own: that of its place.
fn uri_of(locator: &Locator) -> String {
    format!("file://{locator}")
}

/// 14 digits as WARC files have a time.
fn iso(timestamp: &str) -> String {
    let part = |from: usize, to: usize| timestamp.get(from..to).unwrap_or("00");
    let (date, time) = ([part(0, 4), part(4, 6), part(6, 8)], [part(8, 10), part(10, 12), part(12, 14)]);
    format!("{}T{}Z", date.join("-"), time.join(":"))
}

/// When a file was changed last, to the second.
fn date_of(stamp: Stamp) -> String {
    let second = stamp.modified_ns.div_euclid(NS_OF_SECOND);
    let time = jiff::Timestamp::from_second(second).unwrap_or_default();
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_names_have_their_forms() {
        assert_eq!(iso("20140216050221"), "2014-02-16T05:02:21Z");
        assert_eq!(
            date_of(Stamp { bytes: 0, modified_ns: 1_600_000_000_999_999_999 }),
            "2020-09-13T12:26:40Z"
        );
        assert_eq!(uuid_of(&[0xff; 32]), "ffffffff-ffff-8fff-bfff-ffffffffffff");
        assert_eq!(plain("http://a/é\r\nX: b"), "http://a/%C3%A9%0D%0AX:%20b");
    }
}
