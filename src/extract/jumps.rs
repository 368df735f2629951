//! Links that lead to a place on the page that they stand on, as those of a list of contents do.

use super::blocks::{Block, Blocks};
use super::page::{Node, Page};
use super::tag::Tag;

/// Whether a link leads away from the page. Without an address it does what a script makes of it.
pub(super) fn leads_away(link: &Node<'_>) -> bool {
    link.attribute("href").is_some_and(|to| !to.is_empty() && !to.starts_with('#'))
}

/// Whether a line is a link to a place on the page, as a section's heading is to its own.
pub(super) fn is_jump(page: &Page<'_>, line: &Block) -> bool {
    let link = page.nearest(line.node, |node| node.tag == Tag::A);
    let to = link.and_then(|link| page.nodes[link as usize].attribute("href"));
    to.is_some_and(|to| to.len() > 1 && to.starts_with('#'))
}

/// Whether no link in a block leads away from the page.
pub(super) fn stays_on_page(page: &Page<'_>, blocks: &Blocks, at: usize) -> bool {
    let first = blocks.list[at].node;
    let next = blocks.list.get(at + 1).map_or(page.nodes.len(), |block| block.node as usize);
    let outer = page.ancestors(first).map(|around| &page.nodes[around as usize]);
    // What goes on behind the block is of the next one.
    let inner = page.nodes[first as usize..next].iter().filter(|node| node.end as usize <= next);
    outer.chain(inner).all(|node| node.tag != Tag::A || !leads_away(node))
}
