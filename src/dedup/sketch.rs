//! [`Sketch`]: what is kept of a text to tell whether another is nearly the same, and when two are.
//!
//! A syndicated copy with another headline, a print version, a text that lost a paragraph: they share most of their
//! runs of words, and where they differ one has more, or other words, and not other facts. Articles of one series
//! share runs of words too (declarations of a disaster, notices that are renewed each year), but each has names
//! and numbers that the other lacks. So a sketch has samples of three sets: runs of words, numbers, names.
//!
//! Each sample is made of the smallest hashes of its set (bottom-k sketches: Broder 1997; Cohen and Kaplan 2007): a
//! small set is there as a whole, and of two large ones the same part is. How sketches are kept and found isn't here.

use std::collections::BinaryHeap;

/// Words that make a run: of 2 and 4, the first takes templates for copies more often, the second loses edited ones.
const WORDS_IN_A_RUN: usize = 3;

/// Runs that a text must have: shorter ones, such as error pages, are alike by chance.
const FEWEST_RUNS: usize = 30;

/// Hashes kept of each set. Likeness is then known within 0.06 (one standard deviation, at a likeness of 0.5).
const MOST_RUNS: usize = 64;
const MOST_NUMBERS: usize = 32;
const MOST_NAMES: usize = 40;

/// How many of its smallest runs an article is found by. Two articles with the least likeness of copies share one of
/// them with a probability of 0.99.
const HANDLES: usize = 8;

/// The share of all runs of two texts that both must have (Jaccard's coefficient).
const LEAST_LIKENESS: f64 = 0.4;

/// The share where hardly any name is known to tell texts apart by, as in scripts without capitals.
const LEAST_LIKENESS_WITHOUT_NAMES: f64 = 0.6;

/// Names by which texts can be told apart.
const FEWEST_NAMES: usize = 4;

/// The share of names or numbers in which both may differ: that each has and the other hasn't.
const MOST_CONFLICTS: f64 = 0.04;

/// The share of the longer text's words that the shorter must have at least: an excerpt, or the first part of two, is no
/// copy of the whole.
const LEAST_LENGTH: f64 = 0.78;

/// Days between two publications beyond which a text must be the same in all that it tells: what is said
/// again after a month, with other figures, is news.
const FAR_APART_DAYS: i64 = 30;

/// The likeness of those.
const LEAST_LIKENESS_FAR_APART: f64 = 0.8;

/// What is kept of a text to compare it with others; of a short one nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    runs: Vec<u32>,
    numbers: Vec<u32>,
    names: Vec<u32>,
    /// How long the text is.
    words: u32,
    published: Option<(i64, i64)>,
}

impl Sketch {
    /// The sketch of a text that was `published` between the first and the last of two days, in days from 1970, if
    /// that is known.
    #[must_use]
    pub fn dated(self, published: Option<(i64, i64)>) -> Self {
        Self { published, ..self }
    }

    /// The numbers that copies of it are found by: those of two copies meet, but for one pair in a hundred.
    #[must_use]
    pub fn handles(&self) -> &[u32] {
        &self.runs[..self.runs.len().min(HANDLES)]
    }

    /// Whether the texts of the two are nearly the same: it makes no difference which is which.
    #[must_use]
    pub fn is_near(&self, other: &Self) -> bool {
        if self.runs.is_empty() || other.runs.is_empty() || !self.is_as_long_as(other) {
            return false;
        }
        let runs = Shared::of(&self.runs, &other.runs, MOST_RUNS);
        let numbers = Shared::of(&self.numbers, &other.numbers, MOST_NUMBERS);
        let names = Shared::of(&self.names, &other.names, MOST_NAMES);
        if self.is_far_apart(other) {
            let tells_the_same = numbers.left + numbers.right + names.conflicts() == 0;
            return runs.likeness() >= LEAST_LIKENESS_FAR_APART && tells_the_same;
        }
        let least = match self.names.len().min(other.names.len()) {
            ..FEWEST_NAMES => LEAST_LIKENESS_WITHOUT_NAMES,
            _ => LEAST_LIKENESS,
        };
        runs.likeness() >= least && numbers.agree() && names.agree()
    }

