//! Lists of links amid the text that a sentence of it leads to. At the edges of a text they point to other articles.

use super::blocks::{Block, Blocks};
use super::jumps;
use super::metadata::COLONS;
use super::page::Page;
use super::verdict::{Reason, Verdict, ends_of_text};
use crate::model::BlockKind;

/// Letters of the shortest line that leads to a list rather than being a label over it.
const LEADING_LETTERS: u32 = 40;

/// Keeps such lists between the first and the last running text of an article.
pub(super) fn keep(page: &Page<'_>, blocks: &Blocks, verdicts: &mut [Verdict]) {
    let Some((first, last)) = ends_of_text(blocks, verdicts) else { return };
    let mut is_led_to = false;
    for (at, verdict) in verdicts.iter_mut().enumerate().take(last).skip(first) {
        let block = &blocks.list[at];
        match (block.kind, *verdict) {
            (BlockKind::Paragraph, Verdict::Kept) => is_led_to = leads(blocks, block),
            (BlockKind::ListItem, Verdict::Kept) => {}
            (BlockKind::ListItem, Verdict::Dropped(Reason::Links))
                if is_led_to && !jumps::stays_on_page(page, blocks, at) =>
            {
                *verdict = Verdict::Kept;
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
