//! Lowers a query's tree to Tantivy's queries.
//!
//! Words are looked for in the stems of every language present, phrases in the words as written. An
//! article is in one language, so its score is that of its language's clause alone. What has to stand in
//! a place is lowered in `place/wanted.rs`.

use std::ops::Bound;
use std::sync::Arc;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery,
    Occur as TantivyOccur, PhraseQuery, Query as TantivyQuery, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::at_any_place::AtAnyPlace;
use super::copies::Copies;
use super::expansion::Expansions;
use super::fields::{ARTICLE, Fields};
use super::languages::{GroupTerms, language_of_group};
use super::meter::Meter;
use super::place::PlacedTerms;
use super::place_query::PlaceQuery;
use super::shut_out::ShutOut;
use super::term_set::TermSet;
use super::where_held::{Lacking, WhereHeld};
use crate::analysis::{Bonds, Reading, Sequence, analysed_as, marked_stem};
use crate::model::{Date, days_since_epoch};
use crate::query::{Clause, Detail, Filter, Form, Leaf, Occur, Query, TextField, Weight};
use crate::terms::Asked;

/// A Tantivy query of any kind.
pub(super) type Lowered = Box<dyn TantivyQuery>;

/// Lowers queries for one index.
pub(super) struct Lowering<'a> {
    /// The index's fields.
    pub fields: &'a Fields,
    /// The query in the languages of the index.
    pub groups: &'a mut [GroupTerms],
    /// The words that its patterns stand for.
    pub expansions: &'a Expansions,
    /// Counts what is looked at to find out where things stand.
    pub meter: Arc<Meter>,
    /// The copies by which articles meet conditions on places too, if there are any.
    pub copies: Option<Arc<Copies>>,
    /// The words side by side that were lowered so far.
    pub sequences: Vec<Vec<Term>>,
}

impl<'a> Lowering<'a> {
    /// Lowers queries as `groups` read them; `meter` counts what they look at.
    pub fn new(
        fields: &'a Fields,
        groups: &'a mut [GroupTerms],
        expansions: &'a Expansions,
        meter: Arc<Meter>,
    ) -> Self {
        Self { fields, groups, expansions, meter, copies: None, sequences: Vec::new() }
    }

    /// Lowers conditions on places so that articles meet them by any of `copies` too.
    pub fn with_copies(self, copies: Option<Arc<Copies>>) -> Self {
        Self { copies, ..self }
    }

    /// The articles that `query` means.
    pub fn lower(&mut self, query: &Query) -> Lowered {
        match query {
            Query::Bag(clauses) => self.bag(clauses, &self.asked(query), None),
            _ => self.lower_in(query, None),
        }
    }

    fn lower_in(&mut self, query: &Query, scope: Option<TextField>) -> Lowered {
        match query {
            // In brackets nothing is told from the rest.
            Query::Bag(clauses) => self.bag(clauses, &Asked::default(), scope),
            Query::And(queries) => all_of(queries.iter().map(|query| self.lower_in(query, scope)).collect()),
            Query::Or(queries) => any_of(queries.iter().map(|query| self.lower_in(query, scope)).collect()),
            Query::Not(query) => {
                let shut_out: Lowered = Box::new(ShutOut(self.lower_in(query, scope)));
                Box::new(BooleanQuery::new(vec![
                    (TantivyOccur::Must, self.every_article()),
                    (TantivyOccur::MustNot, shut_out),
                ]))
            }
            Query::Scoped(field, query) => self.lower_in(query, Some(*field)),
            Query::Filter(filter) => unscored(self.filter(filter)),
            Query::Near { .. } => self.near(query, scope),
            leaf => match Leaf::of(leaf, scope) {
                Some(leaf) => self.required_leaf(&leaf),
                None => Box::new(EmptyQuery),
            },
        }
    }

    /// A relation only tells which articles are meant; what it joins counts as it would alone.
    fn near(&mut self, query: &Query, scope: Option<TextField>) -> Lowered {
        let wanted = Arc::new(self.wanted(query, scope));
        let holds = self.in_scope(scope, self.place_query(wanted, None));
        let mut clauses = vec![(TantivyOccur::Must, holds)];
        let leaves = query.leaves().into_iter().map(|leaf| Leaf { scope, ..leaf });
        clauses.extend(leaves.map(|leaf| (TantivyOccur::Should, self.required_leaf(&leaf))));
        Box::new(BooleanQuery::new(clauses))
    }

    /// What `query` asks for, which is the same in every language.
    fn asked(&self, query: &Query) -> Asked {
        self.groups.first().map(|group| group.terms.asked(query)).unwrap_or_default()
    }

