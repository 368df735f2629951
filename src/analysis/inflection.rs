//! Where Snowball's stemmers leave forms of one word apart, and what joins them.
//!
//! They take `conflit`, `voz` or `militare` for a verb and `conflits`, `voces` or `militari` for a noun. Regular
//! plurals are made singulars before they are stemmed; a noun that was taken for a verb has itself for another stem, by
//! which its other forms meet it. Endings are those of the languages' grammars, chosen by what nouns of policy lost; no
//! list of words.

use super::fold::fold;
use super::stemmer::{Asker, Case};

/// An ending and what stands in its place.
type Change = (&'static str, &'static str);

/// What is to be done about the words of a language.
#[derive(Default)]
pub(super) struct Inflection {
    /// Endings of plurals, those of their singulars, and the fewest letters of such a plural. The first that fits
    /// counts.
    plurals: &'static [(&'static str, &'static str, usize)],
    /// Words that are none of these, nor those of [`Self::bare`], though they look like them, folded.
    no_plurals: &'static [&'static str],
    /// Endings of verbs that a stemmer takes off, folded, and what of them belongs to a noun.
    verbal: &'static [Change],
    /// The same for words that are written like names.
    verbal_of_names: &'static [Change],
    /// Endings of words, folded, without which they are other stems of theirs.
    bare: &'static [Change],
    /// Endings of names, folded, that are no endings of other words' cases there.
    names: &'static [&'static str],
    /// Endings of folded stems, of which one word has several.
    stems: &'static [Change],
}

/// Letters that have to be left of a word.
const MIN_LETTERS: usize = 3;

impl Inflection {
    /// What `word` may be as stems, folded, the likeliest first, where `stem` makes a folded one of a word.
    pub fn stems(&self, word: &str, case: Case, asker: Asker, stem: impl Fn(&str) -> String) -> Vec<String> {
        let singular = self.singular(word);
        let word = singular.as_deref().unwrap_or(word);
        let folded = fold(word);
        let has_name_ending = self.names.iter().any(|ending| is_left_by(&folded, ending));
        if case == Case::Name && has_name_ending {
            return vec![folded.into_owned()];
        }
        let own = stem(word);
        let removed = folded.strip_prefix(&*own).unwrap_or_default();
        // Queries have names in small letters too.
        let may_be_name = case != Case::Small || asker == Asker::Query;
        let of_names = if may_be_name { self.verbal_of_names } else { &[] };
        let verbal = self.verbal.iter().chain(of_names).find(|(ending, _)| *ending == removed);
        let noun = verbal.map(|(_, kept)| format!("{own}{kept}"));
        let bare = self.bare.iter().find_map(|change| changed(&folded, change));
        let bare = bare.filter(|_| !self.no_plurals.contains(&&*folded));
        let name = (has_name_ending && may_be_name).then(|| folded.to_string());
        let own = self.stems.iter().find_map(|change| changed(&own, change)).unwrap_or(own);
        [Some(own), noun.filter(|noun| is_long_enough(noun)), bare, name].into_iter().flatten().collect()
    }

    /// The singular of `word`, if it is a regular plural.
    fn singular(&self, word: &str) -> Option<String> {
        let (ending, singular, _) = self.plurals.iter().find(|(ending, _, min_letters)| {
            word.ends_with(ending) && word.chars().count() >= *min_letters
        })?;
        let is_plural = !self.no_plurals.contains(&&*fold(word));
        is_plural.then(|| format!("{}{singular}", &word[..word.len() - ending.len()]))
    }
}

/// `word` with the ending of `change` changed, if it has it and enough letters are left.
fn changed(word: &str, (ending, instead): &Change) -> Option<String> {
    is_left_by(word, ending).then(|| format!("{}{instead}", &word[..word.len() - ending.len()]))
}

/// Whether `word` has this `ending` and enough letters before it.
fn is_left_by(word: &str, ending: &str) -> bool {
    word.strip_suffix(ending).is_some_and(|left| left.chars().count() >= MIN_LETTERS - 1)
}

