//! [`Orphans`]: articles that are gone, or have another text, and of which there are copies. The copies are read again at
//! the end of the run, for which every commit names these articles: whatever ends the run, the next one goes on.
//!
//! What may not be there to be read again is no copy any more from then on: the text becomes its own.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::Preparer;
use super::ledger::Ledger;
use super::marks::{Mark, Marked};
use crate::engine::{Indexer, InputRecord, InputState, PreparedArticle, Run, StoredArticle};
use crate::error::IndexError;
use crate::model::{ArticleId, Locator};
use crate::source::is_as_it_was;

/// Articles whose copies are to be read again.
#[derive(Debug, Default)]
pub(super) struct Orphans {
    all: BTreeSet<ArticleId>,
    /// Those of them whose copies weren't yet read since.
    new: BTreeSet<ArticleId>,
    /// Copies that have taken an article's place unread, and could be read since.
    heirs: HashSet<Locator>,
}

impl Orphans {
    /// Those that `run` has left.
    pub fn left_by(run: &Run) -> Self {
        Self { all: run.orphans.clone(), new: run.orphans.clone(), heirs: HashSet::new() }
    }

    pub fn all(&self) -> BTreeSet<ArticleId> {
        self.all.clone()
    }

    pub fn contains(&self, id: ArticleId) -> bool {
        self.all.contains(&id)
    }

    fn insert(&mut self, id: ArticleId) {
        self.all.insert(id);
        self.new.insert(id);
    }

    /// Those whose copies are to be read next; each is given once, unless its article changes again.
    pub fn take_new(&mut self) -> BTreeSet<ArticleId> {
        std::mem::take(&mut self.new)
    }

    /// Copies that are articles unread, to be made ones of what they say themselves; each is given once.
    pub fn take_heirs(&mut self) -> HashSet<Locator> {
        std::mem::take(&mut self.heirs)
    }

    /// Notes that the copies of `id` were read, unless the article has changed since.
    pub fn settle(&mut self, id: ArticleId) {
        if !self.new.contains(&id) {
            self.all.remove(&id);
        }
    }
}

/// Copies that were made articles of what another input said, unread.
#[derive(Debug, Default)]
pub(super) struct Inherited {
    /// Where they are.
    places: Marked,
    /// What the index doesn't tell before the next commit of those that have copies: they may turn out to say something
    /// else, and the text is that of the next copy then.
    uncommitted: HashMap<ArticleId, Inheritance>,
}

/// An article that a copy has become, with the others.
#[derive(Debug)]
struct Inheritance {
    article: StoredArticle,
    copies: Vec<InputRecord>,
}

impl Inherited {
    /// Whether the input that is `known` was made an article in this run, unread.
    fn has(&self, known: &InputRecord) -> bool {
        known.state == InputState::Indexed && self.places.contains(&known.locator)
    }

    /// Forgets what was committed.
    pub fn forget_committed(&mut self) {
        self.uncommitted.clear();
    }
}

/// What takes the place of an article.
#[derive(Clone, Copy, Debug)]
pub(super) struct Successor<'a> {
    pub id: ArticleId,
    /// The fingerprint of its text, if it can have copies.
    pub fingerprint: Option<&'a str>,
}

impl<'a> Successor<'a> {
    /// `article`, which is put under `id`.
    pub fn of(article: &'a PreparedArticle, id: ArticleId) -> Self {
        Self { id, fingerprint: article.fingerprint.as_deref() }
    }
}

