//! Other queries made of one: with other words in the place of its own, and with less asked for.
//!
//! Trees in, trees out. Why a query is rewritten is other modules' matter.

use std::collections::HashSet;

use super::ast::{Clause, Occur, Query, TextField};
use super::{Leaf, build};

/// A query, or a part of one, with one thing less asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Loosened<T = Query> {
    /// What isn't asked for any more, as it prints.
    pub clause: String,
    /// What stands in its place: words of a phrase or a relation, wherever they stand.
    pub instead: Option<String>,
    /// The rest; none where nothing is left.
    pub query: Option<T>,
}

/// What a query, or a part of one, is where one thing less is asked for; each is made when it is asked for, since each
/// is as large as the query.
type AllLoosened<'q, T = Query> = Box<dyn Iterator<Item = Loosened<T>> + 'q>;

impl<T> Loosened<T> {
    fn map<U>(self, map: impl FnOnce(T) -> U) -> Loosened<U> {
        Loosened { clause: self.clause, instead: self.instead, query: self.query.map(map) }
    }
}

impl Query {
    /// This query with what `replace` gives in the place of each of its words, phrases and patterns; those for which it
    /// gives nothing stay, and so does all that is negated.
    #[must_use]
    pub fn with_leaves(&self, replace: &mut dyn FnMut(&Leaf<'_>) -> Option<Query>) -> Self {
        self.replaced(None, replace)
    }

    fn replaced(
        &self,
        scope: Option<TextField>,
        replace: &mut dyn FnMut(&Leaf<'_>) -> Option<Query>,
    ) -> Self {
        let mut each = |query: &Self| query.replaced(scope, replace);
        match self {
            Self::Bag(clauses) => Self::Bag(clauses.iter().map(|clause| clause.mapped(&mut each)).collect()),
            Self::And(queries) => Self::And(queries.iter().map(each).collect()),
            Self::Or(queries) => Self::Or(queries.iter().map(each).collect()),
            Self::Near { relation, left, right } => {
                Self::Near { relation: *relation, left: Box::new(each(left)), right: Box::new(each(right)) }
            }
            Self::Scoped(field, query) => {
                Self::Scoped(*field, Box::new(query.replaced(Some(*field), replace)))
            }
            Self::Not(_) | Self::Filter(_) => self.clone(),
            leaf => Leaf::of(leaf, scope).and_then(|leaf| replace(&leaf)).unwrap_or_else(|| leaf.clone()),
        }
    }

    /// This query with each one thing less that an article has to have or mustn't: a condition, a clause of `AND`, a
    /// sign, a relation, quotes. In its order.
    pub fn loosened(&self) -> AllLoosened<'_> {
        match self {
            Self::And(queries) => {
                let rest = |rest| build::joined(rest, Self::And);
                list(queries, |query| Some(query.to_string()), Self::loosened, rest)
            }
            Self::Or(queries) => {
                list(queries, |_| None, Self::loosened, |rest| build::joined(rest, Self::Or))
            }
            Self::Bag(clauses) => list(clauses, required, loosened_clause, build::bag),
            Self::Scoped(field, query) => {
                let scoped = |query| Self::Scoped(*field, Box::new(query));
                Box::new(query.loosened().map(move |one| {
                    let clause = format!("{}:{}", field.name(), one.clause);
                    let has_other = one.instead.is_some();
                    let one = one.map(scoped);
                    let instead = one.query.as_ref().filter(|_| has_other).map(Self::to_string);
                    Loosened { clause, instead, ..one }
                }))
            }
            Self::Near { relation, left, right } => {
                anywhere(relation.to_string(), vec![(**left).clone(), (**right).clone()])
            }
            Self::Phrase { text, .. } if words(text).nth(1).is_some() => {
                let each = distinct_words(text).into_iter().map(|word| Self::Word(word.to_owned()));
                anywhere(self.to_string(), each.collect())
            }
            Self::Not(_)
            | Self::Phrase { .. }
            | Self::Word(_)
            | Self::Exact(_)
            | Self::Pattern(_)
            | Self::Less(..)
            | Self::Filter(_) => Box::new(std::iter::empty()),
        }
    }
}

impl Clause {
    fn mapped(&self, map: &mut dyn FnMut(&Query) -> Query) -> Self {
        let query = if self.occur == Occur::MustNot { self.query.clone() } else { map(&self.query) };
        Self { occur: self.occur, query }
    }
}

/// The words of `text` between its spaces, without the signs at their ends.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let trimmed = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    trimmed.filter(|word| !word.is_empty())
}

