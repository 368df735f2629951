//! When an article came out, and when it was changed.

use super::super::hints::Flags;
use super::super::page::index;
use super::super::tag::Tag;
use super::{Sources, date_words};
use crate::model::{Date, Field, Metadata};

/// The earliest year that is believed: the press is older, the web's archives of it are not much.
const FIRST_YEAR: i16 = 1600;

/// Blocks around the headline in which a date is the article's.
const BLOCKS_BY_HEADLINE: usize = 12;

/// Bytes of the longest line that is nothing but a date and its company.
const MAX_DATELINE_BYTES: usize = 160;

/// A way to find a date, the source it then has, and how sure it is.
type Candidate<'c> = (&'c dyn Fn() -> Option<Date>, &'static str, u8);

/// Reads the dates into `found`; `headline` is the node of the title.
pub(super) fn read(sources: &Sources<'_, '_>, headline: Option<u32>, found: &mut Metadata) {
    let today = sources.options.today;
    let tags = sources.tags;
    let meta = |names: &[&str]| tags.all(names).into_iter().find_map(|value| parse(value, today));
    let candidates: [Candidate<'_>; 10] = [
        (&|| sources.url.and_then(|url| in_url(url, today)), "url", 90),
        (&|| meta(&["article:published_time", "og:article:published_time"]), "open-graph", 95),
        (&|| meta(&["citation_publication_date", "citation_online_date", "citation_date"]), "citation", 95),
        (&|| in_time(sources, headline, NODES_BY_HEADLINE), "time", 85),
        (&|| meta(PUBLISHED).or_else(|| said_published(sources)), "meta", 80),
        (&|| by_headline(sources, headline), "byline", 75),
        (&|| sources.data.published.as_deref().and_then(|date| parse(date, today)), "json-ld", 85),
        (&|| meta(&["dc.date", "dcterms.date", "date"]), "dublin-core", 60),
        (&|| in_time(sources, headline, usize::MAX), "time", 50),
        (&|| bare_date(sources), "text", 40),
    ];
    for (candidate, source, percent) in candidates {
        if let Some(date) = candidate() {
            found.published = Some(date);
            found.note(Field::Published, source, percent);
            break;
        }
    }
    let modified = meta(&["article:modified_time", "og:updated_time"]).map(|date| (date, "open-graph", 90));
    let data = || sources.data.modified.as_deref().and_then(|date| parse(date, today));
    let modified = modified.or_else(|| data().map(|date| (date, "json-ld", 85))).or_else(|| {
        meta(&["datemodified", "dcterms.modified", "dc.date.modified", "last-modified"])
            .map(|d| (d, "meta", 80))
    });
    if let Some((date, source, percent)) =
        modified.filter(|&(date, ..)| found.published.is_none_or(|p| p <= date))
    {
        found.modified = Some(date);
        found.note(Field::Modified, source, percent);
    }
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

fn believable(date: Date, today: Option<Date>) -> bool {
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

/// Bytes of the longest line that is nothing but a date.
const MAX_BARE_DATE_BYTES: usize = 48;

/// The first line of the page that is a date and hardly more.
fn bare_date(sources: &Sources<'_, '_>) -> Option<Date> {
    let blocks = sources.blocks;
    let lines = blocks
        .list
        .iter()
        .map(|block| blocks.text_of(block))
        .filter(|line| line.len() <= MAX_BARE_DATE_BYTES);
    lines.filter_map(date_words::find).find(|date| date.is_day() && believable(*date, sources.options.today))
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

/// Nodes before the headline in which a `<time>` element is the article's.
const NODES_BEFORE_HEADLINE: u32 = 40;

/// Nodes from the headline to the furthest `<time>` element that is surely the article's: a byline, a picture
/// and share buttons may lie between.
const NODES_BY_HEADLINE: usize = 150;

/// The date of a `<time>` element that stands by the headline, or is the only one.
fn in_time(sources: &Sources<'_, '_>, headline: Option<u32>, reach: usize) -> Option<Date> {
    let today = sources.options.today;
    let nodes = &sources.page.nodes;
    let mut times =
        nodes.iter().enumerate().filter(|(_, node)| node.tag == Tag::Time).filter_map(|(at, node)| {
            let date = node.attribute("datetime").and_then(|value| parse(value, today));
            let date = date.or_else(|| parse(&sources.page.text_of(index(at)), today))?;
            Some((index(at), date))
        });
    match headline {
        Some(title) => times
            .find(|&(at, _)| {
                (at as usize).abs_diff(title as usize) <= reach && at + NODES_BEFORE_HEADLINE > title
            })
            .map(|(_, date)| date),
        None => times.next().map(|(_, date)| date),
    }
}

/// The first date in the lines by the headline, or in what is named a date.
fn by_headline(sources: &Sources<'_, '_>, headline: Option<u32>) -> Option<Date> {
    let today = sources.options.today;
    let list = &sources.blocks.list;
    let start = headline.map_or(0, |title| list.partition_point(|block| block.node < title));
    let near = list.iter().skip(start.saturating_sub(3)).take(BLOCKS_BY_HEADLINE + 3);
    let dated = |text: &str| {
        (text.len() <= MAX_DATELINE_BYTES)
            .then(|| date_words::find(text))
            .flatten()
            .filter(|&date| believable(date, today) && date.is_day())
    };
    near.filter(|block| block.link_share() < 0.8)
        .find_map(|block| dated(sources.blocks.text_of(block)))
        .or_else(|| {
            let nodes = &sources.page.nodes;
            let mut named = nodes.iter().enumerate().filter(|(_, node)| node.own.any(Flags::DATE));
            named.find_map(|(at, _)| dated(&sources.page.text_of(index(at))))
        })
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
