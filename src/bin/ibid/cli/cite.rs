//! `ibid cite`: references of articles and passages, for footnotes and for programs that manage references.

use std::path::Path;

use anyhow::{Result, bail};
use clap::Args;
use ibid::error::Error;
use ibid::index::IndexSearcher;
use ibid::search::{article_name, find, passage_name};

use super::Global;
use super::exit::Exit;
use super::paths::{LIST, text_of};
use super::terminal::Streams;
use crate::output::{self, CiteFormat, Reference};

/// Print references of articles and passages, to paste or to import
///
/// One for each id, in their order, as `ibid query` prints them and `ibid show` takes them. A passage is cited with the
/// headings above it and its page; what has no address, with the file or the record of an archive that it was read from.
///
/// `ibid cite yg5j21fvx75f.1` prints a line for a footnote; `ibid cite --format bibtex - < ids.txt > reading.bib` a file
/// for LaTeX and for programs that manage references.
///
/// An id that names nothing is told on standard error; the exit status is 1 if all of them are such, and 2 if one names
/// several things.
#[derive(Args, Debug)]
pub struct Arguments {
    /// The ids of articles and of passages, ARTICLE.PASSAGE; `-` for a list on standard input, one a line
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,

    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: CiteFormat,
}

/// Runs the command.
pub fn run(arguments: &Arguments, global: &Global, streams: &mut Streams) -> Result<Exit> {
    let searcher = global.searcher()?;
    let (mut references, mut ambiguous) = (Vec::new(), false);
    for id in listed(&arguments.ids)? {
        match reference(&searcher, &id) {
            Ok(reference) => references.push(reference),
            Err(
                error @ (Error::UnknownId { .. } | Error::UnknownPassage { .. } | Error::AmbiguousId { .. }),
            ) => {
                ambiguous |= matches!(error, Error::AmbiguousId { .. });
                streams.note(&format!("error: {error}"));
            }
            Err(error) => return Err(error.into()),
        }
    }
    let style = streams.style();
    output::write_references(streams.out(), &references, arguments.format, &style)?;
    if ambiguous {
        return Ok(Exit::Error);
    }
    if references.is_empty() {
        streams.note("hint: ids stand under each answer of `ibid query`");
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Success)
}

/// The ids that `ids` are, and those of the list that one of them stands for.
fn listed(ids: &[String]) -> Result<Vec<String>> {
    if ids.iter().filter(|id| *id == LIST).count() > 1 {
        bail!("`-` can't be given twice: there is one standard input");
    }
    let mut all = Vec::with_capacity(ids.len());
    for id in ids {
        if id == LIST {
            let list = text_of(Path::new(LIST))?;
            all.extend(list.lines().map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned));
        } else {
            all.push(id.clone());
        }
    }
    Ok(all)
}

fn reference(searcher: &IndexSearcher, id: &str) -> Result<Reference, Error> {
    let (article, passage) = find(searcher, id)?;
    let mut name = article_name(searcher, &article)?;
    if let Some(passage) = passage {
        name = passage_name(searcher, &article, &name, passage)?;
    }
    Ok(Reference::new(&article, passage, name))
}
