//! What a run that failed leaves in the folder of an index: files of segments that no commit speaks of.
//!
//! Tantivy removes such files behind a commit that comes to its end, which on a full disk none does.

use std::fs;

use tantivy::Directory;
use tantivy::directory::META_LOCK;

use super::Index;
use super::directory::Files;
use super::files::{other_segment_files, segment_files};

/// Removes from the folder of `index` the files of segments that its last commit doesn't speak of. Whoever calls holds
/// the writer's lock, so that nobody is about to write one. What can't be removed costs room alone.
pub(super) fn remove_unfinished(index: &Index) {
    let Ok(files) = Files::open(index.path()) else { return };
    // Whoever opens the index finds the files of the list that it reads.
    let Ok(_lock) = files.acquire_lock(&META_LOCK) else { return };
    let Ok(metas) = index.metas() else { return };
    let Ok(unfinished) = other_segment_files(index.path(), &segment_files(&metas)) else { return };
    for file in unfinished {
        let _ = fs::remove_file(file);
    }
}
