//! The score of an article by itself: BM25, its title, words near each other, and for a long one its best passage.

use super::bm25::{MOST_SATURATION, saturation};
use super::explanation::ArticleShares;
use super::wording::Wording;
use super::{Evidence, TermMatch, mean, proximity, sum};

/// Share of the title's score that is added. Title and body in one stream plus 0.3 of the title was best on the
/// twelve collections of docs/evaluation.md.
const TITLE_SHARE: f64 = 0.3;

/// Share of the score for query words near each other. 0.1 to 0.4 differ by .001 nDCG@10.
const PROXIMITY_SHARE: f64 = 0.2;

/// Share that the best passage has in the score of a long article: 0.3 to 0.7 differ by .001.
const BEST_PASSAGE_SHARE: f64 = 0.5;

/// Articles up to this length are judged as a whole: on news of 600 words the best passage misleads.
const SHORT_ARTICLE_TOKENS: f64 = 600.0;

/// From this length on the best passage has its full share, as it helped on papers of 3,600 words.
const LONG_ARTICLE_TOKENS: f64 = 3_600.0;

/// Share of the score for words that stand as they do in the query: 0.5 to 1 differ by .001 nDCG@10, without it is .003
/// lower and MRR@10 .004.
const WORDING_SHARE: f64 = 1.0;

/// What is added, as a share of all else, where it came out on the day that the query names. Set by hand.
const DAY_SHARE: f64 = 1.0;

/// What the best passage of an article of that day has of the article's score at least. Set by hand: of 373 titles'
/// first words with their days 0.5 to 1 find 322 to 327 first, none 299 (docs/evaluation.md).
const PASSAGE_OF_DAY_SHARE: f64 = 0.8;

/// What the score of an article is made of.
struct Parts {
    words: f64,
    fields: f64,
    title: f64,
    proximity: f64,
    wording: f64,
    day: f64,
}

impl Parts {
    fn of(article: &Evidence, wording: &Wording, mean_title: f64) -> Self {
        let mut parts = Self {
            words: bm25(&article.matches, article.relative_length),
            fields: bm25(&article.elsewhere, 1.0),
            title: TITLE_SHARE * title_score(article, mean_title),
            proximity: PROXIMITY_SHARE * proximity::score(&article.matches),
            wording: WORDING_SHARE * wording.in_article(&article.matches, |term| term.weight),
            day: 0.0,
        };
        let said = article.day_weight * MOST_SATURATION;
        parts.day = said + DAY_SHARE * article.of_named_day * (parts.sum() + said);
        parts
    }

    fn sum(&self) -> f64 {
        self.words + self.fields + self.title + self.proximity + self.wording + self.day
    }
}

/// The scores of `articles`, which have these `wordings`, as wholes.
pub(super) fn scores(articles: &[&Evidence], wordings: &[Wording]) -> Vec<f64> {
    let mean_title = mean_title(articles);
    articles
        .iter()
        .zip(wordings)
        .map(|(article, wording)| Parts::of(article, wording, mean_title).sum())
        .collect()
}

/// What the score of the article number `at` of `articles` is made of, but for the score itself.
pub(super) fn shares(articles: &[&Evidence], at: usize) -> ArticleShares {
    let parts = Parts::of(articles[at], &Wording::of(articles[at]), mean_title(articles));
    let share = |part: f64| if parts.sum() > 0.0 { part / parts.sum() } else { 0.0 };
    ArticleShares {
        score: 0.0,
        words: share(parts.words),
        fields: share(parts.fields),
        title: share(parts.title),
        proximity: share(parts.proximity),
        wording: share(parts.wording),
        day: share(parts.day),
    }
}

fn mean_title(articles: &[&Evidence]) -> f64 {
    mean(articles.iter().map(|article| f64::from(article.title_tokens)))
}

fn bm25(terms: &[TermMatch], relative_length: f64) -> f64 {
    let of_term = |term: &TermMatch| term.weight * saturation(term.positions.len() as f64, relative_length);
    sum(terms.iter().map(of_term))
}

fn title_score(article: &Evidence, mean_title: f64) -> f64 {
    let (tokens, end) = (article.title_tokens, article.title_end());
    let terms = article.matches.iter().map(|term| {
        let count = term.positions.partition_point(|&position| position < end);
        term.weight * saturation(count as f64, f64::from(tokens) / mean_title)
    });
    terms.sum()
}

/// The score of an article whose whole has the score `whole` and whose passages have `passages`, all from 0 to 1. One
/// of the day that the query names loses little by its passages, which don't say when it came out.
pub(super) fn with_best_passage(article: &Evidence, whole: f64, passages: &[f64]) -> f64 {
    let lengths = (article.body_tokens() / SHORT_ARTICLE_TOKENS).max(1.0).ln();
    let share = BEST_PASSAGE_SHARE * (lengths / (LONG_ARTICLE_TOKENS / SHORT_ARTICLE_TOKENS).ln()).min(1.0);
    let best = passages.iter().copied().fold(whole * article.of_named_day * PASSAGE_OF_DAY_SHARE, f64::max);
    whole * (1.0 - share) + best * share
}

#[cfg(test)]
mod tests {
    use super::super::Extent;
    use super::*;

    fn of_length(tokens: u32) -> Evidence {
        Evidence { passages: vec![Extent { start: 0, tokens }], ..Evidence::default() }
    }

    #[test]
    fn the_best_passage_speaks_for_a_long_article_and_not_for_a_short_one() {
        assert!((with_best_passage(&of_length(500), 0.4, &[1.0]) - 0.4).abs() < 1e-12);
        assert!((with_best_passage(&of_length(9_000), 0.4, &[1.0]) - 0.7).abs() < 1e-12);
        let between = with_best_passage(&of_length(1_500), 0.4, &[1.0]);
        assert!(between > 0.4 && between < 0.7);
    }

    /// Speeches of the day that was asked for stood behind a notice of that day, as no passage of theirs names the day.
    #[test]
    fn a_long_article_of_the_named_day_loses_little_by_its_passages() {
        let of_day = |share| Evidence { of_named_day: share, ..of_length(9_000) };
        assert!(with_best_passage(&of_day(1.0), 0.8, &[0.1]) > 0.7);
        assert!((with_best_passage(&of_day(1.0), 0.4, &[1.0]) - 0.7).abs() < 1e-12);
        assert!(with_best_passage(&of_day(0.0), 0.8, &[0.1]) < 0.5);
    }

    #[test]
    fn a_title_that_matches_lifts_its_article() {
        let with = |positions: &[u32]| Evidence {
            relative_length: 1.0,
            passages: vec![Extent { start: 10, tokens: 100 }],
            matches: vec![TermMatch { weight: 2.0, positions: positions.to_vec(), ..TermMatch::default() }],
            ..Evidence::default()
        };
        let articles = [&with(&[3]), &with(&[50])];
        let scores = scores(&articles, &articles.map(Wording::of));
        assert!(scores[0] > scores[1]);
    }
}
