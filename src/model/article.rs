//! [`Article`]: what was written, without the page around it.

use serde::{Deserialize, Serialize};

use super::{Language, Locator, Metadata};
use crate::text::Span;

/// One article: its text as typed blocks, and what is known about it.
///
/// `text` is NFC. `blocks` are in order, disjoint and inside `text`; what lies between two blocks
/// is white space.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Where it was read.
    pub locator: Locator,
    /// Title, authors, dates and the like.
    pub metadata: Metadata,
    /// The main text; blocks are parted by a blank line.
    pub text: String,
    /// The pieces that `text` is made of.
    pub blocks: Vec<Block>,
}

impl Article {
    /// Whether there is no word to search for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.text.chars().any(char::is_alphanumeric)
    }

    /// Its language, or [`Language::UNKNOWN`].
    #[must_use]
    pub fn language(&self) -> Language {
        self.metadata.language.unwrap_or(Language::UNKNOWN)
    }

    /// Appends a block of `kind` that reads `text`, parted from the one before by a blank line.
    ///
    /// A text without any character but white space adds nothing.
    pub fn push_block(&mut self, kind: BlockKind, text: &str) {
        self.push_block_of_page(kind, text, None);
    }

    /// The same for a block that begins on the page `page` of what was printed.
    pub fn push_block_of_page(&mut self, kind: BlockKind, text: &str, page: Option<u32>) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.blocks.push(Block { kind, span: Span::new(start, self.text.len()), page });
    }

    /// The texts of its headings, in order.
    pub fn headings(&self) -> impl Iterator<Item = &str> {
        let headings = self.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_)));
        headings.filter_map(|block| block.span.of(&self.text))
    }

    /// The headings that block number `index` stands under, outermost first, as block numbers.
    #[must_use]
    pub fn heading_path(&self, index: usize) -> Vec<usize> {
        let mut path = Vec::new();
        let mut below = u8::MAX;
        for at in (0..index.min(self.blocks.len())).rev() {
            if let BlockKind::Heading(level) = self.blocks[at].kind
                && level < below
            {
                path.push(at);
                below = level;
            }
        }
        path.reverse();
        path
    }
}

/// A piece of an article's text of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    #[serde(flatten)]
    pub kind: BlockKind,
    /// Where in the article's text it stands.
    #[serde(flatten)]
    pub span: Span,
    /// The page that it begins on, from 1, where there are pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}

/// What a block is to its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "level", rename_all = "kebab-case")]
pub enum BlockKind {
    /// A heading, level 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A paragraph of a quotation.
    Quotation,
    /// A row of a table, its cells parted by tabs.
    TableRow,
    /// Preformatted text, line breaks kept.
    Preformatted,
    /// A foot- or endnote.
    Footnote,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_parted_and_cover_the_text() {
        let mut article = Article::default();
        article.push_block(BlockKind::Heading(1), " Water ");
        article.push_block(BlockKind::Paragraph, "  ");
        article.push_block(BlockKind::Paragraph, "It is scarce.");
        assert_eq!(article.text, "Water\n\nIt is scarce.");
        let texts: Vec<_> = article.blocks.iter().filter_map(|b| b.span.of(&article.text)).collect();
        assert_eq!(texts, ["Water", "It is scarce."]);
    }

    #[test]
    fn the_heading_path_goes_from_outside_in() {
        let mut article = Article::default();
        for (kind, text) in [
            (BlockKind::Heading(1), "one"),
            (BlockKind::Heading(3), "deep"),
            (BlockKind::Heading(2), "two"),
            (BlockKind::Paragraph, "text"),
        ] {
            article.push_block(kind, text);
        }
        assert_eq!(article.heading_path(3), [0, 2]);
        assert_eq!(article.heading_path(0), [0; 0]);
    }

    #[test]
    fn a_block_reads_as_one_flat_object() {
        let block = Block { kind: BlockKind::Heading(2), span: Span::new(3, 9), page: None };
        let json = serde_json::to_string(&block).unwrap();
        assert_eq!(json, r#"{"kind":"heading","level":2,"start":3,"end":9}"#);
        assert_eq!(serde_json::from_str::<Block>(&json).unwrap(), block);
    }
}
