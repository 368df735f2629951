//! Where things stand in one text: words side by side, near each other, in one sentence.
//!
//! Positions in, places out; both the index and the highlights go by it. Positions are those of the article's
//! tokens. Two things have as many pairs as the product of their places, and relations of relations more, so of the
//! places of a relation those alone are kept that are the shortest with their first word or with their last: at most
//! two for each place that it joins, in time linear in them but for sorting. Shortest places are how Clarke, Cormack
//! and Burkowski, An Algebra for Structured Text Search, 1995, keep theirs few; they keep those that hold no other, by
//! which `(a NEAR/9 b) NEAR/1 c` would miss the last words of `a b b c`.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::VecDeque;
use std::ops::ControlFlow;

use crate::analysis::{Bonds, Break, Opening};
use crate::query::{Query, Relation};

/// Where something stands: the positions of its first and its last word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Of the first.
    pub from: u32,
    /// Of the last.
    pub to: u32,
}

impl Place {
    /// Whether no pause parts the words here, which stand side by side and `bonds` hold together; `opens` tells of a
    /// position whether something begins there.
    pub fn is_whole(self, bonds: Bonds, opens: impl Fn(u32) -> bool) -> bool {
        bonds.is_empty() || !(self.from..self.to).any(|at| bonds.holds(at - self.from) && opens(at + 1))
    }
}

/// What joins two things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Joint {
    /// How they have to stand.
    pub relation: Relation,
    /// Whether one may stand between the words of the other. Otherwise they never overlap.
    pub interlocks: bool,
}

impl Joint {
    /// What joins `left` and `right`, which stand in `relation`.
    ///
    /// In one sentence or paragraph a third thing may stand wherever it likes, so between two others as well, of which
    /// the place has a gap; a phrase has none.
    #[must_use]
    pub fn of(relation: Relation, left: &Query, right: &Query) -> Self {
        let interlocks = relation.distance().is_none() && (left.has_relation() || right.has_relation());
        Self { relation, interlocks }
    }

    /// Whether it holds in either order.
    fn is_mutual(self) -> bool {
        !matches!(self.relation, Relation::Before(_))
    }
}

/// Where the sentences and paragraphs of a text begin.
#[derive(Clone, Debug, Default)]
pub struct Boundaries {
    sentences: Vec<u32>,
    paragraphs: Vec<u32>,
}

