//! How long a text is to its reader, in words of any script.

use super::spaced_runs;

/// Characters of a script without spaces that read as one word. Chinese words are mostly of two.
const UNSPACED_CHARS_PER_WORD: usize = 2;

/// The number of words of `text`, near enough to measure its length.
#[must_use]
pub fn word_count(text: &str) -> usize {
    spaced_runs(text).map(words_between_spaces).sum()
}

fn words_between_spaces(run: &str) -> usize {
    if run.is_ascii() {
        return usize::from(run.bytes().any(|b| b.is_ascii_alphanumeric()));
    }
    let unspaced = run.chars().filter(|&c| is_unspaced_script(c)).count();
    if unspaced == 0 {
        return usize::from(run.chars().any(char::is_alphanumeric));
    }
    unspaced.div_ceil(UNSPACED_CHARS_PER_WORD)
}

/// Whether words of the script of `c` stand without spaces between them.
#[must_use]
pub fn is_unspaced_script(c: char) -> bool {
    matches!(c,
        '\u{0e01}'..='\u{0eff}' // Thai, Lao
        | '\u{1000}'..='\u{109f}' // Burmese
        | '\u{1780}'..='\u{17ff}' // Khmer
        | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' // kana
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' // Han
        | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_in_every_script() {
        assert_eq!(word_count("It cost 4.5 per cent — no more."), 7);
        assert_eq!(word_count("经济制裁的效果。"), 4);
        assert_eq!(word_count("хлеб и соль"), 3);
        assert_eq!(word_count(" … "), 0);
    }
}
