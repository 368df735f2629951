//! [`repair`]: text that was encoded twice, made whole.
//!
//! Some systems take UTF-8 for windows-1252 and encode it again, so that `’` comes out as three other characters.
//! A run of such characters that gives back a valid sequence of UTF-8 is no chance once there are a few of them.
//! Others take windows-1252 for ISO 8859-1, which leaves controls where quotation marks were.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

/// Sequences that a page must hold for any to be repaired: one or two may be what its author writes about.
const FEWEST: usize = 3;

/// Bytes of the longest sequence of UTF-8.
const MAX_SEQUENCE: usize = 4;

/// `text` with its sequences of doubly encoded characters as the characters that were meant.
pub(super) fn repair(text: Cow<'_, str>) -> Cow<'_, str> {
    let found: Vec<Sequence> = Sequences { text: &text, at: 0 }.collect();
    let words = found.iter().filter(|sequence| sequence.may_be_word).count();
    let strange = found.len() - words;
    let twice = strange >= FEWEST && strange >= words;
    if !found.iter().any(|sequence| twice || sequence.has_control) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for sequence in found.iter().filter(|sequence| twice || sequence.has_control) {
        out.push_str(&text[copied..sequence.start]);
        out.push(sequence.meant);
        copied = sequence.end;
    }
    out.push_str(&text[copied..]);
    out.into()
}

/// Characters that stand for another.
struct Sequence {
    start: usize,
    end: usize,
    meant: char,
    /// Whether they may be letters of a word as well, as in Sámi `áššut`.
    may_be_word: bool,
    /// Whether one of them is a control, in whose place windows-1252 has a character: no text means that.
    has_control: bool,
}

/// The sequences of a text, in order.
struct Sequences<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Sequences<'_> {
    type Item = Sequence;

    fn next(&mut self) -> Option<Sequence> {
        // The first byte of a sequence, taken for a character, is from U+00C2 to U+00F4: two bytes, of which the
        // first is 0xC3. That of a control is 0xC2.
        loop {
            let rest = self.text.as_bytes().get(self.at..)?;
            let start = self.at + memchr::memchr2(0xc2, 0xc3, rest)?;
            self.at = start + 2;
            let text = &self.text[start..];
            if is_control(text) {
                if let Some(meant) = in_place_of(text) {
                    return Some(Sequence {
                        start,
                        end: self.at,
                        meant,
                        may_be_word: false,
                        has_control: true,
                    });
                }
            } else if let Some((length, meant)) = meant(text) {
                self.at = start + length;
                let has_control = text[..length].contains(char::is_control);
                let may_be_word = text[..length].chars().all(char::is_alphabetic) && !meant.is_ascii();
                return Some(Sequence { start, end: self.at, meant, may_be_word, has_control });
            }
        }
    }
}

fn is_control(text: &str) -> bool {
    matches!(text.as_bytes(), [0xc2, 0x80..=0x9f, ..])
}

/// The character of windows-1252 in place of the control that `text` begins with. U+0085 is a line end.
fn in_place_of(text: &str) -> Option<char> {
    let byte = *text.as_bytes().get(1)?;
    let decoded =
        WINDOWS_1252.decode_without_bom_handling_and_without_replacement(&[byte])?.chars().next()?;
    (byte != 0x85 && !decoded.is_control()).then_some(decoded)
}

/// The character that the first few of `text` mean together, and how many bytes they take.
fn meant(text: &str) -> Option<(usize, char)> {
    let mut bytes = [0; MAX_SEQUENCE];
    let mut length = 0;
    let mut needed = 1;
    for (at, c) in text.chars().take(MAX_SEQUENCE).enumerate() {
        let byte = as_byte(c)?;
        bytes[at] = byte;
        length += c.len_utf8();
        if at == 0 {
            needed = match byte {
                0xc2..=0xdf => 2,
                0xe0..=0xef => 3,
                0xf0..=0xf4 => 4,
                _ => return None,
            };
        }
        if at + 1 == needed {
            return Some((length, std::str::from_utf8(&bytes[..needed]).ok()?.chars().next()?));
        }
    }
    None
}

/// The byte that was taken for `c`.
fn as_byte(c: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(c) {
        return Some(byte);
    }
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    (!unmappable && bytes.len() == 1).then(|| bytes[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text` as it comes out when its bytes are taken for windows-1252.
    fn twice(text: &str) -> String {
        WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn what_was_encoded_twice_is_made_whole() {
        let text = "You’ve read “L’été à Genève” – haven’t you? 水";
        assert_eq!(repair(twice(text).into()), text);
        let mixed = format!("été, Ã, {}", twice(text));
        assert_eq!(repair(mixed.into()), format!("été, Ã, {text}"));
    }

    #[test]
    fn what_was_encoded_once_stays() {
        let sami = "Náššuvnnaid áššut, náššuvnnat ja áššit";
        assert_eq!(repair(sami.into()), sami);
        for text in ["São Tomé, Ação, À côté, Ângela", "the sign â€™ stands for an apostrophe", "水 и вода"]
        {
            assert_eq!(repair(text.into()), text);
        }
    }

    #[test]
    fn controls_stand_for_what_windows_has_in_their_place() {
        assert_eq!(repair("qui\u{92}ê \u{93}a\u{94}".into()), "qui’ê “a”");
        assert_eq!(repair("a\u{85}b\u{81}".into()), "a\u{85}b\u{81}");
        assert_eq!(repair("the sign â\u{80}\u{99}".into()), "the sign ’");
    }
}
