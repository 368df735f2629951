//! A run that brings an index up to date, whichever command it is of, and the exit status that it ends with.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Result;
use ibid::extract;
use ibid::index::IndexWriter;
use ibid::ingest::{Options, Report, ingest};

use super::Global;
use super::exit::Exit;
use super::progress::Progress;
use super::terminal::{Streams, now, today};

/// `options` with what holds for any run, one that writes nothing too: when it begins, which day that is, and that the
/// index isn't read.
pub fn of_any_run(options: Options, global: &Global) -> Options {
    let mut left_out = options.left_out;
    left_out.push(global.index.clone());
    Options { extract: extract::Options { today: today() }, left_out, begun: Some(now()), ..options }
}

/// Brings the index of `writer` up to date with `paths` as `options` say, without looking at the index itself, until
/// `stop` is set.
///
/// # Errors
///
/// If a path isn't there, or the index can't be used.
pub fn bring_up_to_date(
    writer: IndexWriter,
    paths: &[PathBuf],
    global: &Global,
    options: Options,
    progress: &Progress,
    stop: &AtomicBool,
) -> Result<Report> {
    let options = of_any_run(options, global);
    let report = ingest(&writer, paths, &options, stop, progress);
    progress.finish();
    // A run that failed leaves the last commit as it is; its merges needn't be waited for.
    let report = match report {
        Ok(report) => report,
        Err(error) => {
            writer.abandon();
            return Err(error.into());
        }
    };
    // Nor does anybody wait for them who interrupts; the next run merges again.
    if !report.interrupted {
        writer.finish()?;
    }
    // All is committed: from here on an interrupt ends the process at once.
    stop.store(true, Ordering::Relaxed);
    Ok(report)
}

/// The exit status that a run with this report ends with. That there was nothing to read is told, since
/// the reader meant something.
pub fn told_exit_of(report: &Report, streams: &mut Streams) -> Exit {
    let exit = exit_of(report);
    if exit == Exit::Nothing {
        streams.note("note: no article among these inputs; `ibid ingest --help` says what is read");
    }
    exit
}

fn exit_of(report: &Report) -> Exit {
    match report {
        Report { interrupted: true, .. } => Exit::Interrupted,
        Report { set_aside: 1.., .. } => Exit::SetAside,
        Report { inputs, skipped, removed: 0, pruned: 0, .. } if inputs == skipped => Exit::Nothing,
        _ => Exit::Success,
    }
}
