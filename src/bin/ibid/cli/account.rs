//! The account of a run in a file: what became of every input, a JSON object a line.
//!
//! What a run finds out of an input when its line is written already is put there at the end of the run.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use ibid::engine::InputRecord;
use ibid::ingest::Outcome;
use parking_lot::Mutex;
use serde::Deserialize;

use super::terminal::of_standard_output;
use crate::output::write_input;

/// What the name of the file ends in that lines are put into anew.
const UNFINISHED: &str = ".unfinished";

/// What stands for standard output in the place of a file.
const STANDARD_OUTPUT: &str = "-";

/// Whether an account at `path` is written to standard output.
pub fn is_standard_output(path: &Path) -> bool {
    path == Path::new(STANDARD_OUTPUT)
}

/// Where an account goes.
enum Target {
    File(File),
    StandardOutput(io::Stdout),
}

impl Target {
    /// Whether lines that were written can be replaced.
    fn is_rewritable(&self) -> io::Result<bool> {
        match self {
            Self::File(file) => Ok(file.metadata()?.is_file()),
            Self::StandardOutput(_) => Ok(false),
        }
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.write(bytes),
            Self::StandardOutput(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::File(file) => file.flush(),
            Self::StandardOutput(out) => out.flush(),
        }
    }
}

/// A file under way.
pub struct Account {
    path: PathBuf,
    file: Mutex<BufWriter<Target>>,
    /// Lines in place of others, by their locators.
    revised: Mutex<BTreeMap<String, Vec<u8>>>,
    /// What first went wrong with it; the run goes on.
    fault: Mutex<Option<io::Error>>,
}

impl Account {
    /// The file at `path`, which is made, or emptied if it is there; `-` is standard output.
    ///
    /// # Errors
    ///
    /// If it can't be written.
    pub fn create(path: &Path) -> Result<Self> {
        let file = if is_standard_output(path) {
            Target::StandardOutput(io::stdout())
        } else {
            Target::File(File::create(path).with_context(|| path.display().to_string())?)
        };
        Ok(Self {
            path: path.to_owned(),
            file: Mutex::new(BufWriter::new(file)),
            revised: Mutex::default(),
            fault: Mutex::default(),
        })
    }

    /// Adds a line for an input.
    pub fn add(&self, record: &InputRecord, outcome: &Outcome) {
        let mut file = self.file.lock();
        self.note(write_input(&mut *file, record, Some(outcome)));
    }

    /// Puts another line in place of that for an input.
    pub fn revise(&self, record: &InputRecord, outcome: &Outcome) {
        let mut line = Vec::new();
        self.note(write_input(&mut line, record, Some(outcome)));
        let mut revised = self.revised.lock();
        revised.insert(record.locator.as_str().to_owned(), line);
    }

    fn note(&self, written: io::Result<()>) {
        if let Err(error) = written {
            self.fault.lock().get_or_insert(error);
        }
    }

    /// Makes sure that all is written.
    ///
    /// # Errors
    ///
    /// If something isn't.
    pub fn end(self) -> Result<()> {
        let fault = self.fault.into_inner();
        let file = self.file.into_inner();
        let revised = self.revised.into_inner();
        let written = fault.map_or_else(|| ended(&self.path, file, &revised), Err);
        if is_standard_output(&self.path) {
            return Ok(written.map_err(of_standard_output)?);
        }
        written.with_context(|| self.path.display().to_string())
    }
}

/// Writes what is left of `file`, which is at `path`, and puts the lines `revised` in place of others.
fn ended(path: &Path, mut file: BufWriter<Target>, revised: &BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    file.flush()?;
    if revised.is_empty() {
        return Ok(());
    }
    if file.get_ref().is_rewritable()? {
        return put_in_place(path, revised);
    }
    // What went into a pipe can't be taken back: there the last line for an input counts.
    revised.values().try_for_each(|line| file.write_all(line))?;
    file.flush()
}

fn put_in_place(path: &Path, revised: &BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    #[derive(Deserialize)]
    struct Place {
        locator: String,
    }
    let path = path.canonicalize()?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(UNFINISHED);
    let unfinished = path.with_file_name(name);
    let mut new = BufWriter::new(File::create(&unfinished)?);
    for line in BufReader::new(File::open(&path)?).lines() {
        let line = line?;
        let place = serde_json::from_str(&line).ok();
        match place.and_then(|Place { locator }| revised.get(&locator)) {
            Some(revised) => new.write_all(revised)?,
            None => writeln!(new, "{line}")?,
        }
    }
    new.flush()?;
    fs::rename(&unfinished, &path)
}
