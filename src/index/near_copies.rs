//! Finds articles whose texts are nearly the same: by the handles that they share, then by their sketches, and last by
//! their words.
//!
//! Nothing is kept of who is a copy of whom, so it holds whatever came in first, was changed or is gone, and in
//! however many segments it lies.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::columnar::Column;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::fields::fast;
use super::reader::IndexSearcher;
use super::values;
use crate::analysis::{Analyzer, Opening};
use crate::dedup::{Sketch, Wording};
use crate::engine::{CopyStats, DocumentKey, Searcher};
use crate::error::IndexError;
use crate::model::{Language, host_of};

/// Articles that one is compared with at most, of those that share a handle with it: a run of words that thousands
/// share, such as a formula, is a handle of each of them.
const MOST_COMPARED: usize = 512;

/// Articles near one of which the texts are read: each takes about a millisecond. Of a pile of articles that are so many,
/// the others are copies by what their sketches say.
const MOST_READ: usize = 64;

/// Wordings that are kept, since one article is compared with many.
const MOST_KEPT: usize = 16;

/// Judgements that are kept: an answer asks twice for most.
const MOST_JUDGED: usize = 4_096;

/// Wordings of the articles that were compared last.
pub(super) type KeptWordings = Mutex<HashMap<DocumentKey, Arc<Wording>>>;

/// Which of the pairs of articles that were compared tell the same.
pub(super) type KeptJudgements = Mutex<HashMap<[DocumentKey; 2], bool>>;

/// What sketches are read by, of the segments that were asked about.
pub(super) type SketchReaders = Mutex<HashMap<u32, Arc<SketchReader>>>;

/// Reads sketches from one segment.
pub(super) struct SketchReader {
    sketches: Column<u64>,
    first: Column<i64>,
    last: Column<i64>,
}

impl SketchReader {
    fn new(segment: &SegmentReader) -> tantivy::Result<Self> {
        let fields = segment.fast_fields();
        Ok(Self {
            sketches: fields.u64(fast::SKETCH)?,
            first: fields.i64(fast::PUBLISHED_FIRST)?,
            last: fields.i64(fast::PUBLISHED_LAST)?,
        })
    }

    fn read(&self, doc: DocId) -> Sketch {
        let mut packed = Vec::new();
        Sketch::unpacked(values::read(&self.sketches, doc, &mut packed)).dated(self.published(doc))
    }

    /// Whether the article `doc` is near that of `sketch`; what `packed` had is gone then. Of most no more is read than it
    /// takes to tell that it isn't: dates lie close together, sketches each in a page of its own.
    fn is_near(&self, sketch: &Sketch, doc: DocId, packed: &mut Vec<u64>) -> bool {
        let published = self.published(doc);
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

    fn published(&self, doc: DocId) -> Option<(i64, i64)> {
        self.first.first(doc).zip(self.last.first(doc))
    }
}

impl IndexSearcher {
    pub(super) fn sketches_of(&self, keys: &[DocumentKey]) -> tantivy::Result<Vec<Sketch>> {
        let addresses = keys.iter().map(|&key| super::reader::address_of(key));
        addresses.map(|address| Ok(self.sketch_reader(address.segment_ord)?.read(address.doc_id))).collect()
    }

    fn sketch_reader(&self, segment: u32) -> tantivy::Result<Arc<SketchReader>> {
        let mut opened = self.sketch_readers.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(match opened.entry(segment) {
            Entry::Occupied(known) => Arc::clone(known.get()),
            Entry::Vacant(vacant) => {
                let reader = SketchReader::new(self.engine().segment_reader(segment))?;
                Arc::clone(vacant.insert(Arc::new(reader)))
            }
        })
    }

    /// The words of the article `key`, to be compared with those of others.
    fn wording(&self, key: DocumentKey) -> Result<Arc<Wording>, IndexError> {
        let kept = || self.wordings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().get(&key) {
            return Ok(Arc::clone(known));
        }
        let read = Arc::new(self.read_wording(key)?);
        let mut kept = kept();
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(key, Arc::clone(&read));
        Ok(read)
    }

