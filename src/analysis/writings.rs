//! How else texts may write the word of a query, where only signs within it differ: `Qurʾan` and `Qur'an`, `U.S.` and
//! `U. S.`
//!
//! Numbers are not here.

/// Signs for a hamza, an ayn or an okina that are letters, and belong to their word.
const LETTERS: [char; 3] = ['ʻ', 'ʾ', 'ʿ'];

/// What is typed for them, and parts words.
const APOSTROPHES: [char; 4] = ['\'', '’', '‘', 'ʼ'];

/// What stands behind an apostrophe for a word that is left out, and makes no name: `we’re` isn't `were`.
const CONTRACTED: [&str; 8] = ["d", "em", "ll", "m", "re", "s", "t", "ve"];

/// The other writings of `word`; each differs from it.
pub(super) fn other_writings(word: &str) -> impl Iterator<Item = String> {
    let tag = parted_tag(word);
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let writings =
        [with_apostrophes(word), without_apostrophes(word), parted_acronym(word), other_degree(word), tag];
    writings.into_iter().flatten()
}

/// The words of `#ParisAgreement`, or of a name such as `@AntonioGuterres`: signs part them before capitals and
/// numbers.
fn parted_tag(word: &str) -> Option<String> {
    let (before, tag) = word.split_at(word.find(char::is_alphanumeric)?);
    let tag = tag.trim_end_matches(|c: char| !c.is_alphanumeric());
    let possessive = tag.strip_suffix('s').and_then(|tag| tag.strip_suffix(APOSTROPHES));
    let letters: Vec<char> = possessive.unwrap_or(tag).chars().collect();
    if !before.ends_with(['#', '@', '＃', '＠']) || !letters.iter().all(|c| c.is_alphanumeric()) {
        return None;
    }
    let mut parted = String::with_capacity(tag.len() + 8);
    for (at, &letter) in letters.iter().enumerate() {
        let begins_word = at > 0 && begins_word(letters[at - 1], letter, &letters[at + 1..]);
        parted.extend(begins_word.then_some('-'));
        parted.push(letter);
    }
    parted.contains('-').then_some(parted)
}

/// Whether a word begins with `letter` between `last` and what follows: in `USNavy` with the `N`, in `NGOs` there is
/// one.
fn begins_word(last: char, letter: char, behind: &[char]) -> bool {
    if letter.is_numeric() {
        return last.is_alphabetic();
    }
    let is_plural = matches!(behind, ['s']) || matches!(behind, ['s', next, ..] if !next.is_lowercase());
    let begins_small = behind.first().is_some_and(|next| next.is_lowercase()) && !is_plural;
    letter.is_uppercase() && (!last.is_uppercase() || begins_small)
}

fn with_apostrophes(word: &str) -> Option<String> {
    word.contains(LETTERS).then(|| word.replace(LETTERS, "’"))
}

fn without_apostrophes(word: &str) -> Option<String> {
    let (_, last) = word.rsplit_once(APOSTROPHES)?;
    let is_name =
        word.split(APOSTROPHES).all(|part| !part.is_empty() && part.chars().all(char::is_alphabetic))
            && !CONTRACTED.contains(&last.to_lowercase().as_str());
    is_name.then(|| word.replace(APOSTROPHES, ""))
}

/// The letters of an acronym as words: those of `U.S.`, and the pairs of `EE.UU.` and `EEUU`.
fn parted_acronym(word: &str) -> Option<String> {
    if word.contains('.') {
        return word.split('.').all(is_acronym_part).then(|| word.replace('.', "-"));
    }
    let letters: Vec<char> = word.chars().take(MAX_PLURAL_LETTERS + 1).collect();
    let (pairs, []) = letters.as_chunks::<2>() else { return None };
    let is_plural =
        matches!(pairs.len(), 2..=MAX_PAIRS) && pairs.iter().all(|[a, b]| a == b && a.is_uppercase());
    let pairs = || pairs.iter().map(String::from_iter).collect::<Vec<_>>();
    is_plural.then(|| pairs().join("-"))
}

/// `PhD` for `Ph.D.`, and the reverse: two consonants, the first a capital, and a capital. With a vowel it may be a
/// word, as `do` of `DoI`, and with an `s` a plural; without the dots `M.Sc.` and `B.Ed.` are an acronym and a word.
fn other_degree(word: &str) -> Option<String> {
    let mut letters = word.chars();
    let (first, second) = (letters.next()?, letters.next()?);
    let is_first = first.is_ascii_uppercase() && second.is_ascii_lowercase();
    let (last, joint) = match (letters.next()?, letters.next(), letters.next()) {
        ('.', Some(last), None) => (last, ""),
        (last, None, _) => (last, "-"),
        _ => return None,
    };
    let is_degree = is_first
        && last.is_ascii_uppercase()
        && ![first, second].iter().any(|&c| "AEIOUYaeiouys".contains(c));
    is_degree.then(|| format!("{first}{second}{joint}{last}"))
}

/// Pairs of letters of the longest acronym in the plural: of two words, or three.
const MAX_PAIRS: usize = 3;

const MAX_PLURAL_LETTERS: usize = 2 * MAX_PAIRS;

/// Whether `part` is what stands between two full stops of an acronym: a letter, or in Spanish two that are the same
/// for a plural.
pub(super) fn is_acronym_part(part: &str) -> bool {
    let mut letters = part.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => letter.is_alphabetic(),
        (Some(a), Some(b)) => a == b && a.is_uppercase() && letters.next().is_none(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writings(word: &str) -> Vec<String> {
        other_writings(word).collect()
    }

    #[test]
    fn signs_within_a_word_may_be_others() {
        for (word, other) in [
            ("Qurʾan", "Qur’an"),
            ("Qur'an,", "Quran"),
            ("Oʻzbekiston", "O’zbekiston"),
            ("U.S.", "U-S"),
            ("z.B.", "z-B"),
            ("EE.UU.", "EE-UU"),
            ("EEUU", "EE-UU"),
            ("Ph.D.", "PhD"),
            ("PhD,", "Ph-D"),
            ("#ParisAgreement!", "Paris-Agreement"),
            ("(@realDonaldTrump)", "real-Donald-Trump"),
            ("#USNavy", "US-Navy"),
            ("#COP26Glasgow", "COP-26-Glasgow"),
            ("#ParisAgreement’s", "Paris-Agreement"),
            ("#2ndAmendment", "2nd-Amendment"),
            ("#NGOsUnite", "NGOs-Unite"),
            ("#covid19", "covid-19"),
        ] {
            assert_eq!(writings(word), [other], "{word}");
        }
    }

    #[test]
    fn contractions_and_other_words_are_written_in_one_way() {
        for word in [
            "we're",
            "China’s",
            "don't",
            "1’000",
            "treaty",
            "AAB",
            "EE",
            "AAAABBBBCC",
            "S.2155",
            "ibid.org",
            "DoI",
            "MSc",
            "M.Sc.",
            "Ed.D.",
            "McDonald",
            "#TVs",
            "#treaty",
            "#COP",
            "MPs",
            "phd",
            "'",
        ] {
            assert_eq!(writings(word), [""; 0], "{word}");
        }
    }
}