/// The same, each once, in whatever case.
#[must_use]
pub fn distinct_words(text: &str) -> Vec<&str> {
    let mut known = HashSet::new();
    words(text).filter(|word| known.insert(word.to_lowercase())).collect()
}

/// `queries` in one article, in the place of `clause`.
fn anywhere(clause: String, queries: Vec<Query>) -> AllLoosened<'static> {
    let query = build::joined(queries, Query::And);
    Box::new(std::iter::once(Loosened { clause, instead: query.as_ref().map(ToString::to_string), query }))
}

/// What has to be met of `clause`, as it prints.
fn required(clause: &Clause) -> Option<String> {
    let sign = match clause.occur {
        Occur::Should => return None,
        Occur::Must if clause.query.is_condition() => "",
        Occur::Must => "+",
        Occur::MustNot => "-",
    };
    let is_group = matches!(clause.query, Query::Bag(_) | Query::And(_) | Query::Or(_));
    Some(if is_group { format!("{sign}({})", clause.query) } else { format!("{sign}{}", clause.query) })
}

fn loosened_clause(clause: &Clause) -> AllLoosened<'_, Clause> {
    if clause.occur == Occur::MustNot {
        return Box::new(std::iter::empty());
    }
    let with = |query| Clause { occur: clause.occur, query };
    Box::new(clause.query.loosened().map(move |one| one.map(with)))
}

/// A list of `parts` without each of those that are `required`, and with each of what they are when they are loosened;
/// `rest` makes a query of such a list.
fn list<'q, T: Clone>(
    parts: &'q [T],
    required: impl Fn(&T) -> Option<String> + 'q,
    loosened: impl Fn(&'q T) -> AllLoosened<'q, T> + 'q,
    rest: impl Fn(Vec<T>) -> Option<Query> + Copy + 'q,
) -> AllLoosened<'q> {
    let each = move |(at, part): (usize, &'q T)| {
        let with = move |part: Option<T>| {
            let before = parts[..at].iter().cloned();
            rest(before.chain(part).chain(parts[at + 1..].iter().cloned()).collect())
        };
        let without = required(part).map(|clause| Loosened { clause, instead: None, query: None });
        let all = without.into_iter().chain(loosened(part));
        all.map(move |one| Loosened { query: with(one.query), clause: one.clause, instead: one.instead })
    };
    Box::new(parts.iter().enumerate().flat_map(each))
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn query(text: &str) -> Query {
        parse(text).unwrap().query.unwrap()
    }

    fn loosened(text: &str) -> Vec<String> {
        let query = query(text);
        let all = query.loosened();
        all.map(|one| {
            let rest = one.query.map_or_else(|| "nothing".to_owned(), |query| query.to_string());
            format!("{} | {rest}", one.clause)
        })
        .collect()
    }

    #[test]
    fn each_clause_that_has_to_be_met_goes_once() {
        assert_eq!(loosened("water policy"), [""; 0]);
        assert_eq!(loosened("water lang:fr -oil"), ["lang:fr | water -oil", "-oil | water lang:fr"]);
        assert_eq!(loosened("a AND (b OR c)"), ["a | b OR c", "b OR c | a"]);
        assert_eq!(loosened("(a lang:fr) OR b"), ["lang:fr | a OR b"]);
        assert_eq!(loosened("a +(b -c) d"), ["+(b -c) | a d", "-c | a +b d"]);
        assert_eq!(loosened("title:(a AND b)"), ["title:a | title:b", "title:b | title:a"]);
        assert_eq!(loosened("lang:fr date:2020"), ["lang:fr | date:2020", "date:2020 | lang:fr"]);
    }

    #[test]
    fn relations_and_quotes_become_words_of_one_article() {
        assert_eq!(loosened("a NEAR/5 b"), ["NEAR/5 | a AND b"]);
        assert_eq!(loosened("\"a b\" c"), ["\"a b\" | (a AND b) c"]);
        assert_eq!(loosened("\"a\""), [""; 0]);
        assert_eq!(loosened("\"a A\" c"), ["\"a A\" | a c"]);
    }

    #[test]
    fn leaves_are_replaced_but_for_negated_ones() {
        let double = |text: &str| {
            query(text).with_leaves(&mut |leaf| Some(Query::Word(leaf.text.repeat(2)))).to_string()
        };
        assert_eq!(double("a -b (c NEAR/2 d) title:e lang:fr"), "aa -b cc NEAR/2 dd title:ee lang:fr");
        assert_eq!(double("a AND NOT b"), "aa AND NOT b");
    }
}
