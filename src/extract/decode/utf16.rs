//! UTF-16 without a byte-order mark, told by its pattern.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// Bytes that are looked at.
const SAMPLE_BYTES: usize = 4 * 1024;

/// Pairs of bytes below which only the pattern of Latin letters tells.
const FEWEST_PAIRS: usize = 12;

/// Whether `bytes` are UTF-16, and in which order.
///
/// ASCII has a null byte a character, always on the same side. Beyond Latin script only spaces, line ends and
/// markup have; there the rest must make sense as UTF-16, and none as bytes.
pub(super) fn unmarked(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES) & !1];
    let pairs = sample.len() / 2;
    if pairs < 4 {
        return None;
    }
    let nulls = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (nulls(0), nulls(1));
    let (many, few, encoding) = if odd > even { (odd, even, UTF_16LE) } else { (even, odd, UTF_16BE) };
    let one_sided = few * 20 <= many;
    if one_sided && many * 10 >= pairs * 7 {
        return Some(encoding);
    }
    if many * 100 < pairs || reads_as_bytes(sample) {
        return None;
    }
    if one_sided && many * 5 >= pairs {
        return Some(encoding);
    }
    if pairs < FEWEST_PAIRS {
        return None;
    }
    let encoding = if kinds(sample, 0) < kinds(sample, 1) { UTF_16BE } else { UTF_16LE };
    reads_as_text(sample, encoding).then_some(encoding)
}

/// How many different bytes stand first or second in the pairs. The upper halves of a text's characters
/// differ less than the lower ones.
fn kinds(sample: &[u8], odd: usize) -> usize {
    let mut seen = [false; 256];
    sample.iter().skip(odd).step_by(2).for_each(|&byte| seen[usize::from(byte)] = true);
    seen.iter().filter(|seen| **seen).count()
}

/// The encoding of what begins with `bytes` and the length of its mark, if that is UTF-16.
pub(crate) fn of_head(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, mark),
        None => (unmarked(bytes)?, 0),
    };
    (encoding == UTF_16LE || encoding == UTF_16BE).then_some((encoding, mark))
}

/// The text of `bytes`, the first of a file, if they are UTF-16 with or without a mark.
pub(super) fn head(bytes: &[u8]) -> Option<String> {
    let (encoding, mark) = of_head(bytes)?;
    Some(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned())
}

/// Whether nearly all bytes that aren't null are those of ASCII text. In UTF-16 of other scripts at most every
/// second one is, or four in five of Japanese.
fn reads_as_bytes(sample: &[u8]) -> bool {
    let (mut printable, mut all) = (0, 0);
    for &byte in sample.iter().filter(|byte| **byte != 0) {
        all += 1;
        printable += usize::from(matches!(byte, b'\t' | b'\n' | b'\r' | 0x20..=0x7e));
    }
    printable * 16 > all * 15
}

/// Whether the units make whole characters, and no controls but line ends and tabs.
fn reads_as_text(sample: &[u8], encoding: &'static Encoding) -> bool {
    // The last unit may be half of a character.
    let (text, _) = encoding.decode_without_bom_handling(sample);
    let text = text.strip_suffix(char::REPLACEMENT_CHARACTER).unwrap_or(&text);
    let odd = |c: char| {
        c == char::REPLACEMENT_CHARACTER
            || c.is_control() && !c.is_whitespace()
            || ('\u{e000}'..='\u{f8ff}').contains(&c)
    };
    !text.contains(odd)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn as_utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    }

    #[test]
    fn plain_text_of_any_script_is_told() {
        for text in [
            "The commission met in spring.",
            "Комиссия рассмотрела весной четыре предложения и не приняла ни одного.",
            "委员会在春天开会,审议了四项提案,一项也没有采纳。\n一年后,同样的提案又回来了。",
            "委員会は春に四つの提案を検討したが、どれも採択しなかった。\nそのため井戸は掘られなかった。",
            "نظرت اللجنة في أربعة مقترحات ولم تعتمد أيا منها.",
        ] {
            assert_eq!(unmarked(&as_utf16(text, false)), Some(UTF_16LE), "{text}");
            assert_eq!(unmarked(&as_utf16(text, true)), Some(UTF_16BE), "{text}");
        }
    }

    #[test]
    fn other_bytes_are_not() {
        assert_eq!(unmarked(b"short"), None);
        assert_eq!(unmarked("plain text ".repeat(40).as_bytes()), None);
        assert_eq!(unmarked("委员会在春天开会。".as_bytes()), None);
        let strays =
            "a text with null bytes in it, here and there, as some old programs leave them\0 ".repeat(9);
        assert_eq!(unmarked(strays.as_bytes()), None);
        let often = "<p>a\0b\0 word".repeat(99);
        assert_eq!(unmarked(often.as_bytes()), None);
        let scattered = "<p>The \0commission \0met in \0spring</p>".repeat(9);
        assert_eq!(unmarked(scattered.as_bytes()), None);
        let binary: Vec<u8> =
            (0..4000_u32).map(|n| if n % 16 == 0 { 0 } else { (n * 7 % 251) as u8 }).collect();
        assert_eq!(unmarked(&binary), None);
    }
}
