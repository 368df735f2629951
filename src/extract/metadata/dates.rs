//! When an article came out, and when it was changed.

use super::{Sources, shown_dates::ShownDates, threads};
use crate::calendar::{self, Habit};
use crate::model::{Address, Date, Field, Metadata};

/// The earliest year that is believed: the press is older, the web's archives of it are not much.
const FIRST_YEAR: i16 = 1600;

/// A way to find a date, the source it then has, and how sure it is.
type DateFinder<'c> = (&'c dyn Fn() -> Option<Date>, &'static str, u8);

/// Reads the dates into `found`; `headline` is the node of the title.
pub(super) fn read(sources: &Sources<'_, '_>, headline: Option<u32>, found: &mut Metadata) {
    let today = sources.options.today;
    let (tags, habit) = (sources.tags, sources.habit);
    let meta = |names: &[&str]| tags.all(names).into_iter().find_map(|value| parse(value, habit, today));
    let shown = ShownDates::of(sources, headline);
    let candidates: [DateFinder<'_>; 12] = [
        (&|| threads::date(sources.page).and_then(|value| parse(value, habit, today)), "time", 85),
        (&|| sources.url.and_then(|url| in_url(url, today)), "url", 90),
        (&|| meta(&["article:published_time", "og:article:published_time"]), "open-graph", 95),
        (&|| meta(&["citation_publication_date", "citation_online_date", "citation_date"]), "citation", 95),
        (&|| shown.in_time(true), "time", 85),
        (&|| meta(PUBLISHED).or_else(|| said_published(sources)), "meta", 80),
        (&|| shown.by_headline(), "byline", 75),
        (&|| sources.data.published.as_deref().and_then(|date| parse(date, habit, today)), "json-ld", 85),
        (&|| meta(&["dc.date", "dcterms.date", "date"]), "dublin-core", 60),
        (&|| shown.in_time(false), "time", 50),
        (&|| shown.bare(), "text", 40),
        (&|| shown.modified(), "byline", 30),
    ];
    let told =
        |&(_, source, _): &DateFinder<'_>| !sources.is_front || !matches!(source, "time" | "byline" | "text");
    let mut dates = candidates
        .into_iter()
        .filter(told)
        .filter_map(|(read, source, percent)| Some((read()?, source, percent)));
    if let Some((date, source, percent)) = dates.next().map(|first| more_exact(first, dates)) {
        let is_shown = matches!(source, "time" | "byline" | "text");
        let other = is_shown.then(|| as_told_elsewhere(sources, date)).flatten();
        let date = other.filter(|&other| believable(other, today)).unwrap_or(date);
        found.published = Some(date);
        found.note(Field::Published, source, percent);
    }
    let changed: [DateFinder<'_>; 5] = [
        (&|| meta(&["article:modified_time", "og:updated_time"]), "open-graph", 90),
        (&|| sources.data.modified.as_deref().and_then(|date| parse(date, habit, today)), "json-ld", 85),
        (&|| meta(&["datemodified", "dcterms.modified", "dc.date.modified", "last-modified"]), "meta", 80),
        (&|| shown.modified(), "byline", 70),
        (&|| shown.bare_modified(), "text", 40),
    ];
    let modified =
        changed.into_iter().filter(told).find_map(|(read, source, percent)| Some((read()?, source, percent)));
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
    let exact = |&(date, ..): &Found| date.is_day() && within(date, first.0);
    if first.0.is_day() { first } else { others.find(exact).unwrap_or(first) }
}

/// Bytes of the longest line that is looked through for another date.
const MAX_LINE_BYTES: usize = 400;

