//! Lowers a query's tree to Tantivy's queries.
//!
//! Words are looked for in the stems of every language present, phrases in the words as written. An
//! article is in one language, so its score is that of its language's clause alone.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur as TantivyOccur, PhraseQuery,
    Query as TantivyQuery, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::fields::{ARTICLE, Fields};
use super::languages::GroupTerms;
use crate::analysis::Sequence;
use crate::model::{Date, days_since_epoch};
use crate::query::{Clause, Filter, Leaf, Occur, Query, TextField};

/// A Tantivy query of any kind.
pub(super) type Lowered = Box<dyn TantivyQuery>;

/// Lowers queries for one index.
pub(super) struct Lowering<'a> {
    /// The index's fields.
    pub fields: &'a Fields,
    /// The query in the languages of the index.
    pub groups: &'a mut [GroupTerms],
}

impl Lowering<'_> {
    /// The articles that `query` means.
    pub fn lower(&mut self, query: &Query) -> Lowered {
        self.lower_in(query, None)
    }

    fn lower_in(&mut self, query: &Query, scope: Option<TextField>) -> Lowered {
        match query {
            Query::Word(text) => self.required_leaf(&Leaf { text, quoted: false, scope }),
            Query::Phrase(text) => self.required_leaf(&Leaf { text, quoted: true, scope }),
            Query::Bag(clauses) => self.bag(clauses, scope),
            Query::And(queries) => all_of(queries.iter().map(|query| self.lower_in(query, scope)).collect()),
            Query::Or(queries) => any_of(queries.iter().map(|query| self.lower_in(query, scope)).collect()),
            Query::Not(query) => {
                let shut_out = self.lower_in(query, scope);
                Box::new(BooleanQuery::new(vec![
                    (TantivyOccur::Must, self.every_article()),
                    (TantivyOccur::MustNot, shut_out),
                ]))
            }
            Query::Scoped(field, query) => self.lower_in(query, Some(*field)),
            Query::Filter(filter) => unscored(self.filter(filter)),
        }
    }

    /// Clauses side by side: one of the optional ones has to match, unless there are words that have to.
    fn bag(&mut self, clauses: &[Clause], scope: Option<TextField>) -> Lowered {
        let (mut must, mut must_not) = (Vec::new(), Vec::new());
        let mut optional: Vec<(&Query, f32)> = Vec::new();
        for Clause { occur, query } in clauses {
            match occur {
                Occur::MustNot => must_not.push(self.lower_in(query, scope)),
                Occur::Must => must.push(self.lower_in(query, scope)),
                Occur::Should => match optional.iter_mut().find(|(known, _)| *known == query) {
                    Some((_, count)) => *count += 1.0,
                    None => optional.push((query, 1.0)),
                },
            }
        }
        let has_required =
            clauses.iter().any(|clause| clause.occur == Occur::Must && !clause.query.is_condition());
        let optional: Vec<Lowered> =
            optional.into_iter().flat_map(|(query, count)| self.optional(query, scope, count)).collect();
        self.combine(must, optional, must_not, has_required)
    }

    /// An optional clause that a bag has `count` times, in the languages of the index.
    fn optional(&mut self, query: &Query, scope: Option<TextField>, count: f32) -> Vec<Lowered> {
        let found = match query {
            Query::Word(text) if scope.is_none() => self.word(&Leaf { text, quoted: false, scope }),
            query => vec![self.lower_in(query, scope)],
        };
        found.into_iter().map(|query| boosted(query, count.sqrt())).collect()
    }

    fn combine(
        &self,
        mut must: Vec<Lowered>,
        optional: Vec<Lowered>,
        must_not: Vec<Lowered>,
        has_required: bool,
    ) -> Lowered {
        let mut clauses: Vec<(TantivyOccur, Lowered)> = Vec::new();
        if optional.is_empty() || has_required || (must.is_empty() && must_not.is_empty()) {
            clauses.extend(optional.into_iter().map(|query| (TantivyOccur::Should, query)));
        } else {
            must.push(any_of(optional));
        }
        if must.is_empty() && clauses.is_empty() {
            if must_not.is_empty() {
                return Box::new(EmptyQuery);
            }
            must.push(self.every_article());
        }
        clauses.extend(must.into_iter().map(|query| (TantivyOccur::Must, query)));
        clauses.extend(must_not.into_iter().map(|query| (TantivyOccur::MustNot, query)));
        Box::new(BooleanQuery::new(clauses))
    }

    /// A leaf that has to match where it stands; a stop word does without a score.
    fn required_leaf(&mut self, leaf: &Leaf<'_>) -> Lowered {
        match leaf.scope {
            Some(field) => self.scoped(leaf, field),
            None if leaf.quoted => self.phrase(leaf),
            None => {
                let mut found = Vec::new();
                for at in 0..self.groups.len() {
                    let silent = self.groups[at].terms.is_silent(leaf);
                    let sequences = self.in_group(at, leaf);
                    found.extend(
                        sequences.into_iter().map(|query| if silent { unscored(query) } else { query }),
                    );
                }
                any_of(found)
            }
        }
    }

    /// A word that may match; stop words say nothing and are left out.
    fn word(&mut self, leaf: &Leaf<'_>) -> Vec<Lowered> {
        let mut found = Vec::new();
        for at in 0..self.groups.len() {
            if !self.groups[at].terms.is_silent(leaf) {
                found.extend(self.in_group(at, leaf));
            }
        }
        found
    }

    fn in_group(&mut self, at: usize, leaf: &Leaf<'_>) -> Vec<Lowered> {
        let group = &mut self.groups[at];
        let field = group.field;
        group.terms.sequences(leaf).iter().map(|sequence| side_by_side(field, &sequence.stems)).collect()
    }

    /// The words as written are the same in every language.
    fn phrase(&mut self, leaf: &Leaf<'_>) -> Lowered {
        any_of(self.as_written(leaf).iter().map(|s| side_by_side(self.fields.exact, &s.exact)).collect())
    }

    fn as_written(&mut self, leaf: &Leaf<'_>) -> Vec<Sequence> {
        self.groups.first_mut().map(|group| group.terms.sequences(leaf)).unwrap_or_default()
    }

    fn scoped(&mut self, leaf: &Leaf<'_>, scope: TextField) -> Lowered {
        let names = match scope {
            TextField::Author => Some(self.fields.author),
            TextField::Publisher => Some(self.fields.publisher),
            TextField::Title => None,
        };
        if let Some(field) = names {
            let quoted = Leaf { quoted: true, ..*leaf };
            return any_of(self.as_written(&quoted).iter().map(|s| side_by_side(field, &s.exact)).collect());
        }
        let mut tokens: Vec<Vec<String>> = Vec::new();
        for group in self.groups.iter_mut() {
            let sequences = group.terms.sequences(leaf).into_iter();
            tokens.extend(sequences.map(|s| if leaf.quoted { s.exact } else { s.stems }));
        }
        tokens.sort();
        tokens.dedup();
        any_of(tokens.iter().map(|tokens| side_by_side(self.fields.title, tokens)).collect())
    }

    fn filter(&self, filter: &Filter) -> Lowered {
        match filter {
            Filter::Language(language) => term(self.fields.language, language.code()),
            Filter::Published { from, to } => self.published(*from, *to),
        }
    }

    /// Articles that may have come out on a day from the first of `from` to the last of `to`.
    fn published(&self, from: Option<Date>, to: Option<Date>) -> Lowered {
        let day = |field, date| Bound::Included(Term::from_field_i64(field, days_since_epoch(date)));
        let mut ranges: Vec<Lowered> = Vec::new();
        if let Some(from) = from {
            let bound = day(self.fields.published_last, from.first_day());
            ranges.push(Box::new(RangeQuery::new(bound, Bound::Unbounded)));
        }
        if let Some(to) = to {
            let bound = day(self.fields.published_first, to.last_day());
            ranges.push(Box::new(RangeQuery::new(Bound::Unbounded, bound)));
        }
        all_of(ranges)
    }

    fn every_article(&self) -> Lowered {
        unscored(term(self.fields.kind, ARTICLE))
    }
}

fn side_by_side(field: Field, tokens: &[String]) -> Lowered {
    let mut terms: Vec<Term> = tokens.iter().map(|token| Term::from_field_text(field, token)).collect();
    match terms.len() {
        0 => Box::new(EmptyQuery),
        1 => Box::new(TermQuery::new(terms.remove(0), IndexRecordOption::WithFreqs)),
        _ => Box::new(PhraseQuery::new(terms)),
    }
}

fn term(field: Field, value: &str) -> Lowered {
    Box::new(TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic))
}

fn boosted(query: Lowered, boost: f32) -> Lowered {
    // A boost of one costs nothing: Tantivy hands it down to the scorer of the term.
    Box::new(BoostQuery::new(query, boost))
}

fn unscored(query: Lowered) -> Lowered {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn any_of(mut queries: Vec<Lowered>) -> Lowered {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

fn all_of(mut queries: Vec<Lowered>) -> Lowered {
    match queries.len() {
        0 => Box::new(AllQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::intersection(queries)),
    }
}
