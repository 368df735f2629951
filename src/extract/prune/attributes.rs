//! Which attributes of a start tag stay, and where a tag ends.

use super::names::{self, Kind, Name};

/// Bytes of an attribute's value that are kept. Class lists and addresses are shorter; descriptions
/// in `<meta>` have their own limit.
const MAX_VALUE_BYTES: usize = 1024;

/// Bytes of a `<meta>` element's value that are kept.
const MAX_META_BYTES: usize = 4 * 1024;

/// What was found in a start tag.
#[derive(Clone, Copy, Debug)]
pub(super) struct StartTag {
    /// Past its `>`.
    pub end: usize,
    /// Whether it is a script of type JSON-LD.
    pub json_ld: bool,
    /// Whether the element can matter: a `<link>` that names no relation that is read can't.
    pub worthwhile: bool,
}

/// An attribute as it stands in the page: byte offsets.
pub(in crate::extract) struct Attribute {
    pub name: (usize, usize),
    /// Without quotes.
    pub value: (usize, usize),
    /// Past the closing quote.
    pub end: usize,
}

/// Copies the attributes worth keeping of the start tag of `name`, from its name's end at `from`.
/// None if the page ends inside of the tag.
pub(super) fn copy(page: &str, from: usize, name: Name, out: &mut String) -> Option<StartTag> {
    let bytes = page.as_bytes();
    let mut tag = StartTag { end: from, json_ld: false, worthwhile: name != names::LINK };
    let bare = name.kind() == Kind::Formatting && name != names::A;
    let mut kept = 0_u32;
    let mut hidden = false;
    loop {
        tag.end = skip_gap(bytes, tag.end);
        if *bytes.get(tag.end)? == b'>' {
            tag.end += 1;
            break;
        }
        let attribute = read(bytes, tag.end)?;
        tag.end = attribute.end;
        let value = &page[attribute.value.0..attribute.value.1];
        let label = &bytes[attribute.name.0..attribute.name.1];
        if bare || label.len() > 10 {
            continue;
        }
        let Some(bit) = known(label, name) else { continue };
        if bit == STYLE {
            hidden |= hides(value);
            continue;
        }
        if name == names::SCRIPT {
            tag.json_ld |= is_json_ld(value);
        }
        if name == names::LINK && bit == REL {
            tag.worthwhile |= value.trim().eq_ignore_ascii_case("canonical");
        }
        if kept & bit == 0 && !(bit == HIDDEN && value.eq_ignore_ascii_case("until-found")) {
            kept |= bit;
            hidden &= bit != HIDDEN;
            push(page, &attribute, name, out);
        }
    }
    if hidden && kept & HIDDEN == 0 {
        out.push_str(" hidden");
    }
    Some(tag)
}

fn is_json_ld(value: &str) -> bool {
    value.trim_start().get(..19).is_some_and(|head| head.eq_ignore_ascii_case("application/ld+json"))
}

fn push(page: &str, attribute: &Attribute, name: Name, out: &mut String) {
    let (start, end) = attribute.value;
    let limit = if name == names::META { MAX_META_BYTES } else { MAX_VALUE_BYTES };
    out.push(' ');
    if end - start <= limit {
        out.push_str(&page[attribute.name.0..attribute.end]);
        return;
    }
    let cut = page.floor_char_boundary(start + limit);
    let quote = if page.as_bytes()[start - 1] == b'\'' { '\'' } else { '"' };
    out.push_str(&page[attribute.name.0..attribute.name.1]);
    out.push('=');
    out.push(quote);
    out.extend(page[start..cut].chars().filter(|&c| c != quote));
    out.push(quote);
}

const STYLE: u32 = 1;
const HIDDEN: u32 = 1 << 1;
const REL: u32 = 1 << 2;

/// The bit of an attribute that some step reads, on elements of `name`.
fn known(label: &[u8], name: Name) -> Option<u32> {
    let is = |word: &str| label.eq_ignore_ascii_case(word.as_bytes());
    let bit = match label.len() {
        2 if is("id") => 3,
        3 if is("rel") => return Some(REL),
        4 if is("href") => 4,
        4 if is("role") => 5,
        4 if is("lang") => 6,
        4 if is("name") && name != names::FORM => 7,
        4 if is("type") && name == names::SCRIPT => 8,
        4 if is("open") => 9,
        5 if is("class") => 10,
        5 if is("style") => return Some(STYLE),
        6 if is("hidden") => return Some(HIDDEN),
        7 if is("content") => 11,
        8 if is("property") => 12,
        8 if is("itemprop") => 13,
        8 if is("datetime") => 14,
        8 if is("xml:lang") => 15,
        8 if is("itemtype") => 16,
        10 if is("http-equiv") && name == names::META => 17,
        _ => return None,
    };
    Some(1 << bit)
}

