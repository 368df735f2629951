//! The query language: from what a researcher types to a tree, and back to text.
//!
//! `docs/query-language.md` describes the language. [`parse`] understands any text: what is wrong in it
//! is read in the likeliest way and noted. [`parse_strict`] makes an error of it. How a tree is matched,
//! or a word analysed, is other modules' matter.

mod ast;
mod automata;
mod build;
mod date_range;
mod documented;
mod elsewhere;
mod error;
mod field;
mod full_width;
mod held;
mod leaves;
mod lexer;
mod lone_characters;
mod named_language;
mod parser;
mod point;
mod print;
mod properties;
mod prose;
mod quotation;
mod relative;
mod rewrite;
mod synonyms;
mod typed;
mod weight;
mod whole_words;
mod widened;
mod written_date;

pub use ast::{Clause, Detail, Filter, Occur, Pattern, Query, Relation, TextField};
pub use error::{Note, QueryError};
pub use leaves::{Form, Leaf};
pub use point::{echoed, point_at};
pub use prose::are_shouted;
pub use rewrite::{Loosened, distinct_words, words};
pub use synonyms::{Synonyms, SynonymsError, synonym};
pub use weight::Weight;
pub use widened::Beside;

pub(crate) use build::joined;

use crate::model::Date;
use crate::text::Span;
use error::Fault;
use print::Printed;

/// The longest query, in characters, as typed and as it prints.
pub const MAX_CHARS: usize = 10_000;
/// The most words, phrases and conditions of a query.
pub const MAX_CLAUSES: usize = 1_024;
/// The deepest that brackets are nested, as typed and as the query prints.
pub const MAX_NESTING: usize = 32;

/// The most patterns of a query: each of them has to be looked up in the whole dictionary.
pub const MAX_PATTERNS: usize = 32;
/// The most words that `NEAR/5` and its like, or the slop of a phrase, may reach over.
pub const MAX_DISTANCE: u32 = 1_000;

/// How a query is to be read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rules {
    /// Whether what is wrong in it is an error, rather than read in the likeliest way and noted.
    pub strict: bool,
    /// The day that `date:"last 2 years"` counts from; without it that is an error.
    pub today: Option<Date>,
}

/// What was understood of a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// What it asks for; nothing if there is nothing to look for.
    pub query: Option<Query>,
    /// What was wrong with it and how it was read, from left to right.
    pub notes: Vec<Note>,
}

/// Understands `text` as well as can be; what is wrong with it becomes a note.
///
/// The tree of a query prints as text that gives the same tree.
///
/// # Errors
///
/// If a field has an impossible value, such as `date:20x0`, or the query is beyond one of the limits of this
/// module.
pub fn parse(text: &str) -> Result<Parsed, QueryError> {
    parse_by(text, Rules::default())
}

/// Understands `text` only if nothing is wrong with it.
///
/// # Errors
///
/// Those of [`parse`], and the first of what it notes.
pub fn parse_strict(text: &str) -> Result<Parsed, QueryError> {
    parse_by(text, Rules { strict: true, ..Rules::default() })
}

/// Understands `text` by `rules`.
///
/// # Errors
///
/// Those of [`parse`] or [`parse_strict`].
pub fn parse_by(text: &str, rules: Rules) -> Result<Parsed, QueryError> {
    let (query, faults) = read(text, rules.today)?;
    match faults.first() {
        Some(fault) if rules.strict => Err(fault.error(text)),
        _ => Ok(Parsed { query, notes: faults.into_iter().map(|fault| fault.note(text)).collect() }),
    }
}

/// The tree of `text`, and its faults from left to right.
fn read(text: &str, today: Option<Date>) -> Result<(Option<Query>, Vec<Fault>), QueryError> {
    if let Some((limit, _)) = text.char_indices().nth(MAX_CHARS) {
        return Err(too_long(Span::new(limit, text.len())));
    }
    let narrowed = full_width::Narrowed::of(text);
    let typed = |error: QueryError| QueryError { span: narrowed.typed(error.span), ..error };
    let (query, mut faults) = read_narrowed(&narrowed.text, today).map_err(typed)?;
    for fault in &mut faults {
        fault.span = narrowed.typed(fault.span);
    }
    Ok((query, in_order(faults)))
}

/// The tree of `text`, whose signs are those of ASCII, and its faults.
fn read_narrowed(text: &str, today: Option<Date>) -> Result<(Option<Query>, Vec<Fault>), QueryError> {
    let mut faults = Vec::new();
    let tokens = prose::tamed(lexer::tokens(text, &mut faults)?, &mut faults);
    let query = parser::tree(&tokens, today, &mut faults)?.map(Query::with_whole_words);
    match &query {
        Some(query) => check_printed(query, Span::new(0, text.len()))?,
        None if faults.is_empty() => faults.push(lexer::wordless(text)),
        None => {}
    }
    Ok((query, faults))
}

/// `faults` from left to right, a run such as `)))` as one.
fn in_order(mut faults: Vec<Fault>) -> Vec<Fault> {
    faults.sort_by_key(|fault| fault.span);
    faults.dedup_by(|next, last| {
        let joins = next.kind == last.kind && next.span.start == last.span.end;
        if joins {
            last.span = last.span.cover(next.span);
        }
        joins
    });
    faults
}

