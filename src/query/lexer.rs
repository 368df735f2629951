//! From the text of a query to its tokens.
//!
//! Here it is decided what is a word, a quote, a sign or a field. What stands next to what, and whether
//! an operator has something to join, is the parser's matter.

use super::error::{Fault, FaultKind};
use super::field::Field;
use crate::text::Span;

/// A piece of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub(super) span: Span,
    pub(super) kind: TokenKind<'t>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind<'t> {
    /// Holds a letter or digit, unless it is the value of a condition.
    Word(&'t str),
    /// What stands between quotes, maybe nothing.
    Phrase(&'t str),
    Open,
    Close,
    And,
    Or,
    Not,
    Plus,
    Minus,
    /// Always followed by its value: a word, a phrase or an opening bracket.
    Field(Field),
}

/// The tokens of `text`; faults go to `faults`.
pub(super) fn tokens<'t>(text: &'t str, faults: &mut Vec<Fault>) -> Vec<Token<'t>> {
    let mut lexer = Lexer { text, at: 0, found: Vec::new(), faults };
    lexer.run();
    lexer.found
}

/// Whether there is anything in `text` to look for.
pub(super) fn has_word(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// The quotes that `c` belongs to, none if it is something else. Any of them closes what another opened.
///
/// Which of them opens depends on the country: „a“, “a”, ”a”, «a», »a«.
pub(super) fn quotes(c: char) -> &'static [char] {
    match c {
        '"' | '“' | '”' | '„' | '‟' | '＂' => &['"', '“', '”', '„', '‟', '＂'],
        '«' | '»' => &['«', '»'],
        _ => &[],
    }
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')') || !quotes(c).is_empty()
}

struct Lexer<'t, 'f> {
    text: &'t str,
    at: usize,
    found: Vec<Token<'t>>,
    faults: &'f mut Vec<Fault>,
}

