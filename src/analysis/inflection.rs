//! Where Snowball's stemmers leave forms of one word apart, and what joins them.
//!
//! They take `conflit`, `voz` or `militare` for a verb and `conflits`, `voces` or `militari` for a noun. Regular
//! plurals are made singulars before they are stemmed; a noun that was taken for a verb has itself for another stem, by
//! which its other forms meet it. Endings are those of the languages' grammars, chosen by what nouns of policy lost; of
//! words there are a few that follow none.

use super::fold::fold;
use super::stemmer::{Asker, Case};
use super::vowel_first::Ending;

/// An ending and what stands in its place.
type Change = (&'static str, &'static str);

/// What is to be done about the words of a language.
#[derive(Default)]
pub(super) struct Inflection {
    /// Forms, folded, and words that they are stemmed as.
    irregular: &'static [Change],
    /// Endings of plurals, those of their singulars, and the fewest letters of such a plural. The first that fits
    /// counts.
    plurals: &'static [(&'static str, &'static str, usize)],
    /// Words that are none of these, nor those of [`Self::bare`], though they look like them, folded.
    no_plurals: &'static [&'static str],
    /// What the ending is of words that begin with a vowel and end soon after.
    vowel_first: Option<Ending>,
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
        let folded = fold(word);
        let other = self.other_form(word, &folded);
        let (word, folded) = match &other {
            Some(other) => (other.as_str(), fold(other)),
            None => (word, folded),
        };
        let has_name_ending = self.names.iter().any(|ending| is_left_by(&folded, ending));
        if case == Case::Name && has_name_ending {
            return vec![folded.into_owned()];
        }
        let short = self.vowel_first.and_then(|ending| ending.stem_of(&folded)).map(str::to_owned);
        let own = short.filter(|_| !self.no_plurals.contains(&&*folded)).unwrap_or_else(|| stem(word));
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

    /// The form that `word` is stemmed as, if it's another.
    fn other_form(&self, word: &str, folded: &str) -> Option<String> {
        let irregular = self.irregular.iter().find(|(form, _)| *form == folded);
        irregular.map(|(_, word)| (*word).to_owned()).or_else(|| self.singular(word, folded))
    }

    /// The singular of `word`, if it is a regular plural.
    fn singular(&self, word: &str, folded: &str) -> Option<String> {
        let (ending, singular, _) = self.plurals.iter().find(|(ending, _, min_letters)| {
            word.ends_with(ending) && word.chars().count() >= *min_letters
        })?;
        let is_plural = !self.no_plurals.contains(&folded);
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
    irregular: &[],
    plurals: &[],
    no_plurals: &[],
    vowel_first: None,
    verbal: &[],
    verbal_of_names: &[],
    bare: &[],
    names: &[],
    stems: &[],
};

const CZECH: Inflection = Inflection {
    irregular: &[("praze", "praha")],
    // The `e` that is left out: `Pavel`, `Pavla`; `hranice`, `hranic`.
    stems: &[("vel", "vl"), ("nic", "nik")],
    ..NONE
};

const GERMAN: Inflection = Inflection {
    irregular: &[("visum", "visa")],
    // `Ministerium`, `Ministerien`; `Museum`; `Zentrum`; `Konto`, `Konten`; `Risiko`; `Embargos`.
    stems: &[
        ("ium", "i"),
        ("eum", "e"),
        ("uum", "u"),
        ("trum", "tr"),
        ("nto", "nt"),
        ("ntos", "nt"),
        ("siko", "sik"),
        ("sikos", "sik"),
        ("os", "o"),
    ],
    ..NONE
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
    vowel_first: Some(Ending::S),
    // `joven`, `lugar`, `nuclear`, `poder`, `ciudad`, `red`.
    verbal: &[("en", "en"), ("ar", "ar"), ("ear", "ear"), ("er", "er"), ("ad", "ad"), ("ed", "ed")],
    ..NONE
};

const FINNISH: Inflection = Inflection {
    // `kansalainen`, `kansalaisen`.
    plurals: &[("nen", "sen", 6)],
    // `pankin`: `-kin` is `too` behind other words; `unioni`, `Ruotsi`: `my`, `your`; `kauppa`.
    verbal: &[("kin", "k"), ("kkin", "kk"), ("ni", "n"), ("si", "s"), ("pa", "a")],
    // `nimi`, `nimen`; `saari`, `kieli`.
    bare: &[("mi", "me"), ("ri", "re"), ("li", "le")],
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
        // `vuosi`, `vuoden`; `mies`, `miehen`.
        ("de", "si"),
        ("ehe", "es"),
        // `Yhdysvallat`, `Yhdysvaltain`, `Yhdysvaltojen`, `Yhdysvalloissa`.
        ("ysvalt", "ysval"),
        ("ysvalta", "ysval"),
        ("ysvalto", "ysval"),
        ("ysvallo", "ysval"),
    ],
    ..NONE
};

