//! Signs of other search tools, such as `W/5`, `&&` and `word^2`: ibid reads them as words or not at all, and tells how
//! they are written here.
//!
//! Nothing is read differently for it.

use super::ast::Relation;
use super::error::FaultKind;
use super::lexer::{is_number, number};
use super::quotation::quotes;
use crate::text::Span;

/// Letters of the shortest word that a power of it isn't told of: `km^2` and `mc^2` are no weights.
const MIN_WEIGHED_LETTERS: usize = 3;

/// Digits of the longest distance.
const MAX_DISTANCE_DIGITS: usize = 3;

/// A sign of another tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// `&&`.
    And,
    /// `||`.
    Or,
    /// `!word`.
    Not,
    /// `–word`, with a dash.
    Dash,
    /// `word^2`, `(a b)^0.5`.
    Weight,
    /// `NEAR(a b)`, `a NEAR b`, `a AROUND(5) b`.
    Near,
    /// `a W/5 b` and its like, and what it is here.
    Relation(Relation),
}

impl Sign {
    /// How it is written here, how it is read, and what to write instead.
    pub(super) fn texts(self) -> (String, &'static str, String) {
        let (here, reading, instead) = match self {
            Self::And => ("`&&` is written AND here", "it is left out", "write a AND b"),
            Self::Or => ("`||` is written OR here", "it is left out", "write a OR b"),
            Self::Not => ("`!` is written - or NOT here", "it says nothing", "write -a, or NOT a"),
            Self::Dash => ("a dash is no minus sign", "it says nothing", "write -a, or NOT a"),
            Self::Weight => (
                "a weight is one from ^0.01 to ^0.99, right behind a word, phrase or pattern",
                "it is read as text",
                "let the other words count less: river^0.5",
            ),
            Self::Near => (
                "words near each other are written a NEAR/5 b here",
                "it is read as a word",
                "write a NEAR/5 b, or put the word in quotes",
            ),
            Self::Relation(relation) => {
                let here = format!("this is written {relation} here");
                return (here, "it is read as a word", format!("write a {relation} b, or put it in quotes"));
            }
        };
        (here.to_owned(), reading, instead.to_owned())
    }
}

