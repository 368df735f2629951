//! Words so common that they tell nothing of what a text is about.

use std::collections::{BTreeMap, HashSet};
use std::sync::{LazyLock, OnceLock};

use super::fold::fold;
use super::words::each_word;
use crate::model::Language;

/// The stop words of a language, folded: NLTK's list, none for a language without one.
#[derive(Clone, Debug, Default)]
pub struct StopWords(HashSet<String>);

/// The lists by language, each read when it is first asked for: folding one takes longer than a query.
static LISTS: LazyLock<BTreeMap<&'static str, OnceLock<StopWords>>> =
    LazyLock::new(|| stop_words::available_languages().iter().map(|&code| (code, OnceLock::new())).collect());

/// The list of a language without one.
static NONE: LazyLock<StopWords> = LazyLock::new(StopWords::default);

impl StopWords {
    /// The stop words of `language`.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        match LISTS.get_key_value(language.code()) {
            Some((code, list)) => list.get_or_init(|| Self::read(code)),
            None => &NONE,
        }
    }

    /// Whether `folded`, a folded word, is a stop word of `language`, found without folding the whole list: for few
    /// words in many languages.
    #[must_use]
    pub fn lists(language: Language, folded: &str) -> bool {
        let listed = stop_words::lookup(language.code()).unwrap_or_default().iter();
        listed.filter(|listed| may_hold(listed, folded)).any(|listed| {
            let mut found = false;
            each_word(listed, |word| found |= word.span.of(listed).is_some_and(|word| fold(word) == folded));
            found
        })
    }

    /// Whether `folded`, a folded word, is one of them.
    #[must_use]
    pub fn contains(&self, folded: &str) -> bool {
        self.0.contains(folded)
    }

    fn read(code: &str) -> Self {
        let mut words = HashSet::new();
        for listed in stop_words::lookup(code).unwrap_or_default() {
            each_word(listed, |word| words.extend(word.span.of(listed).map(|w| fold(w).into_owned())));
        }
        Self(words)
    }
}

/// Whether `folded` may be a word of `listed`; mostly it isn't, and that is seen by the first letter.
fn may_hold(listed: &str, folded: &str) -> bool {
    let (Some(first), Some(wanted)) = (listed.chars().next(), folded.chars().next()) else { return false };
    let may_begin_so = match first {
        first if first.is_ascii() => first.eq_ignore_ascii_case(&wanted),
        // No letter behind the Latin ones folds to one of ASCII.
        first => first < '\u{250}' || !wanted.is_ascii(),
    };
    may_begin_so || listed.bytes().any(|b| b.is_ascii() && !b.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_and_pronouns_stop_and_subjects_do_not() {
        let english = StopWords::of(Language::ENGLISH);
        for word in ["the", "against", "what", "t", "their"] {
            assert!(english.contains(word), "{word}");
        }
        for word in ["un", "us", "war", "capacity"] {
            assert!(!english.contains(word), "{word}");
        }
        let french = StopWords::of("fr".parse().unwrap());
        assert!(french.contains("meme"), "accents are folded");
        assert!(!StopWords::of(Language::UNKNOWN).contains("the"));
    }

    #[test]
    fn a_list_holds_the_same_words_whether_it_was_read_or_not() {
        let languages = super::super::STEMMED.map(|code| Language::from_tag(code).unwrap());
        let read = |language, word| StopWords::of(language).contains(word);
        for &language in &languages {
            for word in &StopWords::of(language).0 {
                assert!(StopWords::lists(language, word), "{word} {}", language.code());
            }
            for word in ["the", "des", "meme", "t", "war", "на", "sanctions"] {
                assert_eq!(
                    read(language, word),
                    StopWords::lists(language, word),
                    "{word} {}",
                    language.code()
                );
            }
        }
    }

    #[test]
    fn stemmed_languages_have_a_list() {
        for code in super::super::STEMMED {
            assert!(!StopWords::of(code.parse().unwrap()).0.is_empty(), "{code}");
        }
    }
}
