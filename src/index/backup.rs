//! [`Index::back_up`]: copies the last commit of an index into another folder, whoever writes to it meanwhile.
//!
//! Files of an index never change once they are written, so all that a backup needs is to hold those of one commit open
//! before a writer takes them away. The list of segments comes last: until then the folder is what it was before. A
//! backup that fails takes back what it has copied.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::Directory;
use tantivy::directory::error::OpenReadError;
use tantivy::directory::{INDEX_WRITER_LOCK, META_LOCK};
use tantivy::index::IndexMeta;

use super::directory::{Files, SPARE_META_FILE};
use super::failure::guarded;
use super::files::{MANAGED_FILE, fault_in, other_segment_files, segment_files};
use super::long_words::back_up_long_words;
use super::manifest::Manifest;
use super::seal::{Opened, opened, sealed};
use super::{Index, META_FILE, is_vacant};
use crate::error::IndexError;

/// The file that tells a backup from other indexes.
pub(super) const BACKUP_FILE: &str = ".ibid-backup.json";

/// What is said of that file if it isn't as it was written.
const UNREADABLE: &str =
    "it isn't as it was written, so no backup can be put here again: make one in a new folder";

/// What a file is called while it is copied.
const UNFINISHED_FILE: &str = ".ibid-backup.unfinished";

/// What a folder is a backup of.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Backup {
    /// Where the index was when it was copied, as an absolute path.
    of: PathBuf,
    /// The index's lineage; those of earlier releases have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lineage: Option<String>,
    /// BLAKE3 of the lists of segments that a backup put there. One with another list was written to since.
    lists: BTreeSet<String>,
}

/// What a backup copied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BackedUp {
    /// Files that were copied.
    pub files: usize,
    /// Bytes of them.
    pub bytes: u64,
    /// Files that were there from an earlier backup.
    pub files_kept: usize,
}

impl Index {
    /// Copies the last commit into the folder `to`, where an earlier backup of this index may lie: then only what is
    /// new is copied. Others may write to the index meanwhile. Until all is copied and found to be whole, an earlier
    /// backup stays what it is, and if it comes to nothing the folder is left as it was.
    ///
    /// # Errors
    ///
    /// [`IndexError::BackupInside`] if `to` lies in the index; [`IndexError::NotABackup`] if it holds something else;
    /// [`IndexError::BackupOfAnother`] if that is the backup of another index; [`IndexError::BackupDamaged`] if what it
    /// says of being a backup isn't as it was written; [`IndexError::Damaged`] if a file of the index isn't as it was
    /// written; or if something can't be read or written.
    pub fn back_up(&self, to: &Path) -> Result<BackedUp, IndexError> {
        let of = guarded(self.path(), "finding its place", || Ok(self.path().canonicalize()?))?;
        if lies_in(to, &of) {
            return Err(IndexError::BackupInside { path: to.to_owned(), of });
        }
        let was_there = to.exists();
        let original = Original { of, lineage: self.manifest()?.lineage };
        // Before anything is made there: what is no backup is left as it is.
        Backup::in_folder(to, &original)?;
        guarded(to, "making the folder of the backup", || Ok(fs::create_dir_all(to)?))?;
        let files = guarded(to, "opening the folder of the backup", || Ok(Files::open(to)?))?;
        let _lock = guarded(to, "locking it", || files.lock_for_writing())?;
        // Another may have put one there meanwhile.
        let mut backup = Backup::in_folder(to, &original)?;
        if backup.is_first() {
            guarded(to, "making the folder of the backup", || Ok(backup.write(&files)?))
                .inspect_err(|_| backup.take_back(to, &[], was_there))?;
        }
        let mut copied = Vec::new();
        let copying = self.held_open().and_then(|commit| {
            let done = self.copy(&commit, &files, &mut copied)?;
            Ok((commit, done))
        });
        let (commit, done) = copying.inspect_err(|_| backup.take_back(to, &copied, was_there))?;
        guarded(to, "writing the list of segments", || Ok(commit.put_in_force(to, &files, &mut backup)?))?;
        back_up_long_words(self.path(), &files);
        Ok(done)
    }

