//! [`HighSign`]: what is set high in a line: references to notes, and powers.

use super::hints::Flags;
use super::page::Page;
use crate::text::{may_have_note, raised};

/// What the sign of a footnote stands behind, if not behind a word.
const ENDS_BEFORE_NOTES: [char; 9] = ['.', ',', ';', '!', '?', ')', '"', '”', '»'];

/// What stands before a power below one.
const MINUS_SIGNS: [char; 3] = ['-', '−', '–'];

/// Digits of such a power; what has more is a date or a number of something.
const MOST_DIGITS_OF_A_POWER: usize = 3;

/// What is set high and stands for a note, or is a power.
pub(super) enum HighSign {
    /// Numbers that lead to notes: `1`, `2,3`, `4–6`.
    Linked,
    /// So many bytes of such numbers without a link.
    Digits(usize),
    /// So many bytes of a number with a minus sign, a power below one.
    Negative(usize),
    /// One small letter that leads to a note, though not of those that French and Spanish numbers and words end with.
    Letter,
}

impl HighSign {
    /// The sign that is all of the text of the element at `at`.
    pub(super) fn of(page: &Page<'_>, at: usize) -> Option<Self> {
        let nodes = &page.nodes[at..page.nodes[at].end as usize];
        let bytes = || nodes.iter().map(|node| node.text.trim().len()).sum();
        let mut signs = nodes.iter().flat_map(|node| node.text.trim().chars());
        let are_numbers = |sign: char| sign.is_ascii_digit() || matches!(sign, ',' | ' ' | '-' | '–');
        match signs.next()? {
            'a'..='z' if signs.next().is_some() => None,
            'e' | 'o' => None,
            // Without a link it may be of the word: `Ltd` and a high `a` is a firm in Portugal.
            'a'..='z' => is_linked(page, at).then_some(Self::Letter),
            '0'..='9' if !signs.all(are_numbers) => None,
            '0'..='9' if is_linked(page, at) => Some(Self::Linked),
            '0'..='9' => Some(Self::Digits(bytes())),
            sign if MINUS_SIGNS.contains(&sign) => {
                let number: String = signs.take(MOST_DIGITS_OF_A_POWER + 1).collect();
                let is_number = (1..=MOST_DIGITS_OF_A_POWER).contains(&number.len())
                    && number.bytes().all(|byte| byte.is_ascii_digit());
                is_number.then(|| Self::Negative(bytes()))
            }
            _ => None,
        }
    }
}

/// Nodes before and behind a sign among which other words of its link are looked for.
const NODES_BESIDE: usize = 40;

/// Whether what is set high at `at` leads somewhere: by a link in it, or one around it alone. In a link around more, as in
/// the name of a report on 10⁶ wells, it is what it is elsewhere.
fn is_linked(page: &Page<'_>, at: usize) -> bool {
    let nodes = &page.nodes;
    let (node, end) = (&nodes[at], nodes[at].end as usize);
    if nodes[at..end].iter().any(|inside| inside.own.any(Flags::LINK)) {
        return true;
    }
    let Some(link) = page.nearest(node.parent, |around| around.own.any(Flags::LINK)) else { return false };
    let behind = nodes[end..nodes[link as usize].end as usize].iter().take(NODES_BESIDE);
    let before = nodes[link as usize..at].iter().rev().take(NODES_BESIDE);
    before.chain(behind).all(|beside| beside.text.trim().is_empty())
}

/// Whether a letter that is set high behind `text` is the sign of a note.
pub(super) fn may_have_letter(text: &str) -> bool {
    text.ends_with(char::is_lowercase) && may_have_note(text)
}

/// Sets the digits in the last `count` bytes high if they are signs of footnotes, behind a word or what ends a
/// sentence, or a power of the number before.
pub(super) fn raise(text: &mut String, count: usize) {
    let at = text.len().saturating_sub(count);
    let Some((before, digits)) = text.split_at_checked(at) else { return };
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return; // White space was joined.
    }
    let is_power =
        before.ends_with(|c: char| c.is_ascii_digit()) && digits.bytes().all(|b| b.is_ascii_digit());
    if is_power || may_have_note(before) || before.ends_with(ENDS_BEFORE_NOTES) {
        let raised: String = digits.chars().map(raised).collect();
        text.replace_range(at.., &raised);
    }
}

/// Sets the power below one in the last `count` bytes high, behind a number or unit.
pub(super) fn raise_negative(text: &mut String, count: usize) {
    let at = text.len().saturating_sub(count);
    let Some((before, power)) = text.split_at_checked(at) else { return };
    if before.ends_with(|c: char| c.is_alphanumeric() || c == ')') {
        let raised: String =
            power.chars().map(|c| if MINUS_SIGNS.contains(&c) { '⁻' } else { raised(c) }).collect();
        text.replace_range(at.., &raised);
    }
}
