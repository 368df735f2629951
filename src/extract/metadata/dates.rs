//! When an article came out, and when it was changed.

use super::{Sources, date_words, shown_dates::Shown};
use crate::model::{Date, Field, Metadata};

/// The earliest year that is believed: the press is older, the web's archives of it are not much.
const FIRST_YEAR: i16 = 1600;

/// A way to find a date, the source it then has, and how sure it is.
type Candidate<'c> = (&'c dyn Fn() -> Option<Date>, &'static str, u8);

/// Reads the dates into `found`; `headline` is the node of the title.
pub(super) fn read(sources: &Sources<'_, '_>, headline: Option<u32>, found: &mut Metadata) {
    let today = sources.options.today;
    let tags = sources.tags;
    let meta = |names: &[&str]| tags.all(names).into_iter().find_map(|value| parse(value, today));
    let shown = Shown::of(sources, headline);
    let candidates: [Candidate<'_>; 11] = [
        (&|| sources.url.and_then(|url| in_url(url, today)), "url", 90),
        (&|| meta(&["article:published_time", "og:article:published_time"]), "open-graph", 95),
        (&|| meta(&["citation_publication_date", "citation_online_date", "citation_date"]), "citation", 95),
        (&|| shown.in_time(true), "time", 85),
        (&|| meta(PUBLISHED).or_else(|| said_published(sources)), "meta", 80),
        (&|| shown.by_headline(), "byline", 75),
        (&|| sources.data.published.as_deref().and_then(|date| parse(date, today)), "json-ld", 85),
        (&|| meta(&["dc.date", "dcterms.date", "date"]), "dublin-core", 60),
        (&|| shown.in_time(false), "time", 50),
        (&|| shown.bare(), "text", 40),
        (&|| shown.modified(), "byline", 30),
    ];
    let mut dates =
        candidates.into_iter().filter_map(|(read, source, percent)| Some((read()?, source, percent)));
    if let Some((date, source, percent)) = dates.next().map(|first| more_exact(first, dates)) {
        found.published = Some(date);
        found.note(Field::Published, source, percent);
    }
    let changed: [Candidate<'_>; 4] = [
        (&|| meta(&["article:modified_time", "og:updated_time"]), "open-graph", 90),
        (&|| sources.data.modified.as_deref().and_then(|date| parse(date, today)), "json-ld", 85),
        (&|| meta(&["datemodified", "dcterms.modified", "dc.date.modified", "last-modified"]), "meta", 80),
        (&|| shown.modified(), "byline", 70),
    ];
    let modified = changed.into_iter().find_map(|(read, source, percent)| Some((read()?, source, percent)));
    let not_before = |&(date, ..): &(Date, &str, u8)| found.published.is_none_or(|first| first <= date);
    if let Some((date, source, percent)) = modified.filter(not_before) {
        found.modified = Some(date);
        found.note(Field::Modified, source, percent);
    }
}

/// A date, its source and how sure it is.
type Found = (Date, &'static str, u8);

/// The day inside of `first`, a year or month, that another source gives, else `first`.
fn more_exact(first: Found, mut others: impl Iterator<Item = Found>) -> Found {
    let within =
        |date: Date| date.first_day() >= first.0.first_day() && date.first_day() <= first.0.last_day();
    let exact = |&(date, ..): &Found| date.is_day() && within(date);
    if first.0.is_day() { first } else { others.find(exact).unwrap_or(first) }
}

/// Names of `<meta>` elements that tell when an article came out, in lower case.
const PUBLISHED: &[&str] = &[
    "datepublished",
    "date_published",
    "publish_date",
    "publishdate",
    "pubdate",
    "publication_date",
    "publicationdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "article.published",
    "published-date",
    "published_time",
    "pub_date",
    "originalpublicationdate",
    "article_date_original",
    "cxenseparse:recs:publishtime",
    "date.publish",
    "rnews:datepublished",
    "dc.issued",
];

/// The date at the start of a machine's or reader's text, if it isn't past `today`.
pub(in super::super) fn parse(text: &str, today: Option<Date>) -> Option<Date> {
    let text = text.trim();
    let date = text.parse().ok().or_else(|| date_words::find(text))?;
    believable(date, today).then_some(date)
}

/// Whether a date can be an article's: not past `today`, nor older than the press.
pub(super) fn believable(date: Date, today: Option<Date>) -> bool {
    let day = date.first_day();
    day.year() >= FIRST_YEAR && today.is_none_or(|today| day <= today.last_day())
}

/// The date in a `<meta>` element whose name speaks of publishing, by whatever system.
fn said_published(sources: &Sources<'_, '_>) -> Option<Date> {
    let today = sources.options.today;
    sources
        .tags
        .named(|name| name.contains("publish") || name.contains("pubdate"))
        .find_map(|value| parse(value, today))
}

/// The day in an address such as `/2021/05/18/title`.
fn in_url(url: &str, today: Option<Date>) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let parts: Vec<&str> = path.split(['/', '-', '_', '.', '?']).collect();
    let number = |part: &str, digits: std::ops::RangeInclusive<usize>| -> Option<i16> {
        (digits.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse().ok())?
    };
    let day = parts.windows(3).find_map(|window| {
        let year = number(window[0], 4..=4).filter(|year| (1990..2100).contains(year))?;
        let month = i8::try_from(number(window[1], 1..=2)?).ok()?;
        Date::day(year, month, i8::try_from(number(window[2], 1..=2)?).ok()?)
    });
    day.filter(|&date| believable(date, today))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_addresses_are_read() {
        let day = |url| in_url(url, None).map(|date| date.to_string());
        assert_eq!(day("https://a.test/2021/05/18/water").as_deref(), Some("2021-05-18"));
        assert_eq!(day("https://a.test/news/2021-5-8-water").as_deref(), Some("2021-05-08"));
        assert_eq!(day("https://a.test/2021/water"), None);
        assert_eq!(day("https://a.test/2021/13/40/x"), None);
    }

    #[test]
    fn no_date_is_from_the_future() {
        let today = "2021-05-18".parse().ok();
        assert!(parse("2021-05-18T23:00:00Z", today).is_some());
        assert!(parse("2021-05-19", today).is_none());
        assert!(parse("2021", today).is_some());
    }
}
