//! [`PublishedDays`]: from when to when articles were published, as precisely as that is known.
//!
//! An article keeps the first and the last day that its date may mean, which tell whether it is a day, a month or a
//! year.

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

use super::fields::fast;
use crate::model::{Date, days_since_epoch};

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

    /// Those of `doc`, as days since 1970; none if it isn't dated.
    pub fn days(&self, doc: DocId) -> Option<(i64, i64)> {
        self.first.first(doc).zip(self.last.first(doc))
    }
}

/// The days of the earliest and of the latest of some articles, each from its first to its last, as days since 1970;
/// none if none of them is dated.
#[derive(Clone, Copy, Default)]
pub(super) struct PublishedDays(Option<[(i64, i64); 2]>);

impl PublishedDays {
    /// Adds those of `doc`, if it is dated.
    pub fn add(&mut self, columns: &PublishedColumns, doc: DocId) {
        if let Some((first, last)) = columns.days(doc) {
            self.add_days(first, last);
        }
    }

    /// Adds those of an article. Of two that may begin, or end, on one day the one of which more is known counts.
    fn add_days(&mut self, first: i64, last: i64) {
        let [earliest, latest] = self.0.unwrap_or([(first, last); 2]);
        let latest = if (latest.1, latest.0) < (last, first) { (first, last) } else { latest };
        self.0 = Some([earliest.min((first, last)), latest]);
    }

    /// The dates of the earliest and of the latest.
    pub fn ends(self) -> Option<(Date, Date)> {
        let [earliest, latest] = self.0?;
        Some((date(earliest)?, date(latest)?))
    }
}

/// The date that may mean the days from `first` to `last`, which are days since 1970.
fn date(days: (i64, i64)) -> Option<Date> {
    let day = Date::from_days_since_epoch(days.0)?;
    let (year, month) = (day.first_day().year(), day.first_day().month());
    let means = |date: &Date| (days_since_epoch(date.first_day()), days_since_epoch(date.last_day())) == days;
    [Date::year(year), Date::month(year, month)].into_iter().flatten().find(means).or(Some(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(dates: &[&str]) -> String {
        let mut days = PublishedDays::default();
        for date in dates {
            let date: Date = date.parse().unwrap();
            days.add_days(days_since_epoch(date.first_day()), days_since_epoch(date.last_day()));
        }
        days.ends().map(|(first, last)| format!("{first} {last}")).unwrap_or_default()
    }

    /// Days were told that no article states.
    #[test]
    fn dates_are_told_as_precisely_as_they_are_known() {
        assert_eq!(ends(&[]), "");
        assert_eq!(ends(&["2020"]), "2020 2020");
        assert_eq!(ends(&["2020", "2019-12", "2020-06-30"]), "2019-12 2020");
        assert_eq!(ends(&["2020", "2020-01-01", "2020-12-31"]), "2020-01-01 2020-12-31");
        assert_eq!(ends(&["1969-12-31", "1970-02"]), "1969-12-31 1970-02");
    }
}
