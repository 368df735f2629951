//! Words that a full stop abbreviates in languages other than English.
//!
//! Which language a text is in isn't known here, so these are lists for all of them: what is a word in one of them
//! isn't here, or counts before a number alone.

/// Of Catalan, Dutch, French, German, Italian, Portuguese, Russian, Spanish and Ukrainian. Lower case, without the
/// stop, and in order: each sentence asks for its last word.
const ANYWHERE: &[&str] = &[
    "abb",
    "abzgl",
    "afd",
    "allg",
    "anm",
    "apr",
    "aprox",
    "artt",
    "aufl",
    "av",
    "avda",
    "avr",
    "avv",
    "bd",
    "bde",
    "bijv",
    "blz",
    "boul",
    "bzw",
    "cav",
    "cdt",
    "cel",
    "cfr",
    "cmdte",
    "cne",
    "cnel",
    "coord",
    "ctra",
    "dcha",
    "depto",
    "dez",
    "dhr",
    "dipl",
    "dott",
    "dpto",
    "dra",
    "dras",
    "drs",
    "déc",
    "dña",
    "egr",
    "ehem",
    "ej",
    "env",
    "enz",
    "evt",
    "evtl",
    "excma",
    "excmo",
    "exkl",
    "exma",
    "exmo",
    "fdo",
    "fév",
    "févr",
    "geb",
    "geom",
    "ggf",
    "gral",
    "gén",
    "hg",
    "hl",
    "hno",
    "hnos",
    "hrsg",
    "ilma",
    "ilmo",
    "inkl",
    "insb",
    "izq",
    "janv",
    "jh",
    "jhd",
    "juil",
    "jän",
    "lett",
    "lic",
    "mej",
    "mevr",
    "mgr",
    "mio",
    "mld",
    "mlle",
    "mlles",
    "mln",
    "mme",
    "mmes",
    "mons",
    "mrd",
    "máx",
    "mín",
    "nr",
    "nrn",
    "nrs",
    "num",
    "núm",
    "núms",
    "okt",
    "pag",
    "pagg",
    "pags",
    "profa",
    "profs",
    "prov",
    "pág",
    "págs",
    "réf",
    "sigg",
    "sog",
    "spett",
    "sra",
    "sras",
    "sres",
    "srs",
    "srta",
    "srtas",
    "ste",
    "str",
    "séc",
    "sécs",
    "tfno",
    "trad",
    "tsd",
    "tél",
    "ud",
    "uds",
    "vd",
    "vds",
    "vgl",
    "zgn",
    "ziff",
    "zzgl",
    "éd",
    "акад",
    "вул",
    "вып",
    "ген",
    "дер",
    "доц",
    "зав",
    "зам",
    "изд",
    "им",
    "канд",
    "корп",
    "лейт",
    "млн",
    "млрд",
    "напр",
    "нач",
    "обл",
    "полк",
    "пос",
    "просп",
    "проф",
    "ред",
    "рис",
    "св",
    "см",
    "ст",
    "стр",
    "табл",
    "тел",
    "тис",
    "ул",
    "ім",
];

/// What is a word too, lower case: it abbreviates before a number.
const BEFORE_NUMBERS: &[&str] = &[
    "abs", "arts", "ca", "cap", "chap", "kap", "mar", "mart", "min", "ot", "pos", "sent", "set", "tab",
    "tel", "гл", "п",
];

/// What only abbreviates as it's written here, before a name: `MM. Dupont`, `On. Rossi`.
const AS_WRITTEN: &[&str] = &["Fr", "Ing", "MM", "Mag", "On", "Pr", "Sig"];

/// Whether `word`, as it stands before a full stop, is abbreviated there; `is_before_number` and `is_before_opener` say
/// what follows: a number, or a word of English that begins sentences, before which no other language is spoken.
pub(super) fn abbreviates(word: &str, lower: &str, is_before_number: bool, is_before_opener: bool) -> bool {
    if is_before_opener {
        return false;
    }
    ANYWHERE.binary_search(&lower).is_ok()
        || AS_WRITTEN.contains(&word)
        || is_before_number && BEFORE_NUMBERS.contains(&lower)
}

/// Whether `word` is an acronym's plural half in Spanish, whose letters are doubled, before the other half: `EE` of
/// `EE. UU.`
pub(super) fn is_doubled_before(word: &str, behind: &str) -> bool {
    let is_doubled = |word: &str| {
        let mut letters = word.chars();
        matches!((letters.next(), letters.next(), letters.next()), (Some(a), Some(b), None) if a == b && a.is_uppercase())
    };
    let next = behind.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    is_doubled(word) && is_doubled(next) && behind[next.len()..].starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sorted_for_the_search() {
        assert!(ANYWHERE.is_sorted());
    }
}
