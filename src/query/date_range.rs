//! Ranges of dates in the ways in which queries write them: `2020..2024`, `<2020`, `[2020 TO 2024]`.
//!
//! What one date is, is the matter of `written_date` and `relative`.

use super::error::QueryError;
use super::point::shown;
use super::quotation::{ends_word, find};
use super::written_date::{self, by_machine, no_date};
use super::{Filter, relative};
use crate::model::Date;
use crate::text::Span;

/// Characters of the longest range that has spaces in it and stands in no quotes.
const MAX_SPACED_CHARS: usize = 80;

/// What joins two dates with a space before it.
const SPACED_JOINTS: [&str; 5] = ["..", "…", "-", "–", "—"];

/// Digits that the second date begins with where the first has a space behind it.
const YEAR_DIGITS: usize = 4;

/// What a sign before a date asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Before,
    UpTo,
    In,
    From,
    After,
}

/// The signs, those first that another begins.
const COMPARISONS: [(&str, Comparison); 8] = [
    ("<=", Comparison::UpTo),
    (">=", Comparison::From),
    ("==", Comparison::In),
    ("≤", Comparison::UpTo),
    ("≥", Comparison::From),
    ("<", Comparison::Before),
    (">", Comparison::After),
    ("=", Comparison::In),
];

/// Whether `value` begins with a sign such as `<`.
pub(super) fn is_compared(value: &str) -> bool {
    compared(value).is_some()
}

fn compared(value: &str) -> Option<(Comparison, &str)> {
    COMPARISONS
        .iter()
        .find_map(|&(sign, comparison)| Some((comparison, value.strip_prefix(sign)?.trim_start())))
}

/// How many bytes of `text`, what stands behind `date:`, are its value, of which the first `run` have no space in them.
pub(super) fn length(text: &str, run: usize) -> usize {
    let near = text.char_indices().nth(MAX_SPACED_CHARS).map_or(text, |(end, _)| &text[..end]);
    if text.starts_with(['[', '{']) {
        return near.find([']', '}']).map_or(run, |close| run.max(close + 1));
    }
    let behind = near.get(run..).unwrap_or_default();
    let joint = behind.trim_start();
    if run == 0 || joint.len() == behind.len() || text[..run].contains("..") {
        return run;
    }
    let second = SPACED_JOINTS.iter().find_map(|sign| {
        let second = joint.strip_prefix(sign)?;
        // A dash right before a word belongs to it.
        (*sign == ".." || second.starts_with(char::is_whitespace)).then(|| second.trim_start())
    });
    let begins_with_year = |second: &str| {
        second.chars().count() >= YEAR_DIGITS && second.chars().take(YEAR_DIGITS).all(char::is_numeric)
    };
    second.filter(|second| begins_with_year(second)).map_or(run, |second| {
        let start = near.len() - second.len();
        start + find(&text[start..], ends_word).map_or(text.len() - start, |(end, _)| end)
    })
}

/// The range that `value`, which stands at `span`, names: a date, `2020..2024` with either end open, `<2020` and its
/// like, `[2020 TO 2024]`. What is relative counts from `today`.
pub(super) fn range(value: &str, span: Span, today: Option<Date>) -> Result<Filter, QueryError> {
    let bounds = if let Some((comparison, date)) = compared(value) {
        let (first, last) = ends(date, Span::new(span.end - date.len(), span.end), today)?;
        match comparison {
            Comparison::Before => (None, Some(just_before(first, span)?)),
            Comparison::UpTo => (None, Some(last)),
            Comparison::In => (Some(first), Some(last)),
            Comparison::From => (Some(first), None),
            Comparison::After => (Some(just_after(last, span)?), None),
        }
    } else if value.starts_with(['[', '{']) {
        in_brackets(value, span)?
    } else if let Some((from, to)) = halves(value) {
        let to_span = Span::new(span.end - to.len(), span.end);
        let end = |text: &str, span| (!text.is_empty()).then(|| written_date::range(text, span)).transpose();
        let from = end(from, Span::new(span.start, span.start + from.len()))?.map(|(first, _)| first);
        (from, end(to, to_span)?.map(|(_, last)| last))
    } else {
        let (from, to) = written_date::range(value, span)?;
        (Some(from), Some(to))
    };
    checked(bounds, span)
}

/// The two sides of `2020..2024`, of which either may be empty, and of the `2020-01-01/2020-12-31` of ISO 8601.
fn halves(value: &str) -> Option<(&str, &str)> {
    let with_ellipsis = || {
        // At the end it may be that of a sentence.
        value.split_once('…').filter(|(_, to)| !to.is_empty())
    };
    let interval = || {
        let is_part = |date: &str| date.contains('-') && by_machine(date).is_some();
        value.split_once('/').filter(|(from, to)| is_part(from) && is_part(to))
    };
    value.split_once("..").or_else(with_ellipsis).or_else(interval)
}

