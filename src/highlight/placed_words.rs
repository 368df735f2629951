//! [`PlacedWords`]: words that a query looks for and how they stand to each other, and where that is in an article.
//!
//! The index has the same in terms of postings (`PlacedTerms` in `index/place.rs`). There it is in all languages and
//! fields at once and finds articles; here it is in one, and knows which words of the query it is of, so that they can
//! be marked.

use super::view::View;
use crate::analysis::Bonds;
use crate::terms::WordPart;
use crate::terms::places::{Joint, Place, Units, in_order, partners, related, sequences, within};
use crate::text::WordAutomaton;

/// Words that stand somewhere.
pub(super) enum PlacedWords {
    Sequence { slots: Vec<Slot>, slop: u32, bonds: Bonds, source: Source },
    Any(Vec<PlacedWords>),
    Pair { joint: Joint, left: Box<PlacedWords>, right: Box<PlacedWords> },
}

/// What of a query something is of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Source {
    /// The number of the leaf.
    pub leaf: usize,
    /// What is meant of its words.
    pub meant: WordPart,
    /// Whether it is a word in letters that is looked for piece by piece.
    pub is_in_pieces: bool,
}

/// What a word has to be.
pub(super) enum Slot {
    Stem(String),
    Exact(String),
    Pattern(WordAutomaton),
}

/// A place to mark, and what of the query stands there.
pub(super) type Marked = (Place, Source);

/// Where something stands, and where what it is made of does.
struct Standing {
    /// In order, each place once.
    places: Vec<Place>,
    parts: Parts,
}

/// What something that stands somewhere is made of.
enum Parts {
    /// Words side by side, which are marked as one.
    Words(Source),
    Any(Vec<Standing>),
    Pair(Joint, Box<[Standing; 2]>),
}

impl PlacedWords {
    /// Adds all that a word may have to be to `all`.
    pub fn add_slots<'a>(&'a self, all: &mut Vec<&'a Slot>) {
        match self {
            Self::Sequence { slots, .. } => all.extend(slots),
            Self::Any(alternatives) => {
                for wanted in alternatives {
                    wanted.add_slots(all);
                }
            }
            Self::Pair { left, right, .. } => {
                left.add_slots(all);
                right.add_slots(all);
            }
        }
    }

    /// The places to mark where it stands; none if it stands nowhere.
    pub fn marked(&self, view: &View) -> Vec<Marked> {
        let standing = self.standing(view);
        let mut marked = Vec::new();
        match &standing.parts {
            Parts::Pair(joint, pair) => mark_partners(pair, *joint, None, view.units(), &mut marked),
            _ => standing.mark(&standing.places, view.units(), &mut marked),
        }
        marked.sort_unstable();
        marked.dedup();
        marked
    }

    fn standing(&self, view: &View) -> Standing {
        match self {
            Self::Sequence { slots, slop, bonds, source } => {
                let positions: Vec<Vec<u32>> = slots.iter().map(|slot| view.positions(slot)).collect();
                let mut places = sequences(&positions, *slop);
                if *slop == 0 {
                    places.retain(|&place| view.leave_whole(place, *bonds));
                }
                Standing { places, parts: Parts::Words(*source) }
            }
            Self::Any(alternatives) => {
                let parts: Vec<Standing> = alternatives.iter().map(|wanted| wanted.standing(view)).collect();
                let mut places = parts.iter().flat_map(|part| part.places.iter().copied()).collect();
                in_order(&mut places);
                Standing { places, parts: Parts::Any(parts) }
            }
            Self::Pair { joint, left, right } => {
                let pair = [left.standing(view), right.standing(view)];
                let places = related(*joint, &pair[0].places, &pair[1].places, view.units());
                Standing { places, parts: Parts::Pair(*joint, Box::new(pair)) }
            }
        }
    }
}

impl Standing {
    /// Adds the words that stand at those of its places that are among `needed`, which are in order.
    fn mark(&self, needed: &[Place], units: Units<'_>, marked: &mut Vec<Marked>) {
        let places: Vec<Place> =
            self.places.iter().filter(|place| needed.binary_search(place).is_ok()).copied().collect();
        match &self.parts {
            Parts::Words(source) => marked.extend(places.into_iter().map(|place| (place, *source))),
            Parts::Any(parts) => parts.iter().for_each(|part| part.mark(&places, units, marked)),
            Parts::Pair(joint, pair) => mark_partners(pair, *joint, Some(&places), units, marked),
        }
    }
}

/// Adds the words of both of `pair` where they are joined, and within one of `places` if any are given.
fn mark_partners(
    pair: &[Standing; 2],
    joint: Joint,
    places: Option<&[Place]>,
    units: Units<'_>,
    marked: &mut Vec<Marked>,
) {
    let [left, right] = pair;
    let (lefts, rights) = partners(joint, &left.places, &right.places, units);
    for (standing, partners) in [(left, lefts), (right, rights)] {
        let needed = places.map_or_else(|| partners.clone(), |places| within(&partners, places));
        standing.mark(&needed, units, marked);
    }
}
