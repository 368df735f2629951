//! A page of HTML as an article: the steps of extraction, one after the other.

use std::borrow::Cow;

use scraper::Html;

use super::blocks::{Block, Blocks};
use super::furniture::prose;
use super::metadata::json_ld::Data;
use super::page::Page;
use super::parse::parse;
use super::prune::{self, Pruned, Scripting};
use super::verdict::{self, Explained, Verdict};
use super::{Options, Time, Warning, metadata, no_article, redirect};
use crate::error::ExtractError;
use crate::model::{Article, BlockKind, Metadata};
use crate::text::clean;

/// Letters that a text must have to count as an article; below, all visible text is better.
const FEWEST_LETTERS: usize = 100;

/// The text of `markup`, such as a title that a feed gives in HTML, as one line.
pub(crate) fn line_of_markup(markup: &str) -> String {
    let pruned = prune::prune(markup, Scripting::On);
    Page::of(&parse(&pruned.html)).text_of(0)
}

/// Reads the decoded `page`.
pub(super) fn read(
    page: &str,
    given: &Metadata,
    options: &Options,
    warnings: &mut Vec<Warning>,
    time: Time<'_>,
) -> Result<Article, ExtractError> {
    read_for_whom(page, given, options, warnings, time).map(|(article, _)| article)
}

/// Reads the decoded `page`, and tells for which of its readers.
fn read_for_whom(
    page: &str,
    given: &Metadata,
    options: &Options,
    warnings: &mut Vec<Warning>,
    time: Time<'_>,
) -> Result<(Article, Scripting), ExtractError> {
    let pruned = prune::prune(page, Scripting::On);
    if pruned.bounded {
        warnings.push(Warning::Bounded);
    }
    time.is_left()?;
    let article = read_pruned(&pruned, given, options, warnings, time)?;
    if article.text.len() < redirect::FEWEST_BYTES
        && let Some(address) = redirect::target(&pruned.html)
    {
        return Err(ExtractError::LeadsElsewhere(address));
    }
    if let Some(title) =
        article.metadata.title.as_deref().filter(|title| no_article::says_so(title, &article.text))
    {
        return Err(ExtractError::NotShown(title.to_owned()));
    }
    let unshown = warnings.contains(&Warning::HiddenText);
    if article.text.len() >= ENOUGH_BYTES && !unshown || pruned.noscript_bytes < FEWEST_NOSCRIPT_BYTES {
        return Ok((article, Scripting::On));
    }
    let unscripted = prune::prune(page, Scripting::Off);
    let other = read_pruned(&unscripted, given, options, &mut Vec::new(), time)?;
    let gain = if unshown { 1 } else { NOSCRIPT_GAIN };
    if other.text.len() > gain * article.text.len() {
        warnings.clear();
        return Ok((other, Scripting::Off));
    }
    Ok((article, Scripting::On))
}

/// Bytes of text below which what a page holds for readers without scripts is looked at too.
const ENOUGH_BYTES: usize = 500;

/// Bytes of it from which that may be more than an apology.
const FEWEST_NOSCRIPT_BYTES: usize = 150;

/// How many times the text that must be, since such content is mostly pictures and apologies, beside which a banner may
/// come to be text as well.
const NOSCRIPT_GAIN: usize = 10;

fn read_pruned(
    pruned: &Pruned<'_>,
    given: &Metadata,
    options: &Options,
    warnings: &mut Vec<Warning>,
    time: Time<'_>,
) -> Result<Article, ExtractError> {
    let tree = parse(&pruned.html);
    let judged = Judged::of(&tree, &pruned.json_ld, given, options, time)?;
    let mut article = Article::default();
    fill(&mut article, &judged.blocks, &judged.verdicts);
    if article.text.len() < FEWEST_LETTERS {
        fall_back(&mut article, &judged, warnings);
    }
    Ok(Article { metadata: judged.known, ..article })
}

/// A page, and what was made of its blocks.
struct Judged<'t> {
    page: Page<'t>,
    blocks: Blocks,
    data: Data,
    known: Metadata,
    verdicts: Vec<Verdict>,
}

impl<'t> Judged<'t> {
    /// The page that was parsed to `tree`, of which `json_ld` and its container, by what is `given`, tell too.
    fn of(
        tree: &'t Html,
        json_ld: &[&str],
        given: &Metadata,
        options: &Options,
        time: Time<'_>,
    ) -> Result<Self, ExtractError> {
        time.is_left()?;
        let page = Page::of(tree);
        let blocks = Blocks::of(&page);
        time.is_left()?;
        let data = metadata::json_ld::read(json_ld);
        let known = metadata::read(&page, &blocks, &data, given, options);
        time.is_left()?;
        let verdicts = verdict::reach(&page, &blocks, &data, &known);
        Ok(Self { page, blocks, data, known, verdicts })
    }
}

/// Those of `blocks` that are kept.
fn kept<'b>(blocks: &'b Blocks, verdicts: &'b [Verdict]) -> impl Iterator<Item = &'b Block> {
    blocks.list.iter().zip(verdicts).filter(|(_, verdict)| **verdict == Verdict::Kept).map(|(block, _)| block)
}

