//! What a query looks for in terms of postings, and where it stands in the articles of a segment.
//!
//! Which places are near each other is decided in [`crate::terms::places`], as for the highlights.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::breaks::BreakReader;
use super::meter::{Meter, PLACES_OF_A_LIST, PLACES_OF_A_RELATION};
use super::term_set::TermSet;
use crate::analysis::{Bonds, Break, PIECE_POSITIONS};
use crate::terms::places::{Boundaries, Joint, Place, Units, any_pair, in_order, related, sequences};

/// Something that stands somewhere.
#[derive(Clone, Debug)]
pub(super) enum Wanted {
    /// Words side by side, or with so many others between; each may be any of several terms. Bonds hold in the article's
    /// text alone, and for words side by side.
    Sequence { slots: Vec<Arc<TermSet>>, slop: u32, bonds: Bonds },
    /// Any of these.
    Any(Vec<Wanted>),
    /// Two things in a relation.
    Pair { joint: Joint, left: Box<Wanted>, right: Box<Wanted>, in_text: bool },
}

/// Finds what is wanted in the articles of a segment.
///
/// It stands on an article that may have it, which is told by the terms alone; then their positions decide.
pub(super) enum Finder {
    Sequence { slots: Vec<AnyTerm>, slop: u32, bonds: Bonds, breaks: Option<Arc<BreakReader>> },
    Any(Vec<Finder>),
    Pair { joint: Joint, left: Box<Finder>, right: Box<Finder>, breaks: Option<SharedBreaks> },
}

/// The boundaries of the articles of a segment, which all of a query goes by.
type SharedBreaks = Arc<Mutex<Breaks>>;

/// The boundaries of the articles of a segment.
pub(super) struct Breaks {
    reader: Arc<BreakReader>,
    read: Vec<Break>,
    boundaries: Boundaries,
    /// The article that they are of, and the position up to which.
    known: Option<(DocId, u32)>,
}

impl Wanted {
    /// Words side by side.
    pub fn side_by_side(slots: Vec<Arc<TermSet>>, bonds: Bonds) -> Self {
        Self::Sequence { slots, slop: 0, bonds }
    }

    /// Finds it in `segment`; none if the segment lacks a term that it takes.
    pub fn finder(&self, segment: &SegmentReader) -> tantivy::Result<Option<Finder>> {
        self.finder_beside(segment, &mut None)
    }

    /// The same beside others that may have opened the boundaries.
    fn finder_beside(
        &self,
        segment: &SegmentReader,
        shared: &mut Option<SharedBreaks>,
    ) -> tantivy::Result<Option<Finder>> {
        match self {
            Self::Sequence { slots, slop, bonds } => {
                let mut opened = Vec::with_capacity(slots.len());
                for terms in slots {
                    match AnyTerm::open(terms.terms(), segment)? {
                        Some(slot) => opened.push(slot),
                        None => return Ok(None),
                    }
                }
                let is_bound = opened.len() > 1 && *slop == 0 && !bonds.is_empty();
                let breaks = if is_bound { Some(break_reader(segment, shared)?) } else { None };
                let sequence = Finder::Sequence { slots: opened, slop: *slop, bonds: *bonds, breaks };
                Ok(matches!(&sequence, Finder::Sequence { slots, .. } if !slots.is_empty())
                    .then_some(sequence))
            }
            Self::Any(alternatives) => {
                let mut finders = Vec::new();
                for alternative in alternatives {
                    finders.extend(alternative.finder_beside(segment, shared)?);
                }
                Ok((!finders.is_empty()).then_some(Finder::Any(finders)))
            }
            Self::Pair { joint, left, right, in_text } => {
                let left = left.finder_beside(segment, shared)?;
                let (Some(left), Some(right)) = (left, right.finder_beside(segment, shared)?) else {
                    return Ok(None);
                };
                let needs_breaks = *in_text && joint.relation.distance().is_none();
                let breaks = if needs_breaks { Some(shared_breaks(segment, shared)?) } else { None };
                let (left, right) = (Box::new(left), Box::new(right));
                Ok(Some(Finder::Pair { joint: *joint, left, right, breaks }))
            }
        }
    }

