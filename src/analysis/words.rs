//! Cuts text into words: runs of letters and digits, with care for dotted acronyms, thousands
//! separators, possessives, and scripts that part no words.
//!
//! Words keep their spelling here; folding and stemming come later.

use unicode_normalization::char::is_combining_mark;

use super::fold::is_variation_selector;
use super::number::{YEAR_DIGITS, grouped_end};
use super::writings::is_acronym_part;
use crate::text::{Span, is_found_in_pairs, is_raised_digit, may_have_note};

/// Zero-width non-joiner and joiner: inside a word they belong to it.
pub(super) const JOINERS: [char; 2] = ['\u{200c}', '\u{200d}'];

/// Signs of stress, exclamation and question in Armenian, which stand over a vowel within their word.
pub(super) const ARMENIAN_SIGNS: [char; 3] = ['՛', '՜', '՞'];

/// A letter in Unicode, and an apostrophe to whoever writes it: `обʼєднання`, `Qurʼan`.
const MODIFIER_APOSTROPHE: char = '\u{2bc}';

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Where it stands.
    pub span: Span,
    /// How it is spelt.
    pub kind: WordKind,
}

/// What a word is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordKind {
    /// Letters, digits and marks.
    Plain,
    /// Letters and dots (`U.S`), digits in groups (`1,000`), or a decade (`1990's`): what is no letter or digit
    /// doesn't count.
    Punctuated,
    /// Two neighbouring characters of a script that parts no words, or one that stands alone.
    Bigram,
}

/// Calls `found` for every word of `text`, in order.
///
/// Text in Chinese, Japanese, Korean, Thai, Lao, Khmer or Burmese gives every pair of neighbouring
/// characters, so that any word of two characters is found wherever it stands.
pub(super) fn each_word(text: &str, mut found: impl FnMut(Word)) {
    let mut at = 0;
    while at < text.len() {
        let byte = text.as_bytes()[at];
        if byte.is_ascii() {
            at = if byte.is_ascii_alphanumeric() { word(text, at, &mut found) } else { at + 1 };
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        if is_found_in_pairs(c) {
            at = bigrams(text, at, &mut found);
        } else if c.is_alphanumeric() && c != MODIFIER_APOSTROPHE {
            at = word(text, at, &mut found);
        } else {
            at += c.len_utf8();
        }
    }
}

fn word(text: &str, start: usize, found: &mut impl FnMut(Word)) -> usize {
    let plain = run_end(text, start);
    let (end, kind) = match special_end(text, start, plain) {
        Some(end) => (end, WordKind::Punctuated),
        None => (plain, WordKind::Plain),
    };
    found(Word { span: Span::new(start, end), kind });
    note_sign_end(text, end, possessive_end(text, end).unwrap_or(end))
}

/// The end of the sign of a footnote that begins at `at`, behind a word that ends at `end`; `at` if there is none.
fn note_sign_end(text: &str, end: usize, at: usize) -> usize {
    let is_ascii = text.as_bytes().get(at).is_none_or(u8::is_ascii);
    if is_ascii || !may_have_note(&text[..end]) {
        return at;
    }
    at + text[at..].chars().take_while(|&c| is_raised_digit(c)).map(char::len_utf8).sum::<usize>()
}

/// The end of a word that has signs in it, of which the part without any ends at `plain`.
fn special_end(text: &str, start: usize, plain: usize) -> Option<usize> {
    dotted_end(text, start, plain)
        .or_else(|| grouped_end(text, start, plain, |next| run_end(text, next)))
        .or_else(|| decade_end(text, start, plain))
}

/// The end of a decade with an apostrophe, `1990's`, of which the year ends at `plain`.
fn decade_end(text: &str, start: usize, plain: usize) -> Option<usize> {
    let year = &text.as_bytes()[start..plain];
    let is_decade = year.len() == YEAR_DIGITS && year.ends_with(b"0") && year.iter().all(u8::is_ascii_digit);
    is_decade.then(|| possessive_end(text, plain)).flatten()
}

/// The end of the run of word characters that begins at `start`.
fn run_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while at < bytes.len() {
        if bytes[at].is_ascii() {
            if !bytes[at].is_ascii_alphanumeric() {
                break;
            }
            at += 1;
            continue;
        }
        match text[at..].chars().next() {
            Some(c) if is_raised_digit(c) && may_have_note(&text[start..at]) => break,
            Some(c) if continues_word(c) => at += c.len_utf8(),
            _ => break,
        }
    }
    at
}

