//! Queries whose words are marked wherever they stand, whatever else their article holds.
//!
//! Most queries are such, and then the paragraphs that are shown are all that has to be read. What a clause means is
//! not here.

use super::meaning::{Bag, Mark, Meaning, Subject};
use super::placed_words::PlacedWords;
use crate::analysis::PARAGRAPH_GAP_POSITIONS;

impl Meaning {
    /// Whether what it marks in a paragraph of an article that meets the query depends on that paragraph alone.
    pub fn is_local(&self) -> bool {
        self.is_local_where(true)
    }

    /// The same where an article that meets the query is `certain` to meet this clause of it, or isn't.
    fn is_local_where(&self, certain: bool) -> bool {
        let all = |meanings: &[Self], certain| meanings.iter().all(|one| one.is_local_where(certain));
        match self {
            Self::Place { wanted, .. } => wanted.is_local(),
            Self::All(meanings) => certain && all(meanings, true),
            Self::Any(meanings) => all(meanings, false),
            Self::Bag(Bag { must, must_not, optional, .. }) => {
                (certain || must.is_empty() && must_not.is_empty())
                    && all(must, certain)
                    && all(optional, false)
            }
            // They mark nothing.
            Self::Not(_) | Self::Filter(_) => true,
        }
    }

    /// Adds what it marks in `subject` to `marks`, for a query that is local.
    pub fn mark_locally(&self, subject: &mut Subject<'_>, marks: &mut Vec<Mark>) {
        match self {
            Self::Place { .. } => drop(self.holds(subject, marks)),
            Self::All(meanings) | Self::Any(meanings) => {
                for meaning in meanings {
                    meaning.mark_locally(subject, marks);
                }
            }
            Self::Bag(Bag { must, optional, .. }) => {
                for meaning in must.iter().chain(optional) {
                    meaning.mark_locally(subject, marks);
                }
            }
            Self::Not(_) | Self::Filter(_) => {}
        }
    }
}

impl PlacedWords {
    /// Whether it never reaches from one paragraph into another.
    fn is_local(&self) -> bool {
        match self {
            Self::Sequence { slop, .. } => *slop < PARAGRAPH_GAP_POSITIONS,
            Self::Any(alternatives) => alternatives.iter().all(Self::is_local),
            Self::Pair { .. } => false,
        }
    }
}
