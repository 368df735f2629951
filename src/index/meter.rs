//! [`Meter`]: counts what it takes to find out where things stand, and says when it is enough.
//!
//! It counts places and no time, so that the same query over the same index always ends in the same way.

use std::sync::atomic::{AtomicU64, Ordering};

/// What a place costs that a relation within another relation looks at, beside those that are only read: about so many
/// times as much.
pub(super) const PLACES_OF_A_RELATION: usize = 6;

/// What it costs to move a list on that is read beside others, in places.
pub(super) const PLACES_OF_A_LIST: usize = 4;

/// What it costs to look at one more article, in places.
pub(super) const PLACES_OF_AN_ARTICLE: usize = 8;

/// Counts the places that a query looks at.
#[derive(Debug)]
pub(super) struct Meter {
    counted: AtomicU64,
    most: u64,
}

impl Meter {
    /// A meter that lets `most` places be looked at.
    pub fn up_to(most: u64) -> Self {
        Self { counted: AtomicU64::new(0), most }
    }

    /// A meter of something that is looked at in few articles.
    pub fn unlimited() -> Self {
        Self::up_to(u64::MAX)
    }

    /// Counts `places` more.
    pub fn count(&self, places: usize) {
        self.counted.fetch_add(places as u64, Ordering::Relaxed);
    }

    /// Whether more has been looked at than may be.
    pub fn is_exceeded(&self) -> bool {
        self.counted.load(Ordering::Relaxed) > self.most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_exceeded_by_more_than_the_limit() {
        let meter = Meter::up_to(10);
        meter.count(10);
        assert!(!meter.is_exceeded());
        meter.count(1);
        assert!(meter.is_exceeded());
    }
}
