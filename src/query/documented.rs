//! The examples of `docs/query-language.md`, run.
#![cfg(test)]

use super::{Parsed, QueryError, Rules, parse_by};
use crate::model::Date;

const PAGE: &str = include_str!("../../docs/query-language.md");

/// The rows of the fenced blocks marked `kind`, as their cells.
fn rows(kind: &str) -> Vec<Vec<&'static str>> {
    let fence = format!("```{kind}");
    let mut found = Vec::new();
    let mut inside = false;
    for line in PAGE.lines() {
        match line.trim_end() {
            "```" => inside = false,
            line if line == fence => inside = true,
            line if inside => found.push(line.split(" | ").map(str::trim).collect()),
            _ => {}
        }
    }
    assert!(!found.is_empty(), "no block {fence}");
    found
}

/// As on the day that the page names.
fn parse(query: &str) -> Result<Parsed, QueryError> {
    parse_by(query, Rules { strict: false, today: Date::day(2026, 3, 31) })
}

fn parse_strict(query: &str) -> Result<Parsed, QueryError> {
    parse_by(query, Rules { strict: true, today: Date::day(2026, 3, 31) })
}

fn printed(query: &str) -> String {
    parse(query).unwrap().query.map_or_else(|| "nothing".to_owned(), |query| query.to_string())
}

#[test]
fn examples_are_read_as_the_page_says() {
    for row in rows("query") {
        let [query, tree] = row[..] else { panic!("{row:?}: not `query | tree`") };
        assert_eq!(printed(query), tree, "{query}");
        assert!(parse_strict(query).is_ok(), "{query}: belongs to what is forgiven");
    }
}

#[test]
fn what_is_forgiven_is_read_as_the_page_says() {
    for row in rows("forgiven") {
        let [query, tree, message] = row[..] else { panic!("{row:?}: not `query | tree | note`") };
        assert_eq!(printed(query), tree, "{query}");
        assert_eq!(parse(query).unwrap().notes[0].message, message, "{query}");
        assert!(parse_strict(query).is_err(), "{query}");
    }
}

#[test]
fn errors_are_those_of_the_page() {
    for row in rows("error") {
        let [query, message, hint] = row[..] else { panic!("{row:?}: not `query | error | hint`") };
        let error = parse(query).unwrap_err();
        assert_eq!((error.message.as_str(), error.hint.as_deref()), (message, Some(hint)), "{query}");
    }
}

#[test]
fn the_page_names_the_limits() {
    let limits = [super::MAX_CHARS, super::MAX_CLAUSES, super::MAX_NESTING, super::MAX_PATTERNS];
    let paragraph = PAGE.split("\n\n").find(|part| part.starts_with("A query has at most")).unwrap();
    let numbers: Vec<usize> =
        paragraph.replace(',', "").split_whitespace().filter_map(|word| word.parse().ok()).collect();
    assert_eq!(numbers[..limits.len()], limits);
}
