//! [`day`]: the day of a message, as mail programs of all times wrote it.
//!
//! It is the sender's day, whatever the zone, so time and zone needn't be understood.

use crate::model::Date;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The first two figures of years that were written with two: 2000 up to this one (RFC 5322, 4.3).
const LAST_OF_THIS_CENTURY: i16 = 49;

/// The day in the field `text`: `Mon, 3 Feb 2003 01:02 GMT`, `Mon Feb  3 01:02:03 2003`, `2003-02-03T01:02:03Z`.
pub(super) fn day(text: &str) -> Option<Date> {
    let text = without_comments(text);
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == ',')
        .flat_map(parts)
        .filter(|word| !word.is_empty())
        .collect();
    let Some(at) = words.iter().position(|word| month(word).is_some()) else {
        return text
            .split_whitespace()
            .find_map(|word| word.parse().ok())
            .filter(|date: &Date| date.is_day());
    };
    let month = month(words[at])?;
    let (before, behind) = (&words[..at], &words[at + 1..]);
    match before.last().and_then(|word| number(word, 1..=2)) {
        Some(day) => Date::day(year(behind.first()?)?, month, i8::try_from(day).ok()?),
        None => {
            let day = number(behind.first()?, 1..=2)?;
            let year = behind[1..].iter().find_map(|word| number(word, 4..=4))?;
            Date::day(year, month, i8::try_from(day).ok()?)
        }
    }
}

/// The parts of `3-Feb-2003`; a zone begins with the sign.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let sign = if word.starts_with('-') { ' ' } else { '-' };
    word.split(sign)
}

fn without_comments(text: &str) -> String {
    let mut depth = 0_usize;
    let mut is_outside = |c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && c != ')'
    };
    text.chars().map(|c| if is_outside(c) { c } else { ' ' }).collect()
}

/// The month of this name, in full or not.
fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| word.starts_with(month))?;
    word.bytes().all(|b| b.is_ascii_alphabetic()).then(|| i8::try_from(at + 1).ok())?
}

/// The number that `word` is, with so many digits.
fn number(word: &str, digits: std::ops::RangeInclusive<usize>) -> Option<i16> {
    let is_number = digits.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| word.parse().ok())?
}

/// A year, in full, without its century, or as programs wrote those from 2000 on that counted from 1900.
fn year(word: &str) -> Option<i16> {
    let year = number(word, 2..=4)?;
    Some(match word.len() {
        2 if year <= LAST_OF_THIS_CENTURY => year + 2000,
        2 | 3 => year + 1900,
        _ => year,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_without_seconds_or_zone_are_read() {
        for text in [
            "Mon, 3 Feb 2003 01:02 GMT",
            "3 Feb 2003 01:02 EST",
            "Mon, 3 Feb 2003 01:02:03",
            "3 February 2003 01:02:03 +0000",
            "Mon Feb  3 01:02:03 2003",
            "Mon Feb  3 01:02:03 -0500 2003",
            "Mon, 3 Feb 2003 01:02:03 Z",
            "Mon,03-Feb-03 01:02:03 GMT",
            "Mon (1 Mar 2001), 3 Feb 103 01:02:03 -0800 (PST)",
            "Monday, 3\n Feb 2003",
            "2003-02-03T01:02:03Z",
            "2003-02-03 01:02",
        ] {
            assert_eq!(day(text).map(|day| day.to_string()).as_deref(), Some("2003-02-03"), "{text}");
        }
        assert_eq!(day("3 Feb 97 01:02:03 +0000").unwrap().to_string(), "1997-02-03");
    }

    #[test]
    fn what_names_no_day_is_no_date() {
        for text in
            ["", "garbage", "3 Feb", "Feb 2003", "31 Feb 2003", "Mon, 3 Marbles 2003x", "2003", "3-3-2003 -"]
        {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
