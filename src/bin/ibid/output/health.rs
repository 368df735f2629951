//! What a check of an index found, and what a repair saved.

use std::io::{self, Write};

use ibid::check::{Health, Repaired};
use serde::Serialize;

use super::named::counted;
use super::{SummaryFormat, printable};

/// How many inputs are how, compared with what an index knows of them. Each is counted once.
#[derive(Default, Serialize)]
pub struct InputsNow {
    /// Inputs that are as they were.
    pub as_they_were: u64,
    /// Inputs that hold something else, or can't be read any more.
    pub changed: u64,
    /// Inputs that the index doesn't know.
    pub new: u64,
    /// Inputs that the index knows, and that aren't there.
    pub gone: u64,
}

impl InputsNow {
    /// Whether any isn't as it was.
    pub fn differ(&self) -> bool {
        self.changed + self.new + self.gone > 0
    }
}

/// What is known of an index after it was checked.
pub struct Checked<'a> {
    /// What was found in it.
    pub health: &'a Health,
    /// How it compares with its inputs, if that was asked.
    pub inputs_now: Option<&'a InputsNow>,
    /// What was done about it, if that was asked.
    pub repaired: Option<&'a Repaired>,
    /// Whether nothing had to be written anew but what says the same as other files of the index.
    pub is_spare_renewed: bool,
}

/// Writes what was found.
pub fn write_checked(out: &mut dyn Write, checked: &Checked<'_>, format: SummaryFormat) -> io::Result<()> {
    match format {
        SummaryFormat::Json => write_json(out, checked),
        SummaryFormat::Text => write_text(out, checked),
    }
}

fn write_json(out: &mut dyn Write, checked: &Checked<'_>) -> io::Result<()> {
    #[derive(Serialize)]
    struct Object<'a> {
        sound: bool,
        #[serde(flatten)]
        health: &'a Health,
        inputs_now: Option<&'a InputsNow>,
        repaired: Option<&'a Repaired>,
    }
    let Checked { health, inputs_now, repaired, .. } = *checked;
    super::json::write_object(out, &Object { sound: health.is_sound(), health, inputs_now, repaired })
}

fn write_text(out: &mut dyn Write, checked: &Checked<'_>) -> io::Result<()> {
    let health = checked.health;
    for finding in &health.findings {
        writeln!(out, "{}: {}", printable(&finding.place), printable(&finding.reason))?;
    }
    let more = health.found - health.findings.len() as u64;
    if more > 0 {
        writeln!(out, "and {more} more")?;
    }
    let verdict = if health.is_sound() { "sound" } else { "damaged" };
    let Health { articles, passages, inputs, containers, .. } = *health;
    let holders =
        if containers > 0 { format!(", {}", counted(containers, "container")) } else { String::new() };
    let (articles, passages) = (counted(articles, "article"), counted(passages, "passage"));
    writeln!(out, "{verdict}: {articles}, {passages}, {}{holders}", counted(inputs, "input"))?;
    if let Some(InputsNow { as_they_were, changed, new, gone }) = checked.inputs_now {
        writeln!(out, "inputs: {as_they_were} as they were, {changed} changed, {new} new, {gone} gone")?;
    }
    if let Some(repaired) = checked.repaired {
        write_repaired(out, repaired)?;
    }
    if checked.is_spare_renewed {
        writeln!(
            out,
            "repaired: what was damaged says the same as other files, and is written anew; nothing was lost"
        )?;
    }
    Ok(())
}

fn write_repaired(out: &mut dyn Write, repaired: &Repaired) -> io::Result<()> {
    for locator in &repaired.to_read_again {
        writeln!(out, "lost: {}", printable(locator.as_str()))?;
    }
    let Repaired { articles, inputs, lost, .. } = *repaired;
    let (articles, inputs) = (counted(articles, "article"), counted(inputs, "input"));
    writeln!(out, "repaired: {articles} and {inputs} saved, {} lost", counted(lost, "record"))?;
    if lost > 0 {
        writeln!(out, "what is lost comes back with the next `ibid ingest` of its inputs")?;
    }
    if repaired.without_removals > 0 {
        writeln!(out, "articles that were removed may be back; `ibid ingest --prune` drops them again")?;
    }
    writeln!(out, "the damaged index is kept as {}", printable(&repaired.damaged.display().to_string()))
}
