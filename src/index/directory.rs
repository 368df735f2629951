//! [`Files`]: an index's files, which may lie where nothing can be written.
//!
//! The list of segments is sealed as it is written, and a spare copy of it kept: of all files it is the one without
//! which the others say nothing.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::TantivyError;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, INDEX_WRITER_LOCK, Lock, META_LOCK, MmapDirectory, WatchCallback,
    WatchHandle, WritePtr,
};

use super::META_FILE;
use super::files::MANAGED_FILE;
use super::pieces::Pieces;
use super::seal::{Opened, opened, sealed};

/// The spare copy of the list of segments. It is written first, so it is as new as the list or newer.
pub(super) const SPARE_META_FILE: &str = ".meta-spare.json";

/// The kinds of files that are read piece by piece for a writer: postings, positions and texts. The others are small,
/// or read from any place in them.
const READ_BY_PIECES: [&str; 3] = ["idx", "pos", "store"];

/// What a file is called until it is whole.
pub(super) const TEMPORARY: &str = ".tmp";

/// Tantivy's memory-mapped files, but reading doesn't ask for leave to write.
///
/// Tantivy locks the list of segments while it opens them, so that no writer removes a file meanwhile. Where the
/// lock can't be made since the folder is read-only, there is no writer either.
#[derive(Clone, Debug)]
pub(super) struct Files {
    mapped: MmapDirectory,
    folder: PathBuf,
    /// The file that is read for the list of segments.
    list: &'static str,
    /// Whether a list of files that may be removed is taken for empty if it can't be read.
    lenient: bool,
    /// Whether large files are read piece by piece.
    by_pieces: bool,
}

impl Files {
    /// The files in the folder `path`.
    pub fn open(path: &Path) -> Result<Self, OpenDirectoryError> {
        Ok(Self {
            mapped: MmapDirectory::open(path)?,
            folder: path.to_owned(),
            list: META_FILE,
            lenient: false,
            by_pieces: false,
        })
    }

    /// The same files, for whoever writes to the index and comes to read all of it: see [`Pieces`].
    pub fn by_pieces(self) -> Self {
        Self { by_pieces: true, ..self }
    }

    /// The folder that they are in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Locks them for whoever writes to the index, of whom there is one at a time, over all processes.
    pub fn lock_for_writing(&self) -> tantivy::Result<DirectoryLock> {
        let lock = self.acquire_lock(&INDEX_WRITER_LOCK);
        lock.map_err(|error| TantivyError::LockFailure(error, None))
    }

    /// The same files, to read what is left of them by the list of segments in the file `list`.
    pub fn for_salvage(&self, list: &'static str) -> Self {
        Self { list, lenient: true, ..self.clone() }
    }

    /// The bytes of a file, seal and all.
    pub fn read_as_is(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.mapped.atomic_read(path)
    }

    /// Puts the bytes `data`, which bear a seal if they need one, in the place of a file: all of them or none.
    ///
    /// Tantivy would make a file that nobody but its maker may read, whatever they allow of new files. Whoever writes
    /// here holds the writer's lock; so the file has the same name each time until it is whole, and what a process left
    /// that was killed is written over by the next.
    pub fn write_as_is(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let new = self.folder.join(format!("{TEMPORARY}-{name}"));
        let written = write_and_sync(&new, data).and_then(|()| fs::rename(&new, self.folder.join(path)));
        if written.is_err() {
            // It is of no use, and says nothing.
            let _ = fs::remove_file(&new);
        }
        written
    }
}

impl Directory for Files {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
        if !self.by_pieces || !READ_BY_PIECES.contains(&extension) {
            return self.mapped.get_file_handle(path);
        }
        match Pieces::open(&self.folder, path, &self.mapped) {
            Ok(pieces) => Ok(Arc::new(pieces)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(OpenReadError::FileDoesNotExist(path.to_owned()))
            }
            Err(error) => Err(OpenReadError::wrap_io_error(error, path.to_owned())),
        }
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.mapped.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.mapped.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.mapped.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if path != Path::new(META_FILE) {
            let is_list_of_files = path == Path::new(MANAGED_FILE);
            return if self.lenient && is_list_of_files {
                Ok(b"[]".to_vec())
            } else {
                self.mapped.atomic_read(path)
            };
        }
        match opened(self.mapped.atomic_read(Path::new(self.list))?) {
            Opened::Whole(bytes) => Ok(bytes),
            Opened::Unsealed(bytes) if lists_segments(&bytes) => Ok(bytes),
            Opened::Unsealed(_) => Err(unreadable(path, "it lists no segments")),
            Opened::Broken => Err(unreadable(path, "its seal is broken")),
        }
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        if path != Path::new(META_FILE) {
            return self.write_as_is(path, data);
        }
        let data = sealed(data);
        self.write_as_is(Path::new(SPARE_META_FILE), &data)?;
        self.write_as_is(path, &data)?;
        // What is said to be committed outlasts a loss of power.
        self.sync_directory()
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.mapped.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.mapped.acquire_lock(lock) {
            Err(LockError::IoError(error)) if lock.filepath == META_LOCK.filepath && is_read_only(&error) => {
                Ok(DirectoryLock::from(Box::new(())))
            }
            acquired => acquired,
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.mapped.watch(callback)
    }
}

/// Whether the object in `bytes` says which segments there are. What Tantivy says of one that doesn't is for
/// programmers.
fn lists_segments(bytes: &[u8]) -> bool {
    let object: Option<serde_json::Value> = serde_json::from_slice(bytes).ok();
    object.is_some_and(|object| object["segments"].is_array())
}

fn unreadable(file: &Path, reason: &str) -> OpenReadError {
    OpenReadError::wrap_io_error(io::Error::new(io::ErrorKind::InvalidData, reason), file.to_owned())
}

fn write_and_sync(path: &Path, data: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(data)?;
    file.sync_data()
}

fn is_read_only(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}
