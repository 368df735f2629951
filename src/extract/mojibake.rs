//! [`repair`]: text that was encoded twice, made whole.
//!
//! Some systems take UTF-8 for windows-1252 and encode it again, so that `’` comes out as three other characters.
//! A run of such characters that gives back a valid sequence of UTF-8 is no chance once there are a few of them.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

/// Sequences that a page must hold for any to be repaired: one or two may be what its author writes about.
const FEWEST: usize = 3;

/// Bytes of the longest sequence of UTF-8.
const MAX_SEQUENCE: usize = 4;

/// `text` with its sequences of doubly encoded characters as the characters that were meant.
pub(super) fn repair(text: Cow<'_, str>) -> Cow<'_, str> {
    let found: Vec<(usize, usize, char)> = Sequences { text: &text, at: 0 }.collect();
    if found.len() < FEWEST {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (start, end, meant) in found {
        out.push_str(&text[copied..start]);
        out.push(meant);
        copied = end;
    }
    out.push_str(&text[copied..]);
    out.into()
}

/// The doubly encoded characters of a text: where each stands, and what it means.
struct Sequences<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Sequences<'_> {
    type Item = (usize, usize, char);

    fn next(&mut self) -> Option<Self::Item> {
        // The first byte of a sequence, taken for a character, is from U+00C2 to U+00F4: two bytes, of which the
        // first is 0xC3.
        while let Some(found) = memchr::memchr(0xc3, self.text.as_bytes().get(self.at..)?) {
            let start = self.at + found;
            if let Some((length, meant)) = meant(&self.text[start..]) {
                self.at = start + length;
                return Some((start, self.at, meant));
            }
            self.at = start + 2;
        }
        None
    }
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
        for text in ["São Tomé, Ação, À côté, Ângela", "the sign â€™ stands for an apostrophe", "水 и вода"]
        {
            assert_eq!(repair(text.into()), text);
        }
    }
}
