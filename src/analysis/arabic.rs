//! Stems of Arabic: what may be written onto a word is taken off it, and it is found with that and without.
//!
//! `و`, `ف`, `ب`, `ل` and `ك` (`and`, `so`, `by`, `to`, `as`) are words of their own written onto the next, and the
//! first letters of many others: only a dictionary tells `بغداد` from `ب` and `غداد`. So a text has a word for all that
//! it may be, and a query looks for it as it is typed.

use super::fold::fold;
use super::stemmer::Asker;

/// Letters that have to be left of a word: roots have three, and what is shorter is a pronoun or a preposition, as `هو`
/// of `هوية`.
const MIN_LETTERS: usize = 3;

/// Letters that have to be left of a word that a query looks for without what may be written onto it. Of shorter ones
/// too many are other words: `جنة` of `لجنة`, `سيط` of `بسيط`.
const MIN_LETTERS_ASKED: usize = 4;

/// Endings, folded, with the fewest letters before them: Larkey, Ballesteros and Connell 2002, light10, which asks for
/// two. So many words are left by that of the dual that are no dual, `لبنان`, that it asks for more.
const ENDINGS: [(&str, usize); 8] =
    [("ها", 3), ("هم", 4), ("ات", 3), ("ون", 3), ("ين", 3), ("ان", 4), ("ه", 3), ("ي", 3)];

/// Possessive pronouns, folded, that stand behind nouns.
const PRONOUNS: [&str; 5] = ["هما", "هم", "ها", "نا", "ه"];

/// Common words, as stems, that begin with a letter that may be written onto one, and leave another word without it.
/// They are those of policy that are in most texts.
const WHOLE: [&str; 30] = [
    "بضائع",
    "بلاد",
    "بيان",
    "بيئ",
    "بطاق",
    "بقاء",
    "بني",
    "فائد",
    "فريق",
    "فساد",
    "فضاء",
    "فعال",
    "فقر",
    "فلاح",
    "فيضان",
    "كارث",
    "كبار",
    "كتائب",
    "كتاب",
    "كوارث",
    "كفاء",
    "لجن",
    "لاجي",
    "وثائق",
    "وزار",
    "وزير",
    "وسائل",
    "وكال",
    "ولاي",
    "ولاد",
];

/// What `word` may be as stems, folded, the likeliest first.
pub(super) fn stems(word: &str, asker: Asker) -> Vec<String> {
    let word = without_signs(word);
    let Bases { without_article, others } = Bases::of(&word);
    let mut stems: Vec<String> = without_article.iter().chain(&others).map(|base| stem_of(base)).collect();
    if asker == Asker::Query && without_article.is_empty() {
        let typed = stems.remove(0);
        stems.retain(|stem| stem.chars().count() >= MIN_LETTERS_ASKED);
        stems.insert(0, typed);
    }
    if asker == Asker::Text {
        let accusative = others.iter().filter_map(|base| without_accusative(base));
        stems.extend(accusative.map(stem_of).collect::<Vec<_>>());
    }
    stems
}

/// What may be left of a word without what is written onto it.
struct Bases<'w> {
    /// Behind an article.
    without_article: Vec<&'w str>,
    /// Without one: the word itself, and what is behind a letter or two. None where there is an article.
    others: Vec<&'w str>,
}

impl<'w> Bases<'w> {
    fn of(word: &'w str) -> Self {
        let behind = |words: &[&'w str], letters: &[char]| -> Vec<&'w str> {
            words.iter().filter(|word| !is_whole(word)).filter_map(|word| behind(word, letters)).collect()
        };
        let mut all = vec![word];
        all.extend(behind(&all, &['و', 'ف']));
        all.extend(behind(&all, &['ب', 'ل', 'ك']));
        let without_article: Vec<&str> = all.iter().filter_map(|word| behind_article(word)).collect();
        // Behind `لل` the first may be the whole article.
        let is_to_the = |word: &&str| word.starts_with("لل");
        if without_article.is_empty() {
            return Self { without_article, others: all };
        }
        let to_it =
            all.iter().filter(|word| is_to_the(word)).filter_map(|word| behind(&[*word], &['ل']).pop());
        let without_article = without_article.iter().copied().chain(to_it).collect();
        Self { without_article, others: Vec::new() }
    }
}

/// What stands in `word` behind one of `letters`, if enough is left.
fn behind<'w>(word: &'w str, letters: &[char]) -> Option<&'w str> {
    word.strip_prefix(letters).filter(|rest| is_long_enough(rest, MIN_LETTERS))
}

/// What stands in `word` behind the article, if enough is left.
fn behind_article(word: &str) -> Option<&str> {
    ["ال", "لل"]
        .iter()
        .find_map(|article| word.strip_prefix(article))
        .filter(|rest| is_long_enough(rest, MIN_LETTERS))
}

/// Whether `word` is known to have nothing written onto it.
fn is_whole(word: &str) -> bool {
    WHOLE.contains(&&*stem_of(word))
}

