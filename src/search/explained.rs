//! [`Explained`]: what a query looks for in an index, and what of it is left out.

use crate::engine::{PatternWords, Searcher};
use crate::error::IndexError;
use crate::model::Language;
use crate::query::{Form, Query, Weight};
use crate::terms::{Target, Terms};

use super::left_out::{LeftOut, Words, left_out};

/// What a query looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// How it is understood, by language; languages in which it is understood alike are together.
    pub understood: Vec<Understood>,
    /// The words that its patterns stand for.
    pub patterns: Vec<PatternWords>,
}

/// How some languages understand a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understood {
    /// The languages; all those without a stemmer as [`Language::OTHER`].
    pub languages: Vec<Language>,
    /// What is looked for: stems, words as written in quotes, each with its field.
    pub terms: Vec<String>,
    /// Words that say nothing, and don't count.
    pub left_out: Vec<String>,
}

/// What `query` looks for in the articles of `searcher`.
///
/// # Errors
///
/// If the index can't be read.
pub fn explained(searcher: &dyn Searcher, query: &Query) -> Result<Explained, IndexError> {
    let mut understood: Vec<Understood> = Vec::new();
    let (words, all_left_out) = (Words::looked_for(searcher, query), left_out(searcher, query));
    for language in searcher.languages() {
        let in_language = |left: &&LeftOut| left.languages.is_empty() || left.languages.contains(&language);
        let left_out = all_left_out.iter().filter(in_language).flat_map(|left| left.terms.clone()).collect();
        let mut terms = Terms::new(query, language, Some(searcher.query_language(query)));
        let terms = looked_for(query, &words, &mut terms);
        match understood.iter_mut().find(|known| known.terms == terms && known.left_out == left_out) {
            Some(known) => known.languages.push(language),
            None => understood.push(Understood { languages: vec![language], terms, left_out }),
        }
    }
    Ok(Explained { understood, patterns: searcher.pattern_words(query)? })
}

/// What `query` looks for by its `terms` in a language: by what articles are ranked, and common words of its `words`
/// that decide which of them match.
fn looked_for(query: &Query, words: &Words<'_>, terms: &mut Terms) -> Vec<String> {
    let mut all: Vec<String> = terms.targets(query).iter().map(described).collect();
    for leaf in query.leaves() {
        if terms.is_silent(&leaf) && words.need(&leaf) {
            let sequences = terms.sequences(&leaf).into_iter();
            all.extend(sequences.map(|sequence| described(&Target::of(&leaf, sequence))));
        }
    }
    all
}

fn described(target: &Target) -> String {
    if target.leaf().is_pattern() {
        return target.leaf().to_string();
    }
    let field = target.scope.map(|field| format!("{}:", field.name())).unwrap_or_default();
    let tokens = target.readings().map(|reading| reading.tokens.join(" ")).collect::<Vec<_>>().join("/");
    let weight = if target.counts < Weight::FULL { format!("^{}", target.counts) } else { String::new() };
    match target.form {
        Form::Written { slop: 0 } => format!("{field}\"{tokens}\"{weight}"),
        Form::Written { slop } => format!("{field}\"{tokens}\"~{slop}{weight}"),
        _ => format!("{field}{tokens}{weight}"),
    }
}
