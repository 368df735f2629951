//! `ibid stats`: what is in the index.

use anyhow::Result;
use clap::Args;
use ibid::engine::Searcher;

use super::Global;
use super::exit::Exit;
use super::terminal::Streams;
use crate::output::{self, SummaryFormat};

/// Print what is in the index
#[derive(Args, Debug)]
pub struct Arguments {
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: SummaryFormat,
}

/// Runs the command.
pub fn run(arguments: &Arguments, global: &Global, streams: &mut Streams) -> Result<Exit> {
    let searcher = global.searcher()?;
    let stats = searcher.stats()?;
    output::write_stats(streams.out(), &stats, arguments.format)?;
    Ok(Exit::Success)
}
