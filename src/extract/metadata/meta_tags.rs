//! [`MetaTags`]: the `<meta>` elements of a page by name.

use super::super::page::Page;
use super::super::tag::Tag;

/// Elements that are read; a page that has more has been stuffed.
const MAX_TAGS: usize = 500;

/// Names in lower case, with their values, in the page's order.
#[derive(Debug, Default)]
pub(super) struct MetaTags<'a> {
    list: Vec<(String, &'a str)>,
}

impl<'a> MetaTags<'a> {
    /// Those of `page`.
    pub(super) fn of(page: &Page<'a>) -> Self {
        let mut list = Vec::new();
        for node in page.nodes.iter().filter(|node| node.tag == Tag::Meta).take(MAX_TAGS) {
            let Some(content) = node.attribute("content").map(str::trim) else { continue };
            if content.is_empty() {
                continue;
            }
            for name in ["property", "name", "itemprop"] {
                if let Some(name) = node.attribute(name) {
                    list.push((name.trim().to_ascii_lowercase(), content));
                }
            }
        }
        Self { list }
    }

    /// The value of the first of `names` that the page has.
    pub(super) fn first(&self, names: &[&str]) -> Option<&'a str> {
        names
            .iter()
            .find_map(|name| self.list.iter().find(|(known, _)| known == name))
            .map(|&(_, value)| value)
    }

    /// The values of those whose name is `wanted`.
    pub(super) fn named(&self, wanted: impl Fn(&str) -> bool) -> impl Iterator<Item = &'a str> {
        self.list.iter().filter(move |(name, _)| wanted(name)).map(|&(_, value)| value)
    }

    /// All values of any of `names`.
    pub(super) fn all(&self, names: &[&str]) -> Vec<&'a str> {
        self.list
            .iter()
            .filter(|(known, _)| names.contains(&known.as_str()))
            .map(|&(_, value)| value)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    #[test]
    fn names_are_found_in_any_case_and_attribute() {
        let html = Html::parse_document(
            "<meta NAME='DC.Title' content=' a '><meta property=og:title content=b><meta name=x content=''>",
        );
        let page = Page::of(&html);
        let tags = MetaTags::of(&page);
        assert_eq!(tags.first(&["x", "dc.title"]), Some("a"));
        assert_eq!(tags.all(&["og:title", "dc.title"]), ["a", "b"]);
    }
}
