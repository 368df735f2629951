//! An article for people: what is known of it, then its text block by block.

use std::io::{self, Write};

use ibid::model::{Article, Block, BlockKind, Field, Metadata};
use ibid::text::Span;

use super::wrap::wrap;
use super::{ShownArticle, Style, copies, printable};

/// Writes all of `article`.
pub fn write(out: &mut dyn Write, article: &Article, style: &Style) -> io::Result<()> {
    write_metadata(out, article)?;
    write_blocks(out, article, style)
}

/// Writes an article of the index, or a passage of it with its neighbours.
pub fn write_shown(out: &mut dyn Write, shown: &ShownArticle<'_>, style: &Style) -> io::Result<()> {
    let article = &shown.article.article;
    write_metadata(out, article)?;
    if let Some(copies) = shown.copies {
        copies::write_list(out, copies, style)?;
    }
    match shown.passage {
        None => write_blocks(out, article, style),
        Some(passage) => write_passages(out, shown, passage, style),
    }
}

fn write_blocks(out: &mut dyn Write, article: &Article, style: &Style) -> io::Result<()> {
    for block in &article.blocks {
        writeln!(out)?;
        write_block(out, article, *block, style)?;
    }
    writeln!(out)
}

fn write_passages(
    out: &mut dyn Write,
    shown: &ShownArticle<'_>,
    passage: usize,
    style: &Style,
) -> io::Result<()> {
    let article = shown.article;
    for (at, name) in shown.passages {
        let here = if *at == passage { " <" } else { "" };
        writeln!(out, "\n[{}]{here}", printable(name))?;
        write_span(out, &article.article, article.passages[*at], style)?;
    }
    Ok(())
}

/// The blocks of a passage; one that it holds in part is written in part.
fn write_span(out: &mut dyn Write, article: &Article, span: Span, style: &Style) -> io::Result<()> {
    let inside =
        article.blocks.iter().filter(|block| block.span.start < span.end && block.span.end > span.start);
    for block in inside {
        let part = Span::new(block.span.start.max(span.start), block.span.end.min(span.end));
        write_block(out, article, Block { span: part, ..*block }, style)?;
    }
    Ok(())
}

fn write_metadata(out: &mut dyn Write, article: &Article) -> io::Result<()> {
    let metadata = &article.metadata;
    let date = |date: Option<ibid::model::Date>| date.map(|date| date.to_string());
    let list = |names: &[String]| (!names.is_empty()).then(|| names.join(", "));
    let lines = [
        ("title", metadata.title.clone(), Some(Field::Title)),
        ("authors", list(&metadata.authors), Some(Field::Authors)),
        ("publisher", metadata.publisher.clone(), Some(Field::Publisher)),
        ("section", metadata.section.clone(), Some(Field::Section)),
        ("keywords", list(&metadata.keywords), Some(Field::Keywords)),
        ("published", date(metadata.published), Some(Field::Published)),
        ("modified", date(metadata.modified), Some(Field::Modified)),
        ("captured", date(metadata.captured), Some(Field::Captured)),
        ("language", metadata.language.map(|language| language.to_string()), Some(Field::Language)),
        ("url", metadata.url.clone(), Some(Field::Url)),
        ("id", metadata.id.clone(), None),
        ("file", Some(article.locator.as_str().to_owned()), None),
    ];
    for (name, value, field) in lines {
        if let Some(value) = value {
            let from = field.and_then(|field| found_in(metadata, field)).unwrap_or_default();
            writeln!(out, "{name:10} {}{from}", printable(&value))?;
        }
    }
    Ok(())
}

fn found_in(metadata: &Metadata, field: Field) -> Option<String> {
    let known = metadata.provenance_of(field)?;
    Some(format!("  ({}, {}%)", printable(&known.source), known.confidence_percent))
}

fn write_block(out: &mut dyn Write, article: &Article, block: Block, style: &Style) -> io::Result<()> {
    let text = block.span.of(&article.text).unwrap_or_default();
    match block.kind {
        BlockKind::Heading(level) => {
            let signs = "#".repeat(usize::from(level));
            writeln!(out, "{}", wrap(&format!("{signs} {text}"), &[], 0, style))
        }
        BlockKind::Paragraph => writeln!(out, "{}", wrap(text, &[], 0, style)),
        BlockKind::ListItem => write_hanging(out, "- ", text, style),
        BlockKind::Quotation => write_hanging(out, "> ", text, style),
        BlockKind::Footnote => write_hanging(out, "^ ", text, style),
        BlockKind::TableRow => writeln!(out, "| {} |", printable(&text.replace('\t', " | "))),
        BlockKind::Preformatted => {
            for line in text.lines() {
                writeln!(out, "    {}", printable(line))?;
            }
            Ok(())
        }
    }
}

fn write_hanging(out: &mut dyn Write, sign: &str, text: &str, style: &Style) -> io::Result<()> {
    writeln!(out, "{sign}{}", wrap(text, &[], sign.len(), style).trim_start())
}