fn is_long_enough(stem: &str) -> bool {
    stem.chars().count() >= MIN_LETTERS
}

/// What no table names.
const NONE: Inflection = Inflection {
    plurals: &[],
    no_plurals: &[],
    verbal: &[],
    verbal_of_names: &[],
    bare: &[],
    names: &[],
    stems: &[],
};

const GREEK: Inflection = Inflection {
    // `δικαστήρι-ο`, `δικαστήρ-ια`: the vowel belongs to some of the endings.
    stems: &[("ι", "")],
    ..NONE
};

const SPANISH: Inflection = Inflection {
    // `juez`, `jueces`.
    plurals: &[("ces", "z", 5)],
    no_plurals: &["entonces", "doces"],
    // `joven`, `lugar`, `poder`.
    verbal: &[("en", "en"), ("ar", "ar"), ("er", "er")],
    ..NONE
};

const FINNISH: Inflection = Inflection {
    // `kansalainen`, `kansalaisen`.
    plurals: &[("nen", "sen", 6)],
    // `pankin`: `-kin` is `too` behind other words.
    verbal: &[("kin", "k"), ("kkin", "kk")],
    // `hallitus`, `hallituksen`; `oikeus`, `oikeuden`.
    stems: &[
        ("uks", "us"),
        ("yks", "ys"),
        ("oks", "os"),
        ("aks", "as"),
        ("uud", "uus"),
        ("yyd", "yys"),
        ("eud", "eus"),
        ("oud", "ous"),
        ("aud", "aus"),
        // Consonants in closed syllables: `kaupungin` and `sodan` are of `kaupunki` and `sota`.
        ("ng", "nk"),
        ("d", "t"),
        ("da", "ta"),
        ("do", "to"),
        ("du", "tu"),
        ("dy", "ty"),
    ],
    ..NONE
};

const FRENCH: Inflection = Inflection {
    plurals: &[("ravaux", "ravail", 7)],
    // Where the word without its `s` is another.
    no_plurals: &["fois", "mois", "paris", "sous", "nous", "vous", "tous", "plus", "puis", "depuis", "trois"],
    // `conflit`, `retrait`, `danger`.
    verbal: &[("it", "it"), ("ait", "ait"), ("er", "er")],
    // `lois`, `partis`, `revenus`.
    bare: &[("is", "i"), ("us", "u")],
    ..NONE
};

const HUNGARIAN: Inflection = Inflection {
    // `bank`, of which `-nk` is `our` behind other words.
    verbal: &[("nk", "nk"), ("nkot", "nk"), ("nkok", "nk"), ("nkja", "nk"), ("nkban", "nk"), ("nkba", "nk")],
    ..NONE
};

const ITALIAN: Inflection = Inflection {
    // `militare`, `potere`, `frontiere`.
    verbal: &[("are", "ar"), ("ere", "er"), ("ire", "ir"), ("iere", "ier"), ("eare", "ear")],
    ..NONE
};

const DUTCH: Inflection = Inflection {
    // `verdrag`, `verdragen`, which is no verb with a long vowel.
    bare: &[("en", "")],
    ..NONE
};

const PORTUGUESE: Inflection = Inflection {
    plurals: &[
        ("ões", "ão", 4),
        ("ães", "ão", 4),
        ("ãos", "ão", 4),
        ("oes", "ao", 5),
        ("aes", "ao", 5),
        ("ais", "al", 5),
        ("éis", "el", 5),
        ("eis", "el", 5),
        ("óis", "ol", 5),
        ("eis", "ei", 4),
        ("éus", "éu", 4),
        ("eus", "eu", 5),
        ("ns", "m", 4),
    ],
    no_plurals: &["jamais", "demais"],
    // `fóssil` has the plural of a word in `-el`; `civis`.
    bare: &[("il", "el"), ("is", "il")],
    ..NONE
};