/// The ends of `[2020 TO 2024]`, which square brackets include and curly ones don't; a star is an open end.
fn in_brackets(value: &str, span: Span) -> Result<(Option<Date>, Option<Date>), QueryError> {
    let wrong = || {
        let message = format!("`{}` is not a date", shown(value));
        QueryError::new(span, message, "write a range with two dots: date:2020..2024")
    };
    let inside = value.get(1..).and_then(|inside| inside.strip_suffix([']', '}'])).ok_or_else(wrong)?;
    let joint = inside.to_ascii_uppercase().find(" TO ").ok_or_else(wrong)?;
    let (from, to) = (&inside[..joint], &inside[joint + " TO ".len()..]);
    let start = span.start + 1;
    let end = |date: &str, start: usize| {
        let at = Span::new(start, start + date.len());
        let date = date.trim();
        (date != "*").then(|| written_date::range(date, at)).transpose()
    };
    let from = match end(from, start)? {
        Some((_, last)) if value.starts_with('{') => Some(just_after(last, span)?),
        ends => ends.map(|(first, _)| first),
    };
    let to = match end(to, start + joint + " TO ".len())? {
        Some((first, _)) if value.ends_with('}') => Some(just_before(first, span)?),
        ends => ends.map(|(_, last)| last),
    };
    Ok((from, to))
}

fn checked((from, to): (Option<Date>, Option<Date>), span: Span) -> Result<Filter, QueryError> {
    match (from, to) {
        (None, None) => Err(QueryError::new(
            span,
            "the range has no end",
            "give one at least: date:2020.. or date:..2024",
        )),
        (Some(first), Some(last)) if first.first_day() > last.last_day() => Err(QueryError::new(
            span,
            "the range ends before it begins",
            format!("write date:{last}..{first}"),
        )),
        (from, to) => Ok(Filter::Published { from, to }),
    }
}

/// The first and the last date of what `value` names, or the one that counts from `today`.
fn ends(value: &str, span: Span, today: Option<Date>) -> Result<(Date, Date), QueryError> {
    if let Some(range) = relative::range(value) {
        return range(clock(today, value, span)?).ok_or_else(|| no_date(value, span));
    }
    if let Some(point) = relative::point(value) {
        let day = point(clock(today, value, span)?).ok_or_else(|| no_date(value, span))?;
        return Ok((day, day));
    }
    written_date::range(value, span)
}

/// The day that relative dates count from.
pub(super) fn clock(today: Option<Date>, value: &str, span: Span) -> Result<Date, QueryError> {
    let message = || format!("there is no day that `{}` could count from", shown(value));
    today.ok_or_else(|| QueryError::new(span, message(), written_date::HINT))
}

/// The year, month or day before `date`, as precise as that.
pub(super) fn just_before(date: Date, span: Span) -> Result<Date, QueryError> {
    let day = date.first_day().yesterday().ok();
    day.and_then(|day| as_precise(date, day))
        .ok_or_else(|| QueryError::new(span, format!("there is no date before {date}"), written_date::HINT))
}

/// The year, month or day after `date`, as precise as that.
fn just_after(date: Date, span: Span) -> Result<Date, QueryError> {
    let day = date.last_day().tomorrow().ok();
    day.and_then(|day| as_precise(date, day))
        .ok_or_else(|| QueryError::new(span, format!("there is no date after {date}"), written_date::HINT))
}

