//! Dates in queries that need no clock: as machines write them, as people do, and quarters of a year.
//!
//! Those that count from today are the matter of `relative`.

use super::error::QueryError;
use super::point::shown;
use super::relative;
use crate::calendar::{self, NoDate};
use crate::model::Date;
use crate::text::Span;

/// What is accepted.
pub(super) const HINT: &str =
    "write a date as 2020, 2020-06, 2020-06-30, 2020-Q2, \"June 2020\" or \"30 June 2020\"";

const QUOTES_HINT: &str =
    "write it in quotes: date:\"last 2 years\", date:\"last 30 days\", date:\"this year\"";
const YEAR_HINT: &str = "write the year too, in quotes: date:\"June 2020\", date:\"30 June 2020\"";

/// Signs that ask for more than a date, or for none, and that no date has in it: `~2022`, `2022*`.
const SIGNS_OF_NO_DATE: [char; 18] =
    ['<', '>', '≤', '≥', '=', '~', '+', '*', '[', ']', '{', '}', '^', '|', '&', '#', '@', '_'];

/// What joins two dates elsewhere.
const JOINTS: [&str; 9] = ["..", "…", " - ", " to ", " TO ", "–", "—", "/", "-"];

/// The first and the last date of what `value`, which stands at `span`, names: a day, month, quarter or year.
pub(super) fn range(value: &str, span: Span) -> Result<(Date, Date), QueryError> {
    if let Some(date) = by_machine(value) {
        return Ok((date, date));
    }
    if let Some(quarter) = quarter(value) {
        return Ok(quarter);
    }
    let is_none = value.contains(SIGNS_OF_NO_DATE) || runs_into_another(value);
    let whole = if is_none { Err(NoDate::Other) } else { calendar::whole(value) };
    whole.map_err(|why| match why {
        NoDate::Order(one, other) => QueryError::new(
            span,
            format!("`{}` may be two days", shown(value)),
            format!("write the one that is meant: {one} or {other}"),
        ),
        NoDate::Language(month) => QueryError::new(
            span,
            format!("`{}` is one month in one language and another in another", shown(&month)),
            "write the month in figures: 2020-06",
        ),
        NoDate::Other => {
            let hint = match two_dates(value) {
                Some((from, to)) => format!("write a range with two dots: date:{from}..{to}"),
                None if value.strip_suffix('+').is_some_and(|date| by_machine(date).is_some()) => {
                    format!("write date:{}.. for that and later", value.trim_end_matches('+'))
                }
                None if relative::begins(value) => QUOTES_HINT.to_owned(),
                None if names_month(value) => YEAR_HINT.to_owned(),
                None => HINT.to_owned(),
            };
            QueryError { hint: Some(hint), ..no_date(value, span) }
        }
    })
}

/// That `value` is no date.
pub(super) fn no_date(value: &str, span: Span) -> QueryError {
    QueryError::new(span, format!("`{}` is not a date", shown(value)), HINT)
}

/// Whether `value` is the name of a month alone, or one with a day.
pub(super) fn names_month(value: &str) -> bool {
    let mut words = value.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    matches!((words.next(), words.next()), (Some(month), None) if calendar::is_month(month))
}

/// `2020`, `2020-06`, `2020-06-30` or `20200630`.
pub(super) fn by_machine(value: &str) -> Option<Date> {
    if value.len() == "20200630".len() && value.bytes().all(|b| b.is_ascii_digit()) {
        return by_machine(&format!("{}-{}-{}", &value[..4], &value[4..6], &value[6..]));
    }
    // The model also reads a time behind the day and years of fewer digits.
    let plain =
        value.bytes().all(|b| b.is_ascii_digit() || b == b'-') && value.find('-').unwrap_or(value.len()) == 4;
    value.parse().ok().filter(|_| plain)
}

/// The first and the last month of `2020-Q2`, in either order and however it is joined.
fn quarter(value: &str) -> Option<(Date, Date)> {
    let plain: String = value.chars().filter(|c| !matches!(c, ' ' | '-' | '/')).collect();
    let plain = plain.to_ascii_uppercase();
    let (year, number) = match plain.split_once('Q')? {
        (year, number) if number.len() == 1 => (year, number),
        ("", rest) => (rest.get(1..)?, rest.get(..1)?),
        _ => return None,
    };
    let year: Date = year.parse().ok().filter(|_| year.len() == 4)?;
    let number: i8 = number.parse().ok().filter(|number| (1..=4).contains(number))?;
    let (year, ..) = year.parts();
    Some((Date::month(year, 3 * number - 2)?, Date::month(year, 3 * number)?))
}

/// Whether a number in `value` has the digits of a year and more, as `202206`: on pages it is a year that another number
/// stands close behind.
fn runs_into_another(value: &str) -> bool {
    value.split(|c: char| !c.is_numeric()).any(|digits| matches!(digits.chars().count(), 5 | 6))
}

/// The first and the last date of `2020-2024`, `June 2020 - August 2020`, however they are joined.
fn two_dates(value: &str) -> Option<(Date, Date)> {
    let read = |text: &str| {
        let text = text.trim();
        by_machine(text).map(|date| (date, date)).or_else(|| calendar::whole(text).ok())
    };
    if value.contains(SIGNS_OF_NO_DATE) {
        return None;
    }
    JOINTS
        .iter()
        .find_map(|joint| {
            let (from, to) = value.split_once(joint)?;
            Some((read(from)?.0, read(to)?.1))
        })
        .filter(|(from, to)| from.first_day() <= to.last_day())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> Result<String, QueryError> {
        range(value, Span::new(0, value.len())).map(|(from, to)| format!("{from}..{to}"))
    }

    #[test]
    fn quarters_are_three_months() {
        for value in ["2022-Q2", "2022Q2", "2022 q2", "Q2 2022", "Q2-2022", "q2/2022"] {
            assert_eq!(read(value).as_deref(), Ok("2022-04..2022-06"), "{value}");
        }
        for value in ["2022-Q5", "2022-Q", "Q2", "22-Q2", "2022-Q22", "Q22022x", "é-Q2"] {
            assert_eq!(read(value).unwrap_err().hint.as_deref(), Some(HINT), "{value}");
        }
    }

    #[test]
    fn an_error_says_what_would_be_a_date() {
        for (value, message, hint) in [
            ("June", "`June` is not a date", YEAR_HINT),
            ("12 June", "`12 June` is not a date", YEAR_HINT),
            ("June 2022 report", "`June 2022 report` is not a date", HINT),
            (
                "06/12/2022",
                "`06/12/2022` may be two days",
                "write the one that is meant: 2022-06-12 or 2022-12-06",
            ),
            (
                "listopada 2022",
                "`listopada` is one month in one language and another in another",
                "write the month in figures: 2020-06",
            ),
            ("2020-2024", "`2020-2024` is not a date", "write a range with two dots: date:2020..2024"),
        ] {
            let error = read(value).unwrap_err();
            assert_eq!((error.message.as_str(), error.hint.as_deref()), (message, Some(hint)), "{value}");
        }
    }
}
