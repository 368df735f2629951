//! [`IndexWriter::compact`]: puts all segments of an index into one, without what was removed.
//!
//! What the index says stays as it is; what changes is room on the disk, and that statistics no longer count what was
//! removed.

use std::fs;
use std::path::Path;

use super::Index;
use super::failure::guarded;
use super::writer::IndexWriter;
use crate::error::IndexError;

/// What compacting an index made of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Compacted {
    /// Bytes that it took on disk before.
    pub bytes_before: u64,
    /// Bytes that it takes now.
    pub bytes_after: u64,
    /// Segments that it was kept in before.
    pub segments_before: usize,
    /// Segments that it is kept in now: one, or none if it is empty.
    pub segments_after: usize,
    /// Records that had been removed and still took room.
    pub dropped: u64,
}

impl IndexWriter {
    /// Puts all segments into one, without the records that were removed. Searchers of the last commit see the same
    /// before, meanwhile and afterwards; a process that ends meanwhile leaves the index as it was.
    ///
    /// # Errors
    ///
    /// If the index can't be read or written, or is damaged, of which nothing would tell afterwards; then it is as it
    /// was.
    pub fn compact(self, index: &Index) -> Result<Compacted, IndexError> {
        index.check_files()?;
        let before = index.metas()?.segments;
        let mut compacted = Compacted {
            bytes_before: bytes_on_disk(index.path())?,
            segments_before: before.len(),
            dropped: before.iter().map(|segment| u64::from(segment.num_deleted_docs())).sum(),
            ..Compacted::default()
        };
        if before.len() > 1 || compacted.dropped > 0 {
            let segments: Vec<_> = before.iter().map(tantivy::SegmentMeta::id).collect();
            // A disk that has no room for it isn't to stay full.
            self.merge(&segments).inspect_err(|_| drop(self.collect_garbage()))?;
        }
        // What is still known of them would keep their files.
        drop(before);
        self.collect_garbage()?;
        self.finish()?;
        compacted.bytes_after = bytes_on_disk(index.path())?;
        compacted.segments_after = index.metas()?.segments.len();
        Ok(compacted)
    }
}

/// Bytes of the files in the folder of the index at `path`, but for those that only tell how it is being written.
fn bytes_on_disk(path: &Path) -> Result<u64, IndexError> {
    guarded(path, "measuring it", || {
        let mut bytes = 0;
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            if !entry.file_name().as_encoded_bytes().starts_with(b".") {
                // A file may go while it is looked at.
                bytes += entry.metadata().map_or(0, |metadata| metadata.len());
            }
        }
        Ok(bytes)
    })
}
