//! [`read`]: what stands before a Markdown text and tells of it, in YAML or TOML.
//!
//! A reader of lines, which knows of the two languages what is used there.

use crate::calendar::Habit;
use crate::extract::{Options, Warning, metadata};
use crate::model::{Article, Date, Field, Language, Unread, host_of};
use crate::text::collapse_whitespace;

/// What begins and ends the front matter, and what stands between a key and its value.
const FORMS: [(&str, char); 2] = [("---", ':'), ("+++", '=')];

/// The key of what an object is called, as an author is that has an address too.
const NAME: &str = "name";

/// Reads the front matter of `text` into the metadata and gives what follows.
pub(super) fn read<'a>(
    text: &'a str,
    article: &mut Article,
    options: &Options,
    warnings: &mut Vec<Warning>,
) -> &'a str {
    let found = FORMS.iter().find_map(|&(fence, sign)| {
        let rest = text.strip_prefix(fence)?.strip_prefix('\n')?;
        let (matter, behind) = rest.split_once(&format!("\n{fence}"))?;
        Some((sign, matter, behind))
    });
    let Some((sign, matter, behind)) = found else { return text };
    let entries = entries(matter, sign);
    let habit = habit_of(&entries);
    for (key, value) in entries {
        let (key, value) = (plain(key).to_lowercase(), collapse_whitespace(plain(value)));
        match date_field(&key) {
            Some(field) => {
                let date = metadata::dates::parse(&value, habit, options.today);
                note_date(article, field, date, &value, warnings);
            }
            None => note(article, &key, value),
        }
    }
    behind.split_once('\n').map_or("", |(_, body)| body)
}

/// Each key with each of its values, in order. Of what is in an object only its name is a value.
fn entries(matter: &str, sign: char) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    // The key that what follows belongs to, and that of a list in brackets that goes on.
    let mut parent = None;
    let mut list_of = None;
    for line in matter.lines() {
        let text = line.trim();
        if let Some(key) = list_of {
            list_of = list_of.filter(|_| !text.ends_with(']'));
            found.extend(items(text.trim_end_matches(']')).into_iter().map(|item| (key, item)));
            continue;
        }
        if let Some(table) = text.strip_prefix('[').filter(|_| sign == '=') {
            parent = Some(table.trim_matches(['[', ']', ' ']));
            continue;
        }
        let item = text.strip_prefix("- ");
        let is_inner = item.is_some() || line.starts_with([' ', '\t']) || sign == '=' && parent.is_some();
        let pair = item.unwrap_or(text).split_once(sign).map(|(key, value)| (key.trim(), value.trim()));
        match (parent.filter(|_| is_inner), pair) {
            (Some(parent), Some((key, value))) if is_word(key) => {
                found.extend((key == NAME).then_some((parent, value)));
            }
            (Some(parent), _) => found.extend(item.map(|item| (parent, item))),
            (None, Some((key, value))) => {
                list_of = (value.starts_with('[') && !value.ends_with(']')).then_some(key);
                parent = value.is_empty().then_some(key);
                found.extend(values(value).into_iter().map(|value| (key, value)));
            }
            (None, None) => {}
        }
    }
    found
}

/// Whether `text` is a key, and no words that a colon follows.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// The values behind a key: one, or those of a list in brackets, which may go on.
fn values(value: &str) -> Vec<&str> {
    match value.strip_prefix('[') {
        Some(list) => items(list.strip_suffix(']').unwrap_or(list)),
        None if value.is_empty() => Vec::new(),
        None => vec![value],
    }
}

/// What stands between the commas of `list`, but for those in double quotes.
fn items(list: &str) -> Vec<&str> {
    let mut is_quoted = false;
    let parts = list.split(|c: char| {
        is_quoted ^= c == '"';
        c == ',' && !is_quoted
    });
    parts.map(str::trim).filter(|item| !item.is_empty()).collect()
}

/// A key or value without its quotes.
fn plain(text: &str) -> &str {
    text.trim().trim_matches(['"', '\''])
}

/// How dates are written where the article is in the language, and at the address, that `entries` name.
fn habit_of(entries: &[(&str, &str)]) -> Habit {
    let named = |keys: [&str; 2]| {
        let entry = entries.iter().find(|(key, _)| keys.contains(&plain(key).to_lowercase().as_str()));
        entry.map(|(_, value)| plain(value))
    };
    Habit::of(named(LANGUAGE), named(URL).and_then(host_of))
}

/// The keys of the language and of the address.
const LANGUAGE: [&str; 2] = ["lang", "language"];
const URL: [&str; 2] = ["url", "canonical"];

/// The date that `key` gives, if it gives one.
fn date_field(key: &str) -> Option<Field> {
    match key {
        "date" | "published" => Some(Field::Published),
        "modified" | "updated" | "lastmod" => Some(Field::Modified),
        _ => None,
    }
}

