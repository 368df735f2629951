//! Parses pruned markup into a tree.
//!
//! How a tree is made of tokens is the HTML standard's matter, and html5ever's tree builder does it. The tokens are
//! cut here: html5ever's tokenizer can stop at any sign and begin anew, and pays for that at each of them, while a
//! pruned page is at hand as a whole and has few kinds of tokens. A page with any other kind goes to html5ever's
//! tokenizer altogether, so that no rule of the standard is written down twice that isn't used on every page.

use std::cell::RefCell;

use html5ever::interface::Attribute;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, QualName, local_name, ns};
use scraper::{Html, HtmlTreeSink};

use super::prune::{attributes, title_end};
use super::references::{self, Place};

/// The tree of the markup `html`, which was pruned.
pub(super) fn parse(html: &str) -> Html {
    parsed(html).unwrap_or_else(|_| Html::parse_document(html))
}

/// That a page holds what is left to html5ever's tokenizer.
#[derive(Debug)]
struct Unusual;

fn parsed(html: &str) -> Result<Html, Unusual> {
    // Both drop a mark of byte order, and one alone.
    let html = html.strip_prefix('\u{feff}').unwrap_or(html);
    let sink = HtmlTreeSink::new(Html::new_document());
    let builder = TreeBuilder::new(sink, TreeBuilderOpts::default());
    let parser = Parser { html, shared: StrTendril::from_slice(html), builder };
    parser.run()?;
    parser.builder.end();
    Ok(parser.builder.sink.0.into_inner())
}

struct Parser<'a> {
    html: &'a str,
    /// The same, for pieces of it that need no memory of their own.
    shared: StrTendril,
    builder: TreeBuilder<<HtmlTreeSink as html5ever::tree_builder::TreeSink>::Handle, HtmlTreeSink>,
}

impl Parser<'_> {
    fn run(&self) -> Result<(), Unusual> {
        let bytes = self.html.as_bytes();
        let mut at = 0;
        loop {
            let sign = memchr::memchr(b'<', &bytes[at..]).map_or(bytes.len(), |n| at + n);
            self.text(at, sign)?;
            if sign == bytes.len() {
                break;
            }
            at = match bytes.get(sign + 1) {
                Some(b'/') => self.end_tag(sign)?,
                Some(b'!') => self.doctype(sign)?,
                _ => self.start_tag(sign)?,
            };
        }
        self.give(Token::EOFToken).map(drop)
    }

    /// Gives a token to the tree builder, and says how it wants what follows to be read.
    fn give(&self, token: Token) -> Result<Option<RawKind>, Unusual> {
        // Lines are counted for messages alone, which nobody reads.
        match self.builder.process_token(token, 1) {
            TokenSinkResult::Continue | TokenSinkResult::EncodingIndicator(_) => Ok(None),
            TokenSinkResult::RawData(kind) => Ok(Some(kind)),
            TokenSinkResult::Script(_) | TokenSinkResult::Plaintext => Err(Unusual),
        }
    }

    fn text(&self, from: usize, to: usize) -> Result<(), Unusual> {
        if from == to {
            return Ok(());
        }
        let text = self.decoded(from, to, Place::Text)?;
        self.give(Token::CharacterTokens(text)).map(drop)
    }

    /// The text between two places, with its references replaced.
    fn decoded(&self, from: usize, to: usize, place: Place) -> Result<StrTendril, Unusual> {
        let text = &self.html[from..to];
        if memchr::memchr3(b'&', b'\r', 0, text.as_bytes()).is_none() {
            return Ok(self.shared.subtendril(from as u32, (to - from) as u32));
        }
        if text.contains('\0') {
            return Err(Unusual);
        }
        Ok(StrTendril::from_slice(&references::replaced(text, place)))
    }

    fn doctype(&self, sign: usize) -> Result<usize, Unusual> {
        let rest = &self.html[sign..];
        let end = memchr::memchr(b'>', rest.as_bytes()).ok_or(Unusual)? + 1;
        self.give(Token::DoctypeToken(read_doctype(&rest[..end])?))?;
        Ok(sign + end)
    }

    fn end_tag(&self, sign: usize) -> Result<usize, Unusual> {
        let (name, end) = self.name(sign + 2)?;
        let close = self.html.as_bytes().get(end) == Some(&b'>');
        self.give(Token::TagToken(tag(TagKind::EndTag, name, Vec::new()))).map(drop)?;
        if close { Ok(end + 1) } else { Err(Unusual) }
    }

    fn start_tag(&self, sign: usize) -> Result<usize, Unusual> {
        let (name, mut at) = self.name(sign + 1)?;
        let mut attrs = Vec::new();
        loop {
            at = attributes::skip_gap(self.html.as_bytes(), at);
            if *self.html.as_bytes().get(at).ok_or(Unusual)? == b'>' {
                break;
            }
            let found = attributes::read(self.html.as_bytes(), at).ok_or(Unusual)?;
            at = found.end;
            let attribute = self.attribute(&found)?;
            if !attrs.iter().any(|known: &Attribute| known.name == attribute.name) {
                attrs.push(attribute);
            }
        }
        let is_title = name == local_name!("title");
        match self.give(Token::TagToken(tag(TagKind::StartTag, name, attrs)))? {
            None if !is_title => Ok(at + 1),
            Some(RawKind::Rcdata) if is_title => {
                let end = title_end(self.html.as_bytes(), at + 1);
                self.text(at + 1, end)?;
                Ok(end)
            }
            _ => Err(Unusual),
        }
    }

    /// The name that begins at `from`, and where it ends.
    fn name(&self, from: usize) -> Result<(LocalName, usize), Unusual> {
        let rest = &self.html.as_bytes()[from..];
        let ends = |&byte: &u8| attributes::is_space(byte) || byte == b'/' || byte == b'>';
        let length = rest.iter().position(ends).ok_or(Unusual)?;
        if !rest[0].is_ascii_alphabetic() {
            return Err(Unusual);
        }
        Ok((local_name_of(&self.html[from..from + length])?, from + length))
    }

    fn attribute(&self, found: &attributes::Attribute) -> Result<Attribute, Unusual> {
        let name = local_name_of(&self.html[found.name.0..found.name.1])?;
        let value = self.decoded(found.value.0, found.value.1, Place::Attribute)?;
        Ok(Attribute { name: QualName::new(None, ns!(), name), value })
    }
}

