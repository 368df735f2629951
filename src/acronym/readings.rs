//! The readings of an acronym: its long forms, with spellings of the same put together.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::edits;

/// Long forms of which as many letters differ as one in so many are spellings of the same name.
const LETTERS_TO_A_DIFFERENCE: usize = 6;

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
/// then in order of spelling.
#[must_use]
pub fn readings(mut longs: Vec<(String, u64)>) -> Vec<Reading> {
    longs.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut found: Vec<(Vec<char>, Reading)> = Vec::new();
    for (long, articles) in longs {
        let letters = letters(&long);
        match found.iter_mut().find(|(known, _)| are_alike(known, &letters)) {
            Some((_, reading)) => reading.spellings.push((long, articles)),
            None => found.push((letters, Reading { spellings: vec![(long, articles)] })),
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
    one.len().abs_diff(other.len()) <= most && edits(one, other) <= most
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

    #[test]
    fn names_that_differ_are_readings_of_their_own() {
        let pair = |a: &str, b: &str| readings(vec![(a.into(), 1), (b.into(), 1)]).len();
        assert_eq!(pair("non-governmental organizations", "nongovernmental organisation"), 1);
        assert_eq!(pair("Department of Energy", "Department of Education"), 2);
        assert_eq!(pair("Afghan National Army", "Albanian National Army"), 2);
    }
}
