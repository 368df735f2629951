//! Where things stand in one text: words side by side, near each other, in one sentence.
//!
//! Positions in, places out; both the index and the highlights go by it. Positions are those of the article's
//! tokens.

use crate::analysis::SentenceStart;
use crate::query::Relation;

/// Where something stands: the positions of its first and its last word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Of the first.
    pub from: u32,
    /// Of the last.
    pub to: u32,
}

/// Most places of one thing in one article that a relation of relations looks at: it could hold as many pairs as
/// the square of its words.
pub const MAX_PLACES: usize = 1 << 16;

/// Where the sentences and paragraphs of a text begin.
#[derive(Clone, Debug, Default)]
pub struct Boundaries {
    sentences: Vec<u32>,
    paragraphs: Vec<u32>,
}

impl Boundaries {
    /// Takes another text's, in order.
    pub fn set(&mut self, starts: impl Iterator<Item = SentenceStart>) {
        self.sentences.clear();
        self.paragraphs.clear();
        for start in starts {
            self.sentences.push(start.position);
            self.paragraphs.extend(start.opens_paragraph.then_some(start.position));
        }
    }
}

/// What parts a text into sentences and paragraphs.
#[derive(Clone, Copy, Debug)]
pub enum Units<'a> {
    /// Those of an article.
    Text(&'a Boundaries),
    /// Pieces of so many positions each, which are sentence and paragraph in one.
    Pieces(u32),
}

/// Whether to go on with the pairs of two things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Pair,
    Left,
    Stop,
}

/// Where words stand in order with at most `slop` others between, altogether: for every place of the first the
/// nearest of the rest.
///
/// `slots` are the positions of each word, ascending.
#[must_use]
pub fn sequences(slots: &[Vec<u32>], slop: u32) -> Vec<Place> {
    let Some((first, rest)) = slots.split_first() else { return Vec::new() };
    let mut found = Vec::new();
    let mut next = vec![0; rest.len()];
    'starts: for &from in first {
        let mut to = from;
        for (slot, at) in rest.iter().zip(&mut next) {
            *at += slot[*at..].partition_point(|&position| position <= to);
            let Some(&position) = slot.get(*at) else { break 'starts };
            to = position;
        }
        if to - from - rest.len() as u32 <= slop {
            found.push(Place { from, to });
        }
    }
    found
}

/// Whether any of `left` stands in `relation` to any of `right`. Both are in order, here as elsewhere.
#[must_use]
pub fn any_pair(relation: Relation, left: &[Place], right: &[Place], units: Units<'_>) -> bool {
    let mut any = false;
    pairs(Order::of(relation), left, right, units, |_, _| {
        any = true;
        Next::Stop
    });
    any
}

/// Which of `left`, and which of `right`, stand in `relation` to any of the other.
#[must_use]
pub fn partners(
    relation: Relation,
    left: &[Place],
    right: &[Place],
    units: Units<'_>,
) -> (Vec<usize>, Vec<usize>) {
    let with = |order: Order, some: &[Place], others: &[Place]| {
        let mut found = Vec::new();
        pairs(order, some, others, units, |at, _| {
            found.push(at);
            Next::Left
        });
        found
    };
    let order = Order::of(relation);
    (with(order, left, right), with(order.converse(), right, left))
}

/// All pairs of `left` and `right` that stand in `relation`, as their numbers; at most [`MAX_PLACES`].
#[must_use]
pub fn all_pairs(
    relation: Relation,
    left: &[Place],
    right: &[Place],
    units: Units<'_>,
) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    pairs(Order::of(relation), left, right, units, |one, other| {
        all.push((one, other));
        if all.len() < MAX_PLACES { Next::Pair } else { Next::Stop }
    });
    all
}

/// A relation as seen from one of the two.
#[derive(Clone, Copy)]
enum Order {
    Near(u32),
    /// The other stands behind.
    Behind(u32),
    /// The other stands ahead.
    Ahead(u32),
    Sentence,
    Paragraph,
}

impl Order {
    fn of(relation: Relation) -> Self {
        match relation {
            Relation::Near(distance) => Self::Near(distance),
            Relation::Before(distance) => Self::Behind(distance),
            Relation::Sentence => Self::Sentence,
            Relation::Paragraph => Self::Paragraph,
        }
    }

    fn converse(self) -> Self {
        match self {
            Self::Behind(distance) => Self::Ahead(distance),
            order => order,
        }
    }

    /// The first and last position at which what stands so to `place` may begin, if there are any. The longest of
    /// the others has `longest` words more than one.
    fn reach(self, place: Place, longest: u32, units: Units<'_>) -> Option<(u32, u32)> {
        let ahead = |distance: u32| place.from.saturating_sub(distance.saturating_add(longest));
        let behind = |distance: u32| place.to.saturating_add(distance);
        match self {
            Self::Near(distance) => Some((ahead(distance), behind(distance))),
            Self::Behind(distance) => Some((place.to + 1, behind(distance))),
            Self::Ahead(distance) => Some((ahead(distance), place.from)),
            Self::Sentence | Self::Paragraph => {
                let (first, last) = units.around(place.from, matches!(self, Self::Paragraph));
                (place.to <= last).then_some((first, last))
            }
        }
    }

    /// Whether `other`, which begins within reach, stands so to `place`; `last` is the end of the reach.
    fn holds(self, place: Place, other: Place, last: u32) -> bool {
        let (first, second) = if place.from <= other.from { (place, other) } else { (other, place) };
        if first.to >= second.from {
            return false;
        }
        match self {
            Self::Near(distance) | Self::Behind(distance) | Self::Ahead(distance) => {
                second.from - first.to <= distance
            }
            Self::Sentence | Self::Paragraph => other.to <= last,
        }
    }
}

