//! The query language: from what a researcher types to a tree, and back to text.
//!
//! `docs/query-language.md` describes the language. [`parse`] understands any text: what is wrong in it
//! is read in the likeliest way and noted. [`parse_strict`] makes an error of it. How a tree is matched,
//! or a word analysed, is other modules' matter.

mod ast;
mod build;
mod error;
mod field;
mod leaves;
mod lexer;
mod parser;
mod point;
mod print;

pub use ast::{Clause, Filter, Occur, Query, TextField};
pub use error::{Note, QueryError};
pub use leaves::Leaf;
pub use point::point_at;

use crate::text::Span;
use error::Fault;
use print::Printed;

/// The longest query, in characters, as typed and as it prints.
pub const MAX_CHARS: usize = 10_000;
/// The most words, phrases and conditions of a query.
pub const MAX_CLAUSES: usize = 1_024;
/// The deepest that brackets are nested, as typed and as the query prints.
pub const MAX_NESTING: usize = 32;

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
/// If a field has an impossible value, such as `date:20x0`, or the query is beyond [`MAX_CHARS`],
/// [`MAX_CLAUSES`] or [`MAX_NESTING`].
pub fn parse(text: &str) -> Result<Parsed, QueryError> {
    let (query, faults) = read(text)?;
    Ok(Parsed { query, notes: faults.into_iter().map(Fault::note).collect() })
}

/// Understands `text` only if nothing is wrong with it.
///
/// # Errors
///
/// Those of [`parse`], and the first of what it notes.
pub fn parse_strict(text: &str) -> Result<Parsed, QueryError> {
    let (query, faults) = read(text)?;
    match faults.first() {
        Some(fault) => Err(fault.error()),
        None => Ok(Parsed { query, notes: Vec::new() }),
    }
}

/// The tree of `text`, and its faults from left to right.
fn read(text: &str) -> Result<(Option<Query>, Vec<Fault>), QueryError> {
    if let Some((limit, _)) = text.char_indices().nth(MAX_CHARS) {
        return Err(too_long(Span::new(limit, text.len())));
    }
    let mut faults = Vec::new();
    let tokens = lexer::tokens(text, &mut faults);
    let query = parser::tree(&tokens, &mut faults)?;
    if let Some(query) = &query {
        check_printed(query, Span::new(0, text.len()))?;
    }
    faults.sort_by_key(|fault| fault.span);
    Ok((query, faults))
}

/// Checks that the query as it prints would be read again.
fn check_printed(query: &Query, whole: Span) -> Result<(), QueryError> {
    let printed = Printed::of(query);
    if printed.nesting > MAX_NESTING {
        return Err(parser::too_deep(whole));
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
