//! Lists of cards: siblings of one kind, each a headline that is all link, a line or two, a name and a date.
//!
//! On an article's page they point to other articles; a page that consists of them is about them. Which of the
//! two is told by how much text stands beside and ahead of them. What elements say of themselves is
//! `furniture`'s matter.

use super::blocks::{Block, Blocks};
use super::furniture::prose;
use super::hints::Flags;
use super::jumps;
use super::page::{Page, index};

/// Letters of the largest card: a headline, a line about it, a name and a date.
const CARD_LETTERS: u32 = 450;

/// Letters of the shortest headline in a card.
const HEADLINE_LETTERS: u32 = 12;

/// Cards side by side that make a list of them.
const FEWEST_CARDS: usize = 3;

/// Letters of prose outside of cards that make an article, to which they are furniture.
const PROSE_BESIDE_CARDS: f32 = 800.0;

/// How many times the prose in cards that must be.
const PROSE_PER_CARD_PROSE: f32 = 2.0;

/// Letters of prose ahead of the first card that make an article as well, though what the cards say is more.
const PROSE_AHEAD_OF_CARDS: f32 = 1_200.0;

/// The part of the prose in cards that it must be. Flat from 0.5 to 1.
const PROSE_AHEAD_PER_CARD_PROSE: f32 = 0.8;

/// The share of that prose behind cards from which the article goes on behind them.
const GOES_ON: f32 = 0.2;

/// Marks lists of cards as pointers to other articles: siblings of one kind, each with a headline that is
/// all link and little else.
pub(super) fn mark(page: &Page<'_>, blocks: &Blocks, around: &mut [Flags]) {
    let mut cards_of = vec![0_u16; page.nodes.len()];
    let mut is_card = vec![false; page.nodes.len()];
    for (at, node) in page.nodes.iter().enumerate() {
        if node.tag.is_block() && looks_like_card(page, blocks, blocks.inside(page, index(at))) {
            is_card[at] = true;
            cards_of[node.parent as usize] = cards_of[node.parent as usize].saturating_add(1);
        }
    }
    for at in 0..page.nodes.len() {
        let parent = page.nodes[at].parent as usize;
        let listed = is_card[at] && usize::from(cards_of[parent]) >= FEWEST_CARDS;
        if listed || at > 0 && around[parent].any(Flags::CARD) {
            around[at] |= Flags::CARD;
        }
    }
}

/// Takes the marks of cards off again where they are what the page is for, as little stands beside them, or
/// where the article goes on behind them. What is named as a teaser stays one then.
pub(super) fn unmark_those_of_articles(blocks: &Blocks, against: &mut [Flags]) {
    const POINTERS: Flags = Flags::all(&[Flags::CARD, Flags::TEASER]);
    let (mut in_cards, mut beside, mut ahead) = (0.0, 0.0, 0.0);
    for (block, flags) in blocks.list.iter().zip(against.iter()) {
        match (flags.without(POINTERS).is_empty(), flags.any(POINTERS)) {
            (true, true) => {
                if in_cards <= 0.0 {
                    ahead = beside;
                }
                in_cards += prose(blocks, block);
            }
            (true, false) => beside += prose(blocks, block),
            _ => {}
        }
    }
    let article_is_ahead = ahead >= PROSE_AHEAD_OF_CARDS && ahead >= PROSE_AHEAD_PER_CARD_PROSE * in_cards;
    let page_is_cards =
        !article_is_ahead && (beside < PROSE_BESIDE_CARDS || beside < PROSE_PER_CARD_PROSE * in_cards);
    let mut behind = 0.0;
    for (block, flags) in blocks.list.iter().zip(against.iter_mut()).rev() {
        if flags.is_empty() {
            behind += prose(blocks, block);
        } else if page_is_cards {
            *flags = flags.without(POINTERS);
        } else if behind > GOES_ON * beside {
            *flags = flags.without(Flags::CARD);
        }
    }
}

fn looks_like_card(page: &Page<'_>, blocks: &Blocks, inside: std::ops::Range<usize>) -> bool {
    if !(2..=8).contains(&inside.len()) {
        return false;
    }
    let list = &blocks.list[inside];
    let size: u32 = list.iter().map(|block| block.size).sum();
    let is_headline = |block: &Block| {
        block.size >= HEADLINE_LETTERS && block.link_share() > 0.95 && !jumps::is_jump(page, block)
    };
    size <= CARD_LETTERS && list.iter().any(is_headline)
}
