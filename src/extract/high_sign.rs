//! What is set high in a line: references to notes, powers, the signs of marks and charges.
//!
//! Set on the line such signs would say something else: `10-3` of a thousandth, `Smitha,b` of an author in two places.

use super::hints::Flags;
use super::page::Node;
use super::tag::Tag;
use crate::text::{may_have_note, raised};

/// What the sign of a footnote stands behind, if not behind a word.
const ENDS_BEFORE_NOTES: [char; 13] = ['.', ',', ';', ':', '…', '!', '?', ')', ']', '%', '"', '”', '»'];

/// Bytes of the longest sign: a list of the notes that a sentence has.
const SIGN_BYTES: usize = 100;

/// Signs of plus and minus, which powers and charges have.
const PLUS_AND_MINUS: [char; 4] = ['+', '-', '−', '–'];

/// Signs of notes beside numbers and letters.
const NOTE_SIGNS: [char; 6] = ['*', '†', '‡', '§', '¶', '#'];

/// What is set high and isn't just a part of the word before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HighSign {
    /// Numbers with a link that lead to notes, or several letters: `2,3`, `a,b`.
    Reference,
    /// One small letter that leads to a note, if a word stands before it.
    Letter,
    /// One small letter without a link. It may be of the word: `Ltd` and a high `a` is a firm in Portugal.
    LooseLetter,
    /// Numbers without a link, of notes or a power: `1`, `2,3`, `4–6`, `1,*`.
    Numbers,
    /// A number with a sign: `-3`, `2+`.
    Signed,
    /// A power with a point, which is written behind a caret: `2.5`.
    Broken,
    /// `TM` or `SM`.
    Mark,
}

/// A high sign that is being read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    pub sign: Option<HighSign>,
    /// Where its text begins.
    pub start: usize,
}

impl HighSign {
    /// The sign that is all of the text of `nodes`.
    pub(super) fn of(nodes: &[Node<'_>]) -> Option<Self> {
        let sign = text_of(nodes)?;
        let is_linked = || nodes.iter().any(|node| node.around.any(Flags::LINK));
        let mut letters = sign.chars();
        match (letters.next()?, letters.next()) {
            // French and Spanish numbers and words end with them.
            ('e' | 'o', None) => None,
            ('a'..='z', None) if is_linked() => Some(Self::Letter),
            ('a'..='h', None) => Some(Self::LooseLetter),
            _ if matches!(sign.as_str(), "TM" | "SM") => Some(Self::Mark),
            _ if has_sign(&sign) => Some(Self::Signed),
            _ if is_broken(&sign) => Some(Self::Broken),
            _ => Self::of_list(&sign, is_linked),
        }
    }

    /// That of a list of notes.
    fn of_list(list: &str, is_linked: impl Fn() -> bool) -> Option<Self> {
        let begins_with_number = list.starts_with(|c: char| c.is_ascii_digit());
        let (mut parts, mut letters) = (0, 0);
        for part in list.split([',', ';', ' ', '\u{a0}']).filter(|part| !part.is_empty()) {
            let is_letter = part.len() == 1 && part.starts_with(|c: char| c.is_ascii_lowercase());
            let is_number =
                part.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '–') || NOTE_SIGNS.contains(&c));
            if !is_letter && !is_number {
                return None;
            }
            parts += 1;
            letters += usize::from(is_letter);
        }
        match letters {
            0 if !begins_with_number => None,
            0 if is_linked() => Some(Self::Reference),
            0 => Some(Self::Numbers),
            _ => (parts > 1).then_some(Self::Reference),
        }
    }

    /// Whether such signs are put in brackets.
    pub(super) fn takes_brackets(self) -> bool {
        matches!(self, Self::Reference | Self::Letter)
    }

    /// Whether the sign refers to a note behind the text `before` of its line.
    pub(super) fn is_reference(self, before: &str) -> bool {
        match self {
            Self::Reference => !before.is_empty(),
            Self::Letter => may_have_letter(before),
            _ => false,
        }
    }

    /// Writes the sign that is all of `text` from `start` on, and stands behind what its line has from `line` on.
    pub(super) fn write(self, text: &mut String, line: usize, start: usize) {
        let (Some(before), Some(sign)) = (text.get(line..start), text.get(start..)) else { return };
        if sign.starts_with(char::is_whitespace) {
            return; // It stands apart.
        }
        let is_behind_word = before.ends_with(char::is_alphanumeric);
        let is_behind_digit = before.ends_with(|c: char| c.is_ascii_digit());
        let written: String = match self {
            Self::Numbers if is_behind_digit || has_note(before) => sign.chars().map(raised).collect(),
            Self::Signed if is_behind_word || before.ends_with(')') => {
                sign.chars().map(|c| raised_sign(c).unwrap_or_else(|| raised(c))).collect()
            }
            Self::Broken if is_behind_digit => format!("^{sign}"),
            Self::Mark if is_behind_word => if sign == "TM" { "™" } else { "℠" }.to_owned(),
            _ => return,
        };
        text.replace_range(start.., &written);
    }
}

