//! [`Habit`]: how dates are written where a text comes from, as far as its language and its address tell.

use super::Calendar;
use crate::model::{Date, Language};

/// Which of two figures before a year is the month, where both can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Order {
    /// The first, as in the United States and on most pages in English that don't say from where.
    #[default]
    MonthFirst,
    /// The second, as nearly everywhere else.
    DayFirst,
    /// Nobody can tell.
    Unknown,
}

/// How dates are written somewhere.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Habit {
    /// How figures are ordered.
    pub(super) order: Order,
    /// Whose names of months come first, and need nothing beside them to be believed.
    pub(crate) language: Option<Language>,
    /// Whether years of three figures count from the Republic of China, as in Taiwan.
    pub(super) counts_from_1912: bool,
    /// Whether whoever wrote the text was asked for a date and nothing else.
    pub(super) is_asked: bool,
}

impl Habit {
    /// The habit where the language `tag` is written, "en-GB", or under the domain of `host`.
    pub(crate) fn of(tag: Option<&str>, host: Option<&str>) -> Self {
        const DAY_FIRST: [&str; 10] = ["uk", "au", "nz", "ie", "in", "za", "ke", "ng", "pk", "sg"];
        let domain = host.and_then(|host| host.rsplit('.').next()).unwrap_or_default();
        let tag = tag.unwrap_or_default().to_ascii_lowercase();
        let (language, region) = tag.split_once(['-', '_']).unwrap_or((&tag, ""));
        let english = language.is_empty() || language == "en";
        let elsewhere = region == "gb" || DAY_FIRST.contains(&region) || DAY_FIRST.contains(&domain);
        Self {
            order: if elsewhere || !english { Order::DayFirst } else { Order::MonthFirst },
            language: if english { language_of(domain) } else { None }.or_else(|| Language::from_tag(&tag)),
            counts_from_1912: domain == "tw" || region == "tw",
            is_asked: false,
        }
    }

    /// The same with the day first, where the month first is no more than likely.
    pub(crate) fn with_day_first(self) -> Option<Self> {
        (self.order == Order::MonthFirst).then_some(Self { order: Order::DayFirst, ..self })
    }

    /// That of whoever was asked for a date: which of two figures is the month, only one above 12 tells.
    pub(crate) fn asked() -> Self {
        Self { order: Order::Unknown, is_asked: true, ..Self::default() }
    }

    /// The calendar that years in figures are of.
    pub(super) fn calendar(self) -> Calendar {
        match self.language.as_ref().map(Language::code) {
            Some("th") => Calendar::Buddhist,
            Some("fa") => Calendar::Persian,
            _ => Calendar::Gregorian,
        }
    }

    /// The date that a machine means by `date` which writes years as people do there: `2566-11-12` in Thailand. None if
    /// it is no single day, month or year of ours.
    pub(crate) fn civil(self, date: Date) -> Option<Date> {
        let (calendar, (year, month, day)) = (self.calendar(), date.parts());
        if calendar == Calendar::Gregorian || !calendar.has(i32::from(year)) {
            return Some(date);
        }
        calendar.date(i32::from(year), month.map(i32::from), day.map(i32::from))
    }
}

/// The language of a country's `domain`, where it counts years in its own way or shares the name of a month with
/// another country, which has another month of that name.
fn language_of(domain: &str) -> Option<Language> {
    let code = match domain {
        "cz" => "cs",
        "hr" => "hr",
        "ir" => "fa",
        "pl" => "pl",
        "th" => "th",
        _ => return None,
    };
    Language::from_tag(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_figures_depends_on_the_place() {
        for (tag, host, order) in [
            (Some("en-US"), None, Order::MonthFirst),
            (Some("en-GB"), None, Order::DayFirst),
            (Some("fr"), None, Order::DayFirst),
            (Some("en"), Some("wells.org.uk"), Order::DayFirst),
            (None, Some("wells.example"), Order::MonthFirst),
        ] {
            assert_eq!(Habit::of(tag, host).order, order, "{tag:?} {host:?}");
        }
    }

    #[test]
    fn the_language_is_that_of_the_text_or_else_of_the_country() {
        for (tag, host, language) in [
            (Some("pl-PL"), Some("wells.hr"), Some("pl")),
            (Some("en"), Some("wells.hr"), Some("hr")),
            (None, Some("wells.ir"), Some("fa")),
            (Some("en"), Some("wells.example"), Some("en")),
            (None, None, None),
        ] {
            let language_told = Habit::of(tag, host).language;
            assert_eq!(language_told.as_ref().map(Language::code), language, "{tag:?} {host:?}");
        }
    }
}
