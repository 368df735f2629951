//! Which words a pattern of a query stands for, as automata over folded words.

use unicode_normalization::UnicodeNormalization;

use crate::analysis::fold;
use crate::query::{Form, Leaf, Pattern};
use crate::text::{WordAutomaton, is_found_in_pairs};

/// Question marks of a pattern of which each may be what parts two words: each doubles the alternatives.
const MAX_PARTING_MARKS: usize = 2;

/// One way in which a pattern may be meant.
#[derive(Debug)]
pub struct PatternReading {
    /// The words that have to stand side by side.
    pub slots: Vec<WordAutomaton>,
    /// What of them is meant.
    pub meant: WordPart,
}

/// What of a word is meant, where that may be one of the two characters that it was cut into a word with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordPart {
    /// All of it.
    Whole,
    /// The first character of a pair.
    First,
    /// The second character of a pair.
    Second,
}

impl PatternReading {
    fn whole(slots: Vec<WordAutomaton>) -> Self {
        Self { slots, meant: WordPart::Whole }
    }
}

/// The ways in which `leaf` may be meant; none if it is no pattern.
///
/// `counter-terror*` are two words. A question mark between letters may be a letter or what parts two words:
/// `counter?terrorism` is one word or two.
#[must_use]
pub fn pattern_readings(leaf: &Leaf<'_>) -> Vec<PatternReading> {
    match leaf.form {
        Form::Any | Form::Written { .. } => Vec::new(),
        Form::Fuzzy { edits } => {
            vec![PatternReading::whole(vec![WordAutomaton::fuzzy(&fold(leaf.text), edits)])]
        }
        Form::Regex => {
            // Folding a range of characters may turn it around.
            let folded = WordAutomaton::regex(&folded_letters(leaf.text));
            let automaton = folded.or_else(|_| WordAutomaton::regex(leaf.text));
            automaton.into_iter().map(|automaton| PatternReading::whole(vec![automaton])).collect()
        }
        Form::Wildcard => {
            let readings = readings(leaf.text);
            readings
                .iter()
                .flat_map(|reading| without_dots(reading))
                .flat_map(|reading| read_in_pairs(&reading))
                .filter_map(|(reading, meant)| Some(PatternReading { slots: slots(&reading)?, meant }))
                .collect()
        }
    }
}

/// The ways to read a wildcard: with each question mark between letters as a character, or as a space.
fn readings(pattern: &str) -> Vec<String> {
    let letters: Vec<char> = pattern.chars().collect();
    let parting = |at: usize| {
        let is_letter =
            |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|c| c.is_alphanumeric());
        letters[at] == '?' && is_letter(at.checked_sub(1)) && is_letter(Some(at + 1))
    };
    let marks: Vec<usize> =
        (0..letters.len()).filter(|&at| parting(at)).take(MAX_PARTING_MARKS + 1).collect();
    let marks = if marks.len() > MAX_PARTING_MARKS { Vec::new() } else { marks };
    let read = |choice: usize| {
        let parts =
            |at: usize| marks.iter().position(|&mark| mark == at).is_some_and(|bit| choice >> bit & 1 == 1);
        letters.iter().enumerate().map(|(at, &c)| if parts(at) { ' ' } else { c }).collect()
    };
    (0..1 << marks.len()).map(read).collect()
}

/// The ways to read a wildcard with single letters and full stops in it: in texts `U.S.` is one word. What begins with
/// the last of the letters may be one more of them, or a word: `U.S*`.
fn without_dots(pattern: &str) -> Vec<String> {
    let chars: Vec<char> = pattern.chars().collect();
    let is = |at: Option<usize>, wanted: fn(char) -> bool| {
        at.and_then(|at| chars.get(at)).is_some_and(|&c| wanted(c))
    };
    // Whether the character at `at` is a letter with none beside it.
    let is_lone = |at: Option<usize>| {
        let at = at.filter(|&at| is(Some(at), char::is_alphabetic));
        at.is_some_and(|at| {
            let goes_on: fn(char) -> bool = |c| c.is_alphanumeric() || c == '*';
            !is(at.checked_sub(1), goes_on) && !is(Some(at + 1), char::is_alphanumeric)
        })
    };
    let joins = |at: &usize| chars[*at] == '.' && is_lone(at.checked_sub(1)) && is_lone(Some(at + 1));
    let dots: Vec<usize> = (0..chars.len()).filter(joins).collect();
    if dots.is_empty() {
        return vec![pattern.to_owned()];
    }
    let without = |dots: &[usize]| -> String {
        chars.iter().enumerate().filter(|(at, _)| !dots.contains(at)).map(|(_, &c)| c).collect()
    };
    let mut readings = vec![without(&dots)];
    let (last, before) = dots.split_last().map_or((0, &dots[..]), |(&last, before)| (last, before));
    if is(Some(last + 2), |c| c == '*') {
        readings.push(without(before));
    }
    readings
}