/// The sign that the `run` of `text`, which white space, quotes or brackets end, has in it, and where.
pub(super) fn sign(text: &str, run: Span) -> Option<(Span, FaultKind)> {
    let word = run.of(text)?;
    let (before, behind) = (&text[..run.start], &text[run.end..]);
    let is_first = before.chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(');
    let found = |sign, start, length| {
        Some((Span::new(run.start + start, run.start + start + length), FaultKind::Elsewhere(sign)))
    };
    match word {
        "&&" => return found(Sign::And, 0, word.len()),
        "||" => return found(Sign::Or, 0, word.len()),
        "NEAR" | "AROUND" if behind.starts_with('(') => return found(Sign::Near, 0, word.len()),
        "NEAR" if !before.trim().is_empty() && !is_shouted(text) => return found(Sign::Near, 0, word.len()),
        _ => {}
    }
    if is_first && let Some(negated) = word.strip_prefix('!') {
        let beside = || behind.starts_with(|c| c == '(' || !quotes(c).is_empty());
        let is_sign = negated.starts_with(char::is_alphanumeric) || negated.is_empty() && beside();
        return is_sign.then(|| found(Sign::Not, 0, 1)).flatten();
    }
    if is_first && word.strip_prefix('–').is_some_and(|word| word.starts_with(char::is_alphabetic)) {
        return if encloses(text) { None } else { found(Sign::Dash, 0, '–'.len_utf8()) };
    }
    if let Some(relation) = relation(word).filter(|_| is_first) {
        let is_fraction = word.starts_with('/') && before.trim_end().ends_with(|c: char| !c.is_alphabetic());
        return if is_fraction { None } else { found(Sign::Relation(relation), 0, word.len()) };
    }
    let (weighed, weight) = word.trim_end_matches([',', '.', ';']).split_once('^')?;
    let may_be_weighed = if weighed.is_empty() {
        before.ends_with(|c| c == ')' || !quotes(c).is_empty())
    } else {
        weighed.chars().all(char::is_alphabetic) && weighed.chars().count() >= MIN_WEIGHED_LETTERS
    };
    let is_weight = weight.starts_with(|c: char| c.is_ascii_digit())
        && weight.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let takes_it = !weighed.is_empty() && super::weight::Weight::parse(weight).is_some();
    if !may_be_weighed || !is_weight || takes_it {
        return None;
    }
    found(Sign::Weight, weighed.len(), 1 + weight.len())
}

/// What other tools write as `word`, which is no relation here.
fn relation(word: &str) -> Option<Relation> {
    if super::lexer::relation(word).is_some() {
        return None;
    }
    let sign = word.find(|c: char| c == '/' || c.is_ascii_digit())?;
    let (name, rest) = word.split_at(sign);
    let (has_slash, distance) = rest.strip_prefix('/').map_or((false, rest), |distance| (true, distance));
    let name = name.to_ascii_lowercase();
    if has_slash && matches!(name.as_str(), "w" | "pre") {
        match distance.to_ascii_lowercase().as_str() {
            "s" | "sent" => return Some(Relation::Sentence),
            "p" | "para" => return Some(Relation::Paragraph),
            _ => {}
        }
    }
    let words = Some(distance)
        .filter(|text| is_number(text) && text.len() <= MAX_DISTANCE_DIGITS)
        .map(number)
        .filter(|&words| words > 0)?;
    match (name.as_str(), has_slash) {
        ("near" | "adj", _) | ("" | "w" | "n" | "within", true) => Some(Relation::Near(words)),
        ("before" | "pre", true) => Some(Relation::Before(words)),
        _ => None,
    }
}

/// Whether a dash stands right behind a word of `text`, as where two of them enclose what is said by the way:
/// `la ley –de ayer– entra`.
fn encloses(text: &str) -> bool {
    text.match_indices('–').any(|(at, dash)| {
        let behind = text[at + dash.len()..].chars().next();
        !text[..at].ends_with(char::is_whitespace)
            && !text[..at].is_empty()
            && behind.is_none_or(|c| !c.is_alphanumeric())
    })
}

/// Whether all of `text` is in capitals, as headlines may be.
fn is_shouted(text: &str) -> bool {
    !text.contains(|c: char| c.is_alphabetic() && !c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::super::{parse, parse_strict};

    fn told(query: &str) -> Vec<(&str, String)> {
        let notes = parse(query).unwrap().notes;
        notes.into_iter().map(|note| (note.span.of(query).unwrap(), note.message)).collect()
    }

    #[test]
    fn signs_of_other_tools_are_told() {
        for (query, sign, how) in [
            ("water && policy", "&&", "AND"),
            ("water || policy", "||", "OR"),
            ("!water policy", "!", "-"),
            ("policy !(oil gas)", "!", "-"),
            ("policy !\"oil gas\"", "!", "-"),
            ("water^2 policy", "^2", "^0.99"),
            ("\"water policy\"^2", "^2", "^0.99"),
            ("(water policy)^0.5 x", "^0.5", "^0.99"),
            ("water –policy", "–", "minus"),
            ("water W/5 policy", "W/5", "NEAR/5"),
            ("water w/12 policy", "w/12", "NEAR/12"),
            ("water N/5 policy", "N/5", "NEAR/5"),
            ("water near/5 policy", "near/5", "NEAR/5"),
            ("water NEAR5 policy", "NEAR5", "NEAR/5"),
            ("water adj3 policy", "adj3", "NEAR/3"),
            ("water /5 policy", "/5", "NEAR/5"),
            ("water PRE/5 policy", "PRE/5", "BEFORE/5"),
            ("water w/s policy", "w/s", "/s"),
            ("water W/para policy", "W/para", "/p"),
            ("NEAR(water policy)", "NEAR", "a NEAR/5 b"),
            ("water NEAR policy", "NEAR", "a NEAR/5 b"),
            ("water AROUND(5) policy", "AROUND", "a NEAR/5 b"),
        ] {
            let notes = told(query);
            assert!(
                matches!(&notes[..], [(at, note)] if *at == sign && note.contains(how)),
                "{query}: {notes:?}"
            );
            assert!(parse_strict(query).is_err(), "{query}");
        }
    }

    #[test]
    fn what_may_be_text_is_not_told() {
        for query in [
            "water NEAR/5 policy /s treaty",
            "river^0.5 \"water policy\"^0.8 10^6 km^2 mc^2",
            "FIGHTING NEAR KYIV",
            "Near misses near the border",
            "La ley –aprobada ayer– entra en vigor",
            "1990–2000, 1990 – 2000 – and since –1990",
            "What now?! Wow! ! (oil)",
            "24/7 1/2 24 /7 w/o N/A n/a A/RES/70/1 and/or W/5000",
            "AT&T R&D a & b | c",
            "W5 N7 PRE5",
        ] {
            assert_eq!(told(query), [], "{query}");
        }
    }

    #[test]
    fn a_pattern_between_slashes_is_no_distance_whatever_it_begins_with() {
        for query in ["/20(21|s|.x)?/", "water /5(a|b)/", "-/20(21|22)/ water"] {
            assert_eq!(told(query), [], "{query}");
        }
    }
}
