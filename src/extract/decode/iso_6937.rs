//! [`decode`]: ISO 6937, of which T.61 is the older name: accents as bytes of their own, before the letter.
//!
//! The encoding standard doesn't know it. Library catalogues and teletext used it.

use unicode_normalization::char::compose;

/// The accents 0xC1 to 0xCF, in order, as combining characters; none where there is no accent.
const ACCENTS: [Option<char>; 15] = [
    Some('\u{300}'), // grave
    Some('\u{301}'), // acute
    Some('\u{302}'), // circumflex
    Some('\u{303}'), // tilde
    Some('\u{304}'), // macron
    Some('\u{306}'), // breve
    Some('\u{307}'), // dot above
    Some('\u{308}'), // diaeresis
    None,
    Some('\u{30a}'), // ring above
    Some('\u{327}'), // cedilla
    None,
    Some('\u{30b}'), // double acute
    Some('\u{328}'), // ogonek
    Some('\u{30c}'), // caron
];

/// Accented letters from which on a text is taken to be in it.
const FEWEST: usize = 3;

/// The text of `bytes` if all of them beyond ASCII are accents before letters that take them. No text in
/// another encoding is like that: there these bytes are capitals, or halves of characters.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    let mut out = String::with_capacity(bytes.len());
    let mut accented = 0;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii() {
            out.push(char::from(byte));
            at += 1;
            continue;
        }
        let accent = *ACCENTS.get(usize::from(byte.checked_sub(0xc1)?))?;
        // The last character may be cut.
        let Some(&letter) = bytes.get(at + 1) else { break };
        out.push(compose(char::from(letter), accent?)?);
        accented += 1;
        at += 2;
    }
    (accented >= FEWEST).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_before_letters_are_joined_to_them() {
        let text = decode(b"La rajtoj de \xc3ciuj homoj \xc3gis anka\xc6u hodia\xc6u \xc2e").unwrap();
        assert_eq!(text, "La rajtoj de ĉiuj homoj ĝis ankaŭ hodiaŭ é");
    }

    #[test]
    fn other_texts_are_left_alone() {
        assert!(decode("PÂTE ÀÉÎ".as_bytes()).is_none());
        assert!(decode(b"\xc0 la \xc9cole des \xcatres").is_none());
        assert!(decode(b"plain").is_none());
    }
}
