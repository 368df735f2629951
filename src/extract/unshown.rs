//! Parts of a line that nobody sees on the page: words for those who don't see a sign, what a word means.
//!
//! A whole block that is hidden is `furniture`'s matter.

use super::hints::Flags;
use super::page::{Node, Page, index};
use super::tag::Tag;

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
    if node.tag.is_block() {
        return false;
    }
    if is_tip_of_word(nodes, at) {
        return true;
    }
    if !node.own.any(UNSHOWN) {
        return false;
    }
    let inside = &nodes[at..node.end as usize];
    let unfolds = || page.bytes_in(index(at)) > UNFOLDED_LETTERS;
    says_something(inside)
        // A formula is hidden below its picture.
        && !inside.iter().any(|node| node.tag.is_block() || node.tag == Tag::Math)
        && !shows_tooltip(nodes, at)
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

/// Whether the element at `at`, which is called a tooltip, holds the word that shows one as well. Right behind a word
/// it is that word's.
fn shows_tooltip(nodes: &[Node<'_>], at: usize) -> bool {
    let node = &nodes[at];
    node.end as usize - at > 2 && node.attribute("role") == Some("tooltip") && !is_behind_word(nodes, at)
}

/// Whether the element at `at` is what is shown of a word once somebody points at it. Both are called so, by their
/// names, and it stands behind the word.
fn is_tip_of_word(nodes: &[Node<'_>], at: usize) -> bool {
    let around = &nodes[nodes[at].parent as usize];
    let mut before = nodes[nodes[at].parent as usize..at].iter().rev().take(NODES_OF_LINE);
    nodes[at].own.any(Flags::TIP)
        && around.own.any(Flags::TIP)
        && !around.tag.is_block()
        && before.any(|node| node.text.contains(char::is_alphanumeric))
}

/// Whether a word ends where the element at `at` begins.
fn is_behind_word(nodes: &[Node<'_>], at: usize) -> bool {
    let around = nodes[at].parent as usize;
    let before = nodes[around..at].iter().rev().take(NODES_OF_LINE).map(|node| node.text);
    before.filter(|text| !text.is_empty()).take(1).any(|text| text.ends_with(char::is_alphanumeric))
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
