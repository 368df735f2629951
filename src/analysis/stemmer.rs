//! Which stemmer serves which language.

use std::borrow::Cow;

use frostem::{Algorithm, Stemmer};

use crate::model::Language;

/// The codes of the languages with a stemmer, sorted: those of Snowball that Tantivy ships too.
pub const STEMMED: [&str; 18] = [
    "ar", "da", "de", "el", "en", "es", "fi", "fr", "hu", "it", "nl", "no", "pt", "ro", "ru", "sv", "ta",
    "tr",
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

/// Reduces the words of a language to their stems.
pub(super) struct WordStemmer {
    snowball: Stemmer,
    prefixes: &'static [&'static str],
    /// An ending of plurals, and that of their singulars.
    plural: Option<(&'static str, &'static str)>,
    /// Letters that a stem has at least, unless its word is shorter.
    min_letters: usize,
    /// Whether a word may have another stem with its accents than without.
    goes_by_accents: bool,
    /// Whether `I` and `i` are capitals and small letters of their own: `ı` and `İ` are the others'.
    parts_dotted_i: bool,
}

/// The Arabic article with what is written onto it, longest first: Larkey, Ballesteros and Connell 2002, light10.
///
/// Snowball's stemmer takes endings off after some of them only, so that a noun and the same noun with its
/// article come to different stems.
const ARABIC_ARTICLES: [&str; 6] = ["وال", "بال", "كال", "فال", "ال", "لل"];

/// The feminine plural and singular. Without its article Snowball's stemmer takes a plural for a verb, and keeps half
/// of the ending.
const ARABIC_FEMININE: (&str, &str) = ("ات", "ة");

/// Letters that have to be left of an Arabic word: its roots have three, and what is shorter is a pronoun or a
/// preposition, as `هو` of `هوية`.
const MIN_ARABIC_LETTERS: usize = 3;

impl WordStemmer {
    /// The stemmer of `language`, if it has one.
    pub fn of(language: Language) -> Option<Self> {
        let snowball = snowball(language)?;
        let plain = Self {
            snowball,
            prefixes: &[],
            plural: None,
            min_letters: 0,
            goes_by_accents: true,
            parts_dotted_i: false,
        };
        Some(match language.code() {
            "ar" => Self {
                prefixes: &ARABIC_ARTICLES,
                plural: Some(ARABIC_FEMININE),
                min_letters: MIN_ARABIC_LETTERS,
                ..plain
            },
            // It takes `é` for a consonant, of which no ending is made.
            "en" => Self { goes_by_accents: false, ..plain },
            "tr" => Self { parts_dotted_i: true, ..plain },
            _ => plain,
        })
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

    /// The stem of `word`, which is in small letters.
    pub fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        let bare = self.prefixes.iter().find_map(|prefix| word.strip_prefix(prefix));
        let is_long_enough = |word: &str| word.chars().count() >= self.min_letters;
        let bare = bare.filter(|bare| is_long_enough(bare)).unwrap_or(word);
        let singular = self.plural.and_then(|(plural, singular)| {
            let root = bare.strip_suffix(plural).filter(|root| is_long_enough(root))?;
            Some(format!("{root}{singular}"))
        });
        let stem = match &singular {
            Some(singular) => Cow::Owned(self.snowball.stem(singular).into_owned()),
            None => self.snowball.stem(bare),
        };
        Some(stem).filter(|stem| is_long_enough(stem)).unwrap_or(Cow::Borrowed(bare))
    }
}

fn snowball(language: Language) -> Option<Stemmer> {
    let algorithm = match has_stemmer(language)? {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nl" => Algorithm::Dutch,
        "no" => Algorithm::Norwegian,
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
        assert_eq!(has_stemmer("ur".parse().unwrap()), None);
        assert_eq!(has_stemmer(Language::OTHER), None);
    }

    #[test]
    fn an_arabic_noun_has_one_stem_with_its_article_and_without() {
        let stemmer = WordStemmer::of("ar".parse().unwrap()).unwrap();
        for word in ["مياه", "حكومة", "ارهاب", "اتفاقيات", "تعاون", "عقوبات"]
        {
            for prefix in ["ال", "وال", "بال"] {
                let with_article = format!("{prefix}{word}");
                assert_eq!(stemmer.stem(&with_article), stemmer.stem(word), "{with_article}");
            }
        }
        assert_eq!(stemmer.stem("مياه"), stemmer.stem("للمياه"));
        assert_ne!(stemmer.stem("الله"), stemmer.stem("له"));
        assert_ne!(stemmer.stem("الهوية"), stemmer.stem("هو"));
    }

    #[test]
    fn an_arabic_feminine_noun_has_one_stem_with_its_plural() {
        let stemmer = WordStemmer::of("ar".parse().unwrap()).unwrap();
        for (singular, plural) in
            [("عقوبة", "عقوبات"), ("اتفاقية", "اتفاقيات"), ("مفاوضة", "مفاوضات"), ("سلطة", "سلطات")]
        {
            for form in [plural.to_owned(), format!("ال{plural}"), format!("ال{singular}")] {
                assert_eq!(stemmer.stem(&form), stemmer.stem(singular), "{form}");
            }
        }
        assert_ne!(stemmer.stem("بنات"), stemmer.stem("بنة"), "too short");
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
            [("ur", Language::OTHER), ("nb", "no".parse().unwrap()), ("en", Language::ENGLISH)]
        {
            let group = analysed_as(code.parse().unwrap());
            assert_eq!((group, analysed_as(group)), (stands, stands), "{code}");
        }
        assert_eq!(analysed_as(Language::UNKNOWN), Language::ENGLISH);
    }
}
