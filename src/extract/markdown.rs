//! Markdown as an article: front matter, headings, lists, quotations, tables, code, paragraphs.
//!
//! A reader, not a renderer: emphasis marks and link targets go, since nobody searches for them.

mod front_matter;

use super::{Options, Warning, metadata};
use crate::model::{Article, BlockKind, Field};
use crate::text::{clean, collapse_whitespace};

/// Reads a Markdown text.
pub(super) fn read(text: &str, options: &Options, warnings: &mut Vec<Warning>) -> Article {
    let text = clean(text);
    let mut article = Article::default();
    let body = front_matter::read(&text, &mut article, options, warnings);
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
            self.article.push_block(BlockKind::TableRow, &row);
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

/// The cells of a table's row, parted by tabs; empty for the line under its head.
fn row(text: &str) -> Option<String> {
    let inner = text.strip_prefix('|')?.trim_end().trim_end_matches('|');
    if inner.chars().all(|c| "-:| ".contains(c)) {
        return Some(String::new());
    }
    let cells: Vec<String> = inner.split('|').map(|cell| without_marks(cell.trim())).collect();
    Some(cells.join("\t"))
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
    while let Some(at) = rest.find(['[', '*', '_', '`', '!', '\\']) {
        out.push_str(&rest[..at]);
        rest = mark(&rest[at..], &mut out);
    }
    out.push_str(rest);
    collapse_whitespace(&out)
}

/// Writes what the mark at the start of `tail` shows, and gives what follows it.
fn mark<'a>(tail: &'a str, out: &mut String) -> &'a str {
    let (sign, after) = tail.split_at(1);
    match sign {
        "\\" => match after.chars().next().filter(char::is_ascii_punctuation) {
            Some(escaped) => {
                out.push(escaped);
                return &after[escaped.len_utf8()..];
            }
            None => out.push_str(sign),
        },
        "!" if after.starts_with('[') => {
            if let Some((_, left)) = link(after) {
                return left;
            }
            out.push_str(sign);
        }
        "[" => {
            if let Some((label, left)) = note_reference(after) {
                out.push('[');
                out.push_str(label);
                out.push(']');
                return left;
            }
            if let Some((words, left)) = link(tail) {
                out.push_str(&without_marks(words));
                return left;
            }
            out.push_str(sign);
        }
        "`" => return after.trim_start_matches('`'),
        "*" | "_" if emphasises(out.chars().next_back(), after, sign) => {
            return after.trim_start_matches(sign);
        }
        _ => out.push_str(sign),
    }
    after
}

/// Whether a star or line is a mark rather than a sign in its own right: it touches a word, and a line
/// doesn't stand inside of one.
fn emphasises(before: Option<char>, after: &str, sign: &str) -> bool {
    let next = after.trim_start_matches(sign).chars().next();
    let gap = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !(gap(before) && gap(next) || sign == "_" && word(before) && word(next))
}

/// Bytes of the longest words or address of a link. Without a limit brackets that nobody closes would be
/// searched to the text's end, each one.
const MAX_LINK_BYTES: usize = 1_000;

/// The label of a reference to a note, `^1]`, and what follows it.
fn note_reference(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix('^')?;
    let end = within_reach(rest).find(']')?;
    Some((&rest[..end], &rest[end + 1..]))
}

fn within_reach(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_LINK_BYTES)]
}

/// The words of the link at the start of `text`, and what follows it.
fn link(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix('[')?;
    let end = within_reach(rest).find(']')?;
    let target = rest[end + 1..].strip_prefix('(')?;
    let left = within_reach(target).find(')')?;
    Some((&rest[..end], &target[left + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<(BlockKind, String)> {
        let article = read(text, &Options::default(), &mut Vec::new());
        let text = |block: &crate::model::Block| block.span.of(&article.text).unwrap().to_owned();
        article.blocks.iter().map(|block| (block.kind, text(block))).collect()
    }

    #[test]
    fn marks_go_and_words_stay() {
        for (text, plain) in [
            ("a **bold** and *slanted* [word](https://a.test/x_y)", "a bold and slanted word"),
            ("2 * 3 and snake_case, _but_ this", "2 * 3 and snake_case, but this"),
            ("treaty[^3] text, `code`, ![picture](x.png)", "treaty[3] text, code,"),
            (r"5\* stars [sic]", "5* stars [sic]"),
        ] {
            assert_eq!(without_marks(text), plain);
        }
    }

    #[test]
    fn blocks_are_told_apart() {
        let text = "# Water\n\nOne line\nand the next.\n\n## Part\n- a\n- b\n  goes on\n\n> said\n> so\n\n\
                    | Year | Share |\n|---|---|\n| 2020 | 4 |\n\n```\nlet x;\n  y\n```\n[^1]: A note.\n";
        let expected = [
            (BlockKind::Paragraph, "One line and the next."),
            (BlockKind::Heading(2), "Part"),
            (BlockKind::ListItem, "a"),
            (BlockKind::ListItem, "b goes on"),
            (BlockKind::Quotation, "said so"),
            (BlockKind::TableRow, "Year\tShare"),
            (BlockKind::TableRow, "2020\t4"),
            (BlockKind::Preformatted, "let x;\n  y"),
            (BlockKind::Footnote, "[1] A note."),
        ];
        assert_eq!(blocks(text), expected.map(|(kind, text)| (kind, text.to_owned())));
    }
}