fn tag(kind: TagKind, name: LocalName, attrs: Vec<Attribute>) -> Tag {
    Tag { kind, name, self_closing: false, attrs, had_duplicate_attributes: false }
}

/// A name in lower case. Those that most tags have are known without a look into html5ever's table.
fn local_name_of(name: &str) -> Result<LocalName, Unusual> {
    Ok(match name {
        "div" => local_name!("div"),
        "a" => local_name!("a"),
        "p" => local_name!("p"),
        "li" => local_name!("li"),
        "ul" => local_name!("ul"),
        "span" => local_name!("span"),
        "class" => local_name!("class"),
        "href" => local_name!("href"),
        "id" => local_name!("id"),
        "meta" => local_name!("meta"),
        "content" => local_name!("content"),
        "name" => local_name!("name"),
        "strong" => local_name!("strong"),
        "em" => local_name!("em"),
        "br" => local_name!("br"),
        "hidden" => local_name!("hidden"),
        "role" => local_name!("role"),
        name if name.contains('\0') => return Err(Unusual),
        name if name.bytes().any(|byte| byte.is_ascii_uppercase()) => {
            LocalName::from(name.to_ascii_lowercase())
        }
        name => LocalName::from(name),
    })
}

/// The document type that `declaration` names.
fn read_doctype(declaration: &str) -> Result<Doctype, Unusual> {
    let tokenizer = Tokenizer::new(DoctypeSink::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(declaration));
    let _ = tokenizer.feed(&queue);
    tokenizer.sink.0.into_inner().ok_or(Unusual)
}

/// Keeps the document type among what html5ever's tokenizer finds.
#[derive(Default)]
struct DoctypeSink(RefCell<Option<Doctype>>);

impl TokenSink for DoctypeSink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::DoctypeToken(doctype) = token {
            *self.0.borrow_mut() = Some(doctype);
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::super::prune::{Scripting, prune};
    use super::*;
    use proptest::prelude::*;

    /// Pieces of pages; any row of them is one.
    const PIECES: [&str; 62] = [
        "<!doctype html>",
        "<!DOCTYPE html PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\">",
        "<html lang=en>",
        "<head>",
        "<title>",
        "</title>",
        "<TITLE>A &amp; B</title",
        "<meta name=\"a\" content='b &lt; \"c\"'>",
        "<link rel=canonical href=x>",
        "</head>",
        "<body>",
        "<div class=\"a  b\">",
        "<DIV ID=x Class='y'>",
        "</div>",
        "<p>",
        "</p>",
        "<a href=/x?a=1&copy=2&amp;b=3>",
        "<a href='/x?&notit;&ampx=&amp'>",
        "</a>",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<ul>",
        "<li>",
        "</ul>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<pre>\n",
        "<pre>\r\n\r\n",
        "<select>",
        "<option>",
        "</select>",
        "<template>",
        "</template>",
        "<form>",
        "</form>",
        "<frameset>",
        "<math>",
        "<mi/>",
        "</math>",
        "<svg><title>x</title></svg>",
        "<plaintext>",
        "<br/>",
        "</br>",
        "<h1 hidden>",
        "<x-y class= >",
        "<p style=display:none class= >",
        "</h1>",
        "word",
        " ",
        "\n",
        "\r\n",
        "é\u{a0}",
        "&amp;&lt;&nbsp;&hellip;",
        "&notin;&notit;&not",
        "&#65;&#x1F600;&#150;&#0;&#xD800;&#99999999999;&#x;&#;&",
        "< &1 &x;",
        "\0",
        "\u{feff}",
    ];

    fn assert_same(html: &str) {
        assert_eq!(parse(html), Html::parse_document(html), "{html}");
    }

    #[test]
    fn ordinary_pages_are_parsed_here() {
        let page = "<!DOCTYPE html><html><head><title>A &mdash; b</title></head>\
            <body class=x><p>One &amp; two<br>three</p><ul><li>four</ul></body></html>";
        assert!(parsed(page).is_ok());
        assert_same(page);
    }

    #[test]
    fn what_is_unusual_is_left_to_html5ever() {
        for page in
            ["<p><plaintext>a<b>", "<frameset><title><!-- x --></title>", "<p>a\0b", "<p <", "<!--x--><p>"]
        {
            assert!(parsed(page).is_err(), "{page}");
            assert_same(page);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn a_page_gives_the_tree_that_html5ever_gives(
            pieces in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..24)
        ) {
            let page = pieces.concat();
            for scripting in [Scripting::On, Scripting::Off] {
                let html = prune(&page, scripting).html;
                prop_assert_eq!(parse(&html), Html::parse_document(&html), "{}", html);
            }
        }
    }
}
