//! [`Mark`]: what a run remembers of a locator or a fingerprint, so that millions of inputs take little memory.

use crate::model::Locator;

/// Half of a BLAKE3 hash. Two locators share one with a probability of 2^-128, so one that has the mark is the one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Mark([u64; 2]);

impl Mark {
    /// The mark of `text`.
    pub fn of(text: &str) -> Self {
        let hash = blake3::hash(text.as_bytes());
        let (numbers, _) = hash.as_bytes().as_chunks();
        Self([u64::from_be_bytes(numbers[0]), u64::from_be_bytes(numbers[1])])
    }
}

/// Lists that a set is parted into, once it has an entry.
const LISTS: usize = 1 << 12;

/// Entries for which a list has room beyond those that it needed: an eighth of them, and a few.
const ROOM_SHARE: usize = 8;
const LEAST_ROOM: usize = 4;

/// A set of locators, by 76 bits of their marks: of a hundred million locators no two share them, but for one chance in
/// fifteen million.
///
/// It holds what a run has seen, so it grows with the inputs: each takes eight bytes and a little. A table of hashes
/// would take three times as much, and as much again while it grows.
#[derive(Debug, Default)]
pub(super) struct Marked(Vec<Vec<u64>>);

impl Marked {
    /// Puts `locator` in; whether it wasn't there.
    pub fn insert(&mut self, locator: &Locator) -> bool {
        if self.0.is_empty() {
            self.0.resize_with(LISTS, Vec::new);
        }
        let (list, entry) = place_of(locator);
        let list = &mut self.0[list];
        let Err(at) = list.binary_search(&entry) else { return false };
        if list.len() == list.capacity() {
            list.reserve_exact(list.len() / ROOM_SHARE + LEAST_ROOM);
        }
        list.insert(at, entry);
        true
    }

    /// Takes `locator` out; whether it was there.
    pub fn remove(&mut self, locator: &Locator) -> bool {
        let (list, entry) = place_of(locator);
        let Some(list) = self.0.get_mut(list) else { return false };
        list.binary_search(&entry).is_ok_and(|at| {
            list.remove(at);
            true
        })
    }

    pub fn contains(&self, locator: &Locator) -> bool {
        let (list, entry) = place_of(locator);
        self.0.get(list).is_some_and(|list| list.binary_search(&entry).is_ok())
    }

    /// Whether it holds `locator` or a place around it.
    pub fn contains_around(&self, locator: &Locator) -> bool {
        // It is asked for each input, and a name may lie under thousands of places.
        !self.0.is_empty() && locator.around().any(|place| self.contains(&place))
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// The list that `locator` is in, and its entry there.
fn place_of(locator: &Locator) -> (usize, u64) {
    let Mark([first, second]) = Mark::of(locator.as_str());
    (first as usize % LISTS, second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locator_is_put_in_once() {
        let mut marked = Marked::default();
        let [one, other] = ["/a#1", "/a#2"].map(Locator::from_stored);
        assert!(!marked.contains(&one) && !marked.remove(&one));
        assert!(marked.insert(&one));
        assert!(!marked.insert(&one));
        assert!(marked.contains(&one) && !marked.contains(&other));
        assert!(marked.remove(&one) && !marked.remove(&one));
        assert!(marked.insert(&one));
        marked.clear();
        assert!(!marked.contains(&one));
    }

    #[test]
    fn a_name_with_thousands_of_places_around_it_costs_nothing_where_nothing_is_marked() {
        let deep = Locator::from_stored(&format!("/a.tar#{}b", "x/".repeat(20_000)));
        let mut marked = Marked::default();
        // Looking at each place of each name would take hours.
        assert!((0..100_000).all(|_| !marked.contains_around(&deep)));
        marked.insert(&Locator::from_stored("/a.tar#x/x"));
        assert!(marked.contains_around(&deep));
        assert!(!marked.contains_around(&Locator::from_stored("/a.tar#x/y")));
    }

    #[test]
    fn a_large_set_holds_what_was_put_in_and_nothing_else_in_few_bytes() {
        let of = |number: usize| Locator::from_stored(&format!("/a#{number}"));
        let mut marked = Marked::default();
        let count = 100_000;
        assert!((0..count).all(|number| marked.insert(&of(number))));
        assert!((0..count).all(|number| marked.contains(&of(number)) && !marked.insert(&of(number))));
        assert!(!(count..2 * count).any(|number| marked.contains(&of(number))));
        let bytes: usize = marked.0.iter().map(|list| list.capacity() * size_of::<u64>()).sum();
        assert!(bytes < 12 * count, "{bytes}");
    }
}
