//! The threads of a run: one that reads, several that extract, and the caller's, which plans.

use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::{Receiver, bounded, unbounded};

use super::budget::{Budget, ClosesBudget};
use super::ledger::{Item, Ledger};
use super::reader::Reader;
use super::worker::Worker;
use super::{Options, Preparer};
use crate::engine::{Indexer, InputRecord};
use crate::error::{Error, IndexError};
use crate::model::Locator;
use crate::source::{FoundFile, Member, Refusal};

/// Stack of a worker, in bytes.
const WORKER_STACK_BYTES: usize = 8 << 20;

/// Something to do, with its place in the order of inputs and its share of the budget.
pub(super) struct Job {
    pub order: u64,
    pub cost: usize,
    pub task: Task,
}

pub(super) enum Task {
    Document(Box<Document>),
    /// A member of the container `file`.
    Member {
        file: Locator,
        member: Member,
    },
    /// Nothing is left to do but to tell the ledger.
    Done(Box<Item>),
}

/// A file that was read.
pub(super) struct Document {
    pub file: FoundFile,
    pub member: Member,
    pub known: Option<InputRecord>,
}

/// Something done.
pub(super) struct Done {
    pub order: u64,
    pub cost: usize,
    pub item: Result<Item, IndexError>,
}

/// Takes `files` through extraction into `ledger`. The inputs in `again` are read whatever is known of them.
pub(super) fn run<I: Indexer>(
    indexer: &I,
    files: impl Iterator<Item = Result<FoundFile, (Locator, Refusal)>> + Send,
    again: &HashSet<Locator>,
    options: &Options,
    stop: &AtomicBool,
    ledger: &mut Ledger<'_, I>,
) -> Result<(), Error> {
    let budget = Budget::default();
    let (job_sender, jobs) = bounded(options.workers * 4);
    // Bounded by the budget.
    let (done_sender, done) = unbounded();
    // Set when the ledger has failed: nobody waits for more.
    let abandoned = AtomicBool::new(false);
    let observer = ledger.observer();
    std::thread::scope(|scope| {
        // However this ends, by a panic too, the reader must come to its end.
        let _closes = ClosesBudget(&budget);
        let reader = Reader::new(indexer, again, options, observer, &budget, job_sender);
        let ended = || stop.load(Ordering::Relaxed) || abandoned.load(Ordering::Relaxed);
        scope.spawn(move || reader.read(files, &ended));
        for _ in 0..options.workers {
            let worker = Worker { indexer, again, options, stop, preparer: Preparer::default() };
            let (jobs, done) = (jobs.clone(), done_sender.clone());
            let thread = std::thread::Builder::new().stack_size(WORKER_STACK_BYTES);
            if let Err(error) = thread.spawn_scoped(scope, move || worker.work(&jobs, &done)) {
                abandoned.store(true, Ordering::Relaxed);
                return Err(Error::Thread(error));
            }
        }
        drop((jobs, done_sender));
        let planned = plan(&done, &budget, stop, ledger);
        if planned.is_err() {
            abandoned.store(true, Ordering::Relaxed);
        }
        // What is left is dropped; nobody waits for its share.
        budget.close();
        done.iter().for_each(drop);
        planned
    })?;
    if stop.load(Ordering::Relaxed) {
        ledger.interrupt();
    }
    Ok(())
}

/// Gives what is done to the ledger, in the order of inputs, until `stop` is set: what an interrupted run has read
/// and not yet written is left to the next one, so that it ends soon.
fn plan<I: Indexer>(
    done: &Receiver<Done>,
    budget: &Budget,
    stop: &AtomicBool,
    ledger: &mut Ledger<'_, I>,
) -> Result<(), Error> {
    let mut waiting: BTreeMap<u64, Done> = BTreeMap::new();
    let mut next = 0;
    for arrived in done {
        waiting.insert(arrived.order, arrived);
        while let Some(ready) = waiting.remove(&next) {
            if stop.load(Ordering::Relaxed) {
                return Ok(());
            }
            next += 1;
            let taken = ready.item.map_err(Error::from).and_then(|item| ledger.take(item));
            budget.give_back(ready.cost);
            taken?;
        }
    }
    Ok(())
}
