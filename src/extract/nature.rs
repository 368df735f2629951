//! [`Nature`]: what a page says for machines that it is: an article, a thread of posts or neither.
//!
//! Most rules of extraction are made for articles. Where a page is something else, such as a list, a portal or
//! a page about a service, those that harm such pages ask here first.

use super::metadata::{self, json_ld::Data};
use super::page::Page;
use crate::model::{Field, Metadata, Provenance};

/// What a page is by its own account.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Nature {
    /// One article.
    pub is_article: bool,
    /// A thread of posts.
    pub is_thread: bool,
    /// It has a date that stands for it, and not just somewhere in its text.
    is_dated: bool,
}

impl Nature {
    /// The nature of `page`, of which `data` and `known` tell.
    pub(super) fn of(page: &Page<'_>, data: &Data, known: &Metadata) -> Self {
        let published = known.provenance_of(Field::Published);
        let stamped = |known: &Provenance| matches!(known.source.as_str(), "open-graph" | "citation");
        Self {
            is_article: data.is_article() || published.is_some_and(stamped),
            is_thread: data.is_thread || metadata::is_thread(page),
            is_dated: published.is_some_and(|known| known.source != "text"),
        }
    }

    /// Whether it is neither an article nor a thread by its own account.
    pub(super) fn is_other(self) -> bool {
        !self.is_article && !self.is_thread
    }

    /// Whether not even a date speaks for an article.
    pub(super) fn is_undated_other(self) -> bool {
        self.is_other() && !self.is_dated
    }
}
