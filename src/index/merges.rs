//! [`MergesOfSmall`]: which segments are merged.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::directory::Files;
use super::files::is_whole;
use tantivy::SegmentMeta;
use tantivy::index::{SegmentComponent, SegmentId};
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

/// Bytes of a segment that is left as it is. Eight that are a little smaller become one of a gigabyte and a half, so
/// that even a large archive has few; and the texts of one that is merged, which have to be in memory at once, are few
/// too.
const MAX_MERGED_BYTES: u64 = 192 << 20;

/// Bytes of the mapped parts of segments that are merged into one. A merge reads them whole, and takes about half as
/// much memory again to sort what is in them. They are a tenth of what an index of pages holds, so that hardly any
/// merge of those is bounded by it, and a third of one of records of a few words.
const MAX_MAPPED_BYTES: u64 = 128 << 20;

/// The parts of a segment that are read piece by piece while it is merged.
const READ_PARTS: [SegmentComponent; 3] =
    [SegmentComponent::Postings, SegmentComponent::Positions, SegmentComponent::Store];

/// Those that are mapped. Other files of a segment are small.
const MAPPED_PARTS: [SegmentComponent; 3] =
    [SegmentComponent::Terms, SegmentComponent::FastFields, SegmentComponent::FieldNorms];

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

/// Merges segments as Tantivy does, but for those that are large. So merging takes no more memory in a large index than
/// in a small one, and what is large isn't written again and again.
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

    /// Bytes of the `parts` of a segment, as far as its files can be looked at.
    fn bytes_of(&self, parts: [SegmentComponent; 3], segment: &SegmentMeta) -> u64 {
        let file = |part| self.folder.join(segment.relative_path(part));
        parts.into_iter().map(|part| file(part).metadata().map_or(0, |known| known.len())).sum()
    }

    /// Bytes of what hasn't been removed of a segment.
    fn bytes(&self, segment: &SegmentMeta) -> u64 {
        let all = self.bytes_of(READ_PARTS, segment) + self.bytes_of(MAPPED_PARTS, segment);
        let alive = f64::from(segment.num_docs()) / f64::from(segment.max_doc().max(1));
        (all as f64 * alive) as u64
    }

    /// As many of the segments of `merge` as may be mapped at once, the smallest first; none if that is but one of
    /// several.
    fn bounded(&self, merge: MergeCandidate, segments: &[SegmentMeta]) -> Option<MergeCandidate> {
        let mapped = |id: &SegmentId| -> u64 {
            let segment = segments.iter().find(|segment| segment.id() == *id);
            segment.map_or(0, |segment| self.bytes_of(MAPPED_PARTS, segment))
        };
        let mut sizes: Vec<(u64, SegmentId)> = merge.0.iter().map(|id| (mapped(id), *id)).collect();
        sizes.sort_unstable_by_key(|&(bytes, _)| bytes);
        let mut left = MAX_MAPPED_BYTES;
        let fits = |&(bytes, _): &(u64, SegmentId)| left.checked_sub(bytes).map(|rest| left = rest).is_some();
        let some: Vec<SegmentId> = sizes.into_iter().take_while(fits).map(|(_, id)| id).collect();
        (some.len() >= merge.0.len().min(2)).then_some(MergeCandidate(some))
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
            let merges = self.by_documents.compute_merge_candidates(&left).into_iter();
            let merges: Vec<_> = merges.filter_map(|merge| self.bounded(merge, &left)).collect();
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
    fn no_more_is_merged_than_may_be_mapped_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let segments = index_of(9, folder.path()).searchable_segment_metas().unwrap();
        let policy = MergesOfSmall::new(folder.path(), Pause::default());
        let merged = |bytes: u64| -> Vec<usize> {
            for segment in &segments {
                let norms = folder.path().join(segment.relative_path(SegmentComponent::FieldNorms));
                std::fs::File::options().write(true).open(norms).unwrap().set_len(bytes).unwrap();
            }
            policy.candidates(&segments, |_| true).iter().map(|merge| merge.0.len()).collect()
        };
        assert_eq!(merged(MAX_MAPPED_BYTES / 10), [9]);
        assert_eq!(merged(MAX_MAPPED_BYTES / 5), [4]);
        assert_eq!(merged(MAX_MAPPED_BYTES * 3 / 4), [0; 0]);
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
