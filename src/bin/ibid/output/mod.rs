//! How results look: one file a form, values in, bytes out.
//!
//! The bytes depend on the results and the style alone. Control characters never get out: all text of
//! articles passes through [`printable`].

mod acronyms;
mod also;
mod article;
mod bibtex;
mod citation_key;
mod copies;
mod csl;
mod diagnosis;
mod evaluation;
mod explain;
mod health;
mod html;
mod input;
mod json;
mod line_break;
mod markdown;
mod marked;
mod named;
mod pace;
mod passages;
mod query_explained;
mod reference;
mod ris;
mod stats;
mod summary;
mod table;
mod text_fragment;
mod trec;
mod upkeep;
mod why;
mod wrap;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use ibid::engine::{Facets, StoredArticle};
use ibid::model::{Article, Date};
use ibid::search::{Also, Copies, Diagnosis, Hit};
use ibid::text::turns_text;

pub use acronyms::write_acronyms;
pub use also::{also_line, reading_notes};
pub use diagnosis::{diagnosis_hint, diagnosis_notes, respelt_notes};
pub use evaluation::{Evaluated, write_evaluation};
pub use explain::write as write_explained;
pub use health::{Checked, InputsNow, write_checked};
pub use input::{set_aside_object, write_input};
pub use json::write_rejected;
pub use pace::Pace;
pub use query_explained::{QueryExplained, write_query_explained};
pub use reference::{CiteFormat, Reference, write_references};
pub use stats::write_stats;
pub use summary::{Account, Summary, one_line_summary, write_account, write_summary};
use table::Separator;
pub use trec::write_trec;
pub use upkeep::{write_backed_up, write_compacted};

/// How text for people looks.
#[derive(Clone, Debug, Default)]
pub struct Style {
    /// Whether to colour; without colour, what matched stands between asterisks.
    pub colored: bool,
    /// How wide lines may be.
    pub columns: usize,
    /// Most columns of a passage that are shown.
    pub snippet_columns: usize,
    /// The folder that paths are shown from.
    pub folder: Option<PathBuf>,
}

/// How answers to a query are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum QueryFormat {
    /// For people: title, source, the matching part of the passage, id and link
    Text,
    /// One object a query: its passages, how many articles match, and how it was understood
    Json,
    /// A passage a line, as JSON
    Jsonl,
    /// A passage a line, for spreadsheets: columns with commas between them
    Csv,
    /// The same with tabs
    Tsv,
    /// For notes: each passage quoted, with its source
    Markdown,
    /// A page, to open in a browser or to send on
    Html,
    /// An article a line, as TREC's evaluation tools read it
    Trec,
}

/// How extracted articles are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExtractFormat {
    /// For people: what is known, then the text
    Text,
    /// An article a line, as JSON
    Jsonl,
}

/// How an article or passage is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ShowFormat {
    /// For people: what is known, then the text
    Text,
    /// One object
    Json,
}

/// How a summary is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SummaryFormat {
    /// For people
    Text,
    /// One object
    Json,
}

/// The answer to a query.
pub struct Answer<'a> {
    /// The query's id, or its text.
    pub query: &'a str,
    /// What tells this answer from others, if there are more.
    pub heading: Option<String>,
    /// How it was understood, in the query language.
    pub understood: Option<String>,
    /// How many articles match, if that was counted.
    pub total: Option<u64>,
    /// How they spread, if that was counted.
    pub facets: Facets,
    /// The passages.
    pub hits: &'a [Hit],
    /// What is looked for beside what was typed.
    pub also: &'a [Also],
    /// What is wrong with the query, and how it was read.
    pub warnings: &'a [&'a str],
    /// Why it finds nothing, or little, if that was asked for and there is something to say.
    pub diagnosis: Option<&'a Diagnosis>,
}

/// Writes what stands before the first of all answers, to what is called `title`.
pub fn write_beginning(out: &mut dyn Write, title: &str, format: QueryFormat) -> io::Result<()> {
    match format {
        QueryFormat::Csv => table::write_names(out, Separator::Comma),
        QueryFormat::Tsv => table::write_names(out, Separator::Tab),
        QueryFormat::Html => html::write_beginning(out, title),
        _ => Ok(()),
    }
}

/// Writes what stands behind the last of all answers.
pub fn write_end(out: &mut dyn Write, format: QueryFormat) -> io::Result<()> {
    if format == QueryFormat::Html { html::write_end(out) } else { Ok(()) }
}

