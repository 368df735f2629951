//! Names of authors, which pages write in more than one way: `Jörg Müller`, `Müller, Jörg`, `Joerg Mueller`; `J.D. Vance`,
//! `J. D. Vance`. Who asks for one of these finds the others too.

use std::collections::HashSet;

use super::written_otherwise::WRITTEN_OTHERWISE_WEIGHT;
use crate::query::{Form, Leaf, Query, TextField, words};

/// Most words between the first and the last of a name whose order may be another.
const MAX_MIDDLE_WORDS: usize = 2;

/// Most initials that are written as one word.
const MAX_INITIALS: usize = 3;

/// Letters that are written in two where a keyboard hasn't got them. Folding takes their marks away.
const IN_TWO: [(char, &str); 5] = [('ä', "ae"), ('ö', "oe"), ('ü', "ue"), ('ø', "oe"), ('å', "aa")];

/// How many of them are read in one again, from the first.
const IN_ONE: usize = 3;

/// Fewest letters of a name in which two are read as one: `Yuen` isn't `Yün`.
const MIN_LETTERS_IN_ONE: usize = 5;

/// `query` with the authors that it asks for as pages write them otherwise. What is shut out stays as it is.
#[must_use]
pub fn with_authors_otherwise(query: &Query) -> Query {
    query.with_leaves(&mut |leaf| {
        let written = if leaf.scope == Some(TextField::Author) { written(leaf) } else { Vec::new() };
        let less = |name: &String| Leaf { weight: WRITTEN_OTHERWISE_WEIGHT, ..*leaf }.with_text(name);
        let others: Vec<Query> = written.iter().skip(1).map(less).collect();
        let typed = leaf.with_text(leaf.text);
        (!others.is_empty()).then(|| Query::Or([typed].into_iter().chain(others).collect()))
    })
}

/// The name that `leaf` asks for as it is typed, and then as it is written otherwise; nothing for what is no name.
fn written(leaf: &Leaf<'_>) -> Vec<String> {
    let mut written = match leaf.form {
        Form::Any => vec![leaf.text.to_owned()],
        // One word is in one form alone: `=mueller`.
        Form::Written { slop: 0 } if words(leaf.text).nth(1).is_some() => {
            let initials =
                [leaf.text.to_owned(), with_initials_apart(leaf.text), with_initials_joined(leaf.text)];
            initials.iter().flat_map(|name| in_other_orders(name)).collect()
        }
        _ => return Vec::new(),
    };
    for spelt in [in_two_letters, in_one_letter] {
        let others: Vec<String> = written.iter().map(|name| spelt(name)).collect();
        written.extend(others);
    }
    let mut known = HashSet::new();
    written.retain(|name| known.insert(name.clone()));
    written
}

/// `J.D. Vance` and `JD Vance` as `J. D. Vance`.
fn with_initials_apart(name: &str) -> String {
    let apart = |word: &str| {
        let letters: String = word.chars().filter(|&c| c != '.').collect();
        let are_initials =
            letters.chars().all(char::is_uppercase) && (2..=MAX_INITIALS).contains(&letters.chars().count());
        if are_initials { separated(&letters) } else { word.to_owned() }
    };
    name.split(' ').map(apart).collect::<Vec<_>>().join(" ")
}

fn separated(letters: &str) -> String {
    letters.chars().map(|letter| format!("{letter}.")).collect::<Vec<_>>().join(" ")
}

/// `J. D. Vance` as `J.D. Vance`, which is found as `JD Vance` too.
fn with_initials_joined(name: &str) -> String {
    let mut joined = String::with_capacity(name.len());
    let mut follows_initial = false;
    for word in name.split(' ') {
        let letter = word.strip_suffix('.').unwrap_or(word);
        let is_initial = letter.chars().count() == 1 && letter.chars().all(char::is_uppercase);
        if !(joined.is_empty() || follows_initial && is_initial) {
            joined.push(' ');
        }
        joined.push_str(letter);
        joined.push_str(if is_initial { "." } else { &word[letter.len()..] });
        follows_initial = is_initial;
    }
    joined
}

