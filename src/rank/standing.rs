//! [`Standing`]: where a term of the query stands in the passages of one article, and near which others.

use std::ops::Range;

use super::bm25::saturation;
use super::{Evidence, TermForm, TermMatch, proximity};

/// Share of the score for query words near each other: with 0.3 hit@1 on covidqa-art is .003 lower, without it .02.
const PROXIMITY_SHARE: f64 = 0.6;

/// Share of the score for a word and a number that stand together as in the query: as a name of one thing, which says
/// more than both of them. Set by hand, so that `UNSCR 1325` comes before what has `UNSCR` four times;
/// docs/evaluation.md says what it costs.
pub(super) const NUMBER_SHARE: f64 = 1.5;

/// Terms of the longest query whose numbers name something: who looks a thing up by its number types little else, and
/// the numbers of a question mostly count. Set by hand.
const MOST_TERMS_WITH_A_NAME: usize = 4;

/// Whether numbers in the query that `article` was found by name something.
pub(super) fn may_name_by_number(article: &Evidence) -> bool {
    article.matches.iter().filter(|term| !term.is_alternative).count() <= MOST_TERMS_WITH_A_NAME
}

/// Tokens that may stand between a word and its number, as in `Resolution No. 1325`.
const TOKENS_BEFORE_NUMBER: u32 = 1;

/// What a word counts less in an article if all its other passages have it too: it tells which article is meant, but
/// not which of its passages. From 0.2 to 0.5 hit@1 on covidqa-art is .01 to .02 higher than without, and hit@10 up to
/// .01 lower.
const COMMON_TO_ARTICLE_SHARE: f64 = 0.3;

/// Where a term stands in the passages of an article.
pub(super) struct Standing<'e> {
    /// Its positions in each.
    pub parts: Vec<&'e [u32]>,
    /// How often it stands in the article's title. Whoever quotes a phrase wants to read it in the passage.
    pub in_title: usize,
    /// What one occurrence weighs there.
    pub weight: f64,
    /// What one occurrence of the term weighs that it is an alternative of; its own weight if it is none.
    typed_weight: f64,
    form: TermForm,
    tokens: u32,
}

impl<'e> Standing<'e> {
    /// That of `term`, which weighs `weight` among all passages.
    pub fn of(article: &'e Evidence, term: &'e TermMatch, weight: f64) -> Self {
        let mut parts: Vec<&[u32]> = vec![&[]; article.passages.len()];
        each_passage_with(article, term, |passage, range| parts[passage] = &term.positions[range]);
        let weight = weight * (1.0 - COMMON_TO_ARTICLE_SHARE * share_beside_one(&parts));
        let in_title = match term.form {
            TermForm::Phrase => 0,
            TermForm::Word | TermForm::Number => count_below(&term.positions, article.title_end()),
        };
        Self { parts, in_title, weight, typed_weight: weight, form: term.form, tokens: term.tokens }
    }

    /// The same as an alternative of `typed`.
    pub fn in_place_of(self, typed: &Self) -> Self {
        Self { typed_weight: typed.weight, ..self }
    }

    /// How often it stands in the passages beside the passage number `at`. Whoever quotes a phrase wants to read it.
    pub fn beside(&self, at: usize) -> usize {
        if self.form == TermForm::Phrase {
            return 0;
        }
        let before = at.checked_sub(1).map_or(0, |before| self.parts[before].len());
        before + self.parts.get(at + 1).map_or(0, |after| after.len())
    }

    /// What it adds to the score of the passage number `at` that it and `next`, the next term of the query, are one
    /// name there, of a word and a number; none if they aren't.
    pub fn names(&self, next: &Self, at: usize) -> Option<f64> {
        let is_name = is_named_by_number(self.form, next.form);
        let times = if is_name { self.count_before(next.parts[at], self.parts[at]) } else { 0 };
        let weight = NUMBER_SHARE * (self.typed_weight + next.typed_weight);
        (times > 0).then(|| weight * saturation(times as f64, 1.0))
    }

