//! [`Numbered`]: different strings, each with a number and all their letters together.

use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashTable};

/// Different strings, numbered from 0 in the order in which they came.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbered {
    /// Where the letters of each end.
    ends: Vec<u32>,
    /// The letters of all, one string after another.
    letters: String,
    /// Numbers, by the hashes of their strings.
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Numbered {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The letters of all of them.
    pub fn letters(&self) -> &str {
        &self.letters
    }

    /// The string of a number that was given out.
    pub fn get(&self, number: u32) -> &str {
        string_of(number, &self.ends, &self.letters)
    }

    /// All strings, by their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|number| self.get(number as u32))
    }

    /// The number of `string`, if it has one.
    pub fn find(&self, string: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(string.as_bytes());
        self.numbers.find(hash, |&number| self.get(number) == string).copied()
    }

    /// The number of `string`, a new one if it had none.
    pub fn number_of(&mut self, string: &str) -> u32 {
        let Self { ends, letters, numbers, hasher } = self;
        let hash = hasher.hash_one(string.as_bytes());
        if let Some(&known) = numbers.find(hash, |&known| string_of(known, ends, letters) == string) {
            return known;
        }
        let number = ends.len() as u32;
        letters.push_str(string);
        ends.push(letters.len() as u32);
        let rehashed = |&other: &u32| hasher.hash_one(string_of(other, ends, letters).as_bytes());
        numbers.insert_unique(hash, number, rehashed);
        number
    }

    /// Forgets all strings.
    pub fn clear(&mut self) {
        self.ends.clear();
        self.letters.clear();
        self.numbers.clear();
    }
}

fn string_of<'l>(number: u32, ends: &[u32], letters: &'l str) -> &'l str {
    let at = number as usize;
    let start = if at == 0 { 0 } else { ends[at - 1] };
    &letters[start as usize..ends[at] as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_keeps_its_number() {
        let mut numbered = Numbered::default();
        let numbers = ["dam", "", "dams", "dam", "é", ""].map(|string| numbered.number_of(string));
        assert_eq!(numbers, [0, 1, 2, 0, 3, 1]);
        assert_eq!(numbered.iter().collect::<Vec<_>>(), ["dam", "", "dams", "é"]);
        assert_eq!((numbered.find("dams"), numbered.find("da")), (Some(2), None));
        numbered.clear();
        assert_eq!((numbered.len(), numbered.number_of("é")), (0, 0));
    }
}