impl Boundaries {
    /// Takes another text's, in order.
    pub fn set(&mut self, breaks: impl Iterator<Item = Break>) {
        self.sentences.clear();
        self.paragraphs.clear();
        for Break { position, opens } in breaks {
            self.sentences.extend(opens.is_of_sentence().then_some(position));
            self.paragraphs.extend((opens == Opening::Paragraph).then_some(position));
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

/// Where words stand in order with at most `slop` others between, altogether: for every place of the first the
/// nearest of the rest.
///
/// `slots` are the positions of each word, ascending.
#[must_use]
pub fn sequences<S: AsRef<[u32]>>(slots: &[S], slop: u32) -> Vec<Place> {
    let Some((first, rest)) = slots.split_first() else { return Vec::new() };
    if rest.is_empty() {
        return first.as_ref().iter().map(|&at| Place { from: at, to: at }).collect();
    }
    let mut found = Vec::new();
    let mut next = vec![0; rest.len()];
    'starts: for &from in first.as_ref() {
        let mut to = from;
        for (number, (slot, at)) in (1..).zip(rest.iter().zip(&mut next)) {
            let slot = slot.as_ref();
            *at += slot[*at..].iter().take_while(|&&position| position <= to).count();
            let Some(&position) = slot.get(*at) else { break 'starts };
            to = position;
            // What has come too far is no place, but later ones may be.
            if to - from - number > slop {
                continue 'starts;
            }
        }
        found.push(Place { from, to });
    }
    found
}

/// Whether any of `left` is joined to any of `right`.
#[must_use]
pub fn any_pair(joint: Joint, left: &[Place], right: &[Place], units: Units<'_>) -> bool {
    if joint.interlocks {
        return !shared_units(joint.relation, left, right, units).is_empty();
    }
    let found = |one: &[Place], other: &[Place]| {
        each_behind(one, other, Reach::behind(joint, units), |_, _| ControlFlow::Break(())).is_break()
    };
    found(left, right) || joint.is_mutual() && found(right, left)
}

/// Those of `left`, and those of `right`, that are joined to any of the other; in order.
#[must_use]
pub fn partners(joint: Joint, left: &[Place], right: &[Place], units: Units<'_>) -> (Vec<Place>, Vec<Place>) {
    if joint.interlocks {
        let shared = shared_units(joint.relation, left, right, units);
        return (within(left, &shared), within(right, &shared));
    }
    let (mut lefts, mut rights) = (Vec::new(), Vec::new());
    let pair = |one: &[Place], other: &[Place], ones: &mut Vec<Place>, others: &mut Vec<Place>| {
        nearest_behind(joint, one, other, units, |place, _| ones.push(place));
        nearest_ahead(joint, other, one, units, |place, _| others.push(place));
    };
    pair(left, right, &mut lefts, &mut rights);
    if joint.is_mutual() {
        pair(right, left, &mut rights, &mut lefts);
    }
    in_order(&mut lefts);
    in_order(&mut rights);
    (lefts, rights)
}

/// Where one of `left` is joined to one of `right`, from the first word of both to the last; of those that begin with
/// one word the shortest, and of those that end with one. In order.
#[must_use]
pub fn related(joint: Joint, left: &[Place], right: &[Place], units: Units<'_>) -> Vec<Place> {
    let (mut by_start, mut by_end) = (Vec::new(), Vec::new());
    let mut join = |one: &[Place], other: &[Place]| {
        nearest_behind(joint, one, other, units, |place, to| {
            by_start.push(Place { to: place.to.max(to), ..place });
        });
        nearest_ahead(joint, other, one, units, |place, from| {
            by_end.push(Place { from: place.from.min(from), ..place });
        });
    };
    join(left, right);
    if joint.is_mutual() {
        join(right, left);
    }
    // They come in runs that are in order, which the stable sort joins.
    by_start.sort();
    by_start.dedup_by_key(|place| place.from);
    by_end.sort_by_key(|place| (place.to, Reverse(place.from)));
    by_end.dedup_by_key(|place| place.to);
    by_start.extend(by_end);
    by_start.sort();
    by_start.dedup();
    by_start
}

/// The units of `relation` that hold one of `left` and one of `right`, in order.
fn shared_units(relation: Relation, left: &[Place], right: &[Place], units: Units<'_>) -> Vec<Place> {
    let holding = |places: &[Place]| -> Vec<Place> {
        let mut cursor = units.cursor(relation);
        let mut holding: Vec<Place> = places
            .iter()
            .filter_map(|place| {
                let (from, to) = cursor.around(place.from);
                (place.to <= to).then_some(Place { from, to })
            })
            .collect();
        in_order(&mut holding);
        holding
    };
    let (mut shared, others) = (holding(left), holding(right));
    shared.retain(|unit| others.binary_search(unit).is_ok());
    shared
}

/// Calls `found` with each of `one` that one of `other` stands behind, joined to it, and with where the nearest ends.
fn nearest_behind(
    joint: Joint,
    one: &[Place],
    other: &[Place],
    units: Units<'_>,
    mut found: impl FnMut(Place, u32),
) {
    let _ = each_behind(one, other, Reach::behind(joint, units), |place, to| {
        found(place, to);
        ControlFlow::Continue(())
    });
}

/// Calls `found` with each of `one` that one of `other` stands ahead of, joined to it, and with where the nearest
/// begins.
fn nearest_ahead(
    joint: Joint,
    one: &[Place],
    other: &[Place],
    units: Units<'_>,
    mut found: impl FnMut(Place, u32),
) {
    // Read backwards, what is ahead is behind.
    let (one, other) = (mirrored(one), mirrored(other));
    let _ = each_behind(&one, &other, Reach::ahead(joint, units), |place, to| {
        found(mirror(place), !to);
        ControlFlow::Continue(())
    });
}

/// How far behind a place another may begin, and may end.
enum Reach<'a> {
    /// So many words on, and anywhere.
    Words(u32),
    /// In the same unit; the places may be mirrored. Where they interlock, what begins no earlier is behind.
    Unit { cursor: Cursor<'a>, is_mirrored: bool, interlocks: bool },
}

impl<'a> Reach<'a> {
    fn behind(joint: Joint, units: Units<'a>) -> Self {
        match joint.relation.distance() {
            Some(distance) => Self::Words(distance),
            None => Self::Unit {
                cursor: units.cursor(joint.relation),
                is_mirrored: false,
                interlocks: joint.interlocks,
            },
        }
    }

    /// The same for mirrored places.
    fn ahead(joint: Joint, units: Units<'a>) -> Self {
        match Self::behind(joint, units) {
            Self::Unit { cursor, interlocks, .. } => Self::Unit { cursor, is_mirrored: true, interlocks },
            words @ Self::Words(_) => words,
        }
    }

    /// `places` in the order in which what stands behind them is looked for, which is that of where it may begin.
    fn ordered<'p>(&self, places: &'p [Place]) -> Cow<'p, [Place]> {
        match self {
            Self::Unit { interlocks: true, .. } => sorted_by(places, |place| (place.from, place.to)),
            _ => sorted_by(places, |place| (place.to, place.from)),
        }
    }

    /// Whether `other` begins where what stands behind `place` may begin, or later.
    fn is_behind(&self, other: Place, place: Place) -> bool {
        match self {
            Self::Unit { interlocks: true, .. } => other.from >= place.from,
            _ => other.from > place.to,
        }
    }

    /// That of `place`; none if nothing may stand behind it.
    fn of(&mut self, place: Place) -> Option<(u32, u32)> {
        match self {
            Self::Words(distance) => Some((place.to.saturating_add(*distance), u32::MAX)),
            Self::Unit { cursor, is_mirrored, .. } => {
                let on_page = if *is_mirrored { mirror(place) } else { place };
                let (first, last) = cursor.around(on_page.from);
                let end = if *is_mirrored { !first } else { last };
                (on_page.to <= last).then_some((end, end))
            }
        }
    }
}

/// Calls `found` with each of `places` that any of `others` stands behind, within `reach`, and with where the one ends
/// that ends first.
fn each_behind(
    places: &[Place],
    others: &[Place],
    mut reach: Reach<'_>,
    mut found: impl FnMut(Place, u32) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let (places, others) = (reach.ordered(places), by_start(others));
    // Those within reach that no later one within reach ends before.
    let mut ahead: VecDeque<Place> = VecDeque::new();
    let mut others = others.iter().peekable();
    for &place in &*places {
        let Some((last_start, last_end)) = reach.of(place) else { continue };
        while let Some(&other) = others.next_if(|other| other.from <= last_start) {
            while ahead.back().is_some_and(|known| known.to >= other.to) {
                ahead.pop_back();
            }
            ahead.push_back(other);
        }
        while ahead.front().is_some_and(|&other| !reach.is_behind(other, place)) {
            ahead.pop_front();
        }
        if let Some(nearest) = ahead.front().filter(|other| other.to <= last_end) {
            found(place, nearest.to)?;
        }
    }
    ControlFlow::Continue(())
}

/// `places` in the order of `key`. Words are, and cost nothing.
fn sorted_by(places: &[Place], key: fn(&Place) -> (u32, u32)) -> Cow<'_, [Place]> {
    if places.is_sorted_by_key(key) {
        return Cow::Borrowed(places);
    }
    let mut ordered = places.to_vec();
    ordered.sort_unstable_by_key(key);
    Cow::Owned(ordered)
}

