//! [`Wording`]: which of an article's texts have the query's words as it has them, one after the other and as far
//! apart.
//!
//! Whoever types half a quotation, or a title, has its words in their order, stop words among them; whoever types a
//! name or a term of several words has too. What stands between isn't looked at: where three words are as far apart as
//! in the query, the words between are mostly its own.

use std::ops::Range;

use super::{Evidence, TermMatch, sum};

/// Tokens that may lie from one word of a run to the next: so many stop words, or words that are remembered wrongly,
/// part no quotation. 2 to 10 make no difference for questions; with 2 a misquoted sentence is found less often.
const MOST_TOKENS_ON: u32 = 6;

/// Terms of a query that are looked at: who pastes more means the first of them as well. It bounds the time.
const MOST_TERMS: usize = 64;

/// Power of the share of the query that a run has: two words of ten say little, eight of ten say which text is quoted.
/// With 1, 1.5 and 2, and shares to go with them, hit@1, hit@3 and hit@10 differ by .004 on four sets of passages.
const SHARE_POWER: i32 = 2;

/// Words of the query in an article that stand as they do in the query.
#[derive(Debug, Default)]
pub(super) struct Wording {
    runs: Vec<Run>,
    /// The numbers of the terms of all runs, one run after the other.
    terms: Vec<u32>,
}

/// A run of such words.
#[derive(Debug)]
struct Run {
    /// The passage that it begins in; none for the title.
    passage: Option<usize>,
    /// Where its terms stand among those of all runs.
    terms: Range<usize>,
    /// What each of them is worth for standing there, from 0 to 1.
    worth: f64,
}

/// Where a term of the query stands, in the order in which those of one run follow one another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Stand {
    /// How much further on it stands in the article than in the query, around zero too: the same for all words of a
    /// run.
    shift: u32,
    /// Its place in the query.
    place: u32,
    term: u32,
}

impl Wording {
    /// That of `article`.
    pub fn of(article: &Evidence) -> Self {
        let placed: Vec<(usize, u32)> = placed(&article.matches).take(MOST_TERMS).collect();
        let mut wording = Self::default();
        if placed.len() < 2 {
            return wording;
        }
        let mut stands: Vec<Stand> = Vec::new();
        for &(term, place) in &placed {
            let positions = article.matches[term].positions.iter();
            stands.extend(positions.map(|&position| Stand::of(term, place, position)));
        }
        stands.sort_unstable();
        for run in stands.chunk_by(|one, next| one.is_followed_by(*next)).filter(|run| run.len() > 1) {
            wording.push(passage_at(article, run[0].position()), run, placed.len());
        }
        wording
    }

    /// Adds a run of some of the query's `placed` words.
    fn push(&mut self, passage: Option<usize>, run: &[Stand], placed: usize) {
        let from = self.terms.len();
        self.terms.extend(run.iter().map(|stand| stand.term));
        let follow_another = (run.len() - 1) as f64;
        let worth = (follow_another / placed as f64).powi(SHARE_POWER);
        self.runs.push(Run { passage, terms: from..self.terms.len(), worth });
    }

    /// What it is worth for the article, title and text, where each of its `terms` weighs what `weight` says.
    pub fn in_article(&self, terms: &[TermMatch], weight: impl Fn(&TermMatch) -> f64) -> f64 {
        self.sum(self.runs.iter(), terms, weight)
    }

    /// How much of the query stands in the title as it does there, from 0 to 1.
    pub fn in_title(&self) -> f64 {
        self.runs.iter().filter(|run| run.passage.is_none()).map(|run| run.worth).fold(0.0, f64::max)
    }

    /// The passages that have some, each with what it is worth there.
    pub fn in_passages(&self, terms: &[TermMatch], weight: impl Fn(&TermMatch) -> f64) -> Vec<(usize, f64)> {
        // A text that says the same over and over has as many runs as words, in thousands of passages.
        let mut runs: Vec<(usize, &Run)> =
            self.runs.iter().filter_map(|run| Some((run.passage?, run))).collect();
        runs.sort_by_key(|(passage, _)| *passage);
        let passages = runs.chunk_by(|one, next| one.0 == next.0);
        passages.map(|runs| (runs[0].0, self.sum(runs.iter().map(|(_, run)| *run), terms, &weight))).collect()
    }

