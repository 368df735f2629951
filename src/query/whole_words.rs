//! Long runs of scripts that part no words, such as `世界卫生组织`, where an operator joins them.
//!
//! Among words that are merely listed such a run is read as a sentence, and each of its pairs of characters counts.
//! Whoever writes `NOT`, `+` or `NEAR` means it as it stands.

use super::ast::{Clause, Occur, Query};
use crate::text::is_unspaced_sentence;

impl Query {
    /// This query with the runs that an operator joins as phrases.
    #[must_use]
    pub(super) fn with_whole_words(self) -> Self {
        self.joined_by_operators(false)
    }

    /// This query, that a sign stands before, with all such runs as phrases: beside nothing else the sign is lost.
    #[must_use]
    pub(super) fn meant_as_it_stands(self) -> Self {
        self.joined_by_operators(true)
    }

    /// `joined` tells whether an operator joins it.
    fn joined_by_operators(self, joined: bool) -> Self {
        let all =
            |queries: Vec<Self>| queries.into_iter().map(|query| query.joined_by_operators(true)).collect();
        let boxed = |query: Box<Self>, joined| Box::new(query.joined_by_operators(joined));
        match self {
            Self::Word(text) if joined && is_unspaced_sentence(&text) => Self::Phrase { text, slop: 0 },
            Self::And(queries) => Self::And(all(queries)),
            Self::Or(queries) => Self::Or(all(queries)),
            Self::Not(query) => Self::Not(boxed(query, true)),
            Self::Near { relation, left, right } => {
                Self::Near { relation, left: boxed(left, true), right: boxed(right, true) }
            }
            Self::Scoped(field, query) => Self::Scoped(field, boxed(query, joined)),
            Self::Less(query, weight) => Self::Less(boxed(query, joined), weight),
            Self::Bag(clauses) => {
                let each = |Clause { occur, query }| {
                    let joined = joined || occur != Occur::Should;
                    Clause { occur, query: query.joined_by_operators(joined) }
                };
                Self::Bag(clauses.into_iter().map(each).collect())
            }
            leaf => leaf,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    fn assert_understood(query: &str, understood: &str) {
        let tree = parse(query).unwrap().query.unwrap();
        assert_eq!(tree.to_string(), understood);
        assert_eq!(parse(&tree.to_string()).unwrap().query, Some(tree));
    }

    /// A sign before all that is looked for says nothing but this.
    #[test]
    fn a_long_run_alone_behind_a_sign_keeps_its_meaning() {
        for (query, understood) in [
            ("+世界卫生组织", "\"世界卫生组织\""),
            ("+(世界卫生组织)", "\"世界卫生组织\""),
            ("+title:世界卫生组织", "title:\"世界卫生组织\""),
            ("(+世界卫生组织) 气候", "\"世界卫生组织\" 气候"),
        ] {
            assert_understood(query, understood);
        }
    }

    #[test]
    fn a_long_run_is_whole_where_an_operator_joins_it() {
        for (query, understood) in [
            ("气候 世界卫生组织", "气候 世界卫生组织"),
            ("气候 NOT 世界卫生组织", "气候 -\"世界卫生组织\""),
            ("+世界卫生组织 气候", "+\"世界卫生组织\" 气候"),
            ("世界卫生组织 AND (气候 OR 中国)", "\"世界卫生组织\" AND (气候 OR 中国)"),
            ("中国 NEAR/5 世界卫生组织^0.5", "中国 NEAR/5 \"世界卫生组织\"^0.5"),
            ("第2次世界大战", "(第* BEFORE/1 2) BEFORE/1 \"次世界大战\""),
            ("title:世界卫生组织", "title:世界卫生组织"),
            ("NOT ประเทศไทยและเพื่อนบ้าน", "NOT \"ประเทศไทยและเพื่อนบ้าน\""),
        ] {
            assert_understood(query, understood);
        }
    }
}
