//! Tokens as one string, so that they are made once, by whoever has the time, and indexed by
//! whoever has the lock.
//!
//! A stream names a term once, with all of its positions: an index finds a term's place in its tables
//! anew for every token, and finds it in the processor's cache where it has just been. A term is
//! followed by a line feed, its positions by another. Terms never hold one, being letters and digits.

use super::numbered::Numbered;
use crate::model::Language;

const END: u8 = b'\n';

/// Tokens that are brought together: enough for most articles, few enough to stay in a processor's cache. What is
/// longer names a term once for so many.
pub(super) const TOKENS_AT_ONCE: usize = 1 << 14;

/// Writes terms into a stream.
#[derive(Clone, Debug, Default)]
pub struct StreamWriter {
    encoded: String,
    position: u32,
    run: Run,
}

impl StreamWriter {
    /// Adds `term` at the next position.
    pub fn push(&mut self, term: &str) {
        self.run.push(term, self.position);
        self.position = self.position.saturating_add(1);
        if self.run.tokens.len() >= TOKENS_AT_ONCE {
            self.run.write(&mut self.encoded);
        }
    }

    /// Adds `term` at the position of the last one, as another form of it.
    pub fn push_beside(&mut self, term: &str) {
        self.run.push(term, self.position.saturating_sub(1));
    }

    /// Begins another name or heading, if there is room for it.
    #[must_use]
    pub fn begins_piece(&mut self) -> bool {
        let next = next_piece(self.position);
        self.position = next.unwrap_or(self.position);
        next.is_some()
    }

    /// The stream, to be read by [`StreamReader`].
    #[must_use]
    pub fn finish(mut self) -> String {
        self.run.write(&mut self.encoded);
        self.encoded
    }
}

/// Tokens that are still to be written.
#[derive(Clone, Debug, Default)]
struct Run {
    terms: Numbered,
    /// The number of each token's term, and its position.
    tokens: Vec<(u32, u32)>,
}

impl Run {
    fn push(&mut self, term: &str, position: u32) {
        self.tokens.push((self.terms.number_of(term), position));
    }

    /// Writes the tokens to `encoded`, and forgets them.
    fn write(&mut self, encoded: &mut String) {
        write_tokens(&self.terms, self.tokens.iter().copied(), encoded);
        self.terms.clear();
        self.tokens.clear();
    }
}

/// Writes `tokens`, each the number of its term and its position, to `encoded`, term by term.
pub(super) fn write_tokens(
    terms: &Numbered,
    tokens: impl Iterator<Item = (u32, u32)> + Clone,
    encoded: &mut String,
) {
    // Where the positions of each term begin, and then, as they are put there, end.
    let mut bounds: Vec<u32> = vec![0; terms.len() + 1];
    let mut count = 0;
    for (term, _) in tokens.clone() {
        bounds[term as usize + 1] += 1;
        count += 1;
    }
    for term in 1..bounds.len() {
        bounds[term] += bounds[term - 1];
    }
    let mut positions = vec![0; count];
    for (term, position) in tokens {
        let end = &mut bounds[term as usize];
        positions[*end as usize] = position;
        *end += 1;
    }
    encoded.reserve(terms.letters().len() + 2 * terms.len() + 2 * count);
    let mut start = 0;
    for (term, &end) in terms.iter().zip(&bounds) {
        if start < end {
            encoded.push_str(term);
            encoded.push(char::from(END));
            write_positions(&positions[start as usize..end as usize], encoded);
            encoded.push(char::from(END));
        }
        start = end;
    }
}

/// Bits of a number in one character.
const DIGIT_BITS: u32 = 5;

/// The first of the characters that others of the same number follow, and of those that end one.
const INNER: u8 = b'@';
const LAST: u8 = b'`';

/// Writes each of `positions` as its distance from the one before, the lowest digits first.
fn write_positions(positions: &[u32], encoded: &mut String) {
    let mut before = 0;
    for &position in positions {
        let mut left = position - before;
        before = position;
        while left >> DIGIT_BITS > 0 {
            encoded.push(char::from(INNER + (left & 31) as u8));
            left >>= DIGIT_BITS;
        }
        encoded.push(char::from(LAST + left as u8));
    }
}

