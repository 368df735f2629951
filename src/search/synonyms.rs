//! Synonyms that a query is widened by.

use std::convert::Infallible;

use super::Also;
use crate::analysis::Analyzer;
use crate::model::Language;
use crate::query::{Query, Synonyms, SynonymsError, synonym};

/// The synonyms of `rules`, one a line, whose names are found in another form too: `cars` by `car`, `naive` by `naïve`,
/// `US` by `U.S.`
///
/// # Errors
///
/// The first line that is no rule.
pub fn synonyms_of(rules: &str) -> Result<Synonyms, SynonymsError> {
    let mut analyzer = comparing();
    Synonyms::parse(rules, |name| compared(&mut analyzer, name))
}

/// `query` with the `synonyms` of its words, and what they are.
#[must_use]
pub fn with_synonyms(query: &Query, synonyms: &Synonyms) -> (Query, Vec<Also>) {
    if synonyms.is_empty() {
        return (query.clone(), Vec::new());
    }
    let mut told: Vec<Also> = Vec::new();
    let mut patterns = 0;
    let mut analyzer = comparing();
    let widened = query.widened::<Infallible>(&mut |words| {
        let typed = words.join(" ");
        let also = synonyms.beside(&compared(&mut analyzer, &typed));
        let found = also.iter().map(|other| synonym(other, &mut patterns)).collect();
        if !also.is_empty() && !told.iter().any(|known| known.typed == typed) {
            told.push(Also { typed, also, readings: Vec::new() });
        }
        Ok(found)
    });
    let Ok(widened) = widened;
    (widened, told)
}

/// A rule names no language, and what is in none that is known is read as English.
fn comparing() -> Analyzer {
    Analyzer::new(Language::ENGLISH)
}

/// What is equal of names that differ in their form alone: the stems of their words.
fn compared(analyzer: &mut Analyzer, name: &str) -> String {
    let sequence = analyzer.phrase_sequence(name);
    sequence.map_or_else(|| name.to_lowercase(), |sequence| sequence.stems.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    fn widened(rules: &str, query: &str) -> String {
        let query = parse(query).unwrap().query.unwrap();
        with_synonyms(&query, &synonyms_of(rules).unwrap()).0.to_string()
    }

    /// Names were compared as they are spelt, in small letters.
    #[test]
    fn a_name_is_found_in_another_form() {
        for (rules, query, expected) in [
            ("car, vehicle", "cars", "cars OR vehicle^0.8"),
            ("cars, vehicle", "car", "car OR vehicle^0.8"),
            ("naïve, simple", "naive", "naive OR simple^0.8"),
            ("O'Neill, senator", "O’Neill", "O’Neill OR senator^0.8"),
            ("U.S., America", "US", "US OR America^0.8"),
            ("US, America", "U.S.", "U.S. OR America^0.8"),
            ("motor car, vehicle", "Motor cars,", "Motor cars, vehicle^0.8"),
            ("e-mail, letter", "e mail", "e mail letter^0.8"),
            ("car, cars", "car", "car"),
            ("car, vehicle", "care", "care"),
            ("news, press", "new", "new"),
        ] {
            assert_eq!(widened(rules, query), expected, "{rules}: {query}");
        }
    }
}
