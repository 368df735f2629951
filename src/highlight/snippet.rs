//! Which parts of a passage to show: the sentences with the most matches that fit.

use std::collections::HashSet;

use super::columns::Columns;
use crate::text::{Span, sentences};

/// The parts of a text to show, with `…` for what is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// What is shown, in order: one part, or two where the matches are far apart.
    pub parts: Vec<Span>,
    /// Whether text is left out before it.
    pub cut_before: bool,
    /// Whether text is left out behind it.
    pub cut_after: bool,
}

/// What stands for text that is left out at the start, between two parts and at the end.
pub const ELISIONS: [&str; 3] = ["… ", " … ", " …"];

/// Columns of [`ELISIONS`].
const ELISION_COLUMNS: [usize; 3] = [2, 3, 2];

/// Most columns by which the beginning or the end moves so as not to cut a word.
const MAX_WORD_COLUMNS: usize = 30;

impl Snippet {
    /// The snippet of `text` as one string, and where in it the part under each of `spans` stands that is shown.
    #[must_use]
    pub fn render(&self, text: &str, spans: &[Span]) -> (String, Vec<Span>) {
        let [before, between, after] = ELISIONS;
        let mut shown = String::from(if self.cut_before { before } else { "" });
        let mut moved = Vec::new();
        for (at, part) in self.parts.iter().enumerate() {
            shown.push_str(if at > 0 { between } else { "" });
            let inside = spans.iter().filter(|span| span.start < part.end && part.start < span.end);
            moved.extend(inside.map(|span| {
                let start = span.start.max(part.start) - part.start + shown.len();
                Span::new(start, start + span.end.min(part.end) - span.start.max(part.start))
            }));
            shown.push_str(part.of(text).unwrap_or_default());
        }
        shown.push_str(if self.cut_after { after } else { "" });
        (shown, moved)
    }
}

/// The parts of `text` that show most of `highlights` in at most `max_columns` columns of a terminal, what stands
/// for text left out included.
///
/// They begin and end with a sentence where one fits; a sentence that is too long is cut between words.
/// Of two equal choices the earlier is shown.
#[must_use]
pub fn snippet(text: &str, highlights: &[Span], max_columns: usize) -> Snippet {
    let page = Page { text, sentences: sentences(text), columns: Columns::of(text) };
    let whole = Span::new(0, text.len());
    if page.columns.width(whole) <= max_columns {
        return Snippet { parts: vec![whole], cut_before: false, cut_after: false };
    }
    let [start, middle, end] = ELISION_COLUMNS;
    let one = page.part(highlights, max_columns.saturating_sub(start + end), None);
    let mut parts: Vec<Span> = one.into_iter().collect();
    let all = page.different([whole].as_slice(), highlights);
    let seen = page.different(&parts, highlights);
    if seen < all {
        let room = max_columns.saturating_sub(start + middle + end) / 2;
        // What shows the same words again isn't worth a gap.
        let two = page.two_parts(highlights, room);
        if page.different(&two, highlights) > seen {
            parts = two;
        }
    }
    let (first, last) = (parts.first().map_or(0, |part| part.start), parts.last().map_or(0, |part| part.end));
    let snippet = Snippet {
        cut_before: !text[..first].trim().is_empty(),
        cut_after: !text[last..].trim().is_empty(),
        parts,
    };
    if max_columns < start + middle + end { snippet.without_elisions() } else { snippet }
}

impl Snippet {
    /// The same where there is no room to say that text is left out.
    fn without_elisions(self) -> Self {
        Self { cut_before: false, cut_after: false, ..self }
    }
}

/// A text to show parts of.
struct Page<'t> {
    text: &'t str,
    sentences: Vec<Span>,
    columns: Columns,
}

