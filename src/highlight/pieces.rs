//! Words that are found in pairs of characters: what is marked of them is made whole, and shreds are left out.

use std::collections::HashSet;

use super::meaning::Mark;
use crate::model::Article;
use crate::text::Span;

/// Fewest letters of a piece of a word in Thai, or of another script of letters without spaces, that tells the word:
/// pairs of letters stand in most words.
const MIN_LETTERS: usize = 4;

/// `marks` in `article` with those that touch made one where they are of one leaf, and without those that tell nothing
/// beside others.
pub(super) fn made_whole(marks: Vec<Mark>, article: &Article) -> Vec<Mark> {
    let mut whole = joined(marks);
    let title = article.metadata.title.as_deref().unwrap_or_default();
    let of = |mark: &Mark| if mark.in_title { title } else { article.text.as_str() };
    let is_shred = |mark: &Mark| {
        mark.is_in_pieces && mark.span.of(of(mark)).is_some_and(|text| text.chars().count() < MIN_LETTERS)
    };
    let tells = |mark: &&Mark| mark.is_in_pieces && !is_shred(mark);
    let told: HashSet<_> = whole.iter().filter(tells).map(|mark| paragraph_of(mark, article)).collect();
    if !told.is_empty() {
        whole.retain(|mark| !is_shred(mark) || !told.contains(&paragraph_of(mark, article)));
    }
    whole
}

/// The leaf that `mark` is of, and the title or paragraph of `article` in which it stands: what is shown is whole
/// paragraphs, so that nothing else may count.
fn paragraph_of(mark: &Mark, article: &Article) -> (usize, Option<usize>) {
    let Mark { in_title, leaf, span: Span { start, .. }, .. } = *mark;
    let block = || article.blocks.partition_point(|block| block.span.end <= start);
    (leaf, (!in_title).then(block))
}

fn joined(mut marks: Vec<Mark>) -> Vec<Mark> {
    marks.sort_unstable();
    let mut joined: Vec<Mark> = Vec::with_capacity(marks.len());
    for mark in marks {
        match joined.last_mut() {
            Some(last)
                if (last.in_title, last.leaf) == (mark.in_title, mark.leaf)
                    && mark.span.start <= last.span.end =>
            {
                last.span = last.span.cover(mark.span);
            }
            _ => joined.push(mark),
        }
    }
    joined
}
