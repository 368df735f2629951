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
    /// Clauses side by side: `a +b -c`. Never fewer than two.
    ///
    /// Every `Must` has to match and no `MustNot`. At least one `Should` has to match, if there is one,
    /// unless some `Must` is more than a condition ([`Query::is_condition`]): `sanctions after:2020` finds
    /// nothing without the word. The more of the `Should` an article has, the better.
    Bag(Vec<Clause>),
    /// Every one of them: `a AND b`. Never fewer than two.
    And(Vec<Query>),
    /// At least one of them: `a OR b`. Never fewer than two.
    Or(Vec<Query>),
    /// Articles without it: `NOT a`. Never a negation of a negation, nor a clause of a bag.
    Not(Box<Query>),
    /// Looked for in one field alone: `title:a`, `title:(a OR b)`. A field inside counts for itself.
    Scoped(TextField, Box<Query>),
    /// A condition that an article meets or not, without a score.
    Filter(Filter),
}

impl Query {
    /// Whether it says which articles are meant, rather than what to look for in them: filters, fields,
    /// negations and what is made of them alone.
    ///
    /// Beside words a condition has to be met without a `+`: it is never [`Occur::Should`].
    #[must_use]
    pub fn is_condition(&self) -> bool {
        match self {
            Self::Filter(_) | Self::Scoped(..) | Self::Not(_) => true,
            Self::Word(_) | Self::Phrase(_) => false,
            Self::And(queries) | Self::Or(queries) => queries.iter().all(Self::is_condition),
            Self::Bag(clauses) => clauses.iter().all(Clause::is_condition),
        }
    }
}

/// A clause of a [`Query::Bag`].
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// Whether it has to match.
    pub occur: Occur,
    /// What has to match.
    pub query: Query,
}

impl Clause {
    fn is_condition(&self) -> bool {
        self.occur == Occur::MustNot || self.query.is_condition()
    }
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
    /// `date:2020..2024-06`, `after:2020`, `before:2024-06`: published on one of these days, the first and
    /// the last among them. Either end may be open, not both.
    ///
    /// `after:2020` begins with the first day of 2020; `before:2024` ends with the last day of 2023 and
    /// has `to` 2023.
    Published {
        /// The first day is the first that this date may mean.
        from: Option<Date>,
        /// The last day is the last that this date may mean.
        to: Option<Date>,
    },
}
