//! One scan over a page's markup that leaves only what extraction reads.
//!
//! About half of a page's bytes are scripts, styles, drawings, comments and attributes that no step
//! after this one looks at, and the parser is the dearest step of all. So they are cut first, by the
//! HTML standard's own rules for where such things end. The same scan keeps the parser's stack of
//! open elements short and its attributes few: both make it quadratic on hostile pages.
//!
//! Nothing is judged here: whether text is article or furniture is decided on the tree.

pub(super) mod attributes;
mod names;
mod nesting;
mod raw_text;

use names::{Kind, Name};
use nesting::Nesting;

/// Bytes of pruned markup after which the rest of a page is left out. The largest page with an
/// article among 3,800 that were looked at leaves 3 MB.
const MAX_BYTES: usize = 12 * 1024 * 1024;

/// Elements after which the rest of a page is left out: at about 250 bytes each in the parser's
/// tree this bounds its memory to 100 MB. The largest real page seen has 60,000.
const MAX_ELEMENTS: usize = 250_000;

/// Signs `<` that open no tag and are kept, as text. More than that is no article.
const MAX_STRAY_SIGNS: usize = 20_000;

/// A page's markup without what nobody reads.
#[derive(Debug, Default)]
pub(super) struct Pruned<'a> {
    pub html: String,
    /// The content of each JSON-LD script, in order.
    pub json_ld: Vec<&'a str>,
    /// Whether a part was left out since the page is too large or nested too deep.
    pub bounded: bool,
    /// Bytes of content for readers without scripts that went, tags not counted.
    pub noscript_bytes: usize,
}

/// Which readers the page is pruned for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scripting {
    /// Those whose browsers run scripts: `<noscript>` goes with its content.
    On,
    /// Those who don't: its content stays.
    Off,
}

/// Prunes a whole page.
pub(super) fn prune(page: &str, scripting: Scripting) -> Pruned<'_> {
    let mut pruner = Pruner {
        page,
        bytes: page.as_bytes(),
        out: Pruned { html: String::with_capacity(page.len() / 2), ..Pruned::default() },
        nesting: Nesting::default(),
        elements: 0,
        stray_signs: 0,
        scripting,
        has_nulls: memchr::memchr(0, page.as_bytes()).is_some(),
    };
    pruner.run();
    pruner.out.bounded |= pruner.nesting.overflowed();
    pruner.out
}

/// Where the content that begins at `from` of a title ends.
pub(super) fn title_end(bytes: &[u8], from: usize) -> usize {
    raw_text::element_end(bytes, from, names::TITLE).0
}

struct Pruner<'a> {
    page: &'a str,
    bytes: &'a [u8],
    out: Pruned<'a>,
    nesting: Nesting,
    elements: usize,
    stray_signs: usize,
    scripting: Scripting,
    has_nulls: bool,
}

impl Pruner<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.bytes.len() {
            let sign = memchr::memchr(b'<', &self.bytes[at..]).map_or(self.bytes.len(), |n| at + n);
            self.copy_text(at, sign);
            if self.out.html.len() > MAX_BYTES || self.elements > MAX_ELEMENTS {
                self.out.bounded = true;
                return;
            }
            if sign == self.bytes.len() {
                return;
            }
            at = self.markup(sign);
        }
    }

    /// Handles the markup that begins with the `<` at `sign` and says where it ends.
    fn markup(&mut self, sign: usize) -> usize {
        match self.bytes.get(sign + 1) {
            Some(b'!') => self.declaration(sign),
            Some(b'?') => self.after_angle(sign + 2),
            Some(b'/') => match self.bytes.get(sign + 2) {
                Some(c) if c.is_ascii_alphabetic() => self.end_tag(sign),
                Some(_) => self.after_angle(sign + 2),
                None => sign + 2,
            },
            Some(c) if c.is_ascii_alphabetic() => self.start_tag(sign),
            _ => {
                self.stray_signs += 1;
                if self.stray_signs <= MAX_STRAY_SIGNS {
                    self.out.html.push_str("&lt;");
                }
                sign + 1
            }
        }
    }

    /// A comment, which goes, or a document type, which stays: it decides how tables nest.
    fn declaration(&mut self, sign: usize) -> usize {
        if self.bytes[sign..].starts_with(b"<!--") {
            return raw_text::comment_end(self.bytes, sign + 4);
        }
        let end = self.after_angle(sign + 2);
        let name = self.bytes.get(sign + 2..sign + 9);
        if name.is_some_and(|name| name.eq_ignore_ascii_case(b"doctype")) && self.elements == 0 {
            self.out.html.push_str(&self.page[sign..end]);
        }
        end
    }

    fn end_tag(&mut self, sign: usize) -> usize {
        let (name, name_end) = Name::read(self.bytes, sign + 2);
        let Some(end) = attributes::tag_end(self.bytes, name_end) else { return self.bytes.len() };
        if self.kind(name) != Kind::Cut && self.nesting.close(name) {
            self.out.html.push_str(&self.page[sign..name_end]);
            self.out.html.push('>');
        }
        end
    }

    fn start_tag(&mut self, sign: usize) -> usize {
        let (name, name_end) = Name::read(self.bytes, sign + 1);
        let kind = self.kind(name);
        let is_shown = || attributes::is_shown(self.bytes, name_end) && !self.nesting.holds(name);
        if kind == Kind::Cut || name == names::TEMPLATE && is_shown() {
            return attributes::tag_end(self.bytes, name_end).unwrap_or(self.bytes.len());
        }
        let mark = self.out.html.len();
        self.out.html.push_str(&self.page[sign..name_end]);
        let Some(tag) = attributes::copy(self.page, name_end, name, &mut self.out.html) else {
            // The page ends inside of the tag, which then counts as nothing.
            self.out.html.truncate(mark);
            return self.bytes.len();
        };
        self.out.html.push('>');
        self.elements += 1;
        let end = match kind {
            Kind::RawText | Kind::Drawing | Kind::Script => {
                self.out.html.truncate(mark);
                return self.skip_content(name, kind, tag.end, tag.json_ld);
            }
            Kind::Title => return self.copy_title(tag.end),
            _ => tag.end,
        };
        if !tag.worthwhile || !self.nesting.open(name) {
            self.out.html.truncate(mark);
        }
        end
    }

    fn kind(&self, name: Name) -> Kind {
        match name.kind() {
            Kind::RawText if name == names::NOSCRIPT && self.scripting == Scripting::Off => Kind::Cut,
            kind => kind,
        }
    }

    /// The end of an element whose content isn't read, begun before `from`.
    fn skip_content(&mut self, name: Name, kind: Kind, from: usize, json_ld: bool) -> usize {
        let (content_end, end) = match kind {
            Kind::Script => raw_text::script_end(self.bytes, from),
            Kind::Drawing => raw_text::drawing_end(self.bytes, from),
            _ => raw_text::element_end(self.bytes, from, name),
        };
        if name == names::NOSCRIPT {
            self.out.noscript_bytes += bytes_outside_tags(&self.bytes[from..content_end]);
        }
        if json_ld {
            self.out.json_ld.push(&self.page[from..content_end]);
        }
        end
    }

    fn copy_title(&mut self, from: usize) -> usize {
        let (content_end, end) = raw_text::element_end(self.bytes, from, names::TITLE);
        self.out.html.push_str(&self.page[from..content_end]);
        self.out.html.push_str("</title>");
        end
    }

    /// Text without null characters, which the parser would drop or replace one by one.
    fn copy_text(&mut self, from: usize, to: usize) {
        if !self.has_nulls {
            self.out.html.push_str(&self.page[from..to]);
            return;
        }
        for piece in self.page[from..to].split('\0') {
            self.out.html.push_str(piece);
        }
    }

    fn after_angle(&self, from: usize) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        memchr::memchr(b'>', rest).map_or(self.bytes.len(), |n| from + n + 1)
    }
}

