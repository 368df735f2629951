//! `ibid compact`: puts an index into one segment, without what was removed.

use std::sync::atomic::Ordering;

use anyhow::Result;
use clap::Args;

use super::Global;
use super::exit::Exit;
use super::signals::stop_on_interrupt;
use super::terminal::Streams;
use super::writing::{A_YEAR_SECONDS, writer_of};
use crate::output::{self, SummaryFormat};

/// Make the index as small as it can be: one segment, without what was removed
///
/// Queries may be answered meanwhile. Answers stay what they are, but that what was removed no longer counts for how
/// rare a word is. It takes as much room on the disk again while it lasts.
#[derive(Args, Debug)]
pub struct Arguments {
    /// If another process writes to the index, wait until it has ended, but at most so many seconds
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, default_missing_value = A_YEAR_SECONDS)]
    wait: Option<u64>,

    /// How to print what was done
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: SummaryFormat,
}

/// Runs the command.
pub fn run(arguments: &Arguments, global: &Global, streams: &mut Streams) -> Result<Exit> {
    let index = global.index()?;
    let stop = stop_on_interrupt()?;
    let writer = writer_of(&index, arguments.wait, &stop)?;
    // From here on an interrupt ends the process at once, which leaves the index as it is.
    stop.store(true, Ordering::Relaxed);
    let compacted = writer.compact(&index)?;
    output::write_compacted(streams.out(), &compacted, arguments.format)?;
    Ok(Exit::Success)
}