impl<'t> Lexer<'t, '_> {
    fn run(&mut self) {
        while let Some(c) = self.rest().chars().next() {
            let span = Span::new(self.at, self.at + c.len_utf8());
            match c {
                '(' => self.push(TokenKind::Open, span),
                ')' => self.push(TokenKind::Close, span),
                c if c.is_whitespace() => self.at = span.end,
                c if quotes(c).is_empty() => self.run_of_text(),
                c => self.phrase(span, quotes(c)),
            }
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn push(&mut self, kind: TokenKind<'t>, span: Span) {
        self.found.push(Token { span, kind });
        self.at = span.end;
    }

    fn fault(&mut self, span: Span, kind: FaultKind) {
        self.faults.push(Fault { span, kind });
    }

    fn phrase(&mut self, open: Span, quotes: &[char]) {
        let inside = &self.text[open.end..];
        let Some((length, close)) = inside.char_indices().find(|(_, c)| quotes.contains(c)) else {
            // No other quote of the kind follows, so this search to the end happens once.
            self.fault(open, FaultKind::UnclosedQuote);
            self.at = open.end;
            return;
        };
        let words = Span::new(open.end, open.end + length);
        let whole = Span::new(open.start, words.end + close.len_utf8());
        match self.found.last().map(|token| token.kind) {
            // The value of a condition is the same with and without quotes.
            Some(TokenKind::Field(Field::Condition(_))) => {
                self.push(TokenKind::Word(&inside[..length]), words);
            }
            _ => self.push(TokenKind::Phrase(&inside[..length]), whole),
        }
        self.at = whole.end;
    }

    /// Reads up to white space, a bracket or a quote: a sign, a field, an operator, a word.
    fn run_of_text(&mut self) {
        let start = self.at;
        let starts_clause =
            self.text[..start].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(');
        let rest = self.rest();
        let run = &rest[..rest.find(ends_word).unwrap_or(rest.len())];
        let word = run.trim_start_matches(['+', '-']);
        let after_signs = start + run.len() - word.len();
        // A lone sign belongs to the bracket or quote right behind it, else it is a mere dash.
        let before_value = word.is_empty() && self.value_follows(start + run.len());
        if after_signs == start + 1 && starts_clause && (before_value || has_word(word)) {
            let sign = if run.starts_with('+') { TokenKind::Plus } else { TokenKind::Minus };
            self.push(sign, Span::new(start, after_signs));
        }
        self.at = start + run.len();
        if has_word(word) {
            self.word(word, Span::new(after_signs, self.at));
        }
    }

    /// Whether a phrase or group begins at `at`.
    fn value_follows(&self, at: usize) -> bool {
        let mut chars = self.text[at..].chars();
        chars.next().is_some_and(|c| c == '(' || chars.any(|next| quotes(c).contains(&next)))
    }

    fn word(&mut self, word: &'t str, span: Span) {
        let named = word.split_once(':').and_then(|(name, value)| Some((Field::named(name)?, value)));
        match (word, named) {
            ("AND", _) => self.push(TokenKind::And, span),
            ("OR", _) => self.push(TokenKind::Or, span),
            ("NOT", _) => self.push(TokenKind::Not, span),
            (_, Some((field, value))) => self.field(field, word, value, span),
            _ => self.push(TokenKind::Word(word), span),
        }
    }

    /// Reads `title:` and what follows in the same run of text, `value`.
    fn field(&mut self, field: Field, word: &'t str, value: &'t str, span: Span) {
        let colon = Span::new(span.start, span.end - value.len());
        let beside = value.is_empty() && self.value_follows(span.end);
        // A condition takes any value here, so that an impossible one is reported as such.
        let fits = has_word(value) || !value.is_empty() && matches!(field, Field::Condition(_));
        if !beside && !fits {
            self.fault(span, FaultKind::NoValue(field));
            self.push(TokenKind::Word(word), span);
            return;
        }
        self.push(TokenKind::Field(field), colon);
        if !beside {
            if matches!(field, Field::Text(_)) && value.starts_with(['+', '-']) {
                self.fault(Span::new(colon.end, colon.end + 1), FaultKind::SignBehind(field));
            }
            self.push(TokenKind::Word(value), Span::new(colon.end, span.end));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::TokenKind::{And, Close, Minus, Not, Open, Or, Phrase, Plus, Word};
    use super::*;
    use crate::query::TextField;

    fn lex(text: &str) -> (Vec<TokenKind<'_>>, Vec<FaultKind>) {
        let mut faults = Vec::new();
        let tokens = tokens(text, &mut faults);
        for token in &tokens {
            assert!(token.span.of(text).is_some_and(|part| !part.is_empty()), "{token:?}");
        }
        (
            tokens.into_iter().map(|token| token.kind).collect(),
            faults.iter().map(|fault| fault.kind).collect(),
        )
    }

    fn reads<'t>(text: &'t str, tokens: &[TokenKind<'t>]) {
        assert_eq!(lex(text), (tokens.to_vec(), vec![]), "{text}");
    }

    #[test]
    fn a_word_keeps_what_is_inside() {
        reads("U.S.-China don't, C++", &[Word("U.S.-China"), Word("don't,"), Word("C++")]);
        reads("a? — … && | b", &[Word("a?"), Word("b")]);
        reads(
            "and AND ANDY AND, OR(NOT)",
            &[Word("and"), And, Word("ANDY"), Word("AND,"), Or, Open, Not, Close],
        );
    }

    #[test]
    fn a_sign_counts_where_a_clause_begins() {
        reads("-a +b (-c)", &[Minus, Word("a"), Plus, Word("b"), Open, Minus, Word("c"), Close]);
        reads("-(a) -\"b\"", &[Minus, Open, Word("a"), Close, Minus, Phrase("b")]);
        reads("a - b + c -- -— --d +-e", &[Word("a"), Word("b"), Word("c"), Word("d"), Word("e")]);
        reads("(a)-b \"c\"-d e-f", &[Open, Word("a"), Close, Word("b"), Phrase("c"), Word("d"), Word("e-f")]);
    }

    #[test]
    fn quotes_of_many_countries_enclose_a_phrase() {
        for text in ["\"a b\"", "“a b”", "„a b“", "”a b”", "«a b»", "»a b«", "“a b\"", "＂a b＂"]
        {
            reads(text, &[Phrase("a b")]);
        }
        reads("«a \"b» c", &[Phrase("a \"b"), Word("c")]);
        reads("l'eau ’tis ‘a’", &[Word("l'eau"), Word("’tis"), Word("‘a’")]);
        assert_eq!(lex("a \"b c"), (vec![Word("a"), Word("b"), Word("c")], vec![FaultKind::UnclosedQuote]));
    }

    #[test]
    fn a_field_is_one_that_exists_with_a_value_behind_it() {
        let title = Field::Text(TextField::Title);
        reads(
            "title:a TITLE:\"b\" title:(c)",
            &[
                TokenKind::Field(title),
                Word("a"),
                TokenKind::Field(title),
                Phrase("b"),
                TokenKind::Field(title),
                Open,
                Word("c"),
                Close,
            ],
        );
        reads(
            "what:a https://b.c 10:30 :d",
            &[Word("what:a"), Word("https://b.c"), Word("10:30"), Word(":d")],
        );
        reads(
            "title:author:a title:OR",
            &[TokenKind::Field(title), Word("author:a"), TokenKind::Field(title), Word("OR")],
        );
        for text in ["title:", "title: ", "title:)", "title:—", "title:\"a"] {
            assert_eq!(lex(text).1[0], FaultKind::NoValue(title), "{text}");
            assert!(matches!(lex(text).0[0], Word(_)), "{text}");
        }
        assert_eq!(lex("title:-a").1, [FaultKind::SignBehind(title)]);
    }
}
