//! Why an index can't be used.

use std::path::PathBuf;

/// Why an index can't be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// There is nothing at the place.
    #[error("no index at {}", path.display())]
    Missing {
        /// Where it should be.
        path: PathBuf,
    },
    /// The place holds something else.
    #[error("{} is not an index of ibid, and not an empty folder", path.display())]
    NotAnIndex {
        /// The place.
        path: PathBuf,
    },
    /// A folder that a backup should go to holds something else.
    #[error(
        "{} holds something else than a backup of the index at {}, or was written to since",
        path.display(),
        of.display()
    )]
    NotABackup {
        /// The folder.
        path: PathBuf,
        /// The index.
        of: PathBuf,
    },
    /// A folder that a backup should go to holds that of another index.
    #[error("{} holds the backup of another index, which was at {}", path.display(), of.display())]
    BackupOfAnother {
        /// The folder.
        path: PathBuf,
        /// Where the other index was when it was copied.
        of: PathBuf,
    },
    /// What a folder says of being a backup isn't as it was written.
    #[error("{} isn't as it was written, so nobody can tell what this is a backup of", file.display())]
    BackupDamaged {
        /// The file that says it.
        file: PathBuf,
    },
    /// A backup would lie in the index itself.
    #[error("{} lies in the index at {}, where no backup of it may be", path.display(), of.display())]
    BackupInside {
        /// The folder of the backup.
        path: PathBuf,
        /// The index.
        of: PathBuf,
    },
    /// It was written by another version.
    #[error(
        "the index at {} was written by ibid {written_by}: it has {part} version {found}, this ibid reads version \
         {expected}",
        path.display()
    )]
    Version {
        /// The index.
        path: PathBuf,
        /// The release of ibid that wrote it last.
        written_by: String,
        /// What differs: `schema` or `analyzer`.
        part: &'static str,
        /// The index's version.
        found: String,
        /// This program's version.
        expected: u32,
    },
    /// Another process is writing to it.
    #[error("the index at {} is locked: {holder} is writing to it", path.display())]
    Locked {
        /// The index.
        path: PathBuf,
        /// Who holds it, in words.
        holder: String,
    },
    /// Its files contradict each other.
    #[error("the index at {} is damaged: {reason}", path.display())]
    Damaged {
        /// The index.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// Nothing of it can be saved, as no list of its segments can be read.
    #[error("the index at {} is damaged beyond repair: {reason}", path.display())]
    BeyondRepair {
        /// The index.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// It can't be repaired, as no rebuilt index could take its place.
    #[error("the index at {} can't be replaced by a rebuilt one: {reason}", path.display())]
    Immovable {
        /// The index.
        path: PathBuf,
        /// Why it has to stay.
        reason: String,
    },
    /// It was rebuilt, and the rebuilt index couldn't take its place.
    #[error(
        "the index at {}: putting the rebuilt index in its place failed: {source}; it lies in {}",
        path.display(),
        rebuilt.display()
    )]
    NotReplaced {
        /// The index.
        path: PathBuf,
        /// The rebuilt one.
        rebuilt: PathBuf,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
    /// A query would take too long.
    #[error(
        "the query would have to look at more than {most} places of words: ask for fewer or rarer words in quotes, \
         relations and patterns"
    )]
    TooCostly {
        /// How many it may look at in this index.
        most: u64,
    },
    /// The disk that it lies on is full.
    #[error("no space left on the disk of the index at {}: {action} failed", path.display())]
    NoRoom {
        /// The index, or a backup of it.
        path: PathBuf,
        /// What was done.
        action: &'static str,
    },
    /// Reading or writing it failed.
    #[error("the index at {}: {action} failed: {source}", path.display())]
    Engine {
        /// The index.
        path: PathBuf,
        /// What was done.
        action: &'static str,
        /// What the engine says.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}
