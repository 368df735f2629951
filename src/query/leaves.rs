//! The leaves of a query: the words, phrases and patterns that it looks for.

use super::ast::{Filter, Occur, Pattern, Query, TextField};
use super::weight::Weight;
use crate::model::Language;

/// A word, phrase or pattern that a query looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Leaf<'q> {
    /// As typed, without quotes and other signs.
    pub text: &'q str,
    /// How it is meant.
    pub form: Form,
    /// The one field that it is looked for in, if any.
    pub scope: Option<TextField>,
    /// How much it counts.
    pub weight: Weight,
}

/// How the text of a leaf is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// A word in any of its forms.
    Any,
    /// As written, in this order, with so many other words between at most.
    Written {
        /// How many.
        slop: u32,
    },
    /// A pattern with `*` and `?`.
    Wildcard,
    /// Words spelt almost like it.
    Fuzzy {
        /// How many letters may differ.
        edits: u8,
    },
    /// A regular expression.
    Regex,
}

impl<'q> Leaf<'q> {
    /// The plain word `text`, looked for in no field of its own.
    #[must_use]
    pub fn word(text: &'q str) -> Self {
        Self { text, form: Form::Any, scope: None, weight: Weight::FULL }
    }

    /// The leaf that `query` is, if it is one, looked for in `scope`.
    #[must_use]
    pub fn of(query: &'q Query, scope: Option<TextField>) -> Option<Self> {
        let (text, form) = match query {
            Query::Word(text) => (text, Form::Any),
            Query::Phrase { text, slop } => (text, Form::Written { slop: *slop }),
            Query::Exact(text) => (text, Form::Written { slop: 0 }),
            Query::Pattern(Pattern::Wildcard(text)) => (text, Form::Wildcard),
            Query::Pattern(Pattern::Fuzzy { word, edits }) => (word, Form::Fuzzy { edits: *edits }),
            Query::Pattern(Pattern::Regex(text)) => (text, Form::Regex),
            Query::Less(query, weight) => {
                return Self::of(query, scope).map(|leaf| Self { weight: *weight, ..leaf });
            }
            _ => return None,
        };
        Some(Self { text, form, scope, weight: Weight::FULL })
    }

    /// It as a query, in no field of its own.
    #[must_use]
    pub fn query(&self) -> Query {
        self.with_text(self.text)
    }

    /// A query for `text`, meant as this leaf is, in no field of its own.
    #[must_use]
    pub fn with_text(&self, text: &str) -> Query {
        let text = text.to_owned();
        let query = match self.form {
            Form::Any => Query::Word(text),
            Form::Written { slop } => Query::Phrase { text, slop },
            Form::Wildcard => Query::Pattern(Pattern::Wildcard(text)),
            Form::Fuzzy { edits } => Query::Pattern(Pattern::Fuzzy { word: text, edits }),
            Form::Regex => Query::Pattern(Pattern::Regex(text)),
        };
        if self.weight == Weight::FULL { query } else { Query::Less(Box::new(query), self.weight) }
    }

    /// Whether it is looked for where words have forms, and not in names.
    #[must_use]
    pub fn has_stems(&self) -> bool {
        self.scope.is_none_or(TextField::has_forms)
    }

    /// Whether its words count as written, and not in any form.
    #[must_use]
    pub fn is_written(&self) -> bool {
        matches!(self.form, Form::Written { .. })
    }

    /// Whether it stands for several words.
    #[must_use]
    pub fn is_pattern(&self) -> bool {
        matches!(self.form, Form::Wildcard | Form::Fuzzy { .. } | Form::Regex)
    }
}

impl Query {
    /// It as it is looked for in `scope`.
    #[must_use]
    pub fn scoped(self, scope: Option<TextField>) -> Self {
        match scope {
            Some(field) => Self::Scoped(field, Box::new(self)),
            None => self,
        }
    }

    /// The languages of which every article has one that it finds; none if it finds articles in any.
    #[must_use]
    pub fn languages(&self) -> Option<Vec<Language>> {
        match self {
            Self::Filter(Filter::Language(language)) => Some(vec![*language]),
            Self::And(queries) => queries.iter().find_map(Self::languages),
            Self::Or(queries) => {
                let each: Option<Vec<_>> = queries.iter().map(Self::languages).collect();
                each.map(|languages| languages.concat())
            }
            Self::Bag(clauses) => {
                let required = clauses.iter().filter(|clause| clause.occur == Occur::Must);
                required.map(|clause| &clause.query).find_map(Self::languages)
            }
            Self::Scoped(_, query) => query.languages(),
            _ => None,
        }
    }

