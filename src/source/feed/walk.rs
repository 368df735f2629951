//! Finds the entries of a feed, also of one that isn't sound XML: a fault costs the entry that it is in, and no other.
//!
//! What tags are doesn't depend on how they are nested, as in HTML: an end tag closes what is open within its element,
//! and `<` before anything that is no tag is text.

mod handed_down;

use std::rc::Rc;

use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{Damaged, Item};
use crate::model::resolved;

/// Deepest nesting of elements that is followed.
const MAX_DEPTH: usize = 256;

/// How many times its length of a feed may be read again behind faults: one that isn't closed is seen at the end.
const MAX_TIMES_READ: usize = 64;

/// Bytes of any feed that may be read again in all.
const FREE_READ_BYTES: usize = 64 << 20;

/// Bytes of the longest address that others are said in relation to, as of the longest that is believed of a page: it
/// goes into each of theirs.
const MAX_BASE_BYTES: usize = 2_000;

/// Most characters of a title that may have taken all of its entry, for a name.
const MAX_NAME_CHARS: usize = 80;

/// What was found in a feed.
#[derive(Debug)]
pub(super) struct Entries {
    pub items: Vec<Result<Item, Box<Damaged>>>,
    /// Why there may be more of them.
    pub cut_off: Option<String>,
}

/// The entries in `xml`.
pub(super) fn entries(xml: &str) -> Entries {
    let mut walk = Walk::new(xml);
    let mut start = 0;
    let mut left = xml.len().saturating_mul(MAX_TIMES_READ).saturating_add(FREE_READ_BYTES);
    let cut_off = loop {
        match walk.go_on(start) {
            Ok(()) => break walk.end_of_feed(),
            Err(Fault { reason, again_at, seen }) => {
                let Some(again_at) = again_at else { break walk.fault_at_end(reason) };
                match left.checked_sub(seen.saturating_sub(again_at)) {
                    Some(rest) => left = rest,
                    None => break Some(reason),
                }
                start = again_at;
            }
        }
    };
    walk.hand_down_authors();
    walk.hand_down_title();
    walk.complete_addresses();
    Entries { items: walk.items, cut_off }
}

/// Where and why reading has to begin anew.
struct Fault {
    reason: String,
    /// From where it can go on, if from anywhere.
    again_at: Option<usize>,
    /// Up to where was read before the fault was seen.
    seen: usize,
}

/// The tag of an element: its name, and what its attributes say that matters.
#[derive(Clone, Debug, Default)]
pub(super) struct Tag {
    pub name: String,
    pub href: Option<String>,
    pub rel: Option<String>,
    /// What addresses in the element are said in relation to, by it or those around it.
    pub base: Option<Rc<str>>,
    pub form: TextForm,
}

/// What the content of an element of Atom is, as its attribute `type` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum TextForm {
    /// Text; also where nothing is said.
    #[default]
    Text,
    /// HTML, escaped to be text.
    Html,
    /// Elements of XHTML.
    Xhtml,
}

impl TextForm {
    fn read(value: &str) -> Self {
        match value.to_ascii_lowercase().as_str() {
            "html" | "text/html" => Self::Html,
            "xhtml" | "application/xhtml+xml" => Self::Xhtml,
            _ => Self::Text,
        }
    }
}

impl Tag {
    /// The tag `tag` in a feed whose own elements bear `prefix`.
    fn read(tag: &BytesStart<'_>, prefix: &str) -> Self {
        let mut read = Self { name: own_name(tag.name().as_ref(), prefix), ..Self::default() };
        for attribute in tag.attributes().with_checks(false).flatten() {
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map(std::borrow::Cow::into_owned)
                .unwrap_or_default();
            match attribute.key.as_ref() {
                "href" => read.href = Some(value),
                "rel" => read.rel = Some(value),
                "xml:base" => read.base = base(value),
                "type" => read.form = TextForm::read(&value),
                _ => {}
            }
        }
        read
    }

