//! Which part of a page is the article: two candidates, found in different ways, that check each other.
//!
//! One is the subtree in which prose outweighs furniture most; the other is what the page's own
//! structure calls its article. Trimming inside of the choice is `furniture`'s matter.

use super::blocks::{Block, Blocks};
use super::furniture::{Suspicion, prose};
use super::hints::Flags;
use super::page::Page;
use super::tag::Tag;
use crate::model::BlockKind;

/// The node that holds the article.
pub(super) fn choose(page: &Page<'_>, blocks: &Blocks, suspicion: &Suspicion) -> Choice {
    let sums = Sums::of(blocks, suspicion);
    let dense = densest(page, blocks, &sums);
    let node = match structural(page, blocks, &sums) {
        Some(named) => settle(page, blocks, &sums, dense, named),
        None => dense,
    };
    let node = widen(page, blocks, &sums, node);
    Choice { node, prose: sums.prose(&blocks.inside(page, node)) }
}

/// The share of a page's prose below which a choice is widened to what is around it.
const LITTLE: f32 = 0.6;

/// How many times its own prose the choice must win by being widened one step.
const WORTH_WIDENING: f32 = 0.3;

/// The smallest element around `node` that holds much of the page's prose: an article may be cut into
/// sections, a thread into posts.
fn widen(page: &Page<'_>, blocks: &Blocks, sums: &Sums, node: u32) -> u32 {
    let held = |at: u32| sums.prose(&blocks.inside(page, at));
    let total = sums.prose[sums.prose.len() - 1];
    let mut best = node;
    for around in page.ancestors(node) {
        if held(best) >= LITTLE * total {
            break;
        }
        if held(around) >= (1.0 + WORTH_WIDENING) * held(best) {
            best = around;
        }
    }
    best
}

/// A part of a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    /// The element.
    pub node: u32,
    /// Letters of prose in it that aren't furniture.
    pub prose: f32,
}

/// Running sums over the blocks.
struct Sums {
    /// Prose less furniture.
    net: Vec<f32>,
    /// Prose alone.
    prose: Vec<f32>,
}

impl Sums {
    fn of(blocks: &Blocks, suspicion: &Suspicion) -> Self {
        let mut sums = Self { net: vec![0.0], prose: vec![0.0] };
        let (mut net, mut total) = (0.0, 0.0);
        for (block, &against) in blocks.list.iter().zip(&suspicion.against) {
            let worth = if against.is_empty() { prose(blocks, block) } else { 0.0 };
            total += worth;
            net += weight(block, worth, against);
            sums.net.push(net);
            sums.prose.push(total);
        }
        sums
    }

    fn net(&self, range: &std::ops::Range<usize>) -> f32 {
        self.net[range.end] - self.net[range.start]
    }

    fn prose(&self, range: &std::ops::Range<usize>) -> f32 {
        self.prose[range.end] - self.prose[range.start]
    }
}

fn weight(block: &Block, worth: f32, against: Flags) -> f32 {
    if block.hidden {
        return 0.0;
    }
    if worth > 0.0 && against.is_empty() {
        return worth.min(800.0);
    }
    if matches!(block.kind, BlockKind::Heading(_)) {
        return 0.0;
    }
    if !against.is_empty() {
        return -1.0;
    }
    -5.0 - 0.5 * block.linked.min(200) as f32
}

/// The smallest subtree with the highest net sum.
fn densest(page: &Page<'_>, blocks: &Blocks, sums: &Sums) -> u32 {
    let mut best = (f32::MIN, 0);
    for (at, node) in page.nodes.iter().enumerate() {
        if node.tag == Tag::Text || node.tag.is_unread() {
            continue;
        }
        let net = sums.net(&blocks.inside(page, at as u32));
        if net >= best.0 {
            best = (net, at as u32);
        }
    }
    best.1
}

/// The element that the page's structure calls the article, if there is one with prose in it.
fn structural(page: &Page<'_>, blocks: &Blocks, sums: &Sums) -> Option<u32> {
    const NAMED: Flags = Flags::all(&[Flags::BODY, Flags::CONTENT, Flags::ARTICLE, Flags::MAIN]);
    let named = || {
        page.nodes.iter().enumerate().filter(|(_, node)| node.own.any(NAMED)).map(|(at, _)| {
            let at = at as u32;
            (at, sums.prose(&blocks.inside(page, at)))
        })
    };
    let most = named().map(|(_, prose)| prose).fold(0.0, f32::max);
    named().filter(|&(_, prose)| prose > 0.0 && prose >= NEARLY_ALL * most).last().map(|(at, _)| at)
}

fn settle(page: &Page<'_>, blocks: &Blocks, sums: &Sums, dense: u32, named: u32) -> u32 {
    let (in_dense, in_named) = (blocks.inside(page, dense), blocks.inside(page, named));
    let (dense_prose, named_prose) = (sums.prose(&in_dense), sums.prose(&in_named));
    let inside = |inner: u32, outer: u32| outer <= inner && inner < page.nodes[outer as usize].end;
    if inside(named, dense) {
        if named_prose >= NAMED_ENOUGH * dense_prose { named } else { dense }
    } else if inside(dense, named) {
        if dense_prose >= DENSE_ENOUGH * named_prose { dense } else { named }
    } else if named_prose >= dense_prose {
        named
    } else {
        dense
    }
}
const NEARLY_ALL: f32 = 0.85;
const NAMED_ENOUGH: f32 = 0.55;
const DENSE_ENOUGH: f32 = 0.9;
