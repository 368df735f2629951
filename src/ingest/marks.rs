//! [`Mark`]: what a run remembers of a locator or a fingerprint, so that millions of inputs take little memory.

use std::collections::HashSet;

use crate::model::Locator;

/// Half of a BLAKE3 hash. Two locators share one with a probability of 2^-128, so one that has the mark is the one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Mark([u64; 2]);

impl Mark {
    /// The mark of `text`.
    pub fn of(text: &str) -> Self {
        let hash = blake3::hash(text.as_bytes());
        let number =
            |at: usize| hash.as_bytes()[at..at + 8].iter().fold(0, |n, &byte| n << 8 | u64::from(byte));
        Self([number(0), number(8)])
    }
}

/// A set of locators, by their marks.
#[derive(Debug, Default)]
pub(super) struct Marked(HashSet<Mark>);

impl Marked {
    /// Puts `locator` in; whether it wasn't there.
    pub fn insert(&mut self, locator: &Locator) -> bool {
        self.0.insert(Mark::of(locator.as_str()))
    }

    pub fn contains(&self, locator: &Locator) -> bool {
        self.0.contains(&Mark::of(locator.as_str()))
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locator_is_put_in_once() {
        let mut marked = Marked::default();
        let [one, other] = ["/a#1", "/a#2"].map(Locator::from_stored);
        assert!(marked.insert(&one));
        assert!(!marked.insert(&one));
        assert!(marked.contains(&one) && !marked.contains(&other));
        marked.clear();
        assert!(!marked.contains(&one));
    }
}
