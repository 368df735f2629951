//! [`QueryReader`]: what a query means for articles of one language.

use super::meaning::{Bag, Meaning};
use super::placed_words::{PlacedWords, Slot, Source};
use crate::analysis::{Bonds, Reading, Sequence, analysed_as};
use crate::model::Language;
use crate::query::{Clause, Form, Leaf, Occur, Query, TextField};
use crate::terms::places::Joint;
use crate::terms::{PatternReading, Terms, WordPart, pattern_readings};
use crate::text::is_unspaced_letter;

/// Reads queries for articles of one language.
pub(super) struct QueryReader {
    terms: Terms,
    /// How many leaves are read.
    leaves: usize,
}

impl QueryReader {
    pub fn new(query: &Query, language: Language, own: Option<Language>) -> Self {
        Self { terms: Terms::new(query, analysed_as(language), own), leaves: 0 }
    }

    pub fn read(&mut self, query: &Query, scope: Option<TextField>) -> Meaning {
        match query {
            Query::And(queries) => Meaning::All(self.read_all(queries, scope)),
            Query::Or(queries) => Meaning::Any(self.read_all(queries, scope)),
            Query::Not(query) => Meaning::Not(Box::new(self.read(query, scope))),
            Query::Bag(clauses) => self.bag(clauses, scope),
            Query::Scoped(field, query) => self.read(query, Some(*field)),
            Query::Filter(filter) => Meaning::Filter(filter.clone()),
            place => Meaning::Place {
                silent: scope.is_none()
                    && Leaf::of(place, scope).is_some_and(|leaf| self.terms.is_silent(&leaf)),
                wanted: self.wanted(place, scope),
                scope,
            },
        }
    }

    fn read_all(&mut self, queries: &[Query], scope: Option<TextField>) -> Vec<Meaning> {
        queries.iter().map(|query| self.read(query, scope)).collect()
    }

    fn bag(&mut self, clauses: &[Clause], scope: Option<TextField>) -> Meaning {
        let mut with = |occur| -> Vec<Meaning> {
            let clauses = clauses.iter().filter(|clause| clause.occur == occur);
            clauses.map(|clause| self.read(&clause.query, scope)).collect()
        };
        let (must, must_not, mut optional) = (with(Occur::Must), with(Occur::MustNot), with(Occur::Should));
        let says_something = |meaning: &Meaning| !matches!(meaning, Meaning::Place { silent: true, .. });
        if optional.iter().any(says_something) || !must.is_empty() || !must_not.is_empty() {
            optional.retain(says_something);
        }
        let has_required = clauses.iter().any(Clause::is_required);
        let needs_one = !optional.is_empty() && !has_required;
        Meaning::Bag(Bag { must, must_not, optional, needs_one })
    }

    fn wanted(&mut self, query: &Query, scope: Option<TextField>) -> PlacedWords {
        match query {
            Query::Near { relation, left, right } => {
                let number = self.leaves;
                let before = Box::new(self.wanted(left, scope));
                if query.is_word_of_parts() {
                    // As they were typed as one word, they are marked as one where they touch.
                    self.leaves = number;
                }
                let behind = Box::new(self.wanted(right, scope));
                PlacedWords::Pair { joint: Joint::of(*relation, left, right), left: before, right: behind }
            }
            Query::Or(queries) => {
                PlacedWords::Any(queries.iter().map(|query| self.wanted(query, scope)).collect())
            }
            Query::Bag(clauses) => {
                PlacedWords::Any(clauses.iter().map(|clause| self.wanted(&clause.query, scope)).collect())
            }
            leaf => Leaf::of(leaf, scope).map_or(PlacedWords::Any(Vec::new()), |leaf| self.leaf(&leaf)),
        }
    }

    fn leaf(&mut self, leaf: &Leaf<'_>) -> PlacedWords {
        let number = self.leaves;
        self.leaves += 1;
        if leaf.is_pattern() {
            let readings = pattern_readings(leaf).into_iter();
            let sequence = |reading: PatternReading| PlacedWords::Sequence {
                slots: reading.slots.into_iter().map(Slot::Pattern).collect(),
                slop: 0,
                bonds: Bonds::ALL,
                source: Source { leaf: number, meant: reading.meant, is_in_pieces: false },
            };
            return PlacedWords::Any(readings.map(sequence).collect());
        }
        let leaf = if leaf.has_stems() || leaf.is_written() {
            *leaf
        } else {
            Leaf { form: Form::Written { slop: 0 }, ..*leaf }
        };
        let slop = if let Form::Written { slop } = leaf.form { slop } else { 0 };
        let readings = |sequence: Sequence| -> Vec<(Vec<Slot>, Bonds)> {
            if leaf.is_written() {
                return vec![(sequence.exact.into_iter().map(Slot::Exact).collect(), sequence.bonds)];
            }
            let slots = |reading: Reading<&[String]>| {
                (reading.tokens.iter().cloned().map(Slot::Stem).collect(), reading.bonds)
            };
            sequence.readings().map(slots).collect()
        };
        let sequences = self.terms.sequences(&leaf);
        let is_in_pieces = sequences.len() > 1 && leaf.text.contains(is_unspaced_letter);
        let source = Source { leaf: number, meant: WordPart::Whole, is_in_pieces };
        let readings = sequences.into_iter().flat_map(readings);
        let sequence = |(slots, bonds)| PlacedWords::Sequence { slots, slop, bonds, source };
        PlacedWords::Any(readings.map(sequence).collect())
    }
}
