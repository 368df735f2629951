//! Where sentences end, well enough to cut passages and snippets at.
//!
//! Rules over punctuation, not a model. `/s` goes by them too, where a wrong cut loses an answer and a missing one
//! gives one too many, so what is doubtful goes on. Unicode's own rules (UAX 29) split after every abbreviation, so a
//! full stop is looked at from both sides first.

use super::Span;
use super::abbreviation::{abbreviates, is_doubled_before};
use super::note_sign::is_raised_digit;

/// Words before a full stop that don't end a sentence, lower case, without the stop.
const ABBREVIATIONS: &[&str] = &[
    "adm", "admin", "al", "amb", "approx", "apr", "art", "assn", "assoc", "atty", "aug", "ave", "blvd",
    "brig", "bros", "cap", "capt", "cdr", "cf", "ch", "cir", "cmdr", "co", "col", "cons", "corp", "cpl",
    "dec", "dept", "dist", "doc", "dr", "ed", "eds", "etc", "feb", "fig", "figs", "ft", "gen", "gov", "govs",
    "govt", "hon", "inc", "intl", "jan", "jr", "jul", "jun", "lieut", "lt", "ltd", "maj", "mar", "messrs",
    "mfg", "mr", "mrs", "ms", "msgr", "mt", "mts", "natl", "no", "nos", "nov", "oct", "op", "para", "paras",
    "pfc", "pp", "pres", "prof", "profs", "pt", "pvt", "reg", "rep", "reps", "res", "rev", "sec", "sen",
    "sens", "sept", "seq", "sgt", "sr", "st", "stat", "supp", "supt", "thurs", "transl", "tues", "univ",
    "viz", "vol", "vols", "vs",
];

/// Those of them that are words as well, and only abbreviate before a number.
const BEFORE_NUMBERS: &[&str] = &[
    "admin", "al", "art", "cir", "dist", "doc", "jul", "jun", "mar", "no", "nos", "op", "pt", "reg", "res",
    "seq", "stat", "thurs", "tues",
];

/// Words that sentences begin with and names don't, lower case: before one of them `U.S.` ends a sentence.
const OPENERS: &[&str] = &[
    "a",
    "after",
    "all",
    "also",
    "although",
    "an",
    "and",
    "as",
    "at",
    "because",
    "before",
    "both",
    "but",
    "by",
    "each",
    "for",
    "from",
    "he",
    "her",
    "here",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "instead",
    "it",
    "its",
    "many",
    "meanwhile",
    "moreover",
    "most",
    "my",
    "no",
    "nor",
    "not",
    "now",
    "on",
    "or",
    "our",
    "she",
    "since",
    "so",
    "some",
    "such",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "to",
    "today",
    "we",
    "what",
    "when",
    "where",
    "which",
    "while",
    "who",
    "why",
    "with",
    "yet",
    "you",
];

/// Words that an ordinal number stands before in German, lower case: the full stop of `1. Januar` is the number's.
const BEHIND_ORDINALS: &[&str] = &[
    "april",
    "august",
    "dezember",
    "februar",
    "jahrhundert",
    "jahrhunderts",
    "januar",
    "juli",
    "juni",
    "jänner",
    "mai",
    "märz",
    "november",
    "oktober",
    "september",
];

/// Marks in a row of which each is looked at by itself, such as those of `U.S.?!`. What follows in the row says nothing
/// else, and rows of dots that lead to a page's number are long.
const MOST_MARKS_IN_A_ROW: usize = 4;

/// Whether `text` ends as a sentence or a part of one does, in any script, also in quotes or brackets.
#[must_use]
pub fn ends_sentence(text: &str) -> bool {
    let end = text.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»', '」', '）', ' ']);
    end.ends_with(['.', '!', '?', ':', ';', '…', '。', '！', '？', '：', '；', '۔', '؟', '।'])
}

