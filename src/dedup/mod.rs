//! Tells what is there more than once: texts that read the same are one article, wherever they were saved; those that
//! nearly do are told apart from those of a series; and blocks that recur from page to page are a site's, not an
//! article's.

mod recurring;
mod sketch;
mod wording;

pub use recurring::{FEWEST_PAGES, Recurrence, Recurring, SetApart, with_recurring, without_recurring};
pub use sketch::{Sketch, Sketcher};
pub use wording::Wording;

/// The fingerprint of a text: the same for two texts that differ in white space alone.
///
/// BLAKE3 over the words, in hexadecimal; two different texts never share one in practice.
#[must_use]
pub fn fingerprint(text: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    for word in text.split_whitespace() {
        hasher.update(word.as_bytes());
        hasher.update(b" ");
    }
    hasher.finalize().to_hex().to_string()
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
