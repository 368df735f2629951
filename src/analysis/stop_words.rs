//! Words so common that they tell nothing of what a text is about.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, OnceLock};

use hashbrown::HashSet;

use super::fold::fold;
use super::function_words::{function_words, listed_languages};
use super::words::each_word;
use crate::model::Language;

/// The stop words of a language, folded: NLTK's list without what tells a subject, else our own of its function words;
/// none for a language without one.
#[derive(Clone, Debug, Default)]
pub struct StopWords(HashSet<Cow<'static, str>>);

/// Words on the lists that tell what a text is about, folded, by language. Those of Arabic are months, currencies,
/// days, words of grammar that are nouns too, directions; `würde` is dignity and `weg` a way, `estado` a state; those
/// of Indonesian are the half of `foreign`, `middle east`, `general election` and `capital`.
const SUBJECTS: [(&str, &[&str]); 5] = [
    (
        "ar",
        &[
            "ابريل",
            "اذار",
            "اربعاء",
            "اغسطس",
            "افريل",
            "اكتوبر",
            "الف",
            "اوت",
            "ايار",
            "ايلول",
            "تشرين",
            "تموز",
            "ثلاثاء",
            "جانفي",
            "جمعه",
            "جنيه",
            "جوان",
            "جويليه",
            "حزيران",
            "خميس",
            "درهم",
            "دولار",
            "ديسمبر",
            "دينار",
            "ذهب",
            "رزق",
            "ريال",
            "سبت",
            "سبتمبر",
            "شباط",
            "شرع",
            "شمال",
            "شيكل",
            "صباح",
            "علم",
            "فبراير",
            "فلس",
            "فيفري",
            "قرش",
            "كانون",
            "ليره",
            "مارس",
            "مايو",
            "مساء",
            "نوفمبر",
            "نيسان",
            "يمين",
            "ين",
            "يناير",
            "يوان",
            "يورو",
            "يوليو",
            "يونيو",
        ],
    ),
    ("de", &["wurde", "weg"]),
    ("es", &["estado", "estados", "sentido", "sentidos"]),
    ("hu", &["cikk", "cikkek", "cikkeket"]),
    (
        "id",
        &[
            "bekerja",
            "bulan",
            "depan",
            "hari",
            "ibu",
            "jawaban",
            "jumlah",
            "kasus",
            "keadaan",
            "luar",
            "masalah",
            "pertanyaan",
            "pihak",
            "soal",
            "tahun",
            "tempat",
            "tengah",
            "tinggi",
            "umum",
        ],
    ),
];

/// Halves of `don't` and `won't`, which alone are a name and a verb.
const HALVES: [&str; 2] = ["don", "won"];

/// Whether `word`, which is folded, is a stop word of English as a half of one alone.
#[must_use]
pub fn is_half_of_stop_word(word: &str) -> bool {
    HALVES.contains(&word)
}

/// Whether `word`, which is folded, is no stop word though the list of this language has it.
fn is_subject(code: &str, word: &str) -> bool {
    SUBJECTS.iter().any(|(of, words)| *of == code && words.contains(&word))
}

/// The list of a language.
#[derive(Default)]
struct List {
    /// Read when it is first asked for: folding one takes longer than a query.
    read: OnceLock<StopWords>,
    /// How often it was looked through without that.
    looked_through: AtomicUsize,
}

/// The lists by language.
static LISTS: LazyLock<BTreeMap<&'static str, List>> = LazyLock::new(|| {
    let listed = stop_words::available_languages().iter().copied().chain(listed_languages());
    listed.map(|code| (code, List::default())).collect()
});

/// Times that a list is looked through before it is read: whoever asks one query has its answer sooner so, and whoever
/// asks many has the others' sooner.
const LOOKS_BEFORE_READING: usize = 8;

/// The list of a language without one.
static NONE: LazyLock<StopWords> = LazyLock::new(StopWords::default);

impl StopWords {
    /// The stop words of `language`.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        match LISTS.get_key_value(language.code()) {
            Some((code, list)) => list.read.get_or_init(|| Self::read(code)),
            None => &NONE,
        }
    }

    /// Whether there is a list for `language`.
    #[must_use]
    pub fn has_list(language: Language) -> bool {
        LISTS.contains_key(language.code())
    }

    /// How many of `folded`, folded words, are stop words of `language`, found without folding the whole list: for few
    /// words in many languages.
    #[must_use]
    pub fn count_listed(language: Language, folded: &[String]) -> usize {
        Self::which_listed(language, folded).into_iter().filter(|&found| found).count()
    }

    /// Which of `folded`, folded words, are stop words of `language`, found in the same way.
    #[must_use]
    pub fn which_listed(language: Language, folded: &[String]) -> Vec<bool> {
        let Some(list) = LISTS.get(language.code()) else { return vec![false; folded.len()] };
        if list.looked_through.fetch_add(1, Ordering::Relaxed) >= LOOKS_BEFORE_READING {
            let read = Self::of(language);
            return folded.iter().map(|word| read.contains(word)).collect();
        }
        Self::looked_through(language, folded)
    }

    /// The same, without reading the whole list.
    fn looked_through(language: Language, folded: &[String]) -> Vec<bool> {
        let beginnings = Beginnings::of(folded);
        let mut found = vec![false; folded.len()];
        for listed in listed(language.code()).filter(|listed| beginnings.may_begin(listed)) {
            each_folded(listed, |word| {
                for (found, wanted) in found.iter_mut().zip(folded) {
                    *found |= *word == **wanted && !is_subject(language.code(), &word);
                }
            });
        }
        found
    }

    /// Whether `folded`, a folded word, is one of them.
    #[must_use]
    pub fn contains(&self, folded: &str) -> bool {
        self.0.contains(folded)
    }

    fn read(code: &str) -> Self {
        let mut words = HashSet::new();
        for listed in listed(code) {
            each_folded(listed, |word| {
                if !is_subject(code, &word) {
                    words.insert(word);
                }
            });
        }
        Self(words)
    }
}

