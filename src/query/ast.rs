//! The tree that a query means.
//!
//! It knows nothing of analyzers, fields of an index or how a clause is matched: words stand here
//! as they were typed.

use crate::model::{Date, Language};

/// What a query asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Query {
    /// A word as typed; its analyzer may make several tokens of it (`ISIS-K`, a run of Chinese).
    Word(String),
    /// Words in quotes: as written and in this order.
    Phrase(String),
    /// Clauses side by side: `a +b -c`. The more of the optional ones an article has, the better.
    Bag(Vec<Clause>),
    /// Every one of them: `a AND b`. Never fewer than two.
    And(Vec<Query>),
    /// At least one of them: `a OR b`. Never fewer than two.
    Or(Vec<Query>),
    /// Articles without it: `NOT a`.
    Not(Box<Query>),
    /// Looked for in one field alone: `title:a`, `title:(a OR b)`.
    Scoped(TextField, Box<Query>),
    /// A condition that an article meets or not, without a score.
    Filter(Filter),
}

/// A clause of a [`Query::Bag`].
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// Whether it has to match.
    pub occur: Occur,
    /// What has to match.
    pub query: Query,
}

/// Whether a clause of a bag has to match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occur {
    /// It raises the score.
    Should,
    /// It has to match: `+a`.
    Must,
    /// It must not match: `-a`.
    MustNot,
}

/// A field that words are looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextField {
    /// `title:`
    Title,
    /// `author:`
    Author,
    /// `publisher:`
    Publisher,
}

/// A condition on an article.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// `lang:fr`
    Language(Language),
    /// `date:2020..2024-06`, `after:2020`, `before:2024-06`: published on one of these days. Either end may
    /// be open, not both.
    Published {
        /// The first day is the first that this date may mean.
        from: Option<Date>,
        /// The last day is the last that this date may mean.
        to: Option<Date>,
    },
}
