//! The acronyms of an index by a pattern.

use crate::analysis::fold;
use crate::engine::{AcronymsOf, DefinedAcronym, Searcher};
use crate::error::IndexError;
use crate::text::WordAutomaton;

/// The acronyms whose short form is `pattern`, or whose long form has its words; with `*` or `?` in it those of
/// which either is like it as a whole. All of them without a pattern, none for one that is too complex.
///
/// # Errors
///
/// If the index can't be read.
pub fn acronyms_like(
    searcher: &dyn Searcher,
    pattern: Option<&str>,
) -> Result<Option<Vec<DefinedAcronym>>, IndexError> {
    let all = searcher.acronyms(AcronymsOf::All)?;
    let Some(pattern) = pattern else { return Ok(Some(all)) };
    let pattern = fold(pattern.trim()).into_owned();
    if !pattern.contains(['*', '?']) {
        let is_like = |found: &DefinedAcronym| {
            fold(&found.short) == pattern || fold(&found.long).contains(pattern.as_str())
        };
        return Ok(Some(all.into_iter().filter(is_like).collect()));
    }
    let Ok(automaton) = WordAutomaton::wildcard(&pattern) else { return Ok(None) };
    let is_like = |text: &str| automaton.matches(&fold(text));
    Ok(Some(all.into_iter().filter(|found| is_like(&found.short) || is_like(&found.long)).collect()))
}
