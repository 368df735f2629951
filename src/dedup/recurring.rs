//! Blocks that recur from page to page of one site: licence notes, words on a series, calls to subscribe that no
//! page alone tells from its text.
//!
//! [`Recurrence`] counts them while pages pass by, in little memory however many they are. [`without_recurring`]
//! takes those that recurred enough off an article's ends, and [`with_recurring`] puts them back. What is done
//! with articles that are in an index already is decided elsewhere.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::hash_of_words;
use crate::model::{Article, BlockKind, Language};

/// Blocks that recur, by the host of their pages: each as a hash of its words.
pub type Recurring = BTreeMap<String, BTreeSet<u64>>;

/// Pages of a host on which a block must have stood.
pub const FEWEST_PAGES: u32 = 20;

/// The share of its host's pages in one language on which it must have stood: three in ten, so that what only a
/// rubric's pages say stays, or a kind of document, as the last clauses of orders and laws.
const SHARE: (u32, u32) = (3, 10);

/// Blocks at an article's start that may be furniture, and at its end.
const OPENING_BLOCKS: usize = 8;
const CLOSING_BLOCKS: usize = 10;

/// Bytes of the longest block that is counted. What is longer is nobody's fine print.
const MOST_BYTES: usize = 2_000;

/// Bytes of text that an end must have to be taken off: a closing word or formula by itself is the author's.
const FEWEST_BYTES: usize = 60;

/// The part of an article, as a divisor, that goes at most.
const AT_MOST: usize = 2;

/// Pages of a host after which blocks are forgotten that hardly ever recurred.
const PAGES_OF_BUCKET: u32 = 1_000;

/// How often blocks stood at the ends of the pages of each host.
///
/// Counts are those of lossy counting (Manku and Motwani 2002, section 4.2): too low by a thousandth of the pages
/// at most, and the same for the same pages in the same order.
#[derive(Debug, Default)]
pub struct Recurrence {
    hosts: HashMap<String, BTreeMap<Language, Pages>>,
}

/// What is known of a host's pages in one language.
#[derive(Debug, Default)]
struct Pages {
    pages: u32,
    blocks: HashMap<u64, Times>,
}

/// On how many pages a block stood.
#[derive(Clone, Copy, Debug)]
struct Times {
    counted: u32,
    /// On how many more it may have stood and been forgotten.
    forgotten: u32,
}

impl Recurrence {
    /// Counts a page of `host`.
    pub fn note(&mut self, host: &str, article: &Article) {
        if !self.hosts.contains_key(host) {
            self.hosts.insert(host.to_owned(), BTreeMap::new());
        }
        let Some(languages) = self.hosts.get_mut(host) else { return };
        let of_host = languages.entry(article.language()).or_default();
        of_host.pages += 1;
        let bucket = of_host.pages.div_ceil(PAGES_OF_BUCKET);
        let blocks: BTreeSet<u64> = ends(article).filter_map(|at| hash(article, at)).collect();
        for block in blocks {
            let times = of_host.blocks.entry(block).or_insert(Times { counted: 0, forgotten: bucket - 1 });
            times.counted += 1;
        }
        if of_host.pages.is_multiple_of(PAGES_OF_BUCKET) {
            of_host.blocks.retain(|_, times| times.counted + times.forgotten > bucket);
        }
    }

    /// What recurred often enough to be furniture.
    #[must_use]
    pub fn recurring(&self) -> Recurring {
        let (part, whole) = SHARE;
        let often = |of_host: &Pages| -> Vec<u64> {
            let enough = |times: &Times| {
                times.counted >= FEWEST_PAGES && whole * times.counted >= part * of_host.pages
            };
            of_host.blocks.iter().filter(|(_, times)| enough(times)).map(|(&block, _)| block).collect()
        };
        let of_all = |languages: &BTreeMap<Language, Pages>| languages.values().flat_map(often).collect();
        let by_host = self.hosts.iter().map(|(host, languages)| (host.clone(), of_all(languages)));
        by_host.filter(|(_, blocks): &(_, BTreeSet<u64>)| !blocks.is_empty()).collect()
    }
}

