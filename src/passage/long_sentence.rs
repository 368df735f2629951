//! Cuts a sentence that is longer than a passage.

use crate::text::{Span, are_one_sign, spaced_runs, word_count};

/// Longest run without a space that isn't cut, in characters: an unspaced script has no other place to cut.
const MAX_RUN_CHARS: usize = 60;

/// The share of the words that a cut has room for, in percent, that are left on each side of a blank that it goes to:
/// such a script has few, and what begins behind one reads better.
const MIN_SIDE_PERCENT: usize = 40;

/// What a sentence may be cut before.
struct Piece {
    start: usize,
    words: usize,
    /// Whether white space stands before it.
    opens_run: bool,
}

/// `span` in pieces of at most `max_words` words, as even as may be, cut between words where there are any.
pub(super) fn cut_evenly(text: &str, span: Span, max_words: usize) -> Vec<Span> {
    let pieces: Vec<Piece> = pieces(&text[span.start..span.end])
        .map(|piece| Piece { start: span.start + piece.start, ..piece })
        .collect();
    let mut left: usize = pieces.iter().map(|piece| piece.words).sum();
    let mut cuts = Vec::new();
    let (mut start, mut rest) = (span.start, pieces.as_slice());
    while let Some((number, words)) = next_cut(rest, left, max_words) {
        rest = &rest[number..];
        cuts.push(Span::new(start, rest[0].start));
        left -= words;
        start = rest[0].start;
    }
    cuts.push(Span::new(start, span.end));
    cuts.into_iter().map(|cut| trim_end(text, cut)).collect()
}

/// Before which of `pieces`, which have `left` words, to cut next, and how many words stand before it.
fn next_cut(pieces: &[Piece], left: usize, max_words: usize) -> Option<(usize, usize)> {
    let even = left.div_ceil(left.div_ceil(max_words).max(1));
    let mut words = 0;
    for (number, piece) in pieces.iter().enumerate() {
        // A run of an unspaced script is of many words: it is cut before or behind, whichever is nearer.
        if words > 0 && (words + piece.words > max_words || words + piece.words / 2 >= even) {
            let blank = if piece.opens_run { None } else { nearest_blank(pieces, words, left, max_words) };
            return blank.or(Some((number, words)));
        }
        words += piece.words;
    }
    None
}

/// The same at the blank that is nearest to a cut behind `wanted` words.
fn nearest_blank(pieces: &[Piece], wanted: usize, left: usize, max_words: usize) -> Option<(usize, usize)> {
    let fewest = max_words * MIN_SIDE_PERCENT / 100;
    let most = max_words.min(left.saturating_sub(fewest));
    let mut words = 0;
    let cuts = pieces.iter().enumerate().map(|(number, piece)| {
        let before = words;
        words += piece.words;
        (number, before, piece.opens_run)
    });
    let near = cuts.take_while(|&(_, before, _)| before <= most);
    let blanks = near.filter(|&(_, before, opens_run)| opens_run && before >= fewest);
    blanks.min_by_key(|&(_, before, _)| before.abs_diff(wanted)).map(|(number, before, _)| (number, before))
}

/// The runs of `text` between white space, long ones in pieces.
fn pieces(text: &str) -> impl Iterator<Item = Piece> {
    spaced_runs(text).flat_map(move |run| {
        let offset = run.as_ptr() as usize - text.as_ptr() as usize;
        let mut rest = run;
        std::iter::from_fn(move || {
            let (piece, after) = rest.split_at(piece_end(rest));
            let at = run.len() - rest.len();
            rest = after;
            let words = word_count(piece).max(1);
            (!piece.is_empty()).then_some(Piece { start: offset + at, words, opens_run: at == 0 })
        })
    })
}

/// The end of the first piece of `run`, which isn't amid what is seen as one sign, unless there is nothing else.
fn piece_end(run: &str) -> usize {
    if run.len() <= MAX_RUN_CHARS {
        return run.len();
    }
    let Some((longest, _)) = run.char_indices().nth(MAX_RUN_CHARS) else { return run.len() };
    let mut ends = run[..longest].char_indices().map(|(at, c)| (at + c.len_utf8(), c)).rev();
    let whole = |&(at, before): &(usize, char)| {
        run[at..].chars().next().is_some_and(|next| !are_one_sign(before, next))
    };
    ends.find(whole).map_or(longest, |(at, _)| at)
}

fn trim_end(text: &str, span: Span) -> Span {
    Span::new(span.start, span.start + text[span.start..span.end].trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_of_an_unspaced_script_is_cut_at_blanks_and_never_amid_a_sign() {
        let clause = "รัฐบาลประกาศนโยบายใหม่เพื่อแก้ไขปัญหาเศรษฐกิจที่ยั่งยืนสำหรับประชาชน";
        let spaced = [clause; 40].join(" ");
        let cuts = cut_evenly(&spaced, Span::new(0, spaced.len()), 150);
        assert!(cuts.len() > 5 && cuts.iter().all(|cut| cut.of(&spaced).unwrap().starts_with("รัฐ")));
        let run = clause.repeat(40);
        let cuts = cut_evenly(&run, Span::new(0, run.len()), 150);
        assert!(cuts.len() > 5);
        for cut in &cuts[1..] {
            let [before, next] =
                [run[..cut.start].chars().next_back(), run[cut.start..].chars().next()].map(Option::unwrap);
            assert!(!are_one_sign(before, next), "{before}{next}");
        }
        let marks = format!("a{}", "\u{301}".repeat(200));
        assert!(piece_end(&marks) > 0);
    }
}
