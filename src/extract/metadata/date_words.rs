//! Dates as people write them, in figures or words, in a dozen languages.
//!
//! Only what a date is, not which date is an article's.

use std::collections::HashMap;
use std::iter::Peekable;
use std::str::Chars;
use std::sync::LazyLock;

use crate::model::Date;

/// Which of two figures before a year is the month, where both can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) enum Order {
    /// The first, as in the United States and on most pages in English that don't say from where.
    #[default]
    MonthFirst,
    /// The second, as nearly everywhere else.
    DayFirst,
}

impl Order {
    /// The habit where the language `tag` is written, "en-GB", or under the domain of `host`.
    pub(in super::super) fn of(tag: Option<&str>, host: Option<&str>) -> Self {
        const DAY_FIRST: [&str; 10] = ["uk", "au", "nz", "ie", "in", "za", "ke", "ng", "pk", "sg"];
        let domain = host.and_then(|host| host.rsplit('.').next()).unwrap_or_default();
        let tag = tag.unwrap_or_default().to_ascii_lowercase();
        let (language, region) = tag.split_once(['-', '_']).unwrap_or((&tag, ""));
        let english = language.is_empty() || language == "en";
        let elsewhere = region == "gb" || DAY_FIRST.contains(&region) || DAY_FIRST.contains(&domain);
        if elsewhere || !english { Self::DayFirst } else { Self::MonthFirst }
    }
}

/// The first date in `text`.
pub(super) fn find(text: &str) -> Option<Date> {
    find_in(text, Order::default())
}

/// The first date in `text`, figures read in `order`.
pub(super) fn find_in(text: &str, order: Order) -> Option<Date> {
    if !text.contains(|c| digit(c).is_some()) {
        return None;
    }
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| date_at(&tokens[at..], order))
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    /// A number and how many digits it had.
    Number(i32, usize),
    Month(i8),
    /// A year, month or day sign of Chinese, Japanese or Korean.
    Sign(char),
    /// A mark that parts the figures of a date: `/`, `-` or `.`.
    Mark(char),
    Word,
}

/// Words inside of a date that say nothing: "18 de mayo de 2021".
const LINKS: [&str; 12] = ["de", "del", "of", "the", "den", "di", "d", "st", "nd", "rd", "th", "er"];

/// Tokens that are read. A date stands near the start of what is said to be one.
const MAX_TOKENS: usize = 120;

/// What is read of a text, character by character.
type Characters<'t> = Peekable<Chars<'t>>;

fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut chars = text.chars().peekable();
    let mut era = None;
    while let Some(c) = chars.next() {
        if found.len() >= MAX_TOKENS {
            break;
        }
        if let Some(digit) = digit(c) {
            let (value, digits) = counted(digit, &mut chars);
            found.push(match era.take() {
                Some(first) => Token::Number(first + value - 1, 4),
                None => number(value, digits),
            });
        } else if matches!(c, '年' | '月' | '日' | '년' | '월' | '일') {
            found.push(Token::Sign(c));
        } else if c.is_alphabetic() {
            let word = word(c, &mut chars);
            if let Some(first) = ERAS.iter().find(|(era, _)| *era == word).map(|&(_, first)| first) {
                era = Some(first);
                continue;
            }
            match month(&word).or_else(|| second_word(&word, &mut found)) {
                Some(month) => found.push(Token::Month(month)),
                None if LINKS.contains(&word.as_str()) => {}
                None => found.push(Token::Word),
            }
        } else if matches!(c, '/' | '-' | '.' | '–') {
            found.push(Token::Mark(c));
        }
    }
    found
}

/// The value of the digits from `first` on, and how many there are.
fn counted(first: i32, rest: &mut Characters<'_>) -> (i32, usize) {
    let (mut value, mut digits) = (first, 1);
    while let Some(digit) = rest.peek().copied().and_then(digit) {
        value = (value * 10 + digit).min(1_000_000);
        digits += 1;
        rest.next();
    }
    (value, digits)
}

/// The word from the letter `first` on, in lower case and without marks.
fn word(first: char, rest: &mut Characters<'_>) -> String {
    let mut word = String::from(first);
    let mut last = first;
    while let Some(&next) = rest.peek().filter(|next| next.is_alphabetic() || is_joiner(**next)) {
        // Two words that a page sets close: "FinchMar 5".
        if last.is_lowercase() && next.is_uppercase() {
            break;
        }
        last = next;
        if !is_joiner(next) {
            word.push(next);
        }
        rest.next();
    }
    word.to_lowercase()
}

