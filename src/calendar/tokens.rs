//! The pieces of a text that dates are made of: numbers, names of months, signs and marks.

use std::iter::Peekable;
use std::str::Chars;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::habit::Habit;
use super::months::{self, Month};
use super::{Calendar, years};
use crate::text::digit;

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token {
    /// A number and how many digits it had.
    Number(i32, usize),
    Month(Month),
    /// A year, month or day sign of Chinese, Japanese or Korean.
    Sign(Unit),
    /// The word for a month before its number: "tháng 11".
    MonthOf,
    /// A mark that parts the figures of a date: `/`, `-` or `.`.
    Mark(char),
    Word,
}

/// What a number before a sign counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Unit {
    Year,
    Month,
    Day,
}

/// Words inside of a date that say nothing: "18 de mayo de 2021", "12 листопада 2023 р.", "۲۱ آبان ماه ۱۴۰۲".
const LINKS: [&str; 26] = [
    "de", "del", "of", "the", "den", "di", "d", "st", "nd", "rd", "th", "er", "º", "η", "ης", "ng", "năm",
    "gada", "m", "г", "года", "год", "р", "року", "ماه", "سال",
];

/// The word for a month in Vietnamese.
const MONTH_OF: [&str; 2] = ["tháng", "thg"];

/// The prefix "month of", which Thai writes onto a name.
const THAI_MONTH_OF: &str = "เดือน";

/// The first year of an era, in Chinese and Japanese: "令和元年".
const FIRST: char = '元';

/// Tokens that are read. A date stands near the start of what is said to be one.
const MAX_TOKENS: usize = 120;

/// The pieces of a text, and the calendar that its years in figures are of.
pub(super) struct Tokens {
    pub(super) list: Vec<Token>,
    pub(super) calendar: Calendar,
}

/// What is read of a text, character by character.
type Characters<'t> = Peekable<Chars<'t>>;

/// The pieces of `text`.
pub(super) fn tokens(text: &str, habit: Habit) -> Tokens {
    let mut reader =
        Reader { habit, found: Vec::new(), era: None, first_word: None, calendar: habit.calendar() };
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if reader.found.len() >= MAX_TOKENS {
            break;
        }
        reader.read(c, &mut chars);
    }
    Tokens { list: reader.found, calendar: reader.calendar }
}

struct Reader {
    habit: Habit,
    found: Vec<Token>,
    /// The first year of the era that the next number counts from.
    era: Option<i32>,
    /// The word before, if it may be the first of a name of two.
    first_word: Option<String>,
    calendar: Calendar,
}

impl Reader {
    fn read(&mut self, c: char, rest: &mut Characters<'_>) {
        if c.is_whitespace() {
            return;
        }
        let first_word = self.first_word.take();
        if let Some(first) = value(c) {
            self.number(c, first, rest);
        } else if let Some(numeral) = han_numeral(c) {
            self.han_number(numeral, rest);
        } else if let Some(unit) = unit(c) {
            self.found.push(Token::Sign(unit));
        } else if is_thai(c) {
            let word = joined(c, rest, |c| is_thai(c) || c == '.');
            self.thai(word.trim_end_matches('.'));
        } else if c.is_alphabetic() {
            let word = word(c, rest);
            self.word(&word, first_word);
        } else if matches!(c, '/' | '-' | '.' | '–') {
            self.found.push(Token::Mark(c));
        }
    }

    /// Reads the digits from `c` on.
    fn number(&mut self, c: char, first: i32, rest: &mut Characters<'_>) {
        let (mut number, mut digits) = (first, 1);
        while let Some(digit) = rest.peek().copied().and_then(value) {
            number = (number * 10 + digit).min(1_000_000);
            digits += 1;
            rest.next();
        }
        // Figures of its own tell a calendar where no language does.
        if self.habit.language.is_none() {
            self.calendar = match c {
                '۰'..='۹' => Calendar::Persian,
                '๐'..='๙' => Calendar::Buddhist,
                _ => self.calendar,
            };
        }
        let of_era = self.era.take().and_then(|first| years::year_of_era(first, number));
        self.found.push(of_era.map_or(in_figures(number, digits), |year| Token::Number(year, 4)));
    }

    /// Reads the Chinese numerals from `first` on, if a sign says what they count.
    fn han_number(&mut self, first: i32, rest: &mut Characters<'_>) {
        let mut numerals = vec![first];
        while let Some(numeral) = rest.peek().copied().and_then(han_numeral) {
            if numerals.len() <= MAX_NUMERALS {
                numerals.push(numeral);
            }
            rest.next();
        }
        let counts = rest.peek().copied().and_then(unit).is_some();
        let era = self.era.take();
        let token = counted(&numerals).filter(|_| counts).map(|(number, digits)| {
            let of_era = era.and_then(|first| years::year_of_era(first, number));
            of_era.map_or(Token::Number(number, digits), |year| Token::Number(year, 4))
        });
        self.found.push(token.unwrap_or(Token::Word));
    }

