//! Words that are spelt alike: which of an index's words are kin to a word of the query, and what they share.
//!
//! The parts are runs of four characters (`McNamee` and Mayfield, Character N-Gram Tokenization for European Language
//! Text Retrieval, 2004). Reading an index's words is not here.

/// Characters of a part of a word. A word's kin begin with as many: a dictionary in order has them side by side.
const PART_CHARS: usize = 4;

/// Least likeness of a word's kin, as the coefficient of Dice over the parts of both: 0.3 and 0.5 differ by .001
/// nDCG@10.
const MIN_LIKENESS: f64 = 0.4;

/// Most words of one family: 8, 16 and 32 differ by less than .001 nDCG@10.
const MAX_KIN: usize = 8;

/// What the word as written weighs beside the parts that it shares with its kin.
const WORD_WEIGHT: f64 = 4.0;

/// Fewest characters of a word that has kin.
const MIN_CHARS: usize = 3;

/// A part of a word: its characters, one after the other.
type Part = u128;

/// Bits of a character.
const CHAR_BITS: usize = 21;

/// What marks the ends of a word; no word has it.
const FRAME: char = '_';

/// A word of the query with the words of an index that are spelt like it.
#[derive(Clone, Debug, PartialEq)]
pub struct Family {
    word: String,
    parts: Vec<Part>,
    /// Best first, with the likeness by which they are; equal ones in order of spelling.
    kin: Vec<(f64, String)>,
}

/// Some of a family, which share parts of the query's word.
#[derive(Clone, Debug, PartialEq)]
pub struct KindredSet {
    /// Which of the family they are.
    pub members: Vec<usize>,
    /// How many parts they share.
    pub weight: f64,
}

impl Family {
    /// The family of `word`, which is folded, as yet without kin.
    #[must_use]
    pub fn of(word: &str) -> Self {
        Self { word: word.to_owned(), parts: framed_parts(word), kin: vec![(1.0, word.to_owned())] }
    }

    /// How its kin begin; none if the word is too short to have any.
    #[must_use]
    pub fn beginning(&self) -> Option<&str> {
        let long_enough = self.word.chars().count() >= MIN_CHARS;
        let end = self.word.char_indices().nth(PART_CHARS).map_or(self.word.len(), |(at, _)| at);
        long_enough.then(|| &self.word[..end])
    }

    /// Takes `word` in, if it is kin, and nearer than those that there is no room for.
    pub fn offer(&mut self, word: &str) {
        // A word of `n` parts shares at most all of those of the shorter of both.
        let most = (word.len() + 2).saturating_sub(PART_CHARS - 1).max(1);
        if (most as f64) < MIN_LIKENESS * self.parts.len() as f64 / 2.0 {
            return;
        }
        let likeness = likeness(&self.parts, &framed_parts(word));
        let place = self.kin.partition_point(|(other, spelt)| (-other, spelt.as_str()) < (-likeness, word));
        let known = self.kin.get(place).is_some_and(|(_, spelt)| spelt == word);
        if likeness >= MIN_LIKENESS && place < MAX_KIN && !known {
            self.kin.insert(place, (likeness, word.to_owned()));
            self.kin.truncate(MAX_KIN);
        }
    }

    /// The words of the family, the query's first.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.kin.iter().map(|(_, word)| word.as_str())
    }

    /// The sets of its words that share parts, and the query's word alone.
    #[must_use]
    pub fn sets(&self) -> Vec<KindredSet> {
        let parts_of: Vec<Vec<Part>> = self.words().map(|word| parts(word.chars())).collect();
        let mut sets = vec![KindredSet { members: vec![0], weight: WORD_WEIGHT }];
        for part in parts(self.word.chars()) {
            let members: Vec<usize> =
                (0..parts_of.len()).filter(|&at| parts_of[at].contains(&part)).collect();
            match sets.iter_mut().find(|set| set.members == members) {
                Some(set) => set.weight += 1.0,
                None => sets.push(KindredSet { members, weight: 1.0 }),
            }
        }
        sets
    }
}

/// The runs of four characters of `word`; the word itself if it is shorter.
fn parts(word: impl Iterator<Item = char>) -> Vec<Part> {
    // Hundreds of words are offered for one of a query.
    let mut parts = Vec::with_capacity(word.size_hint().1.unwrap_or_default());
    let mut last: Part = 0;
    for (at, character) in word.enumerate() {
        last = (last << CHAR_BITS | Part::from(u32::from(character))) & ((1 << (CHAR_BITS * PART_CHARS)) - 1);
        if at + 1 >= PART_CHARS {
            parts.push(last);
        }
    }
    if parts.is_empty() {
        parts.push(last);
    }
    parts
}

/// The parts of `word` with its ends marked, in order, each once.
fn framed_parts(word: &str) -> Vec<Part> {
    let mut parts = parts(std::iter::once(FRAME).chain(word.chars()).chain(std::iter::once(FRAME)));
    parts.sort_unstable();
    parts.dedup();
    parts
}

/// The coefficient of Dice of two sets, which are sorted.
fn likeness(a: &[Part], b: &[Part]) -> f64 {
    let shared = a.iter().filter(|part| b.binary_search(part).is_ok()).count();
    2.0 * shared as f64 / (a.len() + b.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn family(word: &str, offered: &[&str]) -> Vec<String> {
        let mut family = Family::of(word);
        for word in offered {
            family.offer(word);
        }
        family.words().map(str::to_owned).collect()
    }

    #[test]
    fn words_of_one_root_are_kin() {
        let offered = ["terrace", "terrorist", "terrors", "terrorism", "territory"];
        assert_eq!(family("terrorism", &offered), ["terrorism", "terrorist", "terrors"]);
        assert_eq!(family("immunization", &["immune", "immunity"]), ["immunization", "immunity"]);
    }

    #[test]
    fn the_order_of_offers_makes_no_difference() {
        let mut offered: Vec<String> = (0..40).map(|at| format!("sanction{at}")).collect();
        let names =
            |offered: &[String]| family("sanction", &offered.iter().map(String::as_str).collect::<Vec<_>>());
        let forwards = names(&offered);
        offered.reverse();
        assert_eq!(names(&offered), forwards);
        assert_eq!(forwards.len(), MAX_KIN);
    }

    #[test]
    fn a_short_word_has_no_kin() {
        assert_eq!(Family::of("un").beginning(), None);
        assert_eq!(Family::of("war").beginning(), Some("war"));
        assert_eq!(Family::of("sanctions").beginning(), Some("sanc"));
    }

    #[test]
    fn parts_that_the_same_words_share_are_one_set() {
        let mut family = Family::of("sanctions");
        family.offer("sanction");
        let expected = [(vec![0], WORD_WEIGHT + 1.0), (vec![0, 1], 5.0)];
        let found: Vec<_> = family.sets().into_iter().map(|set| (set.members, set.weight)).collect();
        assert_eq!(found, expected);
    }
}
