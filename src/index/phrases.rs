//! How rare the phrases of a query are, as its candidates tell.
//!
//! Nobody counts how many articles have a phrase, and its words don't tell: each of `do not come` is in most articles,
//! and the three side by side in a few. What candidates don't have, few others do, since they were chosen for it.

use std::collections::HashMap;

use crate::engine::Candidate;
use crate::rank::{TermForm, TermMatch, inverse_frequency};

/// Candidates that tell: as many as are ranked for one page of answers, so that further pages don't change the first.
const SAMPLE_ARTICLES: usize = 200;

/// Makes the phrases weigh more that fewer of `candidates` have than their words let expect. They are all that matches,
/// or the best `limit` of it, of so many `articles`.
pub(super) fn weigh_phrases(candidates: &mut [Candidate], limit: usize, articles: u64) {
    let sampled = candidates.len().min(SAMPLE_ARTICLES);
    let are_all = candidates.len() < limit.min(SAMPLE_ARTICLES);
    let mut found_in: HashMap<usize, u64> = HashMap::new();
    let sample = candidates[..sampled].iter().flat_map(|candidate| &candidate.evidence.matches);
    for phrase in sample.filter(|term| is_phrase(term)) {
        *found_in.entry(phrase.term).or_default() += 1;
    }
    if found_in.is_empty() {
        return;
    }
    let all = articles as f64;
    let among = if are_all { all } else { sampled as f64 };
    let rarity = |found: u64| inverse_frequency(found as f64 / among * all, all);
    for term in candidates.iter_mut().flat_map(|candidate| &mut candidate.evidence.matches) {
        if let Some(&found) = found_in.get(&term.term) {
            term.weight = term.weight.max(term.query_weight * rarity(found));
        }
    }
}

/// Whether `term` is a phrase that was typed, and stands in its article.
fn is_phrase(term: &TermMatch) -> bool {
    term.form == TermForm::Phrase && !term.is_alternative && !term.positions.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::DocumentKey;
    use crate::model::ArticleId;
    use crate::rank::Evidence;

    fn candidate(has_phrase: bool) -> Candidate {
        let positions = if has_phrase { vec![7] } else { Vec::new() };
        let phrase = TermMatch {
            weight: 2.0,
            query_weight: 1.0,
            form: TermForm::Phrase,
            positions,
            ..TermMatch::default()
        };
        let evidence = Evidence { matches: vec![phrase], ..Evidence::default() };
        Candidate { key: DocumentKey(0), id: ArticleId::from_number(0), evidence }
    }

    fn weight_where(with: usize, of: usize) -> f64 {
        let mut candidates: Vec<Candidate> = (0..of).map(|at| candidate(at < with)).collect();
        weigh_phrases(&mut candidates, 400, 10_000);
        candidates[0].evidence.matches[0].weight
    }

    #[test]
    fn a_phrase_that_few_have_weighs_more_than_its_words() {
        assert!(weight_where(3, 10) > 7.0, "three of ten thousand");
        assert!(weight_where(3, 200) > 4.0, "at most one in seventy");
        assert_eq!(weight_where(150, 200), 2.0, "as many as its words let expect");
        assert_eq!(weight_where(0, 10), 2.0);
    }
}
