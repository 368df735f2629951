//! How counts and languages are named in sentences.

use ibid::model::Language;

/// `count` with the name of what is counted, which has its plural with an `s`.
pub fn counted(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// `languages` as a list; those that no stemmer knows are the others.
pub fn listed(languages: &[Language]) -> String {
    let name = |language: &Language| match *language {
        Language::OTHER => "others".to_owned(),
        language => language.to_string(),
    };
    languages.iter().map(name).collect::<Vec<_>>().join(", ")
}
