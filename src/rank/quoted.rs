//! Phrases that were typed in quotes beside other words: the passages that hold one come before those that don't,
//! however often these have the other words.

use super::standing::each_passage_with;
use super::{Evidence, TermMatch};

/// What is added to the score of a passage that holds all of the phrases, or to that share that it holds: more than all
/// else may give, but for a title that is the query.
const QUOTED_SHARE: f64 = 2.0;

/// Adds to `scores`, those of the passages of `article`, what the phrases in them count.
pub(super) fn add(article: &Evidence, scores: &mut [f64]) {
    for phrase in article.matches.iter().filter(|term| term.is_quoted) {
        let of_phrase = of_term(article, phrase);
        each_passage_with(article, phrase, |passage, _| scores[passage] += of_phrase);
    }
}

/// What `term` of `article` adds to the score of a passage that holds it, beside what every term does.
pub(super) fn of_term(article: &Evidence, term: &TermMatch) -> f64 {
    let phrases = article.matches.iter().filter(|term| term.is_quoted).count();
    if term.is_quoted { QUOTED_SHARE / phrases as f64 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::super::Extent;
    use super::*;

    #[test]
    fn passages_with_more_of_what_was_quoted_get_more() {
        let phrase = |positions: &[u32], is_quoted| TermMatch {
            is_quoted,
            positions: positions.to_vec(),
            ..TermMatch::default()
        };
        let article = Evidence {
            passages: [0, 100, 200].map(|start| Extent { start, tokens: 100 }).to_vec(),
            matches: vec![phrase(&[10, 110], true), phrase(&[20], true), phrase(&[210], false)],
            ..Evidence::default()
        };
        let mut scores = [0.5, 0.25, 1.0];
        add(&article, &mut scores);
        assert_eq!(scores, [0.5 + QUOTED_SHARE, 0.25 + QUOTED_SHARE / 2.0, 1.0]);
    }
}
