//! [`ShutOut`]: a query that others exclude, safe to be asked for any document.
//!
//! Tantivy asks what is excluded for documents before the one it stands on, which its phrases don't expect.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader};

use super::lower::Lowered;

/// A query that stands behind a `NOT`.
#[derive(Debug)]
pub(super) struct ShutOut(pub Lowered);

impl Clone for ShutOut {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl Query for ShutOut {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(ShutOutWeight(self.0.weight(scoring)?)))
    }
}

struct ShutOutWeight(Box<dyn Weight>);

impl Weight for ShutOutWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(ShutOutScorer(self.0.scorer(segment, boost)?)))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.0.explain(segment, doc)
    }
}

/// The default of `seek_danger` looks where it stands before it seeks.
struct ShutOutScorer(Box<dyn Scorer>);

impl DocSet for ShutOutScorer {
    fn advance(&mut self) -> DocId {
        self.0.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.0.seek(target)
    }

    fn doc(&self) -> DocId {
        self.0.doc()
    }

    fn size_hint(&self) -> u32 {
        self.0.size_hint()
    }

    fn cost(&self) -> u64 {
        self.0.cost()
    }
}

impl Scorer for ShutOutScorer {
    fn score(&mut self) -> Score {
        self.0.score()
    }
}
