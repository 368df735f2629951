//! [`Hit`]: a passage that answers a query, with all that is needed to show and cite it.

use serde::Serialize;

use super::copies::Copies;
use super::why::Why;
use crate::engine::StoredArticle;
use crate::highlight::{Highlight, Highlights, in_characters};
use crate::model::{BlockKind, Date, Language, Locator};
use crate::text::Span;

/// A passage that answers a query.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// Its place among the answers, from 1.
    pub rank: usize,
    /// Its score: comparable within one query alone.
    pub score: f64,
    /// The article's name: the id that its input gave, if it names nothing else, else ibid's own.
    pub article: String,
    /// The passage's ordinal in its article, from 1.
    pub passage: usize,
    /// The name to cite: article and passage.
    pub id: String,
    /// The article's title.
    pub title: Option<String>,
    /// What matched in the title: ordered and disjoint.
    pub title_highlights: Vec<Highlight>,
    /// The article's authors.
    pub authors: Vec<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// The article's language.
    pub language: Language,
    /// The article's URL.
    pub url: Option<String>,
    /// Where it was read.
    pub locator: Locator,
    /// How it is cited, where it was read out of an archive: `a.warc.gz@5120`.
    pub citation: Option<String>,
    /// The headings that the passage stands under, outermost first.
    pub heading: Vec<String>,
    /// The page that the passage begins on, where the article has pages.
    pub page: Option<u32>,
    /// The whole passage.
    pub text: String,
    /// What matched in the text: ordered and disjoint.
    pub highlights: Vec<Highlight>,
    /// Where else its article is to be found, if anywhere.
    pub copies: Option<Copies>,
    /// Why it has its score, if that was asked for.
    pub why: Option<Why>,
}

/// An article that answers a query.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ArticleHit {
    /// Its place among the answers, from 1.
    pub rank: usize,
    /// Its score: comparable within one query alone.
    pub score: f64,
    /// The article's name.
    pub article: String,
}

impl Hit {
    /// The passage number `passage`, from 0, of `article`, in which the query `found` its words: without a place, a
    /// score and a name.
    pub(super) fn new(article: &StoredArticle, found: &Highlights, passage: usize) -> Self {
        let metadata = &article.article.metadata;
        let span = article.passages.get(passage).copied().unwrap_or(Span::new(0, 0));
        let text = span.of(&article.article.text).unwrap_or_default().to_owned();
        let title = metadata.title.as_deref().unwrap_or_default();
        Self {
            rank: 0,
            score: 0.0,
            passage: passage + 1,
            id: String::new(),
            article: String::new(),
            title: metadata.title.clone(),
            title_highlights: in_characters(title, &found.title),
            authors: metadata.authors.clone(),
            publisher: metadata.publisher.clone(),
            published: metadata.published,
            language: article.article.language(),
            url: metadata.url.clone(),
            locator: article.article.locator.clone(),
            citation: article.article.locator.citation().map(str::to_owned),
            heading: passage_headings(article, passage),
            page: passage_page(article, passage),
            highlights: in_characters(&text, &found.within(span)),
            text,
            copies: None,
            why: None,
        }
    }
}

/// The page that the passage number `passage`, from 0, of `article` begins on; none where there are no pages.
#[must_use]
pub fn passage_page(article: &StoredArticle, passage: usize) -> Option<u32> {
    let span = article.passages.get(passage)?;
    let blocks = &article.article.blocks;
    blocks.get(blocks.partition_point(|block| block.span.end <= span.start))?.page
}

/// The headings over the passage number `passage`, from 0, of `article`, those that it begins with included, outermost
/// first.
#[must_use]
pub fn passage_headings(article: &StoredArticle, passage: usize) -> Vec<String> {
    let Some(span) = article.passages.get(passage) else { return Vec::new() };
    let blocks = &article.article.blocks;
    let first = blocks.partition_point(|block| block.span.end <= span.start);
    let is_heading = |at: usize| blocks.get(at).is_some_and(|b| matches!(b.kind, BlockKind::Heading(_)));
    let body = (first..=blocks.len()).find(|&at| !is_heading(at)).unwrap_or(first);
    let path = article.article.heading_path(body);
    path.into_iter().filter_map(|at| blocks[at].span.of(&article.article.text)).map(str::to_owned).collect()
}
