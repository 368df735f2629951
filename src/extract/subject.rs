//! Names of parts that speak of what is told in them: the section on social protection of a paper, its trends.
//!
//! Programs make ids of headings, and authors name parts by their subjects, so a word that stands for furniture
//! elsewhere says nothing here. Such a part begins with a heading that has the word too, and goes on with sentences.
//! What is called a paywall may be the text behind it, and is told by how it reads as well.

use super::blocks::{Block, Blocks};
use super::hints::{self, Flags};
use super::page::{Page, index, letters_of};
use super::running::Running;
use super::tag::Tag;
use crate::model::BlockKind;

/// Letters of prose of the shortest such part: a sentence.
const FEWEST_LETTERS: f32 = 50.0;

/// The share of its letters in links from which a part points elsewhere.
const POINTING_SHARE: f32 = 0.25;

/// Letters of the shortest word of a heading that tells a subject. Shorter ones join: "of", "to".
const WORD_LETTERS: usize = 3;

/// What pages ask of readers, point them to and say of themselves in sentences, below headings of whatever words. Such a
/// name has to have a word of the subject.
const SPEAKING: Flags = Flags::all(&[
    Flags::RELATED,
    Flags::COMMENTS,
    Flags::NEWSLETTER,
    Flags::AUTHOR,
    Flags::OVERLAY,
    Flags::MASTHEAD,
    Flags::ADVERT,
    Flags::CONSENT,
]);

/// Words that stand beside those for furniture in names and headings of furniture.
const COMPANIONS: [&str; 38] = [
    "about",
    "all",
    "and",
    "area",
    "article",
    "articles",
    "block",
    "box",
    "by",
    "content",
    "details",
    "for",
    "form",
    "from",
    "info",
    "information",
    "links",
    "list",
    "more",
    "news",
    "notice",
    "our",
    "page",
    "policy",
    "post",
    "posts",
    "reading",
    "section",
    "site",
    "stories",
    "story",
    "the",
    "this",
    "us",
    "widget",
    "with",
    "you",
    "your",
];

/// Whether the names of node `at`, of which `own` is said, speak of the subject of the `held` letters of prose in it.
pub(super) fn is_named_after(page: &Page<'_>, blocks: &Blocks, at: usize, own: Flags, held: f32) -> bool {
    let Some(heading) = heading(page, blocks, at, held) else { return false };
    if !reads_as_text(page, blocks, at, own) {
        return false;
    }
    let node = &page.nodes[at];
    let (id, class) = (node.attribute("id"), node.attribute("class"));
    let names = class.into_iter().flat_map(str::split_ascii_whitespace).chain(id);
    let mut saying = names.filter(|name| hints::words_of(name).any(|(_, says)| says.any(own))).peekable();
    let is_bare_slug = !own.any(Flags::COMMENTS | Flags::AUTHOR)
        && class.is_none()
        && id.is_some_and(|id| letters_of(id) == letters_of(heading));
    saying.peek().is_some() && (is_bare_slug || saying.all(|name| is_of_heading(name, heading)))
}

/// Whether node `at`, named as pointers to other articles, is a part of the article, which goes on behind it: it has a
/// heading, and sentences that point nowhere.
pub(super) fn is_no_pointer(page: &Page<'_>, blocks: &Blocks, at: usize, prose: &Running) -> bool {
    let inside = blocks.inside(page, index(at));
    let held = prose.over(&inside);
    held >= TEXT_LETTERS
        && prose.total() - prose.before(inside.end) >= GOES_ON * prose.total()
        && heading(page, blocks, at, held).is_some()
        && reads_as_text(page, blocks, at, Flags::RELATED | Flags::TEASER)
}

/// Letters of prose of the shortest part of an article that is called a pointer.
const TEXT_LETTERS: f32 = 200.0;

/// The share of a page's prose that stands behind what lies amid its text.
const GOES_ON: f32 = 0.2;

/// The heading that node `at` begins with, if `held` letters of prose stand below it.
fn heading<'b>(page: &Page<'_>, blocks: &'b Blocks, at: usize, held: f32) -> Option<&'b str> {
    let first = blocks.list.get(blocks.inside(page, index(at)).start)?;
    let is_heading = matches!(first.kind, BlockKind::Heading(_)) && !first.hidden && first.linked == 0;
    (held >= FEWEST_LETTERS && is_heading && page.holds(index(at), first.node)).then(|| blocks.text_of(first))
}

