//! Years and days of other calendars than the Gregorian, as pages write them beside it.
//!
//! Lunar calendars, such as the Islamic and the Hebrew, aren't here: which day is meant depends on who saw the moon, or
//! takes a table.

use jiff::civil;

use crate::model::Date;

/// A calendar that a year is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Calendar {
    /// The one that is in use everywhere.
    Gregorian,
    /// That of Thailand, which has the Gregorian months and days, and years from the death of the Buddha.
    Buddhist,
    /// The solar Hijri calendar of Iran and Afghanistan.
    Persian,
}

/// The years in which dates are believed: printing began before them, and none of them is far ahead.
const YEARS: std::ops::Range<i32> = 1500..2200;

/// How far Thai years are ahead: 2566 is 2023.
const BUDDHIST_YEARS: i32 = 543;

/// The first year that can only be a Buddhist one.
const FIRST_BUDDHIST: i32 = 2400;

/// The last year that is believed of it.
const LAST_BUDDHIST: i32 = 2650;

/// The two figures that stand for a Buddhist year, `66` for 2566, from 2550 to 2575. Others may be of any calendar.
const SHORT_BUDDHIST: std::ops::RangeInclusive<i32> = 50..=75;

/// The years of the Persian calendar that are believed, 1921 to 2071: before them months had other lengths, and behind
/// them the rule for leap years isn't checked.
const PERSIAN: std::ops::RangeInclusive<i32> = 1300..=1450;

impl Calendar {
    /// The date of ours that the day, month or year of this calendar is, if it is one.
    pub(crate) fn date(self, year: i32, month: Option<i32>, day: Option<i32>) -> Option<Date> {
        match self {
            Self::Persian if PERSIAN.contains(&year) => Some(Date::from_civil(persian(year, month?, day?)?)),
            Self::Buddhist if (FIRST_BUDDHIST..=LAST_BUDDHIST).contains(&year) => {
                gregorian(year - BUDDHIST_YEARS, month, day)
            }
            _ => gregorian(year, month, day),
        }
    }

    /// The first and the last day of a year of this calendar, or the year of ours that it is.
    pub(super) fn year(self, year: i32) -> Option<(Date, Date)> {
        match self {
            Self::Persian if PERSIAN.contains(&year) => {
                Some((self.month(year, 1)?.0, self.month(year, 12)?.1))
            }
            _ => self.date(year, None, None).map(|year| (year, year)),
        }
    }

    /// The first and the last day of a month of this calendar, or the month of ours that it is.
    pub(super) fn month(self, year: i32, month: i32) -> Option<(Date, Date)> {
        match self {
            Self::Persian if PERSIAN.contains(&year) => {
                let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
                let last = persian(next.0, next.1, 1)?.yesterday().ok()?;
                Some((Date::from_civil(persian(year, month, 1)?), Date::from_civil(last)))
            }
            _ => self.date(year, Some(month), None).map(|month| (month, month)),
        }
    }

    /// Whether `year` is one of this calendar, by its size.
    pub(super) fn has(self, year: i32) -> bool {
        match self {
            Self::Gregorian => YEARS.contains(&year),
            Self::Buddhist => (FIRST_BUDDHIST..=LAST_BUDDHIST).contains(&year),
            Self::Persian => PERSIAN.contains(&year),
        }
    }
}

/// The Buddhist year that two figures stand for beside the name of a month.
pub(super) fn buddhist_of_two(figures: i32) -> Option<i32> {
    SHORT_BUDDHIST.contains(&figures).then_some(2500 + figures)
}

fn gregorian(year: i32, month: Option<i32>, day: Option<i32>) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|_| YEARS.contains(&year))?;
    let small = |part: i32| i8::try_from(part).ok();
    match (month, day) {
        (Some(month), Some(day)) => Date::day(year, small(month)?, small(day)?),
        (Some(month), None) => Date::month(year, small(month)?),
        (None, _) => Date::year(year),
    }
}

/// The day of a date of the Persian calendar, whose months have 31 days, from the seventh on 30, and the last 29
/// outside of leap years.
///
/// Leap years go by the rule of 33 years, in the formula of ICU4X (`calendrical_calculations`, `fast_persian`). For the
/// years that are believed each month begins by it when it does by the equinox in Tehran, which is the law.
fn persian(year: i32, month: i32, day: i32) -> Option<civil::Date> {
    let length = match month {
        1..=6 => 31,
        7..=11 => 30,
        12 if days_before(year + 1) - days_before(year) == 366 => 30,
        12 => 29,
        _ => return None,
    };
    if !(1..=length).contains(&day) {
        return None;
    }
    let of_year = (month - 1) * 31 - (month - 7).max(0) + day - 1;
    let days = days_before(year) - days_before(1402) + of_year;
    NOWRUZ_1402.checked_add(jiff::Span::new().days(days)).ok()
}

