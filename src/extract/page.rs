//! [`Page`]: the parser's tree as one flat list of nodes in document order.
//!
//! Everything after this module works on ranges of that list: a subtree is `node..node.end`, so no
//! step recurses and none searches the tree. Names, roles and classes are looked at once, here.

use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node as TreeNode};

use super::accordions;
use super::hints::{self, Flags};
use super::tag::Tag;

/// A node of the page: an element or a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'a> {
    pub tag: Tag,
    /// Index of the parent; the first node is its own.
    pub parent: u32,
    /// One past the last node inside.
    pub end: u32,
    /// What the element itself says.
    pub own: Flags,
    /// What it and all around it say by layout: links, lists, hidden parts.
    pub around: Flags,
    /// The level of the heading that it lies in, or 0.
    pub heading: u8,
    /// The text of a text node.
    pub text: &'a str,
    /// The element of an element node.
    pub element: Option<&'a Element>,
}

impl<'a> Node<'a> {
    /// The value of the attribute `name`.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        self.element?.attrs().find(|&(known, _)| known == name).map(|(_, value)| value)
    }
}

/// All nodes of a page, in document order.
#[derive(Debug)]
pub(super) struct Page<'a> {
    pub nodes: Vec<Node<'a>>,
}

impl<'a> Page<'a> {
    /// The page of a parsed tree.
    pub(super) fn of(html: &'a Html) -> Self {
        let mut nodes: Vec<Node<'a>> = Vec::with_capacity(html.tree.values().len());
        let mut names = hints::Names::default();
        let mut open: Vec<u32> = Vec::new();
        for edge in html.tree.root().traverse() {
            match edge {
                Edge::Open(at) => {
                    let parent = open.last().copied().unwrap_or(0);
                    match at.value() {
                        TreeNode::Text(text) => {
                            let node = text_node(&text.text, parent, nodes.len(), &nodes);
                            nodes.push(node);
                        }
                        TreeNode::Element(element) => {
                            open.push(index(nodes.len()));
                            nodes.push(element_node(element, parent, &nodes, &mut names));
                        }
                        _ => {}
                    }
                }
                Edge::Close(at) => {
                    if at.value().is_element()
                        && let Some(started) = open.pop()
                    {
                        nodes[started as usize].end = index(nodes.len());
                    }
                }
            }
        }
        let mut page = Self { nodes };
        page.forget_slugs(&mut names);
        accordions::unfold(&mut page);
        page
    }

    /// Takes back what the ids of a document's sections say that programs make of their headings:
    /// `#use-trimmed-replies`. F1 of documentation +.001 on WCXB's development set.
    fn forget_slugs(&mut self, names: &mut hints::Names<'a>) {
        for at in 0..self.nodes.len() {
            let node = self.nodes[at];
            let is_section = node.tag == Tag::Section || node.attribute("class") == Some("section");
            let Some((element, id)) = node.element.zip(node.attribute("id")).filter(|_| is_section) else {
                continue;
            };
            if !names.say(id).is_empty() && self.is_slug_of_heading(id, at) {
                self.nodes[at].own = own_flags(node.tag, element, false, names);
            }
        }
    }

    /// Whether `id` is made of the first words of the heading that the element `at` begins with. Of one or two words it
    /// may name furniture that has a heading, too: `#related-posts`.
    fn is_slug_of_heading(&self, id: &str, at: usize) -> bool {
        let end = (self.nodes[at].end as usize).min(at + NODES_TO_HEADING);
        let mut inside = at + 1..end;
        let Some(heading) = inside.find(|&at| self.nodes[at].tag.heading_level().is_some()) else {
            return false;
        };
        let (slug, heading) = (letters_of(id), letters_of(&self.text_of(index(heading))));
        let words = id.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count();
        words >= FEWEST_WORDS_OF_SLUG && heading.starts_with(&slug)
    }

    /// All nodes, each with its index.
    pub(super) fn indexed(&self) -> impl Iterator<Item = (u32, &Node<'a>)> {
        self.nodes.iter().enumerate().map(|(at, node)| (index(at), node))
    }

    /// The text inside of node `at`, without what is never read.
    pub(super) fn text_of(&self, at: u32) -> String {
        self.text_without(at, |_| false)
    }

    /// The same without what lies in elements inside of it whose tag `is_left_out`.
    pub(super) fn text_without(&self, at: u32, is_left_out: impl Fn(Tag) -> bool) -> String {
        let mut text = String::new();
        let (mut next, end) = (at as usize, self.nodes[at as usize].end as usize);
        while next < end {
            let node = &self.nodes[next];
            if next > at as usize && is_left_out(node.tag) {
                next = node.end as usize;
                continue;
            }
            match node.tag {
                Tag::Text => text.push_str(node.text),
                tag if tag.is_block() || tag == Tag::Br => text.push(' '),
                _ => {}
            }
            next += 1;
        }
        super::line(&text)
    }

