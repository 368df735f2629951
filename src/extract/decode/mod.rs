//! From bytes to text: which encoding, and what said so.
//!
//! The order is a byte-order mark, valid UTF-8, the charset that HTTP or the container names, the
//! page's own declaration, a guess. UTF-8 comes that early since a text that is valid UTF-8 by
//! chance is rare, and pages that declare a legacy encoding and are UTF-8 are not.

mod alphabets;
mod guess;
mod iso_6937;
mod seven_bit;
mod utf16;
mod utf32;

use std::borrow::Cow;

use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::ExtractError;
use crate::model::{Charset, CharsetSource, ReadAs};
pub(crate) use utf16::of_head as utf16_of_head;

/// Bytes at a page's head in which its declaration of an encoding is looked for. The HTML standard
/// asks for 1,024; real pages put scripts before it.
const DECLARATION_BYTES: usize = 16 * 1024;

/// Bytes looked at to tell binary data.
const SAMPLE_BYTES: usize = 4 * 1024;

/// Text, and how it was read.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub read_as: ReadAs,
    /// Whether some bytes were no text in that encoding.
    pub malformed: bool,
    /// Whether the encoding is a guess that the text fits badly.
    pub doubtful: bool,
}

/// `bytes` as text. `known` is what HTTP or the container say of their encoding; `markup` allows
/// declarations inside the bytes.
///
/// # Errors
///
/// [`ExtractError::Binary`] if they aren't text.
pub(crate) fn decode<'a>(
    bytes: &'a [u8],
    known: Option<&Charset>,
    markup: bool,
) -> Result<Decoded<'a>, ExtractError> {
    let named = match known {
        Some(Charset::Decoded(_)) if is_binary(bytes) => return Err(ExtractError::Binary),
        Some(&Charset::Decoded(read_as)) => {
            let text = String::from_utf8_lossy(bytes);
            return Ok(Decoded { text, read_as, malformed: false, doubtful: false });
        }
        Some(Charset::Named(name)) => Some(name.as_str()),
        None => None,
    };
    if let Some((text, name, malformed)) = utf32::decode(bytes) {
        let read_as = ReadAs { name, source: CharsetSource::ByteOrderMark };
        return Ok(Decoded { text: text.into(), read_as, malformed, doubtful: false });
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(read(&bytes[mark..], encoding, CharsetSource::ByteOrderMark));
    }
    if let Some(encoding) = utf16::unmarked(bytes) {
        return Ok(read(bytes, encoding, CharsetSource::Content));
    }
    // Before binary data is told: Korean in seven bits is full of controls.
    if let Some((text, name, malformed)) = seven_bit::decode(bytes, named) {
        let read_as = ReadAs { name, source: CharsetSource::Content };
        return Ok(Decoded { text: text.into(), read_as, malformed, doubtful: false });
    }
    if is_binary(bytes) {
        return Err(ExtractError::Binary);
    }
    if let Some(text) = whole_utf8(bytes) {
        let read_as = ReadAs { name: UTF_8.name(), source: CharsetSource::Content };
        return Ok(Decoded { text: text.into(), read_as, malformed: false, doubtful: false });
    }
    if let Some(encoding) = named.and_then(|name| usable(name.as_bytes())) {
        let decoded = read(bytes, encoding, CharsetSource::Container);
        if !decoded.malformed {
            return Ok(decoded);
        }
    }
    if markup && let Some(encoding) = declared(bytes) {
        let decoded = read(bytes, encoding, CharsetSource::Declaration);
        if !decoded.malformed {
            return Ok(decoded);
        }
    }
    Ok(best_effort(bytes, named, markup))
}

/// The text of `bytes`, the first of a file, if they are UTF-16 or UTF-32, whose characters are of several bytes each.
pub(crate) fn wide_head(bytes: &[u8]) -> Option<String> {
    utf32::decode(bytes).map(|(text, ..)| text).or_else(|| utf16::head(bytes))
}

