//! A query with more looked for beside its words.
//!
//! What that is, synonyms or the long forms of acronyms, is other modules' matter.

use std::borrow::Cow;

use super::ast::{Clause, Occur, Query};
use super::build::less;
use super::lone_characters::word_of_parts;

/// Most words side by side that are taken together.
const MAX_RUN_WORDS: usize = 8;

/// What is looked for beside words that stand side by side.
pub type Beside<'f, E> = dyn FnMut(&[&str]) -> Result<Vec<Query>, E> + 'f;

impl Query {
    /// This query with what `beside` gives for its words, one alone or several side by side, longest first. What is
    /// found for one word stands beside it with `OR`, what is found for several is a further clause. What is in quotes
    /// or shut out, or looked for in names, stays as it is.
    ///
    /// # Errors
    ///
    /// Those of `beside`.
    pub fn widened<E>(&self, beside: &mut Beside<'_, E>) -> Result<Self, E> {
        let all = |queries: &[Self], beside: &mut Beside<'_, E>| {
            queries.iter().map(|query| query.widened(beside)).collect::<Result<Vec<Self>, E>>()
        };
        if let Some(word) = self.as_word() {
            let found = beside(&[&word])?;
            if !found.is_empty() {
                return Ok(Self::Or([self.clone()].into_iter().chain(found).collect()));
            }
        }
        Ok(match self {
            Self::Bag(clauses) => widened_bag(clauses, beside)?,
            Self::And(queries) => Self::And(all(queries, beside)?),
            Self::Or(queries) => Self::Or(all(queries, beside)?),
            Self::Near { relation, left, right } => Self::Near {
                relation: *relation,
                left: Box::new(left.widened(beside)?),
                right: Box::new(right.widened(beside)?),
            },
            Self::Less(query, weight) => match query.widened(beside)? {
                Self::Or(queries) => {
                    Self::Or(queries.into_iter().map(|query| less(query, *weight)).collect())
                }
                _ => self.clone(),
            },
            Self::Scoped(field, query) if field.has_forms() => {
                Self::Scoped(*field, Box::new(query.widened(beside)?))
            }
            other => other.clone(),
        })
    }

    /// The word that it is, as typed.
    fn as_word(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Word(word) => Some(Cow::Borrowed(word)),
            other => word_of_parts(other).map(Cow::Owned),
        }
    }
}

fn widened_bag<E>(clauses: &[Clause], beside: &mut Beside<'_, E>) -> Result<Query, E> {
    let mut widened: Vec<Clause> = Vec::with_capacity(clauses.len());
    let mut at = 0;
    while let Some(clause) = clauses.get(at) {
        let run = words_from(&clauses[at..]);
        let mut taken = 0;
        for length in (2..=run.len()).rev() {
            let words: Vec<&str> = run[..length].iter().map(AsRef::as_ref).collect();
            let found = beside(&words)?;
            if !found.is_empty() {
                widened.extend_from_slice(&clauses[at..at + length]);
                widened.extend(found.into_iter().map(|query| Clause { occur: Occur::Should, query }));
                taken = length;
                break;
            }
        }
        if taken == 0 {
            let query = if clause.occur == Occur::MustNot {
                clause.query.clone()
            } else {
                clause.query.widened(beside)?
            };
            widened.push(Clause { occur: clause.occur, query });
            taken = 1;
        }
        at += taken;
    }
    Ok(Query::Bag(widened))
}

/// The words that `clauses` begin with, side by side.
fn words_from(clauses: &[Clause]) -> Vec<Cow<'_, str>> {
    let should = clauses.iter().take_while(|clause| clause.occur == Occur::Should);
    let words = should.map_while(|clause| clause.query.as_word());
    words.take(MAX_RUN_WORDS).collect()
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn widened(text: &str) -> String {
        let query = parse(text).unwrap().query.unwrap();
        let mut beside = |words: &[&str]| -> Result<Vec<Query>, ()> {
            let found = match words {
                ["UN"] => vec![Query::Phrase { text: "United Nations".into(), slop: 0 }],
                ["United", "Nations"] => vec![Query::Word("UN".into())],
                ["A股"] => vec![Query::Word("A-share".into())],
                ["A股", "市场"] => vec![Query::Word("market".into())],
                _ => Vec::new(),
            };
            Ok(found)
        };
        query.widened(&mut beside).unwrap().to_string()
    }

    #[test]
    fn words_are_widened_where_they_stand() {
        for (query, expected) in [
            ("UN", "UN OR \"United Nations\""),
            ("UN^0.5 reform", "(UN^0.5 OR \"United Nations\"^0.5) reform"),
            ("UN reform", "(UN OR \"United Nations\") reform"),
            ("+UN reform", "+(UN OR \"United Nations\") reform"),
            ("UN NEAR/5 reform", "(UN OR \"United Nations\") NEAR/5 reform"),
            ("title:UN", "title:(UN OR \"United Nations\")"),
            ("the United Nations reform", "the United Nations UN reform"),
            ("(United Nations) AND reform", "(United Nations UN) AND reform"),
            ("UN峰", "(UN OR \"United Nations\") BEFORE/1 峰*"),
            ("A股", "A BEFORE/1 股* OR A-share"),
            ("=B +A股", "=B +(A BEFORE/1 股* OR A-share)"),
            ("A股 市场", "A BEFORE/1 股* 市场 market"),
        ] {
            assert_eq!(widened(query), expected, "{query}");
        }
    }

    #[test]
    fn what_is_exact_shut_out_or_a_name_stays() {
        for query in [
            "=UN",
            "\"UN\"",
            "reform -UN",
            "NOT UN",
            "author:UN",
            "UN*",
            "United -Nations",
            "United \"Nations\"",
            "=A股",
        ] {
            assert_eq!(widened(query), query, "{query}");
        }
    }
}
