//! [`Verdict`]: for each block of a page whether it belongs to the article, and why if it doesn't.
//!
//! Brings together the choice of a part (`candidate`) and what is furniture in it (`furniture`).

use std::ops::Range;

use super::amid;
use super::blocks::{Block, Blocks};
use super::candidate::{self, Choice};
use super::copies;
use super::furniture::{Belief, Suspicion, is_machine_text, prose};
use super::hints::Flags;
use super::jumps;
use super::metadata::{self, json_ld::Data};
use super::nature::Nature;
use super::page::{Page, index};
use super::tag::Tag;
use super::trim;
use crate::model::{Article, BlockKind, Metadata};

/// What was made of a block of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is the article's.
    Kept,
    /// It isn't.
    Dropped(Reason),
}

impl Verdict {
    /// Whether it was dropped for pointing elsewhere or for being furniture, which labels and headings stand over.
    pub(super) fn is_of_furniture(self) -> bool {
        matches!(self, Self::Dropped(Reason::Furniture | Reason::Links))
    }
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
    /// Its element, role or name says that it is furniture, or what it stands among: cards, a form to reply.
    #[error("furniture by element, name or surroundings")]
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
    /// It tells who wrote the article, or when, which is kept apart.
    #[error("about the article or its author")]
    About,
    /// It stood before, word for word.
    #[error("repeats an earlier block")]
    Repeated,
    /// It is the title, which is kept apart.
    #[error("the title")]
    Title,
}

/// The letters of the blocks in `range` that are kept.
pub(super) fn letters_kept(blocks: &Blocks, verdicts: &[Verdict], range: Range<usize>) -> u32 {
    let kept = range.filter(|&at| verdicts[at] == Verdict::Kept);
    kept.map(|at| blocks.list[at].size).sum()
}

