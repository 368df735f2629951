//! Pages that only lead to another, for browsers to go on by themselves:
//! `<meta http-equiv=refresh content="0; url=/new">`.

use super::page::Page;
use super::parse::parse;
use super::tag::Tag;
use crate::text::{clean, collapse_whitespace};

/// Bytes of text from which on a page says something by itself, wherever it leads: stubs say that they have moved.
pub(super) const FEWEST_BYTES: usize = 250;

/// Seconds after which at most a page leads on: what is shown for longer is read, and shown anew.
const MOST_SECONDS: u32 = 15;

/// Bytes at the beginning of a page in which the sign stands.
const HEAD_BYTES: usize = 16_384;

/// Characters of an address that are told.
const TOLD_CHARS: usize = 200;

/// The address that the pruned page `html` leads to, as it gives it.
pub(super) fn target(html: &str) -> Option<String> {
    let head = &html.as_bytes()[..html.len().min(HEAD_BYTES)];
    // Looked for before the page is parsed once more.
    memchr::memmem::find(&head.to_ascii_lowercase(), b"refresh")?;
    let tree = parse(html);
    let page = Page::of(&tree);
    let tags = page.nodes.iter().filter(|node| node.tag == Tag::Meta);
    let mut refreshes = tags.filter(|node| {
        node.attribute("http-equiv").is_some_and(|name| name.trim().eq_ignore_ascii_case("refresh"))
    });
    let address = refreshes.find_map(|node| address(node.attribute("content")?))?;
    Some(collapse_whitespace(&clean(address)).chars().take(TOLD_CHARS).collect())
}

/// The address in `content`, such as `0; url='/new'`, if it is gone to soon.
fn address(content: &str) -> Option<&str> {
    let (seconds, rest) = content.split_once([';', ','])?;
    let whole = seconds.split('.').next().unwrap_or_default().trim();
    let is_soon = whole.parse().is_ok_and(|seconds: u32| seconds <= MOST_SECONDS);
    let rest = rest.trim_start();
    let name = rest.get(..3).filter(|name| name.eq_ignore_ascii_case("url"))?;
    let value = rest[name.len()..].trim_start().strip_prefix('=')?;
    let value = value.trim().trim_matches(['"', '\'']).trim();
    (is_soon && !value.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_gone_to_soon_or_not() {
        for (content, to) in [
            ("2;url='/new'", Some("/new")),
            ("0; URL=https://a.example/b", Some("https://a.example/b")),
            ("0,url = \"x\"", Some("x")),
            ("0.5; url=x", Some("x")),
            ("300; url=/", None),
            ("5", None),
            ("0; url=", None),
            ("0; é=x", None),
            ("; url=x", None),
        ] {
            assert_eq!(address(content), to, "{content}");
        }
    }
}
