//! How many columns of a terminal the parts of a text take.
//!
//! Pictures can't be measured character by character: a selector makes a heart two columns wide, a joiner makes four
//! people one family. So a text is cut into signs, which add up. Letters are signs of their own, also those that a font
//! joins into one, as lam and alef: a terminal gives each its cell.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::analysis::is_variation_selector;
use crate::text::Span;

/// Bytes from which on a sign takes nothing more that has a width, so that a text is measured in linear time. The
/// longest that people use, couples with skin tones, have 35.
const MAX_SIGN_BYTES: usize = 64;

/// How many columns stand before each sign of a text: a character with all that changes its width or shows nothing
/// beside it.
pub(super) struct Columns {
    /// Where each sign begins, and where the text ends.
    starts: Vec<usize>,
    /// The columns before it.
    before: Vec<usize>,
}

/// How many columns of a terminal `text` takes.
#[must_use]
pub fn columns(text: &str) -> usize {
    Columns::of(text).width(Span::new(0, text.len()))
}

/// As much of the beginning of `text` as `most` columns hold.
#[must_use]
pub fn beginning(text: &str, most: usize) -> &str {
    &text[..Columns::of(text).up_to(0, most)]
}

impl Columns {
    pub fn of(text: &str) -> Self {
        let mut columns = Self { starts: vec![0], before: vec![0] };
        let mut sign = Span::new(0, 0);
        for (at, c) in text.char_indices() {
            let longer = Span::new(sign.start, at + c.len_utf8());
            if at == 0 || is_part_of(&text[sign.start..at], c, &text[longer.start..longer.end]) {
                sign = longer;
            } else {
                columns.push(text, sign);
                sign = Span::new(at, longer.end);
            }
        }
        if !sign.is_empty() {
            columns.push(text, sign);
        }
        columns
    }

    fn push(&mut self, text: &str, sign: Span) {
        let before = self.before.last().copied().unwrap_or_default();
        self.starts.push(sign.end);
        self.before.push(before + width_of(&text[sign.start..sign.end]));
    }

    /// The columns of `span`. Signs that it has a part of count whole.
    pub fn width(&self, span: Span) -> usize {
        let end = self.starts.partition_point(|&start| start < span.end);
        self.before[end.min(self.before.len() - 1)] - self.before_sign(span.start)
    }

    /// The columns from `start` up to the sign at `end`.
    pub fn up_to_sign(&self, start: usize, end: usize) -> usize {
        self.before_sign(end) - self.before_sign(start)
    }

    /// The columns before the sign at `at`.
    fn before_sign(&self, at: usize) -> usize {
        self.before[self.starts.partition_point(|&start| start <= at) - 1]
    }

    /// The first sign at least `columns` behind `start`, or `start` itself.
    pub fn from(&self, start: usize, columns: usize) -> usize {
        self.first_with(self.before_sign(start) + columns).max(start)
    }

    /// The first sign from which on all up to `end` fits in `columns`.
    pub fn back_from(&self, end: usize, columns: usize) -> usize {
        self.first_with(self.width(Span::new(0, end)).saturating_sub(columns))
    }

    /// The first sign with at least `columns` before it.
    fn first_with(&self, columns: usize) -> usize {
        let at = self.before.partition_point(|&before| before < columns);
        self.starts[at.min(self.starts.len() - 1)]
    }

    /// Where the last sign ends that fits in `columns` from `start`.
    pub fn up_to(&self, start: usize, columns: usize) -> usize {
        let limit = self.before_sign(start) + columns;
        self.starts[self.before.partition_point(|&before| before <= limit) - 1].max(start)
    }
}

