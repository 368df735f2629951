//! Titles, ranks and degrees around the name of a person, which are none of it.

use super::names::{is_degree, is_full_name};

/// What stands before the name of a person to whom one is polite, or who has a rank, in lower case, with a point or
/// without.
const WITH_OR_WITHOUT_POINT: [&str; 16] = [
    "dame",
    "dr",
    "dipl.-ing",
    "gov",
    "h.e",
    "lt",
    "maj",
    "mr",
    "mrs",
    "ms",
    "mx",
    "prof",
    "rt",
    "shri",
    "sir",
    "smt",
];

/// The same for those that are names too where no point stands behind them.
const WITH_POINT: [&str; 17] = [
    "adm", "amb", "brig", "capt", "cmdr", "cdr", "col", "cpl", "fr", "gen", "hon", "rep", "rev", "sen",
    "sgt", "st.", "supt",
];

/// Words behind one of these ranks that belong to it: `Maj Gen`, `Rt Hon`, `The Hon.`
const SECOND_WORDS: [&str; 4] = ["gen", "hon", "col", "gen."];

/// A name of two words and more without its titles before it and its degrees behind it.
pub(super) fn without(name: &str) -> &str {
    without_degree(without_title(name))
}

fn without_title(name: &str) -> &str {
    let mut rest = name.strip_prefix("The Hon").map_or(name, |_| &name["The ".len()..]);
    while let Some((first, behind)) = rest.split_once(' ') {
        let lower = first.to_lowercase();
        let bare = lower.trim_end_matches('.');
        let has_point = bare.len() < lower.len();
        let is_second = rest.len() < name.len() && SECOND_WORDS.contains(&bare);
        let is_title =
            WITH_OR_WITHOUT_POINT.contains(&bare) || has_point && WITH_POINT.contains(&bare) || is_second;
        if !is_title || !behind.trim().contains(' ') {
            break;
        }
        rest = behind.trim_start();
    }
    rest
}

/// Degrees, orders and seats behind a name, in lower case and without points. Capitals alone tell none: `Amara B. FINCH`.
const DEGREES: [&str; 36] = [
    "ba", "bsc", "cbe", "cfa", "cfp", "cmg", "cpa", "cpp", "dphil", "drph", "dvm", "edd", "esq", "frs",
    "gcmg", "jd", "kbe", "kc", "kcmg", "llb", "llm", "ma", "mba", "mbe", "md", "mep", "mla", "mp", "mph",
    "mpp", "msc", "obe", "pharmd", "phd", "qc", "rn",
];

/// A full name without the degrees or orders behind it: `Amara Finch PhD`. `Yo-Yo Ma` has none.
fn without_degree(name: &str) -> &str {
    let mut rest = name;
    while let Some((before, last)) = rest.rsplit_once(' ') {
        let lower = last.replace('.', "").to_lowercase();
        let before = before.trim_end_matches(',');
        if !DEGREES.contains(&lower.as_str()) || !is_degree(last) || !is_full_name(before) {
            break;
        }
        rest = before;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn a_name_is_left_without_titles_and_degrees() {
        for name in [
            "Dr Amara Finch",
            "Prof. Dr. Amara Finch",
            "Sen. Amara Finch",
            "Lt. Gen. Amara Finch",
            "Maj Gen Amara Finch",
            "Rt Hon Amara Finch MP",
            "The Hon. Amara Finch",
            "Sir Amara Finch KCMG",
            "Amara Finch PhD",
        ] {
            assert_eq!(without(name), "Amara Finch", "{name}");
        }
        for name in [
            "Dr Finch",
            "Sen Amara Finch",
            "Amara Finch III",
            "Amara B. FINCH",
            "A. Edward DeFinch",
            "Yo-Yo Ma",
            "Amara Finch Jr.",
            "AMARA FINCH",
            "Col Finch",
        ] {
            assert_eq!(without(name), name);
        }
    }
}
