//! From tokens to the tree.
//!
//! Relations such as `NEAR/5` bind tightest, then `NOT`, `-` and `+`, then words side by side, then `AND`, then `OR`:
//! what stands side by side names one thing, as in `water policy AND climate finance`. Conditions and signed clauses
//! aren't part of such a name. They stand beside everything else in their brackets, so that
//! `sanctions OR embargo after:2020 -oil` limits both words.

use super::build::{bag, clause, joined, less};
use super::error::{Fault, FaultKind, QueryError};
use super::field::{Condition, Field};
use super::lexer::{Token, TokenKind, has_word};
use super::lone_characters::{by_parts, is_of_parts};
use super::quotation::{find, quotes};
use super::{Clause, MAX_CLAUSES, MAX_DISTANCE, MAX_NESTING, MAX_PATTERNS, Occur, Pattern, Query};
use crate::model::Date;
use crate::text::{Span, collapse_whitespace};

/// The tree of `tokens`, if they hold anything to look for; faults go to `faults`.
///
/// `today` is what relative dates count from.
pub(super) fn tree(
    tokens: &[Token<'_>],
    today: Option<Date>,
    faults: &mut Vec<Fault>,
) -> Result<Option<Query>, QueryError> {
    Parser { tokens, at: 0, nesting: 0, clauses: 0, patterns: 0, leaves_words_out: false, today, faults }
        .level()
}

/// The error of brackets too deep, `span` being what to point at.
fn too_deep(span: Span) -> QueryError {
    let message = format!("brackets are nested more than {MAX_NESTING} deep");
    QueryError::new(span, message, "split the query, or leave out brackets that change nothing")
}

/// `AND` or `OR`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operator {
    And,
    Or,
}

impl Operator {
    fn name(self) -> &'static str {
        match self {
            Self::And => "AND",
            Self::Or => "OR",
        }
    }
}

/// What stands inside one pair of brackets, in order.
enum Item {
    Operand(Clause),
    Operator(Operator, Span),
}

/// Words side by side, or a single clause of another kind.
struct Term {
    /// What joins it to the term before; nothing if it only stands beside it.
    joint: Option<Operator>,
    clauses: Vec<Clause>,
}

