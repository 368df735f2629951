//! `ibid ingest`: brings the index up to date with folders and files.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::Args;
use ibid::engine::InputState;
use ibid::index::Rehearsal;
use ibid::ingest::{Options, Report, Trust, ingest};
use ibid::model::Locator;
use ibid::source::{absolute, is_gone};

use super::Global;
use super::account::{Account, is_standard_output};
use super::exit::Exit;
use super::limits::LimitArguments;
use super::paths::{NOTHING_LISTED, are_listed, listed, make_sure_of, make_sure_of_no_input};
use super::progress::{Progress, ProgressForm};
use super::signals::stop_on_interrupt;
use super::terminal::Streams;
use super::update::{bring_up_to_date, of_any_run, told_exit_of};
use super::writing::{A_YEAR_SECONDS, opened};
use crate::output::{self, SummaryFormat};

/// Read files and folders, and bring the index up to date with them
///
/// Inputs are told by what they hold, not by their names: HTML, plain text, Markdown, JSON Lines (an article a
/// line), feeds (an article an entry), mail and pages saved as messages, PDF and EPUB; in gzip, zstd, xz, bzip2 or
/// LZ4; in ZIP files, tar archives and web archives (WARC, ARC, WACZ), which may lie in one another. Everything is
/// read in place. What was read before and hasn't changed is passed over. A file `.ibidignore` in a folder names, as
/// `.gitignore` does, what isn't an article.
#[derive(Args, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct Arguments {
    /// Files, folders and archives to read; `-` for a list of them on standard input, a line each or with NUL behind
    /// each
    #[arg(required_unless_present = "retry", value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Drop articles whose file is gone from these paths
    ///
    /// A path that was read before and is gone itself is taken too, if the folder that it lay in is there and holds
    /// something else: a disk that isn't mounted leaves none, or an empty one.
    #[arg(long)]
    prune: bool,

    /// Keep text that recurs from page to page of a site
    ///
    /// A licence note or a call to subscribe that stands at the start or end of at least 20 pages of a host, and
    /// of three in ten of them, isn't indexed with each. It is kept beside the article; this puts it back, in all
    /// articles of the index.
    #[arg(long)]
    keep_recurring: bool,

    /// Read every file anew and make its article again, whatever is known of it
    #[arg(long)]
    full: bool,

    /// Read again only what was set aside before, in the index or among the given paths
    #[arg(long, conflicts_with_all = ["prune", "full"])]
    retry: bool,

    /// Say what a run would do, and write nothing
    #[arg(long)]
    dry_run: bool,

    /// If another process writes to the index, wait until it has ended, but at most so many seconds
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, require_equals = true, default_missing_value = A_YEAR_SECONDS)]
    wait: Option<u64>,

    /// Write what became of every input to a file, a JSON object a line; `-` for standard output
    ///
    /// The summary then goes to standard error.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,

    /// Make sure of what was done after so many seconds: all that a crash can cost
    ///
    /// 0 does so after every input, which is slow and makes many small segments.
    #[arg(long, value_name = "SECONDS", default_value_t = 20)]
    commit_seconds: u64,

    /// Print no summary but JSON, no progress, and not what is set aside: the exit status tells
    #[arg(short, long)]
    quiet: bool,

    /// How to tell how far the run is
    #[arg(long, value_name = "FORM", default_value = "auto")]
    progress: ProgressForm,

    #[command(flatten)]
    limits: LimitArguments,

    /// How to print the summary
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: SummaryFormat,
}

/// Runs the command.
pub fn run(arguments: &Arguments, global: &Global, streams: &mut Streams) -> Result<Exit> {
    // Before the index is made, so that a slip of the pen leaves nothing behind.
    refuse_seconds_as_path(arguments)?;
    make_sure_of_typed(arguments, global)?;
    let begun = Instant::now();
    let (paths, nothing) = paths_to_read(arguments, global)?;
    if let Some(report) = report_file(arguments) {
        make_sure_of_no_input("--report", report, paths.iter().map(PathBuf::as_path))?;
    }
    let account = arguments.report.as_deref().map(Account::create).transpose()?;
    let progress = Progress::new(arguments.progress, arguments.quiet, account);
    if let Some(note) = nothing {
        return ended_with_nothing(note, arguments, progress, streams);
    }
    let options = options(arguments);
    let prunes_gone = arguments.prune && paths.iter().any(|path| is_gone(path));
    progress.look_ahead(&paths, std::slice::from_ref(&global.index));
    let report = if arguments.dry_run {
        rehearse(&paths, global, options, &progress)?
    } else {
        // Before the index is opened, so that an interrupt never finds it half done.
        let stop = stop_on_interrupt()?;
        let writer = opened(global, arguments.wait, &stop)?;
        bring_up_to_date(writer, &paths, global, options, &progress, &stop)?
    };
    progress.end()?;
    tell_summary(&report, begun.elapsed(), arguments, streams)?;
    if arguments.dry_run && !arguments.quiet {
        streams.note("note: nothing was written");
    }
    if arguments.retry && report.inputs == 0 && !report.interrupted {
        streams.note("note: what was set aside can be read, and is as it was");
        return Ok(Exit::Success);
    }
    // Of a path that is gone nothing is read, and copies may be all that was dropped.
    if prunes_gone && report.inputs == 0 && !report.interrupted {
        return Ok(Exit::Success);
    }
    Ok(told_exit_of(&report, streams))
}

/// What is said if `--retry` finds nothing to read.
const NOTHING_SET_ASIDE: &str = "note: nothing is set aside that could be read again";