    /// Whether the two tell the same by their words.
    pub(super) fn judged(&self, one: DocumentKey, other: DocumentKey) -> Result<bool, IndexError> {
        let pair = [one.min(other), one.max(other)];
        let judgements = || self.judgements.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(&known) = judgements().get(&pair) {
            return Ok(known);
        }
        let same = self.wording(one)?.tells_the_same(&*self.wording(other)?);
        let mut judgements = judgements();
        if judgements.len() >= MOST_JUDGED {
            judgements.clear();
        }
        judgements.insert(pair, same);
        Ok(same)
    }

    fn read_wording(&self, key: DocumentKey) -> Result<Wording, IndexError> {
        let article = self.fetch(key)?.article;
        let mut wording = Wording::of_site(article.metadata.url.as_deref().and_then(host_of));
        let title = article.metadata.title.as_deref().unwrap_or_default();
        // Words as they stand are the same in every language.
        Analyzer::new(Language::OTHER).each_article_token(title, &article.text, |placed| {
            let word = placed.token.exact;
            if placed.in_title {
                return wording.push_title(word);
            }
            let has_capital = article.text[placed.token.span.start..].starts_with(char::is_uppercase);
            let begins_sentence = placed.opens.is_some_and(Opening::is_of_sentence);
            wording.push(word, has_capital && !begins_sentence);
        });
        Ok(wording)
    }

    /// Of the articles `near` each of `keys` those that are copies of it.
    pub(super) fn copies_among(
        &self,
        keys: &[DocumentKey],
        near: Vec<Vec<DocumentKey>>,
    ) -> Result<Vec<Vec<DocumentKey>>, IndexError> {
        let mut all = Vec::with_capacity(near.len());
        for (&key, near) in keys.iter().zip(near) {
            let mut copies = Vec::new();
            for (read, other) in near.into_iter().enumerate() {
                if read >= MOST_READ || self.tell_the_same(key, other)? {
                    copies.push(other);
                }
            }
            all.push(copies);
        }
        Ok(all)
    }

    /// For each of `keys` the other articles that are near it, by address.
    pub(super) fn near(&self, keys: &[DocumentKey]) -> tantivy::Result<Vec<Vec<DocumentKey>>> {
        let sketches = self.sketches_of(keys)?;
        let mut packed = Vec::new();
        let near = keys.iter().zip(sketches).map(|(&key, sketch)| {
            let mut found = Vec::new();
            for address in self.sharing_handles(&sketch)? {
                let other = super::reader::key_of(address);
                let reader = self.sketch_reader(address.segment_ord)?;
                if other != key && reader.is_near(&sketch, address.doc_id, &mut packed) {
                    found.push(other);
                }
            }
            Ok(found)
        });
        near.collect()
    }

    /// The articles that have a handle of `sketch`, by address. Of too many, those that share the most.
    fn sharing_handles(&self, sketch: &Sketch) -> tantivy::Result<Vec<DocAddress>> {
        let mut shared = Vec::new();
        for (segment, reader) in (0..).zip(self.engine().segment_readers()) {
            let index = reader.inverted_index(self.fields().handles)?;
            for &handle in sketch.handles() {
                let term = Term::from_field_u64(self.fields().handles, u64::from(handle));
                let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else {
                    continue;
                };
                while postings.doc() != TERMINATED {
                    if !reader.is_deleted(postings.doc()) {
                        shared.push(DocAddress::new(segment, postings.doc()));
                    }
                    postings.advance();
                }
            }
        }
        shared.sort_unstable();
        let mut sharing: Vec<(usize, DocAddress)> =
            shared.chunk_by(|a, b| a == b).map(|same| (same.len(), same[0])).collect();
        if sharing.len() > MOST_COMPARED {
            sharing.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
            sharing.truncate(MOST_COMPARED);
            sharing.sort_unstable_by_key(|&(_, address)| address);
        }
        Ok(sharing.into_iter().map(|(_, address)| address).collect())
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
            let key = |doc| super::reader::key_of(DocAddress::new(ordinal, doc));
            sketches.extend(segment.doc_ids_alive().map(|doc| (key(doc), reader.read(doc))));
        }
        sketches.retain(|(_, sketch)| !sketch.handles().is_empty());
        Ok(sketches.into_iter().unzip())
    }
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
