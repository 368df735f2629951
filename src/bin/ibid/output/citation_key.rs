//! Keys by which LaTeX and pandoc cite: `lindqvistasante2023after`, of author or publisher, year and first word of the
//! title, in ASCII. Keys of one output differ: those that would be the same get letters, in the order of the output.

use std::collections::{HashMap, HashSet};

use ibid::analysis::fold;

use super::Reference;

/// Words that titles begin with and that say nothing.
const LEADING_WORDS: [&str; 14] =
    ["a", "an", "the", "der", "die", "das", "le", "la", "les", "el", "los", "las", "il", "de"];

/// Most characters that a key takes of a name or a word.
const MAX_PART: usize = 30;

/// The keys of `references`, in their order.
pub fn citation_keys(references: &[Reference]) -> Vec<String> {
    let bases: Vec<String> = references.iter().map(base).collect();
    let mut count: HashMap<&str, usize> = HashMap::new();
    for base in &bases {
        *count.entry(base).or_default() += 1;
    }
    let mut taken: HashSet<String> = bases.iter().cloned().collect();
    let mut next: HashMap<&str, usize> = HashMap::new();
    let mut keys = Vec::with_capacity(bases.len());
    for base in &bases {
        if count.get(base.as_str()) == Some(&1) {
            keys.push(base.clone());
            continue;
        }
        let number = next.entry(base).or_default();
        loop {
            let key = format!("{base}{}", letters(*number));
            *number += 1;
            if taken.insert(key.clone()) {
                keys.push(key);
                break;
            }
        }
    }
    keys
}

fn base(reference: &Reference) -> String {
    let author = reference.authors.first().and_then(|name| last_name(name));
    let publisher = reference.publisher.as_deref().map(ascii);
    let name = [author, publisher].into_iter().flatten().find(|name| !name.is_empty()).unwrap_or_default();
    let year = reference.published.map(|date| format!("{:04}", date.parts().0)).unwrap_or_default();
    let mut words = reference.title.as_deref().unwrap_or_default().split_whitespace().map(ascii);
    let word = words.find(|word| !word.is_empty() && !LEADING_WORDS.contains(&word.as_str()));
    match (name, word) {
        // Nothing in Latin letters: ibid's own name is in ASCII, and always the same.
        (name, None) if name.is_empty() => format!("ibid{year}{}", ascii(&reference.id)),
        (name, word) => format!("{name}{year}{}", word.unwrap_or_default()),
    }
}

/// The word of a name that most lists are sorted by: the last, or what stands before a comma.
fn last_name(name: &str) -> Option<String> {
    let sorted_by = name.split_once(',').map_or(name, |(last, _)| last);
    sorted_by.split_whitespace().next_back().map(ascii)
}

/// The letters and figures of `text` in ASCII, without accents, as far as there are any.
fn ascii(text: &str) -> String {
    let folded = fold(text).into_owned();
    let plain = folded.chars().filter(char::is_ascii_alphanumeric).take(MAX_PART);
    plain.map(|c| c.to_ascii_lowercase()).collect()
}

/// `a` for 0, `z` for 25, `aa` for 26.
fn letters(number: usize) -> String {
    let last = char::from(b'a' + (number % 26) as u8);
    match number / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letters(more - 1)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn reference(author: &str, year: &str, title: &str) -> Reference {
        Reference {
            id: "abc.1".to_owned(),
            authors: vec![author.to_owned()],
            published: year.parse().ok(),
            title: Some(title.to_owned()),
            ..Reference::default()
        }
    }

    #[test]
    fn keys_are_of_author_year_and_title() {
        for (author, year, title, expected) in [
            ("Zoë Lindqvist-Asante", "2023-06-15", "After UNSCR 2664", "lindqvistasante2023after"),
            ("Müller, Anna", "2020", "The “Weir” of Ulm", "muller2020weir"),
            ("ليان", "2022", "الهوية", "ibid2022abc1"),
            ("", "", "", "ibidabc1"),
        ] {
            assert_eq!(citation_keys(&[reference(author, year, title)]), [expected]);
        }
    }

    #[test]
    fn keys_that_would_be_the_same_get_letters() {
        let same = reference("A Roe", "2020", "Weirs");
        let other = reference("A Roe", "2020", "Weirsa");
        assert_eq!(
            citation_keys(&[same.clone(), other, same.clone(), same]),
            ["roe2020weirsb", "roe2020weirsa", "roe2020weirsc", "roe2020weirsd"]
        );
        assert_eq!((letters(25), letters(26), letters(27)), ("z".into(), "aa".into(), "ab".into()));
    }

    proptest! {
        #[test]
        fn keys_are_ascii_and_differ(given in prop::collection::vec((".{0,3}", "[ab]{0,2}|.{0,9}"), 0..9)) {
            let all: Vec<Reference> = given.iter().map(|(name, title)| reference(name, "2020", title)).collect();
            let keys = citation_keys(&all);
            let different: HashSet<&String> = keys.iter().collect();
            prop_assert_eq!(different.len(), all.len());
            prop_assert!(keys.iter().all(|key| !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric())));
        }
    }
}
