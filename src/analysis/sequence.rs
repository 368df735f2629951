//! What a word or phrase of a query looks for: sequences of tokens that stand side by side.

use std::borrow::Cow;

use super::analyzer::Analyzer;
use super::number::other_spellings;
use crate::text::{clean, is_unspaced_sentence};

/// Tokens that have to stand side by side, in order. Only that of a pattern is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sequence {
    /// The folded words.
    pub exact: Vec<String>,
    /// Their stems, one a word.
    pub stems: Vec<String>,
    /// What else the words may be as stems, each as good: those of `sécurité` without its accents, for texts in capitals;
    /// the digits of `1250000` in groups.
    pub variants: Vec<Vec<String>>,
}

impl Analyzer {
    /// The sequences that the query word `text` looks for, such as one of two tokens for `ISIS-K`.
    ///
    /// A long run of a script without spaces is a sentence, and looks for each of its pairs of characters.
    #[must_use]
    pub fn word_sequences(&mut self, text: &str) -> Vec<Sequence> {
        let text = &as_in_texts(text);
        match self.phrase_sequence(text) {
            Some(sequence) if is_unspaced_sentence(text) => sequence.into_singles(),
            Some(sequence) => vec![sequence.or(other_spellings(text).into_iter().flatten())],
            None => Vec::new(),
        }
    }

    /// The sequence that the phrase `text` looks for; none if it holds no word.
    #[must_use]
    pub fn phrase_sequence(&mut self, text: &str) -> Option<Sequence> {
        let text = &as_in_texts(text);
        let (mut exact, mut stems, mut plain_stems) = (Vec::new(), Vec::new(), Vec::new());
        self.each_token(text, |token| {
            // A word in ASCII has a second stem as the plural of an acronym; texts with it have both.
            let has_accents = token.span.of(text).is_some_and(|word| !word.is_ascii());
            let plain = token.plain_stem.filter(|_| has_accents).unwrap_or(token.stem);
            exact.push(token.exact.to_owned());
            stems.push(token.stem.to_owned());
            plain_stems.push(plain.to_owned());
        });
        let variants = Some(plain_stems).filter(|plain| *plain != stems).into_iter().collect();
        (!exact.is_empty()).then_some(Sequence { exact, stems, variants })
    }
}

/// `text` as it would stand in an article: whoever types `e\u{301}` means `é`.
fn as_in_texts(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(clean(text)) }
}

impl Sequence {
    /// The stems, and what else they may be.
    pub fn readings(&self) -> impl Iterator<Item = &[String]> {
        std::iter::once(&self.stems).chain(&self.variants).map(Vec::as_slice)
    }

    /// The same, which may also be any of `variants`.
    fn or(mut self, variants: impl Iterator<Item = Vec<String>>) -> Self {
        let stems = &self.stems;
        self.variants.extend(variants.filter(|variant| variant != stems));
        self
    }

    fn into_singles(self) -> Vec<Self> {
        let pairs = self.exact.into_iter().zip(self.stems);
        pairs
            .map(|(exact, stem)| Self { exact: vec![exact], stems: vec![stem], variants: Vec::new() })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;

    fn stems(text: &str) -> Vec<Vec<String>> {
        Analyzer::new(Language::ENGLISH).word_sequences(text).into_iter().map(|s| s.stems).collect()
    }

    #[test]
    fn a_compound_word_is_one_sequence() {
        assert_eq!(stems("ISIS-K"), [["isi", "k"]]);
        assert_eq!(stems("treaties,"), [["treati"]]);
        assert_eq!(stems("—"), [[""; 0]; 0]);
    }

    #[test]
    fn a_word_with_accents_may_be_the_word_without_them() {
        let sequence = |language: &str, text: &str| -> Vec<Vec<String>> {
            let found = Analyzer::new(language.parse().unwrap()).word_sequences(text);
            found.iter().flat_map(Sequence::readings).map(<[String]>::to_vec).collect()
        };
        assert_eq!(
            sequence("fr", "conseil-de-sécurité"),
            [["conseil", "de", "secur"], ["conseil", "de", "securit"]]
        );
        assert_eq!(sequence("fr", "été"), [["ete"]]);
        assert_eq!(sequence("en", "attachés"), [["attach"]], "English stems don't go by accents");
        assert_eq!(sequence("en", "NGOs"), [["ngo"]]);
    }

    #[test]
    fn a_chinese_word_is_one_sequence_and_a_sentence_many() {
        assert_eq!(stems("制裁"), [["制裁"]]);
        assert_eq!(stems("经济制裁"), [["经济", "济制", "制裁"]]);
        assert_eq!(stems("经济制裁的效果").len(), 6);
        assert_eq!(stems("ウクライナ").len(), 1);
        assert_eq!(stems("นโยบาย").len(), 1);
        assert!(stems("รัฐบาลประกาศนโยบายใหม่").len() > 1);
    }

    #[test]
    fn a_decomposed_word_is_the_composed_one() {
        let mut french = Analyzer::new("fr".parse().unwrap());
        for (decomposed, composed) in [
            ("se\u{301}curite\u{301}", "sécurité"),
            ("カ\u{3099}サ\u{3099}", "ガザ"),
            ("\u{1112}\u{1162}\u{11a8}", "핵"),
            ("и\u{306}", "й"),
            ("da\u{ad}ta\u{2060}base", "database"),
        ] {
            assert_eq!(french.word_sequences(decomposed), french.word_sequences(composed), "{composed}");
        }
    }
}
