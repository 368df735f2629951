//! [`Copies`]: the copies of articles, and where their articles are.
//!
//! A copy is an input that names its article, and has what is looked for of its place in the fields in which articles
//! have it. So nothing of an article is written anew as copies come, change and go: the two are brought together when
//! somebody asks. An index without copies is asked for its articles alone.

use std::sync::Arc;

use hashbrown::HashMap;
use tantivy::index::SegmentId;
use tantivy::query::{BooleanQuery, EnableScoring, Query as _, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet as _, Score, Searcher, SegmentReader, TERMINATED, Term};

use super::facets::first_values;
use super::fields::{COPY, Fields, fast};
use super::lower::Lowered;
use super::meter::Meter;

/// How many documents are looked at together.
const DOCS_OF_BLOCK: usize = 1_024;

/// Documents of a segment whose ids are read in about the time in which one id is looked up.
const DOCS_OF_A_LOOK_UP: usize = 200;

/// The copies of one commit of an index.
#[derive(Debug)]
pub(super) struct Copies {
    searcher: Searcher,
    kind: Term,
    by_segment: HashMap<SegmentId, Arc<CopiesOfSegment>>,
}

/// The copies in a segment.
#[derive(Debug, Default)]
pub(super) struct CopiesOfSegment {
    /// Each with its article, in order.
    articles: Vec<(DocId, DocAddress)>,
    /// A bit for each document, set for copies.
    marks: Vec<u64>,
}

/// What is known of documents, by the ordinals of their segments, in order.
pub(super) type ByDocument<T> = Vec<Vec<(DocId, T)>>;

impl Copies {
    /// Those of the index of `searcher`; nothing if it has none.
    pub fn of(searcher: &Searcher, fields: &Fields) -> tantivy::Result<Option<Self>> {
        let kind = Term::from_field_text(fields.kind, COPY);
        if searcher.doc_freq(&kind)? == 0 {
            return Ok(None);
        }
        let (mut named, mut addresses) = (Vec::new(), HashMap::new());
        for segment in searcher.segment_readers() {
            let of_segment = copies_in(segment, &kind)?;
            addresses.extend(of_segment.iter().map(|&(_, id)| (id, None)));
            named.push(of_segment);
        }
        find_articles(searcher, fields.id, &mut addresses)?;
        let mut by_segment = HashMap::new();
        for (segment, named) in searcher.segment_readers().iter().zip(named) {
            let mut copies = CopiesOfSegment::default();
            copies.marks.resize(segment.max_doc() as usize / 64 + 1, 0);
            for (doc, id) in named {
                copies.marks[doc as usize / 64] |= 1 << (doc % 64);
                copies.articles.extend(addresses.get(&id).copied().flatten().map(|article| (doc, article)));
            }
            by_segment.insert(segment.segment_id(), Arc::new(copies));
        }
        Ok(Some(Self { searcher: searcher.clone(), kind, by_segment }))
    }

    /// The ids of the index's segments, in order.
    pub fn segments(&self) -> impl Iterator<Item = SegmentId> {
        self.searcher.segment_readers().iter().map(SegmentReader::segment_id)
    }

    /// Those in the segment `id`.
    pub fn in_segment(&self, id: SegmentId) -> Option<&Arc<CopiesOfSegment>> {
        self.by_segment.get(&id)
    }

    /// Those that `condition` finds.
    pub fn among(&self, condition: &Lowered) -> Lowered {
        let all = TermQuery::new(self.kind.clone(), IndexRecordOption::Basic);
        Box::new(BooleanQuery::intersection(vec![condition.box_clone(), Box::new(all)]))
    }

