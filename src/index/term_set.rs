//! [`TermSet`]: several terms that stand for one word, and the articles that have any of them, read in one pass.
//!
//! Where their positions count, they are read one list beside the other ([`super::place`]).

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentId;
use tantivy::query::{Bm25Weight, Scorer};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

/// Terms that stand for one word of a query.
#[derive(Debug, Default)]
pub(super) struct TermSet {
    terms: Vec<Term>,
    /// What was read, by segment: a query is asked about several times.
    read: Mutex<HashMap<SegmentId, Arc<Occurrences>>>,
}

/// The articles of a segment that have any of several terms, in order, and how often they have them.
#[derive(Debug, Default)]
pub(super) struct Occurrences {
    docs: Vec<DocId>,
    counts: Vec<u32>,
}

impl TermSet {
    /// The set of `terms`.
    pub fn of(terms: Vec<Term>) -> Arc<Self> {
        Arc::new(Self { terms, read: Mutex::default() })
    }

    /// The terms.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The articles of `segment` that have any of them.
    pub fn occurrences(&self, segment: &SegmentReader) -> tantivy::Result<Arc<Occurrences>> {
        let mut read = self.read.lock();
        if let Some(known) = read.get(&segment.segment_id()) {
            return Ok(Arc::clone(known));
        }
        let found = Arc::new(Occurrences::of(&self.terms, segment)?);
        read.insert(segment.segment_id(), Arc::clone(&found));
        Ok(found)
    }
}

impl Occurrences {
    /// One list after the other is added up: to merge them would take ten times as long.
    fn of(terms: &[Term], segment: &SegmentReader) -> tantivy::Result<Self> {
        let mut counts = vec![0_u32; segment.max_doc() as usize];
        for term in terms {
            let index = segment.inverted_index(term.field())?;
            let Some(mut block) = index.read_block_postings(term, IndexRecordOption::WithFreqs)? else {
                continue;
            };
            while block.block_len() > 0 {
                for (&doc, &count) in block.docs().iter().zip(block.freqs()) {
                    if let Some(known) = counts.get_mut(doc as usize) {
                        *known = known.saturating_add(count);
                    }
                }
                block.advance();
            }
        }
        let found = (0..).zip(counts).filter(|(_, count)| *count > 0);
        let (docs, counts) = found.unzip();
        Ok(Self { docs, counts })
    }
}

/// Goes through the articles that have any of several terms, which count as one.
pub(super) struct OccurrenceScorer {
    occurrences: Arc<Occurrences>,
    at: usize,
    bm25: Option<(FieldNormReader, Bm25Weight)>,
}

impl OccurrenceScorer {
    /// A scorer of `occurrences`; without `bm25` all scores are 0.
    pub fn new(occurrences: Arc<Occurrences>, bm25: Option<(FieldNormReader, Bm25Weight)>) -> Self {
        Self { occurrences, at: 0, bm25 }
    }
}

impl DocSet for OccurrenceScorer {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let ahead = self.occurrences.docs.get(self.at..).unwrap_or_default();
        // The next one is mostly near.
        let mut reach = 1;
        while ahead.get(reach).is_some_and(|&doc| doc < target) {
            reach *= 2;
        }
        let window = &ahead[..ahead.len().min(reach + 1)];
        self.at += window.partition_point(|&doc| doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.occurrences.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.occurrences.docs.len()).unwrap_or(u32::MAX)
    }
}

impl Scorer for OccurrenceScorer {
    fn score(&mut self) -> Score {
        match (&self.bm25, self.occurrences.counts.get(self.at)) {
            (Some((lengths, bm25)), Some(&count)) => bm25.score(lengths.fieldnorm_id(self.doc()), count),
            _ => 0.0,
        }
    }
}
