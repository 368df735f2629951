//! `ibid ingest`: brings the index up to date with folders and files.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Args;
use ibid::error::Error;
use ibid::extract;
use ibid::index::{Index, WriterOptions};
use ibid::ingest::{Options, Report, ingest};

use super::Global;
use super::exit::Exit;
use super::limits::LimitArguments;
use super::paths::listed;
use super::progress::Progress;
use super::terminal::{Streams, today};
use crate::output;

/// Read files and folders, and bring the index up to date with them
///
/// Inputs are told by what they hold, not by their names: HTML, plain text, Markdown, JSON Lines (an article a
/// line), feeds (an article an entry), mail and pages saved as messages, PDF and EPUB; in gzip, zstd, xz or bzip2; in
/// ZIP files, tar archives and web archives (WARC, ARC, WACZ), which may lie in one another. Everything is read in
/// place. What was read before and hasn't changed is passed over. A file `.ibidignore` in a folder names, as
/// `.gitignore` does, what isn't an article.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Files, folders and archives to read; `-` for a list of them on standard input, a line each
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Drop articles whose file is gone from these paths
    #[arg(long)]
    prune: bool,

    /// Keep text that recurs from page to page of a site
    ///
    /// A licence note or a call to subscribe that stands at the start or end of at least 20 pages of a host, and
    /// of three in ten of them, isn't indexed with each. It is kept beside the article; this puts it back, in all
    /// articles of the index.
    #[arg(long)]
    keep_recurring: bool,

    #[command(flatten)]
    limits: LimitArguments,

    /// How to print the summary
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: output::SummaryFormat,
}

/// Runs the command.
pub fn run(arguments: &Arguments, global: &Global, streams: &mut Streams) -> Result<Exit> {
    let paths = listed(&arguments.paths)?;
    let begun = Instant::now();
    let options = Options {
        limits: arguments.limits.limits(),
        pdf_reader: arguments.limits.pdf_reader(),
        prune: arguments.prune,
        keep_recurring: arguments.keep_recurring,
        ..Options::default()
    };
    let report = bring_up_to_date(&paths, global, options)?;
    let summary = output::Summary { report: &report, seconds: begun.elapsed().as_secs_f64() };
    output::write_summary(streams.out(), &summary, arguments.format)?;
    Ok(told_exit_of(&report, streams))
}

/// Brings the index up to date with `paths` as `options` say, without looking at the index itself.
///
/// # Errors
///
/// If a path isn't there, or the index can't be used.
pub fn bring_up_to_date(paths: &[PathBuf], global: &Global, options: Options) -> Result<Report> {
    let stop = stop_on_interrupt()?;
    for path in paths {
        // Before the index is made, so that a slip of the pen leaves nothing behind.
        ibid::source::walk(path, &[]).map_err(Error::from)?;
    }
    let index = Index::open_or_create(&global.index).map_err(Error::from)?;
    let writer = index.writer(WriterOptions::default()).map_err(Error::from)?;
    let options = Options {
        extract: extract::Options { today: today() },
        left_out: vec![global.index.clone()],
        ..options
    };
    let progress = Progress::new();
    let report = ingest(&writer, paths, &options, &stop, &progress);
    progress.finish();
    // A run that failed leaves the last commit as it is; its merges needn't be waited for.
    let report = report?;
    writer.finish().map_err(Error::from)?;
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
        Report { inputs, skipped, removed: 0, .. } if inputs == skipped => Exit::Nothing,
        _ => Exit::Success,
    }
}

/// A flag that the first interrupt sets; the second ends the process at once.
fn stop_on_interrupt() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    let set = move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(Exit::Interrupted as i32);
        }
    };
    ctrlc::set_handler(set).context("interrupts can't be caught")?;
    Ok(stop)
}
