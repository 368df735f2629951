//! What of a page is furniture: menus, share bars, biographies, captions and the like.
//!
//! [`Suspicion`] tells which elements are believed to be furniture. An element that holds much of the
//! page's prose is believed to be what it holds, whatever its name says.

use super::blocks::{Block, Blocks};
use super::hints::Flags;
use super::nature::Nature;
use super::page::{Page, index};
use super::tag::Tag;
use super::{cards, replies};
use crate::model::BlockKind;
use crate::text::ends_sentence;

/// Parts of a page that no reader takes for the article, by element or role.
const BY_ELEMENT: Flags = Flags::all(&[
    Flags::NAV,
    Flags::FOOTER,
    Flags::ASIDE,
    Flags::DIALOG,
    Flags::CAPTION,
    Flags::CONTROL,
    Flags::FOLDED,
    Flags::FORM,
]);

/// The same by name.
const BY_NAME: Flags = Flags::all(&[
    Flags::COMMENTS,
    Flags::RELATED,
    Flags::SHARE,
    Flags::NEWSLETTER,
    Flags::AUTHOR,
    Flags::ABOUT,
    Flags::MENU,
    Flags::SIDEBAR,
    Flags::ADVERT,
    Flags::OVERLAY,
    Flags::MASTHEAD,
    Flags::CREDIT,
    Flags::TAGS,
    Flags::DATE,
    Flags::CONTENTS,
    Flags::TEASER,
]);

/// Names for parts that are all links or short lines. A part that reads otherwise isn't what it is called.
const BRIEF: Flags = Flags::all(&[
    Flags::MENU,
    Flags::SHARE,
    Flags::ABOUT,
    Flags::TAGS,
    Flags::DATE,
    Flags::CONTENTS,
    Flags::CREDIT,
    Flags::MASTHEAD,
    Flags::ADVERT,
    Flags::NEWSLETTER,
    Flags::AUTHOR,
    Flags::OVERLAY,
]);

/// The share of a page's prose that an element must hold for its name not to count against it.
const TRUSTED_SHARE: f32 = 0.5;

/// What stays furniture even then, outside of what calls itself an article: the fine print in a page's foot is
/// longer than many a text.
const NEVER_TRUSTED: Flags = Flags::all(&[Flags::CAPTION, Flags::FOOTER, Flags::NAV]);

/// Letters of prose above which a part isn't brief.
const BRIEF_LETTERS: f32 = 1_500.0;

/// Names for lists of links. A part with a paragraph in it isn't one, but text with a table of contents or one
/// that unfolds.
const LINKS_ONLY: Flags = Flags::all(&[Flags::MENU, Flags::CONTENTS]);

/// Letters of prose above which a part is no list of links.
const LINKS_ONLY_LETTERS: f32 = 200.0;

/// Letters of prose above which what stands aside is a part of the text: a box rather than a pointer or a
/// sentence picked from it. Flat from 150 to 400.
const ASIDE_LETTERS: f32 = 200.0;

/// Letters of prose above which hidden text is the article's, for its reader to unfold: accordions, long
/// passages, pages that a script shows once they are read. Menus and boxes hold less.
const UNFOLDED_LETTERS: f32 = 150.0;

/// Letters of prose above which a form may be the frame of a whole page, as some servers make them.
const FORM_LETTERS: f32 = 200.0;

/// The share of a page's prose from which it is. What stands beside the fields of a form to fill in is less.
const FORM_SHARE: f32 = 0.3;

/// How far hints are followed. Where following them all leaves nothing, fewer are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Belief {
    /// Names, elements and roles.
    Names,
    /// Elements and roles.
    Elements,
    /// Neither.
    Nothing,
}

/// Which nodes lie in furniture.
#[derive(Debug)]
pub(super) struct Suspicion {
    /// For each block, what speaks against it.
    pub against: Vec<Flags>,
}

impl Suspicion {
    /// Weighs what the elements of `page` say of themselves against the prose they hold.
    pub(super) fn of(page: &Page<'_>, blocks: &Blocks, belief: Belief, nature: Nature) -> Self {
        let prose = running_prose(blocks);
        let total = prose.last().copied().unwrap_or(0.0).max(1.0);
        let mut believed = match belief {
            Belief::Names => BY_ELEMENT | BY_NAME,
            Belief::Elements => BY_ELEMENT,
            Belief::Nothing => Flags::default(),
        };
        if nature.is_thread {
            believed = believed.without(Flags::COMMENTS);
        }
        let mut around: Vec<Flags> = Vec::with_capacity(page.nodes.len());
        for (at, node) in page.nodes.iter().enumerate() {
            let mut outer = if at == 0 { Flags::default() } else { around[node.parent as usize] };
            if node.own.any(Flags::LEAD) {
                let inside = blocks.inside(page, index(at));
                if prose[inside.end] - prose[inside.start] > 0.0 {
                    outer = outer.without(Flags::ABOUT);
                }
            }
            let mut own = node.own.and(believed);
            if !own.is_empty() && is_part_of_line(page, blocks, at) {
                own = Flags::default();
            }
            if !own.is_empty() {
                let inside = blocks.inside(page, index(at));
                let held = prose[inside.end] - prose[inside.start];
                own = outweighed(own, held, total, node.own.any(Flags::DIALOG));
                if held / total >= TRUSTED_SHARE || exempt(page, at) {
                    own = own.and(if in_article(page, at) { Flags::CAPTION } else { NEVER_TRUSTED });
                }
            }
            around.push(outer | own);
        }
        if !nature.is_thread {
            replies::mark(page, blocks, &prose, &mut around);
        }
        cards::mark(page, blocks, &mut around);
        let mut against: Vec<Flags> = blocks.list.iter().map(|block| around[block.node as usize]).collect();
        cards::unmark_those_of_articles(blocks, &mut against);
        Self { against }
    }
}

