//! Folding: the form in which two spellings of a word are the same word to a searcher.
//!
//! Case, accents, ligatures, full width, Arabic and Persian letter variants, traditional Chinese. It loses what a
//! reader sees, so only terms are folded, never texts.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::simplified::simplified;
use super::words::{ARMENIAN_SIGNS, JOINERS};
use crate::text::digit;

/// `word` folded. Folding twice changes nothing.
#[must_use]
pub fn fold(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return if word.bytes().any(|b| b.is_ascii_uppercase()) {
            Cow::Owned(word.to_ascii_lowercase())
        } else {
            Cow::Borrowed(word)
        };
    }
    let mut out = String::with_capacity(word.len());
    // Taken apart first, since what a compatibility form stands for may be a capital (`ꟸ` for `Ħ`), and
    // again, since what is put in lower case may come with an accent.
    for c in word.nfkd().flat_map(char::to_lowercase).nfkd() {
        push_folded(c, &mut out);
    }
    // Composed again: Hangul falls apart into its letters otherwise.
    Cow::Owned(out.nfc().collect())
}

fn push_folded(c: char, out: &mut String) {
    match c {
        '\u{300}'..='\u{36f}' => {}             // combining accents
        '\u{2bb}' | '\u{2be}' | '\u{2bf}' => {} // hamza and ayn in Latin letters
        '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' | '\u{6d6}'..='\u{6ed}' => {} // Arabic vowel signs, tatweel
        '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}' => {} // Hebrew points
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
        c if JOINERS.contains(&c) || ARMENIAN_SIGNS.contains(&c) => {}
        c if is_variation_selector(c) => {}
        '\u{93c}' => {}                   // the nukta of Devanagari
        '\u{901}' => out.push('\u{902}'), // chandrabindu
        'क'..='भ' => push_devanagari(c, out),
        'ß' => out.push_str("ss"),
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        'þ' => out.push_str("th"),
        'ø' => out.push('o'),
        'đ' | 'ð' => out.push('d'),
        'ł' => out.push('l'),
        'ħ' => out.push('h'),
        'ı' => out.push('i'),
        'ς' => out.push('σ'),
        'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
        'ى' | 'ی' | 'ې' | 'ے' => out.push('ي'),
        'ک' | 'ڪ' => out.push('ك'),
        'ة' | 'ہ' | 'ھ' | 'ۀ' | 'ە' | 'ۃ' => out.push('ه'),
        'ؤ' => out.push('و'),
        'ئ' => out.push('ي'),
        '\u{3400}'..='\u{9fff}' => out.push(simplified(c)),
        c => out.push(digit(c).unwrap_or(c)),
    }
}

/// Adds a consonant of Devanagari. A nasal of its own class before it, with no vowel between, is as often spelt as a
/// dot over the letter before: `सम्बन्ध` is `संबंध`.
fn push_devanagari(c: char, out: &mut String) {
    /// Consonants of a class, which a nasal ends.
    const BEFORE_NASAL: u32 = 4;
    let nasal = out.strip_suffix('\u{94d}').and_then(|before| before.chars().next_back());
    if let Some(nasal @ ('ङ' | 'ञ' | 'ण' | 'न' | 'म')) = nasal
        && (nasal as u32 - BEFORE_NASAL..nasal as u32).contains(&(c as u32))
    {
        out.truncate(out.len() - nasal.len_utf8() - '\u{94d}'.len_utf8());
        out.push('\u{902}');
    }
    out.push(c);
}

/// Whether `c` says how the character before it looks, and nothing else.
pub(crate) fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether `c` is a digit of a script that has its own.
pub(super) fn is_digit(c: char) -> bool {
    digit(c).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_word_fold_alike() {
        for (a, b) in [
            ("Müller", "muller"),
            ("STRASSE", "straße"),
            ("ŁÓDŹ", "lodz"),
            ("ﬁnance", "finance"),
            ("ＷＴＯ", "wto"),
            ("क़ानून", "कानून"),
            ("अन्तर्राष्ट्रीय", "अंतर्राष्ट्रीय"),
            ("सम्बन्ध", "संबंध"),
            ("आँकड़े", "आंकडे"),
            ("ｶﾞｻﾞ", "ガザ"),
            ("葛\u{e0100}城", "葛城"),
            ("ایران", "إيران"),
            ("كتاب", "کِتاب"),
            ("۲۰۲۰", "2020"),
            ("२०२०", "2020"),
            ("๒๕๖๓", "2563"),
            ("໒໐໒໐", "2020"),
            ("၂၀၂၀", "2020"),
            ("២០២០", "2020"),
            ("⼀带⼀路", "一带一路"),
            ("經濟制裁", "经济制裁"),
            ("Daʿesh", "daesh"),
            ("Qurʾān", "quran"),
            ("שָׁלוֹם", "שלום"),
            ("Ёлка", "елка"),
            ("ինչպե՞ս", "ինչպես"),
            ("ΟΔΟΣ", "οδός"),
            ("cafe\u{301}", "café"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
        assert_eq!(fold("ꟸ"), fold("ħ"), "a small sign for a capital");
        assert_ne!(fold("un"), fold("in"));
        assert_eq!(fold("한국"), "한국");
        assert_eq!(fold("अन्य"), "अन्य");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(word in "\\PC{0,12}") {
            let once = fold(&word).into_owned();
            prop_assert_eq!(fold(&once).into_owned(), once);
        }
    }
}