    /// Copies the files of `commit` into the folder `to` that aren't there as they were written, and adds their names
    /// to `copied`.
    fn copy(&self, commit: &Commit, to: &Files, copied: &mut Vec<PathBuf>) -> Result<BackedUp, IndexError> {
        let mut done = BackedUp::default();
        for (name, file) in &commit.files {
            let is_whole = |path: &Path| -> Result<Result<(), String>, IndexError> {
                let copy = guarded(self.path(), "reading a copy", || Ok(to.open_read(path)?))?;
                Ok(fault_in(&copy, &commit.manifest))
            };
            if is_there(&to.folder().join(name), file) && is_whole(name)?.is_ok() {
                done.files_kept += 1;
                continue;
            }
            let unfinished = to.folder().join(UNFINISHED_FILE);
            done.bytes += guarded(to.folder(), "copying a file", || Ok(copied_to(&unfinished, file)?))?;
            is_whole(Path::new(UNFINISHED_FILE))?.map_err(|reason| IndexError::Damaged {
                path: self.path().to_owned(),
                reason: format!("{}: {reason}", name.display()),
            })?;
            guarded(to.folder(), "copying a file", || Ok(fs::rename(&unfinished, to.folder().join(name))?))?;
            copied.push(name.clone());
            done.files += 1;
        }
        Ok(done)
    }

    /// The files of the last commit, held open so that nobody can take them away.
    fn held_open(&self) -> Result<Commit, IndexError> {
        guarded(self.path(), "opening its files", || {
            let files = Files::open(self.path())?;
            // No writer removes files as long as this is held, which is for a moment.
            let _lock = files.acquire_lock(&META_LOCK)?;
            let (list, metas) = self.list_and_metas(&files)?;
            let open = |name: PathBuf| match File::open(self.path().join(&name)) {
                Ok(file) => Ok((name, file)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    Err(OpenReadError::FileDoesNotExist(name).into())
                }
                Err(error) => Err(error.into()),
            };
            let held = segment_files(&metas).into_iter().map(open).collect::<tantivy::Result<Vec<_>>>()?;
            Ok(Commit { list, manifest: Manifest::read(metas.payload.as_deref()), files: held })
        })
    }

    /// The list of segments, as it lies there and as it is read; a writer may replace it at any time.
    fn list_and_metas(&self, files: &Files) -> tantivy::Result<(Vec<u8>, IndexMeta)> {
        loop {
            let list = files.read_as_is(Path::new(META_FILE))?;
            let metas = self.tantivy.load_metas()?;
            if files.read_as_is(Path::new(META_FILE))? == list {
                return Ok((list, metas));
            }
        }
    }
}

/// The index that is copied.
struct Original {
    of: PathBuf,
    lineage: Option<String>,
}

impl Original {
    /// Whether `backup` is of this index, at the same place or moved from there: where it lay lies no index then, or
    /// that would be another copy of it. Where one of the two comes from a release that knew no lineages, only the place
    /// tells.
    fn is_that_of(&self, backup: &Backup) -> bool {
        let same_place = self.of == backup.of;
        match (&self.lineage, &backup.lineage) {
            (Some(own), Some(other)) => own == other && (same_place || !backup.of.join(META_FILE).exists()),
            _ => same_place,
        }
    }
}

/// A commit whose files are held open.
struct Commit {
    /// The list of segments, seal and all.
    list: Vec<u8>,
    manifest: Manifest,
    files: Vec<(PathBuf, File)>,
}

impl Commit {
    /// Makes this the commit that lies in the folder `to`, and removes the files of the one before.
    fn put_in_force(&self, to: &Path, files: &Files, backup: &mut Backup) -> io::Result<()> {
        let wanted: BTreeSet<PathBuf> = self.files.iter().map(|(name, _)| name.clone()).collect();
        let mut names = wanted.clone();
        names.insert(META_FILE.into());
        // Until this is in force, the files of the one before are part of an index too.
        let both: BTreeSet<PathBuf> = names.union(&names_managed(files)?).cloned().collect();
        write_managed(files, &both)?;
        backup.lists.insert(hash_of(&self.list));
        backup.write(files)?;
        files.sync_directory()?;
        // As they are: they bear their seal.
        files.write_as_is(Path::new(SPARE_META_FILE), &self.list)?;
        files.write_as_is(Path::new(META_FILE), &self.list)?;
        files.sync_directory()?;
        other_segment_files(to, &wanted)?.iter().try_for_each(fs::remove_file)?;
        write_managed(files, &names)?;
        backup.lists = BTreeSet::from([hash_of(&self.list)]);
        backup.write(files)
    }
}

impl Backup {
    /// The backup of `original` in the folder `to`: an earlier one, or one that is yet to be put there.
    fn in_folder(to: &Path, original: &Original) -> Result<Self, IndexError> {
        let refused = || IndexError::NotABackup { path: to.to_owned(), of: original.of.clone() };
        let of_original = |lists| Self { of: original.of.clone(), lineage: original.lineage.clone(), lists };
        let Ok(told) = fs::read(to.join(BACKUP_FILE)) else {
            return if is_vacant(to) { Ok(of_original(BTreeSet::new())) } else { Err(refused()) };
        };
        let damaged = || IndexError::BackupDamaged { file: to.join(BACKUP_FILE) };
        let backup = Self::read(told).ok_or_else(damaged)?;
        let is_as_left = match fs::read(to.join(META_FILE)) {
            Ok(list) => backup.lists.contains(&hash_of(&list)),
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        };
        if !is_as_left {
            return Err(refused());
        }
        // One that never came to its end is of no index yet.
        if !backup.is_first() && !original.is_that_of(&backup) {
            return Err(IndexError::BackupOfAnother { path: to.to_owned(), of: backup.of });
        }
        Ok(of_original(backup.lists))
    }

