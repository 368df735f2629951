//! Which part of a page is the article: two candidates, found in different ways, that check each other.
//!
//! One is the subtree in which prose outweighs furniture most; the other is what the page's own
//! structure calls its article. Trimming inside of the choice is `furniture`'s matter.

use super::blocks::{Block, Blocks};
use super::furniture::{Suspicion, prose};
use super::hints::Flags;
use super::page::Page;
use super::running::Running;
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
    Choice { node, prose: sums.prose.over(&blocks.inside(page, node)) }
}

/// The element that the page calls its article or main part, or else the smallest with more than it, that has its only
/// headline of the first level: of a page with next to no prose it may be a better choice than the few sentences of a
/// banner.
pub(super) fn headlined(page: &Page<'_>, blocks: &Blocks, suspicion: &Suspicion) -> Option<Headlined> {
    const ARTICLE_OR_MAIN: Flags = Flags::all(&[Flags::ARTICLE, Flags::MAIN]);
    let is_headline = |block: &Block| !block.hidden && block.kind == BlockKind::Heading(1);
    let mut headlines = (0..blocks.list.len()).filter(|&at| is_headline(&blocks.list[at]));
    let (Some(headline), None) = (headlines.next(), headlines.next()) else { return None };
    let block = &blocks.list[headline];
    if !suspicion.against[headline].is_empty() || block.linked > 0 {
        return None;
    }
    let letters = |node: u32| -> f32 {
        let shown = |&at: &usize| !blocks.list[at].hidden && suspicion.against[at].is_empty();
        blocks.inside(page, node).filter(shown).map(|at| blocks.list[at].size as f32).sum()
    };
    let named = page.nearest(block.node, |around| around.own.any(ARTICLE_OR_MAIN));
    let has_more = |&around: &u32| letters(around) >= MORE_THAN_A_HEADLINE * block.size as f32;
    let node = named.or_else(|| page.ancestors(block.node).find(has_more))?;
    let letters = letters(node);
    let prose = Sums::of(blocks, suspicion).prose.over(&blocks.inside(page, node));
    Some(Headlined { part: Choice { node, prose }, headline: block.node, letters })
}

/// How many times as many letters as its headline a part has at least that nothing else calls the article.
const MORE_THAN_A_HEADLINE: f32 = 3.0;

/// A part of a page with its headline.
pub(super) struct Headlined {
    pub part: Choice,
    /// The node of the headline.
    headline: u32,
    /// Letters in it that aren't furniture.
    letters: f32,
}

/// How many times as many letters as prose a part has that is a list of particulars, such as an office's address, and
/// no short article.
const PARTICULARS: f32 = 2.0;

/// How many times as many letters a banner may have: two sentences, above an address.
const MORE_OF_A_BANNER: f32 = 2.0;

impl Headlined {
    /// Whether it is a better choice than `other`, in which there is little prose too: one that stands for a part of
    /// it, or a banner above the headline that has not much more to say.
    pub(super) fn is_better_than(&self, page: &Page<'_>, other: &Choice) -> bool {
        if page.holds(self.part.node, other.node) {
            return self.letters >= PARTICULARS * self.part.prose;
        }
        !page.holds(other.node, self.part.node)
            && other.node < self.headline
            && other.prose <= MORE_OF_A_BANNER * self.letters
    }
}

/// The share of a page's prose below which a choice is widened to what is around it.
const LITTLE: f32 = 0.6;

/// How many times its own prose the choice must win by being widened one step.
const WORTH_WIDENING: f32 = 0.3;