/// Positions from the beginning of one name or heading to that of the next in the stream of a part of an article: so
/// many that no distance reaches across.
pub const PIECE_POSITIONS: u32 = 1 << 12;

/// The position at which another name or heading begins, where all before lie below `position`; none if there is no
/// room for more, as behind the 1,048,576th heading.
#[must_use]
pub fn next_piece(position: u32) -> Option<u32> {
    position.checked_next_multiple_of(PIECE_POSITIONS)
}

/// `stem` as it is looked for in one part of an article: with its language, since a stem of one language may be
/// another word's in another.
#[must_use]
pub fn marked_stem(group: Language, stem: &str) -> String {
    format!("{}:{stem}", group.code())
}

/// Reads the terms of a stream with their positions: term by term, and of each its positions in order.
///
/// A term of a long stream may come again, with later positions.
#[derive(Clone, Debug)]
pub struct StreamReader<'a> {
    encoded: &'a str,
    at: usize,
    term: &'a str,
    position: u32,
}

impl<'a> StreamReader<'a> {
    /// A reader of `encoded`, which a [`StreamWriter`] made.
    #[must_use]
    pub fn new(encoded: &'a str) -> Self {
        Self { encoded, at: 0, term: "", position: 0 }
    }

    /// Reads the next term, none at the end.
    fn begin_term(&mut self) -> Option<()> {
        let rest = &self.encoded[self.at..];
        let length = rest.bytes().position(|byte| byte == END)?;
        self.term = &rest[..length];
        self.at += length + 1;
        self.position = 0;
        Some(())
    }
}

impl<'a> Iterator for StreamReader<'a> {
    type Item = (&'a str, u32);

    fn next(&mut self) -> Option<Self::Item> {
        if self.at == 0 {
            self.begin_term()?;
        }
        let bytes = self.encoded.as_bytes();
        while *bytes.get(self.at)? == END {
            self.at += 1;
            self.begin_term()?;
        }
        let (mut distance, mut shift) = (0, 0);
        loop {
            let byte = *bytes.get(self.at)?;
            self.at += 1;
            distance |= u32::from(byte & 31) << shift;
            shift += DIGIT_BITS;
            if byte >= LAST {
                break;
            }
        }
        self.position += distance;
        Some((self.term, self.position))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_stream_names_each_term_once() {
        let mut writer = StreamWriter::default();
        writer.push("water");
        writer.position += 8;
        writer.push("scarce");
        writer.push("water");
        let encoded = writer.finish();
        let read: Vec<_> = StreamReader::new(&encoded).collect();
        assert_eq!(read, [("water", 0), ("water", 10), ("scarce", 9)]);
        assert_eq!(encoded.matches("water").count(), 1);
    }

    #[test]
    fn a_long_stream_names_a_term_again() {
        let mut writer = StreamWriter::default();
        for _ in 0..=TOKENS_AT_ONCE {
            writer.push("so");
        }
        let encoded = writer.finish();
        assert_eq!(encoded.matches("so").count(), 2);
        let positions = StreamReader::new(&encoded).map(|(_, position)| position);
        assert!(positions.eq(0..=TOKENS_AT_ONCE as u32));
    }

    proptest! {
        #[test]
        fn a_stream_reads_back_as_written(tokens in proptest::collection::vec(("[a-cé]{1,3}", 0_u32..5000), 0..40)) {
            let mut writer = StreamWriter::default();
            let mut written = Vec::new();
            for (term, gap) in &tokens {
                writer.position += gap;
                written.push((term.as_str(), writer.position));
                writer.push(term);
            }
            let encoded = writer.finish();
            let mut read: Vec<_> = StreamReader::new(&encoded).collect();
            read.sort_by_key(|&(_, position)| position);
            prop_assert_eq!(read, written);
        }
    }
}