fn continues_word(c: char) -> bool {
    (c.is_alphanumeric() && c != MODIFIER_APOSTROPHE && !is_found_in_pairs(c))
        || is_combining_mark(c)
        || JOINERS.contains(&c)
        || ARMENIAN_SIGNS.contains(&c)
}

/// The end of a dotted acronym such as `U.S.` that begins at `start`, without a last dot.
fn dotted_end(text: &str, start: usize, first_end: usize) -> Option<usize> {
    let is_part = |start, end| is_acronym_part(&text[start..end]);
    let mut end = is_part(start, first_end).then_some(first_end)?;
    let mut letters = 1;
    while text[end..].starts_with('.') {
        let next_end = run_end(text, end + 1);
        if !is_part(end + 1, next_end) {
            break;
        }
        end = next_end;
        letters += 1;
    }
    (letters > 1).then_some(end)
}

/// The end of the `'s` that begins at `at`, if there is one.
fn possessive_end(text: &str, at: usize) -> Option<usize> {
    let rest = text[at..].strip_prefix(['\'', '’'])?;
    let rest = rest.strip_prefix(['s', 'S'])?;
    let ends = rest.chars().next().is_none_or(|c| !continues_word(c) || is_raised_digit(c));
    ends.then_some(text.len() - rest.len())
}

fn bigrams(text: &str, start: usize, found: &mut impl FnMut(Word)) -> usize {
    let mut chars = characters(text, start);
    let Some(Span { start: mut previous, mut end }) = chars.next() else { return start };
    let mut pairs = 0;
    for Span { start: at, end: next_end } in chars {
        end = next_end;
        found(Word { span: Span::new(previous, end), kind: WordKind::Bigram });
        previous = at;
        pairs += 1;
    }
    if pairs == 0 {
        found(Word { span: Span::new(start, end), kind: WordKind::Bigram });
    }
    end
}

/// The characters that are found in pairs from `start` on, each with what is set upon it: the voicing marks of
/// half-width katakana make one of two, so do the signs of a Thai or Lao `am`, which is mostly written as one, and a
/// variation selector or a joiner says only how a character looks.
fn characters(text: &str, start: usize) -> impl Iterator<Item = Span> {
    let mut chars = text[start..].char_indices().peekable();
    std::iter::from_fn(move || {
        let (at, c) = chars.next().filter(|&(_, c)| is_found_in_pairs(c))?;
        let mut end = at + c.len_utf8();
        while let Some((at, mark)) = chars.next_if(|&(_, mark)| is_set_upon(mark, c)) {
            end = at + mark.len_utf8();
        }
        Some(Span::new(start + at, start + end))
    })
}

