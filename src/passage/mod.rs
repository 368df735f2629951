//! Splits an article into passages: pieces to rank, show and cite, that read on their own.
//!
//! A passage is a run of whole sentences of one section, with the headings that open it. Passages are
//! in order, disjoint and cover every block. Where they rank is not here.

use crate::model::{Article, Block, BlockKind};
use crate::text::{Span, spaced_runs, word_count};

/// Fewest words of a passage, where its section has as many.
const MIN_WORDS: usize = 60;

/// A section is split evenly into passages of at most so many words, as near as sentences allow.
const TARGET_WORDS: usize = 145;

/// Most words of a passage. A longer sentence is cut.
const MAX_WORDS: usize = 150;

/// A passage of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands in the article's text.
    pub span: Span,
}

/// A sentence, or a part of one that is too long: what passages are made of.
#[derive(Clone, Copy)]
struct Piece {
    span: Span,
    words: usize,
    heading: bool,
    ends_block: bool,
}

/// The passages of `article`, whose text has these `sentences`.
#[must_use]
pub fn passages(article: &Article, sentences: &[Span]) -> Vec<Passage> {
    let pieces = pieces(article, sentences);
    let mut found = Vec::new();
    let mut rest = pieces.as_slice();
    while !rest.is_empty() {
        let (section, after) = rest.split_at(section_len(rest));
        split_section(section, &mut found);
        rest = after;
    }
    found
}

fn pieces(article: &Article, sentences: &[Span]) -> Vec<Piece> {
    let mut all = Vec::new();
    let mut rest = sentences;
    for block in &article.blocks {
        let from = all.len();
        rest = &rest[rest.iter().take_while(|sentence| sentence.end <= block.span.start).count()..];
        push_pieces(article, *block, rest, &mut all);
        if let Some(last) = all[from..].last_mut() {
            last.ends_block = true;
        }
    }
    all
}

/// Adds the pieces of a block, of which the first of `sentences` is the first.
fn push_pieces(article: &Article, block: Block, sentences: &[Span], all: &mut Vec<Piece>) {
    let heading = matches!(block.kind, BlockKind::Heading(_));
    for sentence in sentences.iter().take_while(|sentence| sentence.start < block.span.end) {
        // No sentence of a text goes on behind a block; what is told of another text mustn't cross its end either.
        let span = Span::new(sentence.start.max(block.span.start), sentence.end.min(block.span.end));
        let whole = &article.text[span.start..span.end];
        // What holds no word takes room all the same.
        let words = word_count(whole).max(1);
        let piece = |span, words| Piece { span, words, heading, ends_block: false };
        if words <= MAX_WORDS && whole.len() <= MAX_WORDS * MAX_BYTES_PER_WORD {
            all.push(piece(span, words));
            continue;
        }
        let cuts = cut_to_words(&article.text, span, MAX_WORDS).into_iter();
        all.extend(cuts.map(|cut| piece(cut, word_count(&article.text[cut.start..cut.end]).max(1))));
    }
}

/// `span` in pieces of at most `max_words` words, cut between words where there are any.
fn cut_to_words(text: &str, span: Span, max_words: usize) -> Vec<Span> {
    let whole = &text[span.start..span.end];
    let mut cuts = Vec::new();
    let (mut start, mut words) = (span.start, 0);
    for (at, run) in runs(whole) {
        let count = word_count(run).max(1);
        if words + count > max_words && words > 0 {
            cuts.push(Span::new(start, span.start + at));
            (start, words) = (span.start + at, 0);
        }
        words += count;
    }
    cuts.push(Span::new(start, span.end));
    cuts.into_iter().map(|cut| trim_end(text, cut)).collect()
}

/// A text with more bytes a word isn't words: it is cut by its runs.
const MAX_BYTES_PER_WORD: usize = 40;

/// Longest run without a space that isn't cut, in characters: an unspaced script has no other place to cut.
const MAX_RUN_CHARS: usize = 60;

/// The runs of `text` between white space, long ones in pieces, with their byte offsets.
fn runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    spaced_runs(text).flat_map(move |run| {
        let offset = run.as_ptr() as usize - text.as_ptr() as usize;
        let mut rest = run;
        std::iter::from_fn(move || {
            let is_short = rest.len() <= MAX_RUN_CHARS;
            let cut = || rest.char_indices().nth(MAX_RUN_CHARS).map(|(at, _)| at);
            let end = if is_short { None } else { cut() }.unwrap_or(rest.len());
            let (piece, after) = rest.split_at(end);
            let at = offset + run.len() - rest.len();
            rest = after;
            (!piece.is_empty()).then_some((at, piece))
        })
    })
}

fn trim_end(text: &str, span: Span) -> Span {
    Span::new(span.start, span.start + text[span.start..span.end].trim_end().len())
}

/// How many of `pieces`, which begin a section, belong to it: its headings and what follows up to the next.
fn section_len(pieces: &[Piece]) -> usize {
    let body = pieces.iter().position(|p| !p.heading).unwrap_or(pieces.len());
    pieces[body..].iter().position(|p| p.heading).map_or(pieces.len(), |next| body + next)
}

fn split_section(section: &[Piece], found: &mut Vec<Passage>) {
    let mut left: usize = section.iter().map(|piece| piece.words).sum();
    let (mut start, mut words) = (0, 0);
    let mut ideal = ideal_words(left);
    for (at, piece) in section.iter().enumerate() {
        words += piece.words;
        let Some(next) = section.get(at + 1) else { break };
        let nearest = words + next.words / 2 >= ideal;
        let at_a_break = piece.ends_block && words * 3 >= ideal * 2;
        if words >= MIN_WORDS && (nearest || at_a_break) || words + next.words > MAX_WORDS {
            found.push(passage(&section[start..=at]));
            left -= words;
            (start, words, ideal) = (at + 1, 0, ideal_words(left));
        }
    }
    found.extend((start < section.len()).then(|| passage(&section[start..])));
}

/// The words that each passage should have, so that a section of `words` is split evenly.
fn ideal_words(words: usize) -> usize {
    if words <= MAX_WORDS { words } else { words / words.div_ceil(TARGET_WORDS) }
}

fn passage(pieces: &[Piece]) -> Passage {
    let (first, last) = (pieces[0], pieces[pieces.len() - 1]);
    Passage { span: first.span.cover(last.span) }
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

    fn passages(article: &Article) -> Vec<Passage> {
        super::passages(article, &sentences(&article.text))
    }

    fn lengths(article: &Article) -> Vec<usize> {
        passages(article).iter().map(|p| word_count(p.span.of(&article.text).unwrap())).collect()
    }

    #[test]
    fn a_long_section_is_split_into_even_passages() {
        let text = vec![sentence(20); 20].join(" ");
        assert_eq!(lengths(&article(&[(BlockKind::Paragraph, text)])), [140, 120, 140]);
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
        assert!(found[1].span.of(&article.text).unwrap().starts_with("Two\n\nThree\n\nWord"));
    }

    #[test]
    fn a_sentence_without_end_is_cut() {
        assert_eq!(lengths(&article(&[(BlockKind::Paragraph, sentence(400))])), [150, 150, 100]);
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
            prop_assert!(found.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
            let mut between = article.text.clone();
            for p in found.iter().rev() {
                between.replace_range(p.span.start..p.span.end, "");
            }
            prop_assert_eq!(between.trim(), "");
        }
    }
}
