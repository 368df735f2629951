//! [`Running`]: a number of each block, such as its letters of prose, added up along the page.

/// A number of each block of a page, added up along it: that of any of its parts is at hand.
pub(super) struct Running(Vec<f32>);

impl Running {
    /// The sums of `numbers`, of which each block has one.
    pub(super) fn of(numbers: impl Iterator<Item = f32>) -> Self {
        let sums = numbers.scan(0.0, |sum, number| {
            *sum += number;
            Some(*sum)
        });
        Self(std::iter::once(0.0).chain(sums).collect())
    }

    /// That of all blocks.
    pub(super) fn total(&self) -> f32 {
        self.before(self.0.len() - 1)
    }

    /// That of the blocks before the one at `at`.
    pub(super) fn before(&self, at: usize) -> f32 {
        self.0[at]
    }

    /// That of the blocks of `range`.
    pub(super) fn over(&self, range: &std::ops::Range<usize>) -> f32 {
        self.before(range.end) - self.before(range.start)
    }
}
