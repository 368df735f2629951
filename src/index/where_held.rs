//! [`WhereHeld`]: a query that is asked only of segments that can have an answer.
//!
//! Of a field that a segment lacks, Tantivy makes an empty dictionary, which for a process that answers one query takes
//! longer than the answer.

use std::collections::HashSet;
use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, Score, SegmentReader, TantivyError};

use super::lower::Lowered;

/// Segments that lack a field.
pub(super) type Lacking = Arc<HashSet<SegmentId>>;

/// A query for what the segments in `lacking` don't have.
#[derive(Debug)]
pub(super) struct WhereHeld {
    pub query: Lowered,
    pub lacking: Lacking,
}

impl Clone for WhereHeld {
    fn clone(&self) -> Self {
        Self { query: self.query.box_clone(), lacking: Arc::clone(&self.lacking) }
    }
}

impl Query for WhereHeld {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let weight = self.query.weight(scoring)?;
        Ok(Box::new(WhereHeldWeight { weight, lacking: Arc::clone(&self.lacking) }))
    }
}

struct WhereHeldWeight {
    weight: Box<dyn Weight>,
    lacking: Lacking,
}

impl WhereHeldWeight {
    fn is_held_in(&self, segment: &SegmentReader) -> bool {
        !self.lacking.contains(&segment.segment_id())
    }
}

impl Weight for WhereHeldWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        if self.is_held_in(segment) { self.weight.scorer(segment, boost) } else { Ok(Box::new(EmptyScorer)) }
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        if self.is_held_in(segment) {
            return self.weight.explain(segment, doc);
        }
        Err(TantivyError::InvalidArgument(format!("document {doc} doesn't match")))
    }

    // Tantivy has faster ways for terms than going through a scorer.

    fn count(&self, segment: &SegmentReader) -> tantivy::Result<u32> {
        if self.is_held_in(segment) { self.weight.count(segment) } else { Ok(0) }
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        segment: &SegmentReader,
        found: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        if self.is_held_in(segment) {
            return self.weight.for_each_pruning(threshold, segment, found);
        }
        Ok(())
    }
}
