//! What a page says more than once: a text that is laid out for another screen too, a sentence that is picked from it
//! to be shown large, its source for machines. What comes back by itself in its row is the author's, and stays: a
//! refrain, a question put to each guest, a line of each table; and so does a heading over another text.

use std::collections::{HashMap, HashSet};

use scraper::node::Element;

use super::blocks::Blocks;
use super::metadata;
use super::nature::Nature;
use super::page::{Node, Page};
use super::verdict::{Reason, Verdict, letters_kept};
use crate::model::BlockKind;

/// Bytes of the shortest text whose repetition is a fault of the page rather than its author's intent.
const COPY_BYTES: usize = 40;

/// A text that stands twice on a page.
struct Pair {
    /// The block of the lesser copy.
    copy: usize,
    /// That of the other.
    original: usize,
}

/// Drops all copies of a text but one: that in the larger part of the page, since the lesser copy is what a page
/// lays out for other screens, or picks from the text to show it large. Of equals the first stays. With a part that is
/// nearly all copies the rest of it goes too.
pub(super) fn drop_copies(
    page: &Page<'_>,
    blocks: &Blocks,
    nature: Nature,
    title: &str,
    verdicts: &mut [Verdict],
) {
    let pairs = pairs(page, blocks, verdicts);
    if pairs.is_empty() {
        return;
    }
    let mut is_copy = vec![false; verdicts.len()];
    for pair in &pairs {
        is_copy[pair.copy] = true;
    }
    let is_twin = twins(page, blocks, verdicts, &pairs);
    let kept: Vec<usize> = (0..verdicts.len()).filter(|&at| verdicts[at] == Verdict::Kept).collect();
    let row = InRow { page, blocks, title, kept: &kept, is_copy: &is_copy };
    let said_again = pairs.iter().filter(|pair| row.says_again(pair, nature)).map(|pair| pair.copy);
    let said_again: HashSet<usize> = said_again.collect();
    for at in kept {
        if is_twin[at] || is_copy[at] && !said_again.contains(&at) {
            verdicts[at] = Verdict::Dropped(Reason::Repeated);
        }
    }
}

/// The blocks that are kept, one after the other, and which of them are copies.
struct InRow<'b, 'p> {
    page: &'b Page<'p>,
    blocks: &'b Blocks,
    title: &'b str,
    kept: &'b [usize],
    is_copy: &'b [bool],
}

/// How many times longer than a heading a title may be that the heading is.
const LONGER_TITLE: usize = 4;

impl InRow<'_, '_> {
    /// Whether the copy of `pair` is what the author says again, rather than what the page shows twice.
    fn says_again(&self, pair: &Pair, nature: Nature) -> bool {
        let Pair { copy, original } = *pair;
        let is_copy = |at: Option<usize>| at.is_some_and(|at| self.is_copy[at]);
        if nature.is_thread {
            return false; // A signature below each of somebody's posts, a subject above each reply.
        }
        let is_apart = self.before(copy) != Some(original) && self.behind(copy) != Some(original);
        if matches!(self.blocks.list[copy].kind, BlockKind::Heading(_)) {
            let heading = self.blocks.text_of(&self.blocks.list[copy]);
            // No heading says a title that is much longer, and that isn't read anew for each.
            let may_be_subject = self.title.len() <= heading.len() * LONGER_TITLE;
            return is_apart
                && !is_copy(self.behind(copy))
                && self.text_behind(copy) != self.text_behind(original)
                && !(may_be_subject && metadata::is_labelled(heading, self.title));
        }
        if is_copy(self.before(copy)) || is_copy(self.behind(copy)) {
            return false;
        }
        nature.is_other() && is_entry(self.blocks, copy) || is_apart && self.stand_alike(copy, original)
    }

    fn before(&self, at: usize) -> Option<usize> {
        let place = self.kept.partition_point(|&kept| kept < at);
        place.checked_sub(1).map(|before| self.kept[before])
    }

    fn behind(&self, at: usize) -> Option<usize> {
        self.kept.get(self.kept.partition_point(|&kept| kept <= at)).copied()
    }

    fn text_behind(&self, at: usize) -> Option<&str> {
        self.behind(at).map(|behind| self.blocks.text_of(&self.blocks.list[behind]))
    }

