//! What a query looks for, for people: by language, then the words that patterns stand for.

use std::io::{self, Write};

use ibid::engine::PatternWords;
use ibid::search::{Explained, Understood};

use super::named::listed;
use super::printable;

/// Most words of a pattern that are named.
const WORDS_SHOWN: usize = 10;

/// Writes what a query looks for.
pub fn write(out: &mut dyn Write, explained: &Explained) -> io::Result<()> {
    for understood in &explained.understood {
        write_understood(out, understood)?;
    }
    for pattern in &explained.patterns {
        write_pattern(out, pattern)?;
    }
    Ok(())
}

fn write_understood(out: &mut dyn Write, understood: &Understood) -> io::Result<()> {
    let languages = listed(&understood.languages);
    let list = |words: &[String]| printable(&words.join(", "));
    if !understood.terms.is_empty() {
        writeln!(out, "looked for in {languages}: {}", list(&understood.terms))?;
    }
    if !understood.left_out.is_empty() {
        writeln!(out, "left out in {languages}: {}", list(&understood.left_out))?;
    }
    Ok(())
}

fn write_pattern(out: &mut dyn Write, pattern: &PatternWords) -> io::Result<()> {
    let words = pattern.words.iter().take(WORDS_SHOWN);
    let mut words: Vec<String> = words.map(|(word, articles)| format!("{word} ({articles})")).collect();
    if pattern.found > words.len() {
        words.push(format!("… {} in all", pattern.found));
    }
    if pattern.found > pattern.words.len() {
        words.push(format!("the first {} are looked for", pattern.words.len()));
    }
    if words.is_empty() {
        words.push("no word of the index".to_owned());
    }
    writeln!(out, "{} stands for {}", printable(&pattern.pattern), printable(&words.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ibid::model::Language;

    #[test]
    fn terms_and_patterns_are_listed() {
        let words = |count: u64| (0..count).map(|n| (format!("n{n}"), count - n)).collect();
        let pattern =
            |count, found| PatternWords { pattern: "n*".into(), words: words(count), found, too_common: 0 };
        let understood = Understood {
            languages: vec![Language::ENGLISH, Language::OTHER],
            terms: vec!["treati".into(), "title:\"two rivers\"".into()],
            left_out: vec!["of".into()],
        };
        let patterns = vec![pattern(2, 2), pattern(12, 40), pattern(0, 0)];
        let mut out = Vec::new();
        write(&mut out, &Explained { understood: vec![understood], patterns }).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r#"
        looked for in en, others: treati, title:"two rivers"
        left out in en, others: of
        n* stands for n0 (2), n1 (1)
        n* stands for n0 (12), n1 (11), n2 (10), n3 (9), n4 (8), n5 (7), n6 (6), n7 (5), n8 (4), n9 (3), … 40 in all, the first 12 are looked for
        n* stands for no word of the index
        "#);
    }
}
