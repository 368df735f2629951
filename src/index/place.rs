//! What a query looks for in terms of postings, and where it stands in the articles of a segment.
//!
//! Which places are near each other is decided in [`crate::terms::places`], as for the highlights.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::sentences::SentenceReader;
use crate::analysis::{PIECE_POSITIONS, SentenceStart};
use crate::query::Relation;
use crate::terms::places::{Boundaries, Place, Units, any_pair, in_order, related, sequences};

/// Something that stands somewhere.
#[derive(Clone, Debug)]
pub(super) enum Wanted {
    /// Words side by side, or with so many others between. Each may be any of several terms.
    Sequence { slots: Vec<Vec<Term>>, slop: u32 },
    /// Any of these.
    Any(Vec<Wanted>),
    /// Two things in a relation.
    Pair { relation: Relation, left: Box<Wanted>, right: Box<Wanted>, in_text: bool },
}

/// Finds what is wanted in the articles of a segment.
///
/// It stands on an article that may have it, which is told by the terms alone; then their positions decide.
pub(super) enum Finder {
    Sequence { slots: Vec<AnyTerm>, slop: u32 },
    Any(Vec<Finder>),
    Pair { relation: Relation, left: Box<Finder>, right: Box<Finder>, sentences: Option<Sentences> },
}

/// The boundaries of the articles of a segment.
pub(super) struct Sentences {
    reader: SentenceReader,
    starts: Vec<SentenceStart>,
    boundaries: Boundaries,
}

impl Wanted {
    /// Finds it in `segment`; none if the segment lacks a term that it takes.
    pub fn finder(&self, segment: &SegmentReader) -> tantivy::Result<Option<Finder>> {
        match self {
            Self::Sequence { slots, slop } => {
                let mut opened = Vec::with_capacity(slots.len());
                for terms in slots {
                    match AnyTerm::open(terms, segment)? {
                        Some(slot) => opened.push(slot),
                        None => return Ok(None),
                    }
                }
                Ok((!opened.is_empty()).then_some(Finder::Sequence { slots: opened, slop: *slop }))
            }
            Self::Any(alternatives) => {
                let mut finders = Vec::new();
                for alternative in alternatives {
                    finders.extend(alternative.finder(segment)?);
                }
                Ok((!finders.is_empty()).then_some(Finder::Any(finders)))
            }
            Self::Pair { relation, left, right, in_text } => {
                let (Some(left), Some(right)) = (left.finder(segment)?, right.finder(segment)?) else {
                    return Ok(None);
                };
                let needs_sentences = *in_text && relation.distance().is_none();
                let sentences = if needs_sentences { Some(Sentences::new(segment)?) } else { None };
                let (left, right) = (Box::new(left), Box::new(right));
                Ok(Some(Finder::Pair { relation: *relation, left, right, sentences }))
            }
        }
    }

    /// How rare it is, by the rarity that `idf` gives for any of some terms: as rare as all of its words together, and as
    /// the commonest way to read it.
    pub fn rarity(&self, idf: &impl Fn(&[Term]) -> tantivy::Result<f64>) -> tantivy::Result<f64> {
        match self {
            Self::Sequence { slots, .. } => slots.iter().map(|slot| idf(slot)).sum(),
            Self::Any(alternatives) => {
                let mut least: Option<f64> = None;
                for alternative in alternatives {
                    let rarity = alternative.rarity(idf)?;
                    least = Some(least.map_or(rarity, |least| least.min(rarity)));
                }
                Ok(least.unwrap_or(0.0))
            }
            Self::Pair { left, right, .. } => Ok(left.rarity(idf)? + right.rarity(idf)?),
        }
    }

    /// Calls `found` with the terms that stand for each of its words.
    pub fn each_slot(&self, found: &mut impl FnMut(&[Term])) {
        match self {
            Self::Sequence { slots, .. } => slots.iter().for_each(|slot| found(slot)),
            Self::Any(alternatives) => alternatives.iter().for_each(|wanted| wanted.each_slot(found)),
            Self::Pair { left, right, .. } => {
                left.each_slot(found);
                right.each_slot(found);
            }
        }
    }
}

impl Sentences {
    fn new(segment: &SegmentReader) -> tantivy::Result<Self> {
        let reader = SentenceReader::new(segment)?;
        Ok(Self { reader, starts: Vec::new(), boundaries: Boundaries::default() })
    }

    fn of(&mut self, doc: DocId) -> Units<'_> {
        self.reader.read(doc, &mut self.starts);
        self.boundaries.set(self.starts.iter().copied());
        Units::Text(&self.boundaries)
    }
}

fn units(sentences: &mut Option<Sentences>, doc: DocId) -> Units<'_> {
    sentences.as_mut().map_or(Units::Pieces(PIECE_POSITIONS), |sentences| sentences.of(doc))
}

