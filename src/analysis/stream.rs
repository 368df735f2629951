//! Tokens as one string, so that they are made once, by whoever has the time, and indexed by
//! whoever has the lock.
//!
//! A token is its term and a line feed. A tab and a number before the line feed is a gap of so many
//! positions. Terms never hold these characters, being letters and digits.

use std::fmt::Write as _;

use crate::model::Language;

const END: char = '\n';
const GAP: char = '\t';

/// Writes terms into a stream.
#[derive(Clone, Debug, Default)]
pub struct StreamWriter {
    encoded: String,
    position: u32,
}

impl StreamWriter {
    /// Adds `term` at the next position.
    pub fn push(&mut self, term: &str) {
        self.encoded.push_str(term);
        self.encoded.push(END);
        self.position += 1;
    }

    /// Leaves `positions` free.
    pub fn gap(&mut self, positions: u32) {
        // Writing to a string can't fail.
        let _ = write!(self.encoded, "{GAP}{positions}{END}");
        self.position += positions;
    }

    /// Begins another name or heading: at the next multiple of [`PIECE_POSITIONS`].
    pub fn begin_piece(&mut self) {
        let begun = self.position % PIECE_POSITIONS;
        if begun > 0 {
            self.gap(PIECE_POSITIONS - begun);
        }
    }

    /// The position of the next term.
    #[must_use]
    pub fn position(&self) -> u32 {
        self.position
    }

    /// The stream, to be read by [`StreamReader`].
    #[must_use]
    pub fn finish(self) -> String {
        self.encoded
    }
}

/// Positions from the beginning of one name or heading to that of the next in the stream of a part of an article: so
/// many that no distance reaches across.
pub const PIECE_POSITIONS: u32 = 1 << 12;

/// `stem` as it is looked for in one part of an article: with its language, since a stem of one language may be
/// another word's in another.
#[must_use]
pub fn marked_stem(group: Language, stem: &str) -> String {
    format!("{}:{stem}", group.code())
}

/// Reads the terms of a stream with their positions.
#[derive(Clone, Debug)]
pub struct StreamReader<'a> {
    rest: &'a str,
    next_position: u32,
}

impl<'a> StreamReader<'a> {
    /// A reader of `encoded`, which a [`StreamWriter`] made.
    #[must_use]
    pub fn new(encoded: &'a str) -> Self {
        Self { rest: encoded, next_position: 0 }
    }
}

impl<'a> Iterator for StreamReader<'a> {
    type Item = (&'a str, u32);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (item, rest) = self.rest.split_once(END)?;
            self.rest = rest;
            if let Some(gap) = item.strip_prefix(GAP) {
                self.next_position += gap.parse::<u32>().unwrap_or(0);
            } else {
                self.next_position += 1;
                return Some((item, self.next_position - 1));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_reads_back_as_written() {
        let mut writer = StreamWriter::default();
        writer.push("water");
        writer.gap(8);
        assert_eq!(writer.position(), 9);
        writer.push("scarce");
        let encoded = writer.finish();
        let read: Vec<_> = StreamReader::new(&encoded).collect();
        assert_eq!(read, [("water", 0), ("scarce", 9)]);
    }
}
