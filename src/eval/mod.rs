//! How well articles are ranked: runs and judgements in TREC's formats in, measures out.
//!
//! A **topic** is a query with a name, **judgements** say which articles answer it, a **run** is what a search
//! gave. Files are read and results are shown elsewhere.

mod column;
mod judgements;
mod measures;
mod run;
mod significance;
mod topics;

pub use column::trec_column;
pub use judgements::Judgements;
pub use measures::{Measure, Measures};
pub use run::Run;
pub use significance::paired_p_value;
pub use topics::{Topic, parse_topics};

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::Searcher;
use crate::error::{Error, EvalError};
use crate::query::Query;
use crate::search::{ArticleHit, PerArticle, Request, articles};
use column::named_by;

/// The measures of a run, query by query; a query with something relevant that the run doesn't answer has zeros.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// How many articles a query were asked for: recall and MRR look no further.
    pub depth: usize,
    /// By the query's name.
    pub queries: BTreeMap<String, Measures>,
}

impl Evaluation {
    /// The means over all queries.
    #[must_use]
    pub fn mean(&self) -> Measures {
        Measures::mean(self.queries.values())
    }

    /// For each measure, how likely a difference as large as that between the means of this and `baseline` is if
    /// the two rank alike: over the queries that both have.
    #[must_use]
    pub fn p_values(&self, baseline: &Self) -> BTreeMap<Measure, f64> {
        let pairs: Vec<(&Measures, &Measures)> = self
            .queries
            .iter()
            .filter_map(|(name, ours)| Some((ours, baseline.queries.get(name)?)))
            .collect();
        let p_value = |measure: Measure| {
            let differences: Vec<f64> =
                pairs.iter().map(|(ours, theirs)| ours.get(measure) - theirs.get(measure)).collect();
            paired_p_value(&differences)
        };
        Measure::ALL.into_iter().map(|measure| (measure, p_value(measure))).collect()
    }
}

/// Measures `run` by `judgements`, over the queries that have something relevant, as far down as the `depth` articles
/// that a query were asked for.
///
/// # Errors
///
/// If nothing is judged relevant, or if the run and the judgements have no query in common.
pub fn evaluate(run: &Run, judgements: &Judgements, depth: usize) -> Result<Evaluation, EvalError> {
    check_queries(run.queries(), judgements)?;
    let measured = judgements.queries_with_relevant().map(|name| {
        let measures = Measures::of(&run.ranked(name), judgements.grades(name), depth);
        (name.to_owned(), measures)
    });
    Ok(Evaluation { depth, queries: measured.collect() })
}

/// Checks that `judgements` call something relevant to one of the queries called `names`, if there are any.
///
/// # Errors
///
/// If they don't: every measure would be zero, and say nothing.
pub fn check_queries<'n>(
    names: impl Iterator<Item = &'n str>,
    judgements: &Judgements,
) -> Result<(), EvalError> {
    let judged: BTreeSet<&str> = judgements.queries_with_relevant().collect();
    let Some(first_judged) = judged.first() else { return Err(EvalError::NothingRelevant) };
    let names: Vec<String> = names.map(named_by).collect();
    match names.first() {
        Some(query) if !names.iter().any(|name| judged.contains(name.as_str())) => {
            Err(EvalError::NoQueryIsJudged { query: query.clone(), judged: (*first_judged).to_owned() })
        }
        _ => Ok(()),
    }
}

/// The queries to which `judgements` call something relevant and that aren't among those called `names`: each counts as
/// zero.
#[must_use]
pub fn judged_but_not_asked<'n, 'j>(
    names: impl Iterator<Item = &'n str>,
    judgements: &'j Judgements,
) -> Vec<&'j str> {
    let names: BTreeSet<String> = names.map(named_by).collect();
    judgements.queries_with_relevant().filter(|&judged| !names.contains(judged)).collect()
}

/// The first `limit` articles for `query`, copies too, since judgements are of articles.
///
/// # Errors
///
/// If the index can't be read.
pub fn answer(searcher: &dyn Searcher, query: &Query, limit: usize) -> Result<Vec<ArticleHit>, Error> {
    let per_article = PerArticle::AtMost(1);
    articles(searcher, &Request { query, limit, offset: 0, per_article, all_copies: true, explain: false })
}

