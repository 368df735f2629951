//! The threads of a run: one that reads, several that extract, and the caller's, which plans.

use std::collections::{BTreeMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use super::account::{bytes_of, noted, noted_of, record_of, state_of};
use super::budget::{Budget, ClosesBudget, cost_of};
use super::ledger::{Item, Ledger};
use super::marks::Marked;
use super::page_time::in_page_time;
use super::restored::Restored;
use super::unchanged::was_beyond_others;
use super::{Options, Preparer, Trust, vocabulary};
use crate::engine::{Indexer, InputRecord, InputState, Noted, PreparedArticle, StoredArticle};
use crate::error::{Error, IndexError};
use crate::extract::{self, extract_in_time};
use crate::model::{Locator, RawDocument};
use crate::source::{Content, Exported, FoundFile, Member, Members, Refusal, open};

/// Stack of a worker, in bytes.
const WORKER_STACK_BYTES: usize = 8 << 20;

/// Why nothing was made of an input that the program failed on.
const OUR_FAULT: &str = "extraction failed: this is a fault of ibid";

/// Something to do, with its place in the order of inputs and its share of the budget.
struct Job {
    order: u64,
    cost: usize,
    task: Task,
}

enum Task {
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
struct Document {
    file: FoundFile,
    member: Member,
    known: Option<InputRecord>,
}

/// Something done.
struct Done {
    order: u64,
    cost: usize,
    item: Result<Item, IndexError>,
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
        let reader = Reader {
            indexer,
            files_again: again.iter().map(Locator::container).collect(),
            options,
            budget: &budget,
            jobs: job_sender,
            order: 0,
            observer,
            read: Marked::default(),
            folder: PathBuf::new(),
            told_bytes: 0,
        };
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

pub(super) struct Reader<'a, I> {
    pub(super) indexer: &'a I,
    /// The files of inputs that are read whatever is known of them.
    pub(super) files_again: HashSet<&'a str>,
    pub(super) options: &'a Options,
    budget: &'a Budget,
    jobs: Sender<Job>,
    order: u64,
    observer: &'a dyn super::Observer,
    /// Files that were read: one that lies under two of the given paths is one input.
    read: Marked,
    /// The folder of the last file.
    folder: PathBuf,
    /// How much of the file that is being read was told of, in bytes.
    told_bytes: u64,
}

impl<I: Indexer> Reader<'_, I> {
    fn read(
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

    /// Tells of the folders that what was found at `path` lies in if they were set aside or skipped before: each once, as
    /// files come folder by folder.
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
            Err(refusal) => self.pass_on(without_content(&file, &refusal, known)),
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
                return self.pass_on(without_content(file, refusal, known));
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
fn without_content(file: &FoundFile, refusal: &Refusal, known: Option<InputRecord>) -> Item {
    let record = record_of(file, None, state_of(refusal)).because(refusal.reason());
    Item::Made { record: record.of_bytes(file.stamp.bytes), known, article: None, bytes: 0, line: None }
}

/// What was made of an input.
struct Read {
    article: PreparedArticle,
    noted: Noted,
    /// What of the document is lost, each in a sentence.
    losses: Vec<String>,
}

impl Read {
    /// What the article lacks of its document, if it lacks anything.
    fn lacks(&self) -> Option<String> {
        let words_left_out = self.article.leaves_words_out.then(vocabulary::words_left_out);
        let reasons: Vec<String> = self.losses.iter().cloned().chain(words_left_out).collect();
        (!reasons.is_empty()).then(|| reasons.join("; "))
    }
}

/// `record` of an input that isn't read: a revisit is still known by what it revisits.
fn refused(record: InputRecord, refusal: &Refusal) -> InputRecord {
    let noted = match refusal {
        Refusal::Revisit => record.noted,
        _ => Noted { bytes: record.noted.bytes, ..Noted::default() },
    };
    InputRecord { state: state_of(refusal), noted, ..record }.because(refusal.reason())
}

struct Worker<'a, I> {
    indexer: &'a I,
    again: &'a HashSet<Locator>,
    options: &'a Options,
    stop: &'a AtomicBool,
    preparer: Preparer,
}

impl<I: Indexer> Worker<'_, I> {
    fn work(mut self, jobs: &Receiver<Job>, done: &Sender<Done>) {
        for Job { order, cost, task } in jobs {
            // What isn't begun is left to the next run; what comes behind it isn't taken.
            if self.stop.load(Ordering::Relaxed) {
                return;
            }
            let item = match task {
                Task::Done(item) => Ok(*item),
                Task::Document(document) => Ok(self.document(*document)),
                Task::Member { file, member } => self.member(&file, member),
            };
            if done.send(Done { order, cost, item }).is_err() {
                return;
            }
        }
    }

    fn document(&mut self, Document { file, member, known }: Document) -> Item {
        let record = record_of(&file, member.hash(), InputState::Indexed).of_bytes(bytes_of(&member));
        self.made(record, self.raw_document(member).map_err(|(_, refusal)| refusal), known, None)
    }

    fn member(&mut self, file: &Locator, member: Member) -> Result<Item, IndexError> {
        match member.exported(file) {
            Ok(None) => {}
            Ok(Some(Exported::Recurring(recurring))) => return Ok(Item::Recurring(recurring)),
            Ok(Some(Exported::Input { record, article })) => {
                return self.restored(*record, article, member);
            }
            Err(refusal) => {
                let content = Err(refusal);
                return self.member(file, Member { content, ..member });
            }
        }
        let (hash, noted) = (member.hash(), noted_of(&member));
        let place = member.locator.clone();
        let (locator, raw) = match self.raw_document(member) {
            Ok(raw) => (raw.locator.clone(), Ok(raw)),
            Err((locator, refusal)) => (locator, Err(refusal)),
        };
        let known = self.indexer.input(&locator)?;
        let line = (place != locator).then_some(place);
        let record = InputRecord {
            locator,
            container: Some(file.clone()),
            state: InputState::Indexed,
            article: None,
            reason: None,
            stamp: None,
            hash,
            noted,
        };
        Ok(self.made(record, raw, known, line))
    }

    /// What the line `member` of an export says of an input.
    fn restored(
        &mut self,
        record: InputRecord,
        article: Option<Box<StoredArticle>>,
        member: Member,
    ) -> Result<Item, IndexError> {
        let bytes = bytes_of(&member);
        let known = self.indexer.input(&record.locator)?;
        let prepare = AssertUnwindSafe(|| article.map(|stored| self.preparer.prepare_again(*stored)));
        let article = match catch_unwind(prepare) {
            Ok(article) => article.map(Box::new),
            Err(_) => return Ok(Item::refused(member.locator, Refusal::SetAside(OUR_FAULT.to_owned()))),
        };
        if known.as_ref() == Some(&record) && self.is_kept(article.as_deref())? {
            return Ok(Item::Unchanged(record));
        }
        Ok(Item::Restored(Box::new(Restored { record, known, article, bytes, line: member.locator })))
    }

    /// Whether the index keeps `article` as it is.
    fn is_kept(&self, article: Option<&PreparedArticle>) -> Result<bool, IndexError> {
        let Some(PreparedArticle { stored, .. }) = article else { return Ok(true) };
        Ok(self.indexer.article(stored.id)?.as_ref() == Some(stored))
    }

    /// What was read as a document. A fault of the program itself is that of what was read.
    fn raw_document(&self, member: Member) -> Result<RawDocument, (Locator, Refusal)> {
        let place = member.locator.clone();
        let attempt =
            AssertUnwindSafe(|| member.into_raw_document(&self.options.limits, &self.options.pdf_reader));
        catch_unwind(attempt).unwrap_or_else(|_| Err((place, Refusal::SetAside(OUR_FAULT.to_owned()))))
    }

    /// What the input `record` with the content `raw` is made into.
    fn made(
        &mut self,
        record: InputRecord,
        raw: Result<RawDocument, Refusal>,
        known: Option<InputRecord>,
        line: Option<Locator>,
    ) -> Item {
        let raw = match raw {
            Ok(raw) => raw,
            Err(refusal) => {
                let record = refused(record, &refusal);
                return Item::Made { record, known, article: None, bytes: 0, line };
            }
        };
        let bytes = raw.bytes.len() as u64;
        if let Some(known) = &known
            && known.hash == record.hash
            && known.container == record.container
            && self.trusts(known.state)
            && !self.again.contains(&record.locator)
            && !was_beyond_others(known, self.options)
        {
            let record = InputRecord { stamp: record.stamp, ..known.clone() };
            return Item::Touched { record, bytes, line };
        }
        let record = record.of_bytes(bytes);
        let (record, article) = match self.article(raw) {
            Ok(read) => {
                let reason = read.lacks();
                let noted = Noted { digest: record.noted.digest, ..read.noted };
                (InputRecord { reason, noted, ..record }, Some(Box::new(read.article)))
            }
            Err(refusal) => {
                (InputRecord { state: state_of(&refusal), ..record }.because(refusal.reason()), None)
            }
        };
        Item::Made { record, known, article, bytes, line }
    }

    /// Whether an input of the same bytes that ended in `state` is taken for unchanged.
    fn trusts(&self, state: InputState) -> bool {
        match self.options.trust {
            Trust::SizeAndTime | Trust::Hashes => true,
            Trust::HashesOfWhatWasRead => state != InputState::SetAside,
            Trust::Nothing => false,
        }
    }

    /// One bad page never ends a run: a fault of the program itself is the page's too.
    fn article(&mut self, raw: RawDocument) -> Result<Read, Refusal> {
        let attempt = AssertUnwindSafe(|| -> Result<Read, Refusal> {
            let options: &extract::Options = &self.options.extract;
            let extraction = in_page_time(&self.options.limits, &raw.locator, |is_over| {
                extract_in_time(&raw, options, is_over)
            })?;
            let noted = noted(&raw, &extraction);
            let losses = extraction.warnings.iter().filter(|warning| warning.is_of_loss());
            let losses = losses.map(ToString::to_string).collect();
            // A large page isn't kept beside all that is made of it.
            drop(raw);
            Ok(Read { article: self.preparer.prepare(extraction.article), noted, losses })
        });
        catch_unwind(attempt).unwrap_or_else(|_| Err(Refusal::SetAside(OUR_FAULT.to_owned())))
    }
}
