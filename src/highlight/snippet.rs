//! Which parts of a passage to show: the sentences with the most matches that fit.

use std::collections::HashSet;

use super::columns::Columns;
use crate::text::{Span, is_unspaced_script, sentences};

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

/// Most columns by which the beginning or the end moves to that of a sentence: a few words.
const NEAR_COLUMNS: usize = 20;

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

/// The parts of `text` that show most of `highlights`, which are in order and disjoint, in at most `max_columns`
/// columns of a terminal, what stands for text left out included.
///
/// They begin and end with a sentence where one fits; a sentence that is too long, or sentences that one match reaches
/// over, are cut at the beginning or the end of a sentence if that is near, else between words. So is a match that is
/// too long itself. Of two equal choices the earlier is shown.
#[must_use]
pub fn snippet(text: &str, highlights: &[Span], max_columns: usize) -> Snippet {
    let page = Page { text, sentences: sentences(text), columns: Columns::of(text) };
    let whole = Span::new(0, text.len());
    if page.columns.width(whole) <= max_columns {
        return Snippet { parts: vec![whole], cut_before: false, cut_after: false };
    }
    let [start, middle, end] = ELISION_COLUMNS;
    let may_elide = max_columns >= start + middle + end;
    let one = page.part(highlights, if may_elide { max_columns - start - end } else { max_columns }, None);
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
    // Where there is no room to say that text is left out, it isn't said.
    let is_cut = |left_out: &str| may_elide && !left_out.trim().is_empty();
    Snippet { cut_before: is_cut(&text[..first]), cut_after: is_cut(&text[last..]), parts }
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
        self.words(parts, highlights).len()
    }

    /// The words and phrases of `highlights` that lie in `parts`.
    fn words(&self, parts: &[Span], highlights: &[Span]) -> HashSet<String> {
        let inside =
            highlights.iter().filter(|&&highlight| parts.iter().any(|part| part.contains(highlight)));
        inside.filter_map(|&span| self.word(span)).collect()
    }

    /// The word or phrase of `highlight`, in whatever case.
    fn word(&self, highlight: Span) -> Option<String> {
        highlight.of(self.text).map(str::to_lowercase)
    }

    /// The part of at most `room` columns that shows most of `highlights`, outside of `taken`.
    fn part(&self, highlights: &[Span], room: usize, taken: Option<Span>) -> Option<Span> {
        let sentences: Vec<Span> = match taken {
            None => self.sentences.clone(),
            Some(taken) => self.sentences.iter().flat_map(|&sentence| self.rests(sentence, taken)).collect(),
        };
        let piece = self.best_piece(&sentences, highlights, room, taken)?;
        Some(self.cut_to_fit(piece, highlights, room))
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

    /// Two parts of at most `room` columns each, in order, of which the second shows words that the first doesn't.
    fn two_parts(&self, highlights: &[Span], room: usize) -> Vec<Span> {
        let first = self.part(highlights, room, None);
        let seen = self.words(first.as_slice(), highlights);
        let outside: Vec<Span> = highlights
            .iter()
            .filter(|span| first.is_none_or(|first| span.end <= first.start || first.end <= span.start))
            .filter(|&&span| self.word(span).is_none_or(|word| !seen.contains(&word)))
            .copied()
            .collect();
        let second = self.part(&outside, room, first);
        let mut parts: Vec<Span> = first.into_iter().chain(second).collect();
        parts.sort_unstable();
        let joins = |one: Span, other: Span| {
            let between = Span::new(one.end, other.start);
            between.of(self.text).is_some_and(|text| text.trim().is_empty())
                && self.columns.width(between) <= ELISION_COLUMNS[1]
        };
        if let [one, other] = parts[..]
            && joins(one, other)
        {
            return vec![one.cover(other)];
        }
        parts
    }

    /// The run of sentences with most matches to show, or what one that reaches over the end of a sentence stands in.
    fn best_piece(
        &self,
        sentences: &[Span],
        highlights: &[Span],
        room: usize,
        taken: Option<Span>,
    ) -> Option<Span> {
        let crossing = highlights.iter().filter_map(|&highlight| reached_over(sentences, highlight));
        let mut best: Option<(usize, Span)> = None;
        for piece in self.runs(sentences, room, taken).into_iter().chain(crossing) {
            let count = self.densest(piece, highlights, room).map_or(0, |(count, _)| count);
            if best.is_none_or(|(most, _)| count > most) {
                best = Some((count, piece));
            }
        }
        best.map(|(_, piece)| piece)
    }

    /// From each sentence on as many as fit, or that one if it doesn't fit itself. No run reaches over `taken`.
    fn runs(&self, sentences: &[Span], room: usize, taken: Option<Span>) -> Vec<Span> {
        let mut last = 0;
        let run = |(first, &sentence): (usize, &Span)| {
            last = last.max(first);
            while let Some(&next) = sentences.get(last + 1)
                && self.columns.width(sentence.cover(next)) <= room
                && taken.is_none_or(|taken| !sentence.cover(next).contains(taken))
            {
                last += 1;
            }
            sentence.cover(sentences[last])
        };
        sentences.iter().enumerate().map(run).collect()
    }

    /// The matches in `piece` that stand together within `room` columns, as many as there are anywhere, and their
    /// number. One that is wider stands alone.
    fn densest(&self, piece: Span, highlights: &[Span], room: usize) -> Option<(usize, Span)> {
        let inside = within(piece, highlights);
        let whole = inside.first()?.cover(*inside.last()?);
        if self.columns.width(whole) <= room {
            return Some((inside.len(), whole));
        }
        let mut best: Option<(usize, Span)> = None;
        let mut last = 0;
        for (at, &first) in inside.iter().enumerate() {
            last = last.max(at);
            while let Some(&next) = inside.get(last + 1)
                && self.columns.width(first.cover(next)) <= room
            {
                last += 1;
            }
            let count = last - at + 1;
            if best.is_none_or(|(most, _)| count > most) {
                best = Some((count, first.cover(inside[last])));
            }
        }
        best
    }

    /// `piece`, or where it is too long its words around where most matches stand together.
    fn cut_to_fit(&self, piece: Span, highlights: &[Span], room: usize) -> Span {
        if self.columns.width(piece) <= room {
            return piece;
        }
        let densest = self.densest(piece, highlights, room);
        let cluster = densest.map_or(Span::new(piece.start, piece.start), |(_, cluster)| cluster);
        let start = self.opening(piece, cluster, room);
        Span::new(start, self.closing(Span::new(start, piece.end), cluster, room))
    }

    /// Where to begin in `piece`, so that `cluster` is seen if it fits: with a sentence, or such that the end is that
    /// of one, whichever is nearer if it is near; else with a word.
    fn opening(&self, piece: Span, cluster: Span, room: usize) -> usize {
        let columns = &self.columns;
        let fits = |start: usize, end: usize| columns.width(Span::new(start, end)) <= room;
        let lead = columns.up_to_sign(piece.start, cluster.start);
        // A third of what room is left before the match shows what it belongs to; at the end there may be more.
        let context = room.saturating_sub(columns.width(cluster)) / 3;
        let skipped = lead.saturating_sub(context).min(columns.width(piece) - room);
        let begin = columns.from(piece.start, skipped);
        let starts = self.sentences.iter().map(|sentence| sentence.start).chain([piece.start]);
        let starts =
            starts.filter(|start| (piece.start..=cluster.start).contains(start) && fits(*start, cluster.end));
        let ends = self.sentence_ends(piece, cluster).filter(|&end| fits(cluster.start, end));
        let start = self.near(begin, starts);
        let end = self.near(columns.up_to(begin, room), ends);
        match (start, end) {
            (Some((away, start)), end) if end.is_none_or(|(end_away, _)| away <= end_away) => start,
            (_, end) => {
                let begin = end.map_or(begin, |(_, end)| columns.back_from(end, room).max(piece.start));
                self.word_start(begin, cluster.start.max(begin))
            }
        }
    }

    /// Where to end that begins with `rest`: with a sentence if one ends near, else with a word, behind `cluster` if
    /// that fits.
    fn closing(&self, rest: Span, cluster: Span, room: usize) -> usize {
        let end = self.columns.up_to(rest.start, room).min(rest.end);
        if end == rest.end {
            return end;
        }
        if let Some((_, end)) = self.near(end, self.sentence_ends(Span::new(rest.start, end), cluster)) {
            return end;
        }
        if cluster.is_empty() || cluster.end > end {
            self.word_end(cluster.start.clamp(rest.start, end), end).unwrap_or(end)
        } else {
            let without_gap = if self.parts_word(end, cluster.end) { cluster.end } else { end };
            self.word_end(cluster.end, end).unwrap_or(without_gap)
        }
    }

    /// Where sentences end in `piece` and not before the end of `cluster`.
    fn sentence_ends(&self, piece: Span, cluster: Span) -> impl Iterator<Item = usize> {
        let ends = self.sentences.iter().map(|sentence| sentence.end);
        ends.filter(move |&end| piece.start < end && cluster.end <= end && end <= piece.end)
    }

    /// The one of `places` that is nearest to `at`, if it is near, and behind how many columns that is.
    fn near(&self, at: usize, places: impl Iterator<Item = usize>) -> Option<(usize, usize)> {
        let distance = |place: usize| self.columns.width(Span::new(place.min(at), place.max(at)));
        places.map(|place| (distance(place), place)).filter(|(away, _)| *away <= NEAR_COLUMNS).min()
    }

    /// Where the first word from `at` on begins, if that is near and not behind `limit`.
    fn word_start(&self, at: usize, limit: usize) -> usize {
        if self.text[..at].ends_with(char::is_whitespace) {
            return at;
        }
        let gap = self.text[at..limit].char_indices().take(MAX_WORD_COLUMNS).find(|(_, c)| c.is_whitespace());
        let without_gap = if self.parts_word(at, limit) { limit } else { at };
        gap.map_or(without_gap, |(offset, c)| at + offset + c.len_utf8())
    }

    /// Where the last word up to `at` ends, if that is near and not before `limit`.
    fn word_end(&self, limit: usize, at: usize) -> Option<usize> {
        if self.text[at..].starts_with(char::is_whitespace) {
            return Some(at);
        }
        let before = self.text[limit..at].char_indices().rev().take(MAX_WORD_COLUMNS);
        before.map(|(offset, c)| (limit + offset, c)).find(|(_, c)| c.is_whitespace()).map(|(gap, _)| gap)
    }

    /// Whether a cut at `at` parts a word, with no more of it than a word has between there and the `edge` of a match.
    fn parts_word(&self, at: usize, edge: usize) -> bool {
        let is_of_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_unspaced_script(c));
        let between = &self.text[at.min(edge)..at.max(edge)];
        is_of_word(self.text[..at].chars().next_back())
            && is_of_word(self.text[at..].chars().next())
            && between.chars().nth(MAX_WORD_COLUMNS).is_none()
    }
}