/// Of the articles that judgements call relevant, those that no answer can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unnamed {
    /// How many aren't in the index.
    pub missing: usize,
    /// How many are ids of several articles there, which are called by ibid's own ids then.
    pub ambiguous: usize,
}

/// Which of the articles that `judgements` call relevant no answer of `searcher` can name. A name may be judged as a
/// run writes it, `a%20b`, or as it is.
///
/// # Errors
///
/// If the index is empty, if none of them is there, or if the index can't be read.
pub fn relevant_but_unnamed(searcher: &dyn Searcher, judgements: &Judgements) -> Result<Unnamed, Error> {
    if searcher.stats()?.articles == 0 {
        return Err(EvalError::EmptyIndex.into());
    }
    let relevant = judgements.relevant();
    let (mut missing, mut ambiguous) = (BTreeSet::new(), 0);
    for &article in &relevant {
        match searcher.find(article)?.len() {
            0 => drop(missing.insert(article)),
            1 => {}
            _ => ambiguous += 1,
        }
    }
    if missing.iter().any(|article| trec_column(article) != *article) {
        for id in searcher.given_ids()? {
            let name = named_by(&id);
            if missing.contains(name.as_str()) && !searcher.find(&id)?.is_empty() {
                missing.remove(name.as_str());
            }
        }
    }
    match relevant.first() {
        Some(&example) if missing.len() == relevant.len() => {
            let (judged, example) = (missing.len(), example.to_owned());
            Err(EvalError::NothingJudgedIsThere { judged, example }.into())
        }
        _ => Ok(Unnamed { missing: missing.len(), ambiguous }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JUDGED: &str = "q1 0 a 1\nq1 0 b 2\nq2 0 c 1\nq3 0 d 0\n";

    #[test]
    fn a_judged_query_that_is_not_answered_counts_as_zero() {
        let judgements = Judgements::parse(JUDGED).unwrap();
        let run = Run::parse("q1 Q0 b 1 2.0 x\nq1 Q0 a 2 1.0 x\nq3 Q0 d 1 1.0 x\n").unwrap();
        let evaluation = evaluate(&run, &judgements, 100).unwrap();
        assert_eq!(evaluation.queries.keys().collect::<Vec<_>>(), ["q1", "q2"]);
        assert_eq!(evaluation.queries["q1"].get(Measure::Ndcg), 1.0);
        assert_eq!(evaluation.mean().get(Measure::Ndcg), 0.5);
    }

    #[test]
    fn names_that_never_meet_are_an_error_and_no_zero() {
        let judgements = Judgements::parse(JUDGED).unwrap();
        let error = evaluate(&Run::parse("7 Q0 a 1 1.0 x\n").unwrap(), &judgements, 100).unwrap_err();
        assert_eq!(
            error.to_string(),
            "no query has judgements: queries are named as `7`, judgements name them as `q1`"
        );
        let nothing = Judgements::parse("q3 0 d 0\n").unwrap();
        assert!(evaluate(&Run::parse("q3 Q0 d 1 1.0 x\n").unwrap(), &nothing, 100).is_err());
    }

    /// A run that says nothing, or names articles otherwise, had zeros for measures.
    #[test]
    fn a_run_that_cannot_be_measured_is_an_error_and_no_zero() {
        let judgements = Judgements::parse(JUDGED).unwrap();
        let error =
            |run| Run::parse(run).unwrap().check_names(&judgements).map_err(|error| error.to_string());
        assert_eq!(error("").unwrap_err(), "the run has no answer");
        assert_eq!(
            error("q1 Q0 http://a 1 1.0 x\n").unwrap_err(),
            "no article of the run has judgements: it names them as `http://a`, judgements name them as `a`"
        );
        assert!(error("7 Q0 a 1 1.0 x\n").is_err());
        assert_eq!(error("q1 Q0 d 1 1.0 x\nq2 Q0 http://c 1 1.0 x\n"), Ok(()));
    }
}
