//! What is in an index.

use std::io::{self, Write};

use ibid::engine::{CopyStats, IndexStats};

use super::named::counted;
use super::upkeep::size;
use super::{SummaryFormat, from_to};

/// Writes what is in an index.
pub fn write_stats(out: &mut dyn Write, stats: &IndexStats, format: SummaryFormat) -> io::Result<()> {
    match format {
        SummaryFormat::Json => super::json::write_object(out, stats),
        SummaryFormat::Text => write_text(out, stats),
    }
}

fn write_text(out: &mut dyn Write, stats: &IndexStats) -> io::Result<()> {
    writeln!(out, "articles   {}", stats.articles)?;
    writeln!(out, "passages   {}", stats.passages)?;
    if stats.without_recurring > 0 {
        writeln!(
            out,
            "furniture  taken out of {}: it recurs on their site",
            counted(stats.without_recurring, "article")
        )?;
    }
    if stats.near_copies.clusters > 0 {
        let CopyStats { clusters, articles } = stats.near_copies;
        let clusters = counted(clusters, "cluster");
        writeln!(out, "copies     {articles} articles in {clusters} of nearly the same text")?;
    }
    if let Some((first, last)) = stats.published {
        writeln!(out, "published  {}", from_to(first, last))?;
    }
    let languages: Vec<String> =
        stats.languages.iter().map(|part| format!("{} {}", part.language, part.articles)).collect();
    if !languages.is_empty() {
        writeln!(out, "languages  {}", languages.join(", "))?;
    }
    let inputs = stats.inputs.iter().filter(|(_, count)| **count > 0);
    let inputs: Vec<String> =
        inputs.map(|(state, count)| format!("{} {count}", state.replace('_', " "))).collect();
    if !inputs.is_empty() {
        writeln!(out, "inputs     {}", inputs.join(", "))?;
    }
    let versions: Vec<String> =
        stats.versions.iter().map(|(part, version)| format!("{part} {version}")).collect();
    writeln!(out, "versions   {}", versions.join(", "))?;
    writeln!(out, "on disk    {}", size(stats.bytes, stats.segments))
}
