//! Links amid the text that are its author's: a list that a sentence leads to, a sentence that is a link, the names
//! behind a label. At the edges of a text such lines point to other articles.

use super::blocks::{Block, Blocks};
use super::furniture::prose;
use super::metadata::COLONS;
use super::page::Page;
use super::tag::Tag;
use super::trim;
use super::verdict::{Reason, Verdict, is_pointer};
use crate::model::BlockKind;
use crate::text::ends_sentence;

/// Letters of the shortest line that leads to a list rather than being a label over it.
const LEADING_LETTERS: u32 = 40;

/// Letters of the shortest sentence that is a link.
const SENTENCE_LETTERS: u32 = 30;

/// Links behind a label that make it a list.
const FEWEST_NAMES: usize = 3;

/// Keeps such lines between the first and the last running text of an article.
pub(super) fn keep(page: &Page<'_>, blocks: &Blocks, verdicts: &mut [Verdict]) {
    let is_prose = |at: &usize| verdicts[*at] == Verdict::Kept && prose(blocks, &blocks.list[*at]) > 0.0;
    let text: Vec<usize> = (0..verdicts.len()).filter(is_prose).collect();
    let (Some(&first), Some(&last)) = (text.first(), text.last()) else { return };
    let mut is_led_to = false;
    for (at, verdict) in verdicts.iter_mut().enumerate().take(last).skip(first) {
        let block = &blocks.list[at];
        match (block.kind, *verdict) {
            (BlockKind::Paragraph, Verdict::Kept) => is_led_to = leads(blocks, block),
            (BlockKind::ListItem, Verdict::Kept) => {}
            (BlockKind::ListItem, Verdict::Dropped(Reason::Links))
                if is_led_to && !trim::stays_on_page(page, blocks, at) =>
            {
                *verdict = Verdict::Kept;
            }
            (BlockKind::Paragraph, Verdict::Dropped(Reason::Links)) => {
                is_led_to = false;
                let behind = text.partition_point(|&text| text < at);
                let beside = [behind.checked_sub(1), Some(behind)].into_iter().flatten();
                let mut beside = beside.filter_map(|beside| text.get(beside)).map(|&at| &blocks.list[at]);
                let is_in_row = beside.all(|text| are_in_row(page, block, text));
                if is_in_row && (is_linked_sentence(blocks, block) || lists_names(page, blocks, at)) {
                    *verdict = Verdict::Kept;
                }
            }
            _ => is_led_to = false,
        }
    }
}

/// Whether a line leads to the list behind it: "The levy rests on these four laws of the province:".
fn leads(blocks: &Blocks, block: &Block) -> bool {
    block.size >= LEADING_LETTERS
        && block.bold < block.size
        && blocks.text_of(block).trim_end().ends_with(COLONS)
}

fn is_linked_sentence(blocks: &Blocks, block: &Block) -> bool {
    block.size >= SENTENCE_LETTERS
        && ends_sentence(blocks.text_of(block))
        && !blocks.text_of(block).ends_with('?')
}

/// Whether a label has several links behind it: "Members: Austria, Belgium, Croatia".
fn lists_names(page: &Page<'_>, blocks: &Blocks, at: usize) -> bool {
    let block = &blocks.list[at];
    let line = trim::element_of(page, block.node) as usize;
    let inside = &page.nodes[line..page.nodes[line].end as usize];
    let links = inside.iter().filter(|node| node.tag == Tag::A).count();
    is_pointer(block, blocks.text_of(block)) && links >= FEWEST_NAMES
}

/// Whether two blocks are paragraphs side by side.
fn are_in_row(page: &Page<'_>, one: &Block, other: &Block) -> bool {
    let [one, other] = [one, other].map(|block| &page.nodes[trim::element_of(page, block.node) as usize]);
    one.tag == Tag::P && other.tag == Tag::P && one.parent == other.parent
}
