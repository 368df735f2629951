//! Measures of one ranking against the judgements for its query.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

/// Places that nDCG and MRR look at: the first page.
const PAGE: usize = 10;

/// Places that recall looks at.
const FAR: usize = 100;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Measure {
    /// Normalised discounted cumulative gain of the first 10, gain by grade: Järvelin and Kekäläinen 2002.
    #[serde(rename = "ndcg_at_10")]
    Ndcg,
    /// The share of what is relevant that is among the first 100.
    #[serde(rename = "recall_at_100")]
    Recall,
    /// Mean average precision over all that was given.
    #[serde(rename = "map")]
    Map,
    /// One over the place of the first relevant article, if it is among the first 10.
    #[serde(rename = "mrr_at_10")]
    Mrr,
}

impl Measure {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Ndcg, Self::Recall, Self::Map, Self::Mrr];

    /// Where asking for more articles changes no name: as far as any measure looks but MAP, which looks at all.
    pub const FULL_DEPTH: usize = FAR;

    /// Its name where `depth` articles a query were asked for: it says how far is looked.
    #[must_use]
    pub fn name(self, depth: usize) -> String {
        match self {
            Self::Ndcg => format!("nDCG@{PAGE}"),
            Self::Recall => format!("recall@{}", FAR.min(depth)),
            Self::Map => "MAP".to_owned(),
            Self::Mrr => format!("MRR@{}", PAGE.min(depth)),
        }
    }
}

/// A value from 0 to 1 for each [`Measure`].
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Measures(BTreeMap<Measure, f64>);

impl Measures {
    /// Those of articles `ranked`, best first and each once, by their `grades`, of which one is above 0. Recall and MRR
    /// look at the first `depth` at most.
    pub(super) fn of(ranked: &[&str], grades: &HashMap<String, u32>, depth: usize) -> Self {
        let found: Vec<u32> =
            ranked.iter().map(|&article| grades.get(article).copied().unwrap_or(0)).collect();
        let mut relevant: Vec<u32> = grades.values().copied().filter(|&grade| grade > 0).collect();
        relevant.sort_unstable_by(|a, b| b.cmp(a));
        let all = relevant.len().max(1) as f64;
        let within = |places: usize| found.iter().take(places).filter(|&&grade| grade > 0).count() as f64;
        let first = found.iter().take(PAGE.min(depth)).position(|&grade| grade > 0);
        Self(BTreeMap::from([
            (Measure::Ndcg, gain(&found) / gain(&relevant).max(f64::MIN_POSITIVE)),
            (Measure::Recall, within(FAR.min(depth)) / all),
            (Measure::Map, precisions(&found) / all),
            (Measure::Mrr, first.map_or(0.0, |at| 1.0 / (at as f64 + 1.0))),
        ]))
    }

    /// The mean of each measure.
    pub(super) fn mean<'m>(all: impl ExactSizeIterator<Item = &'m Self>) -> Self {
        let count = all.len().max(1) as f64;
        let mut sums: BTreeMap<Measure, f64> = BTreeMap::new();
        for measures in all {
            for (&measure, value) in &measures.0 {
                *sums.entry(measure).or_default() += value;
            }
        }
        // Parts of one that are added up may come to more than one; no sum of ones is rounded.
        for sum in sums.values_mut() {
            *sum /= count;
        }
        Self(sums)
    }

    /// The value of `measure`.
    #[must_use]
    pub fn get(&self, measure: Measure) -> f64 {
        self.0.get(&measure).copied().unwrap_or(0.0)
    }
}

/// Discounted cumulative gain of the first page.
fn gain(grades: &[u32]) -> f64 {
    let places = grades.iter().take(PAGE).enumerate();
    // The sum of nothing is a negative zero, which would be shown as such.
    places.fold(0.0, |sum, (at, &grade)| sum + f64::from(grade) / (at as f64 + 2.0).log2())
}

/// The sum of the precision at each relevant article.
fn precisions(found: &[u32]) -> f64 {
    let (mut relevant, mut sum) = (0.0, 0.0);
    for (at, _) in found.iter().enumerate().filter(|&(_, &grade)| grade > 0) {
        relevant += 1.0;
        sum += relevant / (at as f64 + 1.0);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(ranked: &[&str]) -> [f64; 4] {
        let grades = [("a", 2), ("b", 1), ("c", 0)].map(|(name, grade)| (name.to_owned(), grade));
        let measures = Measures::of(ranked, &grades.into(), usize::MAX);
        Measure::ALL.map(|measure| measures.get(measure))
    }

    #[test]
    fn the_ideal_order_is_one_and_nothing_is_zero() {
        assert_eq!(measured(&["a", "b"]), [1.0; 4]);
        assert_eq!(measured(&["c", "x"]), [0.0; 4]);
        assert_eq!(measured(&[]), [0.0; 4]);
    }

    #[test]
    fn places_and_grades_count() {
        let [ndcg, recall, map, mrr] = measured(&["c", "b", "a"]);
        let ideal = 2.0 + 1.0 / 3.0_f64.log2();
        assert!((ndcg - (1.0 / 3.0_f64.log2() + 1.0) / ideal).abs() < 1e-12);
        assert_eq!((recall, mrr), (1.0, 0.5));
        assert!((map - f64::midpoint(0.5, 2.0 / 3.0)).abs() < 1e-12);
    }

    /// Parts of one were added up, and 1.0000000000000004 was shown for a run without a fault.
    #[test]
    fn the_mean_of_perfect_runs_is_one() {
        let grades = [("a".to_owned(), 1)].into();
        let perfect = Measures::of(&["a"], &grades, usize::MAX);
        for count in 1..200 {
            let mean = Measures::mean(vec![&perfect; count].into_iter());
            assert_eq!(Measure::ALL.map(|measure| mean.get(measure)), [1.0; 4], "{count}");
        }
    }

    #[test]
    fn what_is_far_down_counts_for_what_looks_that_far() {
        let names: Vec<String> = (0..99).map(|n| format!("x{n}")).collect();
        let mut ranked: Vec<&str> = names.iter().map(String::as_str).collect();
        ranked.extend(["a", "b"]);
        let [ndcg, recall, map, mrr] = measured(&ranked);
        assert_eq!((ndcg, recall, mrr), (0.0, 0.5, 0.0));
        assert!(map > 0.0);
    }
}