    /// Clauses side by side: one of the optional ones has to match, unless there are words that have to.
    fn bag(&mut self, clauses: &[Clause], asked: &Asked, scope: Option<TextField>) -> Lowered {
        let (mut must, mut must_not) = (Vec::new(), Vec::new());
        let mut optional: Vec<(&Query, f32)> = Vec::new();
        let mut leaves = 0;
        for Clause { occur, query } in clauses {
            match occur {
                Occur::MustNot => {
                    must_not.push(Box::new(ShutOut(self.lower_in(query, scope))) as Lowered);
                    continue;
                }
                Occur::Must => must.push(self.lower_in(query, scope)),
                Occur::Should => {
                    // The square root of what they are together is taken.
                    let times = (asked.times(leaves) * asked.weight(leaves).share().powi(2)) as f32;
                    match optional.iter_mut().find(|(known, _)| is_said_again(known, query)) {
                        Some((_, count)) => *count += times,
                        None => optional.push((query, times)),
                    }
                }
            }
            leaves += query.leaves().len();
        }
        let has_required = clauses.iter().any(Clause::is_required);
        let mut lowered: Vec<Lowered> =
            optional.iter().flat_map(|(query, count)| self.optional(query, scope, *count)).collect();
        if lowered.is_empty() && must.is_empty() && must_not.is_empty() {
            // Words that say nothing still have to be there when there is nothing else.
            lowered = optional.iter().map(|(query, _)| self.lower_in(query, scope)).collect();
        }
        let optional = lowered;
        self.combine(must, optional, must_not, has_required)
    }

