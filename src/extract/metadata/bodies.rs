//! Bodies and posts in bylines, told from persons by the words of their names.

use super::folded_words;
use super::names::is_full_name;

/// Words that no person's name has, but that of a body does: "Office of Science and Technology Policy".
const BODIES: [&str; 38] = [
    "academy",
    "administration",
    "agency",
    "alliance",
    "army",
    "association",
    "board",
    "bureau",
    "center",
    "centre",
    "coalition",
    "college",
    "commission",
    "committee",
    "corps",
    "council",
    "department",
    "division",
    "embassy",
    "federation",
    "foundation",
    "initiative",
    "institute",
    "institution",
    "ministry",
    "navy",
    "network",
    "office",
    "organisation",
    "organization",
    "parliament",
    "program",
    "programme",
    "school",
    "secretariat",
    "society",
    "times",
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

/// Posts that are set beside a name, on a line of their own or not.
const POSTS: [&str; 35] = [
    "administrator",
    "adviser",
    "advisor",
    "ambassador",
    "analyst",
    "assistant",
    "associate",
    "ceo",
    "chairman",
    "chairperson",
    "columnist",
    "commissioner",
    "coordinator",
    "correspondent",
    "counselor",
    "director",
    "economist",
    "editor",
    "fellow",
    "founder",
    "governor",
    "journalist",
    "lecturer",
    "manager",
    "minister",
    "officer",
    "president",
    "professor",
    "reporter",
    "representative",
    "researcher",
    "scientist",
    "secretary",
    "senator",
    "writer",
];

/// Whether a word, folded, is one of a body's name and of no person's.
pub(super) fn is_word_of_body(word: &str) -> bool {
    BODIES.contains(&word) || DESKS.contains(&word)
}

/// Whether `name` has a word that no person's name has, but that of a body does: "River Board".
#[must_use]
pub fn is_name_of_body(name: &str) -> bool {
    folded_words(name).iter().any(|word| is_word_of_body(word))
}

/// Whether a word, folded, names a post.
pub(super) fn is_post(word: &str) -> bool {
    POSTS.contains(&word)
}

/// Whether a text names an office and no person: "Advisor for Wells".
fn is_office(text: &str) -> bool {
    let words = folded_words(text);
    let leads = words.first().is_some_and(|word| word == "head") && words.len() > 1;
    leads || behind_post(text.trim()).is_none() && words.iter().any(|word| is_post(word))
}

/// Whether the end of `text`, which is a byline's beginning, lies in the office of someone named before.
pub(super) fn is_in_office(text: &str) -> bool {
    text.rsplit_once(',').is_some_and(|(_, part)| is_office(part))
}

/// What stands between the commas of a byline, without the offices of who is named before them.
pub(super) fn without_offices(parts: Vec<&str>) -> Vec<&str> {
    let is_office_at = |at: usize| at > 0 && parts.get(at).is_some_and(|part| is_office(part));
    let mut kept = Vec::with_capacity(parts.len());
    for (at, part) in parts.iter().enumerate() {
        if is_office_at(at) {
            kept.extend(next_named(part, is_office_at(at + 1)));
        } else {
            kept.push(*part);
        }
    }
    kept
}

/// Who is named behind an office, "Director of Wells and Jo Lind": where his own follows, or nothing stands between.
fn next_named(part: &str, has_office: bool) -> Option<&str> {
    let (office, name) = part.rsplit_once(" and ")?;
    let is_named = (has_office || ends_with_post(office)) && is_full_name(name) && !is_office(name);
    is_named.then_some(name)
}

/// Whether a text begins with the name of a body that may have an "and" in it.
pub(super) fn begins_with_body(text: &str) -> bool {
    let words = folded_words(text);
    let mut ahead = words.windows(2).take(WORDS_TO_JOINT);
    ahead.any(|pair| is_word_of_body(&pair[0]) && JOINTS.contains(&pair[1].as_str()))
        || is_body_with_and(text)
}

/// Whether a text is the name of a body with an "and" in it and nothing else: "Water and Energy Commission".
fn is_body_with_and(text: &str) -> bool {
    let is_body = text.rsplit(' ').next().is_some_and(|last| is_word_of_body(&last.to_lowercase()));
    is_body && text.split_once(" and ").is_some_and(|(before, _)| !before.contains([' ', ',']))
}

/// Words of a body's name among which its kind is: "White House Office of".
const WORDS_TO_JOINT: usize = 4;

/// A name without the post behind it or before it: "Amara Finch Director", "Deputy Director Amara Finch".
pub(super) fn without_post(name: &str) -> &str {
    if let Some(before) = before_dash(name) {
        return before;
    }
    match name.rsplit_once(' ') {
        Some((before, post)) if is_post(&post.to_lowercase()) && is_full_name(before) => before,
        _ => behind_post(name).unwrap_or(name),
    }
}

/// The full name before a dash, if an office stands behind it: "Amara Finch - Senior Fellow".
fn before_dash(name: &str) -> Option<&str> {
    let (before, office) = DASHES.iter().find_map(|dash| name.split_once(dash))?;
    (is_full_name(before) && is_office(office)).then_some(before)
}

/// Dashes between a name and an office.
const DASHES: [&str; 2] = [" - ", " – "];

/// Whether the last word of `text` names a post.
fn ends_with_post(text: &str) -> bool {
    text.rsplit(' ').next().is_some_and(|word| is_post(&word.to_lowercase()))
}

/// The full name behind the last post in `text`.
fn behind_post(text: &str) -> Option<&str> {
    let (at, _) = text.rmatch_indices(' ').find(|&(at, _)| ends_with_post(&text[..at]))?;
    Some(&text[at + 1..]).filter(|name| is_full_name(name))
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
    fn an_office_behind_a_dash_is_none_of_the_name() {
        assert_eq!(without_post("Amara B. Finch - Senior Fellow"), "Amara B. Finch");
        assert_eq!(without_post("Amara Finch – Director of Wells"), "Amara Finch");
        for name in ["Amara Finch - Jo Lind", "Amara Finch-Fellow", "Karst - Senior Fellow"] {
            assert_eq!(without_post(name), name);
        }
    }

    #[test]
    fn a_post_beside_a_full_name_is_none_of_it() {
        assert_eq!(without_post("Amara B. Finch Director"), "Amara B. Finch");
        assert_eq!(without_post("Deputy Director Amara B. Finch"), "Amara B. Finch");
        for name in ["Amara Finch", "Managing Editor", "Director", "Professor Finch", "Director of Wells"] {
            assert_eq!(without_post(name), name);
        }
    }
}
