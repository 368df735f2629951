//! [`PlaceQuery`]: the articles in which something stands, as a query of Tantivy's.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use super::meter::{Meter, PLACES_OF_AN_ARTICLE};
use super::place::{Finder, PlacedTerms};
use super::term_set::OccurrenceScorer;

/// Reading positions costs about so many times what going to the next article does.
const COST_OF_POSITIONS: u64 = 8;

/// Finds the articles in which something stands. With a score, it counts as if it were one term: the terms that
/// stand for one of its words occur as often as all of them together, and are as rare.
#[derive(Clone, Debug)]
pub(super) struct PlaceQuery {
    /// What is looked for.
    pub wanted: Arc<PlacedTerms>,
    /// The field whose lengths its score goes by; without one it has none.
    pub scored_in: Option<Field>,
    /// Where more would be looked at than this lets, it ends early.
    pub meter: Arc<Meter>,
}

impl Query for PlaceQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let bm25 = match (self.scored_in, scoring) {
            (Some(field), EnableScoring::Enabled { statistics_provider, .. }) => {
                Some((field, bm25(&self.wanted, field, statistics_provider)?))
            }
            _ => None,
        };
        Ok(Box::new(PlaceWeight { wanted: Arc::clone(&self.wanted), bm25, meter: Arc::clone(&self.meter) }))
    }
}

/// The weight of `wanted` as a term of `field`.
fn bm25(
    wanted: &PlacedTerms,
    field: Field,
    statistics: &dyn Bm25StatisticsProvider,
) -> tantivy::Result<Bm25Weight> {
    let (articles, tokens) = (statistics.total_num_docs()?, statistics.total_num_tokens(field)?);
    let mean_length = tokens as Score / articles.max(1) as Score;
    let found = match wanted {
        // Of several readings the commonest tells how rare it is.
        PlacedTerms::Any(alternatives) => {
            let mut most = 0;
            for alternative in alternatives {
                most = most.max(articles_with(alternative, statistics)?);
            }
            most
        }
        wanted => articles_with(wanted, statistics)?,
    };
    Ok(Bm25Weight::for_one_term_without_explain(found.min(articles), articles, mean_length))
}

/// About how many articles have `wanted`: those with the rarest of its words.
fn articles_with(wanted: &PlacedTerms, statistics: &dyn Bm25StatisticsProvider) -> tantivy::Result<u64> {
    let mut fewest = u64::MAX;
    for slot in wanted.slots() {
        let with_each = slot.terms().iter().map(|term| statistics.doc_freq(term));
        let with_any: u64 = with_each.sum::<tantivy::Result<_>>()?;
        fewest = fewest.min(with_any);
    }
    Ok(fewest)
}

struct PlaceWeight {
    wanted: Arc<PlacedTerms>,
    bm25: Option<(Field, Bm25Weight)>,
    meter: Arc<Meter>,
}

impl Weight for PlaceWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let bm25 = match &self.bm25 {
            Some((field, bm25)) => Some((segment.get_fieldnorms_reader(*field)?, bm25.boost_by(boost))),
            None => None,
        };
        if let Some(terms) = self.wanted.any_of_terms() {
            return Ok(Box::new(OccurrenceScorer::new(terms.occurrences(segment)?, bm25)));
        }
        if self.meter.is_exceeded() {
            return Ok(Box::new(EmptyScorer));
        }
        let Some(finder) = self.wanted.finder(segment)? else { return Ok(Box::new(EmptyScorer)) };
        let mut scorer = PlaceScorer { finder, bm25, meter: Arc::clone(&self.meter), doc: 0 };
        scorer.go_to(0);
        Ok(Box::new(scorer))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        if scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!("document {doc} doesn't match")));
        }
        Ok(Explanation::new("something that stands in the text", scorer.score()))
    }
}

struct PlaceScorer {
    finder: Finder,
    bm25: Option<(FieldNormReader, Bm25Weight)>,
    meter: Arc<Meter>,
    doc: DocId,
}

impl PlaceScorer {
    /// Goes to the first article from `target` on that has what is wanted.
    fn go_to(&mut self, target: DocId) -> DocId {
        self.doc = self.finder.seek(target);
        while self.doc != TERMINATED {
            self.meter.count(PLACES_OF_AN_ARTICLE);
            if self.meter.is_exceeded() {
                self.doc = TERMINATED;
            } else if self.finder.is_here(&self.meter) {
                break;
            } else {
                self.doc = self.finder.seek(self.doc + 1);
            }
        }
        self.doc
    }
}

impl DocSet for PlaceScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED { TERMINATED } else { self.go_to(self.doc + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target { self.doc } else { self.go_to(target) }
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.finder.size()).unwrap_or(u32::MAX)
    }

    fn cost(&self) -> u64 {
        self.finder.size().saturating_mul(COST_OF_POSITIONS)
    }
}

impl Scorer for PlaceScorer {
    fn score(&mut self) -> Score {
        match &self.bm25 {
            Some((lengths, bm25)) => {
                bm25.score(lengths.fieldnorm_id(self.doc), self.finder.count(&self.meter))
            }
            None => 0.0,
        }
    }
}
