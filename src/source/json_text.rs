//! Reads JSON that some program wrote a little wrong, and says in plain words why it can't be read.

use serde::de::DeserializeOwned;
use serde_json::Value;

/// What stands in the place of half a character.
const REPLACEMENT: &[u8] = b"\\ufffd";

/// Bytes of an escape such as `\u00e9`.
const ESCAPE_BYTES: usize = 6;

/// The value in `json`. Of a surrogate pair, which two escapes make a character of, some programs write one half: that
/// is U+FFFD then.
///
/// # Errors
///
/// If it is no JSON, or none of this type.
pub(super) fn parsed<T: DeserializeOwned>(json: &[u8]) -> serde_json::Result<T> {
    serde_json::from_slice(json).or_else(|error| match without_halves(json) {
        Some(mended) => serde_json::from_slice(&mended),
        None => Err(error),
    })
}

/// `json` with U+FFFD for each half of a surrogate pair that lacks the other; none if none does.
fn without_halves(json: &[u8]) -> Option<Vec<u8>> {
    let mut mended = Vec::new();
    let (mut kept, mut at) = (0, 0);
    while let Some(found) = memchr::memchr(b'\\', &json[at..]) {
        let escape = at + found;
        let behind = json.get(escape + ESCAPE_BYTES..).unwrap_or_default();
        let bytes = match code_unit(&json[escape..]) {
            Some(0xd800..=0xdbff) if matches!(code_unit(behind), Some(0xdc00..=0xdfff)) => 2 * ESCAPE_BYTES,
            Some(0xd800..=0xdfff) => {
                mended.extend_from_slice(&json[kept..escape]);
                mended.extend_from_slice(REPLACEMENT);
                kept = escape + ESCAPE_BYTES;
                ESCAPE_BYTES
            }
            Some(_) => ESCAPE_BYTES,
            // Of another escape, such as `\\`, the second byte begins none.
            None => 2,
        };
        at = (escape + bytes).min(json.len());
    }
    mended.extend_from_slice(&json[kept..]);
    (kept > 0).then_some(mended)
}

/// The unit of UTF-16 that `text` begins with as an escape.
fn code_unit(text: &[u8]) -> Option<u16> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    let digits = std::str::from_utf8(digits).ok().filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
    u16::from_str_radix(digits, 16).ok()
}

/// Why `line`, which gave `error`, isn't an object whose fields called `texts` are texts.
pub(super) fn fault_in(line: &[u8], texts: &[&str], error: &serde_json::Error) -> String {
    match parsed::<Value>(line) {
        Err(error) if error.is_eof() => "the line ends within its JSON".to_owned(),
        Err(error) => {
            format!("no JSON from byte {} of the line on: {}", error.column(), without_place(&error))
        }
        Ok(Value::Object(fields)) => {
            let odd = texts.iter().find_map(|&name| {
                let value = fields.get(name).filter(|value| !value.is_string() && !value.is_null())?;
                Some(format!("`{name}` is {}, not a text", kind_of(value)))
            });
            odd.unwrap_or_else(|| without_place(error))
        }
        Ok(other) => format!("the line is {}, not an object", kind_of(&other)),
    }
}

/// What `error` says, without the place, which is told otherwise.
fn without_place(error: &serde_json::Error) -> String {
    let told = error.to_string();
    told.rsplit_once(" at line ").map_or(told.as_str(), |(message, _)| message).to_owned()
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_surrogate_pair_costs_itself_alone() {
        for (json, text) in [
            (r#""lone \ud800 x""#, "lone \u{fffd} x"),
            (r#""\udc80\udcff""#, "\u{fffd}\u{fffd}"),
            (r#""\uD83D\uDE00 \ud83d""#, "😀 \u{fffd}"),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
            (r#""\\ud800 \ud800""#, "\\ud800 \u{fffd}"),
            (r#""\u00e9""#, "é"),
        ] {
            assert_eq!(parsed::<String>(json.as_bytes()).unwrap(), text, "{json}");
        }
        for json in [r#""\ud8"#, r#""\"#, r#""\ud800"#, r#""\ud800\""#] {
            assert!(parsed::<String>(json.as_bytes()).unwrap_err().is_eof(), "{json}");
        }
    }

    #[test]
    fn faults_are_told_in_plain_words() {
        #[derive(Debug, serde::Deserialize)]
        struct Record {
            #[allow(dead_code, reason = "only that it is a text matters")]
            text: Option<String>,
        }
        for (line, fault) in [
            ("[1,2]", "the line is a list, not an object"),
            ("{\"text\": 1}", "`text` is a number, not a text"),
            ("{\"text\": {}}", "`text` is an object, not a text"),
            ("{\"text\": \"a\"", "the line ends within its JSON"),
            ("{\"text\" \"a\"}", "no JSON from byte 9 of the line on: expected `:`"),
            ("{\"text\": \"a\", \"text\": \"b\"}", "duplicate field `text`"),
        ] {
            let error = parsed::<Record>(line.as_bytes()).unwrap_err();
            assert_eq!(fault_in(line.as_bytes(), &["text"], &error), fault, "{line}");
        }
    }
}
