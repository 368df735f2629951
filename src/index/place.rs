//! [`PlacedTerms`]: what a query looks for in terms of the index, and how those stand to each other.
//!
//! Where they stand is found by a [`Finder`]. Which places are near each other is decided in [`crate::terms::places`],
//! as for highlights, whose `PlacedWords` say the same of the words of one article (`highlight/placed_words.rs`): there
//! a word is read as it stands, here it is one of the terms that stand for it, whatever their language and field.

mod any_term;
mod boundaries;
mod finder;
mod wanted;

use std::sync::Arc;

use tantivy::Term;
use tantivy::schema::Field;

use super::lower::one_term;
use super::term_set::TermSet;
use crate::analysis::{Bonds, Reading};
use crate::terms::places::Joint;
pub(super) use any_term::with_positions;
pub(super) use finder::Finder;

/// Terms that stand somewhere.
#[derive(Clone, Debug)]
pub(super) enum PlacedTerms {
    /// Words side by side, or with so many others between; each may be any of several terms. Bonds hold in the
    /// article's text alone, and for words side by side.
    Sequence { slots: Vec<Arc<TermSet>>, slop: u32, bonds: Bonds },
    /// Any of these.
    Any(Vec<PlacedTerms>),
    /// Two things in a relation.
    Pair { joint: Joint, left: Box<PlacedTerms>, right: Box<PlacedTerms>, in_text: bool },
}

impl PlacedTerms {
    /// The words of `reading` in `field`, side by side.
    pub fn of_reading(field: Field, reading: Reading<&[String]>) -> Self {
        let slots = reading.tokens.iter().map(|token| one_term(field, token)).collect();
        Self::side_by_side(slots, reading.bonds)
    }

    /// Words side by side.
    pub fn side_by_side(slots: Vec<Arc<TermSet>>, bonds: Bonds) -> Self {
        Self::Sequence { slots, slop: 0, bonds }
    }

    /// The terms of which any is enough, if that is all that it takes and there are several.
    pub fn any_of_terms(&self) -> Option<&TermSet> {
        match self {
            Self::Sequence { slots, .. } => match slots.as_slice() {
                [terms] if terms.terms().len() > 1 => Some(terms),
                _ => None,
            },
            Self::Any(alternatives) => match alternatives.as_slice() {
                [only] => only.any_of_terms(),
                _ => None,
            },
            Self::Pair { .. } => None,
        }
    }

    /// How rare it is, by the rarity that `idf` gives for any of some terms: as rare as all of its words `together`,
    /// and as the commonest way to read it.
    pub fn rarity(
        &self,
        idf: &impl Fn(&[Term]) -> tantivy::Result<f64>,
        together: fn(f64, f64) -> f64,
    ) -> tantivy::Result<f64> {
        match self {
            Self::Sequence { slots, .. } => {
                slots.iter().try_fold(0.0, |known, slot| Ok(together(known, idf(slot.terms())?)))
            }
            Self::Any(alternatives) => {
                let mut least: Option<f64> = None;
                for alternative in alternatives {
                    let rarity = alternative.rarity(idf, together)?;
                    least = Some(least.map_or(rarity, |least| least.min(rarity)));
                }
                Ok(least.unwrap_or(0.0))
            }
            Self::Pair { left, right, .. } => {
                Ok(together(left.rarity(idf, together)?, right.rarity(idf, together)?))
            }
        }
    }

    /// The terms that stand for each of its words.
    pub fn slots(&self) -> Vec<&TermSet> {
        match self {
            Self::Sequence { slots, .. } => slots.iter().map(Arc::as_ref).collect(),
            Self::Any(alternatives) => alternatives.iter().flat_map(Self::slots).collect(),
            Self::Pair { left, right, .. } => [left.slots(), right.slots()].concat(),
        }
    }
}
