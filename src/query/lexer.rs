//! From the text of a query to its tokens.
//!
//! Here it is decided what is a word, a quote, a sign or a field. What stands next to what, and whether
//! an operator has something to join, is the parser's matter.

use unicode_normalization::char::is_combining_mark;

use super::ast::{Pattern, Relation};
use super::automata::Automata;
use super::date_range;
use super::elsewhere;
use super::error::{Fault, FaultKind, PatternFault, QueryError};
use super::field::Field;
use super::quotation::{closing, ends_word, find, quotes};
use super::weight::Weight;
use crate::text::{MAX_EDITS, Span, WordAutomaton};

/// The longest regular expression, in characters. What is longer is read as text.
const MAX_REGEX_CHARS: usize = 200;

/// Bytes of the shortest name of what may be meant for a field.
const MIN_NAME_BYTES: usize = 2;

/// A piece of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub(super) span: Span,
    pub(super) kind: TokenKind<'t>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind<'t> {
    /// Holds a letter or digit, unless it is the value of a condition; before the end of a sentence there may be space.
    Word(&'t str),
    /// What stands between quotes, maybe nothing, and how many words may stand between its own.
    Phrase(&'t str, u32),
    /// The word behind `=`.
    Exact(&'t str),
    /// A pattern with `*` and `?`.
    Wildcard(&'t str),
    /// The word before `~`, and how many letters may differ.
    Fuzzy(&'t str, u8),
    /// A regular expression that is one.
    Regex(&'t str),
    /// How much the word, phrase or pattern before it counts.
    Weight(Weight),
    /// Its distance is any number.
    Relation(Relation),
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
///
/// # Errors
///
/// If its patterns are too complex.
pub(super) fn tokens<'t>(text: &'t str, faults: &mut Vec<Fault>) -> Result<Vec<Token<'t>>, QueryError> {
    let mut lexer = Lexer::of(text, faults);
    lexer.run();
    lexer.patterns.check()?;
    Ok(lexer.found)
}

/// Whether there is anything in `text` to look for.
pub(super) fn has_word(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// What is wrong with `text`, in which there is nothing to look for.
pub(super) fn wordless(text: &str) -> Fault {
    let is_pattern = |word: &str| {
        let inside = word.strip_prefix('/').and_then(|word| word.strip_suffix('/'));
        inside.is_some_and(|inside| !inside.is_empty() && inside.is_ascii())
            || !word.is_empty() && word.chars().all(|c| matches!(c, '*' | '?'))
    };
    if text.trim().is_empty() {
        return Fault { span: Span::new(0, text.len()), kind: FaultKind::NoWord };
    }
    let of_patterns = text.split_whitespace().all(is_pattern);
    let kind = if of_patterns { FaultKind::Pattern(PatternFault::AnyWord) } else { FaultKind::NoWord };
    Fault { span: Span::new(text.len() - text.trim_start().len(), text.trim_end().len()), kind }
}

struct Lexer<'t, 'f> {
    text: &'t str,
    at: usize,
    found: Vec<Token<'t>>,
    faults: &'f mut Vec<Fault>,
    patterns: Automata,
    /// Bytes looked at so far: a few times those of the text in the end.
    looked_at: usize,
}

impl<'t, 'f> Lexer<'t, 'f> {
    fn of(text: &'t str, faults: &'f mut Vec<Fault>) -> Self {
        Self { text, at: 0, found: Vec::new(), faults, patterns: Automata::default(), looked_at: 0 }
    }

    fn run(&mut self) {
        while let Some(c) = self.rest().chars().next() {
            let span = Span::new(self.at, self.at + c.len_utf8());
            match c {
                '(' => self.push(TokenKind::Open, span),
                ')' => self.push(TokenKind::Close, span),
                c if c.is_whitespace() => self.at = span.end,
                c if quotes(c).is_empty() => self.run_of_text(),
                _ => self.phrase(span),
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

    fn phrase(&mut self, open: Span) {
        let inside = &self.text[open.end..];
        let closing = closing(inside, open.of(self.text).and_then(|open| open.chars().next()));
        self.looked_at += closing.map_or(inside.len(), |(length, _)| length);
        let Some((length, close)) = closing else {
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
            _ => {
                self.pattern_in_quotes(words);
                let (slop, end) = slop_at(self.text, whole.end);
                self.push(TokenKind::Phrase(&inside[..length], slop), Span::new(whole.start, end));
                self.weight();
                return;
            }
        }
        self.at = whole.end;
    }

    /// Tells of the first word between quotes, at `words`, that would be a pattern elsewhere.
    fn pattern_in_quotes(&mut self, words: Span) {
        let inside = words.of(self.text).unwrap_or_default();
        let is_pattern = |word: &&str| has_word(word) && matches!(leaf(word).0, TokenKind::Wildcard(_));
        if let Some(pattern) = inside.split_whitespace().find(is_pattern) {
            let start = words.start + inside.find(pattern).unwrap_or_default();
            self.fault(Span::new(start, start + pattern.len()), FaultKind::Pattern(PatternFault::InQuotes));
        }
    }

    /// Reads up to white space, a bracket or a quote: a sign, a field, an operator, a word.
    fn run_of_text(&mut self) {
        let start = self.at;
        let starts_clause =
            self.text[..start].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(');
        let rest = self.rest();
        let run = &rest[..find(rest, ends_word).map_or(rest.len(), |(end, _)| end)];
        self.looked_at += run.len();
        let word = run.trim_start_matches(['+', '-']);
        let after_signs = start + run.len() - word.len();
        // A lone sign belongs to the bracket or quote right behind it, else it is a mere dash.
        let before_value = matches!(word, "" | "=") && self.value_follows(start + run.len());
        let regex = self.regex_at(after_signs);
        if regex.is_none()
            && let Some((span, kind)) = elsewhere::sign(self.text, Span::new(start, start + run.len()))
        {
            self.fault(span, kind);
        }
        if after_signs == start + 1 && starts_clause && (before_value || has_word(word) || regex.is_some()) {
            let sign = if run.starts_with('+') { TokenKind::Plus } else { TokenKind::Minus };
            self.push(sign, Span::new(start, after_signs));
        }
        if after_signs > start + 1 && starts_clause && has_word(word) {
            self.fault(Span::new(start, after_signs), FaultKind::SeveralSigns);
        }
        self.at = start + run.len();
        match regex {
            Some((regex, span)) => self.regex(regex, span),
            None if has_word(word) => self.word(word, Span::new(after_signs, start + run.len())),
            None => self.punctuation(Span::new(start, start + run.len())),
        }
    }

    /// Takes what stands apart at `span` for a part of the word before, if it ends a sentence: `Que faire ?`
    fn punctuation(&mut self, span: Span) {
        let Some((last, before)) = self.found.split_last_mut() else { return };
        let is_value = before.last().is_some_and(|token| matches!(token.kind, TokenKind::Field(_)));
        let between = self.text[last.span.end..span.end].trim_start();
        if !is_value
            && between.chars().all(|c| ENDS_SENTENCE.contains(&c))
            && let TokenKind::Word(word) = last.kind
            // `date:` with nothing right behind it is a word, and `date:..` a range.
            && !word.ends_with([':', '：'])
        {
            last.span = Span::new(last.span.start, span.end);
            last.kind = TokenKind::Word(&self.text[last.span.start..span.end]);
        }
    }

    /// The regular expression between slashes at `at`, if there is one. It ends at a space at the latest.
    fn regex_at(&mut self, at: usize) -> Option<(&'t str, Span)> {
        let (regex, ends) = between_slashes(&self.text[at..])?;
        self.looked_at += regex.len();
        if !ends {
            return None;
        }
        let length = regex.len();
        let span = Span::new(at, at + length + 2);
        match self.patterns.add(span, || WordAutomaton::regex(regex)) {
            Ok(()) => Some((regex, span)),
            Err(error) => {
                self.fault(span, FaultKind::of(error));
                None
            }
        }
    }

    fn regex(&mut self, regex: &'t str, span: Span) {
        self.push(TokenKind::Regex(regex), span);
        self.weight();
    }

    /// Whether a phrase or group begins at `at`.
    fn value_follows(&mut self, at: usize) -> bool {
        let behind = &self.text[at..];
        let Some(first) = behind.chars().next() else { return false };
        if quotes(first).is_empty() {
            return first == '(';
        }
        // What is found here is read as a phrase, and what isn't is never looked for again.
        let closing = find(&behind[first.len_utf8()..], |c| quotes(first).contains(&c));
        self.looked_at += closing.map_or(behind.len(), |(length, _)| length);
        closing.is_some()
    }

    fn word(&mut self, word: &'t str, span: Span) {
        let named = word.split_once(':').and_then(|(name, value)| Some((Field::named(name)?, value)));
        match (word, named) {
            ("AND", _) => self.push(TokenKind::And, span),
            ("OR", _) => self.push(TokenKind::Or, span),
            ("NOT", _) => self.push(TokenKind::Not, span),
            (_, Some((field, value))) => self.field(field, word, value, span),
            _ => match relation(word) {
                Some(relation) => self.push(TokenKind::Relation(relation), span),
                None => {
                    if let Some(name) = self.unknown_field(word, span) {
                        let word = &self.text[name.start..name.end - ":".len()];
                        self.fault(
                            name,
                            Field::meant_by(word).map_or(FaultKind::NoField, FaultKind::OtherName),
                        );
                    }
                    self.leaf(word, span);
                }
            },
        }
    }

    /// What looks like the name of a field in `word`: letters and a colon, with a value behind it that is no path. In
    /// sentences a word follows a colon, which makes no field of what stands before it.
    fn unknown_field(&mut self, word: &str, span: Span) -> Option<Span> {
        let (name, value) = word.split_once(':')?;
        let is_name = name.len() >= MIN_NAME_BYTES && name.bytes().all(|b| b.is_ascii_alphabetic());
        let behind = self.text[span.end..].trim_start_matches(' ');
        let has_value = if value.is_empty() {
            behind.starts_with(|c| c == '(' || !quotes(c).is_empty())
        } else {
            value.starts_with(char::is_alphanumeric)
        };
        (is_name && has_value).then(|| Span::new(span.start, span.start + name.len() + 1))
    }

    fn leaf(&mut self, word: &'t str, span: Span) {
        let sign = word.rfind('^').filter(|&at| has_word(&word[..at]) && weight_at(word, at).is_some());
        let word = &word[..sign.unwrap_or(word.len())];
        let span = Span::new(span.start, span.start + word.len());
        let (mut kind, mut fault) = leaf(word);
        if let TokenKind::Wildcard(pattern) = kind
            && let Err(error) = self.patterns.add(span, || WordAutomaton::wildcard(pattern))
        {
            (kind, fault) = (TokenKind::Word(word), Some(FaultKind::of(error)));
        }
        if let Some(fault) = fault {
            self.fault(span, fault);
        }
        self.push(kind, span);
        self.weight();
    }

    /// Reads how much the leaf before counts, if that is said.
    fn weight(&mut self) {
        if let Some((weight, end)) = weight_at(self.text, self.at) {
            self.push(TokenKind::Weight(weight), Span::new(self.at, end));
        }
    }

    /// Reads `title:` and what follows in the same run of text, `value`.
    fn field(&mut self, field: Field, word: &'t str, value: &'t str, span: Span) {
        let colon = Span::new(span.start, span.end - value.len());
        // As before any other phrase, `=` says nothing before one.
        let is_text = matches!(field, Field::Text(_));
        let beside = (value.is_empty() || is_text && value == "=") && self.value_follows(span.end);
        // A condition takes any value here, so that an impossible one is reported as such.
        let fits = has_word(value) || !value.is_empty() && matches!(field, Field::Condition(_));
        if !beside && !fits {
            let is_any = !value.is_empty() && value.bytes().all(|b| b == b'*');
            let any = field.detail().filter(|_| is_any).map(FaultKind::AnyValue);
            self.fault(span, any.unwrap_or(FaultKind::NoValue(field)));
            self.push(TokenKind::Word(word), span);
            return;
        }
        self.push(TokenKind::Field(field), colon);
        if beside {
            self.at = span.end;
            return;
        }
        let value_span = Span::new(colon.end, span.end);
        if let Field::Condition(condition) = field {
            let value = if condition.is_of_dates() {
                let behind = &self.text[colon.end..];
                &behind[..date_range::length(behind, value.len())]
            } else {
                value
            };
            self.push(TokenKind::Word(value), Span::new(colon.end, colon.end + value.len()));
            return;
        }
        if value.starts_with(['+', '-']) {
            self.fault(Span::new(colon.end, colon.end + 1), FaultKind::SignBehind(field));
        }
        match self.regex_at(colon.end) {
            Some((regex, span)) => self.regex(regex, span),
            None => self.leaf(value, value_span),
        }
    }
}

/// What stands between slashes at the beginning of `text`, up to a space at the latest, and whether it may be a regular
/// expression.
pub(super) fn between_slashes(text: &str) -> Option<(&str, bool)> {
    let inside = text.strip_prefix('/')?;
    let mut escaped = false;
    let close = inside.chars().take(MAX_REGEX_CHARS + 1).position(|c| {
        let found = c.is_whitespace() || c == '/' && !escaped;
        escaped = c == '\\' && !escaped;
        found
    })?;
    let length: usize = inside.chars().take(close).map(char::len_utf8).sum();
    let (regex, rest) = inside.split_at(length);
    let is_closed = rest
        .strip_prefix('/')
        .is_some_and(|rest| rest.chars().next().is_none_or(ends_word) || weight_at(rest, 0).is_some());
    Some((regex, is_closed && has_word(regex)))
}

/// What sentences end with.
const ENDS_SENTENCE: [char; 11] = ['.', '!', '?', '…', '؟', '۔', '।', '。', '！', '？', '\u{37e}'];

/// Punctuation that a pattern may be followed by in a sentence.
const BEHIND_A_PATTERN: [char; 6] = [',', '.', ';', ':', '!', '?'];

/// What `word`, which holds a letter or digit and is no operator, asks for.
pub(super) fn leaf(word: &str) -> (TokenKind<'_>, Option<FaultKind>) {
    if let Some(exact) = word.strip_prefix('=').filter(|exact| has_word(exact)) {
        return (TokenKind::Exact(exact), None);
    }
    let pattern = word.trim_end_matches(BEHIND_A_PATTERN);
    if let Some((word, edits)) = pattern.rsplit_once('~').filter(|(word, edits)| {
        has_word(word) && word.chars().all(is_word_character) && edits.bytes().all(|b| b.is_ascii_digit())
    }) {
        let allowed = if edits.is_empty() { Some(1) } else { edits.parse().ok() };
        let allowed = allowed.filter(|edits| (1..=MAX_EDITS).contains(edits));
        let fault = allowed.is_none().then_some(FaultKind::Pattern(PatternFault::WrongEdits));
        return (TokenKind::Fuzzy(word, allowed.unwrap_or(MAX_EDITS)), fault);
    }
    let in_pattern = |c| is_word_character(c) || matches!(c, '*' | '?' | '-' | '\'' | '’');
    let with_signs = |c| in_pattern(c) && c != '?' || Pattern::SIGNS.contains(&c);
    let is_pattern = pattern.contains(['*', '?']) && pattern.chars().all(in_pattern)
        || has_star_by_letter(pattern) && pattern.chars().all(with_signs);
    if is_pattern {
        return (TokenKind::Wildcard(pattern), None);
    }
    let at_its_ends = pattern.starts_with('*') || pattern.ends_with('*');
    let fault =
        (at_its_ends && has_star_by_letter(pattern)).then_some(FaultKind::Pattern(PatternFault::StarInWord));
    (TokenKind::Word(word), fault)
}

/// Whether a star stands right beside a letter or digit: behind `e.g.*` it is the sign of a note.
fn has_star_by_letter(word: &str) -> bool {
    let mut stars = word.match_indices('*');
    stars.any(|(at, star)| {
        word[..at].ends_with(is_word_character) || word[at + star.len()..].starts_with(is_word_character)
    })
}

fn is_word_character(c: char) -> bool {
    // The last show nothing: joiners, which belong to words of Persian, and what is pasted with a word.
    c.is_alphanumeric()
        || is_combining_mark(c)
        || matches!(c, '\u{200b}'..='\u{200d}' | '\u{ad}' | '\u{2060}' | '\u{feff}')
}

/// The relation that `word` names, whatever its distance.
pub(super) fn relation(word: &str) -> Option<Relation> {
    match word {
        "/s" | "/S" => return Some(Relation::Sentence),
        "/p" | "/P" => return Some(Relation::Paragraph),
        _ => {}
    }
    let (name, distance) = word.split_once('/')?;
    let distance = Some(distance).filter(|text| is_number(text)).map(number)?;
    match name {
        "NEAR" => Some(Relation::Near(distance)),
        "BEFORE" => Some(Relation::Before(distance)),
        _ => None,
    }
}

/// The slop behind a phrase that ends at `at`, and where it ends; none if there is none.
fn slop_at(text: &str, at: usize) -> (u32, usize) {
    let Some(rest) = text[at..].strip_prefix('~') else { return (0, at) };
    let digits = &rest[..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())];
    let behind = rest[digits.len()..].chars().next();
    let ends = behind.is_none_or(|c| ends_word(c) || BEHIND_A_PATTERN.contains(&c))
        || weight_at(rest, digits.len()).is_some();
    if is_number(digits) && ends { (number(digits), at + 1 + digits.len()) } else { (0, at) }
}

/// The weight that `text` names at `at`, with a `^` before it, and where it ends; what else follows ends a word.
fn weight_at(text: &str, at: usize) -> Option<(Weight, usize)> {
    let rest = text.get(at..)?.strip_prefix('^')?;
    let number = &rest[..rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len())];
    let number = number.trim_end_matches('.');
    let behind = rest[number.len()..].trim_start_matches(BEHIND_A_PATTERN).chars().next();
    let weight = Weight::parse(number).filter(|_| behind.is_none_or(ends_word))?;
    Some((weight, at + 1 + number.len()))
}

pub(super) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The number that the digits `text` are, or more than any that is allowed.
pub(super) fn number(text: &str) -> u32 {
    text.parse().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::TokenKind::{And, Close, Exact, Fuzzy, Minus, Not, Open, Or, Plus, Regex, Wildcard, Word};
    use super::*;
    use crate::query::TextField;

    fn lex(text: &str) -> (Vec<TokenKind<'_>>, Vec<FaultKind>) {
        let mut faults = Vec::new();
        let tokens = tokens(text, &mut faults).unwrap();
        for token in &tokens {
            assert!(token.span.of(text).is_some_and(|part| !part.is_empty()), "{token:?}");
        }
        (
            tokens.into_iter().map(|token| token.kind).collect(),
            faults.iter().map(|fault| fault.kind).collect(),
        )
    }

    #[allow(non_snake_case)]
    fn Phrase(text: &str) -> TokenKind<'_> {
        TokenKind::Phrase(text, 0)
    }

    fn reads<'t>(text: &'t str, tokens: &[TokenKind<'t>]) {
        assert_eq!(lex(text), (tokens.to_vec(), vec![]), "{text}");
    }

    #[test]
    fn a_hebrew_acronym_keeps_its_quotation_mark() {
        for (text, read) in
            [("צה\"ל", "צה\"ל"), ("\"צה\"ל\"", "\"צה\"ל\""), ("\"שלום\" צה\"ל", "\"שלום\" צה\"ל")]
        {
            assert_eq!(crate::query::parse_strict(text).unwrap().query.unwrap().to_string(), read);
        }
    }

    #[test]
    fn no_text_is_looked_at_again_and_again() {
        for piece in [
            "- ",
            "-«",
            "-\"",
            "= ",
            "=“",
            "title: ",
            "title:« ",
            "title:\"",
            "/a ",
            "/",
            "\"",
            "«",
            "+",
            "a~",
            "a^",
            "a:",
            "date:[",
            "date:2020 ",
            "“ \"a ",
            "\"“a ",
            "\"a “b ",
        ] {
            let looked_at = |length: usize| {
                let text: String = piece.chars().cycle().take(length).collect();
                let mut faults = Vec::new();
                let mut lexer = Lexer::of(&text, &mut faults);
                lexer.run();
                lexer.looked_at
            };
            let (short, long) = (looked_at(1_000), looked_at(10_000));
            assert!(long <= 11 * short + 100, "{piece}: {short} bytes of 1000, {long} of 10000");
        }
    }

    #[test]
    fn a_word_keeps_what_is_inside() {
        reads("U.S.-China don't, C++", &[Word("U.S.-China"), Word("don't,"), Word("C++")]);
        reads("a? — … & | b", &[Word("a?"), Word("b")]);
        reads(
            "and AND ANDY AND, OR(NOT)",
            &[Word("and"), And, Word("ANDY"), Word("AND,"), Or, Open, Not, Close],
        );
    }

    #[test]
    fn a_sign_counts_where_a_clause_begins() {
        reads("-a +b (-c)", &[Minus, Word("a"), Plus, Word("b"), Open, Minus, Word("c"), Close]);
        reads("-(a) -\"b\"", &[Minus, Open, Word("a"), Close, Minus, Phrase("b")]);
        reads(
            "a - b + c -- -— (d)--e",
            &[Word("a"), Word("b"), Word("c"), Open, Word("d"), Close, Word("e")],
        );
        for text in ["--d", "+-d", "-+d"] {
            assert_eq!(lex(text), (vec![Word("d")], vec![FaultKind::SeveralSigns]), "{text}");
        }
        reads("(a)-b \"c\"-d e-f", &[Open, Word("a"), Close, Word("b"), Phrase("c"), Word("d"), Word("e-f")]);
    }

    #[test]
    fn quotes_of_many_countries_enclose_a_phrase() {
        for text in [
            "\"a b\"",
            "“a b”",
            "„a b“",
            "”a b”",
            "«a b»",
            "»a b«",
            "“a b\"",
            "＂a b＂",
            "「a b」",
            "『a b』",
            "《a b》",
            "‚a b‘",
            "‹a b›",
            "›a b‹",
        ] {
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
            "https://b.c 10:30 :d sentence: ends",
            &[Word("https://b.c"), Word("10:30"), Word(":d"), Word("sentence:"), Word("ends")],
        );
        reads(
            "title:author:a title:OR",
            &[TokenKind::Field(title), Word("author:a"), TokenKind::Field(title), Word("OR")],
        );
        for text in ["title:", "title: ", "title:)", "title:—", "title:\"a"] {
            assert_eq!(lex(text).1[0], FaultKind::NoValue(title), "{text}");
            assert!(matches!(lex(text).0[0], Word(_)), "{text}");
        }
        reads("title:=\"a b\"", &[TokenKind::Field(title), Phrase("a b")]);
        assert_eq!(lex("title:-a").1, [FaultKind::SignBehind(title)]);
    }

    #[test]
    fn patterns_are_told_from_punctuation() {
        reads(
            "nucle* *proliferation counter?terrorism wom*n counter-terror*,",
            &["nucle*", "*proliferation", "counter?terrorism", "wom*n", "counter-terror*"].map(Wildcard),
        );
        reads(
            "S.21* A/RES/7* U.S.-Ch* 3.5*, R&D* a_b* @Ant* #Par* 10:3* *b/c",
            &["S.21*", "A/RES/7*", "U.S.-Ch*", "3.5*", "R&D*", "a_b*", "@Ant*", "#Par*", "10:3*", "*b/c"]
                .map(Wildcard),
        );
        reads("policy.* *.pdf e.g.*,", &[Word("policy.*"), Word("*.pdf"), Word("e.g.*,")]);
        for text in ["a+b*", "a=b*", "a.b?c*"] {
            assert_eq!(
                lex(text),
                (vec![Word(text)], vec![FaultKind::Pattern(PatternFault::StarInWord)]),
                "{text}"
            );
        }
        reads("why? ¿why? a*, 2*3=6 *", &[Word("why?"), Word("¿why?"), Wildcard("a*"), Word("2*3=6")]);
        reads("https://a.b/c?d=e f?.g", &[Word("https://a.b/c?d=e"), Word("f?.g")]);
        reads(
            "kurila~ kurila~2, a-b~ ~5",
            &[Fuzzy("kurila", 1), Fuzzy("kurila", 2), Word("a-b~"), Word("~5")],
        );
        assert_eq!(lex("kurila~9").0, [Fuzzy("kurila", 2)]);
        assert_eq!(lex("kurila~9").1, [FaultKind::Pattern(PatternFault::WrongEdits)]);
        reads(
            "=word -=Word, == title:=a",
            &[
                Exact("word"),
                Minus,
                Exact("Word,"),
                TokenKind::Field(Field::Text(TextField::Title)),
                Exact("a"),
            ],
        );
    }

    #[test]
    fn a_name_with_a_value_that_is_no_field_is_told() {
        assert_eq!(lex("autor:finch").1, [FaultKind::NoField]);
        assert_eq!(lex("about: \"COIN\"").1, [FaultKind::NoField]);
        assert_eq!(lex("S:1 re: title").1, []);
    }

    #[test]
    fn regular_expressions_stand_between_slashes() {
        reads(
            "/enrich(ed|ment)/ (-/a\\/b/)",
            &[Regex("enrich(ed|ment)"), Open, Minus, Regex("a\\/b"), Close],
        );
        let title = TokenKind::Field(Field::Text(TextField::Title));
        reads("title:/a(b)?/", &[title, Regex("a(b)?")]);
        reads("/usr/bin and/or // a/b/", &[Word("/usr/bin"), Word("and/or"), Word("a/b/")]);
        assert_eq!(lex("/a(b/").1, [FaultKind::Pattern(PatternFault::NoRegex)]);
        assert_eq!(lex("/a(b/").0, [Word("/a"), Open, Word("b/")]);
    }

    #[test]
    fn relations_have_a_number_or_a_letter() {
        let (tokens, _) = lex("a NEAR/5 b BEFORE/12 c /s d /P e NEAR f near/5 NEAR/x");
        let relations: Vec<_> = tokens
            .iter()
            .filter_map(|kind| if let TokenKind::Relation(relation) = kind { Some(*relation) } else { None })
            .collect();
        let expected = [Relation::Near(5), Relation::Before(12), Relation::Sentence, Relation::Paragraph];
        assert_eq!(relations, expected);
        reads("\"a b\"~3 \"c\"~x", &[TokenKind::Phrase("a b", 3), Phrase("c"), Word("~x")]);
    }
}