struct Parser<'a> {
    tokens: &'a [Token<'a>],
    at: usize,
    nesting: usize,
    clauses: usize,
    patterns: usize,
    leaves_words_out: bool,
    today: Option<Date>,
    faults: &'a mut Vec<Fault>,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.at).copied()
    }

    fn fault(&mut self, span: Span, kind: FaultKind) {
        self.faults.push(Fault { span, kind });
    }

    /// Reads up to the bracket that closes this level, or to the end.
    fn level(&mut self) -> Result<Option<Query>, QueryError> {
        let items = self.items()?;
        let terms = self.terms(items);
        Ok(bag(clauses_of(terms)))
    }

    fn items(&mut self) -> Result<Vec<Item>, QueryError> {
        let mut items = Vec::new();
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::Close if self.nesting > 0 => break,
                TokenKind::Close => self.fault(token.span, FaultKind::StrayBracket),
                TokenKind::And => items.push(Item::Operator(Operator::And, token.span)),
                TokenKind::Or => items.push(Item::Operator(Operator::Or, token.span)),
                TokenKind::Relation(relation) => match items.last() {
                    // What stands beside it is no place, or it would have been read with it.
                    Some(Item::Operand(_)) => {
                        self.fault(token.span, FaultKind::NoPlace(relation.name()));
                        items.push(Item::Operator(Operator::And, token.span));
                    }
                    _ => self.fault(token.span, FaultKind::NoLeft(relation.name())),
                },
                _ => {
                    items.extend(self.operand()?.map(Item::Operand));
                    continue;
                }
            }
            self.at += 1;
        }
        Ok(items)
    }

    /// Reads signs and `NOT`s, and the clause that they stand before.
    fn operand(&mut self) -> Result<Option<Clause>, QueryError> {
        let (mut negated, mut required) = (false, false);
        let mut last_sign = None;
        while let Some(token) = self.peek() {
            let name = match token.kind {
                TokenKind::Not => "NOT",
                TokenKind::Minus => "-",
                TokenKind::Plus => "+",
                _ => break,
            };
            negated ^= token.kind != TokenKind::Plus;
            required |= token.kind == TokenKind::Plus;
            last_sign = Some((token.span, name));
            self.at += 1;
        }
        let occur = match (negated, required) {
            (true, _) => Occur::MustNot,
            (false, true) => Occur::Must,
            (false, false) => Occur::Should,
        };
        match (self.peek(), last_sign) {
            (None, Some((span, name))) => self.fault(span, FaultKind::NoRight(name)),
            (
                Some(Token {
                    kind: TokenKind::And | TokenKind::Or | TokenKind::Close | TokenKind::Relation(_),
                    ..
                }),
                Some((span, name)),
            ) => {
                self.fault(span, FaultKind::NoRight(name));
            }
            _ => {
                let meant = |query: Query| if required { query.meant_as_it_stands() } else { query };
                return Ok(self.related()?.map(|query| clause(occur, meant(query))));
            }
        }
        Ok(None)
    }

    /// Reads what relations join, from left to right, or a single clause.
    fn related(&mut self) -> Result<Option<Query>, QueryError> {
        let Some(mut left) = self.primary()? else { return Ok(None) };
        while let Some(Token { kind: TokenKind::Relation(relation), span }) = self.peek() {
            if !left.is_place() || !self.may_be_place(self.at + 1) {
                break;
            }
            self.at += 1;
            check_number(relation.distance(), 1, span)?;
            let stands_alone = matches!(
                self.peek().map(|token| token.kind),
                Some(TokenKind::And | TokenKind::Or | TokenKind::Close | TokenKind::Relation(_))
            );
            let right = if stands_alone { None } else { self.primary()? };
            left = match right {
                None => {
                    self.fault(span, FaultKind::NoRight(relation.name()));
                    left
                }
                Some(right) if right.is_place() => {
                    Query::Near { relation, left: Box::new(left), right: Box::new(right) }
                }
                Some(right) => {
                    self.fault(span, FaultKind::NoPlace(relation.name()));
                    Query::And(vec![left, right])
                }
            };
        }
        Ok(Some(left))
    }

    /// Whether what begins at the token `at` may be joined by a relation.
    fn may_be_place(&self, at: usize) -> bool {
        match self.tokens.get(at..) {
            // What can't be a condition is a word.
            Some(
                [
                    Token { kind: TokenKind::Field(Field::Condition(condition)), .. },
                    Token { kind: TokenKind::Word(value), span },
                    ..,
                ],
            ) => condition.filter(value, *span, self.today).is_err() && !condition.may_be_meant(value),
            Some([Token { kind, .. }, ..]) => {
                !matches!(kind, TokenKind::Field(_) | TokenKind::Not | TokenKind::Minus | TokenKind::Plus)
            }
            _ => true,
        }
    }

    /// Reads a word, a phrase, a pattern, a group, or a field and its value.
    fn primary(&mut self) -> Result<Option<Query>, QueryError> {
        let query = self.unweighted()?;
        let Some(Token { kind: TokenKind::Weight(weight), .. }) = self.peek() else { return Ok(query) };
        self.at += 1;
        Ok(query.map(|query| less(query, weight)))
    }

    fn unweighted(&mut self) -> Result<Option<Query>, QueryError> {
        let Some(token) = self.peek() else { return Ok(None) };
        self.at += 1;
        match token.kind {
            TokenKind::Word(word) => {
                let word: String = word.split_whitespace().collect();
                match by_parts(&word, &mut self.patterns, |part| Query::Word(part.to_owned())) {
                    Some(parts) => self.count(token.span, parts),
                    None => self.count(token.span, Query::Word(word)),
                }
            }
            TokenKind::Phrase(inside, slop) => self.phrase(inside, slop, token.span),
            TokenKind::Exact(word) => self.count(token.span, Query::Exact(word.to_owned())),
            TokenKind::Wildcard(text) => self.pattern(token.span, Pattern::Wildcard(text.to_owned())),
            TokenKind::Fuzzy(word, edits) => {
                self.pattern(token.span, Pattern::Fuzzy { word: word.to_owned(), edits })
            }
            TokenKind::Regex(text) => self.pattern(token.span, Pattern::Regex(text.to_owned())),
            TokenKind::Open => self.group(token.span),
            TokenKind::Field(Field::Text(field)) => {
                Ok(self.primary()?.map(|query| Query::Scoped(field, Box::new(query))))
            }
            TokenKind::Field(Field::Condition(condition)) => self.condition(condition),
            // The callers read these themselves.
            _ => Ok(None),
        }
    }

    fn count(&mut self, span: Span, query: Query) -> Result<Option<Query>, QueryError> {
        self.clauses += 1;
        if self.clauses > MAX_CLAUSES && matches!(query, Query::Word(_) | Query::Phrase { .. }) {
            // Long texts are pasted, with what is quoted in them: the others say enough.
            if !self.leaves_words_out {
                self.fault(span, FaultKind::TooManyWords);
            }
            self.leaves_words_out = true;
            return Ok(None);
        }
        if self.clauses > MAX_CLAUSES {
            let message = format!("the query has more than {MAX_CLAUSES} words and phrases");
            return Err(QueryError::new(span, message, "split it into several queries"));
        }
        Ok(Some(query))
    }

    fn pattern(&mut self, span: Span, pattern: Pattern) -> Result<Option<Query>, QueryError> {
        // Each of its words is looked up by itself.
        self.patterns += pattern.words();
        if self.patterns > MAX_PATTERNS {
            let message = format!("the query has more than {MAX_PATTERNS} patterns");
            return Err(QueryError::new(span, message, "split it into several queries"));
        }
        self.count(span, Query::Pattern(pattern))
    }

    fn phrase(&mut self, inside: &str, slop: u32, span: Span) -> Result<Option<Query>, QueryError> {
        if !has_word(inside) {
            self.fault(span, FaultKind::EmptyQuotes);
            return Ok(None);
        }
        check_number(Some(slop), 0, span)?;
        let text = in_one_kind_of_quotes(&collapse_whitespace(inside));
        let is_one_word = slop == 0 && !text.contains(' ');
        let written = |part: &str| Query::Phrase { text: part.to_owned(), slop };
        if is_one_word
            && is_of_parts(&text)
            && let Some(parts) = by_parts(&text, &mut self.patterns, written)
        {
            return self.count(span, parts);
        }
        self.count(span, Query::Phrase { text, slop })
    }

    fn group(&mut self, open: Span) -> Result<Option<Query>, QueryError> {
        if self.nesting == MAX_NESTING {
            return Err(too_deep(open));
        }
        self.nesting += 1;
        let query = self.level()?;
        self.nesting -= 1;
        let mut span = open;
        match self.peek() {
            Some(close) => {
                span = open.cover(close.span);
                self.at += 1;
            }
            None => self.fault(open, FaultKind::UnclosedBracket),
        }
        if query.is_none() {
            self.fault(span, FaultKind::EmptyBrackets);
        }
        Ok(query)
    }

    fn condition(&mut self, condition: Condition) -> Result<Option<Query>, QueryError> {
        let Some(token) = self.peek() else { return Ok(None) };
        self.at += 1;
        let TokenKind::Word(value) = token.kind else {
            let name = Field::Condition(condition).name();
            let message = format!("`{name}:` takes one value, not a group");
            return Err(QueryError::new(token.span, message, condition.group_hint()));
        };
        match condition.filter(value, token.span, self.today) {
            Ok(filter) => self.count(token.span, Query::Filter(filter)),
            Err(error) if condition.may_be_meant(value) => Err(error),
            Err(_) => {
                let name = Field::Condition(condition).name();
                self.fault(token.span, FaultKind::NoCondition(name));
                self.count(token.span, Query::Word(format!("{name}:{value}")))
            }
        }
    }

    /// Leaves out operators with nothing to join, and puts words side by side together.
    fn terms(&mut self, items: Vec<Item>) -> Vec<Term> {
        let mut terms: Vec<Term> = Vec::new();
        let mut pending: Option<(Operator, Span)> = None;
        for item in items {
            match item {
                Item::Operator(operator, span) if terms.is_empty() => {
                    self.fault(span, FaultKind::NoLeft(operator.name()));
                }
                Item::Operator(operator, span) => {
                    if let Some((useless, span)) = pending.replace((operator, span)) {
                        self.fault(span, FaultKind::NoRight(useless.name()));
                    }
                }
                Item::Operand(clause) => {
                    let joint = pending.take().map(|(operator, _)| operator);
                    push_operand(&mut terms, joint, clause);
                }
            }
        }
        if let Some((useless, span)) = pending {
            self.fault(span, FaultKind::NoRight(useless.name()));
        }
        terms
    }
}