/// Puts the blocks that are kept into `article`.
fn fill(article: &mut Article, blocks: &Blocks, verdicts: &[Verdict]) {
    let kept = || kept(blocks, verdicts);
    let mut next = kept().skip(1);
    let mut level = 1;
    for block in kept() {
        let follows = next.next();
        let kind = match block.kind {
            BlockKind::Heading(own) => {
                level = own;
                block.kind
            }
            _ if follows.is_some_and(|follows| heads(blocks, block, follows)) => {
                BlockKind::Heading(lower(level))
            }
            kind => kind,
        };
        let text = blocks.text_of(block);
        match block.run_in.filter(|_| prose(blocks, block) > 0.0) {
            Some(end) if block.bold < block.size => {
                let (line, rest) = text.split_at((end - block.start) as usize);
                article.push_block(BlockKind::Heading(lower(level)), &cleaned(line));
                article.push_block(kind, &cleaned(rest.trim_start()));
            }
            _ => article.push_block(kind, &cleaned(text)),
        }
    }
}

/// The level below `level`.
fn lower(level: u8) -> u8 {
    (level + 1).min(LOWEST_HEADING)
}

/// The level of the lowest heading that HTML has.
const LOWEST_HEADING: u8 = 6;

/// Letters of the longest line in bold type that is a heading.
const HEADING_LETTERS: u32 = 100;

/// Whether a paragraph is all in bold type and the next is not: the heading of pages that know none.
fn heads(blocks: &Blocks, block: &Block, next: &Block) -> bool {
    let bold = |block: &Block| block.bold == block.size;
    let text = blocks.text_of(block);
    block.kind == BlockKind::Paragraph
        && bold(block)
        && !bold(next)
        && !matches!(next.kind, BlockKind::Heading(_))
        && block.size <= HEADING_LETTERS
        && !text.ends_with(['.', '。', '۔', ',', ';'])
        && text.contains(char::is_alphabetic)
}

/// A block's text in the form that all texts have; most are so already.
fn cleaned(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')) {
        text.into()
    } else {
        clean(text).into()
    }
}

/// What was made of each block of the decoded `page`, for a person who wants to know why.
pub(super) fn explain(
    page: &str,
    given: &Metadata,
    options: &Options,
    time: Time<'_>,
) -> Result<Vec<Explained>, ExtractError> {
    let read = read_for_whom(page, given, options, &mut Vec::new(), time);
    let pruned = prune::prune(page, read.map_or(Scripting::On, |(_, scripting)| scripting));
    time.is_left()?;
    let tree = parse(&pruned.html);
    let Judged { page, blocks, verdicts, .. } = Judged::of(&tree, &pruned.json_ld, given, options, time)?;
    let explained = |(block, verdict): (&Block, Verdict)| Explained {
        kind: block.kind,
        text: clean(blocks.text_of(block)),
        verdict,
        place: page.place_of(block.node),
    };
    Ok(blocks.list.iter().zip(verdicts).map(explained).collect())
}

/// Last resorts, when next to nothing was found: text in data for machines, text that is not shown, all that is shown
/// beside furniture.
fn fall_back(article: &mut Article, judged: &Judged<'_>, warnings: &mut Vec<Warning>) {
    let Judged { page, blocks, data, .. } = judged;
    let size = |hidden: bool| -> usize {
        blocks.list.iter().filter(|block| block.hidden == hidden).map(|block| block.size as usize).sum()
    };
    let (shown, hidden) = (size(false), size(true));
    let body = data.body.as_deref().unwrap_or_default();
    if body.len() > FEWEST_LETTERS && body.len() >= hidden {
        fill_unshown(article, body, warnings);
        return;
    }
    let description = metadata::description(page).unwrap_or_default();
    let is_bare = body.len().max(hidden).max(shown) < FEWEST_LETTERS;
    if is_bare && article.text.len() < description.len() {
        fill_unshown(article, description, warnings);
        return;
    }
    if hidden > 5 * shown.max(FEWEST_LETTERS) {
        fill_all(article, blocks, true);
        warnings.push(Warning::HiddenText);
    } else if shown > article.text.len() {
        fill_with_shown(article, judged, warnings);
    }
}

/// Puts `text`, which the page doesn't show, in the place of what was found.
fn fill_unshown(article: &mut Article, text: &str, warnings: &mut Vec<Warning>) {
    clear(article);
    for paragraph in clean(text).split('\n') {
        article.push_block(BlockKind::Paragraph, paragraph);
    }
    warnings.push(Warning::HiddenText);
}

/// How many times as many letters as a sentence that was found the rest of the page must have beside furniture to be
/// the text: a line on old browsers above a list is no article, the one line of an office's page is.
const MORE_THAN_A_SENTENCE: u32 = 10;

/// Puts all that is shown in the place of what was found, but for furniture if anything else is left.
fn fill_with_shown(article: &mut Article, judged: &Judged<'_>, warnings: &mut Vec<Warning>) {
    let Judged { page, blocks, data, known, verdicts } = judged;
    let shown = verdict::all_but_furniture(page, blocks, data, known);
    let letters = |verdicts: &[Verdict]| -> u32 { kept(blocks, verdicts).map(|block| block.size).sum() };
    let has_sentence = kept(blocks, verdicts).any(|block| prose(blocks, block) > 0.0);
    if has_sentence && letters(&shown) <= MORE_THAN_A_SENTENCE * letters(verdicts) {
        return;
    }
    clear(article);
    fill(article, blocks, &shown);
    if article.is_empty() {
        fill_all(article, blocks, false);
    }
    warnings.push(Warning::WholePage);
}

/// Puts all that is shown, or all that is `hidden`, in the place of what was found.
fn fill_all(article: &mut Article, blocks: &Blocks, hidden: bool) {
    clear(article);
    for block in blocks.list.iter().filter(|block| block.hidden == hidden) {
        article.push_block(block.kind, &clean(blocks.text_of(block)));
    }
}

fn clear(article: &mut Article) {
    article.text.clear();
    article.blocks.clear();
}
