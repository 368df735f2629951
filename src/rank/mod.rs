//! Orders passages by the evidence for them: positions, lengths and term weights in, scores out.
//!
//! Pure arithmetic in a fixed order, so that the same evidence gives the same scores to the last bit.
//! Reading evidence from an index is not here.

mod article;
mod bm25;
mod explanation;
mod feedback;
mod kindred;
mod passage;
mod proximity;
mod quoted;
mod standing;
mod title;
mod wording;

pub use explanation::{ArticleShares, Explainer, Explanation, TermShare};
pub use feedback::KeyTerm;

pub(crate) use bm25::inverse_frequency;

use wording::Wording;

/// Share of its article's score that is added to a passage's: from 0.2 to 0.8 it makes little difference, 0.3 to
/// 0.5 was best on 20 collections.
const ARTICLE_SHARE: f64 = 0.4;

/// What is added to that share in the article's best passage where the query is its title: its passages needn't say
/// again what it says. Its others compete as ever, or a page of contacts named like the subject would be all of an
/// answer. Set by hand, on titles of policy pages (docs/evaluation.md).
const TITLE_SHARE: f64 = 0.8;

/// What is added beside it where the title has the query's words as the query has them, by how much of the query they
/// are: who pastes a title wants its article, and nobody types one by chance. Set by hand, as above.
const TYPED_TITLE_SHARE: f64 = 3.0;

/// What is added to that share where the article came out on the day that the query names: its passages don't say when
/// that was. Set by hand, on titles of policy pages with their days.
const DAY_SHARE: f64 = 1.0;

/// Share of the score for words that are spelt like the query's: 0.2 to 0.5 differ by .003 nDCG@10.
const KINDRED_SHARE: f64 = 0.3;

/// What is known of an article that matches.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Its length over the mean of its language.
    pub relative_length: f64,
    /// How many tokens its title has.
    pub title_tokens: u32,
    /// Its passages, by position.
    pub passages: Vec<Extent>,
    /// Where the query's terms stand in it.
    pub matches: Vec<TermMatch>,
    /// Where sets of words stand that are spelt like the query's, by their `query_weight`; sets that it has no word of
    /// may be left out.
    pub kindred: Vec<TermMatch>,
    /// Terms of the query that are looked for in other fields, such as the authors' names.
    pub elsewhere: Vec<TermMatch>,
    /// The terms that it has most often.
    pub keys: Vec<KeyTerm>,
    /// How far it came out on the day that the query names, from 0 to 1.
    pub of_named_day: f64,
    /// What the words weigh that say so; 0 where they count by where they stand.
    pub day_weight: f64,
}

/// Which of an article's token positions a passage covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The position of its first token.
    pub start: u32,
    /// How many tokens it has.
    pub tokens: u32,
}

/// Where one term, or sequence of tokens, of the query stands in an article.
#[derive(Clone, Debug, Default)]
pub struct TermMatch {
    /// Which term it is: the same number in all articles that may hold it.
    pub term: usize,
    /// Inverse document frequency by the weight in the query.
    pub weight: f64,
    /// The weight in the query: how often it says it, damped.
    pub query_weight: f64,
    /// What it is.
    pub form: TermForm,
    /// How many tokens it is, from the first to the last; 0 counts as one.
    pub tokens: u32,
    /// Whether it is another way to say what the query has before it.
    pub is_alternative: bool,
    /// Whether it is a phrase that was typed in quotes beside other words.
    pub is_quoted: bool,
    /// Its place among the words of a query that were typed one after the other, in tokens; none if it isn't one of
    /// them.
    pub place: Option<u32>,
    /// The positions of its first token, ascending. Those before the first passage are the title's.
    pub positions: Vec<u32>,
}

/// What a term of a query is, which decides how a passage has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TermForm {
    /// A word, or several that count as one.
    #[default]
    Word,
    /// A number alone. Beside a word it mostly names one thing with it: `Resolution 1325`, `H.J.Res. 7`.
    Number,
    /// Words in quotes: a passage has them, or hasn't.
    Phrase,
}

/// The scores of an article and its passages.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// The article's.
    pub article: f64,
    /// Those passages that hold a term of the query, or where none does the first, with their scores.
    pub passages: Vec<(usize, f64)>,
}

