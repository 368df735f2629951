//! Signs in full width, as keyboards of East Asia type them: `（a OR b）`, `title：条约`, `ＡＮＤ`, `a＊`, `－b`.
//!
//! Where they can't be text they are made those of ASCII before the query is read, character by character, so that a
//! place in the one can be told in the other.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::field::Field;
use super::lexer::{between_slashes, relation};
use super::quotation::{closing, ends_word, find, quotes};
use crate::text::{Span, WordAutomaton, is_found_in_pairs};

/// How far characters of full width lie behind their like in ASCII.
const BEHIND_ASCII: u32 = 0xfee0;

/// The minus sign of mathematics, which some keyboards type.
const MINUS: char = '−';

/// A query with its signs in ASCII.
pub(super) struct Narrowed<'t> {
    pub(super) text: Cow<'t, str>,
    /// Where a character ends that was replaced, in this text and as typed.
    ends: Vec<(usize, usize)>,
}

impl<'t> Narrowed<'t> {
    /// `typed` with those of its signs in ASCII that are no text.
    pub(super) fn of(typed: &'t str) -> Self {
        if !typed.contains(|c| narrow(c) != c) {
            return Self { text: Cow::Borrowed(typed), ends: Vec::new() };
        }
        let replaced = Reader::of(typed).replaced();
        let mut text = String::with_capacity(typed.len());
        let mut ends = Vec::with_capacity(replaced.len());
        let mut copied = 0;
        for (at, sign) in replaced {
            text.push_str(&typed[copied..at]);
            text.push(sign);
            copied = at + typed[at..].chars().next().map_or(0, char::len_utf8);
            ends.push((text.len(), copied));
        }
        text.push_str(&typed[copied..]);
        Self { text: Cow::Owned(text), ends }
    }

    /// The place of `span` in the query as typed.
    pub(super) fn typed(&self, span: Span) -> Span {
        let typed = |at: usize| {
            let before = self.ends.partition_point(|&(end, _)| end <= at);
            before.checked_sub(1).map_or(at, |last| {
                let (end, typed) = self.ends[last];
                typed + (at - end)
            })
        };
        Span::new(typed(span.start), typed(span.end))
    }
}

/// `c` in ASCII, if it is of full width.
fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - BEHIND_ASCII).unwrap_or(c),
        MINUS => '-',
        c => c,
    }
}

fn narrowed(text: &str) -> String {
    text.chars().map(narrow).collect()
}

struct Reader<'t> {
    text: &'t str,
    /// The bracket that closes each one of full width that is closed.
    pairs: HashMap<usize, usize>,
    /// Brackets that close one which is a sign.
    closing: HashSet<usize>,
    /// Where the last of each dash stands that ends a word.
    last_dashes: HashMap<char, usize>,
    replaced: Vec<(usize, char)>,
}

impl<'t> Reader<'t> {
    fn of(text: &'t str) -> Self {
        Self {
            text,
            pairs: pairs(text),
            closing: HashSet::new(),
            last_dashes: last_dashes(text),
            replaced: Vec::new(),
        }
    }

    /// The characters that are signs, from left to right, and what they are in ASCII.
    fn replaced(mut self) -> Vec<(usize, char)> {
        for piece in pieces(self.text) {
            let mut at = piece.start;
            while let Some(c) = self.text[at..piece.end].chars().next() {
                at = if self.is_bracket(at) {
                    self.replace(Span::new(at, at + c.len_utf8()));
                    at + c.len_utf8()
                } else {
                    self.run(Span::new(at, piece.end))
                };
            }
        }
        self.replaced
    }

    fn replace(&mut self, span: Span) {
        let text = span.of(self.text).unwrap_or_default();
        self.replaced.extend(text.char_indices().map(|(at, c)| (span.start + at, narrow(c))));
    }

    /// Whether a bracket of full width stands at `at`, where a clause may begin, that is a sign.
    fn is_bracket(&mut self, at: usize) -> bool {
        if let Some(&close) = self.pairs.get(&at) {
            self.closing.insert(close);
            return true;
        }
        self.closing.contains(&at)
    }

