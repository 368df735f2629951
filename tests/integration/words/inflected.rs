//! Rows of the table of words: forms of one word that a stemmer leaves apart, and words that it would take for one.

use super::{FOUND, NOT, Row};

/// Languages whose words have endings.
#[rustfmt::skip]
pub const INFLECTED: &[Row] = &[
    // Spanish.
    ("es", "El golpe de Estado.", "Estado", FOUND),
    // Subjects that are on lists of stop words.
    ("ar", "سعر دولار واحد في يناير", "دولار", FOUND),
    ("de", "Die Würde des Menschen.", "Würde", FOUND),
    ("en", "The Don is a river.", "Don", FOUND),
];
