//! The writer of the index: how long another one is waited for, and whose it is.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;
use ibid::error::IndexError;
use ibid::index::{Holder, Index, IndexWriter};
use ibid::ingest::patiently;

use super::Global;
use super::exit::Interrupted;
use super::terminal::now;

/// The writer of the index, which is made if there is none. It is waited for as by [`writer_of`].
///
/// # Errors
///
/// Those of [`writer_of`].
pub fn opened(global: &Global, wait: Option<u64>, stop: &AtomicBool) -> Result<IndexWriter> {
    // Another process may be about to make it.
    awaited(|| Index::open_or_create(&global.index)?.writer(), wait, stop)
}

/// The writer of `index`; `wait` says how many seconds another one is waited for, unless `stop` is set.
///
/// # Errors
///
/// [`Interrupted`] if `stop` was set while another one was waited for; or if there is another still, or the index can't
/// be used.
pub fn writer_of(index: &Index, wait: Option<u64>, stop: &AtomicBool) -> Result<IndexWriter> {
    awaited(|| index.writer(), wait, stop)
}

/// The writer that `attempt` gives, which waits as [`writer_of`] does.
fn awaited(
    attempt: impl FnMut() -> Result<IndexWriter, IndexError>,
    wait: Option<u64>,
    stop: &AtomicBool,
) -> Result<IndexWriter> {
    let begun = Instant::now();
    let may_pass = |error: &IndexError| {
        let in_time = wait.is_some_and(|seconds| begun.elapsed() < Duration::from_secs(seconds));
        matches!(error, IndexError::Locked { .. }) && in_time && !stop.load(Ordering::Relaxed)
    };
    let writer = patiently(attempt, may_pass);
    if matches!(writer, Err(IndexError::Locked { .. })) && stop.load(Ordering::Relaxed) {
        return Err(Interrupted.into());
    }
    let writer = writer?;
    writer.tell(&Holder { process: std::process::id(), host: host(), since: now() });
    Ok(writer)
}

/// As long as anybody waits.
pub const A_YEAR_SECONDS: &str = "31536000";

/// The name of this machine, if it says one.
fn host() -> Option<String> {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").ok()?;
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}
