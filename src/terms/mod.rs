//! What a query looks for in articles of one language: where the query's words meet the analyzer.
//!
//! The index scores by these terms and highlights mark them, so that what is marked is what
//! counted. How clauses combine stays in the query's tree.

mod asked;
mod conditions;
mod held_at;
mod kindred;
mod pattern;
pub mod places;
mod query_language;
mod wording;

pub use asked::Asked;
pub use conditions::{known, meets};
pub use held_at::{HeldAt, HeldTerms};
pub use kindred::{Family, KindredSet};
pub use pattern::{PatternReading, WordPart, pattern_readings};
pub use query_language::language_told_by;

use hashbrown::HashMap;

use crate::analysis::{
    Analyzer, Reading, Sequence, StopWords, analysed_as, behind_elision, is_half_of_stop_word,
};
use crate::model::{Address, Language};
use crate::query::{Form, Leaf, Query, TextField, Weight, are_shouted};
use crate::rank::TermForm;
use crate::text::is_found_in_pairs;
use wording::Wording;

/// Words of English that say nothing in articles of any language, and are no names in a query that is all in capitals.
/// Those that are words of other languages aren't listed, but for `for` and `the`, which hardly anybody asks for there.
const FUNCTION_WORDS: [&str; 14] = [
    "about", "and", "between", "for", "from", "of", "that", "the", "their", "these", "this", "those",
    "which", "with",
];

/// A query read in one language.
pub struct Terms {
    analyzer: Analyzer,
    /// The articles' language and the one that the query seems to be in: `des` is no rare name in English articles when
    /// it comes with a French query.
    languages: [Language; 2],
    /// Those of both.
    stop_words: [&'static StopWords; 2],
    /// Whether capitals say nothing, since all is in capitals.
    shouted: bool,
    /// Whether all of several words are in capitals.
    in_capitals: bool,
    all_stop: bool,
    /// The sequences of the words that were asked for: each is asked for by whoever counts, lowers, weighs and marks it.
    known: HashMap<String, Vec<Sequence>>,
}

/// Tokens that a query looks for, and how much they say.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// As typed.
    pub text: String,
    /// How that is meant.
    pub form: Form,
    /// The tokens, side by side; none of a pattern.
    pub sequence: Sequence,
    /// Whether the words count as written, not their stems.
    pub as_written: bool,
    /// The one field that they are looked for in, if any.
    pub scope: Option<TextField>,
    /// The square root of how often the query says it: a word said twice weighs more, not double. What counts less has
    /// that share of it.
    pub weight: f64,
    /// How much each counts.
    pub counts: Weight,
    /// Whether it is another way to say what stands before it in the query.
    pub is_alternative: bool,
    /// Which of the tokens that were typed one after the other it begins with, stop words counted; none of what isn't a
    /// plain word among others.
    pub place: Option<u32>,
}

impl Target {
    /// The tokens that have to stand side by side.
    #[must_use]
    pub fn tokens(&self) -> &[String] {
        if self.as_written { &self.sequence.exact } else { &self.sequence.stems }
    }

    /// The tokens, and what else they may be.
    pub fn readings(&self) -> impl Iterator<Item = Reading<&[String]>> {
        let written = Reading { tokens: self.sequence.exact.as_slice(), bonds: self.sequence.bonds };
        let stems = (!self.as_written).then(|| self.sequence.readings()).into_iter().flatten();
        self.as_written.then_some(written).into_iter().chain(stems)
    }

    /// The leaf of the query that it is of.
    #[must_use]
    pub fn leaf(&self) -> Leaf<'_> {
        Leaf { text: &self.text, form: self.form, scope: self.scope, weight: self.counts }
    }

    /// What `leaf` looks for by one of its sequences, none for a pattern.
    #[must_use]
    pub fn of(leaf: &Leaf<'_>, sequence: Sequence) -> Self {
        Self {
            text: leaf.text.to_owned(),
            form: leaf.form,
            sequence,
            as_written: leaf.form != Form::Any,
            scope: leaf.scope,
            weight: 1.0,
            counts: leaf.weight,
            is_alternative: leaf.weight < Weight::FULL,
            place: None,
        }
    }

    /// What passages are told by of it.
    #[must_use]
    pub fn term_form(&self) -> TermForm {
        let is_number = |word: &String| word.chars().all(char::is_numeric) && !is_year(word);
        match self.sequence.exact.as_slice() {
            [_, _, ..] if self.as_written => TermForm::Phrase,
            [word] if is_number(word) => TermForm::Number,
            _ => TermForm::Word,
        }
    }
}

