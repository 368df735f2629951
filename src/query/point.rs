//! [`point_at`]: a query with a caret line under the part at fault.

use unicode_width::UnicodeWidthChar;

use crate::text::{Span, turns_text};

/// Columns that are left free: for the ellipses where a query is cut, and a margin.
const MARGIN: usize = 8;
/// Columns that the query has at least, however narrow the terminal.
const LEAST: usize = 12;
/// Characters of a value that a message repeats.
const SHOWN_CHARS: usize = 40;
/// Characters of a query, or of a word of one, that is named where there is no place in it to point at.
const NAMED_CHARS: usize = 200;

/// `text` on one line and, on a second, carets under `span`, for a terminal.
///
/// A query that is wider than `columns` is cut to a window around the fault. Control characters and those that turn the
/// direction of writing show as spaces. Columns count as a terminal shows them, two for a Chinese character. There is
/// no line break at the end.
#[must_use]
pub fn point_at(text: &str, span: Span, columns: usize) -> String {
    let cells = cells(text);
    let first = cells.partition_point(|cell| cell.at < span.start);
    let last = cells.partition_point(|cell| cell.at < span.end).max(first);
    let (from, to) = window(&cells, first, columns.saturating_sub(MARGIN).max(LEAST));
    let last = last.min(to);

    let mut line = String::new();
    let mut carets = String::new();
    if from > 0 {
        line.push('…');
        carets.push(' ');
    }
    line.extend(cells[from..to].iter().map(|cell| cell.shown));
    if to < cells.len() {
        line.push('…');
    }
    carets.push_str(&" ".repeat(width(&cells[from..first])));
    carets.push_str(&"^".repeat(width(&cells[first..last]).max(1)));
    format!("{line}\n{carets}")
}

/// A query, a word of one or an id that was typed, printable and of a length that a message can repeat.
#[must_use]
pub fn echoed(typed: &str) -> String {
    shortened(typed, NAMED_CHARS)
}

/// `value` short and printable, for a message.
pub(super) fn shown(value: &str) -> String {
    shortened(value, SHOWN_CHARS)
}

fn shortened(value: &str, most: usize) -> String {
    let mut out: String = value.chars().take(most).map(printable).collect();
    if value.chars().nth(most).is_some() {
        out.push('…');
    }
    out
}

/// A character as it is shown, where it was and how many columns it takes.
struct Cell {
    shown: char,
    at: usize,
    width: usize,
}

fn cells(text: &str) -> Vec<Cell> {
    let cell = |(at, c)| {
        let shown = printable(c);
        Cell { shown, at, width: shown.width().unwrap_or(0) }
    };
    text.char_indices().map(cell).collect()
}

fn printable(c: char) -> char {
    if c.is_control() || turns_text(c) || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }
}

fn width(cells: &[Cell]) -> usize {
    cells.iter().map(|cell| cell.width).sum()
}

/// The range of cells to show in `most` columns so that the one at `fault` is in view: a third of them is before it.
fn window(cells: &[Cell], fault: usize, most: usize) -> (usize, usize) {
    if width(cells) <= most {
        return (0, cells.len());
    }
    let from = reach(cells[..fault].iter().rev(), most / 3);
    let to = fault + reach(cells[fault..].iter(), most - width(&cells[fault - from..fault]));
    // Near the end there is room left over for more of what comes before.
    let from = reach(cells[..fault].iter().rev(), most - width(&cells[fault..to]));
    (fault - from, to)
}

/// How many of `cells` fit into `columns`.
fn reach<'c>(cells: impl Iterator<Item = &'c Cell>, columns: usize) -> usize {
    let mut used = 0;
    cells
        .take_while(|cell| {
            used += cell.width;
            used <= columns
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns of a query on a terminal of 80.
    const WINDOW: usize = 80 - MARGIN;

    fn pointed(text: &str, part: &str) -> String {
        let start = text.find(part).unwrap();
        point_at(text, Span::new(start, start + part.len()), 80)
    }

    #[test]
    fn carets_stand_under_the_fault() {
        assert_eq!(pointed("a date:20x0 b", "20x0"), "a date:20x0 b\n       ^^^^");
        assert_eq!(point_at("a", Span::new(1, 1), 80), "a\n ^", "an empty span at the end");
    }

    #[test]
    fn columns_count_as_a_terminal_shows_them() {
        assert_eq!(pointed("水 政策)", ")"), "水 政策)\n       ^");
        assert_eq!(pointed("水 政策)", "政策"), "水 政策)\n   ^^^^");
        assert_eq!(pointed("cafe\u{301})", ")"), "cafe\u{301})\n    ^");
    }

    #[test]
    fn what_would_move_the_cursor_or_turn_the_line_is_a_space() {
        assert_eq!(pointed("a\n\u{1b}[1m\t\u{202e}b)", ")"), "a  [1m  b)\n         ^");
        assert_eq!(shown("a\u{7}b\u{61c}c"), "a b c");
    }

    #[test]
    fn a_long_query_is_cut_to_a_window() {
        let text = format!("{}){}", "ab ".repeat(100), "cd ".repeat(100));
        let pointed = pointed(&text, ")");
        let (line, carets) = pointed.split_once('\n').unwrap();
        assert!(line.starts_with('…') && line.ends_with('…'), "{line}");
        assert_eq!(line.chars().count(), WINDOW + 2);
        assert_eq!(line.chars().nth(carets.len() - 1), Some(')'));

        let end = point_at(&text, Span::new(text.len() - 1, text.len()), 80);
        assert_eq!(end.lines().next().unwrap().chars().count(), WINDOW + 1, "filled from the left");
        let whole = point_at(&text, Span::new(0, text.len()), 80);
        assert_eq!(whole.lines().nth(1).unwrap(), "^".repeat(WINDOW), "no longer than the window");
        let wide = point_at(&text, Span::new(0, 2), 160);
        assert_eq!(wide.lines().next().unwrap().chars().count(), 160 - MARGIN + 1, "as wide as the terminal");
        assert_eq!(shown(&"水".repeat(41)), format!("{}…", "水".repeat(40)));
        assert_eq!(echoed(&"水".repeat(200)), "水".repeat(200));
        assert_eq!(echoed(&"水".repeat(201)), format!("{}…", "水".repeat(200)));
    }
}
