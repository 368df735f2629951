//! Inputs that can't be read, or aren't files: what was made of them before stands until it is pruned.

use super::account::state_of;
use super::ledger::Ledger;
use super::telling::as_before;
use crate::engine::{Indexer, InputRecord, InputState, Noted};
use crate::error::IndexError;
use crate::model::Locator;
use crate::source::Refusal;

impl InputRecord {
    /// The same, of an input that was read.
    pub(super) fn read_again(self) -> Self {
        Self { noted: Noted { unreadable: None, ..self.noted }, ..self }
    }

    /// Whether something was made of it.
    fn was_read(&self) -> bool {
        matches!(self.state, InputState::Indexed | InputState::Duplicate | InputState::Container)
    }
}

impl<I: Indexer> Ledger<'_, I> {
    /// An input that isn't read.
    pub(super) fn refused(&mut self, locator: Locator, refusal: Refusal) -> Result<(), IndexError> {
        if !matches!(refusal, Refusal::Skip(_)) {
            self.unseen.insert(&locator);
        }
        if !self.passed_over.insert(&locator) {
            return Ok(());
        }
        let record = InputRecord {
            locator,
            container: None,
            state: state_of(&refusal),
            article: None,
            reason: Some(refusal.reason().to_owned()),
            stamp: None,
            hash: None,
            noted: Noted::default(),
        };
        let known = self.indexer().input(&record.locator)?;
        let kept = match known.clone().filter(InputRecord::was_read) {
            Some(standing) if record.state == InputState::SetAside => self.unread(standing, refusal.reason()),
            Some(standing) => standing,
            None => {
                self.see(&record.locator);
                record.clone()
            }
        };
        if known.as_ref() != Some(&kept) {
            self.replace_record(&kept)?;
        }
        self.tell(&record, &as_before(&record), 0);
        Ok(())
    }

    /// The record of an input that can't be read for `reason`, and is `standing`: it is read as soon as it can be.
    fn unread(&self, standing: InputRecord, reason: &str) -> InputRecord {
        // A copy of an article that is gone since isn't what it was.
        let is_orphaned = standing.state == InputState::Duplicate
            && standing.article.is_some_and(|original| self.orphaned.contains(&original));
        let noted = Noted { unreadable: Some(reason.to_owned()), ..standing.noted };
        InputRecord { stamp: None, hash: standing.hash.filter(|_| !is_orphaned), noted, ..standing }
    }
}
