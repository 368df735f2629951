//! The ports: what searching and ingesting need of an index, whichever engine keeps it.
//!
//! Traits and the values that pass through them. No engine is named here.

mod acronyms;
mod indexer;
mod searcher;

pub use acronyms::{AcronymsOf, ArticleAcronyms, DefinedAcronym, FoldedDefinition, WordCase};
pub use indexer::{
    Indexer, InputRecord, InputState, Inputs, LARGE_TEXT_BYTES, Noted, Owner, Parts, PreparedArticle, Run,
    Stamp,
};
pub use searcher::{
    Candidate, CopyStats, DocumentKey, FacetValue, Facets, IndexStats, LanguageStats, PatternWords,
    SameTexts, Searcher, StoredArticle,
};
