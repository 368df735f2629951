//! Whether a word in capitals is meant as an acronym, by what the archive says of it: in `FACT SHEET` it is shouted, in
//! `Detroit, MI` it is a state.
//!
//! Which of its readings is meant, if it is one, is `acronyms.rs`.

use crate::acronym::{Reading, singular, state_of};
use crate::analysis::fold;
use crate::engine::{AcronymsOf, Searcher, WordCase};
use crate::error::IndexError;
use crate::query::Query;

/// Share of the articles with a word that write it in capitals, from which on it is an acronym and no common word.
const MIN_CAPITALS: f64 = 0.5;

/// Part of the articles in question that has to speak for the readings of a common word, unless the query's other words
/// do: of 16,600 pages of a government `FACT` has 1 in 580, `FIRST` 1 in 173 and `CARES` 1 in 32.
const MIN_PART_OF_A_COMMON_WORD: f64 = 0.02;

/// The same, from which on a word between shouted words is an acronym still: `WHO` has 1 in 3, `IT` 1 in 7.
const MIN_PART_AMONG_SHOUTED: f64 = 0.25;

/// The same, from which on it is worth telling that an acronym stands for several things, none of which is looked for.
/// Like the others set by hand, between what was seen.
const MIN_PART_TO_TELL: f64 = 0.05;

/// Readings, of those in most articles, that are looked for beside the word.
const READINGS_LOOKED_FOR: usize = 3;

/// What an archive says of a word in capitals.
pub(super) struct CapitalWord {
    /// Whether most articles that have it don't write it in capitals.
    is_common: bool,
    /// The larger of the parts that define it, of the articles that write it in capitals, and that have a long form of
    /// it, of all that have the word.
    part: f64,
    /// What it is where it is no acronym, and is likely as it is none: the state that it abbreviates, or the common
    /// word.
    rival: Option<Query>,
}

impl CapitalWord {
    /// What is said of `short`, whose folded words are `folded`, and which has these `readings`.
    pub(super) fn of(
        searcher: &dyn Searcher,
        short: &str,
        folded: &str,
        readings: &[&Reading],
    ) -> Result<Self, IndexError> {
        // Of several words nobody counts the capitals, and no common word has them.
        if folded.contains(' ') {
            return Ok(Self { is_common: false, part: 1.0, rival: None });
        }
        let case = searcher.word_case(folded)?;
        let defined = part(readings.iter().map(|reading| reading.articles()).sum(), case.in_capitals);
        let mut with_long = 0;
        if defined < MIN_PART_AMONG_SHOUTED || state_of(short).is_some() {
            for reading in readings.iter().take(READINGS_LOOKED_FOR) {
                with_long = with_long.max(articles_with_both(searcher, short, reading.name())?);
            }
        }
        let part = defined.max(part(with_long, case.articles));
        let is_common = is_common(case);
        let is_rather_common = is_common && part < MIN_PART_OF_A_COMMON_WORD;
        let rival = match state_of(short) {
            Some(state) if articles_with_both(searcher, short, state)? > with_long => Some(named(state)),
            _ => is_rather_common.then(|| Query::Exact(short.to_owned())),
        };
        Ok(Self { is_common, part, rival })
    }

    /// Whether it is no acronym, where `beside` are the words next to it.
    pub(super) fn is_shouted(&self, searcher: &dyn Searcher, beside: &[&str]) -> Result<bool, IndexError> {
        if self.is_common && self.part < MIN_PART_AMONG_SHOUTED {
            for word in beside {
                if is_common_in_capitals(searcher, word)? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Whether it is worth telling that it stands for several things, where none of them is looked for.
    pub(super) fn is_worth_telling(&self) -> bool {
        self.part >= MIN_PART_TO_TELL
    }

    /// What it rather is, unless the query's other words go with one of its readings.
    pub(super) fn rival(&self) -> Option<&Query> {
        self.rival.as_ref()
    }
}

/// Whether the word of `case` is an acronym in less than half of the articles that have it.
pub(super) fn is_common(case: WordCase) -> bool {
    (case.in_capitals as f64) < case.articles as f64 * MIN_CAPITALS
}

/// Whether `short`, an acronym of the name `long`, is rather the abbreviation of a state: more articles that have it
/// speak of that.
pub(super) fn is_rather_a_state(
    searcher: &dyn Searcher,
    short: &str,
    long: &str,
) -> Result<bool, IndexError> {
    let Some(state) = state_of(short) else { return Ok(false) };
    Ok(articles_with_both(searcher, short, state)? > articles_with_both(searcher, short, long)?)
}

fn articles_with_both(searcher: &dyn Searcher, short: &str, long: &str) -> Result<u64, IndexError> {
    searcher.count(&Query::And(vec![Query::Exact(short.to_owned()), named(long)]))
}

/// Whether the acronym `short` of `query`, which stands there as `word`, is behind a place and its comma: the state
/// that it is in.
pub(super) fn is_state_behind_its_place(query: &Query, word: &str, short: &str) -> bool {
    let is_place = |before: &str| before.strip_suffix(',').is_some_and(is_like_a_place);
    state_of(short).is_some() && words_beside(query, word).0.is_some_and(is_place)
}

/// Whether `word` has a capital, and small letters too.
fn is_like_a_place(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase)
}

/// The words that stand before and behind `word` in `query`, where it stands first.
pub(super) fn words_beside<'q>(query: &'q Query, word: &str) -> (Option<&'q str>, Option<&'q str>) {
    let words: Vec<&str> = query.leaves().into_iter().map(|leaf| leaf.text).collect();
    let Some(at) = words.iter().position(|other| *other == word) else { return (None, None) };
    (at.checked_sub(1).map(|before| words[before]), words.get(at + 1).copied())
}

/// Whether `typed` is in capitals, and no acronym but a common word.
fn is_common_in_capitals(searcher: &dyn Searcher, typed: &str) -> Result<bool, IndexError> {
    let word = typed.trim_matches(|c: char| !c.is_alphanumeric());
    if word.chars().count() < 2 || !word.chars().all(char::is_uppercase) {
        return Ok(false);
    }
    let folded = fold(word);
    let case = searcher.word_case(&folded)?;
    if case.articles == 0 || !is_common(case) {
        return Ok(false);
    }
    let Some(short) = singular(word) else { return Ok(true) };
    let defined = searcher.acronyms(AcronymsOf::Short(&fold(short)))?;
    let defined = defined.iter().map(|found| found.articles).sum();
    Ok(part(defined, case.in_capitals) < MIN_PART_OF_A_COMMON_WORD)
}

/// A query for the name `long`.
pub(super) fn named(long: &str) -> Query {
    Query::Phrase { text: long.to_owned(), slop: 0 }
}

/// The part that `some` of `all` is.
fn part(some: u64, all: u64) -> f64 {
    some as f64 / all.max(1) as f64
}
