//! Words of the index that are spelt like one of a query, weighed by how often they are used.
//!
//! A suggestion only: what is done with it is the caller's matter.

use serde::Serialize;

use super::{PerArticle, Request, passages};
use crate::analysis::fold;
use crate::engine::Searcher;
use crate::error::Error;
use crate::query::{Leaf, Pattern, Query, TextField, words};
use crate::text::Span;

/// A word, or words, of the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Spelling {
    /// As articles write it, or as it is indexed.
    pub text: String,
    /// How many articles have it.
    pub articles: u64,
}

/// Fewest characters of a word in which one letter may be wrong, and in which two may.
const MIN_CHARS_BY_EDITS: [usize; 2] = [4, 7];

/// What a further wrong letter costs, as a power of e of the number of articles: a word twenty times as frequent is
/// as likely meant with one slip more. Kernighan, Church and Gale 1990 put slips at such odds.
const COST_OF_EDIT: f64 = 3.0;

/// What another first letter costs, in the same measure: few slips are made there (Yannakoudakis and Fawthrop 1983).
const COST_OF_FIRST_LETTER: f64 = 1.5;

/// How many times the articles of a word that is there its better spelling has to have.
const MIN_TIMES: u64 = 20;

/// Words whose language is looked at: of the likeliest.
const MAX_COMPARED: usize = 8;

/// What languages a word's likelihood is taken in.
pub(super) struct Company {
    language: Option<String>,
}

impl Company {
    /// The language of most articles that have all of the words of `query` that are in any; none if they don't tell.
    pub fn of(searcher: &dyn Searcher, query: &Query, known: &[Query]) -> Result<Self, Error> {
        let asked = query.languages();
        let language = match (asked.as_slice(), known) {
            ([one], _) => Some(one.to_string()),
            (_, []) => None,
            (_, [one]) => commonest_language(searcher, one)?,
            _ => commonest_language(searcher, &Query::And(known.to_vec()))?,
        };
        Ok(Self { language })
    }
}

fn commonest_language(searcher: &dyn Searcher, query: &Query) -> Result<Option<String>, Error> {
    Ok(searcher.facets(query, 1)?.language.into_iter().next().map(|found| found.value))
}

/// The word that `word`, which `articles` have in `scope`, is likeliest a slip for, if any.
pub(super) fn nearest(
    searcher: &dyn Searcher,
    word: &str,
    scope: Option<TextField>,
    articles: u64,
    company: &Company,
) -> Result<Option<Spelling>, Error> {
    let mut best: Vec<(f64, String, u64)> = Vec::new();
    for (edits, min_chars) in (1..).zip(MIN_CHARS_BY_EDITS) {
        if word.chars().count() < min_chars || word.chars().any(char::is_numeric) {
            break;
        }
        for (found, count) in words_like(searcher, word, scope, edits)? {
            let better = count >= articles.saturating_mul(MIN_TIMES).max(1);
            if better && !best.iter().any(|(_, known, _)| *known == found) {
                best.push((likelihood(word, &found, count, edits), found, count));
            }
        }
    }
    best.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    best.truncate(MAX_COMPARED);
    if let (Some(language), None) = (&company.language, scope) {
        for (likelihood, found, count) in &mut best {
            let in_language = articles_in(searcher, found, language)?;
            *likelihood += (1.0 + in_language as f64).ln() - (1.0 + *count as f64).ln();
        }
        best.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    }
    let Some((_, found, articles)) = best.into_iter().next() else { return Ok(None) };
    let text = if scope.is_none() { as_written(searcher, &found)? } else { None };
    Ok(Some(Spelling { text: text.unwrap_or(found), articles }))
}

/// How likely `found` is meant by `word`, as a logarithm.
fn likelihood(word: &str, found: &str, articles: u64, edits: u8) -> f64 {
    let first = |word: &str| word.chars().next().and_then(|c| c.to_lowercase().next());
    let other_first = if first(word) == first(found) { 0.0 } else { COST_OF_FIRST_LETTER };
    (1.0 + articles as f64).ln() - COST_OF_EDIT * f64::from(edits) - other_first
}

/// The words of `scope` within `edits` of `word`, itself left out.
fn words_like(
    searcher: &dyn Searcher,
    word: &str,
    scope: Option<TextField>,
    edits: u8,
) -> Result<Vec<(String, u64)>, Error> {
    let pattern = Query::Pattern(Pattern::Fuzzy { word: word.to_owned(), edits });
    let pattern = in_scope(pattern, scope);
    let found = searcher.pattern_words(&pattern)?.into_iter().flat_map(|pattern| pattern.words);
    let itself = fold(word);
    Ok(found.filter(|(found, _)| *found != itself).collect())
}

