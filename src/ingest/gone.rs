//! Roots that are gone since they were read: what was made of them can only be dropped.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::engine::{Indexer, InputState};
use crate::error::IndexError;
use crate::model::Locator;
use crate::source::{MISSING, absolute, is_gone};

/// What is said of a listed root that is gone.
pub(super) const GONE: &str = "no such file or folder any more; `--prune` drops what was read of it";

/// The places of roots that are gone, and of which an index knows something.
pub(super) struct Gone(HashSet<Locator>);

impl Gone {
    /// Those of `roots` of which `indexer` knows something.
    pub fn of(roots: &[PathBuf], indexer: &impl Indexer) -> Result<Self, IndexError> {
        let mut gone: HashSet<Locator> =
            roots.iter().filter(|root| is_gone(root)).filter_map(|root| place_of(root)).collect();
        let mut known = HashSet::new();
        if gone.is_empty() {
            return Ok(Self(known));
        }
        for input in indexer.all_inputs()? {
            let input = input?;
            // Nothing was read of it: it was gone already when it was first listed.
            if input.state == InputState::SetAside && input.reason.as_deref() == Some(MISSING) {
                continue;
            }
            known.extend(input.locator.around().filter_map(|place| gone.take(&place)));
            if gone.is_empty() {
                break;
            }
        }
        Ok(Self(known))
    }

    /// The place of `root`, if it is among them.
    pub fn place_of(&self, root: &Path) -> Option<Locator> {
        if self.0.is_empty() { None } else { place_of(root).filter(|place| self.0.contains(place)) }
    }
}

/// The place of a root.
pub(super) fn place_of(root: &Path) -> Option<Locator> {
    Some(Locator::file(&absolute(root).ok()?))
}