/// Calls `found` with the numbers of each pair of `left` and `right` that stands in `order`, as long as it goes on.
fn pairs(
    order: Order,
    left: &[Place],
    right: &[Place],
    units: Units<'_>,
    mut found: impl FnMut(usize, usize) -> Next,
) {
    let longest = right.iter().map(|place| place.to - place.from).max().unwrap_or(0);
    for (at, &place) in left.iter().enumerate() {
        let Some((first, last)) = order.reach(place, longest, units) else { continue };
        let begin = right.partition_point(|other| other.from < first);
        for (offset, &other) in right[begin..].iter().take_while(|other| other.from <= last).enumerate() {
            if !order.holds(place, other, last) {
                continue;
            }
            match found(at, begin + offset) {
                Next::Pair => {}
                Next::Left => break,
                Next::Stop => return,
            }
        }
    }
}

impl Units<'_> {
    /// The first and the last position of the unit that `position` stands in.
    fn around(self, position: u32, paragraph: bool) -> (u32, u32) {
        match self {
            Self::Pieces(length) => {
                let first = position - position % length;
                (first, first + (length - 1))
            }
            Self::Text(boundaries) => {
                let starts = if paragraph { &boundaries.paragraphs } else { &boundaries.sentences };
                let behind = starts.partition_point(|&start| start <= position);
                let first = behind.checked_sub(1).map_or(0, |at| starts[at]);
                (first, starts.get(behind).map_or(u32::MAX, |next| next - 1))
            }
        }
    }
}

/// The place from the first word of one to the last of the other.
#[must_use]
pub fn cover(one: Place, other: Place) -> Place {
    Place { from: one.from.min(other.from), to: one.to.max(other.to) }
}

/// Brings `places` into order, each once.
pub fn in_order(places: &mut Vec<Place>) {
    places.sort_unstable();
    places.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(positions: &[u32]) -> Vec<Place> {
        positions.iter().map(|&at| Place { from: at, to: at }).collect()
    }

    fn start(position: u32, opens_paragraph: bool) -> SentenceStart {
        SentenceStart { position, opens_paragraph }
    }

    fn related(relation: Relation, left: &[u32], right: &[u32]) -> Vec<(u32, u32)> {
        let mut boundaries = Boundaries::default();
        boundaries.set([start(0, true), start(10, false), start(20, true)].into_iter());
        let (left, right, units) = (words(left), words(right), Units::Text(&boundaries));
        let found = all_pairs(relation, &left, &right, units);
        let (mut ones, mut others): (Vec<usize>, Vec<usize>) = found.iter().copied().unzip();
        ones.dedup();
        others.sort_unstable();
        others.dedup();
        assert_eq!(partners(relation, &left, &right, units), (ones, others));
        assert_eq!(any_pair(relation, &left, &right, units), !found.is_empty());
        found.into_iter().map(|(one, other)| (left[one].from, right[other].from)).collect()
    }

    #[test]
    fn sequences_stand_in_order() {
        let slots = [vec![1, 5, 9], vec![2, 8], vec![3, 4]];
        let place = |from, to| Place { from, to };
        assert_eq!(sequences(&slots[..2], 0), [place(1, 2)]);
        assert_eq!(sequences(&slots[..2], 2), [place(1, 2), place(5, 8)]);
        assert_eq!(sequences(&slots, 0), [place(1, 3)]);
        assert_eq!(sequences(&[vec![4]], 9), [place(4, 4)]);
    }

    #[test]
    fn near_is_either_side_and_before_is_one() {
        assert_eq!(related(Relation::Near(3), &[10], &[6, 7, 10, 13, 14]), [(10, 7), (10, 13)]);
        assert_eq!(related(Relation::Before(3), &[10], &[6, 7, 10, 13, 14]), [(10, 13)]);
    }

    #[test]
    fn sentences_and_paragraphs_hold_together() {
        assert_eq!(related(Relation::Sentence, &[5, 12], &[5, 9, 10, 25]), [(5, 9), (12, 10)]);
        assert_eq!(related(Relation::Paragraph, &[5, 12], &[9, 25]), [(5, 9), (12, 9)]);
        assert_eq!(related(Relation::Paragraph, &[30], &[99]), [(30, 99)]);
    }

    #[test]
    fn what_is_in_relation_must_not_overlap() {
        let left = [Place { from: 1, to: 4 }];
        let right = [Place { from: 3, to: 6 }, Place { from: 5, to: 6 }];
        let pairs = all_pairs(Relation::Near(1), &left, &right, Units::Pieces(100));
        assert_eq!(pairs, [(0, 1)]);
        assert_eq!(cover(left[0], right[1]), Place { from: 1, to: 6 });
    }

    proptest! {
        #[test]
        fn pairs_are_all_that_are_related(
            left in prop::collection::btree_set((0_u32..60, 0_u32..4), 0..12),
            right in prop::collection::btree_set((0_u32..60, 0_u32..4), 0..12),
            distance in 1_u32..10,
        ) {
            let places = |set: std::collections::BTreeSet<(u32, u32)>| -> Vec<Place> {
                set.into_iter().map(|(from, length)| Place { from, to: from + length }).collect()
            };
            let (left, right) = (places(left), places(right));
            let found = all_pairs(Relation::Near(distance), &left, &right, Units::Pieces(8));
            let mut expected = Vec::new();
            for (a, l) in left.iter().enumerate() {
                for (b, r) in right.iter().enumerate() {
                    let apart = if l.to < r.from { r.from - l.to } else { l.from.saturating_sub(r.to) };
                    if apart > 0 && apart <= distance { expected.push((a, b)); }
                }
            }
            prop_assert_eq!(found, expected);
        }
    }
}
