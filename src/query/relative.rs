//! Dates that count from today: `last 2 years`, `this month`, `last week`, `3 weeks ago`.
//!
//! Which day it is, is the caller's to say.

use jiff::Span as Time;
use jiff::civil;

use crate::model::Date;

/// Units that time is counted in, without the `s` of several.
const UNITS: [&str; 4] = ["day", "week", "month", "year"];

/// The first and the last date of what `value` names, given the day that it is; none if it names nothing relative.
///
/// The range of a day is none where the calendar doesn't reach so far.
pub(super) fn range(value: &str) -> Option<impl Fn(Date) -> Option<(Date, Date)>> {
    let words = words(value);
    let range = match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["today"] => Range::Day(0),
        ["yesterday"] => Range::Day(1),
        ["this", unit @ ("week" | "month" | "year")] => Range::This(unit_of(unit)?),
        ["last", unit @ ("week" | "month" | "year")] => Range::Previous(unit_of(unit)?),
        ["last" | "past", unit] => Range::Past(1, unit_of(unit)?),
        ["last" | "past", count, unit] => Range::Past(count_of(count)?, unit_of(unit)?),
        _ => return None,
    };
    Some(move |today: Date| range.of(today))
}

/// The day that `value` names, given the day that it is; none if it names nothing relative.
pub(super) fn point(value: &str) -> Option<impl Fn(Date) -> Option<Date>> {
    let words = words(value);
    let (count, unit) = match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["today"] => (0, "day"),
        ["yesterday"] => (1, "day"),
        [count, unit, "ago"] => (count_of(count)?, unit_of(unit)?),
        _ => return None,
    };
    Some(move |today: Date| back(today, count, unit))
}

/// Whether `value` begins as something relative does.
pub(super) fn begins(value: &str) -> bool {
    words(value)
        .first()
        .is_some_and(|word| matches!(word.as_str(), "last" | "past" | "this" | "today" | "yesterday"))
}

/// Whether `value` is several words that count time, which must have been in quotes.
pub(super) fn counts_time(value: &str) -> bool {
    let words = words(value);
    words.len() > 1 && (begins(value) || words.iter().any(|word| unit_of(word).is_some()))
}

#[derive(Clone, Copy)]
enum Range {
    /// The day so many before today.
    Day(i64),
    /// The week, month or year that it is.
    This(&'static str),
    /// The week, month or year before.
    Previous(&'static str),
    /// So many units up to today.
    Past(i64, &'static str),
}

impl Range {
    fn of(self, today: Date) -> Option<(Date, Date)> {
        match self {
            Self::Day(before) => {
                let day = back(today, before, "day")?;
                Some((day, day))
            }
            Self::This(unit) => whole(today, unit),
            Self::Previous(unit) => whole(back(today, 1, unit)?, unit),
            Self::Past(count, unit) => Some((back(today, count, unit)?, today)),
        }
    }
}

fn words(value: &str) -> Vec<String> {
    value.split_whitespace().map(str::to_lowercase).collect()
}

fn unit_of(word: &str) -> Option<&'static str> {
    UNITS.into_iter().find(|unit| *unit == word.strip_suffix('s').unwrap_or(word))
}

fn count_of(word: &str) -> Option<i64> {
    word.bytes().all(|b| b.is_ascii_digit()).then(|| word.parse().ok()).flatten()
}

/// The week, month or year that `day` lies in; a week is from Monday to Sunday (ISO 8601).
fn whole(day: Date, unit: &str) -> Option<(Date, Date)> {
    let day = day.first_day();
    if unit == "week" {
        let monday = day.checked_sub(Time::new().days(day.weekday().to_monday_zero_offset())).ok()?;
        let sunday = monday.checked_add(Time::new().days(6)).ok()?;
        return (monday.year() >= 0).then(|| (Date::from_civil(monday), Date::from_civil(sunday)));
    }
    let whole = if unit == "year" { Date::year(day.year()) } else { Date::month(day.year(), day.month()) };
    whole.map(|whole| (whole, whole))
}

/// The day `count` units before `today`, none before the year 0.
fn back(today: Date, count: i64, unit: &str) -> Option<Date> {
    let time = match unit {
        "day" => Time::new().try_days(count),
        "week" => Time::new().try_weeks(count),
        "month" => Time::new().try_months(count),
        _ => Time::new().try_years(count),
    };
    let day: civil::Date = today.first_day().checked_sub(time.ok()?).ok()?;
    (day.year() >= 0).then(|| Date::from_civil(day))
}
