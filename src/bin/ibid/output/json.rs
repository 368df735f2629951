//! JSON, for scripts: answers and articles. Fields get added, never renamed; each object always has all of its fields,
//! with null for what isn't known or wasn't asked for. docs/output.md has them all.

use std::io::{self, Write};

use ibid::engine::Facets;
use ibid::model::{Article, Block, BlockKind, Provenance};
use ibid::search::{Also, Copies, Diagnosis, Hit};
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::{Answer, ShownArticle};

/// Version of the objects, raised if a field ever changes its meaning.
pub const FORMAT_VERSION: u32 = 1;

/// Writes the passages of an answer, one a line.
pub fn write_hits(out: &mut dyn Write, answer: &Answer<'_>) -> io::Result<()> {
    #[derive(Serialize)]
    struct Line<'a> {
        query: &'a str,
        #[serde(flatten)]
        hit: &'a Hit,
    }
    for hit in answer.hits {
        write_object(out, &Line { query: answer.query, hit })?;
    }
    Ok(())
}

/// The answer to a query, or why there is none.
#[derive(Serialize)]
struct AnswerObject<'a> {
    query: &'a str,
    understood: Option<&'a str>,
    also: &'a [Also],
    /// Articles that match.
    total: Option<u64>,
    hits: &'a [Hit],
    facets: &'a Facets,
    warnings: &'a [&'a str],
    diagnosis: Option<&'a Diagnosis>,
    error: Option<&'a str>,
}

/// Writes an answer as one object.
pub fn write_answer(out: &mut dyn Write, answer: &Answer<'_>) -> io::Result<()> {
    let object = AnswerObject {
        query: answer.query,
        understood: answer.understood.as_deref(),
        also: answer.also,
        total: answer.total,
        hits: answer.hits,
        facets: &answer.facets,
        warnings: answer.warnings,
        diagnosis: answer.diagnosis,
        error: None,
    };
    write_object(out, &object)
}

/// Writes an object in the place of the answer to `query`, which was rejected for the reason `error`.
pub fn write_rejected(out: &mut dyn Write, query: &str, error: &str) -> io::Result<()> {
    let object = AnswerObject {
        query,
        understood: None,
        also: &[],
        total: None,
        hits: &[],
        facets: &Facets::default(),
        warnings: &[],
        diagnosis: None,
        error: Some(error),
    };
    write_object(out, &object)
}

/// Writes an article on one line.
pub fn write_article(out: &mut dyn Write, article: &Article) -> io::Result<()> {
    write_object(out, &Flat::of(article))
}

/// Writes an article of the index, or a passage of it with its neighbours, as one object.
pub fn write_shown<'a>(out: &mut dyn Write, shown: &ShownArticle<'a>) -> io::Result<()> {
    #[derive(Serialize)]
    struct Part<'a> {
        id: &'a str,
        passage: usize,
        text: &'a str,
    }
    #[derive(Serialize)]
    struct Object<'a> {
        article: &'a str,
        #[serde(flatten)]
        content: Flat<'a>,
        copies: Option<&'a Copies>,
        passages: Vec<Part<'a>>,
    }
    let &ShownArticle { article, name, passages, passage, copies } = shown;
    let part = |(at, id): &'a (usize, String)| {
        let text = article.passages.get(*at)?.of(&article.article.text)?;
        Some(Part { id, passage: at + 1, text })
    };
    let passages = passages.iter().filter_map(part).collect();
    let mut content = Flat::of(&article.article);
    if passage.is_some() {
        (content.text, content.blocks) = (None, None);
    }
    write_object(out, &Object { article: name, content, copies, passages })
}

/// An article as scripts see it: metadata beside the text, dates and language as text.
#[derive(Serialize)]
struct Flat<'a> {
    locator: &'a str,
    citation: Option<&'a str>,
    id: Option<&'a str>,
    url: Option<&'a str>,
    title: Option<&'a str>,
    authors: &'a [String],
    publisher: Option<&'a str>,
    section: Option<&'a str>,
    keywords: &'a [String],
    published: Option<String>,
    modified: Option<String>,
    captured: Option<String>,
    language: String,
    text: Option<&'a str>,
    blocks: Option<Vec<FlatBlock>>,
    provenance: &'a [Provenance],
}

impl<'a> Flat<'a> {
    fn of(article: &'a Article) -> Self {
        let metadata = &article.metadata;
        Self {
            locator: article.locator.as_str(),
            citation: article.locator.citation(),
            id: metadata.id.as_deref(),
            url: metadata.url.as_deref(),
            title: metadata.title.as_deref(),
            authors: &metadata.authors,
            publisher: metadata.publisher.as_deref(),
            section: metadata.section.as_deref(),
            keywords: &metadata.keywords,
            published: metadata.published.map(|date| date.to_string()),
            modified: metadata.modified.map(|date| date.to_string()),
            captured: metadata.captured.map(|date| date.to_string()),
            language: article.language().to_string(),
            text: Some(&article.text),
            blocks: Some(article.blocks.iter().map(FlatBlock::of).collect()),
            provenance: &metadata.provenance,
        }
    }
}

/// A block as scripts see it.
#[derive(Serialize)]
struct FlatBlock {
    kind: &'static str,
    level: Option<u8>,
    start: usize,
    end: usize,
    page: Option<u32>,
}

impl FlatBlock {
    fn of(block: &Block) -> Self {
        let (kind, level) = match block.kind {
            BlockKind::Heading(level) => ("heading", Some(level)),
            BlockKind::Paragraph => ("paragraph", None),
            BlockKind::ListItem => ("list-item", None),
            BlockKind::Quotation => ("quotation", None),
            BlockKind::TableRow => ("table-row", None),
            BlockKind::Preformatted => ("preformatted", None),
            BlockKind::Footnote => ("footnote", None),
        };
        Self { kind, level, start: block.span.start, end: block.span.end, page: block.page }
    }
}

/// Writes an object of its own on one line, with the version of these formats.
pub(super) fn write_object(out: &mut dyn Write, object: &impl Serialize) -> io::Result<()> {
    #[derive(Serialize)]
    struct Versioned<'a, T: Serialize> {
        version: u32,
        #[serde(flatten)]
        object: &'a T,
    }
    write_line(out, &Versioned { version: FORMAT_VERSION, object })
}

fn write_line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    write_value(out, value)?;
    out.write_all(b"\n")
}

/// Writes `value` without the end of its line.
pub(super) fn write_value(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    Ok(value.serialize(&mut Serializer::with_formatter(&mut *out, Harmless))?)
}

/// Compact JSON in which no control character stands as it is: JSON itself only escapes those below a space, and a
/// terminal obeys those from U+007F to U+009F too.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(char::is_control) {
            let (before, control) = rest.split_at(at);
            out.write_all(before.as_bytes())?;
            let mut chars = control.chars();
            if let Some(c) = chars.next() {
                write!(out, "\\u{:04x}", c as u32)?;
            }
            rest = chars.as_str();
        }
        out.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_escaped_and_read_back() {
        let text = "a\u{1b}[1m\u{7f}b\u{9b}c\n\"é\"";
        let mut out = Vec::new();
        write_line(&mut out, &text).unwrap();
        let json = String::from_utf8(out).unwrap();
        assert_eq!(json.trim_end(), r#""a\u001b[1m\u007fb\u009bc\n\"é\"""#);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
