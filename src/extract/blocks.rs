//! [`Blocks`]: the visible text of a page, cut where a reader sees a new line begin.
//!
//! Inline elements add no space, block elements and `<br>` do; a row of a data table is one block.
//! All of the page is laid out here, furniture too: choosing comes after.

use super::data_table::shows_data;
use super::high_sign::{self, HighSign};
use super::hints::Flags;
use super::page::{Node, Page, index};
use super::tag::Tag;
use super::unshown;
use crate::model::BlockKind;

/// A block of a page's text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    /// Where its text stands in [`Blocks::text`].
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// The node of its first text.
    pub node: u32,
    pub kind: BlockKind,
    /// Letters and other marks that show, wide ones counted twice.
    pub size: u32,
    /// How many of them are in links.
    pub linked: u32,
    /// How many of them are in bold type.
    pub bold: u32,
    /// Where its first line ends, if that is all in bold type: a heading that only a line break parts from
    /// its text.
    pub run_in: Option<u32>,
    /// Whether it isn't shown.
    pub hidden: bool,
}

impl Block {
    /// The share of its text that is in links.
    pub(super) fn link_share(&self) -> f32 {
        self.linked as f32 / self.size.max(1) as f32
    }
}

/// All blocks of a page, and which nodes they lie in.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    pub text: String,
    pub list: Vec<Block>,
    /// For each node the number of blocks that began before it.
    before: Vec<u32>,
}

impl Blocks {
    /// The text of a block.
    pub(super) fn text_of(&self, block: &Block) -> &str {
        &self.text[block.start as usize..block.end as usize]
    }

    /// The blocks that begin inside of node `at`.
    pub(super) fn inside(&self, page: &Page<'_>, at: u32) -> std::ops::Range<usize> {
        let end = page.nodes[at as usize].end;
        let last = self.before.get(end as usize).copied().unwrap_or(index(self.list.len()));
        let first = (self.before[at as usize] as usize).min(self.list.len());
        first..(last as usize).clamp(first, self.list.len())
    }

    /// Lays out `page`.
    pub(super) fn of(page: &Page<'_>) -> Self {
        let mut layout = Layout::new(page);
        let mut at = 0;
        while at < page.nodes.len() {
            at = layout.enter(at);
        }
        layout.leave_until(page.nodes.len());
        layout.flush();
        layout.blocks
    }
}

/// How a table's cells are parted.
const CELL_GAP: char = '\t';

/// Behind an opening bracket, as of the number of a note, nothing stands apart.
const NO_GAP_BEHIND: char = '[';

/// Quotations that can begin at one word.
const MAX_QUOTES: usize = 3;

struct Layout<'p, 'a> {
    page: &'p Page<'a>,
    blocks: Blocks,
    /// Elements that something happens at the end of.
    open: Vec<u32>,
    /// The block being filled, if it has text.
    current: Option<Block>,
    /// Quotations that began since the last word.
    quotes: usize,
    /// White space came since the last word.
    gap: bool,
    /// A line break came since the last word.
    broken: bool,
    /// A reference to a note is being read, in brackets.
    in_reference: bool,
    /// The end of the row of a data table that is being read.
    row_end: u32,
    /// The end of the data table that is being read.
    table_end: u32,
    /// The link that was last looked at for its signs, and the letters in it: it may hold thousands of them.
    link_of_signs: Option<(u32, usize)>,
}

impl<'p, 'a> Layout<'p, 'a> {
    fn new(page: &'p Page<'a>) -> Self {
        let mut blocks = Blocks::default();
        blocks.before.reserve(page.nodes.len());
        Self {
            page,
            blocks,
            open: Vec::new(),
            current: None,
            quotes: 0,
            gap: false,
            broken: false,
            in_reference: false,
            row_end: 0,
            table_end: 0,
            link_of_signs: None,
        }
    }

