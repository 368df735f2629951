//! [`Name`]: an element's name as a number, and what the scan does with such elements.

use super::attributes::is_space;

/// A name in lower case: up to eight letters as they are, longer ones hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name(u64);

/// What the scan does with an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Its tags go, what stands between them stays.
    Cut,
    /// A script: goes with its content, unless it is data.
    Script,
    /// Its content is no markup, and goes.
    RawText,
    /// An SVG image: goes with its content.
    Drawing,
    /// The page's title: text that is no markup, and stays.
    Title,
    /// Has no content and no end tag.
    Void,
    /// Bold, italics and the like: the parser opens them again behind wrong nesting.
    Formatting,
    /// An element that inline end tags don't reach across ("special" in the standard).
    Special,
    /// All else.
    Inline,
}

impl Name {
    /// The name that begins at `from`, and where it ends.
    pub(super) fn read(bytes: &[u8], from: usize) -> (Self, usize) {
        let mut name = 0_u64;
        let mut at = from;
        while let Some(&byte) = bytes.get(at) {
            if is_space(byte) || matches!(byte, b'/' | b'>') {
                break;
            }
            name = push(name, byte.to_ascii_lowercase(), at - from);
            at += 1;
        }
        (Self(name), at)
    }

    const fn of(name: &str) -> Self {
        let bytes = name.as_bytes();
        let mut value = 0_u64;
        let mut at = 0;
        while at < bytes.len() {
            value = push(value, bytes[at], at);
            at += 1;
        }
        Self(value)
    }

    /// What the scan does with elements of that name.
    pub(super) fn kind(self) -> Kind {
        match self {
            SPAN | A_INS | LABEL => Kind::Inline,
            DIV | P | LI | UL | OL | DD | DT | TABLE | TBODY | THEAD | TFOOT | TR | TD | TH | SECTION
            | H1 | H2 | H3 | H4 | H5 | H6 | ARTICLE | ASIDE | HEADER | FOOTER | NAV | MAIN | FIGURE
            | FIGCAPTION | BLOCKQUOTE | FORM | DL | BUTTON | BODY | HTML | HEAD | CENTER | ADDRESS
            | DETAILS | SUMMARY | FIELDSET | PRE | LISTING | MENU | DIR | CAPTION | TEMPLATE | SELECT
            | OBJECT | APPLET | MARQUEE | HGROUP | SEARCH | COLGROUP | DIALOG => Kind::Special,
            A | B | BIG | CODE | EM | FONT | I | NOBR | S | SMALL | STRIKE | STRONG | TT | U => {
                Kind::Formatting
            }
            BR | HR | META | LINK | BASE => Kind::Void,
            IMG | INPUT | WBR | SOURCE | TRACK | EMBED | COL | AREA | PARAM | KEYGEN | IMAGE | BASEFONT
            | BGSOUND | FRAME => Kind::Cut,
            SCRIPT => Kind::Script,
            STYLE | TEXTAREA | NOSCRIPT | IFRAME | NOEMBED | NOFRAMES | XMP => Kind::RawText,
            SVG => Kind::Drawing,
            TITLE => Kind::Title,
            _ => Kind::Inline,
        }
    }

    /// Whether a start tag of that name ends an open paragraph.
    pub(super) fn ends_paragraph(self) -> bool {
        self.kind() == Kind::Special
            && !matches!(
                self,
                TD | TH
                    | TR
                    | TBODY
                    | THEAD
                    | TFOOT
                    | CAPTION
                    | COLGROUP
                    | BUTTON
                    | SELECT
                    | OBJECT
                    | APPLET
                    | MARQUEE
                    | TEMPLATE
                    | BODY
                    | HTML
                    | HEAD
            )
    }

    /// Whether end tags inside don't reach elements outside ("scope" in the standard).
    pub(super) fn bounds_scope(self) -> bool {
        matches!(self, TABLE | TD | TH | CAPTION | HTML | TEMPLATE | APPLET | MARQUEE | OBJECT)
    }

    /// Whether it belongs to a table's own structure, whose end tags reach as far as the table.
    pub(super) fn is_of_table(self) -> bool {
        matches!(self, TABLE | TD | TH | TR | TBODY | THEAD | TFOOT | CAPTION)
    }
}

const fn push(name: u64, byte: u8, index: usize) -> u64 {
    if index < 8 {
        name << 8 | byte as u64
    } else {
        // FNV-1a's prime; two of the dozens of long names in use won't meet in 64 bits.
        (name ^ byte as u64).wrapping_mul(0x0100_0000_01b3)
    }
}

macro_rules! names {
    ($($constant:ident $name:literal)*) => {
        $(pub(super) const $constant: Name = Name::of($name);)*
    };
}

names! {
    A "a" A_INS "ins" ADDRESS "address" APPLET "applet" AREA "area" ARTICLE "article" ASIDE "aside" B "b"
    BASE "base" BASEFONT "basefont" BGSOUND "bgsound" BIG "big" BLOCKQUOTE "blockquote" BODY "body" BR "br"
    BUTTON "button" CAPTION "caption" CENTER "center" CODE "code" COL "col" COLGROUP "colgroup" DD "dd"
    DETAILS "details" DIALOG "dialog" DIR "dir" DIV "div" DL "dl" DT "dt" EM "em" EMBED "embed"
    FIELDSET "fieldset" FIGCAPTION "figcaption" FIGURE "figure" FONT "font" FOOTER "footer" FORM "form"
    FRAME "frame" H1 "h1" H2 "h2" H3 "h3" H4 "h4" H5 "h5" H6 "h6" HEAD "head" HEADER "header"
    HGROUP "hgroup" HR "hr" HTML "html" I "i" IFRAME "iframe" IMAGE "image" IMG "img" INPUT "input"
    KEYGEN "keygen" LABEL "label" LI "li" LINK "link" LISTING "listing" MAIN "main" MARQUEE "marquee"
    MENU "menu" META "meta" NAV "nav" NOBR "nobr" NOEMBED "noembed" NOFRAMES "noframes"
    NOSCRIPT "noscript" OBJECT "object" OL "ol" OPTION "option" P "p" PARAM "param" PRE "pre" S "s"
    SCRIPT "script" SEARCH "search" SECTION "section" SELECT "select" SMALL "small" SOURCE "source"
    SPAN "span" STRIKE "strike" STRONG "strong" STYLE "style" SUMMARY "summary" SVG "svg" TABLE "table"
    TBODY "tbody" TD "td" TEMPLATE "template" TEXTAREA "textarea" TFOOT "tfoot" TH "th" THEAD "thead"
    TITLE "title" TR "tr" TRACK "track" TT "tt" U "u" UL "ul" WBR "wbr" XMP "xmp" DESC "desc"
    FOREIGN_OBJECT "foreignobject"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_up_to_their_end_in_any_case() {
        assert_eq!(Name::read(b"<DiV\nclass", 1), (DIV, 4));
        assert_eq!(Name::read(b"blockquote/>", 0), (BLOCKQUOTE, 10));
        assert_ne!(Name::read(b"blockquota>", 0).0, BLOCKQUOTE);
        assert_eq!(Name::read(b"p", 0), (P, 1));
    }

    #[test]
    fn unknown_names_are_inline() {
        assert_eq!(Name::read(b"my-widget>", 0).0.kind(), Kind::Inline);
    }
}
