//! [`Reader`]: the thread that reads. What a file's content is made into is a worker's matter; what of the files need
//! not be read is told in `unchanged.rs`.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crossbeam_channel::Sender;

use super::account::{bytes_of, judged, record_of, state_of};
use super::budget::{Budget, cost_of};
use super::ledger::Item;
use super::marks::Marked;
use super::pipeline::{Document, Job, Task};
use super::{Observer, Options};
use crate::engine::{Indexer, InputRecord, InputState};
use crate::model::Locator;
use crate::source::{Content, FoundFile, Members, Refusal, open};

/// Reads files, and passes on what lies in them, or what is known of it.
pub(super) struct Reader<'a, I> {
    pub(super) indexer: &'a I,
    /// The files of inputs that are read whatever is known of them.
    pub(super) files_again: HashSet<&'a str>,
    pub(super) options: &'a Options,
    budget: &'a Budget,
    jobs: Sender<Job>,
    order: u64,
    observer: &'a dyn Observer,
    /// Files that were read: one that lies under two of the given paths is one input.
    read: Marked,
    /// The folder of the last file.
    folder: PathBuf,
    /// How much of the file that is being read was told of, in bytes.
    told_bytes: u64,
}

impl<'a, I: Indexer> Reader<'a, I> {
    /// A reader that sends what it reads to `jobs`. The inputs in `again` are read whatever is known of them.
    pub fn new(
        indexer: &'a I,
        again: &'a HashSet<Locator>,
        options: &'a Options,
        observer: &'a dyn Observer,
        budget: &'a Budget,
        jobs: Sender<Job>,
    ) -> Self {
        Self {
            indexer,
            files_again: again.iter().map(Locator::container).collect(),
            options,
            budget,
            jobs,
            order: 0,
            observer,
            read: Marked::default(),
            folder: PathBuf::new(),
            told_bytes: 0,
        }
    }

    /// Reads `files` until it has `ended`.
    pub fn read(
        mut self,
        files: impl Iterator<Item = Result<FoundFile, (Locator, Refusal)>>,
        ended: &impl Fn() -> bool,
    ) {
        for found in files {
            if ended() {
                return;
            }
            match found {
                Err((locator, refusal)) => {
                    if matches!(refusal, Refusal::Skip(_)) {
                        self.enter_folder(&locator.path());
                    }
                    self.pass_on(Item::refused(locator, refusal));
                }
                Ok(file) if self.read.insert(&file.locator) => {
                    self.told_bytes = 0;
                    let bytes = file.stamp.bytes;
                    self.enter_folder(&file.path);
                    self.read_file(file, ended);
                    self.tell_read(bytes);
                }
                Ok(_) => {}
            }
        }
    }

    /// Tells of the folders that what was found at `path` lies in if they were set aside or skipped before: each once,
    /// as files come folder by folder.
    fn enter_folder(&mut self, path: &Path) {
        let folder = path.parent().unwrap_or(path);
        let last = std::mem::replace(&mut self.folder, folder.to_owned());
        for entered in folder.ancestors().take_while(|entered| !last.starts_with(entered)) {
            match self.indexer.input(&Locator::file(entered)) {
                Ok(Some(known)) if matches!(known.state, InputState::SetAside | InputState::Skipped) => {
                    self.pass_on(Item::Entered(known.locator));
                }
                Ok(_) => {}
                Err(error) => self.pass_on(Item::Failed(error)),
            }
        }
    }

    fn read_file(&mut self, file: FoundFile, ended: &impl Fn() -> bool) {
        let known = match self.indexer.input(&file.locator) {
            Ok(known) => known,
            Err(error) => return self.send(cost_of(0), Task::Done(Box::new(Item::Failed(error)))),
        };
        if let Some(known) = &known
            && self.is_unchanged(&file, known)
        {
            // Neither size nor time tell that nobody lets it be read any more.
            if let Err(refusal) = file.may_be_read() {
                return self.pass_on(Item::refused(file.locator, refusal));
            }
            if self.pass_on_unchanged(known) {
                return;
            }
        }
        match open(&file, &self.options.limits) {
            Err(refusal @ Refusal::Unreadable(_)) => self.pass_on(Item::refused(file.locator, refusal)),
            Err(refusal) => self.pass_on(without_content(&file, refusal, known)),
            Ok(Content::Document(packed)) => {
                let cost = cost_of(packed.bytes.len());
                let member = packed.at(file.locator.clone());
                self.send(cost, Task::Document(Box::new(Document { file, member, known })));
            }
            Ok(Content::Container(members)) => self.read_members(&file, members, known, ended),
        }
    }

    fn read_members(
        &mut self,
        file: &FoundFile,
        mut members: Members,
        known: Option<InputRecord>,
        ended: &impl Fn() -> bool,
    ) {
        // A file that can't be read to its end says so in one of its members.
        let mut whole = true;
        while let Some(member) = members.next() {
            if ended() {
                return;
            }
            self.tell_read(members.bytes_read());
            if let (Err(refusal), true) = (&member.content, member.locator == file.locator) {
                return self.pass_on(without_content(file, refusal.clone(), known));
            }
            whole &= !member.is_cut_off;
            let cost = cost_of(bytes_of(&member) as usize);
            self.send(cost, Task::Member { file: file.locator.clone(), member });
        }
        let record = record_of(file, None, InputState::Container);
        self.pass_on(Item::Container { record, known, whole });
    }

    /// Tells that of the file that is being read `bytes` bytes are read.
    fn tell_read(&mut self, bytes: u64) {
        self.observer.read(bytes.saturating_sub(self.told_bytes));
        self.told_bytes = bytes.max(self.told_bytes);
    }

    /// Passes on what a worker has nothing to do with.
    pub(super) fn pass_on(&mut self, item: Item) {
        self.send(cost_of(0), Task::Done(Box::new(item)));
    }

    fn send(&mut self, cost: usize, task: Task) {
        self.observer.found(1);
        if self.budget.take(cost) {
            // The workers end after the reader, so somebody receives.
            let _ = self.jobs.send(Job { order: self.order, cost, task });
            self.order += 1;
            self.budget.wait_while_overdrawn();
        }
    }
}

/// A file that gives neither an article nor members, for the reason of `refusal`.
fn without_content(file: &FoundFile, refusal: Refusal, known: Option<InputRecord>) -> Item {
    let refusal = judged(refusal, known.as_ref());
    let record = record_of(file, None, state_of(&refusal)).because(refusal.reason());
    Item::Made { record: record.of_bytes(file.stamp.bytes), known, article: None, bytes: 0, line: None }
}
