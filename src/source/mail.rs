//! Mail: single messages, pages saved as messages with all that they need, and mailboxes.

use std::io::{self, BufRead, Read};

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{
    Address, Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType,
};

use super::content::Refusal;
use super::limits::too_large;
use super::member::{Form, Packed};
use super::members::{Container, Entry, Found, Place};
use super::packed::Bytes;
use crate::model::{Charset, Date, Field, Locator, MediaType, Metadata, RawDocument};
use crate::text::{clean, collapse_whitespace};

/// What a line of a mailbox begins with behind which a message begins.
const BEGINNING: &[u8] = b"From ";

/// The page or text of the message `bytes`.
///
/// # Errors
///
/// If it can't be read, or holds no text.
pub(super) fn to_raw_document(locator: Locator, bytes: &[u8]) -> Result<RawDocument, (Locator, Refusal)> {
    let Some(message) = MessageParser::default().parse(bytes) else {
        return Err((locator, Refusal::SetAside("a message that can't be read".to_owned())));
    };
    let Some((part, media_type, text)) = own_text(&message) else {
        return Err((locator, Refusal::Skip("a message without text".to_owned())));
    };
    let place = part.content_location().or_else(|| saved_from(&message));
    let metadata = match place.filter(|place| place.starts_with("http")) {
        Some(place) => page_metadata(&message, place),
        None => mail_metadata(&message),
    };
    let (charset, bytes) = match undecoded(&message, part) {
        Some(bytes) => (None, bytes),
        None => (Some(Charset::Named("utf-8".to_owned())), text.as_bytes().to_vec()),
    };
    Ok(RawDocument { locator, media_type, charset, metadata, bytes, is_cut: false })
}

/// A part with text, which kind that is, and the text.
type Text<'m> = (&'m MessagePart<'m>, MediaType, &'m str);

/// The text of the message itself: what is shown of it first, as HTML if it says the same in both. Where there is none,
/// that of what is attached to it, HTML first.
fn own_text<'m>(message: &'m Message<'m>) -> Option<Text<'m>> {
    let is_blank = |text: &Text<'_>| text.2.trim().is_empty();
    let shown = message.html_body.iter().filter_map(|&id| text_of(message.part(id)?));
    let all = || message.parts.iter().filter_map(text_of);
    shown
        .chain(all().filter(|(_, media_type, _)| *media_type == MediaType::Html))
        .find(|text| !is_blank(text))
        .or_else(|| all().find(|text| !is_blank(text)))
        .or_else(|| all().next())
}

fn text_of<'m>(part: &'m MessagePart<'m>) -> Option<Text<'m>> {
    match &part.body {
        PartType::Html(html) => Some((part, MediaType::Html, html)),
        PartType::Text(text) => Some((part, MediaType::PlainText, text)),
        _ => None,
    }
}

/// The bytes of a part that doesn't say in which charset it is: its content tells better than a guess.
fn undecoded(message: &Message<'_>, part: &MessagePart<'_>) -> Option<Vec<u8>> {
    if part.content_type().is_some_and(|kind| kind.attribute("charset").is_some()) {
        return None;
    }
    let range = usize::try_from(part.offset_body).ok()?..usize::try_from(part.offset_end).ok()?;
    let bytes = message.raw_message().get(range)?;
    match part.encoding {
        Encoding::None => Some(bytes.to_vec()),
        Encoding::QuotedPrintable => quoted_printable_decode(bytes),
        Encoding::Base64 => base64_decode(bytes),
    }
}

/// The address that a browser saved a page from.
fn saved_from<'m>(message: &'m Message<'_>) -> Option<&'m str> {
    message.header(HeaderName::Other("Snapshot-Content-Location".into()))?.as_text()
}

/// What is known of a page that a browser saved.
fn page_metadata(message: &Message<'_>, place: &str) -> Metadata {
    let mut metadata = Metadata { url: line(place), captured: day(message), ..Metadata::default() };
    metadata.note(Field::Url, "container", 90);
    if metadata.captured.is_some() {
        metadata.note(Field::Captured, "container", 100);
    }
    metadata
}

/// What is known of a message that somebody wrote.
fn mail_metadata(message: &Message<'_>) -> Metadata {
    let from = message.from().map(Address::iter).into_iter().flatten();
    let names = from.filter_map(|address| line(address.name().or(address.address())?));
    let mut metadata = Metadata {
        title: message.subject().and_then(line),
        authors: names.collect(),
        published: day(message),
        ..Metadata::default()
    };
    let given = [
        (Field::Title, metadata.title.is_some()),
        (Field::Authors, !metadata.authors.is_empty()),
        (Field::Published, metadata.published.is_some()),
    ];
    for (field, _) in given.into_iter().filter(|(_, given)| *given) {
        metadata.note(field, "container", 100);
    }
    metadata
}

