//! [`Date`]: a day, a month or a year, since that is all that many pages say.
//!
//! Finding dates in pages or in queries is not here.

use std::fmt;
use std::str::FromStr;

use jiff::civil;
use serde::{Deserialize, Serialize};

/// A calendar date known to the day, the month or the year.
///
/// Ordered by year, then month, then day; what is known less precisely comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: i16,
    /// 1 to 12, or 0 for a whole year.
    month: i8,
    /// 1 to 31, or 0 for a whole month.
    day: i8,
}

/// A text that isn't a date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date such as 2021, 2021-05 or 2021-05-18")]
pub struct DateError(pub String);

impl Date {
    /// The day `year`-`month`-`day`; none if the calendar has no such day.
    #[must_use]
    pub fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        civil::Date::new(year, month, day).ok()?;
        Some(Self { year, month, day })
    }

    /// A whole month; none if there is no such month.
    #[must_use]
    pub fn month(year: i16, month: i8) -> Option<Self> {
        civil::Date::new(year, month, 1).ok()?;
        Some(Self { year, month, day: 0 })
    }

    /// A whole year, 0 to 9999.
    #[must_use]
    pub fn year(year: i16) -> Option<Self> {
        (0..=9999).contains(&year).then_some(Self { year, month: 0, day: 0 })
    }

    /// The day of a civil date.
    #[must_use]
    pub fn from_civil(date: civil::Date) -> Self {
        Self { year: date.year(), month: date.month(), day: date.day() }
    }

    /// The day so many days after 1970-01-01, before it if they are negative; none if it is beyond the calendar.
    #[must_use]
    pub fn from_days_since_epoch(days: i64) -> Option<Self> {
        let days = jiff::Span::new().try_days(days).ok()?;
        EPOCH.checked_add(days).ok().map(Self::from_civil)
    }

    /// The first day that it may mean.
    #[must_use]
    pub fn first_day(self) -> civil::Date {
        civil::Date::new(self.year, self.month.max(1), self.day.max(1)).unwrap_or(civil::Date::MIN)
    }

    /// The last day that it may mean.
    #[must_use]
    pub fn last_day(self) -> civil::Date {
        let first = self.first_day();
        match (self.month, self.day) {
            (0, _) => first.last_of_year(),
            (_, 0) => first.last_of_month(),
            _ => first,
        }
    }

    /// The year, and month and day if they are known.
    #[must_use]
    pub fn parts(self) -> (i16, Option<i8>, Option<i8>) {
        let known = |part: i8| (part != 0).then_some(part);
        (self.year, known(self.month), known(self.day))
    }

    /// Whether the day, and not only month or year, is known.
    #[must_use]
    pub fn is_day(self) -> bool {
        self.day != 0
    }
}

const EPOCH: civil::Date = civil::Date::constant(1970, 1, 1);

/// Days from 1970-01-01 to `date`, negative before it.
#[must_use]
pub fn days_since_epoch(date: civil::Date) -> i64 {
    i64::from(date.since(EPOCH).map_or(0, |span| span.get_days()))
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month != 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day != 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

impl FromStr for Date {
    type Err = DateError;

    /// Reads `2021`, `2021-05` or `2021-05-18`; a time behind the day is dropped.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let wrong = || DateError(text.to_owned());
        let date = text.split(['T', ' ']).next().unwrap_or(text);
        let mut parts = date.split('-').map(|part| {
            let digits = !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
            digits.then(|| part.parse::<i16>().ok()).flatten().ok_or_else(wrong)
        });
        let (year, month, day) = (parts.next(), parts.next(), parts.next());
        let small = |part: i16| i8::try_from(part).map_err(|_| wrong());
        // `21-05-18` is no day of the year 21.
        let has_whole_year = date.split('-').next().is_some_and(|year| year.len() == 4);
        let found = match (year, month, day, parts.next()) {
            _ if !has_whole_year => None,
            (Some(y), None, None, None) => Self::year(y?),
            (Some(y), Some(m), None, None) => Self::month(y?, small(m?)?),
            (Some(y), Some(m), Some(d), None) => Self::day(y?, small(m?)?, small(d?)?),
            _ => None,
        };
        found.ok_or_else(wrong)
    }
}

impl TryFrom<String> for Date {
    type Error = DateError;

    fn try_from(text: String) -> Result<Self, DateError> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_back_as_they_print() {
        for text in ["2021", "2021-05", "2021-05-18", "0999"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
        assert_eq!("2021-05-18T10:00:00Z".parse::<Date>().unwrap().to_string(), "2021-05-18");
        for text in ["21-05-18", "021-05-18", "21-05", "121"] {
            assert!(text.parse::<Date>().is_err(), "a year of two figures was that of an emperor: {text}");
        }
        for text in ["", "21", "2021-13", "2021-02-30", "2021-05-18-1", "May", "2021-5x", "-2021", "+202"] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_date_covers_the_days_it_may_mean() {
        let ends = |text: &str| {
            let date: Date = text.parse().unwrap();
            (date.first_day().to_string(), date.last_day().to_string())
        };
        assert_eq!(ends("2020"), ("2020-01-01".into(), "2020-12-31".into()));
        assert_eq!(ends("2020-02"), ("2020-02-01".into(), "2020-02-29".into()));
        assert_eq!(ends("2020-02-03"), ("2020-02-03".into(), "2020-02-03".into()));
    }

    #[test]
    fn days_count_from_1970() {
        assert_eq!(days_since_epoch(civil::date(1970, 1, 2)), 1);
        assert_eq!(days_since_epoch(civil::date(1969, 12, 31)), -1);
        assert_eq!(days_since_epoch(civil::date(2021, 5, 18)), 18_765);
        for days in [-1, 0, 18_765] {
            let date = Date::from_days_since_epoch(days).unwrap();
            assert_eq!(days_since_epoch(date.first_day()), days);
        }
        assert_eq!(Date::from_days_since_epoch(i64::MAX), None);
    }
}
