//! What is looked for in the end: a query with what was asked to be added to it or changed in it, and what is said
//! of that.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use ibid::error::{Error, IndexError};
use ibid::index::IndexSearcher;
use ibid::query::{Query, Synonyms};
use ibid::search::{Also, respelt, unquoted, with_acronyms, with_synonyms};

use crate::output;

/// How a query may be changed before it is answered.
#[derive(Args, Debug)]
pub struct Options {
    /// Take words that no article has for those that they seem to be slips for, and say so
    #[arg(long)]
    fuzzy: bool,

    /// Look for acronyms, and for names that have one, just as they are typed
    ///
    /// Otherwise `TTP` also finds what the archive says that it stands for, and the name finds `TTP`; that counts less.
    /// `=TTP` and what is in quotes is always looked for as it is.
    #[arg(long)]
    no_expand: bool,

    /// Look for synonyms too: a rule a line, `a, b, c` for names of the same, `a => b` for one way
    #[arg(long, value_name = "FILE")]
    synonyms: Option<PathBuf>,
}

impl Options {
    /// The synonyms of the file that was named; none if none was.
    pub fn synonyms(&self) -> Result<Synonyms> {
        let Some(file) = &self.synonyms else { return Ok(Synonyms::default()) };
        let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
        Synonyms::parse(&text).with_context(|| file.display().to_string())
    }
}

/// What may be changed in queries.
pub struct Changes<'a> {
    /// Whether nothing is to be changed but by `options`.
    pub strict: bool,
    /// What was asked for.
    pub options: &'a Options,
    /// The synonyms of words.
    pub synonyms: &'a Synonyms,
}

/// What is looked for.
pub struct Sought {
    /// The query.
    pub query: Query,
    /// What was changed in it.
    pub notes: Vec<String>,
    /// What is looked for beside what was typed.
    pub also: Vec<Also>,
}

/// What is looked for in `searcher` where `query` was asked.
pub fn sought(query: Query, changes: &Changes<'_>, searcher: &IndexSearcher) -> Result<Sought> {
    // Before its parts are looked up one by one.
    searcher.check_cost(&query).map_err(Error::from)?;
    let mut sought = Sought { query, notes: Vec::new(), also: Vec::new() };
    if changes.options.fuzzy {
        let (query, respelt) = respelt(searcher, &sought.query)?;
        sought = Sought { query, notes: output::respelt_notes(&respelt), ..sought };
    }
    let unquoted =
        if changes.strict { None } else { unquoted(searcher, &sought.query).map_err(Error::from)? };
    if let Some(unquoted) = unquoted {
        sought.query = unquoted.query;
        sought.notes.extend(unquoted.phrases.iter().map(|phrase| {
            format!("no article has \"{}\" as written: its words are looked for", output::printable(phrase))
        }));
    }
    // First what the archive says, since a synonym may be an acronym but means what its rule says.
    if !changes.options.no_expand {
        let (query, also) = with_acronyms(searcher, &sought.query).map_err(Error::from)?;
        sought.query = query;
        sought.notes.extend(output::reading_notes(&also));
        sought.also = also;
    }
    let (query, also) = with_synonyms(&sought.query, changes.synonyms);
    sought.query = query;
    sought.also.extend(also);
    Ok(sought)
}

/// Whether a query would look at too much: then it is at fault, and others may be answered.
pub fn is_too_costly(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(Error::Index(IndexError::TooCostly { .. })))
}
