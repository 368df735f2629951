//! [`Diagnosis`]: why a query finds nothing, or little, and what would find more.

use serde::Serialize;

use super::beginning::{as_beginning, in_place_of};
use super::left_out::{LeftOut, Words, left_out};
use super::spelling::{HYPHENS, LikelyLanguages, Spelling, has_better, lacks_a_letter, nearest, variants};
use super::unmet::{ConditionUnmet, unmet_conditions};
use crate::analysis::fold;
use crate::engine::Searcher;
use crate::error::Error;
use crate::query::{Clause, Form, Leaf, Loosened, Occur, Query, TextField, Weight, distinct_words, words};
use crate::terms::Terms;
use crate::text::is_found_in_pairs;

/// Articles up to which an answer is little, so that a rare word may be a slip.
pub const FEW_ARTICLES: u64 = 5;

/// Articles up to which a word may be a slip that none writes so: the stem of `goverment` is also that of a word that
/// somebody broke off. Set by hand.
const FEW_BY_STEM: u64 = 30;

/// Words and phrases of a query that are looked into, and clauses that are left out by turns: each is a search of
/// its own.
const MAX_LOOKED_INTO: usize = 16;

/// Why a query finds nothing, or little.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diagnosis {
    /// Its words, phrases and patterns, in its order. Where something is found, those alone that may be slips.
    pub terms: Vec<TermFound>,
    /// Its common words that aren't looked for, where nothing is found.
    pub left_out: Vec<LeftOut>,
    /// Its conditions that no article meets, where nothing is found.
    pub conditions: Vec<ConditionUnmet>,
    /// What would be found with less asked for, where nothing is found: what leads to something, in the query's order.
    pub without: Vec<Without>,
}

/// A word, phrase or pattern of a query, and how many articles have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TermFound {
    /// As typed.
    pub term: String,
    /// How many articles have it.
    pub articles: u64,
    /// What it may be a slip for: the whole term, spelt otherwise.
    pub suggestion: Option<Spelling>,
    /// Other ways to write it that articles have: in one word, in two.
    pub variants: Vec<Spelling>,
    /// Whether it is one word as written, `=word`, which nothing takes the place of.
    #[serde(skip)]
    pub is_literal: bool,
}

impl TermFound {
    /// Whether [`respelt`] looks for something in its place.
    #[must_use]
    pub fn is_mendable(&self) -> bool {
        !self.is_literal && self.may_be_another()
    }

    /// Whether something else may be meant.
    fn may_be_another(&self) -> bool {
        self.suggestion.is_some() || !self.variants.is_empty()
    }
}

/// What would be found with less asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Without {
    /// What isn't asked for any more.
    pub clause: String,
    /// What stands in its place: the words of a phrase or a relation, anywhere in an article.
    pub instead: Option<String>,
    /// How many articles that finds.
    pub articles: u64,
}

/// A word that was taken for another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Respelt {
    /// As typed.
    pub typed: String,
    /// What is looked for.
    pub taken_for: Spelling,
}

impl Diagnosis {
    /// Why `query`, which finds `total` articles, finds so little; none if there is nothing to say.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    pub fn of(searcher: &dyn Searcher, query: &Query, total: u64) -> Result<Option<Self>, Error> {
        let mut terms = Vec::new();
        let counts = counted(searcher, query)?;
        let mut may_be_more = total <= FEW_ARTICLES;
        for (leaf, articles) in &counts {
            may_be_more |=
                *articles == 0 || has_hyphen(leaf) || is_written_nowhere(searcher, leaf, *articles)?;
        }
        if !may_be_more {
            return Ok(None);
        }
        let languages = likely_languages(searcher, query, &counts)?;
        let joined = if total == 0 { joined(searcher, query, &counts)? } else { Vec::new() };
        for (leaf, articles) in counts {
            let mut term = TermFound {
                term: query.typed(&leaf),
                ..found(searcher, &leaf, articles, total, &languages)?
            };
            term.variants.retain(|variant| !is_looked_for(query, &variant.text));
            if total == 0 || articles == 0 || term.may_be_another() {
                terms.push(term);
            }
            if total == 0 && articles == 0 && !leaf.is_pattern() {
                terms.extend(words_of(searcher, &leaf, &languages)?);
            }
        }
        terms.extend(joined);
        let mut diagnosis = Self { terms, ..Self::default() };
        if total == 0 {
            diagnosis.left_out = left_out(searcher, query);
            diagnosis.conditions = unmet_conditions(searcher, query, MAX_LOOKED_INTO)?;
            diagnosis.without = without(searcher, query)?;
        }
        Ok((diagnosis != Self::default()).then_some(diagnosis))
    }
}

