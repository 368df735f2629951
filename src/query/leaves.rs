//! The leaves of a query: the words and phrases that it looks for.

use super::ast::{Occur, Query, TextField};

/// A word or phrase that a query looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Leaf<'q> {
    /// As typed, without quotes.
    pub text: &'q str,
    /// Whether it stood in quotes.
    pub quoted: bool,
    /// The one field that it is looked for in, if any.
    pub scope: Option<TextField>,
}

impl Query {
    /// The leaves that articles are found by, from left to right: those that are negated are left out, a
    /// leaf that stands twice is given twice.
    #[must_use]
    pub fn leaves(&self) -> Vec<Leaf<'_>> {
        let mut leaves = Vec::new();
        collect(self, None, &mut leaves);
        leaves
    }
}

/// A tree's depth is bounded by the parser.
fn collect<'q>(query: &'q Query, scope: Option<TextField>, leaves: &mut Vec<Leaf<'q>>) {
    match query {
        Query::Word(text) => leaves.push(Leaf { text, quoted: false, scope }),
        Query::Phrase(text) => leaves.push(Leaf { text, quoted: true, scope }),
        Query::Bag(clauses) => {
            for clause in clauses.iter().filter(|clause| clause.occur != Occur::MustNot) {
                collect(&clause.query, scope, leaves);
            }
        }
        Query::And(queries) | Query::Or(queries) => {
            for query in queries {
                collect(query, scope, leaves);
            }
        }
        Query::Scoped(field, query) => collect(query, Some(*field), leaves),
        Query::Not(_) | Query::Filter(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::ast::Clause;
    use super::*;

    #[test]
    fn leaves_are_what_is_looked_for_and_not_what_is_shut_out() {
        let word = |text: &str| Query::Word(text.to_owned());
        let query = Query::Bag(vec![
            Clause { occur: Occur::Should, query: word("water") },
            Clause { occur: Occur::MustNot, query: word("war") },
            Clause {
                occur: Occur::Must,
                query: Query::And(vec![
                    Query::Scoped(TextField::Title, Box::new(Query::Phrase("two rivers".into()))),
                    Query::Not(Box::new(word("dam"))),
                ]),
            },
        ]);
        let leaves = query.leaves();
        assert_eq!(leaves.iter().map(|leaf| leaf.text).collect::<Vec<_>>(), ["water", "two rivers"]);
        assert_eq!(leaves[1].scope, Some(TextField::Title));
        assert!(leaves[1].quoted && !leaves[0].quoted);
    }
}