    /// The address `reference` in the element, as far as is known what it is said in relation to.
    pub fn address(&self, reference: &str) -> String {
        let address = self.base.as_deref().and_then(|base| resolved(base, reference));
        address.unwrap_or_else(|| reference.to_owned())
    }
}

/// `address` as what others are said in relation to, if it isn't too long.
fn base(address: String) -> Option<Rc<str>> {
    (address.len() <= MAX_BASE_BYTES).then(|| address.into())
}

/// The name `name` in small letters, without the `prefix` of the feed.
fn own_name(name: &str, prefix: &str) -> String {
    let name = name.to_ascii_lowercase();
    match name.strip_prefix(prefix) {
        Some(own) => own.to_owned(),
        None => name,
    }
}

/// Whether `xml` begins with a tag, rather than with a comment, a section or an instruction.
fn is_tag(xml: &str) -> bool {
    xml.starts_with('<') && !xml.starts_with("<!") && !xml.starts_with("<?")
}

fn is_entry(name: &str) -> bool {
    matches!(name, "item" | "entry")
}

/// A walk through the elements of a feed.
struct Walk<'x> {
    xml: &'x str,
    /// What stands before the names of the feed's own elements: nothing, or `atom:`.
    prefix: String,
    /// The elements around the place that it is at.
    tags: Vec<Tag>,
    items: Vec<Result<Item, Box<Damaged>>>,
    /// The entry that it is in, and how deep that lies.
    item: Option<(Item, usize)>,
    /// The text since the field began.
    text: String,
    /// Where the content of the field begins.
    begun: usize,
    /// The address of the feed, or else of what it is of.
    address: Option<String>,
    /// The authors of the feed, who are those of its entries that name none.
    authors: Vec<String>,
    /// The title of the feed, which is the publisher of its entries that name none.
    title: Option<String>,
    /// Whether the feed's own element was closed.
    is_closed: bool,
}

impl<'x> Walk<'x> {
    fn new(xml: &'x str) -> Self {
        Self {
            xml,
            prefix: String::new(),
            tags: Vec::new(),
            items: Vec::new(),
            item: None,
            text: String::new(),
            begun: 0,
            address: None,
            authors: Vec::new(),
            title: None,
            is_closed: false,
        }
    }

    /// Reads from `start` on, to the end or to what can't be read.
    fn go_on(&mut self, start: usize) -> Result<(), Fault> {
        let xml = self.xml;
        let mut reader = Reader::from_str(&xml[start..]);
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        reader.config_mut().allow_dangling_amp = true;
        let position =
            |reader: &Reader<&[u8]>| start + usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        loop {
            let at = position(&reader);
            let event = reader.read_event();
            let behind = position(&reader).min(xml.len());
            match event {
                Ok(Event::Eof) => return Ok(()),
                Ok(Event::Start(tag) | Event::Empty(tag)) if tag.contains('<') => {
                    return Err(self.text_for_tag(at, behind));
                }
                Ok(Event::Start(tag)) => self.start(Tag::read(&tag, &self.prefix), at, behind)?,
                Ok(Event::Empty(tag)) => {
                    self.start(Tag::read(&tag, &self.prefix), at, behind)?;
                    self.close(at);
                }
                Ok(Event::End(tag)) => self.end(tag.name().as_ref(), at),
                Ok(Event::Text(text)) => self.text.push_str(&text),
                Ok(Event::CData(text)) if self.entry_in(&text) => {
                    return Err(self.damage("a CDATA section that isn't closed", at, behind));
                }
                Ok(Event::CData(text)) => self.text.push_str(&text),
                Ok(Event::Comment(text)) if self.entry_in(&text) => {
                    return Err(self.damage("a comment that isn't closed", at, behind));
                }
                Ok(Event::GeneralRef(name)) => match name.resolve_char_ref() {
                    Ok(Some(c)) => self.text.push(c),
                    _ => self.text.push_str(resolve_html5_entity(&name).unwrap_or(" ")),
                },
                Ok(_) => {}
                Err(_) if xml.get(at..).is_some_and(is_tag) => return Err(self.text_for_tag(at, xml.len())),
                Err(error) => return Err(self.damage(&error.to_string(), at, xml.len())),
            }
        }
    }

