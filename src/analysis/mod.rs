//! The one way from text to tokens, by language: for the index, for queries and for highlights alike.
//!
//! What a query or an index makes of tokens is not here. Whatever changes a token of any text must
//! raise [`ANALYZER_VERSION`], since an index holds the tokens of its time.

mod alphabets;
mod analyzer;
mod arabic;
mod article_streams;
mod article_tokens;
mod compounds;
mod elision;
mod english;
mod fold;
mod forms;
mod function_words;
mod hebrew;
mod inflection;
mod light;
mod number;
mod numbered;
mod pause;
mod persian;
mod remembered;
mod runs;
mod sequence;
mod simplified;
mod stemmer;
mod stop_words;
mod stream;
mod telling;
mod vowel_first;
mod words;
mod writings;

pub use analyzer::{Analyzer, PARAGRAPH_GAP_POSITIONS, PlacedWord, Token};
pub use article_streams::{ArticleStreams, Streams, WordNumber};
pub use article_tokens::{Break, Opening, Placed, each_article_word};
pub use compounds::{Compounds, makes_compounds};
pub use elision::behind_elision;
pub use fold::fold;
pub(crate) use fold::is_variation_selector;
pub use remembered::{OtherStems, Terms};
pub use sequence::{Bonds, Reading, Sequence};
pub use stemmer::{STEMMED, analysed_as};
pub use stop_words::{StopWords, is_half_of_stop_word};
pub use stream::{PIECE_POSITIONS, StreamReader, StreamWriter, marked_stem, next_piece};
pub use telling::{is_english_too, language_told_by_words};

/// The version of the tokens: an index with tokens of another version is refused.
pub const ANALYZER_VERSION: u32 = 12;
