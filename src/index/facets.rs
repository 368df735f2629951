//! [`CountValues`]: the collector that counts matching articles by what is known of them.

use std::collections::{BTreeMap, HashMap};

use jiff::Span;
use jiff::civil::Date;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::fields::fast;

/// Counts the articles that a query finds by language, publisher and year.
pub(super) struct CountValues;

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
            languages: Ordinals::new(columns.str(fast::LANGUAGE)?),
            publishers: Ordinals::new(columns.str(fast::PUBLISHER)?),
            published: columns.i64(fast::PUBLISHED_FIRST)?,
            days: HashMap::new(),
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

fn add(all: &mut HashMap<String, u64>, counts: HashMap<String, u64>) {
    for (value, count) in counts {
        *all.entry(value).or_default() += count;
    }
}

/// Counts in one segment.
pub(super) struct CountInSegment {
    languages: Ordinals,
    publishers: Ordinals,
    published: Column<i64>,
    days: HashMap<i64, u64>,
}

impl SegmentCollector for CountInSegment {
    type Fruit = tantivy::Result<Counts>;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.languages.count(doc);
        self.publishers.count(doc);
        if let Some(day) = self.published.first(doc) {
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
        Ok(Counts { languages: self.languages.by_value()?, publishers: self.publishers.by_value()?, years })
    }
}

fn year_of(days_since_1970: i64) -> Option<String> {
    let day = Date::constant(1970, 1, 1).checked_add(Span::new().try_days(days_since_1970).ok()?).ok()?;
    Some(day.year().to_string())
}

/// Counts of a text field's values, by their ordinals in one segment.
struct Ordinals {
    column: Option<StrColumn>,
    counts: BTreeMap<u64, u64>,
}

impl Ordinals {
    fn new(column: Option<StrColumn>) -> Self {
        Self { column, counts: BTreeMap::new() }
    }

    fn count(&mut self, doc: DocId) {
        for ordinal in self.column.iter().flat_map(|column| column.term_ords(doc)) {
            *self.counts.entry(ordinal).or_default() += 1;
        }
    }

    fn by_value(self) -> tantivy::Result<HashMap<String, u64>> {
        let Some(column) = self.column else { return Ok(HashMap::new()) };
        let mut by_value = HashMap::with_capacity(self.counts.len());
        for (ordinal, count) in self.counts {
            let mut value = String::new();
            column.ord_to_str(ordinal, &mut value)?;
            by_value.insert(value, count);
        }
        Ok(by_value)
    }
}