/// The text of bytes that are valid in no encoding that was named: mostly UTF-8 with a few bad
/// bytes, or else what chardetng makes of it.
fn best_effort<'a>(bytes: &'a [u8], named: Option<&str>, markup: bool) -> Decoded<'a> {
    if mostly_utf8(bytes) {
        return read(bytes, UTF_8, CharsetSource::Content);
    }
    let named = named.and_then(|name| usable(name.as_bytes())).map(|e| (e, CharsetSource::Container));
    let declared = || declared(bytes).filter(|_| markup).map(|e| (e, CharsetSource::Declaration));
    match named.or_else(declared).filter(|&(encoding, _)| encoding != UTF_8) {
        Some((encoding, source)) => read(bytes, encoding, source),
        None => guessed(bytes),
    }
}

fn guessed(bytes: &[u8]) -> Decoded<'_> {
    let guess = guess::guess(bytes);
    let decoded = read(bytes, guess.encoding, CharsetSource::Guess);
    if guess.doubtful
        && let Some(text) = iso_6937::decode(bytes)
    {
        let read_as = ReadAs { name: "ISO-6937", ..decoded.read_as };
        return Decoded { text: text.into(), read_as, ..decoded };
    }
    Decoded { doubtful: guess.doubtful, ..decoded }
}

fn read<'a>(bytes: &'a [u8], encoding: &'static Encoding, source: CharsetSource) -> Decoded<'a> {
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, read_as: ReadAs { name: encoding.name(), source }, malformed, doubtful: false }
}

/// `bytes` as UTF-8, a character cut short at the very end forgiven; but if it is the only one beyond ASCII, it is more
/// likely a whole one of another encoding.
fn whole_utf8(bytes: &[u8]) -> Option<&str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() => {
            let whole = std::str::from_utf8(&bytes[..error.valid_up_to()]).ok();
            whole.filter(|text| !text.is_ascii())
        }
        Err(_) => None,
    }
}

/// Whether the bytes beyond ASCII nearly all form valid UTF-8: a page with a stray byte in it, or
/// one put together from parts in different encodings.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|&b| b >= 0xc0).count();
        bad += chunk.invalid().len();
    }
    good > 10 * bad
}

/// Whether these bytes are no text: more than a tenth of them are control characters that no
/// text has, or they begin as common binary formats do.
fn is_binary(bytes: &[u8]) -> bool {
    const MAGIC: [&[u8]; 7] =
        [b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"\xd0\xcf\x11\xe0"];
    if MAGIC.iter().any(|magic| bytes.starts_with(magic)) {
        return true;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    let odd = |&&b: &&u8| matches!(b, 0x01..=0x08 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f);
    sample.iter().filter(odd).count() * 10 > sample.len()
}

/// The encoding a page declares: `<meta charset>`, `http-equiv`, or the XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARATION_BYTES)];
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'<', &head[from..]) {
        let start = from + at;
        let end = memchr::memchr(b'>', &head[start..]).map_or(head.len(), |end| start + end);
        let tag = &head[start..end];
        from = start + 1;
        let label = if starts_ignoring_case(tag, b"<?xml") {
            label_after(tag, b"encoding")
        } else if starts_ignoring_case(tag, b"<meta") {
            label_after(tag, b"charset")
        } else {
            continue;
        };
        if let Some(encoding) = label.and_then(usable) {
            return Some(encoding);
        }
    }
    None
}

/// The value that stands behind `name` and `=` in `tag`.
fn label_after<'a>(tag: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let at = tag.windows(name.len()).position(|window| window.eq_ignore_ascii_case(name))?;
    let rest = tag[at + name.len()..].trim_ascii_start().strip_prefix(b"=")?;
    let rest = rest.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|b| b.is_ascii_whitespace() || b"\"';/>?".contains(b));
    Some(&rest[..end.unwrap_or(rest.len())])
}

fn starts_ignoring_case(tag: &[u8], name: &[u8]) -> bool {
    tag.len() >= name.len() && tag[..name.len()].eq_ignore_ascii_case(name)
}

