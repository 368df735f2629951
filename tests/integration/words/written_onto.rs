//! Rows of the table of words: what is written onto a word, or with it.

use super::{FOUND, NOT, Row};

/// Conjunctions, prepositions, articles and particles; two words in one; characters of two scripts.
#[rustfmt::skip]
pub const WRITTEN_ONTO: &[Row] = &[
    // Quotation marks of their own.
    ("ja", "首相は国民の理解と述べた。", "「国民の理解」", FOUND),
    ("ja", "首相は理解の国民と述べた。", "「国民の理解」", NOT),
    ("zh", "各国签署巴黎协定。", "《巴黎协定》", FOUND),
    ("zh", "各国在巴黎签署协定。", "《巴黎协定》", NOT),
    ("de", "Der Rat tagt heute.", "‚Rat tagt‘", FOUND),
    ("de", "Es tagt der Rat.", "‚Rat tagt‘", NOT),
    ("fr", "Le conseil se réunit.", "‹conseil se›", FOUND),
    ("fr", "Il se réunit au conseil.", "‹conseil se›", NOT),
];
