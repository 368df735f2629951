//! Forms behind an article, and what stands together with them: comments of readers and the form to add one,
//! what a page says to make its readers subscribe or write.
//!
//! No name is needed to see them: the largest part around the form that holds next to none of the page's text is
//! taken for it. A form's own text is `furniture`'s matter.

use super::blocks::Blocks;
use super::hints::Flags;
use super::page::Page;
use super::running::Running;
use super::tag::Tag;

/// The share of a page's prose that such a part holds at most.
const MOST_SHARE: f32 = 0.1;

/// Letters of prose that it holds at most: questions and answers by a form are more.
const MOST_LETTERS: f32 = 1_000.0;

/// The share of a page's prose that stands ahead of it. A form amid a text or above a list isn't one to reply.
const LEAST_AHEAD: f32 = 0.8;

/// Letters of prose of a page from which it may have replies. A list with a form has a sentence by it at most.
const FEWEST_LETTERS: f32 = 150.0;

/// Forms of a page that are looked at.
const MOST_FORMS: usize = 20;

/// Marks such parts as comments.
pub(super) fn mark(page: &Page<'_>, blocks: &Blocks, prose: &Running, around: &mut [Flags]) {
    const TEXT: Flags = Flags::all(&[Flags::ARTICLE, Flags::MAIN, Flags::BODY]);
    let total = prose.total();
    if total < FEWEST_LETTERS {
        return; // Where next to nothing is told there is nothing to reply to.
    }
    let most = MOST_LETTERS.min(MOST_SHARE * total);
    let is_small =
        |at: &u32| prose.over(&blocks.inside(page, *at)) <= most && !page.nodes[*at as usize].own.any(TEXT);
    let forms = page.indexed().filter(|(_, node)| node.tag == Tag::Form);
    for (form, _) in forms.take(MOST_FORMS) {
        let is_section = |at: &u32| is_section_of_text(page, blocks, prose, *at);
        let parts = page.ancestors(form).take_while(|at| is_small(at) && !is_section(at));
        let Some(part) = parts.last() else { continue };
        if prose.before(blocks.inside(page, part).start) < LEAST_AHEAD * total {
            continue;
        }
        for flags in &mut around[part as usize..page.nodes[part as usize].end as usize] {
            *flags |= Flags::COMMENTS;
        }
    }
}

/// The share of a page's prose that its sections hold.
const SECTIONS_SHARE: f32 = 0.5;

/// The share of that which the largest of them holds at most: beside the whole of a text others are no sections of it.
const LARGEST_SHARE: f32 = 0.5;

/// Parts that make sections.
const FEWEST_SECTIONS: usize = 3;

/// Whether node `at` is one of the sections that most of the page's prose stands in: elements of one kind side by side,
/// with prose each.
fn is_section_of_text(page: &Page<'_>, blocks: &Blocks, prose: &Running, at: u32) -> bool {
    let held = |at: u32| prose.over(&blocks.inside(page, at));
    let node = &page.nodes[at as usize];
    if held(at) <= 0.0 || node.parent == at {
        return false;
    }
    let (mut next, end) = (node.parent + 1, page.nodes[node.parent as usize].end);
    let (mut sections, mut letters, mut most) = (0, 0.0, 0.0_f32);
    while next < end {
        let beside = &page.nodes[next as usize];
        if beside.tag == node.tag && beside.attribute("class") == node.attribute("class") && held(next) > 0.0
        {
            sections += 1;
            letters += held(next);
            most = most.max(held(next));
        }
        next = beside.end;
    }
    sections >= FEWEST_SECTIONS
        && letters >= SECTIONS_SHARE * prose.total()
        && most <= LARGEST_SHARE * letters
}

#[cfg(test)]
mod tests {
    use super::super::tests::{PARAGRAPHS, read};

    #[test]
    fn comments_beside_a_form_need_no_name() {
        let replies = "<div class=b7><h4>Gespräch (2)</h4><table><tr><td>Viola<td>We fetched water there as \
            children.</table><form><input></form></div>";
        let article = read(&format!("<body><div>{}{replies}</div>", PARAGRAPHS.repeat(4)));
        assert!(article.text.ends_with("under other names."), "{}", article.text);
    }

    /// All of such a page was taken for replies, and given with its menus for want of an article.
    #[test]
    fn a_page_of_particulars_is_no_reply_to_nothing() {
        let menu = "<nav><a href=/>Home page of the ministry</a><a href=/n>News</a></nav>";
        let table = "<li><a href=/t>Table of rivers and lakes by length</a>".repeat(8);
        let article = read(&format!(
            "<body>{menu}<form><input></form><div><h1>Tables of rivers</h1><p>Tables by <a href=/y>year</a>\
             <ul>{table}</ul></div>"
        ));
        assert!(article.text.contains("rivers and lakes"), "{}", article.text);
        assert!(!article.text.contains("Home page"), "{}", article.text);
    }

    #[test]
    fn a_form_amid_the_text_takes_nothing_with_it() {
        let ask = "<div><p>Here is what we asked the ministry.</p><form><input></form></div>";
        let article =
            read(&format!("<body><div>{PARAGRAPHS}{ask}{}</div>", PARAGRAPHS.replace("<p>", "<p>So ")));
        assert!(article.text.contains("what we asked"), "{}", article.text);
    }
}
