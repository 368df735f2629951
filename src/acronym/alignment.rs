//! Sets the letters of a short form against words, from left to right.
//!
//! Each word that is used gives its first letter; it may give further ones, and words between may be passed over. Both
//! have a cost, small words such as `of` none, and what costs more than one for each letter doesn't fit.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::Span;

/// Words that are often left out of a short form, in the languages that mostly have them.
const SMALL_WORDS: [&str; 93] = [
    "a", "al", "alla", "am", "an", "and", "au", "aus", "aux", "az", "by", "con", "d", "da", "das", "de",
    "degli", "dei", "del", "dell", "della", "delle", "dello", "dem", "den", "der", "des", "di", "die", "do",
    "dos", "du", "e", "ed", "el", "em", "en", "et", "für", "for", "from", "gegen", "het", "i", "il", "im",
    "in", "into", "its", "l", "la", "las", "le", "les", "lo", "los", "na", "no", "o", "och", "of", "on",
    "op", "or", "oraz", "os", "para", "per", "por", "pour", "sur", "the", "their", "to", "ul", "und", "van",
    "ve", "voor", "vom", "von", "with", "y", "zu", "zum", "zur", "в", "для", "и", "на", "о", "по", "с",
];

/// Words for numbers that short forms write as digits: `G7`.
const NUMBERS: [(&str, &[&str]); 5] = [
    ("5", &["five", "cinq", "cinco", "fünf", "cinque"]),
    ("7", &["seven", "sept", "siete", "sieben", "sette", "sete"]),
    ("8", &["eight", "huit", "ocho", "acht", "otto", "oito"]),
    ("20", &["twenty", "vingt", "veinte", "zwanzig", "venti", "vinte"]),
    ("77", &["seventy"]),
];

/// What a letter costs that isn't its word's first.
const INNER_COST: usize = 2;

/// What it costs right behind the letter before it (`INTERPOL`), or in a long word, which may be a compound.
const EASY_INNER_COST: usize = 1;

/// Fewest characters of a word that may be a compound.
const COMPOUND_CHARS: usize = 12;

/// What it costs to pass over a word that isn't small.
const SKIPPED_COST: usize = 4;

/// What it costs to begin with a small word: few long forms do (`per employee per month`).
const SMALL_FIRST_COST: usize = 4;

/// Most words between two that are used.
const MAX_SKIPPED: usize = 4;

/// A word beside a short form.
pub(super) struct Word {
    /// Where it stands in the text.
    pub span: Span,
    letters: Vec<char>,
    small: bool,
    /// The digits that it stands for.
    number: Option<Vec<char>>,
}

impl Word {
    /// The word at `span` of a text, spelt `spelt`.
    fn new(span: Span, spelt: &str) -> Self {
        let letters = letters(spelt);
        let lower = spelt.to_lowercase();
        let number = NUMBERS.iter().find(|(_, words)| words.contains(&lower.as_str()));
        let number = number.map(|(digits, _)| digits.chars().collect());
        Self { span, letters, small: SMALL_WORDS.contains(&lower.as_str()), number }
    }

    /// The numbers of letters of `short` that it may give at its beginning, each with the cost.
    fn gives(&self, short: &[char]) -> Vec<(usize, usize)> {
        if let Some(number) = &self.number
            && short.starts_with(number)
        {
            return vec![(number.len(), 0)];
        }
        if self.letters.iter().all(char::is_ascii_digit) {
            let digits = short.iter().take_while(|c| c.is_ascii_digit()).count();
            let fits = digits > 0 && self.letters.ends_with(&short[..digits]);
            return if fits { vec![(digits, 0)] } else { Vec::new() };
        }
        self.gives_letters(short)
    }

    fn gives_letters(&self, short: &[char]) -> Vec<(usize, usize)> {
        if self.letters.first() != short.first() {
            return Vec::new();
        }
        let mut all = vec![(1, 0)];
        let (mut at, mut cost) = (1, 0);
        for (count, letter) in (2..).zip(&short[1..]) {
            let Some(further) = self.letters[at..].iter().position(|c| c == letter) else { break };
            let easy = further == 0 || self.letters.len() >= COMPOUND_CHARS;
            cost += if easy { EASY_INNER_COST } else { INNER_COST };
            at += further + 1;
            all.push((count, cost));
        }
        all
    }
}

