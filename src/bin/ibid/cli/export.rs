//! `ibid export`: gives the articles of the index out, for another index, another program, or the next century.

use std::io::Write as _;

use anyhow::{Context, Result, anyhow};
use clap::{Args, ValueEnum};
use ibid::error::Error;
use ibid::export::Selection;
use ibid::index::Index;
use ibid::query::{Query, Rules, parse_by, point_at};

use super::Global;
use super::exit::Exit;
use super::terminal::{Streams, today};

/// Print the articles of the index, all or those that match a query
///
/// `ibid ingest` makes the same index of such lines again, without the originals: the same articles under the same ids,
/// with their blocks, their copies, where each piece of metadata came from, and what became of every input.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Give out only the articles that match, and their copies
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,

    /// What to print
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    format: ExportFormat,
}

/// What is given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// An article a line, as JSON, then the other inputs
    Jsonl,
}

/// Runs the command.
pub fn run(arguments: &Arguments, global: &Global, streams: &mut Streams) -> Result<Exit> {
    let query = arguments.query.as_deref().map(|text| read(text, streams)).transpose()?;
    let index = Index::open(&global.index).map_err(Error::from)?;
    let selection = Selection::of(&index, query.as_ref())?;
    match arguments.format {
        ExportFormat::Jsonl => selection
            .each_line(|line| -> Result<()> { Ok(writeln!(streams.out(), "{}", line.to_json()?)?) })?,
    }
    Ok(if selection.article_count() == 0 { Exit::Nothing } else { Exit::Success })
}

/// The query that `text` is; how it was read is told where something is wrong with it.
fn read(text: &str, streams: &mut Streams) -> Result<Query> {
    let rules = Rules { today: today(), ..Rules::default() };
    let parsed = parse_by(text, rules).map_err(|error| anyhow!("{error}\n{}", point_at(text, error.span)))?;
    for note in &parsed.notes {
        streams.note(&format!("note: {}\n{}", note.message, point_at(text, note.span)));
    }
    parsed.query.context("the query asks for nothing")
}
