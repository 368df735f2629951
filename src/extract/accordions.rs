//! Questions that unfold their answers: buttons that are the article's headings rather than tools.
//!
//! A button that is all of a heading is the heading. One that stands by itself is one if what lies behind it is text,
//! and others of its kind stand over text as well.

use hashbrown::HashMap;

use super::hints::Flags;
use super::jumps::leads_away;
use super::page::{Page, index};
use super::tag::Tag;

/// Bytes of the shortest question, without a heading around it.
const QUESTION_BYTES: usize = 12;

/// Bytes of unlinked text behind it that may be an answer.
const ANSWER_BYTES: usize = 80;

/// Nodes among which that text is looked for.
const ANSWER_NODES: usize = 100;

/// Questions of one kind that a page has at least.
const FEWEST_QUESTIONS: usize = 2;

/// Elements around a question that hold nothing else.
const MOST_FRAMES: usize = 3;

/// Nodes in such an element, or in a heading, beside it.
const MOST_BESIDE: usize = 100;

/// What isn't said of a heading that unfolds something.
const OF_TOOLS: Flags = Flags::all(&[Flags::CONTROL, Flags::LINK]);

/// Takes from the buttons and labels of `page` that are headings what makes them tools.
pub(super) fn unfold(page: &mut Page<'_>) {
    let mut kinds: HashMap<(Tag, &str), Vec<(usize, u8)>> = HashMap::new();
    let mut level = SECOND;
    let mut at = 0;
    while at < page.nodes.len() {
        let node = page.nodes[at];
        if let Some(above) = node.tag.heading_level() {
            level = (above + 1).min(LOWEST);
        }
        if !node.own.any(Flags::CONTROL) || node.tag == Tag::Legend {
            at += 1;
            continue;
        }
        if node.heading > 0 {
            if is_all_of_heading(page, at) {
                make_heading(page, at, node.heading);
            }
        } else if is_question(page, at) {
            let kind = (node.tag, node.attribute("class").unwrap_or_default());
            kinds.entry(kind).or_default().push((at, level));
        }
        at = (node.end as usize).max(at + 1);
    }
    for (at, level) in kinds.into_values().filter(|all| all.len() >= FEWEST_QUESTIONS).flatten() {
        make_heading(page, at, level);
    }
}

/// The level of a heading below the title, and that of the lowest.
const SECOND: u8 = 2;
const LOWEST: u8 = 6;

fn make_heading(page: &mut Page<'_>, at: usize, level: u8) {
    let end = page.nodes[at].end as usize;
    page.nodes[at].own = page.nodes[at].own.without(OF_TOOLS);
    for node in &mut page.nodes[at..end] {
        node.around = node.around.without(OF_TOOLS);
        node.heading = level;
    }
}

/// Whether the control at `at`, in a heading, has all of its words.
fn is_all_of_heading(page: &Page<'_>, at: usize) -> bool {
    let heading = page.nearest(index(at), |node| node.tag.heading_level().is_some());
    let Some(heading) = heading else { return false };
    is_all_of(page, at, heading as usize)
}

/// Whether all words of the element `outer` that are shown stand in the one at `inner`.
fn is_all_of(page: &Page<'_>, inner: usize, outer: usize) -> bool {
    let (end, outer_end) = (page.nodes[inner].end as usize, page.nodes[outer].end as usize);
    if inner - outer + outer_end - end > MOST_BESIDE {
        return false;
    }
    let mut beside = page.nodes[outer..inner].iter().chain(&page.nodes[end..outer_end]);
    beside.all(|node| node.around.any(Flags::HIDDEN | Flags::CONTROL) || node.text.trim().is_empty())
}

/// Whether the control at `at` may be a question: of a few words, with text behind it, and no link away from the page.
fn is_question(page: &Page<'_>, at: usize) -> bool {
    let node = &page.nodes[at];
    let text = page.text_of(index(at));
    text.len() >= QUESTION_BYTES && text.contains(' ') && !leads_away(node) && has_answer(page, at)
}

/// Whether what follows the element at `at`, or those that hold nothing else, is a part of the page with text.
fn has_answer(page: &Page<'_>, at: usize) -> bool {
    let mut frame = at;
    for _ in 0..=MOST_FRAMES {
        let parent = page.nodes[frame].parent as usize;
        let end = page.nodes[parent].end as usize;
        let mut next = page.nodes[frame].end as usize;
        while next < end && page.nodes[next].tag == Tag::Text && page.nodes[next].text.trim().is_empty() {
            next += 1;
        }
        if next < end {
            return is_answer(page, next);
        }
        if parent == frame || !is_all_of(page, at, parent) {
            return false;
        }
        frame = parent;
    }
    false
}

fn is_answer(page: &Page<'_>, at: usize) -> bool {
    const OTHER: Flags = Flags::all(&[Flags::LINK, Flags::CONTROL, Flags::HIDDEN]);
    let node = &page.nodes[at];
    if !matches!(node.tag, Tag::Div | Tag::Section | Tag::P | Tag::Ul | Tag::Ol | Tag::Dd) {
        return false;
    }
    let inside = page.nodes[at..node.end as usize].iter().take(ANSWER_NODES);
    let mut said = 0;
    for node in inside {
        if matches!(node.tag, Tag::Form) || node.tag.heading_level() == Some(1) {
            return false;
        }
        if !node.around.any(OTHER) {
            said += node.text.trim().len();
        }
    }
    said >= ANSWER_BYTES
}

#[cfg(test)]
mod tests {
    use super::super::tests::{PARAGRAPHS, joined, read};
    use crate::model::BlockKind;

    /// Answers stood without what was asked.
    #[test]
    fn the_questions_of_an_accordion_are_its_headings() {
        let answer =
            "The keeper of the pier fell ill in spring, and nobody else could work the bridge by night.";
        for form in [
            "<h3><button>Q?</button></h3><div><p>A</p></div>",
            "<h4><a role=button href=#c>Q?</a></h4><div id=c><p>A</p></div>",
            "<button class=accordion>Q?</button><div><p>A</p></div>",
            "<div role=button><a class=title tabindex=0>Q?</a></div><div><p>A</p></div>",
            "<input type=checkbox id=k><label for=k>Q?</label><div><p>A</p></div>",
            "<div class=head><button>Q?</button></div><div hidden><p>A</p></div>",
        ] {
            let asked = joined(3, |number| {
                form.replace("Q?", &format!("Why did pier {number} close?"))
                    .replace('A', &format!("{answer} So it was {number} times."))
            });
            let article = read(&format!("<main><h1>Piers</h1>{PARAGRAPHS}{asked}{PARAGRAPHS}</main>"));
            for number in 0..3 {
                let question = format!("Why did pier {number} close?");
                let block = article
                    .blocks
                    .iter()
                    .find(|block| block.span.of(&article.text) == Some(question.as_str()));
                let is_heading = block.is_some_and(|block| matches!(block.kind, BlockKind::Heading(_)));
                assert!(is_heading, "{form}: {}", article.text);
            }
        }
    }

    #[test]
    fn tools_are_no_questions() {
        let tools = "<h2>Who pays <button>Copy the link</button></h2><p>The fund pays for it, as it has in all years.</p>\
            <button>Listen to this article</button><div><a href=/x>More of it in our shop, and on all days</a></div>";
        let text = read(&format!("<main><h1>Piers</h1>{PARAGRAPHS}{tools}{PARAGRAPHS}</main>")).text;
        assert!(text.contains("Who pays\n") && !text.contains("Copy") && !text.contains("Listen"), "{text}");
    }
}
