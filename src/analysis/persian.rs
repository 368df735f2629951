//! Stems of Persian: the endings of nouns and adjectives are taken off, as light stemmers do, and those that may as
//! well belong to the word only make another stem of it.
//!
//! Snowball's takes endings of verbs off nouns, and leaves `روند` (`process`) and `روی` (`on`) one word. What is
//! written behind a zero-width non-joiner is taken off before.

use super::stemmer::Asker;

/// Plurals, with possessives behind them, folded.
const PLURALS: [&str; 9] = ["هايمان", "هايتان", "هايشان", "هايش", "هايت", "هايم", "هايي", "هاي", "ها"];

/// What compares, folded.
const COMPARATIVES: [&str; 3] = ["ترين", "تري", "تر"];

/// Endings that may belong to the word, folded, with the fewest letters before them and what comes in their place: of
/// adjectives, of what one is or does, and plurals as in `نويسندگان` and `ملاحظات`.
const MAYBE: [(&str, &str, usize); 6] =
    [("يي", "", 3), ("وي", "و", 2), ("ي", "", 3), ("گان", "ه", 3), ("گي", "ه", 3), ("ات", "ه", 3)];

/// The same that a text may have: plurals, and whose something is.
const MAYBE_IN_TEXTS: [(&str, &str, usize); 13] = [
    ("يان", "", 3),
    ("اني", "", 4),
    ("ان", "", 4),
    ("ين", "", 4),
    ("ات", "", 3),
    ("شان", "", 4),
    ("تان", "", 4),
    ("مان", "", 4),
    ("يش", "", 4),
    ("اش", "", 4),
    ("ام", "", 4),
    ("ش", "", 4),
    ("م", "", 4),
];

/// The plural that a query may be of, where so much is left.
const MAYBE_IN_QUERIES: [(&str, &str, usize); 1] = [("ان", "", 4)];

/// Letters left of a word without a plural or what compares.
const MIN_LETTERS: usize = 2;
const MIN_LETTERS_COMPARED: usize = 3;

/// What `word`, which is folded, may be as stems, the likeliest first.
pub(super) fn stems(word: &str, asker: Asker) -> Vec<String> {
    let singular = without_any(word, &PLURALS, MIN_LETTERS);
    let noun = without_any(singular, &COMPARATIVES, MIN_LETTERS_COMPARED);
    let of_asker: &[(&str, &str, usize)] = match asker {
        Asker::Text => &MAYBE_IN_TEXTS,
        Asker::Query => &MAYBE_IN_QUERIES,
    };
    let maybe = MAYBE.iter().chain(of_asker).filter_map(|&(ending, instead, least)| {
        let rest = noun.strip_suffix(ending).filter(|rest| rest.chars().count() >= least)?;
        Some(format!("{rest}{instead}"))
    });
    std::iter::once(noun.to_owned()).chain(maybe).collect()
}

/// `word` without the first of `endings` that it has, if enough letters are left.
fn without_any<'w>(word: &'w str, endings: &[&str], least: usize) -> &'w str {
    let fits = |ending: &&str| word.strip_suffix(*ending).filter(|rest| rest.chars().count() >= least);
    endings.iter().find_map(fits).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use crate::analysis::fold;

    use super::*;

    /// Whether a query of the one word finds a text of the other.
    fn finds(query: &str, text: &str) -> bool {
        let [asked, texts] =
            [(query, Asker::Query), (text, Asker::Text)].map(|(word, asker)| stems(&fold(word), asker));
        asked.iter().any(|stem| texts.contains(stem))
    }

    #[test]
    fn forms_of_a_noun_meet() {
        for (query, text) in [
            ("کتاب", "کتابها"),
            ("تحریمهای", "تحریم"),
            ("ایران", "ایرانی"),
            ("نویسنده", "نویسندگان"),
            ("مذاکره", "مذاکرات"),
            ("کارگر", "کارگران"),
            ("کارگران", "کارگر"),
            ("بزرگ", "بزرگترین"),
            ("کشور", "کشورشان"),
        ] {
            assert!(finds(query, text), "{query} {text}");
        }
    }

    #[test]
    fn a_noun_keeps_its_own_letters() {
        for (query, text) in [
            ("رو", "روند"),
            ("بحر", "بحران"),
            ("پای", "پایان"),
            ("دف", "دفتر"),
            ("دول", "دولت"),
            ("تهر", "تهران"),
        ] {
            assert!(!finds(query, text), "{query} {text}");
        }
    }
}