/// What is to be said of `leaf`, which `articles` have, in a query that finds `total`.
fn found(
    searcher: &dyn Searcher,
    leaf: &Leaf<'_>,
    articles: u64,
    total: u64,
    languages: &LikelyLanguages,
) -> Result<TermFound, Error> {
    let variants = otherwise_written(searcher, leaf, articles)?;
    // A word that several articles have is no slip, however few of them meet all else.
    let is_rare = articles == 0 || total <= FEW_ARTICLES && articles <= FEW_ARTICLES;
    let may_be_slip = variants.is_empty() && (is_rare || is_written_nowhere(searcher, leaf, articles)?);
    let suggestion = if may_be_slip { respelt_leaf(searcher, leaf, articles, languages)? } else { None };
    // Many a rare form of a word is two letters from a common one, and right.
    let suggestion = suggestion.filter(|meant| is_rare || lacks_a_letter(leaf.text, &meant.text));
    Ok(TermFound { term: leaf.to_string(), articles, suggestion, variants, is_literal: is_literal(leaf) })
}

/// Whether `leaf` is one word of the text that few `articles` have in another form, and none as typed.
fn is_written_nowhere(searcher: &dyn Searcher, leaf: &Leaf<'_>, articles: u64) -> Result<bool, Error> {
    let is_word = leaf.form == Form::Any
        && leaf.scope.is_none()
        && words(leaf.text).nth(1).is_none()
        && leaf.text.chars().all(|c| c.is_alphabetic() && !is_found_in_pairs(c));
    Ok(is_word
        && (1..=FEW_BY_STEM).contains(&articles)
        && searcher.count(&Query::Exact(leaf.text.to_owned()))? == 0)
}

/// Whether `leaf` is one word as written: whoever types `=Wang` wants that word and no other.
fn is_literal(leaf: &Leaf<'_>) -> bool {
    leaf.is_written() && words(leaf.text).nth(1).is_none()
}

/// Other ways to write `leaf`, which `articles` have: any that are there, if they have it nowhere; of a word with a
/// hyphen that without it, if many times as many articles have that.
fn otherwise_written(
    searcher: &dyn Searcher,
    leaf: &Leaf<'_>,
    articles: u64,
) -> Result<Vec<Spelling>, Error> {
    if leaf.is_pattern() || articles > 0 && !has_hyphen(leaf) {
        return Ok(Vec::new());
    }
    let mut found = variants(searcher, leaf)?;
    found.retain(|variant| variant.articles > articles.saturating_mul(MIN_TIMES_OF_A_VARIANT));
    Ok(found)
}

/// Whether `query` looks for the words of `text` beside what was typed, with a hyphen or without.
fn is_looked_for(query: &Query, text: &str) -> bool {
    let parts = |text: &str| -> Vec<String> {
        words(text).flat_map(|word| word.split(HYPHENS)).map(|part| fold(part).into_owned()).collect()
    };
    let sought = parts(text);
    query.leaves().iter().any(|leaf| leaf.is_written() && parts(leaf.text) == sought)
}

/// Whether `leaf` is a word with a hyphen.
fn has_hyphen(leaf: &Leaf<'_>) -> bool {
    leaf.form == Form::Any && leaf.text.trim_matches(|c: char| !c.is_alphanumeric()).contains(HYPHENS)
}

/// How many times as many articles as have a word with its hyphen have it without, where that is worth a word.
const MIN_TIMES_OF_A_VARIANT: u64 = 5;

