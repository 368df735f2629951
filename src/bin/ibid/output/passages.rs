//! Passages for people: where each comes from, the part that matched, and the name to cite.

use std::io::{self, Write};

use ibid::highlight::snippet;
use ibid::model::Locator;
use ibid::query::echoed;
use ibid::search::Hit;
use ibid::text::Span;

use super::named::counted;
use super::wrap::{clip, wrap};
use super::{Answer, Style, also_line, copies, printable, why};

/// Columns before everything but the title.
const INDENT: usize = 4;

const BOLD: (&str, &str) = ("\u{1b}[1m", "\u{1b}[0m");
const DIM: (&str, &str) = ("\u{1b}[2m", "\u{1b}[0m");

/// Columns of a title, of the line about its source, and of a heading: what is longer is no title, and floods the
/// answer.
const MAX_COLUMNS: usize = 300;

/// Writes the passages of an answer.
pub fn write(out: &mut dyn Write, answer: &Answer<'_>, style: &Style) -> io::Result<()> {
    if let Some(heading) = &answer.heading {
        writeln!(out, "{}", painted(&format!("== {}", echoed(heading)), BOLD, style))?;
    }
    if let Some(line) = also_line(answer.also) {
        writeln!(out, "{}\n", painted(&wrap(&line, &[], 0, style), DIM, style))?;
    }
    for hit in answer.hits {
        write_hit(out, hit, style)?;
        writeln!(out)?;
    }
    writeln!(out, "{}", found_line(answer))
}

/// How much was found.
pub(super) fn found_line(answer: &Answer<'_>) -> String {
    let passages = counted(answer.hits.len() as u64, "passage");
    match answer.total {
        Some(total @ 1..) if answer.hits.is_empty() => {
            format!("no passage on this page; {}", matching(total))
        }
        _ if answer.hits.is_empty() => format!("nothing found for {}", echoed(answer.query)),
        Some(total) => format!("{passages}; {}", matching(total)),
        None => passages,
    }
}

fn matching(articles: u64) -> String {
    if articles == 1 { "1 article matches".to_owned() } else { format!("{articles} articles match") }
}

fn write_hit(out: &mut dyn Write, hit: &Hit, style: &Style) -> io::Result<()> {
    let title = hit.title.as_deref().unwrap_or("(without a title)");
    let title_marks: Vec<Span> = hit.title_highlights.iter().map(|highlight| highlight.span).collect();
    let (title, title_marks) = clipped(title, title_marks);
    let title = wrap(&title, &title_marks, INDENT, style);
    writeln!(out, "{:>2}. {}", hit.rank, painted(title.trim_start(), BOLD, style))?;
    let source = clip(&source_line(hit), MAX_COLUMNS);
    if !source.is_empty() {
        writeln!(out, "{}", painted(&wrap(&source, &[], INDENT, style), DIM, style))?;
    }
    if !hit.heading.is_empty() {
        let (path, marks) = heading_path(hit);
        writeln!(out, "{}", painted(&wrap(&path, &marks, INDENT, style), DIM, style))?;
    }
    let text = shown_text(hit, style);
    if !text.is_empty() {
        writeln!(out, "{text}")?;
    }
    if let Some(why) = &hit.why {
        for line in why::lines(why) {
            writeln!(out, "{}", painted(&wrap(&line, &[], INDENT, style), DIM, style))?;
        }
    }
    let link = hit.url.clone().unwrap_or_else(|| shown_path(&hit.locator, style));
    let link = hit.page.map_or(link.clone(), |page| format!("{link}, p. {page}"));
    writeln!(out, "{:INDENT$}{}  {}", "", printable(&hit.id), painted(&printable(&link), DIM, style))?;
    if let Some(copies) = &hit.copies {
        let also = copies::in_one_line(copies, hit.url.as_deref());
        writeln!(out, "{:INDENT$}{}", "", painted(&also, DIM, style))?;
    }
    Ok(())
}

/// Publisher, authors and date, as far as they are known.
fn source_line(hit: &Hit) -> String {
    let authors = (!hit.authors.is_empty()).then(|| hit.authors.join(", "));
    let date = hit.published.map(|date| date.to_string());
    let parts: Vec<String> = [hit.publisher.clone(), authors, date].into_iter().flatten().collect();
    parts.join(" · ")
}

/// The headings that the passage stands below, and what is marked in those that its text opens with.
pub(super) fn heading_path(hit: &Hit) -> (String, Vec<Span>) {
    let (mut path, mut marks) = ("§ ".to_owned(), Vec::new());
    let body = body_start(hit);
    for (number, heading) in hit.heading.iter().enumerate() {
        if number > 0 {
            path.push_str(" › ");
        }
        let at = hit.text[..body].find(heading.as_str());
        let inside = hit.highlights.iter().map(|highlight| highlight.span);
        let mut of_heading = Vec::new();
        if let Some(whole) = at.map(|at| Span::new(at, at + heading.len())) {
            let inside = inside.filter(|span| whole.start <= span.start && span.end <= whole.end);
            of_heading.extend(inside.map(|span| span.relative_to(whole.start)));
        }
        let (heading, of_heading) = clipped(heading, of_heading);
        let behind = |span: Span| Span::new(path.len() + span.start, path.len() + span.end);
        marks.extend(of_heading.into_iter().map(behind));
        path.push_str(&heading);
    }
    (path, marks)
}

/// `text` in at most so many columns as a title may take, and those of its `marks` that stand in them.
fn clipped(text: &str, mut marks: Vec<Span>) -> (String, Vec<Span>) {
    let shown = clip(text, MAX_COLUMNS);
    if shown != text {
        let end = shown.trim_end_matches('…').len();
        marks.retain(|mark| mark.end <= end);
    }
    (shown, marks)
}

/// The part of the passage that matched, without the headings that stand above it already.
fn shown_text(hit: &Hit, style: &Style) -> String {
    let (text, marked) = body(hit);
    let (shown, marks) = snippet(text, &marked, style.snippet_columns).render(text, &marked);
    wrap(&shown, &marks, INDENT, style)
}

/// The passage's text behind the headings that open it, and what matched in it.
pub(super) fn body(hit: &Hit) -> (&str, Vec<Span>) {
    let start = body_start(hit);
    let inside = hit.highlights.iter().map(|highlight| highlight.span).filter(|span| span.start >= start);
    (&hit.text[start..], inside.map(|span| span.relative_to(start)).collect())
}

/// Where the passage's text begins behind the headings that open it.
fn body_start(hit: &Hit) -> usize {
    let mut at = 0;
    for line in hit.text.split_inclusive('\n') {
        let is_heading = hit.heading.iter().any(|heading| heading == line.trim());
        if !is_heading && !line.trim().is_empty() {
            return at;
        }
        at += line.len();
    }
    0
}

/// The file, from the working folder where it lies below.
pub(super) fn shown_path(locator: &Locator, style: &Style) -> String {
    let path = locator.as_str();
    let below =
        style.folder.as_deref().and_then(|folder| path.strip_prefix(&format!("{}/", folder.display())));
    below.unwrap_or(path).to_owned()
}

fn painted(text: &str, (start, end): (&str, &str), style: &Style) -> String {
    // A mark within ends the paint, so it begins again behind.
    if style.colored {
        format!("{start}{}{end}", text.replace(end, &format!("{end}{start}")))
    } else {
        text.to_owned()
    }
}