    /// Reads a run of Thai, which has no spaces between words: the name of a month, a sign of an era, or both.
    fn thai(&mut self, run: &str) {
        let (name, era) = years::era(run).map_or((run, None), |(before, first)| (before, Some(first)));
        self.era = era;
        if name.is_empty() {
            return;
        }
        let month = self.named(name.strip_prefix(THAI_MONTH_OF).unwrap_or(name));
        self.found.push(month.map_or(Token::Word, Token::Month));
    }

    fn named(&self, word: &str) -> Option<Month> {
        months::named(word, self.habit)
    }

    /// Reads a word; `first_word` is the one right before it, if it may be the first of a name of two.
    fn word(&mut self, word: &str, first_word: Option<String>) {
        if let Some((_, first)) = word.strip_suffix(FIRST).and_then(years::era) {
            self.found.push(Token::Number(first, 4));
            return;
        }
        self.era = years::era(word).map(|(_, first)| first);
        if self.era.is_some() {
            return;
        }
        if let Some(month) = first_word.and_then(|first| self.named(&format!("{first} {word}"))) {
            self.found.pop();
            self.found.push(Token::Month(month));
        } else if let Some(month) = self.named(word) {
            self.found.push(Token::Month(month));
        } else if MONTH_OF.contains(&word) {
            self.found.push(Token::MonthOf);
        } else if !LINKS.contains(&word) {
            self.found.push(Token::Word);
            self.first_word = months::is_first_of_two(word).then(|| word.to_owned());
        }
    }
}

/// The word from the letter `first` on, in lower case. Signs of Chinese that may be of a date end it.
fn word(first: char, rest: &mut Characters<'_>) -> String {
    let mut last = first;
    let word = joined(first, rest, |next| {
        // Two words that a page sets close: "FinchMar 5".
        let begins_another =
            last.is_lowercase() && next.is_uppercase() || han_numeral(next).is_some() || is_han_unit(next);
        last = next;
        !begins_another
            && (next.is_alphabetic() || !next.is_ascii() && (is_combining_mark(next) || is_joiner(next)))
    });
    let word = word.to_lowercase();
    if !word.is_ascii() && word.chars().any(is_combining_mark) { word.nfc().collect() } else { word }
}

/// What stands from `first` on as long as it is `wanted`.
fn joined(first: char, rest: &mut Characters<'_>, mut wanted: impl FnMut(char) -> bool) -> String {
    let mut run = String::from(first);
    while let Some(next) = rest.next_if(|&next| wanted(next)) {
        if !is_joiner(next) {
            run.push(next);
        }
    }
    run
}

/// The figures of a number, or the year that they begin with where a page sets the next number close behind it:
/// "20255 min read".
fn in_figures(number: i32, digits: usize) -> Token {
    let year = match digits {
        5 => number / 10,
        6 => number / 100,
        _ => 0,
    };
    if (1990..2100).contains(&year) { Token::Number(year, 4) } else { Token::Number(number, digits) }
}

/// Marks inside of words that join letters or part them.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// The value of a figure in any script.
fn value(c: char) -> Option<i32> {
    let figure = match c {
        c if c.is_ascii() => Some(c),
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10),
        c => digit(c),
    };
    figure.unwrap_or(c).to_digit(10).and_then(|value| i32::try_from(value).ok())
}

/// What a Chinese numeral stands for.
fn han_numeral(c: char) -> Option<i32> {
    const FIGURES: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    if c < '〇' {
        return None;
    }
    match c {
        '零' => Some(0),
        '十' => Some(TEN),
        c => FIGURES.iter().position(|&figure| figure == c).and_then(|value| i32::try_from(value).ok()),
    }
}

const TEN: i32 = 10;

/// Numerals of the longest number that is read: a year.
const MAX_NUMERALS: usize = 4;

/// The number that Chinese numerals are, figure by figure or with a ten, and how many digits it has.
fn counted(numerals: &[i32]) -> Option<(i32, usize)> {
    match *numerals {
        [TEN] => Some((TEN, 2)),
        [TEN, ones @ 1..=9] => Some((TEN + ones, 2)),
        [tens @ 1..=9, TEN] => Some((tens * TEN, 2)),
        [tens @ 1..=9, TEN, ones @ 1..=9] => Some((tens * TEN + ones, 2)),
        _ if numerals.contains(&TEN) || numerals.len() > MAX_NUMERALS => None,
        _ => Some((numerals.iter().fold(0, |number, figure| number * 10 + figure), numerals.len())),
    }
}

/// What the number before a sign counts.
fn unit(c: char) -> Option<Unit> {
    match c {
        '年' | '년' => Some(Unit::Year),
        '月' | '월' => Some(Unit::Month),
        '日' | '号' | '號' | '일' => Some(Unit::Day),
        _ => None,
    }
}

fn is_han_unit(c: char) -> bool {
    unit(c).is_some() && !matches!(c, '년' | '월' | '일')
}

fn is_thai(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{e4f}')
}
