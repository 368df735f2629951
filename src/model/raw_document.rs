//! [`RawDocument`]: an input as it was found, before anything is made of it.

use super::{Charset, Locator, Metadata};

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
    /// Whether its end is known to be missing.
    pub is_cut: bool,
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
