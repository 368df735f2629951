//! Where a text may define a short form: at brackets, and at commas with an `or` behind them.

use memchr::{memchr2_iter, memmem};

use super::alignment::{Word, are_initials, first_word, most_words, words};
use super::short::singular;
use crate::text::Span;

/// Longest content of brackets, in bytes, that is looked at.
const MAX_CONTENT_BYTES: usize = 160;

/// Longest text before a bracket or comma, in bytes, that is looked at: more than its words may have.
const MAX_BEFORE_BYTES: usize = 320;

/// Words before a short form in brackets, or before a long form, that don't belong to it.
const INTRODUCTIONS: [&str; 38] = [
    "or",
    "the",
    "a",
    "an",
    "also",
    "known",
    "as",
    "commonly",
    "better",
    "hereafter",
    "hereinafter",
    "henceforth",
    "abbreviated",
    "called",
    "short",
    "for",
    "in",
    "formerly",
    "o",
    "ou",
    "oder",
    "la",
    "le",
    "el",
    "die",
    "der",
    "das",
    "kurz",
    "abgekürzt",
    "ci-après",
    "en",
    "por",
    "sus",
    "siglas",
    "или",
    "далее",
    "sigle",
    "e",
];

/// Articles and prepositions of French and Italian that are joined to the word behind them.
const ELIDED: [&str; 14] =
    ["l", "L", "d", "D", "qu", "Qu", "un", "Un", "all", "All", "dell", "dall", "nell", "sull"];

/// Fewest letters of a short form behind a mere `or`.
const FEWEST_INITIALS: usize = 3;

/// What stands behind a comma before another name of the same: `, or IMF,`.
const OTHERWISE: [&str; 12] = [
    "or",
    "o",
    "u",
    "ou",
    "oder",
    "kurz",
    "или",
    "known as",
    "also known as",
    "commonly known as",
    "better known as",
    "abbreviated",
];

/// Calls `found` with each short form in the singular and its long form as `text` has it.
pub(super) fn each_candidate(text: &str, mut found: impl FnMut(&str, &str)) {
    let bytes = text.as_bytes();
    for at in memchr2_iter(b'(', b',', bytes) {
        if bytes[at] == b'(' {
            at_bracket(text, at, &mut found);
        } else if bytes.get(at + 1) == Some(&b' ') {
            at_comma(text, at, &mut found);
        }
    }
    for space in memmem::find_iter(bytes, b" o") {
        at_or(text, space, &mut found);
    }
}

/// What the bracket that opens at `open` may define.
fn at_bracket(text: &str, open: usize, found: &mut impl FnMut(&str, &str)) {
    let Some(content) = content(text, open + 1) else { return };
    let inside = content.of(text).unwrap_or_default();
    if let Some(short) = short_in(inside) {
        before(text, open, short, found);
    } else if let Some(short) = last_word(&text[..open]) {
        behind(text, content, short, found);
    }
}

/// What may be defined by what stands behind the comma at `comma`.
fn at_comma(text: &str, comma: usize, found: &mut impl FnMut(&str, &str)) {
    let rest = &text[comma + 2..];
    let otherwise = OTHERWISE.iter().find_map(|word| rest.strip_prefix(word)?.strip_prefix(' '));
    let Some(name) = otherwise else { return };
    let name = name.strip_prefix("the ").unwrap_or(name);
    let end = name.find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ')')).unwrap_or(name.len());
    let word = name[..end].trim_end_matches('.');
    let ends_there = matches!(name[word.len()..].chars().next(), None | Some(',' | '.' | ';' | ')'));
    if let Some(short) = singular(unquoted(word)).filter(|_| ends_there) {
        before(text, comma, short, found);
    } else if let Some(short) = last_word(&text[..comma]) {
        let start = text.len() - name.len();
        let limit = floor(text, start + MAX_CONTENT_BYTES);
        let length = text[start..limit].find([',', ';', ':', '.', '(', ')', '\n']).unwrap_or(0);
        behind(text, Span::new(start, start + length), short, found);
    }
}

/// What stands before an `or` without a comma.
const OR: [&str; 3] = [" or ", " ou ", " oder "];

/// What may be defined by the word behind the `or` before which the space at `space` stands:
/// `the International Monetary Fund or IMF`. Other words are joined so too, so that nothing but first letters counts.
fn at_or(text: &str, space: usize, found: &mut impl FnMut(&str, &str)) {
    let Some(rest) = OR.iter().find_map(|or| text[space..].strip_prefix(or)) else { return };
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let Some(short) = singular(&rest[..end]).filter(|short| short.chars().count() >= FEWEST_INITIALS) else {
        return;
    };
    before(text, space, short, &mut |short: &str, long: &str| {
        if are_initials(short, &words(long, 0)) {
            found(short, long);
        }
    });
}

