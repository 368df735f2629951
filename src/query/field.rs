//! The fields that a query can name, and what their values mean.
//!
//! A name that isn't here is no field: `what:x` and `https://a.b` are words.

use unicode_normalization::char::is_combining_mark;

use super::date_range::{self, clock, just_before};
use super::error::QueryError;
use super::point::shown;
use super::written_date::{self, no_date};
use super::{Detail, Filter, TextField, named_language, relative};
use crate::model::{Address, Date, Language, site_of};
use crate::text::Span;

/// A field by the name that stands before its colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Text(TextField),
    Condition(Condition),
}

/// A field whose value is a condition and not words to look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    Language,
    Date,
    After,
    Before,
    Site,
    Has,
    Lacks,
}

/// Every field, its name and an example of its use.
const FIELDS: &[(Field, &str, &str)] = &[
    (Field::Text(TextField::Title), "title", "title:word"),
    (Field::Text(TextField::Author), "author", "author:name"),
    (Field::Text(TextField::Publisher), "publisher", "publisher:name"),
    (Field::Text(TextField::Heading), "heading", "heading:word"),
    (Field::Text(TextField::Section), "section", "section:name"),
    (Field::Text(TextField::Url), "url", "url:word"),
    (Field::Text(TextField::Source), "source", "source:name"),
    (Field::Condition(Condition::Language), "lang", "lang:fr"),
    (Field::Condition(Condition::Date), "date", "date:2020..2024"),
    (Field::Condition(Condition::After), "after", "after:2020"),
    (Field::Condition(Condition::Before), "before", "before:2024"),
    (Field::Condition(Condition::Site), "site", "site:example.org"),
    (Field::Condition(Condition::Has), "has", "has:author"),
    (Field::Condition(Condition::Lacks), "no", "no:date"),
];

/// What others call a field, and its name.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("published", "date"),
    ("publication", "date"),
    ("pubdate", "date"),
    ("posted", "date"),
    ("year", "date"),
    ("since", "after"),
    ("newer", "after"),
    ("older", "before"),
    ("authors", "author"),
    ("byline", "author"),
    ("creator", "author"),
    ("writer", "author"),
    ("intitle", "title"),
    ("headline", "title"),
    ("inurl", "url"),
    ("journal", "publisher"),
    ("outlet", "publisher"),
    ("domain", "site"),
    ("host", "site"),
    ("website", "site"),
    ("language", "lang"),
];

const RANGE_HINT: &str = "write \"last 2 years\", \"past 30 days\", \"this week\", \"last month\", \"this year\", today or \
                          yesterday";
const DAY_HINT: &str = "write \"30 days ago\", \"2 years ago\", today, yesterday, or a date: 2020, 2020-06, 2020-06-30, \
                        \"June 2020\"";
const SIGN_HINT: &str = "write the sign behind date:, or leave it out: date:>2020, after:2020, before:2020";

impl Field {
    /// The field of that name in any case, if there is one.
    pub(super) fn named(name: &str) -> Option<Self> {
        FIELDS.iter().find(|(_, known, _)| known.eq_ignore_ascii_case(name)).map(|&(field, ..)| field)
    }

    /// The field that goes by `name`, in any case, in other tools or other words.
    pub(super) fn meant_by(name: &str) -> Option<Self> {
        OTHER_NAMES
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .and_then(|(_, name)| Self::named(name))
    }

    /// What `has:` asks for where any value of the field would do.
    pub(super) fn detail(self) -> Option<Detail> {
        match self {
            Self::Text(TextField::Title) => Some(Detail::Title),
            Self::Text(TextField::Author) => Some(Detail::Author),
            Self::Text(TextField::Publisher) => Some(Detail::Publisher),
            Self::Text(TextField::Heading) => Some(Detail::Heading),
            Self::Text(TextField::Section) => Some(Detail::Section),
            Self::Text(TextField::Url) | Self::Condition(Condition::Site) => Some(Detail::Url),
            Self::Condition(Condition::Language) => Some(Detail::Language),
            Self::Condition(Condition::Date | Condition::After | Condition::Before) => Some(Detail::Date),
            Self::Text(TextField::Source) | Self::Condition(Condition::Has | Condition::Lacks) => None,
        }
    }

    /// The names of all fields.
    pub(super) fn names() -> Vec<&'static str> {
        FIELDS.iter().map(|&(_, name, _)| name).collect()
    }

    pub(super) fn name(self) -> &'static str {
        self.row().1
    }

    pub(super) fn example(self) -> &'static str {
        self.row().2
    }

    fn row(self) -> &'static (Self, &'static str, &'static str) {
        FIELDS.iter().find(|(field, ..)| *field == self).unwrap_or(&FIELDS[0])
    }
}

