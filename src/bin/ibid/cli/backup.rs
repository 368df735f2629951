//! `ibid backup`: copies the index, whoever writes to it meanwhile.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::Global;
use super::exit::Exit;
use super::terminal::Streams;
use crate::output::{self, SummaryFormat};

/// Copy the index as of its last commit into a folder
///
/// Another process may write to the index meanwhile. What is copied is an index itself: `--index DIR` queries it, and
/// `ibid check --index DIR` looks at every record of it. Into the backup of an earlier day only what is new is copied;
/// it stays what it is until the new one is whole. A folder that holds anything else is refused.
#[derive(Args, Debug)]
pub struct Arguments {
    /// The folder to copy to; it is made if it isn't there
    #[arg(value_name = "DIR")]
    folder: PathBuf,

    /// How to print what was done
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: SummaryFormat,
}

/// Runs the command.
pub fn run(arguments: &Arguments, global: &Global, streams: &mut Streams) -> Result<Exit> {
    let index = global.index()?;
    let done = index.back_up(&arguments.folder)?;
    output::write_backed_up(streams.out(), &done, arguments.format)?;
    Ok(Exit::Success)
}
