//! The acronyms of an index by a pattern.

use crate::analysis::{Analyzer, fold};
use crate::engine::{AcronymsOf, DefinedAcronym, Searcher};
use crate::error::IndexError;
use crate::model::Language;
use crate::text::WordAutomaton;

/// The acronyms whose short form is `pattern`, or whose long form has its words, in any order; where there are none,
/// those whose long form has words that begin like them. With `*` or `?` in it those of which either form is like it as
/// a whole. All of them without a pattern, none for one that is too complex.
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
        return Ok(Some(called(&pattern, all)));
    }
    let Ok(automaton) = WordAutomaton::wildcard(&pattern) else { return Ok(None) };
    let is_like = |text: &str| automaton.matches(&fold(text));
    Ok(Some(all.into_iter().filter(|found| is_like(&found.short) || is_like(&found.long)).collect()))
}

/// Those of `all` that are called `name`, which is folded, or have its words.
fn called(name: &str, all: Vec<DefinedAcronym>) -> Vec<DefinedAcronym> {
    let mut plain = Analyzer::new(Language::OTHER);
    let mut words_of = |text: &str| plain.phrase_sequence(text).map_or_else(Vec::new, |words| words.exact);
    let wanted = words_of(name);
    let (mut whole, mut begun) = (Vec::new(), Vec::new());
    for acronym in all {
        let words = words_of(&acronym.long);
        let has_each = |is_like: fn(&String, &String) -> bool| {
            !wanted.is_empty() && wanted.iter().all(|wanted| words.iter().any(|word| is_like(word, wanted)))
        };
        let short = fold(&acronym.short);
        if short == name || short.strip_suffix('.') == Some(name) || has_each(|word, wanted| word == wanted) {
            whole.push(acronym);
        } else if has_each(|word, wanted| word.starts_with(wanted.as_str())) {
            begun.push(acronym);
        }
    }
    if whole.is_empty() { begun } else { whole }
}
