//! What of a page is furniture: menus, share bars, biographies, captions and the like.
//!
//! [`Suspicion`] tells which elements are believed to be furniture. An element that holds much of the
//! page's prose is believed to be what it holds, whatever its name says.

use std::ops::BitOr;

use super::blocks::{Block, Blocks};
use super::hints::Flags;
use super::nature::Nature;
use super::page::{Page, index};
use super::running::Running;
use super::tag::Tag;
use super::unshown::UNFOLDED_LETTERS;
use super::{cards, replies, subject};
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
const NAMES: [Flags; 16] = [
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
];

/// All of them.
const BY_NAME: Flags = Flags::all(&NAMES);

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

/// Names for what is said about an article, or asked of those who have read it. On a page that is none, they are those
/// of its own parts: the day of an event, the line below a product, the box of an office that can be contacted, the
/// teaser of a service. Not to believe them there gives F1 +.0007 over all pages of WCXB's development set.
const ABOUT_ARTICLES: Flags = Flags::all(&[Flags::ABOUT, Flags::DATE, Flags::NEWSLETTER, Flags::TEASER]);

/// The share of a page's prose that an element must hold for its name not to count against it.
const TRUSTED_SHARE: f32 = 0.5;

/// The share that elements of one name must hold together. F1 +.0009 over all pages of WCXB's development set.
const JOINTLY_TRUSTED_SHARE: f32 = 0.6;

/// How many of them have prose at least: a name that comes back is one of the page's entries.
const FEWEST_PARTS_OF_TEXT: usize = 3;

/// What stays furniture even then, outside of what calls itself an article: the fine print in a page's foot is
/// longer than many a text, and so are lists of cookies. That their dialogs are never believed to be the text, nor when
/// other names are doubted, gives F1 +.002 over all pages of WCXB's development set.
const NEVER_TRUSTED: Flags = Flags::all(&[Flags::CAPTION, Flags::FOOTER, Flags::NAV, Flags::CONSENT]);

/// Letters of prose above which a part isn't brief.
const BRIEF_LETTERS: f32 = 1_500.0;

/// Names for lists of links. A part with a paragraph in it isn't one, but text with a table of contents or one
/// that unfolds.
const LINKS_ONLY: Flags = Flags::all(&[Flags::MENU, Flags::CONTENTS]);

/// Letters of prose above which a part is no list of links.
const LINKS_ONLY_LETTERS: f32 = 200.0;

/// Letters of prose above which what stands aside is a part of the text: a box rather than a pointer or a
/// sentence picked from it. Flat from 150 to 400. The same goes for what is named an advertisement or a date:
/// promotions of a site's own courses, entries of a calendar. F1 +.0003 over all pages of WCXB's development set.
const ASIDE_LETTERS: f32 = 200.0;

