//! [`Holder`]: who writes to an index, told in a file beside it for whoever finds it locked.
//!
//! The file says nothing by itself: a process that was killed leaves it behind. It counts while the lock is held.

use std::fmt;
use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The file.
pub(super) const HOLDER_FILE: &str = ".ibid-writer.json";

/// Bytes of the file that are read: who has it says little.
const MAX_BYTES: u64 = 4096;

/// A process that writes to an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The number of the process.
    pub process: u32,
    /// The name of its machine, if that is known: an index may lie on a shared disk.
    pub host: Option<String>,
    /// When it began, as text.
    pub since: String,
}

impl Holder {
    /// Who told to write to the index at `path`, and hasn't told to have ended.
    #[must_use]
    pub fn told_of(path: &Path) -> Option<Self> {
        let file = File::open(path.join(HOLDER_FILE)).ok()?;
        serde_json::from_reader(BufReader::new(file.take(MAX_BYTES))).ok()
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "process {}", self.process)?;
        if let Some(host) = &self.host {
            write!(f, " on {host}")?;
        }
        write!(f, ", since {},", self.since)
    }
}

/// Tells that somebody writes to an index, until it is dropped.
pub(super) struct Told {
    index: PathBuf,
    holder: Holder,
}

impl Told {
    /// Tells that `holder` writes to the index at `path`. Where that can't be told, nothing is lost but the name.
    pub fn new(path: &Path, holder: &Holder) -> Self {
        if let Ok(json) = serde_json::to_vec(holder) {
            let _ = std::fs::write(path.join(HOLDER_FILE), json);
        }
        Self { index: path.to_owned(), holder: holder.clone() }
    }
}

impl Drop for Told {
    fn drop(&mut self) {
        // The next may have told of itself already.
        if Holder::told_of(&self.index).as_ref() == Some(&self.holder) {
            let _ = std::fs::remove_file(self.index.join(HOLDER_FILE));
        }
    }
}
