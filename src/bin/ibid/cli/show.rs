//! `ibid show`: one article, or one passage with its neighbours.

use anyhow::Result;
use clap::Args;
use ibid::error::IndexError;
use ibid::search::{article_name, copies, find, passage_name};

use super::Global;
use super::exit::Exit;
use super::terminal::Streams;
use crate::output::{self, ShowFormat, ShownArticle};

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
    let searcher = global.searcher()?;
    let (article, passage) = find(&searcher, &arguments.id)?;
    let copies = copies(&searcher, &article)?;
    let name = article_name(&searcher, &article)?;
    let is_shown = |at: usize| passage.is_none_or(|passage| at.abs_diff(passage) <= arguments.context);
    let shown = (0..article.passages.len()).filter(|&at| is_shown(at));
    let passages = shown.map(|at| Ok((at, passage_name(&searcher, &article, &name, at)?)));
    let passages = passages.collect::<Result<Vec<_>, IndexError>>()?;
    let style = streams.style();
    let shown = ShownArticle {
        article: &article,
        name: &name,
        passages: &passages,
        passage,
        copies: copies.as_ref(),
    };
    output::write_shown(streams.out(), &shown, arguments.format, &style)?;
    Ok(Exit::Success)
}
