//! Faults of the program itself: what panics is told in a line, with the place, and ends with a status.
//!
//! The library catches what hostile pages and damaged files can set off, and reports it in its own words; then
//! nothing is told here.

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};

use anyhow::{Result, anyhow};
use parking_lot::Mutex;

/// The last panic, for the case that nobody catches it.
static LAST: Mutex<String> = Mutex::new(String::new());

/// Does `work`; a panic becomes an error that names its place.
pub fn caught<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    set_hook(Box::new(|panic| {
        let mut last = LAST.lock();
        *last = panic.to_string().replace('\n', " ");
    }));
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let last = LAST.lock();
        Err(anyhow!("this is a fault of ibid, please report it: {last}"))
    })
}
