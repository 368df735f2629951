//! What becomes of the lines of an export: articles that an index has kept are put into this one as they were.
//!
//! An input that the index knows by itself counts for more than what an export says of it, and so it is never replaced;
//! what an export said gives way to the input itself once that is read.

use super::ledger::Ledger;
use super::orphans::Successor;
use crate::dedup::Recurring;
use crate::engine::{Indexer, InputRecord, InputState, PreparedArticle};
use crate::error::Error;
use crate::model::Locator;

use super::report::Outcome;
use super::telling::as_before;

/// An input as an export tells of it.
pub(super) struct Restored {
    /// What it says of the input; the container is the export.
    pub record: InputRecord,
    /// What the index knows of the input.
    pub known: Option<InputRecord>,
    /// Its article.
    pub article: Option<Box<PreparedArticle>>,
    /// Bytes of the line.
    pub bytes: u64,
    /// The line.
    pub line: Locator,
}

/// Why a line isn't taken.
const KNOWN_BY_ITSELF: &str = "the index knows this input by itself";
const COPY_OF_NOTHING: &str = "a copy of an article that isn't in the index";
const TAKEN_ID: &str = "another input's article has its id";

impl<I: Indexer> Ledger<'_, I> {
    /// Takes what an export says of an input.
    pub(super) fn restored(&mut self, restored: Restored) -> Result<(), Error> {
        let Restored { mut record, known, article, bytes, line } = restored;
        let known = known.map(|known| self.as_it_is_now(known));
        let by_itself = known.as_ref().is_some_and(|known| known.container != record.container);
        if by_itself || self.was_seen(&record.locator) {
            return self.passed_by(record, known.filter(|_| by_itself), line, bytes);
        }
        let outcome = match article {
            Some(article) => self.restored_article(&mut record, known.as_ref(), *article)?,
            None => self.restored_input(&record, known.as_ref())?,
        };
        let outcome = match outcome {
            Ok(outcome) => outcome,
            Err(reason) => return self.refused_line(record, reason, line, bytes),
        };
        self.indexer().remove_input(&line);
        if known.is_some() {
            self.indexer().remove_input(&record.locator);
        }
        self.indexer().put_input(&record)?;
        self.note_restored(&record);
        self.since_commit.note_copy(&record);
        let outcome = if record.noted.unreadable.is_some() { as_before(&record) } else { outcome };
        self.tell(&record, &outcome, bytes);
        self.commit_in_time(bytes)
    }

    fn restored_article(
        &mut self,
        record: &mut InputRecord,
        known: Option<&InputRecord>,
        article: PreparedArticle,
    ) -> Result<Result<Outcome, &'static str>, Error> {
        if let Some(original) = self.original_of(&record.locator, article.fingerprint.as_deref())? {
            record.become_copy_of(original, &article.stored.article.metadata);
            self.forget_article(known, None)?;
            return Ok(Ok(Outcome::Duplicate));
        }
        let id = article.stored.id;
        if self.is_taken(id, &record.locator)? {
            return Ok(Err(TAKEN_ID));
        }
        let was_indexed = self.was_indexed(known);
        self.forget_article(known, Some(Successor::of(&article, id)))?;
        self.put(article, &record.locator)?;
        Ok(Ok(if was_indexed { Outcome::Updated } else { Outcome::Indexed }))
    }

    fn restored_input(
        &mut self,
        record: &InputRecord,
        known: Option<&InputRecord>,
    ) -> Result<Result<Outcome, &'static str>, Error> {
        let reason = record.reason.clone().unwrap_or_default();
        let outcome = match (record.state, record.article) {
            (InputState::Duplicate, Some(id)) if self.is_there(id)? => Outcome::Duplicate,
            (InputState::Skipped, None) => Outcome::Skipped { reason },
            (InputState::SetAside, None) => Outcome::SetAside { reason },
            _ => return Ok(Err(COPY_OF_NOTHING)),
        };
        self.forget_article(known, None)?;
        Ok(Ok(outcome))
    }

    /// A line that says of an input what the index knows better.
    fn passed_by(
        &mut self,
        record: InputRecord,
        known: Option<InputRecord>,
        line: Locator,
        bytes: u64,
    ) -> Result<(), Error> {
        let article = known.and_then(|known| known.article);
        let article =
            article.map(|id| Ok::<_, Error>(self.is_there(id)?.then_some(id))).transpose()?.flatten();
        let reason = Some(KNOWN_BY_ITSELF.to_owned());
        let (state, outcome) = match article {
            Some(_) => (InputState::Duplicate, Outcome::Duplicate),
            None => (InputState::Skipped, Outcome::Skipped { reason: KNOWN_BY_ITSELF.to_owned() }),
        };
        let record = InputRecord { locator: line, state, article, reason, ..record };
        self.keep_by_line(&record, &outcome, bytes)
    }

    fn refused_line(
        &mut self,
        record: InputRecord,
        reason: &str,
        line: Locator,
        bytes: u64,
    ) -> Result<(), Error> {
        let told = Some(reason.to_owned());
        let record =
            InputRecord { locator: line, state: InputState::SetAside, article: None, reason: told, ..record };
        self.keep_by_line(&record, &Outcome::SetAside { reason: reason.to_owned() }, bytes)
    }

    fn keep_by_line(&mut self, record: &InputRecord, outcome: &Outcome, bytes: u64) -> Result<(), Error> {
        self.replace_record(record)?;
        self.since_commit.note_copy(record);
        self.see(&record.locator);
        self.tell(record, outcome, bytes);
        self.commit_in_time(bytes)
    }

    /// Takes over what is known to recur, for pages that come later.
    pub(super) fn restore_recurring(&self, told: Recurring) {
        let mut recurring = self.indexer().recurring();
        for (host, blocks) in told {
            recurring.entry(host).or_default().extend(blocks);
        }
        self.indexer().set_recurring(recurring);
    }
}
