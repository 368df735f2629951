//! Designations, names of letters and figures, which are written in one, with a hyphen or apart: `COP26`, `F-35`,
//! `EO 14028`. Who asks for one of these finds the others too.

use super::spelling::HYPHENS;
use crate::query::Query;

/// Most letters and most figures of a designation.
const MAX_LETTERS: usize = 6;
const MAX_FIGURES: usize = 5;

/// Letters that are words of most texts: before a figure they tell nothing, and stand at too many places to be looked at.
const WORDS_OF_A_LETTER: [&str; 2] = ["a", "i"];

/// How the designation that was `typed` in one or two words is written otherwise, and what finds it so.
pub(super) fn written_otherwise(typed: &[&str]) -> Option<(String, Query)> {
    match typed {
        [word] => match word.split_once(HYPHENS) {
            Some((letters, figures)) => in_one(letters, figures),
            None => apart(word),
        },
        // In small letters they are a word and a number: `article 5`.
        [letters, figures] if letters.chars().all(char::is_uppercase) => in_one(letters, figures),
        _ => None,
    }
}

fn in_one(letters: &str, figures: &str) -> Option<(String, Query)> {
    let text = format!("{letters}{figures}");
    is_designation(letters, figures).then(|| (text.clone(), Query::Exact(text)))
}

/// Apart, which finds it with a hyphen too.
fn apart(word: &str) -> Option<(String, Query)> {
    let (letters, figures) = word.split_at(word.find(|c: char| c.is_ascii_digit())?);
    let text = format!("{letters} {figures}");
    is_designation(letters, figures).then(|| (text.clone(), Query::Phrase { text, slop: 0 }))
}

fn is_designation(letters: &str, figures: &str) -> bool {
    (1..=MAX_LETTERS).contains(&letters.chars().count())
        && letters.chars().all(char::is_alphabetic)
        && !WORDS_OF_A_LETTER.contains(&letters.to_lowercase().as_str())
        && (1..=MAX_FIGURES).contains(&figures.len())
        && figures.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_designation_is_written_otherwise() {
        for (typed, expected) in [
            (&["COVID19"][..], Some("COVID 19")),
            (&["f35"], Some("f 35")),
            (&["F-35"], Some("F35")),
            (&["С‑400"], Some("С400")),
            (&["EO", "14028"], Some("EO14028")),
            (&["article", "5"], None),
            (&["A1"], None),
            (&["5G"], None),
            (&["covid"], None),
            (&["COVID-19-era"], None),
            (&["H.R.", "1"], None),
            (&["abcdefg1"], None),
        ] {
            let found = written_otherwise(typed).map(|(text, _)| text);
            assert_eq!(found.as_deref(), expected, "{typed:?}");
        }
    }
}
