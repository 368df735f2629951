//! [`Charset`]: what is known of the encoding of a document, and [`CharsetSource`]: what told it.

use serde::{Deserialize, Serialize};

/// What told a text's encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CharsetSource {
    /// A byte-order mark.
    ByteOrderMark,
    /// The bytes are valid UTF-8, or show the pattern of UTF-16.
    Content,
    /// HTTP headers or the container.
    Container,
    /// The page's own declaration.
    Declaration,
    /// A statistical guess.
    Guess,
}

/// What is known of the encoding of a document's bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Charset {
    /// HTTP headers or the container name it.
    Named(String),
    /// The bytes are UTF-8 now, and were in this encoding where they were read.
    Decoded(ReadAs),
}

/// The encoding that a text was read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadAs {
    /// Its name in the WHATWG standard if that knows it.
    pub name: &'static str,
    /// What told it.
    pub source: CharsetSource,
}
