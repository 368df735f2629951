//! [`Sketch`]: what is kept of a text to tell whether another is nearly the same, and when two are.
//!
//! A syndicated copy with another headline, a print version, a text that lost a paragraph: they share most of their
//! runs of words. Articles of one series do too (declarations of a disaster, notices that are renewed each year), but
//! where their words are the same they tell of other facts: between "in the State of" and "and ordered" one has
//! Kansas and the other Nebraska. So a sketch has samples of two sets: of all runs of words, and of the places in which
//! facts stand, names and numbers, with what stands there. A copy that lacks a place is a copy still.
//!
//! Each sample is made of the smallest hashes of its set (bottom-k sketches: Broder 1997; Cohen and Kaplan 2007): a
//! small set is there as a whole, and of two large ones the same part is. How sketches are kept and found isn't here.

use std::collections::{BTreeMap, BinaryHeap};

use super::is_number;

/// Words that make a run: of 2 and 4, the first takes templates for copies more often, the second loses edited ones.
const WORDS_IN_A_RUN: usize = 3;

/// Runs that a text must have: shorter ones, such as error pages, are alike by chance.
const FEWEST_RUNS: usize = 30;

/// Runs that are kept. Likeness is then known within 0.06 (one standard deviation, at a likeness of 0.5).
const MOST_RUNS: usize = 64;

/// Places of facts that are kept.
const MOST_PLACES: usize = 40;

/// Numbers that are kept, such as years and amounts.
const MOST_NUMBERS: usize = 24;

/// How many of its smallest runs an article is found by. Two articles with the least likeness of copies share one of
/// them with a probability of 0.99.
const HANDLES: usize = 8;

/// Bits of a packed sketch that hold the length of a sample.
const BITS_OF_A_LENGTH: u32 = 8;

const LENGTH: u32 = (1 << BITS_OF_A_LENGTH) - 1;

/// The share of all runs of two texts that both must have (Jaccard's coefficient).
const LEAST_LIKENESS: f64 = 0.27;

/// The share where hardly a fact is known to tell texts apart by, as in scripts without capitals.
const LEAST_LIKENESS_WITHOUT_FACTS: f64 = 0.45;

/// Places that two texts must have in common to be told apart by their facts.
const FEWEST_PLACES: usize = 6;

/// The share of these places that may hold other facts: editors do correct them.
const MOST_CONFLICTS: f64 = 0.14;

/// The share of numbers in which both may differ: those of a paragraph that one has lost, of which the other
/// has lost another.
const MOST_CONFLICTING_NUMBERS: f64 = 0.2;

/// The share of the longer text's words that the shorter must have at least: an excerpt, or the first part of two, is
/// no copy of the whole.
const LEAST_LENGTH: f64 = 0.78;

/// Days between two publications beyond which a text is no copy: what is said again after a month is said anew, such as
/// the notice that a measure goes on for another year.
const FAR_APART_DAYS: i64 = 30;

