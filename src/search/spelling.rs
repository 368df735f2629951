//! Words of the index that are spelt like one of a query, weighed by how often they are used in its languages.
//!
//! A suggestion only: what is done with it is the caller's matter.

use std::cell::Cell;

use serde::Serialize;

use super::{PerArticle, Request, passages};
use crate::analysis::{analysed_as, behind_elision, fold};
use crate::engine::Searcher;
use crate::error::Error;
use crate::model::Language;
use crate::query::{Filter, Leaf, Pattern, Query, TextField, joined, words};
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

/// Fewest characters of a word in which two letters may be wrong if all that is wrong is which are doubled: `tarrif`.
const MIN_CHARS_BY_DOUBLINGS: usize = 5;

/// Fewest letters beside a digit that may stand for one: `sancti0ns`, and not `MH17` or `F-16`.
const MIN_LETTERS_BY_DIGIT: usize = 4;

/// What a further wrong letter costs, as a power of e of the number of articles: a word twenty times as frequent is
/// as likely meant with one slip more. Kernighan, Church and Gale 1990 put slips at such odds.
const COST_OF_EDIT: f64 = 3.0;

/// What a letter costs that is doubled or not, where that is all that is wrong (`tarrifs`, `comission`): nobody hears
/// it. Set by hand.
const COST_OF_DOUBLING: f64 = 1.0;

/// What another first letter costs, in the same measure: few slips are made there (Yannakoudakis and Fawthrop 1983).
const COST_OF_FIRST_LETTER: f64 = 1.5;

/// Fewest letters for each that is wrong, of a word that the query's language has none near: in others, of which there
/// may be many, some word is always near.
const MIN_CHARS_BY_EDIT_ELSEWHERE: usize = 7;

/// How many times the articles of a word that is there its better spelling has to have.
const MIN_TIMES: u64 = 20;

/// Words that are counted in the languages of a query, of the likeliest: each is a search of its own, and a query may
/// have hundreds of words.
const MAX_COUNTED: usize = 24;

/// Words of a query that others are looked for: each takes milliseconds in a large index, and phrases may have
/// hundreds.
const MAX_WORDS: usize = 48;

/// The languages that a word of a query is likeliest in; none if nothing tells.
pub(super) struct LikelyLanguages {
    /// How many words may still be looked for.
    left: Cell<usize>,
    languages: Vec<Language>,
    /// Whether articles in other languages aren't found at all, so that no word of theirs is meant.
    shuts_out_others: bool,
}

impl LikelyLanguages {
    /// The languages that `query` asks articles to be in; if it asks for none the one that it is in; if that isn't
    /// known the one of most articles that have all of `known`, which are those of its words that are in any.
    pub fn of(searcher: &dyn Searcher, query: &Query, known: &[Query]) -> Result<Self, Error> {
        if let Some(languages) = query.languages() {
            return Ok(Self::new(languages, true));
        }
        let own = Some(searcher.query_language(query)).filter(|own| *own != Language::UNKNOWN);
        let language = match (own, known) {
            (Some(own), _) => Some(own),
            (None, []) => None,
            (None, [one]) => commonest_language(searcher, one)?,
            (None, _) => commonest_language(searcher, &Query::And(known.to_vec()))?,
        };
        Ok(Self::new(language.into_iter().collect(), false))
    }

    fn new(languages: Vec<Language>, shuts_out_others: bool) -> Self {
        Self { left: Cell::new(MAX_WORDS), languages, shuts_out_others }
    }

    /// Whether one more word may be looked for.
    fn takes_one(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }

    /// Whether words of `scope` are of languages, and some of these are likelier than others.
    fn tells(&self, scope: Option<TextField>) -> bool {
        !self.languages.is_empty() && scope.is_none_or(TextField::has_forms)
    }

    /// Whether there are articles in one of the languages, so that it says something if they haven't a word like one.
    fn has_articles(&self, searcher: &dyn Searcher) -> bool {
        let present = searcher.languages();
        self.languages.iter().any(|&language| present.contains(&analysed_as(language)))
    }

