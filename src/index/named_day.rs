//! [`NamedDay`]: the day or month that a query names beside other words, as in
//! `remarks on Afghanistan August 16, 2021`.
//!
//! Whoever names one mostly means when a text came out, which few texts say of themselves. It is no condition, as
//! `date:` is: articles of that day come first, and others that have its words behind them.

use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur};

use super::lower::Lowered;
use crate::extract::date_given;
use crate::model::{Date, Language, days_since_epoch};
use crate::query::{Form, Query, Weight};

/// What it adds to an article's score, to choose the candidates by: as much as a rare word or two.
const CANDIDATE_SCORE: f32 = 8.0;

/// How much an article counts that came out in the month that is named, beside one of a day: hundreds did, on all
/// things. Set by hand with the next: of 60 titles, each with a month of theirs, 59 find an article of that month first, and
/// 54 with 0.25 and 0.2 (docs/evaluation.md).
const MONTH_SHARE: f64 = 0.5;

/// How much one counts that came out in the month behind it: what is said of a month is mostly told in the next.
const NEXT_MONTH_SHARE: f64 = 0.35;

/// Days of the longest month.
const MOST_DAYS_OF_A_MONTH: i64 = 31;

/// Most words of a query that are asked, one by one, whether they name its day: who types more names it in passing.
const MOST_WORDS: usize = 32;

/// A day or month, and the words that name it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct NamedDay {
    date: Date,
    words: Vec<String>,
}

impl NamedDay {
    /// That which the words of `query`, in `language`, name, if they say anything else too. A year alone names no day.
    pub fn of(query: &Query, language: Language) -> Option<Self> {
        if !matches!(query, Query::Bag(_)) {
            return None;
        }
        let leaves = query.leaves();
        let typed = leaves
            .iter()
            .filter(|leaf| leaf.form == Form::Any && leaf.scope.is_none() && leaf.weight == Weight::FULL);
        let words: Vec<&str> = typed.map(|leaf| leaf.text).collect();
        let language = Some(language).filter(|&language| language != Language::UNKNOWN);
        let tag = language.as_ref().map(Language::code);
        let date = date_given(&words.join(" "), tag, None)?;
        let (first, last) = days(date);
        (last - first < MOST_DAYS_OF_A_MONTH)
            .then(|| Self { words: words_that_name(date, &words, tag), date })
    }

    /// The date.
    pub fn date(&self) -> Date {
        self.date
    }

    /// Whether `word` of the query is one of those that name it.
    pub fn is_named_by(&self, word: &str) -> bool {
        self.words.iter().any(|named| named == word)
    }

    /// `lowered`, with what is `on_the_day` before what isn't.
    pub fn prefer(&self, lowered: Lowered, on_the_day: Lowered) -> Lowered {
        let score = if self.date.is_day() { CANDIDATE_SCORE } else { CANDIDATE_SCORE * MONTH_SHARE as f32 };
        let on_the_day = ConstScoreQuery::new(on_the_day, 1.0);
        let preferred: Lowered = Box::new(BoostQuery::new(Box::new(on_the_day), score));
        Box::new(BooleanQuery::new(vec![(Occur::Must, lowered), (Occur::Should, preferred)]))
    }

    /// How far an article is of that day, from 0 to 1, which came out between two days since 1970.
    pub fn share(&self, (first, last): (i64, i64)) -> f64 {
        let (from, to) = days(self.date);
        let is_day = last - first < MOST_DAYS_OF_A_MONTH;
        if !is_day || last < from {
            0.0
        } else if first <= to {
            if self.date.is_day() { 1.0 } else { MONTH_SHARE }
        } else if !self.date.is_day() && first <= to + MOST_DAYS_OF_A_MONTH {
            NEXT_MONTH_SHARE
        } else {
            0.0
        }
    }
}

/// Those of `words`, in `language`, without which they don't say `date`.
fn words_that_name(date: Date, words: &[&str], language: Option<&str>) -> Vec<String> {
    if words.len() > MOST_WORDS {
        return Vec::new();
    }
    let names = |at: &usize| {
        let others = [&words[..*at], &words[at + 1..]].concat();
        date_given(&others.join(" "), language, None) != Some(date)
    };
    (0..words.len()).filter(names).map(|at| words[at].to_owned()).collect()
}

