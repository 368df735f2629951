//! What an article in an index promises: blocks and passages in order, disjoint, inside the text, and all of it
//! covered.

use crate::engine::StoredArticle;
use crate::text::Span;

/// What is wrong with `stored`, whose passages are ranked by `ranked` extents.
pub(super) fn faults(stored: &StoredArticle, ranked: usize) -> Vec<String> {
    let text = &stored.article.text;
    let blocks: Vec<Span> = stored.article.blocks.iter().map(|block| block.span).collect();
    let mut faults = Vec::new();
    for (what, spans) in [("blocks", blocks.as_slice()), ("passages", &stored.passages)] {
        if spans.iter().any(|span| span.is_empty() || span.of(text).is_none()) {
            faults.push(format!("not all {what} lie inside the text"));
        } else if spans.windows(2).any(|pair| pair[1].start < pair[0].end) {
            faults.push(format!("its {what} aren't in order, or overlap"));
        } else if !cover(spans, text) {
            faults.push(format!("its {what} don't cover the text"));
        }
    }
    if ranked != stored.passages.len() {
        let kept = stored.passages.len();
        faults.push(format!("it has {kept} passages, and {ranked} to be ranked by"));
    }
    faults
}

/// Whether nothing but white space lies between `spans`, which are in order and inside `text`.
fn cover(spans: &[Span], text: &str) -> bool {
    let starts = spans.iter().map(|span| span.start).chain([text.len()]);
    let ends = [0].into_iter().chain(spans.iter().map(|span| span.end));
    ends.zip(starts).all(|(from, to)| text.get(from..to).is_some_and(|gap| gap.trim().is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, ArticleId, BlockKind};

    fn stored(passages: &[(usize, usize)]) -> StoredArticle {
        let mut article = Article::default();
        article.push_block(BlockKind::Paragraph, "One é.");
        article.push_block(BlockKind::Paragraph, "Two.");
        let passages = passages.iter().map(|&(start, end)| Span { start, end }).collect();
        StoredArticle { id: ArticleId::from_url("u"), article, passages, apart: Vec::new() }
    }

    #[test]
    fn a_sound_article_has_no_fault() {
        assert_eq!(faults(&stored(&[(0, 7), (9, 13)]), 2), [""; 0]);
        assert_eq!(faults(&stored(&[(0, 13)]), 1), [""; 0]);
    }

    #[test]
    fn each_broken_promise_is_told() {
        for (passages, told) in [
            (&[(0, 5), (9, 13)][..], "not all passages lie inside the text"),
            (&[(0, 7), (9, 14)], "not all passages lie inside the text"),
            (&[(0, 7), (7, 7), (9, 13)], "not all passages lie inside the text"),
            (&[(9, 13), (0, 7)], "its passages aren't in order, or overlap"),
            (&[(0, 10), (9, 13)], "its passages aren't in order, or overlap"),
            (&[(0, 7)], "its passages don't cover the text"),
            (&[(1, 7), (9, 13)], "its passages don't cover the text"),
        ] {
            assert_eq!(faults(&stored(passages), passages.len()), [told], "{passages:?}");
        }
        assert_eq!(faults(&stored(&[(0, 13)]), 2), ["it has 1 passages, and 2 to be ranked by"]);
        let mut article = stored(&[(0, 13)]);
        article.article.blocks.remove(0);
        assert_eq!(faults(&article, 1), ["its blocks don't cover the text"]);
    }
}
