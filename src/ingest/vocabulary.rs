//! [`Vocabulary`]: how many different words of one article are indexed, so that memory stays bounded.
//!
//! An index takes memory for each different word of an article before it writes anything of it. What people wrote has
//! few for its length; a dump of numbers or hashes has nothing else.

use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashSet};

/// Most different words of an article: more than twice those of an encyclopaedia of this size. An index takes about a
/// hundred bytes for each, in each of two fields.
const MAX_WORDS: usize = 1 << 20;

/// What is said of an article that has more of them, or more headings, which there is room for as many of.
pub(super) fn words_left_out() -> String {
    format!("it has more than {MAX_WORDS} different words or headings: what further ones it has isn't found")
}

/// Bytes that a word takes at least, with what parts it from the next.
const FEWEST_BYTES_OF_A_WORD: usize = 2;

/// The different words of an article so far.
pub(super) struct Vocabulary {
    most: usize,
    /// Hashes of the words; none where the text is too short to have too many.
    words: Option<HashSet<u64>>,
    hasher: DefaultHashBuilder,
}

impl Vocabulary {
    /// The vocabulary of an article of so many bytes.
    pub fn of(text_bytes: usize) -> Self {
        Self::bounded(text_bytes, MAX_WORDS)
    }

    fn bounded(text_bytes: usize, most: usize) -> Self {
        let may_exceed = text_bytes / FEWEST_BYTES_OF_A_WORD > most;
        Self { most, words: may_exceed.then(HashSet::new), hasher: DefaultHashBuilder::default() }
    }

    /// Whether `word` is one that is indexed: there was room for it, or it was there before.
    pub fn takes(&mut self, word: &str) -> bool {
        let Some(words) = &mut self.words else { return true };
        let hash = self.hasher.hash_one(word);
        if words.len() >= self.most {
            return words.contains(&hash);
        }
        words.insert(hash);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_come_when_there_are_enough_are_left_out() {
        let mut vocabulary = Vocabulary::bounded(100, 2);
        let taken = ["a", "b", "a", "c", "b", "c"].map(|word| vocabulary.takes(word));
        assert_eq!(taken, [true, true, true, false, true, false]);
    }

    #[test]
    fn the_words_of_a_short_text_are_not_counted() {
        let mut vocabulary = Vocabulary::bounded(7, 3);
        assert!(["a", "b", "c", "d"].map(|word| vocabulary.takes(word)).iter().all(|&taken| taken));
        assert!(vocabulary.words.is_none());
    }
}
