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
    let mut found: Vec<(Name, Reading)> = Vec::new();
    for (long, articles) in longs {
        let name = Name::of(&long);
        match found.iter().position(|(known, _)| known.is_alike(&name)) {
            Some(at) => found[at].1.spellings.push((long, articles)),
            None if found.len() < MAX_READINGS => {
                found.push((name, Reading { spellings: vec![(long, articles)] }));
            }
            None => {}
        }
    }
    let mut readings: Vec<Reading> = found.into_iter().map(|(_, reading)| reading).collect();
    readings.sort_by(|a, b| b.articles().cmp(&a.articles()).then_with(|| a.name().cmp(b.name())));
    readings
}

/// A long form, as it is compared with others.
struct Name {
    /// Its letters, small and without accents, hyphens or spaces.
    letters: Vec<char>,
    /// Its words without accents and full stops, capitals as they are.
    words: Vec<Vec<char>>,
}

impl Name {
    fn of(long: &str) -> Self {
        let plain: String = long.nfd().filter(|c| !is_combining_mark(*c) && *c != '.').collect();
        let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let words: Vec<Vec<char>> = words.map(|word| word.chars().collect()).collect();
        Self { letters: words.iter().flatten().flat_map(|c| c.to_lowercase()).collect(), words }
    }

    /// Whether the two are spellings of one name.
    fn is_alike(&self, other: &Self) -> bool {
        let most = self.letters.len().max(other.letters.len()) / LETTERS_TO_A_DIFFERENCE;
        is_within_edits(most, &self.letters, &other.letters) && self.has_words_like(other)
            || is_abbreviated(&self.words, &other.words)
    }

    /// Whether no word of the one stands where the other has a wholly different one, as `Act` where that has `Agency`.
    fn has_words_like(&self, other: &Self) -> bool {
        let like = |(one, other): (&Vec<char>, &Vec<char>)| {
            let longer = one.len().max(other.len());
            longer < SHORTEST_WORD_LETTERS || is_within_edits(longer / 2, &lower(one), &lower(other))
        };
        self.words.len() != other.words.len() || self.words.iter().zip(&other.words).all(like)
    }
}

/// Letters of the shortest word that tells names apart.
const SHORTEST_WORD_LETTERS: usize = 3;

fn lower(word: &[char]) -> Vec<char> {
    word.iter().flat_map(|c| c.to_lowercase()).collect()
}

/// Whether two names are the same word for word where the one has initials in the place of some of the other's words:
/// `UN Security Council` and `United Nations Security Council`.
fn is_abbreviated(one: &[Vec<char>], other: &[Vec<char>]) -> bool {
    match (one, other) {
        ([], []) => true,
        ([word, rest @ ..], [same, others @ ..]) if is_same_word(word, same) => is_abbreviated(rest, others),
        _ => stands_for(one, other) || stands_for(other, one),
    }
}

/// Whether the first of `names` are the initials of the first of `words`, and what follows both is the same.
fn stands_for(names: &[Vec<char>], words: &[Vec<char>]) -> bool {
    let Some((initials, rest)) = names.split_first() else { return false };
    let is_short = (2..=MAX_INITIALS).contains(&initials.len()) && initials.iter().all(|c| c.is_uppercase());
    is_short
        && initials.len() <= words.len()
        && initials.iter().zip(words).all(|(initial, word)| word.first() == Some(initial))
        && is_abbreviated(rest, &words[initials.len()..])
}

/// Letters of the longest initials within a name.
const MAX_INITIALS: usize = 4;

/// Whether two words are the same but for capitals and the ending of a plural.
fn is_same_word(one: &[char], other: &[char]) -> bool {
    let (one, other) = (lower(one), lower(other));
    let singular = |word: &[char]| word.strip_suffix(&['s']).map_or_else(|| word.to_vec(), <[char]>::to_vec);
    singular(&one) == singular(&other)
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
        assert_eq!(pair("Environmental Protection Agency", "Environmental Protection Act"), 2);
        assert_eq!(pair("US Code", "United Kingdom Code"), 2);
    }

    #[test]
    fn initials_within_a_name_stand_for_its_words() {
        let pair = |a: &str, b: &str| readings(vec![(a.into(), 1), (b.into(), 1)]).len();
        assert_eq!(pair("United States-Mexico-Canada Agreement", "U.S.-Mexico-Canada Agreement"), 1);
        assert_eq!(pair("UN Security Council resolutions", "United Nations Security Council Resolution"), 1);
        assert_eq!(pair("Australia-United Kingdom-United States", "Australia-UK-US"), 1);
    }
}