    /// The likeliest of `candidates`, best first, by how many articles in these languages have them in `scope`; none if
    /// none of them is in any.
    fn likeliest<'c>(
        &self,
        searcher: &dyn Searcher,
        candidates: &'c [MaybeMeant],
        scope: Option<TextField>,
    ) -> Result<Option<&'c MaybeMeant>, Error> {
        if !self.tells(scope) {
            return Ok(None);
        }
        let mut best: Option<(f64, &MaybeMeant)> = None;
        let mut any_is_there = false;
        for candidate in candidates.iter().take(MAX_COUNTED) {
            // No more articles in a language have a word than in all.
            if best.is_some_and(|(likelihood, _)| likelihood >= candidate.likelihood(candidate.articles)) {
                break;
            }
            let word = Query::Exact(candidate.word.clone()).scoped(scope);
            let articles = searcher.count(&self.narrowed(word))?;
            any_is_there |= articles > 0;
            let likelihood = candidate.likelihood(articles);
            let may_be_meant = articles > 0 || !self.shuts_out_others;
            if may_be_meant && best.is_none_or(|(least, _)| likelihood > least) {
                best = Some((likelihood, candidate));
            }
        }
        Ok(best.filter(|_| any_is_there).map(|(_, candidate)| candidate))
    }

    /// `query` in articles in these languages.
    fn narrowed(&self, query: Query) -> Query {
        let filters = self.languages.iter().map(|&language| Query::Filter(Filter::Language(language)));
        match joined(filters.collect(), Query::Or) {
            Some(in_languages) => Query::And(vec![query, in_languages]),
            None => query,
        }
    }
}

fn commonest_language(searcher: &dyn Searcher, query: &Query) -> Result<Option<Language>, Error> {
    let commonest = searcher.facets(query, 0)?.language.into_iter().next();
    Ok(commonest.and_then(|found| Language::from_tag(&found.value)))
}

/// A word of the index that another may be a slip for.
struct MaybeMeant {
    word: String,
    articles: u64,
    /// How many letters are wrong.
    edits: u8,
    /// What the slips cost, in the measure of [`COST_OF_EDIT`].
    cost: f64,
}

impl MaybeMeant {
    /// How likely it is meant, as a logarithm, where so many articles have it.
    fn likelihood(&self, articles: u64) -> f64 {
        (1.0 + articles as f64).ln() - self.cost
    }
}

/// The word that `word`, which `articles` have in `scope`, is likeliest a slip for, if any; none once as many words of
/// the query were looked up as may be.
pub(super) fn nearest(
    searcher: &dyn Searcher,
    word: &str,
    scope: Option<TextField>,
    articles: u64,
    languages: &LikelyLanguages,
) -> Result<Option<Spelling>, Error> {
    if !languages.takes_one() {
        return Ok(None);
    }
    let candidates = candidates(searcher, word, scope, articles)?;
    let tells = languages.tells(scope) && languages.has_articles(searcher);
    let is_near = |candidate: &&MaybeMeant| {
        let least = MIN_CHARS_BY_EDIT_ELSEWHERE * usize::from(candidate.edits);
        !tells || word.chars().count() >= least
    };
    let likeliest = languages.likeliest(searcher, &candidates, scope)?;
    let likeliest = likeliest.or_else(|| candidates.iter().find(is_near));
    let Some(MaybeMeant { word, articles, .. }) = likeliest else { return Ok(None) };
    let text = if scope.is_none() { as_written(searcher, word, languages)? } else { None };
    Ok(Some(Spelling { text: text.unwrap_or_else(|| word.clone()), articles: *articles }))
}

/// Whether `word`, which `articles` have, may be a slip for another.
pub(super) fn has_better(searcher: &dyn Searcher, word: &str, articles: u64) -> Result<bool, Error> {
    Ok(!candidates(searcher, word, None, articles)?.is_empty())
}

/// The words that `word`, which `articles` have in `scope`, may be a slip for, the likeliest in the whole index first.
fn candidates(
    searcher: &dyn Searcher,
    word: &str,
    scope: Option<TextField>,
    articles: u64,
) -> Result<Vec<MaybeMeant>, Error> {
    let mut found: Vec<MaybeMeant> = Vec::new();
    let bare = bare(word, &searcher.languages());
    let has_digit = bare.chars().any(char::is_numeric);
    // Of a word that is there others are better, not the word without its article.
    let itself = fold(if articles == 0 { word } else { bare });
    for (edits, min_chars) in (1..).zip(MIN_CHARS_BY_EDITS) {
        let is_long = bare.chars().count() >= min_chars;
        let may_be_doubling = bare.chars().count() >= MIN_CHARS_BY_DOUBLINGS;
        if !is_long && !may_be_doubling || has_digit && (articles > 0 || !may_be_for_a_letter(bare)) {
            break;
        }
        for (like, count) in words_like(searcher, bare, scope, edits)? {
            if !is_long && undoubled(bare) != undoubled(&like) {
                continue;
            }
            let is_other = like != itself && !(has_digit && like.contains(char::is_numeric));
            let better = count >= articles.saturating_mul(MIN_TIMES).max(1);
            if is_other && better && !found.iter().any(|known| known.word == like) {
                let cost = cost(bare, &like, edits);
                found.push(MaybeMeant { cost, edits, word: like, articles: count });
            }
        }
    }
    let likelihood = |candidate: &MaybeMeant| candidate.likelihood(candidate.articles);
    found.sort_by(|a, b| likelihood(b).total_cmp(&likelihood(a)).then_with(|| a.word.cmp(&b.word)));
    Ok(found)
}

