//! Which stemmer serves which language.

use frostem::{Algorithm, Stemmer};

use super::arabic;
use super::english;
use super::fold::fold;
use super::hebrew;
use super::inflection::{Inflection, inflection_of};
use super::light::{Light, light_stemmer};
use super::persian;
use crate::model::Language;

/// The codes of the languages with a stemmer, sorted: Snowball's, and a few of our own.
pub const STEMMED: [&str; 26] = [
    "ar", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "it", "nl", "no",
    "pl", "pt", "ro", "ru", "sv", "ta", "tr", "uk", "ur",
];

/// The code of `language` among [`STEMMED`], if it has a stemmer. Both Norwegian norms share one.
fn has_stemmer(language: Language) -> Option<&'static str> {
    let code = match language.code() {
        "nb" | "nn" => "no",
        code => code,
    };
    STEMMED.binary_search(&code).ok().map(|index| STEMMED[index])
}

/// The language that stands for all whose texts give the same tokens: itself if it has a stemmer,
/// [`Language::OTHER`] for those without.
///
/// A text in an unknown language is read as English, the likeliest: most often it is a title, too short to tell.
#[must_use]
pub fn analysed_as(language: Language) -> Language {
    if language == Language::UNKNOWN {
        return Language::ENGLISH;
    }
    has_stemmer(language).and_then(Language::from_tag).unwrap_or(Language::OTHER)
}

/// Who asks for the stems of a word: a text is found by all that it may mean, a query looks for what is likely meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asker {
    /// An article.
    Text,
    /// Whoever looks for one.
    Query,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// In small letters.
    Small,
    /// As names are.
    Name,
    /// In capitals, in which anything may be.
    Capitals,
}

impl Case {
    /// How `word` is written.
    pub fn of(word: &str) -> Self {
        match (word.starts_with(char::is_uppercase), word.contains(char::is_lowercase)) {
            (false, _) => Self::Small,
            (true, true) => Self::Name,
            (true, false) => Self::Capitals,
        }
    }
}

/// Reduces the words of a language to their stems.
pub(super) struct WordStemmer {
    way: Way,
    /// Whether a word may have another stem with its accents than without.
    goes_by_accents: bool,
    /// Whether `I` and `i` are capitals and small letters of their own: `ı` and `İ` are the others'.
    parts_dotted_i: bool,
}

/// How stems are made.
enum Way {
    /// With what mends it, if anything has to.
    Snowball(Stemmer, Option<&'static Inflection>),
    Light(&'static Light),
    Arabic,
    /// Snowball's, of words as American English spells them, in the singular.
    English(Stemmer),
    Hebrew,
    Persian,
}

impl WordStemmer {
    /// The stemmer of `language`, if it has one.
    pub fn of(language: Language) -> Option<Self> {
        let code = has_stemmer(language)?;
        let way = match code {
            "ar" => Way::Arabic,
            "en" => Way::English(snowball(code)?),
            "fa" => Way::Persian,
            "he" => Way::Hebrew,
            code => match light_stemmer(code) {
                Some(light) => Way::Light(light),
                None => Way::Snowball(snowball(code)?, inflection_of(code)),
            },
        };
        // English takes `é` for a consonant, of which no ending is made.
        Some(Self { way, goes_by_accents: code != "en", parts_dotted_i: code == "tr" })
    }

    /// Whether a word may have another stem with its accents than without. If not, it's made of the folded word.
    pub fn goes_by_accents(&self) -> bool {
        self.goes_by_accents
    }

    /// `word` in small letters, as its language writes them.
    pub fn lower(&self, word: &str) -> String {
        if self.parts_dotted_i && word.contains(['I', 'İ']) {
            word.replace('I', "ı").replace('İ', "i").to_lowercase()
        } else {
            word.to_lowercase()
        }
    }

    /// What `word`, which is in small letters, may be as stems, folded, the likeliest first; `case` is how it was
    /// written.
    pub fn stems(&self, word: &str, case: Case, asker: Asker) -> Vec<String> {
        match &self.way {
            Way::English(stemmer) => english::stems(word, |word| fold(&stemmer.stem(word)).into_owned()),
            Way::Snowball(stemmer, inflection) => {
                let stem = |word: &str| fold(&stemmer.stem(word)).into_owned();
                match inflection {
                    Some(inflection) => inflection.stems(word, case, asker, stem),
                    None => vec![stem(word)],
                }
            }
            Way::Light(light) => light.stems(&fold(word)),
            Way::Arabic => arabic::stems(word, asker),
            Way::Hebrew => hebrew::stems(word, asker),
            Way::Persian => persian::stems(&fold(word), asker),
        }
    }
}

fn snowball(code: &str) -> Option<Stemmer> {
    let algorithm = match code {
        "cs" => Algorithm::Czech,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hi" => Algorithm::Hindi,
        "hu" => Algorithm::Hungarian,
        "id" => Algorithm::Indonesian,
        "it" => Algorithm::Italian,
        "nl" => Algorithm::Dutch,
        "no" => Algorithm::Norwegian,
        "pl" => Algorithm::Polish,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    };
    Some(Stemmer::new(algorithm))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_language_has_its_stemmer() {
        assert!(STEMMED.is_sorted());
        for code in STEMMED {
            assert!(WordStemmer::of(code.parse().unwrap()).is_some(), "{code}");
        }
        assert_eq!(has_stemmer("nb".parse().unwrap()), Some("no"));
        assert_eq!(has_stemmer("ps".parse().unwrap()), None);
        assert_eq!(has_stemmer(Language::OTHER), None);
    }

    #[test]
    fn a_turkish_word_in_capitals_has_its_own_stem() {
        let turkish = WordStemmer::of("tr".parse().unwrap()).unwrap();
        for (capitals, small) in [("DIŞİŞLERİ", "dışişleri"), ("TÜRKİYE", "türkiye"), ("IRAK", "ırak")]
        {
            assert_eq!(turkish.lower(capitals), small);
        }
        assert_eq!(WordStemmer::of(Language::ENGLISH).unwrap().lower("IRAK"), "irak");
    }

    #[test]
    fn what_stands_for_others_stands_for_itself() {
        for (code, stands) in
            [("ps", Language::OTHER), ("nb", "no".parse().unwrap()), ("en", Language::ENGLISH)]
        {
            let group = analysed_as(code.parse().unwrap());
            assert_eq!((group, analysed_as(group)), (stands, stands), "{code}");
        }
        assert_eq!(analysed_as(Language::UNKNOWN), Language::ENGLISH);
    }
}