/// What is kept of a text to compare it with others; of a short one nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    /// Hashes of runs of words, ascending.
    runs: Vec<u32>,
    /// Hashes of the places of facts, ascending, and of what stands there.
    facts: Vec<(u32, u32)>,
    /// Hashes of numbers, ascending.
    numbers: Vec<u32>,
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
        if !is_as_long(self.words, other.words) || self.is_far_from(other.published) {
            return false;
        }
        let likeness = self.likeness(other);
        let Facts { same, others } = self.shared_facts(other);
        let numbers = Shared::of(&self.numbers, &other.numbers, MOST_NUMBERS);
        let least = if same + others < FEWEST_PLACES { LEAST_LIKENESS_WITHOUT_FACTS } else { LEAST_LIKENESS };
        let facts_agree = others as f64 <= MOST_CONFLICTS * (same + others) as f64;
        likeness >= least && facts_agree && numbers.conflict() <= MOST_CONFLICTING_NUMBERS
    }

    /// The share of all runs of the two texts that both have, as far as the sketches tell, from 0 to 1.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> f64 {
        Shared::of(&self.runs, &other.runs, MOST_RUNS).share()
    }

    /// What stands in the places that both texts have; not where one has several things in places alike.
    fn shared_facts(&self, other: &Self) -> Facts {
        let mut facts = Facts::default();
        for ((_, one), (_, other)) in common(&self.facts, &other.facts, |&(place, _)| place) {
            match (*one, *other) {
                (SEVERAL, _) | (_, SEVERAL) => {}
                (one, other) if one == other => facts.same += 1,
                _ => facts.others += 1,
            }
        }
        facts
    }

    /// Whether so much time lies between this text and one `published` then that it is no copy.
    #[must_use]
    pub fn is_far_from(&self, published: Option<(i64, i64)>) -> bool {
        let (Some((from, to)), Some((other_from, other_to))) = (self.published, published) else {
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
        let pair = |(left, right): (u32, u32)| u64::from(left) << 32 | u64::from(right);
        let two = |two: &[u32]| pair((two[0], two.get(1).copied().unwrap_or_default()));
        let samples = self.runs.len() | self.numbers.len() << BITS_OF_A_LENGTH;
        let lengths = pair((self.words, samples as u32));
        let hashes = self.runs.chunks(2).chain(self.numbers.chunks(2)).map(two);
        [lengths].into_iter().chain(hashes).chain(self.facts.iter().copied().map(pair)).collect()
    }

    /// Whether the sketch that was packed as what begins with `packed` may be near this one by the length of its text:
    /// of one number no more is needed.
    #[must_use]
    pub fn is_as_long_as_packed(&self, packed: &[u64]) -> bool {
        packed.first().is_some_and(|&lengths| is_as_long(self.words, halves(lengths).0))
    }

    /// The numbers at the beginning of a packed sketch that tell what runs of words it has.
    pub const NUMBERS_WITH_RUNS: usize = 1 + MOST_RUNS.div_ceil(2);

    /// Whether the sketch that was packed as what begins with `packed` may be near this one by its runs of words: of
    /// [`Self::NUMBERS_WITH_RUNS`] no more is needed.
    #[must_use]
    pub fn is_like_packed(&self, packed: &[u64]) -> bool {
        let Some((&lengths, hashes)) = packed.split_first() else { return false };
        let mut runs = [0; MOST_RUNS];
        let (runs, _) = sample(hashes, halves(lengths).1 & LENGTH, &mut runs);
        Shared::of(&self.runs, runs, MOST_RUNS).share() >= LEAST_LIKENESS
    }

    /// The sketch that [`Self::packed`] gave `packed` for; what others give is a sketch too.
    #[must_use]
    pub fn unpacked(packed: &[u64]) -> Self {
        let Some((&lengths, hashes)) = packed.split_first() else { return Self::default() };
        let (words, samples) = halves(lengths);
        let (mut runs, mut numbers) = ([0; MOST_RUNS], [0; MOST_NUMBERS]);
        let (runs, rest) = sample(hashes, samples & LENGTH, &mut runs);
        let (numbers, facts) = sample(rest, samples >> BITS_OF_A_LENGTH, &mut numbers);
        let (runs, numbers) = (runs.to_vec(), numbers.to_vec());
        let facts = facts.iter().copied().map(halves).collect();
        Self { runs, facts, numbers, words, published: None }
    }
}

/// The two numbers that are packed as one.
fn halves(packed: u64) -> (u32, u32) {
    ((packed >> 32) as u32, packed as u32)
}

/// The first `length` hashes of `packed`, two in each number, as far as there are so many and `hashes` has room; and
/// what is packed behind them. Most sketches are only looked at, so nothing is allocated.
fn sample<'s, 'p>(packed: &'p [u64], length: u32, hashes: &'s mut [u32]) -> (&'s [u32], &'p [u64]) {
    let length = (length as usize).min(hashes.len());
    let (packed, rest) = packed.split_at(length.div_ceil(2).min(packed.len()));
    let known = length.min(packed.len() * 2);
    for (two, &packed) in hashes[..known].chunks_mut(2).zip(packed) {
        let (first, second) = halves(packed);
        two[0] = first;
        two[1..].fill(second);
    }
    (&hashes[..known], rest)
}