    /// What a backup wrote of itself, if it is as it was written. Those of earlier releases bear no seal.
    fn read(told: Vec<u8>) -> Option<Self> {
        match opened(told) {
            Opened::Whole(json) | Opened::Unsealed(json) => serde_json::from_slice(&json).ok(),
            Opened::Broken => None,
        }
    }

    /// Whether no backup was put there yet.
    fn is_first(&self) -> bool {
        self.lists.is_empty()
    }

    /// Removes from the folder `to` the files `copied`, and if there was no backup before all that this one has put
    /// there. What can't be removed is no obstacle to the next.
    fn take_back(&self, to: &Path, copied: &[PathBuf], was_there: bool) {
        let marks = [BACKUP_FILE.into(), INDEX_WRITER_LOCK.filepath.clone()];
        let marks: &[PathBuf] = if self.is_first() { &marks } else { &[] };
        for name in copied.iter().chain([&UNFINISHED_FILE.into()]).chain(marks) {
            let _ = fs::remove_file(to.join(name));
        }
        if self.is_first() && !was_there {
            let _ = fs::remove_dir(to);
        }
    }

    fn write(&self, files: &Files) -> io::Result<()> {
        files.write_as_is(Path::new(BACKUP_FILE), &sealed(&serde_json::to_vec(self)?))
    }
}

/// What is wrong with what a folder says of being a backup; nothing if it doesn't say so.
pub(super) fn backup_fault(files: &Files) -> Option<&'static str> {
    match fs::read(files.folder().join(BACKUP_FILE)) {
        Ok(told) => Backup::read(told).is_none().then_some(UNREADABLE),
        Err(error) => (error.kind() != io::ErrorKind::NotFound).then_some(UNREADABLE),
    }
}

fn hash_of(list: &[u8]) -> String {
    blake3::hash(list).to_hex().to_string()
}

/// Whether a file as long as `file` lies at `path` already.
fn is_there(path: &Path, file: &File) -> bool {
    let length = |metadata: io::Result<fs::Metadata>| metadata.ok().map(|metadata| metadata.len());
    length(fs::metadata(path)).is_some_and(|there| Some(there) == length(file.metadata()))
}

/// Whether `path`, or the innermost folder of it that is there, lies in `folder`, which is absolute and without links,
/// but isn't that.
fn lies_in(path: &Path, folder: &Path) -> bool {
    let Ok(path) = std::path::absolute(path) else { return false };
    let there = path.ancestors().find_map(|around| Some((around, around.canonicalize().ok()?)));
    there.is_some_and(|(around, real)| real.starts_with(folder) && (real != folder || around != path))
}

/// Copies `file` to `path`, and gives its length in bytes.
fn copied_to(path: &Path, file: &File) -> io::Result<u64> {
    let mut copy = File::create(path)?;
    let mut reader = file;
    let bytes = io::copy(&mut reader, &mut copy)?;
    copy.flush()?;
    copy.sync_all()?;
    Ok(bytes)
}

/// The names of the files that are said to be those of the index in a folder; none if there is no index yet.
fn names_managed(files: &Files) -> io::Result<BTreeSet<PathBuf>> {
    match files.atomic_read(Path::new(MANAGED_FILE)) {
        Ok(names) => Ok(serde_json::from_slice(&names).unwrap_or_default()),
        Err(OpenReadError::FileDoesNotExist(_)) => Ok(BTreeSet::new()),
        Err(OpenReadError::IoError { io_error, .. }) => Err(io::Error::new(io_error.kind(), io_error)),
        Err(error) => Err(io::Error::other(error)),
    }
}

fn write_managed(files: &Files, names: &BTreeSet<PathBuf>) -> io::Result<()> {
    files.atomic_write(Path::new(MANAGED_FILE), &serde_json::to_vec(names)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder was marked as that of a backup before it was locked, so two that began at once wrote to one file.
    #[test]
    fn a_folder_that_another_backup_writes_to_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let index = Index::open_or_create(&dir.path().join("index")).unwrap();
        let to = dir.path().join("backup");
        fs::create_dir(&to).unwrap();
        let _lock = Files::open(&to).unwrap().lock_for_writing().unwrap();
        assert!(matches!(index.back_up(&to), Err(IndexError::Locked { .. })));
        assert!(!to.join(BACKUP_FILE).exists());
    }
}
