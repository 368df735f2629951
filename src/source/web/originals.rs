//! [`Originals`]: where the pages are that later records only say to be the same.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher, RandomState};

use super::header::Header;

/// Where a record begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    /// Bytes of the file before it, or before the member of gzip that it is in.
    pub in_file: u64,
    /// Bytes of that member before it, decompressed.
    pub in_member: Option<u64>,
}

impl Position {
    /// The position of a record that isn't in gzip by itself.
    pub fn plain(at: u64) -> Self {
        Self { in_file: at, in_member: None }
    }

    /// The position of a record in a member of gzip that begins at `start`.
    pub fn packed(start: u64, at: u64) -> Self {
        Self { in_file: start, in_member: Some(at) }
    }
}

/// The file's offset alone where the record is all of its member, which is what archives are cited by.
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.in_member {
            None | Some(0) => write!(f, "{}", self.in_file),
            Some(at) => write!(f, "{}+{at}", self.in_file),
        }
    }
}

/// The positions of the pages of a file, by digest and by address and time. Keys are told apart by a number each, as
/// there may be very many.
#[derive(Default)]
pub(super) struct Originals {
    hasher: RandomState,
    positions: HashMap<u64, Position>,
}

impl Originals {
    /// Notes that the record with `header` is at `position`.
    pub fn note(&mut self, header: &Header, position: Position) {
        let digest = header.fields.get("WARC-Payload-Digest").map(|digest| self.hasher.hash_one(digest));
        let captured = header.uri.as_deref().zip(header.date.as_deref());
        let captured = captured.map(|captured| self.hasher.hash_one(captured));
        for key in [digest, captured].into_iter().flatten() {
            self.positions.entry(key).or_insert(position);
        }
    }

    /// Where the original of the record with `header` is.
    pub fn of(&self, header: &Header) -> Option<Position> {
        let field = |name| header.fields.get(name);
        let captured = field("WARC-Refers-To-Target-URI").zip(field("WARC-Refers-To-Date"));
        let captured = captured.map(|captured| self.hasher.hash_one(captured));
        let digest = field("WARC-Payload-Digest").map(|digest| self.hasher.hash_one(digest));
        [captured, digest].into_iter().flatten().find_map(|key| self.positions.get(&key)).copied()
    }
}
