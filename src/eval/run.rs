//! [`Run`]: what a search gave for each query; TREC's run format.

use std::collections::BTreeMap;

use crate::error::EvalError;

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
        for (line, columns) in columns(text) {
            let &[query, _, article, _, score, _] = columns.as_slice() else {
                let reason = "not `query Q0 article rank score tag`".to_owned();
                return Err(EvalError::Line { line, reason });
            };
            let number = score.parse().ok().filter(|score: &f64| score.is_finite());
            let reason = format!("the score `{score}` is no number");
            run.add(query, article, number.ok_or(EvalError::Line { line, reason })?);
        }
        Ok(run)
    }

    /// Adds an article that answers `query`.
    pub fn add(&mut self, query: &str, article: &str, score: f64) {
        self.by_query.entry(trec_column(query)).or_default().push((trec_column(article), score));
    }

    /// The names of the queries that have an answer, in order.
    pub fn queries(&self) -> impl Iterator<Item = &str> {
        self.by_query.keys().map(String::as_str)
    }

    /// Whether the query `name` has an answer.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.by_query.contains_key(name)
    }

    /// The articles for the query `name`, each once, best first: by score, and as TREC's own tool has it, of equal
    /// scores the last by name first. Ranks don't count.
    #[must_use]
    pub fn ranked(&self, name: &str) -> Vec<&str> {
        let mut answers: Vec<&(String, f64)> = self.by_query.get(name).into_iter().flatten().collect();
        answers.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| b.0.cmp(&a.0)));
        let mut seen = std::collections::HashSet::new();
        answers
            .into_iter()
            .map(|(article, _)| article.as_str())
            .filter(|article| seen.insert(*article))
            .collect()
    }
}

/// `name` as a column of TREC's formats, which are parted by spaces.
#[must_use]
pub fn trec_column(name: &str) -> String {
    name.replace(char::is_whitespace, "_")
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
        let run = Run::parse("q Q0 a 1 0.5 t\nq Q0 b 2 0.9 t\nq Q0 c 3 0.5 t\nq Q0 a 4 0.1 t\n").unwrap();
        assert_eq!(run.ranked("q"), ["b", "c", "a"]);
        assert!(run.ranked("r").is_empty());
    }

    #[test]
    fn a_faulty_line_is_named() {
        let error = |text| Run::parse(text).unwrap_err().to_string();
        assert_eq!(error("q Q0 a 1 0.5"), "line 1: not `query Q0 article rank score tag`");
        assert_eq!(error("\nq Q0 a 1 NaN t"), "line 2: the score `NaN` is no number");
    }
}