/// Whether there are hardly any links in node `at`, no headings that are links, nothing to fill in or to press, and no
/// parts of which is said by name what is said of it, `own`.
fn reads_as_text(page: &Page<'_>, blocks: &Blocks, at: usize, own: Flags) -> bool {
    let inside = &blocks.list[blocks.inside(page, index(at))];
    let sum = |of: fn(&Block) -> u32| -> f32 { inside.iter().map(|block| of(block) as f32).sum() };
    let points = |block: &Block| matches!(block.kind, BlockKind::Heading(_)) && block.linked > 0;
    let mut within = page.nodes[at + 1..page.nodes[at].end as usize].iter();
    sum(|block| block.linked) <= POINTING_SHARE * sum(|block| block.size)
        && !inside.iter().any(points)
        && !within.any(|node| matches!(node.tag, Tag::Form | Tag::Button) || node.own.any(own))
}

/// Whether node `at` is text that a site's readers pay for, rather than what asks them to.
pub(super) fn is_paid_for(page: &Page<'_>, blocks: &Blocks, at: usize, held: f32) -> bool {
    let node = &page.nodes[at];
    let mut names = ["class", "id"].into_iter().filter_map(|name| node.attribute(name));
    held >= TEXT_LETTERS
        && heading(page, blocks, at, held).is_none()
        && names.any(|name| hints::words_of(name).any(|(word, _)| word == "paywall"))
        && reads_as_text(page, blocks, at, Flags::OVERLAY | Flags::NEWSLETTER)
}

/// Whether all words for furniture in `name` stand in `heading`, and beside them a word of the subject.
fn is_of_heading(name: &str, heading: &str) -> bool {
    let heading: Vec<String> = heading
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let has = |word: &str| heading.iter().any(|other| other.starts_with(word));
    let tells = |word: &str, says: Flags| {
        word.len() >= WORD_LETTERS && says.is_empty() && !COMPANIONS.contains(&word)
    };
    let (mut says, mut is_in_heading, mut has_subject) = (Flags::default(), true, false);
    for (word, flags) in hints::words_of(name) {
        says |= flags;
        is_in_heading &= flags.is_empty() || has(&word);
        has_subject |= tells(&word, flags) && has(&word);
    }
    let heading_tells = || heading.iter().any(|word| tells(word, hints::of_word(word.as_bytes())));
    is_in_heading && (has_subject || !says.any(SPEAKING) && heading_tells())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{PARAGRAPHS, read};

    const SENTENCES: &str = "<p>The fund pays for the quay, the lock and the school of each of the towns.</p>\
        <p>A second one adds that they must report on it to the ministry in each year of the plan.</p>";

    fn keeps(part: &str) -> bool {
        let dated = "<meta property=article:published_time content=2021-05-18>";
        let page =
            format!("{dated}<main><article>{}{part}{PARAGRAPHS}</article></main>", PARAGRAPHS.repeat(4));
        read(&page).text.contains("the quay, the lock")
    }

    /// The recommendations of papers were dropped, and whatever else had a section with such a word.
    #[test]
    fn a_part_named_after_its_subject_is_no_furniture() {
        for id in [
            "social-protection",
            "latest-developments",
            "popular-support",
            "related-laws",
            "comments-received",
            "copyright-reform",
            "contact-tracing",
            "subscription",
            "trending",
            "cookies",
            "commentary",
            "consent",
            "recommendations",
            "follow-up",
            "meta-analysis",
        ] {
            let heading = id.replace('-', " ");
            for tag in ["section", "div"] {
                let part = format!("<{tag} id={id}><h2>{heading}</h2>{SENTENCES}</{tag}>");
                assert!(keeps(&part), "{part}");
            }
        }
        for (class, heading) in [
            ("policy-recommendations", "What should be done"),
            ("field--name-field-recommendations", "What should be done"),
            ("topics", "Topics of the talks"),
        ] {
            assert!(keeps(&format!("<div class={class}><h2>{heading}</h2>{SENTENCES}</div>")), "{class}");
        }
    }

    #[test]
    fn furniture_may_have_its_name_for_a_heading() {
        for (class, heading) in [
            ("newsletter", "Stay informed by our newsletter"),
            ("author-bio", "About the author"),
            ("comments", "Comments on this article"),
            ("contact-info", "Contact information"),
            ("cookie-notice", "Cookies on this site"),
            ("related-posts", "Related posts"),
        ] {
            let part = format!("<div class={class} id={class}><h2>{heading}</h2>{SENTENCES}</div>");
            assert!(!keeps(&part), "{part}");
        }
        let teasers = format!("<h3><a href=/x>Who pays for the quay</a></h3>{SENTENCES}");
        assert!(!keeps(&format!("<div id=related-laws><h2>Related laws</h2>{teasers}</div>")));
    }
}