    /// Reads `run` up to a bracket in it that is a sign, and gives where that ends.
    fn run(&mut self, run: Span) -> usize {
        let start = run.start;
        let text = run.of(self.text).unwrap_or_default();
        let closed = text.match_indices('）').map(|(at, _)| start + at).find(|at| self.closing.contains(at));
        let end = closed.unwrap_or(run.end);
        let mut at = end - self.text[start..end].trim_start_matches(['+', '-']).len();
        if let Some(sign) = self.sign_at(at) {
            let length = self.text[at..].chars().next().map_or(0, char::len_utf8);
            self.replaced.push((at, sign));
            at += length;
        }
        if at >= end || self.pairs.contains_key(&at) { at } else { self.word(Span::new(at, end)) }
    }

    /// What the sign at `at` is before a word, quote or bracket; a space where it is but a dash.
    fn sign_at(&self, at: usize) -> Option<char> {
        let mut chars = self.text[at..].chars();
        let sign = chars.next().filter(|&c| matches!(c, '＋' | '－' | MINUS))?;
        let behind = chars.next()?;
        let begins_value = matches!(behind, '(' | '（') || !quotes(behind).is_empty();
        if !behind.is_alphanumeric() && !begins_value {
            return None;
        }
        let is_number = sign == MINUS && behind.is_numeric();
        // As in a subtitle: `－条约－`.
        let is_closed = self.last_dashes.get(&sign).is_some_and(|&last| last > at);
        Some(if is_number || is_closed { ' ' } else { narrow(sign) })
    }

    /// Reads a word, an operator, or a field and its value, and gives where that ends.
    fn word(&mut self, span: Span) -> usize {
        let word = span.of(self.text).unwrap_or_default();
        let plain = narrowed(word);
        if matches!(plain.as_str(), "AND" | "OR" | "NOT") || relation(&plain).is_some() {
            self.replace(span);
            return span.end;
        }
        let Some((field, value)) = named(word) else {
            self.stars(span);
            return span.end;
        };
        let value = Span::new(span.start + value, span.end);
        let behind = self.text[value.start..].chars().next();
        // What has nothing right behind it is text.
        if value.start < span.end || behind.is_some_and(|c| c == '(' || !quotes(c).is_empty()) {
            self.replace(Span::new(span.start, value.start));
        }
        match field {
            _ if self.pairs.contains_key(&value.start) => return value.start,
            Field::Condition(_) => self.replace(value),
            Field::Text(_) => self.stars(value),
        }
        span.end
    }

    /// Stars beside letters of scripts in which they say something.
    fn stars(&mut self, span: Span) {
        let text = span.of(self.text).unwrap_or_default();
        let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_found_in_pairs(c));
        for (at, star) in text.match_indices('＊') {
            let (before, behind) = (&text[..at], &text[at + star.len()..]);
            if is_letter(before.chars().next_back()) || is_letter(behind.chars().next()) {
                self.replaced.push((span.start + at, '*'));
            }
        }
    }
}

/// The field that `word` names before a colon, and where its value begins.
fn named(word: &str) -> Option<(Field, usize)> {
    let colon = word.find([':', '：'])?;
    let field = Field::named(&narrowed(&word[..colon]))?;
    Some((field, colon + word[colon..].chars().next().map_or(0, char::len_utf8)))
}

/// Where the quotation that `open` opens at `at` ends; behind the mark if it is never closed.
fn quotation_end(text: &str, at: usize, open: char) -> usize {
    let start = at + open.len_utf8();
    closing(&text[start..], Some(open)).map_or(start, |(length, close)| start + length + close.len_utf8())
}

/// The runs of `text` that may have signs in them: up to white space, brackets of ASCII, quotes and regular expressions.
fn pieces(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let run = &rest[..find(rest, ends_word).map_or(rest.len(), |(end, _)| end)];
        at = if run.is_empty() && !quotes(c).is_empty() {
            quotation_end(text, at, c)
        } else if run.is_empty() {
            at + c.len_utf8()
        } else if let Some((before, length)) = regex_in(run, rest) {
            found.push(Span::new(at, at + before));
            at + before + length
        } else {
            found.push(Span::new(at, at + run.len()));
            at + run.len()
        };
    }
    found
}

/// Where in `run`, which `rest` begins with, a regular expression begins, and how long it is.
fn regex_in(run: &str, rest: &str) -> Option<(usize, usize)> {
    let slash = run.find('/')?;
    let before = run[..slash].trim_start_matches(['+', '-', '＋', '－', MINUS]);
    let may_begin = before.is_empty() || named(before).is_some_and(|(_, value)| value == before.len());
    let (regex, _) = between_slashes(&rest[slash..]).filter(|&(_, ends)| may_begin && ends)?;
    WordAutomaton::regex(regex).is_ok().then_some((slash, regex.len() + 2))
}

