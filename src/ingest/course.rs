//! [`Course`]: a run as the index knows it, so that one that was cut short is gone on with by the next.
//!
//! Until its end the commits of a run call it unfinished, under its number. The next run takes the same number and
//! the articles of both for its own, so what is decided at the end is decided of all of them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::ledger::Ledger;
use super::recurring::Sites;
use super::report::Report;
use crate::engine::{Indexer, InputRecord, InputState, Run};
use crate::error::{Error, IndexError};
use crate::model::{ArticleId, Locator};

/// A run under way.
pub(super) struct Course {
    run: Run,
    /// Whether a run with this number was cut short before.
    resumed: bool,
}

impl Course {
    /// Begins a run, at the time `begun`, or goes on with the one that was cut short. It is committed that it has
    /// begun: if it comes to nothing, that is known.
    pub fn begin(indexer: &impl Indexer, begun: Option<String>) -> Result<Self, IndexError> {
        let last = indexer.run();
        let number = last.number + u64::from(last.complete);
        let run = run_of(&Run { number, begun, ..Run::default() }, &Report::default(), false);
        indexer.set_run(run.clone());
        indexer.commit()?;
        Ok(Self { run, resumed: !last.complete })
    }

    /// The run, with its number.
    pub fn run(&self) -> Run {
        self.run.clone()
    }

    /// Adds to `sites` the articles that this run made before it was cut short; those that it has made since are
    /// there.
    pub fn recall(&self, indexer: &impl Indexer, sites: &mut Sites) -> Result<(), Error> {
        if !self.resumed {
            return Ok(());
        }
        let mut made: Vec<(Locator, ArticleId)> = Vec::new();
        for input in indexer.all_inputs()? {
            let InputRecord { locator, state, article, noted, .. } = input?;
            if noted.run == self.run.number && state == InputState::Indexed {
                made.extend(article.map(|id| (locator, id)));
            }
        }
        made.sort_unstable();
        *sites = Sites::default();
        for (_, id) in made {
            if let Some(stored) = indexer.article(id)? {
                sites.note_stored(&stored);
            }
        }
        Ok(())
    }

    /// Tells `ledger` of the articles that this run removed before it was cut short, and of which there are copies.
    pub fn recall_orphans<I: Indexer>(&self, indexer: &I, ledger: &mut Ledger<'_, I>) -> Result<(), Error> {
        if !self.resumed {
            return Ok(());
        }
        let mut known: HashMap<ArticleId, bool> = HashMap::new();
        for input in indexer.all_inputs()? {
            let input = input?;
            let (InputState::Duplicate, Some(id)) = (input.state, input.article) else { continue };
            if let Entry::Vacant(new) = known.entry(id) {
                let is_there = ledger.is_there(id)?;
                new.insert(is_there);
                if !is_there {
                    ledger.note_orphaned(id);
                }
            }
        }
        Ok(())
    }

    /// Ends the run with `report` and commits what it did last.
    pub fn end(&self, indexer: &impl Indexer, report: &Report) -> Result<(), IndexError> {
        indexer.set_run(run_of(&self.run, report, !report.interrupted));
        indexer.commit()
    }
}

/// `run` with `report`, which is that of its inputs so far unless it is `complete`.
pub(super) fn run_of(run: &Run, report: &Report, complete: bool) -> Run {
    Run { complete, account: serde_json::to_value(report).ok(), ..run.clone() }
}