/// `text`, what stood between quotes, so that it can be printed in quotes that it has none of.
fn in_one_kind_of_quotes(text: &str) -> String {
    let has_any = |mark: char| find(text, |c| quotes(mark).contains(&c)).is_some();
    if !has_any('"') || !has_any('«') {
        return text.to_owned();
    }
    collapse_whitespace(&text.replace(quotes('«'), " "))
}

/// Checks that `distance`, if there is one, is from `least` to the limit.
fn check_number(distance: Option<u32>, least: u32, span: Span) -> Result<(), QueryError> {
    match distance {
        Some(distance) if !(least..=MAX_DISTANCE).contains(&distance) => {
            let message = format!("a distance is at least {least} and at most {MAX_DISTANCE} words");
            Err(QueryError::new(span, message, "write /s for one sentence, /p for one paragraph"))
        }
        _ => Ok(()),
    }
}

/// Whether `clause` may be part of a name of several words.
fn is_plain(clause: &Clause) -> bool {
    clause.occur == Occur::Should
}

fn push_operand(terms: &mut Vec<Term>, joint: Option<Operator>, clause: Clause) {
    match terms.last_mut() {
        Some(run) if joint.is_none() && is_plain(&clause) && run.clauses.first().is_some_and(is_plain) => {
            run.clauses.push(clause);
        }
        _ => terms.push(Term { joint, clauses: vec![clause] }),
    }
}

