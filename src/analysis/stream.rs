//! Tokens as one string, so that they are made once, by whoever has the time, and indexed by
//! whoever has the lock.
//!
//! A stream names a term once, with all of its positions: an index finds a term's place in its tables
//! anew for every token, and finds it in the processor's cache where it has just been. A term is
//! followed by a line feed, its positions by another. Terms never hold one, being letters and digits.

use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::model::Language;

const END: u8 = b'\n';

/// Tokens that are brought together: enough for most articles, few enough to stay in a processor's cache. What is
/// longer names a term once for so many.
const TOKENS_AT_ONCE: usize = 1 << 14;

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
        self.position += 1;
        if self.run.tokens.len() >= TOKENS_AT_ONCE {
            self.run.write(&mut self.encoded);
        }
    }

    /// Adds `term` at the position of the last one, as another form of it.
    pub fn push_beside(&mut self, term: &str) {
        self.run.push(term, self.position.saturating_sub(1));
    }

    /// Leaves `positions` free.
    pub fn gap(&mut self, positions: u32) {
        self.position += positions;
    }

    /// Begins another name or heading: at the next multiple of [`PIECE_POSITIONS`].
    pub fn begin_piece(&mut self) {
        self.position = self.position.next_multiple_of(PIECE_POSITIONS);
    }

    /// The position of the next term.
    #[must_use]
    pub fn position(&self) -> u32 {
        self.position
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
    /// Numbers of terms, by the hashes of their letters.
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
    terms: Vec<Term>,
    /// The letters of all terms.
    letters: String,
    /// The number of each token's term, and its position.
    tokens: Vec<(u32, u32)>,
}

/// A term of a run.
#[derive(Clone, Copy, Debug)]
struct Term {
    /// Where its letters begin and end.
    letters: (u32, u32),
    /// How many tokens have it.
    count: u32,
}

impl Run {
    fn push(&mut self, term: &str, position: u32) {
        let Self { numbers, hasher, terms, letters, tokens } = self;
        let letters_of = |number: u32, letters: &str, terms: &[Term]| {
            let (start, end) = terms[number as usize].letters;
            hasher.hash_one(&letters.as_bytes()[start as usize..end as usize])
        };
        let is_it = |&number: &u32| {
            let (start, end) = terms[number as usize].letters;
            letters.as_bytes()[start as usize..end as usize] == *term.as_bytes()
        };
        let hash = hasher.hash_one(term.as_bytes());
        let number = match numbers.find(hash, is_it) {
            Some(&number) => number,
            None => {
                let number = terms.len() as u32;
                let start = letters.len() as u32;
                letters.push_str(term);
                terms.push(Term { letters: (start, letters.len() as u32), count: 0 });
                numbers.insert_unique(hash, number, |&number| letters_of(number, letters, terms));
                number
            }
        };
        terms[number as usize].count += 1;
        tokens.push((number, position));
    }

    /// Writes the tokens to `encoded`, and forgets them.
    fn write(&mut self, encoded: &mut String) {
        let mut ends: Vec<u32> = Vec::with_capacity(self.terms.len());
        let mut end = 0;
        for term in &self.terms {
            ends.push(end);
            end += term.count;
        }
        let mut positions = vec![0; self.tokens.len()];
        for &(number, position) in &self.tokens {
            let end = &mut ends[number as usize];
            positions[*end as usize] = position;
            *end += 1;
        }
        encoded.reserve(self.letters.len() + 2 * self.terms.len() + 2 * self.tokens.len());
        for (term, &end) in self.terms.iter().zip(&ends) {
            let (from, to) = term.letters;
            encoded.push_str(&self.letters[from as usize..to as usize]);
            encoded.push(char::from(END));
            write_positions(&positions[(end - term.count) as usize..end as usize], encoded);
            encoded.push(char::from(END));
        }
        self.numbers.clear();
        self.terms.clear();
        self.letters.clear();
        self.tokens.clear();
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
        writer.gap(8);
        assert_eq!(writer.position(), 9);
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
                writer.gap(*gap);
                written.push((term.as_str(), writer.position()));
                writer.push(term);
            }
            let encoded = writer.finish();
            let mut read: Vec<_> = StreamReader::new(&encoded).collect();
            read.sort_by_key(|&(_, position)| position);
            prop_assert_eq!(read, written);
        }
    }
}
