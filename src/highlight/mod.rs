//! Which words of an article matched a query, and which part of a text to show for them.
//!
//! Values only: spans of the text, no markup. The query is held against the article again, word by word: a span is a
//! match under the query's own meaning, of a clause that the article meets.

mod columns;
mod local;
mod meaning;
mod pieces;
mod placed_words;
mod reader;
mod snippet;
mod view;

pub use columns::{beginning, columns};
pub use snippet::{Snippet, snippet};

use serde::Serialize;

use crate::analysis::{Analyzer, analysed_as};
use crate::model::{Article, Language};
use crate::query::Query;
use crate::terms::HeldAt;
use crate::text::{Span, whole_clusters};
use meaning::{Mark, Meaning, Subject};
use pieces::made_whole;
use reader::QueryReader;

/// Marks what a query matched in articles of one language.
pub struct Highlighter {
    meaning: Meaning,
    analyzer: Analyzer,
    plain: Analyzer,
}

/// What matched in an article: spans in order, disjoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highlights {
    /// In its title.
    pub title: Vec<Span>,
    /// In its text.
    pub text: Vec<Span>,
}

/// A highlight, in bytes and in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Highlight {
    /// The span in bytes.
    #[serde(flatten)]
    pub span: Span,
    /// The characters before it.
    pub char_start: usize,
    /// The characters up to its end.
    pub char_end: usize,
}

impl Highlighter {
    /// A highlighter of `query` in articles of `language`. The query is in the language `own`, or in the one that its
    /// words tell.
    #[must_use]
    pub fn new(query: &Query, language: Language, own: Option<Language>) -> Self {
        let meaning = QueryReader::new(query, language, own).read(query, None);
        Self {
            meaning,
            analyzer: Analyzer::new(analysed_as(language)),
            plain: Analyzer::new(Language::OTHER),
        }
    }

    /// What matched in `article`; nothing if it doesn't meet the query.
    pub fn highlights(&mut self, article: &Article) -> Highlights {
        self.marked(article, &[], None)
    }

