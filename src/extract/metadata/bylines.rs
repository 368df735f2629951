//! The names in what a page marks as its author or byline, by class, role or link.
//!
//! Lines that only say whose they are, and what a name looks like, are not here.

use std::ops::Range;

use super::super::hints::Flags;
use super::super::page::{Node, index};
use super::super::tag::Tag;
use super::super::unescaped;
use super::authors::{MAX_AUTHORS, MAX_BYLINE_LETTERS, is_joint, is_label, people};
use super::names::{Kind, is_name, split_names};
use super::openers::without_opener;
use super::{Sources, elsewhere, names, other_parts, ranks};
use crate::text::ends_sentence;

/// Nodes before the headline in which a byline may stand: a rubric and a line, with their elements.
const NODES_BEFORE_HEADLINE: usize = 60;

/// Names in what the page marks as its author or byline: in what is no longer than one, else in the head of a box that
/// goes on about the author; and in what is marked alike beside it.
pub(super) fn named(sources: &Sources<'_, '_>, headline: Option<u32>, kind: Kind) -> Vec<String> {
    let in_bylines = |at: usize| in_byline(sources, at, kind);
    let in_boxes = |at: usize| heading_of_box(sources, at);
    let found = first_and_beside(sources, headline, MAX_BYLINE_LETTERS * 2, in_bylines);
    if !found.is_empty() || kind == Kind::Any {
        return found;
    }
    first_and_beside(sources, headline, MAX_BOX_LETTERS * MAX_BOXES, in_boxes)
}

/// Boxes about authors that stand beside each other.
const MAX_BOXES: usize = 6;