/// Writes the answer to a query.
pub fn write_answer(
    out: &mut dyn Write,
    answer: &Answer<'_>,
    format: QueryFormat,
    style: &Style,
) -> io::Result<()> {
    match format {
        QueryFormat::Text => passages::write(out, answer, style),
        QueryFormat::Json => json::write_answer(out, answer),
        QueryFormat::Jsonl => json::write_hits(out, answer),
        QueryFormat::Csv => table::write_hits(out, answer, Separator::Comma),
        QueryFormat::Tsv => table::write_hits(out, answer, Separator::Tab),
        QueryFormat::Markdown => markdown::write(out, answer, style),
        QueryFormat::Html => html::write_answer(out, answer, style),
        QueryFormat::Trec => Ok(()),
    }
}

/// Writes an extracted article.
pub fn write_article(
    out: &mut dyn Write,
    article: &Article,
    format: ExtractFormat,
    style: &Style,
) -> io::Result<()> {
    match format {
        ExtractFormat::Text => article::write(out, article, style),
        ExtractFormat::Jsonl => json::write_article(out, article),
    }
}

/// An article of the index, or a passage of it with its neighbours.
pub struct ShownArticle<'a> {
    /// The article.
    pub article: &'a StoredArticle,
    /// Its name.
    pub name: &'a str,
    /// Which of its passages are shown, by their numbers from 0, and their names.
    pub passages: &'a [(usize, String)],
    /// The number of the passage, from 0; none for the whole article.
    pub passage: Option<usize>,
    /// Where else the article is to be found, if anywhere.
    pub copies: Option<&'a Copies>,
}

/// Writes an article of the index, or a passage of it.
pub fn write_shown(
    out: &mut dyn Write,
    shown: &ShownArticle<'_>,
    format: ShowFormat,
    style: &Style,
) -> io::Result<()> {
    match format {
        ShowFormat::Text => article::write_shown(out, shown, style),
        ShowFormat::Json => json::write_shown(out, shown),
    }
}

/// The dates from `first` to `last`, which may be one.
fn from_to(first: Date, last: Date) -> String {
    if first == last { first.to_string() } else { format!("{first} to {last}") }
}

/// `text` without control characters, and without those that reorder what stands around them.
pub fn printable(text: &str) -> String {
    let harmless = |c: &char| !c.is_control() && !turns_text(*c);
    text.chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c }).filter(harmless).collect()
}

/// `url` if it is an address of the web: what pages give for theirs may be a script that runs when it is followed.
fn web_address(url: &str) -> Option<&str> {
    let scheme = url.split_once("://")?.0;
    ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web)).then_some(url)
}

/// Characters of a place or a reason that are told in a message.
const BRIEF_CHARS: usize = 1000;

/// `text`, such as a locator, as a message tells it: of a very long one its beginning and its end.
pub fn brief(text: &str) -> String {
    let chars = text.chars().count();
    if chars <= BRIEF_CHARS {
        return printable(text);
    }
    let half = BRIEF_CHARS / 2;
    let end: String = text.chars().skip(chars - half).collect();
    let beginning: String = text.chars().take(half).collect();
    format!("{}…{}", printable(&beginning), printable(&end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_never_get_out() {
        assert_eq!(printable("a\u{1b}[31mb\u{7}\u{9b}c\u{202e}d\ne"), "a[31mbcd e");
    }

    #[test]
    fn what_is_very_long_is_told_by_its_ends() {
        assert_eq!(brief("/a b"), "/a b");
        let told = brief(&format!("/a{}b.html", "é".repeat(5000)));
        assert!(
            told.starts_with("/aé") && told.ends_with("éb.html") && told.chars().count() == 1001,
            "{told}"
        );
    }

    #[test]
    fn only_addresses_of_the_web_are_followed() {
        assert_eq!(web_address("HTTPS://a.example/b"), Some("HTTPS://a.example/b"));
        for url in ["javascript://a.example/%0aalert(1)", "data:text/html,x", "file:///etc", "a.example", ""]
        {
            assert_eq!(web_address(url), None, "{url}");
        }
    }

    /// The Arabic letter mark, U+061C, got out.
    #[test]
    fn no_mark_of_direction_gets_out() {
        let marks: Vec<char> =
            "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}"
                .chars()
                .collect();
        for mark in marks {
            assert_eq!(printable(&format!("a{mark}b")), "ab", "{mark:?}");
        }
    }
}
