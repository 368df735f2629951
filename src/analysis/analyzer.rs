//! [`Analyzer`]: text in, tokens out.

use super::forms::{asked_stems, make_terms};
use super::pause::has_pause;
use super::remembered::{OtherStems, RememberedWords, Terms};
use super::stemmer::WordStemmer;
use super::stream::StreamWriter;
use super::words::{Word, WordKind, each_word};
use crate::model::Language;
use crate::text::Span;

/// Longest word in bytes; what is longer is cut here, in texts and queries alike.
const MAX_WORD_BYTES: usize = 128;

/// Words whose terms are remembered: seven eighths of a power of two, which fill their table. A language's common words
/// are far fewer; what a hostile page adds is bounded by it.
const MAX_CACHED_WORDS: usize = 57_344;

/// Positions left free where a blank line parts two paragraphs, so that no phrase or pair of near
/// words reaches across.
pub const PARAGRAPH_GAP_POSITIONS: u32 = 16;

/// A word where it stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacedWord<'t> {
    /// The word as it is spelt, up to a bound of its length.
    pub spelt: &'t str,
    /// Where it stands.
    pub span: Span,
    /// Its place among the text's words, from 0. Paragraphs stand apart by a gap.
    pub position: u32,
    /// Whether a pause parts it from the word before.
    pub follows_pause: bool,
    pub(super) kind: WordKind,
}

/// One token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// Where its word stands in the text.
    pub span: Span,
    /// Its place among the text's tokens, from 0. Paragraphs stand apart by a gap.
    pub position: u32,
    /// The word, folded.
    pub exact: &'a str,
    /// Its stem, folded; the same as `exact` in a language without a stemmer.
    pub stem: &'a str,
    /// What else it may be as a stem: that of the folded word, since who types `securite` means `sécurité` and most
    /// stemmers go by accents; the noun that a stemmer took for a verb; what stands behind what may be a word written
    /// onto it.
    pub other_stems: OtherStems<'a>,
}

/// Makes tokens of texts in one language. It remembers the words that it has met, so one analyzer
/// should serve many texts.
pub struct Analyzer {
    language: Language,
    stemmer: Option<WordStemmer>,
    words: RememberedWords,
}