/// A block that was taken out of an article, and where it stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetApart {
    /// The number of the block that it stood before, among those that stayed.
    pub before: usize,
    /// What it is.
    #[serde(flatten)]
    pub kind: BlockKind,
    /// Its text.
    pub text: String,
}

/// `article` without what of `recurring` stands at its ends, and what that was; none if nothing does, or too much
/// would go.
#[must_use]
pub fn without_recurring(article: &Article, recurring: &BTreeSet<u64>) -> Option<(Article, Vec<SetApart>)> {
    let recurs = |at: &usize| hash(article, *at).is_some_and(|block| recurring.contains(&block));
    let bytes = |at: usize| article.blocks[at].span.len();
    let count = article.blocks.len();
    let is_heading = |at: usize| matches!(article.blocks[at].kind, BlockKind::Heading(_));
    // A heading at the end of what recurs heads what follows.
    let opening = (0..count.min(OPENING_BLOCKS)).take_while(recurs);
    let mut first = opening.filter(|&at| !is_heading(at)).last().map_or(0, |at| at + 1);
    let mut last = count - (0..count).rev().take(CLOSING_BLOCKS).take_while(recurs).count();
    if (0..first).map(bytes).sum::<usize>() < FEWEST_BYTES {
        first = 0;
    }
    if (last..count).map(bytes).sum::<usize>() < FEWEST_BYTES {
        last = count;
    }
    let taken: usize = (0..first).chain(last..count).map(bytes).sum();
    if taken == 0 || first >= last || taken > article.text.len() / AT_MOST {
        return None;
    }
    // A heading over what went is over nothing.
    while last < count && last > first && is_heading(last - 1) {
        last -= 1;
    }
    let mut rest = Article { text: String::new(), blocks: Vec::new(), ..article.clone() };
    let mut apart = Vec::new();
    for (at, block) in article.blocks.iter().enumerate() {
        let text = block.span.of(&article.text).unwrap_or_default();
        if (first..last).contains(&at) {
            rest.push_block_of_page(block.kind, text, block.page);
        } else {
            apart.push(SetApart { before: rest.blocks.len(), kind: block.kind, text: text.to_owned() });
        }
    }
    Some((rest, apart))
}

/// `article` with what was taken out of it.
#[must_use]
pub fn with_recurring(article: &Article, apart: &[SetApart]) -> Article {
    let mut whole = Article { text: String::new(), blocks: Vec::new(), ..article.clone() };
    let mut apart = apart.iter().peekable();
    for at in 0..=article.blocks.len() {
        while let Some(block) = apart.next_if(|block| block.before <= at) {
            whole.push_block(block.kind, &block.text);
        }
        if let Some(block) = article.blocks.get(at) {
            whole.push_block_of_page(
                block.kind,
                block.span.of(&article.text).unwrap_or_default(),
                block.page,
            );
        }
    }
    whole
}

/// The numbers of the blocks at an article's ends, each once.
fn ends(article: &Article) -> impl Iterator<Item = usize> {
    let count = article.blocks.len();
    let opening = count.min(OPENING_BLOCKS);
    (0..opening).chain(count.saturating_sub(CLOSING_BLOCKS).max(opening)..count)
}