impl Condition {
    /// Whether `value`, which is none that the condition can have, may have been meant for one: `date:20x0` and
    /// `date:June` are slips, but `Date:Monday` and `no:1325` are text.
    pub(super) fn may_be_meant(self, value: &str) -> bool {
        let has_digit = value.contains(char::is_numeric);
        let is_word = value.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | ',' | '/'));
        match self {
            _ if value.is_empty() || !is_word => true,
            Self::Date | Self::After | Self::Before => {
                has_digit
                    || value.starts_with("..")
                    || relative::begins(value)
                    || written_date::names_month(value)
            }
            Self::Has | Self::Lacks => !has_digit,
            Self::Language | Self::Site => true,
        }
    }

    /// Whether its values are dates.
    pub(super) fn is_of_dates(self) -> bool {
        matches!(self, Self::Date | Self::After | Self::Before)
    }

    /// What to write instead of several values in brackets.
    pub(super) fn group_hint(self) -> &'static str {
        match self {
            Self::Language => "join several with OR: lang:en OR lang:fr",
            Self::Date => "join several with OR: date:2020 OR date:2022",
            Self::After => "write it without brackets: after:2020",
            Self::Before => "write it without brackets: before:2024",
            Self::Site => "join several with OR: site:example.org OR site:gov",
            Self::Has => "join several with OR: has:author OR has:publisher",
            Self::Lacks => "join several with OR: no:author OR no:date",
        }
    }

    /// The condition that `value`, which stands at `span`, asks for. What is relative counts from `today`.
    pub(super) fn filter(self, value: &str, span: Span, today: Option<Date>) -> Result<Filter, QueryError> {
        let days = |from, to| Filter::Published { from, to };
        let filter = match self {
            Self::Language => language(value, span).map(Filter::Language),
            Self::Site => site(value, span).map(Filter::Site),
            Self::Has => detail(value, span).map(|detail| Filter::Known { detail, present: true }),
            Self::Lacks => detail(value, span).map(|detail| Filter::Known { detail, present: false }),
            Self::Date => match relative::range(value) {
                Some(range) => {
                    let ends = range(clock(today, value, span)?).ok_or_else(|| no_date(value, span));
                    ends.map(|(from, to)| days(Some(from), Some(to)))
                }
                None => {
                    date_range::range(value, span, today).map_err(|error| hinted(error, value, RANGE_HINT))
                }
            },
            Self::After => point(value, span, today).map(|day| days(Some(day), None)),
            Self::Before => {
                point(value, span, today).and_then(|day| Ok(days(None, Some(just_before(day, span)?))))
            }
        };
        match Field::Condition(self).detail() {
            Some(detail) if value == "*" => filter.map_err(|error| {
                let hint = format!("write has:{} for articles of any", detail.name());
                QueryError { hint: Some(hint), ..error }
            }),
            _ => filter,
        }
    }
}

/// A date, or one that counts from `today`.
fn point(value: &str, span: Span, today: Option<Date>) -> Result<Date, QueryError> {
    match relative::point(value) {
        Some(point) => point(clock(today, value, span)?).ok_or_else(|| no_date(value, span)),
        None => match written_date::range(value, span) {
            Ok((first, _)) => Ok(first),
            Err(error) if date_range::is_compared(value) => {
                Err(QueryError { hint: Some(SIGN_HINT.to_owned()), ..error })
            }
            Err(error) => Err(hinted(error, value, DAY_HINT)),
        },
    }
}

/// `error` with `hint` if `value` counts time in words that aren't understood.
fn hinted(error: QueryError, value: &str, hint: &str) -> QueryError {
    if relative::counts_time(value) { QueryError { hint: Some(hint.to_owned()), ..error } } else { error }
}

fn site(value: &str, span: Span) -> Result<String, QueryError> {
    let host = Address::of(value).authority;
    let port = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
    let host = port.map_or(host, |(host, _)| host);
    let site = site_of(host);
    let plain = |c: char| c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '.' | '-' | '_');
    if site.is_empty() || !site.chars().all(plain) {
        let message = format!("`{}` is not a site", shown(value));
        return Err(QueryError::new(
            span,
            message,
            "a site is a host or a domain: site:example.org, site:gov",
        ));
    }
    Ok(site)
}

