//! [`decode`]: UTF-7 (RFC 2152), in which some programs sent mail and no page is.

/// Bits of a digit of base64, and of a unit of UTF-16.
const DIGIT_BITS: u32 = 6;
const UNIT_BITS: u32 = 16;

/// The text of `bytes`. What is wrong in it becomes a replacement character.
pub(super) fn decode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&byte, behind)) = rest.split_first() {
        rest = match (byte, behind.first()) {
            (b'+', Some(b'-')) => {
                text.push('+');
                &behind[1..]
            }
            (b'+', _) => {
                let digits = behind.iter().map_while(|&byte| digit(byte));
                let count = digits.clone().count();
                text.extend(
                    char::decode_utf16(units(digits)).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)),
                );
                let behind = &behind[count..];
                // Whatever else ends it is text.
                behind.strip_prefix(b"-").unwrap_or(behind)
            }
            _ => {
                text.push(if byte.is_ascii() { char::from(byte) } else { char::REPLACEMENT_CHARACTER });
                behind
            }
        };
    }
    text
}

/// The units that the bits of `digits` make. What is left at their end fills them up.
fn units(digits: impl Iterator<Item = u32>) -> impl Iterator<Item = u16> {
    let (mut bits, mut count) = (0_u32, 0);
    digits.filter_map(move |digit| {
        bits = bits << DIGIT_BITS | digit;
        count += DIGIT_BITS;
        (count >= UNIT_BITS).then(|| {
            count -= UNIT_BITS;
            (bits >> count) as u16
        })
    })
}

fn digit(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_run_is_text_but_for_its_mark() {
        for (sent, text) in [
            ("caf+AOk- 5 +- 6", "café 5 + 6"),
            ("publi+AOk aujourd+IBk-hui +AKs un +ALs.", "publié aujourd’hui « un »."),
            ("+ZeVnLIqe-", "日本語"),
            ("+2D3eAA--", "😀-"),
            ("+2D0-", "\u{fffd}"),
            ("a +", "a "),
        ] {
            assert_eq!(decode(sent.as_bytes()), text);
        }
    }
}
