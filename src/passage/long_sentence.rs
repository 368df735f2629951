//! Cuts a sentence that is longer than a passage.

use crate::text::{Span, spaced_runs, word_count};

/// Longest run without a space that isn't cut, in characters: an unspaced script has no other place to cut.
const MAX_RUN_CHARS: usize = 60;

/// `span` in pieces of at most `max_words` words, as even as may be, cut between words where there are any.
pub(super) fn cut_evenly(text: &str, span: Span, max_words: usize) -> Vec<Span> {
    let runs: Vec<(usize, usize)> = runs(&text[span.start..span.end])
        .map(|(at, run)| (span.start + at, word_count(run).max(1)))
        .collect();
    let mut left: usize = runs.iter().map(|(_, words)| words).sum();
    let mut cuts = Vec::new();
    let (mut start, mut words) = (span.start, 0);
    for (at, count) in runs {
        let even = left.div_ceil(left.div_ceil(max_words).max(1));
        // A run of an unspaced script is of many words: it is cut before or behind, whichever is nearer.
        if words > 0 && (words + count > max_words || words + count / 2 >= even) {
            cuts.push(Span::new(start, at));
            left -= words;
            (start, words) = (at, 0);
        }
        words += count;
    }
    cuts.push(Span::new(start, span.end));
    cuts.into_iter().map(|cut| trim_end(text, cut)).collect()
}

/// The runs of `text` between white space, long ones in pieces, with their byte offsets.
fn runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    spaced_runs(text).flat_map(move |run| {
        let offset = run.as_ptr() as usize - text.as_ptr() as usize;
        let mut rest = run;
        std::iter::from_fn(move || {
            let is_short = rest.len() <= MAX_RUN_CHARS;
            let cut = || rest.char_indices().nth(MAX_RUN_CHARS).map(|(at, _)| at);
            let end = if is_short { None } else { cut() }.unwrap_or(rest.len());
            let (piece, after) = rest.split_at(end);
            let at = offset + run.len() - rest.len();
            rest = after;
            (!piece.is_empty()).then_some((at, piece))
        })
    })
}

fn trim_end(text: &str, span: Span) -> Span {
    Span::new(span.start, span.start + text[span.start..span.end].trim_end().len())
}
