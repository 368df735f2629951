//! [`Why`]: why a passage stands where it stands, in the words of the query.

use std::collections::HashMap;

use serde::Serialize;

use super::{PerArticle, Request};
use crate::engine::{Candidate, DocumentKey, Searcher};
use crate::model::Language;
use crate::query::Query;
use crate::rank::{Explainer, Explanation, TermShare};
use crate::terms::{Target, Terms};

/// Why a passage has its score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Why {
    /// What each of the query's terms adds.
    pub terms: Vec<WhyTerm>,
    /// What it keeps of its score behind better passages of its article: 1 for all of it.
    pub kept: f64,
    /// What all else adds.
    #[serde(flatten)]
    pub rest: Explanation,
}

/// What a term of the query adds to the score of a passage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhyTerm {
    /// The term, as the query has it.
    pub term: String,
    /// How much, and how often it stands there.
    #[serde(flatten)]
    pub share: TermShare,
}

/// Tells why the passages of an answer have their scores. Each pool is scored once more, and the query is read once in
/// each language, however many passages are shown.
pub(super) struct Reasons<'a> {
    searcher: &'a dyn Searcher,
    request: &'a Request<'a>,
    pools: Vec<&'a [Candidate]>,
    explainers: Vec<Option<Explainer<'a>>>,
    /// The pool of each article, and its place there.
    places: HashMap<DocumentKey, (usize, usize)>,
    /// What the terms are called in articles of each language.
    names: HashMap<Language, Vec<String>>,
}

impl<'a> Reasons<'a> {
    /// Those of the answer to `request` from `candidates`, which competed in pools of `pool_articles`.
    pub(super) fn of(
        searcher: &'a dyn Searcher,
        request: &'a Request<'a>,
        candidates: &'a [Candidate],
        pool_articles: usize,
    ) -> Self {
        let pools: Vec<&[Candidate]> = candidates.chunks(pool_articles).collect();
        let place =
            |(at, candidate): (usize, &Candidate)| (candidate.key, (at / pool_articles, at % pool_articles));
        Self {
            searcher,
            request,
            explainers: pools.iter().map(|_| None).collect(),
            pools,
            places: candidates.iter().enumerate().map(place).collect(),
            names: HashMap::new(),
        }
    }

    /// Why the passage number `passage` of the article at `key`, in `language`, has its score.
    pub(super) fn why(&mut self, key: DocumentKey, passage: usize, language: Language) -> Option<Why> {
        let (pool, at) = self.places.get(&key).copied()?;
        let (searcher, query) = (self.searcher, self.request.query);
        let candidates = self.pools[pool];
        let explainer =
            self.explainers[pool].get_or_insert_with(|| Explainer::of(super::evidence_of(candidates)));
        let rest = explainer.explain(at, passage)?;
        let names = self.names.entry(language).or_insert_with(|| names(searcher, query, language));
        let terms = names.iter().zip(&rest.terms);
        let terms = terms.map(|(term, &share)| WhyTerm { term: term.clone(), share }).collect();
        let kept = kept(&explainer.scores(at)?.passages, passage, self.request.per_article);
        Some(Why { terms, kept, rest })
    }
}

/// What the terms of `query` are called that passages in `language` are ranked by.
fn names(searcher: &dyn Searcher, query: &Query, language: Language) -> Vec<String> {
    let targets = Terms::new(query, language, Some(searcher.query_language(query))).targets(query);
    let targets = Terms::in_text(&targets);
    targets.iter().map(|target| name(query, target, &targets)).collect()
}

/// What `target` is called: as it was typed, or where that is looked for in parts, as a run of Chinese in pairs of its
/// characters, the part.
fn name(query: &Query, target: &Target, all: &[Target]) -> String {
    let parts = all.iter().filter(|other| other.leaf() == target.leaf()).count();
    if parts > 1 { target.sequence.exact.concat() } else { query.typed(&target.leaf()) }
}

/// The share of its score that the passage number `passage` of the `passages` of its article competes with.
fn kept(passages: &[(usize, f64)], passage: usize, per_article: PerArticle) -> f64 {
    let of_passage =
        |scores: &[(usize, f64)]| scores.iter().find(|(at, _)| *at == passage).map(|(_, score)| *score);
    let competing = of_passage(&per_article.competing(passages.to_vec()));
    match (competing, of_passage(passages)) {
        (Some(competing), Some(whole)) if whole > 0.0 => competing / whole,
        _ => 1.0,
    }
}
