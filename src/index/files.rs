//! Whether the files of an index are those that were written: every byte of them.
//!
//! Tantivy ends each file with a checksum of what stands before, which leaves that end itself; here it has to read
//! as it is written and name a release that the manifest knows. The list of segments is sealed. What the files say
//! isn't looked at here.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use tantivy::directory::FileSlice;
use tantivy::directory::footer::Footer;
use tantivy::index::{IndexMeta, SegmentComponent};
use tantivy::{Directory, HasLen, SegmentMeta};

use super::backup::{BACKUP_FILE, backup_fault};
use super::directory::{Files, SPARE_META_FILE};
use super::failure::guarded;
use super::long_words::{LONG_WORDS_FILE, long_words_fault};
use super::manifest::Manifest;
use super::seal::{Opened, opened};
use super::{Index, META_FILE, OPENING};
use crate::error::IndexError;

/// The file in which Tantivy lists those that it may remove.
pub(super) const MANAGED_FILE: &str = ".managed.json";

/// How often the files are looked at anew since a writer has replaced them meanwhile.
const MAX_ATTEMPTS: usize = 20;

/// A file of an index that isn't as it was written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileFault {
    /// Its name.
    pub file: String,
    /// What is wrong with it.
    pub reason: String,
    /// Whether the index can be read without it, as others say the same.
    pub is_spare: bool,
}

impl FileFault {
    fn of(file: &Path, reason: &str) -> Self {
        Self { file: file.display().to_string(), reason: reason.to_owned(), is_spare: false }
    }
}

impl Index {
    /// The files of the last commit that aren't as they were written.
    ///
    /// # Errors
    ///
    /// If the list of files can't be read.
    pub fn file_faults(&self) -> Result<Vec<FileFault>, IndexError> {
        for _ in 1..MAX_ATTEMPTS {
            let metas = self.metas()?;
            let faults = self.file_faults_of(&metas)?;
            // A writer may have merged them away while they were looked at.
            if faults.is_empty() || segment_files(&self.metas()?) == segment_files(&metas) {
                return Ok(faults);
            }
        }
        let metas = self.metas()?;
        self.file_faults_of(&metas)
    }

    /// Checks that the files of the last commit are as they were written, but for those that it can be read without.
    ///
    /// # Errors
    ///
    /// [`IndexError::Damaged`] with the first that isn't; or if the list of files can't be read.
    pub fn check_files(&self) -> Result<(), IndexError> {
        let faults = self.file_faults()?;
        faults.into_iter().find(|fault| !fault.is_spare).map_or(Ok(()), |fault| {
            let reason = format!("{}: {}", fault.file, fault.reason);
            Err(IndexError::Damaged { path: self.path.clone(), reason })
        })
    }

    /// Makes anew what the index can be read without: the spare copy of its list of segments, and its long words.
    ///
    /// # Errors
    ///
    /// [`IndexError::Locked`] if another process writes to the index; or if it can't be written.
    pub fn renew_spare(&self) -> Result<(), IndexError> {
        let files = guarded(&self.path, OPENING, || Ok(Files::open(&self.path)?))?;
        guarded(&self.path, "writing the spare list of segments", || {
            // A commit meanwhile would be of the same names.
            let _lock = files.lock_for_writing()?;
            if long_words_fault(&files).is_some() {
                fs::remove_file(files.folder().join(LONG_WORDS_FILE))?;
            }
            Ok(files.atomic_write(Path::new(SPARE_META_FILE), &files.read_as_is(Path::new(META_FILE))?)?)
        })?;
        self.keep_long_words()
    }

    pub(super) fn metas(&self) -> Result<IndexMeta, IndexError> {
        guarded(&self.path, OPENING, || self.tantivy.load_metas())
    }

    fn file_faults_of(&self, metas: &IndexMeta) -> Result<Vec<FileFault>, IndexError> {
        let files = guarded(&self.path, OPENING, || Ok(Files::open(&self.path)?))?;
        let mut faults: Vec<FileFault> = list_faults(&files).into_iter().collect();
        let listed = managed(&files);
        if listed.is_none() {
            faults.push(FileFault::of(Path::new(MANAGED_FILE), "it can't be read"));
        }
        let manifest = Manifest::read(metas.payload.as_deref());
        for file in segment_files(metas) {
            if listed.as_ref().is_some_and(|listed| !listed.contains(&file)) {
                faults.push(FileFault::of(Path::new(MANAGED_FILE), &format!("it lacks {}", file.display())));
            }
            let looked_at = guarded(&self.path, "reading a file", || {
                Ok(files.open_read(&file).map_err(|error| error.to_string()))
            })?;
            let fault = looked_at.and_then(|content| fault_in(&content, &manifest));
            faults.extend(fault.err().map(|reason| FileFault::of(&file, &reason)));
        }
        let long_words = Path::new(LONG_WORDS_FILE);
        faults.extend(
            long_words_fault(&files)
                .map(|reason| FileFault { is_spare: true, ..FileFault::of(long_words, reason) }),
        );
        faults.extend(backup_fault(&files).map(|reason| FileFault::of(Path::new(BACKUP_FILE), reason)));
        faults.sort_unstable();
        Ok(faults)
    }
}

