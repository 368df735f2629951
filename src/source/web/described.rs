//! [`WebRecord`]: what a record of a web archive says of itself, for whoever cites or copies it.

use super::header::Format;
use super::http::{Answer, type_and_charset};
use super::originals::{plain_digest, seconds};
use super::page::captured;
use crate::model::Date;

/// The first moment of the first year, in 14 digits.
const FIRST_MOMENT: &str = "00000101000000";

/// A record of a web archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebRecord<'a> {
    /// The address of what was captured.
    pub uri: String,
    /// When it was captured, in UTC: year, month, day, hours, minutes and seconds, 14 digits.
    pub timestamp: String,
    /// The day, month or year of the capture, as precisely as the archive says it.
    pub captured: Option<Date>,
    /// The status of the server's answer, if it is one.
    pub status: Option<u16>,
    /// The media type of what was captured.
    pub media_type: String,
    /// The digest that the archive gives of what was captured, with the name of its function.
    pub digest: Option<String>,
    /// What was captured; of a server's answer the body, as it was sent.
    pub payload: &'a [u8],
    /// The content of the record: a server's answer with its header, or the payload.
    pub content: &'a [u8],
    /// The record as it stands in a WARC file, if it can stand in another as it is.
    pub whole: Option<&'a [u8]>,
}

impl<'a> WebRecord<'a> {
    /// [`Self::digest`] with its number in base 16, which other archives may write in base 32.
    #[must_use]
    pub fn plain_digest(&self) -> Option<String> {
        self.digest.as_deref().map(plain_digest)
    }

    /// The record `bytes`, whose header ends at `header_bytes`; none if it says neither address nor time.
    pub(in crate::source) fn of(format: Format, bytes: &'a [u8], header_bytes: usize) -> Option<Self> {
        let header = format.header(bytes)?;
        let content = &bytes[header_bytes.min(bytes.len())..];
        let answer = Answer::read(content);
        let declared = answer.as_ref().and_then(|answer| answer.fields.get("Content-Type"));
        let declared = declared.or(header.media_type.as_deref().filter(|_| answer.is_none()));
        let date = header.date.as_deref()?;
        // A revisit was given the content of its original, and a length may be wrong.
        let is_as_it_says = header.kind != "revisit" && header.content_bytes == Some(content.len() as u64);
        Some(Self {
            uri: header.uri?,
            timestamp: timestamp(date),
            captured: captured(date),
            status: answer.as_ref().map(|answer| answer.status),
            media_type: type_and_charset(declared.unwrap_or_default()).0,
            digest: header.fields.get("WARC-Payload-Digest").map(str::to_owned),
            payload: answer.map_or(content, |answer| content.get(answer.body..).unwrap_or_default()),
            content,
            whole: (format == Format::Warc && is_as_it_says).then_some(bytes),
        })
    }
}

/// The digits of `date`; where some are missing, those of its beginning.
fn timestamp(date: &str) -> String {
    let mut digits = seconds(date);
    digits.push_str(&FIRST_MOMENT[digits.len()..]);
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_that_is_said_in_part_is_its_beginning() {
        for (date, expected) in [
            ("2016", "20160101000000"),
            ("2016-11", "20161101000000"),
            ("2016-11-05", "20161105000000"),
            ("2016-11-05T06:07Z", "20161105060700"),
            ("2016-11-05T06:07:08.9123Z", "20161105060708"),
            ("201611050607", "20161105060700"),
        ] {
            assert_eq!(timestamp(date), expected, "{date}");
        }
    }
}
