//! [`ConditionUnmet`]: a condition of a query that no article meets, and what there is in its place.

use serde::Serialize;

use crate::engine::{FacetValue, Searcher};
use crate::error::Error;
use crate::query::{Filter, Query};

/// Languages that are named where none of the archive's is asked for.
const MAX_LANGUAGES: usize = 5;

/// A condition that no article meets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConditionUnmet {
    /// As it prints.
    pub condition: String,
    /// The languages that most articles are in, where one is asked for.
    pub languages: Vec<FacetValue>,
    /// The first and the last year that articles are from, where a date is asked for.
    pub years: Option<(String, String)>,
}

/// The conditions of `query` that no article meets, in its order.
pub(super) fn unmet_conditions(
    searcher: &dyn Searcher,
    query: &Query,
    most: usize,
) -> Result<Vec<ConditionUnmet>, Error> {
    let mut unmet = Vec::new();
    for condition in query.conditions().into_iter().take(most) {
        if searcher.count(condition)? == 0 {
            unmet.push(unmet_condition(searcher, condition)?);
        }
    }
    Ok(unmet)
}

fn unmet_condition(searcher: &dyn Searcher, condition: &Query) -> Result<ConditionUnmet, Error> {
    let mut unmet = ConditionUnmet { condition: condition.to_string(), languages: Vec::new(), years: None };
    // No article meets it, so its negation matches all of them.
    let all = Query::Not(Box::new(condition.clone()));
    match condition {
        Query::Filter(Filter::Language(_)) => {
            unmet.languages = searcher.facets(&all, 0)?.language;
            unmet.languages.truncate(MAX_LANGUAGES);
        }
        Query::Filter(Filter::Published { .. }) => {
            let mut years: Vec<String> =
                searcher.facets(&all, 0)?.year.into_iter().map(|year| year.value).collect();
            // As numbers: 987 comes before 2020.
            years.sort_by_key(|year| year.parse::<i16>().ok());
            unmet.years = years.first().cloned().zip(years.last().cloned());
        }
        _ => {}
    }
    Ok(unmet)
}
