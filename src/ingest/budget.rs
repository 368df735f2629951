//! [`Budget`]: how much may be under way at once, so that memory stays bounded whatever the input.

use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::{Condvar, Mutex};

/// Bytes of memory that inputs under way may cost: read but not yet written.
const MAX_BYTES_UNDER_WAY: usize = 64 << 20;

/// What an input costs beside its bytes.
const BYTES_OF_AN_INPUT: usize = 16 << 10;

/// What a byte of an input costs: where it is all text, it is kept beside its article, and that article's words once as
/// they stand and once as stems.
const COST_OF_A_BYTE: usize = 4;

/// What an input of so many bytes takes of the budget.
pub(super) fn cost_of(bytes: usize) -> usize {
    bytes * COST_OF_A_BYTE + BYTES_OF_AN_INPUT
}

/// Counts bytes under way and makes takers wait while there are too many.
pub(super) struct Budget {
    most: usize,
    used: Mutex<usize>,
    freed: Condvar,
    closed: AtomicBool,
}

/// Closes a budget when a run ends in any way, so that nobody waits for what will never be given back.
pub(super) struct ClosesBudget<'a>(pub &'a Budget);

impl Drop for ClosesBudget<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self::new(MAX_BYTES_UNDER_WAY)
    }
}

impl Budget {
    /// A budget of `most` bytes.
    fn new(most: usize) -> Self {
        Self { most, used: Mutex::new(0), freed: Condvar::new(), closed: AtomicBool::new(false) }
    }

    /// Takes `bytes`, as soon as they fit or nothing else is under way. Whether the run still wants them.
    pub fn take(&self, bytes: usize) -> bool {
        let mut used = self.used.lock();
        let full = |used: &mut usize| !self.is_closed() && *used > 0 && *used + bytes > self.most;
        self.freed.wait_while(&mut used, full);
        *used += bytes;
        !self.is_closed()
    }

    /// Waits while an input is under way that is larger than the budget: what is read next would lie beside it.
    pub fn wait_while_overdrawn(&self) {
        let overdrawn = |used: &mut usize| !self.is_closed() && *used > self.most;
        self.freed.wait_while(&mut self.used.lock(), overdrawn);
    }

    /// Makes an end of all waiting: nothing more is wanted.
    pub fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
        // The lock makes sure that no taker is between its look and its wait.
        drop(self.used.lock());
        self.freed.notify_all();
    }

    fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
    }

    /// Gives `bytes` back.
    pub fn give_back(&self, bytes: usize) {
        let mut used = self.used.lock();
        *used = used.saturating_sub(bytes);
        self.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_larger_than_the_budget_passes_alone() {
        let budget = Budget::new(10);
        budget.take(100);
        budget.give_back(100);
        budget.take(6);
        budget.take(4);
        budget.give_back(10);
        budget.take(100);
    }

    #[test]
    fn nothing_is_read_beside_what_is_larger_than_the_budget() {
        let budget = Budget::new(10);
        budget.take(10);
        budget.wait_while_overdrawn();
        budget.give_back(10);
        budget.take(11);
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| budget.wait_while_overdrawn());
            budget.give_back(11);
            waiting.join().unwrap();
        });
    }

    #[test]
    fn nobody_waits_for_a_budget_that_is_closed() {
        let budget = Budget::new(10);
        assert!(budget.take(10));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| budget.take(5));
            drop(ClosesBudget(&budget));
            assert!(!waiting.join().unwrap());
        });
    }
}