    /// The terms of which any is enough, if that is all that it takes and there are several.
    pub fn any_of_terms(&self) -> Option<&TermSet> {
        match self {
            Self::Sequence { slots, .. } => match slots.as_slice() {
                [terms] if terms.terms().len() > 1 => Some(terms),
                _ => None,
            },
            Self::Any(alternatives) => match alternatives.as_slice() {
                [only] => only.any_of_terms(),
                _ => None,
            },
            Self::Pair { .. } => None,
        }
    }

    /// How rare it is, by the rarity that `idf` gives for any of some terms: as rare as all of its words `together`, and as
    /// the commonest way to read it.
    pub fn rarity(
        &self,
        idf: &impl Fn(&[Term]) -> tantivy::Result<f64>,
        together: fn(f64, f64) -> f64,
    ) -> tantivy::Result<f64> {
        match self {
            Self::Sequence { slots, .. } => {
                slots.iter().try_fold(0.0, |known, slot| Ok(together(known, idf(slot.terms())?)))
            }
            Self::Any(alternatives) => {
                let mut least: Option<f64> = None;
                for alternative in alternatives {
                    let rarity = alternative.rarity(idf, together)?;
                    least = Some(least.map_or(rarity, |least| least.min(rarity)));
                }
                Ok(least.unwrap_or(0.0))
            }
            Self::Pair { left, right, .. } => {
                Ok(together(left.rarity(idf, together)?, right.rarity(idf, together)?))
            }
        }
    }

    /// Calls `found` with the terms that stand for each of its words.
    pub fn each_slot(&self, found: &mut impl FnMut(&[Term])) {
        match self {
            Self::Sequence { slots, .. } => slots.iter().for_each(|slot| found(slot.terms())),
            Self::Any(alternatives) => alternatives.iter().for_each(|wanted| wanted.each_slot(found)),
            Self::Pair { left, right, .. } => {
                left.each_slot(found);
                right.each_slot(found);
            }
        }
    }
}

impl Breaks {
    fn new(segment: &SegmentReader) -> tantivy::Result<Self> {
        let reader = Arc::new(BreakReader::new(segment)?);
        Ok(Self { reader, read: Vec::new(), boundaries: Boundaries::default(), known: None })
    }

    /// The boundaries in `doc` before the position `end`.
    fn of(&mut self, doc: DocId, end: u32, meter: &Meter) -> &Boundaries {
        if self.known != Some((doc, end)) {
            self.reader.read(doc, end, &mut self.read);
            self.boundaries.set(self.read.iter().copied());
            self.known = Some((doc, end));
            meter.count(self.read.len());
        }
        &self.boundaries
    }
}

/// The boundaries of `segment`, opened where nothing beside has opened them.
fn shared_breaks(
    segment: &SegmentReader,
    shared: &mut Option<SharedBreaks>,
) -> tantivy::Result<SharedBreaks> {
    if let Some(shared) = shared {
        return Ok(Arc::clone(shared));
    }
    Ok(Arc::clone(shared.insert(Arc::new(Mutex::new(Breaks::new(segment)?)))))
}

/// What reads them.
fn break_reader(
    segment: &SegmentReader,
    shared: &mut Option<SharedBreaks>,
) -> tantivy::Result<Arc<BreakReader>> {
    let breaks = shared_breaks(segment, shared)?;
    let breaks = breaks.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(Arc::clone(&breaks.reader))
}

