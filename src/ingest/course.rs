//! [`Course`]: a run as the index knows it, so that one that was cut short is gone on with by the next.
//!
//! Until its end the commits of a run call it unfinished, under its number. The next run takes the same number and
//! the articles of both for its own, so what is decided at the end is decided of all of them.

use super::orphans::Orphans;
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
        let orphans = Orphans::left_by(&last);
        let run = run_of(&Run { number, begun, ..Run::default() }, &Report::default(), &orphans, false);
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

    /// Ends the run with `report` and commits what it did last; the copies of `orphans` are left to the next.
    pub fn end(&self, indexer: &impl Indexer, report: &Report, orphans: &Orphans) -> Result<(), IndexError> {
        indexer.set_run(run_of(&self.run, report, orphans, !report.interrupted));
        indexer.commit()
    }
}

/// `run` with `report`, which is that of its inputs so far unless it is `complete`, and with `orphans`.
pub(super) fn run_of(run: &Run, report: &Report, orphans: &Orphans, complete: bool) -> Run {
    Run { complete, account: serde_json::to_value(report).ok(), orphans: orphans.all(), ..run.clone() }
}