/// The figures of a number, or the year that they begin with where a page sets the next number close behind it:
/// "20255 min read".
fn number(value: i32, digits: usize) -> Token {
    let year = match digits {
        5 => value / 10,
        6 => value / 100,
        _ => 0,
    };
    if (1990..2100).contains(&year) { Token::Number(year, 4) } else { Token::Number(value, digits) }
}

/// Marks inside of words: combining vowels and joiners.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{64b}'..='\u{652}')
}

fn digit(c: char) -> Option<i32> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '０'..='９' => '０',
        _ => return None,
    };
    i32::try_from(c as u32 - zero as u32).ok()
}

/// The first years of the eras by which Japan counts.
const ERAS: [(&str, i32); 3] = [("令和", 2019), ("平成", 1989), ("昭和", 1926)];

/// The month that the second word of an Arabic name tells apart: the Levant has a first and a second month of
/// two names. The first word, in `found`, goes.
fn second_word(word: &str, found: &mut Vec<Token>) -> Option<i8> {
    let month = match (found.last()?, word) {
        (Token::Month(1 | 12), "الأول" | "الاول") => 12,
        (Token::Month(1 | 12), "الثاني") => 1,
        (Token::Month(10), "الأول" | "الاول") => 10,
        (Token::Month(10), "الثاني") => 11,
        _ => return None,
    };
    found.pop();
    Some(month)
}

/// The date that begins at the first of `tokens`.
fn date_at(tokens: &[Token], order: Order) -> Option<Date> {
    use Token::{Mark, Month, Number, Sign};
    match *tokens {
        [Number(year, 4), Sign(_), Number(month, _), Sign(_), Number(day, _), ..] => day_of(year, month, day),
        [Number(year, 4), Sign(_), Number(month, _), Sign(_), ..] => month_of(year, month),
        [Number(year, 4), Mark(a), Number(month, 1..=2), Mark(b), Number(day, 1..=2), ..] if a == b => {
            day_of(year, month, day)
        }
        [Number(a, 1..=2), Mark(x), Number(b, 1..=2), Mark(y), Number(year, 4), ..] if x == y => {
            figures((a, b), year, x, order)
        }
        [Number(day, 1..=2), Mark('.' | '-'), Month(month), Mark('-' | '.'), Number(year, 4), ..]
        | [Number(day, 1..=2), Mark('.'), Month(month), Number(year, 4), ..]
        | [Number(day, 1..=2), Month(month), Mark('.'), Number(year, 4), ..]
        | [Number(day, 1..=2), Month(month), Number(year, 4), ..]
        | [Number(day, 1..=2), Month(_), Mark('/'), Month(month), Number(year, 4), ..]
        | [Month(month), Number(day, 1..=2), Number(year, 4), ..]
        | [Month(month), Mark('.'), Number(day, 1..=2), Number(year, 4), ..]
        | [Number(year, 4), Month(month), Number(day, 1..=2), ..] => day_of(year, i32::from(month), day),
        [Month(month), Number(year, 4), ..] | [Month(month), Mark('.'), Number(year, 4), ..] => {
            month_of(year, i32::from(month))
        }
        _ => None,
    }
}

/// A date in figures. With full stops the day comes first everywhere.
fn figures((a, b): (i32, i32), year: i32, mark: char, order: Order) -> Option<Date> {
    if mark == '.' || a > 12 || order == Order::DayFirst {
        day_of(year, b, a).or_else(|| day_of(year, a, b))
    } else {
        day_of(year, a, b).or_else(|| day_of(year, b, a))
    }
}

