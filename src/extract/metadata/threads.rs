//! Who began a thread of posts: as often a handle as a name, so that it is read from marks alone and needn't look
//! like a person's.

use super::super::hints::Flags;
use super::super::page::{Node, Page, index};
use super::Sources;

/// What the first post of a thread says of its author, and the source.
pub(super) fn author(sources: &Sources<'_, '_>) -> Option<(String, &'static str)> {
    if !sources.data.is_thread && !is_thread(sources.page) {
        return None;
    }
    let told = sources.data.authors.first().map(|name| (name.clone(), "json-ld"));
    told.or_else(|| marked(sources.page).map(|name| (name, "byline")))
}

/// Whether the page marks itself as a thread of posts.
pub(in super::super) fn is_thread(page: &Page<'_>) -> bool {
    page.nodes.iter().any(|node| is_of_type(node, &["DiscussionForumPosting", "QAPage"]))
}

fn is_of_type(node: &Node<'_>, kinds: &[&str]) -> bool {
    node.attribute("itemtype").is_some_and(|of| kinds.iter().any(|kind| of.ends_with(kind)))
}

/// The first element marked as an author's, outside of answers and comments.
fn marked(page: &Page<'_>) -> Option<String> {
    let is_reply = |around: u32| {
        let node = &page.nodes[around as usize];
        node.own.any(Flags::COMMENTS) || is_of_type(node, &["Answer", "Comment"])
    };
    let property =
        |node: &Node<'_>, name: &str| node.attribute("itemprop").is_some_and(|of| of.trim() == name);
    let all = page.nodes.iter().enumerate().filter(|(_, node)| property(node, "author"));
    let mut names =
        all.map(|(at, node)| (index(at), node)).filter(|&(at, _)| !page.ancestors(at).any(is_reply));
    names.find_map(|(at, node)| {
        let inside = at + 1..node.end;
        let name = inside.into_iter().find(|&at| property(&page.nodes[at as usize], "name")).unwrap_or(at);
        let given = page.nodes[name as usize].attribute("content").map(str::to_owned);
        given.or_else(|| Some(page.text_of(name))).filter(|name| !name.is_empty())
    })
}
