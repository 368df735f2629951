//! The Tantivy index: the only module that names tantivy.
//!
//! One document an article, one document an input, changed together in one commit. The last commit's
//! payload says which versions wrote it; other versions are refused. Which passage comes first is the
//! ranking's matter, this module reads the evidence for it.

mod candidates;
mod evidence;
mod fields;
mod languages;
mod lower;
mod manifest;
mod reader;
mod statistics;
mod tokens;
mod writer;

use std::path::{Path, PathBuf};

use tantivy::directory::error::OpenReadError;
use tantivy::{IndexReader, ReloadPolicy, TantivyError};

use crate::error::IndexError;
use fields::Fields;
use manifest::Manifest;
pub use reader::IndexSearcher;
pub use writer::{IndexWriter, WriterOptions};

/// The version of the index's fields: an index with other fields is refused.
pub const SCHEMA_VERSION: u32 = 1;

/// The file that Tantivy keeps its list of segments in.
const META_FILE: &str = "meta.json";

/// Files that may lie in a folder that an index is made in.
const TOLERATED_FILES: [&str; 3] = ["README.md", ".gitignore", ".gitkeep"];

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
        if !path.join(META_FILE).is_file() {
            let path = path.to_owned();
            return Err(if is_vacant(&path) {
                IndexError::Missing { path }
            } else {
                IndexError::NotAnIndex { path }
            });
        }
        let mut tantivy = tantivy::Index::open_in_dir(path).map_err(|error| opening(path, error))?;
        let metas = tantivy.load_metas().map_err(|error| opening(path, error))?;
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
    /// If `path` holds something else, or can't be written.
    pub fn open_or_create(path: &Path) -> Result<Self, IndexError> {
        match Self::open(path) {
            Err(IndexError::Missing { .. }) => Self::create(path),
            opened => opened,
        }
    }

    fn create(path: &Path) -> Result<Self, IndexError> {
        let failed = |source: Box<dyn std::error::Error + Send + Sync>| IndexError::Engine {
            path: path.to_owned(),
            action: "creating it",
            source,
        };
        std::fs::create_dir_all(path).map_err(|error| failed(error.into()))?;
        let mut tantivy =
            tantivy::Index::create_in_dir(path, fields::schema()).map_err(|e| failed(e.into()))?;
        tantivy.set_tokenizers(tokens::tokenizers());
        let fields =
            Fields::of(&tantivy.schema()).ok_or_else(|| failed("the schema lacks a field".into()))?;
        Ok(Self { tantivy, fields, path: path.to_owned() })
    }

    /// A searcher of the last commit.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    pub fn searcher(&self) -> Result<IndexSearcher, IndexError> {
        IndexSearcher::new(self.reader()?.searcher(), self.fields.clone(), self.path.clone())
    }

    /// The writer of this index; there is one at a time, over all processes.
    ///
    /// # Errors
    ///
    /// [`IndexError::Locked`] if there is another, or if the index can't be written.
    pub fn writer(&self, options: WriterOptions) -> Result<IndexWriter, IndexError> {
        IndexWriter::new(self, options)
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn reader(&self) -> Result<IndexReader, IndexError> {
        let builder = self.tantivy.reader_builder().reload_policy(ReloadPolicy::Manual);
        builder.try_into().map_err(|error| failure(&self.path, "opening it", error))
    }
}

/// Whether an index may be made at `path`: nothing is there, or nothing that matters.
fn is_vacant(path: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(path) else { return !path.exists() };
    entries.flatten().all(|entry| TOLERATED_FILES.iter().any(|file| entry.file_name() == *file))
}

/// What Tantivy says, as an error of the index at `path`.
fn failure(path: &Path, action: &'static str, error: TantivyError) -> IndexError {
    match error {
        TantivyError::LockFailure(..) => IndexError::Locked { path: path.to_owned() },
        TantivyError::DataCorruption(found) => {
            IndexError::Damaged { path: path.to_owned(), reason: format!("{found:?}") }
        }
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)) => {
            IndexError::Damaged { path: path.to_owned(), reason: format!("{} is missing", file.display()) }
        }
        error => IndexError::Engine { path: path.to_owned(), action, source: error.into() },
    }
}

/// What Tantivy says of an index that can't be opened: files that contradict each other.
fn opening(path: &Path, error: TantivyError) -> IndexError {
    match failure(path, "opening it", error) {
        IndexError::Engine { source, .. } if source.downcast_ref::<std::io::Error>().is_none() => {
            IndexError::Damaged { path: path.to_owned(), reason: source.to_string() }
        }
        error => error,
    }
}