    /// A tag with `<` in it, or without an end, is none: what stands before the next `<` is text.
    fn text_for_tag(&mut self, at: usize, behind: usize) -> Fault {
        let inside = self.xml.get(at + 1..behind).unwrap_or_default();
        let next = inside.find('<').map_or(behind, |next| at + 1 + next);
        self.text.push_str(self.xml.get(at..next).unwrap_or_default());
        Fault { reason: "`<` in a tag".to_owned(), again_at: Some(next), seen: behind }
    }

    /// Gives up the entry that it is in for what stands at `at`. The next one may be read.
    fn damage(&mut self, reason: &str, at: usize, seen: usize) -> Fault {
        self.give_up(reason);
        Fault { reason: reason.to_owned(), again_at: self.next_entry(at + 1), seen }
    }

    fn give_up(&mut self, reason: &str) {
        if let Some((item, depth)) = self.item.take() {
            self.tags.truncate(depth - 1);
            self.items.push(Err(Box::new(Damaged { item, reason: reason.to_owned() })));
        }
    }

    /// Where the first tag of an entry stands from `from` on.
    fn next_entry(&self, from: usize) -> Option<usize> {
        let rest = self.xml.as_bytes().get(from..)?;
        let begins = |at: &usize| {
            let tag = &rest[at + 1..rest.len().min(at + 64)];
            let end = tag.iter().position(|b| b">/ \t\r\n".contains(b)).unwrap_or(tag.len());
            std::str::from_utf8(&tag[..end]).is_ok_and(|name| is_entry(&own_name(name, &self.prefix)))
        };
        memchr::memchr_iter(b'<', rest).find(begins).map(|at| from + at)
    }

    /// Whether this entry ends in the text of a section or comment, and another begins behind it.
    fn entry_in(&self, text: &str) -> bool {
        if self.item.is_none() {
            return false;
        }
        let ends = |at: usize, name: &str| {
            let behind = text.get(at + name.len()..).unwrap_or_default();
            let begins = |name: &str| behind.trim_start().starts_with(name);
            begins("<item>") || begins("<item ") || begins(&format!("<{}entry>", self.prefix))
        };
        let prefixed = format!("</{}entry>", self.prefix);
        ["</item>", &prefixed].into_iter().any(|name| text.match_indices(name).any(|(at, _)| ends(at, name)))
    }

    fn start(&mut self, mut tag: Tag, at: usize, behind: usize) -> Result<(), Fault> {
        if self.tags.len() == MAX_DEPTH {
            return Err(self.damage("its elements are nested too deep", at, behind));
        }
        if self.tags.is_empty() && self.items.is_empty() {
            let prefix = tag.name.strip_suffix("feed").filter(|prefix| prefix.ends_with(':'));
            prefix.unwrap_or_default().clone_into(&mut self.prefix);
            tag.name = own_name(&tag.name, &self.prefix);
        }
        if is_entry(&tag.name) {
            self.begin_entry();
        }
        let around = self.tags.last().filter(|around| around.base.is_some());
        tag.base = match (around, tag.base) {
            (Some(around), Some(own)) => base(around.address(&own)),
            (around, own) => own.or_else(|| around?.base.clone()),
        };
        self.tags.push(tag);
        let depth = self.tags.len();
        let tag = &self.tags[depth - 1];
        match &self.item {
            None if is_entry(&tag.name) => self.item = Some((Item::default(), depth)),
            Some((_, of_item)) if depth == of_item + 1 => {
                self.text.clear();
                self.begun = behind;
            }
            // Names of authors and sources stand one deeper, or are those of the feed.
            _ if self.authorship().is_some() || self.is_link_of_feed() || self.names_feed() => {
                self.text.clear();
                self.begun = behind;
            }
            _ => {}
        }
        Ok(())
    }

    /// Entries don't lie in one another: where one begins, the one before it is at its end, if all in it is.
    fn begin_entry(&mut self) {
        match &self.item {
            Some((_, depth)) if self.tags.len() == *depth => self.close(0),
            Some(_) => self.give_up("the next one begins within it"),
            None => {}
        }
    }

