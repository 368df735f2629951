//! The Tantivy index: the only module that names tantivy.
//!
//! One document an article, one document an input, changed together in one commit. The last commit's
//! payload says which versions wrote it; other versions are refused. Which passage comes first is the
//! ranking's matter, this module reads the evidence for it.

mod acronyms;
mod answer;
mod backup;
mod breaks;
mod candidates;
mod compact;
mod cost;
mod dictionary;
mod directory;
mod document;
mod evidence;
mod expansion;
mod facets;
mod fields;
mod files;
mod holder;
mod kept;
mod kindred;
mod languages;
mod lengths;
mod lower;
mod lz4;
mod manifest;
mod matches;
mod matching;
mod merges;
mod meter;
mod movable;
mod near_copies;
mod phrases;
mod pieces;
mod place;
mod place_query;
mod published;
mod queue;
mod reader;
mod record;
mod rehearsal;
mod remembered;
mod salvage;
mod seal;
mod shut_out;
mod statistics;
mod store_blocks;
mod term_set;
mod tokens;
mod values;
mod where_held;
mod wordings;
mod writer;

use std::io::{self, ErrorKind};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::INDEX_WRITER_LOCK;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::{Directory, IndexReader, IndexSettings, ReloadPolicy, TantivyError};

use crate::dedup::Recurring;
use crate::engine::Run;
use crate::error::IndexError;
pub use backup::BackedUp;
pub use compact::Compacted;
use directory::{Files, SPARE_META_FILE, TEMPORARY};
use fields::Fields;
pub use files::FileFault;
use files::in_own_words;
pub use holder::Holder;
pub use kept::Kept;
use manifest::Manifest;
pub use reader::IndexSearcher;
pub use rehearsal::Rehearsal;
pub use salvage::{Salvage, Salvaged};
use seal::{Opened, opened};
pub use writer::{IndexWriter, WriterOptions};

/// The version of the index's fields: an index with other fields is refused.
pub const SCHEMA_VERSION: u32 = 10;

/// The file that Tantivy keeps its list of segments in.
const META_FILE: &str = "meta.json";

/// Blocks of texts of a segment that a searcher keeps, once they were read. A block is as large as the largest article in
/// it, at least 16 KiB.
const BLOCKS_KEPT: usize = 100;

/// Files that may lie in a folder that an index is made in.
///
/// Those of Tantivy are what a crash leaves of an index that was about to be made.
const TOLERATED_FILES: [&str; 7] = [
    "README.md",
    ".gitignore",
    ".gitkeep",
    ".managed.json",
    ".tantivy-meta.lock",
    ".tantivy-writer.lock",
    SPARE_META_FILE,
];

/// An index on disk.
pub struct Index {
    tantivy: tantivy::Index,
    fields: Fields,
    path: PathBuf,
}

