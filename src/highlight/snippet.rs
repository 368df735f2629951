//! Which part of a passage to show: the sentences with the most matches that fit.

use crate::text::{Span, sentences};

/// A part of a text to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// What is shown.
    pub span: Span,
    /// Whether text is left out before it.
    pub cut_before: bool,
    /// Whether text is left out behind it.
    pub cut_after: bool,
}

/// The part of `text` that shows most of `highlights` in at most `max_chars` characters.
///
/// It begins and ends with a sentence where one fits; a sentence that is too long is cut between words.
/// Of two equal parts the earlier is shown.
#[must_use]
pub fn snippet(text: &str, highlights: &[Span], max_chars: usize) -> Snippet {
    let sentences = sentences(text);
    let span = best_run(text, &sentences, highlights, max_chars)
        .or_else(|| sentences.first().map(|&sentence| Span::new(sentence.start, text.len())))
        .unwrap_or(Span::new(0, text.len()));
    let span = cut_to_fit(text, span, highlights, max_chars);
    Snippet {
        span,
        cut_before: !text[..span.start].trim().is_empty(),
        cut_after: !text[span.end..].trim().is_empty(),
    }
}

/// The run of sentences with most matches among those that fit, each run as long as fits.
fn best_run(text: &str, sentences: &[Span], highlights: &[Span], max_chars: usize) -> Option<Span> {
    let matches: Vec<usize> = sentences.iter().map(|&s| matches_in(s, highlights)).collect();
    let mut best: Option<(usize, Span)> = None;
    let (mut next, mut count, mut length) = (0, 0, 0);
    for first in 0..sentences.len() {
        if next == first {
            (next, count, length) = (first + 1, matches[first], chars(text, sentences[first]));
        }
        while next < sentences.len() {
            let added = chars(text, Span::new(sentences[next - 1].end, sentences[next].end));
            if length + added > max_chars {
                break;
            }
            (count, length, next) = (count + matches[next], length + added, next + 1);
        }
        if best.is_none_or(|(most, _)| count > most) {
            best = Some((count, sentences[first].cover(sentences[next - 1])));
        }
        // The run goes on from the sentence behind the first.
        if let Some(second) = sentences.get(first + 1) {
            count -= matches[first];
            length = length.saturating_sub(chars(text, Span::new(sentences[first].start, second.start)));
        }
    }
    best.map(|(_, run)| run)
}

fn matches_in(span: Span, highlights: &[Span]) -> usize {
    let from = highlights.partition_point(|highlight| highlight.start < span.start);
    highlights[from..].iter().take_while(|highlight| highlight.end <= span.end).count()
}

fn chars(text: &str, span: Span) -> usize {
    text[span.start..span.end].chars().count()
}

/// `span`, or where it is too long its words around the first match in it.
fn cut_to_fit(text: &str, span: Span, highlights: &[Span], max_chars: usize) -> Span {
    if chars(text, span) <= max_chars {
        return span;
    }
    let first = highlights.iter().find(|&&highlight| span.contains(highlight));
    let lead = first.map_or(0, |&match_| chars(text, Span::new(span.start, match_.start)));
    // A third of the room before the match shows what it belongs to; at the end there may be more.
    let skipped = lead.saturating_sub(max_chars / 3).min(chars(text, span) - max_chars);
    let start = word_start_after(text, byte_of(text, span.start, skipped), span);
    let end = word_end_before(text, byte_of(text, start, max_chars), start, span);
    Span::new(start, end)
}

/// The byte at which the character number `count` after `start` begins.
fn byte_of(text: &str, start: usize, count: usize) -> usize {
    text[start..].char_indices().nth(count).map_or(text.len(), |(at, _)| start + at)
}

fn word_start_after(text: &str, at: usize, span: Span) -> usize {
    if at == span.start {
        return at;
    }
    let gap = text[at..span.end].char_indices().take(30).find(|(_, c)| c.is_whitespace());
    gap.map_or(at, |(offset, c)| at + offset + c.len_utf8())
}

fn word_end_before(text: &str, at: usize, start: usize, span: Span) -> usize {
    if at >= span.end {
        return span.end;
    }
    let gap = text[start..at].char_indices().rev().take(30).find(|(_, c)| c.is_whitespace());
    gap.map_or(at, |(offset, _)| start + offset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str, word: &str, max_chars: usize) -> (String, bool, bool) {
        let highlights: Vec<Span> =
            text.match_indices(word).map(|(at, word)| Span::new(at, at + word.len())).collect();
        let snippet = snippet(text, &highlights, max_chars);
        (snippet.span.of(text).unwrap().to_owned(), snippet.cut_before, snippet.cut_after)
    }

    #[test]
    fn a_short_text_is_shown_whole() {
        assert_eq!(shown("One. Two.", "Two", 80), ("One. Two.".into(), false, false));
        assert_eq!(shown("", "x", 80), (String::new(), false, false));
    }

    #[test]
    fn the_sentences_with_most_matches_are_shown() {
        let text = "Nothing is here. A dam was built. The dam broke. Nobody came to see it.";
        assert_eq!(shown(text, "dam", 40), ("A dam was built. The dam broke.".into(), true, true));
    }

    #[test]
    fn a_long_sentence_is_cut_between_words_around_its_match() {
        let text = format!("{}dam {}", "before ".repeat(30), "after ".repeat(30));
        let (shown, cut_before, cut_after) = shown(&text, "dam", 60);
        assert!(cut_before && cut_after);
        assert!(
            shown.contains(" dam ") && shown.starts_with("before") && shown.ends_with("after"),
            "{shown}"
        );
    }

    proptest! {
        #[test]
        fn a_snippet_fits_and_cuts_no_character(text in "[a-c制é. \n]{0,120}", max_chars in 1_usize..60) {
            let snippet = snippet(&text, &[], max_chars);
            let shown = snippet.span.of(&text);
            prop_assert!(shown.is_some_and(|shown| shown.chars().count() <= max_chars));
        }
    }
}
