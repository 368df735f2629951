//! How a query is read and what it looks for: by language, then the words that patterns stand for.

use std::io::{self, Write};

use ibid::engine::PatternWords;
use ibid::model::Language;
use ibid::search::{Also, Explained, Understood};
use serde::Serialize;

use super::named::listed;
use super::{QueryFormat, also_line, printable};

/// Most words of a pattern that are named to people.
const WORDS_SHOWN: usize = 10;

/// How a query is read.
pub struct QueryExplained<'a> {
    /// As typed.
    pub query: &'a str,
    /// With every bracket that it implies; none if nothing is left of it.
    pub understood: Option<String>,
    /// What is looked for beside what was typed.
    pub also: &'a [Also],
    /// What is looked for, where there is an index.
    pub explained: Option<&'a Explained>,
    /// What is wrong with it, and what was changed in it.
    pub warnings: Vec<String>,
}

/// Writes how a query is read.
pub fn write_query_explained(
    out: &mut dyn Write,
    query: &QueryExplained<'_>,
    format: QueryFormat,
) -> io::Result<()> {
    if format == QueryFormat::Json {
        return write_json(out, query);
    }
    writeln!(out, "{}", printable(query.understood.as_deref().unwrap_or_default()))?;
    if let Some(line) = also_line(query.also) {
        writeln!(out, "{line}")?;
    }
    query.explained.map_or(Ok(()), |explained| write(out, explained))
}

/// What is looked for in some languages, as scripts see it.
#[derive(Serialize)]
struct LookedFor<'a> {
    languages: &'a [Language],
    terms: &'a [String],
    left_out: &'a [String],
}

impl<'a> LookedFor<'a> {
    fn of(Understood { languages, terms, left_out }: &'a Understood) -> Self {
        Self { languages, terms, left_out }
    }
}

/// A pattern and the words that it stands for, as scripts see them.
#[derive(Serialize)]
struct StandsFor<'a> {
    pattern: &'a str,
    words: Vec<Word<'a>>,
    found: usize,
    too_common: usize,
}

#[derive(Serialize)]
struct Word<'a> {
    word: &'a str,
    articles: u64,
}

impl<'a> StandsFor<'a> {
    fn of(PatternWords { pattern, words, found, too_common }: &'a PatternWords) -> Self {
        let words = words.iter().map(|(word, articles)| Word { word, articles: *articles }).collect();
        Self { pattern, words, found: *found, too_common: *too_common }
    }
}

fn write_json(out: &mut dyn Write, query: &QueryExplained<'_>) -> io::Result<()> {
    #[derive(Serialize)]
    struct Object<'a> {
        query: &'a str,
        understood: Option<&'a str>,
        also: &'a [Also],
        looked_for: Option<Vec<LookedFor<'a>>>,
        patterns: Option<Vec<StandsFor<'a>>>,
        warnings: &'a [String],
    }
    let explained = query.explained;
    let object = Object {
        query: query.query,
        understood: query.understood.as_deref(),
        also: query.also,
        looked_for: explained.map(|explained| explained.understood.iter().map(LookedFor::of).collect()),
        patterns: explained.map(|explained| explained.patterns.iter().map(StandsFor::of).collect()),
        warnings: &query.warnings,
    };
    super::json::write_object(out, &object)
}

/// Writes what a query looks for, for people.
fn write(out: &mut dyn Write, explained: &Explained) -> io::Result<()> {
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