/// The text of `nodes`, if it is short enough for a sign and in one line.
fn text_of(nodes: &[Node<'_>]) -> Option<String> {
    let mut text = String::new();
    for node in nodes {
        text.push_str(node.text.trim());
        if text.len() > SIGN_BYTES || node.tag.is_block() || node.tag == Tag::Br {
            return None;
        }
    }
    Some(text)
}

/// Whether a sign is a number with a plus or minus before or behind it.
fn has_sign(sign: &str) -> bool {
    let number = sign.strip_prefix(PLUS_AND_MINUS).or_else(|| sign.strip_suffix(PLUS_AND_MINUS));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a sign is a number with a decimal point.
fn is_broken(sign: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let number = sign.strip_prefix(PLUS_AND_MINUS).unwrap_or(sign);
    number.split_once('.').is_some_and(|(whole, rest)| digits(whole) && digits(rest))
}

/// A plus or minus set high.
fn raised_sign(c: char) -> Option<char> {
    PLUS_AND_MINUS.contains(&c).then_some(if c == '+' { '⁺' } else { '⁻' })
}

/// Whether a number that is set high behind `before` is the sign of a note: behind a word or what ends a sentence, or
/// where a note begins.
fn has_note(before: &str) -> bool {
    before.is_empty() || may_have_note(before) || before.ends_with(ENDS_BEFORE_NOTES)
}

/// Whether a letter that is set high behind `before` is the sign of a note.
fn may_have_letter(before: &str) -> bool {
    before.ends_with(char::is_lowercase) && may_have_note(before)
}

/// Whether a page has notes that loose letters lead to. A high `a` alone ends words, a high `b` doesn't.
pub(super) fn has_lettered_notes(nodes: &[Node<'_>]) -> bool {
    let mut high = nodes.iter().enumerate().filter(|(_, node)| node.tag == Tag::Sup);
    high.any(|(at, node)| text_of(&nodes[at..node.end as usize]).as_deref() == Some("b"))
}

#[cfg(test)]
mod tests {
    use super::super::blocks::Blocks;
    use super::super::page::Page;
    use scraper::Html;

    fn line(html: &str) -> String {
        let html = Html::parse_document(&format!("<p>{html}</p>"));
        Blocks::of(&Page::of(&html)).text
    }

    fn assert_lines(lines: &[(&str, &str)]) {
        for (html, expected) in lines {
            assert_eq!(line(html), *expected, "{html}");
        }
    }

    /// A thousandth was `10-3`, a range of numbers.
    #[test]
    fn powers_with_a_sign_are_set_high() {
        assert_lines(&[
            ("4 × 10<sup>-3</sup> g", "4 × 10⁻³ g"),
            ("10<sup>−12</sup>, 10<sup>–6</sup>, 10<sup>+9</sup>", "10⁻¹², 10⁻⁶, 10⁺⁹"),
            ("kg m<sup>-2</sup> of SO4<sup>2-</sup>", "kg m⁻² of SO4²⁻"),
            ("10<sup>2.5</sup> times", "10^2.5 times"),
            ("from 4<sup> </sup>-3", "from 4 -3"),
        ]);
    }

    /// Letters of affiliations became parts of names: `Smitha,b`.
    #[test]
    fn letters_of_notes_are_no_part_of_names() {
        assert_lines(&[
            ("Ada Moro<sup>a,b</sup>, Jo Finch<sup>a, 1</sup>", "Ada Moro[a,b], Jo Finch[a, 1]"),
            ("Ada Moro<sup>1,*</sup> and Jo Finch<sup>2,†</sup>", "Ada Moro¹,* and Jo Finch²,†"),
            ("Moro<sup>a</sup>, Finch<sup>b</sup>, Karst<sup>c</sup>", "Moro[a], Finch[b], Karst[c]"),
            ("Prof<sup>a</sup> Moro of Finch Ltd<sup>a</sup>", "Profa Moro of Finch Ltda"),
            ("Jose<sup>b</sup>ine and Moro<sup>b</sup>", "Josebine and Moro[b]"),
            ("the 4<sup>th</sup>, n<sup>os</sup> 3, M<sup>me</sup> Moro", "the 4th, nos 3, Mme Moro"),
        ]);
    }

    /// The numbers of notes became digits of years and shares.
    #[test]
    fn numbers_of_notes_behind_figures_stay_apart() {
        assert_lines(&[
            ("in 2019<sup>1,2</sup> and 5%<sup>3</sup> more", "in 2019¹,² and 5%³ more"),
            ("<sup>1</sup>See the report", "¹See the report"),
        ]);
    }

    #[test]
    fn signs_of_marks_end_words() {
        assert_lines(&[("Karst<sup>TM</sup> and Quay<sup>SM</sup>", "Karst™ and Quay℠")]);
    }

    /// Whether a number began a note was told by the paragraph before.
    #[test]
    fn the_line_before_has_no_say() {
        assert_eq!(line("10</p><p><sup>2,5</sup> See"), "10²,⁵ See");
        assert_eq!(line("mo</p><p>x<sup>2</sup> is"), "mox2 is");
    }
}