    /// The share of all runs of the two texts that both have, as far as the sketches tell, from 0 to 1.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> f64 {
        Shared::of(&self.runs, &other.runs, MOST_RUNS).likeness()
    }

    fn is_as_long_as(&self, other: &Self) -> bool {
        let (shorter, longer) = (self.words.min(other.words), self.words.max(other.words));
        f64::from(shorter) >= LEAST_LENGTH * f64::from(longer)
    }

    fn is_far_apart(&self, other: &Self) -> bool {
        let (Some((from, to)), Some((other_from, other_to))) = (self.published, other.published) else {
            return false;
        };
        (other_from - to).max(from - other_to) > FAR_APART_DAYS
    }

    /// The sketch as numbers, to be kept; without the days of publication.
    #[must_use]
    pub fn packed(&self) -> Vec<u64> {
        if self.runs.is_empty() {
            return Vec::new();
        }
        let samples = self.runs.len() | self.numbers.len() << 8 | self.names.len() << 16;
        let lengths = u64::from(self.words) << 32 | samples as u64;
        let all: Vec<u32> = [&self.runs, &self.numbers, &self.names].into_iter().flatten().copied().collect();
        let pairs =
            all.chunks(2).map(|pair| u64::from(pair[0]) << 32 | pair.get(1).copied().map_or(0, u64::from));
        [lengths].into_iter().chain(pairs).collect()
    }

    /// The sketch that [`Self::packed`] gave `numbers` for; an empty one if no sketch gives them.
    #[must_use]
    pub fn unpacked(mut numbers: impl Iterator<Item = u64>) -> Self {
        let Some(lengths) = numbers.next() else { return Self::default() };
        let length = |shift: u32| (lengths >> shift & 0xff) as usize;
        let mut all: Vec<u32> = numbers.flat_map(|pair| [(pair >> 32) as u32, pair as u32]).collect();
        let (runs, of_numbers, names) = (length(0), length(8), length(16));
        if all.len() < runs + of_numbers + names {
            return Self::default();
        }
        all.truncate(runs + of_numbers + names);
        let names = all.split_off(runs + of_numbers);
        let numbers = all.split_off(runs);
        Self { runs: all, numbers, names, words: (lengths >> 32) as u32, published: None }
    }
}

/// How many hashes two samples share, and how many one has alone, as far as both are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Shared {
    both: usize,
    left: usize,
    right: usize,
}

impl Shared {
    /// Of two samples in ascending order, each of at most `most` hashes. One of as many may be part of a larger set,
    /// so that it says nothing of what is above its last.
    fn of(left: &[u32], right: &[u32], most: usize) -> Self {
        let end = |sample: &[u32]| match sample.last() {
            Some(&last) if sample.len() >= most => last,
            _ => u32::MAX,
        };
        let end = end(left).min(end(right));
        let known = |sample: &[u32]| sample.partition_point(|&hash| hash <= end);
        let (left, right) = (&left[..known(left)], &right[..known(right)]);
        let (mut at, mut both) = (0, 0);
        for hash in left {
            while right.get(at).is_some_and(|other| other < hash) {
                at += 1;
            }
            both += usize::from(right.get(at) == Some(hash));
        }
        Self { both, left: left.len() - both, right: right.len() - both }
    }

    fn likeness(self) -> f64 {
        self.both as f64 / (self.both + self.left + self.right).max(1) as f64
    }

    /// How many things stand in one where others stand in the other.
    fn conflicts(self) -> usize {
        self.left.min(self.right)
    }

    fn agree(self) -> bool {
        let in_the_smaller = self.both + self.conflicts();
        self.conflicts() as f64 <= MOST_CONFLICTS * in_the_smaller as f64
    }
}

