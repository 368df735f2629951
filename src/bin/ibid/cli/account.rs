//! The account of a run in a file: what became of every input, a JSON object a line.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};
use ibid::engine::InputRecord;
use ibid::ingest::Outcome;

use crate::output::write_input;

/// A file under way.
pub struct Account {
    path: PathBuf,
    file: Mutex<BufWriter<File>>,
    /// What first went wrong with it; the run goes on.
    fault: Mutex<Option<std::io::Error>>,
}

impl Account {
    /// The file at `path`, which is made, or emptied if it is there.
    ///
    /// # Errors
    ///
    /// If it can't be written.
    pub fn create(path: &Path) -> Result<Self> {
        let file = File::create(path).with_context(|| path.display().to_string())?;
        Ok(Self { path: path.to_owned(), file: Mutex::new(BufWriter::new(file)), fault: Mutex::default() })
    }

    /// Adds a line for an input.
    pub fn add(&self, record: &InputRecord, outcome: &Outcome) {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = write_input(&mut *file, record, Some(outcome)) {
            self.fault.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        }
    }

    /// Makes sure that all is written.
    ///
    /// # Errors
    ///
    /// If something isn't.
    pub fn end(self) -> Result<()> {
        let fault = self.fault.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut file = self.file.into_inner().unwrap_or_else(PoisonError::into_inner);
        let written = fault.map_or_else(|| file.flush(), Err);
        written.with_context(|| self.path.display().to_string())
    }
}
