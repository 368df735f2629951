//! Stems of Hebrew: as in Arabic, what may be written onto a word is taken off it, and it is found with that and
//! without.

use super::fold::fold;
use super::stemmer::Asker;

/// Letters that have to be left of a word.
const MIN_LETTERS: usize = 3;

/// Letters that have to be left of a word that a query looks for without what may be written onto it.
const MIN_LETTERS_ASKED: usize = 4;

/// What may be written onto a word, in this order, each once: `and`; `that` and `when`; `in`, `to`, `as` and `from`;
/// `the`.
const WRITTEN_ONTO: [&[&str]; 4] = [&["ו"], &["כש", "ש"], &["ב", "ל", "כ", "מ"], &["ה"]];

/// Of these, letters that begin so many words that more has to be left of one.
const OFTEN_FIRST: [&str; 3] = ["ש", "כ", "מ"];

/// Common words, as stems, that begin with a letter that may be written onto one, and leave another word without it.
const WHOLE: [&str; 9] = ["ביטחונ", "בחיר", "בירור", "ברית", "הגנ", "הסכמ", "הצע", "ועד", "לשכ"];

/// Endings: plurals, the feminine, also of loans (`סנקציה`, `סנקציות`), its construct, and that of adjectives.
const ENDINGS: [&str; 9] = ["יות", "ים", "ות", "ית", "ייה", "יה", "ה", "ת", "י"];

/// What `word` may be as stems, folded, the likeliest first.
pub(super) fn stems(word: &str, asker: Asker) -> Vec<String> {
    let word = fold(word);
    let mut bases: Vec<&str> = vec![&word];
    for letters in WRITTEN_ONTO {
        let behind = |base: &&str| letters.iter().find_map(|letters| behind(base, letters).map(str::len));
        let lengths: Vec<usize> = bases.iter().filter_map(behind).collect();
        bases.extend(lengths.into_iter().map(|length| &word[word.len() - length..]));
    }
    // An article is taken off at any rate: it leaves few other words.
    if asker == Asker::Query && !word.starts_with('ה') {
        bases.retain(|base| base.len() == word.len() || base.chars().count() >= MIN_LETTERS_ASKED);
    }
    bases.into_iter().map(stem_of).collect()
}

/// What stands in `word` behind `letters`, if that may be a word.
fn behind<'w>(word: &'w str, letters: &str) -> Option<&'w str> {
    let rest = word.strip_prefix(letters).filter(|_| !WHOLE.contains(&&*stem_of(word)))?;
    let least = if OFTEN_FIRST.contains(&letters) { MIN_LETTERS_ASKED } else { MIN_LETTERS };
    (stem_of(rest).chars().count() >= least).then_some(rest)
}

/// `word` without its ending, and with its last letter as it is written within a word.
fn stem_of(word: &str) -> String {
    let ending = |ending: &&str| word.strip_suffix(ending).filter(|rest| rest.chars().count() >= MIN_LETTERS);
    let mut stem: String = ENDINGS.iter().find_map(ending).unwrap_or(word).to_owned();
    let within = match stem.pop() {
        Some('ך') => Some('כ'),
        Some('ם') => Some('מ'),
        Some('ן') => Some('נ'),
        Some('ף') => Some('פ'),
        Some('ץ') => Some('צ'),
        last => last,
    };
    stem.extend(within);
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(query: &str, text: &str) -> bool {
        let found = stems(text, Asker::Text);
        stems(query, Asker::Query).iter().any(|stem| found.contains(stem))
    }

    #[test]
    fn a_noun_is_found_behind_what_is_written_onto_it_and_in_the_plural() {
        for (query, text) in [
            ("צבא", "הצבא"),
            ("הצבא", "צבא"),
            ("צבא", "ומהצבא"),
            ("ישראל", "מישראל"),
            ("הסכם", "ובהסכמים"),
            ("ממשלה", "לממשלת"),
            ("חוק", "שהחוקים"),
            ("בכנסת", "הכנסת"),
        ] {
            assert!(finds(query, text), "{query} {text}");
        }
    }

    #[test]
    fn the_first_letter_of_a_noun_is_its_own() {
        for (query, text) in [("משל", "ממשלה"), ("חירות", "בחירות"), ("דין", "מדינה")]
        {
            assert!(!finds(query, text), "{query} {text}");
        }
    }
}
