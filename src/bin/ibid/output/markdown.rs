//! Passages for notes, in Markdown (CommonMark): each quoted, with its source below; and references.
//!
//! Nothing of a page acts as markup: what could is escaped here, and only addresses of the web become links.

use std::borrow::Cow;
use std::io::{self, Write};

use ibid::search::Hit;
use ibid::text::percent_encoded;

use super::marked::{Piece, marked_lines};
use super::passages::{body, found_line};
use super::{Answer, Reference, Style, also_line, copies, printable, why};

/// Writes the passages of an answer.
pub fn write(out: &mut dyn Write, answer: &Answer<'_>, style: &Style) -> io::Result<()> {
    if let Some(heading) = &answer.heading {
        writeln!(out, "## {}\n", escaped(&printable(heading)))?;
    }
    if let Some(line) = also_line(answer.also) {
        writeln!(out, "{}\n", escaped(&line))?;
    }
    for hit in answer.hits {
        write_hit(out, hit, style)?;
    }
    writeln!(out, "{}\n", escaped(&found_line(answer)))
}

fn write_hit(out: &mut dyn Write, hit: &Hit, style: &Style) -> io::Result<()> {
    let (text, marks) = body(hit);
    for line in marked_lines(text, &marks) {
        writeln!(out, "> {}\n>", marked(&line))?;
    }
    writeln!(out, "> — {}\n", source(hit, style))?;
    if let Some(why) = &hit.why {
        for line in why::lines(why) {
            writeln!(out, "- {}", escaped(line.trim_start_matches("· ")))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn marked(line: &[Piece<'_>]) -> String {
    let mut text = String::new();
    for piece in line {
        let mark = if piece.is_marked { "**" } else { "" };
        let escaped = escaped_within(&printable(piece.text));
        text.extend([mark, escaped.as_str(), mark]);
    }
    at_line_start(text.trim()).into_owned()
}

/// Who wrote it, what it is called, where and when it came out, the name to cite, and where else it is.
fn source(hit: &Hit, style: &Style) -> String {
    let also = hit.copies.as_ref().map(|places| copies::in_one_line(places, hit.url.as_deref()));
    let also = also.map(|also| format!(", {}", plain(&also))).unwrap_or_default();
    format!("{}{also}", reference(&Reference::of_hit(hit), style))
}

/// Who wrote it, what it is called, where and when it came out, and the name to cite. Nothing in it is markup but the
/// link, wherever in a line it stands.
fn reference(reference: &Reference, style: &Style) -> String {
    let title = plain(reference.title());
    let title = match reference.web_address() {
        Some(address) => format!("[{title}](<{}>)", address_between_angles(&printable(address))),
        None => title,
    };
    let rest = reference.particulars(style).join(", ");
    let rest = if rest.is_empty() { String::new() } else { format!(" {}.", plain(&rest)) };
    let (byline, stop) = (plain(&reference.byline()), reference.full_stop());
    format!("{byline}{title}{stop}{rest} {}", plain(&reference.id))
}

/// Writes a reference as a paragraph.
pub fn write_reference(out: &mut dyn Write, cited: &Reference, style: &Style) -> io::Result<()> {
    writeln!(out, "{}\n", at_line_start(&reference(cited, style)))
}

fn plain(text: &str) -> String {
    escaped_within(&printable(text))
}

/// `text`, a line, with all escaped that Markdown would take for markup.
fn escaped(text: &str) -> String {
    at_line_start(&escaped_within(text)).into_owned()
}

/// `text` with what is escaped that is markup anywhere in a line. `<` and `&` are written as HTML has them, so that
/// they are harmless to what knows no escapes too.
fn escaped_within(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// `line` so that nothing at its beginning makes a heading, a list, a quotation or a rule of it.
fn at_line_start(line: &str) -> Cow<'_, str> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match line[digits..].chars().next() {
        Some('#' | '+' | '-' | '=' | '>' | ':') if digits == 0 => Cow::Owned(format!("\\{line}")),
        Some('.' | ')') if digits > 0 => Cow::Owned(format!("{}\\{}", &line[..digits], &line[digits..])),
        _ => Cow::Borrowed(line),
    }
}

/// `address` as it may stand between `<` and `>`.
fn address_between_angles(address: &str) -> String {
    percent_encoded(address, |c| matches!(c, '<' | '>' | '\\' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_page_is_markup() {
        for (text, expected) in [
            ("<b>R&D</b> *x*", "&lt;b>R&amp;D&lt;/b> \\*x\\*"),
            ("[a](javascript:x) `b`", "\\[a\\](javascript:x) \\`b\\`"),
            ("# one", "\\# one"),
            ("12. June", "12\\. June"),
            ("2012 was", "2012 was"),
            ("--- | $5", "\\--- \\| \\$5"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }

    #[test]
    fn an_address_ends_where_it_ends() {
        assert_eq!(address_between_angles("https://a.example/(x)> b\\"), "https://a.example/(x)%3E%20b%5C");
    }
}