    /// The articles of which `condition` finds a copy, each with the best score that it gives one.
    pub fn articles_of(
        &self,
        condition: &Lowered,
        scoring: EnableScoring<'_>,
        meter: &Meter,
    ) -> tantivy::Result<ByDocument<Score>> {
        let weight = condition.weight(scoring)?;
        let mut found: ByDocument<Score> = vec![Vec::new(); self.searcher.segment_readers().len()];
        for segment in self.searcher.segment_readers() {
            let copies =
                self.in_segment(segment.segment_id()).map_or(&[][..], |copies| copies.with_articles());
            if copies.is_empty() {
                continue;
            }
            let mut scorer = weight.scorer(segment, 1.0)?;
            let mut at = 0;
            // Whichever of the two is behind goes on to where the other is.
            while let Some(&(copy, article)) = copies.get(at) {
                let doc = if scorer.doc() < copy { scorer.seek(copy) } else { scorer.doc() };
                if doc == copy {
                    meter.count(1);
                    found[article.segment_ord as usize].push((article.doc_id, scorer.score()));
                    at += 1;
                } else {
                    at += copies[at..].partition_point(|&(copy, _)| copy < doc);
                }
            }
        }
        for of_segment in &mut found {
            of_segment.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
            of_segment.dedup_by_key(|(doc, _)| *doc);
        }
        Ok(found)
    }

    /// The same where scores don't matter.
    pub fn articles_of_unscored(
        &self,
        condition: &Lowered,
        meter: &Meter,
    ) -> tantivy::Result<ByDocument<Score>> {
        self.articles_of(condition, EnableScoring::disabled_from_searcher(&self.searcher), meter)
    }
}

impl CopiesOfSegment {
    /// Whether `doc` is one.
    pub fn has(&self, doc: DocId) -> bool {
        self.marks.get(doc as usize / 64).is_some_and(|marks| marks >> (doc % 64) & 1 == 1)
    }

    /// The copies, each with its article.
    pub fn with_articles(&self) -> &[(DocId, DocAddress)] {
        &self.articles
    }
}

/// The copies in `segment`, which have the term `kind`, each with the number of its article.
fn copies_in(segment: &SegmentReader, kind: &Term) -> tantivy::Result<Vec<(DocId, u64)>> {
    let mut found = Vec::new();
    let Some(copy_of) = segment.fast_fields().column_opt::<u64>(fast::COPY_OF)? else { return Ok(found) };
    let index = segment.inverted_index(kind.field())?;
    let Some(mut copies) = index.read_postings(kind, IndexRecordOption::Basic)? else { return Ok(found) };
    while copies.doc() != TERMINATED {
        let doc = copies.doc();
        found.extend(copy_of.first(doc).filter(|_| !segment.is_deleted(doc)).map(|id| (doc, id)));
        copies.advance();
    }
    Ok(found)
}

/// Puts into `addresses` where each of the articles is whose numbers are its keys.
fn find_articles(
    searcher: &Searcher,
    field: Field,
    addresses: &mut HashMap<u64, Option<DocAddress>>,
) -> tantivy::Result<()> {
    let ids: Vec<u64> = addresses.keys().copied().collect();
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        let mut found = |id, doc| {
            if let Some(address) = addresses.get_mut(&id).filter(|_| !segment.is_deleted(doc)) {
                *address = Some(DocAddress::new(ordinal, doc));
            }
        };
        if ids.len() * DOCS_OF_A_LOOK_UP > segment.max_doc() as usize {
            each_id(segment, &mut found)?;
        } else {
            let index = segment.inverted_index(field)?;
            for &id in &ids {
                let term = Term::from_field_u64(field, id);
                let Some(mut docs) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
                while docs.doc() != TERMINATED {
                    found(id, docs.doc());
                    docs.advance();
                }
            }
        }
    }
    Ok(())
}

/// Calls `each` with the numbers of the articles in `segment`.
fn each_id(segment: &SegmentReader, mut each: impl FnMut(u64, DocId)) -> tantivy::Result<()> {
    let Some(ids) = segment.fast_fields().column_opt::<u64>(fast::ID)? else { return Ok(()) };
    let mut of_block = Vec::new();
    let docs: Vec<DocId> = (0..segment.max_doc()).collect();
    for block in docs.chunks(DOCS_OF_BLOCK) {
        first_values(&ids, block, &mut of_block);
        for (&doc, id) in block.iter().zip(&of_block) {
            if let Some(id) = *id {
                each(id, doc);
            }
        }
    }
    Ok(())
}