    /// What `runs` are worth: each term counts once, where it is worth the most.
    fn sum<'w>(
        &'w self,
        runs: impl Iterator<Item = &'w Run>,
        terms: &[TermMatch],
        weight: impl Fn(&TermMatch) -> f64,
    ) -> f64 {
        let mut worth = vec![0.0_f64; terms.len()];
        for run in runs {
            for &term in &self.terms[run.terms.clone()] {
                let worth = &mut worth[term as usize];
                *worth = worth.max(run.worth);
            }
        }
        let counted = terms.iter().zip(worth).filter(|&(_, worth)| worth > 0.0);
        sum(counted.map(|(term, worth)| worth * weight(term)))
    }
}

/// The numbers of those of `terms` that have a place in the query, with their places.
fn placed(terms: &[TermMatch]) -> impl Iterator<Item = (usize, u32)> {
    terms.iter().enumerate().filter_map(|(number, term)| Some((number, term.place?)))
}

/// The passage of `article` that has `position`; none for the title.
fn passage_at(article: &Evidence, position: u32) -> Option<usize> {
    article.passages.partition_point(|passage| passage.start <= position).checked_sub(1)
}

impl Stand {
    fn of(term: usize, place: u32, position: u32) -> Self {
        Self { shift: position.wrapping_sub(place), place, term: term as u32 }
    }

    fn position(self) -> u32 {
        self.shift.wrapping_add(self.place)
    }

    /// Whether `next`, which comes behind it in order, goes on with the run.
    fn is_followed_by(self, next: Self) -> bool {
        self.shift == next.shift && next.place - self.place <= MOST_TOKENS_ON
    }
}

#[cfg(test)]
mod tests {
    use super::super::Extent;
    use super::*;

    /// An article of two passages of 100 tokens behind a title of ten, with terms of the query: where each stands in
    /// it, and in the article.
    fn article(terms: &[(u32, &[u32])]) -> Evidence {
        let matches = terms.iter().map(|&(place, positions)| TermMatch {
            place: Some(place),
            positions: positions.to_vec(),
            ..TermMatch::default()
        });
        let passages = [10, 110].map(|start| Extent { start, tokens: 100 }).to_vec();
        Evidence { passages, matches: matches.collect(), ..Evidence::default() }
    }

    /// What is found in the passages of `article`, and in all of it, by terms of weight 1.
    fn found(article: &Evidence) -> (Vec<(usize, f64)>, f64) {
        let wording = Wording::of(article);
        let passages = wording.in_passages(&article.matches, |_| 1.0);
        (passages, wording.in_article(&article.matches, |_| 1.0))
    }

    #[test]
    fn words_as_far_apart_as_in_the_query_are_a_run() {
        let (passages, whole) = found(&article(&[(0, &[20, 150]), (2, &[22]), (3, &[23, 153]), (7, &[27])]));
        let [(0, whole_query), (1, two)] = passages[..] else { panic!("{passages:?}") };
        assert!((whole_query - 4.0 * 0.75_f64.powi(2)).abs() < 1e-12, "{whole_query}");
        assert!((two - 2.0 * 0.25_f64.powi(2)).abs() < 1e-12, "{two}");
        assert!((whole - whole_query).abs() < 1e-12, "each word counts once");
    }

    #[test]
    fn words_in_another_order_or_far_apart_are_none() {
        assert_eq!(found(&article(&[(0, &[22]), (2, &[20])])), (vec![], 0.0));
        assert_eq!(found(&article(&[(0, &[20]), (30, &[50])])), (vec![], 0.0));
        assert_eq!(found(&article(&[(0, &[20])])), (vec![], 0.0));
    }

    #[test]
    fn a_run_in_the_title_speaks_for_the_article_alone() {
        let (passages, whole) = found(&article(&[(0, &[1]), (1, &[2])]));
        assert!(passages.is_empty() && whole > 0.0);
        assert!((Wording::of(&article(&[(0, &[1]), (1, &[2])])).in_title() - 0.25).abs() < 1e-12);
        assert_eq!(Wording::of(&article(&[(0, &[31]), (1, &[32])])).in_title(), 0.0);
    }

    #[test]
    fn a_query_that_begins_before_the_article_is_a_run() {
        let (passages, _) = found(&article(&[(40, &[11]), (41, &[12])]));
        assert_eq!(passages.len(), 1);
    }
}
