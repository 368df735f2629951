//! How an article is kept: the same values as elsewhere, in fewer words.
//!
//! An article is read for every answer that is shown, and blocks are many; as rows of numbers they are read
//! several times faster than as objects with names.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::dedup::SetApart;
use crate::engine::StoredArticle;
use crate::model::{Article, ArticleId, Block, BlockKind, Locator, Metadata};
use crate::text::Span;

/// An article as it is kept.
#[derive(Serialize, Deserialize)]
pub(super) struct Record<'a> {
    id: ArticleId,
    locator: Locator,
    metadata: Metadata,
    text: Cow<'a, str>,
    /// Kind, start and end of each block.
    blocks: Vec<(u8, u32, u32)>,
    /// The page of each block, 0 where it is on none; empty where there are no pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pages: Vec<u32>,
    /// Start and end of each passage.
    passages: Vec<(u32, u32)>,
    /// Blocks taken out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    apart: Vec<SetApart>,
}

/// Codes of the kinds of blocks; a heading's is its level.
const KINDS: [(u8, BlockKind); 6] = [
    (10, BlockKind::Paragraph),
    (11, BlockKind::ListItem),
    (12, BlockKind::Quotation),
    (13, BlockKind::TableRow),
    (14, BlockKind::Preformatted),
    (15, BlockKind::Footnote),
];

fn code_of(kind: BlockKind) -> u8 {
    match kind {
        BlockKind::Heading(level) => level,
        kind => KINDS.iter().find(|(_, known)| *known == kind).map_or(10, |(code, _)| *code),
    }
}

fn kind_of(code: u8) -> BlockKind {
    KINDS.iter().find(|(known, _)| *known == code).map_or(BlockKind::Heading(code), |(_, kind)| *kind)
}

impl<'a> Record<'a> {
    /// `stored`, to be kept. Texts are far below 4 GiB: inputs are bounded.
    pub fn of(stored: &'a StoredArticle) -> Self {
        let Article { locator, metadata, text, blocks } = &stored.article;
        let ends = |span: Span| (span.start as u32, span.end as u32);
        let has_pages = blocks.iter().any(|block| block.page.is_some());
        let pages = blocks.iter().filter(|_| has_pages).map(|block| block.page.unwrap_or(0)).collect();
        let block = |block: &Block| {
            let (start, end) = ends(block.span);
            (code_of(block.kind), start, end)
        };
        Self {
            id: stored.id,
            locator: locator.clone(),
            metadata: metadata.clone(),
            text: Cow::Borrowed(text),
            blocks: blocks.iter().map(block).collect(),
            pages,
            passages: stored.passages.iter().map(|&span| ends(span)).collect(),
            apart: stored.apart.clone(),
        }
    }

    /// The article's id.
    pub fn id(&self) -> ArticleId {
        self.id
    }
}

impl From<Record<'_>> for StoredArticle {
    fn from(record: Record<'_>) -> Self {
        let span = |start: u32, end: u32| Span { start: start as usize, end: end as usize };
        let page = |at: usize| record.pages.get(at).copied().filter(|&page| page > 0);
        let blocks = record.blocks.iter().enumerate();
        let blocks = blocks.map(|(at, &(code, start, end))| Block {
            kind: kind_of(code),
            span: span(start, end),
            page: page(at),
        });
        let blocks = blocks.collect();
        Self {
            id: record.id,
            article: Article {
                locator: record.locator,
                metadata: record.metadata,
                text: record.text.into_owned(),
                blocks,
            },
            passages: record.passages.into_iter().map(|(start, end)| span(start, end)).collect(),
            apart: record.apart,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_reads_back_as_it_was() {
        let mut article = Article { locator: Locator::from_stored("/a"), ..Article::default() };
        article.metadata.title = Some("Water".into());
        article.push_block(BlockKind::Heading(3), "One");
        for (_, kind) in KINDS {
            article.push_block_of_page(kind, "Two", Some(7));
        }
        let passages = vec![Span::new(0, 3)];
        let stored = StoredArticle {
            id: ArticleId::from_url("u"),
            article,
            passages,
            apart: vec![SetApart { before: 1, kind: BlockKind::Heading(2), text: "Three".into() }],
        };
        let json = serde_json::to_string(&Record::of(&stored)).unwrap();
        let record: Record = serde_json::from_str(&json).unwrap();
        assert_eq!(StoredArticle::from(record), stored);
    }
}
