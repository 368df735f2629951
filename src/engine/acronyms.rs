//! Acronyms as an index keeps them: what articles define, and which of their words are in capitals.

use serde::Serialize;

use crate::acronym::Definition;
use crate::model::{Date, Language};

/// What an article says of acronyms.
#[derive(Clone, Debug, Default)]
pub struct ArticleAcronyms {
    /// What it defines.
    pub defined: Vec<FoldedDefinition>,
    /// The words that it writes in capitals, folded, each once.
    pub capitals: Vec<String>,
}

/// A definition with what it is found by.
#[derive(Clone, Debug)]
pub struct FoldedDefinition {
    /// As the article has it.
    pub definition: Definition,
    /// The folded words of the short form, parted by spaces.
    pub short_words: String,
    /// Those of the long form.
    pub long_words: String,
}

/// Which acronyms of an index to give.
#[derive(Clone, Copy, Debug)]
pub enum AcronymsOf<'w> {
    /// Those with a short form of these folded words.
    Short(&'w str),
    /// Those with a long form that begins with these folded words.
    LongFrom(&'w str),
    /// All of them.
    All,
}

/// A long form of an acronym in the articles of one language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct DefinedAcronym {
    /// The short form.
    pub short: String,
    /// The long form.
    pub long: String,
    /// The language of the articles.
    pub language: Language,
    /// How many articles define it so.
    pub articles: u64,
    /// When the first of them was published, as precisely as that is known.
    pub first: Option<Date>,
    /// When the last was.
    pub last: Option<Date>,
}

/// In how many articles a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordCase {
    /// Articles that have it, in capitals or not.
    pub articles: u64,
    /// Articles that write it in capitals.
    pub in_capitals: u64,
}