impl Analyzer {
    /// An analyzer of texts in `language`.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self { language, stemmer: WordStemmer::of(language), words: RememberedWords::default() }
    }

    /// The language it analyses.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// Words whose terms it remembers.
    #[must_use]
    pub fn remembered_words(&self) -> usize {
        self.words.len()
    }

    /// Whether all forms of a word that begins with a letter of ASCII, or a digit, begin with it too. In Dutch, the
    /// stem of a participle lacks its `ge`; Indonesian ones lack prefixes; the only letter of a Turkish one turns hard.
    #[must_use]
    pub fn keeps_first_letters(&self) -> bool {
        !matches!(self.language.code(), "nl" | "id" | "pl" | "tr")
    }

    /// What a query looks for by a word as stems, the likeliest first: texts have more of them.
    pub(super) fn asked_stems(&self, word: PlacedWord<'_>) -> Vec<String> {
        asked_stems(self.stemmer.as_ref(), word.spelt, word.kind)
    }

    /// Calls `found` for every token of `text`, in order.
    pub fn each_token(&mut self, text: &str, mut found: impl FnMut(Token<'_>)) {
        each_placed_word(text, |word| found(self.token_of(word)));
    }

    /// The words of `pieces`, which stand apart, as a stream; as many as there is room for.
    pub fn stream_of<'p>(&mut self, pieces: impl Iterator<Item = &'p str>) -> String {
        let mut stream = StreamWriter::default();
        for piece in pieces {
            if !stream.begins_piece() {
                break;
            }
            self.each_token(piece, |token| stream.push(token.exact));
        }
        stream.finish()
    }

    /// The token of a word.
    pub(super) fn token_of(&mut self, word: PlacedWord<'_>) -> Token<'_> {
        let Terms { exact, stem, other_stems } = self.terms_of(word);
        Token { span: word.span, position: word.position, exact, stem, other_stems }
    }

    /// The terms of a word.
    pub fn terms_of(&mut self, word: PlacedWord<'_>) -> Terms<'_> {
        if self.words.len() >= MAX_CACHED_WORDS {
            self.words.clear();
        }
        let stemmer = self.stemmer.as_ref();
        self.words.terms_of(word.spelt, || make_terms(stemmer, word.spelt, word.kind))
    }
}

/// Calls `found` for every word of `text`, in order.
pub(super) fn each_placed_word<'t>(text: &'t str, mut found: impl FnMut(PlacedWord<'t>)) {
    let mut position = 0;
    let mut previous_end = 0;
    each_word(text, |Word { span, kind }| {
        // Pairs of characters overlap, and then nothing lies between.
        let between = text.get(previous_end..span.start).unwrap_or_default();
        if between.len() > 1 && position > 0 && between.contains("\n\n") {
            position += PARAGRAPH_GAP_POSITIONS;
        }
        previous_end = span.end;
        let follows_pause = has_pause(between);
        found(PlacedWord { spelt: cut(&text[span.start..span.end]), span, position, follows_pause, kind });
        position += 1;
    });
}

fn cut(word: &str) -> &str {
    &word[..word.floor_char_boundary(MAX_WORD_BYTES)]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tokens(language: &str, text: &str) -> Vec<(u32, String, String)> {
        let mut all = Vec::new();
        let mut analyzer = Analyzer::new(language.parse().unwrap());
        analyzer.each_token(text, |t| all.push((t.position, t.exact.to_owned(), t.stem.to_owned())));
        all
    }

    #[test]
    fn tokens_carry_the_folded_word_and_its_stem() {
        let found = tokens("en", "The U.S. negotiators’ 1,000 Treaties");
        let stems: Vec<_> = found.iter().map(|(_, _, stem)| stem.as_str()).collect();
        assert_eq!(stems, ["the", "us", "negoti", "1000", "treati"]);
        assert_eq!(found[4], (4, "treaties".into(), "treati".into()));
    }

    #[test]
    fn paragraphs_stand_apart() {
        let positions: Vec<_> = tokens("en", "\n\none two\n\nthree\nfour").into_iter().map(|t| t.0).collect();
        assert_eq!(positions, [0, 1, 2 + PARAGRAPH_GAP_POSITIONS, 3 + PARAGRAPH_GAP_POSITIONS]);
    }

    #[test]
    fn stems_are_made_before_accents_go() {
        let stem = |text| tokens("fr", text).remove(0).2;
        assert_eq!(stem("organisées"), stem("organiser"));
    }

    #[test]
    fn a_word_with_accents_has_the_stem_of_the_word_without_them_too() {
        for (language, accented, plain) in
            [("fr", "sécurité", "securite"), ("pt", "informação", "informacao"), ("es", "energía", "energia")]
        {
            let stem = tokens(language, plain).remove(0).2;
            let mut has_stem = false;
            let mut analyzer = Analyzer::new(language.parse().unwrap());
            analyzer
                .each_token(accented, |token| has_stem = token.other_stems.iter().any(|other| other == stem));
            assert!(has_stem, "{accented}");
        }
        let mut english = Analyzer::new(Language::ENGLISH);
        english.each_token("Sanctions", |token| assert_eq!(token.other_stems.iter().count(), 0));
    }

    #[test]
    fn full_width_and_ligatures_make_no_other_stem() {
        for (language, spelt, plain) in [
            ("en", "ＳＡＮＣＴＩＯＮＳ", "sanctions"),
            ("en", "ﬂies", "flies"),
            ("en", "ＮＧＯｓ", "NGOs"),
            ("de", "ﬁnanziert", "finanziert"),
            ("fr", "ﬁnancées", "financées"),
        ] {
            assert_eq!(tokens(language, spelt)[0].2, tokens(language, plain)[0].2, "{spelt}");
        }
    }

    #[test]
    fn a_persian_noun_has_its_plural() {
        for (form, noun) in [
            ("کتاب\u{200c}ها", "کتاب"),
            ("برنامه\u{200c}هاي", "برنامه"),
            ("هسته\u{200c}ای", "هسته"),
            ("خانه\u{200c}ی", "خانه"),
        ] {
            assert_eq!(tokens("fa", form)[0].2, tokens("fa", noun)[0].2);
        }
        assert_eq!(tokens("fa", "می\u{200c}خواهد")[0].2, tokens("fa", "خواهد")[0].2);
        Analyzer::new("ps".parse().unwrap()).each_token("کتاب\u{200c}ها", |token| {
            assert!(token.other_stems.iter().eq([token.exact]));
        });
    }

    #[test]
    fn a_dotted_acronym_has_the_stem_of_its_letters() {
        for (language, dotted, plain) in [
            ("en", "O.S.C.E.", "OSCE"),
            ("en", "I.S.I.S.", "ISIS"),
            ("el", "Η.Π.Α.", "ΗΠΑ"),
            ("fr", "C.E.E.", "CEE"),
        ] {
            assert_eq!(tokens(language, dotted), tokens(language, plain));
        }
        assert_eq!(tokens("en", "1,000")[0].2, "1000");
    }

    #[test]
    fn acronyms_have_their_plural() {
        for plural in ["NGOs", "PMCs", "MPs", "UAVs"] {
            let stems: Vec<String> = tokens("en", &format!("{plural} {}", &plural[..plural.len() - 1]))
                .into_iter()
                .map(|(_, _, stem)| stem)
                .collect();
            assert_eq!(stems[0], stems[1], "{plural}");
        }
        assert_eq!(tokens("en", "Us gas")[0].2, "us");
        for (plural, stem) in [("16s", "16"), ("F16s", "f16"), ("MiG29s", "mig29"), ("1990s", "1990s")] {
            assert_eq!(tokens("en", plural)[0].2, stem);
        }
        // Who types it in small letters finds it too.
        Analyzer::new(Language::ENGLISH)
            .each_token("NGOs", |token| assert!(token.other_stems.iter().eq(["ngos"])));
    }

    #[test]
    fn the_only_letter_of_a_turkish_stem_turns_hard() {
        assert_eq!(tokens("tr", "bumu")[0].2, "p");
        assert!(!Analyzer::new("tr".parse().unwrap()).keeps_first_letters());
    }

    proptest! {
        #[test]
        fn tokens_keep_the_first_letters_of_their_words(text in "[A-Za-z0-9'.éßİŁ\u{301}-]{1,12}( [A-Za-z]{1,9}){0,3}") {
            for code in crate::analysis::STEMMED.into_iter().chain(["ps"]) {
                let mut analyzer = Analyzer::new(code.parse().unwrap());
                let keeps = analyzer.keeps_first_letters();
                analyzer.each_token(&text, |token| {
                    let word = &text[token.span.start..token.span.end];
                    let first = word.chars().next().filter(char::is_ascii).map(|c| c.to_ascii_lowercase());
                    for form in [token.exact, token.stem].into_iter().chain(token.other_stems.iter()) {
                        assert!(!keeps || first.is_none() || form.chars().next() == first, "{code}: {word} as {form}");
                    }
                });
            }
        }
    }

    #[test]
    fn a_language_without_a_stemmer_keeps_its_words() {
        assert_eq!(tokens("ps", "حکومت")[0].1, tokens("ps", "حکومت")[0].2);
    }

    #[test]
    fn very_long_words_are_cut_on_a_character() {
        let long = "é".repeat(1000);
        assert_eq!(tokens("und", &long)[0].1.len(), MAX_WORD_BYTES / 2);
    }
}