/// The long form of `short` that ends before `end`.
fn before(text: &str, end: usize, short: &str, found: &mut impl FnMut(&str, &str)) {
    let end = text[..end].trim_end_matches(|c: char| c.is_whitespace() && c != '\n' || is_quote(c)).len();
    let start = sentence_start(text, end);
    let mut words = words(&text[start..end], start);
    let ends_there = |word: &Word| word.span.end == end || is_possessive(&text[word.span.end..end]);
    if !words.last().is_some_and(ends_there) {
        return;
    }
    let surplus = words.len().saturating_sub(most_words(short));
    words.drain(..surplus);
    if let Some(first) = first_word(short, &words, false) {
        report(text, short, &words[first..], found);
    }
}

/// The long form of `short` that `content` is, or begins with up to a comma.
fn behind(text: &str, content: Span, short: &str, found: &mut impl FnMut(&str, &str)) {
    let inside = content.of(text).unwrap_or_default();
    let to_comma = inside.find([',', ';']).unwrap_or(inside.len());
    for end in [inside.len(), to_comma] {
        let mut words = words(&inside[..end], content.start);
        let introducing = words
            .iter()
            .take_while(|word| word.span.of(text).is_some_and(|word| INTRODUCTIONS.contains(&word)));
        let introducing = introducing.count();
        words.drain(..introducing);
        let is_long = match words.as_slice() {
            [only] => is_compound(only.span.of(text).unwrap_or_default()),
            several => several.len() <= most_words(short),
        };
        if is_long && !words.is_empty() && first_word(short, &words, true).is_some() {
            return report(text, short, &words, found);
        }
    }
}

/// Fewest characters of a word that stands for a short form by itself, as compounds do.
const FEWEST_CHARS_OF_A_COMPOUND: usize = 12;

/// Whether `word` is a long name: `Bundesnachrichtendienst`.
fn is_compound(word: &str) -> bool {
    word.chars().count() >= FEWEST_CHARS_OF_A_COMPOUND && word.starts_with(char::is_uppercase)
}

/// Reports what `words` stand for, unless the short form is one of them.
fn report(text: &str, short: &str, words: &[Word], found: &mut impl FnMut(&str, &str)) {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
    let long = &text[first.span.start..last.span.end];
    let repeated = words.iter().any(|word| word.span.of(text) == Some(short));
    if !repeated && long.chars().any(char::is_lowercase) {
        found(short, long);
    }
}

/// What stands between the bracket before `start` and the one that closes it, if none opens before.
fn content(text: &str, start: usize) -> Option<Span> {
    let part = &text[start..floor(text, start + MAX_CONTENT_BYTES)];
    let end = part.find(['(', ')', '\n'])?;
    part[end..].starts_with(')').then_some(Span::new(start, start + end))
}

/// The short form in the singular that the content of brackets begins with, as far as a comma or an `or`.
fn short_in(content: &str) -> Option<&str> {
    let part = content.split([',', ';', ':']).next().unwrap_or_default();
    let words = part.split_whitespace().map(|word| unquoted(without_elision(word)));
    let mut words = words.skip_while(|word| INTRODUCTIONS.contains(word));
    let short = words.next()?;
    let alone = words.next().is_none_or(|next| OTHERWISE.contains(&next));
    singular(short).filter(|_| alone)
}

/// The short form in the singular that `text` ends with.
fn last_word(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(' ');
    let start = text.rfind(|c: char| c.is_whitespace() || matches!(c, '(' | ',')).map_or(0, |at| at + 1);
    singular(unquoted(without_elision(text.get(start..)?)))
}

/// `word` without an article that is joined to it: `L'ONU`, `dell’ONU`.
fn without_elision(word: &str) -> &str {
    match word.split_once(['\'', '’']) {
        Some((article, rest)) if ELIDED.contains(&article) && !rest.is_empty() => rest,
        _ => word,
    }
}

fn unquoted(word: &str) -> &str {
    word.trim_matches(is_quote)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '\'' | '‘' | '’')
}

fn is_possessive(behind: &str) -> bool {
    matches!(behind, "'s" | "’s" | "s'" | "s’")
}

/// Where the sentence that `end` lies in begins, as far as a long form may reach back.
fn sentence_start(text: &str, end: usize) -> usize {
    let from = ceiling(text, end.saturating_sub(MAX_BEFORE_BYTES));
    let mut start = from;
    for (at, c) in text[from..end].char_indices() {
        let at = from + at;
        let behind = at + c.len_utf8();
        let breaks = match c {
            '(' | ')' | '[' | ']' | ';' | ':' | '!' | '?' | '\n' | '•' | '|' | '–' | '—' => true,
            '.' => text[behind..].starts_with(char::is_whitespace) && !is_initial(&text[..at]),
            _ => false,
        };
        if breaks {
            start = behind;
        }
    }
    start
}

/// Whether the word at the end of `text` is a single letter, as in `U.S.`.
fn is_initial(text: &str) -> bool {
    let mut last = text.chars().rev();
    last.next().is_some_and(char::is_alphabetic) && !last.next().is_some_and(char::is_alphanumeric)
}

fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}

fn ceiling(text: &str, at: usize) -> usize {
    text.ceil_char_boundary(at)
}
