//! Mail: single messages, pages saved as messages with all that they need, and mailboxes.
//!
//! The parts of a message and their headers are found by `mail-parser`; dates, texts in any encoding and bodies that
//! are damaged are read here.

mod body;
mod date;
mod header;
mod mailbox;
mod text;
mod utf7;
mod uuencode;

use mail_parser::{HeaderName, Message, MessageParser, MimeHeaders, PartType};

use super::content::Refusal;
use super::sniff::UTF_8_MARK;
use crate::extract::{Decoded, decode};
use crate::model::{Charset, Date, Field, Locator, MediaType, Metadata, Missing, RawDocument, Unread};
use crate::text::one_line;
pub(super) use mailbox::Mailbox;
use text::Text;

/// The page or text of the message `bytes`.
///
/// # Errors
///
/// If it can't be read, or holds no text.
pub(super) fn to_raw_document(locator: Locator, bytes: &[u8]) -> Result<RawDocument, (Locator, Refusal)> {
    let Some(message) = parser().parse(without_blank(bytes)) else {
        return Err((locator, Refusal::SetAside("a message that can't be read".to_owned())));
    };
    let read = read(&message);
    let unread_date = read.as_ref().and_then(|(_, metadata)| unread_date(&message, metadata));
    let missing = is_cut_short(&message).then_some(Missing::Closing);
    take_apart(message);
    let Some((Text { media_type, charset, bytes, .. }, metadata)) = read else {
        return Err((locator, Refusal::Skip("a message without text".to_owned())));
    };
    let unread = unread_date.into_iter().collect();
    Ok(RawDocument { locator, media_type, charset, metadata, bytes, missing, unread })
}

/// The text of `message`, if it has any, and what is known of it.
fn read(message: &Message<'_>) -> Option<(Text, Metadata)> {
    let texts = text::of_message(message);
    let first = texts.first()?;
    let place = first.location.clone().or_else(|| saved_from(message).map(str::to_owned));
    let address = place.as_deref().filter(|place| place.starts_with("http"));
    let metadata = if address.is_some() || is_saved_page(message, first) {
        page_metadata(message, address)
    } else {
        mail_metadata(message, first.charset.as_ref())
    };
    Some((joined(texts), metadata))
}

/// Whether `message` has parts, and lacks the mark behind the last of them.
fn is_cut_short(message: &Message<'_>) -> bool {
    let kind = message.content_type().filter(|kind| kind.ctype().eq_ignore_ascii_case("multipart"));
    let Some(boundary) = kind.and_then(|kind| kind.attribute("boundary")) else { return false };
    let mark = format!("--{boundary}--");
    memchr::memmem::rfind(&message.raw_message, mark.as_bytes()).is_none()
}

/// `bytes` without what may stand before a message: a byte-order mark and blank lines.
fn without_blank(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(UTF_8_MARK).unwrap_or(bytes).trim_ascii_start()
}

/// Whether `message` is a page that a program saved, whose text begins with `first`, and not what somebody wrote: a
/// page of a disk, or without an address, has none of the web.
fn is_saved_page(message: &Message<'_>, first: &Text) -> bool {
    let is_of_disk = || first.location.as_deref().is_some_and(|place| place.starts_with("file:"));
    let is_related = || message.is_content_type("multipart", "related");
    first.media_type == MediaType::Html
        && (saved_from(message).is_some()
            || is_of_disk()
            || match header::raw(message, &HeaderName::From) {
                Some(from) => from.trim_start_matches(['"', '<', ' ']).to_lowercase().starts_with("saved by"),
                None => is_related(),
            })
}

/// Drops `message` part by part. Messages are in one another as deep as their writer likes, and dropped as they are
/// they overflow the stack.
fn take_apart(message: Message<'_>) {
    let mut parts = message.parts;
    while let Some(part) = parts.pop() {
        if let PartType::Message(inner) = part.body {
            parts.extend(inner.parts);
        }
    }
}

/// Reads the fields that are needed and no others. Dates aren't among them: its reader of dates takes the end of the
/// line for a part of some zones, and the next field or all of the text is lost.
fn parser() -> MessageParser {
    MessageParser::new()
        .with_mime_headers()
        .header_text(HeaderName::Subject)
        .header_address(HeaderName::From)
        .header_raw(HeaderName::Date)
}

