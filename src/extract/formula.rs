//! Formulas in `MathML`, on one line of text: `E=mc^2`, `(a+b)/c`.
//!
//! Programs that draw formulas put `MathML` beside what they draw, for those who don't see it. What they draw is text
//! as well, in the order of the drawing: a fraction's lower part comes first. It is left out.

use hashbrown::HashSet;
use scraper::node::Element;

use super::page::{Node, Page};
use super::tag::Tag;

/// Nodes of the largest formula that is written so. Of a larger one the signs come one after the other.
const MOST_NODES: usize = 2_000;

/// What is drawn of a page's formulas, in order.
pub(super) fn drawings(page: &Page<'_>) -> Vec<u32> {
    let mut drawings = Vec::new();
    let mut seen = HashSet::new();
    for (_, math) in page.indexed().filter(|(_, node)| node.tag == Tag::Math) {
        let unseen = &page.nodes[math.parent as usize];
        if !is_for_those_who_hear(unseen) || !seen.insert(unseen.parent) {
            continue;
        }
        let mut next = unseen.parent + 1;
        while next < page.nodes[unseen.parent as usize].end {
            if next != math.parent {
                drawings.push(next);
            }
            next = page.nodes[next as usize].end;
        }
    }
    drawings.sort_unstable();
    drawings
}

/// Whether an element is what `KaTeX` or `MathJax` put beside a drawing.
fn is_for_those_who_hear(node: &Node<'_>) -> bool {
    let mut classes = node.attribute("class").unwrap_or_default().split_ascii_whitespace();
    classes.any(|class| matches!(class, "katex-mathml" | "MJX_Assistive_MathML"))
        || name_of(node) == "mjx-assistive-mml"
}

fn name_of<'a>(node: &Node<'a>) -> &'a str {
    node.element.map(Element::name).unwrap_or_default()
}

/// Nodes around a formula by which it is told to stand on a line of its own.
const FRAMES: usize = 4;

/// Whether the formula at `at` stands on a line of its own, as a style sheet says.
pub(super) fn stands_apart(page: &Page<'_>, at: u32) -> bool {
    let mut frames = page.ancestors(at).take(FRAMES).map(|around| &page.nodes[around as usize]);
    frames.any(|around| around.attribute("class") == Some("katex-display"))
}

/// An element of a formula that is being read.
struct Open {
    end: usize,
    /// How many elements have begun in it.
    parts: usize,
    /// How many brackets are open around it.
    brackets: usize,
}

/// The formula of the `<math>` element at `at`.
pub(super) fn text_of(page: &Page<'_>, at: usize) -> String {
    let end = page.nodes[at].end as usize;
    let is_small = end - at <= MOST_NODES;
    let mut written = String::new();
    let mut open = vec![Open { end, parts: 0, brackets: 0 }];
    let mut next = at + 1;
    while next < end {
        close_until(&mut open, next, &mut written);
        let node = &page.nodes[next];
        if node.tag == Tag::Annotation {
            next = node.end as usize;
            continue;
        }
        if node.tag == Tag::Text {
            push(&mut written, node.text);
        } else if let Some(around) = open.last_mut() {
            let place = around.parts;
            around.parts += 1;
            let brackets = if is_small { begin(page, next, place, &mut written) } else { 0 };
            open.push(Open { end: node.end as usize, parts: 0, brackets });
        }
        next += 1;
    }
    close_until(&mut open, end, &mut written);
    written.truncate(written.trim_end().len());
    written
}

fn close_until(open: &mut Vec<Open>, at: usize, written: &mut String) {
    while let Some(part) = open.pop_if(|part| part.end <= at) {
        written.extend(std::iter::repeat_n(')', part.brackets));
    }
}

/// Writes what stands before the element at `at`, which has a place in the one around it, and says how many brackets it
/// opened.
fn begin(page: &Page<'_>, at: usize, place: usize, written: &mut String) -> usize {
    let node = &page.nodes[at];
    let (sign, may_group) = match (name_of(&page.nodes[node.parent as usize]), place) {
        ("msup" | "msub" | "msubsup" | "mfrac" | "mroot", 0) => ("", true),
        ("mfrac", 1) => ("/", true),
        ("mroot", 1) => ("^(1/", false),
        ("msub" | "munder" | "msubsup" | "munderover", 1) => ("_", true),
        ("msup", 1) | ("msubsup" | "munderover", 2) => ("^", true),
        ("mover", 1) if name_of(node) != "mo" => ("^", true),
        ("mtable", 1..) => ("; ", false),
        ("mtr", 1..) => (" ", false),
        _ => ("", false),
    };
    written.push_str(sign);
    let is_group = may_group && !is_whole(page, at);
    if is_group {
        written.push('(');
    }
    let is_root = name_of(node) == "msqrt";
    if is_root {
        written.push_str("√(");
    }
    usize::from(is_group) + usize::from(is_root) + usize::from(sign.ends_with("(1/"))
}

