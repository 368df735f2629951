//! Lowers what of a query has to stand in a place to [`PlacedTerms`].

use std::sync::Arc;

use tantivy::schema::Field;

use super::PlacedTerms;
use crate::analysis::{Bonds, Reading, Sequence, analysed_as, marked_stem};
use crate::index::expansion::Expansion;
use crate::index::languages::{GroupTerms, language_of_group};
use crate::index::lower::{Lowering, as_written, one_term, unbound};
use crate::query::{Form, Leaf, Query, TextField};
use crate::terms::Target;
use crate::terms::places::Joint;

impl Lowering<'_> {
    /// What `query`, a place, looks for.
    pub fn wanted(&mut self, query: &Query, scope: Option<TextField>) -> PlacedTerms {
        match query {
            Query::Near { relation, left, right } => PlacedTerms::Pair {
                joint: Joint::of(*relation, left, right),
                left: Box::new(self.wanted(left, scope)),
                right: Box::new(self.wanted(right, scope)),
                in_text: scope.is_none(),
            },
            Query::Or(queries) => {
                PlacedTerms::Any(queries.iter().map(|query| self.wanted(query, scope)).collect())
            }
            Query::Bag(clauses) => {
                PlacedTerms::Any(clauses.iter().map(|clause| self.wanted(&clause.query, scope)).collect())
            }
            leaf => {
                Leaf::of(leaf, scope).map_or(PlacedTerms::Any(Vec::new()), |leaf| self.wanted_leaf(&leaf))
            }
        }
    }

    /// What `leaf` looks for, in every language.
    pub fn wanted_leaf(&mut self, leaf: &Leaf<'_>) -> PlacedTerms {
        let words = self.fields.words_of(leaf.scope);
        if leaf.is_pattern() {
            return self.wanted_pattern(leaf, words);
        }
        let slop = if let Form::Written { slop } = leaf.form { slop } else { 0 };
        let wanted = |field, reading: Reading<&[String]>| PlacedTerms::Sequence {
            slots: reading.tokens.iter().map(|token| one_term(field, token)).collect(),
            slop,
            bonds: reading.bonds,
        };
        PlacedTerms::Any(match leaf.scope {
            Some(scope) => {
                let sequences = self.sequences_in(leaf, scope);
                sequences.iter().map(|(field, tokens)| wanted(*field, unbound(tokens))).collect()
            }
            None if leaf.is_written() => {
                self.as_written(leaf).iter().map(|sequence| wanted(words, as_written(sequence))).collect()
            }
            None => {
                let in_group = |group: &mut GroupTerms| {
                    let field = group.field;
                    let sequences = group.terms.sequences(leaf);
                    let readings = sequences.iter().flat_map(Sequence::readings);
                    readings.map(|reading| wanted(field, reading)).collect::<Vec<_>>()
                };
                self.groups.iter_mut().flat_map(in_group).collect()
            }
        })
    }

    /// What `target` of the group `code`, whose stems are in `field`, looks for, unless that is words side by side in
    /// the article as a whole, which can be read in one way alone and may have pauses between.
    pub fn wanted_target(&mut self, target: &Target, code: &str, field: Field) -> Option<PlacedTerms> {
        let leaf = target.leaf();
        if leaf.is_pattern() || matches!(leaf.form, Form::Written { slop: 1.. }) {
            return Some(self.wanted_leaf(&leaf));
        }
        let Some(scope) = target.scope else {
            let field = if target.as_written { self.fields.exact } else { field };
            let reading = |reading| PlacedTerms::of_reading(field, reading);
            let is_told_apart = target.readings().nth(1).is_some() || !target.sequence.bonds.is_empty();
            return is_told_apart.then(|| PlacedTerms::Any(target.readings().map(reading).collect()));
        };
        let group = analysed_as(language_of_group(code));
        let side_by_side = |slots| PlacedTerms::side_by_side(slots, Bonds::default());
        Some(match self.fields.stems_of(scope).filter(|_| !target.as_written) {
            Some(stems) => {
                let slot = |stem: &String| one_term(stems, &marked_stem(group, stem));
                let readings = target.sequence.readings();
                let reading = |reading: Reading<&[String]>| reading.tokens.iter().map(slot).collect();
                PlacedTerms::Any(readings.map(reading).map(side_by_side).collect())
            }
            None => {
                let words = self.fields.words_of(Some(scope));
                side_by_side(target.sequence.exact.iter().map(|word| one_term(words, word)).collect())
            }
        })
    }

    fn wanted_pattern(&self, leaf: &Leaf<'_>, words: Field) -> PlacedTerms {
        let slot = |expansion: &Expansion| Arc::clone(&expansion.terms);
        let readings = self.expansions.get(leaf, words).iter();
        let bonds = if leaf.scope.is_none() { Bonds::ALL } else { Bonds::default() };
        let wanted = readings.map(|slots| PlacedTerms::side_by_side(slots.iter().map(slot).collect(), bonds));
        PlacedTerms::Any(wanted.collect())
    }
}
