//! Passages as a page, to open in a browser or to send on. It loads nothing and runs nothing.
//!
//! All text of articles goes through [`escaped`], the one place where HTML is escaped, and only addresses of the web
//! become links.

use std::io::{self, Write};

use ibid::search::Hit;
use ibid::text::Span;

use super::marked::{Piece, marked_line, marked_lines};
use super::passages::{body, found_line, heading_path, shown_path};
use super::text_fragment::with_text;
use super::{Answer, Style, also_line, copies, printable, web_address, why};

/// How the page looks, on paper too.
const STYLE: &str = include_str!("page.css");

/// Writes what stands before the first answer, on a page called `title`.
pub fn write_beginning(out: &mut dyn Write, title: &str) -> io::Result<()> {
    let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{} · ibid</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n",
        escaped(title)
    )
}

/// Writes what stands behind the last answer.
pub fn write_end(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"</main>\n</body>\n</html>\n")
}

/// Writes the passages of an answer.
pub fn write_answer(out: &mut dyn Write, answer: &Answer<'_>, style: &Style) -> io::Result<()> {
    let heading = answer.heading.as_deref().unwrap_or(answer.query);
    writeln!(out, "<section>\n<h1 dir=\"auto\">{}</h1>", escaped(heading))?;
    if let Some(line) = also_line(answer.also) {
        writeln!(out, "<p class=\"about\" dir=\"auto\">{}</p>", escaped(&line))?;
    }
    writeln!(out, "<ol>")?;
    for hit in answer.hits {
        write_hit(out, hit, style)?;
    }
    writeln!(out, "</ol>\n<p class=\"about\">{}</p>\n</section>", escaped(&found_line(answer)))
}

fn write_hit(out: &mut dyn Write, hit: &Hit, style: &Style) -> io::Result<()> {
    writeln!(out, "<li value=\"{}\" lang=\"{}\">", hit.rank, escaped(&hit.language.to_string()))?;
    writeln!(out, "<h2 dir=\"auto\">{}</h2>", title(hit))?;
    let source = source(hit);
    if !source.is_empty() {
        writeln!(out, "<p class=\"about\" dir=\"auto\">{source}</p>")?;
    }
    if !hit.heading.is_empty() {
        let (path, marks) = heading_path(hit);
        writeln!(out, "<p class=\"about\" dir=\"auto\">{}</p>", marked(&marked_line(&path, &marks)))?;
    }
    writeln!(out, "<blockquote dir=\"auto\">")?;
    let (text, marks) = body(hit);
    for line in marked_lines(text, &marks) {
        writeln!(out, "<p>{}</p>", marked(&line))?;
    }
    writeln!(out, "</blockquote>")?;
    if let Some(why) = &hit.why {
        writeln!(out, "<ul class=\"about\">")?;
        for line in why::lines(why) {
            writeln!(out, "<li>{}</li>", escaped(line.trim_start_matches("· ")))?;
        }
        writeln!(out, "</ul>")?;
    }
    writeln!(out, "<p class=\"about\" dir=\"auto\">{}</p>\n</li>", place(hit, style))
}

fn title(hit: &Hit) -> String {
    let marks: Vec<Span> = hit.title_highlights.iter().map(|highlight| highlight.span).collect();
    let title = match &hit.title {
        Some(title) => marked(&marked_line(title, &marks)),
        None => "(without a title)".to_owned(),
    };
    match hit.url.as_deref().and_then(web_address) {
        Some(address) => format!("<a href=\"{}\">{title}</a>", escaped(&with_text(address, body(hit).0))),
        None => title,
    }
}

/// Publisher, authors and date, as far as they are known.
fn source(hit: &Hit) -> String {
    let authors = (!hit.authors.is_empty()).then(|| escaped(&hit.authors.join(", ")));
    let date = hit.published.map(|date| format!("<time>{}</time>", escaped(&date.to_string())));
    let publisher = hit.publisher.as_deref().map(escaped);
    let parts: Vec<String> = [publisher, authors, date].into_iter().flatten().collect();
    parts.join(" · ")
}

/// The name to cite, where the article is to be found, and where else.
fn place(hit: &Hit, style: &Style) -> String {
    let place = hit.url.clone().unwrap_or_else(|| shown_path(&hit.locator, style));
    let page = hit.page.map(|page| format!("p. {page}"));
    let also = hit.copies.as_ref().map(|places| copies::in_one_line(places, hit.url.as_deref()));
    let parts: Vec<String> = [Some(place), page, also].into_iter().flatten().collect();
    format!("<code>{}</code> {}", escaped(&hit.id), escaped(&parts.join(", ")))
}

fn marked(line: &[Piece<'_>]) -> String {
    let piece = |piece: &Piece<'_>| {
        let text = escaped(piece.text);
        if piece.is_marked { format!("<mark>{text}</mark>") } else { text }
    };
    line.iter().map(piece).collect()
}

/// `text` as it may stand in an element or between double quotes.
fn escaped(text: &str) -> String {
    let text = printable(text);
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_page_is_markup() {
        assert_eq!(escaped("<b a='\"'>&\u{1b}\u{202e}"), "&lt;b a=&#39;&quot;&#39;&gt;&amp;");
    }

    #[test]
    fn what_matched_is_marked() {
        assert_eq!(marked(&marked_line("a <b", &[Span::new(2, 4)])), "a <mark>&lt;b</mark>");
    }
}
