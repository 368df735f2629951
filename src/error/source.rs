//! Why an input can't be read at all.

use std::path::PathBuf;

/// Why an input can't be read at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// The path that was asked for isn't there.
    #[error("{}: no such file or folder", path.display())]
    NotFound {
        /// The path.
        path: PathBuf,
    },
    /// The path that was asked for was read before, and isn't there any more.
    #[error("{}: no such file or folder any more; `--prune` drops what was read of it", path.display())]
    Gone {
        /// The path.
        path: PathBuf,
    },
    /// The path that was asked for can't be read.
    #[error("{}: {source}", path.display())]
    Unreadable {
        /// The path.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}
