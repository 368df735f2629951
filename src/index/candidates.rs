//! [`BestArticles`]: the collector that keeps the articles with the highest scores.
//!
//! Tantivy's own breaks ties by where a document happens to lie, and adds up a score in an order that depends on what
//! lies beside it. This one breaks ties by id and takes scores that differ by so little for the same, so that the
//! order doesn't depend on segments.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use parking_lot::Mutex;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::fields::fast;

/// Keeps the `limit` articles with the highest scores, of equal ones those with the lowest ids.
pub(super) struct BestArticles {
    limit: usize,
    /// Those of the segments that were read: what they leave out needn't be looked at in the others.
    best: Mutex<BinaryHeap<Scored>>,
}

impl BestArticles {
    pub fn new(limit: usize) -> Self {
        Self { limit, best: Mutex::default() }
    }

    /// The score that an article has to have more than to be one of `best`.
    fn threshold(&self, best: &BinaryHeap<Scored>) -> Score {
        let last = best.peek().filter(|_| best.len() >= self.limit);
        // What scores the same may still win by its id, so only lower scores are pruned.
        last.map_or(Score::MIN, |last| lowest_of(last.grade).next_down())
    }
}

/// An article with its score. The greater comes later in the results.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scored {
    grade: Score,
    pub id: u64,
    pub address: DocAddress,
}

impl Scored {
    pub fn new(score: Score, id: u64, address: DocAddress) -> Self {
        Self { grade: grade(score), id, address }
    }
}

/// Bits of a score that don't count: sums of the same parts in another order differ in the last few, and what is left
/// still tells scores apart that differ by one in four thousand.
const UNSURE_BITS: u32 = 11;

const HALF_A_GRADE: u32 = 1 << (UNSURE_BITS - 1);

/// `score`, which isn't negative, without them.
fn grade(score: Score) -> Score {
    Score::from_bits(score.to_bits().saturating_add(HALF_A_GRADE) >> UNSURE_BITS << UNSURE_BITS)
}

/// The lowest score of `grade`.
fn lowest_of(grade: Score) -> Score {
    Score::from_bits(grade.to_bits().saturating_sub(HALF_A_GRADE))
}

impl Ord for Scored {
    fn cmp(&self, other: &Self) -> Ordering {
        other.grade.total_cmp(&self.grade).then(self.id.cmp(&other.id))
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

/// Adds those of `more` to `all` that aren't there.
pub(super) fn add_new(all: &mut Vec<Scored>, more: Vec<Scored>) {
    let known: Vec<_> = all.iter().map(|scored| scored.address).collect();
    all.extend(more.into_iter().filter(|scored| !known.contains(&scored.address)));
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

    fn merge_fruits(&self, _: Vec<()>) -> tantivy::Result<Vec<Scored>> {
        let best = std::mem::take(&mut *self.best.lock());
        Ok(best.into_sorted_vec())
    }

    fn collect_segment(
        &self,
        weight: &dyn Weight,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<()> {
        let ids = reader.fast_fields().column_first_or_default::<u64>(fast::ID)?;
        let alive = reader.alive_bitset();
        let mut best = self.best.lock();
        weight.for_each_pruning(self.threshold(&best), reader, &mut |doc, score| {
            if alive.is_none_or(|alive| alive.is_alive(doc)) {
                best.push(Scored::new(score, ids.get_val(doc), DocAddress::new(segment, doc)));
                if best.len() > self.limit {
                    best.pop();
                }
            }
            self.threshold(&best)
        })
    }
}

/// Tantivy asks for one, though [`BestArticles`] collects whole segments.
pub(super) struct NoCollector;

impl SegmentCollector for NoCollector {
    type Fruit = ();

    fn collect(&mut self, _: DocId, _: Score) {}

    fn harvest(self) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sums_in_another_order_are_of_one_grade() {
        let (mut differ, mut in_grade) = (0, 0);
        for at in 0..1_000_u16 {
            let parts =
                [3.7_f32, 0.9, 0.013].map(|part| part * f32::from(at % 97 + 1) / f32::from(at % 89 + 7));
            let (there, back): (f32, f32) = (parts.iter().sum(), parts.iter().rev().sum());
            differ += usize::from(there != back);
            in_grade += usize::from(grade(there) != grade(back));
        }
        assert!(differ > 100, "{differ}");
        assert_eq!(in_grade, 0);
    }

    proptest! {
        #[test]
        fn a_grade_begins_with_its_lowest_score(score in 0.0_f32..900.0) {
            let lowest = lowest_of(grade(score));
            prop_assert!(lowest <= score);
            prop_assert_eq!(grade(lowest), grade(score));
            prop_assert!(lowest == 0.0 || grade(lowest.next_down()) < grade(score));
        }
    }
}
