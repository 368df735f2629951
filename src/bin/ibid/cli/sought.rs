//! What is looked for in the end: a query with what was asked to be added to it or changed in it, and what is said
//! of that. How what was typed is read is not here.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use ibid::error::IndexError;
use ibid::index::IndexSearcher;
use ibid::model::Language;
use ibid::query::{Query, Synonyms};
use ibid::search::{
    Also, respelt, synonyms_of, unquoted, with_acronyms, with_authors_otherwise, with_compounds,
    with_names_of_stop_words, with_synonyms, with_written_otherwise,
};

use super::failure::of_index;
use super::paths::{name_of, text_of};
use crate::output;

/// How a query is to be understood, and how it may be changed before it is answered.
#[derive(Args, Debug)]
pub struct Options {
    /// The language of the query, such as `fr`, where its words don't tell it
    ///
    /// Its common words say nothing then, in articles of any language. `lang:fr` in the query is another thing: it
    /// finds articles in French alone.
    #[arg(long, value_name = "LANGUAGE")]
    pub lang: Option<Language>,

    /// Take a query for what it is: a mistake in it is an error, and a phrase that no article has finds nothing
    #[arg(long)]
    pub strict: bool,

    /// Take words that no article has for those that they seem to be slips for, and say so
    ///
    /// Where at most five articles match it also goes for words that at most five have, and anywhere for one that lacks
    /// a letter and none writes so. Those are the words of which an answer asks what was meant; `=word` stays as it is.
    #[arg(long)]
    fuzzy: bool,

    /// Look for acronyms, for names that have one, and for words that are written otherwise too, just as they are typed
    ///
    /// Otherwise `TTP` also finds what the archive says that it stands for, and the name finds `TTP`; `F35` finds `F-35`,
    /// and `Sanktionen` finds `Wirtschaftssanktionen`. That counts less. `=TTP` and what is in quotes is always looked
    /// for as it is.
    #[arg(long)]
    no_expand: bool,

    /// Look for synonyms too: a rule a line, `a, b, c` for names of the same, `a => b` for one way; `-` for standard
    /// input
    #[arg(long, value_name = "FILE")]
    pub synonyms: Option<PathBuf>,
}

impl Options {
    /// The synonyms of the file that was named; none if none was.
    pub fn synonyms(&self) -> Result<Synonyms> {
        let Some(file) = &self.synonyms else { return Ok(Synonyms::default()) };
        let text = text_of(file)?;
        synonyms_of(&text).with_context(|| name_of(file))
    }
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

/// What is looked for in `searcher` where `query` was asked; `synonyms` are those that `options` name.
///
/// # Errors
///
/// If the query would look at too much, or the index can't be read.
pub fn sought(
    query: Query,
    options: &Options,
    synonyms: &Synonyms,
    searcher: &IndexSearcher,
) -> Result<Sought> {
    // Before its parts are looked up one by one.
    searcher.check_cost(&query)?;
    let mut sought = Sought { query, notes: Vec::new(), also: Vec::new() };
    if options.fuzzy {
        let (query, respelt) = respelt(searcher, &sought.query)?;
        sought = Sought { query, notes: output::respelt_notes(&respelt), ..sought };
    }
    let unquoted = if options.strict { None } else { unquoted(searcher, &sought.query)? };
    if let Some(unquoted) = unquoted {
        sought.query = unquoted.query;
        sought.notes.extend(unquoted.phrases.iter().map(|phrase| {
            format!("no article has \"{}\" as written: its words are looked for", output::printable(phrase))
        }));
    }
    // First what the archive says, since a synonym may be an acronym but means what its rule says; and designations and
    // amounts while their words stand side by side.
    if !options.no_expand {
        let (query, otherwise) = with_written_otherwise(searcher, &sought.query)?;
        let (query, also) = with_acronyms(searcher, &query)?;
        sought.notes.extend(output::reading_notes(&also));
        let query = with_names_of_stop_words(searcher, &with_authors_otherwise(&query))?;
        let (query, compounds) = with_compounds(searcher, &query)?;
        sought.query = query;
        sought.also = also.into_iter().chain(otherwise).chain(compounds).collect();
    }
    let (query, also) = with_synonyms(&sought.query, synonyms);
    sought.query = query;
    sought.also.extend(also);
    Ok(sought)
}

/// Whether a query would look at too much: then it is at fault, and others may be answered.
pub fn is_too_costly(error: &anyhow::Error) -> bool {
    matches!(of_index(error), Some(IndexError::TooCostly { .. }))
}
