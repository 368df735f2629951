//! [`PublishedDays`]: from which day to which articles were published.

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

use super::fields::fast;
use crate::model::Date;

/// The first and the last day on which each article of a segment may have been published.
pub(super) struct PublishedColumns {
    first: Column<i64>,
    last: Column<i64>,
}

impl PublishedColumns {
    /// Those of `segment`.
    pub fn of(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        Ok(Self { first: columns.i64(fast::PUBLISHED_FIRST)?, last: columns.i64(fast::PUBLISHED_LAST)? })
    }
}

/// The days that articles span, as days since 1970; none if none of them is dated.
#[derive(Clone, Copy, Default)]
pub(super) struct PublishedDays(Option<(i64, i64)>);

impl PublishedDays {
    /// Adds those of `doc`, if it is dated.
    pub fn add(&mut self, columns: &PublishedColumns, doc: DocId) {
        if let (Some(first), Some(last)) = (columns.first.first(doc), columns.last.first(doc)) {
            let (from, to) = self.0.unwrap_or((first, last));
            self.0 = Some((first.min(from), last.max(to)));
        }
    }

    /// The first of them.
    pub fn first(self) -> Option<Date> {
        Date::from_days_since_epoch(self.0?.0)
    }

    /// The last of them.
    pub fn last(self) -> Option<Date> {
        Date::from_days_since_epoch(self.0?.1)
    }
}
