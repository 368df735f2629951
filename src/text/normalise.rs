//! One form for every text: NFC, no control characters, plain white space.
//!
//! Folding for search (case, accents) is not here: it loses what a reader sees.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::{is_unspaced_letter, spaced_runs};

const ZERO_WIDTH_SPACE: char = '\u{200b}';

/// What programs leave in the place of a picture or another object.
const OBJECT_REPLACEMENT: char = '\u{fffc}';

/// `text` in NFC, with line ends as `\n`, other control characters dropped and no-break or exotic
/// spaces as spaces, and so what stands in the place of an object that is gone.
///
/// Soft hyphens, word joiners and byte order marks go too: they show nothing and split words. Joiners stay,
/// since Persian, Urdu and emoji mean something by them, and so does a zero width space behind a letter of Thai and its
/// like, which write it between words; elsewhere it is where a line may break.
#[must_use]
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let plain = rest.bytes().position(|byte| !is_plain(byte)).unwrap_or(rest.len());
        out.push_str(&rest[..plain]);
        let mut chars = rest[plain..].chars();
        let Some(c) = chars.next() else { break };
        rest = chars.as_str();
        match c {
            '\r' => {
                rest = rest.strip_prefix('\n').unwrap_or(rest);
                out.push('\n');
            }
            '\u{2028}' | '\u{2029}' | '\u{85}' => out.push('\n'),
            ZERO_WIDTH_SPACE if !out.ends_with(is_unspaced_letter) => {}
            '\u{ad}' | '\u{2060}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {}
            // Directional overrides reorder what a terminal or page shows around them.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() => {}
            c if c.is_whitespace() || c == OBJECT_REPLACEMENT => out.push(' '),
            c => out.push(c),
        }
    }
    // Nothing joins with ASCII but what stands behind it, so that this alone tells.
    match is_nfc_quick(out.chars().filter(|c| !c.is_ascii())) {
        IsNormalized::Yes => out,
        _ => out.nfc().collect(),
    }
}

/// `text` as one clean line; none if nothing is in it.
#[must_use]
pub fn one_line(text: &str) -> Option<String> {
    Some(collapse_whitespace(&clean(text))).filter(|line| !line.is_empty())
}

/// Whether a byte is a character that stays as it is, whatever stands beside it.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\n' | b'\t')
}

/// `text` with every run of white space as one space and none at the ends.
#[must_use]
pub fn collapse_whitespace(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in spaced_runs(text) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleaning_gives_nfc_without_controls() {
        assert_eq!(clean("caf\u{65}\u{301}"), "caf\u{e9}");
        assert_eq!(clean("a\r\nb\rc\u{2028}d"), "a\nb\nc\nd");
        assert_eq!(clean("x\u{1b}[31mred\u{0}\u{9b}"), "x[31mred");
        assert_eq!(clean("co\u{ad}operate\u{a0}now"), "cooperate now");
        assert_eq!(clean("a\u{202e}b\u{2066}c"), "abc");
        assert_eq!(one_line("\u{fffc}Wells\u{fffc}dry\u{fffc}").as_deref(), Some("Wells dry"));
        assert_eq!(clean("می\u{200c}خواهم"), "می\u{200c}خواهم");
    }

    #[test]
    fn a_zero_width_space_stays_where_it_parts_words() {
        assert_eq!(clean("data\u{200b}base"), "database");
        assert_eq!(clean("经济\u{200b}制裁"), "经济制裁");
        for parted in ["ไทย\u{200b}ลาว", "ខ្មែរ\u{200b}ថៃ", "မြန်မာ\u{200b}ထိုင်း"]
        {
            assert_eq!(clean(parted), parted);
        }
    }

    #[test]
    fn white_space_collapses() {
        assert_eq!(collapse_whitespace("  a \n\t b  "), "a b");
        assert_eq!(collapse_whitespace(" \n"), "");
        assert_eq!(one_line("a\u{ad}\u{a0}\n b ").as_deref(), Some("a b"));
        assert_eq!(one_line(" \u{feff}\n"), None);
    }
}