impl Terms {
    /// `query` as articles in `language` understand it. It is itself in the language `own`, or in the one that its
    /// words tell.
    #[must_use]
    pub fn new(query: &Query, language: Language, own: Option<Language>) -> Self {
        Self::beside(query, language, own.unwrap_or_else(|| language_told_by(query, &[])))
    }

    /// `query` as articles in each of `languages` understand it.
    #[must_use]
    pub fn in_each(query: &Query, languages: &[Language], own: Option<Language>) -> Vec<Self> {
        let own = own.unwrap_or_else(|| language_told_by(query, languages));
        languages.iter().map(|&language| Self::beside(query, language, own)).collect()
    }

    /// `query`, which is in the language `own`, as articles in `language` understand it.
    fn beside(query: &Query, language: Language, own: Language) -> Self {
        let language = analysed_as(language);
        let languages = [language, own];
        let stop_words = languages.map(StopWords::of);
        let leaves = typed(query);
        let shouted = is_shouted(&leaves);
        let in_capitals = leaves.len() > 1 && leaves.iter().all(|leaf| is_in_capitals(leaf.text));
        let analyzer = Analyzer::new(language);
        let known = HashMap::new();
        let mut terms =
            Self { analyzer, languages, stop_words, shouted, in_capitals, all_stop: false, known };
        terms.all_stop = typed(query).iter().all(|leaf| terms.is_stop_word(leaf));
        terms
    }

    /// The sequences that `leaf` looks for: one for a phrase or a word, more for a sentence in a script
    /// without spaces, none where it holds no word, or is a pattern.
    pub fn sequences(&mut self, leaf: &Leaf<'_>) -> Vec<Sequence> {
        if leaf.scope == Some(TextField::Url) && leaf.text.contains(['%', '-']) {
            let text = &Address::readable(leaf.text);
            return self.sequences(&Leaf { text, scope: Some(TextField::Source), ..*leaf });
        }
        match leaf.form {
            // Names are looked for as they are spelt.
            Form::Any if leaf.has_stems() => self.word_sequences(leaf.text).to_vec(),
            Form::Any => self.analyzer.word_sequences(leaf.text),
            Form::Written { .. } => self.analyzer.phrase_sequence(leaf.text).into_iter().collect(),
            Form::Wildcard | Form::Fuzzy { .. } | Form::Regex => Vec::new(),
        }
    }

    /// Whether `leaf` is a stop word that says nothing about an article. Where the whole query is made
    /// of stop words, none is.
    pub fn is_silent(&mut self, leaf: &Leaf<'_>) -> bool {
        !self.all_stop && self.is_stop_word(leaf)
    }

    /// What passages are scored by: the targets that are looked for in the text, and what is looked for in titles and
    /// headings as it stands in the text. Whoever asks for a heading wants what it heads, whose words they are.
    #[must_use]
    pub fn in_text(targets: &[Target]) -> Vec<Target> {
        let in_text = |target: &Target| match target.scope {
            None => Some(target.clone()),
            Some(TextField::Title | TextField::Heading) => {
                let unscoped = Target { scope: None, ..target.clone() };
                let is_there = targets.iter().any(|other| looks_for_the_same(other, &unscoped));
                (!is_there).then_some(unscoped)
            }
            Some(_) => None,
        };
        targets.iter().filter_map(in_text).collect()
    }

    /// What articles are scored by, in the query's order, each once.
    pub fn targets(&mut self, query: &Query) -> Vec<Target> {
        let leaves = query.leaves();
        let asked = self.asked(query);
        let mut targets: Vec<Target> = Vec::new();
        let mut wording = Wording::of(query);
        for (number, leaf) in leaves.iter().enumerate() {
            let mut sequences = self.sequences(leaf);
            let place = wording.place(leaf, &sequences);
            if self.is_silent(leaf) {
                continue;
            }
            if leaf.is_pattern() {
                sequences.push(Sequence::default());
            }
            for sequence in sequences {
                let counts = leaf.weight.min(asked.weight(number));
                add(
                    &mut targets,
                    Target { weight: asked.times(number), counts, place, ..Target::of(leaf, sequence) },
                );
            }
        }
        for target in &mut targets {
            target.weight = target.weight.sqrt() * target.counts.share();
        }
        targets
    }

    /// What `query`, which these are of, asks for.
    #[must_use]
    pub fn asked(&self, query: &Query) -> Asked {
        Asked::of(query, self.may_be_english())
    }

    fn is_stop_word(&mut self, leaf: &Leaf<'_>) -> bool {
        match leaf.form {
            Form::Any => self.is_of_stop_words(leaf.text),
            // A lone character of Chinese stands for the words that it is a part of.
            Form::Wildcard => leaf.text.strip_suffix('*').is_some_and(|word| {
                word.chars().count() == 1 && word.contains(is_found_in_pairs) && self.is_of_stop_words(word)
            }),
            _ => false,
        }
    }

