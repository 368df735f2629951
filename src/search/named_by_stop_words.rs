//! Names of which a part is a stop word: `Don Young`, `Title I`, `down payment`, `we the people`.
//!
//! Stop words say nothing alone, so the name is looked for as a phrase beside its other words. Its capital tells that it
//! is one, or that the archive has the whole query as it is typed.

use crate::analysis::{StopWords, fold};
use crate::engine::Searcher;
use crate::error::IndexError;
use crate::model::Language;
use crate::query::{Query, Weight};

/// How much the name counts beside the words that were typed. Set by hand.
const NAME_WEIGHT: Weight = Weight::of_hundredths(80);

/// Words of the longest query whose capitals tell names: a title has capitals everywhere.
const MOST_WORDS: usize = 4;

/// Words of the longest query that is looked for as it is typed, where half of it are stop words: longer ones are told by
/// the words in it that say something.
const MOST_WORDS_OF_WHOLE: usize = 5;

/// `query` with the names in it that a stop word is a part of.
///
/// # Errors
///
/// If the index can't be read.
pub fn with_names_of_stop_words(searcher: &dyn Searcher, query: &Query) -> Result<Query, IndexError> {
    let count = query.leaves().len();
    if count > MOST_WORDS_OF_WHOLE {
        return Ok(query.clone());
    }
    let language = match searcher.query_language(query) {
        Language::UNKNOWN => Language::ENGLISH,
        language => language,
    };
    let is_told_by_few = |words: &[&str]| {
        let stop_words = words.iter().filter(|word| StopWords::of(language).contains(&fold(word))).count();
        2 * stop_words >= words.len()
    };
    query.widened(&mut |words| {
        let is_name = match words {
            [one, other] if count <= MOST_WORDS && are_a_name(one, other, language) => true,
            [_, _, ..] if words.len() == count && is_told_by_few(words) => {
                // Where it takes too long to tell, it is one as little as where no article has it.
                searcher.count_in_passing(&phrase(words))?.is_some_and(|found| found > 0)
            }
            _ => false,
        };
        let name = Query::Less(Box::new(phrase(words)), NAME_WEIGHT);
        Ok(if is_name { vec![name] } else { Vec::new() })
    })
}

fn phrase(words: &[&str]) -> Query {
    Query::Phrase { text: words.join(" "), slop: 0 }
}

/// Whether of two words side by side one is a stop word of `language` with a capital, and the other makes a name of it:
/// with a capital of its own, or before a lone letter.
fn are_a_name(one: &str, other: &str, language: Language) -> bool {
    let is_stop_word = |word: &str| StopWords::of(language).contains(&fold(word));
    match (is_stop_word(one), is_stop_word(other)) {
        (true, false) => has_capital(one) && has_capital(other) && one.chars().nth(1).is_some(),
        (false, true) => has_capital(other) && (has_capital(one) || other.chars().nth(1).is_none()),
        _ => false,
    }
}

/// Whether `word` begins with a capital, and isn't in capitals from end to end, unless it is a lone letter.
fn has_capital(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.clone().next().is_none_or(|_| letters.any(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_tells_that_a_stop_word_is_a_part_of_a_name() {
        let is_name = |one, other| are_a_name(one, other, Language::ENGLISH);
        for (one, other) in [("Don", "Young"), ("Will", "Finch"), ("Title", "I"), ("hepatitis", "A")] {
            assert!(is_name(one, other), "{one} {other}");
        }
        for (one, other) in
            [("don", "Young"), ("hepatitis", "a"), ("The", "The"), ("In", "exile"), ("A", "Finch")]
        {
            assert!(!is_name(one, other), "{one} {other}");
        }
        assert!(
            !is_name("IN", "Selmora") && !is_name("Selmora", "IN"),
            "capitals from end to end tell nothing"
        );
    }
}
