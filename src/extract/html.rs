//! A page of HTML as an article: the steps of extraction, one after the other.

use std::collections::HashSet;

use scraper::Html;

use super::blocks::Blocks;
use super::furniture::Suspicion;
use super::hints::Flags;
use super::page::Page;
use super::{Options, Warning, candidate, metadata, prune};
use crate::model::{Article, BlockKind, RawDocument};
use crate::text::clean;

/// Letters that a text must have to count as an article; below, all visible text is better.
const FEWEST_LETTERS: usize = 100;

/// Reads the decoded `page`.
pub(super) fn read(page: &str, raw: &RawDocument, options: &Options, warnings: &mut Vec<Warning>) -> Article {
    let pruned = prune::prune(page);
    if pruned.bounded {
        warnings.push(Warning::Bounded);
    }
    let tree = Html::parse_document(&pruned.html);
    let page = Page::of(&tree);
    let blocks = Blocks::of(&page);
    let data = metadata::json_ld::read(&pruned.json_ld);
    let metadata = metadata::read(&page, &blocks, &data, raw, options);
    let mut article = Article { metadata, ..Article::default() };
    fill(&mut article, &page, &blocks);
    if article.text.len() < FEWEST_LETTERS {
        fall_back(&mut article, &blocks, data.body.as_deref(), warnings);
    }
    article
}

/// Puts the chosen blocks into `article`.
fn fill(article: &mut Article, page: &Page<'_>, blocks: &Blocks) {
    let suspicion = Suspicion::of(page, blocks);
    let chosen = candidate::choose(page, blocks, &suspicion);
    let range = blocks.inside(page, chosen);
    let mut seen = HashSet::new();
    let mut kept: Vec<usize> = Vec::new();
    for at in range {
        let block = &blocks.list[at];
        if block.hidden || !suspicion.against[at].without(Flags::ASIDE).is_empty() {
            continue;
        }
        let text = blocks.text_of(block);
        if block.link_share() > 0.9 && !matches!(block.kind, BlockKind::Heading(_)) && block.size < 80 {
            continue;
        }
        if text.len() > 40 && !seen.insert(text) {
            continue;
        }
        kept.push(at);
    }
    let title = article.metadata.title.clone().unwrap_or_default();
    for (order, &at) in kept.iter().enumerate() {
        let block = &blocks.list[at];
        let text = clean(blocks.text_of(block));
        if order < 3 && matches!(block.kind, BlockKind::Heading(_)) && metadata::same_words(&text, &title) {
            continue;
        }
        article.push_block(block.kind, &text);
    }
}

/// Last resorts, when next to nothing was found: text in data for machines, text that is not shown,
/// all that is shown.
fn fall_back(article: &mut Article, blocks: &Blocks, body: Option<&str>, warnings: &mut Vec<Warning>) {
    let size = |hidden: bool| -> usize {
        blocks.list.iter().filter(|block| block.hidden == hidden).map(|block| block.size as usize).sum()
    };
    let (shown, hidden) = (size(false), size(true));
    let body_size = body.map_or(0, str::len);
    if body_size > FEWEST_LETTERS && body_size >= hidden {
        clear(article);
        for paragraph in clean(body.unwrap_or_default()).split('\n') {
            article.push_block(BlockKind::Paragraph, paragraph);
        }
        warnings.push(Warning::HiddenText);
        return;
    }
    let show_hidden = hidden > 5 * shown.max(FEWEST_LETTERS);
    if show_hidden || shown > article.text.len() {
        clear(article);
        for block in blocks.list.iter().filter(|block| block.hidden == show_hidden) {
            article.push_block(block.kind, &clean(blocks.text_of(block)));
        }
        warnings.push(if show_hidden { Warning::HiddenText } else { Warning::WholePage });
    }
}

fn clear(article: &mut Article) {
    article.text.clear();
    article.blocks.clear();
}
