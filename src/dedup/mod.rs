//! Tells what is there more than once: texts that read the same are one article, wherever they were saved; those that
//! nearly do are told apart from those of a series; and blocks that recur from page to page are a site's, not an
//! article's.

mod recurring;
mod sketch;
mod wording;

pub use recurring::{FEWEST_PAGES, Recurrence, Recurring, SetApart, with_recurring, without_recurring};
pub use sketch::{Sketch, Sketcher};
pub use wording::Wording;

use crate::text::spaced_runs;

/// The fingerprint of a text: the same for two texts that differ in white space alone.
///
/// BLAKE3 over the words, in hexadecimal; two different texts never share one in practice.
#[must_use]
pub fn fingerprint(text: &str) -> String {
    hash_of_words(text).to_hex().to_string()
}

/// Bytes that are hashed at once: much is hashed faster together than word by word.
const HASHED_AT_ONCE_BYTES: usize = 1 << 15;

/// A hash of the words of `text`, however they are spaced.
fn hash_of_words(text: &str) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    let mut words = String::with_capacity(HASHED_AT_ONCE_BYTES.min(text.len() + 1));
    for word in spaced_runs(text) {
        if words.len() + word.len() >= HASHED_AT_ONCE_BYTES {
            hasher.update(words.as_bytes());
            words.clear();
        }
        words.push_str(word);
        words.push(' ');
    }
    hasher.update(words.as_bytes());
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_makes_no_difference_and_words_do() {
        assert_eq!(fingerprint("one  two\n"), fingerprint("one two"));
        assert_ne!(fingerprint("one two"), fingerprint("onetwo"));
        assert_ne!(fingerprint("one two"), fingerprint("One two"));
    }
}
