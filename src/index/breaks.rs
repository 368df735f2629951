//! Where paragraphs, sentences and their parts begin in an article, as numbers of a fast field.

use std::cmp::Ordering;

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

use super::fields::fast;
use crate::analysis::{Bonds, Break, Opening};
use crate::terms::places::Place;

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

    /// Whether something begins at `position` of `doc`.
    pub fn has(&self, doc: DocId, position: u32) -> bool {
        let mut rows = self.column.index.value_row_ids(doc);
        while !rows.is_empty() {
            let middle = rows.start + (rows.end - rows.start) / 2;
            match unpack(self.column.values.get_val(middle)).position.cmp(&position) {
                Ordering::Less => rows.start = middle + 1,
                Ordering::Equal => return true,
                Ordering::Greater => rows.end = middle,
            }
        }
        false
    }

    /// Whether no pause parts the words at `place` of `doc`, side by side, that these `bonds` hold together.
    pub fn leave_whole(&self, doc: DocId, place: Place, bonds: Bonds) -> bool {
        place.is_whole(bonds, |at| self.has(doc, at))
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
