//! Compounds: words that German, Dutch, the Scandinavian languages, Finnish and Hungarian write as one, of which each
//! part is a word. `Sanktionen` is the head of `Wirtschaftssanktionen`, and `Klimaschutz` what modifies that of
//! `Klimaschutzgesetz`.
//!
//! Letters alone don't tell a compound: `handeln` isn't the head of `verhandeln`. What has to be a word besides is told
//! here; whether it is one, an index knows.

use super::analyzer::{Analyzer, PlacedWord};
use super::fold::fold;
use super::stop_words::StopWords;
use super::words::WordKind;
use crate::model::Language;
use crate::text::Span;

/// How a language makes compounds.
struct Compounding {
    /// What may stand between two parts, folded, beside nothing.
    links: &'static [&'static str],
    /// Endings of a word that go where another follows, with what comes in their place, folded.
    dropped: &'static [(&'static str, &'static str)],
    /// Syllables before a word that make another word of it, though they are spelt like one, folded.
    prefixes: &'static [&'static str],
}

const GERMAN: Compounding = Compounding {
    links: &["s", "es", "n", "en", "er", "e", "ens"],
    dropped: &[("e", ""), ("en", "")],
    prefixes: &[
        "anti", "auf", "aus", "bei", "dar", "durch", "ein", "emp", "ent", "erz", "fehl", "fort", "gegen",
        "heim", "her", "hin", "hinter", "miss", "mit", "nach", "neben", "nieder", "ober", "statt", "uber",
        "unter", "ver", "vor", "weg", "wider", "wieder", "zer", "zuruck", "zusammen",
    ],
};

const DUTCH: Compounding = Compounding {
    links: &["s", "e", "en", "er"],
    dropped: &[("e", "")],
    prefixes: &[
        "aan", "achter", "her", "mede", "mis", "onder", "ont", "over", "samen", "tegen", "terug", "toe",
        "uit", "ver", "voor", "weer", "wan",
    ],
};

const SWEDISH: Compounding = Compounding {
    links: &["s", "e", "o", "u"],
    dropped: &[("a", ""), ("a", "o"), ("a", "e"), ("a", "u"), ("e", "")],
    prefixes: &["fore", "fram", "genom", "inne", "miss", "mot", "over", "sam", "till", "under", "upp", "var"],
};

const DANISH: Compounding = Compounding {
    links: &["s", "e"],
    dropped: &[("e", "")],
    prefixes: &["for", "frem", "gen", "mis", "mod", "over", "sam", "til", "ud", "und", "under", "ved"],
};

const FINNISH: Compounding = Compounding { links: &["n"], dropped: &[], prefixes: &[] };

const HUNGARIAN: Compounding = Compounding {
    links: &[],
    dropped: &[],
    prefixes: &["bele", "fel", "hozza", "ide", "meg", "oda", "ossze", "rajta", "szet", "tul", "vissza"],
};

fn compounding_of(code: &str) -> Option<&'static Compounding> {
    Some(match code {
        "da" | "no" => &DANISH,
        "de" => &GERMAN,
        "fi" => &FINNISH,
        "hu" => &HUNGARIAN,
        "nl" => &DUTCH,
        "sv" => &SWEDISH,
        _ => return None,
    })
}

/// Whether compounds are told of `language`.
#[must_use]
pub fn makes_compounds(language: Language) -> bool {
    compounding_of(language.code()).is_some()
}

/// Fewest letters of a word whose compounds are looked for, as a stem: of shorter ones too many words are made by
/// chance.
const MIN_LETTERS: usize = 4;

/// Fewest letters of what modifies a head: with three, `Kom` is found in `Kompost`.
const MIN_MODIFIER_LETTERS: usize = 4;

/// Fewest letters of a head that a word modifies: shorter ones look like endings.
const MIN_HEAD_LETTERS: usize = 5;

/// Most letters that a form of a word has beside its stem.
const MAX_ENDING_LETTERS: usize = 5;