/// Checks that the query as it prints would be read again.
fn check_printed(query: &Query, whole: Span) -> Result<(), QueryError> {
    let printed = Printed::of(query);
    if printed.nesting > MAX_NESTING {
        let message = format!("the query is nested more than {MAX_NESTING} deep");
        let hint = "split it: each relation behind another, and each OR beside an AND, nests it deeper";
        return Err(QueryError::new(whole, message, hint));
    }
    if printed.text.chars().nth(MAX_CHARS).is_some() {
        return Err(too_long(whole));
    }
    Ok(())
}

fn too_long(span: Span) -> QueryError {
    let message = format!("the query is longer than {MAX_CHARS} characters");
    QueryError::new(span, message, "split it into several queries")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> (String, Span) {
        let error = parse(text).unwrap_err();
        assert_eq!(parse_strict(text).unwrap_err(), error);
        assert!(error.span.of(text).is_some());
        (error.message, error.span)
    }

    #[test]
    fn a_query_has_limits_and_the_error_names_them() {
        let long = "é".repeat(MAX_CHARS);
        assert!(parse(&long).is_ok());
        let (message, span) = error(&format!("{long}xy"));
        assert_eq!(message, "the query is longer than 10000 characters");
        assert_eq!(span, Span::new(2 * MAX_CHARS, 2 * MAX_CHARS + 2));

        let many = "a ".repeat(MAX_CLAUSES);
        assert!(parse(&many).is_ok());
        let (message, span) = error(&format!("{many}=b"));
        assert_eq!(message, "the query has more than 1024 words and phrases");
        assert_eq!(span, Span::new(2 * MAX_CLAUSES, 2 * MAX_CLAUSES + 2));

        let deep = |n| format!("{}a{}", "(".repeat(n), ")".repeat(n));
        assert!(parse(&deep(MAX_NESTING)).is_ok());
        let (message, span) = error(&deep(MAX_NESTING + 1));
        assert_eq!(message, "brackets are nested more than 32 deep");
        assert_eq!(span, Span::new(MAX_NESTING, MAX_NESTING + 1));
    }

    /// What was understood printed as a range without an end, which is an error.
    #[test]
    fn punctuation_apart_from_the_name_of_a_field_is_no_value_of_it() {
        for text in ["date: ..", "date: .. ", "water date: ?"] {
            let understood = parse(text).unwrap().query.unwrap().to_string();
            assert_eq!(parse(&understood).unwrap().query.unwrap().to_string(), understood, "{text}");
        }
    }

    #[test]
    fn words_beyond_the_limit_are_left_out_of_a_pasted_text() {
        let most = "a ".repeat(MAX_CLAUSES);
        let Parsed { query, notes } = parse(&format!("{most}b \"c d\" e")).unwrap();
        assert_eq!(query, parse(&most).unwrap().query);
        let told: Vec<Span> = notes.iter().map(|note| note.span).collect();
        assert_eq!(told, [Span::new(2 * MAX_CLAUSES, 2 * MAX_CLAUSES + 1)]);
        assert!(parse_strict(&format!("{most}b")).is_err());
    }

    #[test]
    fn what_would_not_read_back_is_refused() {
        // Every level prints as several: each of these is within the limit as typed.
        let deep = (0..MAX_NESTING - 1).fold("a".to_owned(), |inner, _| format!("(x OR y AND {inner})"));
        assert_eq!(error(&deep).0, "the query is nested more than 32 deep");
        let long = "\"a\"".repeat(MAX_CLAUSES - 1) + &"b".repeat(MAX_CHARS - 3 * (MAX_CLAUSES - 1));
        assert_eq!(error(&long).0, "the query is longer than 10000 characters");
    }

    #[test]
    fn an_error_speaks_of_brackets_only_where_there_are_some() {
        let chained = |relations: usize| format!("a{}", " NEAR/1 b".repeat(relations));
        assert!(parse(&chained(MAX_NESTING)).is_ok());
        let error = parse(&chained(MAX_NESTING + 2)).unwrap_err();
        let told = format!("{error}: {}", error.hint.as_deref().unwrap_or_default());
        assert!(told.contains("32 deep") && told.contains("relation") && !told.contains("bracket"), "{told}");
    }

    #[test]
    fn the_first_fault_is_the_strict_error() {
        let text = "a) AND \"\"";
        let notes = parse(text).unwrap().notes;
        assert_eq!(
            notes.iter().map(|note| note.span).collect::<Vec<_>>(),
            [Span::new(1, 2), Span::new(3, 6), Span::new(7, 9)]
        );
        let error = parse_strict(text).unwrap_err();
        assert_eq!((error.span, error.message.as_str()), (Span::new(1, 2), "nothing opens this bracket"));
        assert_eq!(error.hint.as_deref(), Some("open it, or leave it out"));
        assert_eq!(parse_strict("a b").unwrap(), parse("a b").unwrap());
    }

    #[test]
    fn faults_side_by_side_are_one() {
        let spans: Vec<_> = parse("a))) b)").unwrap().notes.iter().map(|note| note.span).collect();
        assert_eq!(spans, [Span::new(1, 4), Span::new(6, 7)]);
    }
}
