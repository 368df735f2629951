//! Markdown as an article: front matter, headings, lists, quotations, tables, code, paragraphs.
//!
//! A reader, not a renderer: emphasis marks and link targets go, since nobody searches for them.

use super::{Options, metadata};
use crate::model::{Article, BlockKind, Field, Language};
use crate::text::{clean, collapse_whitespace};

/// Reads a Markdown text.
pub(super) fn read(text: &str, options: &Options) -> Article {
    let text = clean(text);
    let mut article = Article::default();
    let body = front_matter(&text, &mut article, options);
    let mut reader = Reader { article, kind: BlockKind::Paragraph, pending: String::new(), fence: None };
    for line in body.lines() {
        reader.line(line);
    }
    reader.flush();
    let mut article = reader.article;
    take_title(&mut article);
    article
}

/// The first heading names an article that nothing else names, and isn't repeated in its text.
fn take_title(article: &mut Article) {
    let Some(first) = article.blocks.first().copied() else { return };
    let text = first.span.of(&article.text).unwrap_or_default().to_owned();
    let is_heading = matches!(first.kind, BlockKind::Heading(1));
    if is_heading && article.metadata.title.is_none() {
        article.metadata.title = Some(text.clone());
        article.metadata.note(Field::Title, "headline", 95);
    }
    let repeats = article.metadata.title.as_deref().is_some_and(|title| metadata::same_words(title, &text));
    if is_heading && repeats && article.blocks.len() > 1 {
        drop_first(article);
    }
}

fn drop_first(article: &mut Article) {
    let shift = article.blocks[1].span.start;
    article.text.drain(..shift);
    article.blocks.remove(0);
    for block in &mut article.blocks {
        block.span = block.span.relative_to(shift);
    }
}

/// Reads the front matter between two lines `---` into the metadata and gives what follows.
fn front_matter<'a>(text: &'a str, article: &mut Article, options: &Options) -> &'a str {
    let Some(rest) = text.strip_prefix("---\n") else { return text };
    let Some(end) = rest.find("\n---") else { return text };
    let mut list_of = None;
    for line in rest[..end].lines() {
        if let (Some(key), Some(item)) = (list_of, line.trim_start().strip_prefix("- ")) {
            note(article, key, item, options);
            continue;
        }
        let Some((key, value)) = line.split_once(':') else { continue };
        list_of = value.trim().is_empty().then_some(key);
        for value in values(value.trim()) {
            note(article, key, value, options);
        }
    }
    rest[end + 4..].split_once('\n').map_or("", |(_, body)| body)
}

/// The values of a front matter line: one, or those of a list in brackets.
fn values(value: &str) -> Vec<&str> {
    match value.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
        Some(list) => list.split(',').map(str::trim).filter(|item| !item.is_empty()).collect(),
        None if value.is_empty() => Vec::new(),
        None => vec![value],
    }
}

fn note(article: &mut Article, key: &str, value: &str, options: &Options) {
    let value = collapse_whitespace(value.trim().trim_matches(['"', '\'']));
    let data = &mut article.metadata;
    let date = || metadata::dates::parse(&value, options.today);
    let field = match key.trim().to_lowercase().as_str() {
        "title" => {
            data.title = Some(value);
            Field::Title
        }
        "author" | "authors" => {
            data.authors.push(value);
            Field::Authors
        }
        "date" | "published" => {
            data.published = date();
            Field::Published
        }
        "modified" | "updated" | "lastmod" => {
            data.modified = date();
            Field::Modified
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
        "lang" | "language" => {
            data.language = Language::from_tag(&value);
            Field::Language
        }
        "url" | "canonical" => {
            data.url = metadata::url::cleaned(&value);
            Field::Url
        }
        _ => return,
    };
    data.note(field, "record", 95);
}

struct Reader {
    article: Article,
    /// The kind of the block that is being gathered.
    kind: BlockKind,
    pending: String,
    /// The mark that closes the code block that is being read.
    fence: Option<&'static str>,
}

impl Reader {
    fn line(&mut self, line: &str) {
        if let Some(fence) = self.fence {
            if line.trim_start().starts_with(fence) {
                self.fence = None;
                self.flush();
            } else {
                self.add(BlockKind::Preformatted, line, "\n");
            }
            return;
        }
        let text = line.trim();
        if let Some(fence) = ["```", "~~~"].into_iter().find(|fence| text.starts_with(fence)) {
            self.flush();
            self.fence = Some(fence);
        } else if text.is_empty() {
            self.flush();
        } else if is_rule(text) {
            self.rule(text);
        } else if let Some((level, heading)) = heading(text) {
            self.alone(BlockKind::Heading(level), heading);
        } else if let Some(row) = row(text) {
            self.flush();
            if let Some(row) = row {
                self.article.push_block(BlockKind::TableRow, &row);
            }
        } else if let Some(quoted) = text.strip_prefix('>') {
            match quoted.trim() {
                "" => self.flush(),
                quoted => self.add(BlockKind::Quotation, quoted, " "),
            }
        } else if let Some(note) = footnote(text) {
            self.flush();
            self.add(BlockKind::Footnote, &note, " ");
        } else if let Some(item) = item(text) {
            self.flush();
            self.add(BlockKind::ListItem, item, " ");
        } else {
            self.continue_with(text);
        }
    }

    /// A line of `=` or `-`: underlines a heading, or rules a line.
    fn rule(&mut self, text: &str) {
        if self.kind == BlockKind::Paragraph && !self.pending.is_empty() && !text.contains(['*', '_', ' ']) {
            self.kind = BlockKind::Heading(if text.starts_with('=') { 1 } else { 2 });
        }
        self.flush();
    }

    fn alone(&mut self, kind: BlockKind, text: &str) {
        self.flush();
        self.add(kind, text, " ");
        self.flush();
    }

    /// A line of plain text: goes on with the block that is open.
    fn continue_with(&mut self, text: &str) {
        let kind = if self.pending.is_empty() { BlockKind::Paragraph } else { self.kind };
        self.add(kind, text, " ");
    }

    fn add(&mut self, kind: BlockKind, text: &str, gap: &str) {
        if self.kind != kind {
            self.flush();
            self.kind = kind;
        }
        if !self.pending.is_empty() {
            self.pending.push_str(gap);
        }
        self.pending.push_str(text);
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.pending);
        let text = if self.kind == BlockKind::Preformatted { text } else { without_marks(&text) };
        self.article.push_block(self.kind, &text);
        self.kind = BlockKind::Paragraph;
    }
}

