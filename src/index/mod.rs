//! The Tantivy index: the only module that names tantivy.
//!
//! One document an article, one document an input, changed together in one commit. The last commit's
//! payload says which versions wrote it; other versions are refused. Which passage comes first is the
//! ranking's matter, this module reads the evidence for it.

mod acronyms;
mod answer;
mod at_any_place;
mod backup;
mod breaks;
mod candidates;
mod compact;
mod compounds;
mod copies;
mod copies_asked;
mod copy_publishers;
mod cost;
mod dictionary;
mod directory;
mod document;
mod evidence;
mod expansion;
mod facets;
mod failure;
mod fields;
mod files;
mod holder;
mod kept;
mod kindred;
mod languages;
mod lengths;
mod long_words;
mod lower;
mod lz4;
mod manifest;
mod matches;
mod matching;
mod merges;
mod meter;
mod movable;
mod named_day;
mod near_copies;
mod phrases;
mod pieces;
mod place;
mod place_query;
mod published;
mod queue;
mod quoted;
mod reader;
mod record;
mod rehearsal;
mod remembered;
mod salvage;
mod seal;
mod shared_handles;
mod shut_out;
mod statistics;
mod store_blocks;
mod term_set;
mod tokens;
mod unfinished;
mod values;
mod where_held;
mod word_for_word;
mod wordings;
mod writer;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use tantivy::{IndexReader, IndexSettings, ReloadPolicy};

use crate::dedup::Recurring;
use crate::engine::Run;
use crate::error::IndexError;
pub use backup::BackedUp;
pub use compact::Compacted;
use directory::{Files, SPARE_META_FILE, TEMPORARY};
use failure::{as_damage, guarded};
use fields::Fields;
pub use files::FileFault;
pub use holder::Holder;
pub use kept::Kept;
use manifest::Manifest;
pub use reader::IndexSearcher;
pub use rehearsal::Rehearsal;
pub use salvage::{Salvage, Salvaged};
use seal::{Opened, opened};
pub use writer::{IndexWriter, WriterOptions};

/// The version of the index's fields: an index with other fields is refused.
pub const SCHEMA_VERSION: u32 = 11;

/// The file that Tantivy keeps its list of segments in.
const META_FILE: &str = "meta.json";

/// Bytes that a block of texts is filled up to before it is packed: whoever reads one article unpacks its block. With
/// twice as many an answer takes 4% more of the processor, with half as many 1% less, and the texts of policy pages 4%
/// more room.
const TEXT_BLOCK_BYTES: usize = 8 * 1024;

/// Blocks of texts of a segment that a searcher keeps, once they were read. A block is as large as the largest article
/// in it, at least that.
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
        if let Err(error) = std::fs::metadata(path.join(META_FILE))
            && error.kind() == ErrorKind::PermissionDenied
        {
            return guarded(path, OPENING, || Err(error.into()));
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
        let fields = fields_of(&tantivy, path)?;
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
            let _lock = files.lock_for_writing()?;
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

    /// The same, with the run that made the commit that is asked.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    pub fn searcher_and_run(&self) -> Result<(IndexSearcher, Run), IndexError> {
        let mut tries = 0;
        loop {
            let metas = self.metas()?;
            let searcher = self.searcher()?;
            tries += 1;
            if tries == MOST_TRIES || self.metas()?.opstamp == metas.opstamp {
                return Ok((searcher, Manifest::read(metas.payload.as_deref()).run));
            }
        }
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

/// The fields of the index at `path`.
fn fields_of(tantivy: &tantivy::Index, path: &Path) -> Result<Fields, IndexError> {
    Fields::of(&tantivy.schema()).ok_or_else(|| IndexError::Damaged {
        path: path.to_owned(),
        reason: "its schema lacks a field".to_owned(),
    })
}

/// How often a commit is looked at that another may come behind: a writer would have to commit many times a second.
const MOST_TRIES: u32 = 20;

/// How Tantivy keeps an index. A thread of its own for packing texts would have up to five copies of a large one.
fn settings() -> IndexSettings {
    IndexSettings {
        docstore_compress_dedicated_thread: false,
        docstore_blocksize: TEXT_BLOCK_BYTES,
        ..IndexSettings::default()
    }
}

/// Whether an index may be made at `path`: nothing is there, or nothing that matters.
fn is_vacant(path: &Path) -> bool {
    let entries = match std::fs::read_dir(path) {
        Ok(entries) => entries,
        // Another process may make the folder now; what it is then, it wasn't when it was looked at.
        Err(error) => return error.kind() == ErrorKind::NotFound || !path.exists(),
    };
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

#[cfg(test)]
mod tests {
    use super::*;

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

    /// Where a folder was made between two looks at it, the first of which found none, it was said to be no index.
    #[test]
    fn a_folder_that_is_made_meanwhile_is_one_without_an_index() {
        let folder = tempfile::tempdir().unwrap();
        for round in 0..500 {
            let path = folder.path().join(round.to_string());
            let begin = std::sync::Barrier::new(2);
            std::thread::scope(|scope| {
                scope.spawn(|| {
                    begin.wait();
                    std::fs::create_dir(&path).unwrap();
                });
                begin.wait();
                for _ in 0..20 {
                    assert!(is_vacant(&path));
                }
            });
        }
    }
}
