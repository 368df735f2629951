//! Words behind an elided one: `eau` of `l'eau`. Texts are cut at apostrophes anyway, so this is a matter of queries.

use super::fold::fold;
use crate::model::Language;

/// What is elided in front of a word, folded, by language: the lists of Lucene's analyzers.
const ELIDED: [(&str, &[&str]); 3] = [
    ("ca", &["d", "l", "m", "n", "s", "t"]),
    ("fr", &["c", "d", "j", "jusqu", "l", "lorsqu", "m", "n", "puisqu", "qu", "quoiqu", "s", "t"]),
    (
        "it",
        &[
            "agl", "all", "c", "coll", "d", "dagl", "dall", "degl", "dell", "gl", "l", "m", "negl", "nell",
            "pell", "s", "sugl", "sull", "t", "un", "v",
        ],
    ),
];

/// What stands in `word` behind a word that is elided in `language`; none if it begins with no such word.
#[must_use]
pub fn behind_elision(word: &str, language: Language) -> Option<&str> {
    let (_, elided) = ELIDED.iter().find(|(code, _)| *code == language.code())?;
    let (first, rest) = word.trim_start_matches(|c: char| !c.is_alphanumeric()).split_once(['\'', '’'])?;
    let is_possessive = matches!(rest.trim_end_matches(|c: char| !c.is_alphanumeric()), "s" | "S");
    let has_word = rest.starts_with(char::is_alphanumeric) && !is_possessive;
    (has_word && elided.contains(&&*fold(first))).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn behind<'w>(language: &str, word: &'w str) -> Option<&'w str> {
        behind_elision(word, language.parse().unwrap())
    }

    #[test]
    fn an_elided_word_is_told_from_the_one_behind_it() {
        assert_eq!(behind("fr", "L's,"), None);
        assert_eq!(behind("fr", "l'eau"), Some("eau"));
        assert_eq!(behind("fr", "(D’Afrique-Occidentale"), Some("Afrique-Occidentale"));
        assert_eq!(behind("it", "Dell'Unione"), Some("Unione"));
        assert_eq!(behind("ca", "l'aigua,"), Some("aigua,"));
    }

    #[test]
    fn other_apostrophes_part_no_elided_word() {
        for (language, word) in [
            ("fr", "aujourd'hui"),
            ("fr", "eau"),
            ("fr", "l'"),
            ("fr", "L's"),
            ("fr", "dell'Unione"),
            ("en", "d'Ivoire"),
        ] {
            assert_eq!(behind(language, word), None, "{word}");
        }
    }
}