/// `word` without its ending of the accusative, as in `تحذيرا`. Those of countries are no such endings: `سوريا`.
fn without_accusative(word: &str) -> Option<&str> {
    let rest = word.strip_suffix('ا')?;
    (!rest.ends_with('ي') && is_long_enough(rest, MIN_LETTERS)).then_some(rest)
}

/// `word` without its endings, folded.
fn stem_of(word: &str) -> String {
    let mut stem = fold(word).into_owned();
    // Of `قوات` and `سنوات` the singular is `قوة` and not `قو`.
    if let Some(rest) = stem.strip_suffix("ات").filter(|rest| rest.chars().count() == 2) {
        return format!("{rest}ه");
    }
    if !word.ends_with('ة') {
        drop_pronoun(&mut stem);
    }
    while let Some(ending) = ending_of(&stem) {
        stem.truncate(stem.len() - ending.len());
    }
    stem
}

/// Takes a possessive pronoun off `stem`, before which the feminine ending is a `ت`: `حكومتهم` is `حكومة` and `هم`.
fn drop_pronoun(stem: &mut String) {
    let noun = PRONOUNS.iter().find_map(|pronoun| stem.strip_suffix(pronoun)?.strip_suffix('ت'));
    let noun = noun.filter(|noun| is_long_enough(noun, MIN_LETTERS) && !noun.ends_with('ا'));
    if let Some(length) = noun.map(str::len) {
        stem.truncate(length);
    }
}

/// The ending of `stem`, if it has one.
fn ending_of(stem: &str) -> Option<&'static str> {
    let is_left = |least| move |rest: &str| is_long_enough(rest, least);
    let found = ENDINGS.iter().find(|(ending, least)| stem.strip_suffix(ending).is_some_and(is_left(*least)));
    found.map(|(ending, _)| *ending)
}

/// `word` without vowel signs and what only stretches it; its letters are as they were, since no article has a hamza.
fn without_signs(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}')).collect()
}

fn is_long_enough(word: &str, least: usize) -> bool {
    word.chars().count() >= least
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(word: &str) -> Vec<String> {
        stems(word, Asker::Text)
    }

    /// Whether a query of the one word finds a text of the other.
    fn finds(query: &str, text: &str) -> bool {
        let asked = [query, &fold(query)].map(|query| stems(query, Asker::Query)).concat();
        asked.iter().any(|stem| texts(text).contains(stem) || texts(&fold(text)).contains(stem))
    }

    #[test]
    fn a_noun_has_one_stem_with_its_article_and_without() {
        for word in ["مياه", "حكومة", "ارهاب", "اتفاقيات", "تعاون", "عقوبات"]
        {
            for prefix in ["ال", "وال", "بال", "وبال"] {
                let with_article = format!("{prefix}{word}");
                assert_eq!(texts(&with_article)[0], texts(word)[0], "{with_article}");
            }
        }
        assert!(finds("مياه", "للمياه") && finds("للمياه", "مياه"));
        assert_ne!(texts("الله"), texts("له"));
        assert_ne!(texts("الهوية"), texts("هو"));
    }

    #[test]
    fn a_noun_is_found_behind_what_is_written_onto_it() {
        for (query, text) in [
            ("وزير", "بوزير"),
            ("وزير", "والوزير"),
            ("بغداد", "ببغداد"),
            ("فرنسا", "بفرنسا"),
            ("روسيا", "لروسيا"),
            ("لبنان", "للبنان"),
            ("لبنان", "ولبنان"),
            ("فلسطين", "وفلسطين"),
            ("عقوبات", "وبعقوبات"),
            ("بعقوبات", "العقوبات"),
            ("ألمانيا", "المانيا"),
            ("المانيا", "بألمانيا"),
            ("تحذير", "تحذيرا"),
        ] {
            assert!(finds(query, text), "{query} {text}");
        }
    }

    #[test]
    fn the_first_letters_of_a_noun_are_its_own() {
        for (query, text) in [
            ("لبنان", "لبن"),
            ("لبن", "لبنان"),
            ("وزير", "زير"),
            ("جنة", "لجنة"),
            ("لجنة", "جنة"),
            ("سور", "سوريا"),
        ] {
            assert!(!finds(query, text), "{query} {text}");
        }
    }

    #[test]
    fn a_feminine_noun_has_one_stem_with_its_plural() {
        for (singular, plural) in [
            ("عقوبة", "عقوبات"),
            ("اتفاقية", "اتفاقيات"),
            ("مفاوضة", "مفاوضات"),
            ("سلطة", "سلطات"),
            ("قوة", "قوات"),
            ("حكومة", "حكومتهم"),
            ("سلطة", "سلطتها"),
        ] {
            for form in [plural.to_owned(), format!("ال{plural}"), format!("ال{singular}")] {
                assert_eq!(texts(&form)[0], texts(singular)[0], "{form}");
            }
        }
    }
}
