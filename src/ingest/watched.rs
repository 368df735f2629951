//! Work that is given up when it takes too much, for a process that has nothing else to do.

use std::time::{Duration, Instant};

use crossbeam_channel::{RecvTimeoutError, bounded};

/// How often the work is looked at.
const INTERVAL: Duration = Duration::from_millis(20);

/// Stack of the work, in bytes: readers of formats that nest call themselves.
const STACK_BYTES: usize = 64 << 20;

/// What `work` gives; none if it can't be begun, fails, or `may_go_on` says no, given how long it has taken. Then it
/// is left to itself: it goes on until the process ends.
pub fn watched<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
    mut may_go_on: impl FnMut(Duration) -> bool,
) -> Option<T> {
    let begun = Instant::now();
    let (sender, done) = bounded(1);
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES);
    // Nobody waits for what comes too late.
    thread.spawn(move || drop(sender.send(work()))).ok()?;
    loop {
        match done.recv_timeout(INTERVAL) {
            Ok(given) => return Some(given),
            Err(RecvTimeoutError::Timeout) if may_go_on(begun.elapsed()) => {}
            Err(_) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_waited_for_until_it_may_not_go_on() {
        assert_eq!(watched(|| 7, |_| true), Some(7));
        let (_held, never) = bounded::<()>(1);
        assert_eq!(watched(move || never.recv().is_ok(), |_| false), None);
    }
}
