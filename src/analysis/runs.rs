//! How else texts may have the word of a query that is found by pairs of characters: without the particle that it ends
//! in, in two words, in another form of its verb.
//!
//! Texts have every pair of such a word, so only queries have to know.

/// Particles of Korean, longest first: those of cases, topics and places, which are written onto a noun.
const PARTICLES: [&str; 21] = [
    "에서는",
    "에서",
    "에게",
    "으로",
    "까지",
    "부터",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "로",
    "와",
    "과",
    "도",
    "만",
    "들",
    "께",
];

/// Syllables that have to be left of a word, and that each of its parts has.
const MIN_SYLLABLES: usize = 2;

/// Most syllables of a word that is parted: what is longer is a sentence without its blanks.
const MAX_SYLLABLES: usize = 6;

/// The other writings of `word`, with a hyphen where it is parted.
pub(super) fn other_runs(word: &str) -> Vec<String> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    if word.is_empty() || word.is_ascii() {
        return Vec::new();
    }
    if word.chars().all(is_hangul) {
        korean(word)
    } else {
        before_kana(word).map(str::to_owned).into_iter().collect()
    }
}

fn korean(word: &str) -> Vec<String> {
    let noun = PARTICLES.iter().find_map(|particle| word.strip_suffix(particle));
    let noun = noun.filter(|noun| noun.chars().count() >= MIN_SYLLABLES);
    let mut found: Vec<String> = noun.map(str::to_owned).into_iter().collect();
    for run in std::iter::once(word).chain(noun).filter(|run| run.chars().count() <= MAX_SYLLABLES) {
        let syllables: Vec<usize> = run.char_indices().map(|(at, _)| at).collect();
        let inner =
            syllables.iter().skip(MIN_SYLLABLES).take(syllables.len().saturating_sub(2 * MIN_SYLLABLES - 1));
        found.extend(inner.map(|&at| format!("{}-{}", &run[..at], &run[at..])));
    }
    found
}

/// The characters of Japanese that a word of theirs and kana begins with: `発表` of `発表する`, `政府` of `政府は`. One alone
/// is part of a verb.
fn before_kana(word: &str) -> Option<&str> {
    let kanji = word.trim_end_matches(|c| matches!(c, '\u{3041}'..='\u{309f}'));
    let is_kanji = |c| matches!(c, '\u{3400}'..='\u{9fff}' | '々');
    (kanji.len() < word.len() && kanji.chars().count() >= 2 && kanji.chars().all(is_kanji)).then_some(kanji)
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_korean_word_is_without_its_particle_and_in_two() {
        assert_eq!(other_runs("북한은,"), ["북한"]);
        assert_eq!(other_runs("병원에서"), ["병원", "병원-에서"]);
        assert_eq!(other_runs("대북제재"), ["대북-제재"]);
        assert_eq!(other_runs("외교부장관"), ["외교-부장관", "외교부-장관"]);
        assert_eq!(other_runs("회의"), [""; 0]);
        assert_eq!(other_runs(&"가나".repeat(20)), [""; 0]);
    }

    #[test]
    fn a_japanese_word_is_without_its_kana() {
        assert_eq!(other_runs("発表する"), ["発表"]);
        assert_eq!(other_runs("政府は"), ["政府"]);
        for word in ["食べる", "ガザ", "制裁", "する", "經濟", "naïve"] {
            assert_eq!(other_runs(word), [""; 0]);
        }
    }
}