impl Index {
    /// Opens the index at `path`.
    ///
    /// # Errors
    ///
    /// If there is none, or it can't be read by this version.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        if !path.exists() {
            salvage::finish_repair(path);
        }
        if !path.join(META_FILE).is_file() {
            let path = path.to_owned();
            let was_never_made = is_vacant(&path) && !was_committed_to(&path);
            // Another process may have made it since.
            if path.join(META_FILE).is_file() {
                return Self::open(&path);
            }
            return Err(if was_never_made {
                IndexError::Missing { path }
            } else if path.join(SPARE_META_FILE).is_file() {
                IndexError::Damaged { path, reason: format!("{META_FILE}: it is gone") }
            } else {
                IndexError::NotAnIndex { path }
            });
        }
        Self::open_files(path, |files| files)
    }

    /// Opens the index at `path`, and reads its files as `read` says.
    fn open_files(path: &Path, read: impl FnOnce(Files) -> Files) -> Result<Self, IndexError> {
        let opened = guarded(path, OPENING, || {
            let tantivy = tantivy::Index::open(read(Files::open(path)?))?;
            let metas = tantivy.load_metas()?;
            Ok((tantivy, metas))
        });
        let (mut tantivy, metas) = opened.map_err(as_damage)?;
        Manifest::check(metas.payload.as_deref(), metas.segments.is_empty(), path)?;
        tantivy.set_tokenizers(tokens::tokenizers());
        let fields = Fields::of(&tantivy.schema()).ok_or_else(|| IndexError::Damaged {
            path: path.to_owned(),
            reason: "its schema lacks a field".to_owned(),
        })?;
        Ok(Self { tantivy, fields, path: path.to_owned() })
    }

    /// Opens the index at `path`, or makes one if there is nothing yet.
    ///
    /// # Errors
    ///
    /// [`IndexError::Locked`] if another process is about to make one; or if `path` holds something else, or can't be
    /// written.
    pub fn open_or_create(path: &Path) -> Result<Self, IndexError> {
        match Self::open(path) {
            Err(IndexError::Missing { .. }) => Self::create(path),
            opened => opened,
        }
    }

    fn create(path: &Path) -> Result<Self, IndexError> {
        guarded(path, "creating it", || {
            std::fs::create_dir_all(path)?;
            let files = Files::open(path)?;
            // Two that make an index at the same place would take each other's files away.
            let lock = files.acquire_lock(&INDEX_WRITER_LOCK);
            let _lock = lock.map_err(|error| TantivyError::LockFailure(error, None))?;
            // Another process may have made and filled it until the lock was free: that would be emptied.
            if !path.join(META_FILE).is_file() {
                tantivy::Index::create(files, fields::schema(), settings())?;
            }
            Ok(())
        })?;
        Self::open(path)
    }

    /// A searcher of the last commit.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    pub fn searcher(&self) -> Result<IndexSearcher, IndexError> {
        IndexSearcher::new(self.reader(BLOCKS_KEPT)?.searcher(), self.fields.clone(), self.path.clone())
    }

    /// The writer of this index; there is one at a time, over all processes.
    ///
    /// # Errors
    ///
    /// [`IndexError::Locked`] if there is another, or if the index can't be written.
    pub fn writer(&self) -> Result<IndexWriter, IndexError> {
        self.writer_with(WriterOptions::default())
    }

    /// The same, with `options`.
    ///
    /// # Errors
    ///
    /// Those of [`Index::writer`].
    pub fn writer_with(&self, options: WriterOptions) -> Result<IndexWriter, IndexError> {
        IndexWriter::new(self, options)
    }

    /// The last run that wrote to it.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    pub fn last_run(&self) -> Result<Run, IndexError> {
        Ok(self.manifest()?.run)
    }

    /// The blocks that are known to recur on the pages of a site.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    pub fn recurring(&self) -> Result<Recurring, IndexError> {
        Ok(self.manifest()?.recurring)
    }

    /// The folder that it lies in.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn manifest(&self) -> Result<Manifest, IndexError> {
        Ok(Manifest::read(self.metas()?.payload.as_deref()))
    }

    /// A reader that keeps so many blocks of texts of each segment.
    fn reader(&self, blocks: usize) -> Result<IndexReader, IndexError> {
        let builder = self.tantivy.reader_builder().reload_policy(ReloadPolicy::Manual);
        let builder = builder.doc_store_cache_num_blocks(blocks);
        guarded(&self.path, OPENING, || builder.try_into())
    }
}

/// How Tantivy keeps an index. A thread of its own for packing texts would have up to five copies of a large one.
fn settings() -> IndexSettings {
    IndexSettings { docstore_compress_dedicated_thread: false, ..IndexSettings::default() }
}

/// Whether an index may be made at `path`: nothing is there, or nothing that matters.
fn is_vacant(path: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(path) else { return !path.exists() };
    entries.flatten().all(|entry| {
        let name = entry.file_name();
        // Tantivy writes a file under such a name before it gives it its own.
        let temporary = name.as_encoded_bytes().starts_with(TEMPORARY.as_bytes());
        temporary || TOLERATED_FILES.iter().any(|file| name == *file)
    })
}

/// Whether the spare list of segments at `path` is that of a commit: making an index writes one that tells of none.
fn was_committed_to(path: &Path) -> bool {
    let Ok(list) = std::fs::read(path.join(SPARE_META_FILE)) else { return false };
    let list = match opened(list) {
        Opened::Whole(list) | Opened::Unsealed(list) => serde_json::from_slice::<serde_json::Value>(&list),
        Opened::Broken => return true,
    };
    list.map_or(true, |list| !list["payload"].is_null())
}

/// What is done when an index is opened.
const OPENING: &str = "opening it";

/// Does something with the files of the index at `path`; a failure says what was done.
///
/// Tantivy trusts its files and may panic on those that were damaged.
fn guarded<T>(
    path: &Path,
    action: &'static str,
    work: impl FnOnce() -> tantivy::Result<T>,
) -> Result<T, IndexError> {
    let damaged = |_| IndexError::Damaged {
        path: path.to_owned(),
        reason: format!("{action} failed on what its files hold"),
    };
    let done = catch_unwind(AssertUnwindSafe(work)).map_err(damaged)?;
    done.map_err(|error| failure(path, action, error))
}

/// What Tantivy says, as an error of the index at `path`.
fn failure(path: &Path, action: &'static str, error: TantivyError) -> IndexError {
    let path = path.to_owned();
    match &error {
        TantivyError::LockFailure(LockError::LockBusy, _) => {
            let holder =
                holder::told(&path).map_or_else(|| "another ibid".to_owned(), |told| told.to_string());
            IndexError::Locked { path, holder }
        }
        // Tantivy adds that somebody else must be writing, whatever the system says.
        TantivyError::LockFailure(LockError::IoError(refusal), _) => {
            IndexError::Engine { path, action, source: Arc::clone(refusal).into() }
        }
        TantivyError::DataCorruption(found) => IndexError::Damaged { path, reason: format!("{found:?}") },
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)) => {
            IndexError::Damaged { path, reason: format!("{} is missing", file.display()) }
        }
        TantivyError::OpenReadError(OpenReadError::IncompatibleIndex(reason)) => {
            IndexError::Damaged { path, reason: format!("{reason:?}") }
        }
        // Our own queries and documents fit the schema, so it is the files that don't.
        TantivyError::SchemaError(reason)
        | TantivyError::FieldNotFound(reason)
        | TantivyError::InvalidArgument(reason)
        | TantivyError::InternalError(reason) => IndexError::Damaged { path, reason: reason.clone() },
        error if tells_of_damage(error) => IndexError::Damaged { path, reason: in_words(error) },
        _ => IndexError::Engine { path, action, source: error.into() },
    }
}

