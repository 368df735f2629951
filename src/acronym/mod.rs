//! Acronyms that a text defines: `Tehrik-e-Taliban Pakistan (TTP)`, `TTP (Tehrik-e-Taliban Pakistan)`,
//! `the International Monetary Fund, or IMF,`.
//!
//! Schwartz and Hearst, A Simple Algorithm for Identifying Abbreviation Definitions in Biomedical Text (2003),
//! extended: a short form is set against the words beside it, letter by letter, and each word that it takes a letter of
//! gives its first one. Texts in, definitions out; what is made of them, and where they are kept, is not here. A script
//! without capitals has no acronyms.

mod alignment;
mod candidates;
mod capitals;
mod postal;
mod readings;
mod short;

pub use capitals::each_capital_word;
pub use postal::state_of;
pub use readings::{Reading, readings};
pub use short::{singular, with_last_point};

use candidates::each_candidate;

/// Longest long form, in bytes: what is longer is a sentence.
const MAX_LONG_BYTES: usize = 120;

/// A short form and what it stands for, as a text writes them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Definition {
    /// The short form, in the singular: `NGO` for `NGOs`.
    pub short: String,
    /// The long form, with single spaces.
    pub long: String,
}

/// What `text` defines, each once, in order of spelling.
///
/// A definition never reaches over the end of a sentence or paragraph. The time is linear in the text: short forms
/// and the words that are looked at before them are bounded.
#[must_use]
pub fn definitions(text: &str) -> Vec<Definition> {
    let mut found = Vec::new();
    each_candidate(text, |short, long| {
        if long.len() <= MAX_LONG_BYTES {
            let long = long.split_whitespace().collect::<Vec<_>>().join(" ");
            found.push(Definition { short: short.to_owned(), long });
        }
    });
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What `text` defines, as `SHORT = Long`, parted by semicolons.
    fn defined(text: &str) -> String {
        let all: Vec<String> =
            definitions(text).into_iter().map(|d| format!("{} = {}", d.short, d.long)).collect();
        all.join("; ")
    }

    #[test]
    fn long_forms_stand_before_or_behind_or_beside() {
        for (text, expected) in [
            ("The Tehrik-e-Taliban Pakistan (TTP) said so.", "TTP = Tehrik-e-Taliban Pakistan"),
            ("TTP (Tehrik-e-Taliban Pakistan) said so.", "TTP = Tehrik-e-Taliban Pakistan"),
            ("the International Monetary Fund, or IMF, lends", "IMF = International Monetary Fund"),
            ("the World Trade Organization, known as the WTO, met", "WTO = World Trade Organization"),
            ("the International Monetary Fund or IMF lends", "IMF = International Monetary Fund"),
            ("either the Senate or IMF, or the International Bank or IMF", ""),
            ("BND (Bundesnachrichtendienst) und DNA (deoxyribonucleic)", "BND = Bundesnachrichtendienst"),
            ("IMF, or International Monetary Fund, lends", "IMF = International Monetary Fund"),
            ("the “Afghan National Army” (the “ANA”)", "ANA = Afghan National Army"),
            (
                "the Democratic People's Republic of Korea (hereafter “the DPRK”)",
                "DPRK = Democratic People's Republic of Korea",
            ),
            ("the Islamic State of Iraq and Syria (ISIS or Daesh)", "ISIS = Islamic State of Iraq and Syria"),
            (
                "the U.S. Agency for International Development (USAID)",
                "USAID = U.S. Agency for International Development",
            ),
            ("North Atlantic Treaty Organization(NATO)", "NATO = North Atlantic Treaty Organization"),
            ("世界贸易组织（World Trade Organization，WTO）", ""),
        ] {
            assert_eq!(defined(text), expected, "{text}");
        }
    }

    #[test]
    fn letters_may_be_of_small_words_of_parts_of_words_and_of_compounds() {
        for (text, expected) in [
            ("the Department of Defense (DoD)", "DoD = Department of Defense"),
            ("the Pakistan Muslim League-Nawaz (PML-N)", "PML-N = Pakistan Muslim League-Nawaz"),
            ("post-traumatic stress disorder (PTSD)", "PTSD = post-traumatic stress disorder"),
            ("coronavirus disease 2019 (COVID-19)", "COVID-19 = coronavirus disease 2019"),
            ("the Group of Seven (G7) and the Group of 77 (G77)", "G7 = Group of Seven; G77 = Group of 77"),
            ("deoxyribonucleic acid (DNA)", "DNA = deoxyribonucleic acid"),
            ("der Bundesnachrichtendienst (BND)", "BND = Bundesnachrichtendienst"),
            ("das Bundesministerium der Verteidigung (BMVg)", "BMVg = Bundesministerium der Verteidigung"),
            ("the Food and Agriculture Organization (FAO)", "FAO = Food and Agriculture Organization"),
        ] {
            assert_eq!(defined(text), expected, "{text}");
        }
    }

    #[test]
    fn languages_have_their_own_small_words() {
        for (text, expected) in [
            (
                "la Organización del Tratado del Atlántico Norte (OTAN)",
                "OTAN = Organización del Tratado del Atlántico Norte",
            ),
            (
                "la Organización de los Estados Americanos, o OEA, pidió",
                "OEA = Organización de los Estados Americanos",
            ),
            (
                "l’Organisation du traité de l’Atlantique nord (OTAN)",
                "OTAN = Organisation du traité de l’Atlantique nord",
            ),
            ("l'Union européenne (UE)", "UE = Union européenne"),
            ("l’Organisation des Nations unies (l’ONU)", "ONU = Organisation des Nations unies"),
            ("L'ONU (Organisation des Nations unies) a dit", "ONU = Organisation des Nations unies"),
            ("Adalet ve Kalkınma Partisi (AKP)", "AKP = Adalet ve Kalkınma Partisi"),
            ("le traité sur la non-prolifération (TNP)", "TNP = traité sur la non-prolifération"),
            ("die Kreditanstalt für Wiederaufbau (KfW)", "KfW = Kreditanstalt für Wiederaufbau"),
            ("das Bruttoinlandsprodukt (BIP)", "BIP = Bruttoinlandsprodukt"),
            ("Организация Объединённых Наций (ООН) заявила", "ООН = Организация Объединённых Наций"),
            (
                "Содружество Независимых Государств, или СНГ, создано",
                "СНГ = Содружество Независимых Государств",
            ),
            ("a Organização dos Estados Americanos (OEA)", "OEA = Organização dos Estados Americanos"),
        ] {
            assert_eq!(defined(text), expected, "{text}");
        }
    }

    #[test]
    fn plurals_are_of_the_singular() {
        assert_eq!(defined("non-governmental organizations (NGOs)"), "NGO = non-governmental organizations");
        assert_eq!(defined("internally displaced persons (IDPs)"), "IDP = internally displaced persons");
    }

    #[test]
    fn nested_brackets_end_at_their_own() {
        assert_eq!(
            defined("They (the Tehrik-e-Taliban Pakistan (TTP)) and the High Peace Council (HPC)"),
            "HPC = High Peace Council; TTP = Tehrik-e-Taliban Pakistan"
        );
        assert_eq!(defined("an open bracket (the High Peace Council (HPC"), "");
        assert_eq!(defined(")) (( () (a) (AB) (AB"), "");
    }

    #[test]
    fn the_shortest_fitting_words_are_the_long_form() {
        assert_eq!(
            defined("The National Security Council and the National Security Agency (NSA)"),
            "NSA = National Security Agency"
        );
        assert_eq!(defined("Since 2001 United Nations and United States (US) aid"), "US = United States");
    }

    #[test]
    fn false_friends_define_nothing() {
        for text in [
            "It grew (see below).",
            "PARIS (AFP) - The army",
            "KABUL, Afghanistan (AP) — A bomb",
            "the war (2014)",
            "Senator Dina Nunez York (D-NY)",
            "Representative Ruth Imani Ibarra (R-IA)",
            "Section Two of Chapter IV (IV)",
            "He left. The army (HTA) went",
            "the army (the militia (AM",
            "Ministry of Water\n\nPower (MWP)",
            "The United Nations (Geneva)",
            "NATO (Brussels) said",
            "She works (WHO reform, page 3)",
            "a number (A) of points (B)",
            "It is 10 PM (local time)",
        ] {
            assert_eq!(defined(text), "", "{text}");
        }
    }

    /// `word` with a capital.
    fn capital(word: &str) -> String {
        let mut chars = word.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
    }

    proptest! {
        #[test]
        fn a_name_and_its_initials_are_found(names in prop::collection::vec("[b-df-hj-np-tv-z][a-z]{5,9}", 3..6)) {
            let names: Vec<String> = names.iter().map(|name| capital(name)).collect();
            let short: String = names.iter().filter_map(|name| name.chars().next()).collect();
            prop_assume!(short::is_short_form(&short));
            let long = names.join(" ");
            let expected = [Definition { short: short.clone(), long: long.clone() }];
            prop_assert_eq!(definitions(&format!("It is, they say, the {long} ({short}).")), &expected);
            prop_assert_eq!(definitions(&format!("The {short} ({long}) met.")), &expected);
        }

        #[test]
        fn what_is_found_stands_in_the_text(text in "([A-Z]{1,4}|[A-Za-zéЖж]{1,5}|[ ().,;“”\n'-]|, or ){0,40}") {
            for definition in definitions(&text) {
                let spaced = text.split_whitespace().collect::<Vec<_>>().join(" ");
                prop_assert!(spaced.contains(&definition.short) && spaced.contains(&definition.long));
                prop_assert!(short::is_short_form(&definition.short));
            }
        }

        #[test]
        fn any_text_is_read(text in "\\PC{0,60}") {
            prop_assert!(definitions(&text).len() <= text.len());
        }
    }
}
