//! Spans, normalisation and sentences: what every other layer says about a string.
//!
//! Nothing here knows of articles, languages' stemmers or queries.

mod normalise;
mod sentence;
mod span;

pub use normalise::{clean, collapse_whitespace};
pub use sentence::sentences;
pub use span::Span;