/// The encoding of a label. A page whose ASCII could be read to find the label isn't UTF-16,
/// whatever it says (HTML standard, 13.2.3.2).
fn usable(label: &[u8]) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label)?;
    match encoding {
        e if e == UTF_16LE || e == UTF_16BE => Some(UTF_8),
        e if e == REPLACEMENT => None,
        e => Some(e),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn as_html(bytes: &[u8]) -> (String, &'static str, CharsetSource) {
        let Decoded { text, read_as, .. } = decode(bytes, None, true).unwrap();
        (text.into_owned(), read_as.name, read_as.source)
    }

    #[test]
    fn a_mark_beats_everything() {
        let (text, charset, source) = as_html(b"\xef\xbb\xbf<meta charset=latin1>\xc3\xa9");
        assert!(text.ends_with('é'));
        assert_eq!((charset, source), ("UTF-8", CharsetSource::ByteOrderMark));
    }

    #[test]
    fn valid_utf8_beats_a_legacy_declaration() {
        let (text, charset, source) = as_html("<meta charset=iso-8859-1><p>caf\u{e9}".as_bytes());
        assert!(text.ends_with("café"));
        assert_eq!((charset, source), ("UTF-8", CharsetSource::Content));
    }

    #[test]
    fn the_container_beats_the_declaration_and_it_the_guess() {
        let page = b"<meta charset=windows-1251><p>\xe9t\xe9";
        let named = Charset::Named("iso-8859-1".to_owned());
        let decoded = decode(page, Some(&named), true).unwrap();
        assert!(decoded.text.ends_with("été"));
        assert_eq!(decoded.read_as.source, CharsetSource::Container);
        assert_eq!(as_html(page).1, "windows-1251");
        assert_eq!(as_html(page).2, CharsetSource::Declaration);
    }

    #[test]
    fn declarations_of_all_three_kinds_count() {
        for head in [
            "<?xml version=\"1.0\" encoding=\"windows-1250\"?>",
            "<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=windows-1250'>",
            "<meta charset = windows-1250 >",
        ] {
            let mut page = head.as_bytes().to_vec();
            page.extend(b"\x9d");
            assert_eq!(as_html(&page).1, "windows-1250", "{head}");
        }
    }

    #[test]
    fn utf16_without_a_mark_is_seen() {
        let text = "<p>Ministère des Affaires étrangères</p>";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(as_html(&little).0, text);
        assert_eq!(as_html(&big).0, text);
    }

    #[test]
    fn what_was_decoded_before_says_what_it_was() {
        let read_as = ReadAs { name: "KOI8-R", source: CharsetSource::Declaration };
        let decoded = decode("вода".as_bytes(), Some(&Charset::Decoded(read_as)), true).unwrap();
        assert_eq!((decoded.text.as_ref(), decoded.read_as), ("вода", read_as));
    }

    #[test]
    fn a_guess_is_made_where_nothing_is_said() {
        let (bytes, _, _) = encoding_rs::EUC_KR.encode("이 문서는 한국어로 쓰여 있으며 아무 선언도 없다.");
        let (text, charset, source) = as_html(&bytes);
        assert!(text.starts_with("이 문서는"));
        assert_eq!((charset, source), ("EUC-KR", CharsetSource::Guess));
    }

    #[test]
    fn the_last_byte_of_a_text_is_read_as_it_is_declared() {
        let decoded = decode(b"un caf\xe9", Some(&Charset::Named("latin1".to_owned())), false).unwrap();
        assert_eq!(decoded.text, "un café");
        assert_eq!(as_html(b"L'\xc3\xa9t\xc3\xa9 au caf\xc3").0, "L'été au caf");
    }

    #[test]
    fn one_bad_byte_does_not_make_a_page_legacy() {
        let mut page = "Élysée, à côté, où l'été a déjà été mêlé à l'hiver".as_bytes().to_vec();
        page.push(0xff);
        page.push(b'.');
        assert_eq!(as_html(&page).1, "UTF-8");
    }

    #[test]
    fn binary_data_is_refused() {
        assert_eq!(decode(b"%PDF-1.7 ...", None, true).unwrap_err(), ExtractError::Binary);
        assert_eq!(decode(&[1, 2, 3, 4, 5, 6], None, false).unwrap_err(), ExtractError::Binary);
    }
}
