//! Plain text as an article: paragraphs parted by blank lines, wrapped lines joined.

use crate::model::{Article, BlockKind};
use crate::text::{clean, collapse_whitespace};

/// Characters in a line's length above which a text is taken to be wrapped by hand if most lines
/// come close to the longest. Mail and reports wrap between 60 and 80, columns from 40.
const WRAPPED_LINE: std::ops::RangeInclusive<usize> = 40..=100;

/// Reads a plain text.
pub(super) fn read(text: &str) -> Article {
    let mut article = Article::default();
    let text = clean(text).replace('\u{c}', "\n\n");
    for paragraph in paragraphs(&text) {
        let lines: Vec<&str> = paragraph.lines().map(str::trim_end).collect();
        push(&mut article, &lines);
    }
    article
}

/// The pieces between blank lines; every line on its own where a text has no blank lines and long lines.
fn paragraphs(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut current = String::new();
    for line in text.lines() {
        if line.trim().is_empty() {
            if !current.is_empty() {
                found.push(std::mem::take(&mut current));
            }
            continue;
        }
        if !current.is_empty() {
            current.push('\n');
        }
        current.push_str(line);
    }
    if !current.is_empty() {
        found.push(current);
    }
    found
}

fn push(article: &mut Article, lines: &[&str]) {
    if is_wrapped(lines) {
        article.push_block(BlockKind::Paragraph, &collapse_whitespace(&lines.join(" ")));
        return;
    }
    for line in lines {
        let kind = if is_item(line.trim_start()) { BlockKind::ListItem } else { BlockKind::Paragraph };
        article.push_block(kind, &collapse_whitespace(line));
    }
}

/// Whether lines are the broken pieces of one paragraph: all but the last are about as long as the
/// longest.
fn is_wrapped(lines: &[&str]) -> bool {
    let Some((_, all_but_last)) = lines.split_last() else { return false };
    let length = |line: &&str| line.chars().count();
    let longest = lines.iter().map(length).max().unwrap_or(0);
    if all_but_last.is_empty() || !WRAPPED_LINE.contains(&longest) {
        return all_but_last.is_empty();
    }
    let starts_item = lines.iter().skip(1).any(|line| is_item(line.trim_start()));
    let near = all_but_last.iter().filter(|line| length(line) * 10 >= longest * 6).count();
    !starts_item && near * 10 >= all_but_last.len() * 8
}

fn is_item(line: &str) -> bool {
    ["- ", "* ", "• ", "– "].iter().any(|mark| line.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        let article = read(text);
        article.blocks.iter().map(|block| block.span.of(&article.text).unwrap().to_owned()).collect()
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "The commission met in spring and looked at four\nproposals, of which it took none; the\nlast was put off.\n\nA second paragraph.";
        let found = texts(text);
        assert_eq!(found.len(), 2);
        assert!(found[0].contains("four proposals"));
    }

    #[test]
    fn short_lines_stay_apart() {
        assert_eq!(
            texts("To: all\nFrom: the chair\n\n- one\n- two"),
            ["To: all", "From: the chair", "- one", "- two"]
        );
    }
}