/// The letters and digits of `text`, small and without accents.
fn letters(text: &str) -> Vec<char> {
    let plain = text.nfd().filter(|c| !is_combining_mark(*c));
    plain.flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// The words of the part of a text that begins at `offset`: runs of letters and digits; the `s` of a possessive is
/// none.
pub(super) fn words(part: &str, offset: usize) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    let ends = part.char_indices().map(|(at, c)| (at, Some(c))).chain([(part.len(), None)]);
    for (at, c) in ends {
        let inside = c.is_some_and(|c| c.is_alphanumeric() || is_combining_mark(c));
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let spelt = &part[from..at];
                if !(spelt == "s" && part[..from].ends_with(['\'', '’'])) {
                    words.push(Word::new(Span::new(offset + from, offset + at), spelt));
                }
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// How many words may stand for a short form of so many letters: Schwartz and Hearst, section 3.
pub(super) fn most_words(short: &str) -> usize {
    let letters = letters(short).len();
    letters * 2 + 5
}

/// The number of the word of `words` from which on to the last they stand for `short`; the last that fits best. If
/// `whole`, that is the first of them or none.
pub(super) fn first_word(short: &str, words: &[Word], whole: bool) -> Option<usize> {
    let letters = letters(short);
    let costs = costs(&letters, words);
    let starts = if whole { 0..words.len().min(1) } else { 0..words.len() };
    let cost_of = |start: usize| {
        let beginning = if words[start].small { SMALL_FIRST_COST } else { 0 };
        Some((costs[start][0]? + beginning, start))
    };
    let fitting = starts.filter_map(cost_of).filter(|&(cost, start)| {
        cost <= letters.len() && (start + 1 < words.len() || is_longer(&words[start], &letters))
    });
    // Of `Asian American and Pacific Islander (AAPI)` the `and` is no second `A`.
    let takes_small = |start: usize| !are_initials(short, &words[start..]);
    fitting
        .min_by_key(|&(cost, start)| (cost, takes_small(start), std::cmp::Reverse(start)))
        .map(|(_, start)| start)
}

/// Whether the letters of `short` are the first ones of `words`, but for small ones: there is no plainer way to stand
/// for them.
pub(super) fn are_initials(short: &str, words: &[Word]) -> bool {
    let initials = words.iter().filter(|word| !word.small).filter_map(|word| word.letters.first().copied());
    initials.eq(letters(short))
}

/// Whether a single word is so much longer than its short form that this is one.
fn is_longer(word: &Word, short: &[char]) -> bool {
    word.letters.len() > short.len() * 2
}

/// For each word and each number of letters: the least cost at which what is behind so many letters of `short` fits the
/// words from this one on, which is used, to the last, which is too.
fn costs(short: &[char], words: &[Word]) -> Vec<Vec<Option<usize>>> {
    let mut costs = vec![vec![None; short.len()]; words.len()];
    for (at, word) in words.iter().enumerate().rev() {
        for from in 0..short.len() {
            let mut best: Option<usize> = None;
            for (count, cost) in word.gives(&short[from..]) {
                let rest = rest_cost(&costs, words, at, from + count, short.len());
                best = best.into_iter().chain(rest.map(|rest| rest + cost)).min();
            }
            costs[at][from] = best;
        }
    }
    costs
}

/// The least cost of the letters from `from` on in the words behind the one at `at`.
fn rest_cost(
    costs: &[Vec<Option<usize>>],
    words: &[Word],
    at: usize,
    from: usize,
    letters: usize,
) -> Option<usize> {
    if from == letters {
        return (at + 1 == words.len()).then_some(0);
    }
    let mut skipped = 0;
    let mut best: Option<usize> = None;
    for next in (at + 1..words.len()).take(MAX_SKIPPED + 1) {
        best = best.into_iter().chain(costs[next][from].map(|cost| cost + skipped)).min();
        skipped += if words[next].small { 0 } else { SKIPPED_COST };
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn long_form<'t>(short: &str, text: &'t str) -> Option<&'t str> {
        let words = words(text, 0);
        first_word(short, &words, false).map(|first| &text[words[first].span.start..])
    }

    #[test]
    fn each_word_gives_its_first_letter() {
        assert_eq!(long_form("WTO", "of the World Trade Organization"), Some("World Trade Organization"));
        assert_eq!(
            long_form("UNESCO", "United Nations Educational, Scientific and Cultural Organization")
                .map(str::len),
            Some(64)
        );
        assert_eq!(long_form("WTO", "World Trade Center"), None);
        assert_eq!(long_form("AFP", "Kabul, Afghanistan"), None);
    }

    #[test]
    fn what_is_passed_over_costs() {
        assert_eq!(long_form("ABC", "Alpha Beta Other Cost"), None);
        assert_eq!(long_form("ABCDE", "Alpha Beta Other Cost Delta Echo").map(str::len), Some(32));
        assert_eq!(long_form("ABC", "Alpha of the Beta in Cost").map(str::len), Some(25));
    }

    /// Half of the name was left out, as `American and Pacific Islander` fits too.
    #[test]
    fn a_small_word_gives_a_letter_where_no_other_does() {
        assert_eq!(
            long_form("AAPI", "for Asian American and Pacific Islander"),
            Some("Asian American and Pacific Islander")
        );
        assert_eq!(long_form("DoD", "the Department of Defense"), Some("Department of Defense"));
        assert_eq!(long_form("BoE", "a Bank of England"), Some("Bank of England"));
    }

    #[test]
    fn small_words_hardly_begin_anything() {
        assert_eq!(long_form("OTP", "of Trade Policy"), None);
        assert_eq!(long_form("PEPM", "sites charge per employee per month"), Some("per employee per month"));
    }
}
