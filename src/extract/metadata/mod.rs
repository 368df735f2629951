//! What a page says about its article, each piece with where it was found.
//!
//! Every field has a cascade of sources, best first, in the order that did best over pages whose facts
//! are known. What the input's container knows comes on top of it, in the parent module.

mod about;
mod authors;
mod bodies;
mod bylines;
pub(super) mod dates;
mod elsewhere;
mod front;
pub(super) mod json_ld;
mod mail_addresses;
mod meta_tags;
mod names;
mod openers;
mod other_parts;
mod publisher;
mod ranks;
mod reporters;
mod rubrics;
mod shown_dates;
mod tails;
mod threads;
mod title;
pub(super) mod url;

use super::Options;
use super::blocks::Blocks;
use super::page::Page;
use super::tag::Tag;
use super::unescaped;
use crate::calendar::Habit;
use crate::model::{Field, Language, Metadata, host_of};
pub(super) use about::{begins_with_author, is_about, is_keywords, tells_another_day};
pub use bodies::is_name_of_body;
use json_ld::Data;
use meta_tags::MetaTags;
pub(super) use openers::COLONS;
pub(super) use threads::is_thread;
pub(super) use title::is_labelled;
pub(super) use url::cleaned;

/// All that the fields' cascades look at.
struct Sources<'s, 'a> {
    page: &'s Page<'a>,
    blocks: &'s Blocks,
    tags: &'s MetaTags<'a>,
    data: &'s Data,
    /// The page's address, if the page or its container tells.
    url: Option<&'s str>,
    /// How dates are written where it is from.
    habit: Habit,
    options: &'s Options,
    /// Whether it is the front page of its site.
    is_front: bool,
}

impl Sources<'_, '_> {
    /// The number of the first block of or behind the node `headline`, or of the first of all.
    fn first_block(&self, headline: Option<u32>) -> usize {
        headline.map_or(0, |title| self.blocks.list.partition_point(|block| block.node < title))
    }
}

/// Reads the metadata of a page.
pub(super) fn read(
    page: &Page<'_>,
    blocks: &Blocks,
    data: &Data,
    given: &Metadata,
    options: &Options,
) -> Metadata {
    let tags = MetaTags::of(page);
    let mut found = Metadata::default();
    let canonical = url::canonical(page, &tags, data, given.url.as_deref());
    if let Some((url, source, percent)) = canonical {
        found.url = Some(url);
        found.note(Field::Url, source, percent);
    }
    // Where a page was fetched is only second to what it calls itself.
    let fetched = given.url.clone();
    let url = if given.is_of_container(Field::Url) {
        found.url.clone().or(fetched)
    } else {
        fetched.or_else(|| found.url.clone())
    };
    let root = page.nodes.iter().find(|node| node.tag == Tag::Html);
    let (lang, locale) = (root.and_then(|node| node.attribute("lang")), tags.first(&["og:locale"]));
    let tag = match (lang, locale) {
        // The one with a region tells more.
        (Some(lang), Some(locale)) if !lang.contains('-') && locale.starts_with(lang) => Some(locale),
        (lang, locale) => lang.or(locale),
    };
    let habit = Habit::of(tag, url.as_deref().and_then(host_of));
    let is_front = front::is_front(blocks, &tags, data, found.url.as_deref(), given.url.as_deref());
    let sources = Sources { page, blocks, tags: &tags, data, url: url.as_deref(), habit, options, is_front };
    let headline = title::read(&sources, &mut found);
    authors::read(&sources, headline, &mut found);
    dates::read(&sources, headline, &mut found);
    about(&sources, &mut found);
    let is_given = given.url.is_some() && !given.is_of_container(Field::Url);
    if !is_given && (found.published.is_some() || !found.authors.is_empty()) {
        url::distrust_root(&mut found);
    }
    language(&sources, &mut found);
    found
}

/// The summary in a page's head.
pub(super) fn description<'a>(page: &Page<'a>) -> Option<&'a str> {
    MetaTags::of(page).first(&["og:description", "description", "twitter:description", "dc.description"])
}

/// Publisher, section and keywords.
fn about(sources: &Sources<'_, '_>, found: &mut Metadata) {
    let (tags, data) = (sources.tags, sources.data);
    publisher::read(sources, found);
    let sections = [
        (tags.first(&["article:section"]), "open-graph", 90),
        (data.section.as_deref(), "json-ld", 85),
        (tags.first(&["section", "category", "parsely-section"]), "meta", 70),
    ];
    found.section = first(sections, Field::Section, found);
    let (keywords, source) = keywords(tags, data);
    if !keywords.is_empty() {
        found.keywords = keywords;
        found.note(Field::Keywords, source, 80);
    }
}

