//! [`Budget`]: how much may be under way at once, so that memory stays bounded whatever the input.

use std::sync::{Condvar, Mutex, PoisonError};

/// Counts bytes under way and makes takers wait while there are too many.
pub(super) struct Budget {
    most: usize,
    used: Mutex<usize>,
    freed: Condvar,
}

impl Budget {
    /// A budget of `most` bytes.
    pub fn new(most: usize) -> Self {
        Self { most, used: Mutex::new(0), freed: Condvar::new() }
    }

    /// Takes `bytes`, as soon as they fit or nothing else is under way.
    pub fn take(&self, bytes: usize) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |used: &mut usize| *used > 0 && *used + bytes > self.most;
        let mut used = self.freed.wait_while(used, full).unwrap_or_else(PoisonError::into_inner);
        *used += bytes;
    }

    /// Gives `bytes` back.
    pub fn give_back(&self, bytes: usize) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
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
}