/// `texts` as one, a page if any of them is one. Each may be in an encoding of its own.
fn joined(mut texts: Vec<Text>) -> Text {
    if texts.len() == 1 {
        return texts.remove(0);
    }
    let is_page = texts.iter().any(|text| text.media_type == MediaType::Html);
    let mut whole = String::new();
    let mut charset = None;
    for text in &texts {
        let is_html = text.media_type == MediaType::Html;
        let Ok(Decoded { text, read_as, .. }) = decode(&text.bytes, text.charset.as_ref(), is_html) else {
            continue;
        };
        charset.get_or_insert(Charset::Decoded(read_as));
        if is_page && !is_html {
            whole += &as_markup(&text);
        } else {
            whole += &text;
        }
        whole += "\n\n";
    }
    let media_type = if is_page { MediaType::Html } else { MediaType::PlainText };
    Text { media_type, charset, bytes: whole.into_bytes(), location: None }
}

/// A plain text as a piece of a page.
fn as_markup(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    format!("<pre>{escaped}</pre>")
}

/// The address that a browser saved a page from.
fn saved_from<'m>(message: &'m Message<'_>) -> Option<&'m str> {
    message.header(HeaderName::Other("Snapshot-Content-Location".into()))?.as_text()
}

/// What is known of a page that a browser saved, from this address of the web if from any.
fn page_metadata(message: &Message<'_>, address: Option<&str>) -> Metadata {
    let mut metadata =
        Metadata { url: address.and_then(one_line), captured: day(message), ..Metadata::default() };
    metadata.note_kept_with();
    metadata
}

/// What is known of a message that somebody wrote, whose text has this `charset`.
fn mail_metadata(message: &Message<'_>, charset: Option<&Charset>) -> Metadata {
    let header::Names { subject, authors } = header::names(message, charset);
    let mut metadata = Metadata { title: subject, authors, published: day(message), ..Metadata::default() };
    metadata.note_given("container");
    metadata
}

fn day(message: &Message<'_>) -> Option<Date> {
    date::day(message.header(HeaderName::Date)?.as_text()?)
}