impl Page<'_> {
    /// How many different words or phrases of `highlights` lie in `parts`.
    fn different(&self, parts: &[Span], highlights: &[Span]) -> usize {
        let inside =
            highlights.iter().filter(|&&highlight| parts.iter().any(|part| part.contains(highlight)));
        let words: HashSet<String> =
            inside.filter_map(|span| span.of(self.text)).map(str::to_lowercase).collect();
        words.len()
    }

    /// The part of at most `room` columns that shows most of `highlights`, outside of `taken`.
    fn part(&self, highlights: &[Span], room: usize, taken: Option<Span>) -> Option<Span> {
        let sentences: Vec<Span> = match taken {
            None => self.sentences.clone(),
            Some(taken) => self.sentences.iter().flat_map(|&sentence| self.rests(sentence, taken)).collect(),
        };
        let run = self.best_run(&sentences, highlights, room, taken)?;
        Some(self.cut_to_fit(run, highlights, room))
    }

    /// What is left of `sentence` on either side of `taken`.
    fn rests(&self, sentence: Span, taken: Span) -> impl Iterator<Item = Span> {
        let before = Span::new(sentence.start, sentence.end.min(taken.start.max(sentence.start)));
        let after = Span::new(sentence.start.max(taken.end.min(sentence.end)), sentence.end);
        let trimmed = |span: Span| {
            let text = &self.text[span.start..span.end];
            let start = span.start + text.len() - text.trim_start().len();
            Span::new(start.min(span.end), (span.start + text.trim_end().len()).max(start.min(span.end)))
        };
        let both = if sentence.end <= taken.start || taken.end <= sentence.start {
            [Some(sentence), None]
        } else {
            [Some(trimmed(before)), Some(trimmed(after))]
        };
        both.into_iter().flatten().filter(|rest| !rest.is_empty())
    }

    /// Two parts of at most `room` columns each, in order.
    fn two_parts(&self, highlights: &[Span], room: usize) -> Vec<Span> {
        let first = self.part(highlights, room, None);
        let outside: Vec<Span> = highlights
            .iter()
            .filter(|span| first.is_none_or(|first| span.end <= first.start || first.end <= span.start))
            .copied()
            .collect();
        let second = self.part(&outside, room, first);
        let mut parts: Vec<Span> = first.into_iter().chain(second).collect();
        parts.sort_unstable();
        let joins = |one: Span, other: Span| self.text[one.end..other.start].trim().is_empty();
        if let [one, other] = parts[..]
            && joins(one, other)
        {
            return vec![one.cover(other)];
        }
        parts
    }

    /// The run of sentences with most matches among those that fit, each run as long as fits. No run reaches over
    /// `taken`.
    fn best_run(
        &self,
        sentences: &[Span],
        highlights: &[Span],
        room: usize,
        taken: Option<Span>,
    ) -> Option<Span> {
        let mut best: Option<(usize, Span)> = None;
        let mut last = 0;
        for (first, &sentence) in sentences.iter().enumerate() {
            last = last.max(first);
            while let Some(&next) = sentences.get(last + 1)
                && self.columns.width(sentence.cover(next)) <= room
                && taken.is_none_or(|taken| !sentence.cover(next).contains(taken))
            {
                last += 1;
            }
            let run = sentence.cover(sentences[last]);
            let count = count_in(run, highlights);
            if best.is_none_or(|(most, _)| count > most) {
                best = Some((count, run));
            }
        }
        best.map(|(_, run)| run)
    }

    /// `span`, or where it is too long its words around where most matches stand together.
    fn cut_to_fit(&self, span: Span, highlights: &[Span], room: usize) -> Span {
        let width = self.columns.width(span);
        if width <= room {
            return span;
        }
        let inside: Vec<Span> =
            highlights.iter().filter(|&&highlight| span.contains(highlight)).copied().collect();
        let densest = self.densest(&inside, room);
        let (lead, kept) = densest.map_or((0, 0), |cluster| {
            (self.columns.width(Span::new(span.start, cluster.start)), self.columns.width(cluster))
        });
        // A third of what room is left before the match shows what it belongs to; at the end there may be more.
        let skipped = lead.saturating_sub(room.saturating_sub(kept) / 3).min(width - room);
        let begin = self.columns.from(span.start, skipped);
        let limit = densest.map_or(span.end, |cluster| cluster.start.max(begin));
        let start = if skipped == 0 { span.start } else { self.word_start(begin, limit) };
        let end = self.columns.up_to(start, room).min(span.end);
        let keep = densest.map_or(start, |cluster| cluster.end.min(end));
        Span::new(start, if end == span.end { end } else { self.word_end(keep, end) })
    }

    /// The matches that stand together within `room` columns, as many as there are anywhere.
    fn densest(&self, highlights: &[Span], room: usize) -> Option<Span> {
        let mut best: Option<(usize, Span)> = None;
        for (at, &first) in highlights.iter().enumerate() {
            let fits = |last: &&Span| self.columns.width(first.cover(**last)) <= room;
            let count = highlights[at..].iter().take_while(fits).count().max(1);
            if best.is_none_or(|(most, _)| count > most) {
                best = Some((count, first.cover(highlights[at + count - 1])));
            }
        }
        best.map(|(_, cluster)| cluster)
    }

    /// Where the first word from `at` on begins, if that is near and not behind `limit`.
    fn word_start(&self, at: usize, limit: usize) -> usize {
        let gap = self.text[at..limit].char_indices().take(MAX_WORD_COLUMNS).find(|(_, c)| c.is_whitespace());
        gap.map_or(at, |(offset, c)| at + offset + c.len_utf8())
    }

    /// Where the last word up to `at` ends, if that is near and not before `limit`.
    fn word_end(&self, limit: usize, at: usize) -> usize {
        if self.text[at..].starts_with(char::is_whitespace) {
            return at;
        }
        let before = self.text[limit..at].char_indices().rev().take(MAX_WORD_COLUMNS);
        before
            .map(|(offset, c)| (limit + offset, c))
            .find(|(_, c)| c.is_whitespace())
            .map_or(at, |(gap, _)| gap)
    }
}

