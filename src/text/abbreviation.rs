//! Words that a full stop abbreviates in languages other than English.
//!
//! Which language a text is in isn't known here, so these are lists for all of them: what is a word in one of them isn't here,
//! or counts before a number alone.

/// Catalan, Spanish and Portuguese; French; German; Italian and Dutch; Russian and Ukrainian. Lower case, without the stop.
const ANYWHERE: &[&[&str]] = &[
    &[
        "aprox", "avda", "cel", "cmdte", "cnel", "coord", "ctra", "dcha", "depto", "dpto", "dra", "dras",
        "drs", "dña", "ej", "excma", "excmo", "exma", "exmo", "fdo", "gral", "hno", "hnos", "ilma", "ilmo",
        "izq", "lic", "máx", "mín", "num", "núm", "núms", "pag", "pags", "profa", "profs", "prov", "pág",
        "págs", "sra", "sras", "sres", "srs", "srta", "srtas", "séc", "sécs", "tfno", "trad", "ud", "uds",
        "vd", "vds",
    ],
    &[
        "apr", "av", "avr", "bd", "boul", "cdt", "cne", "déc", "env", "fév", "févr", "gén", "janv", "juil",
        "mgr", "mlle", "mlles", "mme", "mmes", "réf", "ste", "tél", "éd",
    ],
    &[
        "abb", "abzgl", "allg", "anm", "aufl", "bde", "bzw", "dez", "dipl", "ehem", "evtl", "exkl", "geb",
        "ggf", "hg", "hl", "hrsg", "inkl", "insb", "jh", "jhd", "jän", "mio", "mrd", "nr", "nrn", "okt",
        "sog", "str", "tsd", "vgl", "ziff", "zzgl",
    ],
    &[
        "afd", "artt", "avv", "bijv", "blz", "cav", "cfr", "dhr", "dott", "egr", "enz", "evt", "geom",
        "lett", "mej", "mevr", "mld", "mln", "mons", "nrs", "pagg", "sigg", "spett", "zgn",
    ],
    &[
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
        "ім",
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
    ],
];

/// What is a word too, lower case: it abbreviates before a number.
const BEFORE_NUMBERS: &[&str] = &[
    "abs", "arts", "ca", "cap", "chap", "kap", "mar", "mart", "min", "ot", "pos", "sent", "set", "tab",
    "tel", "гл", "п",
];

/// What only abbreviates as it's written here, before a name: `MM. Dupont`, `On. Rossi`.
const AS_WRITTEN: &[&str] = &["Fr", "Ing", "MM", "Mag", "On", "Pr", "Sig"];

/// Whether `word`, as it stands before a full stop, is abbreviated there; `is_before_number` and `is_before_opener` say what
/// follows: a number, or a word of English that begins sentences, before which no other language is spoken.
pub(super) fn abbreviates(word: &str, lower: &str, is_before_number: bool, is_before_opener: bool) -> bool {
    if is_before_opener {
        return false;
    }
    ANYWHERE.iter().any(|words| words.contains(&lower))
        || AS_WRITTEN.contains(&word)
        || is_before_number && BEFORE_NUMBERS.contains(&lower)
}

/// Whether `word` is an acronym's plural half in Spanish, whose letters are doubled, before the other half: `EE` of `EE. UU.`
pub(super) fn is_doubled_before(word: &str, behind: &str) -> bool {
    let is_doubled = |word: &str| {
        let mut letters = word.chars();
        matches!((letters.next(), letters.next(), letters.next()), (Some(a), Some(b), None) if a == b && a.is_uppercase())
    };
    let next = behind.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    is_doubled(word) && is_doubled(next) && behind[next.len()..].starts_with('.')
}
