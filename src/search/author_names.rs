//! Names of authors, which pages write in more than one way: `Jörg Müller`, `Müller, Jörg`, `Joerg Mueller`. Who asks for
//! one of these finds the others too.

use crate::query::{Form, Leaf, Query, TextField, words};

/// Most words of a name whose order may be another.
const MAX_WORDS: usize = 4;

/// Letters that are written in two where a keyboard hasn't got them. Folding takes their marks away.
const IN_TWO: [(char, &str); 5] = [('ä', "ae"), ('ö', "oe"), ('ü', "ue"), ('ø', "oe"), ('å', "aa")];

/// How many of them are read in one again, from the first.
const IN_ONE: usize = 3;

/// Fewest letters of a name in which two are read as one: `Yuen` isn't `Yün`.
const MIN_LETTERS_IN_ONE: usize = 5;

/// How names end in which these two letters are two: `Michael`, `Joel`, `Manuel`.
const ENDS_OF_TWO: [&str; 3] = ["ael", "oel", "uel"];

/// `query` with the authors that it asks for as pages write them otherwise. What is shut out stays as it is.
#[must_use]
pub fn with_authors_otherwise(query: &Query) -> Query {
    query.with_leaves(&mut |leaf| {
        let written = if leaf.scope == Some(TextField::Author) { written(leaf) } else { Vec::new() };
        let mut written: Vec<Query> = written.iter().map(|name| leaf.with_text(name)).collect();
        match written.len() {
            0 | 1 => written.pop(),
            _ => Some(Query::Or(written)),
        }
    })
}

/// The name that `leaf` asks for as it is typed, and then as it is written otherwise; nothing for what is no name.
fn written(leaf: &Leaf<'_>) -> Vec<String> {
    let mut written = match leaf.form {
        Form::Any => vec![leaf.text.to_owned()],
        Form::Written { slop: 0 } => in_other_orders(leaf.text),
        _ => return Vec::new(),
    };
    for spelt in [in_two_letters, in_one_letter] {
        let others: Vec<String> = written.iter().map(|name| spelt(name)).collect();
        written.extend(others);
    }
    let mut known = Vec::new();
    written.retain(|name| {
        let is_new = !known.contains(name);
        known.push(name.clone());
        is_new
    });
    written
}

/// `name`, and with the family's name first, and last.
fn in_other_orders(name: &str) -> Vec<String> {
    let words: Vec<&str> = words(name).collect();
    let mut orders = vec![name.to_owned()];
    if let [first, middle @ .., last] = &words[..]
        && words.len() <= MAX_WORDS
    {
        orders.push([&[*last, *first][..], middle].concat().join(" "));
        orders.push([middle, &[*last, *first][..]].concat().join(" "));
    }
    orders
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
    let word = |word: &str| {
        let small = word.to_lowercase();
        let is_name = small.chars().count() >= MIN_LETTERS_IN_ONE
            && !ENDS_OF_TWO.iter().any(|end| small.ends_with(end));
        if is_name { joined(word) } else { word.to_owned() }
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// `word` with two letters in one, where a consonant follows.
fn joined(word: &str) -> String {
    let mut joined = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let begins_with = |(_, two): &&(char, &str)| {
            rest.get(..two.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(two))
                && rest[two.len()..].starts_with(is_consonant)
        };
        let found = IN_TWO[..IN_ONE].iter().find(begins_with);
        joined.push(found.map_or(c, |(letter, _)| *letter));
        rest = &rest[found.map_or(c.len_utf8(), |(_, two)| two.len())..];
    }
    joined
}

fn is_consonant(c: char) -> bool {
    c.is_ascii_alphabetic() && !"aeiouyAEIOUY".contains(c)
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
            ("author:Åström", &["Åström", "aastroem", "aaström"]),
            ("author:mueller", &["mueller", "müller"]),
            ("author:Michael", &[]),
            ("author:Samuel", &[]),
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
