//! What is known of an article, and whether it meets a condition.

use super::held_at::HeldAt;
use crate::model::{Article, Date, Language};
use crate::query::{Detail, Filter};

/// Whether `article`, which has `copies`, meets `filter`. Where it is held it is at any of its places.
#[must_use]
pub fn meets(article: &Article, copies: &[HeldAt<'_>], filter: &Filter) -> bool {
    match filter {
        Filter::Language(language) => language.with_norms().contains(&article.language()),
        Filter::Published { from, to } => {
            article.metadata.published.is_some_and(|published| lies_in(published, *from, *to))
        }
        Filter::Site(host) => {
            let own = HeldAt::of(article);
            std::iter::once(&own).chain(copies).any(|place| place.sites().contains(host))
        }
        Filter::Known { detail, present } => {
            let is_known = known(article).contains(detail) || copies.iter().any(|copy| copy.knows(*detail));
            is_known == *present
        }
    }
}

/// Whether `date` may be a day from the first of `from` to the last of `to`.
fn lies_in(date: Date, from: Option<Date>, to: Option<Date>) -> bool {
    from.is_none_or(|from| date.last_day() >= from.first_day())
        && to.is_none_or(|to| date.first_day() <= to.last_day())
}

/// What is known of `article`.
#[must_use]
pub fn known(article: &Article) -> Vec<Detail> {
    let metadata = &article.metadata;
    let is_known = |detail: &Detail| match detail {
        Detail::Title => metadata.title.is_some(),
        Detail::Author => !metadata.authors.is_empty(),
        Detail::Date => metadata.published.is_some(),
        Detail::Heading => article.headings().next().is_some(),
        Detail::Language => article.language() != Language::UNKNOWN,
        Detail::Publisher | Detail::Section | Detail::Url => HeldAt::of(article).knows(*detail),
    };
    Detail::ALL.into_iter().filter(is_known).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_meets_what_is_known_of_it() {
        let mut article = Article::default();
        article.metadata.published = "2021".parse().ok();
        article.metadata.url = Some("https://example.org/a".into());
        let meets = |query: &str| match crate::query::parse(query).unwrap().query.unwrap() {
            crate::query::Query::Filter(filter) => meets(&article, &[], &filter),
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
    #[test]
    fn a_copy_meets_conditions_on_places_alone() {
        let (article, locator) = (Article::default(), crate::model::Locator::from_stored("/b"));
        let url = Some("https://b.example/x");
        let copy = HeldAt { locator: &locator, url, publisher: Some("B"), section: None };
        let meets = |query: &str| match crate::query::parse(query).unwrap().query.unwrap() {
            crate::query::Query::Filter(filter) => meets(&article, &[copy], &filter),
            query => panic!("{query}"),
        };
        for query in ["site:b.example", "has:url", "has:publisher", "no:section", "no:title"] {
            assert!(meets(query), "{query}");
        }
        for query in ["site:a.example", "no:url", "no:publisher", "has:section", "has:date"] {
            assert!(!meets(query), "{query}");
        }
    }
}