/// Whether an inline style takes the element off the page.
fn hides(style: &str) -> bool {
    let bytes = style.as_bytes();
    let hidden_by = |property: &[u8], word: &[u8]| {
        memchr::memmem::find_iter(bytes, property).any(|at| {
            let rest = bytes[at + property.len()..].trim_ascii_start();
            let value = rest.strip_prefix(b":").map(<[u8]>::trim_ascii_start);
            value.is_some_and(|value| {
                value.len() >= word.len() && value[..word.len()].eq_ignore_ascii_case(word)
            })
        })
    };
    hidden_by(b"display", b"none")
        || hidden_by(b"DISPLAY", b"none")
        || hidden_by(b"Display", b"none")
        || hidden_by(b"visibility", b"hidden")
}

/// Whether the template whose name ends at `from` is what the element around it shows.
pub(super) fn is_shown(bytes: &[u8], from: usize) -> bool {
    let mut at = skip_gap(bytes, from);
    while bytes.get(at).is_some_and(|&byte| byte != b'>') {
        let Some(attribute) = read(bytes, at) else { return false };
        let (start, end) = attribute.name;
        if bytes[start..end].eq_ignore_ascii_case(b"shadowrootmode") {
            return true;
        }
        at = skip_gap(bytes, attribute.end);
    }
    false
}

/// Past the `>` that ends the tag whose name ends at `from`; none if the page ends before.
pub(super) fn tag_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at = skip_gap(bytes, at);
        if *bytes.get(at)? == b'>' {
            return Some(at + 1);
        }
        at = read(bytes, at)?.end;
    }
}

/// Past the white space and slashes that part attributes.
pub(in crate::extract) fn skip_gap(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|&b| is_space(b) || b == b'/') {
        at += 1;
    }
    at
}

/// Whether a byte is white space of HTML.
pub(in crate::extract) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | 0x0c)
}

/// The attribute that begins at `from`; none if the page ends inside of its quotes.
pub(in crate::extract) fn read(bytes: &[u8], from: usize) -> Option<Attribute> {
    let mut at = from + 1;
    while bytes.get(at).is_some_and(|&b| !is_space(b) && !matches!(b, b'/' | b'>' | b'=')) {
        at += 1;
    }
    let name = (from, at);
    let mut sign = at;
    while bytes.get(sign).is_some_and(|&b| is_space(b)) {
        sign += 1;
    }
    if bytes.get(sign) != Some(&b'=') {
        return Some(Attribute { name, value: (at, at), end: at });
    }
    let mut start = sign + 1;
    while bytes.get(start).is_some_and(|&b| is_space(b)) {
        start += 1;
    }
    match *bytes.get(start)? {
        quote @ (b'"' | b'\'') => {
            let length = memchr::memchr(quote, &bytes[start + 1..])?;
            let value = (start + 1, start + 1 + length);
            Some(Attribute { name, value, end: value.1 + 1 })
        }
        b'>' => Some(Attribute { name, value: (at, at), end: start }),
        _ => {
            let length = bytes[start..].iter().position(|&b| is_space(b) || b == b'>')?;
            Some(Attribute { name, value: (start, start + length), end: start + length })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(tag: &str) -> Option<&str> {
        tag_end(tag.as_bytes(), 2).map(|at| &tag[at..])
    }

    #[test]
    fn a_tag_ends_outside_of_quotes() {
        assert_eq!(end("<p>x"), Some("x"));
        assert_eq!(end("<p a='>' b=\">\">x"), Some("x"));
        assert_eq!(end("<p a=b/>x"), Some("x"));
        assert_eq!(end("<p =a=b>x"), Some("x"));
        assert_eq!(end("<p a=>x"), Some("x"));
        assert_eq!(end("<p a='>"), None);
        assert_eq!(end("<p a"), None);
    }

    #[test]
    fn long_values_are_cut_at_a_character() {
        let page = format!("<p class='{}'>", "é".repeat(2_000));
        let mut out = String::new();
        copy(&page, 2, Name::read(b"p", 0).0, &mut out).unwrap();
        assert!(out.len() < 1_100 && out.ends_with("é'"));
    }

    #[test]
    fn styles_that_hide_are_told_from_others() {
        for (style, hidden) in [
            ("display:none", true),
            ("color:red;display : NONE !important", true),
            ("visibility: hidden", true),
            ("display:block", false),
            ("none", false),
        ] {
            assert_eq!(hides(style), hidden, "{style}");
        }
    }
}
