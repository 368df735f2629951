//! [`IndexWriter`]: changes an index, one commit at a time.

use std::mem;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::{Mutex, MutexGuard, RwLock};
use tantivy::index::SegmentId;
use tantivy::indexer::{IndexWriterOptions, NoMergePolicy};
use tantivy::{DocAddress, IndexReader, TantivyError, Term};

use super::acronyms;
use super::directory::Files;
use super::document::IndexedDocument;
use super::evidence::{pack, pack_key};
use super::failure::failure;
use super::fields::{ARTICLE, COPY, Fields, INPUT, WITHOUT_RECURRING};
use super::holder::{Holder, Told};
use super::manifest::Manifest;
use super::merges::{MergesOfSmall, Pause};
use super::queue::{Queue, Queued};
use super::reader::IndexSearcher;
use super::record::Record;
use super::remembered::input_key;
use super::salvage::remove_leftovers;
use super::seal::sealed_text;
use super::unfinished::remove_unfinished;
use super::{Index, breaks};
use crate::analysis::{Analyzer, analysed_as};
use crate::dedup::Recurring;
use crate::engine::{
    Indexer, InputRecord, InputState, Inputs, LARGE_TEXT_BYTES, Owner, PreparedArticle, Run, StoredArticle,
};
use crate::error::IndexError;
use crate::model::{ArticleId, Language, Locator, days_since_epoch};
use crate::query::Detail;
use crate::terms::HeldTerms;

/// How much a writer may use.
#[derive(Clone, Copy, Debug)]
pub struct WriterOptions {
    /// Memory that is filled before a segment is written, in bytes; at least 15 MB.
    pub memory_bytes: usize,
    /// Whether small segments are merged as more come. Without it each stays as it was written until the index is made
    /// compact.
    pub merges: bool,
}

impl Default for WriterOptions {
    fn default() -> Self {
        Self { memory_bytes: 96 << 20, merges: true }
    }
}

/// Bytes of documents that may wait to be indexed: enough to keep the indexing thread busy, and indexed within a
/// fraction of a second where a run is interrupted.
const MAX_WAITING_BYTES: usize = 8 << 20;

/// Blocks of texts of a segment that are kept once they were read: records that follow one another lie in one. A large
/// article is a block by itself.
const BLOCKS_KEPT: usize = 1;

/// Bytes that the record of an input mostly takes.
const BYTES_OF_AN_INPUT: usize = 512;

/// Bytes that the record of an article mostly takes beside its text.
const BYTES_BESIDE_A_TEXT: usize = 4 << 10;

/// The writer of an index. What it is asked about is the state of the last commit.
pub struct IndexWriter {
    /// Tantivy wants it for itself to commit; adding and deleting share it.
    writer: RwLock<tantivy::IndexWriter<Queued>>,
    queue: Arc<Queue>,
    merges_pause: Pause,
    /// Whether a large text came since the last commit.
    has_large: AtomicBool,
    reader: IndexReader,
    committed: RwLock<Arc<IndexSearcher>>,
    fields: Fields,
    path: PathBuf,
    manifest: Mutex<Manifest>,
    told: Mutex<Option<Told>>,
    /// Reads the names and addresses of copies.
    plain: Mutex<Analyzer>,
}

impl IndexWriter {
    pub(super) fn new(index: &Index, options: WriterOptions) -> Result<Self, IndexError> {
        let index = Index::open_files(&index.path, Files::by_pieces)?;
        let tantivy_options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .memory_budget_per_thread(options.memory_bytes)
            .num_merge_threads(1)
            .build();
        let writer = index.tantivy.writer_with_options(tantivy_options);
        let writer = writer.map_err(|error| failure(&index.path, "opening it for writing", error))?;
        remove_leftovers(&index.path);
        remove_unfinished(&index);
        let merges_pause = Pause::default();
        if options.merges {
            writer.set_merge_policy(Box::new(MergesOfSmall::new(&index.path, merges_pause.clone())));
        } else {
            writer.set_merge_policy(Box::new(NoMergePolicy));
        }
        let manifest = index.manifest()?.with_lineage();
        let reader = index.reader(BLOCKS_KEPT)?;
        let committed = IndexSearcher::new(reader.searcher(), index.fields.clone(), index.path.clone())?;
        Ok(Self {
            writer: RwLock::new(writer),
            queue: Arc::default(),
            merges_pause,
            has_large: AtomicBool::new(false),
            reader,
            committed: RwLock::new(Arc::new(committed)),
            fields: index.fields,
            path: index.path,
            manifest: Mutex::new(manifest),
            told: Mutex::default(),
            plain: Mutex::new(Analyzer::new(Language::OTHER)),
        })
    }

    /// Tells whoever finds the index locked that `holder` writes to it.
    pub fn tell(&self, holder: &Holder) {
        *self.told.lock() = Some(Told::new(&self.path, holder));
    }