/// Those of `highlights` that lie in `span`.
fn within(span: Span, highlights: &[Span]) -> &[Span] {
    let from = highlights.partition_point(|highlight| highlight.start < span.start);
    let up_to = highlights.partition_point(|highlight| highlight.end <= span.end);
    highlights.get(from..up_to).unwrap_or_default()
}

/// The `sentences` that `highlight` reaches over, if it doesn't lie in one.
fn reached_over(sentences: &[Span], highlight: Span) -> Option<Span> {
    let first = sentences.partition_point(|sentence| sentence.end <= highlight.start);
    let behind = sentences.partition_point(|sentence| sentence.start < highlight.end);
    match sentences.get(first..behind)? {
        [one] if one.contains(highlight) => None,
        reached => Some(reached.iter().fold(highlight, |all, &sentence| all.cover(sentence))),
    }
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

    /// What was quoted went unshown where a common word of the query stood in sentence after sentence.
    #[test]
    fn the_second_part_shows_what_the_first_does_not() {
        let text = format!("{}It holds as long as it takes.", "A dam is a dam, for all we know. ".repeat(9));
        let mut highlights = spans_of(&text, "dam");
        highlights.extend(spans_of(&text, "as long as it takes"));
        let (shown, _) = snippet(&text, &highlights, 80).render(&text, &highlights);
        assert_eq!(shown, "A dam is a dam, for all we know. … It holds as long as it takes.");
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

    const LONG_THEN_SHORT: &str = "A long first sentence talks of many things that the council of ministers had in mind when it met in the \
         spring of that year to settle the old matter of deterrence. The United Kingdom then sent a very long letter \
         to all the governors of the provinces who had come to the capital city.";

    #[test]
    fn a_match_across_the_end_of_a_sentence_is_in_view() {
        for phrase in ["deterrence. The United", "matter of deterrence. The United"] {
            let shown = shown(LONG_THEN_SHORT, phrase, 100);
            assert!(shown.contains(phrase), "{shown}");
        }
        assert_eq!(
            shown("One. It was a dam. The river broke it. Two. Three.", "dam. The river", 44),
            "One. It was a dam. The river broke it. …",
            "sentences that fit stay whole"
        );
    }

    #[test]
    fn an_emoji_with_its_selector_takes_two_columns() {
        let heart = "\u{2764}\u{fe0f}";
        let text = format!("{}zebra{}", heart.repeat(10), heart.repeat(20));
        let shown = shown(&text, "zebra", 30);
        assert!(shown.contains("zebra") && (27..=30).contains(&shown.width()), "{shown}");
    }

    #[test]
    fn a_snippet_begins_or_ends_with_the_sentence_where_that_is_near() {
        let text = "We now know that the treaty of the northern provinces was never signed by either of the two \
                    parties to the war, they said at last.";
        assert_eq!(
            shown(text, "treaty", 60),
            "We now know that the treaty of the northern provinces …",
            "at the beginning"
        );
        assert_eq!(
            shown(text, "parties", 60),
            "… either of the two parties to the war, they said at last.",
            "at the end"
        );
        assert_eq!(
            shown(text, "signed", 60),
            "… was never signed by either of the two parties to the …",
            "neither is near"
        );
        let shown = shown(text, "treaty of the northern provinces was never signed by", 60);
        assert!(shown.contains("signed by"), "no match is given up: {shown}");
    }

    #[test]
    fn the_end_of_a_sentence_that_is_had_is_not_given_up_for_its_beginning() {
        let text = "A fine for a missed transfer may reach nine figures, while the profit from an account is trivial.";
        assert_eq!(
            shown(text, "account", 90),
            "… a missed transfer may reach nine figures, while the profit from an account is trivial."
        );
    }

    #[test]
    fn a_match_wider_than_the_room_is_cut_between_words() {
        let text = "The law was meant for the efficiency of permitting. Nobody had asked for it.";
        assert_eq!(shown(text, "efficiency of permitting.", 25), "… efficiency of …");
        assert_eq!(shown(text, "efficiency", 10), "… effici …", "no space to cut at");
    }

    #[test]
    fn a_sentence_counts_for_the_matches_that_it_can_show() {
        let text = format!("A dam {0}, a dam {0}, a dam. The dam is a dam.", "was old and ".repeat(8));
        assert_eq!(shown(&text, "dam", 40), "… The dam is a dam.");
    }

    #[test]
    fn a_word_is_not_cut_beside_its_match() {
        let text = format!(
            "It {}the counterterrorism-minded ministers {}.",
            "was and ".repeat(9),
            "came and ".repeat(9)
        );
        assert_eq!(shown(&text, "terrorism", 24), "… terrorism-minded …");
        assert_eq!(shown(&text, "counter", 16), "… counter …");
    }

    #[test]
    fn a_long_text_with_many_matches_takes_linear_time() {
        let text = "One dam. Two dams, ".repeat(30_000);
        let [crossing, words] = ["dam. Two", "a"].map(|word| spans_of(&text, word));
        for highlights in [crossing, words, vec![Span::new(0, text.len())]] {
            for max_columns in [60, 200_000] {
                let (shown, marks) = snippet(&text, &highlights, max_columns).render(&text, &highlights);
                assert!(!marks.is_empty() && shown.width() <= max_columns);
            }
        }
    }

    /// Words of all kinds of characters, of which some join those beside them, with and without full stops.
    const WORD: &str = "[a-c]{1,9}\\.?|制{1,5}。?|[aé\u{301}\u{2764}\u{fe0f}👩\u{200d}🌾👍🏽🇦🇧\u{1112}\u{1161}\u{17d2}\u{1780}]{1,5}";

    proptest! {
        #[test]
        fn a_snippet_fits_and_shows_a_match(
            words in prop::collection::vec((WORD, "[ \n]{0,3}", any::<bool>()), 0..50),
            max_columns in 4_usize..60,
        ) {
            let (mut text, mut highlights) = (String::new(), Vec::<Span>::new());
            for (word, gap, is_marked) in &words {
                let span = Span::new(text.len(), text.len() + word.len());
                match highlights.last_mut() {
                    // A phrase may have any words and gaps in it.
                    Some(last) if *is_marked && word.len() % 2 == 0 => *last = last.cover(span),
                    _ if *is_marked => highlights.push(span),
                    _ => {}
                }
                text.push_str(word);
                text.push_str(gap);
            }
            let snippet = snippet(&text, &highlights, max_columns);
            let (shown, marks) = snippet.render(&text, &highlights);
            prop_assert!(shown.width() <= max_columns, "{} {shown:?}", shown.width());
            prop_assert!(marks.iter().all(|mark| mark.of(&shown).is_some_and(|mark| !mark.is_empty())));
            prop_assert!(highlights.is_empty() || !marks.is_empty());
            prop_assert!(snippet.parts.windows(2).all(|pair| pair[0].end < pair[1].start));
        }
    }
}
