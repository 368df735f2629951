//! [`LeftOut`]: words of a query that say nothing and aren't looked for.

use serde::Serialize;

use crate::analysis::fold;
use crate::engine::Searcher;
use crate::model::Language;
use crate::query::{Clause, Form, Leaf, Occur, Query, Weight};
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
    let mut all: Vec<LeftOut> = Vec::new();
    for text in optional_words(query) {
        let leaf = Leaf { text, form: Form::Any, scope: None, weight: Weight::FULL };
        let mut silent: Vec<Language> = Vec::new();
        for (terms, &language) in terms.iter_mut().zip(&languages) {
            silent.extend(Some(language).filter(|_| terms.is_silent(&leaf)));
        }
        if silent.is_empty() {
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

/// The words that need not be there, from left to right: those that have to are looked for whatever they say.
fn optional_words<'q>(query: &'q Query) -> Vec<&'q str> {
    match query {
        Query::Bag(clauses) => {
            let wanted = clauses.iter().filter(|clause| clause.occur != Occur::MustNot);
            let of_clause = |clause: &'q Clause| match (clause.occur, &clause.query) {
                (Occur::Should, Query::Word(text)) => vec![text.as_str()],
                (_, query) => optional_words(query),
            };
            wanted.flat_map(of_clause).collect()
        }
        Query::And(queries) | Query::Or(queries) => queries.iter().flat_map(optional_words).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_have_to_be_there_are_not_left_out() {
        let optional = |text: &str| {
            let query = crate::query::parse(text).unwrap().query.unwrap();
            optional_words(&query).join(" ")
        };
        assert_eq!(optional("the zzz"), "the zzz");
        assert_eq!(optional("+the a -an \"of\" title:(on in) (by zzz) AND at"), "a by zzz");
        assert_eq!(optional("+the a -an \"of\" title:(on in) lang:fr"), "a");
        assert_eq!(optional("the"), "");
        assert_eq!(optional("(the a) NEAR/2 b"), "");
    }
}
