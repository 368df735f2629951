//! [`Verdict`]: for each block of a page whether it belongs to the article, and why if it doesn't.
//!
//! Brings together the choice of a part (`candidate`) and what is furniture in it (`furniture`).

use std::collections::HashSet;

use super::blocks::{Block, Blocks};
use super::candidate::{self, Choice};
use super::furniture::{Belief, Suspicion, is_machine_text, prose};
use super::hints::Flags;
use super::metadata::{self, json_ld::Data};
use super::page::Page;
use crate::model::{Article, BlockKind};

/// What was made of a block of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is the article's.
    Kept,
    /// It isn't.
    Dropped(Reason),
}

/// Why a block is not the article's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// It stands in another part of the page than the article.
    #[error("outside of the article")]
    Outside,
    /// The page doesn't show it.
    #[error("not shown")]
    Hidden,
    /// Its element, role or name says that it is furniture.
    #[error("furniture by element or name")]
    Furniture,
    /// It is little more than links.
    #[error("links only")]
    Links,
    /// It is a program's text, not a person's.
    #[error("a style sheet or data")]
    Machine,
    /// A date, a name, a heading over nothing: what is left of furniture around the text.
    #[error("a scrap at the edge of the text, or a heading over nothing")]
    Scrap,
    /// It stood before, word for word.
    #[error("repeats an earlier block")]
    Repeated,
    /// It is the title, which is kept apart.
    #[error("the title")]
    Title,
}

/// A block of a page, and what was made of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// What kind of block it is.
    pub kind: BlockKind,
    /// Its text.
    pub text: String,
    /// Whether it was kept.
    pub verdict: Verdict,
    /// The elements around it, outermost first.
    pub place: String,
}

/// The blocks of an article of which nothing was dropped.
pub(super) fn all_kept(article: &Article) -> Vec<Explained> {
    let text = |block: &crate::model::Block| block.span.of(&article.text).unwrap_or_default().to_owned();
    let explained = |block: &crate::model::Block| Explained {
        kind: block.kind,
        text: text(block),
        verdict: Verdict::Kept,
        place: String::new(),
    };
    article.blocks.iter().map(explained).collect()
}

/// Letters of prose that make an article; with less, hints are doubted.
const ENOUGH_PROSE: f32 = 250.0;

/// How many times the prose a choice must find by doubting hints, to be the better one.
const WORTH_DOUBTING: f32 = 4.0;

/// Whether the page marks itself as a thread of posts.
fn is_thread(page: &Page<'_>) -> bool {
    page.nodes.iter().any(|node| {
        node.attribute("itemtype")
            .is_some_and(|kind| kind.ends_with("DiscussionForumPosting") || kind.ends_with("QAPage"))
    })
}

/// The part of the page that is the article, with as many hints followed as leave one.
fn choose(page: &Page<'_>, blocks: &Blocks, thread: bool) -> (Suspicion, Choice) {
    let attempt = |belief| {
        let suspicion = Suspicion::of(page, blocks, belief, thread);
        let choice = candidate::choose(page, blocks, &suspicion);
        (suspicion, choice)
    };
    let mut best = attempt(Belief::Names);
    for belief in [Belief::Elements, Belief::Nothing] {
        if best.1.prose >= ENOUGH_PROSE {
            break;
        }
        let next = attempt(belief);
        if next.1.prose > WORTH_DOUBTING * best.1.prose {
            best = next;
        }
    }
    best
}

