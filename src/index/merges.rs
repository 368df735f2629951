//! [`MergesOfSmall`]: which segments are merged.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::directory::Files;
use super::files::is_whole;
use tantivy::SegmentMeta;
use tantivy::index::SegmentComponent;
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

/// Bytes of a segment that is left as it is. Eight that are a little smaller become one of a gigabyte and a half, so that
/// even a large archive has few; and the texts of one that is merged, which have to be in memory at once, are few too.
const MAX_MERGED_BYTES: u64 = 192 << 20;

/// The parts of a segment that nearly all of its bytes are in.
const LARGE_PARTS: [SegmentComponent; 5] = [
    SegmentComponent::Terms,
    SegmentComponent::Postings,
    SegmentComponent::Positions,
    SegmentComponent::FastFields,
    SegmentComponent::Store,
];

/// Segments that may wait to be merged while large texts come: a few more than are merged otherwise.
const MOST_WAITING: usize = 12;

/// Keeps merges from beginning while large texts come: both take memory by the size of one.
#[derive(Clone, Debug, Default)]
pub(super) struct Pause(Arc<AtomicBool>);

impl Pause {
    /// Begins or ends it.
    pub fn set(&self, paused: bool) {
        self.0.store(paused, Ordering::Relaxed);
    }

    fn is_on(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Merges segments as Tantivy does, but for those that are large. So merging takes no more memory in a large index than in
/// a small one, and what is large isn't written again and again.
#[derive(Debug)]
pub(super) struct MergesOfSmall {
    folder: PathBuf,
    by_documents: LogMergePolicy,
    pause: Pause,
}

impl MergesOfSmall {
    /// The policy for the index in `folder`, which begins no merge during `pause`.
    pub fn new(folder: &Path, pause: Pause) -> Self {
        Self { folder: folder.to_owned(), by_documents: LogMergePolicy::default(), pause }
    }

    /// Bytes of what hasn't been removed of a segment, as far as its files can be looked at.
    fn bytes(&self, segment: &SegmentMeta) -> u64 {
        let file = |part| self.folder.join(segment.relative_path(part));
        let bytes = |part| file(part).metadata().map_or(0, |known| known.len());
        let all: u64 = LARGE_PARTS.into_iter().map(bytes).sum();
        let alive = f64::from(segment.num_docs()) / f64::from(segment.max_doc().max(1));
        (all as f64 * alive) as u64
    }

    /// What to merge of `segments`: those alone of which it `is_whole`.
    fn candidates(
        &self,
        segments: &[SegmentMeta],
        is_whole: impl Fn(&SegmentMeta) -> bool,
    ) -> Vec<MergeCandidate> {
        let is_small = |segment: &&SegmentMeta| self.bytes(segment) <= MAX_MERGED_BYTES;
        let mut left: Vec<SegmentMeta> = segments.iter().filter(is_small).cloned().collect();
        if self.pause.is_on() && left.len() < MOST_WAITING {
            return Vec::new();
        }
        loop {
            let merges = self.by_documents.compute_merge_candidates(&left);
            let is_merged =
                |segment: &SegmentMeta| merges.iter().any(|merge| merge.0.contains(&segment.id()));
            let before = left.len();
            left.retain(|segment| !is_merged(segment) || is_whole(segment));
            if left.len() == before {
                return merges;
            }
        }
    }
}

impl MergePolicy for MergesOfSmall {
    /// What is damaged isn't merged: in the new segment nothing would tell of it.
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let files = Files::open(&self.folder).map(Files::by_pieces).ok();
        self.candidates(segments, |segment| files.as_ref().is_some_and(|files| is_whole(files, segment)))
    }
}

#[cfg(test)]
mod tests {
    use tantivy::indexer::NoMergePolicy;
    use tantivy::schema::Schema;
    use tantivy::{Index, TantivyDocument};

    use super::*;

    /// An index of so many segments in `folder`, each of two documents.
    fn index_of(segments: usize, folder: &Path) -> Index {
        let index = Index::create_in_dir(folder, Schema::builder().build()).unwrap();
        let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for _ in 0..segments {
            writer.add_document(TantivyDocument::new()).unwrap();
            writer.add_document(TantivyDocument::new()).unwrap();
            writer.commit().unwrap();
        }
        index
    }

    #[test]
    fn a_damaged_segment_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let segments = index_of(9, folder.path()).searchable_segment_metas().unwrap();
        let policy = MergesOfSmall::new(folder.path(), Pause::default());
        let merged = || -> Vec<usize> {
            policy.compute_merge_candidates(&segments).iter().map(|merge| merge.0.len()).collect()
        };
        assert_eq!(merged(), [9]);
        let file = folder.path().join(segments[3].relative_path(SegmentComponent::Store));
        let mut bytes = std::fs::read(&file).unwrap();
        bytes[0] ^= 1;
        std::fs::write(&file, bytes).unwrap();
        assert_eq!(merged(), [8]);
    }

    #[test]
    fn a_large_segment_is_left_as_it_is_until_much_of_it_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let mut segments = index_of(9, folder.path()).searchable_segment_metas().unwrap();
        let pause = Pause::default();
        let policy = MergesOfSmall::new(folder.path(), pause.clone());
        let merged = |segments: &[SegmentMeta]| -> Vec<usize> {
            policy.candidates(segments, |_| true).iter().map(|merge| merge.0.len()).collect()
        };
        assert_eq!(merged(&segments), [9]);
        let store = folder.path().join(segments[3].relative_path(SegmentComponent::Store));
        let file = std::fs::File::options().write(true).open(store).unwrap();
        file.set_len(MAX_MERGED_BYTES + (1 << 20)).unwrap();
        assert_eq!(merged(&segments), [8]);
        segments[3] = segments[3].clone().with_delete_meta(1, 100);
        assert_eq!(merged(&segments), [9]);
        pause.set(true);
        assert_eq!(merged(&segments), [0; 0]);
        pause.set(false);
        assert_eq!(merged(&segments), [9]);
    }

    #[test]
    fn segments_dont_wait_in_any_number() {
        let folder = tempfile::tempdir().unwrap();
        let segments = index_of(MOST_WAITING, folder.path()).searchable_segment_metas().unwrap();
        let pause = Pause::default();
        pause.set(true);
        let policy = MergesOfSmall::new(folder.path(), pause);
        assert!(policy.compute_merge_candidates(&segments[1..]).is_empty());
        assert!(!policy.compute_merge_candidates(&segments).is_empty());
    }
}
