//! [`Tag`]: the elements that extraction tells apart, and how a reader's program lays them out.

/// An element's name, or that a node is text. Names that mean nothing here are [`Tag::Other`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Tag {
    Text,
    Other,
    A,
    Address,
    Annotation,
    Article,
    Aside,
    Audio,
    B,
    Base,
    Blockquote,
    Body,
    Br,
    Button,
    Canvas,
    Caption,
    Center,
    Dd,
    Details,
    Dialog,
    Div,
    Dl,
    Dt,
    Figcaption,
    Figure,
    Footer,
    Form,
    H1,
    H2,
    H3,
    H4,
    H5,
    H6,
    Head,
    Header,
    Hr,
    Html,
    Iframe,
    Img,
    Input,
    Label,
    Legend,
    Li,
    Link,
    Main,
    Menu,
    Meta,
    Nav,
    Noscript,
    Object,
    Ol,
    Optgroup,
    Option,
    P,
    Pre,
    Q,
    Rp,
    Rt,
    Script,
    Search,
    Section,
    Select,
    Style,
    Summary,
    Sup,
    Table,
    Tbody,
    Td,
    Template,
    Textarea,
    Tfoot,
    Th,
    Thead,
    Time,
    Title,
    Tr,
    Ul,
    Video,
}

impl Tag {
    /// The tag of an element's name in lower case.
    pub(super) fn of(name: &str) -> Self {
        match name {
            "div" => Self::Div,
            "a" => Self::A,
            "p" => Self::P,
            "li" => Self::Li,
            "ul" => Self::Ul,
            "img" => Self::Img,
            "address" => Self::Address,
            "annotation" | "annotation-xml" => Self::Annotation,
            "article" => Self::Article,
            "aside" => Self::Aside,
            "audio" => Self::Audio,
            "b" | "strong" => Self::B,
            "base" => Self::Base,
            "blockquote" => Self::Blockquote,
            "body" => Self::Body,
            "br" => Self::Br,
            "button" => Self::Button,
            "canvas" => Self::Canvas,
            "caption" => Self::Caption,
            "center" => Self::Center,
            "dd" => Self::Dd,
            "details" => Self::Details,
            "dialog" => Self::Dialog,
            "dl" => Self::Dl,
            "dt" => Self::Dt,
            "figcaption" => Self::Figcaption,
            "figure" => Self::Figure,
            "footer" => Self::Footer,
            "form" => Self::Form,
            "h1" => Self::H1,
            "h2" => Self::H2,
            "h3" => Self::H3,
            "h4" => Self::H4,
            "h5" => Self::H5,
            "h6" => Self::H6,
            "head" => Self::Head,
            "header" => Self::Header,
            "hr" => Self::Hr,
            "html" => Self::Html,
            "iframe" | "embed" => Self::Iframe,
            "input" => Self::Input,
            "label" => Self::Label,
            "legend" => Self::Legend,
            "link" => Self::Link,
            "main" => Self::Main,
            "menu" => Self::Menu,
            "meta" => Self::Meta,
            "nav" => Self::Nav,
            "noscript" | "noframes" | "noembed" => Self::Noscript,
            "object" => Self::Object,
            "ol" => Self::Ol,
            "optgroup" => Self::Optgroup,
            "option" => Self::Option,
            "pre" | "listing" | "xmp" | "plaintext" => Self::Pre,
            "q" => Self::Q,
            "rp" => Self::Rp,
            "rt" => Self::Rt,
            "script" => Self::Script,
            "search" => Self::Search,
            "section" => Self::Section,
            "select" | "datalist" => Self::Select,
            "style" => Self::Style,
            "summary" => Self::Summary,
            "sup" => Self::Sup,
            "table" => Self::Table,
            "tbody" => Self::Tbody,
            "td" => Self::Td,
            "template" => Self::Template,
            "textarea" => Self::Textarea,
            "tfoot" => Self::Tfoot,
            "th" => Self::Th,
            "thead" => Self::Thead,
            "time" => Self::Time,
            "title" => Self::Title,
            "tr" => Self::Tr,
            "video" => Self::Video,
            _ => Self::Other,
        }
    }

    /// Level of a heading, 1 to 6.
    pub(super) fn heading_level(self) -> Option<u8> {
        match self {
            Self::H1 => Some(1),
            Self::H2 => Some(2),
            Self::H3 => Some(3),
            Self::H4 => Some(4),
            Self::H5 => Some(5),
            Self::H6 => Some(6),
            _ => None,
        }
    }

    /// Whether text before and after it stands on lines of its own (the standard's style sheet, 15.3.3).
    pub(super) fn is_block(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Address
                | Article
                | Aside
                | Blockquote
                | Body
                | Caption
                | Center
                | Dd
                | Details
                | Dialog
                | Div
                | Dl
                | Dt
                | Figcaption
                | Figure
                | Footer
                | Form
                | H1
                | H2
                | H3
                | H4
                | H5
                | H6
                | Header
                | Hr
                | Html
                | Legend
                | Li
                | Main
                | Menu
                | Nav
                | Ol
                | P
                | Pre
                | Search
                | Section
                | Summary
                | Table
                | Tbody
                | Tfoot
                | Thead
                | Tr
                | Ul
        )
    }

    /// Whether it is a table's cell.
    pub(super) fn is_cell(self) -> bool {
        matches!(self, Self::Td | Self::Th)
    }

    /// Whether what is inside is never read as text: data, media, controls.
    pub(super) fn is_unread(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Annotation
                | Audio
                | Canvas
                | Head
                | Iframe
                | Img
                | Input
                | Link
                | Meta
                | Noscript
                | Object
                | Optgroup
                | Option
                | Rp
                | Rt
                | Script
                | Select
                | Style
                | Template
                | Textarea
                | Title
                | Video
        )
    }
}