fn day(message: &Message<'_>) -> Option<Date> {
    let date = message.date()?;
    Date::day(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?)
}

fn line(text: &str) -> Option<String> {
    Some(collapse_whitespace(&clean(text))).filter(|line| !line.is_empty())
}

/// A mailbox that is being read: messages one after the other, each behind a line that begins with `From `.
pub(super) struct Mailbox {
    place: Locator,
    reader: Bytes,
    max_bytes: u64,
    number: u64,
    /// The line behind the one that was read last.
    ahead: Vec<u8>,
    /// Why that can't be read: what lies before it is told first.
    cut: Option<io::Error>,
    is_cut_off: bool,
    ended: bool,
}

impl Mailbox {
    /// The mailbox at `place`, of messages of at most `max_bytes` bytes.
    pub fn new(place: Locator, reader: Bytes, max_bytes: u64) -> Self {
        Self {
            place,
            reader,
            max_bytes,
            number: 0,
            ahead: Vec::new(),
            cut: None,
            is_cut_off: false,
            ended: false,
        }
    }

    /// Reads the next line, and looks at the one behind it; an empty one at the end.
    fn line(&mut self) -> io::Result<Vec<u8>> {
        if let Some(cut) = self.cut.take() {
            return Err(cut);
        }
        let mut next = || {
            let mut line = Vec::new();
            (&mut self.reader).take(self.max_bytes).read_until(b'\n', &mut line).map(|_| line)
        };
        let line = if self.ahead.is_empty() { next()? } else { std::mem::take(&mut self.ahead) };
        if line.starts_with(BEGINNING) {
            match next() {
                Ok(ahead) => self.ahead = ahead,
                Err(cut) => self.cut = Some(cut),
            }
        }
        Ok(line)
    }

    /// The next message; none if there is nothing before the next line that begins one.
    fn message(&mut self) -> io::Result<Result<Vec<u8>, Refusal>> {
        let mut message = Vec::new();
        let mut is_blank = true;
        let mut is_too_large = false;
        loop {
            let line = self.line()?;
            self.ended = line.is_empty();
            if self.ended || begins_message(&line, &self.ahead, is_blank) {
                break;
            }
            is_blank = line.trim_ascii().is_empty();
            // Lines of a text that look like the beginning of a message were marked.
            let quotes = line.iter().take_while(|&&b| b == b'>').count();
            let kept =
                if quotes > 0 && line[quotes..].starts_with(b"From ") { &line[1..] } else { &line[..] };
            is_too_large |= (message.len() + kept.len()) as u64 > self.max_bytes;
            if !is_too_large {
                message.extend_from_slice(kept);
            }
        }
        Ok(if is_too_large { Err(Refusal::SetAside(too_large(self.max_bytes))) } else { Ok(message) })
    }
}

/// Whether `line` begins a message in a mailbox, with `next` behind it, and a blank line before it or not. Lines of texts
/// begin with the same word, and not all programs mark them.
fn begins_message(line: &[u8], next: &[u8], is_behind_blank: bool) -> bool {
    if !line.starts_with(BEGINNING) {
        return false;
    }
    let name = next.iter().take_while(|byte| byte.is_ascii_graphic() && **byte != b':').count();
    let is_field = name > 0 && next.get(name) == Some(&b':') || next.starts_with(b">From ");
    let has_time = line.windows(3).any(|at| matches!(at, [b'0'..=b'9', b':', b'0'..=b'9']));
    if is_behind_blank { is_field || has_time } else { is_field && has_time }
}

impl Container for Mailbox {
    fn next(&mut self) -> Option<Entry> {
        while !self.ended && !self.is_cut_off {
            let content = match self.message() {
                Ok(Ok(message)) if message.trim_ascii().is_empty() => continue,
                Ok(message) => message.map(|bytes| Found::Packed(Packed { form: Form::Mail, bytes })),
                Err(error) => {
                    self.is_cut_off = true;
                    Err(Refusal::SetAside(error.to_string()))
                }
            };
            self.number += 1;
            let place = self.place.record(&format!("message {}", self.number));
            return Some(Entry { place: Place::At(place), content });
        }
        None
    }

    fn is_cut_off(&self) -> bool {
        self.is_cut_off
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_begin_messages_are_told_from_texts() {
        let mailbox = b"From a@b Tue May  4 10:00:00 2021\n";
        assert!(begins_message(mailbox, b"From: a\n", false));
        assert!(begins_message(mailbox, b"\n", true));
        assert!(begins_message(b"From MAILER-DAEMON\n", b"Subject: a\n", true));
        assert!(!begins_message(b"From now on the levy applies.\n", b"It is high: very.\n", true));
        assert!(!begins_message(b"From him: nothing\n", b"Subject: a\n", false));
        assert!(!begins_message(b"from a Tue May  4 10:00:00 2021\n", b"From: a\n", true));
    }
}