/// The first and the last running text that is kept.
pub(super) fn ends_of_text(blocks: &Blocks, verdicts: &[Verdict]) -> Option<(usize, usize)> {
    let is_text = |at: &usize| verdicts[*at] == Verdict::Kept && prose(blocks, &blocks.list[*at]) > 0.0;
    let first = (0..verdicts.len()).find(is_text)?;
    Some((first, (first..verdicts.len()).rfind(is_text).unwrap_or(first)))
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

/// The part of a page that is the article.
struct Chosen {
    suspicion: Suspicion,
    part: Choice,
    /// Whether lines that are links and nothing else are text of it.
    keeps_links: bool,
}

/// The part of the page that is the article, with as many hints followed as leave one.
fn choose(page: &Page<'_>, blocks: &Blocks, nature: Nature) -> Chosen {
    let attempt = |belief| {
        let suspicion = Suspicion::of(page, blocks, belief, nature);
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
    let (suspicion, part) = best;
    if (part.prose < ENOUGH_PROSE || stands_in_head(page, part.node))
        && let Some(headlined) = headlined(page, blocks, nature, &part)
    {
        return headlined;
    }
    Chosen { suspicion, part, keeps_links: false }
}

/// Whether `node` lies in the head or foot of the page, as what a government says of its sites does, and in no article.
fn stands_in_head(page: &Page<'_>, node: u32) -> bool {
    const HEAD: Flags = Flags::all(&[Flags::HEADER, Flags::MASTHEAD]);
    page.lies_in(node, HEAD) && !page.lies_in(node, Flags::ARTICLE | Flags::MAIN)
}

/// The part that the page calls its article and that has its headline, if it is a better choice than `other`.
fn headlined(page: &Page<'_>, blocks: &Blocks, nature: Nature, other: &Choice) -> Option<Chosen> {
    let suspicion = Suspicion::of(page, blocks, Belief::Names, nature);
    let headlined = candidate::headlined(page, blocks, &suspicion)?;
    let is_better = headlined.is_better_than(page, other);
    is_better.then_some(Chosen { suspicion, part: headlined.part, keeps_links: true })
}

/// A verdict for each of `blocks`, given what is `known` about the article.
pub(super) fn reach(page: &Page<'_>, blocks: &Blocks, data: &Data, known: &Metadata) -> Vec<Verdict> {
    let nature = Nature::of(page, data, known);
    let Chosen { suspicion, part, keeps_links } = choose(page, blocks, nature);
    let inside = blocks.inside(page, part.node);
    let keeps_links = keeps_links || nature.is_other() && lists_links(blocks, &suspicion, &inside);
    let title = known.title.as_deref().unwrap_or_default();
    let (mut headings, mut kept) = (0, 0);
    let mut verdicts = Vec::with_capacity(blocks.list.len());
    for (at, block) in blocks.list.iter().enumerate() {
        let reason = if inside.contains(&at) {
            let keeps_links = keeps_links && !jumps::stays_on_page(page, blocks, at);
            against(blocks, block, suspicion.against[at], keeps_links)
        } else {
            Some(Reason::Outside)
        };
        let is_heading = reason.is_none() && matches!(block.kind, BlockKind::Heading(_));
        headings += u32::from(is_heading);
        let opens = kept < LINES_BY_TITLE || is_heading && headings <= HEADINGS_BY_TITLE;
        let is_headline = matches!(block.kind, BlockKind::Heading(1));
        let text = blocks.text_of(block);
        let says_title =
            metadata::same_words(text, title) || is_headline && metadata::is_labelled(text, title);
        let is_title = reason.is_none() && opens && says_title;
        kept += u32::from(reason.is_none());
        let reason = reason.or(is_title.then_some(Reason::Title));
        verdicts.push(reason.map_or(Verdict::Kept, Verdict::Dropped));
    }
    copies::drop_copies(page, blocks, nature, title, &mut verdicts);
    copies::drop_source(blocks, &mut verdicts);
    trim::trim(page, blocks, known, &mut verdicts);
    if nature.is_undated_other() {
        keep_introduction(page, blocks, &suspicion, part.node, &mut verdicts);
    }
    amid::keep(page, blocks, &mut verdicts);
    // Some sites call every page an article.
    let is_article = nature.is_article && verdicts.contains(&Verdict::Kept);
    let listed =
        if is_article { None } else { list_page(page, blocks, &suspicion, nature, title, &verdicts) };
    listed.unwrap_or(verdicts)
}

/// Verdicts for a page on which no article stands out: it is kept whole, but for its furniture and links that lead to
/// places on it.
pub(super) fn all_but_furniture(
    page: &Page<'_>,
    blocks: &Blocks,
    data: &Data,
    known: &Metadata,
) -> Vec<Verdict> {
    let nature = Nature::of(page, data, known);
    let suspicion = Suspicion::of(page, blocks, Belief::Names, nature);
    let verdict = |(at, block): (usize, &Block)| {
        let keeps_links = !jumps::stays_on_page(page, blocks, at);
        let reason = against(blocks, block, suspicion.against[at], keeps_links);
        reason.map_or(Verdict::Kept, Verdict::Dropped)
    };
    let mut verdicts: Vec<Verdict> = blocks.list.iter().enumerate().map(verdict).collect();
    let title = known.title.as_deref().unwrap_or_default();
    copies::drop_copies(page, blocks, nature, title, &mut verdicts);
    verdicts
}

/// Keeps the sentences between the only headline of a page's main part and the part `node` of it that was chosen: on a
/// page that is no article they say what a list is of, or whom an office serves.
fn keep_introduction(
    page: &Page<'_>,
    blocks: &Blocks,
    suspicion: &Suspicion,
    node: u32,
    verdicts: &mut [Verdict],
) {
    let mut headlines = (0..page.nodes.len()).filter(|&at| page.nodes[at].tag == Tag::H1).map(index);
    let (Some(headline), None) = (headlines.next(), headlines.next()) else { return };
    let is_main = |around: u32| page.nodes[around as usize].own.any(Flags::MAIN);
    if !page.ancestors(node).any(|around| is_main(around) && page.holds(around, headline)) {
        return;
    }
    let between = blocks.inside(page, headline).end..blocks.inside(page, node).start;
    for at in between {
        let block = &blocks.list[at];
        if prose(blocks, block) > 0.0 && against(blocks, block, suspicion.against[at], false).is_none() {
            verdicts[at] = Verdict::Kept;
        }
    }
}

/// The share of the letters kept otherwise from which lines of links are a part of the text: a page of services has a
/// few sentences over each list of them. F1 +.0005 over all pages of WCXB's development set.
const LISTED_LINKS_SHARE: f32 = 0.2;

/// Whether lines that are links and nothing else are text of the part `inside` of a page that is no article, where
/// links to other articles are few.
fn lists_links(blocks: &Blocks, suspicion: &Suspicion, inside: &Range<usize>) -> bool {
    let (mut linked, mut kept) = (0, 0);
    for (block, &suspicion) in blocks.list[inside.clone()].iter().zip(&suspicion.against[inside.clone()]) {
        match against(blocks, block, suspicion, false) {
            Some(Reason::Links) if against(blocks, block, suspicion, true).is_none() => linked += block.size,
            None => kept += block.size,
            Some(_) => {}
        }
    }
    linked as f32 >= LISTED_LINKS_SHARE * kept as f32
}

/// Letters of text up to which a page may be a list rather than an article: a portal has an introduction, and cards
/// with a sentence each. With the next two, in place of 700, 4 and no more pardoned than cards, pointers, asides, tags
/// and dates: F1 +.0037 over all pages of WCXB's development set, lists +.025.
const LIST_PAGE_LETTERS: u32 = 2_500;

/// How many times as many letters its list must hold.
const LIST_PAGE_TIMES: u32 = 2;

/// Names that are given to the entries of a list and their lines, so that they say nothing against it.
const NAMES_OF_ENTRIES: Flags = Flags::all(&[
    Flags::CARD,
    Flags::RELATED,
    Flags::ASIDE,
    Flags::TAGS,
    Flags::DATE,
    Flags::ABOUT,
    Flags::ADVERT,
    Flags::TEASER,
]);

/// Verdicts for a page that has next to no text but links: a list of articles, products or places, which is
/// kept with its links.
fn list_page(
    page: &Page<'_>,
    blocks: &Blocks,
    suspicion: &Suspicion,
    nature: Nature,
    title: &str,
    verdicts: &[Verdict],
) -> Option<Vec<Verdict>> {
    let letters = |verdicts: &[Verdict]| letters_kept(blocks, verdicts, 0..verdicts.len());
    let kept = letters(verdicts);
    if kept > LIST_PAGE_LETTERS {
        return None;
    }
    let mains = page.indexed().filter(|(_, node)| node.own.any(Flags::MAIN));
    let ranges = mains.map(|(at, _)| blocks.inside(page, at));
    let inside = ranges.max_by_key(Range::len).unwrap_or(0..blocks.list.len());
    let is_listed = |at: usize| suspicion.against[at].without(NAMES_OF_ENTRIES).is_empty();
    let is_jump =
        |at: usize| blocks.list[at].link_share() > ALL_LINK && jumps::stays_on_page(page, blocks, at);
    let verdict = |(at, block): (usize, &Block)| match is_listed(at) {
        _ if !inside.contains(&at) => Verdict::Dropped(Reason::Outside),
        _ if block.hidden => Verdict::Dropped(Reason::Hidden),
        false => Verdict::Dropped(Reason::Furniture),
        true if is_jump(at) => Verdict::Dropped(Reason::Links),
        true => Verdict::Kept,
    };
    let mut listed: Vec<Verdict> = blocks.list.iter().enumerate().map(verdict).collect();
    copies::drop_copies(page, blocks, nature, title, &mut listed);
    copies::drop_source(blocks, &mut listed);
    (letters(&listed) >= LIST_PAGE_TIMES * kept).then_some(listed)
}

/// Blocks at an article's start among which its title may stand, as a heading or not.
const LINES_BY_TITLE: u32 = 4;

/// Headings of an article among which its title may be repeated.
const HEADINGS_BY_TITLE: u32 = 3;

/// What speaks against a block of the article by itself; `suspicion` is what its elements are suspected of, and links
/// may be text of it.
fn against(blocks: &Blocks, block: &Block, suspicion: Flags, keeps_links: bool) -> Option<Reason> {
    if block.hidden {
        return Some(Reason::Hidden);
    }
    if !suspicion.is_empty() {
        return Some(Reason::Furniture);
    }
    let text = blocks.text_of(block);
    let is_heading = matches!(block.kind, BlockKind::Heading(_));
    let is_link = block.link_share() > ALL_LINK && !is_heading && block.size < LINK_LETTERS;
    if is_link && (!keeps_links || is_step(text)) || is_link_list(block) || is_pointer(block, text) {
        return Some(Reason::Links);
    }
    if block.kind != BlockKind::Preformatted && is_machine_text(text) {
        return Some(Reason::Machine);
    }
    let is_notice = text.starts_with('©') || text.starts_with("Copyright ©");
    is_notice.then_some(Reason::Furniture)
}

/// Letters at most of a link that leads from page to page of a list and is no number: one of the alphabet, an arrow.
const STEP_LETTERS: usize = 2;

/// Whether a link leads from page to page of a list.
fn is_step(text: &str) -> bool {
    text.chars().count() <= STEP_LETTERS || text.chars().all(char::is_numeric)
}

/// Whether a block is a label in bold type with lines of links below: "See also".
fn is_link_list(block: &Block) -> bool {
    block.run_in.is_some()
        && block.linked > 0
        && (block.linked + block.bold) as f32 > ALL_LINK * block.size as f32
}

/// The share of a block's letters in links from which it is a link and nothing else.
const ALL_LINK: f32 = 0.9;

/// Letters from which such a block is text after all, as in lists of sources.
const LINK_LETTERS: u32 = 80;

/// Letters of the longest line that points to another article.
const POINTER_LETTERS: u32 = 200;

/// The share of such a line that is link.
const POINTER_LINK_SHARE: f32 = 0.6;

/// Bytes of the longest label before such a link: "You may also like:".
const LABEL_BYTES: usize = 40;

/// Whether a paragraph is a label with a link behind it: a pointer to another article, in whatever language.
pub(super) fn is_pointer(block: &Block, text: &str) -> bool {
    let linked = block.size <= POINTER_LETTERS && block.link_share() >= POINTER_LINK_SHARE;
    let is_address = text.contains("://");
    linked
        && !is_address
        && block.kind == BlockKind::Paragraph
        && text.find([':', '：']).is_some_and(|at| at <= LABEL_BYTES)
}
