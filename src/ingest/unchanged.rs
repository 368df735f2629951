//! Files that needn't be read: what is known of them and of their members is passed on.

use super::ledger::Item;
use super::reader::Reader;
use super::{Options, Trust};
use crate::engine::{Indexer, InputRecord, InputState};
use crate::error::IndexError;
use crate::model::Locator;
use crate::source::FoundFile;

impl<I: Indexer> Reader<'_, I> {
    /// Whether `file` needs no look: it was read, and has the size and time that it had then.
    pub(super) fn is_unchanged(&self, file: &FoundFile, known: &InputRecord) -> bool {
        let was_read =
            known.hash.is_some() || matches!(known.state, InputState::Container | InputState::Skipped);
        // What an export says of it isn't what it says itself.
        let was_read = was_read && known.container.is_none();
        let wanted_again = self.files_again.contains(file.locator.as_str());
        let trusted = self.options.trust == Trust::SizeAndTime;
        trusted
            && known.stamp == Some(file.stamp)
            && was_read
            && !wanted_again
            && !was_beyond_others(known, self.options)
    }

    /// Passes on what is known of a file and its members. Whether that is all: what was beyond other limits than
    /// those of this run is read again, and so is what couldn't be when it was looked at last.
    pub(super) fn pass_on_unchanged(&mut self, known: &InputRecord) -> bool {
        if known.state != InputState::Container {
            self.pass_on(Item::Unchanged(known.clone()));
            return true;
        }
        self.pass_on_unchanged_in(&known.locator).unwrap_or_else(|error| {
            self.pass_on(Item::Failed(error));
            true
        })
    }

    /// The same for the container at `locator`.
    fn pass_on_unchanged_in(&mut self, locator: &Locator) -> Result<bool, IndexError> {
        for refused in self.indexer.refused_in(locator)? {
            let refused = refused?;
            // An export says again what it said.
            let may_be_read_now = refused.noted.unreadable.is_some() && refused.locator.is_under(locator);
            if may_be_read_now || was_beyond_others(&refused, self.options) {
                return Ok(false);
            }
        }
        let records = self.indexer.inputs_in(locator)?;
        self.pass_on(Item::UnchangedContainer(locator.clone()));
        for record in records {
            self.pass_on(Item::Unchanged(record?));
        }
        Ok(true)
    }
}

/// Whether an input was set aside for limits that were others than those of this run.
pub(super) fn was_beyond_others(known: &InputRecord, options: &Options) -> bool {
    let reason = known.reason.as_deref();
    reason.is_some_and(|reason| options.limits.differ_from_those_of(reason))
}
