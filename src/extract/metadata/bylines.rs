//! The names in what a page marks as its author or byline, by class, role or link.
//!
//! Lines that only say whose they are, and what a name looks like, are not here.

use super::super::hints::Flags;
use super::super::page::{Node, index};
use super::super::tag::Tag;
use super::super::unescaped;
use super::authors::{MAX_BYLINE_LETTERS, is_label, people};
use super::names::{Kind, is_name, split_names};
use super::openers::without_opener;
use super::{Sources, elsewhere, names};
use crate::text::ends_sentence;

/// Nodes before the headline in which a byline may stand: a rubric and a line, with their elements.
const NODES_BEFORE_HEADLINE: usize = 60;

/// Names in what the page marks as its author or byline: in what is no longer than one, else in the head of a box that
/// goes on about the author.
pub(super) fn named(sources: &Sources<'_, '_>, headline: Option<u32>, kind: Kind) -> Vec<String> {
    let marked = || marked(sources, headline);
    let any = |names: &Vec<String>| !names.is_empty();
    let found = marked().map(|at| in_byline(sources, at, kind)).find(any);
    let in_box = || marked().map(|at| heading_of_box(sources, at)).find(any);
    found.or_else(|| if kind == Kind::Person { in_box() } else { None }).unwrap_or_default()
}

/// The nodes that the page marks as its author or byline.
fn marked(sources: &Sources<'_, '_>, headline: Option<u32>) -> impl Iterator<Item = usize> {
    let nodes = &sources.page.nodes;
    let from = headline.map_or(0, |at| (at as usize).saturating_sub(NODES_BEFORE_HEADLINE));
    let marked = nodes.iter().enumerate().skip(from).filter(|(_, node)| {
        let by_rel = node.tag == Tag::A && node.attribute("rel").is_some_and(|rel| rel.contains("author"));
        let named = node.own.any(Flags::AUTHOR) && !node.own.any(Flags::COMMENTS | Flags::OVERLAY);
        (named || by_rel) && !node.around.any(Flags::HIDDEN) && !node.tag.is_unread()
    });
    let own = move |&at: &usize| {
        !stands_beside_names(sources, index(at)) && !elsewhere::is_of_another(sources, headline, index(at))
    };
    marked.map(|(at, _)| at).filter(own)
}

/// Whether node `at` is named as what stands in bylines beside names, rubrics and what an author is or does, and doesn't
/// say that it is a name.
fn stands_beside_names(sources: &Sources<'_, '_>, at: u32) -> bool {
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
    if names::says_reviewed(&text) {
        return Vec::new();
    }
    let texts = pieces(sources, at);
    let of_authors = names::without_review(&text);
    let linked = texts.clone().filter(|node| node.around.any(Flags::LINK));
    let linked = linked.map(|node| node.text).filter(|name| of_authors.contains(&*super::super::line(name)));
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
    first_named(texts.map(|node| node.text), sources, kind)
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
    let pieces =
        pieces.map(str::trim).filter(|piece| piece.contains(char::is_alphabetic) && !is_label(piece));
    for piece in pieces {
        if is_of_sentence(piece, sources) {
            break;
        }
        let parts = split_names(&unescaped(piece), sources.habit);
        let begins = parts.first().is_some_and(|first| is_name(first, sources, kind));
        let names = people(std::iter::once(piece), sources, kind);
        let is_full = names.iter().any(|name| !names::is_single(name));
        if begins && !names.is_empty() && (is_full || !is_behind_other) {
            return names;
        }
        is_behind_other = true;
    }
    Vec::new()
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