/// `word` without a possessive `'s`, or what is elided before it in one of `languages`.
fn bare<'w>(word: &'w str, languages: &[Language]) -> &'w str {
    let owner = word.strip_suffix(['s', 'S']).and_then(|word| word.strip_suffix(['\'', '’']));
    let behind = || languages.iter().find_map(|&language| behind_elision(word, language));
    owner.or_else(behind).unwrap_or(word)
}

/// Whether the digit of `word` is one alone among letters, and may stand for one of them.
fn may_be_for_a_letter(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters >= MIN_LETTERS_BY_DIGIT && word.chars().filter(|c| c.is_numeric()).count() == 1
}

/// What the slips cost that make `word` of `meant`.
fn cost(word: &str, meant: &str, edits: u8) -> f64 {
    let first = |word: &str| word.chars().next().and_then(|c| c.to_lowercase().next());
    let other_first = if first(word) == first(meant) { 0.0 } else { COST_OF_FIRST_LETTER };
    let of_each = if undoubled(word) == undoubled(meant) { COST_OF_DOUBLING } else { COST_OF_EDIT };
    of_each * f64::from(edits) + other_first
}

/// Whether `word` is `meant` without one of its letters: `goverment`.
pub(super) fn lacks_a_letter(word: &str, meant: &str) -> bool {
    let [word, meant] = [word, meant].map(|text| fold(text).chars().collect::<Vec<char>>());
    let alike = word.iter().zip(&meant).take_while(|(one, other)| one == other).count();
    meant.len() == word.len() + 1 && word[alike..] == meant[alike + 1..]
}

/// `word` in lower case with each letter once that follows itself.
fn undoubled(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    letters.dedup();
    letters
}

/// The words of `scope` within `edits` of `word`.
fn words_like(
    searcher: &dyn Searcher,
    word: &str,
    scope: Option<TextField>,
    edits: u8,
) -> Result<Vec<(String, u64)>, Error> {
    let pattern = Query::Pattern(Pattern::Fuzzy { word: word.to_owned(), edits });
    let pattern = pattern.scoped(scope);
    Ok(searcher.pattern_words(&pattern)?.into_iter().flat_map(|pattern| pattern.words).collect())
}

/// `word`, which is folded, as the best articles for it in these `languages` write it most often; as the best in any do
/// if there are none in them. In capitals only if most articles that have it write it so: the best are often
/// transcripts, with the name of a speaker before each line.
fn as_written(
    searcher: &dyn Searcher,
    word: &str,
    languages: &LikelyLanguages,
) -> Result<Option<String>, Error> {
    let case = searcher.word_case(word)?;
    let may_be_in_capitals = case.in_capitals.saturating_mul(2) >= case.articles;
    let is_so_written = |text: &str| may_be_in_capitals || text.chars().any(char::is_lowercase);
    let anywhere = Query::Exact(word.to_owned());
    if !languages.languages.is_empty()
        && let Some(written) =
            most_often_written(searcher, &languages.narrowed(anywhere.clone()), &is_so_written)?
    {
        return Ok(Some(written));
    }
    most_often_written(searcher, &anywhere, &is_so_written)
}

/// Articles that are asked how a word is written.
const ARTICLES_ASKED: usize = 3;

/// What the best passages for `query`, each of another article, have most often of what it looks for, of what is
/// `so_written`.
fn most_often_written(
    searcher: &dyn Searcher,
    query: &Query,
    so_written: &dyn Fn(&str) -> bool,
) -> Result<Option<String>, Error> {
    let hits = passages(
        searcher,
        &Request {
            query,
            limit: ARTICLES_ASKED,
            offset: 0,
            per_article: PerArticle::AtMost(1),
            all_copies: true,
            explain: false,
        },
    )?;
    let mut counts: Vec<(usize, String)> = Vec::new();
    for hit in hits {
        let title = hit.title.as_deref().unwrap_or_default();
        let of = |text: &str, span: Span| span.of(text).filter(|text| so_written(text)).map(str::to_owned);
        let in_text = hit.highlights.iter().filter_map(|highlight| of(&hit.text, highlight.span));
        let in_title = hit.title_highlights.iter().filter_map(|highlight| of(title, highlight.span));
        for written in in_text.chain(in_title) {
            match counts.iter_mut().find(|(_, known)| *known == written) {
                Some((count, _)) => *count += 1,
                None => counts.push((1, written)),
            }
        }
    }
    // Of equals the last by order, since capitals come first and may be a title's.
    Ok(counts.into_iter().max().map(|(_, written)| written))
}

