//! The signals that ask the program to end: which of them are caught, and what they do.
//!
//! One that whoever started the program has had ignored, as `nohup` does and shells for commands in the background, is
//! left alone. Only Linux says which those are.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::{Context, Result};
#[cfg(unix)]
use signal_hook::consts::SIGHUP;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::exit::Exit;

/// The signals that ask the program to end.
#[cfg(unix)]
const ENDING: [i32; 3] = [SIGINT, SIGTERM, SIGHUP];
#[cfg(not(unix))]
const ENDING: [i32; 2] = [SIGINT, SIGTERM];

/// A flag that the first interrupt sets; the second ends the process at once.
pub fn stop_on_interrupt() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let caught = each_that_counts(|signal| {
        // In this order: the first is to see what was set before its own.
        flag::register_conditional_shutdown(signal, Exit::Interrupted as i32, Arc::clone(&stop))?;
        flag::register(signal, Arc::clone(&stop)).map(drop)
    });
    caught.context("interrupts can't be caught")?;
    Ok(stop)
}

/// Has interrupts do nothing.
pub fn pass_over_interrupts() -> Result<()> {
    let nobody = Arc::new(AtomicBool::new(false));
    let caught = each_that_counts(|signal| flag::register(signal, Arc::clone(&nobody)).map(drop));
    caught.context("interrupts can't be caught")
}

/// Does `catch` with each signal that isn't ignored.
fn each_that_counts(catch: impl FnMut(i32) -> io::Result<()>) -> io::Result<()> {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = ignored(&status);
    ENDING.into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0).try_for_each(catch)
}

/// The signals that a process with this `status` ignores, a bit each.
fn ignored(status: &str) -> u64 {
    let told = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    told.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignored_signals_are_told() {
        assert_eq!(ignored("SigBlk:\t0000000000000001\nSigIgn:\t0000000000001003\n"), 0x1003);
        assert_eq!(ignored(""), 0);
    }
}
