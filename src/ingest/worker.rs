//! [`Worker`]: a thread that extracts. What it makes is taken by the ledger, on the thread that plans.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::{Receiver, Sender};

use super::account::{bytes_of, judged, noted, noted_of, record_of, state_of};
use super::ledger::Item;
use super::page_time::in_page_time;
use super::pipeline::{Document, Done, Job, Task};
use super::restored::Restored;
use super::unchanged::was_beyond_others;
use super::{Options, Preparer, Trust, vocabulary};
use crate::engine::{Indexer, InputRecord, InputState, Noted, PreparedArticle, StoredArticle};
use crate::error::IndexError;
use crate::extract::{self, extract_in_time};
use crate::model::{Locator, RawDocument};
use crate::source::{Exported, Member, Refusal};

/// Why nothing was made of an input that the program failed on.
const OUR_FAULT: &str = "extraction failed: this is a fault of ibid";

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

/// Makes of what was read what the ledger takes.
pub(super) struct Worker<'a, I> {
    pub indexer: &'a I,
    /// The inputs that are extracted whatever is known of them.
    pub again: &'a HashSet<Locator>,
    pub options: &'a Options,
    pub stop: &'a AtomicBool,
    pub preparer: Preparer,
}

impl<I: Indexer> Worker<'_, I> {
    /// Does `jobs` until there are no more, or `stop` is set.
    pub fn work(mut self, jobs: &Receiver<Job>, done: &Sender<Done>) {
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
                return self.member(file, Member { content, is_gap: true, ..member });
            }
        }
        let (is_gap, is_line) = (member.is_gap, member.is_line());
        let (hash, noted) = (member.hash(), noted_of(&member));
        let place = member.locator.clone();
        let (locator, raw) = match self.raw_document(member) {
            Ok(raw) => (raw.locator.clone(), Ok(raw)),
            Err((locator, refusal)) => (locator, Err(refusal)),
        };
        let known = self.indexer.input(&locator)?;
        // A line that can't be read doesn't tell the name that it was known by.
        let is_gap = is_gap || is_line && place == locator && matches!(raw, Err(Refusal::SetAside(_)));
        let line = (place != locator).then_some(place);
        let record = InputRecord::new(locator, InputState::Indexed);
        let record = InputRecord { container: Some(file.clone()), hash, noted, ..record };
        let made = self.made(record, raw, known, line);
        Ok(if is_gap { Item::Gap { file: file.clone(), made: Box::new(made) } } else { made })
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
                let record = refused(record, &judged(refusal, known.as_ref()));
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
