//! What is left of furniture in and around an article's text once its part of the page is chosen: labels
//! over links, dates and names by the headline, biographies at the end.
//!
//! No rule here knows a word of any language: lines are told by where they stand, by what was dropped
//! beside them, and by the names and dates that are known to be the article's.

use std::collections::HashMap;
use std::ops::Range;

use super::blocks::{Block, Blocks};
use super::furniture::prose;
use super::jumps;
use super::metadata::{self, COLONS};
use super::page::Page;
use super::tag::Tag;
use super::verdict::{Reason, Verdict, ends_of_text, letters_kept};
use crate::model::{BlockKind, Metadata};

/// Drops from the kept blocks what isn't text.
pub(super) fn trim(page: &Page<'_>, blocks: &Blocks, known: &Metadata, verdicts: &mut [Verdict]) {
    drop_crumbs(page, blocks, verdicts);
    drop_labels(page, blocks, verdicts);
    drop_about(blocks, known, verdicts);
    drop_pointing_sections(blocks, verdicts);
    trim_edges(page, blocks, known, verdicts);
    drop_bare_headings(blocks, verdicts);
}

/// Times that a short line must come back to be a tool beside the text.
const FEWEST_CRUMBS: usize = 3;

/// Letters of the longest such line.
const CRUMB_LETTERS: u32 = 40;

/// Drops short lines with links inside of the page that come back again and again: "Back to top".
fn drop_crumbs(page: &Page<'_>, blocks: &Blocks, verdicts: &mut [Verdict]) {
    let mut times: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, block) in blocks.list.iter().enumerate() {
        let plain = matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem);
        let short = plain && block.linked > 0 && block.size <= CRUMB_LETTERS;
        if short && verdicts[at] == Verdict::Kept && jumps::stays_on_page(page, blocks, at) {
            times.entry(blocks.text_of(block)).or_default().push(at);
        }
    }
    for at in times.into_values().filter(|all| all.len() >= FEWEST_CRUMBS).flatten() {
        verdicts[at] = Verdict::Dropped(Reason::Links);
    }
}

/// Letters of the longest line that can be a label over something.
const LABEL_LETTERS: u32 = 60;

/// Links of the shortest list that a label stands over.
const FEWEST_LINKS: usize = 2;

/// Letters of the average link in such a list; those of share buttons and tools are shorter.
const LINK_LETTERS: u32 = 18;

fn is_label(blocks: &Blocks, block: &Block) -> bool {
    match block.kind {
        BlockKind::Heading(_) => true,
        BlockKind::Paragraph => block.size <= LABEL_LETTERS && prose(blocks, block) <= 0.0,
        _ => false,
    }
}

/// Drops labels whose box holds nothing else but links that were dropped. Over loose links only a heading is
/// one; a line of text is where they are a list.
fn drop_labels(page: &Page<'_>, blocks: &Blocks, verdicts: &mut [Verdict]) {
    for at in 0..verdicts.len() {
        let block = &blocks.list[at];
        if verdicts[at] != Verdict::Kept || !is_label(blocks, block) {
            continue;
        }
        let is_heading = matches!(block.kind, BlockKind::Heading(_));
        let alone =
            |range: &Range<usize>| range.clone().all(|other| other == at || verdicts[other] != Verdict::Kept);
        let boxes = page.ancestors(block.node).map(|around| blocks.inside(page, around));
        let Some(inside) = boxes.take_while(alone).last() else { continue };
        let links = inside.filter(|&other| other > at && verdicts[other].is_of_furniture());
        let sizes: Vec<u32> = links
            .map(|other| &blocks.list[other])
            .filter(|link| link.link_share() > 0.5 && (is_heading || link.kind == BlockKind::ListItem))
            .map(|link| link.size)
            .collect();
        if sizes.len() >= FEWEST_LINKS
            && sizes.iter().sum::<u32>() as usize >= LINK_LETTERS as usize * sizes.len()
        {
            verdicts[at] = Verdict::Dropped(Reason::Scrap);
        }
    }
}

/// Paragraphs of running text at an article's start, among which its date and authors stand.
const OPENING_PARAGRAPHS: usize = 1;

/// Blocks at an article's start among which they stand, where it has no paragraphs.
const OPENING_BLOCKS: usize = 30;

/// Letters of the longest line that only tells who wrote an article and when.
const ABOUT_LETTERS: u32 = 160;

/// Letters of the longest biography.
const BIOGRAPHY_LETTERS: u32 = 700;

