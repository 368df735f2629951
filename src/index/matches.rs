//! [`Matches`]: every article that a query finds, with its score.
//!
//! Whoever asks a query that takes long asks for its best articles, for their number and for how they spread; it is
//! evaluated once. Queries of a few words are answered without looking at every article that has one of them.

use tantivy::collector::{Collector as _, SegmentCollector as _};
use tantivy::query::{EnableScoring, Query as TantivyQuery};
use tantivy::{DocAddress, DocId, Score, Searcher};

use super::candidates::{Scored, best_of};
use super::facets::{CountValues, Counts};
use super::fields::fast;
use super::statistics::Statistics;
use crate::query::{Form, Query};

/// Words up to which Tantivy leaves out most articles that can't be among the best; with more it finds none to leave
/// out, and looks for them in vain.
const MAX_PRUNED_WORDS: usize = 24;

/// Whether to score every match of `query` at once. Only for a few plain words can Tantivy skip most articles.
pub(super) fn is_answered_at_once(query: &Query) -> bool {
    let leaves = query.all_leaves();
    leaves.len() > MAX_PRUNED_WORDS || leaves.iter().any(|leaf| leaf.form != Form::Any)
}

/// Every article that a query finds.
pub(super) struct Matches {
    /// The query.
    pub query: Query,
    by_segment: Vec<Vec<(DocId, Score)>>,
}

impl Matches {
    /// The articles that `lowered` finds, which is `query`.
    pub fn of(
        query: &Query,
        lowered: &dyn TantivyQuery,
        searcher: &Searcher,
        statistics: &Statistics,
    ) -> tantivy::Result<Self> {
        let scoring = EnableScoring::enabled_from_statistics_provider(statistics, searcher);
        let weight = lowered.weight(scoring)?;
        let mut by_segment = Vec::new();
        for segment in searcher.segment_readers() {
            let mut found = Vec::new();
            let alive = segment.alive_bitset();
            weight.for_each(segment, &mut |doc, score| {
                if alive.is_none_or(|alive| alive.is_alive(doc)) {
                    found.push((doc, score));
                }
            })?;
            by_segment.push(found);
        }
        Ok(Self { query: query.clone(), by_segment })
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.by_segment.iter().map(|found| found.len() as u64).sum()
    }

    /// The `limit` with the highest scores, equal ones in order of id.
    pub fn best(&self, searcher: &Searcher, limit: usize) -> tantivy::Result<Vec<Scored>> {
        let mut best = Vec::new();
        for (ordinal, (segment, found)) in (0..).zip(searcher.segment_readers().iter().zip(&self.by_segment))
        {
            let ids = segment.fast_fields().column_first_or_default::<u64>(fast::ID)?;
            best.extend(
                found
                    .iter()
                    .map(|&(doc, score)| Scored::new(score, ids.get_val(doc), DocAddress::new(ordinal, doc))),
            );
        }
        Ok(best_of(best, limit))
    }

    /// How they spread, as `values` counts.
    pub fn values(&self, searcher: &Searcher, values: &CountValues) -> tantivy::Result<Counts> {
        let mut counts = Vec::new();
        for (ordinal, (segment, found)) in (0..).zip(searcher.segment_readers().iter().zip(&self.by_segment))
        {
            let mut of_segment = values.for_segment(ordinal, segment)?;
            for &(doc, score) in found {
                of_segment.collect(doc, score);
            }
            counts.push(of_segment.harvest());
        }
        values.merge_fruits(counts)
    }
}
