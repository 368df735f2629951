//! What English words are before they are stemmed: British spellings as American ones, and irregular plurals as their
//! singulars, of which the stemmer knows neither.
//!
//! A spelling is changed by rule where the rule makes no other word of any, and else by the beginnings of the words that
//! have it. All words are folded.

/// What `word` may be as stems, the likeliest first, where `stem` makes one of a word.
pub(super) fn stems(word: &str, stem: impl Fn(&str) -> String) -> Vec<String> {
    let american = american(word);
    let word = american.as_deref().unwrap_or(word);
    if let Some(singular) = singular(word) {
        return vec![stem(&singular)];
    }
    let own = stem(word);
    let noun = maybe_singular(word).map(|singular| stem(&singular));
    std::iter::once(own).chain(noun).collect()
}

/// Plurals that are nothing else, and their singulars, sorted.
const PLURALS: [(&str, &str); 47] = [
    ("addenda", "addendum"),
    ("alumni", "alumnus"),
    ("appendices", "appendix"),
    ("bacteria", "bacterium"),
    ("biogases", "biogas"),
    ("buses", "bus"),
    ("codices", "codex"),
    ("consortia", "consortium"),
    ("crises", "crisis"),
    ("criteria", "criterion"),
    ("curricula", "curriculum"),
    ("emphases", "emphasis"),
    ("errata", "erratum"),
    ("feet", "foot"),
    ("fungi", "fungus"),
    ("gases", "gas"),
    ("geese", "goose"),
    ("halves", "half"),
    ("indices", "index"),
    ("loaves", "loaf"),
    ("matrices", "matrix"),
    ("memoranda", "memorandum"),
    ("men", "man"),
    ("mens", "man"),
    ("mice", "mouse"),
    ("millennia", "millennium"),
    ("minibuses", "minibus"),
    ("moratoria", "moratorium"),
    ("nuclei", "nucleus"),
    ("oases", "oasis"),
    ("oxen", "ox"),
    ("phenomena", "phenomenon"),
    ("radii", "radius"),
    ("referenda", "referendum"),
    ("scarves", "scarf"),
    ("sheaves", "sheaf"),
    ("shelves", "shelf"),
    ("spectra", "spectrum"),
    ("stadia", "stadium"),
    ("stimuli", "stimulus"),
    ("strata", "stratum"),
    ("syllabi", "syllabus"),
    ("symposia", "symposium"),
    ("teeth", "tooth"),
    ("thieves", "thief"),
    ("vertices", "vertex"),
    ("vortices", "vortex"),
];

/// Endings of plurals that are nothing else, and of their singulars.
const PLURAL_ENDINGS: [(&str, &str); 8] = [
    ("children", "child"),
    ("knives", "knife"),
    ("selves", "self"),
    ("theses", "thesis"),
    ("wives", "wife"),
    ("wolves", "wolf"),
    ("women", "woman"),
    ("womens", "woman"),
];

/// The fewest letters of a word that is a plural by `-men` alone: `gunmen`, but `amen`, `omen`, `Yemen`.
const MIN_MEN_LETTERS: usize = 6;

/// Words by `-men` that are singulars.
const NO_MEN: [&str; 10] = [
    "abdomen", "acumen", "albumen", "bitumen", "cyclamen", "examen", "foramen", "regimen", "specimen",
    "turkmen",
];

/// Words that may be plurals, and are as often another word: verbs mostly.
const MAYBE_PLURALS: [(&str, &str); 6] = [
    ("axes", "axis"),
    ("bases", "basis"),
    ("calves", "calf"),
    ("hooves", "hoof"),
    ("leaves", "leaf"),
    ("lives", "life"),
];

/// Endings of such words, the first as American spelling has it.
const MAYBE_PLURAL_ENDINGS: [(&str, &str); 3] =
    [("lyzes", "lysis"), ("lyses", "lysis"), ("gnoses", "gnosis")];

fn singular(word: &str) -> Option<String> {
    if let Ok(at) = PLURALS.binary_search_by_key(&word, |(plural, _)| plural) {
        return Some(PLURALS[at].1.to_owned());
    }
    let by_men =
        word.strip_suffix("men").filter(|_| word.len() >= MIN_MEN_LETTERS && !NO_MEN.contains(&word));
    by_men.map(|rest| format!("{rest}man")).or_else(|| with_ending(word, &PLURAL_ENDINGS))
}

fn maybe_singular(word: &str) -> Option<String> {
    let known = MAYBE_PLURALS.iter().find(|(plural, _)| *plural == word);
    known.map(|(_, singular)| (*singular).to_owned()).or_else(|| with_ending(word, &MAYBE_PLURAL_ENDINGS))
}

/// `word` with the first of `endings` that it has in place of what that is in another form.
fn with_ending(word: &str, endings: &[(&str, &str)]) -> Option<String> {
    endings.iter().find_map(|(ending, instead)| Some(format!("{}{instead}", word.strip_suffix(ending)?)))
}

