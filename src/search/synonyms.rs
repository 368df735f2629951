//! Synonyms that a query is widened by.

use std::convert::Infallible;

use super::Also;
use crate::query::{Query, Synonyms, synonym};

/// `query` with the `synonyms` of its words, and what they are.
#[must_use]
pub fn with_synonyms(query: &Query, synonyms: &Synonyms) -> (Query, Vec<Also>) {
    let mut told: Vec<Also> = Vec::new();
    let mut patterns = 0;
    let widened = query.widened::<Infallible>(&mut |words| {
        let also = synonyms.beside(words);
        let found = also.iter().map(|other| synonym(other, &mut patterns)).collect();
        let typed = words.join(" ");
        if !also.is_empty() && !told.iter().any(|known| known.typed == typed) {
            told.push(Also { typed, also, readings: Vec::new() });
        }
        Ok(found)
    });
    let Ok(widened) = widened;
    (widened, told)
}
