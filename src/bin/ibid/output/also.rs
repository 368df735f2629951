//! What is looked for beside what was typed, for people: acronyms, their long forms, synonyms.

use ibid::search::{Also, LongForm};

use super::named::counted;
use super::printable;

/// What is looked for too, on one line; none if nothing is.
pub fn also_line(also: &[Also]) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for name in also.iter().flat_map(|also| &also.also) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| format!("also: {}", printable(&names.join("; "))))
}

/// A note for each acronym that stands for more than one thing.
pub fn reading_notes(also: &[Also]) -> Vec<String> {
    also.iter().filter(|also| !also.readings.is_empty()).map(reading_note).collect()
}

fn reading_note(Also { typed, also, readings }: &Also) -> String {
    let readings: Vec<String> = readings.iter().map(reading).collect();
    let looked_for = if also.is_empty() {
        "none is looked for: a word that goes with one would tell".to_owned()
    } else {
        format!("looked for: {}", printable(&also.join("; ")))
    };
    format!("`{typed}` stands for {}; {looked_for}", readings.join(", "))
}

fn reading(LongForm { long, articles }: &LongForm) -> String {
    let articles = counted(*articles, "article");
    format!("{} ({articles})", printable(long))
}