/// The hash of a block's words, if it is short enough to count.
fn hash(article: &Article, at: usize) -> Option<u64> {
    let text = article.blocks[at].span.of(&article.text).filter(|text| text.len() <= MOST_BYTES)?;
    hash_of_words(text).as_bytes().first_chunk().copied().map(u64::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: &str = "This text may be reprinted by anyone who names its author and the Review of Wells.";

    /// The page of `number`, which says something of its own between two lines that recur.
    fn page(number: usize) -> Article {
        let mut article = Article::default();
        article.push_block(BlockKind::Paragraph, &format!("Well {number} was dug in the year of the flood."));
        article.push_block(BlockKind::Paragraph, NOTE);
        article.push_block(BlockKind::Paragraph, &format!("It gave {number} buckets a day, and then none."));
        article.push_block(BlockKind::Heading(3), "About this series");
        article.push_block(BlockKind::Paragraph, NOTE);
        article.push_block(BlockKind::Paragraph, "Thank you.");
        article
    }

    fn after(pages: usize) -> Recurring {
        let mut recurrence = Recurrence::default();
        (0..pages).for_each(|number| recurrence.note("wells.example", &page(number)));
        recurrence.recurring()
    }

    #[test]
    fn nothing_recurs_on_fewer_than_twenty_pages() {
        assert!(after(19).is_empty());
        assert_eq!(after(20).len(), 1);
        let mut recurrence = Recurrence::default();
        (0..30).for_each(|number| recurrence.note(&format!("{}.example", number % 2), &page(number)));
        assert!(recurrence.recurring().is_empty());
    }

    #[test]
    fn what_a_small_share_of_pages_says_does_not_recur() {
        let mut recurrence = Recurrence::default();
        for number in 0..100 {
            let mut article = page(number);
            if number % 4 != 0 {
                article = Article::default();
                article.push_block(BlockKind::Paragraph, &format!("Of well {number} nothing is known."));
            }
            recurrence.note("wells.example", &article);
        }
        assert!(recurrence.recurring().is_empty());
    }

    #[test]
    fn each_language_of_a_site_has_a_share_of_its_own() {
        let mut recurrence = Recurrence::default();
        for number in 0..100 {
            let mut article = page(number);
            if number % 4 != 0 {
                article = Article::default();
                article.metadata.language = Some(Language::ENGLISH);
                article.push_block(BlockKind::Paragraph, &format!("Of well {number} nothing is known."));
            }
            recurrence.note("wells.example", &article);
        }
        assert_eq!(recurrence.recurring()["wells.example"].len(), 3);
    }

    #[test]
    fn an_opening_goes_with_its_headings_and_leaves_that_of_the_text() {
        let mut article = Article::default();
        for (kind, text) in [
            (BlockKind::Paragraph, NOTE),
            (BlockKind::Heading(2), "About this series"),
            (BlockKind::Paragraph, NOTE),
            (BlockKind::Heading(2), "About this series"),
        ] {
            article.push_block(kind, text);
        }
        article.push_block(BlockKind::Paragraph, &"The well gave water. ".repeat(20));
        let (rest, apart) = without_recurring(&article, &after(20)["wells.example"]).unwrap();
        assert!(rest.text.starts_with("About this series\n\nThe well"), "{}", rest.text);
        assert_eq!(with_recurring(&rest, &apart), article);
    }

    #[test]
    fn ends_go_and_the_middle_stays() {
        let (rest, apart) = without_recurring(&page(7), &after(20)["wells.example"]).unwrap();
        assert!(rest.text.contains(NOTE) && rest.text.ends_with("and then none."), "{}", rest.text);
        assert_eq!(apart.len(), 3);
        assert_eq!(with_recurring(&rest, &apart), page(7));
    }

    #[test]
    fn no_article_loses_more_than_half_nor_a_closing_word() {
        let recurring = &after(20)["wells.example"];
        let mut article = Article::default();
        article.push_block(BlockKind::Paragraph, "A well.");
        article.push_block(BlockKind::Paragraph, NOTE);
        assert_eq!(without_recurring(&article, recurring), None);
        let mut article = Article::default();
        article.push_block(BlockKind::Paragraph, &"The well gave water. ".repeat(9));
        article.push_block(BlockKind::Paragraph, "Thank you.");
        assert_eq!(without_recurring(&article, recurring), None);
    }

    #[test]
    fn what_is_forgotten_never_recurred() {
        let mut recurrence = Recurrence::default();
        for number in 0..3_500 {
            recurrence.note("wells.example", &page(number));
        }
        let known = recurrence.hosts["wells.example"][&Language::UNKNOWN].blocks.len();
        assert!(known < 3_500, "{known}");
        assert_eq!(recurrence.recurring()["wells.example"].len(), 3);
    }
}
