//! Tells what is there more than once: texts that read the same are one article, wherever they were saved; those that
//! nearly do are told apart from those of a series; and blocks that recur from page to page are a site's, not an
//! article's.

mod recurring;
mod sketch;
mod wording;

pub use recurring::{FEWEST_PAGES, Recurrence, Recurring, SetApart, with_recurring, without_recurring};
pub use sketch::{Sketch, SketchedWord, Sketcher};
pub use wording::Wording;

use crate::text::spaced_runs;

/// The fingerprint of an article: the same for two whose titles and texts differ in white space alone.
///
/// Pages that only say where a document is to be had, or show a film, are told apart by their titles alone. BLAKE3 over
/// the words, in hexadecimal; two different articles never share one in practice.
#[must_use]
pub fn fingerprint(title: &str, text: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in [title, text] {
        hasher.update(hash_of_words(part).as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

/// Whether `word` is a number: words with a digit only in their midst hardly ever are.
fn is_number(word: &str) -> bool {
    let ends = [word.bytes().next(), word.bytes().next_back()];
    ends.iter().flatten().any(u8::is_ascii_digit)
}

/// Bytes that are hashed at once: much is hashed faster together than word by word.
const HASHED_AT_ONCE_BYTES: usize = 1 << 15;

/// A hash of the words of `text`, however they are spaced.
fn hash_of_words(text: &str) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    let mut words = String::with_capacity(HASHED_AT_ONCE_BYTES.min(text.len() + 1));
    for line in lines_of_words(text) {
        if words.len() + line.len() >= HASHED_AT_ONCE_BYTES {
            hasher.update(words.as_bytes());
            words.clear();
        }
        if line.len() >= HASHED_AT_ONCE_BYTES {
            hasher.update(line.as_bytes());
        } else {
            words.push_str(line);
        }
        words.push(' ');
    }
    hasher.update(words.as_bytes());
    hasher.finalize()
}

/// The words of `text`, in pieces that are as long as a single space stands between any two.
fn lines_of_words(text: &str) -> impl Iterator<Item = &str> {
    let start_of = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let mut words =
        spaced_runs(text).map(move |word| (start_of(word), start_of(word) + word.len())).peekable();
    std::iter::from_fn(move || {
        let (start, mut end) = words.next()?;
        let follows = |end: usize, next: usize| next == end + 1 && text.as_bytes()[end] == b' ';
        while let Some((_, next_end)) = words.next_if(|&(next, _)| follows(end, next)) {
            end = next_end;
        }
        Some(&text[start..end])
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn white_space_makes_no_difference_and_words_do() {
        assert_eq!(fingerprint("A  title", "one  two\n"), fingerprint("A title", "one two"));
        assert_ne!(fingerprint("", "one two"), fingerprint("", "onetwo"));
        assert_ne!(fingerprint("", "one two"), fingerprint("", "One two"));
        assert_ne!(fingerprint("one", "two"), fingerprint("another", "two"));
        assert_ne!(fingerprint("one", "two"), fingerprint("", "one two"));
    }

    proptest! {
        #[test]
        fn a_hash_is_of_the_words_parted_by_spaces(text in "[a\u{a0}\u{3000}é \t\n]{0,30}") {
            let words: String = text.split_whitespace().flat_map(|word| [word, " "]).collect();
            prop_assert_eq!(hash_of_words(&text), blake3::hash(words.as_bytes()));
        }
    }
}
