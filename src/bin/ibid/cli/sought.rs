//! What is looked for in the end: a query with what was asked to be added to it or changed in it, and what is said
//! of that.

use anyhow::Result;
use clap::Args;
use ibid::index::IndexSearcher;
use ibid::query::Query;
use ibid::search::respelt;

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

/// What is looked for in `searcher` where `query` was asked.
pub fn sought(query: Query, options: &Options, searcher: &IndexSearcher) -> Result<Sought> {
    if !options.fuzzy {
        return Ok(Sought { query, notes: Vec::new() });
    }
    let (query, respelt) = respelt(searcher, &query)?;
    Ok(Sought { query, notes: output::respelt_notes(&respelt) })
}