const FRENCH: Inflection = Inflection {
    irregular: &[("yeux", "œil"), ("baux", "bail")],
    plurals: &[("ravaux", "ravail", 7), ("jeux", "jeu", 4), ("feux", "feu", 4)],
    // Where the word without its `s` is another.
    no_plurals: &["fois", "mois", "paris", "sous", "nous", "vous", "tous", "plus", "puis", "depuis", "trois"],
    // `conflit`, `retrait`, `danger`.
    verbal: &[("it", "it"), ("ait", "ait"), ("er", "er")],
    // `lois`, `partis`, `revenus`.
    bare: &[("is", "i"), ("us", "u")],
    // `actif`, `actives`; `massif`, `massives`; `juif`, `juives`.
    stems: &[("tif", "tiv"), ("sif", "siv"), ("uif", "uiv")],
    ..NONE
};

const HUNGARIAN: Inflection = Inflection {
    // `bank`, of which `-nk` is `our` behind other words.
    verbal: &[
        ("nk", "nk"),
        ("nkot", "nk"),
        ("nkok", "nk"),
        ("nkja", "nk"),
        ("nkban", "nk"),
        ("nkba", "nk"),
        // `sziget`, `csapat`: the object behind other words; `állam`: `my`; `hatalom`, `hatalmak`.
        ("et", "et"),
        ("at", "at"),
        ("am", "am"),
        ("om", "m"),
        ("em", "m"),
    ],
    irregular: &[("gyerek", "gyerekek")],
    // `Budapest`, `parlament`, `Brüsszel`.
    bare: &[("st", "st"), ("nt", "nt"), ("szel", "szel")],
    ..NONE
};

const ITALIAN: Inflection = Inflection {
    irregular: &[("occhio", "occhi"), ("uomini", "uomo"), ("usi", "uso")],
    no_plurals: &["anna"],
    vowel_first: Some(Ending::Vowel),
    // `militare`, `potere`, `frontiere`, `africano`.
    verbal: &[("are", "ar"), ("ere", "er"), ("ire", "ir"), ("iere", "ier"), ("eare", "ear"), ("ano", "an")],
    // `lago`, `laghi`.
    stems: &[("gh", "g"), ("ch", "c")],
    ..NONE
};

const DUTCH: Inflection = Inflection {
    irregular: &[
        ("crises", "crisis"),
        ("goede", "goed"),
        ("grens", "grenzen"),
        ("grote", "groot"),
        ("kinderen", "kind"),
        ("leden", "lid"),
        ("musea", "museum"),
        ("nieuwe", "nieuw"),
        ("schepen", "schip"),
        ("steden", "stad"),
    ],
    // `politici`, `critici`.
    plurals: &[("ici", "icus", 6)],
    no_plurals: &["volgens", "tevens", "telkens"],
    // `verdrag`, `verdragen`, which is no verb with a long vowel; `wapen`, `wapens`.
    bare: &[("en", ""), ("ens", "")],
    ..NONE
};

const POLISH: Inflection = Inflection {
    // `unia`, `unii`; `kraj`, `kraje`.
    verbal: &[("ia", "i"), ("aj", "aj")],
    stems: &[
        // The `e` that is left out: `rynek`, `rynku`; `minister`, `ministra`; `handel`, `handlu`.
        ("ek", "k"),
        ("ster", "str"),
        ("strow", "str"),
        ("ndel", "ndl"),
        // `Polsce`.
        ("lsc", "lsk"),
    ],
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
    vowel_first: Some(Ending::S),
    // `fóssil` has the plural of a word in `-el`; `civis`.
    bare: &[("il", "el"), ("is", "il")],
    ..NONE
};

const ROMANIAN: Inflection = Inflection {
    irregular: &[("ani", "an"), ("anii", "an"), ("anilor", "an")],
    // `Rusiei`; `Ucrainei`.
    plurals: &[("iei", "ia", 5), ("ainei", "aina", 7)],
    vowel_first: Some(Ending::Vowel),
    // `alegere`, `alegeri`.
    verbal: &[("ere", "er")],
    // `acorduri`, but `măsuri`, `culturi`.
    bare: &[
        ("rduri", "rd"),
        ("rdurile", "rd"),
        ("rdurilor", "rd"),
        ("pturi", "pt"),
        ("pturile", "pt"),
        ("pturilor", "pt"),
        ("rturi", "rt"),
        ("rturile", "rt"),
        ("rturilor", "rt"),
        ("nituri", "nit"),
        ("niturile", "nit"),
        ("niturilor", "nit"),
        ("acuri", "ac"),
        ("acurile", "ac"),
        ("acurilor", "ac"),
        ("eturi", "et"),
        ("eturile", "et"),
        ("eturilor", "et"),
    ],
    stems: &[
        // `război`, `războiul`, `războaie`.
        ("zboi", "zbo"),
        ("zboai", "zbo"),
        // `ministru`, `miniștri`; `minister`, `ministere`.
        ("stru", "str"),
        ("ister", "ist"),
        // `președintele`, `președintelui`.
        ("intel", "int"),
        // `cetățean`, `cetățeni`; `femeie`, `femei`.
        ("tean", "ten"),
        ("mei", "me"),
    ],
    ..NONE
};

