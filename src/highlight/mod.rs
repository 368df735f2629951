//! Which words of a text matched a query, and which part of the text to show for them.
//!
//! Values only: spans of the text, no markup. A span is a match under the query's own meaning, since both
//! read the same terms.

mod snippet;

pub use snippet::{Snippet, snippet};

use crate::analysis::Analyzer;
use crate::model::Language;
use crate::query::{Query, TextField};
use crate::terms::{Target, Terms};
use crate::text::Span;

/// Marks what a query matched in texts of one language.
pub struct Highlighter {
    analyzer: Analyzer,
    targets: Vec<Target>,
}

struct OwnedToken {
    span: Span,
    position: u32,
    exact: String,
    stem: String,
}

impl Highlighter {
    /// A highlighter of `query` in texts of `language`.
    #[must_use]
    pub fn new(query: &Query, language: Language) -> Self {
        let targets = Terms::new(query, language).targets(query);
        Self { analyzer: Analyzer::new(language), targets }
    }

    /// The matches in `text`, a passage: ordered and disjoint.
    pub fn in_body(&mut self, text: &str) -> Vec<Span> {
        self.mark(text, |scope| scope.is_none())
    }

    /// The matches in `text`, a title: ordered and disjoint.
    pub fn in_title(&mut self, text: &str) -> Vec<Span> {
        self.mark(text, |scope| matches!(scope, None | Some(TextField::Title)))
    }

    fn mark(&mut self, text: &str, counts: impl Fn(Option<TextField>) -> bool) -> Vec<Span> {
        let mut tokens = Vec::new();
        self.analyzer.each_token(text, |token| {
            let (exact, stem) = (token.exact.to_owned(), token.stem.to_owned());
            tokens.push(OwnedToken { span: token.span, position: token.position, exact, stem });
        });
        let targets: Vec<&Target> = self.targets.iter().filter(|target| counts(target.scope)).collect();
        let mut spans = Vec::new();
        for start in 0..tokens.len() {
            let matched = targets.iter().filter_map(|target| match_at(&tokens[start..], target));
            spans.extend(matched.reduce(Span::cover));
        }
        merge(spans)
    }
}

/// The span of `target` at the head of `tokens`, if it stands there.
fn match_at(tokens: &[OwnedToken], target: &Target) -> Option<Span> {
    let wanted = target.tokens();
    let here = tokens.get(..wanted.len())?;
    let same = here.iter().zip(wanted).enumerate().all(|(offset, (token, wanted))| {
        let term = if target.as_written { &token.exact } else { &token.stem };
        token.position as usize == here[0].position as usize + offset && term == wanted
    });
    same.then(|| here[0].span.cover(here[here.len() - 1].span))
}

/// `spans`, ordered by start, with those that overlap made one.
fn merge(spans: Vec<Span>) -> Vec<Span> {
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start < last.end => *last = last.cover(span),
            _ => merged.push(span),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;
    use proptest::prelude::*;

    fn marked(query: &str, text: &str) -> Vec<String> {
        let query = parse(query).unwrap().query.unwrap();
        let spans = Highlighter::new(&query, Language::ENGLISH).in_body(text);
        spans.into_iter().map(|span| span.of(text).unwrap().to_owned()).collect()
    }

    #[test]
    fn words_are_marked_as_they_stand() {
        assert_eq!(
            marked("sanction", "Sanctions, sanctioned and SANCTION."),
            ["Sanctions", "sanctioned", "SANCTION"]
        );
        assert_eq!(marked("the sanction", "The sanction"), ["sanction"], "a stop word doesn't count");
    }

    #[test]
    fn a_phrase_is_one_span_and_as_written() {
        assert_eq!(marked("\"armed group\"", "armed groups, an armed group"), ["armed group"]);
        assert_eq!(marked("ISIS-K", "ISIS-K, not ISIS or K"), ["ISIS-K"]);
        assert_eq!(marked("\"one two\"", "one\n\ntwo"), [""; 0], "not across paragraphs");
    }

    #[test]
    fn what_is_shut_out_or_looked_for_elsewhere_is_not_marked() {
        assert_eq!(marked("water -dam title:river", "water dam river"), ["water"]);
        let query = parse("title:river water").unwrap().query.unwrap();
        assert_eq!(Highlighter::new(&query, Language::ENGLISH).in_title("A river").len(), 1);
    }

    #[test]
    fn unspaced_scripts_are_marked_in_one_piece() {
        let query = parse("经济制裁").unwrap().query.unwrap();
        let text = "对经济制裁的研究";
        let spans = Highlighter::new(&query, "zh".parse().unwrap()).in_body(text);
        assert_eq!(spans.iter().map(|s| s.of(text).unwrap()).collect::<Vec<_>>(), ["经济制裁"]);
    }

    proptest! {
        #[test]
        fn spans_are_inside_ordered_and_disjoint(text in "[aAbé制 裁.\n]{0,40}", query in "[ab制裁 \"]{1,12}") {
            let Some(query) = parse(&query).ok().and_then(|parsed| parsed.query) else { return Ok(()) };
            let spans = Highlighter::new(&query, Language::ENGLISH).in_body(&text);
            prop_assert!(spans.iter().all(|span| span.of(&text).is_some() && !span.is_empty()));
            prop_assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
    }
}
