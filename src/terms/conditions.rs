//! What is known of an article, and whether it meets a condition.

use crate::model::{Address, Article, Date, Language};
use crate::query::{Detail, Filter};
use crate::text::readable_host;

/// Whether `article` meets `filter`.
#[must_use]
pub fn meets(article: &Article, filter: &Filter) -> bool {
    match filter {
        Filter::Language(language) => language.with_norms().contains(&article.language()),
        Filter::Published { from, to } => {
            article.metadata.published.is_some_and(|published| lies_in(published, *from, *to))
        }
        Filter::Site(host) => article.metadata.url.as_deref().is_some_and(|url| sites(url).contains(host)),
        Filter::Known { detail, present } => known(article).contains(detail) == *present,
    }
}

/// Whether `date` may be a day from the first of `from` to the last of `to`.
fn lies_in(date: Date, from: Option<Date>, to: Option<Date>) -> bool {
    from.is_none_or(|from| date.last_day() >= from.first_day())
        && to.is_none_or(|to| date.first_day() <= to.last_day())
}

/// The host of `url` and every domain that it lies in, without `www.`.
#[must_use]
pub fn sites(url: &str) -> Vec<String> {
    let address = Address::of(url);
    if address.scheme.is_empty() {
        return Vec::new();
    }
    let host = readable_host(address.host().trim_matches('.')).to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let ends = host.match_indices('.').map(|(at, _)| &host[at + 1..]);
    let hosts = std::iter::once(host).chain(ends).filter(|host| !host.is_empty());
    hosts.map(str::to_owned).collect()
}

/// What is known of `article`.
#[must_use]
pub fn known(article: &Article) -> Vec<Detail> {
    let metadata = &article.metadata;
    let is_known = |detail: &Detail| match detail {
        Detail::Title => metadata.title.is_some(),
        Detail::Author => !metadata.authors.is_empty(),
        Detail::Publisher => metadata.publisher.is_some(),
        Detail::Date => metadata.published.is_some(),
        Detail::Section => metadata.section.is_some(),
        Detail::Heading => article.headings().next().is_some(),
        Detail::Url => metadata.url.is_some(),
        Detail::Language => article.language() != Language::UNKNOWN,
    };
    Detail::ALL.into_iter().filter(is_known).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_lies_in_its_domains() {
        assert_eq!(
            sites("https://www.News.Example.org:80/a.b?c"),
            ["news.example.org", "example.org", "org"]
        );
        assert_eq!(sites("file:///a/b"), [""; 0]);
        assert_eq!(sites("no url"), [""; 0]);
    }

    #[test]
    fn an_article_meets_what_is_known_of_it() {
        let mut article = Article::default();
        article.metadata.published = "2021".parse().ok();
        article.metadata.url = Some("https://example.org/a".into());
        let meets = |query: &str| match crate::query::parse(query).unwrap().query.unwrap() {
            crate::query::Query::Filter(filter) => meets(&article, &filter),
            query => panic!("{query}"),
        };
        for query in
            ["date:2021-05", "after:2021-12-31", "site:example.org", "has:url", "no:author", "lang:und"]
        {
            assert!(meets(query), "{query}");
        }
        for query in ["before:2021", "date:2022..", "site:ample.org", "no:date", "has:title", "lang:en"] {
            assert!(!meets(query), "{query}");
        }
    }
}