/// The first day of the Persian year 1402.
const NOWRUZ_1402: civil::Date = civil::Date::constant(2023, 3, 21);

/// Days of the Persian calendar before a year.
fn days_before(year: i32) -> i32 {
    365 * (year - 1) + (8 * year + 21).div_euclid(33)
}

/// The eras by which Japan and Taiwan count, and what says that a year is a Buddhist or a Gregorian one: each with its
/// first year.
const ERAS: [(&str, i32); 11] = [
    ("令和", 2019),
    ("平成", 1989),
    ("昭和", 1926),
    ("大正", 1912),
    ("民國", 1912),
    ("民国", 1912),
    ("พ.ศ", 1 - BUDDHIST_YEARS),
    ("ค.ศ", 1),
    ("西暦", 1),
    ("公元", 1),
    ("西元", 1),
];

/// What stands before the era that `word` ends with, and its first year.
pub(super) fn era(word: &str) -> Option<(&str, i32)> {
    ERAS.iter().find_map(|&(era, first)| Some((word.strip_suffix(era)?, first)))
}

/// The year of an era: none if it isn't one by its size.
pub(super) fn year_of_era(first: i32, year: i32) -> Option<i32> {
    Some(first + year - 1).filter(|year| YEARS.contains(year))
}

/// The year of Taiwan's that three figures are.
pub(super) fn year_from_1912(figures: i32) -> i32 {
    1911 + figures
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(calendar: Calendar, year: i32, month: i32, day: i32) -> Option<String> {
        calendar.date(year, Some(month), Some(day)).map(|date| date.to_string())
    }

    /// Days that calendars printed in Iran give, of leap years too.
    #[test]
    fn days_of_the_persian_calendar_are_ours() {
        for (date, ours) in [
            ((1357, 11, 22), "1979-02-11"),
            ((1399, 12, 30), "2021-03-20"),
            ((1400, 1, 1), "2021-03-21"),
            ((1402, 1, 1), "2023-03-21"),
            ((1402, 8, 21), "2023-11-12"),
            ((1403, 12, 30), "2025-03-20"),
            ((1404, 1, 1), "2025-03-21"),
        ] {
            assert_eq!(day(Calendar::Persian, date.0, date.1, date.2).as_deref(), Some(ours), "{date:?}");
        }
        for (year, month, of_month) in
            [(1402, 12, 30), (1402, 7, 31), (1402, 13, 1), (1402, 0, 1), (1402, 1, 0)]
        {
            assert_eq!(day(Calendar::Persian, year, month, of_month), None, "{year} {month} {of_month}");
        }
        assert_eq!(day(Calendar::Persian, 2023, 11, 12).as_deref(), Some("2023-11-12"));
    }

    #[test]
    fn a_month_of_the_persian_calendar_is_days_of_two_of_ours() {
        let (first, last) = Calendar::Persian.month(1403, 12).unwrap();
        assert_eq!((first.to_string(), last.to_string()), ("2025-02-19".into(), "2025-03-20".into()));
        assert_eq!(Calendar::Persian.date(1403, Some(12), None), None);
    }

    #[test]
    fn thai_years_are_543_ahead() {
        assert_eq!(day(Calendar::Buddhist, 2566, 11, 12).as_deref(), Some("2023-11-12"));
        assert_eq!(day(Calendar::Buddhist, 2023, 11, 12).as_deref(), Some("2023-11-12"));
        assert_eq!(day(Calendar::Gregorian, 2566, 11, 12), None);
        assert_eq!(buddhist_of_two(66), Some(2566));
        assert_eq!(buddhist_of_two(23), None);
    }

    #[test]
    fn eras_count_from_their_first_year() {
        let year = |word, figures| year_of_era(era(word).unwrap().1, figures);
        assert_eq!(year("令和", 5), Some(2023));
        assert_eq!(year("中華民國", 112), Some(2023));
        assert_eq!(year("พ.ศ", 2566), Some(2023));
        assert_eq!(year("令和", 2023), None);
    }
}
