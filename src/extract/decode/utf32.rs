//! UTF-32 behind its byte-order mark. The standard of the web doesn't know it, but editors write it.

/// What a text begins with, and how its characters are read.
const MARKS: [([u8; BYTES], &str, Number); 2] = [
    ([0xff, 0xfe, 0, 0], "UTF-32LE", u32::from_le_bytes),
    ([0, 0, 0xfe, 0xff], "UTF-32BE", u32::from_be_bytes),
];

/// Bytes of a character.
const BYTES: usize = 4;

/// The number of a character by its bytes.
type Number = fn([u8; BYTES]) -> u32;

/// The text of `bytes`, the name of its encoding and whether some of them are no characters, if they begin with a mark
/// of UTF-32. That of UTF-16 begins alike, but no text in that has a null behind it.
pub(super) fn decode(bytes: &[u8]) -> Option<(String, &'static str, bool)> {
    let (mark, units) = bytes.split_first_chunk::<BYTES>()?;
    let (_, name, number) = MARKS.iter().find(|(known, ..)| known == mark)?;
    let (units, rest) = units.as_chunks::<BYTES>();
    let mut malformed = !rest.is_empty();
    let mut read = |unit: &[u8; BYTES]| {
        char::from_u32(number(*unit)).unwrap_or_else(|| {
            malformed = true;
            char::REPLACEMENT_CHARACTER
        })
    };
    let text = units.iter().map(&mut read).collect();
    Some((text, name, malformed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_behind_a_mark_is_read_in_either_order() {
        let text = "\u{feff}<p>Совет 🌊";
        let little: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        let big: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        assert_eq!(decode(&little), Some(("<p>Совет 🌊".to_owned(), "UTF-32LE", false)));
        assert_eq!(decode(&big), Some(("<p>Совет 🌊".to_owned(), "UTF-32BE", false)));
        let cut = decode(&[&little[..8], b"\xff\xff\xff\xff\0"].concat());
        assert_eq!(cut, Some(("<\u{fffd}".to_owned(), "UTF-32LE", true)));
        for other in [b"\xff\xfe<\0p\0".as_slice(), b"\xff\xfe", b"", b"\0\0\0\0"] {
            assert_eq!(decode(other), None, "{other:?}");
        }
    }
}
