//! [`Finder`]: in which articles of a segment something stands, and where in them.

use std::sync::Arc;

use tantivy::{DocId, SegmentReader, TERMINATED};

use super::PlacedTerms;
use super::any_term::AnyTerm;
use super::boundaries::{OpenedOnce, SharedBoundaries, with_units};
use crate::analysis::Bonds;
use crate::index::breaks::BreakReader;
use crate::index::meter::{Meter, PLACES_OF_A_RELATION};
use crate::index::term_set::TermSet;
use crate::terms::places::{Joint, Place, any_pair, in_order, related, sequences};

/// Finds what is wanted in the articles of a segment.
///
/// It stands on an article that may have it, which is told by the terms alone; then their positions decide.
pub enum Finder {
    Sequence { slots: Vec<AnyTerm>, slop: u32, bonds: Bonds, breaks: Option<Arc<BreakReader>> },
    Any(Vec<Finder>),
    Pair { joint: Joint, left: Box<Finder>, right: Box<Finder>, boundaries: Option<SharedBoundaries> },
}

impl PlacedTerms {
    /// Finds it in `segment`; none if the segment lacks a term that it takes.
    pub fn finder(&self, segment: &SegmentReader) -> tantivy::Result<Option<Finder>> {
        Finder::of(self, &mut OpenedOnce::new(segment))
    }
}

/// Positions up to which an article is read first: what stands anywhere mostly stands near its beginning.
const FIRST_POSITIONS: [u32; 2] = [256, 2_048];

impl Finder {
    /// Finds `wanted` in the segment of `boundaries`; none if it lacks a term that is needed.
    fn of(wanted: &PlacedTerms, boundaries: &mut OpenedOnce<'_>) -> tantivy::Result<Option<Self>> {
        match wanted {
            PlacedTerms::Sequence { slots, slop, bonds } => {
                Self::of_sequence(slots, *slop, *bonds, boundaries)
            }
            PlacedTerms::Any(alternatives) => {
                let mut finders = Vec::new();
                for alternative in alternatives {
                    finders.extend(Self::of(alternative, boundaries)?);
                }
                Ok((!finders.is_empty()).then_some(Self::Any(finders)))
            }
            PlacedTerms::Pair { joint, left, right, in_text } => {
                let left = Self::of(left, boundaries)?;
                let (Some(left), Some(right)) = (left, Self::of(right, boundaries)?) else {
                    return Ok(None);
                };
                let needs_boundaries = *in_text && joint.relation.distance().is_none();
                let boundaries = if needs_boundaries { Some(boundaries.shared()?) } else { None };
                Ok(Some(Self::Pair {
                    joint: *joint,
                    left: Box::new(left),
                    right: Box::new(right),
                    boundaries,
                }))
            }
        }
    }

    fn of_sequence(
        slots: &[Arc<TermSet>],
        slop: u32,
        bonds: Bonds,
        boundaries: &mut OpenedOnce<'_>,
    ) -> tantivy::Result<Option<Self>> {
        let opened = slots.iter().map(|terms| AnyTerm::open(terms.terms(), boundaries.segment()));
        let slots: Option<Vec<AnyTerm>> = opened.collect::<tantivy::Result<_>>()?;
        let Some(slots) = slots.filter(|slots| !slots.is_empty()) else { return Ok(None) };
        let is_bound = slots.len() > 1 && slop == 0 && !bonds.is_empty();
        let breaks = if is_bound { Some(boundaries.reader()?) } else { None };
        Ok(Some(Self::Sequence { slots, slop, bonds, breaks }))
    }

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

    /// The article that it stands on.
    fn doc(&self) -> DocId {
        match self {
            Self::Sequence { slots, .. } => slots.iter().map(AnyTerm::doc).max().unwrap_or(TERMINATED),
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
        let Self::Pair { joint, left, right, boundaries } = self else { return false };
        let left = left.places(doc, end, meter);
        if left.is_empty() {
            return false;
        }
        let right = right.places(doc, end, meter);
        !right.is_empty()
            && with_units(boundaries.as_ref(), (doc, end), meter, |units| {
                any_pair(*joint, &left, &right, units)
            })
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
                let mut places = sequences(&positions_of_all(slots, doc, end, meter), *slop);
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
            Self::Pair { joint, left, right, boundaries } => {
                let left = left.places(doc, end, meter);
                let right = if left.is_empty() { Vec::new() } else { right.places(doc, end, meter) };
                if right.is_empty() {
                    return Vec::new();
                }
                meter.count(PLACES_OF_A_RELATION * (left.len() + right.len()));
                with_units(boundaries.as_ref(), (doc, end), meter, |units| {
                    related(*joint, &left, &right, units)
                })
            }
        }
    }

    /// About how many articles have its terms.
    pub fn size(&self) -> u64 {
        match self {
            Self::Sequence { slots, .. } => slots.iter().map(AnyTerm::articles).min().unwrap_or(0),
            Self::Any(finders) => finders.iter().map(Self::size).sum(),
            Self::Pair { left, right, .. } => left.size().min(right.size()),
        }
    }
}

/// The positions of each of `slots` in `doc` before `end`; of none, if one has none there.
fn positions_of_all<'s>(slots: &'s mut [AnyTerm], doc: DocId, end: u32, meter: &Meter) -> Vec<&'s [u32]> {
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
    positions
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