fn is_rule(text: &str) -> bool {
    let marks = text.bytes().filter(|b| !b.is_ascii_whitespace());
    ["=", "-", "*", "_"].iter().any(|mark| marks.clone().all(|b| b == mark.as_bytes()[0])) && text.len() >= 3
}

fn heading(text: &str) -> Option<(u8, &str)> {
    let rest = text.trim_start_matches('#');
    let level = u8::try_from(text.len() - rest.len()).ok().filter(|level| (1..=6).contains(level))?;
    rest.starts_with(' ').then(|| (level, rest.trim().trim_end_matches('#').trim_end()))
}

/// The cells of a table's row, parted by tabs; nothing inside for the line under its head.
fn row(text: &str) -> Option<Option<String>> {
    let inner = text.strip_prefix('|')?.trim_end().trim_end_matches('|');
    if inner.chars().all(|c| "-:| ".contains(c)) {
        return Some(None);
    }
    let cells: Vec<String> = inner.split('|').map(|cell| without_marks(cell.trim())).collect();
    Some(Some(cells.join("\t")))
}

fn footnote(text: &str) -> Option<String> {
    let rest = text.strip_prefix("[^")?;
    let (label, note) = rest.split_once("]:")?;
    Some(format!("[{label}] {}", note.trim()))
}

/// The text of a list's item without its mark.
fn item(text: &str) -> Option<&str> {
    let bullet = ["- ", "* ", "+ "].iter().find_map(|mark| text.strip_prefix(mark));
    bullet.map(str::trim_start).or_else(|| {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let numbered = rest.len() < text.len() && text.len() - rest.len() <= 3;
        rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") ")).filter(|_| numbered)
    })
}

/// `text` without marks of emphasis, and with links and images as their words.
fn without_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['[', '*', '`', '!', '\\']) {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        let (shown, left) = mark(tail);
        out.push_str(shown);
        rest = left;
    }
    out.push_str(rest);
    collapse_whitespace(&out)
}

/// What a mark at the start of `tail` shows, and what follows it.
fn mark(tail: &str) -> (&str, &str) {
    if let Some(escaped) = tail.strip_prefix('\\') {
        let next = escaped.chars().next().filter(char::is_ascii_punctuation).map_or(0, char::len_utf8);
        return if next > 0 { escaped.split_at(next) } else { tail.split_at(1) };
    }
    if tail.starts_with("![") {
        return link(&tail[1..]).map_or_else(|| tail.split_at(1), |(_, left)| ("", left));
    }
    if let Some(label) = tail.strip_prefix("[^") {
        // A reference to a note: its brackets keep the number out of the word before.
        return match label.split_once(']') {
            Some((label, left)) => (&tail[..0], left).pick(label, tail),
            None => tail.split_at(1),
        };
    }
    if tail.starts_with('[') {
        return link(tail).unwrap_or_else(|| tail.split_at(1));
    }
    let opens = tail.starts_with('`')
        || tail.starts_with("**")
        || !tail[1..].starts_with(' ') && tail.starts_with('*');
    let closes = tail.starts_with('*');
    let skipped = tail.bytes().take_while(|&b| b == tail.as_bytes()[0]).count();
    if (opens || closes) && tail.len() > 1 || tail.len() == 1 && tail != "!" {
        ("", &tail[skipped..])
    } else {
        tail.split_at(1)
    }
}

trait Pick<'a> {
    fn pick(self, label: &'a str, tail: &'a str) -> (&'a str, &'a str);
}

impl<'a> Pick<'a> for (&'a str, &'a str) {
    fn pick(self, label: &'a str, tail: &'a str) -> (&'a str, &'a str) {
        let end = 2 + label.len() + 1;
        (&tail[..end], self.1)
    }
}

/// The words of the link at the start of `text`, and what follows it.
fn link(text: &str) -> Option<(&str, &str)> {
    let (words, rest) = text.strip_prefix('[')?.split_once(']')?;
    let (_, left) = rest.strip_prefix('(')?.split_once(')')?;
    Some((words, left))
}