/// Characters up to which a star between two of a script whose words are found in pairs may stand for.
const MAX_CHARS_OF_A_STAR: usize = 2;

/// The ways to read a wildcard in a script whose words are found in pairs of characters, with what is meant of its
/// words; other wildcards as they are.
///
/// A star at the end of such a word says nothing: any word may go on. A lone character is the first or the second of a
/// pair, or stands alone.
fn read_in_pairs(pattern: &str) -> Vec<(String, WordPart)> {
    let chars: Vec<char> = pattern.chars().collect();
    let in_pairs = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|&c| is_found_in_pairs(c));
    let mut readings = vec![String::new()];
    for (at, &c) in chars.iter().enumerate() {
        let (behind, before) = (in_pairs(at.checked_sub(1)), in_pairs(Some(at + 1)));
        match c {
            '*' if behind && before && readings.len() == 1 => {
                readings =
                    (0..=MAX_CHARS_OF_A_STAR).map(|some| readings[0].clone() + &"?".repeat(some)).collect();
            }
            '*' if behind || before => {}
            c => readings.iter_mut().for_each(|reading| reading.push(c)),
        }
    }
    match readings.as_slice() {
        [only] if is_lone_character(only) => vec![
            (format!("{only}?"), WordPart::First),
            (format!("?{only}"), WordPart::Second),
            (readings.remove(0), WordPart::Whole),
        ],
        _ => readings.into_iter().map(|reading| (reading, WordPart::Whole)).collect(),
    }
}

fn is_lone_character(text: &str) -> bool {
    text.chars().count() == 1 && text.chars().all(is_found_in_pairs)
}

/// The words that `word` is cut into where it is in a script whose words are found in pairs of characters: its pairs,
/// with the question marks among them, and what stands beside it.
fn pairs(word: &str) -> Vec<String> {
    let chars: Vec<char> = word.chars().collect();
    let in_pairs: Vec<bool> =
        (0..chars.len()).map(|at| is_found_in_pairs(chars[at]) || is_mark_of_pairs(&chars, at)).collect();
    let places: Vec<usize> = (0..chars.len()).collect();
    let text = |places: &[usize]| -> String { places.iter().map(|&at| chars[at]).collect() };
    let runs = places.chunk_by(|&one, &next| in_pairs[one] == in_pairs[next]);
    runs.flat_map(|run| match run {
        [_, _, ..] if in_pairs[run[0]] => run.windows(2).map(text).collect(),
        run => vec![text(run)],
    })
    .collect()
}

/// Whether a question mark stands at `at`, by characters that are found in pairs, with others between at most.
fn is_mark_of_pairs(chars: &[char], at: usize) -> bool {
    let is_in_pairs = |c: Option<&char>| c.is_some_and(|&c| is_found_in_pairs(c));
    chars[at] == '?'
        && (is_in_pairs(chars[..at].iter().rfind(|&&c| c != '?'))
            || is_in_pairs(chars[at..].iter().find(|&&c| c != '?')))
}

/// The words of one reading, as automata; none if it holds no letter or is too complex.
fn slots(reading: &str) -> Option<Vec<WordAutomaton>> {
    let reading = reading.strip_suffix("'s").or_else(|| reading.strip_suffix("’s")).unwrap_or(reading);
    let parts_words = |c: char| c == ' ' || Pattern::SIGNS.contains(&c);
    let words = reading.split(parts_words).filter(|word| word.chars().any(char::is_alphanumeric));
    let words = words.flat_map(pairs);
    let slots: Option<Vec<_>> =
        words.map(|word| WordAutomaton::wildcard(&folded_between_signs(&word)).ok()).collect();
    slots.filter(|slots| !slots.is_empty())
}