/// Whether one of two texts of so many words isn't much shorter than the other.
fn is_as_long(one: u32, other: u32) -> bool {
    f64::from(one.min(other)) >= LEAST_LENGTH * f64::from(one.max(other))
}

/// How many hashes two samples share, and how many one has alone, as far as both are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shared {
    both: usize,
    left: usize,
    right: usize,
}

impl Shared {
    /// Of two samples in ascending order. One of `most` hashes may be part of a larger set, so that it says nothing
    /// of what is above its last.
    fn of(left: &[u32], right: &[u32], most: usize) -> Self {
        let end = |sample: &[u32]| sample.get(most - 1).copied().unwrap_or(u32::MAX);
        let end = end(left).min(end(right));
        let known = |sample: &[u32]| sample.partition_point(|&hash| hash <= end);
        let (left, right) = (&left[..known(left)], &right[..known(right)]);
        let both = count_in_both(left, right);
        Self { both, left: left.len() - both, right: right.len() - both }
    }

    /// The share of all hashes that both have, from 0 to 1.
    fn share(self) -> f64 {
        self.both as f64 / (self.both + self.left + self.right).max(1) as f64
    }

    /// The share of the smaller set that stands against as many others in the larger.
    fn conflict(self) -> f64 {
        let conflicts = self.left.min(self.right);
        conflicts as f64 / (self.both + conflicts).max(1) as f64
    }
}

/// How many hashes both of two samples in ascending order have. Which of them is next is left to chance, so no step
/// branches on it.
fn count_in_both(left: &[u32], right: &[u32]) -> usize {
    let (mut at_left, mut at_right, mut both) = (0, 0, 0);
    while let (Some(one), Some(other)) = (left.get(at_left), right.get(at_right)) {
        both += usize::from(one == other);
        at_left += usize::from(one <= other);
        at_right += usize::from(one >= other);
    }
    both
}

/// How many of the places of facts that two texts have in common hold the same, and how many hold others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Facts {
    same: usize,
    others: usize,
}

/// What `left` and `right`, in ascending order of `key`, have of the same key.
fn common<'a, T>(
    left: &'a [T],
    right: &'a [T],
    key: impl Fn(&T) -> u32,
) -> impl Iterator<Item = (&'a T, &'a T)> {
    let mut at = 0;
    left.iter().filter_map(move |one| {
        while right.get(at).is_some_and(|other| key(other) < key(one)) {
            at += 1;
        }
        right.get(at).filter(|other| key(other) == key(one)).map(|other| (one, other))
    })
}

/// Makes the sketch of a text, word by word.
#[derive(Clone, Debug)]
pub struct Sketcher {
    /// The hashes of the last words, the latest last.
    last: [u64; WORDS_IN_A_RUN],
    words: u32,
    runs: Smallest,
    /// The hashes of the last two words that are no facts.
    before: [u64; 2],
    /// The fact that the last words tell.
    fact: Option<u64>,
    facts: Places,
    numbers: Smallest,
}

impl Default for Sketcher {
    fn default() -> Self {
        Self {
            last: [0; WORDS_IN_A_RUN],
            words: 0,
            runs: Smallest::new(MOST_RUNS),
            before: [0; 2],
            fact: None,
            facts: Places::default(),
            numbers: Smallest::new(MOST_NUMBERS),
        }
    }
}

/// What a sketch goes by of a word, wherever it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SketchedWord {
    hash: u64,
    is_number: bool,
}

impl SketchedWord {
    /// Of the word `folded`.
    #[must_use]
    pub fn of(folded: &str) -> Self {
        Self { hash: hash_of(folded), is_number: is_number(folded) }
    }
}