impl Finder {
    /// Goes to the first article from `target` on that has the terms.
    pub fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Sequence { slots, .. } => meet(slots, target, AnyTerm::seek),
            Self::Any(finders) => {
                finders.iter_mut().map(|finder| finder.seek(target)).min().unwrap_or(TERMINATED)
            }
            Self::Pair { left, right, .. } => {
                meet(&mut [left, right], target, |finder, target| finder.seek(target))
            }
        }
    }

    fn doc(&self) -> DocId {
        match self {
            Self::Sequence { slots, .. } => slots.iter().map(|slot| slot.doc).max().unwrap_or(TERMINATED),
            Self::Any(finders) => finders.iter().map(Self::doc).min().unwrap_or(TERMINATED),
            Self::Pair { left, right, .. } => left.doc().max(right.doc()),
        }
    }

    /// Whether the article that it stands on has what is wanted.
    pub fn is_here(&mut self) -> bool {
        match self {
            Self::Sequence { slots, .. } if slots.len() == 1 => true,
            Self::Pair { relation, left, right, sentences } => {
                let doc = left.doc();
                let left = left.places(doc);
                !left.is_empty() && any_pair(*relation, &left, &right.places(doc), units(sentences, doc))
            }
            Self::Any(finders) => {
                let doc = finders.iter().map(Self::doc).min().unwrap_or(TERMINATED);
                finders.iter_mut().any(|finder| finder.doc() == doc && finder.is_here())
            }
            Self::Sequence { .. } => !self.places(self.doc()).is_empty(),
        }
    }

    /// How often the article that it stands on has it.
    pub fn count(&mut self) -> u32 {
        match self {
            Self::Sequence { slots, .. } if slots.len() == 1 => slots[0].count(),
            _ => self.places(self.doc()).len() as u32,
        }
    }

    /// Where it stands in `doc`, in order, each place once; it may be asked for an article that it doesn't stand on,
    /// but never for one before.
    pub fn places(&mut self, doc: DocId) -> Vec<Place> {
        if self.doc() < doc {
            self.seek(doc);
        }
        match self {
            Self::Sequence { slots, slop } => {
                let mut positions = Vec::with_capacity(slots.len());
                for slot in slots {
                    match slot.positions(doc) {
                        found if found.is_empty() => return Vec::new(),
                        found => positions.push(found),
                    }
                }
                sequences(&positions, *slop)
            }
            Self::Any(finders) => {
                let mut places: Vec<Place> =
                    finders.iter_mut().flat_map(|finder| finder.places(doc)).collect();
                in_order(&mut places);
                places
            }
            Self::Pair { relation, left, right, sentences } => {
                let (left, right) = (left.places(doc), right.places(doc));
                related(*relation, &left, &right, units(sentences, doc))
            }
        }
    }
}

/// The first article from `target` on that all of `lists` stand on, each of them taken there by `seek`.
fn meet<T>(lists: &mut [T], target: DocId, seek: impl Fn(&mut T, DocId) -> DocId) -> DocId {
    let mut doc = target;
    'next: while doc != TERMINATED {
        for list in lists.iter_mut() {
            let found = seek(list, doc);
            if found > doc {
                doc = found;
                continue 'next;
            }
        }
        return doc;
    }
    TERMINATED
}

/// The postings of several terms as if they were one term's.
pub(super) struct AnyTerm {
    postings: Vec<SegmentPostings>,
    /// The articles that lists which aren't in `current` stand on, with the number of the list.
    ahead: BinaryHeap<Reverse<(DocId, usize)>>,
    /// The lists that stand on `doc`.
    current: Vec<usize>,
    doc: DocId,
}

impl AnyTerm {
    fn open(terms: &[Term], segment: &SegmentReader) -> tantivy::Result<Option<Self>> {
        let mut postings = Vec::new();
        for term in terms {
            let index = segment.inverted_index(term.field())?;
            postings.extend(index.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?);
        }
        let heads = postings.iter().enumerate().map(|(list, postings)| Reverse((postings.doc(), list)));
        let ahead = heads.filter(|Reverse((doc, _))| *doc != TERMINATED).collect();
        let mut any = Self { postings, ahead, current: Vec::new(), doc: 0 };
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

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
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

    fn send(&mut self, list: usize, target: DocId) {
        let doc = self.postings[list].seek(target);
        if doc != TERMINATED {
            self.ahead.push(Reverse((doc, list)));
        }
    }

    fn count(&self) -> u32 {
        self.current.iter().map(|&list| self.postings[list].term_freq()).sum()
    }

    /// The positions in `doc`, ascending; none if it stands on another.
    fn positions(&mut self, doc: DocId) -> Vec<u32> {
        let mut positions = Vec::new();
        if self.doc != doc {
            return positions;
        }
        for &list in &self.current {
            self.postings[list].append_positions_with_offset(0, &mut positions);
        }
        if self.current.len() > 1 {
            positions.sort_unstable();
            positions.dedup();
        }
        positions
    }

    /// How many articles its terms are in, each counted for each term.
    fn articles(&self) -> u64 {
        self.postings.iter().map(|postings| u64::from(postings.size_hint())).sum()
    }
}

impl Finder {
    /// About how many articles have its terms.
    pub fn size(&self) -> u64 {
        match self {
            Self::Sequence { slots, .. } => slots.iter().map(AnyTerm::articles).min().unwrap_or(0),
            Self::Any(finders) => finders.iter().map(Self::size).sum(),
            Self::Pair { left, right, .. } => left.size().min(right.size()),
        }
    }
}
