//! Breaks text into lines of a width, with marked spans in it.

use ibid::highlight::{beginning, columns};
use ibid::text::Span;

use super::line_break::may_break;
use super::{Style, printable};

/// The start and end of what is marked, with colour: bold yellow.
const MARK_COLORED: (&str, &str) = ("\u{1b}[1;33m", "\u{1b}[0m");

/// The same without colour.
const MARK_PLAIN: (&str, &str) = ("*", "*");

/// `text` with `marked` spans, in lines of at most the style's columns, each after `indent` spaces.
///
/// Breaks stand at white space, and between the characters of Chinese and Japanese, which have none; a word that is
/// wider than a line stands on one of its own. A phrase is marked as a whole, over a break too.
pub fn wrap(text: &str, marked: &[Span], indent: usize, style: &Style) -> String {
    let (open, close) = if style.colored { MARK_COLORED } else { MARK_PLAIN };
    let room = style.columns.saturating_sub(indent);
    let mut lines = String::new();
    let mut column = 0;
    for word in words(text, marked) {
        let width = word.width(style.colored);
        let gap = usize::from(word.is_behind_gap);
        if column == 0 || column + gap + width > room {
            lines.extend((!lines.is_empty()).then_some('\n'));
            lines.extend(std::iter::repeat_n(' ', indent));
            column = width;
        } else {
            lines.extend(word.is_behind_gap.then_some(' '));
            column += gap + width;
        }
        for piece in &word.pieces {
            lines.extend(piece.opens.then_some(open));
            lines.push_str(&piece.text);
            lines.extend(piece.closes.then_some(close));
        }
    }
    lines
}

/// `text` in at most `most` columns, with an ellipsis where something is left out.
pub fn clip(text: &str, most: usize) -> String {
    if columns(text) <= most {
        return text.to_owned();
    }
    format!("{}…", beginning(text, most.saturating_sub(1)))
}

/// A run that no line breaks in.
struct Word {
    /// Its text, cut where marks begin and end.
    pieces: Vec<Piece>,
    /// Whether white space stands before it.
    is_behind_gap: bool,
}

#[derive(Default)]
struct Piece {
    text: String,
    /// Whether a mark begins before it.
    opens: bool,
    /// Whether a mark ends behind it.
    closes: bool,
}

impl Word {
    /// Columns on the screen; colours take none.
    fn width(&self, colored: bool) -> usize {
        let marks = self.pieces.iter().map(|piece| usize::from(piece.opens) + usize::from(piece.closes));
        let text: usize = self.pieces.iter().map(|piece| columns(&piece.text)).sum();
        if colored { text } else { text + marks.sum::<usize>() }
    }
}

fn words(text: &str, marked: &[Span]) -> Vec<Word> {
    let runs = text.split_whitespace().map(|run| {
        let start = run.as_ptr() as usize - text.as_ptr() as usize;
        Span::new(start, start + run.len())
    });
    let words =
        runs.flat_map(|run| unbroken(text, run).into_iter().map(move |word| (word, word.start == run.start)));
    words.map(|(word, is_behind_gap)| Word { pieces: pieces(text, word, marked), is_behind_gap }).collect()
}

/// The parts of `run` between which a line may break.
fn unbroken(text: &str, run: Span) -> Vec<Span> {
    let (mut parts, mut start, mut before) = (Vec::new(), run.start, None);
    for (offset, c) in text[run.start..run.end].char_indices() {
        let at = run.start + offset;
        if before.is_some_and(|before| may_break(before, c)) {
            parts.push(Span::new(start, at));
            start = at;
        }
        before = Some(c);
    }
    parts.push(Span::new(start, run.end));
    parts
}

/// The text of `run`, cut where `marked` spans begin and end.
fn pieces(text: &str, run: Span, marked: &[Span]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut push = |start: usize, end: usize, opens: bool, closes: bool| {
        if start < end {
            pieces.push(Piece { text: printable(&text[start..end]), opens, closes });
        }
    };
    let mut at = run.start;
    let first = marked.partition_point(|span| span.end <= run.start);
    for span in marked[first..].iter().take_while(|span| span.start < run.end) {
        let (start, end) = (span.start.max(run.start), span.end.min(run.end));
        push(at, start, false, false);
        push(start, end, span.start >= run.start, span.end <= run.end);
        at = end;
    }
    push(at, run.end, false, false);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(columns: usize) -> Style {
        Style { columns, ..Style::default() }
    }

    #[test]
    fn lines_break_at_white_space() {
        assert_eq!(wrap("one two  three\nfour", &[], 2, &style(12)), "  one two\n  three four");
        assert_eq!(wrap("unbreakable a", &[], 0, &style(5)), "unbreakable\na");
        assert_eq!(wrap("经济 制裁", &[], 0, &style(5)), "经济\n制裁", "wide characters take two columns");
        assert_eq!(wrap("", &[], 3, &style(5)), "");
    }

    /// Chinese and Japanese ran over the edge, as a paragraph without white space was one word.
    #[test]
    fn lines_break_between_characters_of_scripts_without_white_space() {
        assert_eq!(wrap("经济制裁的效果", &[], 2, &style(8)), "  经济制\n  裁的效\n  果");
        assert_eq!(wrap("经济制裁，也说", &[], 0, &style(8)), "经济制\n裁，也说", "no comma begins a line");
        assert_eq!(wrap("他们说「制裁」", &[], 0, &style(8)), "他们说\n「制裁」", "no bracket ends one");
        assert_eq!(wrap("用GDP算 water", &[], 0, &style(9)), "用GDP算\nwater", "words stay whole");
        assert_eq!(wrap("经济制裁", &[Span::new(3, 9)], 0, &style(6)), "经*济\n制*裁");
    }

    /// Lam and alef, which a font may join, were taken for one column: lines ran over the edge.
    #[test]
    fn every_letter_takes_its_column() {
        assert_eq!(wrap("الأولى الأولى", &[], 0, &style(12)), "الأولى\nالأولى");
        assert_eq!(wrap("الأولى الأولى", &[], 0, &style(13)), "الأولى الأولى");
    }

    #[test]
    fn what_is_clipped_ends_in_an_ellipsis() {
        assert_eq!((clip("four", 4), clip("fours", 4)), ("four".to_owned(), "fou…".to_owned()));
        assert_eq!(clip("经济制裁", 6), "经济…");
    }

    #[test]
    fn what_matched_is_marked() {
        let text = "of water, and more";
        assert_eq!(wrap(text, &[Span::new(3, 8)], 0, &style(40)), "of *water*, and more");
        assert_eq!(wrap("an armed group", &[Span::new(3, 14)], 0, &style(9)), "an *armed\ngroup*");
        let colored = Style { colored: true, ..style(40) };
        assert_eq!(wrap(text, &[Span::new(3, 8)], 0, &colored), "of \u{1b}[1;33mwater\u{1b}[0m, and more");
    }
}
