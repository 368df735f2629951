//! [`Ledger`]: decides what becomes of each input, writes it, and keeps the account.
//!
//! It sees inputs in their order, one at a time, and knows what this run has done so far; the indexer
//! knows what was there before.

use std::collections::{HashMap, HashSet};

use super::again::ToldCopies;
use super::course::run_of;
use super::marks::{Mark, Marked};
use super::orphans::{Inherited, Orphans, Successor};
use super::pace::Pace;
use super::recurring::Sites;
use super::refused::NowSkipped;
use super::report::{Observer, Outcome, Report};
use super::restored::Restored;
use super::since_commit::SinceCommit;
use super::telling::as_before;
use crate::dedup::Recurring;
use crate::engine::{Indexer, InputRecord, InputState, LARGE_TEXT_BYTES, PreparedArticle, Run};
use crate::error::{Error, IndexError};
use crate::model::{ArticleId, Locator};
use crate::source::Refusal;

/// Bytes that an input counts for beside its own until it is committed, as something is remembered of each: of a
/// million small ones as much as of a gigabyte.
const BYTES_OF_AN_INPUT: u64 = 1 << 10;

/// An input that has been looked at.
pub(super) enum Item {
    /// Neither its size nor its time has changed.
    Unchanged(InputRecord),
    /// The same, for a file of records; they follow one by one.
    UnchangedContainer(Locator),
    /// Its time has changed and its bytes have not.
    Touched { record: InputRecord, bytes: u64, line: Option<Locator> },
    /// It was read.
    Made {
        record: InputRecord,
        known: Option<InputRecord>,
        article: Option<Box<PreparedArticle>>,
        bytes: u64,
        /// Where it goes if its id was given before: the line that it is on.
        line: Option<Locator>,
    },
    /// What is set aside of `file` and may hide others, as it is no more than a stretch of it.
    Gap { file: Locator, made: Box<Self> },
    /// The end of a file of records, or where no more of it can be read.
    Container { record: InputRecord, known: Option<InputRecord>, whole: bool },
    /// A line of an export.
    Restored(Box<Restored>),
    /// A line of an export that is no input: what recurs on the pages of sites.
    Recurring(Recurring),
    /// A folder that couldn't or wasn't to be looked into before.
    Entered(Locator),
    /// It is no file, or one that the system doesn't let be read: what is known of it stands.
    Refused { locator: Locator, refusal: Refusal },
    /// The index couldn't tell what is known of it.
    Failed(IndexError),
}

impl Item {
    pub fn refused(locator: Locator, refusal: Refusal) -> Self {
        Self::Refused { locator, refusal }
    }
}

/// Decides, writes and counts.
pub(super) struct Ledger<'a, I> {
    indexer: &'a I,
    pub(super) observer: &'a dyn Observer,
    pub(super) report: Report,
    /// Whether it is told only of what was set aside before, and of what has changed.
    pub(super) retries: bool,
    pace: Pace,
    run: Run,
    pub(super) seen: Marked,
    /// What is known of copies whose record this run has changed without their being read: who looks them up may have
    /// done so before.
    pub(super) changed_copies: HashMap<Mark, InputRecord>,
    /// Those of them that were made articles of what another input said.
    pub(super) inherited: Inherited,
    /// Inputs that were dropped.
    pub(super) pruned: Marked,
    /// Inputs that aren't read, to tell each once.
    pub(super) passed_over: Marked,
    /// Files that were read before and are skipped now, which drops what was made of them if the run prunes.
    pub(super) now_skipped: NowSkipped,
    /// Places that couldn't be looked into: what was there may still be.
    pub(super) unseen: Marked,
    /// Files with stretches that couldn't be read: what isn't seen of them may have been there.
    with_gaps: Marked,
    /// Inputs that were counted before and are read again for their article's sake.
    pub(super) again: HashSet<Locator>,
    pub(super) told: ToldCopies,
    pub(super) since_commit: SinceCommit,
    /// Inputs that an export told of in this run.
    restored: Marked,
    /// Articles from before this run that nothing was put in place of; a copy may still be.
    pub(super) dropped: HashSet<ArticleId>,
    pub(super) orphans: Orphans,
    sites: Sites,
    /// Revisits whose originals weren't there when they were read again.
    pub(super) unresolved: HashSet<Locator>,
}

