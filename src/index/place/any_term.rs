//! [`AnyTerm`]: the postings of several terms as if they were one term's.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use crate::index::meter::{Meter, PLACES_OF_A_LIST};

/// The postings of several terms as if they were one term's.
pub struct AnyTerm {
    postings: Vec<SegmentPostings>,
    /// The articles that lists which aren't in `current` stand on, with the number of the list.
    ahead: BinaryHeap<Reverse<(DocId, usize)>>,
    /// The lists that stand on `doc`.
    current: Vec<usize>,
    /// The article that it stands on.
    doc: DocId,
    /// The last positions that were read, and where.
    positions: Vec<u32>,
    read_in: Option<DocId>,
    /// How often a list was moved on that isn't in the meter yet.
    moves: usize,
}

impl AnyTerm {
    /// The postings of `terms` in `segment`; none if it has none of them.
    pub fn open(terms: &[Term], segment: &SegmentReader) -> tantivy::Result<Option<Self>> {
        let mut postings = Vec::new();
        for term in terms {
            postings.extend(with_positions(segment, term)?);
        }
        let heads = postings.iter().enumerate().map(|(list, postings)| Reverse((postings.doc(), list)));
        let ahead = heads.filter(|Reverse((doc, _))| *doc != TERMINATED).collect();
        let (current, positions) = (Vec::new(), Vec::new());
        let mut any = Self { postings, ahead, current, doc: 0, positions, read_in: None, moves: 0 };
        any.gather();
        Ok((any.doc != TERMINATED).then_some(any))
    }

    /// Stands on the first article of all lists.
    fn gather(&mut self) {
        self.doc = self.ahead.peek().map_or(TERMINATED, |Reverse((doc, _))| *doc);
        while let Some(&Reverse((doc, list))) = self.ahead.peek()
            && doc == self.doc
        {
            self.ahead.pop();
            self.current.push(list);
        }
    }

    /// Goes to the first article from `target` on that has one of the terms.
    pub fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        if let [only] = self.postings.as_mut_slice() {
            self.moves += 1;
            self.doc = only.seek(target);
            return self.doc;
        }
        while let Some(list) = self.current.pop() {
            self.send(list, target);
        }
        while let Some(&Reverse((doc, list))) = self.ahead.peek()
            && doc < target
        {
            self.ahead.pop();
            self.send(list, target);
        }
        self.gather();
        self.doc
    }

    /// Moves a list on to `target`.
    fn send(&mut self, list: usize, target: DocId) {
        self.moves += 1;
        let doc = self.postings[list].seek(target);
        if doc != TERMINATED {
            self.ahead.push(Reverse((doc, list)));
        }
    }

    /// How often the article that it stands on has the terms.
    pub fn count(&self) -> u32 {
        self.current.iter().map(|&list| self.postings[list].term_freq()).sum()
    }

    /// The article that it stands on.
    pub fn doc(&self) -> DocId {
        self.doc
    }

    /// The positions in `doc`, ascending; none if it stands on another.
    pub fn positions(&mut self, doc: DocId, meter: &Meter) -> &[u32] {
        if self.doc != doc {
            return &[];
        }
        if self.read_in != Some(doc) {
            self.read_in = Some(doc);
            self.positions.clear();
            for &list in &self.current {
                self.postings[list].append_positions_with_offset(0, &mut self.positions);
            }
            if self.current.len() > 1 {
                self.positions.sort_unstable();
                self.positions.dedup();
            }
            meter.count(self.positions.len() + PLACES_OF_A_LIST * std::mem::take(&mut self.moves));
        }
        &self.positions
    }

    /// How many articles its terms are in, each counted for each term.
    pub fn articles(&self) -> u64 {
        self.postings.iter().map(|postings| u64::from(postings.size_hint())).sum()
    }
}

/// The postings of `term` with their positions; none if the segment lacks it.
pub fn with_positions(segment: &SegmentReader, term: &Term) -> tantivy::Result<Option<SegmentPostings>> {
    Ok(segment.inverted_index(term.field())?.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?)
}