/// What the compounds of a word look like.
pub struct Compounds {
    analyzer: Analyzer,
    compounding: &'static Compounding,
    word: String,
    /// The likeliest first.
    stems: Vec<String>,
    /// What the word may begin a compound as.
    beginnings: Vec<String>,
    /// Fewest bytes of a compound.
    least_bytes: usize,
}

impl Compounds {
    /// Those of `word` in `language`; none if it makes none, or the word is too short.
    #[must_use]
    pub fn of(word: &str, language: Language) -> Option<Self> {
        let compounding = compounding_of(language.code())?;
        let analyzer = Analyzer::new(language);
        let spelt = word.trim_matches(|c: char| !c.is_alphanumeric());
        if !spelt.chars().all(char::is_alphabetic) {
            return None;
        }
        let stems: Vec<String> = stems_of(&analyzer, spelt)
            .into_iter()
            .filter(|stem| stem.chars().count() >= MIN_LETTERS)
            .collect();
        let word = fold(spelt).into_owned();
        if stems.is_empty() || StopWords::of(language).contains(&word) {
            return None;
        }
        let mut beginnings: Vec<String> = Vec::new();
        for base in std::iter::once(&word).chain(stems.iter().filter(|stem| word.starts_with(&***stem))) {
            let dropped = compounding.dropped.iter().filter_map(|(ending, instead)| {
                base.strip_suffix(ending).map(|rest| format!("{rest}{instead}"))
            });
            for beginning in std::iter::once(base.clone()).chain(dropped) {
                if beginning.chars().count() >= MIN_LETTERS && !beginnings.contains(&beginning) {
                    beginnings.push(beginning);
                }
            }
        }
        let shortest = stems.iter().chain(&beginnings).map(String::len).min().unwrap_or_default();
        let least_bytes = shortest + MIN_MODIFIER_LETTERS.min(MIN_HEAD_LETTERS);
        Some(Self { analyzer, compounding, word, stems, beginnings, least_bytes })
    }

    /// The stems of the word, the likeliest first.
    #[must_use]
    pub fn stems(&self) -> &[String] {
        &self.stems
    }

    /// What all compounds have one of, where a line feed stands before each word: what they begin with, or the stem of
    /// the head.
    pub fn traces(&self) -> impl Iterator<Item = String> {
        self.stems.iter().cloned().chain(self.beginnings.iter().map(|beginning| format!("\n{beginning}")))
    }

    /// Whether `candidate`, a folded word, may be one by its letters: quick, for each word of a dictionary.
    #[must_use]
    pub fn may_be(&self, candidate: &str) -> bool {
        if candidate.len() < self.least_bytes {
            return false;
        }
        self.beginnings.iter().any(|beginning| {
            candidate.len() >= beginning.len() + MIN_HEAD_LETTERS && candidate.starts_with(&**beginning)
        }) || self.stems.iter().any(|stem| head_at(candidate, stem).is_some())
    }

    /// What a query looks for by `word`, as stems.
    #[must_use]
    pub fn stems_of(&self, word: &str) -> Vec<String> {
        stems_of(&self.analyzer, word)
    }

    /// What other part `candidate`, a folded word, has beside the word, if it is a compound: any of the words returned
    /// has to be one. None if it can't be a compound.
    #[must_use]
    pub fn other_parts(&self, candidate: &str) -> Vec<String> {
        if candidate == self.word {
            return Vec::new();
        }
        let mut parts = Vec::new();
        for stem in &self.stems {
            let Some(at) = head_at(candidate, stem) else { continue };
            let (modifier, head) = candidate.split_at(at);
            if stems_of(&self.analyzer, head).iter().any(|of_head| self.stems.contains(of_head)) {
                parts.extend(self.modifiers(modifier));
            }
        }
        for beginning in &self.beginnings {
            if let Some(rest) = candidate.strip_prefix(&**beginning) {
                parts.extend(self.heads(rest));
            }
        }
        parts.dedup();
        parts
    }

