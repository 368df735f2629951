//! The authors: who the page says wrote it, as names without titles and rubrics.

use super::super::hints::Flags;
use super::super::tag::Tag;
use super::{Sources, folded_words, meta_tags};
use crate::model::{Field, Metadata};

/// Bytes of the longest name that is believed.
const MAX_NAME_BYTES: usize = 80;

/// Words of the longest name.
const MAX_NAME_WORDS: usize = 6;

/// Authors that are kept. Papers of large collaborations have more, but nobody cites them all.
const MAX_AUTHORS: usize = 50;

/// Bytes of the longest byline.
const MAX_BYLINE_BYTES: usize = 200;

/// Reads the authors into `found`; `headline` is the node of the title.
pub(super) fn read(sources: &Sources<'_, '_>, headline: Option<u32>, found: &mut Metadata) {
    let tags = sources.tags;
    let meta = |names: &[&str]| people(tags.all(names).into_iter(), sources);
    let candidates: [(&dyn Fn() -> Vec<String>, &str, u8); 5] = [
        (&|| meta(&["citation_author", "citation_authors"]), "citation", 95),
        (&|| people(sources.data.authors.iter().map(String::as_str), sources), "json-ld", 90),
        (&|| bylines(sources, headline), "byline", 85),
        (&|| meta(&["author", "article:author", "parsely-author", "sailthru.author", "byl"]), "meta", 75),
        (&|| meta(&["dc.creator", "dcterms.creator", "dc.contributor"]), "dublin-core", 80),
    ];
    for (candidate, source, percent) in candidates {
        let names = candidate();
        if !names.is_empty() {
            found.authors = names;
            found.note(Field::Authors, source, percent);
            return;
        }
    }
}

/// The names in a list of values, each once.
fn people<'v>(values: impl Iterator<Item = &'v str>, sources: &Sources<'_, '_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for value in values {
        for name in split_names(&meta_tags::unescaped(value)) {
            if is_name(&name, sources) && !found.iter().any(|known| super::same_words(known, &name)) {
                found.push(name);
            }
        }
    }
    found.truncate(MAX_AUTHORS);
    found
}

/// Names in what the page marks as its author or byline.
fn bylines(sources: &Sources<'_, '_>, headline: Option<u32>) -> Vec<String> {
    let nodes = &sources.page.nodes;
    let from = headline.map_or(0, |at| (at as usize).saturating_sub(60));
    let mut at = from;
    while at < nodes.len() {
        let node = &nodes[at];
        let marked = node.own.any(Flags::AUTHOR) && !node.own.any(Flags::COMMENTS)
            || node.tag == Tag::A && node.attribute("rel").is_some_and(|rel| rel.contains("author"));
        if marked && !node.around.any(Flags::HIDDEN) && node.tag != Tag::Meta {
            let text = sources.page.text_of(at as u32);
            if text.len() <= MAX_BYLINE_BYTES {
                let names = people(std::iter::once(text.as_str()), sources);
                if !names.is_empty() {
                    return names;
                }
            }
        }
        at += 1;
    }
    Vec::new()
}

/// Words before a name in a byline, in lower case.
const OPENERS: [&str; 22] = [
    "by",
    "written by",
    "posted by",
    "author",
    "authors",
    "par",
    "von",
    "por",
    "di",
    "da",
    "door",
    "av",
    "af",
    "text",
    "from",
    "published by",
    "story by",
    "words by",
    "article by",
    "автор",
    "بقلم",
    "reviewed by",
];

/// The names in a byline or list.
fn split_names(text: &str) -> Vec<String> {
    let text = super::super::line(text);
    let text = without_opener(&text);
    let text = text.split(['|', '•', '·', '—', '/', '\n', '(']).next().unwrap_or(text);
    let mut found = Vec::new();
    for part in text.split([',', ';', '&', '、']) {
        for name in
            part.split(" and ").flat_map(|name| name.split(" et ")).flat_map(|name| name.split(" und "))
        {
            let name =
                without_opener(name.trim()).trim_matches(|c: char| !c.is_alphanumeric() && c != '.').trim();
            if !name.is_empty() {
                found.push(name.to_owned());
            }
        }
    }
    found
}

fn without_opener(text: &str) -> &str {
    for opener in OPENERS {
        let Some(head) = text.get(..opener.len()) else { continue };
        if head.to_lowercase() == opener {
            let rest = &text[opener.len()..];
            if rest.starts_with([' ', ':']) {
                return without_opener(rest.trim_start_matches([' ', ':']));
            }
        }
    }
    text
}

/// Words that no person's name has.
const NOT_IN_NAMES: [&str; 24] = [
    "admin",
    "administrator",
    "editor",
    "editorial",
    "staff",
    "team",
    "guest",
    "author",
    "contributor",
    "desk",
    "news",
    "newsroom",
    "read",
    "more",
    "posts",
    "updated",
    "published",
    "minutes",
    "min",
    "http",
    "https",
    "www",
    "com",
    "comments",
];

fn is_name(name: &str, sources: &Sources<'_, '_>) -> bool {
    if name.len() > MAX_NAME_BYTES
        || name.contains(['@', ':', '/'])
        || name.contains(|c: char| c.is_ascii_digit())
    {
        return false;
    }
    let words = folded_words(name);
    let known = words.iter().any(|word| NOT_IN_NAMES.contains(&word.as_str()));
    let site = sources.tags.first(&["og:site_name"]);
    let is_site = site.is_some_and(|site| super::same_words(site, name))
        || sources.data.publisher.as_deref().is_some_and(|site| super::same_words(site, name));
    let upper = name.chars().next().is_some_and(|c| !c.is_lowercase());
    !words.is_empty() && words.len() <= MAX_NAME_WORDS && !known && !is_site && upper
}