/// `pattern` with what stands between its stars and question marks folded.
fn folded_between_signs(pattern: &str) -> String {
    let mut folded = String::with_capacity(pattern.len());
    for piece in pattern.split_inclusive(['*', '?']) {
        let letters = piece.trim_end_matches(['*', '?']);
        folded.push_str(&fold(letters));
        folded.push_str(&piece[letters.len()..]);
    }
    folded
}

/// The regular expression `pattern` with the letters beyond ASCII folded; the others have meanings.
fn folded_letters(pattern: &str) -> String {
    let mut folded = String::with_capacity(pattern.len());
    let mut letter = [0; 4];
    for c in pattern.nfc() {
        if c.is_ascii() { folded.push(c) } else { folded.push_str(&fold(c.encode_utf8(&mut letter))) }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Weight;

    /// Whether the words stand for the pattern, side by side.
    fn stands_for(text: &str, form: Form, words: &[&str]) -> bool {
        pattern_readings(&Leaf { text, form, scope: None, weight: Weight::FULL }).iter().any(|reading| {
            let slots = &reading.slots;
            slots.len() == words.len() && slots.iter().zip(words).all(|(slot, word)| slot.matches(word))
        })
    }

    #[test]
    fn a_question_mark_is_a_letter_or_what_parts_words() {
        let stands = |words: &[&str]| stands_for("counter?terrorism", Form::Wildcard, words);
        assert!(stands(&["counter", "terrorism"]) && stands(&["counterxterrorism"]));
        assert!(!stands(&["counterterrorism"]) && !stands(&["terrorism"]));
        assert_eq!(
            pattern_readings(&Leaf {
                text: "a?b?c?d",
                form: Form::Wildcard,
                scope: None,
                weight: Weight::FULL
            })
            .len(),
            1
        );
    }

    #[test]
    fn words_of_scripts_without_spaces_are_pairs_of_characters() {
        let stands = |pattern: &str, words: &[&str]| stands_for(pattern, Form::Wildcard, words);
        assert!(stands("经济制裁*", &["经济", "济制", "制裁"]));
        assert!(stands("*制裁", &["制裁"]) && stands("税*", &["税收"]) && stands("税*", &["关税"]));
        assert!(stands("税*", &["税"]) && !stands("税*", &["经济"]));
        assert!(stands("经?制", &["经济", "济制"]) && stands("经*制", &["经制"]));
        assert!(stands("经*制", &["经济", "济法", "法制"]));
        assert!(stands("WTO规则*", &["wto", "规则"]) && stands("정부*", &["정부"]));
    }

    #[test]
    fn patterns_are_folded_and_cut_as_words_are() {
        assert!(stands_for("PÊCH*", Form::Wildcard, &["pecheries"]));
        assert!(stands_for("pe\u{302}ch*", Form::Wildcard, &["pecheries"]));
        assert!(stands_for("Counter-Terror*", Form::Wildcard, &["counter", "terrorism"]));
        assert!(stands_for("chin*'s", Form::Wildcard, &["china"]));
        assert!(stands_for("nuclear-*", Form::Wildcard, &["nuclear"]));
        assert!(stands_for("A/RES/7*", Form::Wildcard, &["a", "res", "70"]));
        assert!(stands_for("S.21*", Form::Wildcard, &["s", "2155"]));
        assert!(stands_for("U.S.-Ch*", Form::Wildcard, &["us", "china"]));
        assert!(stands_for("U.S.S.R*", Form::Wildcard, &["ussr"]));
        assert!(stands_for("D.C*", Form::Wildcard, &["dc"]));
        assert!(stands_for("D.C*", Form::Wildcard, &["d", "council"]));
        assert!(!stands_for("U.S.*", Form::Wildcard, &["u", "s"]));
        assert!(stands_for("Kurıla", Form::Fuzzy { edits: 1 }, &["kurilla"]));
        assert!(stands_for("Pêch(eur|erie)s?", Form::Regex, &["pecheries"]));
        assert!(stands_for("[z-é]x", Form::Regex, &["zx"]), "a range that folding would turn around");
    }
}