/// Makes the sketch of a text, word by word.
#[derive(Clone, Debug)]
pub struct Sketcher {
    /// The hashes of the last words, the latest last.
    last: [u64; WORDS_IN_A_RUN],
    words: u32,
    runs: Smallest,
    numbers: Smallest,
    names: Smallest,
}

impl Default for Sketcher {
    fn default() -> Self {
        Self {
            last: [0; WORDS_IN_A_RUN],
            words: 0,
            runs: Smallest::new(MOST_RUNS),
            numbers: Smallest::new(MOST_NUMBERS),
            names: Smallest::new(MOST_NAMES),
        }
    }
}

impl Sketcher {
    /// Takes the next word, folded; whether it stands there as names do, with a capital where no sentence begins.
    pub fn push(&mut self, word: &str, is_name: bool) {
        let hash = hash_of(word);
        self.last.rotate_left(1);
        self.last[WORDS_IN_A_RUN - 1] = hash;
        self.words += 1;
        if self.words as usize >= WORDS_IN_A_RUN {
            let run = self.last.iter().fold(0, |run, &word| mixed(run ^ word));
            self.runs.take((run >> 32) as u32);
        }
        if word.bytes().any(|byte| byte.is_ascii_digit()) {
            self.numbers.take((hash >> 32) as u32);
        } else if is_name {
            self.names.take((hash >> 32) as u32);
        }
    }

    /// The sketch of what was taken.
    #[must_use]
    pub fn finish(self) -> Sketch {
        let runs = self.runs.ascending();
        if runs.len() < FEWEST_RUNS {
            return Sketch::default();
        }
        Sketch {
            runs,
            numbers: self.numbers.ascending(),
            names: self.names.ascending(),
            words: self.words,
            published: None,
        }
    }
}

/// The smallest of the hashes that pass by, each once.
#[derive(Clone, Debug)]
struct Smallest {
    most: usize,
    kept: BinaryHeap<u32>,
    /// The largest that still counts.
    end: u32,
}

impl Smallest {
    fn new(most: usize) -> Self {
        Self { most, kept: BinaryHeap::with_capacity(most + 1), end: u32::MAX }
    }

    fn take(&mut self, hash: u32) {
        if hash > self.end || self.kept.iter().any(|&kept| kept == hash) {
            return;
        }
        self.kept.push(hash);
        if self.kept.len() > self.most {
            self.kept.pop();
        }
        if self.kept.len() == self.most {
            self.end = self.kept.peek().copied().unwrap_or(u32::MAX);
        }
    }

    fn ascending(self) -> Vec<u32> {
        self.kept.into_sorted_vec()
    }
}

/// A hash of `word` that never changes: sketches of different versions are compared.
fn hash_of(word: &str) -> u64 {
    let mut chunks = word.as_bytes().chunks_exact(8);
    let mut hash = word.len() as u64;
    for chunk in &mut chunks {
        let eight = chunk.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte));
        hash = mixed(hash ^ eight);
    }
    let rest = chunks.remainder().iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte));
    mixed(hash ^ rest)
}

