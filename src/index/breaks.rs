//! Where paragraphs, sentences and their parts begin in an article, as numbers of a fast field.

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

use super::fields::fast;
use crate::analysis::{Break, Opening};

/// Bits of a packed break that tell what begins.
const OPENING_BITS: u32 = 2;

const OPENINGS: [Opening; 3] = [Opening::Part, Opening::Sentence, Opening::Paragraph];

/// A break as one number.
pub(super) fn pack(Break { position, opens }: Break) -> u64 {
    u64::from(position) << OPENING_BITS | opens as u64
}

fn unpack(packed: u64) -> Break {
    let opens = (packed & ((1 << OPENING_BITS) - 1)) as usize;
    let opens = OPENINGS[opens.min(OPENINGS.len() - 1)];
    Break { position: (packed >> OPENING_BITS) as u32, opens }
}

/// Reads them for the articles of one segment.
pub(super) struct BreakReader {
    column: Column<u64>,
}

impl BreakReader {
    /// A reader for the articles of `segment`.
    pub fn new(segment: &SegmentReader) -> tantivy::Result<Self> {
        Ok(Self { column: segment.fast_fields().u64(fast::BREAKS)? })
    }

    /// Puts the breaks of `doc` before the position `end` into `breaks`, in order.
    pub fn read(&self, doc: DocId, end: u32, breaks: &mut Vec<Break>) {
        breaks.clear();
        let all = self.column.values_for_doc(doc).map(unpack);
        breaks.extend(all.take_while(|known| known.position < end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_read_back() {
        for position in [0, 17, u32::MAX] {
            for opens in OPENINGS {
                assert_eq!(unpack(pack(opens.at(position))), opens.at(position));
            }
        }
    }
}
