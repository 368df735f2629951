//! Single characters of scripts whose words are found in pairs of characters, as they stand in words of a query: `税`,
//! and the last of `2020年`.
//!
//! In a text such a character is mostly a part of pairs, as `年` is in `2020年的`, so it stands for those that begin or
//! end with it.

use unicode_normalization::char::is_combining_mark;

use super::{Pattern, Query, Relation};
use crate::text::is_found_in_pairs;

/// Most patterns of a query, with the characters that stand for the words that they are a part of, of which each is
/// one. More of them are a text with a space behind each character.
const MAX_PATTERNS: usize = 8;

/// What is no word by itself.
const OPERATORS: [&str; 6] = ["AND", "OR", "NOT", "ＡＮＤ", "ＯＲ", "ＮＯＴ"];

/// Signs that a number or code may have in it, and that mean nothing else in a query.
const SIGNS: [char; 7] = ['.', ',', '-', '–', '’', '٬', '，'];

/// A part of a word of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part<'w> {
    /// One character of such a script, with none beside it.
    Lone(&'w str),
    Other(&'w str),
}

/// How many such characters `word` has; none where other parts of it would read as something else than words.
pub(super) fn lone_characters(word: &str) -> usize {
    let is_lone = |part: &Part<'_>| matches!(part, Part::Lone(_));
    let is_word = |part| match part {
        Part::Lone(_) => true,
        Part::Other(text) => {
            text.chars().all(|c| c.is_alphanumeric() || SIGNS.contains(&c)) && !OPERATORS.contains(&text)
        }
    };
    if parts(word).all(is_word) { parts(word).filter(is_lone).count() } else { 0 }
}

/// Whether `word` has several parts.
pub(super) fn is_of_parts(word: &str) -> bool {
    parts(word).nth(1).is_some()
}

/// What `word` looks for by its parts, which stand side by side: `2020 BEFORE/1 年*`. None if it has no such character,
/// or with `patterns`, those that the query has already, too many; if not, they are counted.
pub(super) fn by_parts(word: &str, patterns: &mut usize, of_other: impl Fn(&str) -> Query) -> Option<Query> {
    let lone = lone_characters(word);
    if lone == 0 || *patterns + lone > MAX_PATTERNS {
        return None;
    }
    *patterns += lone;
    let each = parts(word).map(|part| match part {
        Part::Lone(character) => Query::Pattern(Pattern::Wildcard(format!("{character}*"))),
        Part::Other(text) => of_other(text),
    });
    each.reduce(|left, right| {
        let (left, right) = (Box::new(left), Box::new(right));
        Query::Near { relation: Relation::Before(1), left, right }
    })
}

impl Query {
    /// Whether it looks for the parts of one word of such a script: `年9`, or that in quotes.
    #[must_use]
    pub fn is_word_of_parts(&self) -> bool {
        let quoted = |text: &str| Self::Phrase { text: text.to_owned(), slop: 0 };
        parted_word(self, |text| Self::Word(text.to_owned())).or_else(|| parted_word(self, quoted)).is_some()
    }
}

/// The word whose parts `query` looks for: `2020年`.
pub(super) fn word_of_parts(query: &Query) -> Option<String> {
    parted_word(query, |text| Query::Word(text.to_owned()))
}

/// The word whose parts `query` looks for, those that are no lone characters as `of_other` has them.
fn parted_word(query: &Query, of_other: impl Fn(&str) -> Query) -> Option<String> {
    let mut word = String::new();
    join(query, &mut word)?;
    let parts = by_parts(&word, &mut 0, of_other);
    (parts.as_ref() == Some(query)).then_some(word)
}

/// Adds the characters of `query` to `word`, if it may be one by its parts.
fn join(query: &Query, word: &mut String) -> Option<()> {
    match query {
        Query::Near { relation: Relation::Before(1), left, right } => {
            join(left, word)?;
            join(right, word)?;
        }
        Query::Pattern(Pattern::Wildcard(text)) => word.push_str(text.strip_suffix('*')?),
        Query::Word(text) | Query::Phrase { text, slop: 0 } => word.push_str(text),
        _ => return None,
    }
    Some(())
}

/// The parts of `word` by script, without those that are mere punctuation.
fn parts(word: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let is_in_pairs = is_found_in_pairs(first);
        let end = rest.find(|c| is_found_in_pairs(c) != is_in_pairs).unwrap_or(rest.len());
        let (part, behind) = rest.split_at(end);
        rest = behind;
        let text = part.trim_start_matches(|c: char| !c.is_alphanumeric());
        let text = text.trim_end_matches(|c: char| !c.is_alphanumeric() && !is_combining_mark(c));
        let is_lone = is_in_pairs && text.chars().count() == 1;
        Some(if is_lone { Part::Lone(text) } else { Part::Other(text) })
    })
    .filter(|part| *part != Part::Other(""))
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn read(word: &str) -> String {
        by_parts(word, &mut 0, as_word).map(|query| query.to_string()).unwrap_or_default()
    }

    fn as_word(text: &str) -> Query {
        Query::Word(text.to_owned())
    }

    #[test]
    fn parts_of_a_word_stand_side_by_side() {
        assert_eq!(read("2020年"), "2020 BEFORE/1 年*");
        assert_eq!(read("(A股,"), "A BEFORE/1 股*");
        assert_eq!(read("第1届"), "(第* BEFORE/1 1) BEFORE/1 届*");
        assert_eq!(read("税，"), "税*");
        assert_eq!(read("3.5亿"), "3.5 BEFORE/1 亿*");
        assert_eq!(read("1,250万"), "1,250 BEFORE/1 万*");
        assert_eq!(read("T-72型"), "T-72 BEFORE/1 型*");
        assert_eq!(read("2020…年⼀"), "2020 BEFORE/1 年*", "a radical is a sign, and no character");
        assert_eq!(read("…"), "");
    }

    #[test]
    fn parts_are_of_the_word_that_gives_them() {
        let word = |query: &str| word_of_parts(&parse(query).unwrap().query.unwrap());
        for text in ["2020年", "A股", "第1届", "税", "3.5亿", "10-15年", "T-72型"] {
            assert_eq!(word(text).as_deref(), Some(text));
        }
        for query in
            ["treaty", "A BEFORE/1 B", "A BEFORE/2 股*", "A NEAR/1 股*", "\"A股\"", "制裁*", "A BEFORE/1 =股"]
        {
            assert_eq!(word(query), None, "{query}");
        }
    }

    #[test]
    fn each_part_of_a_word_that_counts_less_does() {
        let query = parse("2020年^0.5").unwrap().query.unwrap();
        assert_eq!(query.to_string(), "2020^0.5 BEFORE/1 年*^0.5");
        assert_eq!(parse(&query.to_string()).unwrap().query, Some(query));
    }

    #[test]
    fn beside_many_patterns_a_word_is_read_as_it_is() {
        let mut patterns = 6;
        assert_eq!(by_parts("第1届", &mut patterns, as_word).map(|_| patterns), Some(8));
        assert_eq!(by_parts("税", &mut patterns, as_word), None);
    }

    #[test]
    fn only_what_has_no_neighbour_is_lone() {
        let counts =
            ["税", "2020年", "G20峰会", "A股", "第1届", "2020년에", "2020년", "treaty"].map(lone_characters);
        assert_eq!(counts, [1, 1, 0, 1, 2, 0, 1, 0]);
        assert_eq!(["AND税", "ISIS-K税", "(2020年,", "a*b税"].map(lone_characters), [0, 1, 1, 0]);
    }
}
