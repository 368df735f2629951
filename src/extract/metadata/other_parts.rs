//! Who has another part in an article than to write it: whoever edited, reviewed, translated or illustrated it.

use super::folded_words;

/// Words before the name of someone who has a part in an article and didn't write it, in lower case.
const REVIEWED: [&str; 19] = [
    "medically reviewed",
    "reviewed by",
    "edited by",
    "editing by",
    "fact-checked",
    "fact checked",
    "translated by",
    "translation by",
    "translated from",
    "photographs by",
    "photography by",
    "photos by",
    "photo by",
    "illustrated by",
    "illustration by",
    "illustrations by",
    "graphics by",
    "moderated by",
    "produced by",
];

/// One of these is within each of them: most bylines have neither, and needn't be looked through for all.
const WITHIN_REVIEWED: [&str; 2] = [" by", "ed"];

/// What someone did who has another part in an article than to write it, before a "by", in lower case.
const OTHER_PARTS: [&str; 16] = [
    "approved",
    "checked",
    "designed",
    "edited",
    "graphics",
    "illustrated",
    "illustrations",
    "moderated",
    "photo",
    "photographs",
    "photos",
    "produced",
    "researched",
    "reviewed",
    "translated",
    "verified",
];

/// An analysis is what someone wrote, that of data isn't.
const OF_DATA: [&str; 3] = ["data", "analysis", "by"];

/// Whether `said`, what stands before a name, says that whoever follows has another part in the article: `Edited by`.
pub(super) fn says_other_part(said: &str) -> bool {
    let words = folded_words(said);
    let is_part = |word: &String| OTHER_PARTS.contains(&word.as_str());
    match words.as_slice() {
        [.., part, by] if by == "by" => is_part(part) || words.ends_with(&OF_DATA.map(String::from)),
        [part] => is_part(part),
        _ => false,
    }
}

/// Whether a line begins by saying who has read an article before it came out.
pub(super) fn says_reviewed(line: &str) -> bool {
    let lower = line.trim_start().to_lowercase();
    REVIEWED.iter().any(|opener| lower.starts_with(opener))
}

/// The part of a byline that comes before whoever has only read the article: "By Amara Finch. Reviewed by Jo Lind".
pub(super) fn without_review(text: &str) -> &str {
    let lower = text.to_ascii_lowercase(); // As long as the text.
    if !WITHIN_REVIEWED.iter().any(|letters| lower.contains(letters)) {
        return text.trim();
    }
    let ends = REVIEWED.iter().filter_map(|opener| lower.find(opener));
    text[..ends.filter(|&end| end > 0).min().unwrap_or(text.len())].trim()
}

#[cfg(test)]
mod tests {
    use super::{REVIEWED, WITHIN_REVIEWED, says_other_part, without_review};

    #[test]
    fn each_word_of_a_part_has_what_is_looked_for_first() {
        for words in REVIEWED {
            assert!(WITHIN_REVIEWED.iter().any(|letters| words.contains(letters)), "{words}");
        }
    }

    #[test]
    fn who_has_another_part_is_told_from_authors() {
        for said in ["Edited by", "(Edited", "and researched by ", "Data Analysis By"] {
            assert!(says_other_part(said), "{said}");
        }
        for said in ["By", "Analysis by", "Published on 2 May by", "Guide by", "and", ""] {
            assert!(!says_other_part(said), "{said}");
        }
        assert_eq!(without_review("By Amara Finch. Photographs by Jo Lind"), "By Amara Finch.");
    }
}