    /// The elements around node `at` with their classes, as a selector a person can read.
    pub(super) fn place_of(&self, at: u32) -> String {
        let mut parts = Vec::new();
        for at in self.ancestors(at) {
            let node = &self.nodes[at as usize];
            let Some(element) = node.element else { continue };
            let mut part = element.name().to_owned();
            for (mark, name) in [('#', "id"), ('.', "class")] {
                for word in node.attribute(name).unwrap_or_default().split_ascii_whitespace().take(3) {
                    part.push(mark);
                    part.push_str(word);
                }
            }
            parts.push(part);
        }
        parts.reverse();
        parts.join(" > ")
    }

    /// Whether the node `outer` is `inner` or lies around it.
    pub(super) fn holds(&self, outer: u32, inner: u32) -> bool {
        outer <= inner && inner < self.nodes[outer as usize].end
    }

    /// The nearest of node `at` and all around it that `is_sought`.
    pub(super) fn nearest(&self, at: u32, is_sought: impl Fn(&Node<'a>) -> bool) -> Option<u32> {
        self.ancestors(at).find(|&around| is_sought(&self.nodes[around as usize]))
    }

    /// Whether any of `flags` is said by node `at` or what is around it.
    pub(super) fn lies_in(&self, at: u32, flags: Flags) -> bool {
        self.nearest(at, |around| around.own.any(flags)).is_some()
    }

    /// The bytes of the texts inside of node `at`, without the white space around each.
    pub(super) fn bytes_in(&self, at: u32) -> usize {
        let inside = &self.nodes[at as usize..self.nodes[at as usize].end as usize];
        inside.iter().map(|node| node.text.trim().len()).sum()
    }

    /// The element around node `at` that its line stands in.
    pub(super) fn line_around(&self, at: u32) -> u32 {
        self.nearest(at, |around| around.tag.is_block()).unwrap_or(0)
    }

    /// Node `at` and all around it, from the inside out.
    pub(super) fn ancestors(&self, at: u32) -> impl Iterator<Item = u32> + '_ {
        let mut next = Some(at);
        std::iter::from_fn(move || {
            let here = next?;
            let parent = self.nodes[here as usize].parent;
            next = (parent != here).then_some(parent);
            Some(here)
        })
    }
}

/// Nodes of an element among which the heading is found that it begins with.
const NODES_TO_HEADING: usize = 12;

/// Words of the shortest id that is taken for one made of a heading.
const FEWEST_WORDS_OF_SLUG: usize = 3;