fn detail(value: &str, span: Span) -> Result<Detail, QueryError> {
    let known = Detail::ALL.into_iter().find(|detail| detail.name().eq_ignore_ascii_case(value));
    known.ok_or_else(|| {
        let names = Detail::ALL.map(Detail::name).join(", ");
        let message = format!("`{}` is nothing that is known of articles", shown(value));
        QueryError::new(span, message, format!("ask for one of {names}"))
    })
}

fn language(value: &str, span: Span) -> Result<Language, QueryError> {
    let tag = value.to_ascii_lowercase();
    // The model reads tags of the wild, such as `fr,de`; a query that means two has to say so.
    let plain = tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    tag.parse().ok().filter(|_| plain).or_else(|| named_language::named(value)).ok_or_else(|| {
        let message = format!("`{}` is not a language", shown(value));
        let hint = "languages go by codes such as en, fr, ar or zh, or by their names in English: lang:fr";
        QueryError::new(span, message, hint)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(condition: Condition, value: &str) -> Result<String, String> {
        // As if it stood behind three bytes.
        let filter = condition.filter(value, Span::new(3, 3 + value.len()), Date::day(2026, 3, 31));
        filter.map(|filter| super::super::Query::Filter(filter).to_string()).map_err(|error| {
            assert!(error.span.start >= 3 && error.span.end <= 3 + value.len(), "{error:?}");
            format!("{}: {}", error.span.start - 3, error.message)
        })
    }

    fn reads(condition: Condition, rows: &[(&str, &str)]) {
        for &(value, printed) in rows {
            assert_eq!(read(condition, value).as_deref(), Ok(printed), "{value}");
        }
    }

    #[test]
    fn names_are_known_in_any_case_and_no_others() {
        assert_eq!(Field::named("TiTle"), Some(Field::Text(TextField::Title)));
        for name in ["", "what", "titles", "título", "http"] {
            assert_eq!(Field::named(name), None, "{name}");
        }
        for (field, name, example) in FIELDS {
            assert_eq!(Field::named(name), Some(*field));
            assert!(!matches!(field, Field::Text(field) if field.name() != *name));
            assert!(example.starts_with(&format!("{}:", field.name())), "{example}");
        }
    }

    #[test]
    fn dates_are_ranges_of_whole_days() {
        reads(
            Condition::Date,
            &[
                ("2020", "date:2020"),
                ("2020-6", "date:2020-06"),
                ("2020-06..2020", "date:2020-06..2020"),
                ("..2020", "date:..2020"),
                ("2020-06-30..", "date:2020-06-30.."),
                ("2020..2020", "date:2020"),
                ("June 2020", "date:2020-06"),
                ("30 June 2020", "date:2020-06-30"),
                ("June 2020..August 2020", "date:2020-06..2020-08"),
                ("2020-Q2..", "date:2020-04.."),
                ("2020-Q2", "date:2020-04..2020-06"),
                ("..juin 2020", "date:..2020-06"),
                ("2020 .. 2021", "date:2020..2021"),
                ("٢٠٢٠..٢٠٢١", "date:2020..2021"),
                ("آبان ۱۴۰۲", "date:2023-10-23..2023-11-21"),
            ],
        );
        for value in
            ["", "x", "20", "2020-13", "2020-02-30", "2020T10", "2020-01-01T10", "１２３４", "2020...2021"]
        {
            assert!(read(Condition::Date, value).is_err(), "{value}");
        }
        assert_eq!(read(Condition::Date, "2020..x"), Err("6: `x` is not a date".into()));
        assert_eq!(read(Condition::Date, "x..2020"), Err("0: `x` is not a date".into()));
    }

    #[test]
    fn after_takes_the_date_in_and_before_leaves_it_out() {
        reads(
            Condition::After,
            &[("2020", "date:2020.."), ("2020-06-30", "date:2020-06-30.."), ("June 2020", "date:2020-06..")],
        );
        reads(
            Condition::Before,
            &[
                ("2020", "date:..2019"),
                ("2020-01", "date:..2019-12"),
                ("2020-03", "date:..2020-02"),
                ("2020-01-01", "date:..2019-12-31"),
                ("2020-Q2", "date:..2020-03"),
                ("0001", "date:..0000"),
            ],
        );
        assert_eq!(read(Condition::Before, "0000"), Err("0: there is no date before 0000".into()));
    }

    /// The sign was passed over.
    #[test]
    fn a_sign_behind_before_and_after_is_told() {
        for (condition, value) in
            [(Condition::Before, "<2020"), (Condition::After, ">2020"), (Condition::After, "=2020")]
        {
            let error = condition.filter(value, Span::new(0, value.len()), None).unwrap_err();
            assert_eq!(error.message, format!("`{value}` is not a date"));
            assert_eq!(error.hint.as_deref(), Some(SIGN_HINT));
        }
    }

    #[test]
    fn a_star_alone_is_told_as_what_asks_for_any() {
        for (condition, hint) in [
            (Condition::Date, "write has:date for articles of any"),
            (Condition::Language, "write has:lang for articles of any"),
            (Condition::Site, "write has:url for articles of any"),
        ] {
            assert_eq!(condition.filter("*", Span::new(0, 1), None).unwrap_err().hint.as_deref(), Some(hint));
        }
    }

    #[test]
    fn languages_go_by_one_code_or_name() {
        reads(
            Condition::Language,
            &[("FR", "lang:fr"), ("pt-BR", "lang:pt"), ("und", "lang:und"), ("French", "lang:fr")],
        );
        for value in ["", "fr,de", "f", "xyz1", "фр", "klingon"] {
            assert!(read(Condition::Language, value).is_err(), "{value}");
        }
    }

    #[test]
    fn dates_may_count_from_today() {
        reads(
            Condition::Date,
            &[
                ("last 2 years", "date:2024-03-31..2026-03-31"),
                ("Past  1 Month", "date:2026-02-28..2026-03-31"),
                ("last 30 days", "date:2026-03-01..2026-03-31"),
                ("past week", "date:2026-03-24..2026-03-31"),
                ("last week", "date:2026-03-23..2026-03-29"),
                ("this week", "date:2026-03-30..2026-04-05"),
                ("this month", "date:2026-03"),
                ("last year", "date:2025"),
                ("last month", "date:2026-02"),
                ("this year", "date:2026"),
                ("today", "date:2026-03-31"),
                ("yesterday", "date:2026-03-30"),
            ],
        );
        reads(Condition::After, &[("2 years ago", "date:2024-03-31..")]);
        reads(Condition::Before, &[("today", "date:..2026-03-30")]);
        for value in
            ["last", "last 2", "last two years", "last 99999999999 years", "last 9999 years", "2 years"]
        {
            assert!(read(Condition::Date, value).is_err(), "{value}");
        }
        let timeless = Condition::Date.filter("today", Span::new(0, 5), None).unwrap_err();
        assert_eq!(timeless.message, "there is no day that `today` could count from");
    }

    #[test]
    fn a_week_is_from_monday_to_sunday() {
        let on = |day: &str| {
            let today: Date = day.parse().unwrap();
            let read = |value| Condition::Date.filter(value, Span::new(0, 9), Some(today)).unwrap();
            ["last week", "this week"].map(|value| super::super::Query::Filter(read(value)).to_string())
        };
        let weeks = ["date:2025-12-22..2025-12-28", "date:2025-12-29..2026-01-04"];
        assert_eq!(on("2025-12-29"), weeks);
        assert_eq!(on("2026-01-04"), weeks);
    }

    #[test]
    fn a_hint_says_which_words_are_understood() {
        let hint = |condition: Condition, value: &str| {
            let error = condition.filter(value, Span::new(0, value.len()), Date::day(2026, 3, 31));
            error.unwrap_err().hint.unwrap()
        };
        assert_eq!(hint(Condition::Date, "last two years"), RANGE_HINT);
        assert_eq!(hint(Condition::Date, "2 weeks ago"), RANGE_HINT);
        assert_eq!(hint(Condition::Before, "last year"), DAY_HINT);
        assert_eq!(hint(Condition::After, "this week"), DAY_HINT);
        assert!(hint(Condition::Date, "last").starts_with("write it in quotes"));
        assert_eq!(hint(Condition::Date, "2020 06"), written_date::HINT);
    }

    #[test]
    fn sites_are_hosts() {
        reads(
            Condition::Site,
            &[
                ("Example.ORG", "site:example.org"),
                ("https://www.example.org/a?b#c", "site:example.org"),
                (".gov", "site:gov"),
                ("https://example.org:8080/a:b", "site:example.org"),
                ("example.org:80", "site:example.org"),
            ],
        );
        for value in ["", "/", "a b", "https://", "https://:80/a", "a:b", "a:80:80"] {
            assert!(read(Condition::Site, value).is_err(), "{value}");
        }
    }

    #[test]
    fn what_is_known_goes_by_names() {
        reads(Condition::Has, &[("Author", "has:author"), ("lang", "has:lang")]);
        reads(Condition::Lacks, &[("date", "no:date")]);
        assert!(read(Condition::Has, "money").is_err());
    }
}
