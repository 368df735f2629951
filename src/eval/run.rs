//! [`Run`]: what a search gave for each query; TREC's run format.

use std::collections::{BTreeMap, HashSet};

use super::column::named_by;
use super::{Judgements, check_queries};
use crate::error::EvalError;
use crate::search::ArticleHit;

/// Scores of articles by query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    by_query: BTreeMap<String, Vec<(String, f64)>>,
}

impl Run {
    /// Reads lines of `query Q0 article rank score tag`.
    ///
    /// # Errors
    ///
    /// With the first line that isn't like that, or that gives an article twice.
    pub fn parse(text: &str) -> Result<Self, EvalError> {
        let mut run = Self::default();
        let mut given = HashSet::new();
        for (line, columns) in columns(text) {
            let &[query, _, article, _, score, _] = columns.as_slice() else {
                let reason = "not `query Q0 article rank score tag`".to_owned();
                return Err(EvalError::Line { line, reason });
            };
            let number = score.parse().ok().filter(|score: &f64| score.is_finite());
            let reason = format!("the score `{score}` is no number");
            let score = number.ok_or(EvalError::Line { line, reason })?;
            if !given.insert((query, article)) {
                let reason =
                    format!("the article `{article}` is given a second time for the query `{query}`");
                return Err(EvalError::Line { line, reason });
            }
            run.by_query.entry(named_by(query)).or_default().push((named_by(article), score));
        }
        Ok(run)
    }

    /// Adds the articles that answer `query`, best first.
    pub fn add_answers(&mut self, query: &str, hits: &[ArticleHit]) {
        let answers = self.by_query.entry(named_by(query)).or_default();
        answers.extend(hits.iter().map(|hit| (named_by(&hit.article), hit.score)));
    }

    /// Checks a run that was made elsewhere: that it says something, and names queries and articles as `judgements` do.
    ///
    /// # Errors
    ///
    /// If every measure would be a zero that says nothing.
    pub fn check_names(&self, judgements: &Judgements) -> Result<(), EvalError> {
        let articles = || self.by_query.values().flatten().map(|(article, _)| article.as_str());
        let Some(article) = articles().next() else { return Err(EvalError::EmptyRun) };
        check_queries(self.queries(), judgements)?;
        let judged = judgements.articles();
        match judged.first() {
            Some(judged_as) if !articles().any(|article| judged.contains(article)) => {
                Err(EvalError::NoArticleIsJudged {
                    article: article.to_owned(),
                    judged: (*judged_as).to_owned(),
                })
            }
            _ => Ok(()),
        }
    }

    /// The names of the queries that have an answer, in order.
    pub fn queries(&self) -> impl Iterator<Item = &str> {
        self.by_query.keys().map(String::as_str)
    }

    /// The articles for the query `name`, each once, best first: by score, and as TREC's own tool has it, of equal
    /// scores the last by name first. Ranks don't count.
    #[must_use]
    pub fn ranked(&self, name: &str) -> Vec<&str> {
        let mut answers: Vec<&(String, f64)> = self.by_query.get(name).into_iter().flatten().collect();
        answers.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| b.0.cmp(&a.0)));
        let mut seen = HashSet::new();
        answers
            .into_iter()
            .map(|(article, _)| article.as_str())
            .filter(|article| seen.insert(*article))
            .collect()
    }
}

/// The lines of `text` that aren't blank, with their numbers from 1, as columns.
pub(super) fn columns(text: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    let lines = (1..).zip(text.trim_start_matches('\u{feff}').lines());
    lines
        .map(|(number, line)| (number, line.split_whitespace().collect()))
        .filter(|(_, columns): &(_, Vec<_>)| !columns.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_decide_and_not_ranks() {
        let run = Run::parse("q Q0 a 1 0.5 t\nq Q0 b 2 0.9 t\nq Q0 c 3 0.5 t\n").unwrap();
        assert_eq!(run.ranked("q"), ["b", "c", "a"]);
        assert!(run.ranked("r").is_empty());
    }

    /// The last of two scores for one article was left out, or the first, without a word.
    #[test]
    fn an_article_given_twice_is_named() {
        let error = Run::parse("q Q0 a 1 0.5 t\nr Q0 a 1 0.5 t\nq Q0 a 2 0.1 t\n").unwrap_err();
        assert_eq!(error.to_string(), "line 3: the article `a` is given a second time for the query `q`");
    }

    #[test]
    fn a_faulty_line_is_named() {
        let error = |text| Run::parse(text).unwrap_err().to_string();
        assert_eq!(error("q Q0 a 1 0.5"), "line 1: not `query Q0 article rank score tag`");
        assert_eq!(error("\nq Q0 a 1 NaN t"), "line 2: the score `NaN` is no number");
    }
}
