//! Passages as a table, for spreadsheets and scripts: a passage a line, columns by commas or tabs.
//!
//! Columns get added behind the last, never renamed. A spreadsheet takes a cell that begins with `=` for a formula, and
//! pages are strangers': such a cell gets an apostrophe before it, as spreadsheets show text that is to stay text.

use std::io::{self, Write};

use csv::{QuoteStyle, Writer, WriterBuilder};
use ibid::search::Hit;

use super::{Answer, printable};

/// The names of the columns.
const COLUMNS: [&str; 16] = [
    "query",
    "rank",
    "score",
    "id",
    "article",
    "passage",
    "title",
    "authors",
    "publisher",
    "published",
    "language",
    "url",
    "locator",
    "heading",
    "page",
    "text",
];

/// What stands between columns.
#[derive(Clone, Copy)]
pub enum Separator {
    /// A comma; a cell that holds one stands in quotes.
    Comma,
    /// A tab, which no cell holds.
    Tab,
}

/// Writes the line with the names of the columns.
pub fn write_names(out: &mut dyn Write, separator: Separator) -> io::Result<()> {
    let mut table = table(out, separator);
    table.write_record(COLUMNS)?;
    table.flush()
}

/// Writes the passages of an answer, one a line.
pub fn write_hits(out: &mut dyn Write, answer: &Answer<'_>, separator: Separator) -> io::Result<()> {
    let mut table = table(out, separator);
    for hit in answer.hits {
        table.write_record(cells(answer.query, hit))?;
    }
    table.flush()
}

fn table(out: &mut dyn Write, separator: Separator) -> Writer<&mut dyn Write> {
    let (delimiter, quotes) = match separator {
        Separator::Comma => (b',', QuoteStyle::Necessary),
        Separator::Tab => (b'\t', QuoteStyle::Never),
    };
    WriterBuilder::new().delimiter(delimiter).quote_style(quotes).from_writer(out)
}

fn cells(query: &str, hit: &Hit) -> [String; COLUMNS.len()] {
    let text = |text: Option<&str>| text.map(cell).unwrap_or_default();
    [
        cell(query),
        hit.rank.to_string(),
        hit.score.to_string(),
        cell(&hit.id),
        cell(&hit.article),
        hit.passage.to_string(),
        text(hit.title.as_deref()),
        cell(&hit.authors.join("; ")),
        text(hit.publisher.as_deref()),
        hit.published.map(|date| date.to_string()).unwrap_or_default(),
        hit.language.to_string(),
        text(hit.url.as_deref()),
        cell(hit.locator.as_str()),
        cell(&hit.heading.join(" › ")),
        hit.page.map(|page| page.to_string()).unwrap_or_default(),
        cell(&hit.text),
    ]
}

/// `text` as it may stand in a cell: on one line, and no formula.
fn cell(text: &str) -> String {
    let text = printable(text);
    let mut words = text.split_whitespace();
    let mut cell = String::with_capacity(text.len() + 1);
    cell.extend(text.trim_start().starts_with(['=', '+', '-', '@']).then_some('\''));
    cell.extend(words.next());
    for word in words {
        cell.push(' ');
        cell.push_str(word);
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_one_line_and_no_formula() {
        for (text, expected) in [
            ("one\n\ntwo\tthree", "one two three"),
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            (" \u{1b}@SUM(1)", "'@SUM(1)"),
            ("-oil", "'-oil"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            assert_eq!(cell(text), expected);
        }
    }
}
