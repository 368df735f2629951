//! [`Indexer`]: the port through which an index is changed, and what it remembers of each input.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::acronyms::ArticleAcronyms;
use super::searcher::StoredArticle;
use crate::analysis::Break;
use crate::dedup::{Recurring, Sketch};
use crate::error::IndexError;
use crate::model::{ArticleId, CharsetSource, Date, Language, Locator};
use crate::query::Detail;
use crate::terms::{HeldAt, HeldTerms};

/// Bytes of a text that is committed by itself: what it takes is given back before the next is read.
pub const LARGE_TEXT_BYTES: usize = 32 << 20;

/// Inputs, each read when it is its turn: there may be millions.
pub type Inputs<'a> = Box<dyn Iterator<Item = Result<InputRecord, IndexError>> + 'a>;

/// Changes an index. Nothing is visible to searchers before [`Indexer::commit`].
///
/// What it is asked about is the state of the last commit. What is put is added: what it replaces
/// has to be removed first.
pub trait Indexer: Sync {
    /// What was recorded of the input at `locator`.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn input(&self, locator: &Locator) -> Result<Option<InputRecord>, IndexError>;

    /// What was recorded of the inputs that name the article `id`.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn inputs_of(&self, id: ArticleId) -> Result<Vec<InputRecord>, IndexError>;

    /// What was recorded of the inputs inside the container at `locator`.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn inputs_in(&self, container: &Locator) -> Result<Inputs<'_>, IndexError>;

    /// Those of them that were skipped or set aside.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn refused_in(&self, container: &Locator) -> Result<Inputs<'_>, IndexError>;

    /// Every input that was recorded.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn all_inputs(&self) -> Result<Inputs<'_>, IndexError>;

    /// The article that holds `id`.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn owner(&self, id: ArticleId) -> Result<Option<Owner>, IndexError>;

    /// An article whose text has this fingerprint.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn with_fingerprint(&self, fingerprint: &str) -> Result<Option<Owner>, IndexError>;

    /// What was recorded of the records of web archives whose page has this digest and was made an article.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn with_digest(&self, digest: &str) -> Result<Inputs<'_>, IndexError>;

    /// The article `id`.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn article(&self, id: ArticleId) -> Result<Option<StoredArticle>, IndexError>;

    /// The articles that blocks were taken out of, in order.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    fn without_recurring(&self) -> Result<Vec<ArticleId>, IndexError>;

    /// The blocks that are known to recur on the pages of a site.
    fn recurring(&self) -> Recurring;

    /// Takes note of the blocks that recur, from the next commit on.
    fn set_recurring(&self, recurring: Recurring);

    /// The last run.
    fn run(&self) -> Run;

    /// Takes note of a run, from the next commit on.
    fn set_run(&self, run: Run);

    /// Adds an article.
    ///
    /// # Errors
    ///
    /// If the index can't be written.
    fn put_article(&self, article: PreparedArticle) -> Result<(), IndexError>;

    /// Removes the article `id`.
    fn remove_article(&self, id: ArticleId);

    /// Records an input.
    ///
    /// # Errors
    ///
    /// If the index can't be written.
    fn put_input(&self, record: &InputRecord) -> Result<(), IndexError>;

    /// Forgets the input at `locator`.
    fn remove_input(&self, locator: &Locator);

    /// Makes all changes visible and lasting, at once.
    ///
    /// # Errors
    ///
    /// If the index can't be written; then the last commit stands.
    fn commit(&self) -> Result<(), IndexError>;

    /// Whether what was put can be asked for once it is committed.
    fn keeps_what_is_put(&self) -> bool {
        true
    }
}

/// An article with all that is indexed of it.
#[derive(Clone, Debug)]
pub struct PreparedArticle {
    /// What is kept.
    pub stored: StoredArticle,
    /// The text's fingerprint; none if the input named the article, which makes it one of its own.
    pub fingerprint: Option<String>,
    /// Whether it has so many different words, or headings, that some of them aren't looked for.
    pub leaves_words_out: bool,
    /// Title and text as a stream of stems, to be read with [`crate::analysis::StreamReader`].
    pub stems: String,
    /// The same stream as a stream of folded words.
    pub exact: String,
    /// Where paragraphs, sentences and their parts begin in these streams.
    pub breaks: Vec<Break>,
    /// The parts that can be looked into alone.
    pub parts: Parts,
    /// What is known of it.
    pub known: Vec<Detail>,
    /// The token position and number of tokens of each passage.
    pub extents: Vec<crate::rank::Extent>,
    /// The terms that it has most often.
    pub keys: Vec<crate::rank::KeyTerm>,
    /// What other articles are compared with it by.
    pub sketch: Sketch,
    /// What it says of acronyms.
    pub acronyms: ArticleAcronyms,
}

