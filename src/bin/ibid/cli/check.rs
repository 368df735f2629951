//! `ibid check`: whether the index is sound, whether its inputs are what they were, and repairing it.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use clap::Args;
use ibid::check::{Repaired, check, repair};
use ibid::index::Rehearsal;
use ibid::ingest::{Options, Preparer, ingest};

use super::Global;
use super::differences::Differences;
use super::exit::Exit;
use super::limits::LimitArguments;
use super::terminal::Streams;
use super::update::of_any_run;
use crate::output::{self, Checked, InputsNow, SummaryFormat};

/// Check that the index is sound
///
/// Every byte of its files is compared with the checksums that were written with them, and every record read: one live
/// document an article, blocks and passages in order and covering the text, inputs and articles that name each other.
/// Exit status 0 if it is sound, 4 if not.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Compare the inputs at PATH with what the index knows of them, by their hashes
    ///
    /// Lists what has changed, is new or is gone (exit status 3), and writes nothing. What can't be read any more has
    /// changed, and why it can't is said. What was read beyond the usual limits needs the same limits again.
    #[arg(long, value_name = "PATH")]
    against: Vec<PathBuf>,

    /// Make a new index of what can still be read, and put it in the place of the damaged one
    ///
    /// The damaged index is kept beside it. What was lost is said (exit status 3), and comes back when its inputs are
    /// ingested again.
    #[arg(long, conflicts_with = "against")]
    repair: bool,

    #[command(flatten)]
    limits: LimitArguments,

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
        (false, true) => Some(compared(arguments, global, streams)?),
        _ => None,
    };
    let checked = Checked {
        health: &health,
        inputs_now: inputs_now.as_ref(),
        repaired: repaired.as_ref().and_then(Option::as_ref),
        is_spare_renewed: matches!(repaired, Some(None)),
    };
    output::write_checked(streams.out(), &checked, arguments.format)?;
    let has_lost = checked.repaired.is_some_and(Repaired::has_lost);
    Ok(match &inputs_now {
        _ if has_lost => Exit::SetAside,
        _ if !health.is_sound() && repaired.is_none() => Exit::IndexUnusable,
        Some(now) if now.differ() => Exit::SetAside,
        _ => Exit::Success,
    })
}

/// Repairs the index; nothing has to be rebuilt if only what says the same as its other files is damaged.
fn repaired(spare_only: bool, global: &Global) -> Result<Option<Repaired>> {
    if spare_only {
        global.index()?.renew_spare()?;
        return Ok(None);
    }
    let mut preparer = Preparer::default();
    Ok(Some(repair(&global.index, &mut |stored| preparer.prepare_again(stored))?))
}

/// What a run would tell that goes by the hashes alone.
fn compared(arguments: &Arguments, global: &Global, streams: &mut Streams) -> Result<InputsNow> {
    let rehearsal = Rehearsal::open(&global.index)?;
    let as_it_is = Rehearsal::open(&global.index)?;
    let options = Options {
        limits: arguments.limits.limits(),
        pdf_reader: arguments.limits.pdf_reader(),
        prune: true,
        trust: ibid::ingest::Trust::Hashes,
        ..Options::default()
    };
    let options = of_any_run(options, global);
    let differences = Differences::from(&as_it_is);
    ingest(&rehearsal, &arguments.against, &options, &AtomicBool::new(false), &differences)?;
    let (inputs_now, lines) = differences.end()?;
    for line in &lines {
        streams.note(line);
    }
    Ok(inputs_now)
}