/// How many of `highlights`, which are in order, lie in `span`.
fn count_in(span: Span, highlights: &[Span]) -> usize {
    let from = highlights.partition_point(|highlight| highlight.start < span.start);
    highlights[from..].iter().take_while(|highlight| highlight.end <= span.end).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    fn spans_of(text: &str, word: &str) -> Vec<Span> {
        text.match_indices(word).map(|(at, word)| Span::new(at, at + word.len())).collect()
    }

    fn shown(text: &str, word: &str, max_columns: usize) -> String {
        let highlights = spans_of(text, word);
        let (shown, marks) = snippet(text, &highlights, max_columns).render(text, &highlights);
        assert!(marks.iter().all(|mark| word.contains(mark.of(&shown).unwrap())), "{shown}");
        shown
    }

    #[test]
    fn a_short_text_is_shown_whole() {
        assert_eq!(shown("One. Two.", "Two", 80), "One. Two.");
        assert_eq!(shown("", "x", 80), "");
    }

    #[test]
    fn the_sentences_with_most_matches_are_shown() {
        let text = "Nothing is here. A dam was built. The dam broke. Nobody came to see it.";
        assert_eq!(shown(text, "dam", 40), "… A dam was built. The dam broke. …");
    }

    #[test]
    fn matches_far_apart_are_shown_with_what_is_between_left_out() {
        let text =
            format!("A dam was built. {}The DAM broke, a FLOOD came.", "Nobody came to see. ".repeat(10));
        let highlights: Vec<Span> = ["dam", "FLOOD"].iter().flat_map(|word| spans_of(&text, word)).collect();
        let (shown, _) = snippet(&text, &highlights, 70).render(&text, &highlights);
        assert_eq!(shown, "A dam was built. … The DAM broke, a FLOOD came.");
    }

    #[test]
    fn a_long_sentence_is_cut_between_words_around_its_match() {
        let text = format!("{}dam {}", "before ".repeat(30), "after ".repeat(30));
        let shown = shown(&text, "dam", 60);
        assert!(
            shown.contains(" dam ") && shown.starts_with("… before") && shown.ends_with("after …"),
            "{shown}"
        );
        assert!(shown.width() > 45);
    }

    #[test]
    fn a_long_sentence_is_cut_where_its_matches_are_densest() {
        let text = format!("dam {} dam dam dam {}", "before ".repeat(30), "after ".repeat(30));
        assert!(shown(&text, "dam", 60).contains("dam dam dam"));
    }

    #[test]
    fn one_long_sentence_may_be_shown_in_two_parts() {
        let text = format!("The dam {}and the Dam stood", "was old and ".repeat(20));
        let highlights: Vec<Span> = ["dam", "stood"].iter().flat_map(|word| spans_of(&text, word)).collect();
        let (shown, marks) = snippet(&text, &highlights, 60).render(&text, &highlights);
        assert_eq!(marks.len(), 2, "{shown}");
        assert!(shown.starts_with("The dam") && shown.contains(" … "), "{shown}");
    }

    #[test]
    fn columns_count_as_a_terminal_shows_them() {
        let text = "制裁".repeat(40);
        let shown = shown(&text, "效果", 30);
        assert!(shown.width() <= 30 && shown.width() >= 27, "{shown}");
    }

    #[test]
    fn an_emoji_with_its_selector_takes_two_columns() {
        let heart = "\u{2764}\u{fe0f}";
        let text = format!("{}zebra{}", heart.repeat(10), heart.repeat(20));
        let shown = shown(&text, "zebra", 30);
        assert!(shown.contains("zebra") && shown.width() <= 30, "{shown}");
    }

    proptest! {
        #[test]
        fn a_snippet_fits_and_shows_a_match(
            text in "[a-c制é\u{301}. \n]{0,160}",
            word in "[a-c]{1,2}",
            max_columns in 8_usize..60,
        ) {
            let highlights = spans_of(&text, &word);
            let snippet = snippet(&text, &highlights, max_columns);
            let (shown, marks) = snippet.render(&text, &highlights);
            prop_assert!(shown.width() <= max_columns, "{} {shown:?}", shown.width());
            prop_assert!(highlights.is_empty() || !marks.is_empty());
            prop_assert!(marks.iter().all(|mark| mark.of(&shown).is_some()));
            prop_assert!(snippet.parts.windows(2).all(|pair| pair[0].end < pair[1].start));
        }
    }
}
