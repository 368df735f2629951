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
    /// Holds a letter or digit.
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

/// The quotes that `c` belongs to, if it is one; any of them closes what another opened.
///
/// Which of them opens depends on the country: „a“, “a”, ”a”, «a», »a«.
fn quotes(c: char) -> Option<&'static [char]> {
    const DOUBLE: &[char] = &['"', '“', '”', '„', '‟', '＂'];
    const ANGLED: &[char] = &['«', '»'];
    [DOUBLE, ANGLED].into_iter().find(|quotes| quotes.contains(&c))
}

/// Whether a phrase of that text may stand between quotes such as `quote`.
pub(super) fn may_quote(text: &str, quote: char) -> bool {
    quotes(quote).is_some_and(|quotes| !text.contains(quotes))
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')') || quotes(c).is_some()
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
                c => match quotes(c) {
                    Some(quotes) => self.phrase(span, quotes),
                    None => self.run_of_text(),
                },
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
        match inside.char_indices().find(|(_, c)| quotes.contains(c)) {
            Some((length, close)) => {
                let end = open.end + length + close.len_utf8();
                self.push(TokenKind::Phrase(&inside[..length]), Span::new(open.start, end));
            }
            None => {
                // No other quote of the kind follows, so this search to the end happens once.
                self.fault(open, FaultKind::UnclosedQuote);
                self.at = open.end;
            }
        }
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
        chars.next().is_some_and(|c| {
            c == '(' || quotes(c).is_some_and(|quotes| chars.any(|next| quotes.contains(&next)))
        })
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