    /// What it adds to the score of the passage number `at` that `next`, the next term of the query, stands near it
    /// there; none if it doesn't.
    pub fn near(&self, next: &Self, at: usize) -> Option<f64> {
        let (here, there) = (self.parts[at], next.parts[at]);
        if here.is_empty() || there.is_empty() {
            return None;
        }
        let near = proximity::count_near(here, there) as f64;
        Some(PROXIMITY_SHARE * self.weight.min(next.weight) * saturation(near, 1.0))
    }

    /// How many of its positions `here` have one of `there` behind them.
    fn count_before(&self, there: &[u32], here: &[u32]) -> usize {
        let is_before = |position: &&u32| {
            let behind = position.saturating_add(self.tokens.max(1));
            let next = there.partition_point(|&other| other < behind);
            there.get(next).is_some_and(|&other| other - behind <= TOKENS_BEFORE_NUMBER)
        };
        here.iter().filter(is_before).count()
    }
}

/// Whether two terms that follow one another in a query name one thing, a word and its number or a number and its unit.
pub(super) fn is_named_by_number(one: TermForm, next: TermForm) -> bool {
    (one == TermForm::Number) != (next == TermForm::Number)
}

/// The share of the passages that have a term beside any one that has it, where `parts` are its places in each.
fn share_beside_one(parts: &[&[u32]]) -> f64 {
    let with = parts.iter().filter(|part| !part.is_empty()).count();
    with.saturating_sub(1) as f64 / parts.len().max(1) as f64
}

/// Calls `found` with each passage of `article` that has `term`, and with which of the term's positions stand in it.
pub(super) fn each_passage_with(
    article: &Evidence,
    term: &TermMatch,
    mut found: impl FnMut(usize, Range<usize>),
) {
    let (positions, passages) = (&term.positions, &article.passages);
    let mut from = count_below(positions, article.title_end());
    let mut at = 0;
    while let Some(&position) = positions.get(from).filter(|_| !passages.is_empty()) {
        at += passages[at + 1..].iter().take_while(|next| next.start <= position).count();
        let end = passages.get(at + 1).map_or(u32::MAX, |next| next.start);
        // At least one, so that the highest position that there is ends it too.
        let until = from + count_below(&positions[from..], end).max(1);
        found(at, from..until);
        from = until;
    }
}

/// How many of `positions`, which ascend, are below `end`. They are few, so that looking at each is faster than searching.
fn count_below(positions: &[u32], end: u32) -> usize {
    positions.iter().take_while(|&&position| position < end).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_of_other_passages_leaves_one_out() {
        assert!((share_beside_one(&[&[1], &[], &[7, 9], &[]]) - 0.25).abs() < 1e-12);
        assert!(share_beside_one(&[&[1]]).abs() < 1e-12 && share_beside_one(&[]).abs() < 1e-12);
    }

    #[test]
    fn a_number_behind_its_word_names_one_thing() {
        let word = TermMatch { weight: 1.0, positions: vec![10, 40], ..TermMatch::default() };
        let number =
            |position| TermMatch { form: TermForm::Number, positions: vec![position], ..word.clone() };
        let name = |position| {
            let article = Evidence {
                passages: vec![super::super::Extent { start: 0, tokens: 100 }],
                ..Evidence::default()
            };
            let number = number(position);
            Standing::of(&article, &word, 2.0).names(&Standing::of(&article, &number, 1.0), 0)
        };
        assert!(name(41).is_some() && name(42).is_some());
        assert_eq!((name(45), name(39)), (None, None), "too far, or before it");
    }

    #[test]
    fn a_phrase_counts_where_it_stands_alone() {
        let word = TermMatch { positions: vec![10], ..TermMatch::default() };
        let phrase = TermMatch { form: TermForm::Phrase, ..word.clone() };
        let passages = [0, 100].map(|start| super::super::Extent { start, tokens: 100 }).to_vec();
        let article = Evidence { passages, ..Evidence::default() };
        assert_eq!(Standing::of(&article, &word, 1.0).beside(1), 1);
        assert_eq!(Standing::of(&article, &phrase, 1.0).beside(1), 0);
    }
}
