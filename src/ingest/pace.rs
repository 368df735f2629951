//! [`Pace`]: when what was done is committed, so that a crash costs little and segments stay few.

use std::time::{Duration, Instant};

/// Counts what isn't committed yet.
pub(super) struct Pace {
    every_bytes: u64,
    every: Duration,
    bytes: u64,
    since: Instant,
}

impl Pace {
    /// A pace of a commit after so many bytes of input, or so long, whichever comes first.
    pub fn new(every_bytes: u64, every: Duration) -> Self {
        Self { every_bytes, every, bytes: 0, since: Instant::now() }
    }

    /// Counts an input of `bytes` bytes that was written. Whether a commit is due; then the count begins anew.
    pub fn is_due_after(&mut self, bytes: u64) -> bool {
        self.bytes += bytes;
        let due = self.bytes >= self.every_bytes || self.since.elapsed() >= self.every;
        if due {
            (self.bytes, self.since) = (0, Instant::now());
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_is_due_by_volume_or_by_time() {
        let mut pace = Pace::new(10, Duration::MAX);
        assert_eq!([4, 5, 1, 9, 1].map(|bytes| pace.is_due_after(bytes)), [false, false, true, false, true]);
        assert!(Pace::new(u64::MAX, Duration::ZERO).is_due_after(0));
    }
}