    /// Enters node `at` and says which comes next.
    fn enter(&mut self, at: usize) -> usize {
        self.leave_until(at);
        let node = self.page.nodes[at];
        let is_unread = node.tag.is_unread() || at > 0 && node.around.any(Flags::CONTROL);
        let has_begun = self.current.is_some() && index(at) >= self.row_end;
        if is_unread || unshown::is_in_line(self.page, at, has_begun) {
            // Readings above a word, and formulas once more, stand in no place of their own.
            self.gap |= is_unread && !matches!(node.tag, Tag::Rt | Tag::Rp | Tag::Annotation);
            let end = node.end as usize;
            self.mark(end);
            return end;
        }
        match node.tag {
            Tag::Text => {
                self.text(at, &node);
                self.mark(at + 1);
                return at + 1;
            }
            Tag::Br => self.line_break(at),
            Tag::Hr => self.flush(),
            Tag::Td | Tag::Th => self.cell(),
            Tag::Tr => self.row(at),
            Tag::Table => self.table(at),
            Tag::Q => self.open_quote(),
            Tag::Sup => self.open_high_sign(at),
            tag if tag.is_block() => self.flush_unless_in_row(at),
            _ => {}
        }
        if node.tag.is_block() || node.tag.is_cell() || matches!(node.tag, Tag::Q | Tag::Sup) {
            self.open.push(index(at));
        }
        self.mark(at + 1);
        at + 1
    }

    /// Notes for the nodes up to `to` how many blocks began before them.
    fn mark(&mut self, to: usize) {
        let begun = index(self.blocks.list.len()) + u32::from(self.current.is_some());
        // The node itself began before what it opened.
        let here = self.blocks.before.len();
        if here == 0 {
            self.blocks.before.push(0);
        }
        self.blocks.before.resize(to + 1, begun);
    }

    fn leave_until(&mut self, at: usize) {
        while let Some(&top) = self.open.last() {
            let node = self.page.nodes[top as usize];
            if node.end as usize > at {
                return;
            }
            self.open.pop();
            match node.tag {
                Tag::Q => self.close_quote(),
                Tag::Sup => self.close_high_sign(top as usize),
                Tag::Td | Tag::Th => {}
                _ => self.flush_unless_in_row(at),
            }
            let begun = index(self.blocks.list.len()) + u32::from(self.current.is_some());
            if let Some(last) = self.blocks.before.last_mut() {
                *last = begun;
            }
        }
    }

    /// Ends the block, or inside of a table's row parts words.
    fn flush_unless_in_row(&mut self, at: usize) {
        if index(at) < self.row_end {
            self.gap = true;
        } else {
            self.flush();
        }
    }

    fn flush(&mut self) {
        self.gap = false;
        self.broken = false;
        if let Some(mut block) = self.current.take() {
            let text = &self.blocks.text[block.start as usize..];
            block.end = block.start + index(text.trim_end().len());
            self.blocks.text.truncate(block.end as usize);
            if block.size > 0 {
                self.blocks.list.push(block);
            }
        }
    }

    fn table(&mut self, at: usize) {
        self.flush_unless_in_row(at);
        let end = self.page.nodes[at].end;
        if index(at) >= self.table_end && shows_data(&self.page.nodes[at + 1..end as usize]) {
            self.table_end = end;
        }
    }

    fn row(&mut self, at: usize) {
        self.flush();
        if index(at) < self.table_end {
            self.row_end = self.page.nodes[at].end;
        }
    }

    fn cell(&mut self) {
        match &self.current {
            Some(_) if self.row_end > 0 => {
                let text = &mut self.blocks.text;
                text.truncate(text.trim_end_matches(' ').len());
                text.push(CELL_GAP);
                self.gap = false;
            }
            _ => self.flush(),
        }
    }

    fn line_break(&mut self, at: usize) {
        if index(at) < self.row_end {
            self.gap = true;
        } else if self.broken {
            self.flush();
        } else {
            self.broken = true;
            let end = index(self.blocks.text.len());
            let text = &self.blocks.text;
            if let Some(block) = self.current.as_mut().filter(|block| is_run_in(text, block)) {
                block.run_in = Some(end);
            }
        }
    }

    /// Notes that a quotation begins, whose mark comes with its first word.
    fn open_quote(&mut self) {
        self.quotes = (self.quotes + 1).min(MAX_QUOTES);
    }

    fn close_quote(&mut self) {
        if self.quotes > 0 {
            self.quotes -= 1;
        } else if self.current.is_some() {
            self.blocks.text.push('”');
        }
    }

    /// Begins what is set high. A number or a letter there that is a link refers to a note, and is put in brackets:
    /// without them it would become a part of the word before.
    fn open_high_sign(&mut self, at: usize) {
        if self.current.is_none() || self.in_reference {
            return;
        }
        let is_reference = match HighSign::of(self.page, at) {
            Some(HighSign::Linked) => true,
            Some(HighSign::Letter) => high_sign::may_have_letter(&self.blocks.text),
            _ => false,
        };
        if is_reference {
            self.blocks.text.push('[');
            self.in_reference = true;
        }
    }

