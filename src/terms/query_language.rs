//! Which language a query is in, as far as its words tell.

use super::{is_acronym, is_shouted, typed};
use crate::analysis::{STEMMED, StopWords, fold};
use crate::model::Language;
use crate::query::{Form, Leaf, Query};

/// Fewest stop words that tell the language of a query.
const MIN_STOP_WORDS_TO_TELL: usize = 2;

/// Fewest words and phrases of a query whose language can be told.
const MIN_WORDS_TO_TELL: usize = 4;

/// Least confidence of the detection: for queries in English it stays below 0.2 for any other language.
const MIN_CONFIDENCE: f64 = 0.5;

/// Words of English, no stop words, that are stop words elsewhere: of `die in war` all three are German, and none tells
/// German.
const ENGLISH_WORDS: [&str; 96] = [
    "ad", "ai", "also", "alta", "ante", "ate", "aura", "bade", "bar", "bare", "bin", "cam", "cat", "come",
    "con", "contra", "cum", "dan", "dar", "data", "die", "dig", "dog", "dos", "dove", "end", "era", "est",
    "face", "fie", "fora", "fosse", "fur", "ham", "han", "hans", "hat", "hay", "hem", "hun", "ill", "inca",
    "lo", "man", "mar", "meg", "men", "met", "mi", "min", "mina", "mine", "mint", "mis", "mod", "mot",
    "multi", "nada", "non", "ob", "ole", "pa", "par", "para", "pas", "pe", "per", "pic", "pot", "pour",
    "prima", "reeds", "sale", "se", "sea", "sean", "sedan", "sin", "sine", "sit", "son", "sub", "sue", "sur",
    "tale", "tau", "ti", "tie", "till", "ton", "tot", "un", "van", "want", "war", "wo",
];

/// The language that `query` is in, if that is sure and not English; unknown otherwise.
///
/// It has to be sure, since common words of one language are subjects in another: `war` is German, `era`
/// Italian, `sea` Spanish.
#[must_use]
pub fn language_told_by(query: &Query) -> Language {
    let leaves = typed(query);
    if let Some(language) = by_stop_words(&leaves) {
        return language;
    }
    if leaves.len() < MIN_WORDS_TO_TELL {
        return Language::UNKNOWN;
    }
    let text = leaves.iter().map(|leaf| leaf.text).collect::<Vec<_>>().join(" ");
    let detected = whatlang::detect(&text).filter(|found| found.confidence() >= MIN_CONFIDENCE);
    detected.and_then(|found| Language::from_iso_639_3(found.lang().code())).unwrap_or(Language::UNKNOWN)
}

/// The language that has more of a query's words for stop words than any other, if those are enough, and if English has
/// not all of them for words too.
fn by_stop_words(leaves: &[Leaf<'_>]) -> Option<Language> {
    let shouted = is_shouted(leaves);
    let words = leaves.iter().filter(|leaf| leaf.form == Form::Any && (shouted || !is_acronym(leaf.text)));
    let folded: Vec<String> =
        words.map(|leaf| fold(leaf.text.trim_matches(|c: char| !c.is_alphanumeric())).into_owned()).collect();
    if folded.len() < MIN_STOP_WORDS_TO_TELL {
        return None;
    }
    let of_language = |code: &str| -> Option<(usize, Language)> {
        let language = Language::from_tag(code)?;
        Some((StopWords::count_listed(language, &folded), language))
    };
    let mut counts: Vec<(usize, Language)> = STEMMED.into_iter().filter_map(of_language).collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    match counts.as_slice() {
        [(most, language), (next, _), ..] if *most >= MIN_STOP_WORDS_TO_TELL && most > next => {
            Some(*language)
                .filter(|&language| language == Language::ENGLISH || is_no_english(&folded, language))
        }
        _ => None,
    }
}

/// Whether one of `folded`, folded words, is a stop word of `language` and no word of English.
fn is_no_english(folded: &[String], language: Language) -> bool {
    let english = StopWords::of(Language::ENGLISH);
    let is_english = |word: &str| english.contains(word) || ENGLISH_WORDS.contains(&word);
    let others: Vec<String> = folded.iter().filter(|word| !is_english(word)).cloned().collect();
    StopWords::count_listed(language, &others) > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(query: &str) -> String {
        language_told_by(&crate::query::parse(query).unwrap().query.unwrap()).code().to_owned()
    }

    #[test]
    fn a_question_is_told_by_its_stop_words() {
        assert_eq!(language("what about \"COIN\""), "en");
        assert_eq!(language("les effets des sanctions"), "fr");
        for unknown in ["war crimes", "WHO reform", "era", "the treaty", "sanctions"] {
            assert_eq!(language(unknown), "und", "{unknown}");
        }
    }

    #[test]
    fn a_short_english_question_is_not_taken_for_german() {
        for query in [
            "children die in war",
            "soldiers who die in war",
            "Marines who die in war",
            "no war for men",
            "se asia sea trade",
            "men die at sea",
            "data sale per son",
        ] {
            assert!(["en", "und"].contains(&&*language(query)), "{query}: {}", language(query));
        }
    }

    #[test]
    fn a_short_german_question_is() {
        for (query, code) in [
            ("die Lage im Jemen", "de"),
            ("der Krieg in Syrien war lang", "de"),
            ("was ist die NATO", "de"),
            ("las sanciones de la era", "es"),
            ("kriget i Syrien och vapen", "sv"),
            ("oorlog en de vrede in het land", "nl"),
        ] {
            assert_eq!(language(query), code, "{query}");
        }
    }

    #[test]
    fn words_of_english_are_listed_where_they_are_stop_words_elsewhere() {
        let others = || STEMMED.into_iter().filter(|&code| code != "en").filter_map(Language::from_tag);
        let is_listed = |word: &str| {
            others().any(|language| StopWords::of(language).contains(word))
                && !StopWords::of(Language::ENGLISH).contains(word)
        };
        let wrong: Vec<&str> = ENGLISH_WORDS.into_iter().filter(|word| !is_listed(word)).collect();
        assert_eq!(wrong, [""; 0]);
    }
}