    /// The sequences of a word in any form. An elided article, as in `l'eau`, says nothing about it.
    fn word_sequences(&mut self, text: &str) -> &[Sequence] {
        self.known.entry_ref(text).or_insert_with(|| {
            let behind = self.languages.iter().find_map(|&language| behind_elision(text, language));
            self.analyzer.word_sequences(behind.unwrap_or(text))
        })
    }

    /// Whether `text` is a function word of English, which a query in no other language has.
    fn is_function_word(&self, text: &str) -> bool {
        let word = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        self.may_be_english()
            && FUNCTION_WORDS.binary_search(&word.as_str()).is_ok()
            && (self.in_capitals || !is_acronym(text))
    }

    /// Whether the query is in English, as far as it tells.
    fn may_be_english(&self) -> bool {
        let [_, own] = self.languages;
        matches!(own, Language::UNKNOWN | Language::ENGLISH)
    }

    fn is_of_stop_words(&mut self, text: &str) -> bool {
        if self.is_function_word(text) {
            return true;
        }
        if !self.shouted && is_acronym(text) {
            return false;
        }
        let lists = self.stop_words;
        let is_listed = |word: &String| lists.iter().any(|list| list.contains(word));
        match self.word_sequences(text) {
            [Sequence { exact, .. }] if matches!(&exact[..], [word] if is_half_of_stop_word(word)) => false,
            sequences => sequences.iter().flat_map(|sequence| &sequence.exact).all(is_listed),
        }
    }
}

/// Whether a number is a year of our time, which tells when and names nothing.
fn is_year(number: &str) -> bool {
    number.parse().is_ok_and(|year: u32| (1900..2100).contains(&year))
}

/// The leaves of `query`, but for those that count less: they may have been added, and tell nothing of whoever asks.
fn typed(query: &Query) -> Vec<Leaf<'_>> {
    query.leaves().into_iter().filter(|leaf| leaf.weight == Weight::FULL).collect()
}

/// Whether `word` is in capitals: `UN` and `WHO` are names in any language.
fn is_acronym(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() > 1 && is_in_capitals(word)
}

/// Whether no letter of `word` is a small one. Operators in capitals are read as words in small letters.
fn is_in_capitals(word: &str) -> bool {
    matches!(word, "and" | "or" | "not") || !word.chars().any(char::is_lowercase)
}

