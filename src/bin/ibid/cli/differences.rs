//! [`Differences`]: how inputs are now, held against what an index knows of them.

use std::collections::{HashMap, HashSet};

use anyhow::Result;
use ibid::engine::{Indexer, InputRecord, InputState};
use ibid::error::IndexError;
use ibid::index::Rehearsal;
use ibid::ingest::{Observer, Outcome};
use ibid::model::Locator;
use parking_lot::{Mutex, MutexGuard};

use crate::output::{InputsNow, printable};

/// What an input is, compared with what is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Difference {
    None,
    Changed,
    New,
}

impl Difference {
    /// Between what was `known` of an input, if anything, and its `record` now. What couldn't be read has no hash; it
    /// is what it was if the same is said of it.
    fn between(known: Option<&InputRecord>, record: &InputRecord) -> Self {
        let Some(known) = known else { return Self::New };
        let is_same = match (&known.hash, &record.hash) {
            (Some(known), Some(now)) => known == now,
            _ => (known.state, &known.reason) == (record.state, &record.reason),
        };
        if is_same { Self::None } else { Self::Changed }
    }
}

/// Hears of all inputs and notes how they differ.
pub struct Differences<'a> {
    /// The index as it is.
    index: &'a Rehearsal,
    noted: Mutex<Noted>,
}

#[derive(Default)]
struct Noted {
    counts: InputsNow,
    lines: Vec<String>,
    changed: HashSet<Locator>,
    closed: HashMap<Locator, Closed>,
    failed: Option<IndexError>,
}

/// What can't be read. If it is a folder, what is known of all that lies in it can't be compared.
struct Closed {
    reason: String,
    /// Where it is told as new, if it is.
    line: Option<usize>,
}

impl Noted {
    /// Tells of all that `index` knows to lie in folders that can't be read: it has changed, as any file that can't be
    /// read.
    fn tell_of_what_is_closed(&mut self, index: &Rehearsal) -> Result<(), IndexError> {
        let mut lines = Vec::new();
        for input in index.all_inputs()? {
            let input = input?;
            let Some(folder) = folder_among(&self.closed, &input) else { continue };
            let Some(Closed { reason, line }) = self.closed.get_mut(&folder) else { continue };
            lines.push(told("changed", &input.locator, Some(&format!("{folder}: {reason}"))));
            // The folder is no input, and what lies in it is told.
            if let Some(line) = line.take() {
                self.counts.new -= 1;
                self.lines[line].clear();
            }
        }
        self.counts.changed += lines.len() as u64;
        lines.sort();
        self.lines.retain(|line| !line.is_empty());
        self.lines.append(&mut lines);
        Ok(())
    }
}

/// The folder among `closed` that the file of `input` lies in, if `input` was read before.
fn folder_among(closed: &HashMap<Locator, Closed>, input: &InputRecord) -> Option<Locator> {
    let file = Locator::from_stored(input.locator.container());
    // What an export says of an input was never compared with it.
    let is_of_export = input.container.as_ref().is_some_and(|container| *container != file);
    let is_input = input.state != InputState::Container && input.latest().0 != InputState::SetAside;
    let folder = file.around().find(|place| *place != file && closed.contains_key(place));
    folder.filter(|_| is_input && !is_of_export)
}

/// The line that tells of an input.
fn told(what: &str, locator: &Locator, reason: Option<&str>) -> String {
    let reason = reason.map(|reason| format!(": {}", printable(reason))).unwrap_or_default();
    format!("{what}: {}{reason}", printable(locator.as_str()))
}

impl<'a> Differences<'a> {
    /// Differences from what `index` knows, to which nothing is written meanwhile.
    pub fn from(index: &'a Rehearsal) -> Self {
        Self { index, noted: Mutex::default() }
    }

    /// How many inputs differ how, and a line for each that does.
    ///
    /// # Errors
    ///
    /// If the index couldn't tell what it knows.
    pub fn end(self) -> Result<(InputsNow, Vec<String>)> {
        let mut noted = self.noted.into_inner();
        if let Some(error) = noted.failed {
            return Err(error.into());
        }
        if !noted.closed.is_empty() {
            noted.tell_of_what_is_closed(self.index)?;
        }
        Ok((noted.counts, noted.lines))
    }

    fn noted(&self) -> MutexGuard<'_, Noted> {
        self.noted.lock()
    }

    fn of(&self, record: &InputRecord, outcome: &Outcome) -> Result<Difference, IndexError> {
        if *outcome == Outcome::Unchanged {
            return Ok(Difference::None);
        }
        let mut known = self.index.input(&record.locator)?;
        if let (None, InputState::SetAside, Some(file)) = (&known, record.state, &record.container) {
            // A fault where there was none is a change of the file that it is in.
            known = self.index.input(file)?;
        }
        Ok(Difference::between(known.as_ref(), record))
    }
}

impl Observer for Differences<'_> {
    fn found(&self, _: u64) {}

    fn finished(&self, record: &InputRecord, outcome: &Outcome, _: u64) {
        let difference = self.of(record, outcome);
        let mut noted = self.noted();
        let mut line = None;
        let reason = match outcome {
            Outcome::Skipped { reason } | Outcome::SetAside { reason } => Some(reason.as_str()),
            _ => None,
        };
        match difference {
            Ok(Difference::None) => noted.counts.as_they_were += 1,
            Ok(Difference::Changed) => {
                noted.counts.changed += 1;
                noted.changed.insert(record.locator.clone());
                noted.lines.push(told("changed", &record.locator, reason));
            }
            Ok(Difference::New) => {
                noted.counts.new += 1;
                line = Some(noted.lines.len());
                noted.lines.push(told("new", &record.locator, reason));
            }
            Err(error) => {
                noted.failed.get_or_insert(error);
            }
        }
        if let (Outcome::SetAside { reason }, None) = (outcome, &record.container) {
            noted.closed.insert(record.locator.clone(), Closed { reason: reason.clone(), line });
        }
    }

    fn removed(&self, record: &InputRecord) {
        let mut noted = self.noted();
        // A file of records is told by what it held, and each input once.
        if record.state == InputState::Container || noted.changed.contains(&record.locator) {
            return;
        }
        noted.counts.gone += 1;
        noted.lines.push(told("gone", &record.locator, None));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(state: InputState, hash: Option<&str>, reason: Option<&str>) -> InputRecord {
        InputRecord {
            locator: Locator::from_stored("/a"),
            container: None,
            state,
            article: None,
            reason: reason.map(str::to_owned),
            stamp: None,
            hash: hash.map(str::to_owned),
            noted: ibid::engine::Noted::default(),
        }
    }

    #[test]
    fn inputs_are_compared_by_their_hashes_and_else_by_what_is_said_of_them() {
        use InputState::*;
        let page = record(Indexed, Some("1"), None);
        let cut = record(SetAside, None, Some("cut"));
        for (known, now, difference) in [
            (None, &page, Difference::New),
            (Some(&page), &record(Duplicate, Some("1"), None), Difference::None),
            (Some(&page), &record(Indexed, Some("2"), None), Difference::Changed),
            (Some(&page), &cut, Difference::Changed),
            (Some(&cut), &page, Difference::Changed),
            (Some(&cut), &cut, Difference::None),
            (Some(&record(Container, None, None)), &cut, Difference::Changed),
        ] {
            assert_eq!(Difference::between(known, now), difference, "{known:?} {now:?}");
        }
    }
}
