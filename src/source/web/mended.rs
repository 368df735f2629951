//! Records whose length is wrong or isn't said: how much of them is theirs, by what else tells it.
//!
//! A server may say itself how long its answer is, in bytes or by a last chunk. A record ends with two empty lines, and
//! where the next begins, it has ended.

use std::io;

use super::header::{Format, Header, begins_as_arc_line, is_cut_arc_line};
use super::http::Answer;
use super::records::{Step, bytes_to_start, ends_well, go_to_start, is_followed_well};
use super::start::{Starts, TOLD_BY_BYTES, blank_bytes};
use super::window::{Parts, Window};

/// What stands behind a WARC record.
const SEPARATOR: &[u8] = b"\r\n\r\n";

/// Bytes behind a record in which the rest of it is looked for, if its length is too short.
const MAX_REST_BYTES: usize = 4 << 20;

/// That a record isn't as long as it says.
pub(super) fn wrong_length(header: &Header) -> String {
    format!("its length isn't the {} bytes that it says", header.content_bytes.unwrap_or(0))
}

/// The record with `header`, of which `bytes` were read, header and content, by a length that neither the end nor
/// another record follows, or that the end cuts.
pub(super) fn mismeasured<R: Parts>(
    window: &mut Window<R>,
    starts: Starts,
    header: Header,
    mut bytes: Vec<u8>,
    most: u64,
) -> io::Result<Step> {
    let content = header.bytes;
    let length = bytes.len() - content;
    let end = answer_end(&bytes[content..]);
    let known = [&bytes[content..], window.ahead(TOLD_BY_BYTES)?].concat();
    let next = starts.find(&known, 0..=length);
    let goes_beyond = |at| record_bytes(&known[at..], starts).is_some_and(|bytes| bytes > length - at);
    if header.content_bytes == Some(length as u64) && !next.is_some_and(goes_beyond) {
        if end.is_none_or(|end| end > length) {
            lengthen(window, starts, &header, &mut bytes, most)?;
        }
        let behind = window.ahead(TOLD_BY_BYTES)?;
        let is_separated = match starts.format {
            Format::Warc => behind.starts_with(SEPARATOR),
            Format::Arc => is_arc_line(behind),
        };
        if end == Some(length) || bytes.len() - content > length || is_separated || ends_well(behind, starts)
        {
            return Ok(Step::Record(Box::new(header), bytes));
        }
    }
    let Some(kept) = end.and_then(|end| shortened(&known[..length], end, next, starts)) else {
        return not_whole(window, starts, &header, &bytes[content..], next);
    };
    window.put_back(&bytes[content + kept..]);
    bytes.truncate(content + kept);
    Ok(Step::Record(Box::new(header), bytes))
}

/// Whether the line before another record is what `behind`, what follows a record of an ARC file, goes on with, or what
/// the file's end has left of it.
fn is_arc_line(behind: &[u8]) -> bool {
    let (blank, line) = behind.split_at(blank_bytes(behind));
    let is_all = behind.len() < TOLD_BY_BYTES;
    begins_as_arc_line(line) || is_all && blank.contains(&b'\n') && is_cut_arc_line(line)
}

/// How long the record is, by its own word, that seems to begin with `bytes`.
fn record_bytes(bytes: &[u8], starts: Starts) -> Option<usize> {
    let header = starts.format.header(bytes)?;
    Some(header.bytes.saturating_add(usize::try_from(header.content_bytes?).unwrap_or(usize::MAX)))
}

/// Appends the rest of an answer that is longer than its record says, if it ends where the next record begins.
fn lengthen<R: Parts>(
    window: &mut Window<R>,
    starts: Starts,
    header: &Header,
    bytes: &mut Vec<u8>,
    most: u64,
) -> io::Result<()> {
    if Answer::read(&bytes[header.bytes..]).is_none() {
        return Ok(());
    }
    let (rest, _) = bytes_to_start(window, starts, 0, MAX_REST_BYTES)?;
    let short = bytes.len();
    bytes.extend_from_slice(&window.ahead(rest)?[..rest]);
    let content = &bytes[header.bytes..];
    let is_longer = |end: &usize| header.bytes.saturating_add(*end) > short && *end as u64 <= most;
    let end = answer_end(content).filter(is_longer);
    match end.filter(|end| ends_well(content.get(*end..).unwrap_or(b"?"), starts)) {
        Some(end) => {
            bytes.truncate(header.bytes + end);
            window.pass(bytes.len().saturating_sub(short));
        }
        None => bytes.truncate(short),
    }
    Ok(())
}

/// How much of `content`, which is an answer up to `end` by its server's word, is to be kept, where the `next` record
/// seems to begin in it. A body that was decoded is longer than the server says.
fn shortened(content: &[u8], end: usize, next: Option<usize>, starts: Starts) -> Option<usize> {
    let behind = content.get(end..)?;
    let is_end = behind.starts_with(SEPARATOR) || ends_well(behind, starts);
    match next {
        _ if is_end => Some(end),
        Some(next) => (end <= next).then_some(next),
        None => Some(content.len()),
    }
}

/// The fault of a record of which nothing says that it is whole. Goes to the `next` one, which begins in `content` or
/// behind it.
fn not_whole<R: Parts>(
    window: &mut Window<R>,
    starts: Starts,
    header: &Header,
    content: &[u8],
    next: Option<usize>,
) -> io::Result<Step> {
    if let Some(next) = next {
        window.put_back(&content[next..]);
        return Ok(Step::fault(wrong_length(header)));
    }
    let stated = header.content_bytes.unwrap_or(0);
    if (content.len() as u64) < stated {
        let reason = format!("it ends at {} of {stated} bytes", content.len());
        return Ok(Step::Fault { reason, is_cut_off: true });
    }
    go_to_start(window, starts)?;
    Ok(Step::fault(wrong_length(header)))
}

/// The record with `header`, which doesn't say how long it is, at which the window stands.
pub(super) fn unmeasured<R: Parts>(
    window: &mut Window<R>,
    starts: Starts,
    header: Header,
    most: u64,
) -> io::Result<Step> {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let (all, next) = bytes_to_start(window, starts, header.bytes, most)?;
    let ahead = window.ahead(all)?;
    let content = &ahead[header.bytes..all];
    // What is alone in its member of gzip ends with it.
    let alone = R::IS_MEMBER && !next && all <= most && Answer::read(content).is_some();
    let end = answer_end(content).filter(|end| *end <= content.len());
    let kept = end.and_then(|end| shortened(content, end, None, starts)).or(alone.then_some(content.len()));
    let Some(kept) = kept else {
        window.pass(all);
        let is_cut_off = !next && !is_followed_well(window, starts)?;
        return Ok(Step::Fault {
            reason: "not a record that can be read: it has no length".to_owned(),
            is_cut_off,
        });
    };
    let mut bytes = Vec::with_capacity(header.bytes + kept);
    window.read_into(header.bytes + kept, &mut bytes)?;
    Ok(Step::Record(Box::new(header), bytes))
}

/// Where the server's answer in `content` ends by what it says itself, which may be beyond it.
fn answer_end(content: &[u8]) -> Option<usize> {
    Answer::read(content)?.end(content)
}
