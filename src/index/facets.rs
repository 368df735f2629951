//! How many documents have which value: [`CountValues`], the collector that counts matching articles by what is known
//! of them, and [`count_all`], which counts all that there are.

use std::collections::HashMap;
use std::fmt::Debug;
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, Searcher, SegmentOrdinal, SegmentReader};

use super::copy_publishers::{CopyPublishers, CountedPublishers};
use super::fields::fast;
use crate::model::Date;

/// How many documents are looked at together where all are.
const DOCS_OF_BLOCK: usize = 1_024;

/// Counts the articles that a query finds by language, publisher and year. An article counts once for each who
/// published it, at its own place or at that of a copy.
pub(super) struct CountValues {
    /// Who else published articles.
    pub others: Arc<CopyPublishers>,
}

/// How many articles have which value.
#[derive(Default)]
pub(super) struct Counts {
    /// By the language's code.
    pub languages: HashMap<String, u64>,
    /// By the publisher's name.
    pub publishers: HashMap<String, u64>,
    /// By the year of the first day on which an article may have come out.
    pub years: HashMap<String, u64>,
}

impl Collector for CountValues {
    type Fruit = Counts;
    type Child = CountInSegment;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<CountInSegment> {
        let columns = reader.fast_fields();
        Ok(CountInSegment {
            others: self.others.of_segment(reader),
            languages: Ordinals::new(columns.str(fast::LANGUAGE)?),
            publishers: Ordinals::new(columns.str(fast::PUBLISHER)?),
            published: columns.i64(fast::PUBLISHED_FIRST)?,
            days: hashbrown::HashMap::new(),
            of_block: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<Counts>>) -> tantivy::Result<Counts> {
        let mut all = Counts::default();
        for counts in segments {
            let counts = counts?;
            add(&mut all.languages, counts.languages);
            add(&mut all.publishers, counts.publishers);
            add(&mut all.years, counts.years);
        }
        Ok(all)
    }
}

/// How many documents have each value of the text field `name`, of which none has two.
pub(super) fn count_all(searcher: &Searcher, name: &str) -> tantivy::Result<HashMap<String, u64>> {
    let mut all = HashMap::new();
    for segment in searcher.segment_readers() {
        let mut counts = Ordinals::new(segment.fast_fields().str(name)?);
        let docs: Vec<DocId> = segment.doc_ids_alive().collect();
        docs.chunks(DOCS_OF_BLOCK).for_each(|block| counts.count(block));
        add(&mut all, counts.by_value()?);
    }
    Ok(all)
}

/// Adds `counts` to those of `all`.
fn add(all: &mut HashMap<String, u64>, counts: impl IntoIterator<Item = (String, u64)>) {
    for (value, count) in counts {
        *all.entry(value).or_default() += count;
    }
}

/// Counts in one segment.
pub(super) struct CountInSegment {
    languages: Ordinals,
    publishers: Ordinals,
    others: CountedPublishers,
    published: Column<i64>,
    days: hashbrown::HashMap<i64, u64>,
    /// The days of a block of articles.
    of_block: Vec<Option<i64>>,
}

impl SegmentCollector for CountInSegment {
    type Fruit = tantivy::Result<Counts>;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.collect_block(&[doc]);
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        self.languages.count(docs);
        self.publishers.count(docs);
        self.others.count(docs);
        first_values(&self.published, docs, &mut self.of_block);
        for &day in self.of_block.iter().flatten() {
            *self.days.entry(day).or_default() += 1;
        }
    }

    fn harvest(self) -> tantivy::Result<Counts> {
        let mut years = HashMap::new();
        for (day, count) in self.days {
            if let Some(year) = year_of(day) {
                *years.entry(year).or_default() += count;
            }
        }
        let mut publishers = self.publishers.by_value()?;
        add(&mut publishers, self.others.by_name());
        Ok(Counts { languages: self.languages.by_value()?, publishers, years })
    }
}

/// Puts what `column` has of each of `docs` into `values`: many at once are read much faster than one by one.
pub(super) fn first_values<T: PartialOrd + Copy + Debug + Send + Sync + 'static>(
    column: &Column<T>,
    docs: &[DocId],
    values: &mut Vec<Option<T>>,
) {
    values.clear();
    values.resize(docs.len(), None);
    column.first_vals(docs, values);
}

fn year_of(days_since_1970: i64) -> Option<String> {
    Date::from_days_since_epoch(days_since_1970).map(|day| day.first_day().year().to_string())
}

/// Counts of a text field's values, of which no document has two, by their ordinals in one segment.
struct Ordinals {
    column: Option<StrColumn>,
    counts: Vec<u64>,
    /// The ordinals of a block of articles.
    of_block: Vec<Option<u64>>,
}

impl Ordinals {
    fn new(column: Option<StrColumn>) -> Self {
        let values = column.as_ref().map_or(0, |column| column.num_terms());
        Self { column, counts: vec![0; values], of_block: Vec::new() }
    }

    /// Counts the values of `docs`.
    fn count(&mut self, docs: &[DocId]) {
        let Some(column) = &self.column else { return };
        first_values(column.ords(), docs, &mut self.of_block);
        for &ordinal in self.of_block.iter().flatten() {
            self.counts[ordinal as usize] += 1;
        }
    }

    /// The counts that aren't 0, each with its value.
    fn by_value(self) -> tantivy::Result<HashMap<String, u64>> {
        let Some(column) = self.column else { return Ok(HashMap::new()) };
        let mut by_value = HashMap::new();
        for (ordinal, count) in (0..).zip(self.counts).filter(|&(_, count)| count > 0) {
            let mut value = String::new();
            column.ord_to_str(ordinal, &mut value)?;
            by_value.insert(value, count);
        }
        Ok(by_value)
    }
}
