//! What is escaped as `%XX`, as in addresses and locators.

use std::fmt::Write as _;

/// The bytes of `text` with its `%XX` undone; what isn't followed by two digits stays.
#[must_use]
pub fn percent_decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        let digit = |at: usize| behind.get(at).and_then(|&digit| char::from(digit).to_digit(16));
        match (byte, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high << 4 | low) as u8);
                rest = &behind[2..];
            }
            _ => {
                bytes.push(byte);
                rest = behind;
            }
        }
    }
    bytes
}

/// Adds all of `bytes` to `out` as `%XX`.
pub fn push_percent_encoded(bytes: &[u8], out: &mut String) {
    for byte in bytes {
        // Writing to a string can't fail.
        let _ = write!(out, "%{byte:02X}");
    }
}

/// `text` with the bytes of each character that `is_coded` says so of as `%XX`.
#[must_use]
pub fn percent_encoded(text: &str, is_coded: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_coded(c) {
            push_percent_encoded(c.encode_utf8(&mut [0; 4]).as_bytes(), &mut out);
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_digits_behind_a_percent_sign_are_a_byte() {
        for (text, bytes) in [
            ("a%20b%C3%a9", "a bé".as_bytes()),
            ("%ff", b"\xff"),
            ("100%, %4 %+5 %zz %", b"100%, %4 %+5 %zz %"),
            ("é%25", "é%".as_bytes()),
        ] {
            assert_eq!(percent_decoded(text), bytes, "{text}");
        }
    }
}