/// `name`, and with the family's name first, which may be all but the first word; one with a comma with it last.
fn in_other_orders(name: &str) -> Vec<String> {
    let typed = name.to_owned();
    if let Some((family, given)) = name.split_once(',') {
        return vec![typed, format!("{} {family}", given.trim())];
    }
    match &words(name).collect::<Vec<_>>()[..] {
        [first, middle @ .., last] if middle.len() <= MAX_MIDDLE_WORDS => {
            let of_one = [&[*last, *first][..], middle].concat().join(" ");
            let of_all_but_one = [middle, &[*last, *first][..]].concat().join(" ");
            vec![typed, of_one, of_all_but_one]
        }
        _ => vec![typed],
    }
}

/// `Jörg` as `Joerg`.
fn in_two_letters(name: &str) -> String {
    let letter = |c: char| match IN_TWO.iter().find(|(letter, _)| c.to_lowercase().eq([*letter])) {
        Some((_, two)) => (*two).to_owned(),
        None => c.to_string(),
    };
    name.chars().map(letter).collect()
}

/// `Joerg` as `Jörg`.
fn in_one_letter(name: &str) -> String {
    let is_long = |word: &str| word.chars().count() >= MIN_LETTERS_IN_ONE;
    let word = |word: &str| if is_long(word) { joined(word) } else { word.to_owned() };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// `word` with two letters in one, where they are likely to be one.
fn joined(word: &str) -> String {
    let mut joined = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let begins_with = |(_, two): &&(char, &str)| {
            rest.get(..two.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(two))
                && may_be_one(&joined, &rest[two.len()..])
        };
        let found = IN_TWO[..IN_ONE].iter().find(begins_with);
        let (letter, bytes) = found.map_or((c, c.len_utf8()), |(letter, two)| (*letter, two.len()));
        joined.push(letter);
        rest = &rest[bytes..];
    }
    joined
}

/// Whether two letters between `before` and `behind` may be one, as in `Mueller` and unlike `Bauer`, `Enrique`, `Xue`,
/// `Michaela` and `Joel`.
fn may_be_one(before: &str, behind: &str) -> bool {
    let follows = |c: char| is_vowel(c) || c.eq_ignore_ascii_case(&'q');
    let is_name_in_l = || behind.strip_prefix('l').is_some_and(|end| !end.starts_with(is_consonant));
    !before.ends_with(follows) && behind.starts_with(is_consonant) && !is_name_in_l()
}

fn is_vowel(c: char) -> bool {
    "aeiouy".contains(c.to_ascii_lowercase())
}

fn is_consonant(c: char) -> bool {
    c.is_ascii_alphabetic() && !is_vowel(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    #[test]
    fn authors_are_looked_for_as_pages_write_them() {
        for (typed, expected) in [
            ("author:\"Jörg Müller\"", &["Jörg Müller", "Müller Jörg", "Joerg Mueller", "Mueller Joerg"][..]),
            ("author:\"Moeller, Jan\"", &["Moeller, Jan", "Jan Moeller", "Möller, Jan", "Jan Möller"]),
            ("author:\"Ana de Ruiz\"", &["Ana de Ruiz", "Ruiz Ana de", "de Ruiz Ana"]),
            ("author:\"J.D. Ruiz\"", &["J.D. Ruiz", "Ruiz J.D", "J. D. Ruiz", "Ruiz J D", "D Ruiz J"]),
            ("author:\"Ruiz, J. D.\"", &["Ruiz, J. D.", "J. D. Ruiz", "Ruiz, J.D.", "J.D. Ruiz"]),
            ("author:\"García Márquez, Gabriel\"", &["García Márquez, Gabriel", "Gabriel García Márquez"]),
            ("author:Åström", &["Åström", "aastroem", "aaström"]),
            ("author:mueller", &["mueller", "müller"]),
            ("author:Michael", &[]),
            ("author:Samuel", &[]),
            ("author:Bauer", &[]),
            ("author:=mueller", &[]),
            ("author:\"Michael, Jan\"", &["Michael, Jan", "Jan Michael"]),
            ("author:Yuen", &[]),
            ("author:Xue", &[]),
            ("author:mül*", &[]),
            ("\"Jörg Müller\"", &[]),
            ("title:müller", &[]),
        ] {
            let query = parse(typed).unwrap().query.unwrap();
            let otherwise = with_authors_otherwise(&query);
            let leaves: Vec<&str> = otherwise.leaves().iter().map(|leaf| leaf.text).collect();
            if expected.is_empty() {
                assert_eq!(otherwise, query, "{typed}");
            } else {
                assert_eq!(leaves, expected, "{typed}");
            }
        }
    }
}
