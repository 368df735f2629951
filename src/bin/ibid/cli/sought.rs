//! What is looked for in the end: a query with what was asked to be added to it or changed in it, and what is said
//! of that.

use anyhow::Result;
use clap::Args;
use ibid::error::Error;
use ibid::index::IndexSearcher;
use ibid::query::Query;
use ibid::search::{respelt, unquoted};

use crate::output;

/// How a query may be changed before it is answered.
#[derive(Args, Debug)]
pub struct Options {
    /// Take words that no article has for those that they seem to be slips for, and say so
    #[arg(long)]
    fuzzy: bool,
}

/// What is looked for.
pub struct Sought {
    /// The query.
    pub query: Query,
    /// What was changed in it.
    pub notes: Vec<String>,
}

/// What is looked for in `searcher` where `query` was asked; if `strict`, nothing is changed but by `options`.
pub fn sought(query: Query, strict: bool, options: &Options, searcher: &IndexSearcher) -> Result<Sought> {
    let mut sought = Sought { query, notes: Vec::new() };
    if options.fuzzy {
        let (query, respelt) = respelt(searcher, &sought.query)?;
        sought = Sought { query, notes: output::respelt_notes(&respelt) };
    }
    let unquoted = if strict { None } else { unquoted(searcher, &sought.query).map_err(Error::from)? };
    if let Some(unquoted) = unquoted {
        sought.query = unquoted.query;
        sought.notes.extend(unquoted.phrases.iter().map(|phrase| {
            format!("no article has \"{}\" as written: its words are looked for", output::printable(phrase))
        }));
    }
    Ok(sought)
}
