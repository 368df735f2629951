//! Reads one record of a web archive after the other, and goes on behind one that is damaged. How much of one is read
//! whose length is wrong is a matter of [`mended`].

use std::io::{self, Read};

use super::header::{Format, Header, MAX_HEADER_BYTES, MAX_VERSION_LINE_BYTES};
use super::mended;
use super::start::{Starts, TOLD_BY_BYTES, blank_bytes};
use super::window::{Parts, Window};
use crate::source::limits::Limit;

/// Bytes that are looked at first for a header, and then; most end within the first.
const HEADER_BYTES: [usize; 3] = [4096, 1 << 16, MAX_HEADER_BYTES];

/// Bytes that are passed over at once.
const PASSED_BYTES: usize = 1 << 16;

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
    /// A member of gzip with a record in it, among records that aren't in gzip.
    Member,
    /// Nothing more.
    End,
}

impl Step {
    pub fn fault(reason: impl Into<String>) -> Self {
        Self::Fault { reason: reason.into(), is_cut_off: false }
    }
}

/// The next record in `window`, of at most `most` bytes, and where it begins. The window is left where the one after
/// it seems to begin.
pub(super) fn next<R: Parts>(window: &mut Window<R>, format: Format, most: u64) -> (u64, io::Result<Step>) {
    if let Err(error) = pass_blank(window) {
        return (window.offset(), Err(error));
    }
    let starts = Starts { format, members: !R::IS_MEMBER };
    let at = window.offset();
    let step = record(window, starts, most);
    (at, step.and_then(|step| told_of_cut(window, step)))
}

/// `step`, unless the stream is cut in it, which says more than what is wrong with it. What is alone in its member of
/// gzip, or the last there, isn't known to be as it was written before the member's checksum.
fn told_of_cut<R: Parts>(window: &mut Window<R>, step: Step) -> io::Result<Step> {
    let Some(cut) = window.cut() else { return Ok(step) };
    let ahead = window.ahead(1)?;
    let is_last = blank_bytes(ahead) == ahead.len();
    let is_in_doubt = match step {
        Step::Record(..) => R::IS_MEMBER,
        Step::Fault { .. } => true,
        Step::Member | Step::End => false,
    };
    if is_last && is_in_doubt { Err(cut) } else { Ok(step) }
}

fn record<R: Parts>(window: &mut Window<R>, starts: Starts, most: u64) -> io::Result<Step> {
    if window.is_at_end()? {
        return Ok(Step::End);
    }
    let Some(header) = header(window, starts.format)? else {
        if starts.begins(window.ahead(TOLD_BY_BYTES)?) && !starts.format.begins(window.ahead(1)?) {
            return Ok(Step::Member);
        }
        let is_cut_off = !go_to_start(window, starts)?;
        return Ok(Step::Fault { reason: "not a record that can be read".to_owned(), is_cut_off });
    };
    let Some(content_bytes) = header.content_bytes else {
        return mended::unmeasured(window, starts, header, most);
    };
    if content_bytes > most {
        return pass_large(window, starts, &header, most);
    }
    let content_bytes = usize::try_from(content_bytes).unwrap_or(usize::MAX);
    let all = header.bytes.saturating_add(content_bytes);
    let mut bytes = Vec::with_capacity(all);
    loop {
        window.read_into(all - bytes.len(), &mut bytes)?;
        if bytes.len() == all || !window.go_on()? {
            break;
        }
    }
    if bytes.len() == all && is_followed_well(window, starts)? {
        return Ok(Step::Record(Box::new(header), bytes));
    }
    mended::mismeasured(window, starts, header, bytes, most)
}

/// The header that the window stands at.
fn header<R: Parts>(window: &mut Window<R>, format: Format) -> io::Result<Option<Header>> {
    for bytes in HEADER_BYTES {
        loop {
            let ahead = window.ahead(bytes)?;
            if !format.begins(ahead) && (ahead.len() >= MAX_VERSION_LINE_BYTES || !window.go_on()?) {
                return Ok(None);
            }
            let ahead = window.ahead(bytes)?;
            if let Some(header) = format.header(ahead) {
                return Ok(Some(header));
            }
            if ahead.len() >= bytes || !window.go_on()? {
                break;
            }
        }
    }
    Ok(None)
}