impl<I: Indexer> Ledger<'_, I> {
    /// Removes the article that was made of an input before; `successor` takes its place.
    pub(super) fn forget_article(
        &mut self,
        known: Option<&InputRecord>,
        successor: Option<Successor<'_>>,
    ) -> Result<(), IndexError> {
        let Some(known) = known.filter(|known| known.state == InputState::Indexed) else { return Ok(()) };
        let Some(old) = known.article else { return Ok(()) };
        let is_put_anew = successor.is_some_and(|successor| successor.id == old);
        let has_same_text = self.has_text_of(successor, old)?;
        if is_put_anew && has_same_text {
            // Its copies are that still.
            self.indexer().remove_article(old);
            self.since_commit.renew(old);
            return Ok(());
        }
        let inheritance = self.inherited.uncommitted.remove(&old);
        let (are_to_be_read, unsure) = self.copies_parted(old, inheritance.as_ref())?;
        self.indexer().remove_article(old);
        self.since_commit.forget(old, is_put_anew);
        if are_to_be_read || self.since_commit.has_copy_of(old) {
            self.orphans.insert(old);
        }
        let is_handed_over = match successor.filter(|_| has_same_text) {
            Some(successor) => self.hang_on(successor.id, unsure)?,
            None => self.hand_over(old, inheritance.map(|inheritance| inheritance.article), unsure)?,
        };
        let is_gone = successor.is_none() && !is_handed_over && !self.inherited.has(known);
        if is_gone && self.dropped.insert(old) {
            self.report.removed += 1;
        }
        Ok(())
    }

    /// Whether there are copies of the article `old` that are to be read again, and those that have its text and may not
    /// be there to be read.
    fn copies_parted(
        &self,
        old: ArticleId,
        inheritance: Option<&Inheritance>,
    ) -> Result<(bool, Vec<InputRecord>), IndexError> {
        let committed = self.copies_of(old)?;
        let copies = match inheritance {
            Some(inheritance) => inheritance.copies.clone(),
            // The copies of one that is an orphan already may have its text of now, or that of before.
            None if self.orphans.contains(old) => return Ok((!committed.is_empty(), Vec::new())),
            None => committed,
        };
        let mut unsure = Vec::new();
        let all = copies.len();
        for copy in copies {
            if !self.is_there_to_read(&copy)? {
                unsure.push(copy);
            }
        }
        Ok((unsure.len() < all, unsure))
    }

    /// Whether the input that is `known` was an article of its own before this run.
    pub(super) fn was_indexed(&self, known: Option<&InputRecord>) -> bool {
        known.is_some_and(|known| known.state == InputState::Indexed && !self.inherited.has(known))
    }

    /// The copies of the article `id` that were committed, as they are now.
    fn copies_of(&self, id: ArticleId) -> Result<Vec<InputRecord>, IndexError> {
        let committed = self.indexer().inputs_of(id)?.into_iter();
        let committed = committed.filter(|input| !self.pruned.contains(&input.locator));
        let now = committed.map(|input| {
            let changed = self.changed_copies.get(&Mark::of(input.locator.as_str()));
            changed.cloned().unwrap_or(input)
        });
        Ok(now.filter(|input| input.state == InputState::Duplicate && input.article == Some(id)).collect())
    }

    /// Whether `copy` can be read again for sure: this run has read it, or its file is as it was.
    fn is_there_to_read(&self, copy: &InputRecord) -> Result<bool, IndexError> {
        if copy.noted.unreadable.is_some() {
            return Ok(false);
        }
        if self.seen.contains(&copy.locator) {
            return Ok(true);
        }
        let stamp = match &copy.container {
            None => copy.stamp,
            Some(file) if copy.locator.is_under(file) => {
                self.indexer().input(file)?.and_then(|file| file.stamp)
            }
            // What an export told of.
            Some(_) => None,
        };
        Ok(stamp.is_some_and(|stamp| is_as_it_was(&copy.locator.path(), stamp)))
    }

    /// Makes the article `id`, whose own input has another text now, or none, that of the first of `copies`, which may
    /// not be there to be read again: nothing else may have the text. The others are copies of that. Whether there is
    /// one. What the article said is `stored`, if it isn't in the index.
    fn hand_over(
        &mut self,
        id: ArticleId,
        stored: Option<StoredArticle>,
        mut copies: Vec<InputRecord>,
    ) -> Result<bool, IndexError> {
        copies.sort_unstable_by(|a, b| b.locator.cmp(&a.locator));
        let Some(heir) = copies.pop() else { return Ok(false) };
        let stored = stored.map_or_else(|| self.indexer().article(id), |stored| Ok(Some(stored)))?;
        let Some(mut stored) = stored else { return Ok(false) };
        stored.article.metadata.move_to(&heir);
        stored.id = id_at(&heir.locator, stored.article.metadata.url.as_deref());
        stored.article.locator = heir.locator.clone();
        let heirs_article = stored.id;
        self.inherited.places.insert(&heir.locator);
        if !copies.is_empty() {
            let inheritance = Inheritance { article: stored.clone(), copies: copies.clone() };
            self.inherited.uncommitted.insert(heirs_article, inheritance);
        }
        self.put(Preparer::default().prepare_again(stored), &heir.locator)?;
        self.change_copy(InputRecord { state: InputState::Indexed, article: Some(heirs_article), ..heir })?;
        self.hang_on(heirs_article, copies)
    }

    /// Makes `copies` those of the article `id`.
    fn hang_on(&mut self, id: ArticleId, copies: Vec<InputRecord>) -> Result<bool, IndexError> {
        for copy in copies {
            self.change_copy(InputRecord { article: Some(id), ..copy })?;
        }
        Ok(true)
    }

    /// Whether `successor` has the text that the article `old` has, as its copies have.
    fn has_text_of(&self, successor: Option<Successor<'_>>, old: ArticleId) -> Result<bool, IndexError> {
        let Some(fingerprint) = successor.and_then(|successor| successor.fingerprint) else {
            return Ok(false);
        };
        if self.since_commit.with_fingerprint(fingerprint) == Some(old) {
            return Ok(true);
        }
        if self.orphans.contains(old) || self.since_commit.has_changed(old) {
            return Ok(false);
        }
        Ok(self.indexer().with_fingerprint(fingerprint)?.is_some_and(|owner| owner.id == old))
    }

    /// Puts `record` in the place of that of a copy.
    fn change_copy(&mut self, record: InputRecord) -> Result<(), IndexError> {
        self.replace_record(&record)?;
        self.since_commit.note_copy(&record);
        self.note_changed_copy(&record);
        Ok(())
    }

    /// Notes that this run has put `record` in the place of that of a copy without reading it.
    pub(super) fn note_changed_copy(&mut self, record: &InputRecord) {
        self.changed_copies.insert(Mark::of(record.locator.as_str()), record.clone());
    }

    /// Notes that the input that is `known`, which has the bytes that it had, is to be read for what it says itself, if
    /// it was made an article of another's text.
    pub(super) fn note_heir(&mut self, known: &InputRecord) {
        if self.inherited.has(known) {
            self.told.note_heir(&known.locator);
            self.orphans.heirs.insert(known.locator.clone());
        }
    }

    /// What is known of an input of which so much was `known` when it was looked up, to be told of once.
    pub(super) fn as_it_is_now(&mut self, known: InputRecord) -> InputRecord {
        match self.changed_copies.remove(&Mark::of(known.locator.as_str())) {
            Some(now) => InputRecord { stamp: known.stamp, ..now },
            None => known,
        }
    }
}

/// The id of an article that names `url` as its address and has taken it from another.
fn id_at(locator: &Locator, url: Option<&str>) -> ArticleId {
    match url {
        Some(url) => ArticleId::from_url_and_locator(url, locator),
        None => ArticleId::from_locator(locator),
    }
}