/// What an element says of itself, `own`, without what isn't believed of so much prose: `held` letters, of `total` on the
/// page.
fn outweighed(mut own: Flags, held: f32, total: f32, is_dialog: bool) -> Flags {
    for (outweighs, flags) in [
        (held >= BRIEF_LETTERS, BRIEF),
        (held >= ASIDE_LETTERS, Flags::ASIDE),
        (held >= LINKS_ONLY_LETTERS, LINKS_ONLY),
        (held >= FORM_LETTERS && held >= FORM_SHARE * total, Flags::FORM),
        (held >= UNFOLDED_LETTERS && !is_dialog, Flags::FOLDED),
    ] {
        if outweighs {
            own = own.without(flags);
        }
    }
    own
}

/// Elements whose class names speak of style or of themselves rather than of a part of the page.
fn exempt(page: &Page<'_>, at: usize) -> bool {
    matches!(
        page.nodes[at].tag,
        Tag::P | Tag::Article | Tag::Main | Tag::Html | Tag::Body | Tag::Table | Tag::Tr | Tag::Td | Tag::Th
    ) && !page.nodes[at].own.any(Flags::all(&[
        Flags::CREDIT,
        Flags::CONTROL,
        Flags::AUTHOR,
        Flags::DATE,
        Flags::TEASER,
    ]))
}

/// Whether an element lies in what calls itself an article, or the page's main part.
fn in_article(page: &Page<'_>, at: usize) -> bool {
    const NAMED: Flags = Flags::all(&[Flags::ARTICLE, Flags::MAIN, Flags::BODY]);
    page.ancestors(index(at)).any(|around| page.nodes[around as usize].own.any(NAMED))
}

/// Whether an element is a part of a line of text, whose names speak of itself and not of the line.
fn is_part_of_line(page: &Page<'_>, blocks: &Blocks, at: usize) -> bool {
    let node = &page.nodes[at];
    if node.tag.is_block() {
        return false;
    }
    let [block] = &blocks.list[blocks.inside(page, index(at))] else { return false };
    let inside = &page.nodes[at..node.end as usize];
    let bytes: usize = inside.iter().map(|node| node.text.trim().len()).sum();
    block.link_share() <= 0.5 && 2 * bytes < (block.end - block.start) as usize
}

/// For each block the prose before it, and all of it at the end.
fn running_prose(blocks: &Blocks) -> Vec<f32> {
    let mut sum = 0.0;
    let mut running = Vec::with_capacity(blocks.list.len() + 1);
    running.push(0.0);
    for block in &blocks.list {
        sum += prose(blocks, block);
        running.push(sum);
    }
    running
}

/// Letters of running text in a block: what isn't link, in blocks that read like sentences.
pub(super) fn prose(blocks: &Blocks, block: &Block) -> f32 {
    if block.hidden || matches!(block.kind, BlockKind::Heading(_)) || block.link_share() > 0.5 {
        return 0.0;
    }
    let free = (block.size - block.linked) as f32;
    if block.size >= 80 || block.size >= 25 && ends_sentence(blocks.text_of(block)) { free } else { 0.0 }
}

/// Whether a text is a program's: a style sheet or data that came to be shown.
pub(super) fn is_machine_text(text: &str) -> bool {
    const SIGNS: [u8; 7] = *b"{};:\"=#";
    let Some(brace) = memchr::memchr(b'{', text.as_bytes()) else { return false };
    let signs = text.bytes().filter(|byte| SIGNS.contains(byte)).count();
    let opens = text[brace..].contains('}');
    opens && signs * 12 > text.len() || text.starts_with("{\"") || text.starts_with("[{\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_sheets_and_data_are_told_from_prose() {
        for text in
            ["#pf-body #pf-header-img{max-height:100%;}", "{\"a\":1}", ".a { color: red; } .b { top: 0 }"]
        {
            assert!(is_machine_text(text), "{text}");
        }
        for text in
            ["The set {1, 2} is small, and nobody minded it at all.", "Note: see \"Water\"; it is long."]
        {
            assert!(!is_machine_text(text), "{text}");
        }
    }
}
