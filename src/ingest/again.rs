//! What is read a second time, after all else: the copies of articles that are gone, of which one takes the article's
//! place. What was told of them the first time is told anew.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use super::ledger::Ledger;
use super::marks::Marked;
use super::{Options, Outcome, Trust, pipeline};
use crate::engine::{Indexer, InputRecord, InputState};
use crate::error::{Error, IndexError};
use crate::model::{ArticleId, Locator};
use crate::source::walk;

/// What a run has told of the copies among its inputs.
#[derive(Debug, Default)]
pub(super) struct ToldCopies {
    /// Those that were copies before.
    unchanged: Marked,
    /// Those that weren't.
    new: Marked,
    /// What was told since of those that were read a second time.
    since: HashMap<Locator, Outcome>,
}

impl ToldCopies {
    /// Notes that the input of `record` is told to have ended as `outcome`.
    pub fn note(&mut self, record: &InputRecord, outcome: &Outcome) {
        match (record.state, outcome) {
            (InputState::Duplicate, Outcome::Unchanged) => drop(self.unchanged.insert(&record.locator)),
            (InputState::Duplicate, _) => drop(self.new.insert(&record.locator)),
            _ => {}
        }
    }

    /// Notes that the input at `locator`, which has taken its article's place unread, is told to be as it was.
    pub fn note_heir(&mut self, locator: &Locator) {
        self.unchanged.insert(locator);
    }

    /// What was told of the input at `locator` when it was read first; none if this run wasn't asked for it.
    fn first(&self, locator: &Locator) -> Option<Outcome> {
        let new = self.new.contains(locator).then_some(Outcome::Duplicate);
        new.or_else(|| self.unchanged.contains(locator).then_some(Outcome::Unchanged))
    }
}

impl<I: Indexer> Ledger<'_, I> {
    /// Tells what became of an input that was read a second time. One that is a copy still is what it was.
    pub(super) fn tell_again(&mut self, record: &InputRecord, outcome: &Outcome) {
        let locator = &record.locator;
        let Some(first) = self.told.first(locator).filter(|_| self.is_read_again(locator)) else { return };
        let after = match outcome {
            Outcome::Duplicate | Outcome::Unchanged => first.clone(),
            outcome => outcome.clone(),
        };
        let before = self.told.since.insert(locator.clone(), after.clone()).unwrap_or(first);
        self.revise(record, &before, &after);
    }

    /// Makes ready to see the inputs `again` once more; they are counted already.
    pub(super) fn expect_again(&mut self, again: &HashSet<Locator>) {
        self.seen.clear();
        self.again.clone_from(again);
    }

    /// Whether inputs are read a second time, for their article's sake.
    pub(super) fn reads_again(&self) -> bool {
        !self.again.is_empty()
    }

    /// Whether the input at `locator` is one of them.
    pub(super) fn is_read_again(&self, locator: &Locator) -> bool {
        self.again.contains(locator)
    }
}

/// Passes over the copies of articles that are gone, each of which may change articles that have copies; what is left
/// then, as files change under the run, is left to the next.
const MOST_PASSES: usize = 16;

/// Reads the copies of articles that are gone: one of them takes the article's place.
pub(super) fn read_orphans<I: Indexer>(
    indexer: &I,
    options: &Options,
    stop: &AtomicBool,
    ledger: &mut Ledger<'_, I>,
) -> Result<(), Error> {
    let mut in_vain = HashSet::new();
    for _ in 0..MOST_PASSES {
        let orphaned = ledger.orphans.take_new();
        let mut again = ledger.orphans.take_heirs();
        for &id in &orphaned {
            again.extend(copies_of(indexer, id)?.filter(|copy| !in_vain.contains(copy)));
        }
        if !again.is_empty() {
            in_vain.extend(read_copies(indexer, again, options, stop, ledger)?);
        }
        if ledger.report().interrupted {
            return Ok(());
        }
        for id in orphaned {
            if !copies_of(indexer, id)?.any(|copy| in_vain.contains(&copy)) {
                ledger.orphans.settle(id);
            }
        }
    }
    Ok(())
}

/// Reads the copies `again` once more; gives those that weren't where they were.
fn read_copies<I: Indexer>(
    indexer: &I,
    mut again: HashSet<Locator>,
    options: &Options,
    stop: &AtomicBool,
    ledger: &mut Ledger<'_, I>,
) -> Result<Vec<Locator>, Error> {
    let mut in_vain = None;
    while !again.is_empty() && !ledger.report().interrupted {
        read_again(indexer, &again, options, stop, ledger)?;
        in_vain.get_or_insert_with(|| {
            again.iter().filter(|copy| !ledger.seen.contains(copy)).cloned().collect::<Vec<_>>()
        });
        // The original of a revisit may have come behind it: one more time.
        let unresolved = std::mem::take(&mut ledger.unresolved);
        again = if unresolved.len() < again.len() { unresolved } else { HashSet::new() };
    }
    Ok(in_vain.unwrap_or_default())
}

/// Reads the inputs `again` once more, whatever is known of them.
fn read_again<I: Indexer>(
    indexer: &I,
    again: &HashSet<Locator>,
    options: &Options,
    stop: &AtomicBool,
    ledger: &mut Ledger<'_, I>,
) -> Result<(), Error> {
    // What lies beside them was read by this run.
    let options = Options { trust: Trust::SizeAndTime, ..options.clone() };
    let mut paths: Vec<PathBuf> = again.iter().map(Locator::path).collect();
    paths.sort();
    paths.dedup();
    // One that isn't there stays what it is.
    let files = paths.iter().filter_map(|path| walk(path, &options.left_out).ok()).flatten();
    ledger.expect_again(again);
    pipeline::run(indexer, files, again, &options, stop, ledger)?;
    Ok(ledger.commit()?)
}

fn copies_of(indexer: &impl Indexer, id: ArticleId) -> Result<impl Iterator<Item = Locator>, IndexError> {
    let inputs = indexer.inputs_of(id)?.into_iter();
    Ok(inputs.filter(|input| input.state == InputState::Duplicate).map(|input| input.locator))
}