    /// Whether it says where the words of a pattern stand: in a relation, or side by side as in `counter-terror*`.
    #[must_use]
    pub fn places_patterns(&self) -> bool {
        match self {
            Self::Near { .. } => self.all_leaves().iter().any(Leaf::is_pattern),
            Self::And(queries) | Self::Or(queries) => queries.iter().any(Self::places_patterns),
            Self::Bag(clauses) => clauses.iter().any(|clause| clause.query.places_patterns()),
            Self::Scoped(_, query) | Self::Not(query) | Self::Less(query, _) => query.places_patterns(),
            Self::Pattern(pattern) => pattern.words() > 1,
            _ => false,
        }
    }

    /// The leaves that articles are found by, from left to right: those that are negated are left out, a
    /// leaf that stands twice is given twice.
    #[must_use]
    pub fn leaves(&self) -> Vec<Leaf<'_>> {
        let mut leaves = Vec::new();
        collect(self, None, false, &mut leaves);
        leaves
    }

    /// The same, with those that are negated.
    #[must_use]
    pub fn all_leaves(&self) -> Vec<Leaf<'_>> {
        let mut leaves = Vec::new();
        collect(self, None, true, &mut leaves);
        leaves
    }

    /// The relations that articles are found by, from left to right, without those that are parts of others or are
    /// looked for in one field.
    #[must_use]
    pub fn relations(&self) -> Vec<&Query> {
        match self {
            Self::Near { .. } => vec![self],
            Self::Bag(clauses) => {
                let wanted = clauses.iter().filter(|clause| clause.occur != Occur::MustNot);
                wanted.flat_map(|clause| clause.query.relations()).collect()
            }
            Self::And(queries) | Self::Or(queries) => queries.iter().flat_map(Self::relations).collect(),
            _ => Vec::new(),
        }
    }

    /// The filters and negations that articles have to meet or may, from left to right, each as a query of its own.
    #[must_use]
    pub fn conditions(&self) -> Vec<&Query> {
        match self {
            Self::Filter(_) | Self::Not(_) => vec![self],
            Self::Bag(clauses) => {
                let wanted = clauses.iter().filter(|clause| clause.occur != Occur::MustNot);
                wanted.flat_map(|clause| clause.query.conditions()).collect()
            }
            Self::And(queries) | Self::Or(queries) => queries.iter().flat_map(Self::conditions).collect(),
            Self::Scoped(_, query) => query.conditions(),
            _ => Vec::new(),
        }
    }
}

/// A tree's depth is bounded by the parser.
fn collect<'q>(query: &'q Query, scope: Option<TextField>, negated: bool, leaves: &mut Vec<Leaf<'q>>) {
    match query {
        Query::Bag(clauses) => {
            for clause in clauses.iter().filter(|clause| negated || clause.occur != Occur::MustNot) {
                collect(&clause.query, scope, negated, leaves);
            }
        }
        Query::And(queries) | Query::Or(queries) => {
            for query in queries {
                collect(query, scope, negated, leaves);
            }
        }
        Query::Near { left, right, .. } => {
            collect(left, scope, negated, leaves);
            collect(right, scope, negated, leaves);
        }
        Query::Scoped(field, query) => collect(query, Some(*field), negated, leaves),
        Query::Not(query) if negated => collect(query, scope, negated, leaves),
        Query::Not(_) | Query::Filter(_) => {}
        leaf => leaves.extend(Leaf::of(leaf, scope)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::ast::Clause;
    use super::*;

    #[test]
    fn leaves_are_what_is_looked_for_and_not_what_is_shut_out() {
        let word = |text: &str| Query::Word(text.to_owned());
        let phrase = Query::Phrase { text: "two rivers".into(), slop: 0 };
        let query = Query::Bag(vec![
            Clause { occur: Occur::Should, query: word("water") },
            Clause { occur: Occur::MustNot, query: word("war") },
            Clause {
                occur: Occur::Must,
                query: Query::And(vec![
                    Query::Scoped(TextField::Title, Box::new(phrase)),
                    Query::Not(Box::new(word("dam"))),
                ]),
            },
        ]);
        let leaves = query.leaves();
        assert_eq!(leaves.iter().map(|leaf| leaf.text).collect::<Vec<_>>(), ["water", "two rivers"]);
        assert_eq!(leaves[1].scope, Some(TextField::Title));
        assert!(leaves[1].is_written() && !leaves[0].is_written());
    }

    #[test]
    fn a_relation_is_found_wherever_it_stands() {
        let has_relation =
            |text: &str| super::super::parse(text).unwrap().query.is_some_and(|query| query.has_relation());
        for text in ["a NEAR/2 b", "x AND (a NEAR/2 b)", "title:(a /s b)", "NOT (a /p b)", "x -(a /p b)"] {
            assert!(has_relation(text), "{text}");
        }
        assert!(!has_relation("a AND \"b c\" title:d"));
    }
}
