//! Whether a page is the front page of a site: the days and names that it shows are those of what it points to.

use super::super::blocks::{Block, Blocks};
use super::elsewhere::is_headline_of_another;
use super::json_ld::Data;
use super::meta_tags::MetaTags;
use super::url::is_root;

/// Headlines of others that a front page has at least, unless it was fetched as one: some articles give their site's
/// address for their own.
const FEWEST_HEADLINES: usize = 3;

/// Whether a page is its site's front page: `stated` is the address that it gives, `fetched` where it was found.
pub(super) fn is_front(
    blocks: &Blocks,
    tags: &MetaTags<'_>,
    data: &Data,
    stated: Option<&str>,
    fetched: Option<&str>,
) -> bool {
    let is_article = data.is_article()
        || tags.first(&["article:published_time"]).is_some()
        || tags.first(&["og:type"]).is_some_and(|kind| kind.eq_ignore_ascii_case("article"));
    if is_article {
        return false;
    }
    let points = || blocks.list.iter().filter(|block: &&Block| is_headline_of_another(block)).count();
    match fetched {
        Some(fetched) => is_root(fetched),
        None => stated.is_some_and(is_root) && points() >= FEWEST_HEADLINES,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::{PARAGRAPHS, joined, read};

    /// Such a page had the day and author of the first article that it points to.
    #[test]
    fn a_front_page_has_neither_day_nor_author_of_what_it_points_to() {
        let entries = joined(4, |number| {
            format!(
                "<article><h2><a href=/{number}>Report number {number} of the province</a></h2><p class=author>By Amara \
                 Finch</p><time datetime=2021-05-1{number}></time><p>It tells who pays for wells, and who did.</p></article>"
            )
        });
        let known = |head: &str, entries: &str| {
            let page = format!("{head}<body><h1>The Ledger</h1>{PARAGRAPHS}{entries}");
            let data = read(&page).metadata;
            (data.published.is_some(), !data.authors.is_empty(), data.url.is_some())
        };
        let address = |path: &str| format!("<link rel=canonical href=https://ledger.example/{path}>");
        assert_eq!(known(&address(""), &entries), (false, false, true));
        // An article that gives its site's address for its own.
        let article = "<p class=author>By Amara Finch</p><time datetime=2021-05-18></time>";
        assert_eq!(known(&address(""), article), (true, true, false));
        let stated = format!("{}<meta property=og:type content=article>", address(""));
        assert_eq!(known(&stated, &format!("{article}{entries}")), (true, true, false));
    }
}