fn articles_in(searcher: &dyn Searcher, word: &str, language: &str) -> Result<u64, Error> {
    let languages = searcher.facets(&Query::Exact(word.to_owned()), usize::MAX)?.language;
    Ok(languages.into_iter().find(|found| found.value == language).map_or(0, |found| found.count))
}

/// `query` looked for in `scope`.
pub(super) fn in_scope(query: Query, scope: Option<TextField>) -> Query {
    match scope {
        Some(field) => Query::Scoped(field, Box::new(query)),
        None => query,
    }
}

/// `word`, which is folded, as the best article for it writes it most often.
fn as_written(searcher: &dyn Searcher, word: &str) -> Result<Option<String>, Error> {
    let query = Query::Exact(word.to_owned());
    let hits = passages(
        searcher,
        &Request {
            query: &query,
            limit: 1,
            offset: 0,
            per_article: PerArticle::AtMost(1),
            all_copies: true,
            explain: false,
        },
    )?;
    let Some(hit) = hits.first() else { return Ok(None) };
    let title = hit.title.as_deref().unwrap_or_default();
    let of = |text: &str, span: Span| span.of(text).map(str::to_owned);
    let in_text = hit.highlights.iter().filter_map(|highlight| of(&hit.text, highlight.span));
    let in_title = hit.title_highlights.iter().filter_map(|highlight| of(title, highlight.span));
    let mut counts: Vec<(usize, String)> = Vec::new();
    for written in in_text.chain(in_title) {
        match counts.iter_mut().find(|(_, known)| *known == written) {
            Some((count, _)) => *count += 1,
            None => counts.push((1, written)),
        }
    }
    // Of equals the last by order, since capitals come first and may be a title's.
    Ok(counts.into_iter().max().map(|(_, written)| written))
}

/// Other ways to write `leaf` that articles have: in one word, in two, with a hyphen.
pub(super) fn variants(searcher: &dyn Searcher, leaf: &Leaf<'_>) -> Result<Vec<Spelling>, Error> {
    let mut found = Vec::new();
    for text in written_otherwise(leaf.text) {
        let query = in_scope(Query::Phrase { text: text.clone(), slop: 0 }, leaf.scope);
        let articles = searcher.count(&query)?;
        if articles > 0 {
            found.push(Spelling { text, articles });
        }
    }
    found.sort_by_key(|spelling| std::cmp::Reverse(spelling.articles));
    found.truncate(MAX_VARIANTS);
    Ok(found)
}

/// Most other ways to write a word that are told.
const MAX_VARIANTS: usize = 3;

/// Fewest characters of a part of a word.
const MIN_PART_CHARS: usize = 3;

/// Longest text, in characters, that is taken apart.
const MAX_PARTED_CHARS: usize = 40;

/// `text` in one word if it is several, and in two, at each place, if it is one.
fn written_otherwise(text: &str) -> Vec<String> {
    if text.chars().count() > MAX_PARTED_CHARS {
        return Vec::new();
    }
    let parts: Vec<&str> = words(text).flat_map(|word| word.split(['-', '‐', '‑', '/', '\''])).collect();
    match parts.as_slice() {
        [] => Vec::new(),
        [word] => {
            let places: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
            let end = places.len().saturating_sub(MIN_PART_CHARS - 1);
            let inner = places.get(MIN_PART_CHARS..end).unwrap_or_default();
            inner.iter().map(|&at| format!("{}-{}", &word[..at], &word[at..])).collect()
        }
        parts => vec![parts.concat()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_parted_and_parts_are_joined() {
        assert_eq!(written_otherwise("counter-terrorism"), ["counterterrorism"]);
        assert_eq!(written_otherwise("cyber security"), ["cybersecurity"]);
        assert_eq!(written_otherwise("seabed,"), ["sea-bed"]);
        assert_eq!(written_otherwise("sea"), [""; 0]);
        assert_eq!(written_otherwise("—"), [""; 0]);
    }

    #[test]
    fn a_frequent_word_is_likelier_and_a_slip_in_the_first_letter_is_not() {
        let by = |found: &str, articles, edits| likelihood("nucelar", found, articles, edits);
        assert!(by("nuclear", 900, 1) > by("nucelas", 3, 1));
        assert!(by("nuclear", 900, 1) > by("unclear", 900, 2));
        assert!(by("nuclear", 5_000, 2) > by("nucelas", 3, 1));
        assert!(by("lucelar", 9, 1) < by("nucelas", 9, 1));
    }
}