/// Calls `with` with the units that hold together in `doc` before `end`.
fn with_units<T>(
    breaks: Option<&SharedBreaks>,
    (doc, end): (DocId, u32),
    meter: &Meter,
    with: impl FnOnce(Units<'_>) -> T,
) -> T {
    match breaks {
        Some(breaks) => {
            let mut breaks = breaks.lock().unwrap_or_else(PoisonError::into_inner);
            with(Units::Text(breaks.of(doc, end, meter)))
        }
        None => with(Units::Pieces(PIECE_POSITIONS)),
    }
}

/// Positions up to which an article is read first: what stands anywhere mostly stands near its beginning.
const FIRST_POSITIONS: [u32; 2] = [256, 2_048];

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

    /// Whether the article that it stands on has what is wanted. What that takes is counted in `meter`.
    pub fn is_here(&mut self, meter: &Meter) -> bool {
        let doc = self.doc();
        match self {
            Self::Sequence { slots, .. } if slots.len() == 1 => true,
            Self::Pair { .. } => {
                let ends = FIRST_POSITIONS.into_iter().chain([u32::MAX]);
                ends.into_iter().any(|end| self.is_before(doc, end, meter))
            }
            Self::Any(finders) => {
                finders.iter_mut().any(|finder| finder.doc() == doc && finder.is_here(meter))
            }
            Self::Sequence { .. } => !self.places(doc, u32::MAX, meter).is_empty(),
        }
    }

    /// Whether a pair stands in `doc` before the position `end`.
    ///
    /// What stands before it depends on nothing behind it: the nearest of what may stand behind a place is the same
    /// in the whole, if it is there.
    fn is_before(&mut self, doc: DocId, end: u32, meter: &Meter) -> bool {
        let Self::Pair { joint, left, right, breaks } = self else { return false };
        let left = left.places(doc, end, meter);
        if left.is_empty() {
            return false;
        }
        let right = right.places(doc, end, meter);
        !right.is_empty()
            && with_units(breaks.as_ref(), (doc, end), meter, |units| any_pair(*joint, &left, &right, units))
    }

    /// How often the article that it stands on has it.
    pub fn count(&mut self, meter: &Meter) -> u32 {
        match self {
            Self::Sequence { slots, .. } if slots.len() == 1 => slots[0].count(),
            _ => self.places(self.doc(), u32::MAX, meter).len() as u32,
        }
    }

    /// Where it stands in `doc` before the position `end`, in order, each place once; it may be asked for an article
    /// that it doesn't stand on, but never for one before.
    pub fn places(&mut self, doc: DocId, end: u32, meter: &Meter) -> Vec<Place> {
        match self {
            Self::Sequence { slots, slop, bonds, breaks } => {
                let mut positions = Vec::with_capacity(slots.len());
                for slot in slots {
                    // Each by itself: one may stand on the article, or behind it, while another is yet to come there.
                    slot.seek(doc);
                    let found = slot.positions(doc, meter);
                    let found = &found[..found.partition_point(|&position| position < end)];
                    if found.is_empty() {
                        return Vec::new();
                    }
                    positions.push(found);
                }
                if positions.len() > 1 {
                    // Each is looked at again, and once more where it is scored.
                    meter.count(positions.iter().map(|found| found.len()).sum());
                }
                let mut places = sequences(&positions, *slop);
                if let Some(breaks) = breaks {
                    places.retain(|&place| breaks.leave_whole(doc, place, *bonds));
                }
                places
            }
            Self::Any(finders) if finders.len() == 1 => finders[0].places(doc, end, meter),
            Self::Any(finders) => {
                let mut places: Vec<Place> =
                    finders.iter_mut().flat_map(|finder| finder.places(doc, end, meter)).collect();
                in_order(&mut places);
                places
            }
            Self::Pair { joint, left, right, breaks } => {
                let left = left.places(doc, end, meter);
                let right = if left.is_empty() { Vec::new() } else { right.places(doc, end, meter) };
                if right.is_empty() {
                    return Vec::new();
                }
                meter.count(PLACES_OF_A_RELATION * (left.len() + right.len()));
                with_units(breaks.as_ref(), (doc, end), meter, |units| related(*joint, &left, &right, units))
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
    /// The last positions that were read, and where.
    positions: Vec<u32>,
    read_in: Option<DocId>,
    /// How often a list was moved on that isn't in the meter yet.
    moves: usize,
}

impl AnyTerm {
    fn open(terms: &[Term], segment: &SegmentReader) -> tantivy::Result<Option<Self>> {
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

    fn seek(&mut self, target: DocId) -> DocId {
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

    fn send(&mut self, list: usize, target: DocId) {
        self.moves += 1;
        let doc = self.postings[list].seek(target);
        if doc != TERMINATED {
            self.ahead.push(Reverse((doc, list)));
        }
    }

    fn count(&self) -> u32 {
        self.current.iter().map(|&list| self.postings[list].term_freq()).sum()
    }

    /// The positions in `doc`, ascending; none if it stands on another.
    fn positions(&mut self, doc: DocId, meter: &Meter) -> &[u32] {
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

/// The postings of `term` with their positions; none if the segment lacks it.
pub(super) fn with_positions(
    segment: &SegmentReader,
    term: &Term,
) -> tantivy::Result<Option<SegmentPostings>> {
    Ok(segment.inverted_index(term.field())?.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?)
}
