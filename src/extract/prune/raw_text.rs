//! Where comments, scripts, styles, drawings and other elements without markup end.
//!
//! The rules are the HTML standard's tokenizer (13.2.5), since a scan that ends a script one byte
//! early turns its text into the page's.

use super::names::{self, Name};

/// The end of the comment whose text begins at `from`, past its `-->`.
pub(super) fn comment_end(bytes: &[u8], from: usize) -> usize {
    if bytes[from..].starts_with(b">") {
        return from + 1;
    }
    if bytes[from..].starts_with(b"->") {
        return from + 2;
    }
    let mut at = from;
    while let Some(found) = memchr::memmem::find(&bytes[at..], b"--") {
        at += found;
        match &bytes[at + 2..] {
            [b'>', ..] => return at + 3,
            [b'!', b'>', ..] => return at + 4,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Where the content that begins at `from` of the element `name` ends, and where its end tag does.
pub(super) fn element_end(bytes: &[u8], from: usize, name: Name) -> (usize, usize) {
    let mut at = from;
    while let Some(found) = memchr::memmem::find(&bytes[at..], b"</") {
        at += found;
        let (here, name_end) = Name::read(bytes, at + 2);
        if here == name && name_end < bytes.len() {
            return (at, tag_end(bytes, name_end));
        }
        at += 2;
    }
    (bytes.len(), bytes.len())
}

/// The same for a script, in which `<!--` and a second `<script` shield an end tag.
pub(super) fn script_end(bytes: &[u8], from: usize) -> (usize, usize) {
    let mut escaped = false;
    let mut doubly = false;
    let mut at = from;
    while let Some(found) = memchr::memchr2(b'<', b'-', &bytes[at..]) {
        at += found;
        let rest = &bytes[at..];
        if rest.starts_with(b"-->") {
            (escaped, doubly) = (false, false);
        } else if rest.starts_with(b"<!--") {
            escaped = true;
            // The two dashes may already be those of the closing mark, as in `<!-->`.
            at += 1;
        } else if rest.starts_with(b"</") && is_script(bytes, at + 2) {
            if !doubly {
                return (at, tag_end(bytes, at + 8));
            }
            doubly = false;
        } else if escaped && rest.starts_with(b"<") && is_script(bytes, at + 1) {
            doubly = true;
        }
        at += 1;
    }
    (bytes.len(), bytes.len())
}

fn is_script(bytes: &[u8], at: usize) -> bool {
    let (name, end) = Name::read(bytes, at);
    name == names::SCRIPT && end < bytes.len()
}

/// The same for an SVG image: at its end tag, or before an HTML element that ends it early.
pub(super) fn drawing_end(bytes: &[u8], from: usize) -> (usize, usize) {
    let mut depth = 1_usize;
    let mut islands = 0_usize;
    let mut at = from;
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        at += found;
        if bytes[at..].starts_with(b"<!--") {
            at = comment_end(bytes, at + 4);
            continue;
        }
        let closing = bytes.get(at + 1) == Some(&b'/');
        let (name, name_end) = Name::read(bytes, at + 1 + usize::from(closing));
        if name_end == at + 1 {
            at += 1;
            continue;
        }
        if islands == 0 && depth > 0 && !closing && breaks_out(name) {
            return (at, at);
        }
        let end = tag_end(bytes, name_end);
        let empty = end >= 2 && bytes.get(end - 2) == Some(&b'/');
        match name {
            names::SCRIPT if !closing && !empty => at = script_end(bytes, end).1,
            names::FOREIGN_OBJECT | names::DESC | names::TITLE => {
                islands = if closing { islands.saturating_sub(1) } else { islands + usize::from(!empty) };
                at = end;
            }
            names::SVG if closing => {
                depth -= 1;
                if depth == 0 {
                    return (at, end);
                }
                at = end;
            }
            names::SVG => {
                depth += usize::from(!empty);
                at = end;
            }
            _ => at = end,
        }
    }
    (bytes.len(), bytes.len())
}

/// Whether a start tag of `name` ends foreign content (HTML standard, 13.2.6.5).
#[allow(clippy::wildcard_imports, reason = "the standard lists half of all names here")]
fn breaks_out(name: Name) -> bool {
    use names::*;
    matches!(
        name,
        B | BIG
            | BLOCKQUOTE
            | BODY
            | BR
            | CENTER
            | CODE
            | DD
            | DIV
            | DL
            | DT
            | EM
            | EMBED
            | H1
            | H2
            | H3
            | H4
            | H5
            | H6
            | HEAD
            | HR
            | I
            | IMG
            | LI
            | LISTING
            | MENU
            | META
            | NOBR
            | OL
            | P
            | PRE
            | S
            | SMALL
            | SPAN
            | STRONG
            | STRIKE
            | TABLE
            | TT
            | U
            | UL
    )
}

/// Past the `>` of the tag whose name ends at `from`.
fn tag_end(bytes: &[u8], from: usize) -> usize {
    super::attributes::tag_end(bytes, from).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(text: &str) -> &str {
        &text[script_end(text.as_bytes(), 0).1..]
    }

    #[test]
    fn comments_end_as_the_standard_says() {
        for (text, rest) in [
            (" a -->b", "b"),
            (">b", "b"),
            ("->b", "b"),
            ("-->b", "b"),
            (" a --!>b", "b"),
            (" a -- > --->b", "b"),
            (" a", ""),
        ] {
            assert_eq!(&text[comment_end(text.as_bytes(), 0)..], rest, "{text}");
        }
    }

    #[test]
    fn scripts_end_as_the_standard_says() {
        assert_eq!(script("x</script>y"), "y");
        assert_eq!(script("x</SCRIPT\n>y"), "y");
        assert_eq!(script("'</scripted>'</script>y"), "y");
        assert_eq!(script("<!-- <script> </script> --></script>y"), "y");
        assert_eq!(script("<!-- </script>y"), "y");
        assert_eq!(script("<!--><script></script>y"), "y");
        assert_eq!(script("x"), "");
    }

    #[test]
    fn a_drawing_ends_at_its_end_or_before_html() {
        let rest = |text: &'static str| &text[drawing_end(text.as_bytes(), 0).1..];
        assert_eq!(rest("<g><svg></svg></g></svg>x"), "x");
        assert_eq!(rest("<foreignObject><p>a</p></foreignObject></svg>x"), "x");
        assert_eq!(rest("<path/><p>text"), "<p>text");
        assert_eq!(rest("<style>a{}</style></svg>x"), "x");
    }
}
