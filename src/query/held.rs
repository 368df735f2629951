//! Which conditions of a query ask where an article is held, and not what it says.
//!
//! A text that was saved at several places is one article, which meets such a condition if any of its places does.

use super::ast::{Detail, Filter, Query, TextField};

impl TextField {
    /// The fields that say where an article is held: its page's address and section, who published it, and its file.
    pub const OF_PLACES: [Self; 4] = [Self::Publisher, Self::Section, Self::Url, Self::Source];

    /// Whether it is one of them.
    #[must_use]
    pub fn is_of_places(self) -> bool {
        Self::OF_PLACES.contains(&self)
    }
}

impl Detail {
    /// Whether it is said of a place that holds an article.
    #[must_use]
    pub fn is_of_places(self) -> bool {
        matches!(self, Self::Publisher | Self::Section | Self::Url)
    }
}

impl Filter {
    /// Whether it asks where an article is held.
    #[must_use]
    pub fn is_of_places(&self) -> bool {
        match self {
            Self::Site(_) => true,
            Self::Known { detail, .. } => detail.is_of_places(),
            Self::Language(_) | Self::Published { .. } => false,
        }
    }
}

impl Query {
    /// Whether it asks where an article is held.
    #[must_use]
    pub fn asks_of_places(&self) -> bool {
        !self.conditions_on_places().is_empty()
    }

    /// All that it asks of where an article is held, negated or not, each as a query of its own and once; `no:url` asks
    /// for a URL.
    #[must_use]
    pub fn conditions_on_places(&self) -> Vec<Query> {
        let mut conditions = Vec::new();
        collect(self, None, &mut conditions);
        conditions
    }
}

/// A tree's depth is bounded by the parser.
fn collect(query: &Query, scope: Option<TextField>, conditions: &mut Vec<Query>) {
    let condition = match query {
        Query::Bag(clauses) => {
            return clauses.iter().for_each(|clause| collect(&clause.query, scope, conditions));
        }
        Query::And(queries) | Query::Or(queries) => {
            return queries.iter().for_each(|query| collect(query, scope, conditions));
        }
        Query::Not(query) => return collect(query, scope, conditions),
        Query::Scoped(field, query) => return collect(query, Some(*field), conditions),
        Query::Filter(filter) if !filter.is_of_places() => return,
        Query::Filter(Filter::Known { detail, .. }) => {
            Query::Filter(Filter::Known { detail: *detail, present: true })
        }
        Query::Filter(_) => query.clone(),
        _ if scope.is_none_or(|field| !field.is_of_places()) => return,
        _ => query.clone().scoped(scope),
    };
    if !conditions.contains(&condition) {
        conditions.push(condition);
    }
}

#[cfg(test)]
mod tests {
    use crate::query::parse;

    #[test]
    fn what_is_asked_of_places_is_told_from_the_rest() {
        for (query, conditions) in [
            ("water title:dam author:lima lang:fr has:date", &[][..]),
            ("water site:a.example -url:x", &["site:a.example", "url:x"]),
            (
                "(no:url OR has:url) NOT publisher:(a OR \"b c\")",
                &["has:url", "publisher:\"b c\"", "publisher:a"],
            ),
            ("source:(a NEAR/3 b*) section:x~ site:org", &["section:x~", "site:org", "source:(a NEAR/3 b*)"]),
        ] {
            let query = parse(query).unwrap().query.unwrap();
            let mut found: Vec<String> =
                query.conditions_on_places().iter().map(ToString::to_string).collect();
            found.sort();
            assert_eq!(found, conditions, "{query}");
        }
    }
}
