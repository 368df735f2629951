//! [`Why`]: why a passage stands where it stands, in the words of the query.

use serde::Serialize;

use super::PerArticle;
use crate::engine::{Candidate, DocumentKey, Searcher};
use crate::model::Language;
use crate::query::Query;
use crate::rank::{Evidence, Explanation, TermShare, explain, score};
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

/// Why the passage number `passage` of the article at `key`, in `language`, has its score for `query` among `pool`.
pub(super) fn why(
    searcher: &dyn Searcher,
    query: &Query,
    language: Language,
    pool: &[Candidate],
    key: DocumentKey,
    passage: usize,
    per_article: PerArticle,
) -> Option<Why> {
    let at = pool.iter().position(|candidate| candidate.key == key)?;
    let evidence = super::evidence_of(pool);
    let rest = explain(&evidence, at, passage);
    // What is looked for in a field of its own says nothing about passages.
    let targets = Terms::new(query, language, Some(searcher.query_language(query))).targets(query);
    let targets: Vec<Target> = targets.into_iter().filter(|target| target.scope.is_none()).collect();
    let names = targets.iter().map(|target| name(query, target, &targets));
    let terms = names.zip(&rest.terms).map(|(term, &share)| WhyTerm { term, share }).collect();
    let kept = kept(&evidence, at, passage, per_article);
    Some(Why { terms, kept, rest })
}

/// What `target` is called: as it was typed, or where that is looked for in parts, as a run of Chinese in pairs of its
/// characters, the part.
fn name(query: &Query, target: &Target, all: &[Target]) -> String {
    let parts = all.iter().filter(|other| other.leaf() == target.leaf()).count();
    if parts > 1 { target.sequence.exact.concat() } else { query.typed(&target.leaf()) }
}

/// The share of its score that the passage number `passage` of the article number `at` of `articles` competes with.
fn kept(articles: &[&Evidence], at: usize, passage: usize, per_article: PerArticle) -> f64 {
    let of_passage =
        |scores: &[(usize, f64)]| scores.iter().find(|(at, _)| *at == passage).map(|(_, score)| *score);
    let whole = score(articles).swap_remove(at).passages;
    let competing = of_passage(&per_article.competing(whole.clone()));
    match (competing, of_passage(&whole)) {
        (Some(competing), Some(whole)) if whole > 0.0 => competing / whole,
        _ => 1.0,
    }
}
