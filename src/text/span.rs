//! [`Span`]: a byte range that can always be cut out of its text.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open byte range of a text, both ends on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to `end`.
    ///
    /// # Panics
    ///
    /// If `end` lies before `start`, in debug builds.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span {start}..{end} runs backwards");
        Self { start, end }
    }

    /// Number of bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether nothing lies between the ends.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The same span in a text that begins `offset` bytes into this one.
    #[must_use]
    pub fn relative_to(self, offset: usize) -> Self {
        Self::new(self.start - offset, self.end - offset)
    }

    /// The part of `text` under the span, or nothing if the span isn't one of `text`.
    #[must_use]
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_cuts_its_text_and_nothing_else() {
        let text = "née";
        assert_eq!(Span::new(0, 3).of(text), Some("né"));
        assert_eq!(Span::new(0, 2).of(text), None, "inside a character");
        assert_eq!(Span::new(2, 9).of(text), None, "past the end");
    }

    #[test]
    fn spans_compose() {
        let (a, b) = (Span::new(2, 4), Span::new(7, 9));
        assert_eq!(a.cover(b), Span::new(2, 9));
        assert!(a.cover(b).contains(a));
        assert!(!a.contains(b));
        assert_eq!(b.relative_to(7), Span::new(0, 2));
        assert!(Span::new(3, 3).is_empty());
        assert_eq!(a.len(), 2);
    }
}