/// Drops lines by the headline that tell nothing but who wrote the article and when, and what is said of the
/// authors behind its end.
fn drop_about(blocks: &Blocks, known: &Metadata, verdicts: &mut [Verdict]) {
    let kept: Vec<usize> = (0..verdicts.len()).filter(|&at| verdicts[at] == Verdict::Kept).collect();
    let mut paragraphs = 0;
    for &at in kept.iter().take(OPENING_BLOCKS) {
        let block = &blocks.list[at];
        let text = blocks.text_of(block);
        let plain = matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem);
        if plain && block.size <= ABOUT_LETTERS && metadata::is_about(text, known) {
            verdicts[at] = Verdict::Dropped(Reason::About);
        } else if block.size > ABOUT_LETTERS {
            paragraphs += 1;
        }
        if paragraphs > OPENING_PARAGRAPHS {
            break;
        }
    }
    for &at in kept.iter().rev() {
        let block = &blocks.list[at];
        let is_biography = block.kind == BlockKind::Paragraph
            && block.size <= BIOGRAPHY_LETTERS
            && metadata::begins_with_author(blocks.text_of(block), known);
        let is_keywords =
            block.kind != BlockKind::TableRow && metadata::is_keywords(blocks.text_of(block), known);
        if is_biography || is_keywords {
            verdicts[at] = Verdict::Dropped(Reason::About);
        } else if prose(blocks, block) > 0.0 && block.kind != BlockKind::Footnote {
            break;
        }
    }
}

/// Letters of the longest block in a section that only points to other articles.
const POINTING_LETTERS: u32 = 150;

/// The part of the text before it, as a divisor, that such a section is at most.
const POINTING_AT_MOST: u32 = 5;

/// Drops what stands at the end from a heading on whose section begins with links that were dropped and goes
/// on with nothing but short lines: lists of other articles of which some have no links that show.
fn drop_pointing_sections(blocks: &Blocks, verdicts: &mut [Verdict]) {
    let kept = |at: &usize| verdicts[*at] == Verdict::Kept;
    let is_long = |at: &usize| kept(at) && blocks.list[*at].size > POINTING_LETTERS;
    let Some(last) = (0..verdicts.len()).rfind(is_long) else { return };
    let letters = |range| letters_kept(blocks, verdicts, range);
    let is_link = |at: &usize| verdicts[*at].is_of_furniture() && blocks.list[*at].link_share() > 0.5;
    let points = |&at: &usize| {
        let label = matches!(verdicts[at], Verdict::Kept | Verdict::Dropped(Reason::Scrap));
        let next = (at + 1..verdicts.len()).take_while(|at| !kept(at));
        label
            && matches!(blocks.list[at].kind, BlockKind::Heading(_))
            && next.filter(is_link).count() >= FEWEST_LINKS
    };
    let Some(first) = (last + 1..verdicts.len()).find(points) else { return };
    let is_data = |at: usize| kept(&at) && blocks.list[at].kind == BlockKind::TableRow;
    let brief = letters(first..verdicts.len()) <= letters(0..first) / POINTING_AT_MOST;
    if !brief || (first..verdicts.len()).any(is_data) {
        return;
    }
    for verdict in &mut verdicts[first..] {
        if *verdict == Verdict::Kept {
            *verdict = Verdict::Dropped(Reason::Scrap);
        }
    }
}

/// Letters of a line that is too short to be an article's first or last by itself.
const SCRAP_LETTERS: u32 = 60;

/// Letters of the shortest heading that says something by itself, so that it is no scrap, nor bare: a question, a
/// sentence set as a heading. F1 +.0005 over all pages of WCXB's development set, pages about services +.003.
const TELLING_HEADING_LETTERS: u32 = 60;

/// The part of an article, as a divisor, that scraps at its edges are at most; a text of many short lines is
/// none with long edges.
const EDGES_AT_MOST: u32 = 8;

/// Drops scraps before the first and behind the last running text, unless they stand in a row with its paragraphs:
/// dates, names, what buttons left behind.
fn trim_edges(page: &Page<'_>, blocks: &Blocks, known: &Metadata, verdicts: &mut [Verdict]) {
    let Some((first, last)) = ends_of_text(blocks, verdicts) else { return };
    let is_prose = |at: &usize| verdicts[*at] == Verdict::Kept && prose(blocks, &blocks.list[*at]) > 0.0;
    let kept = |range| letters_kept(blocks, verdicts, range);
    let (edges, whole) = (kept(0..first) + kept(last + 1..verdicts.len()), kept(0..verdicts.len()));
    if edges > whole / EDGES_AT_MOST {
        return;
    }
    let opening = Row::at(page, blocks, first, (first..=last).filter(is_prose));
    let closing = Row::at(page, blocks, last, (first..=last).rev().filter(is_prose));
    let is_of_text = |at: usize, block: &Block| {
        if at < first {
            opening.has(page, blocks, block)
        } else {
            closing.has(page, blocks, block) && !blocks.text_of(block).trim_end().ends_with(COLONS)
        }
    };
    let mut behind = Behind::default();
    for (at, block) in blocks.list.iter().enumerate().rev() {
        if verdicts[at] != Verdict::Kept {
            behind.lost |= verdicts[at].is_of_furniture();
            continue;
        }
        let scrap = match block.kind {
            BlockKind::Paragraph => block.size < SCRAP_LETTERS,
            BlockKind::Heading(_) => at > last && block.size < TELLING_HEADING_LETTERS,
            _ => false,
        };
        let is_news = || at < first && metadata::tells_another_day(blocks.text_of(block), known);
        let leads = || at > last && behind.is_headed_by(blocks, at);
        let is_edge = scrap && !(first..=last).contains(&at);
        if is_edge && !is_of_text(at, block) && !is_news() && !leads() {
            verdicts[at] = Verdict::Dropped(Reason::Scrap);
        } else {
            behind = Behind { first: Some(at), second: behind.first, lost: false };
        }
    }
}

