//! Pasted sentences: in them `NOT` is a loud word, and a dash before a name is no sign. Where all is in capitals,
//! `AND` is a word like the others.
//!
//! What a token is in itself is the lexer's matter.

use super::error::{Fault, FaultKind};
use super::lexer::{Token, TokenKind, tokens};

/// Fewest words of what may be sentences: shorter queries are typed.
const MIN_WORDS: usize = 10;

/// Fewest of them that punctuation follows, wherever they stand, since nobody types a query so.
const MIN_PUNCTUATED: usize = 2;

/// How operators are printed that may stand in sentences too.
const PRINTED_SIGNS: [&str; 5] = ["AND", "OR", "NOT", "+", "-"];

/// Whether operators in `text`, a printed query, would be taken for words.
pub(super) fn is_taken_for_sentences(text: &str) -> bool {
    // Most have none, and to make tokens of a pattern takes long.
    if !PRINTED_SIGNS.iter().any(|sign| text.contains(sign)) {
        return false;
    }
    let Ok(tokens) = tokens(text, &mut Vec::new()) else { return false };
    tokens.iter().any(|token| is_sign(token.kind)) && are_sentences(&tokens)
}

/// Makes words of the operators among `tokens`, and drops the signs, if they are sentences.
pub(super) fn tamed<'t>(tokens: Vec<Token<'t>>, faults: &mut Vec<Fault>) -> Vec<Token<'t>> {
    if !are_sentences(&tokens) {
        return tokens;
    }
    let mut tamed = Vec::with_capacity(tokens.len());
    for token in tokens {
        let (name, word) = match token.kind {
            TokenKind::And => ("AND", Some("and")),
            TokenKind::Or => ("OR", Some("or")),
            TokenKind::Not => ("NOT", Some("not")),
            TokenKind::Minus => ("-", None),
            TokenKind::Plus => ("+", None),
            _ => {
                tamed.push(token);
                continue;
            }
        };
        faults.push(Fault { span: token.span, kind: FaultKind::InSentence(name) });
        tamed.extend(word.map(|word| Token { kind: TokenKind::Word(word), ..token }));
    }
    tamed
}

/// Fewest words in capitals that can't all be acronyms, if one of them is longer than such are.
const MIN_SHOUTED_WORDS: usize = 6;

/// Letters of a long acronym.
const MAX_ACRONYM_LETTERS: usize = 6;

/// Whether `kind` is an operator that may stand in sentences too.
fn is_sign(kind: TokenKind<'_>) -> bool {
    use TokenKind::{And, Minus, Not, Or, Plus};
    matches!(kind, And | Or | Not | Plus | Minus)
}

/// Whether `tokens` hold what nobody writes: distances and weights, and operators in brackets.
fn are_typed(tokens: &[Token<'_>]) -> bool {
    let mut open = 0_usize;
    tokens.iter().any(|token| {
        match token.kind {
            TokenKind::Open => open += 1,
            TokenKind::Close => open = open.saturating_sub(1),
            _ => {}
        }
        matches!(token.kind, TokenKind::Relation(_) | TokenKind::Weight(_)) || open > 0 && is_sign(token.kind)
    })
}

fn are_sentences(tokens: &[Token<'_>]) -> bool {
    if are_typed(tokens) {
        return false;
    }
    let before = std::iter::once(None).chain(tokens.iter().map(|token| Some(token.kind)));
    let words = tokens.iter().zip(before).filter_map(|(token, before)| match (token.kind, before) {
        (_, Some(TokenKind::Field(_))) => None,
        (TokenKind::Word(word), _) => Some(word),
        _ => None,
    });
    let words: Vec<&str> = words.collect();
    let punctuated = words.iter().filter(|word| ends_clause(word)).count();
    let signs = tokens.iter().filter(|token| is_sign(token.kind)).count();
    // Nobody shouts a sentence that joins word by word.
    words.len() >= MIN_WORDS && punctuated >= MIN_PUNCTUATED || signs * 2 < words.len() && are_shouted(&words)
}

/// Whether `words` are all in capitals, and so many that they can't all be acronyms.
#[must_use]
pub fn are_shouted(words: &[&str]) -> bool {
    let loud = words.iter().filter(|word| word.chars().any(char::is_uppercase)).count();
    let is_small = |word: &&str| word.chars().any(char::is_lowercase);
    let is_long = |word: &&str| word.chars().count() > MAX_ACRONYM_LETTERS;
    loud >= MIN_SHOUTED_WORDS && words.iter().any(is_long) && !words.iter().any(is_small)
}

/// Whether punctuation of sentences follows `word`, and it is no abbreviation such as `U.S.`.
fn ends_clause(word: &str) -> bool {
    let word = word.trim_end_matches(['’', '\'', ')']);
    let bare = word.trim_end_matches([',', '.', ';', ':', '!', '?', '…']);
    bare.len() < word.len() && !bare.contains('.')
}

#[cfg(test)]
mod tests {
    use crate::query::{parse, parse_strict};

    fn printed(query: &str) -> String {
        parse(query).unwrap().query.unwrap().to_string()
    }

    #[test]
    fn signs_and_operators_of_sentences_are_words() {
        let pasted = "‘When the debate is lost, slander becomes the tool of the loser.’ -Socrates. NOT mine";
        assert_eq!(
            printed(pasted),
            "‘When the debate is lost, slander becomes the tool of the loser.’ Socrates. not mine"
        );
        assert_eq!(parse(pasted).unwrap().notes.len(), 2);
        assert!(parse_strict(pasted).is_err());
    }

    #[test]
    fn operators_among_capitals_are_words() {
        let shouted = "AGREEMENT BY EGYPT AND SAUDI ARABIA ON YEMEN";
        assert_eq!(printed(shouted), "AGREEMENT BY EGYPT and SAUDI ARABIA ON YEMEN");
        assert!(printed("NATO AND EU AND UN").contains("AND"));
    }

    /// A tree of many words that end in punctuation was printed as what reads back as sentences.
    #[test]
    fn what_was_understood_prints_so_that_it_is_understood_again() {
        for (query, understood) in [
            ("(a! b? c d e f g h i j AND k)", "((a! b? c d e f g h i j) AND k)"),
            ("(EU AND UN AND NATO AND AU AND OSCE AND SCO)", "EU AND UN AND NATO AND AU AND OSCE AND SCO"),
            ("(a! b? c d e f g h i j -k)", "(a! b? c d e f g h i j -k)"),
            ("a! b? c d e f g h NEAR/5 i -j", "a! b? c d e f g h NEAR/5 i -j"),
        ] {
            assert_eq!(printed(query), understood);
            assert_eq!(printed(understood), understood);
        }
    }

    #[test]
    fn lists_of_acronyms_keep_their_operators() {
        for query in [
            "NATO AND UN AND EU AND AU AND OSCE AND SCO",
            "NATO EU AU OSCE UN ASEAN -SCO",
            "NATO OR SANCTIONS OR EMBARGO OR BLOCKADE OR TREATY OR ACCORD",
        ] {
            assert!(parse_strict(query).is_ok(), "{query}");
        }
    }

    #[test]
    fn queries_keep_their_operators() {
        for query in [
            "water, oil, -gas",
            "U.S. sanctions on Iran and on oil traders in the Gulf since 2012. -gas",
            "title:a, b c d e f g h i j k. NOT l",
        ] {
            assert!(printed(query).contains('-'), "{query}");
        }
    }
}
