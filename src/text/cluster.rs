//! Where a text may be cut, or a mark begin and end, without tearing what a reader sees as one sign.
//!
//! The extended grapheme clusters of Unicode (UAX 29) as far as scripts without spaces and emoji need them, and what
//! such scripts write as signs of their own though they belong to a letter beside them.

use unicode_normalization::char::is_combining_mark;

use super::Span;

/// Whether `before` and `next`, which stand side by side, belong together.
#[must_use]
pub fn are_one_sign(before: char, next: char) -> bool {
    are_one_cluster(before, next)
        // Vowels and signs behind a Thai or Lao letter, and vowels that are written before theirs.
        || matches!(next, 'ะ' | 'า' | 'ๅ' | 'ๆ' | 'ฯ' | 'ະ' | 'າ' | 'ໆ' | 'ຯ')
        || matches!(before, 'เ'..='ไ' | 'ເ'..='ໄ')
}

/// Whether `before` and `next`, which stand side by side, are drawn as one.
fn are_one_cluster(before: char, next: char) -> bool {
    let joins_what_is_before = is_combining_mark(next)
        || matches!(
            next,
            'ำ' | 'ຳ' | '\u{200c}' | '\u{200d}' | '\u{ff9e}' | '\u{ff9f}' | '\u{1f3fb}'..='\u{1f3ff}'
        );
    let joins_what_is_next = matches!(before, '\u{17d2}' | '\u{1039}' | '\u{200d}');
    !before.is_whitespace() && (joins_what_is_before || joins_what_is_next)
}

/// `span` of `text` with all of the signs that it begins and ends in.
#[must_use]
pub fn whole_clusters(text: &str, span: Span) -> Span {
    let Span { mut start, mut end } = span;
    let around = |at: usize| {
        let (before, behind) = text.split_at_checked(at)?;
        Some((before.chars().next_back()?, behind.chars().next()?))
    };
    while let Some((before, _)) = around(start).filter(|&(before, next)| are_one_cluster(before, next)) {
        start -= before.len_utf8();
    }
    while let Some((_, next)) = around(end).filter(|&(before, next)| are_one_cluster(before, next)) {
        end += next.len_utf8();
    }
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_vowels_belong_to_their_letters() {
        for (before, next) in [
            ('ท', 'ี'),
            ('ี', '่'),
            ('น', 'ำ'),
            ('เ', 'ท'),
            ('\u{17d2}', 'ព'),
            ('\u{1039}', 'က'),
            ('葛', '\u{e0100}'),
        ] {
            assert!(are_one_sign(before, next), "{before}{next}");
        }
        for (before, next) in [(' ', 'ี'), ('ท', 'ย'), ('经', '济'), ('a', 'b'), ('ນ', 'ເ')] {
            assert!(!are_one_sign(before, next), "{before}{next}");
        }
    }

    #[test]
    fn a_span_is_widened_to_whole_signs() {
        for (text, part, whole) in [
            ("ที่ดิน", "่ด", "ที่ดิ"),
            ("น้ำท่วม", "น", "น้ำ"),
            ("ไทย์", "ทย", "ทย์"),
            ("ការ", "កា", "ការ".strip_suffix('រ').unwrap()),
            ("ស្ពាន", "ស", "ស្ពា"),
            ("cafe\u{301}s", "e", "e\u{301}"),
            ("👩\u{200d}🌾.", "🌾", "👩\u{200d}🌾"),
            ("经济制裁", "济制", "济制"),
            ("a \u{301}b", "\u{301}b", "\u{301}b"),
        ] {
            let start = text.find(part).unwrap();
            let span = whole_clusters(text, Span::new(start, start + part.len()));
            assert_eq!(span.of(text), Some(whole), "{part}");
        }
    }
}