    /// Ends it; digits that are no link are set high.
    fn close_high_sign(&mut self, at: usize) {
        let is_reference = std::mem::take(&mut self.in_reference);
        if self.current.is_none() {
            return;
        }
        if is_reference {
            self.gap = false;
            self.blocks.text.push(']');
            return;
        }
        match HighSign::of(self.page, at) {
            Some(HighSign::Digits(bytes)) => high_sign::raise(&mut self.blocks.text, bytes),
            Some(HighSign::Negative(bytes)) => high_sign::raise_negative(&mut self.blocks.text, bytes),
            _ => {}
        }
    }

    fn start(&mut self, at: u32, node: &Node<'_>) -> &mut Block {
        let start = index(self.blocks.text.len());
        let kind = self.kind(node, at);
        let hidden = node.around.any(Flags::HIDDEN);
        self.current.get_or_insert(Block {
            start,
            end: start,
            node: at,
            kind,
            size: 0,
            linked: 0,
            bold: 0,
            run_in: None,
            hidden,
        })
    }

    fn kind(&self, node: &Node<'_>, at: u32) -> BlockKind {
        let around = node.around;
        if around.any(Flags::PRE) {
            BlockKind::Preformatted
        } else if node.heading > 0 {
            BlockKind::Heading(node.heading)
        } else if at < self.row_end {
            BlockKind::TableRow
        } else if around.any(Flags::NOTES) {
            BlockKind::Footnote
        } else if around.any(Flags::ITEM) {
            BlockKind::ListItem
        } else if around.any(Flags::QUOTE) {
            BlockKind::Quotation
        } else {
            BlockKind::Paragraph
        }
    }

    /// Adds the gap that came before the next word.
    fn part_words(&mut self) {
        let empty = self.current.is_none_or(|block| block.start as usize == self.blocks.text.len());
        if !empty {
            if self.broken {
                self.blocks.text.push('\n');
            } else if self.gap && !self.blocks.text.ends_with([CELL_GAP, NO_GAP_BEHIND]) {
                self.blocks.text.push(' ');
            }
        }
        for _ in 0..std::mem::take(&mut self.quotes) {
            self.blocks.text.push('“');
        }
        self.gap = false;
        self.broken = false;
    }

    fn text(&mut self, at: usize, node: &Node<'_>) {
        if self.is_anchor_sign(node) {
            return;
        }
        if node.around.any(Flags::PRE) {
            self.preformatted(at, node);
            return;
        }
        if node.text.starts_with(|c: char| c.is_ascii_whitespace()) {
            self.gap = true;
        }
        let mut words = node.text.split_ascii_whitespace();
        let Some(first) = words.next() else { return };
        self.start(index(at), node);
        self.part_words();
        let text = &mut self.blocks.text;
        text.push_str(first);
        let mut size = size_of(first);
        for word in words {
            if !text.ends_with(NO_GAP_BEHIND) {
                text.push(' ');
            }
            text.push_str(word);
            size += size_of(word);
        }
        self.gap = node.text.ends_with(|c: char| c.is_ascii_whitespace());
        self.count(size, node);
    }

    fn preformatted(&mut self, at: usize, node: &Node<'_>) {
        let size = node.text.split_ascii_whitespace().map(size_of).sum();
        if size == 0 && self.current.is_none() {
            return;
        }
        self.start(index(at), node);
        self.blocks.text.push_str(node.text);
        self.count(size, node);
    }

    fn count(&mut self, size: u32, node: &Node<'_>) {
        if let Some(block) = &mut self.current {
            block.size += size;
            if node.around.any(Flags::LINK) {
                block.linked += size;
            }
            if node.around.any(Flags::BOLD) {
                block.bold += size;
            }
        }
    }

    /// Whether a text is all of a link to a place on the page, and only a sign: "#" behind a heading, "^" behind a
    /// note.
    fn is_anchor_sign(&mut self, node: &Node<'_>) -> bool {
        const SIGNS: &str = "#¶§^↑↩🔗\u{fe0e}\u{fe0f}";
        let text = node.text.trim();
        if !node.around.any(Flags::LINK) || text.is_empty() || !text.chars().all(|sign| SIGNS.contains(sign))
        {
            return false;
        }
        let Some(around) = self.page.nearest(node.parent, |around| around.tag == Tag::A) else {
            return false;
        };
        let link = &self.page.nodes[around as usize];
        self.letters_in_link(around) == text.len() && link.attribute("href").is_none_or(|to| to.contains('#'))
    }