/// Other ways to write `leaf` that articles have: in one word, in two, with a hyphen.
pub(super) fn variants(searcher: &dyn Searcher, leaf: &Leaf<'_>) -> Result<Vec<Spelling>, Error> {
    let mut found = Vec::new();
    for text in written_otherwise(leaf.text) {
        let query = Query::Phrase { text: text.clone(), slop: 0 }.scoped(leaf.scope);
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

/// Hyphens that stand in words.
pub(super) const HYPHENS: [char; 3] = ['-', '‐', '‑'];

/// Fewest characters of a part of a word.
const MIN_PART_CHARS: usize = 3;

/// Longest text, in characters, that is taken apart.
const MAX_PARTED_CHARS: usize = 40;

/// `text` in one word if it is several, and in two, at each place, if it is one. Where letters meet digits, as in
/// `MH17`, the parts may be of any length.
fn written_otherwise(text: &str) -> Vec<String> {
    if text.chars().count() > MAX_PARTED_CHARS {
        return Vec::new();
    }
    let parts: Vec<&str> = words(text)
        .flat_map(|word| word.split(|c| HYPHENS.contains(&c) || matches!(c, '/' | '\'')))
        .collect();
    match parts.as_slice() {
        [] => Vec::new(),
        [word] => {
            let chars: Vec<(usize, char)> = word.char_indices().collect();
            let long_parts = MIN_PART_CHARS..=chars.len().saturating_sub(MIN_PART_CHARS);
            let inner = (1..).zip(chars.windows(2)).filter(|(before, pair)| {
                long_parts.contains(before) || is_letter_by_digit(pair[0].1, pair[1].1)
            });
            inner
                .map(|(_, pair)| word.split_at(pair[1].0))
                .map(|(one, other)| format!("{one}-{other}"))
                .collect()
        }
        parts => vec![parts.concat()],
    }
}

fn is_letter_by_digit(one: char, other: char) -> bool {
    one.is_alphabetic() && other.is_numeric() || one.is_numeric() && other.is_alphabetic()
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
        assert_eq!(written_otherwise("MH17"), ["MH-17"]);
        assert_eq!(written_otherwise("COVID19"), ["COV-ID19", "COVI-D19", "COVID-19"]);
        assert_eq!(written_otherwise("5G"), ["5-G"]);
        assert_eq!(written_otherwise("2020"), [""; 0]);
        assert_eq!(written_otherwise("—"), [""; 0]);
    }

    #[test]
    fn a_possessive_and_what_is_elided_are_no_part_of_a_word() {
        let languages = ["en", "fr"].map(|code| code.parse().unwrap());
        for (word, expected) in
            [("Kurila's", "Kurila"), ("Kurila’S", "Kurila"), ("L'eauu", "eauu"), ("O'Neil", "O'Neil")]
        {
            assert_eq!(bare(word, &languages), expected);
        }
        assert_eq!(bare("L'eauu", &languages[..1]), "L'eauu");
    }

    #[test]
    fn one_digit_among_letters_may_stand_for_a_letter() {
        assert!(may_be_for_a_letter("sancti0ns"));
        for name in ["MH17", "COVID19", "F16A", "2020"] {
            assert!(!may_be_for_a_letter(name), "{name}");
        }
    }

    #[test]
    fn a_frequent_word_is_likelier_and_a_slip_in_the_first_letter_is_not() {
        let by = |found: &str, articles, edits| {
            let cost = cost("nucelar", found, edits);
            MaybeMeant { word: found.to_owned(), articles, edits, cost }.likelihood(articles)
        };
        assert!(by("nuclear", 900, 1) > by("nucelas", 3, 1));
        assert!(by("nuclear", 900, 1) > by("unclear", 900, 2));
        assert!(by("nuclear", 5_000, 2) > by("nucelas", 3, 1));
        assert!(by("lucelar", 9, 1) < by("nucelas", 9, 1));
    }

    #[test]
    fn a_word_without_one_of_its_letters_is_told() {
        for (word, meant, expected) in [
            ("goverment", "Government", true),
            ("enviroment", "environment", true),
            ("treat", "treaty", true),
            ("shales", "sales", false),
            ("excising", "existing", false),
            ("treaty", "treaty", false),
        ] {
            assert_eq!(lacks_a_letter(word, meant), expected, "{word}");
        }
    }

    #[test]
    fn letters_doubled_in_the_wrong_place_are_the_likeliest_slip() {
        assert!(cost("tarrifs", "tariffs", 2) < cost("tarrifs", "Harris", 2) - COST_OF_EDIT);
        assert!(cost("Comission", "commission", 1) < cost("comission", "omission", 1));
    }
}
