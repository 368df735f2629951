//! Evidence from words that are spelt like those of the query: `immunity` for `immunization`, `terrorist` for
//! `terrorism`, and the query's own words as it spells them.
//!
//! BM25 over sets of such words, each set those that share a part of a query word; rarity is among the articles,
//! or passages, that compete.

use super::bm25::{inverse_frequency, saturation};
use super::{Evidence, TermMatch};

/// The scores of `articles` for words like the query's.
pub(super) fn scores(articles: &[&Evidence]) -> Vec<f64> {
    let mut found_in: Vec<f64> = Vec::new();
    for set in articles.iter().flat_map(|article| present(article)) {
        if found_in.len() <= set.term {
            found_in.resize(set.term + 1, 0.0);
        }
        found_in[set.term] += 1.0;
    }
    let all = articles.len() as f64;
    let rarity: Vec<f64> = found_in.into_iter().map(|found| inverse_frequency(found, all)).collect();
    let score = |article: &&Evidence| -> f64 {
        let scores = present(article).map(|set| {
            let count = set.positions.len() as f64;
            set.query_weight * rarity[set.term] * saturation(count, article.relative_length)
        });
        scores.sum()
    };
    articles.iter().map(score).collect()
}

/// The sets that `article` has a word of.
fn present(article: &Evidence) -> impl Iterator<Item = &TermMatch> {
    article.kindred.iter().filter(|set| !set.positions.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_that_few_articles_have_weighs_more() {
        let article = |sets: &[usize]| Evidence {
            relative_length: 1.0,
            kindred: (0..2)
                .map(|term| TermMatch {
                    term,
                    query_weight: 1.0,
                    positions: if sets.contains(&term) { vec![5] } else { Vec::new() },
                    ..TermMatch::default()
                })
                .collect(),
            ..Evidence::default()
        };
        let articles = [article(&[0]), article(&[1]), article(&[1]), article(&[])];
        let scores = scores(&articles.iter().collect::<Vec<_>>());
        assert!(scores[0] > scores[1] && scores[1] > scores[3], "{scores:?}");
    }
}