    /// Waits until merges that are under way have ended, gives the lock back, and leaves what makes queries quicker.
    ///
    /// # Errors
    ///
    /// If a merge failed.
    pub fn finish(self) -> Result<(), IndexError> {
        let path = self.path;
        let writer = self.writer.into_inner();
        writer.wait_merging_threads().map_err(|error| failure(&path, "merging segments", error))?;
        // Where that can't be written, or another writes already, a query takes longer and finds the same.
        let _ = Index::open(&path).and_then(|index| index.keep_long_words());
        Ok(())
    }

    /// Gives the lock back, and removes what isn't committed: of a run that failed nothing is left but its commits.
    pub fn abandon(self) {
        let Self { writer, reader, path, .. } = self;
        drop((writer, reader));
        let Ok(index) = Index::open(&path) else { return };
        let Ok(files) = Files::open(&path) else { return };
        // Who has written since has removed it.
        if let Ok(_lock) = files.lock_for_writing() {
            remove_unfinished(&index);
        }
    }

    /// Puts `segments` into one, and waits until that is done.
    pub(super) fn merge(&self, segments: &[SegmentId]) -> Result<(), IndexError> {
        let merge = self.writer.write().merge(segments);
        merge.wait().map(drop).map_err(|error| failure(&self.path, "merging segments", error))
    }

    /// Asks from here on what the last commit says.
    fn look_anew(&self) -> Result<(), IndexError> {
        self.reader.reload().map_err(|error| failure(&self.path, "committing", error))?;
        let searcher = IndexSearcher::new(self.reader.searcher(), self.fields.clone(), self.path.clone())?;
        *self.committed.write() = Arc::new(searcher);
        Ok(())
    }

    /// Removes the files that the last commit doesn't speak of.
    pub(super) fn collect_garbage(&self) -> Result<(), IndexError> {
        // Those that are being read stay.
        self.look_anew()?;
        let writer = self.writer.read();
        let collected = writer.garbage_collect_files().wait();
        collected.map(drop).map_err(|error| failure(&self.path, "removing files", error))
    }

    fn writing(&self, error: TantivyError) -> IndexError {
        failure(&self.path, "writing", error)
    }

    /// Why the thread that indexes ended, if `error` says that it did: its own error comes with the next commit.
    fn cause_of(&self, error: TantivyError) -> TantivyError {
        if !matches!(error, TantivyError::ErrorInThread(_)) {
            return error;
        }
        let mut writer = self.writer.write();
        writer.prepare_commit().err().map_or(error, of_indexing)
    }

