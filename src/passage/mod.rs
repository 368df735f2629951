//! Splits an article into passages: pieces to rank, show and cite, that read on their own.
//!
//! A passage is a run of whole sentences of one section, with the headings that open it. Passages are
//! in order, disjoint and cover every block. Where they rank is not here.

mod long_sentence;
mod section;

use crate::model::{Article, Block, BlockKind};
use crate::text::{Span, word_count};
use long_sentence::cut_evenly;
use section::passage_ends;

/// Fewest words of a passage, where its section has as many.
const MIN_WORDS: usize = 60;

/// Most words of a passage. A longer sentence is cut.
const MAX_WORDS: usize = 150;

/// Headings of more words are passages of their own: beside them there would be no room for much of a sentence.
const MAX_HEADINGS_WORDS: usize = MAX_WORDS - MIN_WORDS;

/// A text with more bytes a word isn't words: it is cut by its runs.
const MAX_BYTES_PER_WORD: usize = 40;

/// What passages are made of: a sentence, or a part of one that is too long.
#[derive(Clone, Copy)]
struct Piece {
    span: Span,
    words: usize,
    role: Role,
    ends_block: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Heading,
    /// The first piece behind headings, joined to them: no passage is a heading alone.
    Headed,
    Body,
}

/// The passages of `article`, whose text has these `sentences`: where each stands in its text.
#[must_use]
pub fn passages(article: &Article, sentences: &[Span]) -> Vec<Span> {
    let pieces = pieces(article, sentences);
    let mut found = Vec::new();
    let mut rest = pieces.as_slice();
    while !rest.is_empty() {
        let (section, after) = rest.split_at(section_len(rest));
        let mut start = 0;
        for end in passage_ends(section) {
            found.push(section[start].span.cover(section[end - 1].span));
            start = end;
        }
        rest = after;
    }
    found
}

fn pieces(article: &Article, sentences: &[Span]) -> Vec<Piece> {
    let mut all = Vec::new();
    let mut rest = sentences;
    for block in &article.blocks {
        rest = &rest[rest.iter().take_while(|sentence| sentence.end <= block.span.start).count()..];
        if push_pieces(article, *block, rest, &mut all) > 0
            && let Some(last) = all.last_mut()
        {
            last.ends_block = true;
        }
    }
    all
}

/// Adds the pieces of a block, of which the first of `sentences` is the first; how many sentences it has.
fn push_pieces(article: &Article, block: Block, sentences: &[Span], all: &mut Vec<Piece>) -> usize {
    let role = if matches!(block.kind, BlockKind::Heading(_)) { Role::Heading } else { Role::Body };
    let of_block = sentences.iter().take_while(|sentence| sentence.start < block.span.end);
    let mut count = 0;
    for sentence in of_block {
        // No sentence of a text goes on behind a block; what is told of another text mustn't cross its end either.
        let span = Span::new(sentence.start.max(block.span.start), sentence.end.min(block.span.end));
        push_sentence(&article.text, span, role, all);
        count += 1;
    }
    count
}

fn push_sentence(text: &str, span: Span, role: Role, all: &mut Vec<Piece>) {
    let headings = if role == Role::Body { take_headings(all) } else { None };
    let room = MAX_WORDS - headings.map_or(0, |headings| headings.words);
    let from = all.len();
    let whole = &text[span.start..span.end];
    let piece = |span, words| Piece { span, words, role, ends_block: false };
    // What holds no word takes room all the same.
    let words = word_count(whole).max(1);
    if words <= room && whole.len() <= MAX_WORDS * MAX_BYTES_PER_WORD {
        all.push(piece(span, words));
    } else {
        let cuts = cut_evenly(text, span, room).into_iter();
        all.extend(cuts.map(|cut| piece(cut, word_count(&text[cut.start..cut.end]).max(1))));
    }
    if let (Some(headings), Some(first)) = (headings, all.get_mut(from)) {
        first.span = headings.span.cover(first.span);
        first.words += headings.words;
        first.role = Role::Headed;
    }
}

/// Takes the headings that `all` ends with off it, as one piece, if what they head has room beside them.
fn take_headings(all: &mut Vec<Piece>) -> Option<Piece> {
    let count = all.iter().rev().take_while(|piece| piece.role == Role::Heading).count();
    let headings = &all[all.len() - count..];
    let (first, last) = (headings.first()?, headings.last()?);
    let words = headings.iter().map(|heading| heading.words).sum();
    let joined = Piece { span: first.span.cover(last.span), words, ..*first };
    (words <= MAX_HEADINGS_WORDS).then(|| {
        all.truncate(all.len() - count);
        joined
    })
}

