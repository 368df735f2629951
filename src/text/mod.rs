//! Spans, normalisation and sentences: what every other layer says about a string.
//!
//! Nothing here knows of articles, languages' stemmers or queries.

mod abbreviation;
mod cluster;
mod digit;
mod direction;
mod edits;
mod hex;
mod normalise;
mod note_sign;
mod percent;
mod punycode;
mod sentence;
mod spaced_runs;
mod span;
mod word_automaton;
mod word_count;

pub use cluster::{are_one_sign, whole_clusters};
pub use digit::digit;
pub use direction::{is_harmful, turns_text};
pub use edits::is_within_edits;
pub use hex::hex;
pub use normalise::{clean, collapse_whitespace, one_line};
pub use note_sign::{is_raised_digit, may_have_note, raised};
pub use percent::{percent_decoded, percent_encoded, push_percent_encoded};
pub use punycode::readable_host;
pub use sentence::{ends_sentence, sentences};
pub use spaced_runs::spaced_runs;
pub use span::Span;
pub use word_automaton::{MAX_EDITS, PatternError, WordAutomaton};
pub use word_count::{
    is_found_in_pairs, is_unspaced_letter, is_unspaced_script, is_unspaced_sentence, word_count,
};
