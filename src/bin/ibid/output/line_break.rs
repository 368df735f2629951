//! Where lines may break that have no white space: in Chinese and Japanese.
//!
//! A few rules of Unicode's line breaking algorithm (UAX 14): those that a reader sees broken. Korean and other scripts
//! break at white space alone; where Thai words end only a dictionary tells.

use ibid::highlight::columns;
use ibid::text::{is_unspaced_letter, is_unspaced_script};

/// Characters that no line begins with, beside those of other scripts that take no column: stops, closing brackets and
/// quotes, signs of repetition, small kana, marks of kana and tones (classes CL, EX, IS, NS, CJ and CM).
const NEVER_FIRST: &str = "、。，．・：；？！）］｝〕〉》」』】〙〗〟’”»…‥ー々〻ゝゞヽヾぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ\
    \u{3099}\u{309a}\u{302a}\u{302b}\u{302c}\u{302d}％‰℃｡､｣･ｰｧｨｩｪｫｬｭｮｯﾞﾟ,.:;?!)]}%'\"";

/// Characters that no line ends with: opening brackets and quotes, signs of currency (classes OP and PR).
const NEVER_LAST: &str = "（［｛〔〈《「『【〘〖〝‘“«｢([{$£€￥¥";

/// Whether a line may end with `before` and the next begin with `after`, between which there is no white space.
pub fn may_break(before: char, after: char) -> bool {
    (is_of_han_or_kana(before) || is_of_han_or_kana(after))
        && !NEVER_LAST.contains(before)
        && !NEVER_FIRST.contains(after)
        && (is_of_han_or_kana(after) || columns(after.encode_utf8(&mut [0; 4])) > 0)
}

/// Whether `c` is a character of Chinese or Japanese, or their punctuation.
fn is_of_han_or_kana(c: char) -> bool {
    let is_punctuation = matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff65}');
    is_punctuation || is_unspaced_script(c) && !is_unspaced_letter(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_characters_and_not_within_words() {
        for (before, after) in [('经', '济'), ('。', '经'), ('す', 'A'), ('5', '年'), ('」', '「')] {
            assert!(may_break(before, after), "{before} {after}");
        }
        for (before, after) in [
            ('裁', '。'),
            ('「', '制'),
            ('カ', 'ッ'),
            ('a', 'b'),
            ('한', '국'),
            ('ก', 'ข'),
            ('制', '\u{fe00}'),
            ('か', '\u{3099}'),
        ] {
            assert!(!may_break(before, after), "{before} {after}");
        }
    }
}
