//! What a run counts and tells of its inputs. What becomes of them is the ledger's matter.

use super::ledger::Ledger;
use super::report::Outcome;
use crate::engine::{Indexer, InputRecord, InputState};

impl<I: Indexer> Ledger<'_, I> {
    /// Counts the input of `record`, which ended as `outcome`, and tells of it.
    pub(super) fn tell(&mut self, record: &InputRecord, outcome: &Outcome, bytes: u64) {
        if self.reads_again() {
            return self.tell_again(record, outcome);
        }
        self.told.note(record, outcome);
        self.report.count(outcome, bytes);
        self.observer.finished(record, outcome, bytes);
    }

    /// The same of an input of which so much was `known`. A run that only reads again what was set aside has nothing to
    /// say of what lies beside it and is as it was.
    pub(super) fn tell_of_known(
        &mut self,
        record: &InputRecord,
        known: Option<&InputRecord>,
        outcome: &Outcome,
        bytes: u64,
    ) {
        if !self.retries || !known.is_some_and(|known| is_as_it_was(known, outcome)) {
            self.tell(record, outcome, bytes);
        }
    }

    /// Counts and tells anew of the input of `record`, which ended as `after`.
    pub(super) fn revise(&mut self, record: &InputRecord, before: &Outcome, after: &Outcome) {
        self.report.recount(before, after);
        self.observer.revised(record, before, after);
    }
}

/// Whether an input that was read before, and not set aside, gave nothing new.
fn is_as_it_was(known: &InputRecord, outcome: &Outcome) -> bool {
    match known.latest().0 {
        InputState::SetAside => false,
        InputState::Skipped => matches!(outcome, Outcome::Skipped { .. }),
        InputState::Indexed | InputState::Duplicate | InputState::Container => *outcome == Outcome::Unchanged,
    }
}

/// What an input counts as that gives what it gave before, if anything.
pub(super) fn as_before(record: &InputRecord) -> Outcome {
    let (state, reason) = record.latest();
    let reason = reason.unwrap_or_default().to_owned();
    match state {
        InputState::Indexed | InputState::Duplicate | InputState::Container => Outcome::Unchanged,
        InputState::Skipped => Outcome::Skipped { reason },
        InputState::SetAside => Outcome::SetAside { reason },
    }
}
