//! [`Searcher`]: the port through which articles are found and fetched.

use std::collections::BTreeSet;

use serde::Serialize;

use super::acronyms::{AcronymsOf, DefinedAcronym, WordCase};
use super::indexer::InputRecord;
use crate::dedup::{SetApart, Sketch};
use crate::error::IndexError;
use crate::model::{Article, ArticleId, Date, Language};
use crate::query::Query;
use crate::rank::Evidence;
use crate::text::Span;

/// Finds and fetches articles of one state of an index.
pub trait Searcher {
    /// The `limit` articles that match `query` with the highest scores, with the evidence to rank their
    /// passages; equal scores in order of id.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn candidates(&self, query: &Query, limit: usize) -> Result<Vec<Candidate>, IndexError>;

    /// How many articles match `query`.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn count(&self, query: &Query) -> Result<u64, IndexError>;

    /// How many articles match `query`, if that takes a small part of what a query may take; nothing if it takes more.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn count_in_passing(&self, query: &Query) -> Result<Option<u64>, IndexError>;

    /// How the articles that match `query` spread, with the `limit` publishers of the most of them.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn facets(&self, query: &Query, limit: usize) -> Result<Facets, IndexError>;

    /// The languages that articles are read in, all those without a stemmer as [`Language::OTHER`].
    fn languages(&self) -> Vec<Language>;

    /// The language that `query` is taken to be in: the one that it was said to be in, or that its words tell.
    fn query_language(&self, query: &Query) -> Language;

    /// The words that each pattern of `query` stands for, in its order.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn pattern_words(&self, query: &Query) -> Result<Vec<PatternWords>, IndexError>;

    /// The acronyms that articles define, by short form, long form and language.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn acronyms(&self, sought: AcronymsOf<'_>) -> Result<Vec<DefinedAcronym>, IndexError>;

    /// In how many articles `word`, which is folded, stands, and in how many of them in capitals.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn word_case(&self, word: &str) -> Result<WordCase, IndexError>;

    /// The compounds of each of `words` in the languages of the index that make some, folded, the `most` that most
    /// articles have; `own` is the language of the query that they are of.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn compounds(&self, words: &[&str], own: Language, most: usize) -> Result<Vec<Vec<String>>, IndexError>;

    /// The article behind `key`, as it was indexed.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn fetch(&self, key: DocumentKey) -> Result<StoredArticle, IndexError>;

    /// The articles called `id`: by ibid, or by their input.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn find(&self, id: &str) -> Result<Vec<DocumentKey>, IndexError>;

    /// What inputs call their articles, each name once; among them may be those of articles that are gone.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn given_ids(&self) -> Result<BTreeSet<String>, IndexError>;

    /// What the articles behind `keys` are compared by.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn sketches(&self, keys: &[DocumentKey]) -> Result<Vec<Sketch>, IndexError>;

    /// Whether the articles behind the two tell the same in nearly the same words. Those of which the sketches aren't
    /// near needn't be asked about.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn tell_the_same(&self, one: DocumentKey, other: DocumentKey) -> Result<bool, IndexError>;

    /// For each of the articles behind `keys` the others that tell the same in nearly the same words.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn near_copies(&self, keys: &[DocumentKey]) -> Result<Vec<Vec<DocumentKey>>, IndexError>;

    /// The inputs that have the text of the article behind `key` and were made no article of, of which `most` are
    /// given.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn same_texts(&self, key: DocumentKey, most: usize) -> Result<SameTexts, IndexError>;

    /// Of these, for each condition of `query` on where an article is held that the article's own place doesn't meet,
    /// one that does, if there is any; each once.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn same_texts_meeting(&self, query: &Query, key: DocumentKey) -> Result<Vec<InputRecord>, IndexError>;

    /// What the index holds.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn stats(&self) -> Result<IndexStats, IndexError>;
}

/// The words of an index that a pattern stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternWords {
    /// The pattern, as it prints.
    pub pattern: String,
    /// The words that are looked for and how many articles have them, the most first. Of words that have to stand
    /// side by side, those for each.
    pub words: Vec<(String, u64)>,
    /// How many words there are; where there are more than are looked for, those in the fewest articles aren't.
    pub found: usize,
    /// How many aren't since they stand at too many places.
    pub too_common: usize,
}

/// Where an engine keeps an article, in one state of its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentKey(pub u64);

/// An article that matches a query.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Where it is kept.
    pub key: DocumentKey,
    /// Its id.
    pub id: ArticleId,
    /// What its passages are ranked by.
    pub evidence: Evidence,
}

/// How the articles that match a query spread: values with the number of articles, most first. Languages and years are
/// all there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// By the code of their language.
    pub language: Vec<FacetValue>,
    /// By publisher.
    pub publisher: Vec<FacetValue>,
    /// By the year in which they were published, or may have been first.
    pub year: Vec<FacetValue>,
    /// How many further publishers there are, each of no more articles than the last one listed.
    pub more_publishers: usize,
}

/// A value and how many articles have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FacetValue {
    /// The value.
    pub value: String,
    /// Articles that have it.
    pub count: u64,
}

/// An article as an index keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredArticle {
    /// Its id.
    pub id: ArticleId,
    /// The article.
    pub article: Article,
    /// Where its passages stand in its text.
    pub passages: Vec<Span>,
    /// Blocks taken out of it since they recur on the pages of its site.
    pub apart: Vec<SetApart>,
}

/// The inputs that have the text of an article and were made no article of: there may be millions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SameTexts {
    /// How many there are.
    pub count: usize,
    /// The earliest date on which one of them was published.
    pub published: Option<Date>,
    /// The earliest date on which one was saved.
    pub captured: Option<Date>,
    /// Those that come first in order of locator.
    pub first: Vec<InputRecord>,
}

impl SameTexts {
    /// Adds an input, of which no more than `most` are given.
    pub fn add(&mut self, input: InputRecord, most: usize) {
        self.count += 1;
        self.published = self.published.into_iter().chain(input.noted.published).min();
        self.captured = self.captured.into_iter().chain(input.noted.captured).min();
        let at = self.first.partition_point(|known| known.locator < input.locator);
        if at < most {
            self.first.truncate(most - 1);
            self.first.insert(at, input);
        }
    }
}

/// What an index holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct IndexStats {
    /// Articles.
    pub articles: u64,
    /// Passages.
    pub passages: u64,
    /// Inputs by the name of each [`super::InputState`]; containers among them are no inputs of their own.
    pub inputs: std::collections::BTreeMap<String, u64>,
    /// Articles without what recurs on the pages of their site.
    pub without_recurring: u64,
    /// Articles whose text is nearly that of another.
    pub near_copies: CopyStats,
    /// Articles by language, most first.
    pub languages: Vec<LanguageStats>,
    /// When the first and the last article were published, as precisely as that is known.
    pub published: Option<(Date, Date)>,
    /// Bytes of the index on disk.
    pub bytes: u64,
    /// Segments that the engine keeps it in.
    pub segments: usize,
    /// Versions of the index's parts.
    pub versions: std::collections::BTreeMap<String, u32>,
}

/// How many articles say nearly what others say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CopyStats {
    /// Clusters: articles that are near one another, or near one that is near.
    pub clusters: u64,
    /// Articles in them.
    pub articles: u64,
}

/// How many articles are in a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LanguageStats {
    /// The language.
    pub language: Language,
    /// Articles in it.
    pub articles: u64,
}