/// The shortest of `places` with each beginning, in order.
fn by_start(places: &[Place]) -> Cow<'_, [Place]> {
    if places.is_sorted_by(|one, next| one.from < next.from) {
        return Cow::Borrowed(places);
    }
    let mut ordered = places.to_vec();
    ordered.sort_unstable();
    ordered.dedup_by_key(|place| place.from);
    Cow::Owned(ordered)
}

/// The same place, counted from the end of all texts.
fn mirror(place: Place) -> Place {
    Place { from: !place.to, to: !place.from }
}

/// `places` from the last to the first, mirrored: in order, if they were.
fn mirrored(places: &[Place]) -> Vec<Place> {
    places.iter().rev().map(|&place| mirror(place)).collect()
}

/// Those of `places` that lie within one of `others`, which are in order.
#[must_use]
pub fn within(places: &[Place], others: &[Place]) -> Vec<Place> {
    let furthest: Vec<u32> = others
        .iter()
        .scan(0, |furthest, other| {
            *furthest = other.to.max(*furthest);
            Some(*furthest)
        })
        .collect();
    let lies_within = |place: &&Place| {
        let begun = others.partition_point(|other| other.from <= place.from);
        begun > 0 && furthest[begun - 1] >= place.to
    };
    places.iter().filter(lies_within).copied().collect()
}