const RUSSIAN: Inflection = Inflection {
    // `кредит`, `опыт`, `обмен`, `режим`, `музей`, `канал`.
    verbal: &[
        ("ит", "ит"),
        ("ыт", "ыт"),
        ("им", "им"),
        ("ен", "ен"),
        ("ена", "ен"),
        ("ено", "ен"),
        ("ены", "ен"),
        ("еи", "е"),
        ("л", "л"),
        ("ла", "л"),
    ],
    // `Китая`.
    verbal_of_names: &[("ая", "а")],
    // `Киев`, `Лавров`: of many of other words.
    names: &["ов", "ев"],
    ..NONE
};

const TURKISH: Inflection = Inflection {
    // `seçim`, `kurumu`, `bakan`, `ekonomi`, `yasa`: `my`, `your` or a case behind other words.
    verbal: &[
        ("im", "im"),
        ("um", "um"),
        ("imi", "im"),
        ("umu", "um"),
        ("m", "m"),
        ("mi", "mi"),
        ("me", "me"),
        ("ma", "ma"),
        ("n", "n"),
        ("ni", "n"),
        ("nu", "n"),
        ("a", "a"),
        ("e", "e"),
    ],
    // `bankası`, `yasası`; `ekonomik`, `stratejik`.
    bare: &[("asi", "a"), ("esi", "e"), ("isi", "i"), ("usu", "u"), ("mik", "mi"), ("jik", "ji")],
    ..NONE
};

/// What is to be done about words of the language with this code, if anything is.
pub(super) fn inflection_of(code: &str) -> Option<&'static Inflection> {
    Some(match code {
        "el" => &GREEK,
        "es" => &SPANISH,
        "fi" => &FINNISH,
        "fr" => &FRENCH,
        "hu" => &HUNGARIAN,
        "it" => &ITALIAN,
        "nl" => &DUTCH,
        "pt" => &PORTUGUESE,
        "ru" => &RUSSIAN,
        "tr" => &TURKISH,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The stems of a word for these tests: its stemmer takes `it` and `s` off.
    fn stems(inflection: &Inflection, word: &str, case: Case, asker: Asker) -> Vec<String> {
        let stem = |word: &str| fold(word.trim_end_matches('s').trim_end_matches("it")).into_owned();
        inflection.stems(word, case, asker, stem)
    }

    #[test]
    fn a_noun_that_is_taken_for_a_verb_has_two_stems() {
        let french = |word| stems(&FRENCH, word, Case::Small, Asker::Text);
        assert_eq!(french("crédit"), ["cred", "credit"]);
        assert_eq!(french("mur"), ["mur"]);
        assert_eq!(french("lit"), ["l", "lit"]);
        assert_eq!(french("lois"), ["loi", "loi"], "each is made once elsewhere");
        assert_eq!(french("fois"), ["foi"]);
    }

    #[test]
    fn a_regular_plural_is_stemmed_as_its_singular() {
        for (plural, singular) in
            [("juízes", "juízes"), ("leis", "lei"), ("nações", "nação"), ("jamais", "jamais")]
        {
            let stem = PORTUGUESE.singular(plural);
            assert_eq!(stem.as_deref().unwrap_or(plural), singular);
        }
        assert_eq!(SPANISH.singular("entonces"), None);
    }

    #[test]
    fn a_name_keeps_what_looks_like_an_ending() {
        let russian = |word, case, asker| RUSSIAN.stems(word, case, asker, |word| word.replace("ов", ""));
        assert_eq!(russian("песков", Case::Name, Asker::Text), ["песков"]);
        assert_eq!(russian("песков", Case::Small, Asker::Text), ["песк"]);
        assert_eq!(russian("песков", Case::Capitals, Asker::Text), ["песк", "песков"]);
        assert_eq!(russian("песков", Case::Small, Asker::Query), ["песк", "песков"]);
    }

    #[test]
    fn a_stem_with_two_endings_has_one() {
        assert_eq!(FINNISH.stems("oikeuden", Case::Small, Asker::Text, |_| "oikeud".to_owned()), ["oikeus"]);
    }
}
