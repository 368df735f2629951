//! [`Rehearsal`]: an index that can be asked as if it were to be written, and never is.

use std::path::Path;

use super::Index;
use super::reader::IndexSearcher;
use crate::dedup::Recurring;
use crate::engine::{Indexer, InputRecord, Owner, PreparedArticle, Run, StoredArticle};
use crate::error::IndexError;
use crate::model::{ArticleId, Locator};

/// The last commit of an index, or of one that isn't there yet. What is put is dropped: what a run would do can be
/// told without doing it, also while another process writes.
pub struct Rehearsal {
    committed: Option<IndexSearcher>,
    recurring: Recurring,
    run: Run,
}

impl Rehearsal {
    /// A rehearsal of writing to the index at `path`.
    ///
    /// # Errors
    ///
    /// If something else is there, or the index can't be read.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        let index = match Index::open(path) {
            Err(IndexError::Missing { .. }) => {
                return Ok(Self { committed: None, recurring: Recurring::new(), run: Run::default() });
            }
            opened => opened?,
        };
        let manifest = index.manifest()?;
        Ok(Self { committed: Some(index.searcher()?), recurring: manifest.recurring, run: manifest.run })
    }

    fn ask<T: Default>(
        &self,
        question: impl FnOnce(&IndexSearcher) -> Result<T, IndexError>,
    ) -> Result<T, IndexError> {
        self.committed.as_ref().map_or_else(|| Ok(T::default()), question)
    }
}

impl Indexer for Rehearsal {
    fn input(&self, locator: &Locator) -> Result<Option<InputRecord>, IndexError> {
        self.ask(|committed| committed.input(locator))
    }

    fn inputs_of(&self, id: ArticleId) -> Result<Vec<InputRecord>, IndexError> {
        self.ask(|committed| committed.inputs_of(id))
    }

    fn inputs_in(&self, container: &Locator) -> Result<Vec<InputRecord>, IndexError> {
        self.ask(|committed| committed.inputs_in(container))
    }

    fn all_inputs(&self) -> Result<Vec<InputRecord>, IndexError> {
        self.ask(IndexSearcher::all_inputs)
    }

    fn owner(&self, id: ArticleId) -> Result<Option<Owner>, IndexError> {
        self.ask(|committed| committed.owner(id))
    }

    fn with_digest(&self, digest: &str) -> Result<Vec<InputRecord>, IndexError> {
        self.ask(|committed| committed.with_digest(digest))
    }

    fn with_fingerprint(&self, fingerprint: &str) -> Result<Option<Owner>, IndexError> {
        self.ask(|committed| committed.with_fingerprint(fingerprint))
    }

    fn article(&self, id: ArticleId) -> Result<Option<StoredArticle>, IndexError> {
        self.ask(|committed| committed.article(id))
    }

    fn without_recurring(&self) -> Result<Vec<ArticleId>, IndexError> {
        self.ask(IndexSearcher::without_recurring)
    }

    fn recurring(&self) -> Recurring {
        self.recurring.clone()
    }

    fn set_recurring(&self, _: Recurring) {}

    fn run(&self) -> Run {
        self.run.clone()
    }

    fn set_run(&self, _: Run) {}

    fn put_article(&self, _: PreparedArticle) -> Result<(), IndexError> {
        Ok(())
    }

    fn remove_article(&self, _: ArticleId) {}

    fn put_input(&self, _: &InputRecord) -> Result<(), IndexError> {
        Ok(())
    }

    fn remove_input(&self, _: &Locator) {}

    fn commit(&self) -> Result<(), IndexError> {
        Ok(())
    }
}
