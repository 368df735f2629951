//! Breaks text into lines of a width, with marked spans in it.

use ibid::highlight::{beginning, columns};
use ibid::text::Span;

use super::{Style, printable};

/// The start and end of what is marked, with colour: bold yellow.
const MARK_COLORED: (&str, &str) = ("\u{1b}[1;33m", "\u{1b}[0m");

/// The same without colour.
const MARK_PLAIN: (&str, &str) = ("*", "*");

/// `text` with `marked` spans, in lines of at most the style's columns, each after `indent` spaces.
///
/// Breaks stand at white space; a word that is wider than a line stands on one of its own. A phrase is
/// marked as a whole, over a break too.
pub fn wrap(text: &str, marked: &[Span], indent: usize, style: &Style) -> String {
    let (open, close) = if style.colored { MARK_COLORED } else { MARK_PLAIN };
    let room = style.columns.saturating_sub(indent);
    let mut lines = String::new();
    let mut column = 0;
    for word in words(text, marked) {
        let width = word.width(style.colored);
        if column == 0 || column + 1 + width > room {
            lines.extend((!lines.is_empty()).then_some('\n'));
            lines.extend(std::iter::repeat_n(' ', indent));
            column = width;
        } else {
            lines.push(' ');
            column += 1 + width;
        }
        for piece in &word.0 {
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

/// A run without white space, cut where marks begin and end.
struct Word(Vec<Piece>);

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
        let marks = self.0.iter().map(|piece| usize::from(piece.opens) + usize::from(piece.closes));
        let text: usize = self.0.iter().map(|piece| columns(&piece.text)).sum();
        if colored { text } else { text + marks.sum::<usize>() }
    }
}

fn words(text: &str, marked: &[Span]) -> Vec<Word> {
    let runs = text.split_whitespace().map(|run| {
        let start = run.as_ptr() as usize - text.as_ptr() as usize;
        Span::new(start, start + run.len())
    });
    runs.map(|run| word(text, run, marked)).collect()
}

fn word(text: &str, run: Span, marked: &[Span]) -> Word {
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
    Word(pieces)
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