/// The names that `read` finds in the first marked node that has any, and in those beside it that are marked alike: all
/// of them in an element of at most so many `letters` that doesn't hold the headline.
fn first_and_beside(
    sources: &Sources<'_, '_>,
    headline: Option<u32>,
    letters: usize,
    read: impl Fn(usize) -> Vec<String>,
) -> Vec<String> {
    let page = sources.page;
    let mut marked = marked(sources, headline).peekable();
    let first = marked.by_ref().map(|at| (at, read(at))).find(|(_, names)| !names.is_empty());
    let Some((mut at, mut names)) = first else { return Vec::new() };
    // What is marked within a byline says more closely where a name ends.
    while let Some(inner) = marked.next_if(|&next| index(next) < page.nodes[at].end) {
        let closer = read(inner);
        if !closer.is_empty() && closer.len() <= names.len() && names.starts_with(&closer) {
            at = inner;
        }
    }
    let is_group = |&around: &u32| {
        headline.is_none_or(|title| !page.holds(around, title))
            && letters_in(sources, around as usize) <= letters
    };
    let group = page.ancestors(index(at)).take_while(is_group).take(MAX_DEPTH_OF_GROUP).last();
    let end = group.map_or(0, |group| page.nodes[group as usize].end);
    let mark = |at: usize| ["class", "rel", "itemprop"].map(|name| page.nodes[at].attribute(name));
    let is_beside = |&other: &usize| index(other) < end || page.nodes[other].parent == page.nodes[at].parent;
    let mut behind = page.nodes[at].end;
    let alike = self::marked(sources, headline).filter(|&other| mark(other) == mark(at));
    for other in alike.skip_while(|&other| other <= at).take_while(is_beside) {
        if index(other) < behind {
            continue;
        }
        // Behind words of another kind stands whoever has another part in the article.
        if !is_joined(sources, behind..index(other)) || names.len() >= MAX_AUTHORS {
            break;
        }
        behind = page.nodes[other].end;
        let text = page.text_of(index(other));
        let text = without_opener(&text, sources.habit.language);
        // `Researched by Jo Lind` names no author.
        let is_author =
            |name: &String| names::is_full_name(name) && ranks::without(text).starts_with(name.as_str());
        for name in read(other).into_iter().filter(is_author) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// Whether what the nodes `between` two bylines say joins them.
fn is_joined(sources: &Sources<'_, '_>, between: Range<u32>) -> bool {
    let texts = between.map(|at| sources.page.nodes[at as usize].text.trim()).filter(|text| !text.is_empty());
    texts.into_iter().all(is_joint)
}

/// Elements around a name up to the one that holds all of an article's.
const MAX_DEPTH_OF_GROUP: usize = 6;

/// Marked nodes that are looked at: lists of thousands of posts have one each.
const MAX_MARKED: usize = 2_000;

/// The nodes that the page marks as its author or byline.
fn marked(sources: &Sources<'_, '_>, headline: Option<u32>) -> impl Iterator<Item = usize> {
    let nodes = &sources.page.nodes;
    let from = headline.map_or(0, |at| (at as usize).saturating_sub(NODES_BEFORE_HEADLINE));
    let marked = nodes.iter().enumerate().skip(from).filter(|(_, node)| {
        let by_rel = || node.tag == Tag::A && node.attribute("rel").is_some_and(|rel| rel.contains("author"));
        let named = node.own.any(Flags::AUTHOR) && !node.own.any(Flags::COMMENTS | Flags::OVERLAY);
        !node.around.any(Flags::HIDDEN) && !node.tag.is_unread() && (named || by_rel())
    });
    let own = move |&at: &usize| {
        !stands_beside_names(sources, index(at)) && !elsewhere::is_of_another(sources, headline, index(at))
    };
    marked.map(|(at, _)| at).take(MAX_MARKED).filter(own)
}

/// Whether node `at` is named as what stands in bylines beside names, rubrics and what an author is or does, and doesn't
/// say that it is a name.
pub(super) fn stands_beside_names(sources: &Sources<'_, '_>, at: u32) -> bool {
    let is_named = sources.page.nodes[at as usize].own.any(Flags::TAGS | Flags::ROLE);
    let says_author = || {
        let text = sources.page.text_of(at);
        without_opener(&text, sources.habit.language).len() < text.len()
    };
    is_named && !says_author()
}

/// Letters of what node `at` says.
fn letters_in(sources: &Sources<'_, '_>, at: usize) -> usize {
    let nodes = &sources.page.nodes;
    nodes[at..nodes[at].end as usize].iter().map(|node| node.text.trim().chars().count()).sum()
}

/// The pieces of text in the byline at node `at`, but for what stands beside names.
fn pieces<'s, 'a>(sources: &Sources<'s, 'a>, at: usize) -> impl Iterator<Item = &'s Node<'a>> + Clone {
    let page = sources.page;
    let is_beside = move |text: u32| {
        let mut within = page.ancestors(text).take_while(|&around| around != index(at));
        within.any(|around| stands_beside_names(sources, around))
    };
    let texts = (index(at)..page.nodes[at].end).map(|text| (text, &page.nodes[text as usize]));
    texts.filter(move |&(text, node)| node.tag == Tag::Text && !is_beside(text)).map(|(_, node)| node)
}

/// Names in the byline at node `at`: what is linked in it, else its first piece of text, since rank and
/// rubric follow the name.
fn in_byline(sources: &Sources<'_, '_>, at: usize, kind: Kind) -> Vec<String> {
    if letters_in(sources, at) > MAX_BYLINE_LETTERS {
        return Vec::new();
    }
    let text = sources.page.text_of(index(at));
    if other_parts::says_reviewed(&text) {
        return Vec::new();
    }
    let texts = pieces(sources, at);
    let of_authors = other_parts::without_review(&text);
    let linked = links_of_authors(texts.clone());
    let linked = linked.into_iter().filter(|name| of_authors.contains(&*super::super::line(name)));
    let is_list = |text: &str| {
        let parts = split_names(&unescaped(text), sources.habit);
        parts.iter().all(|part| is_name(part, sources, Kind::Person))
    };
    let linked = linked.enumerate().filter(|&(nth, text)| nth == 0 || is_list(text)).map(|(_, text)| text);
    let names = people(linked, sources, Kind::Person);
    let whole = people(std::iter::once(text.as_str()), sources, Kind::Person);
    let said = without_opener(&text, sources.habit.language).len() < text.len();
    let said = said && whole.len() == split_names(&text, sources.habit).len();
    if said && whole.len() > names.len().max(1) && names.iter().all(|name| whole.contains(name)) {
        return whole;
    }
    if !names.is_empty() {
        return names;
    }
    if is_of_several(sources, at) {
        let said = texts.clone().map(|node| node.text).take_while(|text| !other_parts::says_other_part(text));
        let mut names = people(said, sources, kind);
        names.retain(|name| names::is_full_name(name));
        if !names.is_empty() {
            return names;
        }
    }
    first_named(texts.map(|node| node.text), sources, kind)
}

/// The links among the `texts` of a byline, but for those behind words for another part in the article: `Edited by`.
fn links_of_authors<'n, 'a: 'n>(texts: impl Iterator<Item = &'n Node<'a>>) -> Vec<&'n str> {
    let mut links = Vec::new();
    let mut before = String::new();
    for node in texts.filter(|node| !node.text.trim().is_empty()) {
        if node.around.any(Flags::LINK) {
            if !other_parts::says_other_part(&std::mem::take(&mut before)) {
                links.push(node.text);
            }
        } else {
            before.push_str(node.text);
            before.push(' ');
        }
    }
    links
}

/// Whether node `at` is named as that of several authors, not of the first alone.
fn is_of_several(sources: &Sources<'_, '_>, at: usize) -> bool {
    const SEVERAL: [&str; 7] =
        ["authors", "auteurs", "autoren", "autores", "autori", "bylines", "contributors"];
    let class = sources.page.nodes[at].attribute("class").unwrap_or_default();
    let mut words = class.split(|c: char| !c.is_ascii_alphabetic());
    words.any(|word| SEVERAL.iter().any(|several| several.eq_ignore_ascii_case(word)))
}

/// Letters of the largest box that tells of an author.
const MAX_BOX_LETTERS: usize = 1_500;

/// The name that heads the box at node `at`, if that is longer than a byline.
fn heading_of_box(sources: &Sources<'_, '_>, at: usize) -> Vec<String> {
    if !(MAX_BYLINE_LETTERS..=MAX_BOX_LETTERS).contains(&letters_in(sources, at)) {
        return Vec::new();
    }
    let mut texts = pieces(sources, at).map(|node| node.text.trim());
    let first = texts.find(|text| text.contains(char::is_alphabetic) && !is_label(text));
    let mut names = people(first.into_iter(), sources, Kind::Person);
    names.retain(|name| names::is_full_name(name));
    names
}

/// The names in the first of `pieces` of a byline that begins with one: of `Jo lives in Selm, Upper Karst` the last part
/// looks like a name too. A single word is one in the first piece alone: behind it stand rubrics and buttons.
fn first_named<'p>(
    pieces: impl Iterator<Item = &'p str>,
    sources: &Sources<'_, '_>,
    kind: Kind,
) -> Vec<String> {
    let mut is_behind_other = false;
    let mut found: Vec<String> = Vec::new();
    let is_opened = |piece: &str| without_opener(piece, sources.habit.language).len() < piece.len();
    let pieces =
        pieces.map(str::trim).filter(|piece| piece.contains(char::is_alphabetic) && !is_label(piece));
    for piece in pieces {
        if is_of_sentence(piece, sources) || !found.is_empty() && !is_opened(piece) {
            break;
        }
        let parts = split_names(&unescaped(piece), sources.habit);
        let begins = parts.first().is_some_and(|first| is_name(first, sources, kind));
        let names = people(std::iter::once(piece), sources, kind);
        let is_full = names.iter().any(|name| !names::is_single(name));
        if begins && !names.is_empty() && (is_full || !is_behind_other) {
            found.extend(names);
        }
        is_behind_other = true;
    }
    found
}

/// Words of the longest handle that begins with a small letter, and of the longest name with a full stop behind it.
const MAX_HANDLE_WORDS: usize = 2;
const MAX_STOPPED_WORDS: usize = 6;

/// Whether a piece of a byline says something in words of a sentence, and no names.
fn is_of_sentence(piece: &str, sources: &Sources<'_, '_>) -> bool {
    let words = piece.split_whitespace().count();
    let first = piece.split_whitespace().next().unwrap_or_default();
    let is_small = first.starts_with(char::is_lowercase) && !names::is_particle(first);
    let is_opened = || without_opener(piece, sources.habit.language).len() < piece.len();
    is_small && words > MAX_HANDLE_WORDS && !is_opened() || words > MAX_STOPPED_WORDS && ends_sentence(piece)
}
