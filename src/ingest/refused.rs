//! Inputs that can't be read, give nothing any more, or aren't files: what was made of them before stands. Of what
//! isn't read for its kind or by the user's wish it stands until it is pruned.

use super::Preparer;
use super::account::state_of;
use super::ledger::Ledger;
use super::marks::{Mark, Marked};
use super::telling::as_before;
use crate::engine::{Indexer, InputRecord, InputState, Noted};
use crate::error::{Error, IndexError};
use crate::model::{ArticleId, Locator};
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
        Ok(self.indexer().input(locator)?)
    }

    /// What stands of the input that is `known`, whatever it gives now: its article, or that it is a copy of one.
    pub(super) fn standing(
        &mut self,
        known: Option<&InputRecord>,
    ) -> Result<Option<InputRecord>, IndexError> {
        let Some(known) = known else { return Ok(None) };
        let stands = match (known.state, known.article) {
            (InputState::Indexed, Some(_)) => true,
            // One that is doubted has no hash: its original has changed, or is gone.
            (InputState::Duplicate, Some(original)) => {
                known.hash.is_some() && !self.orphaned.contains(&original) && self.is_there(original)?
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

    /// Makes the article `id`, whose own input has none any more, that of a copy which this run found that it can't
    /// read: nothing else may have the text. Whether there is such a copy.
    pub(super) fn hand_over(&mut self, id: ArticleId) -> Result<bool, IndexError> {
        let mut copies = self.indexer().inputs_of(id)?;
        copies.retain(|copy| {
            let was_met = self.seen.contains(&copy.locator) || self.unseen.contains(&copy.locator);
            copy.state == InputState::Duplicate && copy.noted.unreadable.is_some() && was_met
        });
        let heir = copies.into_iter().min_by(|a, b| a.locator.cmp(&b.locator));
        let (Some(heir), Some(mut stored)) = (heir, self.indexer().article(id)?) else { return Ok(false) };
        stored.id = match &stored.article.metadata.url {
            Some(url) => ArticleId::from_url_and_locator(url, &heir.locator),
            None => ArticleId::from_locator(&heir.locator),
        };
        stored.article.locator = heir.locator.clone();
        let heir = InputRecord { state: InputState::Indexed, article: Some(stored.id), ..heir };
        self.put(Preparer::default().prepare_again(stored), &heir.locator)?;
        self.replace_record(&heir)?;
        self.rewritten_copies.insert(&heir.locator);
        Ok(true)
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
