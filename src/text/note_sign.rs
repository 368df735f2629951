//! Signs of footnotes: digits set high behind a word, as in `sanctions¹`.
//!
//! Behind short words they belong to it, as in `km²`.

/// Letters of the shortest word that may have one: `km`, `dm` and `x` are raised to powers.
const MIN_LETTERS: usize = 3;

const RAISED_DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// Whether `c` is a digit set high.
#[must_use]
pub fn is_raised_digit(c: char) -> bool {
    RAISED_DIGITS.contains(&c)
}

/// A digit of ASCII set high; other characters stay.
#[must_use]
pub fn raised(c: char) -> char {
    c.to_digit(10).map_or(c, |digit| RAISED_DIGITS[digit as usize])
}

/// Whether a digit set high behind `before` is the sign of a footnote: behind letters that make a word.
#[must_use]
pub fn may_have_note(before: &str) -> bool {
    before.chars().rev().take(MIN_LETTERS).filter(|c| c.is_alphabetic()).count() == MIN_LETTERS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_notes_and_units_have_powers() {
        assert!(may_have_note("the sanctions") && may_have_note("États"));
        for before in ["", "km", "10 km", "x", "F16", "19"] {
            assert!(!may_have_note(before), "{before}");
        }
        assert!("12".chars().map(raised).eq("¹²".chars()));
    }
}