/// Whether a file was read and what it holds can't be.
fn tells_of_damage(error: &TantivyError) -> bool {
    system_error(error).is_some_and(|error| match error.kind() {
        ErrorKind::InvalidData | ErrorKind::UnexpectedEof => true,
        // The system's own errors have a kind or a number; what has neither is what a reader of the file says.
        ErrorKind::Other => !comes_of_the_system(error),
        _ => false,
    })
}

/// Whether `error` is, or wraps, one of the system's.
fn comes_of_the_system(error: &io::Error) -> bool {
    let mut cause = error.get_ref().map(|wrapped| wrapped as &(dyn std::error::Error + 'static));
    while let Some(error) = cause {
        // A dictionary that can't be written doesn't name the error behind its own.
        let behind = match error.downcast_ref::<tantivy_fst::Error>() {
            Some(tantivy_fst::Error::Io(error)) => Some(error),
            _ => error.downcast_ref::<io::Error>(),
        };
        if let Some(error) = behind {
            return comes_of_the_system(error);
        }
        cause = error.source();
    }
    error.raw_os_error().is_some()
}

/// What an index that can't be opened suffers from, unless the system refused to read it.
fn as_damage(error: IndexError) -> IndexError {
    match error {
        IndexError::Engine { path, source, .. }
            if source.downcast_ref::<TantivyError>().is_some_and(|error| system_error(error).is_none()) =>
        {
            IndexError::Damaged { path, reason: source.to_string() }
        }
        error => error,
    }
}

/// What the system's error behind Tantivy's says, with the file that it is about where that is known.
fn in_words(error: &TantivyError) -> String {
    let file = match error {
        TantivyError::OpenReadError(OpenReadError::IoError { filepath, .. })
        | TantivyError::OpenWriteError(OpenWriteError::IoError { filepath, .. }) => Some(filepath),
        _ => None,
    };
    match (system_error(error), file) {
        (Some(told), Some(file)) => format!("{}: {}", file.display(), in_own_words(told)),
        (Some(told), None) => in_own_words(told),
        (None, _) => error.to_string(),
    }
}

/// The system's error behind Tantivy's, which doesn't name it as its source.
fn system_error(error: &TantivyError) -> Option<&io::Error> {
    match error {
        TantivyError::IoError(error)
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error: error, .. })
        | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: error, .. })
        | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error: error, .. }) => {
            Some(error)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dictionary_that_finds_the_disk_full_is_not_damaged() {
        const NO_ROOM: i32 = 28;
        let told = |error: io::Error| failure(Path::new("index"), "committing", error.into());
        let full = || io::Error::from_raw_os_error(NO_ROOM);
        for error in [full(), io::Error::other(full()), io::Error::other(tantivy_fst::Error::Io(full()))] {
            assert!(matches!(told(error), IndexError::Engine { .. }));
        }
        let unread = io::Error::other(tantivy_fst::Error::Fst(tantivy_fst::raw::Error::Format));
        for error in [io::Error::other("no dictionary"), unread] {
            assert!(matches!(told(error), IndexError::Damaged { .. }));
        }
    }

    /// Most of several that made an index at one place failed, as they took each other's files away.
    #[test]
    fn an_index_is_made_by_one_process_while_others_wait() {
        let folder = tempfile::tempdir().unwrap();
        for round in 0..10 {
            let path = folder.path().join(round.to_string());
            let begin = std::sync::Barrier::new(4);
            std::thread::scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(|| {
                        begin.wait();
                        match Index::open_or_create(&path) {
                            Ok(_) | Err(IndexError::Locked { .. }) => {}
                            Err(error) => panic!("{error}"),
                        }
                    });
                }
            });
            assert!(Index::open(&path).is_ok());
        }
    }

    #[test]
    fn an_index_that_may_not_be_written_is_not_said_to_have_a_writer() {
        let refused = LockError::wrap_io_error(ErrorKind::PermissionDenied.into());
        let advice = "there is already an `IndexWriter` working on this `Directory`".to_owned();
        let refused = TantivyError::LockFailure(refused, Some(advice));
        let told = failure(Path::new("index"), "opening it for writing", refused).to_string();
        assert_eq!(told, "the index at index: opening it for writing failed: permission denied");
    }
}
