//! The summary of an ingest: what became of all inputs, and how fast.

use std::io::{self, Write};

use ibid::engine::{InputRecord, InputState};
use ibid::ingest::{Recurred, Report};
use serde::Serialize;

use super::named::counted;
use super::{SummaryFormat, brief, printable};

/// A report and how long the run took.
#[derive(Serialize)]
pub struct Summary<'a> {
    /// What became of the inputs.
    #[serde(flatten)]
    pub report: &'a Report,
    /// Seconds from start to last commit.
    pub seconds: f64,
}

/// Writes the summary of an ingest.
pub fn write_summary(out: &mut dyn Write, summary: &Summary<'_>, format: SummaryFormat) -> io::Result<()> {
    match format {
        SummaryFormat::Json => super::json::write_object(out, summary),
        SummaryFormat::Text => write_text(out, summary),
    }
}

/// The account of a run that ended before.
#[derive(Serialize)]
pub struct Account<'a> {
    /// When it began.
    begun: Option<&'a str>,
    /// Whether it hasn't said that it ended, so that it may be under way.
    #[serde(skip)]
    may_be_under_way: bool,
    /// What became of its inputs.
    #[serde(flatten)]
    report: &'a Report,
    /// What is set aside, by this run or an earlier one.
    set_aside_inputs: Vec<SetAside<'a>>,
}

/// An input that is set aside.
#[derive(Serialize)]
struct SetAside<'a> {
    locator: &'a str,
    reason: &'a str,
}

impl<'a> Account<'a> {
    /// The account of the run with this `report`, which was `begun` then, `may_be_under_way` and after which the index
    /// knows `inputs`.
    pub fn of(
        report: &'a Report,
        begun: Option<&'a str>,
        may_be_under_way: bool,
        inputs: &'a [InputRecord],
    ) -> Self {
        let set_aside = |record: &'a InputRecord| {
            let (state, reason) = record.latest();
            let (locator, reason) = (record.locator.as_str(), reason.unwrap_or_default());
            (state == InputState::SetAside).then_some(SetAside { locator, reason })
        };
        let set_aside_inputs = inputs.iter().filter_map(set_aside).collect();
        Self { begun, may_be_under_way, report, set_aside_inputs }
    }
}

/// Writes the account of a run that ended before.
pub fn write_account(out: &mut dyn Write, account: &Account<'_>, format: SummaryFormat) -> io::Result<()> {
    if format == SummaryFormat::Json {
        return super::json::write_object(out, account);
    }
    if let Some(begun) = account.begun {
        writeln!(out, "begun {begun}")?;
    }
    write_counts(out, account.report)?;
    for SetAside { locator, reason } in &account.set_aside_inputs {
        writeln!(out, "set aside: {}: {}", brief(locator), brief(reason))?;
    }
    if account.report.interrupted {
        let how = if account.may_be_under_way {
            "is under way, or was killed"
        } else {
            "was interrupted, or failed"
        };
        writeln!(
            out,
            "the run {how}: counted is what it has committed, and the next one goes on from there"
        )?;
    }
    Ok(())
}

fn write_text(out: &mut dyn Write, Summary { report, seconds }: &Summary<'_>) -> io::Result<()> {
    write_counts(out, report)?;
    let megabytes = report.bytes as f64 / 1e6;
    let rate = if *seconds > 0.0 { megabytes / seconds } else { 0.0 };
    writeln!(out, "{megabytes:.1} MB read in {seconds:.1} s, {rate:.1} MB/s")?;
    if report.interrupted {
        writeln!(out, "interrupted: what is counted is committed, the next run goes on from here")?;
    }
    Ok(())
}

fn write_counts(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    for (name, count) in states(report) {
        writeln!(out, "{count:>9} {name}")?;
    }
    writeln!(out, "{:>9} {}", report.inputs, inputs(report))?;
    if report.removed > 0 {
        let (articles, they_were) =
            if report.removed == 1 { ("article", "it was") } else { ("articles", "they were") };
        writeln!(out, "{:>9} {articles} removed: what {they_were} made of is gone", report.removed)?;
    }
    if report.gone > 0 {
        let (inputs, drops) = if report.gone == 1 { ("input is", "it") } else { ("inputs are", "them") };
        writeln!(out, "{:>9} {inputs} no longer in the archive read: `--prune` drops {drops}", report.gone)?;
    }
    for Recurred { host, blocks, articles } in &report.recurring {
        let (blocks, articles) = (counted(*blocks, "block"), counted(*articles, "article"));
        writeln!(out, "furniture: {blocks} recurring on {} taken out of {articles}", printable(host))?;
    }
    if report.put_back > 0 {
        writeln!(out, "furniture: put back into {}", counted(report.put_back, "article"))?;
    }
    Ok(())
}

/// The summary in one line, for a command that does more than ingest.
pub fn one_line_summary(report: &Report) -> String {
    let parts: Vec<String> = states(report)
        .into_iter()
        .filter(|&(_, count)| count > 0)
        .map(|(name, count)| format!("{count} {name}"))
        .collect();
    format!("{} {}: {}", report.inputs, inputs(report), parts.join(", "))
}

fn inputs(report: &Report) -> &'static str {
    if report.inputs == 1 { "input" } else { "inputs" }
}

fn states(report: &Report) -> [(&'static str, u64); 6] {
    [
        ("indexed", report.indexed),
        ("updated", report.updated),
        ("unchanged", report.unchanged),
        (if report.duplicates == 1 { "duplicate" } else { "duplicates" }, report.duplicates),
        ("skipped", report.skipped),
        ("set aside", report.set_aside),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        Report {
            inputs: 12,
            indexed: 7,
            duplicates: 1,
            skipped: 3,
            set_aside: 1,
            bytes: 2_500_000,
            ..Report::default()
        }
    }

    #[test]
    fn the_summary_adds_up() {
        let mut out = Vec::new();
        let report = report();
        write_summary(&mut out, &Summary { report: &report, seconds: 0.5 }, SummaryFormat::Text).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r"
                7 indexed
                0 updated
                0 unchanged
                1 duplicate
                3 skipped
                1 set aside
               12 inputs
        2.5 MB read in 0.5 s, 5.0 MB/s
        ");
        let removed = |removed: u64| {
            let mut out = Vec::new();
            write_counts(&mut out, &Report { removed, ..Report::default() }).unwrap();
            String::from_utf8(out).unwrap().lines().last().unwrap().trim().to_owned()
        };
        assert_eq!(removed(1), "1 article removed: what it was made of is gone");
        assert_eq!(removed(2), "2 articles removed: what they were made of is gone");
        assert_eq!(one_line_summary(&report), "12 inputs: 7 indexed, 1 duplicate, 3 skipped, 1 set aside");
    }
}
