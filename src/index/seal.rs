//! Seals: checksums of what Tantivy keeps none of, its list of segments, the text of a record and the list of long
//! words.
//!
//! A sealed list of segments is still the JSON that Tantivy reads: the seal is its first key. A sealed text ends in a
//! line of its own.

/// What a sealed object begins with.
const KEY: &[u8] = b"{\"ibid_seal\":\"";

/// What parts its seal from the rest of it.
const REST: &[u8] = b"\",";

/// Hexadecimal digits of an object's seal, all of BLAKE3.
const DIGITS: usize = 64;

/// Hexadecimal digits of a text's seal: enough to tell damage, which is what it is for.
pub(super) const TEXT_DIGITS: usize = 16;

/// What is known of an object that may be sealed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Opened {
    /// It is as it was sealed; this is what was sealed.
    Whole(Vec<u8>),
    /// It bears no seal.
    Unsealed(Vec<u8>),
    /// It isn't what was sealed.
    Broken,
}

/// The JSON object `json` with a seal.
pub(super) fn sealed(json: &[u8]) -> Vec<u8> {
    let Some(rest) = json.strip_prefix(b"{") else { return json.to_vec() };
    [KEY, blake3::hash(json).to_hex().as_bytes(), REST, rest].concat()
}

/// The object in `bytes`.
pub(super) fn opened(bytes: Vec<u8>) -> Opened {
    let Some(after) = bytes.strip_prefix(KEY) else { return Opened::Unsealed(bytes) };
    let Some((digits, rest)) = after.split_at_checked(DIGITS) else { return Opened::Broken };
    let Some(rest) = rest.strip_prefix(REST) else { return Opened::Broken };
    let json = [b"{", rest].concat();
    if blake3::hash(&json).to_hex().as_bytes() == digits { Opened::Whole(json) } else { Opened::Broken }
}

/// `text` with a seal.
pub(super) fn sealed_text(mut text: String) -> String {
    let seal = seal_of_text(&text);
    text.push('\n');
    text.push_str(&seal);
    text
}

/// What was sealed in `sealed`; none if it isn't as it was sealed.
pub(super) fn opened_text(sealed: &str) -> Option<&str> {
    let (text, seal) = sealed.rsplit_once('\n')?;
    (seal_of_text(text) == seal).then_some(text)
}

fn seal_of_text(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..TEXT_DIGITS].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_told_from_each_of_its_damaged_forms() {
        let json = b"{\n  \"segments\": [],\n  \"opstamp\": 12\n}\n";
        let whole = sealed(json);
        assert_eq!(opened(whole.clone()), Opened::Whole(json.to_vec()));
        assert!(serde_json::from_slice::<serde_json::Value>(&whole).is_ok());
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            assert!(!matches!(opened(damaged), Opened::Whole(_)), "byte {at}");
        }
        assert_eq!(opened(json.to_vec()), Opened::Unsealed(json.to_vec()));
    }

    #[test]
    fn a_record_is_told_from_each_of_its_damaged_forms() {
        let whole = sealed_text("{\"text\":\"a\\nb\"}".to_owned());
        assert_eq!(opened_text(&whole), Some("{\"text\":\"a\\nb\"}"));
        for at in 0..whole.len() {
            let mut damaged = whole.clone().into_bytes();
            damaged[at] ^= 1;
            assert_eq!(opened_text(std::str::from_utf8(&damaged).unwrap()), None, "byte {at}");
        }
    }
}
