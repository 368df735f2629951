//! What a feed says of itself and of its entries alike: its address, its authors and its title. An entry that lacks
//! one has that of the feed that it was taken over from, or of this one.

use super::super::title;
use super::{MAX_BASE_BYTES, Tag, TextForm, Walk};
use crate::model::resolved;

/// Bytes of the names that entries without authors get of their feed: each gets them all.
pub(super) const MAX_AUTHORS_BYTES: usize = 2_000;

/// Bytes of the name of a feed that its entries have for their publisher.
const MAX_PUBLISHER_BYTES: usize = 200;

/// Of what an author is one.
#[derive(Clone, Copy)]
pub(super) enum Authorship {
    Feed,
    Entry,
    /// The feed that the entry was taken over from.
    Source,
}

impl Walk<'_> {
    /// Whether the innermost element is a link of the feed, and not of an entry.
    pub(super) fn is_link_of_feed(&self) -> bool {
        let [.., around, tag] = self.tags.as_slice() else { return false };
        self.item.is_none() && tag.name == "link" && matches!(around.name.as_str(), "feed" | "channel")
    }

    /// Whether the innermost element names the feed, or the one that an entry was taken over from: in Atom that has a
    /// title, in RSS it is one.
    pub(super) fn names_feed(&self) -> bool {
        let from = self.item.as_ref().map_or(0, |(_, depth)| *depth);
        let names: Vec<&str> = self.tags[from..].iter().map(|tag| tag.name.as_str()).collect();
        match (&self.item, names.as_slice()) {
            (None, [.., around, "title"]) => matches!(*around, "feed" | "channel"),
            (Some(_), names) => matches!(names, ["source"] | ["source", "title"]),
            _ => false,
        }
    }

    /// Takes the name in `tag`, whose content ends at `at`: the first that isn't empty.
    pub(super) fn note_title(&mut self, tag: &Tag, at: usize) {
        let inner = self.xml.get(self.begun..at).unwrap_or_default();
        // A source in Atom has its title in an element of its own.
        if tag.name == "source"
            && inner.trim_start().starts_with('<')
            && !inner.trim_start().starts_with("<![")
        {
            return;
        }
        let name = title(tag, if tag.form == TextForm::Xhtml { inner } else { &self.text });
        let of = self.item.as_mut().map_or(&mut self.title, |(item, _)| &mut item.source);
        if of.is_none() && !name.is_empty() && name.len() <= MAX_PUBLISHER_BYTES {
            *of = Some(name);
        }
    }

    /// Takes the address in `tag`, a link of the feed: that of the feed itself before that of what it is of.
    pub(super) fn note_address(&mut self, tag: &Tag) {
        let address = tag.address(tag.href.as_deref().unwrap_or(self.text.trim()));
        let is_wanted = match tag.rel.as_deref() {
            Some("self") => true,
            Some("alternate") | None => self.address.is_none(),
            Some(_) => false,
        };
        if is_wanted && address.len() <= MAX_BASE_BYTES && resolved(&address, "").is_some() {
            self.address = Some(address);
        }
    }

    /// Completes the addresses of entries by that of the feed; what is none without it is dropped.
    pub(super) fn complete_addresses(&mut self) {
        let base = self.address.as_deref().unwrap_or_default();
        for item in self.items.iter_mut().flatten() {
            item.url = item.url.take().and_then(|url| resolved(base, &url));
        }
    }

    /// Of what the innermost element names an author, if it does.
    pub(super) fn authorship(&self) -> Option<Authorship> {
        self.tags.last().filter(|tag| tag.name == "name")?;
        let from = self.item.as_ref().map_or(0, |(_, depth)| depth - 1);
        let names: Vec<&str> = self.tags[from..].iter().map(|tag| tag.name.as_str()).collect();
        match names.as_slice() {
            ["feed", "author", "name"] => Some(Authorship::Feed),
            [_, "author", "name"] if from > 0 => Some(Authorship::Entry),
            [_, "source", "author", "name"] if from > 0 => Some(Authorship::Source),
            _ => None,
        }
    }

    pub(super) fn note_author(&mut self, authorship: Authorship) {
        let name = std::mem::take(&mut self.text);
        if name.trim().is_empty() {
            return;
        }
        match (authorship, &mut self.item) {
            (Authorship::Feed, _) => {
                let bytes: usize = self.authors.iter().map(String::len).sum();
                if bytes + name.len() <= MAX_AUTHORS_BYTES {
                    self.authors.push(name);
                }
            }
            (Authorship::Entry, Some((item, _))) => item.authors.push(name),
            (Authorship::Source, Some((item, _))) => item.authors_of_source.push(name),
            (Authorship::Entry | Authorship::Source, None) => {}
        }
    }

    /// Gives entries without authors those of the feed that they were taken over from, or of this one.
    pub(super) fn hand_down_authors(&mut self) {
        for item in self.items.iter_mut().flatten().filter(|item| item.authors.is_empty()) {
            item.authors = std::mem::take(&mut item.authors_of_source);
            if item.authors.is_empty() {
                item.authors.clone_from(&self.authors);
            }
        }
    }

    /// Gives entries without a publisher the title of the feed that they were taken over from, or of this one.
    pub(super) fn hand_down_title(&mut self) {
        for item in self.items.iter_mut().flatten().filter(|item| item.publisher.is_none()) {
            item.publisher = item.source.take().or_else(|| self.title.clone());
        }
    }
}
