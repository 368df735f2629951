//! Evidence from words that are spelt like those of the query: `immunity` for `immunization`, `terrorist` for
//! `terrorism`, and the query's own words as it spells them.
//!
//! BM25 over sets of such words, each set those that share a part of a query word; rarity is among the articles,
//! or passages, that compete.

use std::collections::HashMap;

use super::Evidence;
use super::bm25::{inverse_frequency, saturation};

/// The scores of `articles` for words like the query's.
pub(super) fn scores(articles: &[&Evidence]) -> Vec<f64> {
    let mut found_in: HashMap<usize, usize> = HashMap::new();
    for set in articles.iter().flat_map(|article| &article.kindred) {
        *found_in.entry(set.term).or_default() += usize::from(!set.positions.is_empty());
    }
    let all = articles.len() as f64;
    let score = |article: &&Evidence| -> f64 {
        let found = article.kindred.iter().filter(|set| !set.positions.is_empty());
        found
            .map(|set| {
                let rarity = inverse_frequency(found_in[&set.term] as f64, all);
                set.query_weight * rarity * saturation(set.positions.len() as f64, article.relative_length)
            })
            .sum()
    };
    articles.iter().map(score).collect()
}

#[cfg(test)]
mod tests {
    use super::super::TermMatch;
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