/// What a run is asked to do.
fn options(arguments: &Arguments) -> Options {
    Options {
        limits: arguments.limits.limits(),
        pdf_reader: arguments.limits.pdf_reader(),
        prune: arguments.prune,
        keep_recurring: arguments.keep_recurring,
        // What was set aside may still be out of reach, which costs it alone.
        is_listed: are_listed(&arguments.paths) || arguments.retry,
        trust: match arguments {
            Arguments { full: true, .. } => Trust::Nothing,
            Arguments { retry: true, .. } => Trust::HashesOfWhatWasRead,
            _ => Trust::default(),
        },
        commit_every: Duration::from_secs(arguments.commit_seconds),
        left_out: report_file(arguments).into_iter().cloned().collect(),
        ..Options::default()
    }
}

/// The file that the report of every input goes to, if it goes to one.
fn report_file(arguments: &Arguments) -> Option<&PathBuf> {
    arguments.report.as_ref().filter(|report| !is_standard_output(report))
}

/// The paths that are to be read, and what is said if there are none.
fn paths_to_read(arguments: &Arguments, global: &Global) -> Result<(Vec<PathBuf>, Option<&'static str>)> {
    let paths = listed(&arguments.paths)?;
    if paths.is_empty() && are_listed(&arguments.paths) {
        return Ok((paths, Some(NOTHING_LISTED)));
    }
    if !arguments.retry {
        return Ok((paths, None));
    }
    let paths = set_aside_before(&paths, global)?;
    let nothing = paths.is_empty().then_some(NOTHING_SET_ASIDE);
    Ok((paths, nothing))
}

/// Makes sure that the seconds behind `--wait` aren't taken for a path.
fn refuse_seconds_as_path(arguments: &Arguments) -> Result<()> {
    let waits_for_ever = arguments.wait.is_some_and(|seconds| seconds.to_string() == A_YEAR_SECONDS);
    let is_seconds = |path: &&PathBuf| {
        let figures = path.to_str().is_some_and(|name| name.bytes().all(|b| b.is_ascii_digit()));
        figures && !path.exists()
    };
    match arguments.paths.iter().find(is_seconds).filter(|_| waits_for_ever) {
        Some(path) => {
            let seconds = path.display();
            bail!("{seconds}: no such file or folder; to wait so many seconds write `--wait={seconds}`")
        }
        None => Ok(()),
    }
}

/// Makes sure that the paths on the command line are there. One that is gone is for the run to judge, if an index may
/// know of it.
fn make_sure_of_typed(arguments: &Arguments, global: &Global) -> Result<()> {
    let may_be_known = !are_listed(&arguments.paths) && global.index.exists();
    let left = || arguments.paths.iter().filter(|path| !(may_be_known && is_gone(path)));
    match left().find(|path| arguments.prune && may_be_known && path.symlink_metadata().is_err()) {
        Some(path) => bail!(
            "{}: no such file or folder, and nothing to prune: its own folder is empty or gone too, or one for disks, so \
             a disk may not be mounted",
            path.display()
        ),
        None => make_sure_of(left()),
    }
}

/// Ends a run that has nothing to read, which `note` says. A script has its object all the same.
fn ended_with_nothing(
    note: &str,
    arguments: &Arguments,
    progress: Progress,
    streams: &mut Streams,
) -> Result<Exit> {
    streams.note(note);
    progress.end()?;
    if arguments.format == SummaryFormat::Json {
        tell_summary(&Report::default(), Duration::ZERO, arguments, streams)?;
    }
    Ok(Exit::Success)
}

/// Prints the summary of a run with this `report` that took so long, where it is asked for.
fn tell_summary(report: &Report, took: Duration, arguments: &Arguments, streams: &mut Streams) -> Result<()> {
    if arguments.quiet && arguments.format == SummaryFormat::Text {
        return Ok(());
    }
    let summary = output::Summary { report, seconds: took.as_secs_f64() };
    if !arguments.report.as_deref().is_some_and(is_standard_output) {
        return Ok(output::write_summary(streams.out(), &summary, arguments.format)?);
    }
    let mut told = Vec::new();
    output::write_summary(&mut told, &summary, arguments.format)?;
    streams.note(&String::from_utf8_lossy(&told));
    Ok(())
}

/// The files of which something was set aside before and that are still there, of those under `paths` if any are
/// given.
fn set_aside_before(paths: &[PathBuf], global: &Global) -> Result<Vec<PathBuf>> {
    let roots = paths.iter().map(|path| Ok(Locator::file(&absolute(path)?)));
    let roots = roots.collect::<Result<Vec<Locator>>>()?;
    let searcher = global.searcher()?;
    let inputs = searcher.all_inputs()?.into_iter();
    let wanted = inputs.filter(|input| {
        let asked_for = roots.is_empty() || roots.iter().any(|root| input.locator.is_under(root));
        input.latest().0 == InputState::SetAside && asked_for
    });
    let files: BTreeSet<PathBuf> = wanted.map(|input| input.locator.path()).collect();
    Ok(files.into_iter().filter(|file| file.exists()).collect())
}

/// What a run would do.
fn rehearse(paths: &[PathBuf], global: &Global, options: Options, progress: &Progress) -> Result<Report> {
    let options = of_any_run(options, global);
    let rehearsal = Rehearsal::open(&global.index)?;
    Ok(ingest(&rehearsal, paths, &options, &AtomicBool::new(false), progress)?)
}