/// What is wrong with the list of segments, or with its spare copy.
fn list_faults(files: &Files) -> Option<FileFault> {
    let state = |name: &str| match files.read_as_is(Path::new(name)).map(opened) {
        Ok(Opened::Whole(_)) => None,
        Ok(Opened::Unsealed(_)) => Some("it bears no seal"),
        Ok(Opened::Broken) => Some("its seal is broken"),
        Err(_) => Some("it can't be read"),
    };
    let of_list = state(META_FILE).map(|reason| FileFault::of(Path::new(META_FILE), reason));
    let of_spare = || {
        let reason = state(SPARE_META_FILE)?;
        Some(FileFault { is_spare: true, ..FileFault::of(Path::new(SPARE_META_FILE), reason) })
    };
    of_list.or_else(of_spare)
}

fn managed(files: &Files) -> Option<BTreeSet<PathBuf>> {
    serde_json::from_slice(&files.read_as_is(Path::new(MANAGED_FILE)).ok()?).ok()
}

/// The files of the segments of `metas`.
pub(super) fn segment_files(metas: &IndexMeta) -> BTreeSet<PathBuf> {
    let mut files = metas.list_segment_files().into_iter().collect::<BTreeSet<_>>();
    for segment in &metas.segments {
        files.remove(&segment.relative_path(SegmentComponent::TempStore));
        if !segment.has_deletes() {
            files.remove(&segment.relative_path(SegmentComponent::Delete));
        }
    }
    files
}

/// The files in `folder` that are called as those of segments are, and aren't `wanted`.
///
/// # Errors
///
/// If the folder can't be read.
pub(super) fn other_segment_files(folder: &Path, wanted: &BTreeSet<PathBuf>) -> io::Result<Vec<PathBuf>> {
    let mut others = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        if is_of_segment(&name.to_string_lossy()) && !wanted.contains(Path::new(&name)) {
            others.push(folder.join(name));
        }
    }
    Ok(others)
}

/// Whether a file of a segment may be called `name`: 32 hexadecimal digits and what it holds.
fn is_of_segment(name: &str) -> bool {
    let Some((id, _)) = name.split_once('.') else { return false };
    id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit())
}

/// The parts that every segment has.
const PARTS: [SegmentComponent; 6] = [
    SegmentComponent::Terms,
    SegmentComponent::Postings,
    SegmentComponent::Positions,
    SegmentComponent::FastFields,
    SegmentComponent::FieldNorms,
    SegmentComponent::Store,
];

/// Whether all files of `segment` in the folder of `files` hold what was written to them, as far as their checksums
/// tell.
pub(super) fn is_whole(files: &Files, segment: &SegmentMeta) -> bool {
    let removals = segment.has_deletes().then_some(SegmentComponent::Delete);
    let differs = |part| checksum_differs(files, &segment.relative_path(part));
    PARTS.into_iter().chain(removals).all(|part| differs(part).is_ok_and(|differs| !differs))
}

/// Bytes of a file that are read at once.
const PIECE_BYTES: usize = 1 << 20;

/// Whether `file` isn't what its checksum says. It is read and not mapped, so that it takes no memory.
fn checksum_differs(files: &Files, file: &Path) -> io::Result<bool> {
    let content = files.open_read(file).map_err(io::Error::other)?;
    let (footer, body) = Footer::extract_footer(content)?;
    let mut left = File::open(files.folder().join(file))?.take(body.len() as u64);
    let mut hasher = crc32fast::Hasher::new();
    let mut piece = vec![0; PIECE_BYTES.min(body.len())];
    loop {
        let read = left.read(&mut piece)?;
        if read == 0 {
            return Ok(hasher.finalize() != footer.crc);
        }
        hasher.update(&piece[..read]);
    }
}

/// What Tantivy says of a file whose end isn't as it should be, which it takes for that of an old version of its own.
const WORDS_OF_END: [&str; 2] = ["Footer magic byte mismatch", "File corrupted"];

/// What `error` says of a file.
pub(super) fn in_own_words(error: &io::Error) -> String {
    let said = error.to_string();
    let is_of_end = WORDS_OF_END.iter().any(|words| said.contains(words));
    if is_of_end { "it is cut short, or its end is damaged".to_owned() } else { said }
}

/// What is wrong with a file of Tantivy's that holds `content`.
pub(super) fn fault_in(content: &FileSlice, manifest: &Manifest) -> Result<(), String> {
    let told = |error: io::Error| in_own_words(&error);
    let (footer, body) = Footer::extract_footer(content.clone()).map_err(told)?;
    if !manifest.engines.contains(&footer.version.to_string()) {
        return Err(format!("it says that {} wrote it, which never did", footer.version));
    }
    let bytes = body.read_bytes().map_err(told)?;
    if crc32fast::hash(&bytes) != footer.crc {
        return Err("its checksum differs".to_owned());
    }
    let end = content.slice_from(body.len()).read_bytes().map_err(told)?;
    let json = serde_json::to_vec(&footer).map_err(|error| error.to_string())?;
    if end.get(..json.len()) != Some(json.as_slice()) {
        return Err("its end isn't as it is written".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_segments_are_told_from_others() {
        assert!(is_of_segment("0123456789abcdef0123456789abcdef.12.del"));
        for name in ["meta.json", "README.md", ".managed.json", "0123.idx", "notes"] {
            assert!(!is_of_segment(name), "{name}");
        }
    }
}