    /// What words the letters before a head may be.
    fn modifiers(&self, letters: &str) -> Vec<String> {
        let stop_words = StopWords::of(self.analyzer.language());
        let Compounding { links, dropped, prefixes } = self.compounding;
        let unlinked = links.iter().filter_map(|link| letters.strip_suffix(link)).map(str::to_owned);
        let whole = dropped.iter().filter_map(|(ending, instead)| {
            letters.strip_suffix(instead).map(|rest| format!("{rest}{ending}"))
        });
        let is_word = |word: &String| {
            word.chars().count() >= MIN_MODIFIER_LETTERS
                && !prefixes.contains(&&**word)
                && !stop_words.contains(word)
        };
        if !is_word(&letters.to_owned()) {
            return Vec::new();
        }
        std::iter::once(letters.to_owned()).chain(unlinked).chain(whole).filter(is_word).collect()
    }

    /// What words the letters behind a modifier may be.
    fn heads(&self, letters: &str) -> Vec<String> {
        let unlinked = self.compounding.links.iter().filter_map(|link| letters.strip_prefix(link));
        let is_word = |word: &&str| word.chars().count() >= MIN_HEAD_LETTERS;
        std::iter::once(letters).chain(unlinked).filter(is_word).map(str::to_owned).collect()
    }
}

/// What a query looks for by `word`, as stems.
fn stems_of(analyzer: &Analyzer, word: &str) -> Vec<String> {
    let span = Span { start: 0, end: word.len() };
    let placed = PlacedWord { spelt: word, span, position: 0, follows_pause: false, kind: WordKind::Plain };
    analyzer.asked_stems(placed)
}

/// Where in `candidate` the head may begin whose stem is `stem`.
fn head_at(candidate: &str, stem: &str) -> Option<usize> {
    let earliest = candidate.len().saturating_sub(stem.len() + MAX_ENDING_LETTERS);
    let earliest = candidate.ceil_char_boundary(earliest.max(MIN_MODIFIER_LETTERS));
    Some(earliest + candidate.get(earliest..)?.rfind(stem)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether `candidate` is a compound of `word` where all of `words` are words.
    fn is_compound(language: &str, word: &str, candidate: &str, words: &[&str]) -> bool {
        let Some(compounds) = Compounds::of(word, language.parse().unwrap()) else { return false };
        let candidate = fold(candidate);
        compounds.may_be(&candidate)
            && compounds.other_parts(&candidate).iter().any(|part| words.contains(&&**part))
    }

    #[test]
    fn a_compound_has_a_word_and_another() {
        for (language, word, candidate, part) in [
            ("de", "Sanktionen", "Wirtschaftssanktionen", "wirtschaft"),
            ("de", "Vertrag", "Handelsverträge", "handel"),
            ("de", "Recht", "Menschenrechten", "mensch"),
            ("de", "Pflicht", "Schulpflicht", "schule"),
            ("de", "Klimaschutz", "Klimaschutzgesetze", "gesetze"),
            ("de", "Gesundheit", "Gesundheitsminister", "minister"),
            ("nl", "beleid", "klimaatbeleid", "klimaat"),
            ("sv", "politik", "klimatpolitiken", "klimat"),
            ("da", "sanktioner", "handelssanktionerne", "handel"),
            ("fi", "muutos", "ilmastonmuutos", "ilmasto"),
            ("hu", "politika", "energiapolitika", "energia"),
        ] {
            assert!(is_compound(language, word, candidate, &[part]), "{word} {candidate}");
            assert!(!is_compound(language, word, candidate, &["other"]), "{word} {candidate}");
        }
    }

    #[test]
    fn what_stands_before_a_word_may_be_no_word() {
        for (language, word, candidate, part) in [
            ("de", "Rat", "Verrat", "ver"),
            ("de", "Handel", "misshandeln", "miss"),
            ("de", "Handel", "unterhandeln", "unter"),
            ("de", "Post", "Kompost", "kom"),
            ("de", "Sanktion", "Sanktionen", "en"),
            ("nl", "handel", "behandelen", "be"),
            ("en", "policy", "foreignpolicy", "foreign"),
        ] {
            assert!(!is_compound(language, word, candidate, &[part]), "{word} {candidate}");
        }
        assert!(Compounds::of("und", "de".parse().unwrap()).is_none(), "a stop word");
        assert!(Compounds::of("A320", "de".parse().unwrap()).is_none(), "no word");
    }
}
