//! `ibid export`: gives the articles of the index out, for another index, another program, or the next century.

use std::io::{BufWriter, IsTerminal, Write as _};

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use ibid::engine::Searcher as _;
use ibid::export::{Missing, Selection};
use ibid::index::IndexSearcher;
use ibid::query::{Query, echoed};
use ibid::source::Limits;

use super::Global;
use super::asked::Asked;
use super::exit::Exit;
use super::sought;
use super::terminal::{Results, Streams};

/// Print the articles of the index, all or those that match a query
///
/// `ibid ingest` makes the same index of such lines again, without the originals: the same articles under the same ids,
/// with their blocks, their copies, where each piece of metadata came from, and what became of every input.
///
/// A query finds what it finds for `ibid query`, acronyms and loosened quotations too, and articles of nearly the same
/// text. Articles are given out in the order of their places, not by rank.
///
/// `cdxj` and `warc` read the sources of the articles again; one that is gone is named, and the exit status is 3.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Give out only the articles that match, and the other places of the same text
    #[arg(value_name = "QUERY")]
    query: Option<String>,

    /// What to print
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    format: ExportFormat,

    #[command(flatten)]
    sought: sought::Options,
}

/// What is given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// An article a line, as JSON, then the other inputs
    Jsonl,
    /// An index of the records of web archives that the articles came from
    Cdxj,
    /// A web archive, in gzip, of what the articles were made of, read again where it is
    Warc,
}

/// Runs the command.
pub fn run(arguments: &Arguments, global: &Global, streams: &mut Streams) -> Result<Exit> {
    let asked = arguments.query.as_deref().map(Asked::alone);
    // Before the index is opened, so that a slip of the pen is told first.
    asked.as_ref().map(|asked| asked.parsed(arguments.sought.strict)).transpose()?;
    let index = global.index()?;
    let searcher = index.searcher()?.with_queries_in(arguments.sought.lang);
    let query = match &asked {
        None => None,
        Some(asked) => match looked_for(asked, arguments, &searcher, streams)? {
            None => return Ok(Exit::Nothing),
            query => query,
        },
    };
    let selection = Selection::of(&index, &searcher, query.as_ref())?;
    let missing = match arguments.format {
        ExportFormat::Jsonl => write_lines(&selection, streams)?,
        ExportFormat::Cdxj => write_cdxj(&selection, streams)?,
        ExportFormat::Warc => write_warc(&selection)?,
    };
    for Missing { locator, reason } in &missing {
        streams.note(&format!("missing: {locator}: {reason}"));
    }
    Ok(match (selection.article_count(), missing.len()) {
        (0, _) => Exit::Nothing,
        (_, 0) => Exit::Success,
        _ => Exit::SetAside,
    })
}

/// What `asked` looks for; nothing if it finds no article, which is told.
fn looked_for(
    asked: &Asked,
    arguments: &Arguments,
    searcher: &IndexSearcher,
    streams: &mut Streams,
) -> Result<Option<Query>> {
    let synonyms = arguments.sought.synonyms()?;
    let query = asked.understood(&arguments.sought, &synonyms, searcher, streams)?.query;
    if let Some(query) = query {
        if searcher.count(&query)? > 0 {
            return Ok(Some(query));
        }
        asked.diagnosed(searcher, &query, 0, streams)?;
    }
    streams.note(&format!("note: nothing found for {}", echoed(&asked.text)));
    Ok(None)
}

fn write_lines(selection: &Selection, streams: &mut Streams) -> Result<Vec<Missing>> {
    selection.each_line(|line| -> Result<()> { Ok(writeln!(streams.out(), "{}", line.to_json()?)?) })?;
    Ok(Vec::new())
}

fn write_cdxj(selection: &Selection, streams: &mut Streams) -> Result<Vec<Missing>> {
    let (lines, missing) = selection.cdxj(&Limits::default());
    for line in lines {
        writeln!(streams.out(), "{line}")?;
    }
    Ok(missing)
}

/// Writes a web archive to standard output as it is, which must be no terminal.
fn write_warc(selection: &Selection) -> Result<Vec<Missing>> {
    let stdout = std::io::stdout();
    if stdout.is_terminal() {
        bail!("a web archive isn't for a terminal: write it to a file with `> hits.warc.gz`");
    }
    let date = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let mut out = BufWriter::new(Results(stdout.lock()));
    let missing = selection.write_warc::<anyhow::Error>(&mut out, &date, &Limits::default())?;
    out.flush()?;
    Ok(missing)
}
