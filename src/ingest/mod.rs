//! Brings an index up to date with folders and files: reads, extracts, plans, writes.
//!
//! One thread reads, several extract, one plans and writes, over bounded channels; results go back
//! into the order of the inputs, so that two runs plan the same. The only threads of the library
//! are here.

mod account;
mod acronyms;
mod again;
mod budget;
mod course;
mod frames;
mod gone;
mod ledger;
mod marks;
mod orphans;
mod pace;
mod page_time;
mod parts;
mod patience;
mod pipeline;
mod prepare;
mod reader;
mod recurring;
mod refused;
mod report;
mod restored;
mod revisits;
mod since_commit;
mod telling;
mod unchanged;
mod vocabulary;
mod watched;
mod worker;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use crate::engine::Indexer;
use crate::error::{Error, SourceError};
use crate::extract;
use crate::model::Locator;
use crate::source::{FoundFile, Limits, PdfReader, Refusal, is_gone, walk, walk_listed};
use course::Course;
use gone::{GONE, Gone, place_of};
use ledger::Ledger;
use pace::Pace;
pub use page_time::in_page_time;
pub use patience::patiently;
pub use prepare::Preparer;
pub use report::{Observer, Outcome, Recurred, Report};
pub use watched::watched;

/// What the caller of [`ingest`] may decide.
#[derive(Clone, Debug)]
pub struct Options {
    /// How articles are extracted.
    pub extract: extract::Options,
    /// How much of an input is read.
    pub limits: Limits,
    /// How PDF files are read.
    pub pdf_reader: PdfReader,
    /// Whether articles are dropped whose file is gone from the given paths, or with such a path.
    pub prune: bool,
    /// Whether blocks stay in articles that recur on the pages of their site; taken out before, they are put
    /// back.
    pub keep_recurring: bool,
    /// Whether the roots are of a list: one that isn't there is an input that can't be read, and no error.
    pub is_listed: bool,
    /// By what an input is taken for unchanged.
    pub trust: Trust,
    /// Threads that extract.
    pub workers: usize,
    /// Folders not to go into, such as the index itself, and files that aren't read as the run writes them.
    pub left_out: Vec<PathBuf>,
    /// Bytes of input after which a commit makes sure of what was done.
    pub commit_every_bytes: u64,
    /// Time after which a commit does.
    pub commit_every: Duration,
    /// When the run begins, as text for its account.
    pub begun: Option<String>,
}

/// By what an input is taken for the one that was read before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trust {
    /// A file of the same size and time isn't read; what is read goes by its hash.
    #[default]
    SizeAndTime,
    /// Every file is read, and goes by its hash.
    Hashes,
    /// Every file is read, and goes by its hash unless it was set aside. What is as it was isn't told of, as nobody
    /// asked for it: it lies beside what was set aside.
    HashesOfWhatWasRead,
    /// Every input is read and made an article of again.
    Nothing,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            extract: extract::Options::default(),
            limits: Limits::default(),
            pdf_reader: PdfReader::default(),
            prune: false,
            keep_recurring: false,
            is_listed: false,
            trust: Trust::default(),
            workers: std::thread::available_parallelism().map_or(1, usize::from),
            left_out: Vec::new(),
            commit_every_bytes: 1 << 30,
            commit_every: Duration::from_secs(20),
            begun: None,
        }
    }
}

/// Brings the index up to date with what lies at `roots`, and tells `observer` of every input.
///
/// Once `stop` is set, what is under way is committed and the report says that it was interrupted.
///
/// # Errors
///
/// If a root isn't there that should be, or the index can't be read or written. What is wrong with a single input is
/// in the report.
pub fn ingest(
    indexer: &impl Indexer,
    roots: &[PathBuf],
    options: &Options,
    stop: &AtomicBool,
    observer: &dyn Observer,
) -> Result<Report, Error> {
    let files = files_at(roots, indexer, options)?;
    let course = Course::begin(indexer, options.begun.clone())?;
    let pace = Pace::new(options.commit_every_bytes, options.commit_every);
    let mut ledger = Ledger::new(indexer, observer, pace, course.run());
    ledger.retries = options.trust == Trust::HashesOfWhatWasRead;
    pipeline::run(indexer, files.into_iter().flatten(), &HashSet::new(), options, stop, &mut ledger)?;
    if options.prune && !ledger.report().interrupted {
        ledger.prune(&roots.iter().filter_map(|root| place_of(root)).collect())?;
    }
    if !ledger.report().interrupted {
        // What follows looks at all that was written.
        ledger.commit()?;
        again::read_orphans(indexer, options, stop, &mut ledger)?;
    }
    let (mut sites, mut report, orphans) = ledger.into_parts();
    if options.keep_recurring && !report.interrupted {
        recurring::put_back(indexer, options.workers, stop, observer, &mut report)?;
    } else if !report.interrupted {
        course.recall(indexer, &mut sites)?;
        sites.take_out(indexer, options.workers, stop, observer, &mut report)?;
    }
    course.end(indexer, &report, &orphans)?;
    Ok(report)
}

/// The files at a root, and what there can't be one.
type Files = Box<dyn Iterator<Item = Result<FoundFile, (Locator, Refusal)>> + Send>;

/// What lies at each of `roots`. There is nothing at one that is gone and to be pruned.
///
/// # Errors
///
/// If a root isn't there that should be, or the index can't be read.
fn files_at(roots: &[PathBuf], indexer: &impl Indexer, options: &Options) -> Result<Vec<Files>, Error> {
    let gone = Gone::of(roots, indexer)?;
    let has_others = |root: &Path| is_gone(root) && roots.iter().any(|other| other.exists());
    let begin = |root: &PathBuf| -> Result<Files, SourceError> {
        Ok(match gone.place_of(root) {
            Some(_) if options.prune => Box::new(std::iter::empty()),
            Some(place) if options.is_listed => {
                Box::new(std::iter::once(Err((place, Refusal::Unreadable(GONE.to_owned())))))
            }
            Some(_) => return Err(SourceError::Gone { path: root.clone() }),
            // Pruned by an earlier run perhaps: that costs none of the others.
            None if options.prune && has_others(root) => Box::new(walk_listed(root, &options.left_out)),
            None if options.is_listed => Box::new(walk_listed(root, &options.left_out)),
            None => Box::new(walk(root, &options.left_out)?),
        })
    };
    Ok(roots.iter().map(begin).collect::<Result<_, _>>()?)
}
