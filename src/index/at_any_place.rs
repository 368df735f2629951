//! [`AtAnyPlace`]: the articles that meet a condition on where they are held, at their own place or at that of a copy.

use std::sync::Arc;

use hashbrown::HashMap;
use parking_lot::Mutex;
use tantivy::index::SegmentId;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use super::copies::{Copies, CopiesOfSegment};
use super::lower::Lowered;
use super::meter::Meter;

/// Finds the articles that `condition` finds, and those of which it finds a copy. An article counts as that of its
/// places which counts most.
#[derive(Debug)]
pub(super) struct AtAnyPlace {
    /// Finds articles and copies.
    condition: Lowered,
    copies: Arc<Copies>,
    meter: Arc<Meter>,
    /// What was found by copies, and whether with scores: a query is asked about several times.
    known: Arc<Mutex<Option<(bool, ByCopies)>>>,
}

/// The articles of which copies were found, each with its score.
type ByCopies = Arc<HashMap<SegmentId, Arc<[(DocId, Score)]>>>;

impl AtAnyPlace {
    /// Those of `condition`; `meter` counts what is looked at.
    pub fn new(condition: Lowered, copies: Arc<Copies>, meter: Arc<Meter>) -> Self {
        Self { condition, copies, meter, known: Arc::default() }
    }

    fn by_copies(&self, scoring: EnableScoring<'_>) -> tantivy::Result<ByCopies> {
        let is_scored = scoring.is_scoring_enabled();
        let mut known = self.known.lock();
        if let Some((_, by_copies)) = known.as_ref().filter(|(with_scores, _)| *with_scores == is_scored) {
            return Ok(Arc::clone(by_copies));
        }
        let found = self.copies.articles_of(&self.condition, scoring, &self.meter)?;
        let by_copies = Arc::new(self.copies.segments().zip(found.into_iter().map(Arc::from)).collect());
        *known = Some((is_scored, Arc::clone(&by_copies)));
        Ok(by_copies)
    }
}

impl Clone for AtAnyPlace {
    fn clone(&self) -> Self {
        Self {
            condition: self.condition.box_clone(),
            copies: Arc::clone(&self.copies),
            meter: Arc::clone(&self.meter),
            known: Arc::clone(&self.known),
        }
    }
}

impl Query for AtAnyPlace {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(AtAnyPlaceWeight {
            own: self.condition.weight(scoring)?,
            by_copies: self.by_copies(scoring)?,
            copies: Arc::clone(&self.copies),
        }))
    }
}

struct AtAnyPlaceWeight {
    own: Box<dyn Weight>,
    by_copies: ByCopies,
    copies: Arc<Copies>,
}

impl Weight for AtAnyPlaceWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let id = segment.segment_id();
        let mut scorer = AtAnyPlaceScorer {
            own: self.own.scorer(segment, boost)?,
            own_doc: TERMINATED,
            copies: self.copies.in_segment(id).map(Arc::clone).unwrap_or_default(),
            by_copies: self.by_copies.get(&id).map(Arc::clone).unwrap_or_default(),
            at: 0,
            boost,
        };
        scorer.pass_over_copies();
        Ok(Box::new(scorer))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!("document {doc} doesn't match")));
        }
        Ok(Explanation::new("a place where it is held", scorer.score()))
    }
}

/// Stands on the first of what `own` and `by_copies` stand on.
struct AtAnyPlaceScorer {
    own: Box<dyn Scorer>,
    /// What `own` stands on.
    own_doc: DocId,
    copies: Arc<CopiesOfSegment>,
    by_copies: Arc<[(DocId, Score)]>,
    /// Where it is in `by_copies`.
    at: usize,
    boost: Score,
}

impl AtAnyPlaceScorer {
    /// Moves `own` on to an article: what it finds of a copy counts for another document.
    fn pass_over_copies(&mut self) {
        self.own_doc = self.own.doc();
        while self.own_doc != TERMINATED && self.copies.has(self.own_doc) {
            self.own_doc = self.own.advance();
        }
    }

    fn by_copy(&self) -> (DocId, Score) {
        self.by_copies.get(self.at).copied().unwrap_or((TERMINATED, 0.0))
    }
}

impl DocSet for AtAnyPlaceScorer {
    fn advance(&mut self) -> DocId {
        let doc = self.doc();
        if doc == TERMINATED {
            return TERMINATED;
        }
        if self.own_doc == doc {
            self.own.advance();
            self.pass_over_copies();
        }
        if self.by_copy().0 == doc {
            self.at += 1;
        }
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.own_doc < target {
            self.own.seek(target);
            self.pass_over_copies();
        }
        if self.by_copy().0 < target {
            self.at += self.by_copies[self.at..].partition_point(|&(doc, _)| doc < target);
        }
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.own_doc.min(self.by_copy().0)
    }

    fn size_hint(&self) -> u32 {
        self.own.size_hint().saturating_add(u32::try_from(self.by_copies.len()).unwrap_or(u32::MAX))
    }

    fn cost(&self) -> u64 {
        self.own.cost().saturating_add(self.by_copies.len() as u64)
    }
}

impl Scorer for AtAnyPlaceScorer {
    fn score(&mut self) -> Score {
        let doc = self.doc();
        let own = if self.own_doc == doc { self.own.score() } else { 0.0 };
        let (copy_of, score) = self.by_copy();
        if copy_of == doc { own.max(score * self.boost) } else { own }
    }
}
