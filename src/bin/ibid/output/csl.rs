//! References in CSL-JSON, as pandoc and Zotero read them: one list.
//!
//! Names are literal, as the byline has them: which part of one is the family's isn't told by it. Fields that aren't
//! known are left out, as styles tell by that what to print.

use std::io::{self, Write};

use ibid::model::Date;
use serde::Serialize;

use super::Reference;
use super::json::write_value;

/// An item of the list.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Item<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Name<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    container_title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accessed: Option<Day>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    note: String,
}

#[derive(Serialize)]
struct Name<'a> {
    literal: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Day {
    date_parts: [Vec<i16>; 1],
}

impl Day {
    fn of(date: Date) -> Self {
        let (year, month, day) = date.parts();
        let known = [Some(year), month.map(i16::from), day.map(i16::from)];
        Self { date_parts: [known.into_iter().flatten().collect()] }
    }
}

/// Writes the list of `references`, an item a line; an empty one if there are none.
pub fn write(out: &mut dyn Write, references: &[Reference]) -> io::Result<()> {
    out.write_all(b"[")?;
    for (at, reference) in references.iter().enumerate() {
        out.write_all(if at > 0 { b",\n" } else { b"\n" })?;
        write_value(out, &item(reference))?;
    }
    out.write_all(b"\n]\n")
}

fn item(reference: &Reference) -> Item<'_> {
    let url = reference.web_address();
    Item {
        id: &reference.id,
        kind: if url.is_some() { "webpage" } else { "document" },
        title: reference.title.as_deref(),
        author: reference.authors.iter().map(|name| Name { literal: name }).collect(),
        container_title: reference.publisher.as_deref(),
        publisher: reference.publisher.as_deref(),
        issued: reference.published.map(Day::of),
        accessed: url.and(reference.captured).map(Day::of),
        url,
        language: reference.language.map(|language| language.to_string()),
        note: reference.note(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn read_back(references: &[Reference]) -> Value {
        let mut out = Vec::new();
        write(&mut out, references).unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn dates_are_as_exact_as_they_are_known() {
        let of = |date: &str| Reference { published: date.parse().ok(), ..Reference::default() };
        let items = read_back(&[of("2021-05-18"), of("2021-05"), of("2021"), of("")]);
        assert_eq!(items[0]["issued"], json!({"date-parts": [[2021, 5, 18]]}));
        assert_eq!(items[1]["issued"], json!({"date-parts": [[2021, 5]]}));
        assert_eq!(items[2]["issued"], json!({"date-parts": [[2021]]}));
        assert_eq!(items[3].get("issued"), None);
        assert_eq!(read_back(&[]), json!([]));
    }

    proptest! {
        #[test]
        fn any_title_is_read_back(title in "(?s).*", author in "(?s).*") {
            let authors = vec![author.clone()];
            let reference = Reference { title: Some(title.clone()), authors, ..Reference::default() };
            let items = read_back(&[reference.clone(), reference]);
            prop_assert_eq!(&items[1]["title"], &Value::from(title));
            prop_assert_eq!(&items[1]["author"][0]["literal"], &Value::from(author));
        }
    }
}