/// Scores the articles of one query against each other, in the order given.
#[must_use]
pub fn score(articles: &[&Evidence]) -> Vec<Scores> {
    let wordings: Vec<Wording> = articles.iter().map(|article| Wording::of(article)).collect();
    let wholes = normalised(article::scores(articles, &wordings));
    let passages = passage::scores(articles, &wordings);
    let parts = articles.iter().zip(wholes).zip(&passages);
    let with_passages =
        parts.map(|((evidence, whole), passages)| article::with_best_passage(evidence, whole, passages));
    let scores = shared(&normalised(with_passages.collect()), KINDRED_SHARE, kindred::scores(articles));
    let scores = feedback::added(articles, scores);
    let combined = articles.iter().zip(&wordings).zip(scores).zip(passages);
    combined
        .map(|(((evidence, wording), article), mut passages)| {
            quoted::add(evidence, &mut passages);
            let of_article = article * article_share(evidence);
            let of_title = article * title_share(evidence, wording);
            Scores { article, passages: ranked(&passages, of_article, of_title) }
        })
        .collect()
}

/// `scores` with a share of `others`, both of which are scaled to 1 for the best.
fn shared(scores: &[f64], share: f64, others: Vec<f64>) -> Vec<f64> {
    let others = normalised(others);
    normalised(scores.iter().zip(others).map(|(score, other)| score + share * other).collect())
}

/// The share of its article's score in the scores of the passages of `article`.
fn article_share(article: &Evidence) -> f64 {
    ARTICLE_SHARE + DAY_SHARE * article.of_named_day
}

/// The share of its score in that of its best passage, where its title is the query.
fn title_share(article: &Evidence, wording: &Wording) -> f64 {
    (TITLE_SHARE + TYPED_TITLE_SHARE * wording.in_title()) * title::is_the_query(article)
}

/// The passages that match, or where none does the first, with what their article adds to their scores, and to that of
/// the best.
fn ranked(passages: &[f64], of_article: f64, of_title: f64) -> Vec<(usize, f64)> {
    let matching = passages.iter().enumerate().filter(|&(_, &score)| score > 0.0);
    let mut scored: Vec<(usize, f64)> = matching.map(|(at, score)| (at, score + of_article)).collect();
    match best_of(&scored) {
        Some(best) => scored[best].1 += of_title,
        None => scored.push((0, of_article + of_title)),
    }
    scored
}

/// The place of the first of `scored` with the highest score.
fn best_of(scored: &[(usize, f64)]) -> Option<usize> {
    (0..scored.len()).reduce(|best, at| if scored[at].1 > scored[best].1 { at } else { best })
}

fn normalised(scores: Vec<f64>) -> Vec<f64> {
    let best = best(scores.iter().copied());
    scores.into_iter().map(|score| score / best).collect()
}

/// The highest of `scores`, or 1 where there is none above 0 to divide by.
fn best(scores: impl Iterator<Item = f64>) -> f64 {
    let highest = scores.fold(0.0, f64::max);
    if highest > 0.0 { highest } else { 1.0 }
}

/// The sum of `parts`, which of nothing is 0: that of std is -0, which isn't to be told.
fn sum(parts: impl Iterator<Item = f64>) -> f64 {
    parts.fold(0.0, |sum, part| sum + part)
}

fn mean(lengths: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = lengths.fold((0.0, 0.0), |(sum, count), length| (sum + length, count + 1.0));
    if sum > 0.0 { sum / count } else { 1.0 }
}

impl Evidence {
    /// Notes that the article came out on the day that the query names, by this `share`. Where it did, or in the month
    /// that is named or the one behind, the words that name it, which `names_day` tells, are said by that, and it doesn't
    /// matter whether they stand in it: an article tells nearly as seldom of itself in which month it came out.
    pub(crate) fn tell_the_day(&mut self, share: f64, names_day: impl Fn(&TermMatch) -> bool) {
        self.of_named_day = share;
        if share <= 0.0 {
            return;
        }
        for term in self.matches.iter_mut().filter(|term| names_day(term)) {
            self.day_weight += std::mem::take(&mut term.weight);
            term.positions.clear();
            term.place = None;
        }
    }

    /// Positions below it are the title's.
    fn title_end(&self) -> u32 {
        self.passages.first().map_or(0, |first| first.start)
    }

