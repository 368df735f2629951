//! Character references of HTML, such as `&amp;`, replaced by what they stand for (HTML standard, 13.2.5.72 ff.).
//!
//! Line ends become line feeds in the same pass, as the standard has it for all of a page.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// Where a text with references stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Between tags.
    Text,
    /// In an attribute's value, where `&copy=` is a part of an address.
    Attribute,
}

/// `text` with its references replaced and its line ends as line feeds.
pub(super) fn replaced(text: &str, place: Place) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr2(b'&', b'\r', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        rest = if rest.as_bytes()[at] == b'\r' {
            out.push('\n');
            after.strip_prefix('\n').unwrap_or(after)
        } else {
            match reference(after, place, &mut out) {
                Some(length) => &after[length..],
                None => {
                    out.push('&');
                    after
                }
            }
        };
    }
    out.push_str(rest);
    out
}

/// `text` with its references replaced that may be plain text as well, such as what pages escape twice.
pub(crate) fn unescaped(text: &str) -> String {
    replaced(text, Place::Attribute)
}

/// Adds what the reference stands for that `text` begins with, its `&` left out, and says how long it is.
fn reference(text: &str, place: Place, out: &mut String) -> Option<usize> {
    match text.strip_prefix('#') {
        Some(number) => numeric(number, out).map(|length| length + 1),
        None => named(text, place, out),
    }
}

fn numeric(text: &str, out: &mut String) -> Option<usize> {
    let digits = text.strip_prefix(['x', 'X']);
    let (base, marker) = if digits.is_some() { (16, 1) } else { (10, 0) };
    let digits = digits.unwrap_or(text);
    let length = digits.bytes().take_while(|&byte| char::from(byte).is_digit(base)).count();
    if length == 0 {
        return None;
    }
    // What is longer than 32 bits is no character either way.
    out.push(character(u32::from_str_radix(&digits[..length], base).unwrap_or(u32::MAX)));
    Some(marker + length + usize::from(digits[length..].starts_with(';')))
}

/// The character of the number `code`: pages mean those of Windows-1252 by the numbers of controls.
fn character(code: u32) -> char {
    let of_windows = |code: u32| C1_REPLACEMENTS.get(code as usize - 0x80).copied().flatten();
    match code {
        0 => char::REPLACEMENT_CHARACTER,
        0x80..=0x9f => of_windows(code).or(char::from_u32(code)).unwrap_or(char::REPLACEMENT_CHARACTER),
        code => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

fn named(text: &str, place: Place, out: &mut String) -> Option<usize> {
    let mut longest = None;
    // The table holds the beginnings of names too.
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        match NAMED_ENTITIES.get(&text[..end]) {
            Some(&(0, _)) => {}
            Some(&characters) => longest = Some((end, characters)),
            None => break,
        }
    }
    let (end, (first, second)) = longest?;
    let next = text[end..].chars().next();
    let of_address = next.is_some_and(|next| next == '=' || next.is_ascii_alphanumeric());
    if place == Place::Attribute && !text[..end].ends_with(';') && of_address {
        return None;
    }
    out.extend(char::from_u32(first));
    out.extend(char::from_u32(second).filter(|&second| second != '\0'));
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_replaced() {
        let text = "A &amp; B&nbsp;&hellip; &#65;&#x42;&#150; caf&eacute &NotEqualTilde;\r\n\r&x; &#; &";
        let expected = "A & B\u{a0}… AB– café ≂\u{338}\n\n&x; &#; &";
        assert_eq!(replaced(text, Place::Text), expected);
    }

    #[test]
    fn references_that_were_escaped_twice_are_read() {
        let text = "caf&eacute; &amp; b&#8217;s &#x2014; &#39;R&D&#39; &#zz; AT&T &copy2";
        assert_eq!(unescaped(text), "café & b’s — 'R&D' &#zz; AT&T &copy2");
    }

    #[test]
    fn what_is_no_character_is_replaced() {
        let none = "\u{fffd}".repeat(4);
        assert_eq!(replaced("&#0;&#xD800;&#x110000;&#99999999999;", Place::Text), none);
    }

    #[test]
    fn the_longest_name_counts() {
        assert_eq!(replaced("&notin; &notit; &not", Place::Text), "∉ ¬it; ¬");
    }

    #[test]
    fn addresses_keep_what_looks_like_a_name() {
        let address = "/?a=1&copy=2&amp;b=3&notx&lt";
        assert_eq!(replaced(address, Place::Attribute), "/?a=1&copy=2&b=3&notx<");
        assert_eq!(replaced("&copy=", Place::Text), "©=");
    }
}