/// The stop words of the language with this `code`, as they are listed.
fn listed(code: &str) -> impl Iterator<Item = &'static str> {
    stop_words::lookup(code).unwrap_or_default().iter().copied().chain(function_words(code))
}

/// Calls `found` with each word of `listed`, folded.
fn each_folded<'a>(listed: &'a str, mut found: impl FnMut(Cow<'a, str>)) {
    // Most are one word, folded already, and this is done for all lists for a query.
    if listed.bytes().all(|b| b.is_ascii_lowercase()) {
        return found(Cow::Borrowed(listed));
    }
    each_word(listed, |word| {
        if let Some(word) = word.span.of(listed) {
            found(fold(word));
        }
    });
}

/// What some words begin with: most others are told from them by that.
struct Beginnings {
    /// By the first letter, of those of ASCII: a bit for each second one, and one for what is none.
    second: [u32; 26],
    others: bool,
    /// Whether one of the words is so short that it may stand behind the apostrophe of a listed one.
    behind_apostrophe: bool,
}

/// Most letters of what stands behind an apostrophe: `re` of `you're`.
const MAX_LETTERS_BEHIND_APOSTROPHE: usize = 2;

/// The bit of what is no letter of ASCII.
const NO_LETTER: u32 = 1 << 26;

impl Beginnings {
    fn of(folded: &[String]) -> Self {
        let behind_apostrophe = folded.iter().any(|word| word.len() <= MAX_LETTERS_BEHIND_APOSTROPHE);
        let mut beginnings = Self { second: [0; 26], others: false, behind_apostrophe };
        for word in folded {
            match word.bytes().next().and_then(letter) {
                Some(first) => beginnings.second[first] |= bit_of_second(word),
                None => beginnings.others |= !word.is_empty() && !word.starts_with(|c: char| c.is_ascii()),
            }
        }
        beginnings
    }

    /// Whether `listed`, which may be several words, may hold one of the words.
    fn may_begin(&self, listed: &str) -> bool {
        let may_begin_so = match listed.chars().next() {
            Some(first) if first.is_ascii() => letter(first as u8).is_some_and(|first| {
                // A letter with an accent may fold to any.
                let bit = bit_of_second(listed);
                self.second[first] & bit != 0 || bit == NO_LETTER && self.second[first] != 0
            }),
            // No letter behind the Latin ones folds to one of ASCII.
            Some(first) => self.others || first < '\u{250}',
            None => false,
        };
        may_begin_so
            || listed.contains('-')
            || self.behind_apostrophe && listed.bytes().any(|b| b.is_ascii() && !b.is_ascii_alphabetic())
    }
}

/// Which letter of ASCII `byte` is, in either case.
fn letter(byte: u8) -> Option<usize> {
    byte.is_ascii_alphabetic().then(|| usize::from(byte.to_ascii_lowercase() - b'a'))
}

/// The bit of the second letter of `word`.
fn bit_of_second(word: &str) -> u32 {
    word.as_bytes().get(1).copied().and_then(letter).map_or(NO_LETTER, |second| 1 << second)
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
        let read = |language, word: &str| StopWords::of(language).contains(word);
        for &language in &languages {
            for word in &StopWords::of(language).0 {
                let found = StopWords::looked_through(language, &[word.to_string()]);
                assert_eq!(found, [true], "{word} {}", language.code());
            }
            let words = ["the", "des", "meme", "t", "war", "на", "sanctions"].map(str::to_owned);
            let found: Vec<bool> = words.iter().map(|word| read(language, word)).collect();
            assert_eq!(found, StopWords::looked_through(language, &words), "{}", language.code());
        }
    }

    #[test]
    fn stemmed_languages_have_a_list() {
        for code in super::super::STEMMED {
            assert!(!StopWords::of(code.parse().unwrap()).0.is_empty(), "{code}");
        }
    }

    #[test]
    fn subjects_are_no_stop_words() {
        for (code, words) in SUBJECTS {
            let list = StopWords::of(code.parse().unwrap());
            for word in words {
                assert!(!list.contains(word), "{code} {word}");
                assert_eq!(fold(word), *word);
                let on_list = stop_words::lookup(code).unwrap_or_default().iter();
                assert!(on_list.clone().any(|listed| fold(listed) == *word), "{code} {word}");
            }
        }
        assert!(StopWords::of("es".parse().unwrap()).contains("este"));
    }
}
