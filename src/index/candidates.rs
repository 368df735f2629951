//! [`BestArticles`]: the collector that keeps the articles with the highest scores.
//!
//! Tantivy's own breaks ties by where a document happens to lie. This one breaks them by id, so that
//! the order doesn't depend on segments.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::fields::fast;

/// Keeps the `limit` articles with the highest scores, of equal ones those with the lowest ids.
pub(super) struct BestArticles {
    pub limit: usize,
}

/// An article with its score. The greater comes later in the results.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scored {
    pub score: Score,
    pub id: u64,
    pub address: DocAddress,
}

impl Ord for Scored {
    fn cmp(&self, other: &Self) -> Ordering {
        other.score.total_cmp(&self.score).then(self.id.cmp(&other.id))
    }
}

impl PartialOrd for Scored {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Scored {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Scored {}

/// The `limit` that come first of `all`, in order.
pub(super) fn best_of(mut all: Vec<Scored>, limit: usize) -> Vec<Scored> {
    if all.len() > limit {
        all.select_nth_unstable(limit);
        all.truncate(limit);
    }
    all.sort_unstable();
    all
}

impl Collector for BestArticles {
    type Fruit = Vec<Scored>;
    type Child = NoCollector;

    fn for_segment(&self, _: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<NoCollector> {
        Ok(NoCollector)
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<Vec<Scored>>) -> tantivy::Result<Vec<Scored>> {
        Ok(best_of(segments.into_iter().flatten().collect(), self.limit))
    }

    fn collect_segment(
        &self,
        weight: &dyn Weight,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<Vec<Scored>> {
        let limit = self.limit.min(reader.max_doc() as usize);
        let ids = reader.fast_fields().column_first_or_default::<u64>(fast::ID)?;
        let alive = reader.alive_bitset();
        let mut best = BinaryHeap::with_capacity(limit + 1);
        let mut threshold = Score::MIN;
        weight.for_each_pruning(threshold, reader, &mut |doc, score| {
            if alive.is_none_or(|alive| alive.is_alive(doc)) {
                best.push(Scored { score, id: ids.get_val(doc), address: DocAddress::new(segment, doc) });
                if best.len() > limit {
                    best.pop();
                }
                if best.len() == limit {
                    // What scores the same may still win by its id, so only lower scores are pruned.
                    threshold = best.peek().map_or(Score::MIN, |last| last.score.next_down());
                }
            }
            threshold
        })?;
        Ok(best.into_vec())
    }
}

/// Tantivy asks for one, though [`BestArticles`] collects whole segments.
pub(super) struct NoCollector;

impl SegmentCollector for NoCollector {
    type Fruit = Vec<Scored>;

    fn collect(&mut self, _: DocId, _: Score) {}

    fn harvest(self) -> Vec<Scored> {
        Vec::new()
    }
}
