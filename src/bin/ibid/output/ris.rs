//! References in RIS, for programs that manage references: a tag and its value a line, each ended by CR and LF.
//!
//! What has an address is `ELEC`, which all readers take for a page of the web; `NEWS` and `RPRT` would be guesses. What
//! has none is `GEN`. Names stand as the byline has them: which part of one is the family's isn't told by it.

use std::io::{self, Write};

use ibid::model::Date;

use super::Reference;
use super::reference::line;

/// Writes a record for each of `references`.
pub fn write(out: &mut dyn Write, references: &[Reference]) -> io::Result<()> {
    for reference in references {
        for (tag, value) in tags(reference) {
            // The blank behind the dash stands where there is no value too.
            write!(out, "{tag}  - {}\r\n", line(&value))?;
        }
    }
    Ok(())
}

fn tags(reference: &Reference) -> Vec<(&'static str, String)> {
    let url = reference.web_address();
    let day = |date: Date| {
        let (year, month, day) = date.parts();
        let two = |part: Option<i8>| part.map(|part| format!("{part:02}")).unwrap_or_default();
        format!("{year:04}/{}/{}/", two(month), two(day))
    };
    let mut tags = vec![
        ("TY", Some(if url.is_some() { "ELEC" } else { "GEN" }.to_owned())),
        ("ID", Some(reference.id.clone())),
        ("TI", reference.title.clone()),
    ];
    tags.extend(reference.authors.iter().map(|author| ("AU", Some(author.clone()))));
    tags.extend([
        ("T2", reference.publisher.clone()),
        ("PB", reference.publisher.clone()),
        ("PY", reference.published.map(|date| format!("{:04}", date.parts().0))),
        ("DA", reference.published.map(day)),
        ("Y2", url.and(reference.captured).map(day)),
        ("LA", reference.language.map(|language| language.to_string())),
        ("UR", url.map(str::to_owned)),
        ("N1", Some(reference.note())),
        ("ER", Some(String::new())),
    ]);
    tags.into_iter().filter_map(|(tag, value)| Some((tag, value?))).collect()
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
    fn dates_are_as_exact_as_they_are_known() {
        let of = |date: &str| written(&Reference { published: date.parse().ok(), ..Reference::default() });
        assert!(of("2021-05-18").contains("PY  - 2021\r\nDA  - 2021/05/18/\r\n"));
        assert!(of("2021-05").contains("PY  - 2021\r\nDA  - 2021/05//\r\n"));
        assert!(of("2021").contains("PY  - 2021\r\nDA  - 2021///\r\n"));
    }

    proptest! {
        #[test]
        fn a_record_has_a_line_a_tag(title in "[a\r\n\u{85}\u{2028}]{0,9}|(?s).*", author in "(?s).{0,9}") {
            let authors = vec![author.clone(), author];
            let reference = Reference { title: Some(title), authors, ..Reference::default() };
            let text = written(&reference);
            let lines: Vec<&str> = text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).collect();
            let lines: Vec<&&str> = lines.iter().filter(|line| !line.is_empty()).collect();
            prop_assert_eq!(lines.len(), tags(&reference).len());
            prop_assert!(lines.iter().all(|line| line.get(2..6) == Some("  - ")), "{text:?}");
            prop_assert!(text.ends_with("ER  - \r\n"));
        }
    }
}