/// `word` as American English spells it; none if that is no different.
fn american(word: &str) -> Option<String> {
    by_beginning(word)
        .or_else(|| with_or(word))
        .or_else(|| with_z(word))
        .or_else(|| with_er(word))
        .or_else(|| with_ending(word, &ENDINGS))
        .or_else(|| with_e(word))
}

/// How words begin that are spelt differently in no regular way, and how they do in America. The first that fits
/// counts.
const BEGINNINGS: [(&str, &str); 30] = [
    ("acknowledgement", "acknowledgment"),
    ("ageing", "aging"),
    ("aluminium", "aluminum"),
    ("artefact", "artifact"),
    ("councillor", "councilor"),
    ("counsellor", "counselor"),
    ("dialled", "dialed"),
    ("dialling", "dialing"),
    ("duelled", "dueled"),
    ("duelling", "dueling"),
    ("fuelled", "fueled"),
    ("fuelling", "fueling"),
    ("grey", "gray"),
    ("jewellery", "jewelry"),
    ("judgement", "judgment"),
    ("manoeuvred", "maneuvered"),
    ("manoeuvres", "maneuvers"),
    ("manoeuvre", "maneuver"),
    ("manoeuvr", "maneuver"),
    ("marvellous", "marvelous"),
    ("mould", "mold"),
    ("plough", "plow"),
    ("practis", "practic"),
    ("refuelled", "refueled"),
    ("refuelling", "refueling"),
    ("sceptic", "skeptic"),
    ("skilful", "skillful"),
    ("sulph", "sulf"),
    ("wilful", "willful"),
    ("woollen", "woolen"),
];

fn by_beginning(word: &str) -> Option<String> {
    let changed =
        |(british, american): &(&str, &str)| Some(format!("{american}{}", word.strip_prefix(british)?));
    BEGINNINGS.iter().find_map(changed)
}

/// What stands before the `our` of words that end in `or` in America.
const BEFORE_OUR: [&str; 38] = [
    "ard",
    "arm",
    "behavi",
    "cand",
    "clam",
    "col",
    "demean",
    "discol",
    "disfav",
    "dishon",
    "dol",
    "enam",
    "endeav",
    "fav",
    "ferv",
    "flav",
    "harb",
    "hon",
    "hum",
    "lab",
    "misbehavi",
    "misdemean",
    "neighb",
    "od",
    "parl",
    "ranc",
    "rig",
    "rum",
    "sav",
    "savi",
    "splend",
    "succ",
    "tum",
    "unfav",
    "val",
    "vap",
    "vig",
    "watercol",
];

/// `labor` of `labour`, and the like of what is made of it.
fn with_or(word: &str) -> Option<String> {
    let at = word.find("our")?;
    let (before, behind) = (&word[..at], &word[at + "our".len()..]);
    BEFORE_OUR.binary_search(&before).is_ok().then(|| format!("{before}or{behind}"))
}

/// What follows the `is` of a verb, or the `iz`.
const BEHIND_IS: [&str; 11] =
    ["e", "ed", "es", "ing", "er", "ers", "able", "ation", "ations", "ational", "ationally"];

/// What stands before the `is` of words that have no `iz` though it could be of others.
const NO_Z: [&str; 19] = [
    "advert", "cer", "chast", "chem", "dem", "den", "expert", "marchand", "merchand", "moonr", "mort",
    "parad", "pract", "prem", "sunr", "surm", "treat", "trell", "val",
];

/// `organize` of `organise`, `analyze` of `analyse`, and the like of what is made of them.
fn with_z(word: &str) -> Option<String> {
    let parts = |ending: &&str| Some((word.strip_suffix(ending)?.strip_suffix('s')?, ending.len()));
    let (before, behind) = BEHIND_IS.iter().find_map(parts)?;
    let is_verb = match before.strip_suffix('i') {
        Some(base) => takes_ize(base),
        None => before.ends_with("aly") || before.ends_with("oly"),
    };
    is_verb.then(|| format!("{before}z{}", &word[word.len() - behind..]))
}

/// Whether a verb in `-ise` that begins with `base` is one in `-ize`. Others keep what they had of Latin and French:
/// `advise`, `exercise`, `promise`, `surprise`, `franchise`, `raise`, `despise`, `likewise`.
fn takes_ize(base: &str) -> bool {
    let ends = |ends: &[&str]| ends.iter().any(|end| base.ends_with(end));
    let is_another = match base.as_bytes().last() {
        Some(b'v') => !ends(&["tiv"]),
        Some(b'c') => !ends(&["ac", "ic"]),
        Some(b'h') => ends(&["ch"]),
        Some(b'r') => ends(&["pr"]),
        Some(b'm') => ends(&["prom"]),
        Some(last) => b"aeoupw".contains(last),
        None => true,
    };
    !is_another && base.len() >= 3 && !NO_Z.contains(&base)
}

/// How what stands before the `re` of words ends that end in `er` in America.
const BEFORE_RE: [&str; 12] =
    ["calib", "cent", "fib", "lit", "lust", "meag", "met", "sab", "sepulch", "somb", "spect", "theat"];

