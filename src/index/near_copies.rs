//! Finds articles whose texts may be nearly the same: by the handles that they share, then by their sketches. Whether
//! their words are is asked in `wordings`.
//!
//! Nothing is kept of who is a copy of whom, so it holds whatever came in first, was changed or is gone, and in
//! however many segments it lies.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use parking_lot::Mutex;
use tantivy::columnar::Column;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, InvertedIndexReader, SegmentReader, Term};

use super::fields::fast;
use super::published::PublishedColumns;
use super::reader::{IndexSearcher, add_documents, address_of, key_of};
use super::shared_handles::SharedHandles;
use super::values;
use crate::dedup::Sketch;
use crate::engine::{CopyStats, DocumentKey, Searcher};
use crate::error::IndexError;

/// Articles that one is compared with at most, of those that share a handle with it: a run of words that thousands
/// share, such as a formula, is a handle of each of them.
const MOST_COMPARED: usize = 512;

/// Articles at most that a rare handle has.
const MOST_WITH_A_RARE_HANDLE: usize = 16;

/// Whether two articles are worth a comparison that share so many handles, or a rare one. Articles that share one
/// common handle are mostly of one form, and hundreds would be compared with each. Of copies with the least likeness
/// one pair in eight shares fewer than two handles, and is missed only if that one is common.
fn are_enough(shared: usize, has_rare: bool) -> bool {
    shared > 1 || shared == 1 && has_rare
}

/// What sketches are read by, of the segments that were asked about.
pub(super) type SketchReaders = Mutex<HashMap<u32, Arc<SketchReader>>>;

/// Reads sketches from one segment.
pub(super) struct SketchReader {
    sketches: Column<u64>,
    published: PublishedColumns,
}

impl SketchReader {
    fn new(segment: &SegmentReader) -> tantivy::Result<Self> {
        let sketches = segment.fast_fields().u64(fast::SKETCH)?;
        Ok(Self { sketches, published: PublishedColumns::of(segment)? })
    }

    fn read(&self, doc: DocId) -> Sketch {
        let mut packed = Vec::new();
        Sketch::unpacked(values::read(&self.sketches, doc, &mut packed)).dated(self.published.days(doc))
    }

    /// Whether the article `doc` is near that of `sketch`; what `packed` had is gone then. Of most no more is read than
    /// it takes to tell that it isn't: dates lie close together, sketches each in a page of its own.
    fn is_near(&self, sketch: &Sketch, doc: DocId, packed: &mut Vec<u64>) -> bool {
        let published = self.published.days(doc);
        let may_be_near = !sketch.is_far_from(published)
            && sketch.is_as_long_as_packed(values::read_first(&self.sketches, doc, 1, packed))
            && sketch.is_like_packed(values::read_first(
                &self.sketches,
                doc,
                Sketch::NUMBERS_WITH_RUNS,
                packed,
            ));
        if !may_be_near {
            return false;
        }
        sketch.is_near(&Sketch::unpacked(values::read(&self.sketches, doc, packed)).dated(published))
    }
}

impl IndexSearcher {
    pub(super) fn sketches_of(&self, keys: &[DocumentKey]) -> tantivy::Result<Vec<Sketch>> {
        let addresses = keys.iter().map(|&key| address_of(key));
        addresses.map(|address| Ok(self.sketch_reader(address.segment_ord)?.read(address.doc_id))).collect()
    }

    fn sketch_reader(&self, segment: u32) -> tantivy::Result<Arc<SketchReader>> {
        let mut opened = self.sketch_readers.lock();
        Ok(match opened.entry(segment) {
            Entry::Occupied(known) => Arc::clone(known.get()),
            Entry::Vacant(vacant) => {
                let reader = SketchReader::new(self.engine().segment_reader(segment))?;
                Arc::clone(vacant.insert(Arc::new(reader)))
            }
        })
    }

    /// For each of `keys` the other articles that are near it, by address.
    pub(super) fn near(&self, keys: &[DocumentKey]) -> tantivy::Result<Vec<Vec<DocumentKey>>> {
        let sketches = self.sketches_of(keys)?;
        let handles = self.handles()?;
        let (mut packed, mut shared) = (Vec::new(), SharedHandles::of(self.engine()));
        let near = keys.iter().zip(sketches).map(|(&key, sketch)| {
            let mut found = Vec::new();
            for address in self.sharing_handles(&handles, (address_of(key), &sketch), &mut shared)? {
                let other = key_of(address);
                let reader = self.sketch_reader(address.segment_ord)?;
                if other != key && reader.is_near(&sketch, address.doc_id, &mut packed) {
                    found.push(other);
                }
            }
            Ok(found)
        });
        near.collect()
    }

    /// Each segment with its postings of handles.
    fn handles(&self) -> tantivy::Result<Vec<(&SegmentReader, Arc<InvertedIndexReader>)>> {
        let segments = self.engine().segment_readers().iter();
        segments.map(|segment| Ok((segment, segment.inverted_index(self.fields().handles)?))).collect()
    }

