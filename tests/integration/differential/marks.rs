//! What the naive matcher marks: spans, each of a leaf of the query.

use ibid::analysis::fold;
use ibid::text::Span;

/// What an article was found by.
#[derive(Debug, Default, PartialEq)]
pub struct Found {
    pub title: Vec<Span>,
    pub text: Vec<Span>,
}

/// Something to mark, in the title or in the text, and the number of the leaf that it is of.
pub struct Mark {
    pub in_title: bool,
    pub leaf: usize,
    pub span: Span,
}

/// The marks as they are shown: a leaf's that touch are one, and all that overlap.
pub fn found(marks: &[Mark]) -> Found {
    let spans = |title: bool| {
        let mut of_leaves: Vec<(usize, Span)> =
            marks.iter().filter(|mark| mark.in_title == title).map(|mark| (mark.leaf, mark.span)).collect();
        of_leaves.sort_unstable();
        let touching = of_leaves.chunk_by(|(leaf, _), (next, _)| leaf == next);
        let mut spans: Vec<Span> = touching
            .flat_map(|of_leaf| {
                run_together(of_leaf.iter().map(|(_, span)| *span), |start, end| start <= end)
            })
            .collect();
        spans.sort_unstable();
        run_together(spans.into_iter(), |start, end| start < end)
    };
    Found { title: spans(true), text: spans(false) }
}

/// `spans`, in order, with each joined to the one before if it begins so by its end.
fn run_together(spans: impl Iterator<Item = Span>, by: impl Fn(usize, usize) -> bool) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if by(span.start, last.end) => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

/// Where `character`, folded, stands in `span` of `text`.
pub fn characters(text: &str, span: Span, character: &str) -> Vec<Span> {
    let within = span.of(text).unwrap().char_indices();
    let alike = within.filter(|(_, c)| fold(&c.to_string()) == character);
    alike.map(|(at, c)| Span::new(span.start + at, span.start + at + c.len_utf8())).collect()
}
