//! The readings of an acronym: its long forms, with spellings of the same put together.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::is_within_edits;

/// Long forms of which as many letters differ as one in so many are spellings of the same name.
const LETTERS_TO_A_DIFFERENCE: usize = 6;

/// Most readings of an acronym that are told from one another: the others are names that hardly anybody means, and each
/// long form is compared with all.
const MAX_READINGS: usize = 64;

/// What an acronym stands for, in its spellings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The spellings with the number of articles that define them, the most first.
    pub spellings: Vec<(String, u64)>,
}

impl Reading {
    /// The spelling in most articles.
    #[must_use]
    pub fn name(&self) -> &str {
        self.spellings.first().map_or("", |(long, _)| long)
    }

    /// How many articles define it, each spelling counted for itself.
    #[must_use]
    pub fn articles(&self) -> u64 {
        self.spellings.iter().map(|(_, articles)| articles).sum()
    }
}

/// The readings of long forms, each with the number of articles that define it; the reading in most articles first,
/// then in order of spelling. Of very many only those are given whose first spelling most articles have.
#[must_use]
pub fn readings(mut longs: Vec<(String, u64)>) -> Vec<Reading> {
    longs.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut found: Vec<(Vec<char>, Reading)> = Vec::new();
    for (long, articles) in longs {
        let letters = letters(&long);
        match found.iter().position(|(known, _)| are_alike(known, &letters)) {
            Some(at) => found[at].1.spellings.push((long, articles)),
            None if found.len() < MAX_READINGS => {
                found.push((letters, Reading { spellings: vec![(long, articles)] }));
            }
            None => {}
        }
    }
    let mut readings: Vec<Reading> = found.into_iter().map(|(_, reading)| reading).collect();
    readings.sort_by(|a, b| b.articles().cmp(&a.articles()).then_with(|| a.name().cmp(b.name())));
    readings
}

/// The letters of `long`, small and without accents, hyphens or spaces.
fn letters(long: &str) -> Vec<char> {
    let plain = long.nfd().filter(|c| !is_combining_mark(*c) && c.is_alphanumeric());
    plain.flat_map(char::to_lowercase).collect()
}

fn are_alike(one: &[char], other: &[char]) -> bool {
    let most = one.len().max(other.len()) / LETTERS_TO_A_DIFFERENCE;
    is_within_edits(most, one, other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_name_are_one_reading() {
        let longs = [
            ("Irish Republican Army", 2),
            ("Tehreek-e-Taliban Pakistan", 1),
            ("Tehrik-i-Taliban Pakistan", 3),
            ("Tehrik-e-Taliban Pakistan", 3),
            ("Inflation Reduction Act", 2),
        ];
        let found = readings(longs.map(|(long, articles)| (long.to_owned(), articles)).to_vec());
        let names: Vec<(&str, u64)> =
            found.iter().map(|reading| (reading.name(), reading.articles())).collect();
        assert_eq!(
            names,
            [("Tehrik-e-Taliban Pakistan", 7), ("Inflation Reduction Act", 2), ("Irish Republican Army", 2)]
        );
        assert_eq!(found[0].spellings.len(), 3);
    }

    /// Who makes up long forms makes up hundreds: each would be compared with all others.
    #[test]
    fn made_up_long_forms_are_compared_with_a_few_readings_alone() {
        let made_up = |n: u64| (format!("{0}ab{0}cd {0}ef{0}gh {0}", n * 7919), 1);
        let meant =
            [("Tehrik-e-Taliban Pakistan".to_owned(), 3), ("Tehrik-i-Taliban Pakistan".to_owned(), 2)];
        let found = readings((0..1000).map(made_up).chain(meant).collect());
        assert_eq!(found.len(), MAX_READINGS);
        assert_eq!((found[0].name(), found[0].articles()), ("Tehrik-e-Taliban Pakistan", 5));
    }

    #[test]
    fn names_that_differ_are_readings_of_their_own() {
        let pair = |a: &str, b: &str| readings(vec![(a.into(), 1), (b.into(), 1)]).len();
        assert_eq!(pair("non-governmental organizations", "nongovernmental organisation"), 1);
        assert_eq!(pair("Department of Energy", "Department of Education"), 2);
        assert_eq!(pair("Afghan National Army", "Albanian National Army"), 2);
    }
}