/// `center` of `centre`, `centers`, `centered`.
fn with_er(word: &str) -> Option<String> {
    [("re", "er"), ("res", "ers"), ("red", "ered")].iter().find_map(|(ending, instead)| {
        let before = word.strip_suffix(ending)?;
        BEFORE_RE.iter().any(|end| before.ends_with(end)).then(|| format!("{before}{instead}"))
    })
}

/// Further endings, and what they are in America.
const ENDINGS: [(&str, &str); 20] = [
    ("catalogue", "catalog"),
    ("catalogued", "cataloged"),
    ("catalogues", "catalogs"),
    ("cataloguing", "cataloging"),
    ("defence", "defense"),
    ("defenceless", "defenseless"),
    ("defences", "defenses"),
    ("dialogue", "dialog"),
    ("dialogues", "dialogs"),
    ("licence", "license"),
    ("licenced", "licensed"),
    ("licences", "licenses"),
    ("licencing", "licensing"),
    ("monologue", "monolog"),
    ("offence", "offense"),
    ("offences", "offenses"),
    ("pretence", "pretense"),
    ("pretences", "pretenses"),
    ("programme", "program"),
    ("programmes", "programs"),
];

/// What words have within them where American ones have the `e` alone.
const WITH_E: [(&str, &str); 17] = [
    ("amoeb", "ameb"),
    ("anaesth", "anesth"),
    ("archae", "arche"),
    ("caem", "cem"),
    ("coeliac", "celiac"),
    ("diaeval", "dieval"),
    ("faec", "fec"),
    ("foeta", "feta"),
    ("foetu", "fetu"),
    ("gynaec", "gynec"),
    ("haem", "hem"),
    ("homoeo", "homeo"),
    ("kaem", "kem"),
    ("naem", "nem"),
    ("paed", "ped"),
    ("palae", "pale"),
    ("rrhoea", "rrhea"),
];

/// `anemia` of `anaemia`. The first letter stays: forms of a word begin alike.
fn with_e(word: &str) -> Option<String> {
    let has_both = word.get(1..).is_some_and(|rest| rest.contains("ae") || rest.contains("oe"));
    let (british, american) = WITH_E.iter().find(|(british, _)| has_both && word.contains(british))?;
    Some(word.replacen(british, american, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_that_are_searched_are_sorted() {
        assert!(PLURALS.is_sorted());
        assert!(BEFORE_OUR.is_sorted());
    }

    #[test]
    fn british_words_are_american_ones() {
        for (british, spelt) in [
            ("organisations", "organizations"),
            ("organise", "organize"),
            ("criticised", "criticized"),
            ("prioritising", "prioritizing"),
            ("relativises", "relativizes"),
            ("analysed", "analyzed"),
            ("labour", "labor"),
            ("neighbourhoods", "neighborhoods"),
            ("favourable", "favorable"),
            ("kilometres", "kilometers"),
            ("centred", "centered"),
            ("biodefence", "biodefense"),
            ("programmes", "programs"),
            ("sceptically", "skeptically"),
            ("encyclopaedia", "encyclopedia"),
            ("leukaemia", "leukemia"),
            ("fuelling", "fueling"),
            ("manoeuvres", "maneuvers"),
            ("manoeuvring", "maneuvering"),
        ] {
            assert_eq!(american(british).as_deref(), Some(spelt));
            assert_eq!(american(spelt), None, "{spelt}");
        }
    }

    #[test]
    fn words_that_only_look_british_stay() {
        for word in [
            "advise",
            "arise",
            "comprise",
            "compromised",
            "concise",
            "crisis",
            "despised",
            "devised",
            "disguise",
            "enterprises",
            "exercise",
            "expertise",
            "franchise",
            "improvisation",
            "likewise",
            "noise",
            "paradise",
            "precise",
            "promising",
            "raised",
            "rising",
            "supervised",
            "surprise",
            "this",
            "televised",
            "treatises",
            "wise",
            "your",
            "hour",
            "four",
            "hours",
            "tour",
            "source",
            "flour",
            "detour",
            "devour",
            "course",
            "offer",
            "sacred",
            "hundred",
            "more",
            "fence",
            "evidence",
            "conference",
            "rogue",
            "vogue",
            "Israel",
            "does",
            "aemilia",
            "daemon",
            "poem",
            "phoenix",
            "physical",
            "families",
            "housed",
            "trellises",
            "acres",
            "scored",
        ] {
            assert_eq!(american(word), None, "{word}");
        }
    }

    #[test]
    fn plurals_are_their_singulars() {
        let stem = |word: &str| word.to_owned();
        for (plural, singulars) in [
            ("women", ["woman"].as_slice()),
            ("policemen", &["policeman"]),
            ("hypotheses", &["hypothesis"]),
            ("housewives", &["housewife"]),
            ("criteria", &["criterion"]),
            ("lives", &["lives", "life"]),
            ("analyses", &["analyzes", "analysis"]),
            ("diagnoses", &["diagnoses", "diagnosis"]),
            ("specimen", &["specimen"]),
            ("yemen", &["yemen"]),
            ("does", &["does"]),
            ("gaze", &["gaze"]),
            ("dives", &["dives"]),
        ] {
            assert_eq!(stems(plural, stem), singulars, "{plural}");
        }
    }
}
