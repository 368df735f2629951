//! Plain text as an article: paragraphs parted by blank lines, wrapped lines joined.

use std::borrow::Cow;

use crate::model::{Article, BlockKind};
use crate::text::{clean, collapse_whitespace};

/// Characters in a line's length above which a text is taken to be wrapped by hand if most lines
/// come close to the longest. Mail and reports wrap between 60 and 80, columns from 40.
const WRAPPED_LINE: std::ops::RangeInclusive<usize> = 40..=100;

/// Where a new page begins in a text that was to be printed.
const FORM_FEED: char = '\u{c}';

/// Reads a plain text, which is given up as soon as it may: a long one is held twice.
pub(super) fn read(text: Cow<'_, str>) -> Article {
    let mut article = Article::default();
    let text = if text.contains(FORM_FEED) { text.replace(FORM_FEED, "\n\n").into() } else { text };
    let cleaned = clean(&text);
    drop(text);
    for paragraph in paragraphs(&cleaned) {
        let lines: Vec<&str> = paragraph.lines().map(str::trim_end).collect();
        push(&mut article, &lines);
    }
    article
}

/// The pieces between blank lines.
fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    let mut lines = text.split_inclusive('\n').scan(0, |end, line| {
        let start = *end;
        *end += line.len();
        Some((start, line))
    });
    std::iter::from_fn(move || {
        let is_text = |(_, line): &(usize, &str)| !line.trim().is_empty();
        let (start, first) = lines.find(is_text)?;
        let bytes: usize = lines.by_ref().take_while(is_text).map(|(_, line)| line.len()).sum();
        Some(&text[start..start + first.len() + bytes])
    })
}

fn push(article: &mut Article, lines: &[&str]) {
    if let [line] = lines {
        article.push_block(BlockKind::Paragraph, &collapse_whitespace(line));
        return;
    }
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
        let article = read(text.into());
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
    fn pages_stay_apart() {
        assert_eq!(
            texts("The end.\u{c}Chapter two\n\u{c}\n\nIt rained."),
            ["The end.", "Chapter two", "It rained."]
        );
        assert_eq!(texts("\n \n"), [""; 0]);
    }

    #[test]
    fn short_lines_stay_apart() {
        assert_eq!(
            texts("To: all\nFrom: the chair\n\n- one\n- two"),
            ["To: all", "From: the chair", "- one", "- two"]
        );
    }
}