/// `day`, or the month or year that it is in, as precise as `date`; none before the year 0.
fn as_precise(date: Date, day: jiff::civil::Date) -> Option<Date> {
    let found = if date.is_day() {
        Some(Date::from_civil(day))
    } else if date.first_day().last_of_month() == date.last_day() {
        Date::month(day.year(), day.month())
    } else {
        Date::year(day.year())
    };
    found.filter(|found| found.first_day().year() >= 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Query, parse, parse_strict};

    fn read(value: &str) -> Result<String, QueryError> {
        let filter = range(value, Span::new(0, value.len()), Date::day(2026, 3, 31));
        filter.map(|filter| Query::Filter(filter).to_string())
    }

    fn error(value: &str) -> (String, String) {
        let error = read(value).unwrap_err();
        (error.message, error.hint.unwrap_or_default())
    }

    /// Signs that other tools put before a date were passed over: `<2022` found 2022.
    #[test]
    fn a_sign_before_a_date_bounds_it() {
        for (value, printed) in [
            ("<2022", "date:..2021"),
            ("<=2022", "date:..2022"),
            ("≤2022", "date:..2022"),
            (">2022", "date:2023.."),
            (">=2022", "date:2022.."),
            ("≥2022", "date:2022.."),
            ("=2022", "date:2022"),
            ("> 2022-06", "date:2022-07.."),
            (">2022-12", "date:2023-01.."),
            (">2022-12-31", "date:2023-01-01.."),
            ("<2022-03-01", "date:..2022-02-28"),
            ("<2022-Q2", "date:..2022-03"),
            (">2022-Q2", "date:2022-07.."),
            ("<June 2022", "date:..2022-05"),
            ("<today", "date:..2026-03-30"),
            (">=2 years ago", "date:2024-03-31.."),
        ] {
            assert_eq!(read(value).as_deref(), Ok(printed), "{value}");
        }
        for value in ["<", "<>2022", "<<2022", ">2022..2023", "<x", "~2022", "2022+", "2022*", "><"] {
            assert!(error(value).0.ends_with("is not a date"), "{value}");
        }
        assert_eq!(error("2022+").1, "write date:2022.. for that and later");
        assert_eq!(error(">9999").0, "there is no date after 9999");
        assert_eq!(error("<0000").0, "there is no date before 0000");
    }

    #[test]
    fn a_range_in_brackets_is_read_as_in_lucene() {
        for (value, printed) in [
            ("[2022 TO 2023]", "date:2022..2023"),
            ("[2022 to 2023]", "date:2022..2023"),
            ("[ 2022-06  TO  2023-01-31 ]", "date:2022-06..2023-01-31"),
            ("[2022 TO *]", "date:2022.."),
            ("[* TO 2023]", "date:..2023"),
            ("{2022 TO 2024}", "date:2023"),
            ("{2022 TO *]", "date:2023.."),
            ("[2022 TO 2024}", "date:2022..2023"),
        ] {
            assert_eq!(read(value).as_deref(), Ok(printed), "{value}");
        }
        let hint = "write a range with two dots: date:2020..2024";
        for value in ["[2022]", "[2022 TO 2023", "[2022 2023]", "[", "{}"] {
            assert_eq!(error(value), (format!("`{value}` is not a date"), hint.to_owned()));
        }
        assert_eq!(error("[* TO *]").0, "the range has no end");
        assert_eq!(error("[2023 TO 2022]").1, "write date:2022..2023");
        assert!(read("{2022 TO 2023}").is_err());
    }

    #[test]
    fn two_dates_may_be_joined_by_an_ellipsis_or_as_an_interval() {
        for (value, printed) in [
            ("2020…2021", "date:2020..2021"),
            ("…2021", "date:..2021"),
            ("2020…", "date:2020"),
            ("2020-01-01/2020-12-31", "date:2020-01-01..2020-12-31"),
            ("2020-01/2020-06", "date:2020-01..2020-06"),
            ("20220610", "date:2022-06-10"),
            ("20220610..20220731", "date:2022-06-10..2022-07-31"),
        ] {
            assert_eq!(read(value).as_deref(), Ok(printed), "{value}");
        }
        for (value, hint) in [
            ("2020 - 2021", "date:2020..2021"),
            ("2020 to 2021", "date:2020..2021"),
            ("2020/2021", "date:2020..2021"),
            ("June 2020 – August 2020", "date:2020-06..2020-08"),
        ] {
            assert_eq!(error(value).1, format!("write a range with two dots: {hint}"), "{value}");
        }
        assert!(read("20221301").is_err() && read("202206").is_err());
    }

    /// What stood behind a space was looked for as words.
    #[test]
    fn a_range_may_have_spaces_in_it() {
        for (query, understood) in [
            ("a date:2022 .. 2023 b", "a b date:2022..2023"),
            ("date:2022 ..2023", "date:2022..2023"),
            ("date:2022-06 … 2023", "date:2022-06..2023"),
            ("(date:[2022 TO 2023])", "date:2022..2023"),
            ("date:[2022 TO 2023], a", "a date:2022..2023"),
            ("date:2022 a", "a date:2022"),
            ("date:2022 -2023", "-2023 date:2022"),
            ("date:2022 - a", "a date:2022"),
            ("date:2022 – 5 a", "5 a date:2022"),
            ("date:..2022 .. 2023", "2023 date:..2022"),
        ] {
            let read = parse_strict(query).unwrap().query.unwrap();
            let mut clauses: Vec<_> = match &read {
                Query::Bag(clauses) => clauses.clone(),
                _ => Vec::new(),
            };
            clauses.sort_by_key(|clause| matches!(clause.query, Query::Filter(_)));
            let read = if clauses.is_empty() { read } else { Query::Bag(clauses) };
            assert_eq!(read.to_string(), understood, "{query}");
        }
        let error = parse("date:2022 - 2023").unwrap_err();
        assert_eq!(error.hint.as_deref(), Some("write a range with two dots: date:2022..2023"));
    }
}
