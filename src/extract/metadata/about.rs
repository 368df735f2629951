//! Lines in a page's text that say what the metadata says already: who wrote the article, when, and about what.

use super::{openers, same_words, words};
use crate::calendar::{self, Habit};
use crate::model::{Date, Language, Metadata, days_since_epoch, host_of};
use crate::text::ends_sentence;

/// Words of a line beside the name or the date that it is about: "by", "updated on", a rubric.
const WORDS_BESIDE: usize = 4;

/// The same where it has both, as lines do that a page puts together from all it knows.
const WORDS_BESIDE_BOTH: usize = 10;

/// Words beside them from which a line with a full stop is a sentence: "Since 4 May 2021 no ship has paid."
const WORDS_OF_SENTENCE: usize = 4;

/// Letters of the shortest word that counts beside them. Shorter ones join: "by", "de", "at".
const WORD_LETTERS: usize = 3;

/// Days between two dates from which on they don't tell of the same.
const FAR_APART_DAYS: i64 = 366;

/// How dates are written on a page of which so much is known.
fn habit_of(known: &Metadata) -> Habit {
    Habit::of(known.language.as_ref().map(Language::code), known.url.as_deref().and_then(host_of))
}

/// Whether `text` tells a day more than a year away from those that are known of the article, as an old paper does that
/// was put on a new site: nothing else keeps it then.
pub(in super::super) fn tells_another_day(text: &str, known: &Metadata) -> bool {
    let Some(day) = calendar::find(text, habit_of(known)).filter(|day| day.is_day()) else { return false };
    let days = |date: Date| days_since_epoch(date.first_day());
    let mut dates = known.published.iter().chain(&known.modified).peekable();
    dates.peek().is_some() && dates.all(|&date| (days(date) - days(day)).abs() > FAR_APART_DAYS)
}

/// Whether `text` tells an author's name, the journal, a date or a count and hardly anything else.
pub(in super::super) fn is_about(text: &str, known: &Metadata) -> bool {
    let mut rest = text.to_owned();
    let mut named = false;
    for name in known.authors.iter().chain(&known.publisher) {
        if let Some(at) = rest.find(name.as_str()) {
            rest.replace_range(at..at + name.len(), " ");
            named = true;
        }
    }
    let dated = calendar::find(&rest, habit_of(known)).is_some_and(Date::is_day);
    let most = match (named, dated) {
        (true, true) => WORDS_BESIDE_BOTH,
        (true, false) | (false, true) => WORDS_BESIDE,
        (false, false) => return is_count(text) || is_keywords(text, known),
    };
    if dated && tells_another_day(&rest, known) {
        return false;
    }
    let others = words(&rest).filter(|word| counts(&word.clone().collect::<String>())).count();
    others <= most && !ends_as_sentence(text) && !(others >= WORDS_OF_SENTENCE && ends_sentence(text))
}

/// Whether a word says more than a figure, a month or a joining word does.
fn counts(word: &str) -> bool {
    let short = word.is_ascii() && word.len() < WORD_LETTERS;
    !short && !word.contains(char::is_numeric) && !calendar::is_month(word)
}

/// Bytes of the longest line that only counts something: "4 min read", "3 comments".
const COUNT_BYTES: usize = 24;

/// Words behind the figure in such a line.
const COUNT_WORDS: std::ops::RangeInclusive<usize> = 1..=2;

/// Whether a line is a figure and what it counts.
pub(super) fn is_count(text: &str) -> bool {
    let behind = text.trim_start_matches(|c: char| c.is_numeric());
    behind.len() < text.len()
        && behind.starts_with(' ')
        && text.len() <= COUNT_BYTES
        && COUNT_WORDS.contains(&words(behind).count())
}

/// Bytes of the shortest line that can be a sentence.
const SENTENCE_BYTES: usize = 60;

/// Whether a line ends with a full stop, as no byline of some length does.
fn ends_as_sentence(text: &str) -> bool {
    text.len() > SENTENCE_BYTES && ends_sentence(text)
}

/// Whether `text` is one or more of the article's keywords and nothing else.
pub(in super::super) fn is_keywords(text: &str, known: &Metadata) -> bool {
    let listed = |part: &str| known.keywords.iter().any(|keyword| same_words(keyword, part));
    let mut parts =
        text.split([',', ';', '·', '|', '•', '،']).filter(|part| !part.trim().is_empty()).peekable();
    parts.peek().is_some() && parts.all(listed)
}

/// Whether `text` begins with the name of one of the authors and goes on about them.
pub(in super::super) fn begins_with_author(text: &str, known: &Metadata) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let body = openers::without_opener(text, known.language);
    let whole_name = |name: &&String| name.contains(|c: char| !c.is_ascii_alphanumeric());
    known.authors.iter().filter(whole_name).any(|name| body.starts_with(name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Metadata {
        Metadata {
            authors: vec!["Amara Finch".into(), "沈若棠".into()],
            publisher: Some("Review of Wells".into()),
            keywords: vec!["water".into(), "who pays".into()],
            ..Metadata::default()
        }
    }

    /// Papers that were put on a new site lost the day that they are of: the site's own was known.
    #[test]
    fn a_day_years_before_the_known_one_is_told_by_the_text_alone() {
        let put_online = Metadata { published: Date::day(2017, 4, 21), ..known() };
        for (text, is_another) in [
            ("June 2, 1999", true),
            ("Amara Finch, June 2, 1999", true),
            ("21 April 2017", false),
            ("1999", false),
        ] {
            assert_eq!(tells_another_day(text, &put_online), is_another, "{text}");
            assert!(!tells_another_day(text, &known()), "{text}");
        }
        assert!(!is_about("June 2, 1999", &put_online) && is_about("June 2, 1999", &known()));
    }

    #[test]
    fn lines_about_the_article_are_told_from_its_text() {
        for text in [
            "By Amara Finch",
            "Amara Finch | 18 May 2021 | Water | 2 comments",
            "Updated on 18 May 2021, 10:30",
            "2021-04-16 09:41 来源：公共政策 作者：沈若棠 评论(2)",
            "Review of Wells 54(1), 2014, pp. 5–31 · doi:10.0000/x · Published online 10 February 2014",
            "4 min read",
            "water; who pays",
        ] {
            assert!(is_about(text, &known()), "{text}");
        }
        for text in [
            "Since 18 May 2021 no well has been dug.",
            "On 18 May 2021 Amara Finch wrote to the mayor of Karst.",
            "On 18 May 2021 the commission met, and Amara Finch was in the chair.",
            "Wells dug before 1990 run dry each summer",
            "4 wells that nobody in town remembers",
            "water and soil",
        ] {
            assert!(!is_about(text, &known()), "{text}");
        }
    }

    #[test]
    fn a_biography_begins_with_its_name() {
        assert!(begins_with_author("By Amara Finch, who writes on water.", &known()));
        assert!(!begins_with_author("When Amara Finch wrote this, wells were full.", &known()));
    }
}
