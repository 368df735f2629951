//! [`Differences`]: how inputs are now, held against what an index knows of them.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Result;
use ibid::engine::{Indexer, InputRecord, InputState};
use ibid::error::{Error, IndexError};
use ibid::index::Rehearsal;
use ibid::ingest::{Observer, Outcome};
use ibid::model::Locator;

use crate::output::{InputsNow, printable};

/// What an input is, compared with what is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Difference {
    None,
    Changed,
    New,
}

impl Difference {
    /// Between what was `known` of an input, if anything, and its `record` now. What couldn't be read has no hash; it is
    /// what it was if the same is said of it.
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
    failed: Option<IndexError>,
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
        let Noted { counts, lines, failed, .. } =
            self.noted.into_inner().unwrap_or_else(PoisonError::into_inner);
        failed.map_or(Ok((counts, lines)), |error| Err(Error::from(error).into()))
    }

    fn noted(&self) -> MutexGuard<'_, Noted> {
        self.noted.lock().unwrap_or_else(PoisonError::into_inner)
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
        let what = match difference {
            Ok(Difference::None) => {
                noted.counts.as_they_were += 1;
                return;
            }
            Ok(Difference::Changed) => {
                noted.counts.changed += 1;
                noted.changed.insert(record.locator.clone());
                "changed"
            }
            Ok(Difference::New) => {
                noted.counts.new += 1;
                "new"
            }
            Err(error) => {
                noted.failed.get_or_insert(error);
                return;
            }
        };
        let line = format!("{what}: {}", printable(record.locator.as_str()));
        let reason = match outcome {
            Outcome::Skipped { reason } | Outcome::SetAside { reason } => format!(": {}", printable(reason)),
            _ => String::new(),
        };
        noted.lines.push(line + &reason);
    }

    fn removed(&self, record: &InputRecord) {
        let mut noted = self.noted();
        // A file of records is told by what it held, and each input once.
        if record.state == InputState::Container || noted.changed.contains(&record.locator) {
            return;
        }
        noted.counts.gone += 1;
        noted.lines.push(format!("gone: {}", printable(record.locator.as_str())));
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