/// The letters and figures of a text in lower case.
pub(super) fn letters_of(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// `n` as an index of a node, block or byte. Pages are bounded far below four billion of them.
pub(super) fn index(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn text_node<'a>(text: &'a str, parent: u32, at: usize, nodes: &[Node<'a>]) -> Node<'a> {
    let (around, heading) =
        nodes.get(parent as usize).map_or((Flags::default(), 0), |p| (p.around, p.heading));
    let own = Flags::default();
    Node { tag: Tag::Text, parent, end: index(at + 1), own, around, heading, text, element: None }
}

fn element_node<'a>(
    element: &'a Element,
    parent: u32,
    nodes: &[Node<'a>],
    names: &mut hints::Names<'a>,
) -> Node<'a> {
    let tag = Tag::of(element.name());
    // A heading's id is made of its own words.
    let mut own = own_flags(tag, element, tag.heading_level().is_none(), names);
    let (outer, heading) =
        nodes.get(parent as usize).map_or((Flags::default(), 0), |p| (p.around, p.heading));
    if tag == Tag::Footer && outer.any(Flags::QUOTE) {
        own = own.without(Flags::FOOTER); // Whose words they are.
    }
    let around = outer | own.and(LAYOUT);
    let heading = tag.heading_level().unwrap_or(heading);
    let end = index(nodes.len() + 1);
    Node { tag, parent, end, own, around, heading, text: "", element: Some(element) }
}

/// Flags that hold for all that is inside, whatever else is known.
const LAYOUT: Flags = Flags::all(&[
    Flags::LINK,
    Flags::HIDDEN,
    Flags::ITEM,
    Flags::QUOTE,
    Flags::PRE,
    Flags::CONTROL,
    Flags::CAPTION,
    Flags::FIGURE,
    Flags::NOTES,
    Flags::BOLD,
]);

/// What an element says, by its id too if that `is_heard`.
fn own_flags<'a>(tag: Tag, element: &'a Element, is_heard: bool, names: &mut hints::Names<'a>) -> Flags {
    let mut flags = of_tag(tag);
    for (name, value) in element.attrs() {
        match name {
            "id" if !is_heard => {}
            "class" | "id" => flags |= names.say(value),
            "role" => flags |= of_role(value),
            "hidden" => flags |= Flags::FOLDED,
            "itemprop" => flags |= of_property(value),
            _ => {}
        }
    }
    if tag == Tag::A && names_a_place(element) {
        flags = flags.without(Flags::LINK);
    }
    if matches!(tag, Tag::Body | Tag::Html) {
        // A body's classes speak of the page's type, not of what is inside.
        return of_tag(tag);
    }
    flags
}

/// Whether an `<a>` only names a place: old pages leave it open, around all that follows. With a class or an id it may
/// be what a script makes a link of.
fn names_a_place(a: &Element) -> bool {
    let has = |names: &[&str]| a.attrs().any(|(name, _)| names.contains(&name));
    !has(&["href", "class", "role", "id"]) && has(&["name"])
}

fn of_tag(tag: Tag) -> Flags {
    match tag {
        Tag::A => Flags::LINK,
        Tag::B => Flags::BOLD,
        Tag::Li => Flags::ITEM,
        Tag::Blockquote => Flags::QUOTE,
        Tag::Pre => Flags::PRE,
        Tag::Button | Tag::Label | Tag::Legend => Flags::CONTROL,
        Tag::Figcaption | Tag::Caption => Flags::CAPTION,
        Tag::Nav | Tag::Search => Flags::NAV,
        Tag::Header => Flags::HEADER,
        Tag::Footer => Flags::FOOTER,
        Tag::Aside => Flags::ASIDE,
        Tag::Dialog => Flags::DIALOG,
        Tag::Form => Flags::FORM,
        Tag::Article => Flags::ARTICLE,
        Tag::Main => Flags::MAIN,
        Tag::Figure => Flags::FIGURE,
        _ => Flags::default(),
    }
}

fn of_role(role: &str) -> Flags {
    match role.trim() {
        "navigation" | "menu" | "menubar" | "search" | "toolbar" => Flags::NAV,
        // Some lay the role on the tabs and all that they show. F1 +.0005 over all pages of WCXB's development set.
        "tablist" => Flags::MENU,
        "banner" => Flags::HEADER,
        "contentinfo" => Flags::FOOTER,
        "complementary" => Flags::ASIDE,
        "dialog" | "alertdialog" | "alert" => Flags::DIALOG,
        "button" => Flags::CONTROL,
        "tooltip" => Flags::FOLDED,
        "article" => Flags::ARTICLE,
        "main" => Flags::MAIN,
        "doc-endnotes" | "doc-footnote" | "doc-endnote" => Flags::NOTES,
        _ => Flags::default(),
    }
}

fn of_property(property: &str) -> Flags {
    match property.trim() {
        "articleBody" => Flags::BODY,
        "author" => Flags::AUTHOR,
        "comment" => Flags::COMMENTS,
        "datePublished" | "dateModified" => Flags::DATE,
        _ => Flags::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subtrees_are_ranges() {
        let html = Html::parse_document("<body><div><p>a<b>b</b></p></div><p>c</p>");
        let page = Page::of(&html);
        let div = page.nodes.iter().position(|node| node.tag == Tag::Div).unwrap();
        let inside = &page.nodes[div..page.nodes[div].end as usize];
        assert_eq!(inside.iter().filter(|node| node.tag == Tag::Text).count(), 2);
        assert_eq!(page.text_of(u32::try_from(div).unwrap()), "ab");
    }

    /// Sections of documents whose headings begin so were taken for pointers, boxes and the like.
    #[test]
    fn an_id_made_of_a_heading_s_words_says_nothing() {
        let own = |section: &str| {
            let html = Html::parse_document(section);
            Page::of(&html).nodes.iter().find(|node| node.tag == Tag::Section).unwrap().own
        };
        for section in [
            "<section id=use-related-work><h2>Use related work</h2><p>x</section>",
            "<section id=contact-the-regent><div><h2>Contact the regent of Karst</h2></div></section>",
        ] {
            assert!(own(section).is_empty(), "{section}");
        }
        assert!(own("<section id=related-posts><h2>Related posts</h2></section>").any(Flags::RELATED));
        assert!(
            own("<section class=share id=share-this-post><h2>Share this post</h2></section>")
                .any(Flags::SHARE)
        );
    }

    #[test]
    fn layout_flags_reach_down() {
        let html = Html::parse_document("<ul><li><a href=x>text</a></li></ul>");
        let page = Page::of(&html);
        let text = page.nodes.iter().find(|node| node.tag == Tag::Text).unwrap();
        assert!(text.around.any(Flags::LINK) && text.around.any(Flags::ITEM));
    }
}