const RUSSIAN: Inflection = Inflection {
    irregular: &[
        ("остров", "острова"),
        // With its vowel, as `после` is another word.
        ("посла", "посол"),
        ("послам", "посол"),
        ("послами", "посол"),
        ("послов", "посол"),
        ("послом", "посол"),
        ("послу", "посол"),
        ("послы", "посол"),
    ],
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
    stems: &[
        // The vowel that is left out: `рынок`, `рынка`; `поставка`, `поставок`; `беженец`, `беженцы`.
        ("ок", "к"),
        ("ек", "к"),
        ("еец", "ейц"),
        ("ец", "ц"),
        // `гражданин`, `граждане`.
        ("анин", "ан"),
        ("янин", "ян"),
    ],
    ..NONE
};

/// Of Swedish, Norwegian and Danish.
const SCANDINAVIAN: Inflection = Inflection {
    irregular: &[
        ("aarene", "aar"),
        ("arene", "år"),
        ("aren", "år"),
        ("bocker", "bok"),
        ("born", "barn"),
        ("byer", "by"),
        ("centret", "centrum"),
        ("folket", "folk"),
        ("krefter", "kraft"),
        ("maend", "mand"),
        ("menn", "mann"),
        ("museer", "museum"),
        ("nya", "ny"),
        ("nytt", "ny"),
    ],
    // `gräns`, `balans`, `konferens`: whose, behind other words.
    bare: &[("ans", "ans"), ("erens", "erens"), ("icens", "icens")],
    stems: &[
        // `minister`, `ministrar`.
        ("istr", "ist"),
        ("ister", "ist"),
        // `vapen`, `vapnen`; `våben`.
        ("pn", "p"),
        ("bn", "b"),
        // `medlem`, `medlemmar`; `program`.
        ("lemm", "lem"),
        ("ramm", "ram"),
    ],
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
        "cs" => &CZECH,
        "da" | "no" | "sv" => &SCANDINAVIAN,
        "de" => &GERMAN,
        "el" => &GREEK,
        "es" => &SPANISH,
        "fi" => &FINNISH,
        "fr" => &FRENCH,
        "hu" => &HUNGARIAN,
        "it" => &ITALIAN,
        "nl" => &DUTCH,
        "pl" => &POLISH,
        "pt" => &PORTUGUESE,
        "ro" => &ROMANIAN,
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
            let stem = PORTUGUESE.singular(plural, &fold(plural));
            assert_eq!(stem.as_deref().unwrap_or(plural), singular);
        }
        assert_eq!(SPANISH.singular("entonces", "entonces"), None);
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
    fn an_irregular_form_is_stemmed_as_another() {
        let meets = |inflection: &Inflection, one, other| {
            let [one, other] = [one, other].map(|word| stems(inflection, word, Case::Small, Asker::Query));
            one.iter().any(|stem| other.contains(stem))
        };
        for (inflection, one, other) in [
            (&DUTCH, "schip", "schepen"),
            (&SCANDINAVIAN, "mann", "menn"),
            (&CZECH, "praha", "praze"),
            (&RUSSIAN, "посол", "посла"),
            (&RUSSIAN, "рынок", "рынк"),
            (&POLISH, "rynek", "rynk"),
            (&POLISH, "minister", "ministr"),
            (&POLISH, "handel", "handl"),
            (&GERMAN, "zentrum", "zentr"),
            (&SPANISH, "año", "años"),
            (&ITALIAN, "arma", "armi"),
        ] {
            assert!(meets(inflection, one, other), "{one} {other}");
        }
        for (inflection, one, other) in
            [(&RUSSIAN, "посол", "после"), (&ITALIAN, "anna", "anni"), (&POLISH, "miejsc", "miejsk")]
        {
            assert!(!meets(inflection, one, other), "{one} {other}");
        }
        assert_eq!(stems(&ROMANIAN, "masuri", Case::Small, Asker::Text), ["masuri"]);
    }

    #[test]
    fn a_stem_with_two_endings_has_one() {
        assert_eq!(FINNISH.stems("oikeuden", Case::Small, Asker::Text, |_| "oikeud".to_owned()), ["oikeus"]);
    }
}
