//! [`SharedHandles`]: counts how many handles of one article's sketch others have too.
//!
//! A handle may be that of a hundredth of an archive, so that what all of them have is counted by document, and never
//! sorted; only the few that share enough are. What handles are, and how many are enough, isn't decided here.

use tantivy::{DocAddress, Searcher};

/// The bit of a count that says that its document is among those that share enough. A sketch has fewer handles.
const IS_LISTED: u8 = 1 << 7;

/// How many handles each document shares. Made once, for one article after the other.
pub(super) struct SharedHandles {
    /// For each segment the counts of its documents; none as long as nothing of it was counted.
    counts: Vec<Vec<u8>>,
    /// How many documents each segment has.
    documents: Vec<usize>,
    listed: Vec<DocAddress>,
}

impl SharedHandles {
    /// Of the documents of `searcher`, none as yet.
    pub fn of(searcher: &Searcher) -> Self {
        let segments = searcher.segment_readers();
        let documents = segments.iter().map(|segment| segment.max_doc() as usize).collect();
        Self { counts: vec![Vec::new(); segments.len()], documents, listed: Vec::new() }
    }

    /// Counts one handle more for each of `articles`; it is listed if so many are enough.
    pub fn add(&mut self, articles: &[DocAddress], are_enough: impl Fn(usize) -> bool) {
        for &address in articles {
            let segment = address.segment_ord as usize;
            let counts = &mut self.counts[segment];
            if counts.is_empty() {
                counts.resize(self.documents[segment], 0);
            }
            let count = &mut counts[address.doc_id as usize];
            *count += 1;
            if *count & IS_LISTED == 0 && are_enough(usize::from(*count)) {
                *count |= IS_LISTED;
                self.listed.push(address);
            }
        }
    }

    /// Those that are listed, each with how many it shares, by address; nothing is counted then.
    pub fn take(&mut self) -> Vec<(usize, DocAddress)> {
        self.listed.sort_unstable();
        let count = |address: DocAddress| {
            let count = self.counts[address.segment_ord as usize][address.doc_id as usize];
            (usize::from(count & !IS_LISTED), address)
        };
        let taken = self.listed.drain(..).map(count).collect();
        self.counts.iter_mut().for_each(|counts| counts.fill(0));
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shares_enough_is_listed_once_and_by_address() {
        let at = |segment, doc| DocAddress::new(segment, doc);
        let mut shared =
            SharedHandles { counts: vec![Vec::new(); 2], documents: vec![3, 9], listed: Vec::new() };
        let two = |count: usize| count > 1;
        shared.add(&[at(0, 1), at(1, 2), at(1, 8)], two);
        shared.add(&[at(0, 1), at(1, 8)], two);
        shared.add(&[at(0, 0), at(1, 8)], |_| true);
        assert_eq!(shared.take(), [(1, at(0, 0)), (2, at(0, 1)), (3, at(1, 8))]);
        shared.add(&[at(0, 1)], two);
        assert_eq!(shared.take(), [], "of the article before");
    }
}
