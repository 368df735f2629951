//! The paths of a command line, with those that standard input lists.

use std::io::{BufRead, stdin};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use ibid::error::Error;
use ibid::model::path_of;
use ibid::source::walk;

/// What stands for the list on standard input.
const LIST: &str = "-";

/// What is said if standard input lists no path.
pub const NOTHING_LISTED: &str = "note: no path on standard input, so there is nothing to read";

/// `paths`, and in the place of `-` those that stand on standard input, a line each.
///
/// # Errors
///
/// If standard input can't be read.
pub fn listed(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut all = Vec::with_capacity(paths.len());
    for path in paths {
        if path == Path::new(LIST) {
            all.extend(from_standard_input()?);
        } else {
            all.push(path.clone());
        }
    }
    Ok(all)
}

/// Whether `paths` are, or hold, a list on standard input.
pub fn are_listed(paths: &[PathBuf]) -> bool {
    paths.iter().any(|path| path == Path::new(LIST))
}

/// Makes sure that the `paths` of a command line are there. Those of a list may be gone since it was made.
///
/// # Errors
///
/// If one isn't there or can't be read at all.
pub fn make_sure_of<'p>(paths: impl IntoIterator<Item = &'p PathBuf>) -> Result<()> {
    for path in paths.into_iter().filter(|path| *path != Path::new(LIST)) {
        walk(path, &[]).map_err(Error::from)?;
    }
    Ok(())
}

fn from_standard_input() -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for line in stdin().lock().split(b'\n') {
        let mut line = line.context("standard input can't be read")?;
        if line.ends_with(b"\r") {
            line.pop();
        }
        if !line.is_empty() {
            paths.push(path_of(line));
        }
    }
    Ok(paths)
}