    fn body_tokens(&self) -> f64 {
        self.passages.iter().map(|passage| f64::from(passage.tokens)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn passage(start: u32, tokens: u32) -> Extent {
        Extent { start, tokens }
    }

    fn term(weight: f64, positions: &[u32]) -> TermMatch {
        TermMatch { weight, query_weight: 1.0, positions: positions.to_vec(), ..TermMatch::default() }
    }

    #[test]
    fn the_passage_with_more_of_the_query_comes_first() {
        let article = Evidence {
            relative_length: 1.0,
            passages: vec![passage(10, 100), passage(120, 100), passage(230, 100)],
            matches: vec![term(2.0, &[20, 130]), term(3.0, &[140])],
            ..Evidence::default()
        };
        let scores = &score(&[&article])[0];
        let [(0, first), (1, second)] = scores.passages[..] else { panic!("{scores:?}") };
        assert!(second > first);
    }

    /// An article with two words of the query in its title alone stood behind all that have the third, however rare the two
    /// are.
    #[test]
    fn words_in_the_title_count_in_the_best_passage() {
        let titled = |positions: [&[u32]; 2]| Evidence {
            relative_length: 1.0,
            title_tokens: 10,
            passages: vec![passage(20, 100), passage(120, 100)],
            matches: vec![term(4.0, positions[0]), TermMatch { term: 1, ..term(2.0, positions[1]) }],
            ..Evidence::default()
        };
        let scores = score(&[&titled([&[3], &[]]), &titled([&[], &[30]]), &titled([&[3], &[130]])]);
        let [rare_title, common_text, both] = [0, 1, 2].map(|at| &scores[at].passages);
        assert!(rare_title[0].1 > common_text[0].1, "{scores:?}");
        assert!(matches!(both[..], [(1, score)] if score > rare_title[0].1), "{scores:?}");
    }

    #[test]
    fn a_title_that_is_the_query_lifts_the_best_passage_alone() {
        let scores = |positions: [&[u32]; 2]| {
            let article = Evidence {
                relative_length: 1.0,
                title_tokens: 2,
                passages: [20, 120, 220].map(|start| passage(start, 100)).to_vec(),
                matches: positions.map(|positions| term(2.0, positions)).to_vec(),
                ..Evidence::default()
            };
            score(&[&article])[0].passages.iter().map(|(_, score)| *score).collect::<Vec<f64>>()
        };
        let (typed, other) = (scores([&[0, 30, 130, 230], &[1, 140]]), scores([&[30, 130, 230], &[140]]));
        assert!(typed[1] > other[1] + 0.5, "{typed:?} {other:?}");
        assert!(typed[0] < other[0] && typed[2] < other[2], "{typed:?} {other:?}");
    }

    #[test]
    fn words_of_the_day_on_which_an_article_came_out_count_whether_it_has_them_or_not() {
        let of_day = |positions: &[u32], share: f64| {
            let mut article = Evidence {
                relative_length: 1.0,
                passages: vec![passage(10, 100)],
                matches: vec![term(2.0, &[20]), TermMatch { term: 7, ..term(3.0, positions) }],
                ..Evidence::default()
            };
            article.tell_the_day(share, |term| term.term == 7);
            article
        };
        let scores = score(&[&of_day(&[], 1.0), &of_day(&[40, 50], 1.0), &of_day(&[40, 50], 0.0)]);
        let [without, with, other] = [0, 1, 2].map(|at| scores[at].passages[0].1);
        assert_eq!(without, with);
        assert!(with > other, "{with} {other}");
        // What came out in a month that is named is of it as well, and less so.
        let scores =
            score(&[&of_day(&[], 1.0), &of_day(&[], 0.5), &of_day(&[40, 50], 0.5), &of_day(&[], 0.0)]);
        let [day, month, saying, other] = [0, 1, 2, 3].map(|at| scores[at].passages[0].1);
        assert_eq!(month, saying);
        assert!(day > month && month > other, "{day} {month} {other}");
    }

    #[test]
    fn an_article_without_passages_still_has_a_score() {
        let scores = score(&[&Evidence::default()]);
        assert_eq!(scores, [Scores { article: 0.0, passages: vec![(0, 0.0)] }]);
    }

    proptest! {
        #[test]
        fn scores_are_finite_and_not_negative(
            relative_length in 0.0..50.0_f64,
            keys in prop::collection::vec((0..5_u64, 0..9_u32), 0..4),
            starts in prop::collection::btree_set(0_u32..500, 0..6),
            weights in prop::collection::vec((0.0..12.0_f64, prop::collection::btree_set(0_u32..600, 0..20)), 0..5),
        ) {
            let article = Evidence {
                relative_length,
                title_tokens: 3,
                day_weight: 0.5,
                keys: keys.into_iter().map(|(term, count)| KeyTerm { term, count }).collect(),
                passages: starts.into_iter().map(|start| passage(start, 50)).collect(),
                elsewhere: Vec::new(),
                of_named_day: 1.0,
                kindred: weights.iter().map(|(w, p)| term(*w, &p.iter().copied().collect::<Vec<_>>())).collect(),
                matches: weights.into_iter().map(|(w, p)| term(w, &p.into_iter().collect::<Vec<_>>())).collect(),
            };
            for scores in score(&[&article, &article]) {
                prop_assert!(scores.article.is_finite() && scores.article >= 0.0);
                prop_assert!(scores.passages.iter().all(|(_, s)| s.is_finite() && *s >= 0.0));
            }
        }
    }
}