/// The smallest element around `node` that holds much of the page's prose: an article may be cut into
/// sections, a thread into posts.
fn widen(page: &Page<'_>, blocks: &Blocks, sums: &Sums, node: u32) -> u32 {
    let held = |at: u32| sums.prose.over(&blocks.inside(page, at));
    let total = sums.prose.total();
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

/// What the blocks of a page add to its parts.
struct Sums {
    /// Prose less furniture.
    net: Running,
    /// Prose alone.
    prose: Running,
}

impl Sums {
    fn of(blocks: &Blocks, suspicion: &Suspicion) -> Self {
        let judged = || blocks.list.iter().zip(&suspicion.against);
        let worth = |(block, against): (&Block, &Flags)| {
            if against.is_empty() { prose(blocks, block) } else { 0.0 }
        };
        let worth: Vec<f32> = judged().map(worth).collect();
        let net = judged().zip(&worth).map(|((block, &against), &worth)| weight(block, worth, against));
        Self { net: Running::of(net), prose: Running::of(worth.iter().copied()) }
    }
}

/// Letters of prose up to which a block counts: one long block is no better than a few.
const MOST_WORTH: f32 = 800.0;

/// What a block without prose takes off its part, for being there and for each letter in links.
const PER_SCRAP: f32 = 5.0;
const PER_LINKED_LETTER: f32 = 0.5;

/// Letters in links up to which they count.
const MOST_LINKED: u32 = 200;

/// What a block adds to its part, or takes off. What is suspicious anyway is cut later and hardly counts.
fn weight(block: &Block, worth: f32, against: Flags) -> f32 {
    if block.hidden {
        return 0.0;
    }
    if worth > 0.0 && against.is_empty() {
        return worth.min(MOST_WORTH);
    }
    if matches!(block.kind, BlockKind::Heading(_)) {
        return 0.0;
    }
    if !against.is_empty() {
        return -1.0;
    }
    -PER_SCRAP - PER_LINKED_LETTER * block.linked.min(MOST_LINKED) as f32
}

/// The smallest subtree with the highest net sum.
fn densest(page: &Page<'_>, blocks: &Blocks, sums: &Sums) -> u32 {
    let mut best = (f32::MIN, 0);
    for (at, node) in page.indexed() {
        if node.tag == Tag::Text || node.tag.is_unread() {
            continue;
        }
        let net = sums.net.over(&blocks.inside(page, at));
        if net >= best.0 {
            best = (net, at);
        }
    }
    best.1
}

/// The share of the most prose in any such element from which a smaller one inside of it is preferred.
/// Flat from 0.7 to 0.9 over pages split by site.
const NEARLY_ALL: f32 = 0.85;

/// The element that the page's structure calls the article, if there is one with prose in it.
fn structural(page: &Page<'_>, blocks: &Blocks, sums: &Sums) -> Option<u32> {
    const NAMED: Flags = Flags::all(&[Flags::BODY, Flags::CONTENT, Flags::ARTICLE, Flags::MAIN]);
    let named = || {
        let named = page.indexed().filter(|(_, node)| node.own.any(NAMED));
        named.map(|(at, _)| (at, sums.prose.over(&blocks.inside(page, at))))
    };
    let most = named().map(|(_, prose)| prose).fold(0.0, f32::max);
    named().filter(|&(_, prose)| prose > 0.0 && prose >= NEARLY_ALL * most).map(|(at, _)| at).max()
}

/// The share of the dense candidate's prose that a named part of it must hold to be the choice. What it lacks is
/// mostly biographies and teasers; flat from 0.4 to 0.6 over pages split by site.
const NAMED_ENOUGH: f32 = 0.55;

/// The share of the named candidate's prose that a dense part of it must hold to be the choice.
const DENSE_ENOUGH: f32 = 0.9;

/// The better of two candidates: where one lies in the other, the smaller one if it holds enough, else the one
/// with more prose.
fn settle(page: &Page<'_>, blocks: &Blocks, sums: &Sums, dense: u32, named: u32) -> u32 {
    let (in_dense, in_named) = (blocks.inside(page, dense), blocks.inside(page, named));
    let (dense_prose, named_prose) = (sums.prose.over(&in_dense), sums.prose.over(&in_named));
    if page.holds(dense, named) {
        if named_prose >= NAMED_ENOUGH * dense_prose { named } else { dense }
    } else if page.holds(named, dense) {
        if dense_prose >= DENSE_ENOUGH * named_prose { dense } else { named }
    } else if named_prose >= dense_prose {
        named
    } else {
        dense
    }
}

#[cfg(test)]
mod tests {
    use super::super::furniture::Belief;
    use super::super::nature::Nature;
    use super::*;
    use scraper::Html;

    const PROSE: &str = "<p>The commission met in spring, looked at four proposals and took none of them.</p>\
        <p>Its members could not agree on who should pay, and the ministry had no money left.</p>\
        <p>A year later the same proposals came back, with the same figures and other names.</p>";

    /// The class of the element chosen.
    fn chosen(body: &str) -> String {
        let html = Html::parse_document(body);
        let page = Page::of(&html);
        let blocks = Blocks::of(&page);
        let suspicion = Suspicion::of(&page, &blocks, Belief::Names, Nature::default());
        let choice = choose(&page, &blocks, &suspicion);
        page.nodes[choice.node as usize].attribute("class").unwrap_or_default().to_owned()
    }

    #[test]
    fn prose_is_told_from_links() {
        let links = "<a href=/a>One headline of another article</a><br>".repeat(9);
        assert_eq!(chosen(&format!("<div class=x>{links}</div><div class=y>{PROSE}</div>")), "y");
    }

    #[test]
    fn what_calls_itself_the_article_is_preferred_if_it_holds_enough() {
        let aside = "<p>Amara Finch writes on water, and on those who have to pay for it.</p>";
        assert_eq!(
            chosen(&format!("<div class=z><div class=entry-content>{PROSE}</div>{aside}</div>")),
            "entry-content"
        );
        assert_eq!(chosen(&format!("<div class=z><div class=entry-content>{aside}</div>{PROSE}</div>")), "z");
    }

    #[test]
    fn sections_are_joined() {
        let page = format!("<div class=all><div class=a>{PROSE}</div><div class=b>{PROSE}</div></div>");
        assert_eq!(chosen(&page), "all");
    }
}
