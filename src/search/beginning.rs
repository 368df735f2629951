//! Words of the index that begin like one that no article has: `Klimaschutzgesetz` for `Klimaschutz`.

use super::spelling::Spelling;
use crate::engine::Searcher;
use crate::error::Error;
use crate::query::{Form, Leaf, Query, words};
use crate::text::is_found_in_pairs;

/// Fewest letters of such a beginning: of fewer too many words have it.
const MIN_LETTERS: usize = 4;

/// `leaf`, which no article has, as the beginning of words that some have; none if there are none.
pub(super) fn as_beginning(searcher: &dyn Searcher, leaf: &Leaf<'_>) -> Result<Option<Spelling>, Error> {
    let all: Vec<&str> = words(leaf.text).collect();
    let [word] = all[..] else { return Ok(None) };
    let is_word = word.chars().all(|c| c.is_alphanumeric() && !c.is_numeric() && !is_found_in_pairs(c));
    if leaf.form != Form::Any || !is_word || word.chars().count() < MIN_LETTERS {
        return Ok(None);
    }
    let text = format!("{word}*");
    let articles = searcher.count(&in_place_of(leaf, &text).scoped(leaf.scope))?;
    Ok((articles > 0).then_some(Spelling { text, articles }))
}

/// What is looked for by `text` in the place of `leaf`.
pub(super) fn in_place_of(leaf: &Leaf<'_>, text: &str) -> Query {
    let form = if text.ends_with('*') { Form::Wildcard } else { leaf.form };
    Leaf { form, ..*leaf }.with_text(text)
}
