//! [`LeftOut`]: words of a query that say nothing and aren't looked for.

use serde::Serialize;

use crate::analysis::fold;
use crate::engine::Searcher;
use crate::model::Language;
use crate::query::{Clause, Form, Leaf, Occur, Query};
use crate::terms::Terms;

/// Common words of a query that aren't looked for, as they say nothing about an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The words as typed, each once.
    pub terms: Vec<String>,
    /// The languages of the articles in which they aren't looked for, all those without a stemmer as
    /// [`Language::OTHER`]; none where that is all articles.
    pub languages: Vec<Language>,
}

/// The words of `query` that aren't looked for in articles of some language; those of the same languages together.
pub(super) fn left_out(searcher: &dyn Searcher, query: &Query) -> Vec<LeftOut> {
    let languages = searcher.languages();
    let mut terms = Terms::in_each(query, &languages, Some(searcher.query_language(query)));
    let words = Words::looked_for(searcher, query);
    let mut all: Vec<LeftOut> = Vec::new();
    for text in words.optional {
        let in_each = terms.iter_mut().zip(&languages);
        let silent =
            in_each.filter_map(|(terms, &language)| terms.is_silent(&Leaf::word(text)).then_some(language));
        let mut silent: Vec<Language> = silent.collect();
        if silent.is_empty() || words.needed.iter().any(|needed| fold(needed) == fold(text)) {
            continue;
        }
        if silent.len() == languages.len() {
            silent.clear();
        }
        match all.iter_mut().find(|known| known.languages == silent) {
            Some(known) if known.terms.iter().any(|term| fold(term) == fold(text)) => {}
            Some(known) => known.terms.push(text.to_owned()),
            None => all.push(LeftOut { terms: vec![text.to_owned()], languages: silent }),
        }
    }
    all
}

/// The words of a query, from left to right.
#[derive(Default)]
pub(super) struct Words<'q> {
    /// Those that need not be there.
    optional: Vec<&'q str>,
    /// Those that decide which articles match, and are looked for whatever they say.
    needed: Vec<&'q str>,
}

impl<'q> Words<'q> {
    /// Those of `query` in the languages of `searcher`.
    pub fn looked_for(searcher: &dyn Searcher, query: &'q Query) -> Self {
        let mut terms = Terms::in_each(query, &searcher.languages(), Some(searcher.query_language(query)));
        Self::of(query, &mut |text| terms.iter_mut().all(|terms| terms.is_silent(&Leaf::word(text))))
    }

    /// Whether `leaf`, common or not, decides which articles match.
    pub fn need(&self, leaf: &Leaf<'_>) -> bool {
        leaf.form != Form::Any || leaf.scope.is_some() || self.needed.contains(&leaf.text)
    }

    /// Those of `query`, of which some are silent in every language: where all words of a bracket are, they are needed.
    fn of(query: &'q Query, is_silent: &mut impl FnMut(&str) -> bool) -> Self {
        let mut words = Self::default();
        words.add(query, is_silent);
        words
    }

    fn add(&mut self, query: &'q Query, is_silent: &mut impl FnMut(&str) -> bool) {
        match query {
            Query::Bag(clauses) => self.add_bag(clauses, is_silent),
            Query::And(queries) | Query::Or(queries) => {
                for query in queries {
                    self.add(query, is_silent);
                }
            }
            Query::Less(query, _) => self.add(query, is_silent),
            Query::Word(text) => self.needed.push(text),
            Query::Near { .. } => self.needed.extend(query.leaves().into_iter().map(|leaf| leaf.text)),
            _ => {}
        }
    }

    fn add_bag(&mut self, clauses: &'q [Clause], is_silent: &mut impl FnMut(&str) -> bool) {
        let says_nothing = |clause: &Clause| matches!((clause.occur, &clause.query), (Occur::Should, Query::Word(text)) if is_silent(text));
        let says_something = !clauses.iter().all(says_nothing);
        for Clause { occur, query } in clauses {
            match (occur, query) {
                (Occur::MustNot, _) => {}
                (Occur::Should, Query::Word(text)) if says_something => self.optional.push(text),
                (_, query) => self.add(query, is_silent),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_have_to_be_there_are_not_left_out() {
        let words = |text: &str| {
            let query = crate::query::parse(text).unwrap().query.unwrap();
            let Words { optional, needed } =
                Words::of(&query, &mut |text| ["the", "of", "a", "by"].contains(&text));
            (optional.join(" "), needed.join(" "))
        };
        let (optional, needed) = (|text: &str| words(text).0, |text: &str| words(text).1);
        assert_eq!(optional("the zzz"), "the zzz");
        assert_eq!(optional("+the a -an \"of\" title:(on in) (by zzz) AND at"), "a by zzz");
        assert_eq!(optional("+the a -an \"of\" title:(on in) lang:fr"), "a");
        assert_eq!(optional("the"), "");
        assert_eq!(optional("(the a) NEAR/2 b"), "");
        assert_eq!(optional("the AND zzz"), "");
        assert_eq!(optional("(of the) AND zzz"), "", "there is nothing else in their brackets");
        assert_eq!(optional("(of zzz) AND the"), "of zzz");
        assert_eq!(optional("the OR zzz"), "");
        assert_eq!(needed("the NEAR/2 zzz of +by"), "the zzz by");
        assert_eq!(needed("(of the) AND -a"), "of the");
        assert_eq!(optional("the^0.5 zzz"), "zzz");
    }
}