fn day_of(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::day(plausible(year)?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

fn month_of(year: i32, month: i32) -> Option<Date> {
    Date::month(plausible(year)?, i8::try_from(month).ok()?)
}

fn plausible(year: i32) -> Option<i16> {
    i16::try_from(year).ok().filter(|year| (1500..2200).contains(year))
}

/// The month that a word in lower case names.
pub(super) fn month(word: &str) -> Option<i8> {
    static BY_NAME: LazyLock<HashMap<&str, i8>> = LazyLock::new(|| {
        let numbered = (1..).zip(MONTHS);
        numbered.flat_map(|(month, names)| names.split(' ').map(move |name| (name, month))).collect()
    });
    // No month has a longer name in any of these languages.
    if word.len() > MAX_MONTH_BYTES { None } else { BY_NAME.get(word).copied() }
}

/// Bytes of the longest name of a month.
const MAX_MONTH_BYTES: usize = 24;

/// Names of the months, in lower case: English, French, German, Spanish, Portuguese, Italian, Dutch,
/// Russian (both cases), Turkish, Polish, Indonesian, Arabic (both calendars' names), Urdu, Persian, Hindi.
const MONTHS: [&str; 12] = [
    "january jan janvier janv januar jänner enero ene janeiro gennaio gen januari января январь янв ocak stycznia \
     يناير كانون جنوری ژانویه जनवरी",
    "february feb février févr fév fevrier februar febrero fevereiro fev febbraio februari февраля февраль февр фев şubat \
     lutego فبراير شباط فروری فوریه फरवरी",
    "march mar mars märz marzo março marco maart maret марта март мар mart marca مارس آذار مارچ मार्च",
    "april apr avril avr abril abr aprile апреля апрель апр nisan kwietnia أبريل ابريل إبريل نيسان اپریل آوریل अप्रैल",
    "may mai mayo maio maggio mag mei мая май mayıs maja مايو أيار مئی مه मई",
    "june jun juin juni junio junho giugno giu июня июнь июн haziran czerwca يونيو يونيه حزيران جون ژوئن जून",
    "july jul juillet juil juli julio julho luglio lug июля июль июл temmuz lipca يوليو يوليه تموز جولائی ژوئیه जुलाई",
    "august aug août aout agosto ago agustus augustus августа август авг ağustos sierpnia أغسطس اغسطس آب اگست اوت अगस्त",
    "september sep sept septembre septiembre setembro set settembre сентября сентябрь сент сен eylül września سبتمبر \
     أيلول ستمبر سپتامبر सितंबर",
    "october oct octobre oktober okt octubre outubro out ottobre ott октября октябрь окт ekim października أكتوبر \
     اكتوبر تشرين اکتوبر اکتبر अक्टूबर",
    "november nov novembre noviembre novembro ноября ноябрь нояб ноя kasım listopada نوفمبر نومبر نوامبر नवंबर",
    "december dec décembre déc dezember dez diciembre dic dezembro dicembre desember декабря декабрь дек aralık \
     grudnia ديسمبر دسمبر دسامبر दिसंबर",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_many_languages() {
        for (text, date) in [
            ("Published May 18, 2021", "2021-05-18"),
            ("18th of May 2021, 10:00", "2021-05-18"),
            ("Tuesday, 18 May 2021", "2021-05-18"),
            ("le 1er août 2020", "2020-08-01"),
            ("18. März 2021", "2021-03-18"),
            ("18 de mayo de 2021", "2021-05-18"),
            ("18 de março de 2021", "2021-03-18"),
            ("18 maggio 2021", "2021-05-18"),
            ("18 мая 2021 г.", "2021-05-18"),
            ("١٨ مايو ٢٠٢١", "2021-05-18"),
            ("18 مئی 2021", "2021-05-18"),
            ("2021年5月18日", "2021-05-18"),
            ("2021년 5월 18일", "2021-05-18"),
            ("2021/05/18", "2021-05-18"),
            ("18.05.2021", "2021-05-18"),
            ("18/05/2021", "2021-05-18"),
            ("Dec. 3, 2020", "2020-12-03"),
            ("03-Dec-2020", "2020-12-03"),
            ("Spring, March 2019", "2019-03"),
            ("By Amara FinchMar 5, 20214 min read", "2021-03-05"),
            ("18 أيار/مايو 2021", "2021-05-18"),
            ("3 كانون الأول/ديسمبر 2020", "2020-12-03"),
            ("3 كانون الثاني 2020", "2020-01-03"),
            ("5 تشرين الثاني 2019", "2019-11-05"),
            ("18 mai 2021 à 10 h", "2021-05-18"),
            ("令和3年5月18日", "2021-05-18"),
            ("平成30年5月", "2018-05"),
        ] {
            assert_eq!(find(text).map(|found| found.to_string()).as_deref(), Some(date), "{text}");
        }
    }

    #[test]
    fn the_order_of_figures_depends_on_the_place() {
        for (tag, host, day) in [
            (Some("en-US"), None, "2021-03-04"),
            (Some("en-GB"), None, "2021-04-03"),
            (Some("fr"), None, "2021-04-03"),
            (Some("en"), Some("wells.org.uk"), "2021-04-03"),
            (None, Some("wells.example"), "2021-03-04"),
        ] {
            let found = find_in("03/04/2021", Order::of(tag, host)).map(|date| date.to_string());
            assert_eq!(found.as_deref(), Some(day), "{tag:?} {host:?}");
        }
    }

    #[test]
    fn figures_that_are_no_date_are_left() {
        for text in ["in 2021", "12.5 per cent of 2,000", "32/13/2021", "version 1.2.3", "May be"] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