/// The day that `date` is with its month and its day the other way round, if that is what the page's data tells, or if
/// the page has it where it can't be misread, and `date` nowhere: `03/10/2023` on a page in English that also has
/// `3 October 2023`.
fn as_told_elsewhere(sources: &Sources<'_, '_>, date: Date) -> Option<Date> {
    let (habit, day_first) = (sources.habit, sources.habit.with_day_first()?);
    let (year, month, day) = date.parts();
    let other = Date::day(year, day?, month?).filter(|&other| other != date)?;
    let surely = |text: &str| given(text, habit).filter(|&read| given(text, day_first) == Some(read));
    let in_tags = sources.tags.named(|name| name.contains("date") || name.contains("created"));
    let mut in_head = sources.data.published.as_deref().into_iter().chain(in_tags).filter_map(surely);
    if in_head.any(|told| told == other) {
        return Some(other);
    }
    let lines = sources.blocks.list.iter().map(|block| sources.blocks.text_of(block));
    let lines = lines.filter(|line| line.len() <= MAX_LINE_BYTES && calendar::may_hold_one(line));
    let told: Vec<Date> = lines.filter_map(surely).collect();
    (told.contains(&other) && !told.contains(&date)).then_some(other)
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

/// The date that a machine's or reader's text gives, if it isn't past `today`.
pub(in super::super) fn parse(text: &str, habit: Habit, today: Option<Date>) -> Option<Date> {
    given(text, habit).filter(|&date| believable(date, today))
}

/// The date that a machine's or reader's text gives: one that it begins with as `2021-05-18`, `2021-05` or `2021`, one
/// of eight figures, else the first that stands in it as people write them, by `habit`.
pub(in super::super) fn given(text: &str, habit: Habit) -> Option<Date> {
    let text = text.trim();
    let by_machine = text.parse().ok().or_else(|| in_eight_figures(text)).and_then(|date| habit.civil(date));
    let by_people = || calendar::find(text, habit);
    match by_machine {
        // A year may be the first word of a date: "2023 m. lapkričio 12 d."
        Some(year) if !year.is_day() && text.contains(' ') => {
            by_people().filter(|date| within(*date, year)).or(by_machine)
        }
        Some(date) => Some(date),
        None => by_people(),
    }
}

/// Whether `date` begins within `whole`, a day, month or year.
fn within(date: Date, whole: Date) -> bool {
    (whole.first_day()..=whole.last_day()).contains(&date.first_day())
}

/// The day that `20210518` is; a time behind a `T` is dropped.
fn in_eight_figures(text: &str) -> Option<Date> {
    let figures = text.split_once('T').map_or(text, |(day, _)| day);
    if figures.len() != 8 || !figures.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Date::day(figures[..4].parse().ok()?, figures[4..6].parse().ok()?, figures[6..].parse().ok()?)
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
        .find_map(|value| parse(value, sources.habit, today))
}

/// What parts the figures of a day in an address, and the words of a title.
const URL_MARKS: [char; 6] = ['/', '-', '_', '.', '?', '+'];

/// The day in an address such as `/2021/05/18/title`. What has another year behind it is a range or two versions; what
/// has a slash before it and the words of a title behind, `/2021/05/10-things`, is a figure of that title.
fn in_url(url: &str, today: Option<Date>) -> Option<Date> {
    let url = Address::readable(url);
    let path = url.split_once("://").map_or(&*url, |(_, rest)| rest);
    let pieces: Vec<&str> = path.split_inclusive(URL_MARKS).collect();
    let parts: Vec<&str> = pieces.iter().map(|piece| piece.trim_end_matches(URL_MARKS)).collect();
    let begins_title = |at: usize| pieces[at - 1].ends_with('/') && pieces[at].ends_with(['-', '_', '+']);
    let number = |part: &str, digits: std::ops::RangeInclusive<usize>| -> Option<i16> {
        (digits.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse().ok())?
    };
    let year = |part: &str| number(part, 4..=4).filter(|year| (1990..2100).contains(year));
    let day = parts.windows(3).enumerate().find_map(|(at, window)| {
        if parts.get(at + 3).is_some_and(|behind| year(behind).is_some()) || begins_title(at + 2) {
            return None;
        }
        let year = year(window[0])?;
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
        assert_eq!(day("https://a.test/t/%2F2021-05-18+Water").as_deref(), Some("2021-05-18"));
        assert_eq!(day("https://a.test/from-2021-4-4-2021-5-0"), None);
        assert_eq!(day("https://a.test/2021/05/18.html").as_deref(), Some("2021-05-18"));
        assert_eq!(day("https://a.test/2021/05/18").as_deref(), Some("2021-05-18"));
        assert_eq!(day("https://a.test/2021/05/2021-05-18-water").as_deref(), Some("2021-05-18"));
        assert_eq!(day("https://a.test/2021/water"), None);
        assert_eq!(day("https://a.test/2021/13/40/x"), None);
    }

    /// "2 million for wells" came out on the second of the month, whatever day its page told.
    #[test]
    fn a_figure_that_begins_a_title_is_no_day() {
        let day = |path: &str| in_url(&format!("https://a.test{path}"), None).map(|date| date.to_string());
        for path in [
            "/2026/08/2-million-for-wells",
            "/2021/05/10_things/",
            "/2018/4/20-years-after",
            "/2018/4/7+wells",
        ] {
            assert_eq!(day(path), None, "{path}");
        }
        assert_eq!(day("/2026/08/2-million-for-wells/2026-08-20").as_deref(), Some("2026-08-20"));
    }

    /// `03/10/2023` of a page in English that has days first was in March.
    #[test]
    fn a_day_in_figures_is_read_as_the_page_tells_it_elsewhere() {
        use super::super::super::tests::{PARAGRAPHS, read};

        let published = |head: &str, line: &str| {
            let page = format!(
                "<html lang=en><head>{head}</head><body><h1>Who pays for water</h1><p>03/10/2023</p>{line}{PARAGRAPHS}"
            );
            read(&page).metadata.published.map(|date| date.to_string())
        };
        assert_eq!(published("", "").as_deref(), Some("2023-03-10"));
        assert_eq!(
            published("", "<aside><p>Old wells - 3 October 2023</p></aside>").as_deref(),
            Some("2023-10-03")
        );
        assert_eq!(
            published("", "<aside><p>Old wells - 10/03/2023</p></aside>").as_deref(),
            Some("2023-03-10")
        );
        let both = "<aside><p>Old wells - 3 October 2023</p><p>New wells - March 10, 2023</p></aside>";
        assert_eq!(published("", both).as_deref(), Some("2023-03-10"));
        let data = r#"<script type=application/ld+json>{"@type":"Article","datePublished":"2023-10-03T08:00:00Z"}</script>"#;
        assert_eq!(published(data, "").as_deref(), Some("2023-10-03"));
    }

    #[test]
    fn a_line_that_tells_of_publication_comes_before_one_of_a_change() {
        use super::super::super::tests::{PARAGRAPHS, read};

        let published = |html: &str, lines: &str| {
            let page = format!("<html {html}<body><h1>Who pays for water</h1>{lines}{PARAGRAPHS}");
            read(&page).metadata.published.map(|date| date.to_string())
        };
        let updated = "<p>Last updated: 12 March 2023</p>";
        assert_eq!(published(">", updated).as_deref(), Some("2023-03-12"));
        let both = format!("{updated}<p>Published: 10 March 2023</p>");
        assert_eq!(published(">", &both).as_deref(), Some("2023-03-10"));
        // Where a page is from, its head may tell more closely than its language.
        let british = "lang=en><head><meta property=og:locale content=en_GB></head>";
        assert_eq!(published(british, "<p>03/10/2023</p>").as_deref(), Some("2023-10-03"));
        assert_eq!(published("lang=en>", "<p>03/10/2023</p>").as_deref(), Some("2023-03-10"));
    }

    #[test]
    fn no_date_is_from_the_future() {
        let today = "2021-05-18".parse().ok();
        let parse = |text| parse(text, Habit::default(), today);
        assert!(parse("2021-05-18T23:00:00Z").is_some());
        assert!(parse("2021-05-19").is_none());
        assert!(parse("2021").is_some());
    }

    #[test]
    fn a_date_is_read_in_every_form_that_machines_write() {
        let given = |text| given(text, Habit::of(Some("fr"), None)).map(|date| date.to_string());
        for text in [
            "2020-06-30",
            "2020-06-30T10:00:00Z",
            "20200630",
            "20200630T101500Z",
            "2020/06/30",
            "30.06.2020",
            "30/6/2020",
            "Tue, 30 Jun 2020 10:00:00 GMT",
            " June 30, 2020",
            "2020 m. birželio 30 d.",
        ] {
            assert_eq!(given(text).as_deref(), Some("2020-06-30"), "{text}");
        }
        for text in ["", "1593561600", "20201332", "2020-02-30", "0000-00-00", "soon", "30 Smarch 2020"] {
            assert_eq!(given(text), None, "{text}");
        }
    }
}