/// What stands in the place of the day, if that is none, of the message of which so much is known.
fn unread_date(message: &Message<'_>, known: &Metadata) -> Option<Unread> {
    let text = one_line(message.header(HeaderName::Date)?.as_text()?)?;
    let field = if known.is_of_container(Field::Url) { Field::Captured } else { Field::Published };
    day(message).is_none().then(|| Unread::new(field, &text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CharsetSource, ReadAs};

    fn document(message: &[u8]) -> RawDocument {
        to_raw_document(Locator::from_stored("/a.eml"), message).unwrap()
    }

    fn text(message: &[u8]) -> String {
        let raw = document(message);
        let is_page = raw.media_type == MediaType::Html;
        decode(&raw.bytes, raw.charset.as_ref(), is_page).unwrap().text.trim().to_owned()
    }

    #[test]
    fn a_date_in_a_zone_of_one_letter_costs_neither_text_nor_fields() {
        for end in ["\n", "\r\n"] {
            for zone in ["Z", "A", "U", "+0000", ""] {
                let date = format!("Date: Mon, 3 Feb 2003 01:02:03 {zone}");
                let message = |fields: [&str; 3]| [fields.join(end), "Text.".to_owned()].join(&end.repeat(2));
                let last = message(["From: a@b.example", "Subject: S", &date]);
                let amid = message([&date, "Subject: S", "Resent-Date: Mon, 3 Feb 2003 01:02:03 Z"]);
                for message in [last, amid] {
                    let raw = document(message.as_bytes());
                    assert_eq!((raw.metadata.title.as_deref(), &raw.bytes[..]), (Some("S"), &b"Text."[..]));
                    assert_eq!(raw.metadata.published.unwrap().to_string(), "2003-02-03", "{zone}");
                }
            }
        }
    }

    #[test]
    fn the_charset_of_a_message_is_left_to_be_weighed() {
        let raw = document(b"Subject: S\nContent-Type: text/plain; charset=koi8-r\n\n\xd7\xcf\xc4\xc1");
        assert_eq!(raw.charset, Some(Charset::Named("koi8-r".to_owned())));
        assert_eq!(raw.bytes, b"\xd7\xcf\xc4\xc1");
    }

    #[test]
    fn a_wrong_charset_of_a_message_spoils_nothing() {
        let message = |charset: &str, text: &[u8]| {
            [b"Subject: S\nContent-Type: text/plain; charset=", charset.as_bytes(), b"\n\n", text].concat()
        };
        let russian = "Совет рассмотрел доклад о положении в регионе и принял решение.";
        let windows = encoding_rs::WINDOWS_1251.encode(russian).0;
        for charset in ["us-ascii", "iso-8859-1", "x-unknown"] {
            assert_eq!(text(&message(charset, russian.as_bytes())), russian, "{charset}");
        }
        for charset in ["utf-8", "unknown-8bit", "windows-1251"] {
            assert_eq!(text(&message(charset, &windows)), russian, "{charset}");
        }
        assert_eq!(text(&message("hz-gb-2312", b"~{K.>.~}")), "水井");
        assert_eq!(text(&message("iso-2022-kr", b"\x1b$)C\n\x0e9.\x0f \x0e<-\x0f")), "문 서");
        assert_eq!(text(&message("utf-7", b"caf+AOk at noon")), "café at noon");
    }

    #[test]
    fn all_texts_of_a_message_are_read_in_their_own_charsets() {
        let message = b"Subject: S\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\
            Content-Type: text/plain; charset=iso-8859-1\n\ncaf\xe9\n--x\nContent-Type: image/png\n\nPNG\n--x\n\
            Content-Type: text/plain; charset=koi8-r\n\n\xd7\xcf\xc4\xc1\n--x--\n";
        assert_eq!(text(message), "café\n\nвода");
        let source = CharsetSource::Container;
        assert_eq!(
            document(message).charset,
            Some(Charset::Decoded(ReadAs { name: "windows-1252", source }))
        );
        let page = b"Subject: S\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\
            Content-Type: text/html\n\n<p>a\n--x\nContent-Type: text/plain\n\nb < c\n--x--\n";
        assert_eq!(
            (text(page).as_str(), document(page).media_type),
            ("<p>a\n\n<pre>b &lt; c</pre>", MediaType::Html)
        );
    }

    #[test]
    fn what_stands_before_a_header_does_not_hide_it() {
        for before in ["\r\n", "\u{feff}", "\u{feff}\n \n"] {
            let raw = document(format!("{before}From: Bo <b@c.example>\nSubject: S\n\nText.").as_bytes());
            assert_eq!(
                (raw.metadata.authors, raw.metadata.title),
                (vec!["Bo".to_owned()], Some("S".to_owned()))
            );
            assert_eq!(raw.bytes, b"Text.");
        }
    }

    #[test]
    fn a_page_saved_from_a_disk_is_no_message() {
        let saved = |header: &str, location: &str| {
            let message = format!(
                "{header}Subject: S\nDate: Mon, 3 Feb 2003 01:02:03 +0000\nMIME-Version: 1.0\n\
                 Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n{location}\n<p>a\n--x--\n"
            );
            let Metadata { title, authors, published, captured, url, .. } =
                document(message.as_bytes()).metadata;
            (title.is_none() && authors.is_empty() && published.is_none(), captured.is_some(), url)
        };
        for (header, location) in [
            ("From: <Saved by Blink>\n", ""),
            ("From: \"Saved by Windows Internet Explorer 11\"\n", "Content-Location: file://C:\\p.htm\n"),
            ("From: =?utf-8?q?Enregistr=C3=A9_par?= <x>\n", "Content-Location: file:///home/p.htm\n"),
            ("From: <x>\nSnapshot-Content-Location: file:///home/p.htm\n", ""),
            ("", ""),
        ] {
            assert_eq!(saved(header, location), (true, true, None), "{header}{location}");
        }
        assert_eq!(saved("From: Bo <b@c.example>\n", ""), (false, false, None));
    }

    #[test]
    fn messages_in_one_another_overflow_no_stack() {
        let inner = "Content-Type: message/rfc822\n\n".repeat(100_000);
        let message = format!("Subject: S\n{inner}Subject: T\n\nText.");
        assert!(to_raw_document(Locator::from_stored("/a.eml"), message.as_bytes()).is_err());
    }
}