    /// Whether two blocks stand in the same elements, by names and classes, below what is around both: in one row, or
    /// in rows of one kind. A quotation shown large, or a part for another screen, has a class of its own.
    fn stand_alike(&self, one: usize, other: usize) -> bool {
        let [one, other] = [one, other].map(|at| self.page.ancestors(self.blocks.list[at].node).skip(1));
        let mut pairs = one.zip(other).take_while(|(one, other)| one != other);
        pairs.all(|(one, other)| {
            let [one, other] = [one, other].map(|at| &self.page.nodes[at as usize]);
            let [one_name, other_name] = [one, other].map(|node| node.element.map(Element::name));
            one_name == other_name && classes(one).eq(classes(other))
        })
    }
}

/// The classes of an element, but for those that number it.
fn classes<'a>(node: &Node<'a>) -> impl Iterator<Item = &'a str> {
    let numbers = |class: &&str| {
        class.contains(|c: char| c.is_ascii_digit()) || matches!(*class, "odd" | "even" | "first" | "last")
    };
    let classes = node.attribute("class").unwrap_or_default().split_ascii_whitespace();
    classes.filter(move |class| !numbers(class))
}

/// Whether a block is an entry of a list or table. On a page that is no article, one that comes back by itself is a
/// line of each of its entries, such as what a service includes: F1 +.0004 over all pages of WCXB's development set.
fn is_entry(blocks: &Blocks, at: usize) -> bool {
    matches!(blocks.list[at].kind, BlockKind::ListItem | BlockKind::TableRow)
}

/// The texts that are kept twice, by each further copy.
fn pairs(page: &Page<'_>, blocks: &Blocks, verdicts: &[Verdict]) -> Vec<Pair> {
    let mut first_of: HashMap<&str, usize> = HashMap::new();
    let mut pairs = Vec::new();
    for (at, verdict) in verdicts.iter().enumerate() {
        let text = blocks.text_of(&blocks.list[at]);
        if *verdict != Verdict::Kept || text.len() <= COPY_BYTES {
            continue;
        }
        match first_of.get(text) {
            None => {
                first_of.insert(text, at);
            }
            Some(&first) if in_lesser_part(page, blocks, first, at) => {
                first_of.insert(text, at);
                pairs.push(Pair { copy: first, original: at });
            }
            Some(&first) => pairs.push(Pair { copy: at, original: first }),
        }
    }
    pairs
}

/// Letters of copies from which a part of a page may be a twin of another. With the next, F1 +.0002 over all pages of
/// WCXB's development set; notices of one form share less, and differ in what counts.
const TWIN_LETTERS: u32 = 700;

/// The share of the letters in it that copies are.
const TWIN_SHARE: f32 = 0.75;

/// For each block whether it is kept in a part of the page of which nearly all is copied from without: lines that
/// differ for another screen are copies as well.
fn twins(page: &Page<'_>, blocks: &Blocks, verdicts: &[Verdict], pairs: &[Pair]) -> Vec<bool> {
    let mut is_twin = vec![false; verdicts.len()];
    let mut copied_in: HashMap<u32, u32> = HashMap::new();
    for Pair { copy, original } in pairs {
        if let Some(part) = part_without(page, blocks.list[*copy].node, blocks.list[*original].node) {
            *copied_in.entry(part).or_default() += blocks.list[*copy].size;
        }
    }
    for (part, copied) in copied_in {
        let inside = || blocks.inside(page, part).filter(|&at| verdicts[at] == Verdict::Kept);
        let letters = letters_kept(blocks, verdicts, blocks.inside(page, part));
        if copied >= TWIN_LETTERS && copied as f32 >= TWIN_SHARE * letters as f32 {
            inside().for_each(|at| is_twin[at] = true);
        }
    }
    is_twin
}

/// The largest element around node `at` that doesn't hold `other`.
fn part_without(page: &Page<'_>, at: u32, other: u32) -> Option<u32> {
    page.ancestors(at).take_while(|&around| !page.holds(around, other)).last()
}

/// Whether the copy at `first` stands in the lesser of the two parts of the page, side by side, that hold it
/// and the copy at `later`.
fn in_lesser_part(page: &Page<'_>, blocks: &Blocks, first: usize, later: usize) -> bool {
    let (first, later) = (blocks.list[first].node, blocks.list[later].node);
    let part = |of: u32, other: u32| {
        let around = part_without(page, of, other);
        around.map_or(1, |around| blocks.inside(page, around).len())
    };
    part(first, later) < part(later, first)
}

/// Bytes of the shortest preformatted text that may be the source of the article.
const SOURCE_BYTES: usize = 1_000;

/// Paragraphs of an article that are looked for in such a text.
const SOURCE_PARAGRAPHS: usize = 8;

/// Bytes of each that must stand in it, before any mark-up that could part them.
const SOURCE_OPENING_BYTES: usize = 32;