/// The sentences of `text`, in order, without the white space between them.
///
/// A line break ends a sentence only where it is doubled, since saved pages wrap lines.
#[must_use]
pub fn sentences(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut from = 0;
    let (mut row_end, mut in_row) = (0, 0);
    while let Some(at) = next_mark(text, from) {
        let Some(c) = text[at..].chars().next() else { break };
        from = at + c.len_utf8();
        in_row = if at < row_end { in_row + 1 } else { 0 };
        if in_row >= MOST_MARKS_IN_A_ROW {
            from = row_end;
            continue;
        }
        let end = match c {
            c if is_full_stop(c) => skip_closers(text, at + c.len_utf8()),
            '!' | '?' | '؟' | '…' | '‼'..='‽' | '⁇'..='⁉' => {
                let end = skip_closers(text, at + c.len_utf8());
                row_end = end;
                if !at_gap(text, end) || goes_on_behind_quote(text, at, end) {
                    continue;
                }
                end
            }
            '.' => {
                row_end = skip_closers(text, at + 1);
                let end = skip_references(text, row_end);
                if !at_gap(text, end) || !stop_ends_sentence(text, start, at, end) {
                    continue;
                }
                end
            }
            '\n' if text[at + 1..].trim_start_matches([' ', '\t']).starts_with('\n') => at,
            _ => continue,
        };
        push_trimmed(text, start, end, &mut found);
        start = end;
        from = from.max(end);
    }
    push_trimmed(text, start, text.len(), &mut found);
    found
}

/// Whether `c` ends a sentence wherever it stands, whatever follows: those of Unicode's `Sentence_Terminal`
/// (PropList.txt) that texts of today have, and Tibetan's. The little section of Burmese (U+104A) is a comma more
/// often, and parts none.
fn is_full_stop(c: char) -> bool {
    matches!(
        c,
        '։' | '۔'
            | '।'
            | '॥'
            | '།'
            | '༎'
            | '။'
            | '።'
            | '፧'
            | '፨'
            | '។'
            | '៕'
            | '᠃'
            | '᠉'
            | '。'
            | '！'
            | '．'
            | '？'
            | '｡'
    )
}

/// The first place from `from` on where a character begins that may end a sentence, by its first byte.
fn next_mark(text: &str, from: usize) -> Option<usize> {
    let may_end = |byte: &u8| {
        // The first bytes of the marks of Armenian, Arabic, Indic scripts, those from Burmese to Mongolian, and all of
        // punctuation, Chinese and full-width ones.
        matches!(byte, b'.' | b'!' | b'?' | b'\n' | 0xd6 | 0xd8 | 0xdb | 0xe0..=0xe3 | 0xef)
    };
    text.as_bytes()[from..].iter().position(may_end).map(|at| from + at)
}

/// The end of the run of marks and closing quotes or brackets that begins at `at`.
fn skip_closers(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let is_closer = |c| {
        matches!(c, '.' | '!' | '?' | '…' | '"' | '\'' | ')' | ']' | '”' | '’' | '»' | '」' | '』' | '）')
    };
    let kept = rest.trim_start_matches(|c| is_closer(c) || c > '\u{580}' && is_full_stop(c));
    at + rest.len() - kept.len()
}

/// The end of the numbers of footnotes, in brackets or set high, that begin at `at`: `[1][2]`, `¹`.
fn skip_references(text: &str, mut at: usize) -> usize {
    at += text[at..].chars().take_while(|&c| is_raised_digit(c)).map(char::len_utf8).sum::<usize>();
    while let Some(rest) = text[at..].strip_prefix('[') {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || !rest[digits..].starts_with(']') {
            break;
        }
        at += digits + 2;
    }
    at
}

/// Whether what was asked or called out between `mark` and `end` is a part of a sentence: `"Why?" he asked`.
fn goes_on_behind_quote(text: &str, mark: usize, end: usize) -> bool {
    text[mark..end].ends_with(['"', '”', '’', '»'])
        && text[end..].trim_start().starts_with(char::is_lowercase)
}

fn at_gap(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_none_or(char::is_whitespace)
}