    /// What matched in the title of `article`, which meets the query, by where its `copies` are held too, and in
    /// `parts` of its text. Elsewhere in the text there may be more.
    pub fn highlights_in(&mut self, article: &Article, copies: &[HeldAt<'_>], parts: &[Span]) -> Highlights {
        let parts = self.meaning.is_local().then(|| paragraphs_of(article, parts));
        self.marked(article, copies, parts)
    }

    fn marked(&mut self, article: &Article, copies: &[HeldAt<'_>], parts: Option<Vec<Span>>) -> Highlights {
        let (analyzer, plain) = (&mut self.analyzer, &mut self.plain);
        let mut slots = Vec::new();
        self.meaning.add_slots(&mut slots);
        let is_local = parts.is_some();
        let (views, views_of_copies) = (Vec::new(), Vec::new());
        let mut subject = Subject { article, copies, parts, slots, analyzer, plain, views, views_of_copies };
        let mut marks = Vec::new();
        if is_local {
            self.meaning.mark_locally(&mut subject, &mut marks);
        } else {
            self.meaning.holds(&mut subject, &mut marks);
        }
        let (title, text): (Vec<_>, Vec<_>) =
            made_whole(marks, article).into_iter().partition(|mark| mark.in_title);
        let spans = |marks: Vec<Mark>, text: &str| {
            let mut spans: Vec<Span> =
                marks.into_iter().map(|mark| whole_clusters(text, mark.span)).collect();
            spans.sort_unstable();
            merge(spans)
        };
        let title_text = article.metadata.title.as_deref().unwrap_or_default();
        Highlights { title: spans(title, title_text), text: spans(text, &article.text) }
    }
}

impl Highlights {
    /// Those in the part of the text at `part`, as spans of that part. What reaches out of it is cut.
    #[must_use]
    pub fn within(&self, part: Span) -> Vec<Span> {
        let from = self.text.partition_point(|span| span.end <= part.start);
        let inside = self.text[from..].iter().take_while(|span| span.start < part.end);
        let cut = |span: &Span| Span::new(span.start.max(part.start), span.end.min(part.end));
        inside.map(|span| cut(span).relative_to(part.start)).collect()
    }
}

/// `spans` of `text`, which are in order, with what they are in characters.
#[must_use]
pub fn in_characters(text: &str, spans: &[Span]) -> Vec<Highlight> {
    let (mut bytes, mut chars) = (0, 0);
    let mut chars_to = |at: usize| {
        chars += text.get(bytes..at).map_or(0, |between| between.chars().count());
        bytes = at;
        chars
    };
    let highlight =
        |&span: &Span| Highlight { span, char_start: chars_to(span.start), char_end: chars_to(span.end) };
    spans.iter().map(highlight).collect()
}

/// The paragraphs of `article` that `parts` of its text lie in, as few spans as can be.
fn paragraphs_of(article: &Article, parts: &[Span]) -> Vec<Span> {
    let blocks = &article.blocks;
    let widened = |part: &Span| {
        let first = blocks.partition_point(|block| block.span.end <= part.start);
        let inside = blocks[first..].iter().take_while(|block| block.span.start < part.end);
        inside.fold(*part, |whole, block| whole.cover(block.span))
    };
    let mut paragraphs: Vec<Span> = parts.iter().map(widened).collect();
    paragraphs.sort_unstable();
    merge(paragraphs)
}

/// `spans`, ordered by start, with those that overlap made one.
fn merge(spans: Vec<Span>) -> Vec<Span> {
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start < last.end => *last = last.cover(span),
            _ => merged.push(span),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::BlockKind;
    use crate::query::parse;
    use proptest::prelude::*;

    fn article(language: &str, title: &str, text: &str) -> Article {
        let mut article = Article::default();
        article.metadata.language = language.parse().ok();
        article.metadata.title = Some(title.to_owned()).filter(|title| !title.is_empty());
        for paragraph in text.split("\n\n") {
            match paragraph.strip_prefix("# ") {
                Some(heading) => article.push_block(BlockKind::Heading(2), heading),
                None => article.push_block(BlockKind::Paragraph, paragraph),
            }
        }
        article
    }

    fn highlights(query: &str, article: &Article) -> Highlights {
        let query = parse(query).unwrap().query.unwrap();
        Highlighter::new(&query, article.language(), None).highlights(article)
    }

    fn marked_in(query: &str, article: &Article) -> Vec<String> {
        let spans = highlights(query, article).text;
        spans.into_iter().map(|span| span.of(&article.text).unwrap().to_owned()).collect()
    }

    fn marked(query: &str, text: &str) -> Vec<String> {
        marked_in(query, &article("en", "", text))
    }

    fn marked_title(query: &str, title: &str, text: &str) -> Vec<String> {
        let spans = highlights(query, &article("en", title, text)).title;
        spans.into_iter().map(|span| span.of(title).unwrap().to_owned()).collect()
    }

    #[test]
    fn words_are_marked_as_they_stand() {
        assert_eq!(
            marked("sanction", "Sanctions, sanctioned and SANCTION."),
            ["Sanctions", "sanctioned", "SANCTION"]
        );
        assert_eq!(marked("the sanction", "The sanction"), ["sanction"], "a stop word doesn't count");
        assert_eq!(marked("=sanction", "Sanctions and a Sanction"), ["Sanction"]);
    }

    #[test]
    fn a_word_of_parts_is_one_span() {
        let chinese = |query: &str| marked_in(query, &article("zh", "", "试点在2016年9月开始。"));
        assert_eq!(chinese("年9"), ["年9"]);
        assert_eq!(chinese("\"年9\""), ["年9"]);
    }

    #[test]
    fn a_phrase_is_one_span_and_as_written() {
        assert_eq!(marked("\"armed group\"", "armed groups, an armed group"), ["armed group"]);
        assert_eq!(marked("ISIS-K", "ISIS-K, not ISIS or K"), ["ISIS-K"]);
        assert_eq!(marked("\"one two\"", "one\n\ntwo"), [""; 0], "not across paragraphs");
        assert_eq!(
            marked("\"water policy\"~2", "water and its policy; water, a matter of policy"),
            ["water and its policy"]
        );
    }

    #[test]
    fn near_marks_its_two_ends() {
        let text = "The army of the north met the militia. Later that day nobody saw an army. \
                    Far, far to the south a militia stayed.";
        assert_eq!(marked("army NEAR/6 militia", text), ["army", "militia"]);
        assert_eq!(marked("militia BEFORE/7 army", text), ["militia", "army"]);
        assert_eq!(marked("army /s militia", text), ["army", "militia"]);
        assert_eq!(marked("army /p militia", text).len(), 4);
        assert_eq!(marked("(militia OR \"the north\") NEAR/2 (arm* OR left)", text), ["army", "the north"]);
        assert_eq!(marked("(army NEAR/4 north) /s militia", text), ["army", "north", "militia"]);
    }

    #[test]
    fn patterns_mark_the_words_that_they_stand_for() {
        let text = "Nuclear non-proliferation, Kurilla, enrichment; counter-terrorism and women.";
        assert_eq!(
            marked("nucle* kurila~ /enrich(ed|ment)/ counter?terrorism wom?n *feration", text),
            ["Nuclear", "proliferation", "Kurilla", "enrichment", "counter-terrorism", "women"]
        );
    }

    #[test]
    fn what_is_shut_out_or_looked_for_elsewhere_is_not_marked() {
        assert_eq!(marked_in("water -dam title:river", &article("en", "A river", "water river")), ["water"]);
        assert_eq!(marked_title("title:river water", "A river", "water river"), ["river"]);
        assert_eq!(marked_title("water", "Water", "water"), ["Water"]);
    }

    #[test]
    fn a_clause_that_the_article_does_not_meet_is_not_marked() {
        assert_eq!(marked("(water AND oil) OR river", "water river"), ["river"]);
        assert_eq!(marked("(water -river) OR river", "water river"), ["river"]);
        assert_eq!(marked("(water lang:fr) OR river", "water river"), ["river"]);
        assert_eq!(marked("(water author:finch) OR river", "water river"), ["river"]);
        assert_eq!(marked("water AND oil", "water river"), [""; 0]);
    }

    #[test]
    fn a_clause_that_a_copy_meets_is_marked() {
        let article = article("en", "", "water river");
        let locator = crate::model::Locator::from_stored("/mirror/b.html");
        let copy = HeldAt {
            locator: &locator,
            url: Some("https://b.example/x"),
            publisher: Some("The Ledger"),
            section: None,
        };
        let marked = |query: &str, copies: &[HeldAt<'_>]| -> Vec<String> {
            let query = parse(query).unwrap().query.unwrap();
            let mut highlighter = Highlighter::new(&query, article.language(), None);
            let spans = highlighter.highlights_in(&article, copies, &[Span::new(0, article.text.len())]).text;
            spans.into_iter().map(|span| span.of(&article.text).unwrap().to_owned()).collect()
        };
        for condition in [
            "site:b.example",
            "source:mirror",
            "url:x",
            "publisher:\"the ledger\"",
            "publisher:ledg*",
            "has:url",
        ] {
            let query = format!("(water {condition}) OR river");
            assert_eq!(marked(&query, &[copy]), ["water", "river"], "{condition}");
            assert_eq!(marked(&query, &[]), ["river"], "{condition}");
            let without = format!("(water NOT {condition}) OR river");
            assert_eq!(marked(&without, &[copy]), ["river"], "{condition}");
        }
    }

    #[test]
    fn headings_are_marked_in_headings_alone() {
        let article = article("en", "Water", "# On water\n\nWater is scarce.");
        assert_eq!(marked_in("heading:water", &article), ["water"]);
        assert!(highlights("heading:water", &article).title.is_empty());
    }

    #[test]
    fn what_reaches_out_of_a_passage_is_cut() {
        let highlights = Highlights { title: vec![], text: vec![Span::new(2, 8), Span::new(9, 12)] };
        assert_eq!(highlights.within(Span::new(4, 10)), [Span::new(0, 4), Span::new(5, 6)]);
        assert_eq!(highlights.within(Span::new(12, 20)), []);
    }

    #[test]
    fn characters_are_counted_too() {
        let spans = in_characters("né 制裁", &[Span::new(0, 3), Span::new(4, 10)]);
        let chars: Vec<_> = spans.iter().map(|h| (h.char_start, h.char_end)).collect();
        assert_eq!(chars, [(0, 2), (3, 5)]);
    }

    #[test]
    fn the_pieces_of_a_word_without_spaces_are_one_mark() {
        for (language, query, text, expected) in [
            // More than is looked for side by side: any of its pairs is found, and those that touch are one.
            ("th", "รัฐธรรมนูญฉบับใหม่", "ร่างรัฐธรรมนูญฉบับใหม่ผ่าน", &["รัฐธรรมนูญฉบับใหม่"][..]),
            ("th", "รัฐธรรมนูญฉบับใหม่", "รัฐธรรมนูญใหม่", &["รัฐธรรมนูญใหม่"]),
            (
                "th",
                "นโยบายต่างประเทศ",
                "รัฐบาลประกาศนโยบายต่างประเทศฉบับใหม่ของไทย ประชาชนสนับสนุนรายงานนี้ว่าด้วยประเทศ",
                &["นโยบายต่างประเทศ", "ประเทศ"],
            ),
            ("th", "นโยบายต่างประเทศ", "นโยบายต่างประเทศ\n\nรายงาน", &["นโยบายต่างประเทศ", "าย"]),
            ("th", "นโยบาย", "รัฐบาลประกาศนโยบายใหม่", &["นโยบาย"]),
            ("zh", "经济制裁的效果", "经济制裁效果", &["经济制裁效果"]),
            ("zh", "水资源", "签署了水资源条约", &["水资源"]),
            ("ja", "気候変動", "気候変動対策", &["気候変動"]),
            ("ja", "ウクライナ", "ウクライナ支援", &["ウクライナ"]),
            ("ko", "한미동맹", "한미동맹을 강화", &["한미동맹"]),
            // Two words of the query are two marks.
            ("zh", "经济 制裁", "经济制裁", &["经济", "制裁"]),
        ] {
            assert_eq!(marked_in(query, &article(language, "", text)), expected, "{query}");
        }
    }

    /// Pairs of characters begin with a vowel sign or a tone mark, and end before one.
    #[test]
    fn a_mark_tears_no_sign() {
        for (language, query, text, expected) in [
            ("th", "ดิน", "ที่ดิน์", &["ดิน์"][..]),
            ("th", "ที่ดินทำกินของประชาชน", "แล้วที่ดอน", &["ที่ด"]),
            ("th", "น", "น้ำ", &["น้ำ"]),
            ("km", "ស", "ស្ពាន", &["ស្ពា"]),
            ("th", "น* ำ*", "น้ำ", &["น้ำ"]),
        ] {
            assert_eq!(marked_in(query, &article(language, "", text)), expected, "{query}");
            assert_eq!(marked_title(query, text, ""), expected, "{query}");
        }
    }

    #[test]
    fn a_lone_character_is_marked_alone_wherever_it_stands() {
        for (language, query, text, expected) in [
            ("zh", "税", "关税与税收，税。税税", &["税", "税", "税", "税税"][..]),
            ("zh", "税*", "关税", &["税"]),
            ("zh", "*税", "税收", &["税"]),
            ("zh", "title:水 税", "关税", &["税"]),
            ("zh", "税 NEAR/3 收", "关税的收入", &["税", "收"]),
            ("ja", "ｶ", "ウカイ", &["カ"]),
            ("ko", "한", "대한민국", &["한"]),
            ("th", "ก", "การ", &["ก"]),
        ] {
            assert_eq!(marked_in(query, &article(language, "水", text)), expected, "{query}");
        }
    }

    #[test]
    fn scripts_and_signs_of_all_kinds_are_marked_whole() {
        for (language, query, text, expected) in [
            ("zh", "经济制裁", "对经济制裁的研究", "经济制裁"),
            ("ar", "المياه", "اتفاقيةُ المِياهِ الجديدة", "المِياهِ"),
            ("ur", "پانی", "دریا کا پانی کم ہے", "پانی"),
            ("fa", "می\u{200c}خواهم", "من می\u{200c}خواهم بروم", "می\u{200c}خواهم"),
            ("en", "cafe", "the cafe\u{301} 🙂 closed", "cafe\u{301}"),
            ("en", "finance", "\u{fb01}nance 👩\u{200d}🌾 matters", "\u{fb01}nance"),
            ("fr", "l'eau", "Une eau rare", "eau"),
            ("fr", "l'eau", "De l’eau", "eau"),
            ("fr", "\"l'eau\"", "De l’eau", "l’eau"),
            ("en", "zürich*", "In ZÜRICHER banks", "ZÜRICHER"),
            ("ur", "پان*", "دریا کا پانی کم ہے", "پانی"),
        ] {
            assert_eq!(marked_in(query, &article(language, "", text)), [expected], "{query}");
        }
    }

    proptest! {
        #[test]
        fn a_part_is_marked_as_it_is_in_the_whole(
            paragraphs in prop::collection::vec("[ab]{1,2}( [abc]{1,2}| [กขคง税]{1,6}){0,5}\\.?", 1..5),
            query in "([ab]c?|\"[ab] [abc]\"(~2)?|-c|[ab]\\*|\\+a|a AND b|\\(b OR \\(a AND c\\)\\)|title:a| |税|กขคงกคขกงขคกขงก){1,3}",
            at in 0_usize..5,
        ) {
            let Some(query) = parse(&query).ok().and_then(|parsed| parsed.query) else { return Ok(()) };
            let article = article("en", "a b", &paragraphs.join("\n\n"));
            let mut highlighter = Highlighter::new(&query, Language::ENGLISH, None);
            let whole = highlighter.highlights(&article);
            // Nothing is said of an article that doesn't meet the query.
            prop_assume!(whole != Highlights::default());
            let part = article.blocks[at % article.blocks.len()].span;
            let found = highlighter.highlights_in(&article, &[], &[part]);
            prop_assert_eq!(found.within(part), whole.within(part));
            prop_assert_eq!(found.title, whole.title);
        }

        #[test]
        fn spans_are_inside_ordered_and_disjoint(
            text in "[aAbé制ำกｶﾞ 裁.\n]{0,40}",
            query in "[ab制裁ำกｶﾞ \"*?~()]{1,12}( NEAR/2 [ab]\\*?| /s a)?",
        ) {
            let Some(query) = parse(&query).ok().and_then(|parsed| parsed.query) else { return Ok(()) };
            let article = article("en", &text, &text);
            let found = Highlighter::new(&query, Language::ENGLISH, None).highlights(&article);
            let title = article.metadata.title.unwrap_or_default();
            for (spans, text) in [(&found.title, &title), (&found.text, &article.text)] {
                prop_assert!(spans.iter().all(|span| span.of(text).is_some_and(|marked| !marked.is_empty())));
                prop_assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
            }
        }
    }
}
