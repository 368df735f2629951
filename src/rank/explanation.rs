//! Why a passage stands where it stands: what each piece of evidence adds to its score.
//!
//! The numbers are those that it was ranked by, taken apart again; nothing is scored here in another way.

use serde::Serialize;

use super::passage::Ranking;
use super::{Evidence, Scores, article, article_share, best_of, quoted, score, title_share};

/// What the score of a passage is made of. Shares are from 0 to 1 and add up to 1.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Explanation {
    /// The share of each of the query's terms, in the order of its article's [`Evidence::matches`].
    #[serde(skip)]
    pub terms: Vec<TermShare>,
    /// The share of query words near each other in the passage.
    pub proximity: f64,
    /// The share of the query's words that stand in the passage as they do in the query.
    pub wording: f64,
    /// The share of words in the passage that are spelt like the query's.
    pub kindred: f64,
    /// The share of its article as a whole.
    pub article: f64,
    /// What the article's own score is made of.
    pub of_article: ArticleShares,
    /// How many tokens the passage has.
    pub tokens: u32,
    /// The mean of those that it was ranked among.
    pub mean_tokens: f64,
    /// The article's length over the mean of its language.
    pub relative_length: f64,
}

/// What a term adds to the score of a passage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct TermShare {
    /// How often it stands in the passage.
    pub count: usize,
    /// How often it stands in the passages beside it, which count less.
    pub beside: usize,
    /// How often it stands in the article's title, where that counts: in the article's best passage.
    pub in_title: usize,
    /// Its share of the score.
    pub share: f64,
}

/// What the score of an article is made of, before other articles are looked at. The shares add up to 1, or are all 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct ArticleShares {
    /// Its score, from 0 to 1 for the best.
    pub score: f64,
    /// The share of the query's words in title and text.
    pub words: f64,
    /// The share of what is looked for in fields such as the authors' names.
    pub fields: f64,
    /// The share of the query's words in its title, once more.
    pub title: f64,
    /// The share of query words near each other.
    pub proximity: f64,
    /// The share of the query's words that stand in title or text as they do in the query.
    pub wording: f64,
    /// The share of having come out on the day that the query names.
    pub day: f64,
}

/// Tells why passages have their scores. The articles are scored once, however many passages are asked about.
pub struct Explainer<'e> {
    articles: Vec<&'e Evidence>,
    scores: Vec<Scores>,
    passages: Ranking<'e>,
}

impl<'e> Explainer<'e> {
    /// Explains what [`score`] gives of `articles`.
    #[must_use]
    pub fn of(articles: Vec<&'e Evidence>) -> Self {
        Self { scores: score(&articles), passages: Ranking::of(&articles), articles }
    }

    /// The scores of the article number `at`; none if there aren't as many.
    #[must_use]
    pub fn scores(&self, at: usize) -> Option<&Scores> {
        self.scores.get(at)
    }

    /// The share of the score of the article number `at` in that of its passage number `passage`.
    fn article_share(&self, at: usize, passage: usize) -> f64 {
        let (article, scored) = (self.articles[at], &self.scores[at].passages);
        let is_best = best_of(scored).is_some_and(|best| scored[best].0 == passage);
        let of_title = if is_best { title_share(article, self.passages.wording(at)) } else { 0.0 };
        article_share(article) + of_title
    }

    /// Why the passage number `passage` of the article number `at` has its score; none if there aren't as many
    /// articles.
    #[must_use]
    pub fn explain(&self, at: usize, passage: usize) -> Option<Explanation> {
        let evidence = self.articles.get(at)?;
        let mut parts = self.passages.parts(at, passage);
        for (part, term) in parts.terms.iter_mut().zip(&evidence.matches).filter(|(part, _)| part.count > 0) {
            part.share += quoted::of_term(evidence, term);
        }
        let of_article = self.scores(at)?.article;
        let article = self.article_share(at, passage) * of_article;
        let words: f64 = parts.terms.iter().map(|term| term.share).sum();
        let whole = words + parts.proximity + parts.wording + parts.kindred + article;
        let share = |part: f64| if whole > 0.0 { part / whole } else { 0.0 };
        Some(Explanation {
            terms: parts.terms.iter().map(|term| TermShare { share: share(term.share), ..*term }).collect(),
            proximity: share(parts.proximity),
            wording: share(parts.wording),
            kindred: share(parts.kindred),
            article: share(article),
            of_article: ArticleShares { score: of_article, ..article::shares(&self.articles, at) },
            tokens: evidence.passages.get(passage).map_or(0, |passage| passage.tokens),
            mean_tokens: self.passages.mean_tokens(),
            relative_length: evidence.relative_length,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Extent, TermForm, TermMatch};
    use super::*;
    use proptest::prelude::*;

    fn matched(term: usize, positions: Vec<u32>) -> TermMatch {
        let form = [TermForm::Word, TermForm::Number, TermForm::Phrase][positions.len() % 3];
        TermMatch {
            term,
            weight: 1.0 + term as f64,
            query_weight: 1.0,
            form,
            positions,
            place: Some(term as u32),
            ..TermMatch::default()
        }
    }

    proptest! {
        #[test]
        fn parts_add_up_to_the_score(
            places in prop::collection::vec(prop::collection::btree_set(0_u32..330, 0..12), 6),
        ) {
            let article = |places: &[std::collections::BTreeSet<u32>]| {
                let mut matches = places.iter().enumerate().map(|(term, at)| matched(term, at.iter().copied().collect()));
                Evidence {
                    relative_length: 1.2,
                    title_tokens: 10,
                    passages: [10, 110, 220].map(|start| Extent { start, tokens: 100 }).to_vec(),
                    matches: matches.by_ref().take(2).collect(),
                    kindred: matches.collect(),
                    ..Evidence::default()
                }
            };
            let (one, other) = (article(&places[..3]), article(&places[3..]));
            let explainer = Explainer::of(vec![&one, &other]);
            for at in 0..2 {
                let scores = explainer.scores(at).unwrap();
                for &(passage, score) in &scores.passages {
                    let parts = explainer.passages.parts(at, passage);
                    let words: f64 = parts.terms.iter().map(|term| term.share).sum();
                    let sum = words + parts.proximity + parts.wording + parts.kindred + explainer.article_share(at, passage) * scores.article;
                    prop_assert!((sum - score).abs() < 1e-9, "{sum} {score}");
                    let why = explainer.explain(at, passage).unwrap();
                    let shares: f64 = why.terms.iter().map(|term| term.share).sum();
                    let shares = shares + why.proximity + why.wording + why.kindred + why.article;
                    prop_assert!(score == 0.0 || (shares - 1.0).abs() < 1e-9);
                }
            }
        }
    }
}