/// Whether the full stop at `stop` in the sentence begun at `start` ends it, `end` being past
/// the closers behind the stop.
fn stop_ends_sentence(text: &str, start: usize, stop: usize, end: usize) -> bool {
    let behind = text[end..].trim_start().trim_start_matches(['"', '“', '‘', '(', '[', '«']);
    if behind.starts_with(char::is_lowercase) {
        return false;
    }
    let before = &text[start..stop];
    let word = before.rsplit(|c: char| c.is_whitespace() || "([\"“‘".contains(c)).next().unwrap_or("");
    let initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    let lower = word.to_lowercase();
    // Of `S.J.Res.` the last part tells.
    let last = lower.rsplit('.').next().unwrap_or(&lower);
    let may_abbreviate =
        || !BEFORE_NUMBERS.contains(&last) || behind.starts_with(|c: char| c.is_ascii_digit());
    // Feet at the end of a sentence are small.
    let is_name_part = lower != "ft" || word.starts_with('F');
    let known = ABBREVIATIONS.binary_search(&last).is_ok() && is_name_part && may_abbreviate();
    let list_number =
        !word.is_empty() && before.trim_start() == word && word.chars().all(|c| c.is_ascii_digit());
    let next_word = || -> String {
        behind.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
    };
    let ordinal = || is_ordinal(word) && BEHIND_ORDINALS.binary_search(&next_word().as_str()).is_ok();
    let goes_on = || is_dotted(word) && !dotted_word_ends(word, &next_word());
    let foreign = || {
        let is_before_number = behind.starts_with(|c: char| c.is_ascii_digit());
        let is_before_opener = OPENERS.binary_search(&next_word().as_str()).is_ok();
        abbreviates(word, &lower, is_before_number, is_before_opener) || is_doubled_before(word, behind)
    };
    !(initial || known || list_number || ordinal() || goes_on() || foreign())
}

/// Whether `word` is single letters with dots between, such as `U.S` and `e.g`.
fn is_dotted(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().count() <= 1)
}

/// Whether a dotted word ends a sentence before `next`, in small letters: `U.S.` does before `then`, and neither before
/// `department` nor in `31 U.S.C. 1304`; `e.g.` never does.
fn dotted_word_ends(word: &str, next: &str) -> bool {
    word.chars().any(char::is_uppercase) && OPENERS.binary_search(&next).is_ok()
}

/// Whether `word` may be the day of a date, or the number of a century.
fn is_ordinal(word: &str) -> bool {
    matches!(word.len(), 1 | 2) && word.bytes().all(|b| b.is_ascii_digit())
}