/// The mixing of `SplitMix64` (Steele, Lea and Flood 2014).
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// The sketch of words parted by spaces; those with a capital are names.
    fn sketch(text: &str) -> Sketch {
        let mut sketcher = Sketcher::default();
        for word in text.split_whitespace() {
            sketcher.push(&word.to_lowercase(), word.starts_with(char::is_uppercase));
        }
        sketcher.finish()
    }

    /// A text of `count` words, of which every tenth is a name and every twentieth a number.
    fn text(seed: u64, count: u64) -> Vec<String> {
        let word = |at: u64| {
            let number = mixed(seed << 32 | at) % 5_000;
            match at % 20 {
                0 => format!("{number}"),
                10 => format!("N{}", spelt(number)),
                _ => spelt(number),
            }
        };
        (0..count).map(word).collect()
    }

    fn spelt(number: u64) -> String {
        number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
    }

    fn near(left: &[String], right: &[String]) -> bool {
        let (left, right) = (sketch(&left.join(" ")), sketch(&right.join(" ")));
        assert_eq!(left.is_near(&right), right.is_near(&left));
        left.is_near(&right)
    }

    #[test]
    fn a_copy_with_words_changed_and_a_paragraph_gone_is_near() {
        let original = text(1, 600);
        let mut copy = original.clone();
        copy.drain(200..260);
        (3..copy.len()).step_by(20).for_each(|at| copy[at] = "edited".into());
        copy.extend(text(2, 40).into_iter().filter(|word| word.starts_with(char::is_lowercase)));
        assert!(near(&original, &copy));
    }

    #[test]
    fn the_same_template_with_other_facts_is_not_near() {
        let original = text(1, 300);
        let other: Vec<String> = text(1, 300)
            .into_iter()
            .enumerate()
            .map(|(at, word)| if at % 60 == 10 { format!("{word}x") } else { word })
            .collect();
        assert!(
            Shared::of(&sketch(&original.join(" ")).runs, &sketch(&other.join(" ")).runs, 64).likeness()
                > 0.7
        );
        assert!(!near(&original, &other));
    }

    #[test]
    fn what_is_said_again_after_a_month_must_be_the_same() {
        let original = text(1, 300);
        let shorter: Vec<String> = original[..270].to_vec();
        let dated = |words: &[String], day| sketch(&words.join(" ")).dated(Some((day, day)));
        assert!(dated(&original, 0).is_near(&dated(&shorter, 30)));
        assert!(!dated(&original, 0).is_near(&dated(&shorter, 31)), "one has a number that the other lacks");
        assert!(dated(&original, 0).is_near(&dated(&original, 10_000)));
    }

    #[test]
    fn the_first_half_of_a_text_is_no_copy_of_it() {
        let whole = text(1, 600);
        assert!(!near(&whole, &whole[..300]));
        assert!(near(&whole, &whole[..500]));
    }

    #[test]
    fn short_texts_and_none_are_near_nothing() {
        assert!(!near(&text(1, 20), &text(1, 20)));
        assert!(!near(&[], &[]));
        assert_eq!(sketch("").packed(), [0; 0]);
    }

    #[test]
    fn hashes_never_change() {
        assert_eq!(hash_of("international"), 0x17e0_f218_c661_c3d5);
    }

    proptest! {
        #[test]
        fn sketches_read_back(seed in 0_u64..1_000, words in 0_u64..2_000) {
            let sketch = sketch(&text(seed, words).join(" "));
            prop_assert_eq!(Sketch::unpacked(sketch.packed().into_iter()), sketch);
        }

        #[test]
        fn any_numbers_are_read(numbers in prop::collection::vec(any::<u64>(), 0..90)) {
            let sketch = Sketch::unpacked(numbers.into_iter());
            prop_assert!(sketch.handles().len() <= HANDLES);
            let _ = sketch.is_near(&sketch);
        }

        #[test]
        fn every_text_is_near_itself_and_shares_its_handles(seed in 0_u64..1_000, words in 60_u64..2_000) {
            let one = sketch(&text(seed, words).join(" "));
            prop_assert!(one.is_near(&one));
            prop_assert!(!one.handles().is_empty());
        }

        #[test]
        fn other_texts_are_not_near(seed in 0_u64..1_000, words in 60_u64..2_000) {
            prop_assert!(!near(&text(seed, words), &text(seed + 1_000, words)));
        }

        #[test]
        fn small_sets_are_counted_exactly(
            left in prop::collection::btree_set(0_u32..200, 0..60),
            right in prop::collection::btree_set(0_u32..200, 0..60),
        ) {
            let of = |set: &BTreeSet<u32>| set.iter().copied().collect::<Vec<_>>();
            let shared = Shared::of(&of(&left), &of(&right), MOST_RUNS);
            prop_assert_eq!(shared.both, left.intersection(&right).count());
            prop_assert_eq!(shared.left, left.difference(&right).count());
            prop_assert_eq!(shared.right, right.difference(&left).count());
        }
    }
}
