//! What can still be read of a damaged index: its records, each of which bears a seal of its own.
//!
//! Postings, dictionaries and columns are made from the records, so they are no loss. What is made of them again is
//! decided elsewhere.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use tantivy::TantivyDocument;
use tantivy::directory::{Directory, DirectoryLock};
use tantivy::fastfield::AliveBitSet;
use tantivy::index::{Segment, SegmentComponent};
use tantivy::store::StoreReader;

use super::directory::{Files, SPARE_META_FILE};
use super::failure::{as_damage, guarded};
use super::fields::Fields;
use super::kept::Kept;
use super::manifest::Manifest;
use super::movable::reason_to_stay;
use super::store_blocks::StoreBlocks;
use super::{META_FILE, OPENING, fields_of, was_committed_to};
use crate::dedup::Recurring;
use crate::engine::Run;
use crate::error::IndexError;

/// Blocks of records that are kept in memory.
const CACHED_BLOCKS: usize = 10;

/// The folder in a damaged index in which the new one is made: as a part of it, it is never taken for something else.
const REBUILT_FOLDER: &str = ".ibid-rebuilt";

/// What a damaged index is called, behind its name, once another has its place.
const DAMAGED: &str = "damaged";

/// A damaged index that nobody else writes to.
pub struct Salvage {
    tantivy: tantivy::Index,
    fields: Fields,
    manifest: Manifest,
    path: PathBuf,
    _lock: DirectoryLock,
}

/// How much of an index could be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// Records that can't be read.
    pub lost: u64,
    /// Segments of which nobody can tell any more which records were removed.
    pub without_removals: u64,
}

