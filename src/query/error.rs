//! [`QueryError`] and [`Note`]: what is wrong with a query, and where.
//!
//! A [`Fault`] is something that can be understood all the same. The lenient parser tells it as a note,
//! the strict one as an error, so both texts stand here side by side. Drawing the caret is not here.

use super::elsewhere::Sign;
use super::field::Field;
use super::point::shown;
use super::quotation::{ends_word, find};
use super::{Detail, MAX_CLAUSES};
use crate::text::{PatternError, Span};

/// Why a query can't be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// The part of the query at fault.
    pub span: Span,
    /// What is wrong with it: lower case, no full stop.
    pub message: String,
    /// What to write instead, where that can be said.
    pub hint: Option<String>,
}

impl QueryError {
    pub(super) fn new(span: Span, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { span, message: message.into(), hint: Some(hint.into()) }
    }
}

/// How a fault in a query was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The part of the query at fault.
    pub span: Span,
    /// What is wrong with it and how it was read: lower case, no full stop.
    pub message: String,
}

/// Something wrong with a query that doesn't hide what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) span: Span,
    pub(super) kind: FaultKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FaultKind {
    UnclosedQuote,
    UnclosedBracket,
    StrayBracket,
    EmptyQuotes,
    EmptyBrackets,
    /// An operator with nothing before it.
    NoLeft(&'static str),
    /// An operator or sign with nothing behind it.
    NoRight(&'static str),
    /// A field with no value right behind its colon.
    NoValue(Field),
    /// `author:*`, and what `has:` asks for instead.
    AnyValue(Detail),
    /// More words than a query may have.
    TooManyWords,
    /// `date:Monday`: a condition with what none can have.
    NoCondition(&'static str),
    /// `about:x`, where there is no such field.
    NoField,
    /// `published:2021`, which is a field of another name here.
    OtherName(Field),
    /// `title:-a`.
    SignBehind(Field),
    /// `--a`.
    SeveralSigns,
    /// A relation beside something that says nothing of places.
    NoPlace(&'static str),
    /// An operator or sign in a pasted sentence.
    InSentence(&'static str),
    /// `W/5`: a sign of another search tool.
    Elsewhere(Sign),
    /// Something wrong with a pattern.
    Pattern(PatternFault),
    /// A query without a letter or digit.
    NoWord,
}

impl FaultKind {
    pub(super) fn of(error: PatternError) -> Self {
        match error {
            PatternError::Syntax => Self::Pattern(PatternFault::NoRegex),
            PatternError::TooComplex => Self::Pattern(PatternFault::TooComplex),
        }
    }

    /// What is wrong, how it is read, and what to write instead; `behind` is what follows in the query.
    fn texts(self, behind: &str) -> (String, &'static str, String) {
        let in_quotes = |word: &str| format!("put it in quotes to look for the word: \"{word}\"");
        match self {
            Self::UnclosedQuote => {
                ("the quote is never closed".into(), "its words are looked for one by one", "close it".into())
            }
            Self::UnclosedBracket => {
                ("the bracket is never closed".into(), "it is read as closed at the end", "close it".into())
            }
            Self::StrayBracket => {
                ("nothing opens this bracket".into(), "it is left out", "open it, or leave it out".into())
            }
            Self::EmptyQuotes => {
                ("there is no word between the quotes".into(), "they are left out", "leave them out".into())
            }
            Self::EmptyBrackets => {
                ("there is nothing between the brackets".into(), "they are left out", "leave them out".into())
            }
            Self::NoLeft(op) => (format!("`{op}` has nothing before it"), "it is left out", in_quotes(op)),
            Self::NoRight(sign @ ("+" | "-")) => {
                (format!("`{sign}` has nothing behind it"), "it is left out", "leave it out".into())
            }
            Self::NoRight(op) => (format!("`{op}` has nothing behind it"), "it is left out", in_quotes(op)),
            Self::NoValue(field) => (
                format!("`{}:` has nothing right behind it", field.name()),
                "it is read as a word",
                format!("write {}, without a space", field.example()),
            ),
            Self::AnyValue(detail) => {
                let here = format!("has:{}", detail.name());
                (format!("this is written {here} here"), "it is read as a word", format!("write {here}"))
            }
            Self::TooManyWords => (
                format!("the query has more than {MAX_CLAUSES} words and phrases"),
                "the words from here on are left out",
                "shorten it, or split it into several queries".into(),
            ),
            Self::NoCondition(name) => (
                format!("this is nothing that `{name}:` could ask for"),
                "it is read as a word",
                format!("put it in quotes to look for the words: \"{name} …\""),
            ),
            Self::NoField => (
                "there is no field of this name".into(),
                "it is read as a word",
                format!("write one of {}", Field::names().join(", ")),
            ),
            Self::OtherName(field) => {
                let value = &behind[..find(behind, ends_word).map_or(behind.len(), |(end, _)| end)];
                let here = format!("{}:{}", field.name(), shown(value));
                (format!("this is written {here} here"), "it is read as a word", format!("write {here}"))
            }
            Self::SignBehind(field) => (
                format!("a sign stands before the field, not behind `{}:`", field.name()),
                "it is read as text",
                format!("write -{}", field.example()),
            ),
            Self::SeveralSigns => (
                "one sign stands before a word, and not several".into(),
                "they are left out",
                "write -a for articles without it, +a for those with it".into(),
            ),
            Self::InSentence(sign @ ("+" | "-")) => (
                format!("`{sign}` stands in a sentence"),
                "it is left out",
                "shorten the query to its words, or leave the sign out".into(),
            ),
            Self::InSentence(op) => (
                format!("`{op}` stands in a sentence"),
                "it is read as a word",
                "write it in small letters".into(),
            ),
            Self::Elsewhere(sign) => sign.texts(),
            Self::Pattern(fault) => fault.texts(),
            Self::NoWord => (
                "there is no word to look for in the query".into(),
                "nothing is looked for",
                "write a word: letters or digits".into(),
            ),
            Self::NoPlace(relation) => (
                format!("`{relation}` joins words, phrases and alternatives of them"),
                "it is read as AND",
                format!("write a {relation} b, or (a OR b) {relation} c; put NOT and fields beside it"),
            ),
        }
    }
}

/// Something wrong with a pattern that can be understood all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PatternFault {
    /// Something between slashes that is no regular expression.
    NoRegex,
    /// A pattern that is too complex.
    TooComplex,
    /// `word~9`.
    WrongEdits,
    /// `a+b*`.
    StarInWord,
    /// `"nuclear weapon*"`.
    InQuotes,
    /// A query of patterns without a letter or digit: `*`, `/.*/`.
    AnyWord,
}

impl PatternFault {
    /// What is wrong, how it is read, and what to write instead.
    fn texts(self) -> (String, &'static str, String) {
        match self {
            Self::NoRegex => (
                "this is no regular expression".into(),
                "it is read as text",
                "check its brackets, or leave the slashes out".into(),
            ),
            Self::TooComplex => (
                "this pattern is too complex".into(),
                "it is read as text",
                "write fewer question marks behind a star, or [a-z] in the place of \\w".into(),
            ),
            Self::WrongEdits => (
                "one or two letters may differ".into(),
                "it is read as ~2",
                "write ~ for one letter, ~2 for two".into(),
            ),
            Self::StarInWord => (
                "no star stands in a word with such signs in it".into(),
                "the `*` says nothing",
                "leave the signs out, and join the words by a relation: nuclear BEFORE/1 weapon*".into(),
            ),
            Self::InQuotes => (
                "between quotes words stand as written, and no patterns".into(),
                "the `*` or `?` says nothing",
                "join the words by a relation: nuclear BEFORE/1 weapon*".into(),
            ),
            Self::AnyWord => (
                "a pattern without a letter or digit would stand for any word".into(),
                "nothing is looked for",
                "write a letter or digit in it: nucle*, wom?n, /enrich(ed)?/".into(),
            ),
        }
    }
}

impl Fault {
    /// The note of it, a fault of the query `text`.
    pub(super) fn note(self, text: &str) -> Note {
        let (wrong, reading, _) = self.kind.texts(text.get(self.span.end..).unwrap_or_default());
        Note { span: self.span, message: format!("{wrong}: {reading}") }
    }

    /// The error that it is to the strict parser.
    pub(super) fn error(self, text: &str) -> QueryError {
        let (wrong, _, hint) = self.kind.texts(text.get(self.span.end..).unwrap_or_default());
        QueryError::new(self.span, wrong, hint)
    }
}