/// Drops preformatted text that holds the article once more: its source in Markdown, kept for machines.
pub(super) fn drop_source(blocks: &Blocks, verdicts: &mut [Verdict]) {
    let kept = |at: &usize| verdicts[*at] == Verdict::Kept;
    let of_kind = |kind| move |at: &usize| blocks.list[*at].kind == kind;
    let text = |at: usize| blocks.text_of(&blocks.list[at]);
    let all = || (0..verdicts.len()).filter(kept);
    let paragraphs = all().filter(of_kind(BlockKind::Paragraph));
    let openings: Vec<&str> =
        paragraphs.filter_map(|at| text(at).get(..SOURCE_OPENING_BYTES)).take(SOURCE_PARAGRAPHS).collect();
    let holds_article = |at: &usize| {
        let found = openings.iter().filter(|opening| text(*at).contains(**opening)).count();
        text(*at).len() >= SOURCE_BYTES && 2 * found > SOURCE_PARAGRAPHS
    };
    let sources: Vec<usize> = all().filter(of_kind(BlockKind::Preformatted)).filter(holds_article).collect();
    for at in sources {
        verdicts[at] = Verdict::Dropped(Reason::Repeated);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{PARAGRAPHS, joined, read};

    /// Lines that differ in the copy were left of it.
    #[test]
    fn a_text_that_is_printed_for_another_screen_too_goes_with_what_differs() {
        let text = |screen: &str| {
            let paragraphs = joined(12, |number| {
                format!(
                    "<p>The {number}th of the wells was dug by hand, and has given water in all years but two.</p>"
                )
            });
            format!(
                "<div><h2>Wells</h2>{paragraphs}<p>Turn your {screen} to see the map of all wells.</p></div>"
            )
        };
        let page = format!("<main>{PARAGRAPHS}{}{}</main>", text("telephone"), text("head"));
        let text = read(&page).text;
        assert_eq!(text.matches("The 7th of the wells").count(), 1, "{text}");
        assert_eq!(text.matches("the map of all wells").count(), 1, "{text}");
    }

    #[test]
    fn a_line_that_comes_back_in_lists_stays_unless_the_list_does() {
        let line = "<li>Comes with a pump and the right to repair it</li>";
        let offers = |twice: &str| {
            joined(3, |number| {
                format!(
                    "<h2>Well {number}</h2><ul><li>Is {number} ells deep, and lined with stone</li>{line}{twice}</ul>\
                     <p>It is dug within {number} months of the day on which it was ordered.</p>"
                )
            })
        };
        let times = |page: &str| read(page).text.matches("the right to repair it").count();
        assert_eq!(times(&format!("<main>{PARAGRAPHS}{}</main>", offers(""))), 3);
        let dated = "<meta property=article:published_time content=2021-05-18>";
        assert_eq!(times(&format!("{dated}<main>{PARAGRAPHS}{}</main>", offers(""))), 3);
        let both = "<li>Comes with a roof against the rain and leaves</li>";
        assert_eq!(times(&format!("<main>{PARAGRAPHS}{}</main>", offers(both))), 1);
    }

    /// Of refrains, standing questions and rows of tables only one stayed, and of names above biographies that a list
    /// had named before.
    #[test]
    fn what_an_author_says_again_stays() {
        let line = "We will not rest until all towns have a well of their own.";
        let told = |number: usize| {
            format!(
                "<p>The {number}th of the towns has dug for years, and has not found any water so far.</p>"
            )
        };
        let times = |page: &str| {
            read(&format!("<article><h1>The wells</h1>{page}</article>")).text.matches(line).count()
        };
        assert_eq!(times(&joined(4, |number| format!("{}<p>{line}</p>", told(number)))), 4);
        assert_eq!(times(&joined(4, |number| format!("<h3>{line}</h3>{}", told(number)))), 4);
        let rows = joined(4, |number| format!("<tr><td>{number}<td>Dug</tr><tr><td>Word<td>{line}</tr>"));
        assert_eq!(times(&format!("{}<table>{rows}</table>", told(1))), 4);
        let shown_large = format!("<p>{line}</p>{}{}<p class=pull>{line}</p>{}", told(1), told(2), told(3));
        assert_eq!(times(&shown_large), 1);
        let screens =
            ["wide", "narrow"].map(|screen| format!("<div class={screen}><p>{line}</p></div>{}", told(7)));
        assert_eq!(times(&format!("{}{}", PARAGRAPHS, screens.concat())), 1);
    }
}
