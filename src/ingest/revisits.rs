//! Revisits in web archives whose original isn't in the same file: they are resolved by the digest of its page.
//!
//! What becomes of one is the ledger's matter.

use super::ledger::Ledger;
use crate::engine::{Indexer, InputRecord, InputState};
use crate::error::IndexError;
use crate::model::ArticleId;

impl<I: Indexer> Ledger<'_, I> {
    /// Notes the digest of the page that an article was made of, for revisits that are still to come.
    pub(super) fn note_digest(&mut self, record: &InputRecord) {
        if let (Some(digest), Some(article)) = (&record.noted.digest, record.article) {
            self.since_commit.note_digest(digest, article);
        }
    }

    /// Makes `record` a copy of the article of the page that it says to be, if it is a revisit of one that was read
    /// before; whether it is.
    pub(super) fn resolve(&mut self, record: &mut InputRecord) -> Result<bool, IndexError> {
        let Some(original) = self.original_of_revisit(record)? else {
            self.note_unresolved(record);
            return Ok(false);
        };
        record.state = InputState::Duplicate;
        record.article = Some(original);
        record.reason = None;
        Ok(true)
    }

    /// Notes that the original of `record`, if it is a revisit that is read again, wasn't there: it may come behind it.
    fn note_unresolved(&mut self, record: &InputRecord) {
        if record.noted.digest.is_some() && self.is_read_again(&record.locator) {
            self.unresolved.insert(record.locator.clone());
        }
    }

    fn original_of_revisit(&mut self, record: &InputRecord) -> Result<Option<ArticleId>, IndexError> {
        // Nothing else that is skipped has a digest.
        let digest = record.noted.digest.as_ref().filter(|_| record.state == InputState::Skipped);
        let Some(digest) = digest else { return Ok(None) };
        if let Some(id) = self.since_commit.with_digest(digest)
            && self.is_there(id)?
        {
            return Ok(Some(id));
        }
        // The first will do: a page may have been revisited thousands of times.
        for known in self.indexer().with_digest(digest)? {
            let known = known?;
            let original = known.article.filter(|_| known.locator != record.locator);
            if let Some(id) = original.filter(|&id| !self.since_commit.has_changed(id))
                && self.is_there(id)?
            {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }
}
