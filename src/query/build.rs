//! Trees in their one form, so that what is printed reads back as the same tree.
//!
//! A bag or list of one is that one, a double negation is none, and a condition beside words has to be
//! met without saying so.

use super::{Clause, Occur, Query, Weight};

/// The clauses side by side; nothing if there are none.
pub(super) fn bag(mut clauses: Vec<Clause>) -> Option<Query> {
    match clauses.len() {
        0 => None,
        1 => clauses.pop().map(alone),
        _ => Some(Query::Bag(clauses)),
    }
}

/// A clause with nothing beside it.
fn alone(clause: Clause) -> Query {
    match clause.occur {
        Occur::Should | Occur::Must => clause.query,
        Occur::MustNot => not(clause.query),
    }
}

/// Articles without `query`.
pub(super) fn not(query: Query) -> Query {
    match query {
        Query::Not(inner) => *inner,
        other => Query::Not(Box::new(other)),
    }
}

/// A clause of a bag: a negation is `MustNot`, a condition is never `Should`.
pub(super) fn clause(occur: Occur, query: Query) -> Clause {
    let occur_of_negated = if occur == Occur::MustNot { Occur::Must } else { Occur::MustNot };
    match query {
        Query::Not(inner) => Clause { occur: occur_of_negated, query: *inner },
        query if occur == Occur::Should && query.is_condition() => Clause { occur: Occur::Must, query },
        query => Clause { occur, query },
    }
}

/// `query`, which counts as much as `weight`: of a relation, which has no weight of its own, each of the two.
pub(super) fn less(query: Query, weight: Weight) -> Query {
    match query {
        Query::Near { relation, left, right } => {
            let less_of = |side: Box<Query>| Box::new(less(*side, weight));
            Query::Near { relation, left: less_of(left), right: less_of(right) }
        }
        Query::Less(query, known) => Query::Less(query, known.times(weight)),
        leaf => Query::Less(Box::new(leaf), weight),
    }
}

/// All of them, or at least one of them; the one, if there is only one.
pub(crate) fn joined(mut queries: Vec<Query>, join: fn(Vec<Query>) -> Query) -> Option<Query> {
    if queries.len() > 1 { Some(join(queries)) } else { queries.pop() }
}
