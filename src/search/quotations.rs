//! Quotations that nobody wrote: a pasted text with a quotation in it, remembered or translated, still finds what it
//! is about.
//!
//! A phrase beside other words, or a long one alone, that no article has as written says nothing, so its words are
//! looked for instead. A phrase that has to be there stays what it is, and so do a few words alone: they are a name.

use crate::engine::Searcher;
use crate::error::IndexError;
use crate::query::{Clause, Occur, Query, parse};

/// Most phrases of a query that are looked up.
const MAX_PHRASES: usize = 16;

/// Words of a phrase by itself from which on it is a quotation, remembered half.
const FEWEST_WORDS_OF_A_QUOTATION: usize = 4;

/// A query with the words of phrases in place of the phrases.
#[derive(Clone, Debug, PartialEq)]
pub struct Unquoted {
    /// The query.
    pub query: Query,
    /// The phrases, without quotes.
    pub phrases: Vec<String>,
}

/// `query` with the words of those phrases that no article has; nothing if there are none.
///
/// # Errors
///
/// If the index can't be read.
pub fn unquoted(searcher: &dyn Searcher, query: &Query) -> Result<Option<Unquoted>, IndexError> {
    let clauses = match query {
        Query::Bag(clauses) => clauses,
        Query::Phrase { text, .. } if words_of(text).len() >= FEWEST_WORDS_OF_A_QUOTATION => {
            &vec![Clause { occur: Occur::Should, query: query.clone() }]
        }
        _ => return Ok(None),
    };
    let (mut unquoted, mut phrases, mut looked_up) = (Vec::new(), Vec::new(), 0);
    for clause in clauses {
        let words = match &clause.query {
            Query::Phrase { text, .. } if clause.occur == Occur::Should && looked_up < MAX_PHRASES => {
                looked_up += 1;
                let words = words_of(text);
                (words.len() > 1 && searcher.count(&clause.query)? == 0).then_some((text, words))
            }
            _ => None,
        };
        match words {
            Some((text, words)) => {
                phrases.push(text.clone());
                unquoted.extend(words);
            }
            None => unquoted.push(clause.clone()),
        }
    }
    Ok((!phrases.is_empty()).then_some(Unquoted { query: Query::Bag(unquoted), phrases }))
}

/// The words of a phrase, as they would be typed without quotes.
fn words_of(phrase: &str) -> Vec<Clause> {
    let is_of_a_word = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '.' | '-');
    let spaced: String = phrase.chars().map(|c| if is_of_a_word(c) { c } else { ' ' }).collect();
    let words = spaced.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let plain: Vec<String> =
        words.map(|word| if is_operator(word) { word.to_lowercase() } else { word.to_owned() }).collect();
    match parse(&plain.join(" ")).ok().and_then(|parsed| parsed.query) {
        Some(Query::Bag(clauses)) => clauses,
        Some(word @ Query::Word(_)) => vec![Clause { occur: Occur::Should, query: word }],
        _ => Vec::new(),
    }
}

fn is_operator(word: &str) -> bool {
    ["AND", "OR", "NOT", "NEAR", "BEFORE"].contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_phrase_are_plain_words() {
        let words: Vec<String> = words_of("Title: “war NOT -peace” (a/b), U.S.-China*")
            .iter()
            .map(|clause| clause.query.to_string())
            .collect();
        assert_eq!(words, ["Title", "war", "not", "peace", "a", "b", "U.S.-China"]);
        assert_eq!(words_of("?!"), []);
    }
}
