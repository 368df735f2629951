//! Looks for designations and amounts as an archive writes them otherwise than they were typed.

use super::{Also, amounts, designations};
use crate::engine::Searcher;
use crate::error::IndexError;
use crate::query::{Query, Weight};

/// How much another way to write something counts beside the one that was typed. Set by hand (docs/evaluation.md).
pub(super) const WRITTEN_OTHERWISE_WEIGHT: Weight = Weight::of_hundredths(90);

/// `query` with its designations and amounts as the archive writes them otherwise, and what these are.
///
/// # Errors
///
/// If the index can't be read.
pub fn with_written_otherwise(
    searcher: &dyn Searcher,
    query: &Query,
) -> Result<(Query, Vec<Also>), IndexError> {
    let mut told: Vec<Also> = Vec::new();
    let widened = query.widened::<IndexError>(&mut |typed| {
        let (mut also, mut queries) = (Vec::new(), Vec::new());
        for (text, otherwise) in ways_to_write(typed) {
            match searcher.count(&otherwise) {
                Ok(0) | Err(IndexError::TooCostly { .. }) => continue,
                found => found?,
            };
            also.push(text);
            queries.push(Query::Less(Box::new(otherwise), WRITTEN_OTHERWISE_WEIGHT));
        }
        if !also.is_empty() {
            told.push(Also { typed: typed.join(" "), also, readings: Vec::new() });
        }
        Ok(queries)
    })?;
    Ok((widened, told))
}

/// How what was `typed` in one or more words is written otherwise, and what finds it so.
fn ways_to_write(typed: &[&str]) -> Vec<(String, Query)> {
    designations::written_otherwise(typed).into_iter().chain(amounts::written_otherwise(typed)).collect()
}