impl Sketcher {
    /// Takes the next word; whether it stands there as names do, with a capital where no sentence begins.
    pub fn push(&mut self, SketchedWord { hash, is_number }: SketchedWord, is_name: bool) {
        self.last.rotate_left(1);
        self.last[WORDS_IN_A_RUN - 1] = hash;
        self.words += 1;
        if self.words as usize >= WORDS_IN_A_RUN {
            let [first, second, third] = self.last;
            self.runs.take(upper(mixed(first.rotate_left(42) ^ second.rotate_left(21) ^ third)));
        }
        if is_number {
            self.numbers.take(upper(hash));
        }
        if is_name || is_number {
            self.fact = Some(mixed(self.fact.unwrap_or_default() ^ hash));
            return;
        }
        if let Some(fact) = self.fact.take() {
            let [first, second] = self.before;
            let place = mixed(first.rotate_left(42) ^ second.rotate_left(21) ^ hash);
            self.facts.take(upper(place), upper(fact).max(SEVERAL + 1));
        }
        self.before = [self.before[1], hash];
    }

    /// The sketch of what was taken.
    #[must_use]
    pub fn finish(self) -> Sketch {
        let runs = self.runs.ascending();
        if runs.len() < FEWEST_RUNS {
            return Sketch::default();
        }
        let facts = self.facts.0.into_iter().collect();
        Sketch { runs, facts, numbers: self.numbers.ascending(), words: self.words, published: None }
    }
}

/// Stands for facts where places alike hold several.
const SEVERAL: u32 = 0;

/// The places with the smallest hashes, and what stands there.
#[derive(Clone, Debug, Default)]
struct Places(BTreeMap<u32, u32>);

impl Places {
    fn take(&mut self, place: u32, fact: u32) {
        if self.0.len() == MOST_PLACES && self.0.last_key_value().is_some_and(|(&last, _)| place > last) {
            return;
        }
        self.0
            .entry(place)
            .and_modify(|known| *known = if *known == fact { fact } else { SEVERAL })
            .or_insert(fact);
        if self.0.len() > MOST_PLACES {
            self.0.pop_last();
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
        if hash > self.end || self.kept.as_slice().contains(&hash) {
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
    let mut hash = word.len() as u64;
    for chunk in word.as_bytes().chunks(8) {
        let mut eight = [0; 8];
        eight[..chunk.len()].copy_from_slice(chunk);
        hash = mixed(hash ^ u64::from_le_bytes(eight));
    }
    hash
}

fn upper(hash: u64) -> u32 {
    (hash >> 32) as u32
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
            sketcher.push(SketchedWord::of(&word.to_lowercase()), word.starts_with(char::is_uppercase));
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
        assert!(sketch(&original.join(" ")).likeness(&sketch(&other.join(" "))) > 0.7);
        assert!(!near(&original, &other));
    }

    #[test]
    fn what_is_said_again_after_a_month_is_no_copy() {
        let text = text(1, 300).join(" ");
        let dated = |day| sketch(&text).dated(Some((day, day)));
        assert!(dated(0).is_near(&dated(30)));
        assert!(!dated(0).is_near(&dated(31)));
    }

    #[test]
    fn the_first_half_of_a_text_is_no_copy_of_it() {
        let whole = text(1, 600);
        assert!(!near(&whole, &whole[..300]));
        assert!(near(&whole, &whole[..500]));
    }

    #[test]
    fn copies_that_lack_other_paragraphs_are_near() {
        let whole = text(1, 600);
        let without = |from: usize| [&whole[..from], &whole[from + 60..]].concat();
        assert!(near(&without(100), &without(400)), "each has facts that the other lacks, in no place alike");
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
            prop_assert_eq!(Sketch::unpacked(&sketch.packed()), sketch);
        }

        #[test]
        fn any_numbers_are_read(numbers in prop::collection::vec(any::<u64>(), 0..90)) {
            let sketch = Sketch::unpacked(&numbers);
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
            left in prop::collection::btree_set(0_u32..200, 1..60),
            right in prop::collection::btree_set(0_u32..200, 1..60),
        ) {
            let of = |runs: &BTreeSet<u32>| Sketch { runs: runs.iter().copied().collect(), ..Sketch::default() };
            let expected = left.intersection(&right).count() as f64 / left.union(&right).count() as f64;
            prop_assert!((of(&left).likeness(&of(&right)) - expected).abs() < 1e-9);
        }
    }
}