/// How many of `pieces`, which begin a section, belong to it: its headings and what follows up to the next.
fn section_len(pieces: &[Piece]) -> usize {
    let opening = pieces.iter().take_while(|piece| piece.role == Role::Heading).count().max(1);
    opening + pieces[opening..].iter().take_while(|piece| piece.role == Role::Body).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::sentences;
    use proptest::prelude::*;

    fn article(blocks: &[(BlockKind, String)]) -> Article {
        let mut article = Article::default();
        for (kind, text) in blocks {
            article.push_block(*kind, text);
        }
        article
    }

    fn sentence(words: usize) -> String {
        format!("Word{} end.", " word".repeat(words.saturating_sub(2)))
    }

    fn passages(article: &Article) -> Vec<Span> {
        super::passages(article, &sentences(&article.text))
    }

    fn lengths(article: &Article) -> Vec<usize> {
        passages(article).iter().map(|p| word_count(p.of(&article.text).unwrap())).collect()
    }

    #[test]
    fn a_long_section_is_split_into_even_passages() {
        let text = vec![sentence(20); 20].join(" ");
        assert_eq!(lengths(&article(&[(BlockKind::Paragraph, text)])), [140, 140, 120]);
    }

    #[test]
    fn passages_never_cross_a_heading_and_begin_with_their_own() {
        let article = article(&[
            (BlockKind::Heading(1), "One".into()),
            (BlockKind::Paragraph, sentence(30)),
            (BlockKind::Heading(2), "Two".into()),
            (BlockKind::Heading(3), "Three".into()),
            (BlockKind::Paragraph, sentence(30)),
        ]);
        let found = passages(&article);
        assert_eq!(found.len(), 2);
        assert!(found[1].of(&article.text).unwrap().starts_with("Two\n\nThree\n\nWord"));
    }

    #[test]
    fn a_sentence_without_end_is_cut() {
        assert_eq!(lengths(&article(&[(BlockKind::Paragraph, sentence(400))])), [134, 133, 133]);
        let chinese = "制".repeat(1000);
        assert!(
            lengths(&article(&[(BlockKind::Paragraph, chinese)])).iter().all(|&words| words <= MAX_WORDS)
        );
    }

    #[test]
    fn a_break_between_paragraphs_is_a_better_place_than_one_within() {
        let paragraphs =
            [100, 140].map(|words| (BlockKind::Paragraph, vec![sentence(10); words / 10].join(" ")));
        assert_eq!(lengths(&article(&paragraphs)), [100, 140]);
    }

    fn paragraphs(words: &[usize]) -> Article {
        let of_tens = |words: &usize| (BlockKind::Paragraph, vec![sentence(10); words / 10].join(" "));
        article(&words.iter().map(of_tens).collect::<Vec<_>>())
    }

    /// A passage ended with a paragraph and left a few words behind, which would have had room in it.
    #[test]
    fn the_end_of_a_paragraph_leaves_no_short_rest() {
        assert_eq!(lengths(&paragraphs(&[100, 20])), [120]);
        assert_eq!(lengths(&paragraphs(&[90, 10, 10])), [110]);
        assert_eq!(lengths(&paragraphs(&[120, 20])), [140]);
        assert_eq!(lengths(&paragraphs(&[100, 100, 100, 100, 100, 20])), [100, 100, 100, 100, 120]);
        assert_eq!(lengths(&paragraphs(&[140, 30])), [90, 80]);
    }

    /// Headings before a sentence that filled a passage were a passage of their own.
    #[test]
    fn a_heading_is_no_passage_alone() {
        for words in [140, 149, 150, 151, 300, 1000] {
            let article = article(&[
                (BlockKind::Heading(2), "Preamble".into()),
                (BlockKind::Heading(3), "Of the river".into()),
                (BlockKind::Paragraph, sentence(words)),
            ]);
            let lengths = lengths(&article);
            assert!(lengths.iter().all(|length| (MIN_WORDS..=MAX_WORDS).contains(length)), "{lengths:?}");
        }
    }

    /// Of a long sentence or a text without punctuation the last word was a passage.
    #[test]
    fn a_long_sentence_leaves_no_tail() {
        for words in [151, 301, 1201] {
            for text in [sentence(words), "制".repeat(words * 2)] {
                let lengths = lengths(&article(&[(BlockKind::Paragraph, text)]));
                assert!(lengths.iter().all(|length| (MIN_WORDS..=MAX_WORDS).contains(length)), "{lengths:?}");
            }
        }
        assert_eq!(lengths(&article(&[(BlockKind::Paragraph, sentence(301))])), [101, 100, 100]);
    }

    #[test]
    fn an_article_without_text_has_no_passage() {
        assert_eq!(passages(&Article::default()), []);
    }

    proptest! {
        #[test]
        fn passages_are_in_order_and_cover_every_block(
            blocks in prop::collection::vec((0_u8..3, 2_usize..90, 1_usize..6), 0..20)
        ) {
            let blocks: Vec<_> = blocks.into_iter().map(|(kind, words, times)| {
                let kind = if kind == 0 { BlockKind::Heading(2) } else { BlockKind::Paragraph };
                (kind, vec![sentence(words); times].join(" "))
            }).collect();
            let article = article(&blocks);
            let found = passages(&article);
            prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
            let mut between = article.text.clone();
            for p in found.iter().rev() {
                between.replace_range(p.start..p.end, "");
            }
            prop_assert_eq!(between.trim(), "");
        }

        #[test]
        fn no_short_passage_has_room_beside_its_neighbour(words in prop::collection::vec(2_usize..200, 1..20)) {
            let paragraphs: Vec<_> =
                words.into_iter().map(|words| (BlockKind::Paragraph, sentence(words))).collect();
            let lengths = lengths(&article(&paragraphs));
            prop_assert!(lengths.iter().all(|&length| length <= MAX_WORDS), "{:?}", lengths);
            let has_room = |pair: &[usize]| pair[0].min(pair[1]) < MIN_WORDS && pair[0] + pair[1] <= MAX_WORDS;
            prop_assert!(!lengths.windows(2).any(has_room), "{:?}", lengths);
        }
    }
}
