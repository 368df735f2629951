//! What a word is as a term: folded, as stems, and as what else it may be.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::fold::fold;
use super::number::{SEPARATORS, YEAR_DIGITS};
use super::remembered::NewTerms;
use super::stemmer::{Asker, Case, WordStemmer};
use super::words::{JOINERS, WordKind};

/// The terms of the word that is `spelt` so in a text.
pub(super) fn make_terms(stemmer: Option<&WordStemmer>, spelt: &str, kind: WordKind) -> NewTerms {
    let letters = Letters::of(spelt, kind);
    let exact = letters.folded(spelt);
    let mut stems = stems(stemmer.filter(|_| kind != WordKind::Bigram), &letters, &exact, Asker::Text);
    // The 1990's may be the decade, and what was of 1990.
    if kind == WordKind::Punctuated
        && spelt.starts_with(|c: char| c.is_ascii_digit())
        && let Some(year) = exact.strip_suffix('s')
    {
        stems.push(year.to_owned());
    }
    let stem = stems.remove(0);
    NewTerms { stem: (*stem != *exact).then_some(stem), exact: exact.into_owned(), other_stems: stems }
}

/// What a query looks for by the word that is `spelt` so, as stems, the likeliest first.
pub(super) fn asked_stems(stemmer: Option<&WordStemmer>, spelt: &str, kind: WordKind) -> Vec<String> {
    let letters = Letters::of(spelt, kind);
    stems(stemmer.filter(|_| kind != WordKind::Bigram), &letters, &letters.folded(spelt), Asker::Query)
}

/// The letters of a word. Stemmers know no ligatures, no full width and no joiners.
struct Letters<'w> {
    /// All of them.
    all: Cow<'w, str>,
    /// Those that stems are made of.
    stemmed: Cow<'w, str>,
}

impl<'w> Letters<'w> {
    fn of(spelt: &'w str, kind: WordKind) -> Self {
        let plain = |word: &str| word.nfkc().filter(|c| !JOINERS.contains(c)).collect();
        let all = match kind {
            WordKind::Punctuated => Cow::Owned(spelt.replace(SEPARATORS, "")),
            WordKind::Plain if !spelt.is_ascii() => Cow::Owned(plain(spelt)),
            WordKind::Plain | WordKind::Bigram => Cow::Borrowed(spelt),
        };
        let inner = without_prefix(before_suffix(spelt).unwrap_or(spelt));
        let inner = Some(inner).filter(|inner| kind == WordKind::Plain && inner.len() < spelt.len());
        let stemmed = inner.map_or_else(|| all.clone(), |word| Cow::Owned(plain(word)));
        Self { all, stemmed }
    }

    /// The word folded. Signs that only adorn letters may stand alone; folding would leave nothing of them.
    fn folded(&self, spelt: &'w str) -> Cow<'_, str> {
        Some(fold(&self.all)).filter(|folded| !folded.is_empty()).unwrap_or(Cow::Borrowed(spelt))
    }
}

/// What a word of these `letters` may be as stems, folded, each once; there is one at least.
fn stems(stemmer: Option<&WordStemmer>, letters: &Letters<'_>, exact: &str, asker: Asker) -> Vec<String> {
    let Some(stemmer) = stemmer else {
        return each_once([fold(&letters.stemmed).into_owned(), exact.to_owned()], exact);
    };
    if let Some(short) = plural_of_acronym(&letters.stemmed) {
        // Texts have what it is as a word too, for who types it in small letters.
        let as_word = (asker == Asker::Text).then(|| stemmer.stems(exact, Case::Small, asker));
        return each_once(
            std::iter::once(fold(short).into_owned()).chain(as_word.into_iter().flatten()),
            exact,
        );
    }
    let case = Case::of(&letters.stemmed);
    // Most stemmers go by accents, so the stem is made of the word as spelt, and of the word without them.
    let spelt = stemmer.goes_by_accents().then(|| stemmer.lower(&letters.stemmed));
    let as_spelt = spelt.filter(|lower| lower != exact);
    let of_spelt = as_spelt.map(|lower| stemmer.stems(&lower, case, asker)).unwrap_or_default();
    each_once(of_spelt.into_iter().chain(stemmer.stems(exact, case, asker)), exact)
}

/// `stems` that have letters, each once; `exact` if there is none.
fn each_once(stems: impl IntoIterator<Item = String>, exact: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for stem in stems {
        if !stem.is_empty() && !all.contains(&stem) {
            all.push(stem);
        }
    }
    if all.is_empty() {
        all.push(exact.to_owned());
    }
    all
}

/// What Persian writes behind a noun or an adjective and a zero-width non-joiner: plurals, possessives, comparatives,
/// and the ending of adjectives, in all their spellings.
const PERSIAN_SUFFIXES: [&str; 18] = [
    "ها",
    "های",
    "هایی",
    "هایم",
    "هایت",
    "هایش",
    "هایمان",
    "هایتان",
    "هایشان",
    "ای",
    "ام",
    "ات",
    "اش",
    "مان",
    "شان",
    "تر",
    "ترین",
    "تری",
];

/// What Persian writes before a verb and a zero-width non-joiner.
const PERSIAN_PREFIXES: [&str; 4] = ["می", "مي", "نمی", "نمي"];

/// What of `word` stands behind such a prefix; all of it, if it has none.
fn without_prefix(word: &str) -> &str {
    let behind = word.split_once('\u{200c}').filter(|(prefix, _)| PERSIAN_PREFIXES.contains(prefix));
    behind.map_or(word, |(_, verb)| verb)
}

/// What of `word` stands before such a suffix.
fn before_suffix(word: &str) -> Option<&str> {
    let (before, suffix) = word.rsplit_once('\u{200c}')?;
    let suffix: String = suffix.chars().map(|c| if c == 'ي' { 'ی' } else { c }).collect();
    // The link to the next word, which is mostly heard and not written.
    let is_ezafe = suffix == "ی" && before.ends_with(['ه', 'ە', 'ہ']);
    let is_suffix = is_ezafe || PERSIAN_SUFFIXES.contains(&suffix.as_str());
    (before.chars().count() >= 2 && is_suffix).then_some(before)
}

/// The acronym or number that `word` is the plural of: `NGO` of `NGOs`, whose `s` stemmers take for one of the word,
/// and `16` as in `F-16s`. The `1990s` are no such year.
fn plural_of_acronym(word: &str) -> Option<&str> {
    let short = word.strip_suffix('s')?;
    let is_acronym = || short.chars().count() >= 2 && short.chars().all(char::is_uppercase);
    let is_year = || short.len() == YEAR_DIGITS && short.bytes().all(|b| b.is_ascii_digit());
    let is_numbered = short.ends_with(|c: char| c.is_ascii_digit());
    (if is_numbered { !is_year() } else { is_acronym() }).then_some(short)
}