impl<'a> Units<'a> {
    /// Looks up the units that hold together what stands in `relation`.
    fn cursor(self, relation: Relation) -> Cursor<'a> {
        match self {
            Self::Pieces(length) => Cursor::Pieces(length),
            Self::Text(boundaries) if relation == Relation::Paragraph => {
                Cursor::Starts(&boundaries.paragraphs, 0)
            }
            Self::Text(boundaries) => Cursor::Starts(&boundaries.sentences, 0),
        }
    }
}

/// Tells units of positions, fast for those near the last that was asked for.
enum Cursor<'a> {
    Pieces(u32),
    /// Where units begin, and how many begin at the last position or before.
    Starts(&'a [u32], usize),
}

impl Cursor<'_> {
    /// The first and the last position of the unit that `position` stands in.
    fn around(&mut self, position: u32) -> (u32, u32) {
        match self {
            Self::Pieces(length) => {
                let first = position - position % *length;
                (first, first + (*length - 1))
            }
            Self::Starts(starts, behind) => {
                while starts.get(*behind).is_some_and(|&start| start <= position) {
                    *behind += 1;
                }
                while *behind > 0 && starts[*behind - 1] > position {
                    *behind -= 1;
                }
                let first = behind.checked_sub(1).map_or(0, |at| starts[at]);
                (first, starts.get(*behind).map_or(u32::MAX, |next| next - 1))
            }
        }
    }
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

    /// Three sentences, the second of two parts, and two paragraphs.
    fn boundaries() -> Boundaries {
        let mut boundaries = Boundaries::default();
        let breaks = [
            Opening::Paragraph.at(0),
            Opening::Sentence.at(10),
            Opening::Part.at(15),
            Opening::Paragraph.at(20),
        ];
        boundaries.set(breaks.into_iter());
        boundaries
    }

    fn found(relation: Relation, left: &[u32], right: &[u32]) -> Vec<(u32, u32)> {
        let boundaries = boundaries();
        let joint = Joint { relation, interlocks: false };
        let places = related(joint, &words(left), &words(right), Units::Text(&boundaries));
        places.into_iter().map(|place| (place.from, place.to)).collect()
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
        assert_eq!(found(Relation::Near(3), &[10], &[6, 7, 13, 14]), [(7, 10), (10, 13)]);
        assert_eq!(found(Relation::Before(3), &[10], &[6, 7, 10, 13, 14]), [(10, 13)]);
    }

    #[test]
    fn sentences_and_paragraphs_hold_together() {
        assert_eq!(found(Relation::Sentence, &[5, 12], &[9, 10, 25]), [(5, 9), (10, 12)]);
        assert_eq!(found(Relation::Paragraph, &[5, 12], &[9, 25]), [(5, 9), (9, 12)]);
        assert_eq!(found(Relation::Paragraph, &[30], &[99]), [(30, 99)]);
    }

    #[test]
    fn the_shortest_with_each_end_are_kept() {
        // `a b b c`: the second b is near c, and the first near a.
        let near = found(Relation::Near(9), &[0], &[1, 2]);
        assert_eq!(near, [(0, 1), (0, 2)]);
        let many: Vec<u32> = (0..100).collect();
        assert_eq!(found(Relation::Near(1_000), &many, &[200]).len(), 100);
        assert_eq!(found(Relation::Near(1_000), &many, &many).len(), 99);
    }

    #[test]
    fn what_is_in_relation_must_not_overlap() {
        let left = [Place { from: 1, to: 4 }];
        let right = [Place { from: 3, to: 6 }, Place { from: 5, to: 6 }];
        let (pieces, near) = (Units::Pieces(100), Joint { relation: Relation::Near(1), interlocks: false });
        assert_eq!(related(near, &left, &right, pieces), [Place { from: 1, to: 6 }]);
        assert_eq!(partners(near, &left, &right, pieces), (left.to_vec(), right[1..].to_vec()));
    }

    #[test]
    fn a_third_word_may_stand_between_two() {
        let (left, right) = ([Place { from: 1, to: 9 }], words(&[5, 12]));
        let joint = Joint { relation: Relation::Sentence, interlocks: true };
        let pieces = Units::Pieces(10);
        assert!(any_pair(joint, &left, &right, pieces));
        assert_eq!(related(joint, &left, &right, pieces), left);
        assert_eq!(partners(joint, &left, &right, pieces), (left.to_vec(), right[..1].to_vec()));
    }

    #[test]
    fn what_lies_within_is_told() {
        let others = [Place { from: 1, to: 9 }, Place { from: 2, to: 3 }];
        assert_eq!(within(&words(&[0, 1, 5, 9, 10]), &others), words(&[1, 5, 9]));
        assert_eq!(within(&words(&[1]), &[]), []);
    }

    /// The same by looking at each pair.
    fn by_pairs(joint: Joint, left: &[Place], right: &[Place], piece: u32) -> Vec<(Place, Place)> {
        let holds = |l: &Place, r: &Place| {
            if joint.interlocks {
                return l.from.min(r.from) / piece == l.to.max(r.to) / piece;
            }
            let (first, second) = if l.to < r.from { (l, r) } else { (r, l) };
            let apart = second.from.saturating_sub(first.to);
            let in_one = first.from / piece == second.to / piece;
            first.to < second.from
                && match joint.relation {
                    Relation::Near(most) => apart <= most,
                    Relation::Before(most) => apart <= most && first == l,
                    Relation::Sentence | Relation::Paragraph => in_one,
                }
        };
        left.iter().flat_map(|l| right.iter().map(move |r| (*l, *r))).filter(|(l, r)| holds(l, r)).collect()
    }

    proptest! {
        #[test]
        fn places_are_those_of_all_pairs(
            left in prop::collection::btree_set((0_u32..60, 0_u32..4), 0..12),
            right in prop::collection::btree_set((0_u32..60, 0_u32..9), 0..12),
            distance in 1_u32..10,
            number in 0_usize..6,
        ) {
            let places = |set: std::collections::BTreeSet<(u32, u32)>| -> Vec<Place> {
                set.into_iter().map(|(from, length)| Place { from, to: from + length }).collect()
            };
            let relation = [
                Relation::Near(distance), Relation::Before(distance), Relation::Sentence, Relation::Paragraph,
                Relation::Sentence, Relation::Paragraph,
            ][number];
            let joint = Joint { relation, interlocks: number >= 4 };
            let (left, right, piece) = (places(left), places(right), 8);
            let pairs = by_pairs(joint, &left, &right, piece);
            let covers: Vec<Place> = pairs
                .iter()
                .map(|(l, r)| Place { from: l.from.min(r.from), to: l.to.max(r.to) })
                .collect();
            let longer = |place: &Place, than: &Place, same: bool| same && than.to - than.from < place.to - place.from;
            let mut expected: Vec<Place> = covers
                .iter()
                .filter(|place| {
                    !covers.iter().any(|other| longer(place, other, other.from == place.from))
                        || !covers.iter().any(|other| longer(place, other, other.to == place.to))
                })
                .copied()
                .collect();
            in_order(&mut expected);
            let units = Units::Pieces(piece);
            prop_assert_eq!(related(joint, &left, &right, units), expected);
            prop_assert_eq!(any_pair(joint, &left, &right, units), !pairs.is_empty());
            let (mut lefts, mut rights): (Vec<Place>, Vec<Place>) = pairs.into_iter().unzip();
            in_order(&mut lefts);
            in_order(&mut rights);
            prop_assert_eq!(partners(joint, &left, &right, units), (lefts, rights));
        }
    }
}
