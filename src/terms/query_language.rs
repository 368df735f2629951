//! Which language a query is in, as far as its words tell.

use super::{is_acronym, is_shouted, typed};
use whatlang::{Detector, Lang};

use crate::analysis::{STEMMED, StopWords, analysed_as, fold, is_english_too, language_told_by_words};
use crate::model::Language;
use crate::query::{Form, Leaf, Query};

/// Fewest stop words that tell the language of a query.
const MIN_STOP_WORDS_TO_TELL: usize = 2;

/// Fewest words and phrases of a query whose language can be told.
const MIN_WORDS_TO_TELL: usize = 4;

/// Least confidence of the detection: for queries in English it stays below 0.2 for any other language.
const MIN_CONFIDENCE: f64 = 0.5;

/// The language that `query` is in, if that is sure and not English; unknown otherwise.
///
/// It has to be sure, since common words of one language are subjects in another: `war` is German, `era`
/// Italian, `sea` Spanish.
#[must_use]
pub fn language_told_by(query: &Query, present: &[Language]) -> Language {
    let leaves = typed(query);
    let may_be_asked = |language: Language| {
        let language = analysed_as(language);
        present.is_empty() || language == Language::ENGLISH || present.contains(&language)
    };
    let found = StopWordsFound::in_query(&leaves);
    // Portuguese and Spanish share many: an archive of one of them is asked in that one.
    let of_all = found.language(|_| true);
    let of_index = || found.language(may_be_asked).filter(|&told| told != Language::ENGLISH);
    if let Some(language) = of_all.filter(|&told| may_be_asked(told)).or_else(of_index).or(of_all) {
        return language;
    }
    let text = leaves.iter().map(|leaf| leaf.text).collect::<Vec<_>>().join(" ");
    let told = language_told_by_words(&text, may_be_asked).filter(|&told| told != Language::ENGLISH);
    if let Some(language) = told {
        return language;
    }
    if let Some(language) = among(&text, present) {
        return language;
    }
    if leaves.len() < MIN_WORDS_TO_TELL {
        return Language::UNKNOWN;
    }
    let detected = whatlang::detect(&text).filter(|found| found.confidence() >= MIN_CONFIDENCE);
    detected.and_then(|found| Language::from_iso_639_3(found.lang().code())).unwrap_or(Language::UNKNOWN)
}

/// Fewest letters of a query whose language is told from English by statistics alone.
const MIN_LETTERS_TO_TELL: usize = 12;

/// The language of `languages` that `text` is in rather than in English or another of them, by statistics.
fn among(text: &str, languages: &[Language]) -> Option<Language> {
    if text.chars().filter(|c| c.is_alphabetic()).count() < MIN_LETTERS_TO_TELL {
        return None;
    }
    let language_of = |lang: Lang| Language::from_iso_639_3(lang.code()).map(analysed_as);
    let may_be = |lang: &Lang| {
        *lang == Lang::Eng
            || language_of(*lang)
                .is_some_and(|language| language != Language::OTHER && languages.contains(&language))
    };
    let detector = Detector::with_allowlist(Lang::all().iter().copied().filter(may_be).collect());
    let found = detector.detect(text).filter(|found| found.confidence() >= MIN_CONFIDENCE)?;
    let language = language_of(found.lang()).filter(|&language| language != Language::ENGLISH)?;
    let is_english_alone = |word: &str| {
        let word = fold(word);
        StopWords::of(Language::ENGLISH).contains(&word) && !StopWords::of(language).contains(&word)
    };
    let has_english = text.split(|c: char| !c.is_alphanumeric()).any(is_english_alone);
    (!has_english).then_some(language)
}

/// What words of a query are stop words.
struct StopWordsFound {
    /// The words, folded.
    words: Vec<String>,
    /// How many of them each language has for stop words, the most first.
    by_language: Vec<(usize, Language)>,
}

impl StopWordsFound {
    fn in_query(leaves: &[Leaf<'_>]) -> Self {
        let shouted = is_shouted(leaves);
        let words =
            leaves.iter().filter(|leaf| leaf.form == Form::Any && (shouted || !is_acronym(leaf.text)));
        let folded =
            |leaf: &Leaf<'_>| fold(leaf.text.trim_matches(|c: char| !c.is_alphanumeric())).into_owned();
        let words: Vec<String> = words.map(folded).collect();
        if words.len() < MIN_STOP_WORDS_TO_TELL {
            return Self { words, by_language: Vec::new() };
        }
        let languages = STEMMED.into_iter().filter_map(Language::from_tag);
        let count = |language| (StopWords::count_listed(language, &words), language);
        let mut by_language: Vec<(usize, Language)> = languages.map(count).collect();
        by_language.sort_unstable_by(|a, b| b.cmp(a));
        Self { words, by_language }
    }

    /// The one of the languages that `may_be` which has more of the words for stop words than any other, if those are
    /// enough, and if English has not all of them for words too.
    fn language(&self, may_be: impl Fn(Language) -> bool) -> Option<Language> {
        let mut counts = self.by_language.iter().filter(|&&(_, language)| may_be(language));
        let &(most, language) = counts.next().filter(|(most, _)| *most >= MIN_STOP_WORDS_TO_TELL)?;
        let is_alone = counts.next().is_none_or(|&(next, _)| most > next);
        let is_told = is_alone && (language == Language::ENGLISH || is_no_english(&self.words, language));
        is_told.then_some(language)
    }
}

/// Whether one of `folded`, folded words, is a stop word of `language` and no word of English.
fn is_no_english(folded: &[String], language: Language) -> bool {
    let english = StopWords::of(Language::ENGLISH);
    let is_english = |word: &str| english.contains(word) || is_english_too(word);
    let others: Vec<String> = folded.iter().filter(|word| !is_english(word)).cloned().collect();
    StopWords::count_listed(language, &others) > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(query: &str) -> String {
        language_told_by(&crate::query::parse(query).unwrap().query.unwrap(), &[]).code().to_owned()
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
    fn a_query_is_told_from_english_by_the_languages_of_the_index() {
        let in_index = |query: &str, codes: &[&str]| {
            let present: Vec<Language> = codes.iter().map(|code| code.parse().unwrap()).collect();
            let query = crate::query::parse(query).unwrap().query.unwrap();
            language_told_by(&query, &present).code().to_owned()
        };
        for (query, code) in [
            ("requisitos para ser presidente de Estados Unidos", "es"),
            ("precios de los medicamentos", "es"),
            ("Klimaschutz in Deutschland", "de"),
            ("свобода прессы", "ru"),
            ("svoboda tisku", "cs"),
        ] {
            assert_eq!(in_index(query, &["en", code]), code, "{query}");
        }
        for query in
            ["water supply of Los Angeles", "trade deal with Mexico", "El Salvador gangs", "Rio de Janeiro"]
        {
            for code in ["de", "es", "fr", "nl", "pt"] {
                assert!(["en", "und"].contains(&&*in_index(query, &["en", code])), "{query} {code}");
            }
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
}
