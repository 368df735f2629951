//! Text in pages as an article: paragraphs that go on over lines and pages, each with the page that it begins on.
//!
//! What stands at the top or the bottom of page after page is furniture, and so are page numbers.

use std::collections::HashMap;

use crate::model::{Article, BlockKind};
use crate::text::{clean, collapse_whitespace, ends_sentence};

/// What parts pages.
const PAGE_BREAK: char = '\u{c}';

/// Lines at each end of a page that may be furniture.
const FURNITURE_LINES: usize = 2;

/// Fewest pages on which a line stands at the same end to be furniture.
const FEWEST_PAGES: usize = 3;

/// Characters of the longest line that may head a paragraph.
const LONGEST_HEADING: usize = 100;

/// Characters of the longest first line that is taken for a title.
const LONGEST_TITLE: usize = 150;

/// What items of lists begin with.
const BULLETS: [char; 4] = ['\u{2022}', '\u{25cf}', '\u{25aa}', '\u{2013}'];

/// Reads a text in pages.
pub(super) fn read(text: &str) -> Article {
    let pages: Vec<Vec<String>> = text.split(PAGE_BREAK).map(lines).collect();
    let furniture = furniture(&pages);
    let mut article = Article::default();
    let mut open: Option<(u32, String)> = None;
    for (number, page) in (1..).zip(&pages) {
        // A page's end is a gap, as is a wide space between lines.
        let mut is_behind_gap = true;
        for (at, line) in page.iter().enumerate() {
            let is_at_end = at < FURNITURE_LINES || at + FURNITURE_LINES >= page.len();
            if is_at_end && (is_number(line) || furniture.contains_key(&without_digits(line))) {
                continue;
            }
            if line.is_empty() {
                is_behind_gap = true;
                continue;
            }
            let is_behind_gap = std::mem::take(&mut is_behind_gap);
            match &mut open {
                Some((_, paragraph)) if goes_on(paragraph, line, is_behind_gap) => join(paragraph, line),
                _ => {
                    if let Some((page, paragraph)) = open.replace((number, line.clone())) {
                        push(&mut article, &paragraph, page);
                    }
                }
            }
        }
    }
    if let Some((page, paragraph)) = open {
        push(&mut article, &paragraph, page);
    }
    article.metadata.title = title(&article);
    article
}

/// The lines of a page; several blank ones are one.
fn lines(page: &str) -> Vec<String> {
    let mut lines: Vec<String> = clean(page).lines().map(collapse_whitespace).collect();
    lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
    let start = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    lines.drain(..start);
    lines.truncate(lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1));
    lines
}

/// The lines that stand at the ends of several pages, without their digits.
fn furniture(pages: &[Vec<String>]) -> HashMap<String, usize> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for page in pages {
        let ends = page.len().saturating_sub(FURNITURE_LINES).max(FURNITURE_LINES.min(page.len()));
        let mut seen: Vec<String> = Vec::new();
        for line in page.iter().take(FURNITURE_LINES).chain(&page[ends..]) {
            let line = without_digits(line);
            if !line.is_empty() && !seen.contains(&line) {
                seen.push(line);
            }
        }
        for line in seen {
            *counts.entry(line).or_insert(0) += 1;
        }
    }
    counts.retain(|_, count| *count >= FEWEST_PAGES);
    counts
}

fn without_digits(line: &str) -> String {
    line.chars().filter(|c| !c.is_numeric()).collect::<String>().trim().to_lowercase()
}

fn is_number(line: &str) -> bool {
    let line = line.trim_matches(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = line.split(' ').collect();
    let is_word = |word: &&str| matches!(word.to_lowercase().as_str(), "page" | "of" | "seite" | "p");
    !line.is_empty()
        && line.chars().any(|c| c.is_ascii_digit())
        && words.iter().all(|word| word.chars().all(|c| c.is_ascii_digit() || c == '/') || is_word(word))
}

/// Whether a short line reads as a heading: it begins with a large letter or a number.
fn starts_as_heading(line: &str) -> bool {
    line.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric()) && line.split(' ').count() <= 12
}

/// Whether `line` goes on with what `paragraph` says. Behind a gap it does only amid a sentence, which a small letter
/// tells.
fn goes_on(paragraph: &str, line: &str, is_behind_gap: bool) -> bool {
    let is_amid = !ends_sentence(paragraph) && line.starts_with(char::is_lowercase);
    !is_item(line) && (!is_behind_gap || is_amid)
}

fn is_item(line: &str) -> bool {
    line.starts_with(BULLETS) && line.chars().nth(1) == Some(' ')
}

/// Appends `line`, with a word that was parted at the line's end in one piece.
fn join(paragraph: &mut String, line: &str) {
    let parted = paragraph.ends_with('-')
        && paragraph.chars().rev().nth(1).is_some_and(char::is_lowercase)
        && line.starts_with(char::is_lowercase);
    if parted || paragraph.ends_with('\u{ad}') {
        paragraph.pop();
    } else {
        paragraph.push(' ');
    }
    paragraph.push_str(line);
}

fn push(article: &mut Article, paragraph: &str, page: u32) {
    let is_item = is_item(paragraph);
    let text = if is_item { paragraph.trim_start_matches(BULLETS) } else { paragraph };
    let is_heading = starts_as_heading(text)
        && text.chars().count() < LONGEST_HEADING
        && text.ends_with(|c: char| c.is_alphanumeric());
    let kind = if is_item {
        BlockKind::ListItem
    } else if is_heading {
        BlockKind::Heading(2)
    } else {
        BlockKind::Paragraph
    };
    article.push_block_of_page(kind, text, Some(page));
}

/// The first line, if it may be a title.
fn title(article: &Article) -> Option<String> {
    let first = article.blocks.first()?.span.of(&article.text)?;
    (first.chars().count() <= LONGEST_TITLE && !first.ends_with('.')).then(|| first.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_go_on_over_lines_and_pages_and_know_where_they_begin() {
        let pages = [
            "Port Review 1\n\nOn harbours\n\nThe harbour was built by merch-\nants who came from the\n\n1",
            "Port Review 2\n\nsouth. It was paid for by tolls.\n\nTolls ended in 1901.\n\n2",
            "Port Review 3\n\nNobody regrets them.\n\nPage 3 of 3",
        ];
        let article = read(&pages.join("\u{c}"));
        let blocks: Vec<_> =
            article.blocks.iter().map(|b| (b.page, b.span.of(&article.text).unwrap())).collect();
        assert_eq!(
            blocks,
            [
                (Some(1), "On harbours"),
                (
                    Some(1),
                    "The harbour was built by merchants who came from the south. It was paid for by tolls."
                ),
                (Some(2), "Tolls ended in 1901."),
                (Some(3), "Nobody regrets them."),
            ]
        );
        assert_eq!(article.metadata.title.as_deref(), Some("On harbours"));
    }

    #[test]
    fn an_empty_page_keeps_the_count() {
        let article = read("\u{c}\u{c}Only here.");
        assert_eq!(article.blocks[0].page, Some(3));
        assert!(read("\u{c}").is_empty());
    }
}