fn is_set_upon(mark: char, c: char) -> bool {
    match mark {
        '\u{e32}' => c == '\u{e4d}',
        '\u{eb2}' => c == '\u{ecd}',
        '\u{3099}' | '\u{309a}' | '\u{ff9e}' | '\u{ff9f}' => ('\u{3041}'..='\u{ff9d}').contains(&c),
        mark => is_variation_selector(mark) || JOINERS.contains(&mark),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut all = Vec::new();
        each_word(text, |word| all.push(word.span.of(text).unwrap()));
        all
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        assert_eq!(words("ISIS-K, UNSCR-1325 (2000)."), ["ISIS", "K", "UNSCR", "1325", "2000"]);
        assert_eq!(words("A/RES/70/1 fox-it COVID-19"), ["A", "RES", "70", "1", "fox", "it", "COVID", "19"]);
        assert_eq!(words("naïve café — Łódź"), ["naïve", "café", "Łódź"]);
        assert_eq!(words(" …"), [""; 0]);
    }

    #[test]
    fn dotted_acronyms_hold_together() {
        assert_eq!(
            words("U.S.-China, the U.N. and e.g. S.2155"),
            ["U.S", "China", "the", "U.N", "and", "e.g", "S", "2155"]
        );
        assert_eq!(words("Plan A. But B.C"), ["Plan", "A", "But", "B.C"]);
        assert_eq!(words("Los EE.UU. y EE. UU."), ["Los", "EE.UU", "y", "EE", "UU"]);
    }

    #[test]
    fn thousands_hold_together_and_lists_of_numbers_do_not() {
        assert_eq!(words("1,250,000; 1,25; 2001,2002"), ["1,250,000", "1", "25", "2001", "2002"]);
        assert_eq!(words("1.250.000 und 1’250’000, 10'000"), ["1.250.000", "und", "1’250’000", "10'000"]);
        assert_eq!(words("12,34,567; 1,00,000; 1,25,30"), ["12,34,567", "1,00,000", "1", "25", "30"]);
        assert_eq!(
            words("١٬٢٥٠٬٠٠٠ १,२५,००० １，２５０円札"),
            ["١٬٢٥٠٬٠٠٠", "१,२५,०००", "１，２５０", "円札"]
        );
        assert_eq!(words("1，250"), ["1", "250"]);
        assert_eq!(
            words("3.125 per cent, 1,250.75, 31.12.2020"),
            ["3", "125", "per", "cent", "1,250", "75", "31", "12", "2020"]
        );
    }

    #[test]
    fn a_possessive_s_goes_and_other_apostrophes_part() {
        assert_eq!(
            words("the 1990's and 2020’s, not 1991's"),
            ["the", "1990's", "and", "2020’s", "not", "1991"]
        );
        assert_eq!(
            words("China's l’accord don't O'Brien"),
            ["China", "l", "accord", "don", "t", "O", "Brien"]
        );
        assert_eq!(words("обʼєднання"), words("об'єднання"));
    }

    #[test]
    fn the_sign_of_a_footnote_is_no_part_of_its_word() {
        assert_eq!(words("sanctions¹ in März¹² and China's³"), ["sanctions", "in", "März", "and", "China"]);
        assert_eq!(words("km² x² CO₂ ¹ See"), ["km²", "x²", "CO₂", "¹", "See"]);
    }

    #[test]
    fn unspaced_scripts_give_pairs() {
        assert_eq!(words("经济制裁"), ["经济", "济制", "制裁"]);
        assert_eq!(words("在 UN 的"), ["在", "UN", "的"]);
        assert_eq!(words("2020年"), ["2020", "年"]);
        assert_eq!(words("ｶﾞｻﾞ地区"), ["ｶﾞｻﾞ", "ｻﾞ地", "地区"]);
        assert_eq!(words("葛\u{e0100}城市"), ["葛\u{e0100}城", "城市"]);
        assert_eq!(words("พ.ศ.๒๕๖๓"), ["พ", "ศ", "๒๕๖๓"]);
        assert_eq!(words("⼀带⼀路"), ["⼀带", "带⼀", "⼀路"]);
    }

    #[test]
    fn joiners_and_marks_stay_in_their_word() {
        assert_eq!(words("می\u{200c}خواهم"), ["می\u{200c}خواهم"]);
        assert_eq!(words("हिन्दी में"), ["हिन्दी", "में"]);
        assert_eq!(words("ինչպե՞ս, հիմա՛"), ["ինչպե՞ս", "հիմա՛"]);
        assert_eq!(words("ក\u{200c}ខ"), ["ក\u{200c}ខ"]);
        assert_eq!(words("ต\u{e4d}\u{e32}"), ["ต\u{e4d}\u{e32}"]);
        assert_eq!(words("ไทย\u{200b}ลาว"), ["ไท", "ทย", "ลา", "าว"]);
    }
}
