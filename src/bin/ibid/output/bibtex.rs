//! References for LaTeX and for programs that manage references: `BibTeX`, which biblatex, `JabRef` and Zotero read.
//!
//! Entries are `@misc`, which all of them know: `@online` is biblatex's alone. They carry what classic styles print
//! (`howpublished`, `year`, `month`) and what others read (`publisher`, `date`, `url`, `urldate`).

use std::io::{self, Write};

use ibid::extract::is_name_of_body;
use ibid::text::percent_encoded;

use super::Reference;
use super::citation_key::citation_keys;
use super::reference::line;

/// Names of months as all styles know them.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Words of names of bodies that extraction doesn't tell them by, as what a person is called in a byline may have them.
const OF_BODIES: [&str; 18] = [
    "analysis",
    "bank",
    "desk",
    "editorial",
    "editors",
    "embassy",
    "government",
    "group",
    "institut",
    "mission",
    "network",
    "news",
    "press",
    "programme",
    "project",
    "staff",
    "team",
    "unit",
];

/// Writes an entry for each of `references`.
pub fn write(out: &mut dyn Write, references: &[Reference]) -> io::Result<()> {
    for (at, (reference, key)) in references.iter().zip(citation_keys(references)).enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "@misc{{{key},")?;
        for (name, value) in fields(reference) {
            writeln!(out, "  {name} = {value},")?;
        }
        writeln!(out, "}}")?;
    }
    Ok(())
}

fn fields(reference: &Reference) -> Vec<(&'static str, String)> {
    let braced = |text: &str| format!("{{{}}}", escaped(text));
    let authors: Vec<String> = reference.authors.iter().map(|name| author(name, reference)).collect();
    let publisher = reference.publisher.as_deref().map(braced);
    let date = reference.published.map(|date| (date, date.parts()));
    let month = date.and_then(|(_, (_, month, _))| MONTHS.get(usize::try_from(month?).ok()?.checked_sub(1)?));
    let url = reference.web_address();
    let fields = [
        ("author", (!authors.is_empty()).then(|| format!("{{{}}}", authors.join(" and ")))),
        ("title", reference.title.as_deref().map(|title| format!("{{{{{}}}}}", escaped(title)))),
        ("howpublished", publisher.clone()),
        ("publisher", publisher),
        ("year", date.map(|(_, (year, _, _))| format!("{{{year:04}}}"))),
        ("month", month.map(|month| (*month).to_owned())),
        ("date", date.map(|(date, _)| format!("{{{date}}}"))),
        ("url", url.map(|url| format!("{{{}}}", address(url)))),
        ("urldate", url.and(reference.captured).map(|date| format!("{{{date}}}"))),
        ("language", reference.language.map(|language| format!("{{{language}}}"))),
        ("note", Some(braced(&reference.note()))),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// A name as it may stand between others: in braces where its parts are not a person's, or would be told wrongly.
fn author(name: &str, reference: &Reference) -> String {
    let escaped = escaped(name);
    let mut words = name.split_whitespace();
    let is_of_body = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        word == "and" || OF_BODIES.contains(&word.as_str())
    };
    let is_publisher = reference.publisher.as_deref() == Some(name);
    if is_publisher || name.contains(',') || is_name_of_body(name) || words.any(is_of_body) {
        format!("{{{escaped}}}")
    } else {
        escaped
    }
}

/// `text` as it may stand in a value: on one line, without what LaTeX obeys. Braces are named and not escaped, as
/// `BibTeX` counts escaped ones too.
fn escaped(text: &str) -> String {
    let text = line(text);
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => escaped.extend(['\\', c]),
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '\\' => escaped.push_str("\\textbackslash{}"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// `url` as it stands in its field, which is read as it is: nothing is escaped, and what would end it is encoded.
fn address(url: &str) -> String {
    percent_encoded(&line(url), |c| matches!(c, '{' | '}' | '\\' | ' ' | '"' | '<' | '>' | '^' | '`'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(reference: &Reference) -> String {
        let mut out = Vec::new();
        write(&mut out, std::slice::from_ref(reference)).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn nothing_of_a_page_is_a_command() {
        for (text, expected) in [
            ("R&D: 5% of $3 #1 a_b", "R\\&D: 5\\% of \\$3 \\#1 a\\_b"),
            ("}, x = {", "\\textbraceright{}, x = \\textbraceleft{}"),
            ("~^\\input", "\\textasciitilde{}\\textasciicircum{}\\textbackslash{}input"),
            ("one\n\u{1b}two\u{202e}  Ulm’s Wehr für 经济", "one two Ulm’s Wehr für 经济"),
        ] {
            assert_eq!(escaped(text), expected);
        }
        assert_eq!(address("https://a.example/{x}?a=1&b=%20_~#c"), "https://a.example/%7Bx%7D?a=1&b=%20_~#c");
    }

    #[test]
    fn bodies_stand_in_braces() {
        let reference = Reference { publisher: Some("Reuters".to_owned()), ..Reference::default() };
        for (name, expected) in [
            ("Zoë Lindqvist-Asante", "Zoë Lindqvist-Asante"),
            ("Reuters", "{Reuters}"),
            ("IRCSD Counter-Terrorism Unit", "{IRCSD Counter-Terrorism Unit}"),
            ("Roe, A.", "{Roe, A.}"),
            ("Trade and Industry", "{Trade and Industry}"),
            ("Ulm News Desk", "{Ulm News Desk}"),
            ("Redazione", "{Redazione}"),
        ] {
            assert_eq!(author(name, &reference), expected);
        }
    }

    #[test]
    fn dates_are_as_exact_as_they_are_known() {
        let of = |date: &str| written(&Reference { published: date.parse().ok(), ..Reference::default() });
        assert!(of("2021-05-18").contains("year = {2021},\n  month = may,\n  date = {2021-05-18},"));
        assert!(of("2021-05").contains("year = {2021},\n  month = may,\n  date = {2021-05},"));
        assert!(of("2021").contains("year = {2021},\n  date = {2021},"));
        assert!(!of("").contains("year"));
    }

    proptest! {
        #[test]
        fn braces_are_balanced_whatever_the_title(title in "[{}\\\\a\n@,]{0,12}|.*", author in "[{}\\\\a,]{0,8}") {
            let reference = Reference { title: Some(title), authors: vec![author], ..Reference::default() };
            let text = written(&reference);
            let mut depth = 0;
            for (at, c) in text.char_indices() {
                depth += i32::from(c == '{') - i32::from(c == '}');
                prop_assert!(depth > 0 || at < 5 || at + 2 >= text.len(), "{text}");
            }
            prop_assert_eq!(depth, 0);
        }
    }
}
