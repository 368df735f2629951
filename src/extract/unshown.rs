//! Parts of a line that nobody sees on the page: words for those who don't see a sign, what a word means.
//!
//! A whole block that is hidden is `furniture`'s matter.

use super::hints::Flags;
use super::page::{Node, Page, index};

/// What hides a part of a line.
const UNSHOWN: Flags = Flags::all(&[Flags::HIDDEN, Flags::FOLDED]);

/// Letters above which hidden text is the article's, for its reader to unfold: accordions, long passages, pages that
/// a script shows once they are read. Menus and boxes hold less.
pub(super) const UNFOLDED_LETTERS: usize = 150;

/// Nodes of a line among which the words are looked for that are shown.
const NODES_OF_LINE: usize = 40;

/// Whether the element at `at` is a part of a line that isn't shown, rather than all that its line or cell says;
/// `has_begun` says whether words of the line stand before.
pub(super) fn is_in_line(page: &Page<'_>, at: usize, has_begun: bool) -> bool {
    let nodes = &page.nodes;
    let node = &nodes[at];
    if !node.own.any(UNSHOWN) || node.tag.is_block() {
        return false;
    }
    let inside = &nodes[at..node.end as usize];
    let unfolds = || page.bytes_in(index(at)) > UNFOLDED_LETTERS;
    says_something(inside)
        && !inside.iter().any(|node| node.tag.is_block() || is_formula(node))
        && !shows_tooltip(node, inside)
        && !is_rest(nodes, at)
        && !tells_of_figure(nodes, node.end as usize)
        && (node.own.any(Flags::HIDDEN) || !unfolds())
        && (has_begun || has_words_beside(page, at))
}

/// Whether there are words in a part. Without any it stands between words, and they run together where it is gone.
fn says_something(part: &[Node<'_>]) -> bool {
    part.iter().any(|node| node.text.contains(char::is_alphanumeric))
}

/// Whether the part at `at` is the rest of what stands before it: "The fund pays for the wells...".
fn is_rest(nodes: &[Node<'_>], at: usize) -> bool {
    let before = nodes[..at].iter().rev().take(NODES_OF_LINE).map(|node| node.text.trim_end());
    before.filter(|text| !text.is_empty()).take(1).any(|text| text.ends_with("...") || text.ends_with('…'))
}

/// Whether a part that ends at `end` says what an arrow before a figure shows: "Decrease of 2.3%".
fn tells_of_figure(nodes: &[Node<'_>], end: usize) -> bool {
    let behind = nodes[end..].iter().take(NODES_OF_LINE).map(|node| node.text.trim_start());
    behind.filter(|text| !text.is_empty()).take(1).any(|text| text.starts_with(char::is_numeric))
}

/// Whether an element that is called a tooltip holds the word that shows one as well.
fn shows_tooltip(node: &Node<'_>, inside: &[Node<'_>]) -> bool {
    inside.len() > 2 && node.attribute("role") == Some("tooltip")
}

/// Whether a node is a formula, which is hidden below its picture.
fn is_formula(node: &Node<'_>) -> bool {
    node.element.is_some_and(|element| element.name() == "math")
}

/// Whether words that are shown stand in the line or cell that the node at `at` lies in.
fn has_words_beside(page: &Page<'_>, at: usize) -> bool {
    let nodes = &page.nodes;
    let is_line = |node: &Node<'_>| node.tag.is_block() || node.tag.is_cell();
    let line = page.nearest(nodes[at].parent, is_line).unwrap_or(0) as usize;
    let mut next = line + 1;
    for _ in 0..NODES_OF_LINE {
        let Some(node) = nodes[..nodes[line].end as usize].get(next) else { return false };
        if next == at || is_line(node) {
            next = node.end as usize;
            continue;
        }
        if !node.text.trim().is_empty() && !node.around.any(Flags::HIDDEN | Flags::CONTROL) {
            return true;
        }
        next += 1;
    }
    false
}