/// Puts the `date` that was made of `value` into the metadata, or tells that none was.
fn note_date(
    article: &mut Article,
    field: Field,
    date: Option<Date>,
    value: &str,
    warnings: &mut Vec<Warning>,
) {
    let data = &mut article.metadata;
    if date.is_some() {
        data.note(field, "record", 95);
    } else if !value.is_empty() {
        warnings.push(Warning::Unread(Unread::new(field, value)));
    }
    if field == Field::Published {
        data.published = date;
    } else {
        data.modified = date;
    }
}

/// Puts the `value` of `key` into the metadata, if it is one that tells of an article.
fn note(article: &mut Article, key: &str, value: String) {
    let data = &mut article.metadata;
    let field = match key {
        "title" => {
            data.title = Some(value);
            Field::Title
        }
        "author" | "authors" => {
            data.authors.push(value);
            Field::Authors
        }
        "publisher" | "outlet" => {
            data.publisher = Some(value);
            Field::Publisher
        }
        "section" | "category" => {
            data.section = Some(value);
            Field::Section
        }
        "keywords" | "tags" => {
            data.keywords.push(value);
            Field::Keywords
        }
        key if LANGUAGE.contains(&key) => {
            data.language = Language::from_tag(&value);
            Field::Language
        }
        key if URL.contains(&key) => {
            data.url = metadata::url::cleaned(&value);
            Field::Url
        }
        _ => return,
    };
    data.note(field, "record", 95);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_in(text: &str) -> (Article, String) {
        let mut article = Article::default();
        let body = read(text, &mut article, &Options::default(), &mut Vec::new()).to_owned();
        (article, body)
    }

    #[test]
    fn a_date_that_is_none_is_told() {
        let told = |matter: &str| {
            let (mut article, mut warnings) = (Article::default(), Vec::new());
            let options = Options { today: "2024-01-01".parse().ok() };
            read(&format!("---\n{matter}\n---\n"), &mut article, &options, &mut warnings);
            let date = article.metadata.published.map(|date| date.to_string());
            (date, warnings.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        assert_eq!(told("date: 03/04/2020\nlang: fr"), (Some("2020-04-03".into()), vec![]));
        assert_eq!(told("date:").1, [""; 0]);
        for date in ["30 Smarch", "2031-05-18"] {
            let warning = format!("`published` is left out: no date can be made of \"{date}\"");
            assert_eq!(told(&format!("date: {date}")), (None, vec![warning]));
        }
    }

    #[test]
    fn front_matter_is_metadata() {
        let text = "---\ntitle: \"Water\"\nauthors: [A. Finch, \"Roy, B.\"]\ndate: 2021-05-18\ntags:\n  - rivers\n---\nText.";
        let (Article { metadata, .. }, body) = read_in(text);
        assert_eq!(metadata.title.as_deref(), Some("Water"));
        assert_eq!(metadata.authors, ["A. Finch", "Roy, B."]);
        assert_eq!(metadata.published.map(|date| date.to_string()).as_deref(), Some("2021-05-18"));
        assert_eq!(metadata.keywords, ["rivers"]);
        assert_eq!(body, "Text.");
        assert_eq!(read_in("--- no matter").1, "--- no matter");
    }

    #[test]
    fn authors_that_are_objects_are_called_by_their_names() {
        for authors in [
            "authors:\n  - name: N. One\n    email: one@port.example\n  - Two\n  - affiliation: Port\n    name: Three",
            "authors:\n- name: N. One\n- Two\n- name: Three\n  url: https://port.example",
            "authors: [\n  N. One, \"Two\",\n  Three\n]",
        ] {
            let (article, _) = read_in(&format!("---\n{authors}\ntitle: T\n---\nText."));
            assert_eq!(article.metadata.authors, ["N. One", "Two", "Three"], "{authors}");
            assert_eq!(article.metadata.title.as_deref(), Some("T"), "{authors}");
        }
        let (article, _) =
            read_in("---\nauthor:\n  name: N. One\ntags:\n- Rivers of Asia: the Mekong\n---\n");
        assert_eq!(article.metadata.authors, ["N. One"]);
        assert_eq!(article.metadata.keywords, ["Rivers of Asia: the Mekong"]);
    }

    #[test]
    fn front_matter_in_toml_is_read() {
        let text = "+++\nauthors = [\n  \"X. Y.\",\n]\ntitle = \"Water = life\"\ndate = 2020-03-05T10:00:00Z\n\
                    [[author]]\nname = \"Z\"\n[params]\ntitle = \"Other\"\n+++\n\nText.";
        let (Article { metadata, .. }, body) = read_in(text);
        assert_eq!(metadata.title.as_deref(), Some("Water = life"));
        assert_eq!(metadata.published.map(|date| date.to_string()).as_deref(), Some("2020-03-05"));
        assert_eq!(metadata.authors, ["X. Y.", "Z"]);
        assert_eq!(body, "\nText.");
    }
}