/// Letters of prose above which a part is no picture's credit. F1 +.0001.
const CREDIT_LETTERS: f32 = 500.0;

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
        let prose = Running::of(blocks.list.iter().map(|block| prose(blocks, block)));
        let believed = believed(belief, nature);
        let believed = believed.without(names_of_text(page, blocks, &prose, believed));
        let mut around: Vec<Flags> = Vec::with_capacity(page.nodes.len());
        for (at, node) in page.nodes.iter().enumerate() {
            let mut outer = if at == 0 { Flags::default() } else { around[node.parent as usize] };
            let held = prose.over(&blocks.inside(page, index(at)));
            if node.own.any(Flags::LEAD) && held > 0.0 {
                outer = outer.without(Flags::ABOUT);
            }
            let mut own = node.own.and(believed);
            if !own.is_empty() && is_part_of_line(page, blocks, at) {
                own = Flags::default();
            }
            if !own.is_empty() {
                own = weighed(page, blocks, &prose, at, own, held);
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

/// What node `at` says of itself, `own`, without what isn't believed of the `held` letters of prose in it.
fn weighed(page: &Page<'_>, blocks: &Blocks, prose: &Running, at: usize, mut own: Flags, held: f32) -> Flags {
    let total = prose.total().max(1.0);
    let node = &page.nodes[at];
    own = outweighed(own, held, total, node.own.any(Flags::DIALOG));
    if own.any(Flags::CAPTION | Flags::CREDIT) && names_table(page, at) {
        own = own.without(Flags::CAPTION | Flags::CREDIT);
    }
    if own.any(Flags::FOLDED) && held > 0.0 && lies_below_heading(page, at) {
        own = own.without(Flags::FOLDED); // A short answer.
    }
    if own.any(Flags::CONSENT) && held >= BRIEF_LETTERS && in_article(page, at) {
        own = own.without(Flags::CONSENT); // What a site says of its cookies, for people to read.
    }
    let named = own.and(BY_NAME | Flags::CONSENT);
    if !named.is_empty() && subject::is_named_after(page, blocks, at, named, held) {
        own = own.without(named);
    }
    if own.any(OF_ARTICLES) && in_article(page, at) {
        own = own.without(of_article(page, blocks, prose, at, own, held));
    }
    if held / total >= TRUSTED_SHARE || exempt(page, at) {
        own = own.and(never_trusted(page, at, own));
    }
    own
}

/// What is said of parts of articles, too.
const OF_ARTICLES: Flags = Flags::all(&[Flags::RELATED, Flags::OVERLAY]);

/// What of what is said of node `at` in an article, `own`, says nothing against it, which holds so much prose.
fn of_article(page: &Page<'_>, blocks: &Blocks, prose: &Running, at: usize, own: Flags, held: f32) -> Flags {
    let mut of_article = Flags::default();
    if own.any(Flags::RELATED) && subject::is_no_pointer(page, blocks, at, prose) {
        of_article |= Flags::RELATED;
    }
    if own.any(Flags::OVERLAY) && subject::is_paid_for(page, blocks, at, held) {
        of_article |= Flags::OVERLAY;
    }
    of_article
}

/// What is believed at first of what elements say.
fn believed(belief: Belief, nature: Nature) -> Flags {
    let mut believed = Flags::CONSENT
        | match belief {
            Belief::Names => BY_ELEMENT | BY_NAME,
            Belief::Elements => BY_ELEMENT,
            Belief::Nothing => Flags::default(),
        };
    if nature.is_thread {
        believed = believed.without(Flags::COMMENTS);
    }
    if nature.is_undated_other() {
        believed = believed.without(ABOUT_ARTICLES);
    }
    believed
}

/// Those of the names `believed` whose elements hold most of the page's prose together: each of its entries, sections
/// or answers has the name, and holds little.
fn names_of_text(page: &Page<'_>, blocks: &Blocks, prose: &Running, believed: Flags) -> Flags {
    let named: Vec<usize> = (0..page.nodes.len()).filter(|&at| page.nodes[at].own.any(BY_NAME)).collect();
    let is_of_text = |name: &Flags| {
        let (mut parts, mut held, mut end) = (0, 0.0, 0);
        for &at in named.iter().filter(|&&at| page.nodes[at].own.any(*name)) {
            if at < end {
                continue; // It lies in the last one.
            }
            end = page.nodes[at].end as usize;
            let letters = prose.over(&blocks.inside(page, index(at)));
            parts += usize::from(letters > 0.0);
            held += letters;
        }
        parts >= FEWEST_PARTS_OF_TEXT && held >= JOINTLY_TRUSTED_SHARE * prose.total()
    };
    // What readers say may well be more than the article.
    let doubted = NAMES.into_iter().filter(|&name| believed.any(name) && name != Flags::COMMENTS);
    doubted.filter(is_of_text).fold(Flags::default(), BitOr::bitor)
}

/// What an element says of itself, `own`, without what isn't believed of so much prose: `held` letters, of `total` on
/// the page.
fn outweighed(mut own: Flags, held: f32, total: f32, is_dialog: bool) -> Flags {
    for (outweighs, flags) in [
        (held >= BRIEF_LETTERS, BRIEF),
        (held >= ASIDE_LETTERS, Flags::ASIDE | Flags::ADVERT | Flags::DATE),
        (held >= CREDIT_LETTERS, Flags::CREDIT),
        (held >= LINKS_ONLY_LETTERS, LINKS_ONLY),
        (held >= FORM_LETTERS && held >= FORM_SHARE * total, Flags::FORM),
        (held >= UNFOLDED_LETTERS as f32 && !is_dialog, Flags::FOLDED),
    ] {
        if outweighs {
            own = own.without(flags);
        }
    }
    own
}

/// Whether an element is what a table of data is called.
fn names_table(page: &Page<'_>, at: usize) -> bool {
    let node = &page.nodes[at];
    let is_table = |at: usize| page.nodes.get(at).is_some_and(|node| node.tag == Tag::Table);
    let figure = node.parent as usize;
    node.tag == Tag::Caption
        || node.tag == Tag::Figcaption
            && page.nodes[figure].tag == Tag::Figure
            && (is_table(figure + 1) || is_table(node.end as usize))
}

/// Nodes ahead of an element among which the words are found that stand before it.
const NODES_BEFORE: usize = 8;

/// Whether an element follows a heading, which unfolds it.
fn lies_below_heading(page: &Page<'_>, at: usize) -> bool {
    let before = page.nodes[..at].iter().rev().take(NODES_BEFORE);
    let mut words = before.filter(|node| !node.text.trim().is_empty());
    words.next().is_some_and(|words| words.heading > 0)
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

/// What of what node `at` is believed to be, `own`, stays so though it has much of the page's prose.
fn never_trusted(page: &Page<'_>, at: usize, own: Flags) -> Flags {
    if in_article(page, at) {
        return Flags::CAPTION;
    }
    let mut inside = page.nodes[at..page.nodes[at].end as usize].iter();
    // A page on consent may be named after it, and has a headline then.
    let is_headed = own.any(Flags::CONSENT) && inside.any(|node| node.tag == Tag::H1);
    if is_headed { NEVER_TRUSTED.without(Flags::CONSENT) } else { NEVER_TRUSTED }
}

/// Whether an element lies in what calls itself an article, or the page's main part.
fn in_article(page: &Page<'_>, at: usize) -> bool {
    const NAMED: Flags = Flags::all(&[Flags::ARTICLE, Flags::MAIN, Flags::BODY]);
    page.lies_in(index(at), NAMED)
}

/// Whether an element is a part of a line of text, whose names speak of itself and not of the line.
fn is_part_of_line(page: &Page<'_>, blocks: &Blocks, at: usize) -> bool {
    let node = &page.nodes[at];
    if node.tag.is_block() {
        return false;
    }
    let [block] = &blocks.list[blocks.inside(page, index(at))] else { return false };
    block.link_share() <= 0.5 && 2 * page.bytes_in(index(at)) < (block.end - block.start) as usize
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
    use super::super::tests::{PARAGRAPHS, joined, read};
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

    /// Lists of cookies were given for the text of pages that have little of their own.
    #[test]
    fn what_asks_for_consent_is_never_the_text() {
        let cookies = joined(12, |number| {
            format!(
                "<p>Cookie number {number} counts how often you have been here, and is kept for {number} years.</p>"
            )
        });
        let text = |name: &str, headline: &str| {
            let dialog = format!("<div class={name}>{headline}{cookies}</div>");
            read(&format!("<body><div>{PARAGRAPHS}</div>{dialog}")).text
        };
        for name in ["cookie-banner", "gdpr", "consent-dialog"] {
            let text = text(name, "<h2>Your choice</h2>");
            assert!(
                text.starts_with("The commission met") && !text.contains("Cookie number"),
                "{name}: {text}"
            );
        }
        assert!(text("cookies-page", "<h1>What we keep of you</h1>").contains("Cookie number 11"));
        let policy = format!("<body><main>{PARAGRAPHS}<div class=cookies>{}</div></main>", cookies.repeat(2));
        assert!(read(&policy).text.contains("Cookie number 11"));
    }

    /// Each entry has little of the page's prose, so that none of them was trusted.
    #[test]
    fn a_name_that_most_of_the_text_has_in_parts_is_not_believed() {
        let entries = |count: usize| {
            joined(count, |number| {
                format!(
                    "<div class=related><h2>Well {number}</h2><p>It was dug in the year {number} after the flood, and \
                     has run dry since.</p></div>"
                )
            })
        };
        let text =
            |count: usize| read(&format!("<main><h1>Wells</h1>{PARAGRAPHS}{}</main>", entries(count))).text;
        assert!(text(12).contains("in the year 11"), "{}", text(12));
        assert!(!text(2).contains("in the year 1"), "{}", text(2));
    }

    #[test]
    fn a_list_of_tabs_may_hold_what_they_show() {
        let tabs = "<ul role=tablist><li><a href=#a>Wells</a><li><a href=#b>Ponds</a></ul>";
        let text = read(&format!("<main>{PARAGRAPHS}{tabs}</main>")).text;
        assert!(!text.contains("Ponds"), "{text}");
        let text = read(&format!("<main><div role=tablist>{tabs}<div>{PARAGRAPHS}</div></div></main>")).text;
        assert!(text.starts_with("The commission met"), "{text}");
    }

    #[test]
    fn a_paragraph_of_its_own_is_no_advertisement() {
        let promotion = "<div class=promo>Read our report.</div>";
        let courses = PARAGRAPHS.replace("<p>", "<p>In class: ");
        let text = read(&format!(
            "<main>{}{promotion}<div class=promo-block>{courses}</div></main>",
            PARAGRAPHS.repeat(2)
        ))
        .text;
        assert!(text.contains("In class: A year later") && !text.contains("our report"), "{text}");
    }
}
