//! [`RememberedWords`]: the terms of words that an analyzer has met.
//!
//! Every token of every text asks for one, so what is asked for often lies together, and takes little: most words are
//! their own folded form and begin with their stem, and then there is nothing but their letters.

use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashTable};

/// The terms of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms<'a> {
    /// The word, folded.
    pub exact: &'a str,
    /// Its stem, folded.
    pub stem: &'a str,
    /// What else it may be as a stem.
    pub other_stems: OtherStems<'a>,
}

/// Stems that a word has beside its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OtherStems<'a>(&'a str);

/// What parts these stems, which are made of letters and digits.
const BETWEEN_STEMS: char = '\n';

impl<'a> OtherStems<'a> {
    /// Those of `joined`, one behind the other with line feeds between.
    pub(super) fn of(joined: &'a str) -> Self {
        Self(joined)
    }

    /// Each of them, the likeliest first.
    pub fn iter(self) -> impl Iterator<Item = &'a str> + Clone {
        self.0.split(BETWEEN_STEMS).filter(|stem| !stem.is_empty())
    }
}

/// The terms of a word as they are made.
pub(super) struct NewTerms {
    pub exact: String,
    /// None where it is the same as `exact`.
    pub stem: Option<String>,
    /// What else it may be as a stem, each once and none of them its stem.
    pub other_stems: Vec<String>,
}

/// Words with their terms, by how they are spelt, in the order in which they came: common words are met early, and so
/// they lie together.
#[derive(Default)]
pub(super) struct RememberedWords {
    /// A [`Record`] of each.
    records: String,
    /// Places in `records`, by the hash of how a word is spelt.
    places: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl RememberedWords {
    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn clear(&mut self) {
        self.records.clear();
        self.places.clear();
    }

    /// The terms of the word `spelt`, which are `made` if it isn't known.
    pub fn terms_of(&mut self, spelt: &str, made: impl FnOnce() -> NewTerms) -> Terms<'_> {
        let hash = self.hasher.hash_one(spelt.as_bytes());
        let known =
            self.places.find(hash, |&place| Record::at(&self.records, place).spelt() == spelt).copied();
        let place = known.unwrap_or_else(|| self.remember(hash, spelt, &made()));
        Record::at(&self.records, place).terms()
    }

    /// Remembers the word `spelt`, and tells its place.
    fn remember(&mut self, hash: u64, spelt: &str, new: &NewTerms) -> u32 {
        let Self { records, places, hasher } = self;
        let place = records.len() as u32;
        write_record(spelt, new, records);
        let rehashed = |&other: &u32| hasher.hash_one(Record::at(records, other).spelt().as_bytes());
        places.insert_unique(hash, place, rehashed);
        place
    }
}

/// A word with its terms: where each of the four begins and ends in the letters that follow, and these letters.
///
/// What a lookup needs lies side by side, as memory is what it waits for.
struct Record<'r> {
    ranges: [Range; 4],
    letters: &'r str,
}

/// Bytes from a place in a record's letters to another. Words are bounded far below the numbers that are no characters.
type Range = (usize, usize);

/// Writes the record of a word: the letters of each of its terms that isn't a part of what stands there go to the end.
fn write_record(spelt: &str, new: &NewTerms, records: &mut String) {
    let mut letters = String::new();
    let mut range_of = |form: &str| {
        let at = letters.find(form).unwrap_or(letters.len());
        if at == letters.len() {
            letters.push_str(form);
        }
        (at, at + form.len())
    };
    let spelt = range_of(spelt);
    let exact = range_of(&new.exact);
    let stem = new.stem.as_deref().map_or(exact, &mut range_of);
    let others = match new.other_stems.as_slice() {
        [] => (0, 0),
        [one] => range_of(one),
        several => range_of(&several.join(&String::from(BETWEEN_STEMS))),
    };
    for (start, end) in [spelt, exact, stem, others] {
        records.extend([start, end].map(|at| char::from_u32(at as u32).unwrap_or_default()));
    }
    records.push_str(&letters);
}

impl<'r> Record<'r> {
    fn at(records: &'r str, place: u32) -> Self {
        let mut numbers = records[place as usize..].chars();
        let mut next = || numbers.next().map_or(0, |c| c as usize);
        let ranges = std::array::from_fn(|_| (next(), next()));
        Self { ranges, letters: numbers.as_str() }
    }

    fn part(&self, (start, end): Range) -> &'r str {
        &self.letters[start..end]
    }

    fn spelt(&self) -> &'r str {
        self.part(self.ranges[0])
    }

    fn terms(&self) -> Terms<'r> {
        let [_, exact, stem, others] = self.ranges;
        Terms {
            exact: self.part(exact),
            stem: self.part(stem),
            other_stems: OtherStems::of(self.part(others)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(
        words: &mut RememberedWords,
        spelt: &str,
        exact: &str,
        stem: Option<&str>,
        others: &[&str],
    ) -> (String, String, Vec<String>) {
        let owned = |forms: &[&str]| forms.iter().map(|&form| form.to_owned()).collect();
        let made = || NewTerms {
            exact: exact.to_owned(),
            stem: stem.map(str::to_owned),
            other_stems: owned(others),
        };
        let Terms { exact, stem, other_stems } = words.terms_of(spelt, made);
        (exact.to_owned(), stem.to_owned(), other_stems.iter().map(str::to_owned).collect())
    }

    #[test]
    fn a_word_is_made_once_and_keeps_its_terms() {
        let mut words = RememberedWords::default();
        let first = terms(&mut words, "dams", "dams", Some("dam"), &[]);
        assert_eq!(first, ("dams".into(), "dam".into(), Vec::new()));
        assert_eq!(terms(&mut words, "dams", "", None, &[]), first);
        let other = terms(&mut words, "Sécurité", "securite", Some("secur"), &["securit"]);
        assert_eq!(other, ("securite".into(), "secur".into(), vec!["securit".into()]));
        let several = terms(&mut words, "wadams", "wadams", None, &["adams", "dams"]);
        assert_eq!(several.2, ["adams", "dams"]);
        assert_eq!(words.len(), 3);
        words.clear();
        assert_eq!(terms(&mut words, "dams", "dams", None, &[]).1, "dams");
    }

    #[test]
    fn terms_that_are_parts_of_a_word_take_no_room() {
        let mut words = RememberedWords::default();
        terms(&mut words, "rivers", "rivers", Some("river"), &[]);
        terms(&mut words, "Dams", "dams", Some("dam"), &[]);
        assert!(words.records.ends_with("Damsdams"), "{:?}", words.records);
        assert_eq!(words.records.len(), "rivers".len() + "Damsdams".len() + 2 * 8);
    }
}