/// The first and the last day that `date` may mean, since 1970.
fn days(date: Date) -> (i64, i64) {
    (days_since_epoch(date.first_day()), days_since_epoch(date.last_day()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    fn named_in(language: &str, query: &str) -> Option<String> {
        let query = parse(query).unwrap().query.unwrap();
        NamedDay::of(&query, language.parse().unwrap()).map(|day| day.date().to_string())
    }

    fn named(query: &str) -> Option<String> {
        named_in("und", query)
    }

    #[test]
    fn a_day_or_month_is_named_in_words_or_figures() {
        assert_eq!(named("remarks on tolls August 16, 2021").as_deref(), Some("2021-08-16"));
        assert_eq!(named("tolls 2021-08-16").as_deref(), Some("2021-08-16"));
        assert_eq!(named("discours du 16 août 2021").as_deref(), Some("2021-08-16"));
        assert_eq!(named("tolls in June 2022").as_deref(), Some("2022-06"));
        assert_eq!(named("збори 12 листопада 2023").as_deref(), Some("2023-11-12"));
        assert_eq!(named("عوارض ۲۱ آبان ۱۴۰۲").as_deref(), Some("2023-11-12"));
    }

    #[test]
    fn a_word_that_is_a_month_elsewhere_names_one_in_its_language_or_behind_a_day() {
        for (language, query, day) in [
            ("en", "Mars 2020 rover landing", None),
            ("und", "mars 2020 rover", None),
            ("fr", "budget de mars 2020", Some("2020-03")),
            ("en", "communiqué 5 mars 2020", Some("2020-03-05")),
            ("en", "what may be decided in 2022", None),
            ("en", "set 2021 tolls", None),
            ("en", "Mac 2021 tariffs", None),
            ("en", "march 2022 tolls", Some("2022-03")),
            ("fr", "péages 03/04/2021", Some("2021-04-03")),
            ("en", "tolls 03/04/2021", Some("2021-03-04")),
        ] {
            assert_eq!(named_in(language, query).as_deref(), day, "{language}: {query}");
        }
    }

    #[test]
    fn the_words_that_name_it_are_told_from_the_others() {
        let query = parse("3 remarks on tolls August 16, 2021").unwrap().query.unwrap();
        let day = NamedDay::of(&query, Language::ENGLISH).unwrap();
        let named: Vec<&str> = ["3", "remarks", "tolls", "August", "16,", "2021"]
            .into_iter()
            .filter(|word| day.is_named_by(word))
            .collect();
        assert_eq!(named, ["August", "16,", "2021"]);
    }

    #[test]
    fn years_quotations_conditions_and_terms_are_none() {
        for query in [
            "tolls 2021",
            "\"16 August 2021\" tolls",
            "tolls date:2021-08-16",
            "may 12 tolls",
            "march on Washington",
            "what may be decided",
            "a AND 2021-08-16",
        ] {
            assert_eq!(named(query), None, "{query}");
        }
    }

    #[test]
    fn what_came_out_then_or_just_behind_a_month_is_of_the_day() {
        let share = |named: &str, published: &str| {
            NamedDay { date: named.parse().unwrap(), words: Vec::new() }
                .share(days(published.parse().unwrap()))
        };
        assert_eq!(share("2021-08-16", "2021-08-16"), 1.0);
        assert_eq!(share("2021-08-16", "2021-08-17"), 0.0);
        assert_eq!(share("2021-08-16", "2021-08"), 1.0, "it may have been then");
        assert_eq!(share("2021-08-16", "2021"), 0.0, "a year says too little");
        assert_eq!(share("2022-06", "2022-06-30"), MONTH_SHARE);
        assert_eq!(share("2022-06", "2022-07-13"), NEXT_MONTH_SHARE);
        assert_eq!(share("2022-06", "2022-09-13"), 0.0);
        assert_eq!(share("2022-06", "2022-05-31"), 0.0);
    }
}
