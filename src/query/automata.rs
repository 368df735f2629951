//! [`Automata`]: what the patterns of a query may take altogether.
//!
//! What they stand for is found out where words are analysed; here they are only weighed.

use super::error::QueryError;
use crate::text::{PatternError, Span, WordAutomaton};

/// Bytes that the automata of a query may take. To build one takes some 20 ns a byte, and they are built to be weighed,
/// as typed and as printed, to walk the dictionary and to highlight: a fifth of a second at most.
const MAX_BYTES: usize = 2 << 20;

/// The automata of a query that were weighed so far.
#[derive(Default)]
pub(super) struct Automata {
    bytes: usize,
    /// The first pattern that was too much.
    too_much: Option<Span>,
}

impl Automata {
    /// Adds what `build` makes of the pattern at `span`. Where those before it are too much it is taken for one.
    ///
    /// # Errors
    ///
    /// If it is no pattern, or by itself too complex.
    pub(super) fn add(
        &mut self,
        span: Span,
        build: impl FnOnce() -> Result<WordAutomaton, PatternError>,
    ) -> Result<(), PatternError> {
        if self.too_much.is_some() {
            return Ok(());
        }
        let built = build();
        self.bytes += match &built {
            Ok(automaton) => automaton.bytes(),
            // It was built up to there.
            Err(PatternError::TooComplex) => WordAutomaton::MAX_BYTES,
            Err(PatternError::Syntax) => 0,
        };
        // The sum is the same in any order, so a query that reads back does so whichever way its clauses are turned.
        if self.bytes > MAX_BYTES {
            self.too_much = Some(span);
        }
        built.map(|_| ())
    }

    /// Whether they are few and simple enough.
    ///
    /// # Errors
    ///
    /// If they aren't.
    pub(super) fn check(&self) -> Result<(), QueryError> {
        let Some(span) = self.too_much else { return Ok(()) };
        let message = "the patterns of the query are too complex together";
        Err(QueryError::new(
            span,
            message,
            "split it into several queries, or write [a-z] in the place of \\w",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    #[test]
    fn patterns_are_weighed_together() {
        let many = |pattern: &str, times| parse(&vec![pattern; times].join(" "));
        for (pattern, few) in [("/\\w+e\\w*t/", 5), ("*a????????b", 2), ("/(a|b)*a(a|b){30}/", 1)] {
            assert!(many(pattern, few).is_ok(), "{pattern}");
            let error = many(pattern, 32).unwrap_err();
            assert_eq!(error.message, "the patterns of the query are too complex together");
            assert!(error.span.start > pattern.len(), "{pattern}");
        }
        assert!(many("/[a-z]+e[a-z]*t/", 32).is_ok());
    }

    #[test]
    fn what_is_too_complex_by_itself_is_text() {
        for pattern in ["/\\w{99}/", "*a????????????b", "/.gw=_+{24}{49}/"] {
            let parsed = parse(pattern).unwrap();
            assert_eq!(parsed.query.unwrap().to_string(), pattern);
            assert_eq!(parsed.notes[0].message, "this pattern is too complex: it is read as text");
        }
    }
}
