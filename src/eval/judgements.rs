//! [`Judgements`]: which articles answer which query, and how well; TREC's qrels.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::column::named_by;
use super::run::columns;
use crate::error::EvalError;

/// Grades of articles by query: above 0 is relevant, and more is better.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgements {
    by_query: BTreeMap<String, HashMap<String, u32>>,
}

impl Judgements {
    /// Reads lines of `query iteration article grade`; a grade below 0 is read as 0.
    ///
    /// # Errors
    ///
    /// With the first line that isn't like that, or that gives an article another grade than a line before.
    pub fn parse(text: &str) -> Result<Self, EvalError> {
        let mut judgements = Self::default();
        for (line, columns) in columns(text) {
            let &[query, _, article, grade] = columns.as_slice() else {
                let reason = "not `query 0 article grade`".to_owned();
                return Err(EvalError::Line { line, reason });
            };
            let reason = format!("the grade `{grade}` is no whole number");
            let grade: i64 = grade.parse().map_err(|_| EvalError::Line { line, reason })?;
            let grade = u32::try_from(grade.max(0)).unwrap_or(u32::MAX);
            let grades = judgements.by_query.entry(named_by(query)).or_default();
            if grades.insert(named_by(article), grade).is_some_and(|before| before != grade) {
                let reason =
                    format!("the article `{article}` has another grade for the query `{query}` before");
                return Err(EvalError::Line { line, reason });
            }
        }
        Ok(judgements)
    }

    /// The names of the queries that something is relevant to, in order.
    pub fn queries_with_relevant(&self) -> impl Iterator<Item = &str> {
        let with_relevant =
            self.by_query.iter().filter(|(_, grades)| grades.values().any(|&grade| grade > 0));
        with_relevant.map(|(name, _)| name.as_str())
    }

    /// The articles that are relevant to any query.
    #[must_use]
    pub fn relevant(&self) -> BTreeSet<&str> {
        let grades = self.by_query.values().flatten();
        grades.filter(|&(_, &grade)| grade > 0).map(|(article, _)| article.as_str()).collect()
    }

    /// The articles that are judged for any query.
    pub(super) fn articles(&self) -> BTreeSet<&str> {
        self.by_query.values().flatten().map(|(article, _)| article.as_str()).collect()
    }

    /// The grades for the query `name`.
    pub(super) fn grades(&self, name: &str) -> &HashMap<String, u32> {
        static NONE: std::sync::LazyLock<HashMap<String, u32>> = std::sync::LazyLock::new(HashMap::new);
        self.by_query.get(name).unwrap_or(&NONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_faulty_line_is_named() {
        let error = |text| Judgements::parse(text).unwrap_err().to_string();
        assert_eq!(error("q 0 a 1\n\nq 0 b"), "line 3: not `query 0 article grade`");
        assert_eq!(error("q 0 a high"), "line 1: the grade `high` is no whole number");
    }

    /// The last of two judgements counted, without a word.
    #[test]
    fn a_second_judgement_that_differs_is_named() {
        let error = Judgements::parse("q 0 a 1\nr 0 a 0\nq 0 a 1\nq 0 a 2").unwrap_err().to_string();
        assert_eq!(error, "line 4: the article `a` has another grade for the query `q` before");
    }

    #[test]
    fn grades_below_zero_are_not_relevant() {
        let judgements = Judgements::parse("q 0 a -2\nq 0 b 1\nr 0 c 0").unwrap();
        assert_eq!(judgements.relevant(), BTreeSet::from(["b"]));
        assert_eq!(judgements.queries_with_relevant().collect::<Vec<_>>(), ["q"]);
    }
}
