//! Where the sentences of an article begin, as numbers of a fast field.

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

use super::fields::fast;
use crate::analysis::SentenceStart;

/// A sentence's start as one number.
pub(super) fn pack(start: SentenceStart) -> u64 {
    u64::from(start.position) << 1 | u64::from(start.opens_paragraph)
}

fn unpack(packed: u64) -> SentenceStart {
    SentenceStart { position: (packed >> 1) as u32, opens_paragraph: packed & 1 == 1 }
}

/// Reads them for the articles of one segment.
pub(super) struct SentenceReader {
    column: Column<u64>,
}

impl SentenceReader {
    /// A reader for the articles of `segment`.
    pub fn new(segment: &SegmentReader) -> tantivy::Result<Self> {
        Ok(Self { column: segment.fast_fields().u64(fast::SENTENCES)? })
    }

    /// Puts the starts of the sentences of `doc` that begin before the position `end` into `starts`, in order.
    pub fn read(&self, doc: DocId, end: u32, starts: &mut Vec<SentenceStart>) {
        starts.clear();
        let all = self.column.values_for_doc(doc).map(unpack);
        starts.extend(all.take_while(|start| start.position < end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_read_back() {
        for (position, opens_paragraph) in [(0, true), (17, false), (u32::MAX, true)] {
            let start = SentenceStart { position, opens_paragraph };
            assert_eq!(unpack(pack(start)), start);
        }
    }
}
