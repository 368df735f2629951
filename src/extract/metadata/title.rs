//! The title: the headline that a reader sees, told apart from the site's name by what the page's
//! head says.

use super::super::hints::Flags;
use super::super::tag::Tag;
use super::{Sources, folded_words, likeness, meta_tags};
use crate::model::{Field, Metadata};

/// Bytes of the longest headline that is believed.
const MAX_BYTES: usize = 400;

/// Likeness to the head's title from which a headline is taken for the article's.
const ALIKE: f32 = 0.3;

/// What parts a title from the name of its site.
const SEPARATORS: [&str; 9] = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " ‹ "];

/// Reads the title into `found`, and gives the node of the headline if it was taken from one.
pub(super) fn read(sources: &Sources<'_, '_>, found: &mut Metadata) -> Option<u32> {
    let tags = sources.tags;
    let text = |value: Option<&str>| {
        let value = super::super::line(&meta_tags::unescaped(value.unwrap_or_default()));
        (!value.is_empty()).then_some(value)
    };
    let page_title = page_title(sources);
    let social =
        text(tags.first(&["og:title", "twitter:title"])).or_else(|| text(sources.data.headline.as_deref()));
    let reference = social.clone().or_else(|| page_title.clone());
    let headline = headline(sources, reference.as_deref());
    let scholarly = text(tags.first(&["citation_title"])).map(|title| (title, "citation", 95));
    let core = text(tags.first(&["dc.title", "dcterms.title"])).map(|title| (title, "dublin-core", 80));
    let node = headline.as_ref().map(|(node, _)| *node);
    let first = headline
        .map(|(_, title)| (title, "headline", 95))
        .or(scholarly)
        .or_else(|| {
            social.map(|title| (without_site(&title, tags.first(&["og:site_name"])), "open-graph", 80))
        })
        .or(core)
        .or_else(|| page_title.map(|title| (without_site(&title, None), "meta", 60)))
        .or_else(|| first_heading(sources).map(|title| (title, "headline", 40)));
    if let Some((title, source, percent)) = first {
        found.title = Some(title);
        found.note(Field::Title, source, percent);
    }
    node
}

fn page_title(sources: &Sources<'_, '_>) -> Option<String> {
    let nodes = &sources.page.nodes;
    let at = nodes.iter().position(|node| node.tag == Tag::Title)?;
    let text = super::super::line(&sources.page.text_of(at as u32));
    (!text.is_empty()).then_some(text)
}

/// The `h1` that is most like the title in the page's head.
fn headline(sources: &Sources<'_, '_>, reference: Option<&str>) -> Option<(u32, String)> {
    let nodes = &sources.page.nodes;
    let headlines: Vec<(u32, String)> = nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| node.tag == Tag::H1 && !node.around.any(Flags::HIDDEN))
        .map(|(at, _)| (at as u32, sources.page.text_of(at as u32)))
        .filter(|(_, text)| !text.is_empty() && text.len() <= MAX_BYTES)
        .take(20)
        .collect();
    let Some(reference) = reference else { return headlines.into_iter().next() };
    let words = folded_words(reference);
    let mut best: Option<(f32, (u32, String))> = None;
    for (at, text) in headlines {
        let alike = likeness(&folded_words(&text), &words);
        if best.as_ref().is_none_or(|(most, _)| alike > *most) {
            best = Some((alike, (at, text)));
        }
    }
    best.filter(|(alike, _)| *alike >= ALIKE).map(|(_, found)| found)
}

/// `title` without the site's name: the part before the first separator, or behind it if that is
/// where the article's title stands.
fn without_site(title: &str, site: Option<&str>) -> String {
    let Some((at, separator)) =
        SEPARATORS.iter().filter_map(|mark| title.find(mark).map(|at| (at, *mark))).min_by_key(|&(at, _)| at)
    else {
        return title.to_owned();
    };
    let (head, tail) = (title[..at].trim(), title[at + separator.len()..].trim());
    if site.is_some_and(|site| super::same_words(site, head)) && !tail.is_empty() {
        return tail.to_owned();
    }
    if site.is_some_and(|site| super::same_words(site, tail)) {
        return head.to_owned();
    }
    if site.is_some() || head.is_empty() {
        return title.to_owned();
    }
    head.to_owned()
}

/// The first heading of any level.
fn first_heading(sources: &Sources<'_, '_>) -> Option<String> {
    let nodes = &sources.page.nodes;
    let headings = nodes.iter().enumerate().filter(|(_, node)| node.tag.heading_level().is_some());
    headings
        .map(|(at, _)| sources.page.text_of(at as u32))
        .find(|text| !text.is_empty() && text.len() <= MAX_BYTES)
}