/// The parts of an article that can be looked into alone, each as a stream. What a part has several of, such as
/// authors, begins at a multiple of [`crate::analysis::PIECE_POSITIONS`] each.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// The title's stems, each marked with its language by [`crate::analysis::marked_stem`].
    pub title: String,
    /// The title's words.
    pub title_exact: String,
    /// The headings' stems, as the title's.
    pub heading: String,
    /// The headings' words.
    pub heading_exact: String,
    /// The authors' names.
    pub author: String,
    /// What is looked for of the place that it was read at.
    pub held: HeldTerms,
}

/// Which input an article was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The article.
    pub id: ArticleId,
    /// The input.
    pub locator: Locator,
}

/// What an index remembers of an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputRecord {
    /// Where it is.
    pub locator: Locator,
    /// The container that it is a record of, if any.
    pub container: Option<Locator>,
    /// What became of it.
    pub state: InputState,
    /// The article that it was made into, or is a copy of.
    pub article: Option<ArticleId>,
    /// Why it was skipped or set aside.
    pub reason: Option<String>,
    /// Size and time of the file when it was read.
    pub stamp: Option<Stamp>,
    /// SHA-256 of its bytes, in hexadecimal; none if they couldn't be read.
    pub hash: Option<String>,
    /// What else its account says.
    #[serde(default)]
    pub noted: Noted,
}

impl InputRecord {
    /// The record of the input at `locator`, which ended as `state`, of which nothing else is known.
    #[must_use]
    pub fn new(locator: Locator, state: InputState) -> Self {
        Self {
            locator,
            container: None,
            state,
            article: None,
            reason: None,
            stamp: None,
            hash: None,
            noted: Noted::default(),
        }
    }

    /// What became of it when it was looked at last, and why. It may be set aside then, though what was made of it
    /// before stands.
    #[must_use]
    pub fn latest(&self) -> (InputState, Option<&str>) {
        match &self.noted.unreadable {
            Some(reason) => (InputState::SetAside, Some(reason)),
            None => (self.state, self.reason.as_deref()),
        }
    }

    /// Where it holds the article that it is a copy of.
    #[must_use]
    pub fn held_at(&self) -> HeldAt<'_> {
        HeldAt {
            locator: &self.locator,
            url: self.noted.url.as_deref(),
            publisher: self.noted.publisher.as_deref(),
            section: self.noted.section.as_deref(),
        }
    }
}

/// What the account of an input says beside its state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Noted {
    /// The run that made of it what it is now.
    pub run: u64,
    /// Bytes of it, decompressed; those of the file if it wasn't looked into.
    pub bytes: u64,
    /// The encoding that it was read in.
    pub charset: Option<String>,
    /// What told the encoding.
    pub charset_source: Option<CharsetSource>,
    /// The language of its article.
    pub language: Option<Language>,
    /// When its article was published.
    pub published: Option<Date>,
    /// When its article was changed last.
    pub modified: Option<Date>,
    /// When it was saved, as far as the container says.
    pub captured: Option<Date>,
    /// The version of the extractor that read it.
    pub extractor: Option<u32>,
    /// Of a record of a web archive that holds a page, or says to be one of another: the digest of the page that the
    /// archive gives, in base 16 behind the name of its function.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Why it couldn't be read when it was looked at last, if what was made of it before stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unreadable: Option<String>,
    /// Of a copy: the address of its page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Of a copy: who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Of a copy: the section that it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
}

/// A run of bringing the index up to date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Its number, from 1. A run that goes on where one was cut short has the same.
    pub number: u64,
    /// Whether it came to its end.
    pub complete: bool,
    /// Its account; if it didn't come to its end, of what it had committed.
    #[serde(default)]
    pub account: Option<serde_json::Value>,
    /// When it began, as text, if that was told; of one that was gone on with, when that was.
    #[serde(default)]
    pub begun: Option<String>,
    /// Articles that are gone, or have another text, and of which copies are yet to be read again.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub orphans: BTreeSet<ArticleId>,
}

impl Default for Run {
    /// No run yet.
    fn default() -> Self {
        Self { number: 0, complete: true, account: None, begun: None, orphans: BTreeSet::new() }
    }
}

/// What became of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InputState {
    /// An article was made of it.
    Indexed,
    /// An article with the same text was there before.
    Duplicate,
    /// It is nothing that articles are made of.
    Skipped,
    /// It should be an article but couldn't be read.
    #[serde(alias = "set-aside")]
    SetAside,
    /// It is a container; its records are inputs of their own.
    Container,
}

impl InputState {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Indexed, Self::Duplicate, Self::Skipped, Self::SetAside, Self::Container];

    /// Its name, as scripts read it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Indexed => "indexed",
            Self::Duplicate => "duplicate",
            Self::Skipped => "skipped",
            Self::SetAside => "set_aside",
            Self::Container => "container",
        }
    }
}

/// Size and time of a file: what tells a changed file without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Size in bytes.
    pub bytes: u64,
    /// Nanoseconds from 1970 to the last modification.
    pub modified_ns: i64,
}