/// Words of `query` side by side of which no article has one or the other, and which articles have in one word.
fn joined(
    searcher: &dyn Searcher,
    query: &Query,
    counts: &[(Leaf<'_>, u64)],
) -> Result<Vec<TermFound>, Error> {
    let Query::Bag(clauses) = query else { return Ok(Vec::new()) };
    let is_missing = |text: &str| counts.iter().any(|(leaf, articles)| *articles == 0 && leaf.text == text);
    let mut found = Vec::new();
    for pair in clauses.windows(2).take(MAX_LOOKED_INTO) {
        let (Query::Word(one), Query::Word(other)) = (&pair[0].query, &pair[1].query) else { continue };
        let term = format!("{one} {other}");
        let leaf = Leaf::word(&term);
        let variants =
            if is_missing(one) || is_missing(other) { variants(searcher, &leaf)? } else { continue };
        if !variants.is_empty() {
            found.push(TermFound { term, articles: 0, suggestion: None, variants, is_literal: false });
        }
    }
    Ok(found)
}

/// The words of `leaf`, where they are several, each once and by itself.
fn words_of(
    searcher: &dyn Searcher,
    leaf: &Leaf<'_>,
    languages: &LikelyLanguages,
) -> Result<Vec<TermFound>, Error> {
    if words(leaf.text).nth(1).is_none() {
        return Ok(Vec::new());
    }
    let word = |text| -> Result<TermFound, Error> {
        let (articles, suggestion) = respelt_word(searcher, text, leaf.scope, languages)?;
        let term = Leaf { text, form: Form::Any, ..*leaf }.to_string();
        Ok(TermFound { term, articles, suggestion, variants: Vec::new(), is_literal: false })
    };
    distinct_words(leaf.text).into_iter().take(MAX_LOOKED_INTO).map(word).collect()
}

/// How many articles have `word` as written in `scope`, and what it is likelier a slip for if they are few.
fn respelt_word(
    searcher: &dyn Searcher,
    word: &str,
    scope: Option<TextField>,
    languages: &LikelyLanguages,
) -> Result<(u64, Option<Spelling>), Error> {
    let articles = searcher.count(&Query::Exact(word.to_owned()).scoped(scope))?;
    let is_rare = articles <= FEW_ARTICLES;
    let better = if is_rare { nearest(searcher, word, scope, articles, languages)? } else { None };
    Ok((articles, better))
}

/// `query` with the words of which [`Diagnosis::of`] tells what is meant taken for that: for those that they seem to be
/// slips for, or for how articles write them, in one word or two. A word that is there is still looked for too, and one
/// as written, `=word`, alone.
///
/// # Errors
///
/// If the index can't be read.
pub fn respelt(searcher: &dyn Searcher, query: &Query) -> Result<(Query, Vec<Respelt>), Error> {
    let counts = counted(searcher, query)?;
    let languages = likely_languages(searcher, query, &counts)?;
    let total = searcher.count(query)?;
    let mut taken: Vec<(Leaf<'_>, u64, Spelling)> = Vec::new();
    for (leaf, articles) in counts.iter().copied().filter(|(leaf, _)| !is_literal(leaf)) {
        let TermFound { suggestion, variants, .. } = found(searcher, &leaf, articles, total, &languages)?;
        let better = variants.into_iter().next().or(suggestion);
        taken.extend(better.map(|better| (leaf, articles, better)));
    }
    let mut respelt = query.with_leaves(&mut |leaf| {
        let (_, articles, spelling) = taken.iter().find(|(known, ..)| known == leaf)?;
        let better = in_place_of(leaf, &spelling.text);
        let typed = leaf.query();
        Some(if *articles == 0 { better } else { Query::Or(vec![typed, better]) })
    });
    let told = taken.into_iter().map(|(leaf, _, taken_for)| Respelt { typed: query.typed(&leaf), taken_for });
    let mut told: Vec<Respelt> = told.collect();
    for TermFound { term, variants, .. } in joined(searcher, query, &counts)? {
        if let (Query::Bag(clauses), Some(taken_for)) = (&mut respelt, variants.into_iter().next()) {
            clauses.push(Clause { occur: Occur::Should, query: Query::Word(taken_for.text.clone()) });
            told.push(Respelt { typed: term, taken_for });
        }
    }
    Ok((respelt, told))
}

/// The leaves of `query`, each once, and how many articles have them.
fn counted<'q>(searcher: &dyn Searcher, query: &'q Query) -> Result<Vec<(Leaf<'q>, u64)>, Error> {
    let leaves = query.leaves();
    // What was added to a query stands beside what was typed, and says nothing of whoever asks.
    let may_be_added = leaves.iter().any(|leaf| leaf.weight == Weight::FULL);
    let mut counts: Vec<(Leaf<'_>, u64)> = Vec::new();
    let mut terms = Terms::in_each(query, &searcher.languages(), Some(searcher.query_language(query)));
    let words = Words::looked_for(searcher, query);
    for leaf in leaves {
        // What says nothing isn't looked for.
        if may_be_added && leaf.weight < Weight::FULL
            || !terms.is_empty() && terms.iter_mut().all(|terms| terms.is_silent(&leaf)) && !words.need(&leaf)
        {
            continue;
        }
        if counts.len() < MAX_LOOKED_INTO && !counts.iter().any(|(known, _)| *known == leaf) {
            counts.push((leaf, searcher.count(&leaf.query().scoped(leaf.scope))?));
        }
    }
    Ok(counts)
}

fn likely_languages(
    searcher: &dyn Searcher,
    query: &Query,
    counts: &[(Leaf<'_>, u64)],
) -> Result<LikelyLanguages, Error> {
    let mut known = Vec::new();
    for (leaf, articles) in counts.iter().filter(|(leaf, articles)| *articles > 0 && leaf.scope.is_none()) {
        // A slip that somebody else made too says nothing of the language that is meant.
        let may_be_slip =
            *articles <= FEW_ARTICLES && leaf.form == Form::Any && words(leaf.text).nth(1).is_none();
        if !may_be_slip || !has_better(searcher, leaf.text, *articles)? {
            known.push(leaf.query());
        }
    }
    LikelyLanguages::of(searcher, query, &known)
}

/// `leaf`, which `articles` have, with its words as they are likelier spelt; none if they aren't.
fn respelt_leaf(
    searcher: &dyn Searcher,
    leaf: &Leaf<'_>,
    articles: u64,
    languages: &LikelyLanguages,
) -> Result<Option<Spelling>, Error> {
    if !matches!(leaf.form, Form::Any | Form::Written { .. }) {
        return Ok(None);
    }
    let all: Vec<&str> = words(leaf.text).collect();
    if let [word] = all[..] {
        let near = nearest(searcher, word, leaf.scope, articles, languages)?;
        return if near.is_none() && articles == 0 { as_beginning(searcher, leaf) } else { Ok(near) };
    }
    let (mut text, mut rest) = (String::new(), leaf.text);
    for word in all.into_iter().take(MAX_LOOKED_INTO) {
        // Before a word, behind the last one, there is no letter.
        let Some((before, behind)) = rest.split_once(word) else { break };
        let (_, better) = respelt_word(searcher, word, leaf.scope, languages)?;
        text.push_str(before);
        text.push_str(better.as_ref().map_or(word, |better| &better.text));
        rest = behind;
    }
    text.push_str(rest);
    if text == leaf.text {
        return Ok(None);
    }
    let articles = searcher.count(&leaf.with_text(&text).scoped(leaf.scope))?;
    Ok((articles > 0).then_some(Spelling { text, articles }))
}

fn without(searcher: &dyn Searcher, query: &Query) -> Result<Vec<Without>, Error> {
    let mut all = Vec::new();
    for Loosened { clause, instead, query } in query.loosened().take(MAX_LOOKED_INTO) {
        let Some(query) = query else { continue };
        if let Some(articles @ 1..) = searcher.count_in_passing(&query)? {
            all.push(Without { clause, instead, articles });
        }
    }
    Ok(all)
}
