//! The words that a text writes in capitals: what tells an acronym from a word that is spelt like it.

/// Fewest and most characters of such a word: those of short forms.
const CHARS: std::ops::RangeInclusive<usize> = 2..=10;

/// Calls `found` with every word of `text` that is all in capitals and digits. Paragraphs that are in capitals as a
/// whole tell nothing and are passed over.
pub fn each_capital_word<'t>(text: &'t str, mut found: impl FnMut(&'t str)) {
    for paragraph in text.split('\n').filter(|paragraph| paragraph.chars().any(char::is_lowercase)) {
        let mut from = 0;
        while let Some((start, end)) = next_candidate(paragraph, from) {
            if is_capital_word(&paragraph[start..end]) {
                found(&paragraph[start..end]);
            }
            from = end;
        }
    }
}

/// The bounds of the next word of `paragraph` from the byte `from` on that may be in capitals: in most words no two
/// bytes that may be of one stand side by side, and nothing else is looked at. None of its letters stand before `from`.
fn next_candidate(paragraph: &str, mut from: usize) -> Option<(usize, usize)> {
    loop {
        let bytes = &paragraph.as_bytes()[from..];
        let pair = bytes.windows(2).position(|pair| may_be_capital(pair[0]) && may_be_capital(pair[1]))?;
        let at = paragraph.floor_char_boundary(from + pair);
        let rest = &paragraph[at..];
        let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        if length > 0 {
            let before = paragraph[from..at].chars().rev().take_while(|c| c.is_alphanumeric());
            return Some((at - before.map(char::len_utf8).sum::<usize>(), at + length));
        }
        from = at + rest.chars().next().map_or(1, char::len_utf8);
    }
}

fn may_be_capital(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit() || !byte.is_ascii()
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
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn capital_words_are_found_where_not_all_is_in_capitals() {
        let mut words = Vec::new();
        each_capital_word(
            "The WHO and НАТО met in G20.\nTHE WHO MET\nIt said: A CAR—UN, not a Car",
            |word| words.push(word),
        );
        assert_eq!(words, ["WHO", "НАТО", "G20", "CAR", "UN"]);
    }

    proptest! {
        #[test]
        fn no_capital_word_is_passed_over(text in "([A-Za-z0-9 .—éÉНн税\u{301}-]|[A-Z]{2}){0,24}") {
            let mut found = Vec::new();
            each_capital_word(&text, |word| found.push(word));
            let has_small = text.chars().any(char::is_lowercase);
            let words = text.split(|c: char| !c.is_alphanumeric());
            let expected: Vec<_> = words.filter(|word| has_small && is_capital_word(word)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
