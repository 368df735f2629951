//! Where a section is cut into passages: of all ways to cut it, the one that costs least.

use std::ops::Add;

use super::{MAX_WORDS, MIN_WORDS, Piece};

/// A section is split evenly into passages of at most so many words, as near as sentences allow.
const TARGET_WORDS: usize = 145;

/// A passage may be longer or shorter than an even one by this part of it, to end with a paragraph.
const TOLERANCE: usize = 3;

/// What cutting a section costs; what stands first counts before all else.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Cost {
    /// How many words the passages lack that have fewer than [`MIN_WORDS`].
    lacking: usize,
    /// The squares of how many words each is longer or shorter than an even one, and what cuts amid a paragraph cost.
    uneven: usize,
}

impl Add for Cost {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { lacking: self.lacking + other.lacking, uneven: self.uneven + other.uneven }
    }
}

/// The best way to cut a section up to some piece.
#[derive(Clone, Copy, Default)]
struct Way {
    cost: Cost,
    /// With which piece the last passage begins.
    start: usize,
}

/// Behind which of its pieces the passages of `section` end.
pub(super) fn passage_ends(section: &[Piece]) -> Vec<usize> {
    let words: usize = section.iter().map(|piece| piece.words).sum();
    if words <= MAX_WORDS {
        return vec![section.len()];
    }
    let even = words / words.div_ceil(TARGET_WORDS);
    let mut ways = vec![Way::default()];
    for end in 1..=section.len() {
        ways.push(best_way(section, end, even, &ways));
    }
    let mut ends = Vec::new();
    let mut end = section.len();
    while end > 0 {
        ends.push(end);
        end = ways[end].start;
    }
    ends.reverse();
    ends
}

/// The best way to cut `section` up to the piece `end`, by the best `ways` up to those before.
fn best_way(section: &[Piece], end: usize, even: usize, ways: &[Way]) -> Way {
    let cut_amid_paragraph = end < section.len() && !section[end - 1].ends_block;
    let last = end - 1;
    let mut words = section[last].words;
    let way =
        |start: usize, words| Way { cost: ways[start].cost + cost(words, even, cut_amid_paragraph), start };
    let mut best = way(last, words);
    for start in (0..last).rev() {
        words += section[start].words;
        if words > MAX_WORDS {
            break;
        }
        let this = way(start, words);
        if this.cost < best.cost {
            best = this;
        }
    }
    best
}

/// What a passage of `words` costs where an even one has `even`.
fn cost(words: usize, even: usize, cut_amid_paragraph: bool) -> Cost {
    let tolerated = even / TOLERANCE;
    // Both passages beside a cut are uneven for it.
    let amid = if cut_amid_paragraph { 2 * tolerated * tolerated } else { 0 };
    Cost { lacking: MIN_WORDS.saturating_sub(words), uneven: words.abs_diff(even).pow(2) + amid }
}