    /// Closes the innermost element called `name`, and what is open in it; an end without a beginning is none.
    fn end(&mut self, name: &str, at: usize) {
        let name = own_name(name, &self.prefix);
        let around_item = self.item.as_ref().map_or(0, |(_, depth)| depth - 1);
        let opened = self.tags[around_item..].iter().rposition(|tag| tag.name == name);
        let Some(opened) = opened.map(|opened| around_item + opened) else { return };
        let unclosed = self.field_in(opened);
        while self.tags.len() > opened {
            self.close(at);
        }
        if let Some(field) = unclosed {
            self.doubt(&field);
        }
    }

    /// The field that is open where the element number `opened`, from 0, ends, if that is the entry.
    fn field_in(&self, opened: usize) -> Option<String> {
        let (_, depth) = self.item.as_ref()?;
        let is_entry = opened + 1 == *depth;
        self.tags.get(*depth).filter(|_| is_entry).map(|field| field.name.clone())
    }

    /// Takes the last entry for damaged if it is without text: what stood in `field`, which isn't closed in it, took
    /// that.
    fn doubt(&mut self, field: &str) {
        if let Some(last) = self.items.last_mut()
            && let Ok(item) = last
            && item.html.is_none()
        {
            let (mut item, reason) = (std::mem::take(item), format!("`{field}` isn't closed in it"));
            item.title = item.title.map(|title| title.chars().take(MAX_NAME_CHARS).collect());
            *last = Err(Box::new(Damaged { item, reason }));
        }
    }

    /// Closes the innermost element, whose content ends at `at`.
    fn close(&mut self, at: usize) {
        let depth = self.tags.len();
        let authorship = self.authorship();
        let (is_link_of_feed, names_feed) = (self.is_link_of_feed(), self.names_feed());
        let Some(tag) = self.tags.pop() else { return };
        self.is_closed |= self.tags.is_empty();
        if let Some(authorship) = authorship {
            self.note_author(authorship);
        }
        if is_link_of_feed {
            self.note_address(&tag);
        }
        if names_feed {
            self.note_title(&tag, at);
        }
        let Some((item, of_item)) = &mut self.item else { return };
        if depth == *of_item {
            if let Some((item, _)) = self.item.take() {
                self.items.push(Ok(item));
            }
        } else if depth == *of_item + 1 {
            let inner = self.xml.get(self.begun..at).unwrap_or_default();
            item.set(&tag, if tag.form == TextForm::Xhtml { inner } else { &self.text });
        }
    }

    /// Ends the walk at the end of the feed; why there may be more, if it is cut off.
    fn end_of_feed(&mut self) -> Option<String> {
        self.give_up("the feed ends within it");
        (!self.is_closed).then(|| "it ends before its end tag".to_owned())
    }

    /// Ends the walk at a fault behind which no entry begins.
    fn fault_at_end(&mut self, reason: String) -> Option<String> {
        (!self.is_closed).then_some(reason)
    }
}

#[cfg(test)]
mod tests {
    use super::handed_down::MAX_AUTHORS_BYTES;
    use super::*;

    /// The titles of the entries of a feed, of which `second` is the second of three; damaged ones are marked.
    fn titles(second: &str) -> Vec<String> {
        let entry =
            |n: u32| format!("<item><title>T{n}</title><description>Text {n}.</description></item>\n");
        let entries = entries(&format!("<rss><channel>{}{second}{}</channel></rss>", entry(1), entry(3)));
        assert_eq!(entries.cut_off, None, "{second}");
        let title = |item: Item| item.title.unwrap_or_default();
        let told = |item: Result<Item, Box<Damaged>>| match item {
            Ok(item) => title(item),
            Err(damaged) => format!("{}: {}", title(damaged.item), damaged.reason),
        };
        entries.items.into_iter().map(told).collect()
    }