    /// The letters and other marks of all texts in the link at `at`.
    fn letters_in_link(&mut self, at: u32) -> usize {
        if let Some((_, letters)) = self.link_of_signs.filter(|&(link, _)| link == at) {
            return letters;
        }
        let letters = self.page.bytes_in(at);
        self.link_of_signs = Some((at, letters));
        letters
    }
}

/// Letters of the longest line in bold type that heads what stands behind the next line break.
const RUN_IN_LETTERS: u32 = 100;

/// Whether a block so far is one line in bold type: a heading that only a line break parts from its text.
fn is_run_in(text: &str, block: &Block) -> bool {
    let line = &text[block.start as usize..];
    block.kind == BlockKind::Paragraph
        && block.bold == block.size
        && block.size <= RUN_IN_LETTERS
        && !line.contains('\n')
}

/// How many columns a word takes: two for each character of Chinese, Japanese or Korean, whose few
/// characters say what takes many letters elsewhere.
fn size_of(word: &str) -> u32 {
    if word.is_ascii() {
        return index(word.len());
    }
    word.chars().map(|c| if ('\u{2e80}'..='\u{ffdc}').contains(&c) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    fn lay_out(html: &str) -> Vec<(BlockKind, String)> {
        let html = Html::parse_document(html);
        let blocks = Blocks::of(&Page::of(&html));
        blocks.list.iter().map(|block| (block.kind, blocks.text_of(block).to_owned())).collect()
    }

    fn texts(html: &str) -> Vec<String> {
        lay_out(html).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn spaces_stand_where_a_reader_sees_them() {
        assert_eq!(texts("<p>Wa<b>ter</b> <i>is</i>\n life.</p>"), ["Water is life."]);
        assert_eq!(texts("<div>one<div>two</div>three</div>"), ["one", "two", "three"]);
        assert_eq!(texts("<p>a<br>b<br><br>c"), ["a\nb", "c"]);
        assert_eq!(texts("a<script>x</script>b"), ["a b"]);
        assert_eq!(texts("<p>She said <q>no</q>.</p><q></q>"), ["She said “no”."]);
    }

    #[test]
    fn kinds_are_told_apart() {
        let blocks = lay_out(
            "<h2>H</h2><p>p</p><ul><li>i</li></ul><blockquote><p>q</p></blockquote><pre> a\n  b</pre>\
             <div class=footnotes><ol><li>f</li></ol></div>",
        );
        let kinds: Vec<BlockKind> = blocks.iter().map(|(kind, _)| *kind).collect();
        assert_eq!(
            kinds,
            [
                BlockKind::Heading(2),
                BlockKind::Paragraph,
                BlockKind::ListItem,
                BlockKind::Quotation,
                BlockKind::Preformatted,
                BlockKind::Footnote
            ]
        );
        assert_eq!(blocks[4].1, " a\n  b");
    }

    #[test]
    fn a_row_of_data_is_one_block_with_tabs() {
        let table = "<table><tr><th>Year<th>Share</tr><tr><td><p>2020</p><td>4<br>%</tr></table>";
        assert_eq!(texts(table), ["Year\tShare", "2020\t4 %"]);
        assert_eq!(lay_out(table)[0].0, BlockKind::TableRow);
    }

    #[test]
    fn a_table_of_layout_is_read_cell_by_cell() {
        let table = "<table><tr><td>menu<td><table><tr><td>a<td>b</table></table>";
        assert_eq!(texts(table), ["menu", "a\tb"]);
    }

    #[test]
    fn references_to_notes_stay_out_of_words() {
        assert_eq!(texts("<p>treaty<sup> <a href=#n>3</a> </sup>."), ["treaty[3]."]);
        assert_eq!(texts("<p>treaty<sup><a href=#n>3</a></sup> of 10 m<sup>2</sup>"), ["treaty[3] of 10 m2"]);
        let bare = texts(
            "<p>treaties<sup>12</sup> hold.<sup>3</sup> See 10<sup>6</sup> m<sup>3</sup>, the 9<sup>th</sup>",
        );
        assert_eq!(bare, ["treaties¹² hold.³ See 10⁶ m3, the 9th"]);
    }

    /// A power became digits of its number, and numbers and letters of notes parts of words.
    #[test]
    fn what_is_set_high_stays_apart() {
        assert_eq!(texts("<p>4 × 10<sup>6</sup> of 2<sup>10</sup>"), ["4 × 10⁶ of 2¹⁰"]);
        assert_eq!(
            texts(
                "<p>10<sup>-3</sup> or 10<sup>−12</sup> kg m<sup>–2</sup> and 9<sup>-2021</sup>, -<sup>-1</sup>"
            ),
            ["10⁻³ or 10⁻¹² kg m⁻² and 9-2021, --1"]
        );
        assert_eq!(texts("<p>It slowed<sup>1,2</sup> in May<sup>a</sup>."), ["It slowed¹,² in Maya."]);
        assert_eq!(texts("<p>July<sup><a href=#4>4</a>,<a href=#5>5</a></sup> too"), ["July[4,5] too"]);
        assert_eq!(texts("<p>July<sup><a href=#4><img></a></sup> too"), ["July too"]);
        assert_eq!(texts("<p>July<a href=#4><sup>4</sup></a> too"), ["July[4] too"]);
        assert_eq!(
            texts("<p>In <a href=/r>the report on CO<sup>2</sup> and 10<sup>6</sup> wells</a> it says"),
            ["In the report on CO2 and 10⁶ wells it says"]
        );
        assert_eq!(texts("<p><sup><a href=#r1>1</a></sup> See the report"), ["1 See the report"]);
        assert_eq!(texts("<p>XIX<sup>e</sup>, n<sup>o</sup> 3, 21<sup>st</sup>"), ["XIXe, no 3, 21st"]);
    }

    #[test]
    fn readings_above_a_word_leave_no_gap_in_it() {
        assert_eq!(texts("<p>港<ruby>湾<rp>(</rp><rt>わん</rt><rp>)</rp></ruby>の税"), ["港湾の税"]);
        let formula =
            "<p>is <math><semantics><mi>x</mi><annotation>\\x</annotation></semantics></math> in all";
        assert_eq!(texts(formula), ["is x in all"]);
        assert_eq!(texts("Statement<center>Geneva</center>It is so."), ["Statement", "Geneva", "It is so."]);
    }

    /// Words ran together where a comma for those who hear a page was left out, and a figure that fell rose; the end of a
    /// sentence that a button unfolds was lost.
    #[test]
    fn what_is_not_shown_and_says_more_than_a_sign_stays() {
        assert_eq!(texts("<p><b>Karst</b><span class=sr-only>, </span><b>Quay</b>"), ["Karst, Quay"]);
        assert_eq!(texts("<p>are towns<span hidden> </span>of it"), ["are towns of it"]);
        let row = "<table><tr><th>Town<th>Dues</tr><tr><td>Karst<td>in all <span class=sr-only>minus </span>2.3%</tr></table>";
        assert!(texts(row)[1].contains("minus 2.3%"), "{:?}", texts(row));
        let unfolded =
            "<p>The fund pays<span>...</span><span style=\"display:none\"> and reports on it.</span>";
        assert!(texts(unfolded)[0].ends_with("reports on it."));
        assert_eq!(texts("<p>It slowed<sup><a href=#1>1<sup>2</sup></a></sup> then"), ["It slowed[12] then"]);
    }

    /// What a sign tells those who don't see it, and what a word means, came to stand in sentences.
    #[test]
    fn parts_of_a_line_that_are_not_shown_are_left_out() {
        for line in [
            "The levy<span class=sr-only> (opens in a new window)</span> rose in May.",
            "The levy<span hidden>A due on ships.</span> rose in May.",
            "The levy<span role=tooltip>A due on ships.</span> rose in May.",
            "<span class=visually-hidden>Note: </span>The levy rose in May.",
        ] {
            assert_eq!(texts(&format!("<p>{line}</p>")), ["The levy rose in May."], "{line}");
        }
        let explained = "<p>the <span role=tooltip>levy <i>A due on ships.</i></span> rose";
        assert!(texts(explained)[0].starts_with("the levy"));
        let sign = "<table><tr><th>Dues<td><i></i><span class=sr-only>Yes</span><td>No</tr><tr><td>1<td>2<td>3</table>";
        assert_eq!(texts(sign)[0], "Dues\tYes\tNo");
        let formula = "<p>A share <span hidden><math><mi>x</mi></math></span> is due.";
        assert_eq!(texts(formula), ["A share x is due."]);
    }

    #[test]
    fn nodes_know_their_blocks() {
        let html = Html::parse_document("<div><p>a</p><p>b</p></div><p>c</p>");
        let page = Page::of(&html);
        let blocks = Blocks::of(&page);
        let at = |tag| page.nodes.iter().position(|node| node.tag == tag).unwrap() as u32;
        assert_eq!(blocks.inside(&page, at(Tag::Div)), 0..2);
        assert_eq!(blocks.inside(&page, at(Tag::Body)), 0..3);
    }
}