impl<'a, I: Indexer> Ledger<'a, I> {
    pub fn new(indexer: &'a I, observer: &'a dyn Observer, pace: Pace, run: Run) -> Self {
        Self {
            indexer,
            observer,
            report: Report::default(),
            retries: false,
            pace,
            orphans: Orphans::left_by(&run),
            run,
            seen: Marked::default(),
            changed_copies: HashMap::new(),
            inherited: Inherited::default(),
            pruned: Marked::default(),
            passed_over: Marked::default(),
            now_skipped: NowSkipped::default(),
            unseen: Marked::default(),
            with_gaps: Marked::default(),
            again: HashSet::new(),
            told: ToldCopies::default(),
            since_commit: SinceCommit::default(),
            restored: Marked::default(),
            dropped: HashSet::new(),
            sites: Sites::default(),
            unresolved: HashSet::new(),
        }
    }

    pub fn observer(&self) -> &'a dyn Observer {
        self.observer
    }

    pub(super) fn indexer(&self) -> &'a I {
        self.indexer
    }

    /// Whether this run has seen the input at `locator`.
    pub(super) fn was_seen(&self, locator: &Locator) -> bool {
        self.seen.contains(locator) || self.restored.contains(locator)
    }

    /// Notes that this run has seen the input at `locator`.
    pub(super) fn see(&mut self, locator: &Locator) {
        self.seen.insert(locator);
    }

    /// Notes that an export told of the input of `record`, which may still be seen itself.
    pub(super) fn note_restored(&mut self, record: &InputRecord) {
        let article = record.article.filter(|_| record.state == InputState::Indexed);
        self.restored.insert(&record.locator);
        self.since_commit.restored.insert(Mark::of(record.locator.as_str()), article);
    }

    /// What an export told in this run of the input that is `now` read, if it did: that gives way to the input itself,
    /// unless it is set aside.
    fn told_before(&mut self, now: &InputRecord) -> Result<Option<InputRecord>, Error> {
        let locator = &now.locator;
        if !self.restored.remove(locator) {
            return Ok(None);
        }
        if now.state == InputState::SetAside {
            return self.known_of(locator);
        }
        let article = self.article_restored_for(locator)?;
        let state = if article.is_some() { InputState::Indexed } else { InputState::Skipped };
        Ok(Some(InputRecord { article, ..InputRecord::new(locator.clone(), state) }))
    }

    pub fn report(&self) -> &Report {
        &self.report
    }

    /// What is left of it at the end of its run.
    pub fn into_parts(self) -> (Sites, Report, Orphans) {
        (self.sites, self.report, self.orphans)
    }

    pub fn interrupt(&mut self) {
        self.report.interrupted = true;
    }

    /// Takes the next input in order.
    pub fn take(&mut self, item: Item) -> Result<(), Error> {
        match item {
            Item::Failed(error) => return Err(error.into()),
            Item::Refused { locator, refusal } => self.refused(locator, refusal)?,
            Item::Entered(folder) => {
                self.seen.insert(&folder);
                self.indexer.remove_input(&folder);
            }
            Item::UnchangedContainer(locator) => {
                self.seen.insert(&locator);
            }
            Item::Unchanged(record) => {
                if self.seen.insert(&record.locator) {
                    self.tell_of_known(&record, Some(&record), &as_before(&record), 0);
                }
            }
            Item::Touched { record, bytes, line } => {
                if self.seen.insert(&record.locator) {
                    let known = self.as_it_is_now(record);
                    self.note_heir(&known);
                    let record = known.clone().read_again();
                    self.replace_record(&record)?;
                    self.tell_of_known(&record, Some(&known), &as_before(&record), bytes);
                    self.commit_in_time(bytes)?;
                } else if let Some(line) = line {
                    self.given_twice(record, line, bytes)?;
                }
            }
            Item::Gap { file, made } => {
                self.with_gaps.insert(&file);
                self.take(*made)?;
            }
            Item::Container { record, known, whole } => {
                if !whole {
                    self.unseen.insert(&record.locator);
                }
                self.container(record, known.as_ref(), whole)?;
            }
            Item::Made { record, line: Some(line), bytes, .. } if self.seen.contains(&record.locator) => {
                self.given_twice(record, line, bytes)?;
            }
            Item::Made { record, known, article, bytes, .. } => {
                let known = self.told_before(&record)?.or(known);
                self.made(record, known, article, bytes)?;
            }
            Item::Restored(restored) => self.restored(*restored)?,
            Item::Recurring(recurring) => self.restore_recurring(recurring),
        }
        Ok(())
    }

    /// The end of a file of records. One that has lost some isn't taken for unchanged, so that a later run
    /// sees which it still holds, and can prune the others.
    fn container(
        &mut self,
        mut record: InputRecord,
        known: Option<&InputRecord>,
        whole: bool,
    ) -> Result<(), Error> {
        self.seen.insert(&record.locator);
        self.forget_article(known, None)?;
        let holds_all = whole && (known.is_none() || self.forget_faults_in(&record.locator)?);
        record.stamp = record.stamp.filter(|_| holds_all);
        Ok(self.replace_record(&record)?)
    }

    /// Forgets what was wrong in `container` and is no more; whether all else that it held is there still.
    fn forget_faults_in(&mut self, container: &Locator) -> Result<bool, IndexError> {
        let (mut gone, mut unseen) = (0, 0);
        for of_old in self.indexer.inputs_in(container)? {
            let of_old = of_old?;
            match of_old.state {
                _ if self.was_seen(&of_old.locator) => {}
                _ if self.may_be_there(&of_old) => unseen += 1,
                InputState::Skipped | InputState::SetAside => self.indexer.remove_input(&of_old.locator),
                _ if self.may_be_in_a_gap(&of_old) => unseen += 1,
                InputState::Indexed | InputState::Duplicate | InputState::Container => gone += 1,
            }
        }
        if !self.reads_again() {
            self.report.gone += gone;
        }
        Ok(gone + unseen == 0)
    }

    /// Whether this run couldn't look into something that the input of `record` lies in, or was told by.
    fn may_be_there(&self, record: &InputRecord) -> bool {
        let told_by = record.container.as_ref().is_some_and(|file| self.unseen.contains_around(file));
        told_by || self.unseen.contains_around(&record.locator)
    }

    /// Whether the input of `record` may lie where its file couldn't be read.
    fn may_be_in_a_gap(&self, record: &InputRecord) -> bool {
        record.container.as_ref().is_some_and(|file| self.with_gaps.contains(file))
    }

    fn made(
        &mut self,
        mut record: InputRecord,
        known: Option<InputRecord>,
        article: Option<Box<PreparedArticle>>,
        bytes: u64,
    ) -> Result<(), Error> {
        if !self.seen.insert(&record.locator) {
            return Ok(());
        }
        let known = known.map(|known| self.as_it_is_now(known));
        if record.state == InputState::SetAside {
            // If it has members they can't be seen, and may still be there.
            self.unseen.insert(&record.locator);
            if let Some(standing) = self.standing(known.as_ref())? {
                return self.keep(&record, standing, bytes);
            }
        }
        record.noted.run = self.run.number;
        let text_bytes = article.as_ref().map_or(0, |article| article.stored.article.text.len());
        let mut outcome = match article {
            None => self.without_article(&mut record, known.as_ref())?,
            Some(article) => self.place(&mut record, known.as_ref(), *article)?,
        };
        self.note_digest(&record);
        if outcome == Outcome::Indexed && self.succeeds(known.as_ref()) {
            outcome = Outcome::Updated;
        }
        if known.is_some() {
            self.indexer.remove_input(&record.locator);
        }
        self.indexer.put_input(&record)?;
        self.since_commit.note_copy(&record);
        self.tell_of_known(&record, known.as_ref(), &outcome, bytes);
        // It makes a segment of its own in any case.
        if text_bytes >= LARGE_TEXT_BYTES {
            self.commit()?;
        }
        self.commit_in_time(bytes)
    }

    /// A record whose id the file holds before it: it is kept by its line.
    fn given_twice(&mut self, record: InputRecord, line: Locator, bytes: u64) -> Result<(), IndexError> {
        self.seen.insert(&line);
        let reason = Some("the file holds a record of this id before it".to_owned());
        let record =
            InputRecord { locator: line, state: InputState::SetAside, article: None, reason, ..record };
        self.replace_record(&record)?;
        self.tell(&record, &as_before(&record), bytes);
        Ok(())
    }

    fn without_article(
        &mut self,
        record: &mut InputRecord,
        known: Option<&InputRecord>,
    ) -> Result<Outcome, IndexError> {
        if self.resolve(record)? {
            self.forget_article(known, None)?;
            let is_as_known = known.is_some_and(|known| known.article == record.article);
            return Ok(if is_as_known { Outcome::Unchanged } else { Outcome::Duplicate });
        }
        self.forget_article(known, None)?;
        Ok(as_before(record))
    }

    /// Whether a new article takes the place of the one that its input was a copy of: then that one isn't gone.
    fn succeeds(&mut self, known: Option<&InputRecord>) -> bool {
        let original = known.and_then(|known| known.article);
        let succeeds = original.is_some_and(|original| self.dropped.remove(&original));
        self.report.removed -= u64::from(succeeds);
        succeeds
    }

    /// Puts `article` where it belongs, or finds that it is there.
    fn place(
        &mut self,
        record: &mut InputRecord,
        known: Option<&InputRecord>,
        mut article: PreparedArticle,
    ) -> Result<Outcome, Error> {
        if let Some(original) = self.original_of(&record.locator, article.fingerprint.as_deref())? {
            record.become_copy_of(original, &article.stored.article.metadata);
            self.forget_article(known, None)?;
            return Ok(Outcome::Duplicate);
        }
        let id = self.free_id(&article, &record.locator)?;
        article.stored.id = id;
        record.article = Some(id);
        let was_indexed = self.was_indexed(known);
        self.forget_article(known, Some(Successor::of(&article, id)))?;
        self.sites.note(&article);
        self.put(article, &record.locator)?;
        Ok(if was_indexed { Outcome::Updated } else { Outcome::Indexed })
    }

    /// Puts `article`, which is that of `locator` from here on.
    pub(super) fn put(&mut self, article: PreparedArticle, locator: &Locator) -> Result<(), IndexError> {
        self.since_commit.note(&article, locator);
        self.indexer.put_article(article)
    }

    /// The article's own id, or where another input's article has it one with the locator in it.
    fn free_id(&mut self, article: &PreparedArticle, locator: &Locator) -> Result<ArticleId, IndexError> {
        let own = article.stored.id;
        Ok(match &article.stored.article.metadata.url {
            Some(url) if self.is_taken(own, locator)? => ArticleId::from_url_and_locator(url, locator),
            _ => own,
        })
    }

    pub(super) fn replace_record(&self, record: &InputRecord) -> Result<(), IndexError> {
        self.indexer.remove_input(&record.locator);
        self.indexer.put_input(record)
    }

    /// Drops what was made of inputs under `roots` that this run didn't see. Copies go first: none of them is to take
    /// the place of an article that goes with it.
    pub fn prune(&mut self, roots: &HashSet<Locator>) -> Result<(), Error> {
        self.report.gone = 0;
        // What couldn't be read is known by its record.
        self.commit()?;
        let mut with_articles = false;
        self.prune_those(roots, |record| {
            let has_article = record.state == InputState::Indexed;
            with_articles |= has_article;
            !has_article
        })?;
        if with_articles {
            self.prune_those(roots, |record| record.state == InputState::Indexed)?;
        }
        Ok(())
    }

    /// The same for those of the inputs that are `wanted`.
    fn prune_those(
        &mut self,
        roots: &HashSet<Locator>,
        mut wanted: impl FnMut(&InputRecord) -> bool,
    ) -> Result<(), Error> {
        let indexer = self.indexer;
        for record in indexer.all_inputs()? {
            let record = record?;
            if !self.is_gone_from(roots, &record) || !wanted(&record) {
                continue;
            }
            self.pruned.insert(&record.locator);
            self.indexer.remove_input(&record.locator);
            self.forget_article(Some(&record), None)?;
            if let Some(skipped) = self.now_skipped.record_of(&record.locator) {
                self.indexer.put_input(&skipped)?;
            }
            self.report.pruned += 1;
            self.observer.removed(&record);
        }
        Ok(())
    }

    /// Whether the input of `record` was looked for under `roots`, and isn't there.
    fn is_gone_from(&self, roots: &HashSet<Locator>, record: &InputRecord) -> bool {
        let is_under_roots = |place: &Locator| place.around().any(|place| roots.contains(&place));
        // What an export told of lies elsewhere.
        let was_read = |container: &Locator| self.seen.contains(container);
        let asked_for = is_under_roots(&record.locator)
            || record.container.as_ref().is_some_and(|file| is_under_roots(file) && was_read(file));
        let may_be_there = self.may_be_there(record) || self.may_be_in_a_gap(record);
        asked_for && !self.was_seen(&record.locator) && !may_be_there
    }

    pub(super) fn commit_in_time(&mut self, bytes: u64) -> Result<(), Error> {
        if self.pace.is_due_after(bytes + BYTES_OF_AN_INPUT) {
            self.commit()?;
        }
        Ok(())
    }

    /// Commits what was done, and the account of it: no more is known of a run that is killed.
    pub(super) fn commit(&mut self) -> Result<(), IndexError> {
        self.indexer.set_run(run_of(&self.run, &self.report, &self.orphans, false));
        self.indexer.commit()?;
        self.forget_committed();
        Ok(())
    }
}
