//! [`RememberedWords`]: the terms of words that an analyzer has met.
//!
//! Every token of every text asks for one, so what is asked for often lies together, and takes little: most words are their
//! own folded form and begin with their stem, and then there is nothing but their letters.

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

/// Words with their terms, by how they are spelt, in the order in which they came: common words are met early, and so they
/// lie together.
#[derive(Default)]
pub(super) struct RememberedWords {
    words: Vec<Remembered>,
    /// The letters of all words and terms.
    letters: String,
    /// Places in `words`, by the hash of how a word is spelt.
    places: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl RememberedWords {
    pub fn len(&self) -> usize {
        self.words.len()
    }

    pub fn clear(&mut self) {
        self.words.clear();
        self.letters.clear();
        self.places.clear();
    }

    /// The terms of the word `spelt`, which are `made` if it isn't known.
    pub fn terms_of(&mut self, spelt: &str, made: impl FnOnce() -> NewTerms) -> Terms<'_> {
        let hash = self.hasher.hash_one(spelt.as_bytes());
        let known = self.places.find(hash, |&place| self.spelt_at(place) == spelt).copied();
        let place = known.unwrap_or_else(|| self.remember(hash, spelt, &made()));
        let Remembered { exact, stem, plain_stem, .. } = self.words[place as usize];
        let letters_in = |range| letters_in(&self.letters, range);
        Terms { exact: letters_in(exact), stem: letters_in(stem), plain_stem: plain_stem.map(letters_in) }
    }

    fn spelt_at(&self, place: u32) -> &str {
        letters_in(&self.letters, self.words[place as usize].spelt)
    }

    /// Remembers the word `spelt`, and tells its place.
    fn remember(&mut self, hash: u64, spelt: &str, new: &NewTerms) -> u32 {
        let place = self.words.len() as u32;
        self.words.push(Remembered::new(spelt, new, &mut self.letters));
        let Self { words, letters, places, hasher } = self;
        let rehashed =
            |&other: &u32| hasher.hash_one(letters_in(letters, words[other as usize].spelt).as_bytes());
        places.insert_unique(hash, place, rehashed);
        place
    }
}

/// Bytes from a place in the letters of all words, and how many.
type Range = (u32, u16);

/// A word with its terms.
#[derive(Clone, Copy)]
struct Remembered {
    spelt: Range,
    exact: Range,
    stem: Range,
    plain_stem: Option<Range>,
}

impl Remembered {
    /// Of a word, whose letters go behind those of others with what of its terms isn't a part of them.
    fn new(spelt: &str, new: &NewTerms, letters: &mut String) -> Self {
        let start = letters.len();
        let mut range_of = |form: &str| {
            let at = letters[start..].find(form).map_or(letters.len(), |at| start + at);
            if at == letters.len() {
                letters.push_str(form);
            }
            (at as u32, form.len() as u16)
        };
        let spelt = range_of(spelt);
        let exact = range_of(&new.exact);
        let stem = new.stem.as_deref().map_or(exact, &mut range_of);
        let plain_stem = new.plain_stem.as_deref().map(&mut range_of);
        Self { spelt, exact, stem, plain_stem }
    }
}

fn letters_in(letters: &str, (start, length): Range) -> &str {
    &letters[start as usize..start as usize + usize::from(length)]
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
        assert_eq!(words.letters, "riversDamsdams");
    }
}
