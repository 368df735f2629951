//! What a query looks for in articles of one language: where the query's words meet the analyzer.
//!
//! The index scores by these terms and highlights mark them, so that what is marked is what
//! counted. How clauses combine stays in the query's tree.

use crate::analysis::{Analyzer, STEMMED, Sequence, StopWords, analysed_as};
use crate::model::Language;
use crate::query::{Leaf, Query, TextField};

/// A query read in one language.
pub struct Terms {
    analyzer: Analyzer,
    /// Those of the articles' language and of the one that the query seems to be in: `des` is no rare
    /// name in English articles when it comes with a French query.
    stop_words: [&'static StopWords; 2],
    all_stop: bool,
}

/// Tokens that a query looks for, and how much they say.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The tokens, side by side.
    pub sequence: Sequence,
    /// Whether the words count as written, not their stems.
    pub as_written: bool,
    /// The one field that they are looked for in, if any.
    pub scope: Option<TextField>,
    /// The square root of how often the query says it: a word said twice weighs more, not double.
    pub weight: f64,
}

impl Target {
    /// The tokens that have to stand side by side.
    #[must_use]
    pub fn tokens(&self) -> &[String] {
        if self.as_written { &self.sequence.exact } else { &self.sequence.stems }
    }
}

impl Terms {
    /// `query` as articles in `language` understand it.
    #[must_use]
    pub fn new(query: &Query, language: Language) -> Self {
        let language = analysed_as(language);
        let stop_words = [StopWords::of(language), StopWords::of(seeming_language(query))];
        let mut terms = Self { analyzer: Analyzer::new(language), stop_words, all_stop: false };
        terms.all_stop = query.leaves().iter().all(|leaf| terms.is_stop_word(leaf));
        terms
    }

    /// The sequences that `leaf` looks for: one for a phrase or a word, more for a sentence in a script
    /// without spaces, none where it holds no word.
    pub fn sequences(&mut self, leaf: &Leaf<'_>) -> Vec<Sequence> {
        if leaf.quoted {
            self.analyzer.phrase_sequence(leaf.text).into_iter().collect()
        } else {
            self.analyzer.word_sequences(leaf.text)
        }
    }

    /// Whether `leaf` is a stop word that says nothing about an article. Where the whole query is made
    /// of stop words, none is.
    pub fn is_silent(&mut self, leaf: &Leaf<'_>) -> bool {
        !self.all_stop && self.is_stop_word(leaf)
    }

    /// What articles are scored by, in the query's order, each once.
    pub fn targets(&mut self, query: &Query) -> Vec<Target> {
        let mut targets: Vec<Target> = Vec::new();
        for leaf in query.leaves() {
            if self.is_silent(&leaf) {
                continue;
            }
            for sequence in self.sequences(&leaf) {
                add(
                    &mut targets,
                    Target { sequence, as_written: leaf.quoted, scope: leaf.scope, weight: 1.0 },
                );
            }
        }
        for target in &mut targets {
            target.weight = target.weight.sqrt();
        }
        targets
    }

    fn is_stop_word(&mut self, leaf: &Leaf<'_>) -> bool {
        let sequences = self.sequences(leaf);
        !leaf.quoted && sequences.iter().flat_map(|sequence| &sequence.exact).all(|word| self.is_listed(word))
    }

    fn is_listed(&self, folded: &str) -> bool {
        self.stop_words.iter().any(|list| list.contains(folded))
    }
}

/// The language whose stop words stand most often in `query`, English among equals; unknown where none does.
fn seeming_language(query: &Query) -> Language {
    let mut words = Vec::new();
    let mut analyzer = Analyzer::new(Language::UNKNOWN);
    for leaf in query.leaves() {
        analyzer.each_token(leaf.text, |token| words.push(token.exact.to_owned()));
    }
    let mut best = (Language::UNKNOWN, 0);
    let others = STEMMED.into_iter().filter_map(Language::from_tag);
    for language in [Language::ENGLISH].into_iter().chain(others) {
        let list = StopWords::of(language);
        let count = words.iter().filter(|word| list.contains(word)).count();
        if count > best.1 {
            best = (language, count);
        }
    }
    best.0
}

fn add(targets: &mut Vec<Target>, target: Target) {
    let same = |known: &&mut Target| {
        known.scope == target.scope
            && known.as_written == target.as_written
            && known.tokens() == target.tokens()
    };
    match targets.iter_mut().find(same) {
        Some(known) => known.weight += 1.0,
        None => targets.push(target),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets(query: &str) -> Vec<(String, f64)> {
        let query = crate::query::parse(query).unwrap().query.unwrap();
        let targets = Terms::new(&query, Language::ENGLISH).targets(&query);
        targets.into_iter().map(|target| (target.tokens().join(" "), target.weight)).collect()
    }

    #[test]
    fn stop_words_say_nothing_beside_others() {
        assert_eq!(targets("the effects of sanctions"), [("effect".into(), 1.0), ("sanction".into(), 1.0)]);
        assert_eq!(targets("\"the effects\"")[0].0, "the effects");
    }

    #[test]
    fn a_query_of_stop_words_alone_keeps_them() {
        assert_eq!(targets("to be or not").len(), 4);
    }

    #[test]
    fn a_stop_word_of_the_querys_language_is_no_name_in_another() {
        let query = crate::query::parse("droits fonciers des femmes").unwrap().query.unwrap();
        let targets = Terms::new(&query, Language::ENGLISH).targets(&query);
        assert!(targets.iter().all(|target| target.sequence.exact != ["des"]));
    }

    #[test]
    fn a_word_said_again_weighs_the_square_root() {
        assert_eq!(targets("water waters dam"), [("water".into(), 2.0_f64.sqrt()), ("dam".into(), 1.0)]);
    }
}
