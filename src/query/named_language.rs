//! Languages by their names, in English and in themselves: `lang:French`, `lang:français`.

use whatlang::Lang;

use crate::model::Language;

/// Names beside those that are known of detected languages, and the codes that they stand for.
const OTHER_NAMES: [(&str, &str); 9] = [
    ("chinese", "zh"),
    ("中文", "zh"),
    ("farsi", "fa"),
    ("filipino", "tl"),
    ("norsk", "no"),
    ("norwegian", "no"),
    ("odia", "or"),
    ("sinhala", "si"),
    ("slovenian", "sl"),
];

/// The language of that name, in any case.
pub(super) fn named(name: &str) -> Option<Language> {
    let name = name.trim().to_lowercase();
    let is_its = |language: &&Lang| {
        language.eng_name().eq_ignore_ascii_case(&name) || language.name().to_lowercase() == name
    };
    let detected = || {
        let language = Lang::all().iter().find(is_its)?;
        Language::from_iso_639_3(language.code())
    };
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == name);
    other.map_or_else(detected, |(_, code)| Language::from_tag(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_go_by_their_names_in_any_case() {
        for (name, code) in [
            ("French", "fr"),
            ("FRANÇAIS", "fr"),
            ("русский", "ru"),
            ("Chinese", "zh"),
            ("mandarin", "zh"),
            ("日本語", "ja"),
            ("Norwegian", "no"),
            ("persian", "fa"),
        ] {
            assert_eq!(
                named(name).map(|language| language.code().to_owned()).as_deref(),
                Some(code),
                "{name}"
            );
        }
        for name in ["", "klingon", "fr", "french language"] {
            assert_eq!(named(name), None, "{name}");
        }
    }

    #[test]
    fn every_language_that_is_detected_has_a_name() {
        for language in Lang::all() {
            assert!(named(language.eng_name()).is_some() && named(language.name()).is_some(), "{language:?}");
        }
    }
}
