//! Bodies and posts in bylines, told from persons by the words of their names.

use super::folded_words;

/// Words that no person's name has, but that of a body does: "Office of Science and Technology Policy".
const BODIES: [&str; 22] = [
    "academy",
    "administration",
    "agency",
    "association",
    "board",
    "bureau",
    "center",
    "centre",
    "college",
    "commission",
    "committee",
    "council",
    "department",
    "division",
    "foundation",
    "institute",
    "institution",
    "ministry",
    "office",
    "secretariat",
    "society",
    "university",
];

/// What a paper calls its editors, or the desk that a text is from, in other languages.
const DESKS: [&str; 44] = [
    "agence",
    "agencia",
    "agencija",
    "agência",
    "ajansı",
    "merkezi",
    "newsdesk",
    "redaccion",
    "redacción",
    "redactia",
    "redactie",
    "redacția",
    "redaksi",
    "redaksjonen",
    "redaktion",
    "redaktionen",
    "redakcia",
    "redakcija",
    "redakcja",
    "redakce",
    "redazione",
    "redação",
    "rédaction",
    "szerkesztőség",
    "toimetus",
    "toimitus",
    "редакция",
    "редакцията",
    "редакція",
    "редакција",
    "σύνταξη",
    "המערכת",
    "מערכת",
    "التحرير",
    "تحریریه",
    "กองบรรณาธิการ",
    "编辑部",
    "編輯部",
    "本报",
    "新华社",
    "編集部",
    "편집국",
    "편집부",
    "뉴스팀",
];

/// Words behind which a body's name goes on: "Center for", "Office of the", "Council on".
const JOINTS: [&str; 4] = ["of", "for", "on", "to"];

/// Posts that are set behind a name, on a line of their own or not.
const POSTS: [&str; 11] = [
    "administrator",
    "analyst",
    "chairman",
    "columnist",
    "correspondent",
    "director",
    "editor",
    "fellow",
    "professor",
    "reporter",
    "secretary",
];

/// Whether a word, folded, is one of a body's name and of no person's.
pub(super) fn is_word_of_body(word: &str) -> bool {
    BODIES.contains(&word) || DESKS.contains(&word)
}

/// Whether a text begins with the name of a body that may have an "and" in it.
pub(super) fn begins_with_body(text: &str) -> bool {
    let words = folded_words(text);
    let ahead = words.windows(2).take(WORDS_TO_JOINT);
    ahead.into_iter().any(|pair| is_word_of_body(&pair[0]) && JOINTS.contains(&pair[1].as_str()))
}

/// Words of a body's name among which its kind is: "White House Office of".
const WORDS_TO_JOINT: usize = 4;

/// A name without the post behind it: "Amara Finch Director".
pub(super) fn without_post(name: &str) -> &str {
    let is_post = |word: &str| POSTS.iter().any(|post| post.eq_ignore_ascii_case(word));
    match name.rsplit_once(' ') {
        Some((rest, post)) if is_post(post) && super::names::is_full_name(rest) => rest,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_told_by_their_kind_and_what_joins_it() {
        for body in ["Office of Rivers and Lakes", "Karst Institute for Water and Soil", "Council on Wells"] {
            assert!(begins_with_body(body), "{body}");
        }
        for text in
            ["Amara Finch and Jo Center", "Office", "Amara Finch, Jo Lind and Ada Moor, Office of Wells"]
        {
            assert!(!begins_with_body(text), "{text}");
        }
    }

    #[test]
    fn a_post_behind_a_full_name_is_none_of_it() {
        assert_eq!(without_post("Amara B. Finch Director"), "Amara B. Finch");
        for name in ["Amara Finch", "Managing Editor", "Director"] {
            assert_eq!(without_post(name), name);
        }
    }
}
