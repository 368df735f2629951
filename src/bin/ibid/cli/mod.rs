//! The command line: what was typed, and which command it means.
//!
//! Parsing arguments does nothing else; each command resolves what it needs in its own file. What is
//! shown, and how, is the output's matter.

mod account;
mod acronyms;
mod asked;
mod backup;
mod check;
mod cite;
mod compact;
mod completions;
mod differences;
mod eval;
mod exit;
mod export;
mod extract;
mod failure;
mod faults;
mod ingest;
mod limits;
mod man;
mod paths;
mod pdf;
mod progress;
mod query;
mod report;
mod set_aside;
mod show;
mod signals;
mod sought;
mod stats;
mod terminal;
mod typed;
mod update;
mod writing;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};
use ibid::error::IndexError;
use ibid::index::{Index, IndexSearcher};

use exit::Exit;
use terminal::Streams;

/// Find the passage: full-text search for archives of policy articles
///
/// ibid reads saved pages, strips the page furniture, indexes what was written, and answers a query with
/// ranked passages, the words highlighted, each with a reference to cite.
///
/// Exit status: 0 something found or done; 1 nothing found; 2 an error; 3 done, but not with everything: ingest and
/// extract set inputs aside, export misses sources, a repair has lost records, `check --against` finds other inputs;
/// 4 the index is damaged, locked or of another version, or the folder holds something else; 130 interrupted, after a
/// clean commit.
#[derive(Parser)]
#[command(name = "ibid", version, max_term_width = 100, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,

    #[command(flatten)]
    global: Global,
}

/// What every command takes.
#[derive(Args, Clone, Debug)]
struct Global {
    /// The folder that holds the index; without it, the one that the variable `IBID_INDEX` names
    // No `env` of clap's, to which a variable is as good as the flag: usage would tell of a flag that nobody needs, and
    // the program alone would no longer print its help.
    #[arg(long, global = true, value_name = "DIR", default_value_os_t = usual_index())]
    index: PathBuf,

    /// When to colour what is printed
    ///
    /// `auto` colours on a terminal, unless `NO_COLOR` is set or `CLICOLOR_FORCE` says otherwise; its 0 says nothing.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: When,
}

impl Global {
    /// The index.
    fn index(&self) -> Result<Index, IndexError> {
        Index::open(&self.index)
    }

    /// The index as of its last commit.
    fn searcher(&self) -> Result<IndexSearcher, IndexError> {
        self.index()?.searcher()
    }
}

/// The folder of the index where no flag names one.
fn usual_index() -> PathBuf {
    let named = std::env::var_os("IBID_INDEX").filter(|folder| !folder.is_empty());
    named.map_or_else(|| "index".into(), PathBuf::from)
}

/// When to colour.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

#[derive(Subcommand)]
enum Command {
    Ingest(ingest::Arguments),
    Query(query::Arguments),
    Extract(extract::Arguments),
    Show(show::Arguments),
    Cite(cite::Arguments),
    Stats(stats::Arguments),
    Acronyms(acronyms::Arguments),
    Report(report::Arguments),
    Check(check::Arguments),
    Compact(compact::Arguments),
    Backup(backup::Arguments),
    Export(export::Arguments),
    Eval(eval::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
    #[command(hide = true)]
    PdfText(pdf::Arguments),
}

/// Does what the command line says.
pub fn run() -> Exit {
    let arguments = typed::parsed(Arguments::command(), std::env::args_os().collect());
    let arguments: Arguments = match arguments {
        Ok(arguments) => arguments,
        Err(error) => {
            return told(&error).unwrap_or_else(|error| failed(&error, &mut Streams::new(When::Auto)));
        }
    };
    let mut streams = Streams::new(arguments.global.color);
    let ended = faults::caught(|| dispatch(arguments, &mut streams));
    let ended = ended.and_then(|exit| streams.flush().map(|()| exit));
    ended.unwrap_or_else(|error| failed(&error, &mut streams))
}

/// Says what went wrong, if anybody listens.
fn failed(error: &anyhow::Error, streams: &mut Streams) -> Exit {
    if !exit::is_broken_pipe(error) {
        streams.error(error);
    }
    Exit::of(error)
}

/// Prints `said`: what is wrong with the command line, or help and version, which are answers.
fn told(said: &clap::Error) -> Result<Exit> {
    match (said.print(), said.use_stderr()) {
        (Err(error), false) => Err(terminal::of_standard_output(error).into()),
        (_, false) => Ok(Exit::Success),
        (_, true) => Ok(Exit::Error),
    }
}

fn dispatch(arguments: Arguments, streams: &mut Streams) -> Result<Exit> {
    let global = &arguments.global;
    match arguments.command {
        Command::Ingest(arguments) => ingest::run(&arguments, global, streams),
        Command::Query(arguments) => query::run(&arguments, global, streams),
        Command::Extract(arguments) => extract::run(&arguments, streams),
        Command::Show(arguments) => show::run(&arguments, global, streams),
        Command::Cite(arguments) => cite::run(&arguments, global, streams),
        Command::Acronyms(arguments) => acronyms::run(&arguments, global, streams),
        Command::Stats(arguments) => stats::run(&arguments, global, streams),
        Command::Report(arguments) => report::run(&arguments, global, streams),
        Command::Check(arguments) => check::run(&arguments, global, streams),
        Command::Compact(arguments) => compact::run(&arguments, global, streams),
        Command::Backup(arguments) => backup::run(&arguments, global, streams),
        Command::Export(arguments) => export::run(&arguments, global, streams),
        Command::Eval(arguments) => eval::run(&arguments, global, streams),
        Command::Completions(arguments) => completions::run(&arguments, &Arguments::command(), streams),
        Command::Man(arguments) => man::run(&arguments, Arguments::command()),
        Command::PdfText(arguments) => pdf::run(&arguments, streams),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }
}
