//! What may be a short form, by itself.

use std::borrow::Cow;

/// Fewest and most letters and digits of a short form.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=10;

/// Signs between the letters of a short form.
const SIGNS: [char; 4] = ['-', '&', '/', '.'];

/// Whether `word` may be a short form: few letters, at least half of them capitals, among them the first.
///
/// Roman numerals aren't, nor what party and state a politician is of (`D-NY`).
pub(super) fn is_short_form(word: &str) -> bool {
    let begins = word.chars().next().is_some_and(char::is_uppercase);
    let ends = word.chars().next_back().is_some_and(char::is_alphanumeric);
    if !begins || !ends || !word.chars().all(|c| c.is_alphanumeric() || SIGNS.contains(&c)) {
        return false;
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let digits = word.chars().filter(|c| c.is_numeric()).count();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    LETTERS.contains(&(letters + digits))
        && capitals * 2 >= letters
        && (capitals >= 2 || capitals == 1 && letters == 1 && digits > 0)
        && !is_roman(word)
        && !is_party_and_state(word)
}

/// The short form that `word` is, in the singular and without a possessive; none if it is none.
#[must_use]
pub fn singular(word: &str) -> Option<&str> {
    let is_capital = |part: &str| part.chars().count() >= 2 && part.chars().all(char::is_uppercase);
    let singular =
        ["'s", "’s", "s"].iter().find_map(|end| word.strip_suffix(end)).filter(|part| is_capital(part));
    Some(singular.unwrap_or(word)).filter(|short| is_short_form(short))
}

/// `short` with its last full stop, which no text is asked for: `E.O.` for `E.O`; `short` itself if its letters aren't
/// parted by full stops.
#[must_use]
pub fn with_last_point(short: &str) -> Cow<'_, str> {
    let is_letter = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    let has_points = short.contains('.') && short.split('.').all(is_letter);
    if has_points { Cow::Owned(format!("{short}.")) } else { Cow::Borrowed(short) }
}

fn is_roman(word: &str) -> bool {
    word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

fn is_party_and_state(word: &str) -> bool {
    let of_party = word.strip_prefix(['D', 'R', 'I']).and_then(|rest| rest.strip_prefix('-'));
    of_party.is_some_and(|state| state.len() == 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_short_and_mostly_capitals() {
        for word in ["TTP", "DoD", "KfW", "PML-N", "COVID-19", "G7", "НАТО", "BMVg", "R&D", "USAid", "U.N"]
        {
            assert!(is_short_form(word), "{word}");
        }
        for word in [
            "Ttp",
            "see",
            "A",
            "2014",
            "McDonald",
            "D-NY",
            "XIV",
            "TTP-",
            "-TTP",
            "a b",
            "ABCDEFGHIJK",
            "中文",
        ] {
            assert!(!is_short_form(word), "{word}");
        }
    }

    #[test]
    fn plurals_have_a_singular() {
        assert_eq!(singular("NGOs"), Some("NGO"));
        assert_eq!(singular("UN’s"), Some("UN"));
        assert_eq!(singular("ISIS"), Some("ISIS"));
        assert_eq!(singular("As"), None);
    }

    #[test]
    fn letters_parted_by_full_stops_end_with_one() {
        for (short, expected) in [
            ("E.O", "E.O."),
            ("U.S.C", "U.S.C."),
            ("E.O.", "E.O."),
            ("NATO", "NATO"),
            ("U.K.HSA", "U.K.HSA"),
            ("", ""),
        ] {
            assert_eq!(with_last_point(short), expected);
        }
    }
}