impl Salvage {
    /// Opens what is left of the index at `path`, for as long as nobody else writes to it.
    ///
    /// # Errors
    ///
    /// [`IndexError::Locked`]; [`IndexError::BeyondRepair`] if neither its list of segments nor the spare copy of it
    /// can be read.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        if !path.join(META_FILE).is_file() && !path.join(SPARE_META_FILE).is_file() {
            return Err(IndexError::Missing { path: path.to_owned() });
        }
        let files = guarded(path, OPENING, || Ok(Files::open(path)?))?;
        let lock = guarded(path, OPENING, || files.lock_for_writing())?;
        let opened = guarded(path, OPENING, || tantivy::Index::open(files.for_salvage(META_FILE)));
        let tantivy = match opened {
            Ok(tantivy) => tantivy,
            Err(_) => guarded(path, OPENING, || tantivy::Index::open(files.for_salvage(SPARE_META_FILE)))
                .map_err(beyond_repair)?,
        };
        let metas = guarded(path, OPENING, || tantivy.load_metas())?;
        Manifest::check(metas.payload.as_deref(), metas.segments.is_empty(), path)?;
        let fields = fields_of(&tantivy, path)?;
        let manifest = Manifest::read(metas.payload.as_deref());
        Ok(Self { tantivy, fields, manifest, path: path.to_owned(), _lock: lock })
    }

    /// The last run that is known.
    #[must_use]
    pub fn run(&self) -> Run {
        self.manifest.run.clone()
    }

    /// The blocks that are known to recur.
    #[must_use]
    pub fn recurring(&self) -> Recurring {
        self.manifest.recurring.clone()
    }

    /// Tells `each` of every record that can be read, those of segments that are sure of their removals first.
    ///
    /// # Errors
    ///
    /// If the list of segments can't be read, or `each` fails.
    pub fn each_kept<E: From<IndexError>>(
        &self,
        mut each: impl FnMut(Kept) -> Result<(), E>,
    ) -> Result<Salvaged, E> {
        let segments = guarded(&self.path, OPENING, || self.tantivy.searchable_segments())?;
        let with_removals = |segment| {
            let removals = self.removals(&segment);
            (segment, removals)
        };
        let mut segments: Vec<_> = segments.into_iter().map(with_removals).collect();
        segments.sort_by_key(|(_, removals)| removals.is_none());
        let mut salvaged = Salvaged::default();
        for (segment, removals) in &segments {
            salvaged.without_removals += u64::from(removals.is_none());
            let removed = removals.clone().unwrap_or_default();
            salvaged.lost += self.each_of(segment, &removed, &mut each)?;
        }
        Ok(salvaged)
    }

    /// The records of `segment` that were removed; none if that can't be told.
    fn removals(&self, segment: &Segment) -> Option<HashSet<u32>> {
        let meta = segment.meta();
        if !meta.has_deletes() {
            return Some(HashSet::new());
        }
        let removed: HashSet<u32> = attempted(&self.path, || {
            let file = meta.relative_path(SegmentComponent::Delete);
            if !self.tantivy.directory().validate_checksum(&file)? {
                return Err(tantivy::TantivyError::InternalError("its checksum differs".to_owned()));
            }
            let alive = AliveBitSet::open(segment.open_read(SegmentComponent::Delete)?.read_bytes()?);
            Ok((0..meta.max_doc()).filter(|&doc| alive.is_deleted(doc)).collect())
        })?;
        Some(removed)
    }

    /// Tells `each` of the records of `segment` but the `removed`, and gives the number of those that are lost.
    ///
    /// They are read in the order of the file as far as that is whole, and from there on by the table at its end.
    fn each_of<E: From<IndexError>>(
        &self,
        segment: &Segment,
        removed: &HashSet<u32>,
        each: &mut impl FnMut(Kept) -> Result<(), E>,
    ) -> Result<u64, E> {
        let (all, mut reached, mut lost) = (segment.meta().max_doc(), 0, 0);
        let file = self.path.join(segment.meta().relative_path(SegmentComponent::Store));
        let mut tell = |store: Option<&StoreReader>, first: u32, docs: Range<u32>| -> Result<(), E> {
            for doc in docs.filter(|doc| !removed.contains(doc)) {
                match store.and_then(|store| self.kept(store, doc - first)) {
                    None | Some(Kept::Unreadable { .. }) => lost += 1,
                    Some(kept) => each(kept)?,
                }
            }
            Ok(())
        };
        for block in StoreBlocks::open(&file).into_iter().flatten() {
            let end = reached + block.records();
            if end > all {
                break;
            }
            let store = attempted(&self.path, || Ok(block.reader()?));
            tell(store.as_ref(), reached, reached..end)?;
            reached = end;
        }
        if reached < all {
            let store = attempted(&self.path, || {
                Ok(StoreReader::open(segment.open_read(SegmentComponent::Store)?, CACHED_BLOCKS)?)
            });
            tell(store.as_ref(), 0, reached..all)?;
        }
        Ok(lost)
    }

    /// The record `doc` of `store`; none if there is none that can be read.
    fn kept(&self, store: &StoreReader, doc: u32) -> Option<Kept> {
        attempted(&self.path, || {
            let document: TantivyDocument = store.get(doc)?;
            Ok(Kept::of(&document, &self.fields))
        })
    }

    /// The place of the index that is made of this one, where nothing is: what an earlier repair left there as it was
    /// killed is removed, which nobody else can be at work on.
    ///
    /// # Errors
    ///
    /// If that can't be removed; [`IndexError::Immovable`] if what is made there couldn't take the place of this one.
    pub fn room_for_rebuilt(&self) -> Result<PathBuf, IndexError> {
        let immovable = |reason| IndexError::Immovable { path: self.path.clone(), reason };
        let place = self.path.canonicalize().and_then(|path| Ok((beside(&path, DAMAGED)?, path)));
        let (aside, path) = place.map_err(|error| immovable(error.to_string()))?;
        if let Some(reason) = reason_to_stay(&path, &aside) {
            return Err(immovable(reason));
        }
        let place = self.path.join(REBUILT_FOLDER);
        match fs::remove_dir_all(&place) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                let action = "making room for the rebuilt index";
                Err(IndexError::Engine { path: self.path.clone(), action, source: error.into() })
            }
            _ => Ok(place),
        }
    }

    /// Puts the index that was rebuilt in the place of this one, and gives the place where this one lies from then on.
    ///
    /// # Errors
    ///
    /// [`IndexError::NotReplaced`] if a folder can't be renamed; then this index stays where it is, with the rebuilt
    /// one in it.
    pub fn replace_by_rebuilt(self) -> Result<PathBuf, IndexError> {
        let replaced = || {
            // A link to the index goes on leading to it.
            let path = self.path.canonicalize()?;
            let aside = beside(&path, DAMAGED)?;
            fs::rename(&path, &aside)?;
            fs::rename(aside.join(REBUILT_FOLDER), &path).or_else(|error| {
                // Another process may have done so, as it found no index there.
                if path.exists() {
                    return Ok(());
                }
                fs::rename(&aside, &path)?;
                Err(error)
            })?;
            // Both names outlast a loss of power.
            if let Some(around) = path.parent() {
                Files::open(around).map_err(io::Error::other)?.sync_directory()?;
            }
            Ok(aside)
        };
        replaced().map_err(|source: io::Error| IndexError::NotReplaced {
            path: self.path.clone(),
            rebuilt: self.path.join(REBUILT_FOLDER),
            source,
        })
    }
}

