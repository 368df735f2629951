//! Words that begin with a vowel and consonants, and end soon after: `año`, `arma`, `isla`, `anno`.
//!
//! To Snowball's stemmers of Romance languages what may be an ending comes behind the second vowel of such a word, or
//! the next letter. There is nothing behind it but the ending of its plural.

/// What the ending of such a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// The `s` of a plural.
    S,
    /// Its last vowel.
    Vowel,
}

/// The fewest letters of a word without whose last vowel enough is left to tell it.
const MIN_LETTERS: usize = 4;

impl Ending {
    /// What `word`, which is folded, is without its ending, if it is such a word and has one.
    pub fn stem_of(self, word: &str) -> Option<&str> {
        let body = match self {
            Self::S => word.strip_suffix('s').filter(|body| has_plural(body))?,
            Self::Vowel => Some(word).filter(|word| word.len() >= MIN_LETTERS)?,
        };
        let stem = body.strip_suffix(is_vowel)?;
        let behind = stem.strip_prefix(is_vowel)?;
        // `acqua`.
        let consonants = behind.strip_suffix("qu").unwrap_or(behind);
        let is_such = behind.starts_with(|c: char| c.is_alphabetic()) && !consonants.contains(is_vowel);
        is_such.then_some(if self == Self::S { body } else { stem })
    }
}

/// Whether the plural of `body` ends in no more than an `s`: that of `inglés` is `ingleses`.
fn has_plural(body: &str) -> bool {
    body.ends_with(['a', 'o']) || body.ends_with('e') && body.len() <= MIN_LETTERS
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_of_a_short_word_is_told() {
        for (word, stem) in [
            ("anos", Some("ano")),
            ("islas", Some("isla")),
            ("ejes", Some("eje")),
            ("ano", None),
            ("apenas", None),
            ("mesas", None),
            ("euros", None),
            ("ibis", None),
            ("ingles", None),
            ("as", None),
            ("s", None),
        ] {
            assert_eq!(Ending::S.stem_of(word), stem, "{word}");
        }
        for (word, stem) in [
            ("anni", Some("ann")),
            ("acque", Some("acqu")),
            ("arma", Some("arm")),
            ("ora", None),
            ("asia", None),
            ("opera", None),
            ("iran", None),
            ("mare", None),
        ] {
            assert_eq!(Ending::Vowel.stem_of(word), stem, "{word}");
        }
    }
}
