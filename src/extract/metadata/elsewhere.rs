//! Whether something on an article's page tells of another one: its date and its author are not the article's.

use super::super::blocks::{Block, Blocks};
use super::super::hints::Flags;
use super::Sources;
use crate::model::BlockKind;

/// The share of a line in links from which it is a teaser.
pub(super) const TEASER_LINK_SHARE: f32 = 0.8;

/// Letters of the shortest headline. Names that are headings of their own are shorter.
const HEADLINE_LETTERS: u32 = 20;

/// Blocks of the largest teaser: a headline, a line or two, a rubric, a name, a date.
const BLOCKS_OF_CARD: usize = 8;

/// Whether node `at` lies in a part that tells of another article than that under the `headline`: one that is named so,
/// or that has a headline of its own, which is a link.
pub(super) fn is_of_another(sources: &Sources<'_, '_>, headline: Option<u32>, at: u32) -> bool {
    const ELSEWHERE: Flags =
        Flags::all(&[Flags::RELATED, Flags::TEASER, Flags::COMMENTS, Flags::NAV, Flags::MENU]);
    let (page, blocks) = (sources.page, sources.blocks);
    let Some(headline) = headline else { return false };
    let title = block_of(blocks, headline).map(|block| blocks.text_of(block));
    let headed = |around: u32| {
        let inside = blocks.inside(page, around);
        let heads = |block: &Block| {
            is_headline_of_another(block)
                && !page.holds(at, block.node)
                && title != Some(blocks.text_of(block))
        };
        inside.len() <= BLOCKS_OF_CARD && blocks.list[inside].iter().any(heads)
    };
    page.ancestors(at)
        .take_while(|&around| !page.holds(around, headline))
        .any(|around| page.nodes[around as usize].own.any(ELSEWHERE) || headed(around))
}

/// Whether a block is a headline that is a link: that of another article.
pub(super) fn is_headline_of_another(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Heading(_))
        && block.size >= HEADLINE_LETTERS
        && block.link_share() > TEASER_LINK_SHARE
}

/// The block that node `at` opens or lies in.
pub(super) fn block_of(blocks: &Blocks, at: u32) -> Option<&Block> {
    let behind = blocks.list.partition_point(|block| block.node <= at);
    let next = blocks.list.get(behind);
    // The text of an element that opens a block comes after it.
    next.filter(|block| block.node <= at + 2).or_else(|| blocks.list.get(behind.checked_sub(1)?))
}
