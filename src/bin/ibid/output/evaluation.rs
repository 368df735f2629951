//! How well runs rank: means, a line a run, and how they differ.

use std::collections::BTreeMap;
use std::io::{self, Write};

use ibid::eval::{Evaluation, Measure, Measures};
use serde::Serialize;

use super::{SummaryFormat, printable};

/// What a run or an index is called, and its measures.
pub struct Evaluated {
    /// Its name.
    pub name: String,
    /// Its measures.
    pub evaluation: Evaluation,
}

/// Columns of the names and of each value.
const NAME_COLUMNS: usize = 24;
const VALUE_COLUMNS: usize = 12;

/// Least value that four decimals show.
const LEAST_SHOWN: f64 = 0.0001;

/// Writes the measures of `runs`; of two, how the first differs from the second too.
pub fn write_evaluation(
    out: &mut dyn Write,
    runs: &[Evaluated],
    per_query: bool,
    format: SummaryFormat,
) -> io::Result<()> {
    match format {
        SummaryFormat::Json => write_json(out, runs, per_query),
        SummaryFormat::Text => write_text(out, runs, per_query),
    }
}

fn write_text(out: &mut dyn Write, runs: &[Evaluated], per_query: bool) -> io::Result<()> {
    let depth = depth(runs);
    let names = Measure::ALL.map(|measure| measure.name(depth));
    write_row(out, "", std::iter::once("queries".to_owned()).chain(names))?;
    for Evaluated { name, evaluation } in runs {
        if per_query {
            for (query, measures) in &evaluation.queries {
                write_row(out, query, std::iter::once(String::new()).chain(values(measures)))?;
            }
        }
        let queries = evaluation.queries.len().to_string();
        write_row(out, name, std::iter::once(queries).chain(values(&evaluation.mean())))?;
    }
    let [ours, theirs] = runs else { return Ok(()) };
    let (mean, baseline) = (ours.evaluation.mean(), theirs.evaluation.mean());
    let differences = Measure::ALL.map(|m| format!("{:+.4}", mean.get(m) - baseline.get(m)));
    write_row(out, "difference", std::iter::once(String::new()).chain(differences))?;
    let p_values = ours.evaluation.p_values(&theirs.evaluation);
    let p_values = Measure::ALL.map(|m| p_value(p_values[&m]));
    write_row(out, "by chance alone", std::iter::once(String::new()).chain(p_values))
}

/// How far down recall looks: all runs are measured alike.
fn depth(runs: &[Evaluated]) -> usize {
    runs.first().map_or(usize::MAX, |run| run.evaluation.depth)
}

/// No p-value is zero, so none is printed as such.
fn p_value(p: f64) -> String {
    if p < LEAST_SHOWN { format!("p < {LEAST_SHOWN}") } else { format!("p {p:.4}") }
}

fn values(measures: &Measures) -> [String; 4] {
    Measure::ALL.map(|measure| format!("{:.4}", measures.get(measure)))
}

fn write_row(out: &mut dyn Write, name: &str, cells: impl Iterator<Item = String>) -> io::Result<()> {
    write!(out, "{:<NAME_COLUMNS$}", printable(name))?;
    for cell in cells {
        write!(out, "{cell:>VALUE_COLUMNS$}")?;
    }
    writeln!(out)
}

fn write_json(out: &mut dyn Write, runs: &[Evaluated], per_query: bool) -> io::Result<()> {
    #[derive(Serialize)]
    struct OfRun<'a> {
        name: &'a str,
        queries: usize,
        mean: Measures,
        per_query: Option<&'a BTreeMap<String, Measures>>,
    }
    #[derive(Serialize)]
    struct Object<'a> {
        depth: Option<usize>,
        runs: Vec<OfRun<'a>>,
        p_values: Option<BTreeMap<Measure, f64>>,
    }
    let of_runs = runs.iter().map(|run| OfRun {
        name: &run.name,
        queries: run.evaluation.queries.len(),
        mean: run.evaluation.mean(),
        per_query: per_query.then_some(&run.evaluation.queries),
    });
    let of_runs = of_runs.collect();
    let p_values = match runs {
        [ours, theirs] => Some(ours.evaluation.p_values(&theirs.evaluation)),
        _ => None,
    };
    let depth = Some(depth(runs)).filter(|&depth| depth < Measure::FULL_DEPTH);
    super::json::write_object(out, &Object { depth, runs: of_runs, p_values })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The least that drawing signs can give was shown as nothing.
    #[test]
    fn a_small_p_value_is_not_shown_as_zero() {
        assert_eq!(
            [1.0, 0.0312, 0.0001, 0.000_049_997].map(p_value),
            ["p 1.0000", "p 0.0312", "p 0.0001", "p < 0.0001"]
        );
    }
}
