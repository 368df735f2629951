//! `ibid check`: whether the index is sound, whether its inputs are what they were, and repairing it.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use clap::Args;
use ibid::check::{Repaired, check, repair};
use ibid::engine::InputRecord;
use ibid::error::Error;
use ibid::extract;
use ibid::index::{Index, Rehearsal};
use ibid::ingest::{Observer, Options, Outcome, Preparer, Report, ingest};

use super::Global;
use super::exit::Exit;
use super::terminal::{Streams, today};
use crate::output::{self, Checked, SummaryFormat, printable};

/// Check that the index is sound
///
/// Every byte of its files is compared with the checksums that were written with them, and every record read: one live
/// document an article, blocks and passages in order and covering the text, inputs and articles that name each other.
/// Exit status 0 if it is sound, 4 if not.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Compare the inputs at PATH with what the index knows of them, by their hashes
    ///
    /// Lists what has changed, is new or is gone (exit status 3), and writes nothing.
    #[arg(long, value_name = "PATH")]
    against: Vec<PathBuf>,

    /// Make a new index of what can still be read, and put it in the place of the damaged one
    ///
    /// The damaged index is kept beside it. What was lost is said (exit status 3), and comes back when its inputs are
    /// ingested again.
    #[arg(long, conflicts_with = "against")]
    repair: bool,

    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: SummaryFormat,
}

/// Runs the command.
pub fn run(arguments: &Arguments, global: &Global, streams: &mut Streams) -> Result<Exit> {
    let health = check(&global.index)?;
    let repaired = match (arguments.repair, health.is_sound()) {
        (true, false) => Some(repaired(health.spare_only, global)?),
        _ => None,
    };
    let inputs_now = match (arguments.against.is_empty(), health.is_sound()) {
        (false, true) => Some(compared(&arguments.against, global, streams)?),
        _ => None,
    };
    let checked = Checked {
        health: &health,
        inputs_now: inputs_now.as_ref(),
        repaired: repaired.as_ref().and_then(Option::as_ref),
    };
    output::write_checked(streams.out(), &checked, arguments.format)?;
    let has_lost = checked.repaired.is_some_and(Repaired::has_lost);
    Ok(match &inputs_now {
        _ if has_lost => Exit::SetAside,
        _ if !health.is_sound() && repaired.is_none() => Exit::IndexUnusable,
        Some(now) if now.changed() || now.duplicates > 0 => Exit::SetAside,
        _ => Exit::Success,
    })
}

/// Repairs the index; nothing has to be rebuilt if only the spare copy of its list of segments is damaged.
fn repaired(spare_only: bool, global: &Global) -> Result<Option<Repaired>> {
    if spare_only {
        Index::open(&global.index).and_then(|index| index.renew_spare()).map_err(Error::from)?;
        return Ok(None);
    }
    let mut preparer = Preparer::default();
    Ok(Some(repair(&global.index, &mut |stored| preparer.prepare_again(stored))?))
}

/// What a run over `paths` would do that goes by the hashes alone.
fn compared(paths: &[PathBuf], global: &Global, streams: &mut Streams) -> Result<Report> {
    let rehearsal = Rehearsal::open(&global.index).map_err(Error::from)?;
    let options = Options {
        extract: extract::Options { today: today() },
        left_out: vec![global.index.clone()],
        prune: true,
        trust: ibid::ingest::Trust::Hashes,
        ..Options::default()
    };
    let differences = Differences::default();
    let report = ingest(&rehearsal, paths, &options, &AtomicBool::new(false), &differences)?;
    for line in differences.0.into_inner().unwrap_or_default() {
        streams.note(&line);
    }
    Ok(report)
}

/// Notes which inputs aren't what they were.
#[derive(Default)]
struct Differences(std::sync::Mutex<Vec<String>>);

impl Observer for Differences {
    fn found(&self, _: u64) {}

    fn finished(&self, record: &InputRecord, outcome: &Outcome, _: u64) {
        let what = match outcome {
            Outcome::Indexed | Outcome::Duplicate => "new",
            Outcome::Updated => "changed",
            Outcome::Unchanged | Outcome::Skipped { .. } | Outcome::SetAside { .. } => return,
        };
        let line = format!("{what}: {}", printable(record.locator.as_str()));
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(line);
    }

    fn removed(&self, record: &InputRecord) {
        let line = format!("gone: {}", printable(record.locator.as_str()));
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(line);
    }
}