/// A verdict for each of `blocks`.
pub(super) fn reach(page: &Page<'_>, blocks: &Blocks, data: &Data, title: &str) -> Vec<Verdict> {
    let (suspicion, choice) = choose(page, blocks, data.is_thread || is_thread(page));
    let inside = blocks.inside(page, choice.node);
    let mut seen = HashSet::new();
    let mut headings = 0;
    let mut verdict = |at: usize, block: &Block| {
        if !inside.contains(&at) {
            return Some(Reason::Outside);
        }
        if block.hidden {
            return Some(Reason::Hidden);
        }
        if !suspicion.against[at].without(Flags::ASIDE).is_empty() {
            return Some(Reason::Furniture);
        }
        let is_heading = matches!(block.kind, BlockKind::Heading(_));
        if block.link_share() > 0.9 && !is_heading && block.size < 80 {
            return Some(Reason::Links);
        }
        let text = blocks.text_of(block);
        if is_pointer(block, text) {
            return Some(Reason::Links);
        }
        if block.kind != BlockKind::Preformatted && is_machine_text(text) {
            return Some(Reason::Machine);
        }
        if text.starts_with('©') || text.starts_with("Copyright ©") {
            return Some(Reason::Furniture);
        }
        if text.len() > 40 && !seen.insert(text) {
            return Some(Reason::Repeated);
        }
        if is_heading {
            headings += 1;
            if headings <= 3 && metadata::same_words(text, title) {
                return Some(Reason::Title);
            }
        }
        None
    };
    let verdict = |(at, block)| verdict(at, block).map_or(Verdict::Kept, Verdict::Dropped);
    let mut verdicts: Vec<Verdict> = blocks.list.iter().enumerate().map(verdict).collect();
    trim_edges(blocks, &mut verdicts);
    drop_bare_headings(blocks, &mut verdicts);
    verdicts
}

/// Letters of the longest line that points to another article.
const POINTER_LETTERS: u32 = 200;

/// The share of such a line that is link.
const POINTER_LINK_SHARE: f32 = 0.6;

/// Letters of the longest label before such a link: "You may also like:".
const LABEL_BYTES: usize = 40;

/// Whether a paragraph is a label with a link behind it: a pointer to another article, in whatever language.
fn is_pointer(block: &Block, text: &str) -> bool {
    let linked = block.size <= POINTER_LETTERS && block.link_share() >= POINTER_LINK_SHARE;
    linked && block.kind == BlockKind::Paragraph && text.find([':', '：']).is_some_and(|at| at <= LABEL_BYTES)
}

/// Letters of a line that is too short to be an article's first or last.
const SCRAP_LETTERS: u32 = 60;

/// The part of an article, as a divisor, that scraps at its edges are at most; a text of many short lines is
/// none with long edges.
const EDGES_AT_MOST: u32 = 8;

/// Drops scraps before the first and behind the last running text: dates, names, what buttons left behind.
fn trim_edges(blocks: &Blocks, verdicts: &mut [Verdict]) {
    let is_prose = |at: &usize| verdicts[*at] == Verdict::Kept && prose(blocks, &blocks.list[*at]) > 0.0;
    let Some(first) = (0..verdicts.len()).find(is_prose) else { return };
    let last = (0..verdicts.len()).rfind(is_prose).unwrap_or(first);
    let kept = |range: std::ops::Range<usize>| -> u32 {
        range.filter(|&at| verdicts[at] == Verdict::Kept).map(|at| blocks.list[at].size).sum()
    };
    let (edges, whole) = (kept(0..first) + kept(last + 1..verdicts.len()), kept(0..verdicts.len()));
    if edges > whole / EDGES_AT_MOST {
        return;
    }
    for (at, (verdict, block)) in verdicts.iter_mut().zip(&blocks.list).enumerate() {
        let scrap = match block.kind {
            BlockKind::Paragraph => block.size < SCRAP_LETTERS,
            BlockKind::Heading(_) => at > last,
            _ => false,
        };
        if scrap && *verdict == Verdict::Kept && !(first..=last).contains(&at) {
            *verdict = Verdict::Dropped(Reason::Scrap);
        }
    }
}

/// Drops headings whose section was dropped.
fn drop_bare_headings(blocks: &Blocks, verdicts: &mut [Verdict]) {
    let mut next_level = 0;
    let mut lost = false;
    for at in (0..verdicts.len()).rev() {
        match (blocks.list[at].kind, verdicts[at]) {
            (BlockKind::Heading(level), Verdict::Kept) => {
                if lost && next_level <= level {
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
            (_, Verdict::Dropped(Reason::Furniture | Reason::Links | Reason::Outside)) => lost = true,
            _ => {}
        }
    }
}