    fn manifest(&self) -> MutexGuard<'_, Manifest> {
        self.manifest.lock()
    }

    fn committed(&self) -> Arc<IndexSearcher> {
        Arc::clone(&self.committed.read())
    }

    /// The inputs of the last commit at the addresses that `find` finds.
    fn inputs_at(
        &self,
        find: impl FnOnce(&IndexSearcher) -> Result<Vec<DocAddress>, IndexError>,
    ) -> Result<Inputs<'static>, IndexError> {
        let committed = self.committed();
        let found = find(&committed)?;
        Ok(Box::new(found.into_iter().map(move |address| committed.input_at(address))))
    }

    fn add(&self, document: IndexedDocument) -> Result<(), IndexError> {
        let document = self.queue.enter(document);
        let added = self.writer.read().add_document(document);
        added.map_err(|error| self.writing(self.cause_of(error)))?;
        // One that is larger than that is waited for by itself, before another is made.
        self.queue.wait_for(MAX_WAITING_BYTES);
        Ok(())
    }

    fn delete(&self, term: Term) {
        self.writer.read().delete_term(term);
    }

    /// `value` as it is kept, in about so many bytes.
    fn record<T: serde::Serialize>(&self, value: &T, bytes: usize) -> Result<String, IndexError> {
        let failed = |error: String| self.writing(TantivyError::InternalError(error));
        let mut record = Vec::with_capacity(bytes);
        serde_json::to_writer(&mut record, value).map_err(|error| failed(error.to_string()))?;
        String::from_utf8(record).map(sealed_text).map_err(|error| failed(error.to_string()))
    }

    fn article_document(&self, mut article: PreparedArticle) -> Result<IndexedDocument, IndexError> {
        let fields = &self.fields;
        let text_bytes = article.stored.article.text.len();
        let record =
            self.record(&Record::of(&article.stored), text_bytes + text_bytes / 8 + BYTES_BESIDE_A_TEXT)?;
        // The record has it: of a large article there are few copies.
        article.stored.article.text = String::new();
        let mut document = IndexedDocument::default();
        document.add_text(fields.record, record);
        let group = analysed_as(article.stored.article.language());
        if let Some(&stems) = fields.stems.get(group.code()) {
            document.add_text(stems, mem::take(&mut article.stems));
        }
        document.add_text(fields.exact, mem::take(&mut article.exact));
        self.add_description(&article.stored, &mut document);
        if let Some(fingerprint) = &article.fingerprint {
            document.add_text(fields.fingerprint, fingerprint);
        }
        self.add_parts(&mut article, &mut document);
        document.reserve_numbers(article.extents.len() + article.keys.len() + article.breaks.len());
        for &extent in &article.extents {
            document.add_u64(fields.passages, pack(extent));
        }
        for &key in &article.keys {
            document.add_u64(fields.keys, pack_key(key));
        }
        for &start in &article.breaks {
            document.add_u64(fields.breaks, breaks::pack(start));
        }
        for number in article.sketch.packed() {
            document.add_u64(fields.sketch, number);
        }
        for &handle in article.sketch.handles() {
            document.add_u64(fields.handles, u64::from(handle));
        }
        let language = article.stored.article.language();
        acronyms::add(fields.acronym, language, &article.acronyms, &mut document);
        Ok(document)
    }

    /// Adds what is known of the article `stored` beside its words.
    fn add_description(&self, stored: &StoredArticle, document: &mut IndexedDocument) {
        let (fields, metadata) = (&self.fields, &stored.article.metadata);
        document.add_text(fields.kind, ARTICLE);
        if !stored.apart.is_empty() {
            document.add_text(fields.kind, WITHOUT_RECURRING);
        }
        document.add_u64(fields.id, stored.id.number());
        if let Some(given) = &metadata.id {
            document.add_text(fields.given_id, given);
        }
        let language = stored.article.language();
        document.add_text(fields.group, analysed_as(language).code());
        document.add_text(fields.language, language.code());
        if let Some(publisher) = &metadata.publisher {
            document.add_text(fields.publisher_name, publisher);
        }
        if let Some(published) = metadata.published {
            document.add_i64(fields.published_first, days_since_epoch(published.first_day()));
            document.add_i64(fields.published_last, days_since_epoch(published.last_day()));
        }
    }

    fn add_parts(&self, article: &mut PreparedArticle, document: &mut IndexedDocument) {
        let (fields, parts) = (&self.fields, mem::take(&mut article.parts));
        for (field, stream) in [
            (fields.title, parts.title),
            (fields.title_exact, parts.title_exact),
            (fields.heading, parts.heading),
            (fields.heading_exact, parts.heading_exact),
            (fields.author, parts.author),
        ] {
            document.add_text(field, stream);
        }
        self.add_held(parts.held, document);
        for detail in &article.known {
            document.add_text(fields.known, detail.name());
        }
    }

    /// Adds what is looked for of a place that holds an article.
    fn add_held(&self, held: HeldTerms, document: &mut IndexedDocument) {
        for (field, stream) in held.words {
            document.add_text(self.fields.words_of(Some(field)), stream);
        }
        for site in held.sites {
            document.add_text(self.fields.site, site);
        }
    }

    /// Adds what is looked for of a copy of the article `id`, which is `record`.
    fn add_copy(&self, record: &InputRecord, id: ArticleId, document: &mut IndexedDocument) {
        let (fields, held) = (&self.fields, record.held_at());
        document.add_text(fields.kind, COPY);
        document.add_u64(fields.copy_of, id.number());
        if let Some(publisher) = held.publisher {
            document.add_text(fields.publisher_name, publisher);
        }
        for detail in Detail::ALL.into_iter().filter(|&detail| held.knows(detail)) {
            document.add_text(fields.known, detail.name());
        }
        let mut plain = self.plain.lock();
        self.add_held(held.terms(&mut plain), document);
    }
}

impl Indexer for IndexWriter {
    fn input(&self, locator: &Locator) -> Result<Option<InputRecord>, IndexError> {
        self.committed().input(locator)
    }

    fn inputs_of(&self, id: ArticleId) -> Result<Vec<InputRecord>, IndexError> {
        self.committed().inputs_of(id)
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
        self.committed().owner(id)
    }