/// Whether the words of a query are all in capitals, and so many that they can't all be acronyms.
fn is_shouted(leaves: &[Leaf<'_>]) -> bool {
    let is_operator = |text: &str| matches!(text, "and" | "or" | "not");
    let words: Vec<&str> = leaves.iter().map(|leaf| leaf.text).filter(|text| !is_operator(text)).collect();
    are_shouted(&words)
}

/// Whether the two look for the same: patterns, which have no tokens, by their text.
fn looks_for_the_same(one: &Target, other: &Target) -> bool {
    one.scope == other.scope
        && one.form == other.form
        && one.tokens() == other.tokens()
        && (one.text == other.text || !other.leaf().is_pattern())
}

fn add(targets: &mut Vec<Target>, target: Target) {
    match targets.iter_mut().find(|known| looks_for_the_same(known, &target)) {
        Some(known) => {
            known.weight += target.weight;
            known.counts = known.counts.max(target.counts);
        }
        None => targets.push(target),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets(query: &str) -> Vec<(String, f64)> {
        let query = crate::query::parse(query).unwrap().query.unwrap();
        let targets = Terms::new(&query, Language::ENGLISH, None).targets(&query);
        targets.into_iter().map(|target| (target.tokens().join(" "), target.weight)).collect()
    }

    #[test]
    fn stop_words_say_nothing_beside_others() {
        assert_eq!(targets("the effects of sanctions"), [("effect".into(), 1.0), ("sanction".into(), 1.0)]);
        assert_eq!(targets("\"the effects\"")[0].0, "the effects");
    }

    #[test]
    fn what_is_looked_for_in_headings_is_looked_for_in_the_text_once() {
        let in_text = |query: &str| {
            let query = crate::query::parse(query).unwrap().query.unwrap();
            let targets = Terms::in_text(&Terms::new(&query, Language::ENGLISH, None).targets(&query));
            targets.into_iter().map(|target| (target.text, target.scope)).collect::<Vec<_>>()
        };
        assert_eq!(in_text("heading:tolls title:salt"), [("tolls".into(), None), ("salt".into(), None)]);
        assert_eq!(in_text("heading:tolls toll author:finch"), [("toll".into(), None)]);
        assert_eq!(in_text("heading:toll* salt*"), [("toll*".into(), None), ("salt*".into(), None)]);
    }

    #[test]
    fn a_query_of_stop_words_alone_keeps_them() {
        assert_eq!(targets("to be or not").len(), 4);
    }

    #[test]
    fn a_stop_word_of_the_querys_language_is_no_name_in_another() {
        let query = "droits fonciers des femmes certificats conjoints";
        let query = crate::query::parse(query).unwrap().query.unwrap();
        let targets = Terms::new(&query, Language::ENGLISH, None).targets(&query);
        assert!(targets.iter().all(|target| target.sequence.exact != ["des"]));
    }

    /// Of `GROUP OF SEVEN` each article with `of` was found, and of `prize of Nobel` Spanish ones.
    #[test]
    fn function_words_say_nothing_in_capitals_or_in_other_languages() {
        assert_eq!(targets("GROUP OF SEVEN"), [("group".into(), 1.0), ("seven".into(), 1.0)]);
        assert_eq!(targets("what OF means").len(), 2, "it may be a name");
        assert_eq!(targets("US AND IT").len(), 2);
        let query = crate::query::parse("prize of Nobel").unwrap().query.unwrap();
        let in_spanish =
            |own| Terms::new(&query, Language::from_tag("es").unwrap(), own).targets(&query).len();
        assert_eq!(in_spanish(None), 2);
        assert_eq!(in_spanish(Language::from_tag("nl")), 2, "it is a stop word there");
        assert_eq!(in_spanish(Language::from_tag("fr")), 3);
    }

    #[test]
    fn the_language_of_a_query_may_be_given() {
        let query = crate::query::parse("era agua").unwrap().query.unwrap();
        let in_english = |own| Terms::new(&query, Language::ENGLISH, own).targets(&query).len();
        assert_eq!(in_english(None), 2);
        assert_eq!(in_english(Language::from_tag("es")), 1, "`era` is a Spanish stop word");
    }

    #[test]
    fn an_elided_article_says_nothing_where_articles_or_the_query_are_in_its_language() {
        let tokens = |query: &str, language: &str, own| -> Vec<String> {
            let query = crate::query::parse(query).unwrap().query.unwrap();
            let targets = Terms::new(&query, language.parse().unwrap(), own).targets(&query);
            targets.iter().map(|target| target.tokens().join(" ")).collect()
        };
        let french = Language::from_tag("fr");
        assert_eq!(tokens("l'eau", "fr", None), ["eau"]);
        assert_eq!(tokens("l'eau", "en", None), ["l eau"]);
        assert_eq!(tokens("l'eau", "en", french), ["eau"]);
        assert_eq!(tokens("\"l'eau\" =d'eau", "fr", None), ["l eau", "d eau"]);
        assert_eq!(tokens("author:d'Estaing title:l'eau", "fr", None), ["d estaing", "eau"]);
        assert_eq!(tokens("jusqu'à l'eau", "fr", None), ["eau"], "`à` is a stop word");
    }

    #[test]
    fn capitals_say_nothing_where_all_is_in_capitals() {
        let found = targets("SIGNING OF THE TEST BAN TREATY BY THE WEST");
        let words: Vec<&str> = found.iter().map(|(word, _)| word.as_str()).collect();
        assert_eq!(words, ["sign", "test", "ban", "treati", "west"]);
        assert_eq!(targets("WHO AND UN IAEA").len(), 3);
        assert_eq!(targets("WHO UN NATO EU OSCE AU").len(), 6);
    }

    #[test]
    fn a_subject_is_no_stop_word_for_being_one_elsewhere() {
        for (query, words) in [
            ("UN sanctions", 2),
            ("EU trade", 2),
            ("war crimes", 2),
            ("South China Sea", 3),
            ("nuclear era", 2),
            ("the WHO response", 2),
        ] {
            assert_eq!(targets(query).len(), words, "{query}");
        }
    }

    #[test]
    fn what_is_asked_weighs_more_and_what_leads_up_to_it_less() {
        let word = |word: &str, weight: f64| (word.to_owned(), weight);
        assert_eq!(targets("papers on dams"), [word("paper", 0.3), word("dam", 1.0)]);
        let asked = 2.0_f64.sqrt();
        assert_eq!(targets("Can I fish ? I own boats."), [word("fish", asked), word("boat", 1.0)]);
    }

    #[test]
    fn a_word_said_again_weighs_the_square_root() {
        assert_eq!(targets("water waters dam"), [("water".into(), 2.0_f64.sqrt()), ("dam".into(), 1.0)]);
    }
}
