//! [`MergesOfSmall`]: which segments are merged.

use std::path::{Path, PathBuf};

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

/// Merges segments as Tantivy does, but for those that are large. So merging takes no more memory in a large index than in
/// a small one, and what is large isn't written again and again.
#[derive(Debug)]
pub(super) struct MergesOfSmall {
    folder: PathBuf,
    by_documents: LogMergePolicy,
}

impl MergesOfSmall {
    /// The policy for the index in `folder`.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), by_documents: LogMergePolicy::default() }
    }

    /// Bytes of what hasn't been removed of a segment, as far as its files can be looked at.
    fn bytes(&self, segment: &SegmentMeta) -> u64 {
        let file = |part| self.folder.join(segment.relative_path(part));
        let bytes = |part| file(part).metadata().map_or(0, |known| known.len());
        let all: u64 = LARGE_PARTS.into_iter().map(bytes).sum();
        let alive = f64::from(segment.num_docs()) / f64::from(segment.max_doc().max(1));
        (all as f64 * alive) as u64
    }
}

impl MergePolicy for MergesOfSmall {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let is_small = |segment: &&SegmentMeta| self.bytes(segment) <= MAX_MERGED_BYTES;
        let small: Vec<SegmentMeta> = segments.iter().filter(is_small).cloned().collect();
        self.by_documents.compute_merge_candidates(&small)
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
    fn a_large_segment_is_left_as_it_is_until_much_of_it_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let mut segments = index_of(9, folder.path()).searchable_segment_metas().unwrap();
        let policy = MergesOfSmall::new(folder.path());
        let merged = |segments: &[SegmentMeta]| -> Vec<usize> {
            policy.compute_merge_candidates(segments).iter().map(|merge| merge.0.len()).collect()
        };
        assert_eq!(merged(&segments), [9]);
        let store = folder.path().join(segments[3].relative_path(SegmentComponent::Store));
        let file = std::fs::File::options().write(true).open(store).unwrap();
        file.set_len(MAX_MERGED_BYTES + (1 << 20)).unwrap();
        assert_eq!(merged(&segments), [8]);
        segments[3] = segments[3].clone().with_delete_meta(1, 100);
        assert_eq!(merged(&segments), [9]);
    }
}