/// The clauses of a level: terms that AND or OR joins become one clause, the others stay as they are.
fn clauses_of(terms: Vec<Term>) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let mut chain: Vec<Term> = Vec::new();
    for term in terms {
        if term.joint.is_none() {
            push_chain(std::mem::take(&mut chain), &mut clauses);
        }
        chain.push(term);
    }
    push_chain(chain, &mut clauses);
    clauses
}

/// Adds terms joined by operators, or a single term.
fn push_chain(mut chain: Vec<Term>, clauses: &mut Vec<Clause>) {
    if chain.len() < 2 {
        clauses.extend(chain.pop().into_iter().flat_map(|term| term.clauses));
        return;
    }
    let mut either: Vec<Query> = Vec::new();
    let mut both: Vec<Query> = Vec::new();
    for term in chain {
        if term.joint == Some(Operator::Or) {
            either.extend(joined(std::mem::take(&mut both), Query::And));
        }
        both.extend(bag(term.clauses));
    }
    either.extend(joined(both, Query::And));
    // An AND says that both are required, whatever stands beside it.
    let occur = if either.len() == 1 { Occur::Must } else { Occur::Should };
    clauses.extend(joined(either, Query::Or).map(|query| clause(occur, query)));
}

#[cfg(test)]
mod tests {
    use super::super::{Filter, TextField, parse};
    use super::*;

    fn query(text: &str) -> Query {
        parse(text).unwrap().query.unwrap()
    }

    fn word(text: &str) -> Query {
        Query::Word(text.to_owned())
    }

    fn bag_of(clauses: Vec<(Occur, Query)>) -> Query {
        Query::Bag(clauses.into_iter().map(|(occur, query)| Clause { occur, query }).collect())
    }

    #[test]
    fn words_side_by_side_are_one_bag() {
        let ab = || bag_of(vec![(Occur::Should, word("a")), (Occur::Should, word("b"))]);
        assert_eq!(query("a b"), ab());
        assert_eq!(query("a b AND c"), Query::And(vec![ab(), word("c")]));
        assert_eq!(query("c OR a b"), Query::Or(vec![word("c"), ab()]));
        assert_eq!(query("((a))"), word("a"));
    }

    #[test]
    fn conditions_hold_for_the_whole_level() {
        let french = || Query::Filter(Filter::Language("fr".parse().unwrap()));
        let either = Query::Or(vec![word("a"), word("b")]);
        assert_eq!(query("a OR b lang:fr"), bag_of(vec![(Occur::Should, either), (Occur::Must, french())]));
        let title = Query::Scoped(TextField::Title, Box::new(word("b")));
        assert_eq!(query("a title:b"), bag_of(vec![(Occur::Should, word("a")), (Occur::Must, title)]));
        assert_eq!(query("a AND lang:fr"), Query::And(vec![word("a"), french()]));
        assert_eq!(query("lang:fr"), french());
    }

    #[test]
    fn an_and_beside_other_clauses_is_required() {
        let both = Query::And(vec![word("a"), word("b")]);
        assert_eq!(query("a AND b -c"), bag_of(vec![(Occur::Must, both), (Occur::MustNot, word("c"))]));
    }

    #[test]
    fn negations_cancel_out() {
        assert_eq!(query("NOT a"), Query::Not(Box::new(word("a"))));
        for text in ["NOT NOT a", "-NOT a", "NOT (NOT a)", "-(-a)"] {
            assert_eq!(query(text), word("a"), "{text}");
        }
        let without = bag_of(vec![(Occur::Should, word("b")), (Occur::MustNot, word("a"))]);
        for text in ["b -a", "b NOT a", "b (NOT a)", "b +NOT a", "b NOT NOT NOT a"] {
            assert_eq!(query(text), without, "{text}");
        }
    }

    #[test]
    fn a_relation_joins_what_only_looks_like_a_condition() {
        let joined = query("a /p (has:x9) b");
        assert_eq!(joined.to_string(), "a /p has:x9 b");
        assert_eq!(query(&joined.to_string()), joined);
        for (text, understood) in [
            ("a /p has:author b", "+(a AND has:author) b"),
            ("a /p has:author /p b", "a AND has:author AND b"),
            ("a /p lang:fr OR b", "(a AND lang:fr) OR b"),
            ("a /p lang:fr AND b", "a AND lang:fr AND b"),
        ] {
            assert_eq!(query(text).to_string(), understood);
        }
    }

    #[test]
    fn a_group_of_nothing_takes_its_sign_along() {
        assert_eq!(query("a NOT () b"), query("a b"));
        assert_eq!(query("a AND () b"), query("a AND b"));
        assert_eq!(query("a title:() b"), query("a b"));
        assert_eq!(parse("(() -\"\")").unwrap().query, None);
    }
}
