//! Reads one record of a web archive after the other, and goes on behind one that is damaged.

use std::io::{self, Read};

use super::header::{Format, Header, MAX_HEADER_BYTES};
use super::http::Answer;
use super::window::Window;
use crate::source::limits::too_large;

/// Bytes that are looked at first for a header; most end within.
const USUAL_HEADER_BYTES: usize = 4096;

/// Bytes that are passed over at once.
const PASSED_BYTES: usize = 1 << 16;

/// Longest beginning of a record, by which one is told that lies across two chunks.
const START_BYTES: usize = 16;

/// What lies where a record should.
pub(super) enum Step {
    /// A record: its header, and both header and content.
    Record(Box<Header>, Vec<u8>),
    /// A record that isn't read, and why it isn't.
    Fault {
        /// What is wrong with it.
        reason: String,
        /// Whether it is the end of the file that cuts it.
        is_cut_off: bool,
    },
    /// Nothing more.
    End,
}

impl Step {
    fn fault(reason: impl Into<String>) -> Self {
        Self::Fault { reason: reason.into(), is_cut_off: false }
    }
}

/// The next record in `window`, of at most `most` bytes, and where it begins. The window is left where the one after
/// it seems to begin.
pub(super) fn next<R: Read>(window: &mut Window<R>, format: Format, most: u64) -> (u64, io::Result<Step>) {
    if let Err(error) = pass_blank(window) {
        return (window.offset(), Err(error));
    }
    (window.offset(), record(window, format, most))
}

fn record<R: Read>(window: &mut Window<R>, format: Format, most: u64) -> io::Result<Step> {
    if window.ahead(1)?.is_empty() {
        return Ok(Step::End);
    }
    let Some(header) = header(window, format)? else {
        // What looks like a record, and isn't one, mustn't be found again.
        window.pass(1);
        let is_cut_off = !go_to_start(window, format)?;
        return Ok(Step::Fault { reason: "not a record that can be read".to_owned(), is_cut_off });
    };
    if header.content_bytes > most {
        return pass_large(window, format, &header, most);
    }
    let content_bytes = usize::try_from(header.content_bytes).unwrap_or(usize::MAX);
    let all = header.bytes.saturating_add(content_bytes);
    let mut bytes = Vec::with_capacity(all);
    window.read_into(all, &mut bytes)?;
    let whole = bytes.len() == all;
    if whole && is_followed_well(window, format)? {
        return Ok(Step::Record(Box::new(header), bytes));
    }
    // The length is wrong: the next record may have been read as content of this one.
    let content = &bytes[header.bytes.min(bytes.len())..];
    if let Some(at) = format.find_start(content) {
        window.put_back(&content[at..]);
        if is_whole_answer(&content[..at]) {
            bytes.truncate(header.bytes + at);
            return Ok(Step::Record(Box::new(header), bytes));
        }
        return Ok(Step::fault(wrong_length(&header)));
    }
    if !whole && is_whole_answer(content) {
        return Ok(Step::Record(Box::new(header), bytes));
    }
    if !whole {
        let reason = format!("it ends at {} of {content_bytes} bytes", content.len());
        return Ok(Step::Fault { reason, is_cut_off: true });
    }
    window.put_back(&content[content.len().saturating_sub(START_BYTES)..]);
    go_to_start(window, format)?;
    Ok(Step::fault(wrong_length(&header)))
}

/// Whether the server's answer in `content` is all there by what it says itself, whatever its record says.
fn is_whole_answer(content: &[u8]) -> bool {
    let stated = |answer: &Answer| answer.fields.get("Content-Length")?.parse::<usize>().ok();
    let answer = Answer::read(content);
    let stated = answer.as_ref().and_then(|answer| Some((answer.body, stated(answer)?)));
    stated.is_some_and(|(body, bytes)| body.saturating_add(bytes) <= content.len())
}

fn wrong_length(header: &Header) -> String {
    format!("its length isn't the {} bytes that it says", header.content_bytes)
}

/// The header that the window stands at.
fn header<R: Read>(window: &mut Window<R>, format: Format) -> io::Result<Option<Header>> {
    for bytes in [USUAL_HEADER_BYTES, MAX_HEADER_BYTES] {
        let ahead = window.ahead(bytes)?;
        if !format.begins(ahead) {
            return Ok(None);
        }
        if let Some(header) = format.header(ahead) {
            return Ok(Some(header));
        }
    }
    Ok(None)
}

/// Whether the end, or another record, lies where this one ends.
fn is_followed_well<R: Read>(window: &mut Window<R>, format: Format) -> io::Result<bool> {
    let ahead = window.ahead(USUAL_HEADER_BYTES)?;
    let blank = ahead.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
    Ok(blank == ahead.len() || format.begins(&ahead[blank..]))
}

fn pass_blank<R: Read>(window: &mut Window<R>) -> io::Result<()> {
    loop {
        let ahead = window.ahead(1)?;
        let blank = ahead.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let done = blank < ahead.len() || blank == 0;
        window.pass(blank);
        if done {
            return Ok(());
        }
    }
}

/// Passes over a record that is larger than is read; to what looks like another within it, should its length be
/// wrong.
fn pass_large<R: Read>(
    window: &mut Window<R>,
    format: Format,
    header: &Header,
    most: u64,
) -> io::Result<Step> {
    window.pass(header.bytes);
    let end = window.offset().saturating_add(header.content_bytes);
    while window.offset() < end {
        let left = usize::try_from(end - window.offset()).unwrap_or(usize::MAX);
        let ahead = window.ahead(PASSED_BYTES.min(left))?;
        let ahead = &ahead[..ahead.len().min(left)];
        if ahead.is_empty() {
            let reason = format!("it ends before the {} bytes that it says", header.content_bytes);
            return Ok(Step::Fault { reason, is_cut_off: true });
        }
        if format == Format::Warc
            && let Some(at) = format.find_start(ahead)
        {
            window.pass(at);
            return Ok(Step::fault(wrong_length(header)));
        }
        let passed = if ahead.len() == left { left } else { keep_start(ahead) };
        window.pass(passed);
    }
    if is_followed_well(window, format)? {
        return Ok(Step::fault(too_large(most)));
    }
    go_to_start(window, format)?;
    Ok(Step::fault(wrong_length(header)))
}

/// Goes to where a record seems to begin; whether there is one.
fn go_to_start<R: Read>(window: &mut Window<R>, format: Format) -> io::Result<bool> {
    loop {
        // A line of an ARC file may be as long as a header.
        let ahead = window.ahead(PASSED_BYTES + USUAL_HEADER_BYTES)?;
        if let Some(at) = find_line(format, ahead) {
            window.pass(at);
            return Ok(true);
        }
        if ahead.len() < PASSED_BYTES {
            let all = ahead.len();
            window.pass(all);
            return Ok(false);
        }
        let passed = keep_start(&ahead[..PASSED_BYTES]);
        window.pass(passed);
    }
}

/// As [`Format::find_start`], but not at the beginning of `bytes`, which is that of no line.
fn find_line(format: Format, bytes: &[u8]) -> Option<usize> {
    let line = memchr::memchr(b'\n', bytes)? + 1;
    format.find_start(&bytes[line..]).map(|at| line + at)
}

/// How much of `bytes` can be passed over so that a record isn't missed whose beginning is cut by its end.
fn keep_start(bytes: &[u8]) -> usize {
    match memchr::memrchr(b'\n', bytes) {
        Some(at) if at > 0 && bytes.len() - at <= START_BYTES => at,
        _ => bytes.len(),
    }
}