/// What is kept behind a block.
#[derive(Default)]
struct Behind {
    first: Option<usize>,
    second: Option<usize>,
    /// Whether links or furniture stood before the first.
    lost: bool,
}

impl Behind {
    /// Whether the block at `at` is the heading of the first, or the label of a list or table. Where links were dropped
    /// between them, or a list has one entry, it is no more than a tool's.
    fn is_headed_by(&self, blocks: &Blocks, at: usize) -> bool {
        let kind = |at: usize| blocks.list[at].kind;
        let Some(first) = self.first.map(kind).filter(|_| !self.lost) else { return false };
        let may_head = match (kind(at), first) {
            (BlockKind::Heading(level), BlockKind::Heading(below)) => below > level,
            (BlockKind::Heading(_), _) => true,
            (_, BlockKind::ListItem | BlockKind::TableRow) => {
                blocks.text_of(&blocks.list[at]).trim_end().ends_with(COLONS)
            }
            _ => false,
        };
        let goes_on = first != BlockKind::ListItem || self.second.map(kind) == Some(BlockKind::ListItem);
        may_head && goes_on
    }
}

/// The paragraphs at an edge of the text. A short line in a row with them is one of them: a document's number, to whom
/// it goes, a place and a time, a signature. Furniture stands in boxes of its own. F1 +.0001 over all pages of WCXB's
/// development set: of 82 such lines there, 62 are of the text.
struct Row {
    /// The element of the first or last running text.
    edge: u32,
    /// What is around the paragraph next to that edge.
    around: Option<u32>,
}

impl Row {
    /// The row of the running text `at` an edge; the paragraphs of the text come from there on.
    fn at(page: &Page<'_>, blocks: &Blocks, at: usize, mut text: impl Iterator<Item = usize>) -> Self {
        let element = |at: usize| page.line_around(blocks.list[at].node);
        Self { edge: element(at), around: text.find_map(|at| around_paragraph(page, element(at))) }
    }

    /// Whether a line is one of its paragraphs, or a line of one.
    fn has(&self, page: &Page<'_>, blocks: &Blocks, line: &Block) -> bool {
        let own = page.line_around(line.node);
        let is_beside = || self.around.is_some() && around_paragraph(page, own) == self.around;
        let says_something = blocks.text_of(line).contains(char::is_alphanumeric);
        says_something
            && line.link_share() <= 0.5
            && (own == self.edge
                || is_beside()
                || are_lines(page, own, self.edge) && is_punctuated(blocks.text_of(line)))
    }
}

/// Whether a line ends as one of a text does, and not as a button or a label.
fn is_punctuated(line: &str) -> bool {
    line.trim_end().ends_with(['.', ',', ';', '!', '?'])
}

/// Whether two elements are lines of one text that has no paragraphs.
fn are_lines(page: &Page<'_>, one: u32, other: u32) -> bool {
    let [one, other] = [one, other].map(|at| &page.nodes[at as usize]);
    one.tag == Tag::Div
        && other.tag == Tag::Div
        && one.parent == other.parent
        && one.attribute("class") == other.attribute("class")
}

/// What is around an element, if it is a paragraph.
fn around_paragraph(page: &Page<'_>, element: u32) -> Option<u32> {
    let node = &page.nodes[element as usize];
    (node.tag == Tag::P).then_some(node.parent)
}

/// Drops headings whose section was dropped.
fn drop_bare_headings(blocks: &Blocks, verdicts: &mut [Verdict]) {
    let mut next_level = 0;
    let mut lost = false;
    for at in (0..verdicts.len()).rev() {
        match (blocks.list[at].kind, verdicts[at]) {
            (BlockKind::Heading(level), Verdict::Kept) => {
                if lost && next_level <= level && blocks.list[at].size < TELLING_HEADING_LETTERS {
                    verdicts[at] = Verdict::Dropped(Reason::Scrap);
                } else {
                    next_level = level;
                }
                lost = false;
            }
            (_, Verdict::Kept) => {
                next_level = u8::MAX;
                lost = false;
            }
            (_, Verdict::Dropped(Reason::Furniture | Reason::Links | Reason::Outside | Reason::About)) => {
                lost = true;
            }
            _ => {}
        }
    }
}