fn push_trimmed(text: &str, start: usize, end: usize, found: &mut Vec<Span>) {
    let piece = &text[start..end];
    let from = start + piece.len() - piece.trim_start().len();
    let to = start + piece.trim_end().len();
    if from < to {
        found.push(Span::new(from, to));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().filter_map(|s| s.of(text)).collect()
    }

    #[test]
    fn sentences_end_at_marks_before_a_gap() {
        assert_eq!(
            split("It fell. It rose! Why? Nobody said."),
            ["It fell.", "It rose!", "Why?", "Nobody said."]
        );
        assert_eq!(split("He said \"Stop.\" They did."), ["He said \"Stop.\"", "They did."]);
        assert_eq!(split("  "), [""; 0]);
        assert_eq!(split("no end"), ["no end"]);
    }

    #[test]
    fn abbreviations_initials_and_numbers_do_not_end_one() {
        for whole in [
            "Dr. Amara Finch met Gen. Ruiz at 4.5 per cent.",
            "J. K. Weatherby wrote it.",
            "See e.g. Article 3 of it.",
            "Version 2.0 of ibid.org came.",
            "Smith vs. Jones, No. 14.",
            "It is law (31 U.S.C. 1304) now.",
            "He signed S.J.Res. 13 and H.Con.Res. 7 into law.",
            "He met U.S. Department of State officials, and U.N. Secretary-General Ruiz.",
            "Am 1. Januar des 21. Jahrhunderts, z. B. in Bonn, fiel es.",
            "“Did it fall?” he asked.",
            "Adm. Smith met Amb. Lee and Messrs. Doe at Ft. Worth.",
            "Smith et al. 2019 and Doe et al. (2020) differ.",
            "On Apr. 5, Mar. 6 and Jun. 7 they met.",
            "Es kostet 10 Mrd. Euro, vgl. Abs. 2 und Nr. 5.",
            "La Sra. Pérez y el Gral. Ruiz viven en EE. UU. desde 1990.",
            "MM. Dupont et Mme. Durand ont voté.",
            "Il dott. Rossi e On. Bianchi hanno votato.",
            "De dhr. Jansen en mevr. Smit stemden.",
            "O Exmo. Senhor e a Sra. Lima votaram.",
            "Завод им. Кирова на ул. Мира, проф. Иванов.",
        ] {
            assert_eq!(split(whole), [whole]);
        }
        assert_eq!(split("He left the U.S. Then he returned."), ["He left the U.S.", "Then he returned."]);
        assert_eq!(split("They said no. The vote was at five."), ["They said no.", "The vote was at five."]);
        assert_eq!(split("Under Res. 2231 it may. See Doc. 5."), ["Under Res. 2231 it may.", "See Doc. 5."]);
        for (two, first) in [
            ("It was 10 ft. Workers fell.", "It was 10 ft."),
            ("He said so in Mar. The rest came.", "He said so in Mar."),
            ("Lights come On. The show begins.", "Lights come On."),
            ("Made of AA. Then they left.", "Made of AA."),
        ] {
            assert_eq!(split(two)[0], first);
        }
        assert_eq!(split("See No. 5 of it."), ["See No. 5 of it."]);
        assert_eq!(split("It fell.[1][12] Others rose."), ["It fell.[1][12]", "Others rose."]);
        assert_eq!(split("It fell.¹² Others rose."), ["It fell.¹²", "Others rose."]);
    }

    /// Each mark of a row had the rest of it looked through: ten times as long a row took a hundred times as long.
    #[test]
    fn a_row_of_dots_is_looked_through_once() {
        let row = ".".repeat(2_000_000);
        assert_eq!(split(&format!("Water {row} 7. Wine {row} x{row} 9")).len(), 2);
        assert_eq!(split(&format!("It fell{row}")).len(), 1);
        assert_eq!(split(&format!("It fell{row} Then it rose.")).len(), 2);
        assert_eq!(
            split("He left the U.S.?! Then he returned."),
            ["He left the U.S.?!", "Then he returned."]
        );
        assert_eq!(split(&"x.[".repeat(200_000)).len(), 1);
    }

    #[test]
    fn other_scripts_have_their_own_marks() {
        assert_eq!(split("他说。我听！"), ["他说。", "我听！"]);
        for two in [
            "መንግሥት አለ። ሚኒስትር መጣ።",
            "Կառավարություն։ Նախարար։",
            "အစိုးရ၊ ဝန်ကြီး။ ဝန်ကြီး။",
            "រដ្ឋាភិបាល។ រដ្ឋមន្ត្រី៕",
            "राजा॥ मन्त्री॥",
            "བོད། བོད།",
            "政府｡大臣｡",
        ] {
            assert_eq!(split(two).len(), 2, "{two}");
        }
        assert_eq!(split("यह है।। वह है।").len(), 2);
        assert_eq!(split("یہ ایک جملہ ہے۔ یہ دوسرا ہے۔").len(), 2);
        assert_eq!(split("هل هذا صحيح؟ نعم هذا صحيح.").len(), 2);
    }

    #[test]
    fn a_blank_line_ends_a_sentence_and_a_single_break_does_not() {
        assert_eq!(split("one\ntwo\n\nthree"), ["one\ntwo", "three"]);
    }

    #[test]
    fn words_are_sorted_for_the_search() {
        assert!([ABBREVIATIONS, OPENERS, BEHIND_ORDINALS].iter().all(|words| words.is_sorted()));
    }

    #[test]
    fn sentences_end_in_any_script() {
        for text in ["It ends.", "「終わる。」", "ختم ہوا۔", "(So it does!)", "It goes on …", "खत्म।"]
        {
            assert!(ends_sentence(text), "{text}");
        }
        assert!(!ends_sentence("Read more"));
    }
}