/// Whether the element at `at` has no more than one number or sign.
fn is_whole(page: &Page<'_>, at: usize) -> bool {
    let inside = &page.nodes[at..page.nodes[at].end as usize];
    inside.iter().filter(|node| !node.text.trim().is_empty()).count() <= 1
}

/// Writes a number, sign or word, apart from a word before it.
fn push(written: &mut String, text: &str) {
    const INVISIBLE: std::ops::RangeInclusive<char> = '\u{2061}'..='\u{2064}';
    let said: String = text.chars().filter(|c| !INVISIBLE.contains(c)).collect();
    let word = said.trim();
    let is_word = |text: &str| text.chars().rev().take_while(|c| c.is_alphabetic()).count() > 1;
    if word.starts_with(char::is_alphanumeric)
        && written.ends_with(char::is_alphabetic)
        && (is_word(written) || is_word(word))
    {
        written.push(' ');
    }
    for (number, word) in word.split_whitespace().enumerate() {
        if number > 0 {
            written.push(' ');
        }
        written.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    fn written(formula: &str) -> String {
        let html = Html::parse_document(&format!("<math>{formula}</math>"));
        let page = Page::of(&html);
        let math = page.nodes.iter().position(|node| node.tag == Tag::Math).unwrap();
        text_of(&page, math)
    }

    #[test]
    fn formulas_are_written_on_one_line() {
        for (formula, line) in [
            ("<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>", "E=mc^2"),
            ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>", "(a+b)/c"),
            ("<msup><mn>10</mn><mrow><mo>−</mo><mn>3</mn></mrow></msup>", "10^(−3)"),
            (
                "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>",
                "∑_(i=1)^n",
            ),
            ("<msqrt><mi>x</mi></msqrt><mroot><mi>y</mi><mn>3</mn></mroot>", "√(x)y^(1/3)"),
            ("<mi>sin</mi><mo>\u{2061}</mo><mi>x</mi><mtext>GDP per head</mtext>", "sin x GDP per head"),
            (
                "<semantics><mover><mi>x</mi><mo>¯</mo></mover><annotation>\\bar x</annotation></semantics>",
                "x¯",
            ),
            (
                "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd></mtr></mtable>",
                "1 2; 3",
            ),
        ] {
            assert_eq!(written(formula), line);
        }
    }

    fn lines(html: &str) -> String {
        let html = Html::parse_document(html);
        super::super::blocks::Blocks::of(&Page::of(&html)).text
    }

    /// Formulas came twice, as they are drawn and as they are told to those who don't see.
    #[test]
    fn a_formula_that_is_drawn_beside_comes_once() {
        let math = "<math><semantics><mrow><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></mrow>\
                    <annotation>E = mc^2</annotation></semantics></math>";
        let glyphs = "<span>E</span><span>=</span><span>m</span><span>c</span><span>2</span>";
        for formula in [
            format!(
                "<span class=katex><span class=katex-mathml>{math}</span><span class=katex-html>{glyphs}</span></span>"
            ),
            format!(
                "<span class=MathJax><nobr>{glyphs}</nobr><span class=MJX_Assistive_MathML>{math}</span></span>"
            ),
            format!(
                "<mjx-container><mjx-math>{glyphs}</mjx-math><mjx-assistive-mml>{math}</mjx-assistive-mml></mjx-container>"
            ),
        ] {
            assert_eq!(lines(&format!("<p>It is {formula} for all.")), "It is E=mc^2 for all.", "{formula}");
        }
        let apart = format!("<p>As follows:<span class=katex-display>{math}</span>for all.");
        assert_eq!(lines(&apart), "As follows: E=mc^2 for all.");
        let drawn_alone =
            format!("<p>It is <span class=katex><span class=katex-html>{glyphs}</span></span>.");
        assert_eq!(lines(&drawn_alone), "It is E=mc2.");
        let beside = format!("<div class=MathJax><p>{math}</p><p>It is so.</p></div>");
        assert_eq!(lines(&beside), "E=mc^2It is so.");
    }
}
