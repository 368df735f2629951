//! The one way from text to tokens, by language: for the index, for queries and for highlights alike.
//!
//! What a query or an index makes of tokens is not here. Whatever changes a token of any text must
//! raise [`ANALYZER_VERSION`], since an index holds the tokens of its time.

mod analyzer;
mod fold;
mod stemmer;
mod stop_words;
mod stream;
mod words;

pub use analyzer::{Analyzer, Token};
pub use fold::fold;
pub use stemmer::{STEMMED, has_stemmer};
pub use stop_words::StopWords;
pub use stream::{StreamReader, StreamWriter};

/// The version of the tokens: an index with tokens of another version is refused.
pub const ANALYZER_VERSION: u32 = 1;