    /// An optional clause that a bag has `count` times, in the languages of the index.
    fn optional(&mut self, query: &Query, scope: Option<TextField>, count: f32) -> Vec<Lowered> {
        let found = match query {
            Query::Word(text) if scope.is_none() => {
                self.word(&Leaf { text, form: Form::Any, scope, weight: Weight::FULL })
            }
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
        let found = self.required(leaf);
        if leaf.weight == Weight::FULL { found } else { boosted(found, leaf.weight.share() as f32) }
    }

    fn required(&mut self, leaf: &Leaf<'_>) -> Lowered {
        let found = self.found_by(leaf);
        self.in_scope(leaf.scope, found)
    }

    /// `found` in `scope`; if that is one of places, at any place.
    fn in_scope(&self, scope: Option<TextField>, found: Lowered) -> Lowered {
        if scope.is_some_and(TextField::is_of_places) { self.at_any_place(found) } else { found }
    }

    fn at_any_place(&self, condition: Lowered) -> Lowered {
        let Some(copies) = &self.copies else { return condition };
        Box::new(AtAnyPlace::new(condition, Arc::clone(copies), Arc::clone(&self.meter)))
    }

    /// What has `leaf`: articles, and in a field of places copies.
    pub(super) fn found_by(&mut self, leaf: &Leaf<'_>) -> Lowered {
        match (leaf.scope, leaf.form) {
            (_, Form::Wildcard | Form::Fuzzy { .. } | Form::Regex | Form::Written { slop: 1.. }) => {
                self.placed(leaf)
            }
            (Some(field), _) => self.scoped(leaf, field),
            (None, Form::Written { .. }) => self.phrase(leaf),
            (None, Form::Any) => {
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
        let (field, lacking) = (group.field, Arc::clone(&group.lacking));
        let sequences = group.terms.sequences(leaf);
        let stems = |sequence: &Sequence| where_held(self.any_reading(field, sequence), &lacking);
        sequences.iter().map(stems).collect()
    }

    /// A word that has several readings counts as the one of them that counts most.
    fn any_reading(&mut self, field: Field, sequence: &Sequence) -> Lowered {
        let mut readings: Vec<Lowered> =
            sequence.readings().map(|reading| self.side_by_side(field, reading)).collect();
        if readings.len() == 1 { readings.remove(0) } else { Box::new(DisjunctionMaxQuery::new(readings)) }
    }

    /// The words as written are the same in every language.
    fn phrase(&mut self, leaf: &Leaf<'_>) -> Lowered {
        let sequences = self.as_written(leaf);
        let written = |s: &'_ Sequence| self.side_by_side(self.fields.exact, as_written(s));
        any_of(sequences.iter().map(written).collect())
    }

    pub(super) fn as_written(&mut self, leaf: &Leaf<'_>) -> Vec<Sequence> {
        self.groups.first_mut().map(|group| group.terms.sequences(leaf)).unwrap_or_default()
    }

    fn scoped(&mut self, leaf: &Leaf<'_>, scope: TextField) -> Lowered {
        let sequences = self.sequences_in(leaf, scope);
        any_of(sequences.iter().map(|(field, tokens)| self.side_by_side(*field, unbound(tokens))).collect())
    }

    /// The tokens that `leaf` looks for in `scope`, with the fields that they are in.
    pub(super) fn sequences_in(&mut self, leaf: &Leaf<'_>, scope: TextField) -> Vec<(Field, Vec<String>)> {
        let words = self.fields.words_of(Some(scope));
        let Some(stems) = self.fields.stems_of(scope).filter(|_| !leaf.is_written()) else {
            let written = Leaf { form: Form::Written { slop: 0 }, ..*leaf };
            return self.as_written(&written).into_iter().map(|s| (words, s.exact)).collect();
        };
        let mut sequences = Vec::new();
        for group in self.groups.iter_mut() {
            let language = analysed_as(language_of_group(group.code));
            let marked = |words: &[String]| words.iter().map(|stem| marked_stem(language, stem)).collect();
            for sequence in group.terms.sequences(leaf) {
                sequences.extend(sequence.readings().map(|words| (stems, marked(words.tokens))));
            }
        }
        sequences
    }

    /// A pattern, or a phrase with words between.
    fn placed(&mut self, leaf: &Leaf<'_>) -> Lowered {
        let wanted = Arc::new(self.wanted_leaf(leaf));
        self.place_query(wanted, Some(self.fields.words_of(leaf.scope)))
    }

    fn place_query(&self, wanted: Arc<PlacedTerms>, scored_in: Option<Field>) -> Lowered {
        Box::new(PlaceQuery { wanted, scored_in, meter: Arc::clone(&self.meter) })
    }

    fn side_by_side(&mut self, field: Field, reading: Reading<&[String]>) -> Lowered {
        let words = self.words_side_by_side(field, reading.tokens);
        if reading.bonds.is_empty() || reading.tokens.len() == 1 {
            return words;
        }
        let holds = self.place_query(Arc::new(PlacedTerms::of_reading(field, reading)), None);
        Box::new(BooleanQuery::intersection(vec![words, holds]))
    }

    fn words_side_by_side(&mut self, field: Field, tokens: &[String]) -> Lowered {
        match tokens {
            [] => Box::new(EmptyQuery),
            [token] => {
                let term = Term::from_field_text(field, token);
                Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
            }
            _ => {
                let terms: Vec<Term> =
                    tokens.iter().map(|token| Term::from_field_text(field, token)).collect();
                self.sequences.push(terms.clone());
                Box::new(PhraseQuery::new(terms))
            }
        }
    }

    fn filter(&self, filter: &Filter) -> Lowered {
        match filter {
            Filter::Language(language) => {
                let norms = language.with_norms();
                any_of(norms.iter().map(|norm| term(self.fields.language, norm.code())).collect())
            }
            Filter::Published { from, to } => self.published(*from, *to),
            Filter::Site(host) => self.at_any_place(term(self.fields.site, host)),
            Filter::Known { detail, present: true } => self.known(*detail),
            Filter::Known { detail, present: false } => Box::new(BooleanQuery::new(vec![
                (TantivyOccur::Must, self.every_article()),
                (TantivyOccur::MustNot, Box::new(ShutOut(self.known(*detail)))),
            ])),
        }
    }

    /// Articles of which `detail` is known.
    fn known(&self, detail: Detail) -> Lowered {
        let known = term(self.fields.known, detail.name());
        if detail.is_of_places() { self.at_any_place(known) } else { known }
    }

    /// Articles that may have come out on a day from the first of `from` to the last of `to`.
    pub fn published(&self, from: Option<Date>, to: Option<Date>) -> Lowered {
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

/// Whether `query` is `known`, but for the punctuation behind a word.
fn is_said_again(known: &Query, query: &Query) -> bool {
    let bare = |word: &str| word.trim_end_matches(|c: char| c.is_ascii_punctuation()).len();
    match (known, query) {
        (Query::Word(one), Query::Word(other)) => one[..bare(one)] == other[..bare(other)],
        _ => known == query,
    }
}

/// The term `word` of `field`, where any of several may stand.
pub(super) fn one_term(field: Field, word: &str) -> Arc<TermSet> {
    TermSet::of(vec![Term::from_field_text(field, word)])
}

/// The words of `sequence` as written.
pub(super) fn as_written(sequence: &Sequence) -> Reading<&[String]> {
    Reading { tokens: &sequence.exact, bonds: sequence.bonds }
}

/// `tokens` of a part of articles, where nothing is known of pauses.
pub(super) fn unbound(tokens: &[String]) -> Reading<&[String]> {
    Reading { tokens, bonds: Bonds::default() }
}

fn where_held(query: Lowered, lacking: &Lacking) -> Lowered {
    if lacking.is_empty() { query } else { Box::new(WhereHeld { query, lacking: Arc::clone(lacking) }) }
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
