//! The tree that a query means.
//!
//! It knows nothing of analyzers, fields of an index or how a clause is matched: words stand here
//! as they were typed.

use std::fmt;

use super::weight::Weight;
use crate::model::{Date, Language};
use crate::text::is_found_in_pairs;

/// What a query asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Query {
    /// A word as typed; its analyzer may make several tokens of it (`ISIS-K`, a run of Chinese).
    Word(String),
    /// Words in quotes: as written and in this order.
    Phrase {
        /// What stands between the quotes.
        text: String,
        /// How many other words may stand between them, altogether: `"a b"~3`.
        slop: u32,
    },
    /// A word in this form alone: `=word`.
    Exact(String),
    /// Any of the words that a pattern stands for.
    Pattern(Pattern),
    /// A word, phrase or pattern that counts less than others: `TTP^0.5`.
    Less(Box<Query>, Weight),
    /// Two things in a relation of place: `a NEAR/5 b`. Both are places ([`Query::is_place`]).
    Near {
        /// How they have to stand.
        relation: Relation,
        /// What stands first, as typed.
        left: Box<Query>,
        /// What stands second, as typed.
        right: Box<Query>,
    },
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
            Self::Word(_) | Self::Phrase { .. } | Self::Exact(_) | Self::Pattern(_) | Self::Near { .. } => {
                false
            }
            Self::Less(query, _) => query.is_condition(),
            Self::And(queries) | Self::Or(queries) => queries.iter().all(Self::is_condition),
            Self::Bag(clauses) => clauses.iter().all(Clause::is_condition),
        }
    }

    /// Whether it says where in a text something stands, and not only whether it is there: words, phrases and
    /// patterns, any of several, and what relations make of them.
    #[must_use]
    pub fn is_place(&self) -> bool {
        match self {
            Self::Word(_) | Self::Phrase { .. } | Self::Exact(_) | Self::Pattern(_) | Self::Near { .. } => {
                true
            }
            Self::Less(query, _) => query.is_place(),
            Self::Or(queries) => queries.iter().all(Self::is_place),
            Self::Bag(clauses) => {
                clauses.iter().all(|clause| clause.occur == Occur::Should && clause.query.is_place())
            }
            Self::And(_) | Self::Not(_) | Self::Scoped(..) | Self::Filter(_) => false,
        }
    }

    /// Whether it is a relation of two things, or holds one anywhere.
    #[must_use]
    pub fn has_relation(&self) -> bool {
        match self {
            Self::Near { .. } => true,
            Self::And(queries) | Self::Or(queries) => queries.iter().any(Self::has_relation),
            Self::Bag(clauses) => clauses.iter().any(|clause| clause.query.has_relation()),
            Self::Scoped(_, query) | Self::Not(query) | Self::Less(query, _) => query.has_relation(),
            Self::Word(_) | Self::Phrase { .. } | Self::Exact(_) | Self::Pattern(_) | Self::Filter(_) => {
                false
            }
        }
    }
}

/// What stands for several words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// `nucle*`, `wom?n`: a star is any run of letters, a question mark any one.
    Wildcard(String),
    /// `kurila~`: words that are spelt almost like it.
    Fuzzy {
        /// The word.
        word: String,
        /// How many letters may be missing, added, replaced or swapped, 1 or 2.
        edits: u8,
    },
    /// `/enrich(ed|ment)/`: words that match the expression as a whole.
    Regex(String),
}

impl Pattern {
    /// What may part the words of one with a star, as in `counter-terror*` and `A/RES/7*`.
    pub const SIGNS: [char; 12] = ['-', '\'', '’', '.', ',', '/', '&', '_', '@', '#', ':', '·'];

    /// How many words it is of: `counter-terror*` is two. In a script whose words are found in pairs of characters,
    /// each character begins one.
    #[must_use]
    pub fn words(&self) -> usize {
        match self {
            Self::Wildcard(text) => {
                let words = text.split(Self::SIGNS).filter(|word| word.contains(char::is_alphanumeric));
                let in_pairs = text.chars().filter(|&c| is_found_in_pairs(c)).count();
                let more = if in_pairs > 0 { in_pairs + text.matches('?').count() - 1 } else { 0 };
                words.count().max(1) + more
            }
            Self::Fuzzy { .. } | Self::Regex(_) => 1,
        }
    }
}

/// How two things have to stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// At most so many words apart, in any order; neighbours are one apart.
    Near(u32),
    /// The first before the second, at most so many words apart.
    Before(u32),
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
}

impl Relation {
    /// Its name without a number.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Near(_) => "NEAR",
            Self::Before(_) => "BEFORE",
            Self::Sentence => "/s",
            Self::Paragraph => "/p",
        }
    }

    /// How many words apart the two may be, if that counts.
    #[must_use]
    pub fn distance(self) -> Option<u32> {
        match self {
            Self::Near(distance) | Self::Before(distance) => Some(distance),
            Self::Sentence | Self::Paragraph => None,
        }
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        self.distance().map_or(Ok(()), |distance| write!(f, "/{distance}"))
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
    /// Whether articles have to have what it looks for, so that none of those beside it needs to be there.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.occur == Occur::Must && !self.query.is_condition()
    }

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
    /// `heading:`
    Heading,
    /// `section:`
    Section,
    /// `url:`
    Url,
    /// `source:`, the path of the file that it was read from, and its record in it
    Source,
}

impl TextField {
    /// Whether its words have forms, being of their article's language: names are of any.
    #[must_use]
    pub fn has_forms(self) -> bool {
        matches!(self, Self::Title | Self::Heading)
    }

    /// The name that stands before its colon.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Author => "author",
            Self::Publisher => "publisher",
            Self::Heading => "heading",
            Self::Section => "section",
            Self::Url => "url",
            Self::Source => "source",
        }
    }
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
    /// `site:example.org`: its URL is on this host or one below it. In small letters, without `www.`.
    Site(String),
    /// `has:author`, `no:date`: whether this much is known of it.
    Known {
        /// What is or isn't known.
        detail: Detail,
        /// Whether it has to be.
        present: bool,
    },
}

/// What may be known of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Detail {
    /// A title.
    Title,
    /// An author.
    Author,
    /// A publisher.
    Publisher,
    /// When it was published.
    Date,
    /// A section.
    Section,
    /// A heading in the text.
    Heading,
    /// A URL.
    Url,
    /// Its language.
    Language,
}

impl Detail {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Title,
        Self::Author,
        Self::Publisher,
        Self::Date,
        Self::Section,
        Self::Heading,
        Self::Url,
        Self::Language,
    ];

    /// The name by which a query asks for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Author => "author",
            Self::Publisher => "publisher",
            Self::Date => "date",
            Self::Section => "section",
            Self::Heading => "heading",
            Self::Url => "url",
            Self::Language => "lang",
        }
    }
}
