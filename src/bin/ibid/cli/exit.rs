//! Exit statuses: a contract with scripts.

use std::io;
use std::process::ExitCode;

use ibid::error::IndexError;

use super::failure::{is_of_an_unknown_id, is_of_an_unknown_passage, of_index};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Something was found or done.
    Success = 0,
    /// Nothing was found.
    Nothing = 1,
    /// Something is wrong with the command, or with the system.
    Error = 2,
    /// Ingest finished, but some inputs were set aside; or a repair, but some records are lost.
    SetAside = 3,
    /// The index is damaged, locked or of another version.
    IndexUnusable = 4,
    /// Interrupted, after a clean commit.
    Interrupted = 130,
}

/// A command was interrupted before it had done anything.
#[derive(Debug, thiserror::Error)]
#[error("interrupted: nothing was written")]
pub struct Interrupted;

impl Exit {
    /// The status of a command that failed with `error`. A reader that went away is no failure.
    pub fn of(error: &anyhow::Error) -> Self {
        if is_broken_pipe(error) {
            return Self::Success;
        }
        if error.is::<Interrupted>() {
            return Self::Interrupted;
        }
        match of_index(error) {
            Some(
                IndexError::NotAnIndex { .. }
                | IndexError::Version { .. }
                | IndexError::Locked { .. }
                | IndexError::Damaged { .. }
                | IndexError::BeyondRepair { .. },
            ) => Self::IndexUnusable,
            _ if is_of_an_unknown_id(error) || is_of_an_unknown_passage(error) => Self::Nothing,
            _ => Self::Error,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Whether output ended because nobody reads it any more.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ibid::error::Error;

    #[test]
    fn each_failure_has_its_status() {
        let path = || "index".into();
        for (error, exit) in [
            (
                Error::from(IndexError::Locked { path: path(), holder: "process 7".into() }),
                Exit::IndexUnusable,
            ),
            (Error::from(IndexError::NotAnIndex { path: path() }), Exit::IndexUnusable),
            (Error::from(IndexError::Missing { path: path() }), Exit::Error),
            (Error::UnknownId { id: "x".into() }, Exit::Nothing),
            (Error::UnknownPassage { id: "x.2".into(), article: "x".into(), passages: 1 }, Exit::Nothing),
        ] {
            assert_eq!(Exit::of(&error.into()), exit);
        }
        let bare = IndexError::NotAnIndex { path: path() };
        assert_eq!(Exit::of(&anyhow::Error::from(bare).context("reading")), Exit::IndexUnusable);
        assert_eq!(Exit::of(&Interrupted.into()), Exit::Interrupted);
        let pipe = io::Error::from(io::ErrorKind::BrokenPipe);
        assert_eq!(Exit::of(&anyhow::Error::from(pipe).context("writing")), Exit::Success);
    }
}
