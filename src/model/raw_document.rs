//! [`RawDocument`]: an input as it was found, before anything is made of it.

use std::fmt;

use super::{Charset, Field, Locator, Metadata};

/// The bytes of one input, and what the container knew of them.
#[derive(Clone, Debug, PartialEq)]
pub struct RawDocument {
    /// Where it was found.
    pub locator: Locator,
    /// What it is.
    pub media_type: MediaType,
    /// What is known of its encoding beside what the bytes themselves say, if anything.
    pub charset: Option<Charset>,
    /// What the container or record says of the article; it outweighs what the page says.
    pub metadata: Metadata,
    /// The content, decompressed.
    pub bytes: Vec<u8>,
    /// What of it is known to be missing.
    pub missing: Option<Missing>,
    /// The dates and the address that the container or record gives, and that are none.
    pub unread: Vec<Unread>,
}

/// Characters of a value that are told where it can't be read.
const MAX_TOLD_CHARS: usize = 60;

/// What stands in the place of a date or an address, and isn't one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    field: Field,
    value: String,
}

impl Unread {
    /// The `value` of `field`, of which the beginning is kept.
    #[must_use]
    pub fn new(field: Field, value: &str) -> Self {
        let mut kept: String = value.chars().take(MAX_TOLD_CHARS).collect();
        if kept.len() < value.len() {
            kept.push('…');
        }
        Self { field, value: kept }
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.field {
            Field::Url => return write!(f, "`url` is left out: \"{}\" is no address", self.value),
            Field::Modified => "modified",
            Field::Captured => "captured",
            _ => "published",
        };
        write!(f, "`{name}` is left out: no date can be made of \"{}\"", self.value)
    }
}

/// What a document lacks where it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Missing {
    /// Its end.
    End,
    /// Its end, of a message, and with it perhaps parts of it.
    Closing,
    /// What stands behind it in its compressed file, if that was more of it.
    Behind,
    /// Some of its chapters.
    Chapters {
        /// How many.
        lost: usize,
        /// How many it should have.
        all: usize,
    },
    /// Some of its pages.
    Pages {
        /// How many.
        lost: usize,
        /// How many it should have.
        all: usize,
    },
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::End => f.write_str("the page is cut short: its end isn't there"),
            Self::Closing => f.write_str("the message is cut short: the mark of its end isn't there"),
            Self::Behind => {
                f.write_str("behind the end of its compressed file stand bytes that aren't compressed")
            }
            Self::Chapters { lost, all } => write!(f, "{lost} of {all} chapters can't be read"),
            Self::Pages { lost, all } => write!(f, "{lost} of {all} pages can't be read"),
        }
    }
}

/// The kinds of content that an article can be extracted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MediaType {
    /// An HTML or XHTML page.
    Html,
    /// Plain text.
    PlainText,
    /// Markdown.
    Markdown,
    /// Plain text in pages, as of a PDF file, parted by form feeds.
    Pages,
}
