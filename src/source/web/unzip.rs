//! [`Unzipped`]: one member of a file in gzip, and how the next is found behind one that is damaged.

use std::io::{self, Read};
use std::sync::Arc;

use flate2::bufread::GzDecoder;

use super::super::packed::{Allowance, Bytes, as_damage};
use super::header::Format;
use super::start::{format_of, without_blank};
use super::window::{Parts, Window};

/// What a member of gzip begins with.
pub(super) const GZIP_MAGIC: &[u8] = b"\x1f\x8b\x08";

/// Bytes of a member that are looked at to tell what it holds.
const LOOKED_AT_BYTES: usize = 4096;

/// Bytes that are searched at once.
const SEARCHED_BYTES: usize = 1 << 16;

/// One member of a file in gzip, decompressed; with those after it once a record is found to go on there.
pub(super) struct Unzipped {
    state: State,
    format: Format,
    start: u64,
    grown: u64,
    allowance: Arc<Allowance>,
}

/// A decoder takes the header of its member at once, so there is none where no more is to be read.
enum State {
    Within(Box<GzDecoder<Window<Bytes>>>),
    Behind(Window<Bytes>),
    /// Only while one gives way to the other.
    Between,
}

impl Unzipped {
    /// The member that `packed` stands at.
    pub fn new(packed: Window<Bytes>, format: Format, allowance: Arc<Allowance>) -> Self {
        let start = packed.offset();
        Self { state: State::Within(Box::new(GzDecoder::new(packed))), format, start, grown: 0, allowance }
    }

    /// The file, behind what was read of the member.
    pub fn into_packed(self) -> Option<Window<Bytes>> {
        match self.state {
            State::Within(decoder) => Some(decoder.into_inner()),
            State::Behind(packed) => Some(packed),
            State::Between => None,
        }
    }
}

impl Parts for Unzipped {
    const IS_MEMBER: bool = true;

    fn go_on(&mut self) -> io::Result<bool> {
        let mut packed = match std::mem::replace(&mut self.state, State::Between) {
            State::Within(decoder) => decoder.into_inner(),
            State::Behind(packed) => packed,
            State::Between => return Ok(false),
        };
        let goes_on = goes_on(&mut packed, self.format);
        self.state = match goes_on {
            Ok(true) => State::Within(Box::new(GzDecoder::new(packed))),
            _ => State::Behind(packed),
        };
        goes_on
    }
}

/// Whether a member begins where `packed` stands, and no record begins in it.
fn goes_on(packed: &mut Window<Bytes>, format: Format) -> io::Result<bool> {
    let ahead = packed.ahead(LOOKED_AT_BYTES)?;
    Ok(ahead.starts_with(GZIP_MAGIC) && !head_of_gzip(ahead).is_empty() && !holds_record(ahead, format))
}

/// Whether `packed` is the beginning of a member of gzip in which a record begins.
pub(super) fn holds_record(packed: &[u8], format: Format) -> bool {
    if !packed.starts_with(GZIP_MAGIC) {
        return false;
    }
    let head = head_of_gzip(packed);
    let head = without_blank(&head);
    format.begins(head) || format_of(head).is_some()
}

impl Read for Unzipped {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let State::Within(decoder) = &mut self.state else { return Ok(0) };
        let read = decoder.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => as_damage(error),
            _ => error,
        })?;
        self.grown += read as u64;
        let taken = decoder.get_ref().offset() - self.start;
        self.allowance.count(read as u64, self.grown, taken)?;
        Ok(read)
    }
}

/// Whether a member begins where `packed` stands; none at the end of the file, which may be filled up with zeros.
pub(super) fn is_at_member(packed: &mut Window<Bytes>) -> io::Result<Option<bool>> {
    loop {
        if packed.is_at_end()? {
            return Ok(None);
        }
        let ahead = packed.ahead(GZIP_MAGIC.len())?;
        let zeros = ahead.iter().take_while(|&&b| b == 0).count();
        if zeros == 0 {
            return Ok(Some(ahead.starts_with(GZIP_MAGIC)));
        }
        packed.pass(zeros);
    }
}

/// Goes to the next member that begins with a record; whether there is one.
pub(super) fn go_to_member(packed: &mut Window<Bytes>, format: Format) -> io::Result<bool> {
    loop {
        let ahead = packed.ahead(SEARCHED_BYTES)?;
        let Some(at) = memchr::memmem::find(ahead, GZIP_MAGIC) else {
            let ended = ahead.len() < SEARCHED_BYTES;
            // The beginning of one may be cut by the end of what was searched, but not by that of the file.
            let kept = if ended { 0 } else { GZIP_MAGIC.len() - 1 };
            let passed = ahead.len() - kept;
            packed.pass(passed);
            if ended {
                return Ok(false);
            }
            continue;
        };
        packed.pass(at);
        if holds_record(packed.ahead(LOOKED_AT_BYTES)?, format) {
            return Ok(true);
        }
        packed.pass(1);
    }
}

/// The first bytes of what `packed`, the beginning of a file in gzip, holds.
pub(in super::super) fn head_of_gzip(packed: &[u8]) -> Vec<u8> {
    let mut head = Vec::new();
    // That it is cut off is no surprise.
    let _ = GzDecoder::new(packed).take(LOOKED_AT_BYTES as u64).read_to_end(&mut head);
    head
}
