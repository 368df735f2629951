//! Names as columns of TREC's formats, which blanks part, and the names that columns stand for.

use crate::text::{percent_decoded, push_percent_encoded, turns_text};

/// Most bytes of a character.
const MAX_CHAR_BYTES: usize = 4;

/// Length of the code of a byte: `%20`.
const CODE_BYTES: usize = 3;

/// `name` as a column: what would part it, or is no sign to be seen, stands as in addresses, `a%20b`. So does a `%`
/// with the code of such a sign behind it, `%2520`, and no other; so every name has a column of its own.
#[must_use]
pub fn trec_column(name: &str) -> String {
    let mut column = String::with_capacity(name.len());
    for (at, c) in name.char_indices() {
        if c == '%' && coded(&name[at..]).is_none() || !is_coded(c) {
            column.push(c);
        } else {
            push_percent_encoded(c.encode_utf8(&mut [0; MAX_CHAR_BYTES]).as_bytes(), &mut column);
        }
    }
    column
}

/// The name that `column` stands for. Who judges may write `a%20b` for the name `a b`, as runs have it, and for an
/// address with a `%20` in it, as it stands: both are one name here.
pub(super) fn named_by(column: &str) -> String {
    let mut name = column.to_owned();
    // Each round makes it shorter.
    while let Some(read) = decoded(&name) {
        name = read;
    }
    name
}

/// `column` with what its codes stand for, if it has one.
fn decoded(column: &str) -> Option<String> {
    let mut name = String::with_capacity(column.len());
    let mut rest = column;
    while let Some(first) = rest.chars().next() {
        let (c, length) = coded(rest).unwrap_or((first, first.len_utf8()));
        name.push(c);
        rest = &rest[length..];
    }
    (name.len() < column.len()).then_some(name)
}

/// The sign that a code at the beginning of `text` stands for, and the length of the code, in bytes.
fn coded(text: &str) -> Option<(char, usize)> {
    let is_code = |code: &&[u8]| code[0] == b'%' && code[1..].iter().all(u8::is_ascii_hexdigit);
    let codes = text.as_bytes().chunks_exact(CODE_BYTES).take(MAX_CHAR_BYTES).take_while(is_code).count();
    let bytes = percent_decoded(&text[..CODE_BYTES * codes]);
    let c = (1..=bytes.len()).find_map(|end| std::str::from_utf8(&bytes[..end]).ok()?.chars().next())?;
    is_coded(c).then_some((c, CODE_BYTES * c.len_utf8()))
}

/// Whether `c` stands as a code in a column, if need be.
fn is_coded(c: char) -> bool {
    c == '%' || c.is_whitespace() || c.is_control() || turns_text(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn blanks_are_codes_and_other_names_stay_as_they_are() {
        for (name, column) in [
            ("a b", "a%20b"),
            ("a_b", "a_b"),
            ("a%20b", "a%2520b"),
            ("http://example.org/%C3%A9?a=50%", "http://example.org/%C3%A9?a=50%"),
            ("税\u{a0}\u{1b}\u{202e}", "税%C2%A0%1B%E2%80%AE"),
        ] {
            assert_eq!(trec_column(name), column);
        }
    }

    #[test]
    fn a_judgement_may_name_an_article_as_it_is_or_as_runs_do() {
        for column in ["a%20b", "a%2520b", "a b", "a%252520b"] {
            assert_eq!(named_by(column), "a b");
        }
        assert_eq!(named_by("http://example.org/%C3%A9"), "http://example.org/%C3%A9");
    }

    proptest! {
        #[test]
        fn columns_read_back(name in "[a%205CE8A\u{a0}\u{2028} ]{0,12}|\\PC{0,12}") {
            let column = trec_column(&name);
            prop_assert!(!column.contains(char::is_whitespace));
            prop_assert_eq!(decoded(&column).unwrap_or_else(|| column.clone()), name);
        }
    }
}