/// Whether the end, or another record, lies where this one ends.
pub(super) fn is_followed_well<R: Read>(window: &mut Window<R>, starts: Starts) -> io::Result<bool> {
    let ahead = window.ahead(TOLD_BY_BYTES)?;
    let ends = ahead.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
    Ok(ends == ahead.len() || starts.begins(&ahead[ends..]))
}

/// Whether the end, or another record, is all that lies in `behind`, what follows a record, whatever separates them.
/// That may also be the end of a page in gzip, which often ends with zeros.
pub(super) fn ends_well(behind: &[u8], starts: Starts) -> bool {
    let blank = blank_bytes(behind);
    blank == behind.len() || starts.begins(&behind[blank..])
}

fn pass_blank<R: Read>(window: &mut Window<R>) -> io::Result<()> {
    loop {
        let ahead = window.ahead(1)?;
        let blank = blank_bytes(ahead);
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
    starts: Starts,
    header: &Header,
    most: u64,
) -> io::Result<Step> {
    window.pass(header.bytes);
    let end = window.offset().saturating_add(header.content_bytes.unwrap_or(0));
    while window.offset() < end {
        let left = usize::try_from(end - window.offset()).unwrap_or(usize::MAX);
        let searched = PASSED_BYTES.min(left);
        let ahead = window.ahead(searched.saturating_add(TOLD_BY_BYTES))?;
        if ahead.is_empty() {
            let reason =
                format!("it ends before the {} bytes that it says", header.content_bytes.unwrap_or(0));
            return Ok(Step::Fault { reason, is_cut_off: true });
        }
        if starts.format == Format::Warc
            && let Some(at) = starts.find(ahead, 1..=searched - 1)
        {
            window.pass(at);
            return Ok(Step::fault(mended::wrong_length(header)));
        }
        window.pass(searched);
    }
    if is_followed_well(window, starts)? {
        return Ok(Step::fault(Limit::input(most).to_string()));
    }
    go_to_start(window, starts)?;
    Ok(Step::fault(mended::wrong_length(header)))
}

/// Goes to where a record seems to begin, behind the place where it stands; whether there is one.
pub(super) fn go_to_start<R: Read>(window: &mut Window<R>, starts: Starts) -> io::Result<bool> {
    loop {
        let ahead = window.ahead(PASSED_BYTES + TOLD_BY_BYTES)?;
        let ended = ahead.len() < PASSED_BYTES + TOLD_BY_BYTES;
        let searched = if ended { ahead.len() } else { PASSED_BYTES };
        // Of the first byte it isn't known whether a line begins with it: it was the last of what was searched before.
        if let Some(at) = starts.find(ahead, 1..=searched) {
            window.pass(at);
            return Ok(true);
        }
        window.pass(searched);
        if ended {
            return Ok(false);
        }
    }
}

/// How many bytes lie ahead before what seems to be the beginning of a record, `from` bytes from here at least, and
/// whether there is one: otherwise it is the end, or more than `most` bytes.
pub(super) fn bytes_to_start<R: Read>(
    window: &mut Window<R>,
    starts: Starts,
    from: usize,
    most: usize,
) -> io::Result<(usize, bool)> {
    let mut searched = PASSED_BYTES;
    loop {
        let ahead = window.ahead(searched + TOLD_BY_BYTES)?;
        let ended = ahead.len() < searched + TOLD_BY_BYTES;
        let within = if ended { ahead.len() } else { searched };
        if let Some(at) = starts.find(ahead, from..=within) {
            return Ok((at, true));
        }
        if ended || searched > most {
            return Ok((within, false));
        }
        searched *= 2;
    }
}
