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
    /// The stem of the folded word, where that is another.
    pub plain_stem: Option<&'a str>,
}

/// The terms of a word as they are made.
pub(super) struct NewTerms {
    pub exact: String,
    /// None where it is the same as `exact`.
    pub stem: Option<String>,
    /// None where it is the same as the stem.
    pub plain_stem: Option<String>,
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
    let plain_stem = new.plain_stem.as_deref().map_or((0, 0), &mut range_of);
    for (start, end) in [spelt, exact, stem, plain_stem] {
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
        let [_, exact, stem, plain_stem] = self.ranges;
        let has_plain_stem = plain_stem.0 < plain_stem.1;
        Terms {
            exact: self.part(exact),
            stem: self.part(stem),
            plain_stem: has_plain_stem.then(|| self.part(plain_stem)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(
        words: &mut RememberedWords,
        spelt: &str,
        new: [Option<&str>; 3],
    ) -> (String, String, Option<String>) {
        let [exact, stem, plain_stem] = new.map(|form| form.map(str::to_owned));
        let made = || NewTerms { exact: exact.unwrap_or_default(), stem, plain_stem };
        let Terms { exact, stem, plain_stem } = words.terms_of(spelt, made);
        (exact.to_owned(), stem.to_owned(), plain_stem.map(str::to_owned))
    }

    #[test]
    fn a_word_is_made_once_and_keeps_its_terms() {
        let mut words = RememberedWords::default();
        let first = terms(&mut words, "dams", [Some("dams"), Some("dam"), None]);
        assert_eq!(first, ("dams".into(), "dam".into(), None));
        assert_eq!(terms(&mut words, "dams", [None; 3]), first);
        let other = terms(&mut words, "Sécurité", [Some("securite"), Some("secur"), Some("securit")]);
        assert_eq!(other, ("securite".into(), "secur".into(), Some("securit".into())));
        assert_eq!(words.len(), 2);
        words.clear();
        assert_eq!(terms(&mut words, "dams", [Some("dams"), None, None]).1, "dams");
    }

    #[test]
    fn terms_that_are_parts_of_a_word_take_no_room() {
        let mut words = RememberedWords::default();
        terms(&mut words, "rivers", [Some("rivers"), Some("river"), None]);
        terms(&mut words, "Dams", [Some("dams"), Some("dam"), None]);
        assert!(words.records.ends_with("Damsdams"), "{:?}", words.records);
        assert_eq!(words.records.len(), "rivers".len() + "Damsdams".len() + 2 * 8);
    }
}