/// Does something with files that may be damaged, whatever they make Tantivy do.
fn attempted<T>(path: &Path, work: impl FnOnce() -> tantivy::Result<T>) -> Option<T> {
    guarded(path, "reading what is left", work).ok()
}

/// What an index suffers from whose spare list of segments can't be read either.
fn beyond_repair(error: IndexError) -> IndexError {
    match as_damage(error) {
        IndexError::Damaged { path, reason } => IndexError::BeyondRepair { path, reason },
        error => error,
    }
}

/// Removes what a repair that was killed has left in the index at `path`, to which nobody else may write meanwhile.
/// What can't be removed is no obstacle.
pub(super) fn remove_leftovers(path: &Path) {
    let _ = fs::remove_dir_all(path.join(REBUILT_FOLDER));
}

/// Puts the index that a repair has rebuilt at `path`, where nothing is, if the repair was killed when the damaged one
/// had made room for it. What can't be done leaves no index there, as it was.
pub(super) fn finish_repair(path: &Path) {
    // A link to the index leads to nothing until then.
    let linked = fs::read_link(path).ok().and_then(|target| Some(path.parent()?.join(target)));
    let path = linked.as_deref().unwrap_or(path);
    let Some(name) = path.file_name() else { return };
    let mut damaged = numbered(path, name, DAMAGED).take_while(|place| place.exists());
    let rebuilt =
        damaged.find_map(|place| Some(place.join(REBUILT_FOLDER)).filter(|rebuilt| rebuilt.exists()));
    // It is committed once, when all of it is there.
    if let Some(rebuilt) = rebuilt.filter(|rebuilt| was_committed_to(rebuilt)) {
        let _ = fs::rename(rebuilt, path);
    }
}

/// A place beside `path` where nothing is yet, named after it and `what`.
///
/// # Errors
///
/// If `path` has no name.
fn beside(path: &Path, what: &str) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| io::Error::other("it has no name"))?;
    let free = numbered(path, name, what).find(|place| !place.exists());
    Ok(free.unwrap_or_else(|| path.to_owned()))
}

/// The places beside `path` that are named after its `name` and `what`.
fn numbered(path: &Path, name: &OsStr, what: &str) -> impl Iterator<Item = PathBuf> {
    (1..=u32::MAX).map(move |number| {
        let mut name = name.to_owned();
        name.push(if number == 1 { format!(".{what}") } else { format!(".{what}-{number}") });
        path.with_file_name(name)
    })
}