/// How much of `markup` isn't in tags, which are mostly those of pictures that count visits.
fn bytes_outside_tags(markup: &[u8]) -> usize {
    let pieces = markup.split(|&byte| byte == b'<');
    let behind_tag = |piece: &[u8]| memchr::memchr(b'>', piece).map_or(0, |end| piece.len() - end - 1);
    pieces.enumerate().map(|(at, piece)| if at == 0 { piece.len() } else { behind_tag(piece) }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pruned(page: &str) -> String {
        prune(page, Scripting::On).html
    }

    #[test]
    fn scripts_styles_drawings_and_comments_go() {
        assert_eq!(pruned("a<script>if (a<b) '</p>'</script>b<style>p{}</style>c"), "abc");
        assert_eq!(pruned("a<!-- <p> -->b<svg><path d='M0'/><title>t</title></svg>c"), "abc");
        assert_eq!(pruned("a<noscript><p>no</p></noscript>b<iframe>x</iframe>c"), "abc");
        assert_eq!(pruned("a<textarea><p>typed</textarea>b"), "ab");
    }

    #[test]
    fn content_for_readers_without_scripts_can_stay() {
        let page = "a<noscript><p>no</p></noscript>b";
        assert_eq!(prune(page, Scripting::Off).html, "a<p>no</p>b");
        assert_eq!(prune(page, Scripting::On).noscript_bytes, 2);
        let counter = "<noscript>Scripts: <img src='/count'> please</noscript>";
        assert_eq!(prune(counter, Scripting::On).noscript_bytes, "Scripts:  please".len());
    }

    #[test]
    fn json_ld_is_kept_aside() {
        let page = "<script type=\"application/ld+json\">{\"a\":1}</script><p>x";
        assert_eq!(prune(page, Scripting::On).json_ld, ["{\"a\":1}"]);
        assert_eq!(prune(page, Scripting::On).html, "<p>x");
    }

    #[test]
    fn attributes_that_nobody_reads_go() {
        assert_eq!(
            pruned("<div data-x='1>2' class=\"main body\" onclick=\"a()\" ID=top>t</div>"),
            "<div class=\"main body\" ID=top>t</div>"
        );
        assert_eq!(pruned("<p style='color: red; DISPLAY : none'>t"), "<p hidden>t");
        assert_eq!(pruned("<a href=x title=y>t</a>"), "<a href=x>t</a>");
        assert_eq!(pruned("<b class=x>t</b>"), "<b>t</b>");
    }

    #[test]
    fn what_is_no_tag_is_text() {
        assert_eq!(pruned("1 < 2 <3 </ x>y"), "1 &lt; 2 &lt;3 y");
        assert_eq!(pruned("a<"), "a&lt;");
        assert_eq!(pruned("a</"), "a");
        assert_eq!(pruned("a<div class=\"b"), "a");
        assert_eq!(pruned("a\0b"), "ab");
    }

    #[test]
    fn nesting_is_bounded() {
        let page = "<div>".repeat(10_000) + "text" + &"</div>".repeat(10_000) + "<p>after</p>";
        let result = prune(&page, Scripting::On);
        assert!(result.bounded);
        assert!(result.html.matches("<div>").count() < 300);
        assert_eq!(result.html.matches("<div>").count(), result.html.matches("</div>").count());
        assert!(result.html.ends_with("<p>after</p>"));
    }

    #[test]
    fn a_title_keeps_its_text_whatever_it_holds() {
        assert_eq!(pruned("<title>a <b> c</title><p>x"), "<title>a <b> c</title><p>x");
    }
}