    /// The articles that may be copies by the handles that they share with the article `own` of this `sketch`, by address.
    /// Of too many, those that share the most. They are counted in `shared`.
    fn sharing_handles(
        &self,
        handles: &[(&SegmentReader, Arc<InvertedIndexReader>)],
        (own, sketch): (DocAddress, &Sketch),
        shared: &mut SharedHandles,
    ) -> tantivy::Result<Vec<DocAddress>> {
        for &handle in sketch.handles() {
            let articles = with_handle(handles, &self.handle_term(handle), own)?;
            let is_rare = articles.len() <= MOST_WITH_A_RARE_HANDLE;
            shared.add(&articles, |shared| are_enough(shared, is_rare));
        }
        let mut sharing = shared.take();
        if sharing.len() > MOST_COMPARED {
            sharing.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
            sharing.truncate(MOST_COMPARED);
            sharing.sort_unstable_by_key(|&(_, address)| address);
        }
        Ok(sharing.into_iter().map(|(_, address)| address).collect())
    }

    /// Whether the two may be copies by the handles that they share.
    pub(super) fn share_enough_handles(&self, one: DocumentKey, other: DocumentKey) -> tantivy::Result<bool> {
        let sketches = self.sketches_of(&[one, other])?;
        let others = sketches[1].handles();
        let shared = || sketches[0].handles().iter().copied().filter(|handle| others.contains(handle));
        let has_rare = match (shared().next(), shared().nth(1)) {
            (Some(handle), None) => self.is_rare(handle)?,
            _ => false,
        };
        Ok(are_enough(shared().count(), has_rare))
    }

    /// Whether few articles have `handle`, those counted that are gone.
    fn is_rare(&self, handle: u32) -> tantivy::Result<bool> {
        Ok(self.engine().doc_freq(&self.handle_term(handle))? <= MOST_WITH_A_RARE_HANDLE as u64)
    }

    fn handle_term(&self, handle: u32) -> Term {
        Term::from_field_u64(self.fields().handles, u64::from(handle))
    }

    /// How many articles have near-copies, and how many there are without what is said again.
    pub(super) fn copy_stats(&self) -> Result<CopyStats, IndexError> {
        let (keys, sketches) = self.reading("comparing articles", || self.all_sketches())?;
        let mut groups = Groups((0..sketches.len()).collect());
        let mut by_handle: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (at, sketch) in sketches.iter().enumerate() {
            sketch.handles().iter().for_each(|&handle| by_handle.entry(handle).or_default().push(at));
        }
        for sharing in by_handle.values() {
            for (place, &one) in sharing.iter().enumerate() {
                for &other in sharing[place + 1..].iter().take(MOST_COMPARED) {
                    if groups.of(one) != groups.of(other)
                        && sketches[one].is_near(&sketches[other])
                        && self.tell_the_same(keys[one], keys[other])?
                    {
                        groups.join(one, other);
                    }
                }
            }
        }
        Ok(groups.stats())
    }

    /// The articles that can be compared, and their sketches.
    fn all_sketches(&self) -> tantivy::Result<(Vec<DocumentKey>, Vec<Sketch>)> {
        let mut sketches = Vec::new();
        for (ordinal, segment) in (0..).zip(self.engine().segment_readers()) {
            let reader = SketchReader::new(segment)?;
            let key = |doc| key_of(DocAddress::new(ordinal, doc));
            sketches.extend(segment.doc_ids_alive().map(|doc| (key(doc), reader.read(doc))));
        }
        sketches.retain(|(_, sketch)| !sketch.handles().is_empty());
        Ok(sketches.into_iter().unzip())
    }
}

/// The articles that have the handle `term`, by address, of which `own` is one: it is mostly the only one of its segment,
/// and then its postings needn't be read.
fn with_handle(
    handles: &[(&SegmentReader, Arc<InvertedIndexReader>)],
    term: &Term,
    own: DocAddress,
) -> tantivy::Result<Vec<DocAddress>> {
    let mut found = Vec::new();
    for (segment, (reader, index)) in (0..).zip(handles) {
        let Some(term) = index.get_term_info(term)? else { continue };
        if segment == own.segment_ord && term.doc_freq == 1 {
            found.push(own);
            continue;
        }
        let postings = index.read_postings_from_terminfo(&term, IndexRecordOption::Basic)?;
        add_documents(&mut found, (segment, reader), postings);
    }
    Ok(found)
}

/// Groups of things that are joined, directly or by others: each names one of its group, the first itself.
struct Groups(Vec<usize>);

impl Groups {
    fn of(&mut self, mut one: usize) -> usize {
        while self.0[one] != one {
            self.0[one] = self.0[self.0[one]];
            one = self.0[one];
        }
        one
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.of(one), self.of(other));
        self.0[one.max(other)] = one.min(other);
    }

    fn stats(mut self) -> CopyStats {
        let mut sizes: BTreeMap<usize, u64> = BTreeMap::new();
        for one in 0..self.0.len() {
            *sizes.entry(self.of(one)).or_default() += 1;
        }
        let clusters = sizes.values().filter(|&&size| size > 1);
        CopyStats { clusters: clusters.clone().count() as u64, articles: clusters.sum() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_grow_together() {
        let mut groups = Groups((0..6).collect());
        for (one, other) in [(4, 5), (0, 1), (1, 5)] {
            groups.join(one, other);
        }
        assert_eq!(groups.of(4), groups.of(0));
        assert_eq!(groups.stats(), CopyStats { clusters: 1, articles: 4 });
    }
}
