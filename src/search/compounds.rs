//! Compounds that a query is widened by: who asks for `Sanktionen` also finds `Wirtschaftssanktionen`.
//!
//! Which they are the archive's own words say. They count less than what was typed, all of them as one word.

use super::Also;
use crate::engine::Searcher;
use crate::error::IndexError;
use crate::query::{Form, Pattern, Query, Weight};

/// How much compounds count beside the word that was typed: 20 and 70 hundredths differ by .004 and .0002 nDCG@10
/// (`index/compounds.rs`).
const COMPOUND_WEIGHT: Weight = Weight::of_hundredths(50);

/// Words of a query whose compounds are looked for.
const MAX_WORDS: usize = 16;

/// Most compounds of a word that are looked for.
const MAX_COMPOUNDS: usize = 64;

/// Most of them that are told.
const MAX_TOLD: usize = 8;

/// `query` with the compounds of its words, and what they are.
///
/// # Errors
///
/// If the index can't be read.
pub fn with_compounds(searcher: &dyn Searcher, query: &Query) -> Result<(Query, Vec<Also>), IndexError> {
    let own = searcher.query_language(query);
    let leaves = query.leaves();
    let words: Vec<&str> =
        leaves.iter().filter(|leaf| leaf.form == Form::Any).map(|leaf| leaf.text).take(MAX_WORDS).collect();
    let found = searcher.compounds(&words, own, MAX_COMPOUNDS)?;
    let mut told: Vec<Also> = Vec::new();
    let widened = query.widened::<IndexError>(&mut |typed| {
        let [word] = typed else { return Ok(Vec::new()) };
        let Some(found) = words.iter().position(|known| known == word).map(|at| &found[at]) else {
            return Ok(Vec::new());
        };
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let pattern = Query::Pattern(Pattern::Regex(found.join("|")));
        let also = found.iter().take(MAX_TOLD).cloned().collect();
        told.push(Also { typed: (*word).to_owned(), also, readings: Vec::new() });
        Ok(vec![Query::Less(Box::new(pattern), COMPOUND_WEIGHT)])
    })?;
    Ok((widened, told))
}
