//! `ibid acronyms`: the acronyms that the archive defines.

use anyhow::{Result, anyhow};
use clap::Args;
use ibid::search::acronyms_like;

use super::Global;
use super::exit::Exit;
use super::terminal::Streams;
use crate::output::{self, SummaryFormat};

/// List the acronyms that the archive defines, with what they stand for
///
/// Each with its language, how many articles define it so, and when the first and the last of them were published, as
/// precisely as that is known.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Which ones: a short form, words of a long form in any order, or a pattern with `*` and `?` of either as a whole
    ///
    /// Where no acronym is called so and no long form has the words, those that have words which begin so.
    #[arg(value_name = "PATTERN")]
    pattern: Option<String>,

    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: SummaryFormat,
}

/// Runs the command.
pub fn run(arguments: &Arguments, global: &Global, streams: &mut Streams) -> Result<Exit> {
    let searcher = global.searcher()?;
    let found = acronyms_like(&searcher, arguments.pattern.as_deref())?;
    let found = found.ok_or_else(|| anyhow!("the pattern is too complex"))?;
    output::write_acronyms(streams.out(), &found, arguments.format)?;
    if found.is_empty() {
        streams.note("no such acronym is defined");
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Success)
}