/// The first of `candidates` that says anything.
fn first<const N: usize>(
    candidates: [(Option<&str>, &str, u8); N],
    field: Field,
    found: &mut Metadata,
) -> Option<String> {
    for (value, source, percent) in candidates {
        let value = super::line(&unescaped(value.unwrap_or_default()));
        if !value.is_empty() && value.len() <= MAX_NAME_BYTES {
            found.note(field, source, percent);
            return Some(value);
        }
    }
    None
}

/// Bytes of the longest name of a publisher or section. Longer ones are sentences in the wrong place.
const MAX_NAME_BYTES: usize = 200;

/// Keywords that are kept. Lists beyond it are stuffed for search engines.
const MAX_KEYWORDS: usize = 40;

fn keywords(tags: &MetaTags<'_>, data: &Data) -> (Vec<String>, &'static str) {
    let lists: [(Vec<&str>, &str); 4] = [
        (tags.all(&["citation_keywords", "citation_keyword"]), "citation"),
        (tags.all(&["article:tag"]), "open-graph"),
        (tags.all(&["keywords", "news_keywords", "dc.subject", "dcterms.subject"]), "meta"),
        (data.keywords.iter().map(String::as_str).collect(), "json-ld"),
    ];
    for (values, source) in lists {
        let mut words: Vec<String> = Vec::new();
        for word in values.iter().flat_map(|value| value.split([',', ';', '،', '、'])) {
            let word = super::line(&unescaped(word));
            if !word.is_empty() && word.len() <= MAX_NAME_BYTES && !words.contains(&word) {
                words.push(word);
            }
        }
        words.truncate(MAX_KEYWORDS);
        if !words.is_empty() {
            return (words, source);
        }
    }
    (Vec::new(), "")
}

/// The language that the page declares.
fn language(sources: &Sources<'_, '_>, found: &mut Metadata) {
    let root = sources.page.nodes.iter().find(|node| node.tag == Tag::Html);
    let declared = [
        (root.and_then(|node| node.attribute("lang").or_else(|| node.attribute("xml:lang"))), 80),
        (sources.data.language.as_deref(), 70),
        (
            sources.tags.first(&["content-language", "dc.language", "dcterms.language", "citation_language"]),
            70,
        ),
        (sources.tags.first(&["og:locale"]), 60),
    ];
    for (tag, percent) in declared {
        if let Some(language) = tag.and_then(Language::from_tag) {
            found.language = Some(language);
            found.note(Field::Language, "meta", percent);
            return;
        }
    }
}

/// Whether two texts have the same words, whatever their case and punctuation.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    let mut left = words(a);
    let mut right = words(b);
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (Some(x), Some(y)) => {
                if !x.eq(y) {
                    return false;
                }
            }
            _ => return false,
        }
    }
}

/// The words of a text, each as its letters in lower case.
fn words(text: &str) -> impl Iterator<Item = impl Iterator<Item = char> + Clone + '_> + '_ {
    text.split(|c: char| !c.is_alphanumeric() && !is_unseen(c))
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(|word| word.chars().filter(|&c| !is_unseen(c)).flat_map(char::to_lowercase))
}

/// Whether a word goes on behind `c`, which shows nothing: soft hyphens, and places where a line may break or not.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// The words of a text in lower case.
fn folded_words(text: &str) -> Vec<String> {
    words(text).map(Iterator::collect).collect()
}

/// How alike two texts are: the words they share, as a share of the words of both (Dice), 0 to 1.
fn likeness(a: &[String], b: &[String]) -> f32 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let mut left: Vec<&String> = a.iter().collect();
    let shared = b
        .iter()
        .filter(|word| left.iter().position(|known| known == word).map(|at| left.swap_remove(at)).is_some())
        .count();
    2.0 * shared as f32 / (a.len() + b.len()) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_compare_without_case_and_marks() {
        assert!(same_words("Water: a Plan", "water – a plan"));
        assert!(!same_words("Water", "Water plan"));
        assert!(same_words("", " - "));
        assert!(same_words("Renten\u{ad}re\u{200b}form \u{ad}", "Rentenreform"));
    }

    #[test]
    fn likeness_counts_shared_words() {
        let words = |text| folded_words(text);
        assert!((likeness(&words("a b c"), &words("c b a")) - 1.0).abs() < 1e-6);
        assert!((likeness(&words("a a"), &words("a b")) - 0.5).abs() < 1e-6);
        assert!(likeness(&words(""), &words("a")).abs() < 1e-6);
    }
}
