//! `ibid show`: one article, or one passage with its neighbours.

use anyhow::Result;
use clap::Args;
use ibid::error::Error;
use ibid::index::Index;
use ibid::search::{copies, find};

use super::Global;
use super::exit::Exit;
use super::terminal::Streams;
use crate::output::{self, ShowFormat, Shown};

/// Print one article, or one passage with its neighbours
#[derive(Args, Debug)]
pub struct Arguments {
    /// The id of an article, or of a passage: ARTICLE.PASSAGE
    #[arg(value_name = "ID")]
    id: String,

    /// How many passages to print on either side of a passage
    #[arg(short = 'C', long, value_name = "N", default_value_t = 1)]
    context: usize,

    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: ShowFormat,
}

/// Runs the command.
pub fn run(arguments: &Arguments, global: &Global, streams: &mut Streams) -> Result<Exit> {
    let searcher = Index::open(&global.index).and_then(|index| index.searcher()).map_err(Error::from)?;
    let (article, passage) = find(&searcher, &arguments.id)?;
    let copies = copies(&searcher, &article).map_err(Error::from)?;
    let style = streams.style();
    let shown = Shown { article: &article, passage, context: arguments.context, copies: copies.as_ref() };
    output::write_shown(streams.out(), &shown, arguments.format, &style)?;
    Ok(Exit::Success)
}
