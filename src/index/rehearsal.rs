//! [`Rehearsal`]: an index that can be asked as if it were to be written, and never is.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, RandomState};
use std::path::Path;

use parking_lot::{Mutex, MutexGuard};
use tantivy::DocAddress;

use super::Index;
use super::reader::IndexSearcher;
use crate::dedup::Recurring;
use crate::engine::{Indexer, InputRecord, InputState, Inputs, Owner, PreparedArticle, Run, StoredArticle};
use crate::error::IndexError;
use crate::model::{ArticleId, Locator};

/// The last commit of an index, or of one that isn't there yet. What is put is dropped: what a run would do can be
/// told without doing it, also while another process writes. Only what a run asks about its own changes is remembered:
/// which articles of the commit are no more, and which inputs are copies of them.
pub struct Rehearsal {
    committed: Option<IndexSearcher>,
    recurring: Recurring,
    run: Run,
    changes: Mutex<Changes>,
    hasher: RandomState,
}

/// What would have been changed.
#[derive(Default)]
struct Changes {
    /// By the commits that would have been made.
    made: Changed,
    /// Since the last of them.
    pending: Changed,
}

#[derive(Default)]
struct Changed {
    /// Articles that were removed, or replaced.
    articles: HashSet<ArticleId>,
    /// Inputs of which another record was put, or none, by a number each, as there may be very many.
    inputs: HashSet<u64>,
    /// Those of them that would be copies of an article of the commit.
    copies: HashMap<Locator, InputRecord>,
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
                return Ok(Self::of(None, Recurring::new(), Run::default()));
            }
            opened => opened?,
        };
        let manifest = index.manifest()?;
        Ok(Self::of(Some(index.searcher()?), manifest.recurring, manifest.run))
    }

    fn of(committed: Option<IndexSearcher>, recurring: Recurring, run: Run) -> Self {
        Self { committed, recurring, run, changes: Mutex::default(), hasher: RandomState::new() }
    }

    fn changes(&self) -> MutexGuard<'_, Changes> {
        self.changes.lock()
    }

    fn number_of(&self, locator: &Locator) -> u64 {
        self.hasher.hash_one(locator.as_str())
    }

    /// `known` of the commit unless its article is no more.
    fn standing(&self, known: Option<Owner>) -> Option<Owner> {
        known.filter(|owner| !self.changes().made.articles.contains(&owner.id))
    }

    /// The inputs of the commit at the addresses that `find` finds.
    fn inputs_at(
        &self,
        find: impl FnOnce(&IndexSearcher) -> Result<Vec<DocAddress>, IndexError>,
    ) -> Result<Inputs<'_>, IndexError> {
        let Some(committed) = &self.committed else { return Ok(Box::new(std::iter::empty())) };
        Ok(Box::new(find(committed)?.into_iter().map(|address| committed.input_at(address))))
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
        {
            let made = &self.changes().made;
            if made.inputs.contains(&self.number_of(locator)) {
                return Ok(made.copies.get(locator).cloned());
            }
        }
        self.ask(|committed| committed.input(locator))
    }

    fn inputs_of(&self, id: ArticleId) -> Result<Vec<InputRecord>, IndexError> {
        let mut inputs = self.ask(|committed| committed.inputs_of(id))?;
        let made = &self.changes().made;
        inputs.retain(|input| !made.inputs.contains(&self.number_of(&input.locator)));
        inputs.extend(made.copies.values().filter(|copy| copy.article == Some(id)).cloned());
        Ok(inputs)
    }

    fn inputs_in(&self, container: &Locator) -> Result<Inputs<'_>, IndexError> {
        self.inputs_at(|committed| committed.where_inputs_are_in(container))
    }

    fn refused_in(&self, container: &Locator) -> Result<Inputs<'_>, IndexError> {
        self.inputs_at(|committed| committed.where_refused_are_in(container))
    }

    fn all_inputs(&self) -> Result<Inputs<'_>, IndexError> {
        self.inputs_at(IndexSearcher::where_all_inputs_are)
    }

    fn owner(&self, id: ArticleId) -> Result<Option<Owner>, IndexError> {
        Ok(self.standing(self.ask(|committed| committed.owner(id))?))
    }

    fn with_digest(&self, digest: &str) -> Result<Inputs<'_>, IndexError> {
        self.inputs_at(|committed| committed.where_digest_is(digest))
    }

    fn with_fingerprint(&self, fingerprint: &str) -> Result<Option<Owner>, IndexError> {
        Ok(self.standing(self.ask(|committed| committed.with_fingerprint(fingerprint))?))
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

    fn remove_article(&self, id: ArticleId) {
        self.changes().pending.articles.insert(id);
    }

    fn put_input(&self, record: &InputRecord) -> Result<(), IndexError> {
        let original = record.article.filter(|_| record.state == InputState::Duplicate);
        let owner = original.map(|id| self.ask(|committed| committed.owner(id))).transpose()?.flatten();
        let pending = &mut self.changes().pending;
        pending.inputs.insert(self.number_of(&record.locator));
        if owner.is_some() {
            pending.copies.insert(record.locator.clone(), record.clone());
        }
        Ok(())
    }

    fn remove_input(&self, locator: &Locator) {
        let pending = &mut self.changes().pending;
        pending.inputs.insert(self.number_of(locator));
        pending.copies.remove(locator);
    }

    fn commit(&self) -> Result<(), IndexError> {
        let Changes { made, pending } = &mut *self.changes();
        let Changed { articles, inputs, copies } = std::mem::take(pending);
        made.copies.retain(|copy, _| !inputs.contains(&self.number_of(copy)));
        made.articles.extend(articles);
        made.inputs.extend(inputs);
        made.copies.extend(copies);
        Ok(())
    }

    fn keeps_what_is_put(&self) -> bool {
        false
    }
}
