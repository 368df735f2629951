//! Whether a query is an article's title: who types one, or what is left of it in memory, is looking for that article,
//! whatever words others use.

use super::{Evidence, TermMatch};

/// The share of a title's words that a query has of it where it has all that say something: the others are stop words.
/// Set by hand.
const SAYING_SHARE: f64 = 0.6;

/// How nearly the query is the title of `article`, from 0 to 1: the share of the query's weight that the title has, and
/// of the title that the query has. It is squared, as a question that shares a word or two with a title isn't one.
pub(super) fn is_the_query(article: &Evidence) -> f64 {
    let (tokens, end) = (article.title_tokens, article.title_end());
    let (mut weight, mut of_title, mut matched) = (0.0, 0.0, 0);
    // What was added to a word says the same in other words: a title has one of them.
    for place in article.matches.chunk_by(|_, next| next.is_alternative) {
        let in_title = |term: &TermMatch| {
            let times = term.positions.partition_point(|&position| position < end);
            times * term.tokens.max(1) as usize
        };
        let most = place.iter().map(in_title).max().unwrap_or_default();
        weight += place[0].weight;
        of_title += if most > 0 { place[0].weight } else { 0.0 };
        matched += most;
    }
    if weight <= 0.0 || tokens == 0 {
        return 0.0;
    }
    let of_query = of_title / weight;
    let of_words = (matched as f64 / f64::from(tokens) / SAYING_SHARE).min(1.0);
    (of_query * of_words).powi(2)
}

#[cfg(test)]
mod tests {
    use super::super::Extent;
    use super::*;

    /// How nearly a query with `terms`, each with its weight and positions, is a title of `tokens` words.
    fn nearly(tokens: u32, terms: &[(f64, &[u32])]) -> f64 {
        let matches = terms.iter().map(|&(weight, positions)| TermMatch {
            weight,
            positions: positions.to_vec(),
            ..TermMatch::default()
        });
        let passages = vec![Extent { start: tokens, tokens: 100 }];
        is_the_query(&Evidence {
            title_tokens: tokens,
            passages,
            matches: matches.collect(),
            ..Evidence::default()
        })
    }

    #[test]
    fn a_title_is_told_by_the_words_that_say_something() {
        assert_eq!(nearly(5, &[(1.0, &[0, 40]), (2.0, &[2]), (1.0, &[4])]), 1.0, "two are stop words");
        assert!(nearly(5, &[(1.0, &[0]), (2.0, &[2]), (4.0, &[40])]) < 0.2, "the rarest word isn't in it");
        assert!(nearly(12, &[(1.0, &[0]), (1.0, &[1])]) < 0.1, "it says much else");
    }

    #[test]
    fn what_was_added_to_a_word_neednt_be_in_the_title_too() {
        let term = |weight, positions: &[u32], is_alternative| TermMatch {
            weight,
            is_alternative,
            positions: positions.to_vec(),
            ..TermMatch::default()
        };
        let matches = vec![term(1.0, &[0], false), term(3.0, &[1], false), term(8.0, &[], true)];
        let passages = vec![Extent { start: 18, tokens: 100 }];
        assert_eq!(
            is_the_query(&Evidence { title_tokens: 2, passages, matches, ..Evidence::default() }),
            1.0
        );
    }

    #[test]
    fn without_a_title_or_words_there_is_nothing() {
        assert_eq!(nearly(0, &[(1.0, &[3])]), 0.0);
        assert_eq!(nearly(3, &[]), 0.0);
    }
}
