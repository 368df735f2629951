//! Which pieces of a text, one after the other, are a date.

use super::habit::{Habit, Order};
use super::months::Month;
use super::tokens::{Token, Tokens, Unit};
use super::{Calendar, years};
use crate::model::Date;

/// The first date in the pieces of a text.
pub(super) fn first(tokens: &Tokens, habit: Habit) -> Option<Date> {
    (0..tokens.list.len())
        .find_map(|at| day_or_month(&tokens.list[at..], tokens.calendar, habit).map(|(date, _)| date))
}

/// The day or month that begins at the first of `tokens`, and how many of them it takes. Years in figures are of
/// `calendar`.
pub(super) fn day_or_month(tokens: &[Token], calendar: Calendar, habit: Habit) -> Option<(Date, usize)> {
    in_signs(tokens, habit).or_else(|| in_words(tokens)).or_else(|| in_figures(tokens, calendar, habit.order))
}

/// A date with a sign behind each figure: "2021年5月18日".
fn in_signs(tokens: &[Token], habit: Habit) -> Option<(Date, usize)> {
    use Token::{Number, Sign};
    let [Number(year, digits), Sign(Unit::Year), Number(month, _), Sign(Unit::Month), ref rest @ ..] =
        *tokens
    else {
        return None;
    };
    let year = match digits {
        4 => year,
        3 if habit.counts_from_1912 => years::year_from_1912(year),
        _ => return None,
    };
    let (day, length) = match *rest {
        [Number(day, _), Sign(Unit::Day), ..] => (Some(day), 6),
        [Number(day, _), ..] => (Some(day), 5),
        _ => (None, 4),
    };
    Calendar::Gregorian.date(year, Some(month), day).map(|date| (date, length))
}

/// A date with the name of its month.
fn in_words(tokens: &[Token]) -> Option<(Date, usize)> {
    use Token::{Mark, Month, MonthOf, Number};
    let (month, day, year, length) = match *tokens {
        [Number(day, 1..=2), Mark('.' | '-'), Month(month), Mark('-' | '.'), Number(year, 4), ..] => {
            (month, day, year, 5)
        }
        [Number(day, 1..=2), Mark('.'), Month(month), Number(year, 4), ..] => (month, day, year, 4),
        [Number(day, 1..=2), Month(month), Mark('.'), Number(year, 4), ..] => (month, day, year, 4),
        [Number(day, 1..=2), Month(month), Number(year, 4), ..] => (month, day, year, 3),
        // So in Iran; elsewhere it is a line of a log.
        [Number(day, 1..=2), Mark('/'), Month(month), Mark('/'), Number(year, 4), ..]
            if month.calendar == Calendar::Persian =>
        {
            (month, day, year, 5)
        }
        [Number(day, 1..=2), Month(_), Mark('/'), Month(month), Number(year, 4), ..] => (month, day, year, 5),
        [Number(day, 1..=2), Month(month), Mark('/'), Number(year, 4), ..] => (month, day, year, 4),
        // Months of Thailand alone tell that two figures are a year.
        [Number(day, 1..=2), Month(month), Number(figures, 2), ..]
            if month.calendar == Calendar::Buddhist =>
        {
            (month, day, years::buddhist_of_two(figures)?, 3)
        }
        [Month(month), Number(day, 1..=2), Number(year, 4), ..] if may_begin(month) => (month, day, year, 3),
        [Month(month), Mark('.'), Number(day, 1..=2), Number(year, 4), ..] if may_begin(month) => {
            (month, day, year, 4)
        }
        [Number(day, 1..=2), MonthOf, Number(month, 1..=2), Mark('/' | '-'), Number(year, 4), ..] => {
            return Some((Calendar::Gregorian.date(year, Some(month), Some(day))?, 5));
        }
        [Number(day, 1..=2), MonthOf, Number(month, 1..=2), Number(year, 4), ..] => {
            return Some((Calendar::Gregorian.date(year, Some(month), Some(day))?, 4));
        }
        _ => return year_first(tokens).or_else(|| month_in_words(tokens)),
    };
    Some((of_month(month, year, Some(day))?, length))
}

/// Whether a month may stand before its day. Abbreviations do in few languages.
fn may_begin(month: Month) -> bool {
    month.is_certain || month.is_full
}

/// A day with the name of its month behind the year: "2023. november 12.", "2023. gada 12. novembris".
fn year_first(tokens: &[Token]) -> Option<(Date, usize)> {
    use Token::{Mark, Month, Number};
    let [Number(year, 4), ref rest @ ..] = *tokens else { return None };
    let (rest, before) = match rest {
        [Mark('.'), rest @ ..] => (rest, 2),
        rest => (rest, 1),
    };
    let (month, day, length, behind) = match *rest {
        [Month(month), Number(day, 1..=2), ref behind @ ..] => (month, day, 2, behind),
        [Month(month), Mark('.'), Number(day, 1..=2), ref behind @ ..] => (month, day, 3, behind),
        [Number(day, 1..=2), Mark('.'), Month(month), ref behind @ ..] => (month, day, 3, behind),
        _ => return None,
    };
    // "since 2020. May 12, 2021": the year before is another's.
    let has_own_year = matches!(behind, [Number(_, 4), ..] | [Mark('.'), Number(_, 4), ..]);
    if has_own_year { None } else { Some((of_month(month, year, Some(day))?, before + length)) }
}

/// A month with its name and a year.
fn month_in_words(tokens: &[Token]) -> Option<(Date, usize)> {
    use Token::{Mark, Month, MonthOf, Number};
    let (month, year, length) = match *tokens {
        [Month(month), Number(year, 4), ..] if month.is_certain => (month, year, 2),
        [Month(month), Mark('.'), Number(year, 4), ..] if month.is_certain => (month, year, 3),
        [MonthOf, Number(month, 1..=2), Number(year, 4), ..] => {
            return Some((Calendar::Gregorian.date(year, Some(month), None)?, 3));
        }
        [MonthOf, Number(month, 1..=2), Mark('/' | '-'), Number(year, 4), ..] => {
            return Some((Calendar::Gregorian.date(year, Some(month), None)?, 4));
        }
        _ => return None,
    };
    Some((of_month(month, year, None)?, length))
}

/// A day of a named month, or the month. Those of the Persian calendar have years of their own alone.
fn of_month(month: Month, year: i32, day: Option<i32>) -> Option<Date> {
    let has_year = month.calendar != Calendar::Persian || month.calendar.has(year);
    has_year.then(|| month.calendar.date(year, Some(i32::from(month.number)), day))?
}

/// A date in figures alone.
fn in_figures(tokens: &[Token], calendar: Calendar, order: Order) -> Option<(Date, usize)> {
    use Token::{Mark, Number};
    let date = match *tokens {
        [Number(year, 4), Mark(a), Number(month, 1..=2), Mark(b), Number(day, 1..=2), ..] if a == b => {
            calendar.date(year, Some(month), Some(day))
        }
        [Number(a, 1..=2), Mark(x), Number(b, 1..=2), Mark(y), Number(year, 4), ..] if x == y => {
            let day = |month, day| calendar.date(year, Some(month), Some(day));
            match order {
                // With full stops the day comes first everywhere.
                _ if x == '.' || a > 12 => day(b, a).or_else(|| day(a, b)),
                Order::DayFirst => day(b, a).or_else(|| day(a, b)),
                Order::MonthFirst => day(a, b).or_else(|| day(b, a)),
                Order::Unknown if a == b || b > 12 => day(a, b),
                Order::Unknown => None,
            }
        }
        _ => None,
    };
    date.map(|date| (date, 5))
}