/// Whether `c` belongs to the `sign` before it, with which it makes `longer`.
fn is_part_of(sign: &str, c: char, longer: &str) -> bool {
    match c.width() {
        Some(0) => true,
        Some(width) if !c.is_alphanumeric() && !c.is_ascii() && sign.len() <= MAX_SIGN_BYTES => {
            is_half_a_flag(sign) && is_half_a_flag(&longer[sign.len()..])
                || width_of(longer) != width_of(sign) + width
        }
        // Two selectors in a row take a column more where a letter follows.
        Some(width) if sign.ends_with(is_variation_selector) && sign.len() <= MAX_SIGN_BYTES => {
            width_of(longer) > width_of(sign) + width
        }
        _ => false,
    }
}

/// Whether `sign` is one of the two letters that make a flag.
fn is_half_a_flag(sign: &str) -> bool {
    let mut chars = sign.chars();
    matches!(chars.next(), Some('\u{1f1e6}'..='\u{1f1ff}')) && chars.next().is_none()
}

/// Columns of `sign` on a terminal. A line break is shown as a space. Marks of direction are never printed, so they
/// don't part what they stand between.
fn width_of(sign: &str) -> usize {
    const MARKS_OF_DIRECTION: [char; 2] = ['\u{200e}', '\u{200f}'];
    if sign.contains(MARKS_OF_DIRECTION) {
        sign.replace(MARKS_OF_DIRECTION, "").width()
    } else {
        sign.width()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn signs_of_several_characters_are_measured_whole() {
        for (text, columns) in [
            ("", 0),
            ("née cafe\u{301}", 8),
            ("a\nb\tc", 5),
            ("制裁 한", 7),
            ("\u{1112}\u{1161}\u{11ab}", 2),
            ("\u{2764}\u{fe0f}\u{2764}", 3),
            ("1\u{fe0f}\u{20e3}2", 3),
            ("👍🏽👍", 4),
            ("👩\u{200d}🌾 👨\u{200d}👩\u{200d}👧\u{200d}👦", 5),
            ("🇫🇷🇩🇪", 4),
            ("\u{2764}\u{200e}\u{fe0f}", 2),
            ("ក្រុង", 3),
            ("لا", 2),
        ] {
            assert_eq!(super::columns(text), columns, "{text:?}");
        }
    }

    #[test]
    fn a_flag_is_never_cut() {
        let columns = Columns::of("🇫🇷🇩🇪");
        assert_eq!([1, 2, 3, 4].map(|most| columns.up_to(0, most)), [0, 8, 8, 16]);
        assert_eq!([1, 2, 3].map(|least| columns.from(0, least)), [8, 8, 16]);
        assert_eq!([1, 2, 3].map(|most| columns.back_from(16, most)), [16, 8, 8]);
    }

    #[test]
    fn a_sign_without_end_is_measured_in_linear_time() {
        for (text, columns) in [
            (format!("a{}", "\u{301}".repeat(200_000)), 1),
            (format!("a{}", "\u{301}é".repeat(100_000)), 100_001),
        ] {
            assert_eq!(super::columns(&text), columns);
        }
        assert!(columns(&"👩\u{200d}".repeat(100_000)) < 100_000);
    }

    /// Characters that change how wide those beside them are.
    const JOINING: &str = "[a1é制\u{2764}\u{fe0f}\u{fe0e}\u{fe01}\u{200d}\u{20e3}\u{301}👩🌾👍🏽🇦🇧🏴\u{e0067}\u{e0062}\u{e007f}\
                           \u{1112}\u{1161}\u{11ab}\u{644}\u{627}\u{17d2}\u{1780}\u{2d31}\u{2d7f}\u{a4f8}\u{a4fc}’\u{200e} \n]{0,24}";

    proptest! {
        #[test]
        fn signs_never_take_fewer_columns_than_the_text_they_make(text in JOINING) {
            let columns = Columns::of(&text);
            for (at, &start) in columns.starts.iter().enumerate() {
                for &end in &columns.starts[at..] {
                    let (span, shown) = (Span::new(start, end), text[start..end].replace('\u{200e}', ""));
                    prop_assert!(shown.width() <= columns.width(span), "{shown:?}");
                }
            }
        }
    }
}
