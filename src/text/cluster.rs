//! Where a text may be cut without tearing what a reader sees as one sign.
//!
//! The extended grapheme clusters of Unicode (UAX 29) as far as scripts without spaces and emoji need them, and what such
//! scripts write as signs of their own though they belong to a letter beside them.

use unicode_normalization::char::is_combining_mark;

/// Whether `before` and `next`, which stand side by side, belong together.
#[must_use]
pub fn are_one_sign(before: char, next: char) -> bool {
    is_combining_mark(next)
        || matches!(next,
            'ะ' | 'า' | 'ำ' | 'ๅ' | 'ๆ' | 'ฯ' | 'ະ' | 'າ' | 'ຳ' | 'ໆ' | 'ຯ' // behind a Thai or Lao letter
            | '\u{200c}' | '\u{200d}' | '\u{ff9e}' | '\u{ff9f}' | '\u{1f3fb}'..='\u{1f3ff}')
        // Vowels that Thai and Lao write before their letter, and what joins with the next one.
        || matches!(before, 'เ'..='ไ' | 'ເ'..='ໄ' | '\u{17d2}' | '\u{1039}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_vowels_belong_to_their_letters() {
        for (before, next) in [
            ('ท', 'ี'),
            ('ี', '่'),
            ('น', 'ำ'),
            ('เ', 'ท'),
            ('\u{17d2}', 'ព'),
            ('\u{1039}', 'က'),
            ('葛', '\u{e0100}'),
        ] {
            assert!(are_one_sign(before, next), "{before}{next}");
        }
        for (before, next) in [('ท', 'ย'), ('经', '济'), ('a', 'b'), ('ນ', 'ເ')] {
            assert!(!are_one_sign(before, next), "{before}{next}");
        }
    }
}
