//! What queries ask of copies: whether any are needed, which of one article's meet a query, and which of its leaves
//! they have.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::query::{BooleanQuery, EnableScoring, Query as _, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, TERMINATED};

use super::copies::Copies;
use super::copy_publishers::CopyPublishers;
use super::languages::read_in_groups;
use super::lower::{Lowered, Lowering};
use super::reader::{IndexSearcher, address_of};
use crate::engine::{DocumentKey, InputRecord, Searcher as _};
use crate::error::IndexError;
use crate::query::{Form, Leaf, Query, TextField};

/// Copies of an article that are read to choose the one that comes first: of more the others aren't looked at.
const MOST_READ: usize = 100;

/// What is done, in errors.
const LOOKING_UP: &str = "looking up copies";

impl IndexSearcher {
    /// The copies of the index, if there are any and `query` asks where articles are held.
    pub(super) fn copies_for(&self, query: &Query) -> tantivy::Result<Option<Arc<Copies>>> {
        if query.asks_of_places() { self.all_copies() } else { Ok(None) }
    }

    /// The copies of the index, if there are any. They are looked for once.
    fn all_copies(&self) -> tantivy::Result<Option<Arc<Copies>>> {
        if let Some(known) = self.copies.get() {
            return Ok(known.clone());
        }
        let copies = Copies::of(self.engine(), self.fields())?.map(Arc::new);
        Ok(self.copies.get_or_init(|| copies).clone())
    }

    /// Who published copies. That is found out once.
    pub(super) fn copy_publishers(&self) -> Result<Arc<CopyPublishers>, IndexError> {
        if let Some(known) = self.copy_publishers.get() {
            return Ok(Arc::clone(known));
        }
        let publishers = self.reading(LOOKING_UP, || match self.all_copies()? {
            Some(copies) => CopyPublishers::of(self.engine(), &copies),
            None => Ok(CopyPublishers::default()),
        })?;
        Ok(Arc::clone(self.copy_publishers.get_or_init(|| Arc::new(publishers))))
    }

    /// For each condition of `query` on places that the article behind `key` doesn't meet at its own, the first copy of
    /// it that does; each once.
    pub(super) fn copies_meeting(
        &self,
        query: &Query,
        key: DocumentKey,
    ) -> Result<Vec<InputRecord>, IndexError> {
        let conditions = query.conditions_on_places();
        if conditions.is_empty() {
            return Ok(Vec::new());
        }
        let Some(term) = self.inputs_term_of(key)? else { return Ok(Vec::new()) };
        let mut inputs: Vec<InputRecord> = Vec::new();
        let meter = self.limits().meter();
        for condition in conditions {
            let found = self.reading(LOOKING_UP, || {
                let Some(copies) = self.all_copies()? else { return Ok(Vec::new()) };
                meter.count(self.engine().doc_freq(&term)? as usize);
                if meter.is_exceeded() {
                    return Ok(Vec::new());
                }
                let mut groups = read_in_groups(&condition, &self.groups, self.query_language(&condition));
                let expansions = self.expansions(&condition)?;
                let mut lowering = Lowering::new(self.fields(), &mut groups, &expansions, Arc::clone(&meter));
                let condition = lowering.lower(&condition);
                let of_article: Lowered = Box::new(TermQuery::new(term.clone(), IndexRecordOption::Basic));
                let of_article = copies.among(&of_article);
                self.first_of_article(address_of(key), &condition, of_article)
            })?;
            let found = found.into_iter().map(|address| self.input_at(address));
            let found = found.collect::<Result<Vec<_>, _>>()?;
            let first = found.into_iter().min_by(|a, b| a.locator.cmp(&b.locator));
            inputs.extend(first.filter(|first| inputs.iter().all(|known| known.locator != first.locator)));
        }
        Ok(inputs)
    }

    /// Those of the documents that `of_article` finds that `condition` finds too, as many as are read; none if it finds
    /// the article at `own`.
    fn first_of_article(
        &self,
        own: DocAddress,
        condition: &Lowered,
        of_article: Lowered,
    ) -> tantivy::Result<Vec<DocAddress>> {
        let scoring = EnableScoring::disabled_from_searcher(self.engine());
        let segment = self.engine().segment_reader(own.segment_ord);
        let mut at_own = condition.weight(scoring)?.scorer(segment, 1.0)?;
        if at_own.doc() <= own.doc_id && at_own.seek(own.doc_id) == own.doc_id {
            return Ok(Vec::new());
        }
        let both = BooleanQuery::intersection(vec![of_article, condition.box_clone()]).weight(scoring)?;
        let mut found = Vec::new();
        for (ordinal, segment) in (0..).zip(self.engine().segment_readers()) {
            let mut copies = both.scorer(segment, 1.0)?;
            while copies.doc() != TERMINATED && found.len() < MOST_READ {
                if !segment.is_deleted(copies.doc()) {
                    found.push(DocAddress::new(ordinal, copies.doc()));
                }
                copies.advance();
            }
        }
        Ok(found)
    }
}

/// The articles of which a copy has something, in order.
pub(super) struct HeldByCopies(HashMap<SegmentId, Vec<DocId>>);

impl HeldByCopies {
    /// Whether the article `doc` of the segment `id` is one.
    pub fn has(&self, id: SegmentId, doc: DocId) -> bool {
        self.0.get(&id).is_some_and(|docs| docs.binary_search(&doc).is_ok())
    }
}

/// The articles of which copies have leaves of a query, by leaf.
#[derive(Default)]
pub(super) struct LeavesOfCopies(HashMap<(Option<TextField>, String, Form), Arc<HeldByCopies>>);

impl LeavesOfCopies {
    /// Those of which a copy has `leaf`.
    pub fn of(&self, leaf: &Leaf<'_>) -> Option<Arc<HeldByCopies>> {
        if self.0.is_empty() {
            return None;
        }
        self.0.get(&(leaf.scope, leaf.text.to_owned(), leaf.form)).map(Arc::clone)
    }
}

impl Lowering<'_> {
    /// The articles of which copies have those leaves of `query` that are looked for in a field of places.
    pub fn leaves_of_copies(&mut self, query: &Query) -> tantivy::Result<LeavesOfCopies> {
        let mut of_copies = LeavesOfCopies::default();
        let Some(copies) = self.copies.clone() else { return Ok(of_copies) };
        for leaf in query.leaves() {
            if leaf.scope.is_some_and(TextField::is_of_places) && of_copies.of(&leaf).is_none() {
                let articles = copies.articles_of_unscored(&self.found_by(&leaf), &self.meter)?;
                let docs = articles.into_iter().map(|docs| docs.into_iter().map(|(doc, _)| doc).collect());
                let held = HeldByCopies(copies.segments().zip(docs).collect());
                of_copies.0.insert((leaf.scope, leaf.text.to_owned(), leaf.form), Arc::new(held));
            }
        }
        Ok(of_copies)
    }
}
