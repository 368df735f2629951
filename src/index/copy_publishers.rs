//! [`CopyPublishers`]: who published the copies of articles, to be counted beside those who published the articles.

use std::sync::Arc;

use hashbrown::HashMap;
use tantivy::columnar::StrColumn;
use tantivy::index::SegmentId;
use tantivy::{DocId, Searcher, SegmentReader};

use super::copies::{ByDocument, Copies};
use super::fields::fast;

/// The publishers that articles have by their copies alone.
#[derive(Default)]
pub(super) struct CopyPublishers {
    names: Arc<[String]>,
    /// The numbers of the names of each article that has some, each once, in order of articles.
    numbers: HashMap<SegmentId, Arc<[(DocId, u32)]>>,
}

impl CopyPublishers {
    /// Those of the articles of `searcher`, which have these `copies`.
    pub fn of(searcher: &Searcher, copies: &Copies) -> tantivy::Result<Self> {
        let mut names = Names::default();
        let mut of_articles: ByDocument<u32> = vec![Vec::new(); searcher.segment_readers().len()];
        for segment in searcher.segment_readers() {
            let mut publishers = Publishers::of(segment)?;
            let copies =
                copies.in_segment(segment.segment_id()).map_or(&[][..], |copies| copies.with_articles());
            for &(copy, article) in copies {
                let publisher = publishers.number(copy, |name| Some(names.number_of(name)))?;
                let of_segment = &mut of_articles[article.segment_ord as usize];
                of_segment.extend(publisher.map(|publisher| (article.doc_id, publisher)));
            }
        }
        let mut numbers = HashMap::new();
        for (segment, mut of_segment) in searcher.segment_readers().iter().zip(of_articles) {
            of_segment.sort_unstable();
            of_segment.dedup();
            let mut own = Publishers::of(segment)?;
            let mut others = Vec::with_capacity(of_segment.len());
            for (doc, publisher) in of_segment {
                if own.number(doc, |name| names.known(name))? != Some(publisher) {
                    others.push((doc, publisher));
                }
            }
            numbers.insert(segment.segment_id(), others.into());
        }
        Ok(Self { names: names.in_order(), numbers })
    }

    /// Counts those of the articles of `segment`, none as yet.
    pub fn of_segment(&self, segment: &SegmentReader) -> CountedPublishers {
        let numbers = self.numbers.get(&segment.segment_id()).map(Arc::clone).unwrap_or_default();
        let counts = if numbers.is_empty() { Vec::new() } else { vec![0; self.names.len()] };
        CountedPublishers { names: Arc::clone(&self.names), numbers, counts }
    }
}

/// Names by numbers.
#[derive(Default)]
struct Names(HashMap<String, u32>);

impl Names {
    fn number_of(&mut self, name: &str) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry_ref(name).or_insert(next)
    }

    fn known(&self, name: &str) -> Option<u32> {
        self.0.get(name).copied()
    }

    fn in_order(self) -> Arc<[String]> {
        let mut names: Vec<(String, u32)> = self.0.into_iter().collect();
        names.sort_unstable_by_key(|(_, number)| *number);
        names.into_iter().map(|(name, _)| name).collect()
    }
}

/// The publishers of the documents of a segment, by their numbers.
struct Publishers {
    column: Option<StrColumn>,
    /// The numbers of those that were asked for.
    known: HashMap<u64, Option<u32>>,
}

impl Publishers {
    fn of(segment: &SegmentReader) -> tantivy::Result<Self> {
        Ok(Self { column: segment.fast_fields().str(fast::PUBLISHER)?, known: HashMap::new() })
    }

    /// The number of the publisher of `doc`, if it has one to which `number_of` gives a number.
    fn number(
        &mut self,
        doc: DocId,
        number_of: impl FnOnce(&str) -> Option<u32>,
    ) -> tantivy::Result<Option<u32>> {
        let Some(column) = &self.column else { return Ok(None) };
        let Some(ordinal) = column.ords().first(doc) else { return Ok(None) };
        if let Some(&known) = self.known.get(&ordinal) {
            return Ok(known);
        }
        let mut name = String::new();
        column.ord_to_str(ordinal, &mut name)?;
        Ok(*self.known.entry(ordinal).or_insert(number_of(&name)))
    }
}

/// How many of some articles of a segment each has published by copies alone.
pub(super) struct CountedPublishers {
    names: Arc<[String]>,
    numbers: Arc<[(DocId, u32)]>,
    counts: Vec<u64>,
}

impl CountedPublishers {
    /// Counts those of `docs`.
    pub fn count(&mut self, docs: &[DocId]) {
        if self.numbers.is_empty() {
            return;
        }
        for &doc in docs {
            let from = self.numbers.partition_point(|&(other, _)| other < doc);
            for &(_, number) in self.numbers[from..].iter().take_while(|&&(other, _)| other == doc) {
                self.counts[number as usize] += 1;
            }
        }
    }

    /// The counts that aren't 0, each with its name.
    pub fn by_name(self) -> impl Iterator<Item = (String, u64)> {
        let counts = self.counts.into_iter().enumerate().filter(|&(_, count)| count > 0);
        counts.map(move |(number, count)| (self.names[number].clone(), count))
    }
}
