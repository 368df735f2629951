//! What a word or phrase of a query looks for: sequences of tokens that stand side by side.

use super::analyzer::Analyzer;
use crate::text::{is_unspaced_letter, is_unspaced_script};

/// Tokens that have to stand side by side, in order. Never empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sequence {
    /// The folded words.
    pub exact: Vec<String>,
    /// Their stems, one a word.
    pub stems: Vec<String>,
}

/// Longest run without spaces, in characters, that is looked for as it stands: what is longer is
/// more than one word in a script such as Chinese.
const MAX_UNSPACED_WORD_CHARS: usize = 4;

/// The same of names in katakana, whose characters are syllables.
const MAX_KATAKANA_WORD_CHARS: usize = 8;

/// The same of Thai, Lao, Burmese and Khmer, whose characters are letters and their marks.
const MAX_LETTERS_OF_AN_UNSPACED_WORD: usize = 12;

/// Whether `text` is more than one word, in a script that parts no words.
fn is_unspaced_sentence(text: &str) -> bool {
    let (mut count, mut katakana, mut letters) = (0, 0, 0);
    for c in text.chars().filter(|&c| is_unspaced_script(c)) {
        count += 1;
        katakana += usize::from(matches!(c, '\u{30a0}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9f}'));
        letters += usize::from(is_unspaced_letter(c));
    }
    let longest = match count {
        _ if letters == count => MAX_LETTERS_OF_AN_UNSPACED_WORD,
        _ if katakana == count => MAX_KATAKANA_WORD_CHARS,
        _ => MAX_UNSPACED_WORD_CHARS,
    };
    count > longest
}

impl Analyzer {
    /// The sequences that the query word `text` looks for, such as one of two tokens for `ISIS-K`.
    ///
    /// A long run of a script without spaces is a sentence, and looks for each of its pairs of characters.
    #[must_use]
    pub fn word_sequences(&mut self, text: &str) -> Vec<Sequence> {
        match self.phrase_sequence(text) {
            Some(sequence) if is_unspaced_sentence(text) => sequence.into_singles(),
            whole => whole.into_iter().collect(),
        }
    }

    /// The sequence that the phrase `text` looks for; none if it holds no word.
    #[must_use]
    pub fn phrase_sequence(&mut self, text: &str) -> Option<Sequence> {
        let mut sequence = Sequence { exact: Vec::new(), stems: Vec::new() };
        self.each_token(text, |token| {
            sequence.exact.push(token.exact.to_owned());
            sequence.stems.push(token.stem.to_owned());
        });
        (!sequence.exact.is_empty()).then_some(sequence)
    }
}

impl Sequence {
    fn into_singles(self) -> Vec<Self> {
        let pairs = self.exact.into_iter().zip(self.stems);
        pairs.map(|(exact, stem)| Self { exact: vec![exact], stems: vec![stem] }).collect()
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
    fn a_chinese_word_is_one_sequence_and_a_sentence_many() {
        assert_eq!(stems("制裁"), [["制裁"]]);
        assert_eq!(stems("经济制裁"), [["经济", "济制", "制裁"]]);
        assert_eq!(stems("经济制裁的效果").len(), 6);
        assert_eq!(stems("ウクライナ").len(), 1);
        assert_eq!(stems("นโยบาย").len(), 1);
        assert!(stems("รัฐบาลประกาศนโยบายใหม่").len() > 1);
    }
}
