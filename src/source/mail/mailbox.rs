//! Mailboxes: messages one after the other.

use std::io;

use crate::model::Locator;
use crate::source::content::Refusal;
use crate::source::limits::Limit;
use crate::source::member::{Form, Packed};
use crate::source::members::{Container, Entry, Found, Place};
use crate::source::packed::{Bytes, is_junk_behind, read_line};
use crate::source::sniff::UTF_8_MARK;

/// What a line of a mailbox begins with behind which a message begins.
const BEGINNING: &[u8] = b"From ";

/// A mailbox that is being read: messages one after the other, each behind a line that begins with `From `.
pub struct Mailbox {
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
    pub fn new(place: Locator, mut reader: Bytes, max_bytes: u64) -> Self {
        // A fault of the reader is told where the first line is read.
        if reader.fill_buf().is_ok_and(|ahead| ahead.starts_with(UTF_8_MARK)) {
            reader.consume(UTF_8_MARK.len());
        }
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
        let mut next = || read_line(&mut self.reader, self.max_bytes);
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
            let line = match self.line() {
                // What stands behind the last message, and is told next, doesn't make it less of one.
                Err(cut) if is_junk_behind(&cut) && !message.is_empty() => break,
                line => line?,
            };
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
        Ok(if is_too_large { Err(Limit::input(self.max_bytes).into()) } else { Ok(message) })
    }
}

/// Whether `line` begins a message in a mailbox, with `next` behind it, and a blank line before it or not. Lines of
/// texts begin with the same word, and not all programs mark them.
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
                Ok(message) => {
                    message.map(|bytes| Found::Packed(Packed { form: Form::Mail, bytes, missing: None }))
                }
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
