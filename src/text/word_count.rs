//! How long a text is to its reader, in words of any script.

/// Characters of a script without spaces that read as one word. Chinese words are mostly of two.
const UNSPACED_CHARS_PER_WORD: usize = 2;

/// The number of words of `text`, near enough to measure its length.
#[must_use]
pub fn word_count(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut count, mut at) = (0, 0);
    while at < bytes.len() {
        let start = at;
        let (mut has_word, mut is_ascii) = (false, true);
        while at < bytes.len() && !bytes[at].is_ascii_whitespace() {
            has_word |= bytes[at].is_ascii_alphanumeric();
            is_ascii &= bytes[at].is_ascii();
            at += 1;
        }
        count += if is_ascii {
            usize::from(has_word)
        } else {
            text[start..at].split_whitespace().map(words_between_spaces).sum()
        };
        at += 1;
    }
    count
}

fn words_between_spaces(run: &str) -> usize {
    let unspaced = run.chars().filter(|&c| is_unspaced_script(c)).count();
    if unspaced == 0 {
        return usize::from(run.chars().any(char::is_alphanumeric));
    }
    unspaced.div_ceil(UNSPACED_CHARS_PER_WORD)
}

/// Whether words of the script of `c` stand without spaces between them. Its digits make numbers, as any.
#[must_use]
pub fn is_unspaced_script(c: char) -> bool {
    matches!(c,
        '\u{0e01}'..='\u{0e4f}' | '\u{0e5a}'..='\u{0ecf}' | '\u{0eda}'..='\u{0eff}' // Thai, Lao
        | '\u{1000}'..='\u{103f}' | '\u{104a}'..='\u{108f}' | '\u{109a}'..='\u{109f}' // Burmese
        | '\u{1780}'..='\u{17df}' | '\u{17ea}'..='\u{17ff}' // Khmer
        | '\u{2f00}'..='\u{2fd5}' // radicals, which PDF files have for the Han characters that look like them
        | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' // kana
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' // Han
        | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{323af}')
}

/// Whether `c` is a letter or a mark of a script without spaces, and no syllable or word by itself: Thai, Lao, Burmese,
/// Khmer.
#[must_use]
pub fn is_unspaced_letter(c: char) -> bool {
    is_unspaced_script(c) && c < '\u{3000}'
}

/// Whether words of the script of `c` are found by pairs of characters: those without spaces, and Korean,
/// whose words carry their particles.
#[must_use]
pub fn is_found_in_pairs(c: char) -> bool {
    is_unspaced_script(c) || matches!(c, '\u{ac00}'..='\u{d7af}')
}

/// Longest run without spaces, in characters, that is one word; what is longer is more than one in a script such as
/// Chinese.
const MAX_UNSPACED_WORD_CHARS: usize = 4;

/// The same of names in katakana, whose characters are syllables.
const MAX_KATAKANA_WORD_CHARS: usize = 8;

/// The same of Thai, Lao, Burmese and Khmer, whose characters are letters and their marks.
const MAX_LETTERS_OF_AN_UNSPACED_WORD: usize = 12;

/// Whether `text` is more than one word, in a script that parts no words.
#[must_use]
pub fn is_unspaced_sentence(text: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn runs_are_told_by_bytes_as_by_characters(text in "[a1é济.\u{a0}\u{2003} \n\t]{0,30}|[^\u{b}]{0,20}") {
            let expected: usize = text.split_whitespace().map(words_between_spaces).sum();
            prop_assert_eq!(word_count(&text), expected);
        }
    }

    #[test]
    fn words_count_in_every_script() {
        assert_eq!(word_count("It cost 4.5 per cent — no more."), 7);
        assert_eq!(word_count("经济制裁的效果。"), 4);
        assert_eq!(word_count("хлеб и соль"), 3);
        assert_eq!(word_count(" … "), 0);
    }
}
