//! What stands behind a name in a byline: a date, a section, a place.

use super::bodies;
use super::names::is_particle;
use crate::calendar;

/// Words that end a name in a byline: "on 5 May", "in Water".
const ENDERS: [&str; 18] = [
    " on ",
    " in ",
    " at ",
    " for ",
    " - ",
    " – ",
    " — ",
    " le ",
    " am ",
    " el ",
    " il ",
    " em ",
    " den ",
    " op ",
    " dne ",
    " dnia ",
    " pada ",
    " στις ",
];

/// Whether a word that may end a name stands within one, with these words before it and behind it: `Ludwig van den Berg`,
/// `Pieter op den Kamp`.
fn is_within_name(before: &str, behind: &str) -> bool {
    let last = before.rsplit(' ').next().unwrap_or_default();
    let is_alone = !before.contains(' ') && behind.split(' ').count() <= 2;
    let goes_on = behind.split(' ').all(|word| word.starts_with(char::is_uppercase) || is_particle(word));
    is_particle(last) || is_alone && goes_on && !behind.contains(char::is_numeric)
}

/// A name without the date, section or place behind it.
pub(super) fn without_tail(text: &str) -> &str {
    let end = text.find(|c: char| c.is_numeric()).unwrap_or(text.len());
    let is_end = |&(at, ender): &(usize, &str)| {
        !bodies::is_in_office(&text[..at]) && !is_within_name(&text[..at], &text[at + ender.len()..])
    };
    let ends = |ender: &str| text.match_indices(ender).find(is_end);
    let end = ENDERS.iter().filter_map(|ender| ends(ender)).map(|(at, _)| at).fold(end, usize::min);
    let mut name = text[..end].trim();
    if end == text.len() {
        return name;
    }
    while let Some((rest, word)) = name.rsplit_once(' ') {
        let bare: String = word.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
        if !calendar::is_month(&bare) && !bare.is_empty() && !is_weekday(&bare) {
            break;
        }
        name = rest.trim();
    }
    name.trim_end_matches([',', ';', '-', '–', '/'])
}

/// Whether a word in lower case names a day of the week, in the languages whose bylines give one.
pub(super) fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    DAYS.iter().any(|day| *day == word || word.len() == 3 && day.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::without_tail;

    #[test]
    fn a_name_ends_before_a_date_and_not_within_itself() {
        for (line, name) in [
            ("Amara Finch on 5 May 2021", "Amara Finch"),
            ("Amara Finch in Karst", "Amara Finch"),
            ("Ludwig van den Berg", "Ludwig van den Berg"),
            ("Ludwig van den Berg in Karst", "Ludwig van den Berg"),
            ("Pieter op den Kamp", "Pieter op den Kamp"),
        ] {
            assert_eq!(without_tail(line), name);
        }
    }
}
