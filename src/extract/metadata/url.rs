//! The canonical address of a page, cleaned.

use std::borrow::Cow;

use super::json_ld::Data;
use super::meta_tags::MetaTags;
use crate::extract::page::Page;
use crate::extract::tag::Tag;
use crate::model::{Address, Field, Metadata, resolved};

/// Bytes of the longest address that is believed.
const MAX_BYTES: usize = 2_000;

/// The canonical address of the page that was found at `address`, what said so and how sure it is.
///
/// An address that points to the site's root is some template's mistake, so another source comes
/// first; where all agree on the root, the page is the root.
pub(super) fn canonical(
    page: &Page<'_>,
    tags: &MetaTags<'_>,
    data: &Data,
    address: Option<&str>,
) -> Option<(String, &'static str, u8)> {
    let link = page
        .nodes
        .iter()
        .filter(|node| node.tag == Tag::Link)
        .find(|node| node.attribute("rel").is_some_and(|rel| rel.trim().eq_ignore_ascii_case("canonical")))
        .and_then(|node| node.attribute("href"));
    let base = page.nodes.iter().find(|node| node.tag == Tag::Base).and_then(|node| node.attribute("href"));
    let link = link.map(|link| completed(link, base, address));
    // Some systems put the page's own address there.
    let base = base.filter(|to| !to.ends_with('/'));
    let candidates = [
        (link.as_deref(), "meta", 95),
        (tags.first(&["og:url"]), "open-graph", 85),
        (data.url.as_deref(), "json-ld", 70),
        (tags.first(&["citation_abstract_html_url", "citation_public_url"]), "citation", 80),
        (tags.first(&["twitter:url", "dc.identifier", "dcterms.identifier", "parsely-link"]), "meta", 60),
        (base, "meta", 50),
    ];
    let cleaned =
        |(url, source, percent): (Option<&str>, &'static str, u8)| Some((cleaned(url?)?, source, percent));
    let all: Vec<(String, &'static str, u8)> = candidates.into_iter().filter_map(cleaned).collect();
    let chosen = all.iter().find(|(url, _, _)| !is_root(url)).or(all.first())?;
    let distrusted = is_root(&chosen.0);
    Some((chosen.0.clone(), chosen.1, if distrusted { 20 } else { chosen.2 }))
}

/// The whole address of `link` in a page with `base` that was found at `address`. What doesn't begin with a slash is as
/// often a host without its scheme as a name beside the page, and left as it is.
fn completed<'a>(link: &'a str, base: Option<&str>, address: Option<&str>) -> Cow<'a, str> {
    let link = link.trim();
    if !link.starts_with('/') {
        return Cow::Borrowed(link);
    }
    let address = address.unwrap_or_default();
    let base = base.and_then(|base| resolved(address, base));
    resolved(base.as_deref().unwrap_or(address), link).map_or(Cow::Borrowed(link), Cow::Owned)
}

pub(super) fn is_root(url: &str) -> bool {
    Address::of(url).is_root()
}

/// `url` if it is absolute and of the web, without its fragment and the marks of campaigns.
pub(in super::super) fn cleaned(url: &str) -> Option<String> {
    let url = url.trim();
    let url = archived(url).unwrap_or(url);
    if url.len() > MAX_BYTES || url.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return None;
    }
    let address = Address::of(url);
    let (scheme, host) = (address.scheme.to_ascii_lowercase(), address.authority.to_lowercase());
    if !matches!(scheme.as_str(), "http" | "https") || !host.contains(char::is_alphanumeric) {
        return None;
    }
    let path = if address.path().is_empty() { "/" } else { address.path() };
    let mut out = format!("{scheme}://{host}{path}");
    let kept: Vec<&str> = address.query().split('&').filter(|parameter| !is_tracking(parameter)).collect();
    if !kept.is_empty() {
        out.push('?');
        out.push_str(&kept.join("&"));
    }
    Some(out)
}

/// The address of the page of which `url` is a copy in the Wayback Machine, as
/// `https://web.archive.org/web/20150303100000/http://a.example/`.
fn archived(url: &str) -> Option<&str> {
    let (_, copy) = url.split_once("://")?;
    let (moment, page) = copy.strip_prefix("web.archive.org/web/")?.split_once('/')?;
    let is_moment = moment.starts_with(|c: char| c.is_ascii_digit());
    (is_moment && page.contains("://")).then_some(page)
}

/// Whether a parameter only says where a reader came from.
fn is_tracking(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or(parameter);
    name.is_empty()
        || name.starts_with("utm_")
        || matches!(name, "fbclid" | "gclid" | "mc_cid" | "mc_eid" | "igshid")
}

/// Drops an address that is the site's root from an article that can't be a site's first page.
pub(super) fn distrust_root(found: &mut Metadata) {
    if found.url.as_deref().is_some_and(is_root) {
        found.url = None;
        found.provenance.retain(|known| known.field != Field::Url);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    #[test]
    fn addresses_are_cleaned() {
        assert_eq!(cleaned("HTTPS://Example.org").as_deref(), Some("https://example.org/"));
        assert_eq!(
            cleaned("https://a.test/x?utm_source=n&id=3#top").as_deref(),
            Some("https://a.test/x?id=3")
        );
        assert_eq!(
            cleaned("https://web.archive.org/web/20150303100000id_/http://a.test/x?id=3").as_deref(),
            Some("http://a.test/x?id=3")
        );
        assert_eq!(
            cleaned("https://web.archive.org/web/about").as_deref(),
            Some("https://web.archive.org/web/about")
        );
        for wrong in ["/x", "ftp://a.test/x", "javascript:x", "https:///x", "https://a b/", "//a.test/x"] {
            assert_eq!(cleaned(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_relative_link_is_completed_by_the_address_of_the_page() {
        let found = |head: &str, address: Option<&str>| {
            let html = Html::parse_document(head);
            let page = Page::of(&html);
            canonical(&page, &MetaTags::of(&page), &Data::default(), address).map(|found| found.0)
        };
        let at = Some("http://a.test/dir/page");
        for (href, url) in [
            ("/other/page", Some("http://a.test/other/page")),
            ("//b.test/page", Some("http://b.test/page")),
            ("b.test/page", None),
            ("", None),
        ] {
            assert_eq!(found(&format!("<link rel=canonical href='{href}'>"), at).as_deref(), url, "{href}");
        }
        let link = "<link rel=canonical href=/x>";
        assert_eq!(found(link, None), None);
        let based = format!("<base href=https://b.test/>{link}");
        assert_eq!(found(&based, None).as_deref(), Some("https://b.test/x"));
    }

    #[test]
    fn the_root_is_distrusted() {
        let html = Html::parse_document(
            "<link rel=canonical href=https://a.test/><meta property=og:url content=https://a.test/water>",
        );
        let page = Page::of(&html);
        let found = canonical(&page, &MetaTags::of(&page), &Data::default(), None).unwrap();
        assert_eq!((found.0.as_str(), found.1), ("https://a.test/water", "open-graph"));
    }
}
