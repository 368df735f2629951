//! The words that a text writes in capitals: what tells an acronym from a word that is spelt like it.

use crate::text::spaced_runs;

/// Fewest and most characters of such a word: those of short forms.
const CHARS: std::ops::RangeInclusive<usize> = 2..=10;

/// Calls `found` with every word of `text` that is all in capitals and digits. Paragraphs that are in capitals as a
/// whole tell nothing and are passed over.
pub fn each_capital_word<'t>(text: &'t str, mut found: impl FnMut(&'t str)) {
    for paragraph in text.split('\n').filter(|paragraph| paragraph.chars().any(char::is_lowercase)) {
        for run in spaced_runs(paragraph).filter(|run| may_have_capitals(run)) {
            for word in run.split(|c: char| !c.is_alphanumeric()) {
                if is_capital_word(word) {
                    found(word);
                }
            }
        }
    }
}

/// Whether a word in capitals may be in `run`, by its bytes: of most runs that is all that is looked at.
fn may_have_capitals(run: &str) -> bool {
    let may_be = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || !byte.is_ascii();
    run.as_bytes().iter().filter(|byte| may_be(byte)).count() >= *CHARS.start()
}

fn is_capital_word(word: &str) -> bool {
    let mut capitals = 0;
    for c in word.chars() {
        match c {
            c if c.is_uppercase() => capitals += 1,
            c if c.is_numeric() => {}
            _ => return false,
        }
    }
    capitals > 0 && CHARS.contains(&word.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capital_words_are_found_where_not_all_is_in_capitals() {
        let mut words = Vec::new();
        each_capital_word(
            "The WHO and НАТО met in G20.\nTHE WHO MET\nIt said: A CAR, not a Car",
            |word| words.push(word),
        );
        assert_eq!(words, ["WHO", "НАТО", "G20", "CAR"]);
    }
}
