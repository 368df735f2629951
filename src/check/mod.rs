//! Whether an index is sound, and what can be done if it isn't.
//!
//! [`check`] looks at every byte of the files and at every record: files are as they were written, articles keep what
//! their type promises, and inputs and articles name each other. [`repair()`] makes a new index of the records that can
//! still be read. Comparing an index with the inputs it was made of is a run that writes nothing, and not here.

mod article;
mod inputs;
mod repair;

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;

use crate::engine::InputState;
use crate::error::{Error, IndexError};
use crate::index::{Index, IndexSearcher, Kept};
use crate::model::ArticleId;
use inputs::Accounts;
pub use repair::{Repaired, repair};

/// Findings that are kept one by one; the others are counted.
const MAX_FINDINGS: usize = 1_000;

/// Something about an index that isn't as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Where: a file of the index, an article's id, or an input's locator.
    pub place: String,
    /// What is wrong there.
    pub reason: String,
}

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Health {
    /// Articles that were looked at.
    pub articles: u64,
    /// Their passages.
    pub passages: u64,
    /// Inputs that were looked at.
    pub inputs: u64,
    /// Files of members that were looked at: their members are the inputs.
    pub containers: u64,
    /// What is wrong, the first thousand of it.
    pub findings: Vec<Finding>,
    /// How much is wrong.
    pub found: u64,
    /// Whether all that is wrong is a copy of the list of segments that nobody reads unless the list is damaged.
    pub spare_only: bool,
}

impl Health {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.found == 0
    }

    fn add(&mut self, place: impl Into<String>, reason: impl Into<String>) {
        self.found += 1;
        self.spare_only = false;
        if self.findings.len() < MAX_FINDINGS {
            self.findings.push(Finding { place: place.into(), reason: reason.into() });
        }
    }

    /// Adds what keeps the index from being read any further, unless that is no damage.
    fn add_damage(&mut self, error: IndexError) -> Result<(), Error> {
        match error {
            IndexError::Damaged { path, reason } => {
                self.add(path.display().to_string(), reason);
                Ok(())
            }
            error => Err(error.into()),
        }
    }
}

/// Looks at every byte and every record of the index at `path`, and says what is wrong. Others may write to it
/// meanwhile: it is the last commit that is looked at.
///
/// # Errors
///
/// If there is no index of this version, or the system doesn't let it be read. That it is damaged is no error but what
/// is found.
pub fn check(path: &Path) -> Result<Health, Error> {
    let mut health = Health::default();
    let index = match Index::open(path) {
        Ok(index) => index,
        Err(error) => return health.add_damage(error).map(|()| health),
    };
    // Taken before the files are looked at, so that a writer's doings leave it whole.
    let committed = index.searcher_and_run();
    let faults = match index.file_faults() {
        Ok(faults) => faults,
        Err(error) => return health.add_damage(error).map(|()| health),
    };
    let spare_only = !faults.is_empty() && faults.iter().all(|fault| fault.is_spare);
    for fault in faults {
        health.add(fault.file, fault.reason);
    }
    let records = health.found;
    let looked_at = committed.map_err(Error::from);
    let looked_at =
        looked_at.and_then(|(searcher, run)| look_at_records(&searcher, run.orphans, &mut health));
    if let Err(Error::Index(error)) = looked_at {
        health.add_damage(error)?;
    }
    health.spare_only = spare_only && health.found == records;
    Ok(health)
}

fn look_at_records(
    searcher: &IndexSearcher,
    orphans: BTreeSet<ArticleId>,
    health: &mut Health,
) -> Result<(), Error> {
    let mut accounts = Accounts::with_orphans(orphans);
    searcher.each_kept(|kept, passages| -> Result<(), Error> {
        match kept {
            Kept::Article(stored) => {
                health.articles += 1;
                health.passages += stored.passages.len() as u64;
                for reason in article::faults(&stored, passages) {
                    health.add(stored.id.to_string(), reason);
                }
                accounts.add_article(&stored);
            }
            Kept::Input(record) => {
                let is_container = record.state == InputState::Container;
                *(if is_container { &mut health.containers } else { &mut health.inputs }) += 1;
                accounts.add_input(*record);
            }
            Kept::Unreadable { place, reason } => {
                health.add(place.unwrap_or_else(|| "a record".to_owned()), reason);
            }
        }
        Ok(())
    })?;
    accounts.each_fault(|place, reason| health.add(place, reason));
    Ok(())
}