    #[test]
    fn what_is_no_markup_is_text() {
        for odd in ["a < b & c <", "a <3 b </ x> c", "<x y=>", "a<b>c<i>d", "<link href='x>"] {
            let second = format!("<item><title>T2</title><description>{odd}</description></item>");
            assert_eq!(titles(&second), ["T1", "T2", "T3"], "{odd}");
        }
        assert_eq!(titles("<item><title>T2</title>"), ["T1", "T2", "T3"]);
    }

    #[test]
    fn a_damaged_entry_costs_itself() {
        for (second, reason) in [
            (" <![CDATA[ a </description></item>\n", "a CDATA section that isn't closed"),
            ("<!FOO[ x</description></item>", "unknown or missed symbol in markup"),
            ("a <!-- b </description></item>", "comment not closed: `-->` not found before end of input"),
            ("cut", "the next one begins within it"),
        ] {
            let second = format!("<item><title>T2</title><description>{second}");
            // A section that is closed by the end of a later one.
            let third = "<item><title>T</title><description><![CDATA[x]]></description></item>";
            let titles = titles(&format!("{second}{third}"));
            assert_eq!(titles.len(), 4, "{titles:?}");
            assert!(titles[1].starts_with("T2: ") && titles[1].ends_with(reason), "{titles:?}");
        }
    }

    /// It was skipped as a record without text, which its title had taken.
    #[test]
    fn an_entry_whose_title_is_not_closed_is_damaged() {
        let titles = titles("<item><title>T2<link>x</link><description>Text</description></item>");
        assert_eq!(titles, ["T1", "T2xText: `title` isn't closed in it", "T3"]);
    }

    /// Bytes of all that the entries hold of a feed with `head` and `count` entries.
    fn bytes_of_entries(head: &str, count: usize) -> usize {
        let entry = "<entry><link href='y'/></entry>".repeat(count);
        let items = entries(&format!("<feed {head}{entry}</feed>")).items;
        assert_eq!(items.len(), count);
        let held = |item: Item| {
            let bytes: usize = item.url.iter().chain(&item.authors).map(String::len).sum();
            bytes + item.authors.len()
        };
        items.into_iter().map(|item| held(item.unwrap())).sum()
    }

    #[test]
    fn a_long_base_address_or_author_of_a_feed_does_not_go_into_each_entry() {
        let long = "x".repeat(100_000);
        for head in [
            format!("xml:base='http://a.example/{long}/'>"),
            format!("><link rel='self' href='http://a.example/{long}/'/>"),
            format!("><author><name>{long}</name></author>"),
            format!(">{}", "<author><name/></author>".repeat(10_000)),
            format!(">{}", format!("<author><name>{}</name></author>", &long[..1_000]).repeat(100)),
        ] {
            let bytes = bytes_of_entries(&head, 100);
            assert!(bytes <= 100 * (MAX_BASE_BYTES + MAX_AUTHORS_BYTES), "{bytes}");
        }
        let around = "xml:base='http://a.example/x/'>";
        let nested = format!("{around}{}", "<a xml:base='xxxxxxxxxxxxxxxxxxxxxxxxxxxx/'>".repeat(200));
        assert!(bytes_of_entries(&nested, 10) <= 10 * MAX_BASE_BYTES);
        assert_eq!(bytes_of_entries(around, 10), 10 * "http://a.example/x/y".len());
    }

    #[test]
    fn the_base_of_an_element_is_shared_by_all_in_it() {
        let mut walk = Walk::new("<feed xml:base='http://a.example/'><entry><a><b/>");
        assert!(walk.go_on(0).is_ok());
        let bases: Vec<&Rc<str>> = walk.tags.iter().flat_map(|tag| &tag.base).collect();
        assert!(bases.len() == 3 && bases.iter().all(|base| Rc::ptr_eq(base, bases[0])), "{bases:?}");
    }

    #[test]
    fn faults_without_end_are_given_up_in_time() {
        let faults = "<item><!-- ".repeat(20_000);
        let entries = entries(&format!("<rss>{faults}"));
        assert!(entries.cut_off.is_some());
    }
}