    fn with_digest(&self, digest: &str) -> Result<Inputs<'_>, IndexError> {
        self.inputs_at(|committed| committed.where_digest_is(digest))
    }

    fn with_fingerprint(&self, fingerprint: &str) -> Result<Option<Owner>, IndexError> {
        self.committed().with_fingerprint(fingerprint)
    }

    fn article(&self, id: ArticleId) -> Result<Option<StoredArticle>, IndexError> {
        self.committed().article(id)
    }

    fn without_recurring(&self) -> Result<Vec<ArticleId>, IndexError> {
        self.committed().without_recurring()
    }

    fn recurring(&self) -> Recurring {
        self.manifest().recurring.clone()
    }

    fn set_recurring(&self, recurring: Recurring) {
        self.manifest().recurring = recurring;
    }

    fn run(&self) -> Run {
        self.manifest().run.clone()
    }

    fn set_run(&self, run: Run) {
        self.manifest().run = run;
    }

    fn put_article(&self, article: PreparedArticle) -> Result<(), IndexError> {
        if article.stored.article.text.len() >= LARGE_TEXT_BYTES {
            self.has_large.store(true, Ordering::Relaxed);
        }
        self.add(self.article_document(article)?)
    }

    fn remove_article(&self, id: ArticleId) {
        self.delete(self.committed().id_term(id));
    }

    fn put_input(&self, record: &InputRecord) -> Result<(), IndexError> {
        let mut document = IndexedDocument::default();
        document.add_text(self.fields.kind, INPUT);
        document.add_text(self.fields.locator, input_key(&record.locator));
        if let Some(container) = &record.container {
            document.add_text(self.fields.container, container.as_str());
        }
        if let Some(id) = record.article {
            document.add_u64(self.fields.made_into, id.number());
            if record.state == InputState::Duplicate {
                self.add_copy(record, id, &mut document);
            }
        }
        // Revisits of what isn't there would only be looked through by those that come after.
        if let Some(digest) = record.noted.digest.as_deref().filter(|_| record.article.is_some()) {
            document.add_text(self.fields.digest, digest);
        }
        document.add_text(self.fields.state, state_code(record.latest().0));
        document.add_text(self.fields.record, self.record(record, BYTES_OF_AN_INPUT)?);
        self.add(document)
    }

    fn remove_input(&self, locator: &Locator) {
        self.delete(self.committed().input_term(locator));
    }

    fn commit(&self) -> Result<(), IndexError> {
        let failed = |error| failure(&self.path, "committing", error);
        self.merges_pause.set(self.has_large.swap(false, Ordering::Relaxed));
        let mut writer = self.writer.write();
        let mut commit = writer.prepare_commit().map_err(|error| failed(of_indexing(error)))?;
        commit.set_payload(&self.manifest().payload().map_err(failed)?);
        commit.commit().map_err(failed)?;
        self.look_anew()
    }
}

/// What the thread that indexes says of a file that can't be written: Tantivy gives that as a fault of its own.
fn of_indexing(error: TantivyError) -> TantivyError {
    match error {
        TantivyError::InternalError(reason) => TantivyError::SystemError(reason),
        error => error,
    }
}

/// What stands for `state` in the index; how it is called elsewhere is another matter.
pub(super) fn state_code(state: InputState) -> &'static str {
    match state {
        InputState::Indexed => "indexed",
        InputState::Duplicate => "duplicate",
        InputState::Skipped => "skipped",
        InputState::SetAside => "set-aside",
        InputState::Container => "container",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dedup::Sketch;
    use crate::engine::{ArticleAcronyms, Parts};
    use crate::model::Article;

    /// An article of so many bytes.
    fn article(number: u64, bytes: usize) -> PreparedArticle {
        let stored = StoredArticle {
            id: ArticleId::from_number(number),
            article: Article { text: "w".repeat(bytes), ..Article::default() },
            passages: Vec::new(),
            apart: Vec::new(),
        };
        PreparedArticle {
            leaves_words_out: false,
            stored,
            fingerprint: None,
            stems: String::new(),
            exact: String::new(),
            breaks: Vec::new(),
            parts: Parts::default(),
            known: Vec::new(),
            extents: Vec::new(),
            keys: Vec::new(),
            sketch: Sketch::default(),
            acronyms: ArticleAcronyms::default(),
        }
    }

    fn writer(folder: &std::path::Path) -> IndexWriter {
        Index::open_or_create(folder).unwrap().writer().unwrap()
    }

    #[test]
    fn no_more_waits_to_be_indexed_than_memory_should_hold() {
        let folder = tempfile::tempdir().unwrap();
        let writer = writer(folder.path());
        for (number, parts) in [(1, 4), (2, 4), (3, 4), (4, 4), (5, 1), (6, 4)] {
            writer.put_article(article(number, 2 * MAX_WAITING_BYTES / parts)).unwrap();
            assert!(writer.queue.waiting() <= MAX_WAITING_BYTES);
        }
        writer.commit().unwrap();
        assert_eq!(writer.queue.waiting(), 0);
    }

    #[test]
    fn whoever_adds_hears_that_the_indexing_thread_has_died() {
        let folder = tempfile::tempdir().unwrap();
        let writer = writer(folder.path());
        std::fs::remove_dir_all(folder.path()).unwrap();
        let large = |number| writer.put_article(article(number, MAX_WAITING_BYTES / 2));
        let failure = (0..20).find_map(|number| large(number).err());
        assert!(matches!(failure, Some(IndexError::Engine { .. })), "{failure:?}");
    }
}
