//! What a word or phrase of a query looks for: sequences of tokens that stand side by side.

use std::borrow::Cow;

use super::analyzer::{Analyzer, each_placed_word};
use super::number::other_spellings;
use super::pause::binds;
use super::runs::other_runs;
use super::writings::other_writings;
use crate::text::{clean, is_unspaced_sentence};

/// Tokens that have to stand side by side, in order. Only that of a pattern is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sequence {
    /// The folded words.
    pub exact: Vec<String>,
    /// Their stems, one a word.
    pub stems: Vec<String>,
    /// Which of them are one word.
    pub bonds: Bonds,
    /// What else the words may be as stems, each as good: those of `sécurité` without its accents, for texts in
    /// capitals; the noun that a stemmer takes for a verb; the digits of `1250000` in groups; `quran` for `Qur'an`.
    pub variants: Vec<Reading>,
}

/// One way to read a sequence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Reading<T = Vec<String>> {
    /// Tokens that have to stand side by side, in order.
    pub tokens: T,
    /// Which of them are one word.
    pub bonds: Bonds,
}

/// Between which tokens of a sequence, by the number of the first, there may be no pause: those of one word with signs
/// in it, as `fox` and `it` of `fox-it`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Bonds(u32);

impl Bonds {
    /// Between all of them.
    pub const ALL: Self = Self(u32::MAX);

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether there is one between the token of this `number`, from 0, and the next. Further ones than a number has
    /// bits are left alone.
    #[must_use]
    pub fn holds(self, number: u32) -> bool {
        number < u32::BITS && self.0 >> number & 1 == 1
    }

    fn bind(&mut self, number: usize) {
        self.0 |= u32::try_from(number).ok().and_then(|number| 1_u32.checked_shl(number)).unwrap_or(0);
    }
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
            Some(sequence) => {
                let spellings = other_spellings(text).into_iter().flatten();
                let numbers = spellings.map(|tokens| Reading { tokens, bonds: Bonds::ALL });
                let writings = other_writings(text).chain(other_runs(text));
                let written = writings.filter_map(|writing| self.phrase_sequence(&writing));
                let words = written.map(|written| Reading { tokens: written.stems, bonds: written.bonds });
                vec![sequence.or(numbers.chain(words))]
            }
            None => Vec::new(),
        }
    }

    /// The sequence that the phrase `text` looks for; none if it holds no word.
    #[must_use]
    pub fn phrase_sequence(&mut self, text: &str) -> Option<Sequence> {
        let text = &as_in_texts(text);
        let (mut exact, mut asked) = (Vec::new(), Vec::new());
        let (mut bonds, mut end) = (Bonds::default(), None);
        each_placed_word(text, |word| {
            // Pairs of characters overlap, and then nothing lies between.
            let between = end.replace(word.span.end).and_then(|end| text.get(end..word.span.start));
            if between.is_some_and(binds) {
                bonds.bind(exact.len() - 1);
            }
            asked.push(self.asked_stems(word));
            exact.push(self.terms_of(word).exact.to_owned());
        });
        let mut readings = readings_of(&asked).map(|tokens| Reading { tokens, bonds });
        let stems = readings.next()?.tokens;
        Some(Sequence { exact, stems, bonds, variants: readings.collect() })
    }
}

/// What words may be side by side, of which each is one of several stems, the likeliest first: all as their first, all
/// as their second, and so on. A word that has fewer stays what it is first.
fn readings_of(asked: &[Vec<String>]) -> impl Iterator<Item = Vec<String>> {
    let most = asked.iter().map(Vec::len).max().unwrap_or_default();
    let nth = |number: usize| move |stems: &Vec<String>| stems.get(number).or(stems.first()).cloned();
    (0..most).map(move |number| asked.iter().filter_map(nth(number)).collect())
}

/// `text` as it would stand in an article: whoever types `e\u{301}` means `é`.
fn as_in_texts(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(clean(text)) }
}

impl Reading {
    fn borrowed(&self) -> Reading<&[String]> {
        Reading { tokens: &self.tokens, bonds: self.bonds }
    }
}

impl Sequence {
    /// The stems, and what else they may be.
    pub fn readings(&self) -> impl Iterator<Item = Reading<&[String]>> {
        let stems = Reading { tokens: self.stems.as_slice(), bonds: self.bonds };
        std::iter::once(stems).chain(self.variants.iter().map(Reading::borrowed))
    }

    /// The same, which may also be any of `variants`.
    fn or(mut self, variants: impl Iterator<Item = Reading>) -> Self {
        let stems = &self.stems;
        self.variants.extend(variants.filter(|variant| variant.tokens != *stems));
        self
    }

    fn into_singles(self) -> Vec<Self> {
        let pairs = self.exact.into_iter().zip(self.stems);
        pairs.map(|(exact, stem)| Self { exact: vec![exact], stems: vec![stem], ..Self::default() }).collect()
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
    fn the_parts_of_a_word_are_bound() {
        let bonds = |text: &str| -> Vec<bool> {
            let sequence = Analyzer::new(Language::ENGLISH).phrase_sequence(text).unwrap();
            (0..sequence.exact.len() as u32 - 1).map(|number| sequence.bonds.holds(number)).collect()
        };
        assert_eq!(bonds("ISIS-K"), [true]);
        assert_eq!(bonds("A/RES/70/1"), [true; 3]);
        assert_eq!(bonds("the ISIS-K attack"), [false, true, false]);
        assert_eq!(bonds("fox,it"), [false], "whoever types it may mean two words");
        assert_eq!(bonds("经济制裁"), [false; 2]);
        assert!(Analyzer::new(Language::ENGLISH).word_sequences("1250000")[0].variants[0].bonds.holds(0));
        let long = Analyzer::new(Language::ENGLISH).phrase_sequence(&"a-".repeat(40)).unwrap();
        assert!(long.bonds.holds(31) && !long.bonds.holds(32));
    }

    #[test]
    fn a_word_with_accents_may_be_the_word_without_them() {
        let sequence = |language: &str, text: &str| -> Vec<Vec<String>> {
            let found = Analyzer::new(language.parse().unwrap()).word_sequences(text);
            found.iter().flat_map(Sequence::readings).map(|reading| reading.tokens.to_vec()).collect()
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
