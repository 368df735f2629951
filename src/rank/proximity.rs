//! Evidence from query words that stand near each other.
//!
//! For each two terms that follow one another in the query, how often they stand within a window counts as a term's
//! occurrences do: the unordered part of the sequential dependence model (Metzler and Croft, A Markov Random Field
//! Model for Term Dependencies, 2005) with BM25's saturation in place of smoothing.

use super::bm25::saturation;
use super::{TermMatch, sum};

/// Tokens within which two words are near: 4 times the pair, as Metzler and Croft have it.
const WINDOW_TOKENS: u32 = 8;

/// Terms whose pairs are looked at: the first terms of a very long query stand for the rest. Set by hand, to bound the
/// time.
const MAX_TERMS: usize = 16;

/// The score of all pairs of neighbouring terms of the query.
pub(super) fn score(terms: &[TermMatch]) -> f64 {
    let terms = &terms[..terms.len().min(MAX_TERMS)];
    sum(terms.windows(2).map(|pair| pair_score(&pair[0], &pair[1])))
}

fn pair_score(a: &TermMatch, b: &TermMatch) -> f64 {
    a.weight.min(b.weight) * saturation(count_near(&a.positions, &b.positions) as f64, 1.0)
}

/// How many of `a` have one of `b` within the window.
pub(super) fn count_near(a: &[u32], b: &[u32]) -> usize {
    let mut from = 0;
    a.iter()
        .filter(|&&position| {
            while from < b.len() && b[from] + WINDOW_TOKENS <= position {
                from += 1;
            }
            b.get(from).is_some_and(|&other| other < position + WINDOW_TOKENS)
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_near_within_the_window() {
        assert_eq!(count_near(&[10, 50, 90], &[3, 51]), 2);
        assert_eq!(count_near(&[10], &[2, 18]), 0);
        assert_eq!(count_near(&[], &[1]), 0);
    }

    #[test]
    fn nearer_words_score_higher() {
        let term = |position| TermMatch { weight: 2.0, positions: vec![position], ..TermMatch::default() };
        assert!(score(&[term(10), term(12)]) > score(&[term(10), term(40)]));
        assert!(score(&[term(10)]).is_sign_positive(), "not -0");
    }
}
