//! `ibid report`: the account of the last run, and of every input that the index knows.

use anyhow::Result;
use clap::Args;
use ibid::index::Holder;
use ibid::ingest::Report;

use super::Global;
use super::exit::Exit;
use super::terminal::Streams;
use crate::output::{self, Account, SummaryFormat};

/// Print what became of the inputs of the last run
///
/// The numbers are those of the run's summary; of a run that failed or was killed they count what it had committed.
/// What is set aside is listed with the reason, from this run or an earlier one, also if what was made of it before is
/// kept; `ibid ingest --retry` reads it again.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Print every input that the index knows, a JSON object a line
    #[arg(long)]
    inputs: bool,

    /// How to print the account
    #[arg(long, value_name = "FORMAT", default_value = "text", conflicts_with = "inputs")]
    format: SummaryFormat,
}

/// Runs the command.
pub fn run(arguments: &Arguments, global: &Global, streams: &mut Streams) -> Result<Exit> {
    let index = global.index()?;
    let mut inputs = index.searcher()?.all_inputs()?;
    inputs.sort_by(|a, b| a.locator.cmp(&b.locator));
    if arguments.inputs {
        for record in &inputs {
            output::write_input(streams.out(), record, None)?;
        }
        return Ok(Exit::Success);
    }
    let run = index.last_run()?;
    let account = run.account.map(serde_json::from_value::<Report>).transpose()?.unwrap_or_default();
    let account = Report { interrupted: !run.complete, ..account };
    let holder = Holder::told_of(&global.index).filter(|_| account.interrupted);
    if let Some(holder) = &holder {
        streams.note(&format!("note: {holder} is writing to the index, or was killed while it did"));
    }
    let account = Account::of(&account, run.begun.as_deref(), holder.is_some(), &inputs);
    output::write_account(streams.out(), &account, arguments.format)?;
    Ok(Exit::Success)
}
