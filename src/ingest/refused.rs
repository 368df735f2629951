//! Inputs that can't be read, give nothing any more, or aren't files: what was made of them before stands. Of what
//! isn't read for its kind or by the user's wish it stands until it is pruned.

use super::account::state_of;
use super::ledger::Ledger;
use super::marks::{Mark, Marked};
use super::telling::as_before;
use crate::engine::{Indexer, InputRecord, InputState, Noted};
use crate::error::{Error, IndexError};
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

    /// The record of an input at `locator` that isn't read, for `reason`.
    fn not_read(locator: Locator, state: InputState, reason: &str) -> Self {
        Self::new(locator, state).because(reason)
    }
}

/// Files that were read before and are skipped now, by the reason, which is one of few texts.
#[derive(Debug, Default)]
pub(super) struct NowSkipped(Vec<(String, Marked)>);

impl NowSkipped {
    fn note(&mut self, locator: &Locator, reason: &str) {
        let at = self.0.iter().position(|(known, _)| known == reason).unwrap_or_else(|| {
            self.0.push((reason.to_owned(), Marked::default()));
            self.0.len() - 1
        });
        self.0[at].1.insert(locator);
    }

    /// The record of the input at `locator` once what was made of it is dropped, if it is one of them.
    pub fn record_of(&self, locator: &Locator) -> Option<InputRecord> {
        let (reason, _) = self.0.iter().find(|(_, skipped)| skipped.contains(locator))?;
        Some(InputRecord::not_read(locator.clone(), InputState::Skipped, reason))
    }
}

impl<I: Indexer> Ledger<'_, I> {
    /// An input that isn't read.
    pub(super) fn refused(&mut self, locator: Locator, refusal: Refusal) -> Result<(), Error> {
        if !matches!(refusal, Refusal::Skip(_)) {
            self.unseen.insert(&locator);
        }
        if !self.passed_over.insert(&locator) {
            return Ok(());
        }
        let record = InputRecord::not_read(locator, state_of(&refusal), refusal.reason());
        let known = self.known_of(&record.locator)?;
        let kept = match known.clone().filter(InputRecord::was_read) {
            Some(standing) if record.state == InputState::SetAside => self.unread(standing, refusal.reason()),
            Some(standing) => {
                self.now_skipped.note(&record.locator, refusal.reason());
                standing
            }
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

    /// What is known of the input at `locator`, also by what an export told of it in this run.
    pub(super) fn known_of(&mut self, locator: &Locator) -> Result<Option<InputRecord>, Error> {
        if self.since_commit.restored.contains_key(&Mark::of(locator.as_str())) {
            self.commit()?;
        }
        let known = self.indexer().input(locator)?;
        Ok(known.map(|known| self.as_it_is_now(known)))
    }

    /// What stands of the input that is `known`, whatever it gives now: its article, or that it is a copy of one.
    pub(super) fn standing(
        &mut self,
        known: Option<&InputRecord>,
    ) -> Result<Option<InputRecord>, IndexError> {
        let Some(known) = known else { return Ok(None) };
        let stands = match (known.state, known.article) {
            (InputState::Indexed, Some(_)) => true,
            // Where the original has changed, or is gone, it is a copy no more.
            (InputState::Duplicate, Some(original)) => {
                !self.orphans.contains(original) && self.is_there(original)?
            }
            _ => false,
        };
        Ok(stands.then(|| known.clone()))
    }

    /// Takes note that the input of `record`, of which `bytes` bytes were read, is damaged, beyond a limit or out of
    /// time: what was made of it before stands as it is `known`.
    pub(super) fn keep(&mut self, record: &InputRecord, known: InputRecord, bytes: u64) -> Result<(), Error> {
        let kept = self.unread(known.clone(), record.reason.as_deref().unwrap_or_default());
        if kept != known {
            self.replace_record(&kept)?;
        }
        let told = InputRecord { article: known.article, ..record.clone() };
        self.tell_of_known(&told, Some(&known), &as_before(&told), bytes);
        self.commit_in_time(bytes)
    }

    /// The record of an input that can't be read for `reason`, and is `standing`: it is read as soon as it can be.
    fn unread(&mut self, standing: InputRecord, reason: &str) -> InputRecord {
        let noted = Noted { unreadable: Some(reason.to_owned()), ..standing.noted };
        let unread = InputRecord { stamp: None, noted, ..standing };
        if unread.state == InputState::Duplicate {
            self.note_changed_copy(&unread);
        }
        unread
    }
}