/// The characters of `text` that may be signs, and where they stand.
fn signs(text: &str) -> impl Iterator<Item = (usize, char)> {
    pieces(text).into_iter().flat_map(|piece| {
        let inside = piece.of(text).unwrap_or_default();
        inside.char_indices().map(move |(at, c)| (piece.start + at, c))
    })
}

/// The brackets of full width that belong together.
fn pairs(text: &str) -> HashMap<usize, usize> {
    let mut open = Vec::new();
    let mut pairs = HashMap::new();
    for (at, c) in signs(text) {
        match c {
            '（' => open.push(at),
            '）' => pairs.extend(open.pop().map(|open| (open, at))),
            _ => {}
        }
    }
    pairs
}

/// Where the last of each dash stands that ends a word.
fn last_dashes(text: &str) -> HashMap<char, usize> {
    let ends_word = |at: usize, c: char| {
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        is_letter(text[..at].chars().next_back()) && !is_letter(text[at + c.len_utf8()..].chars().next())
    };
    signs(text)
        .filter(|&(at, c)| matches!(c, '－' | MINUS) && ends_word(at, c))
        .map(|(at, c)| (c, at))
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::query::{parse, parse_strict};

    fn understood(text: &str) -> String {
        let read = parse_strict(text).unwrap().query.unwrap();
        assert_eq!(parse(&read.to_string()).unwrap().query.as_ref(), Some(&read), "{text}");
        read.to_string()
    }

    /// All of it was looked for as words.
    #[test]
    fn signs_in_full_width_are_read() {
        for (text, read) in [
            ("（a OR b） c", "(a OR b) c"),
            ("a ＡＮＤ b ＯＲ c ＮＯＴ d", "((a AND b) OR c) -d"),
            ("title：条约", "title:条约"),
            ("ｔｉｔｌｅ：条约 lang：ｚｈ", "title:条约 lang:zh"),
            ("title：（条约 OR 协定） c", "title:(条约 OR 协定) c"),
            ("title：「条约」", "title:\"条约\""),
            ("date：２０２０．．２０２１ a", "date:2020..2021 a"),
            ("date:＜２０２０", "date:..2019"),
            ("a NEAR/５ b", "a NEAR/5 b"),
            ("a ＮＥＡＲ／５ b ／ｓ c", "(a NEAR/5 b) /s c"),
            ("nucle＊ Ｗ＊", "nucle* Ｗ*"),
            ("a －b ＋c", "a -b +c"),
            ("a −oil", "a -oil"),
            ("a －（b c）", "a -(b c)"),
            ("a －「b c」", "a -\"b c\""),
            ("（（a OR b） AND （c））", "(a OR b) AND c"),
            ("a （－b）d", "a -b d"),
        ] {
            assert_eq!(understood(text), read, "{text}");
        }
    }

    #[test]
    fn what_may_be_text_stays() {
        for (text, read) in [
            ("关于（试行）的通知", "关于（试行）的通知"),
            ("世贸组织：改革", "世贸组织：改革"),
            ("标题：条约 WTO：改革", "标题：条约 WTO：改革"),
            ("title： 条约", "title： 条约"),
            ("a） （b", "a） （b"),
            ("军控－条约 －副題－", "军控－条约 副題－"),
            ("at −5 degrees", "at 5 degrees"),
            ("核不扩散＊", "核不扩散＊"),
            ("「a （b） ＡＮＤ c」", "\"a （b） ＡＮＤ c\""),
            ("/s«＊a/ b", "/s«＊a/ b"),
            ("/s«/ （b） «c»", "/s«/ b \"c\""),
            ("什么？为什么", "什么？为什么"),
        ] {
            assert_eq!(understood(text), read, "{text}");
        }
    }

    #[test]
    fn faults_point_at_the_query_as_typed() {
        let text = "（a） ＡＮＤ date：２０x０";
        let error = parse(text).unwrap_err();
        assert_eq!(error.span.of(text), Some("２０x０"));
        let text = "（a） ＯＲ ） \"b";
        let notes: Vec<_> =
            parse(text).unwrap().notes.iter().map(|note| note.span.of(text).unwrap()).collect();
        assert_eq!(notes, ["\""]);
        let text = "（a） b ＯＲ";
        let notes: Vec<_> =
            parse(text).unwrap().notes.iter().map(|note| note.span.of(text).unwrap()).collect();
        assert_eq!(notes, ["ＯＲ"]);
    }
}
