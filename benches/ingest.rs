//! What it costs to bring an index up to date with folders of pages, whole, beside a floor that nothing can be under
//! which parses by the standard and indexes with Tantivy: a bare parse of the same bytes, and Tantivy alone indexing
//! the same texts, in the same process and on as many threads. The same pages are read out of a web archive too, each a
//! record in gzip.
//!
//! The folders are those that `IBID_BENCH_PAGES` names, parted as in `PATH`, or the shipped corpus.
//!
//! ```sh
//! IBID_BENCH_PAGES=/archive/pages cargo bench --bench ingest
//! ```
//!
//! Times vary with the machine, so the ratio counts. Then the work of single steps is measured, each by itself on one
//! thread over the first pages: core seconds, which say where the time of a run goes.

#![allow(missing_docs, clippy::print_stdout)]

use std::fs::File;
use std::hint::black_box;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use ibid::engine::{InputRecord, PreparedArticle};
use ibid::extract::{self, extract};
use ibid::index::Index;
use ibid::ingest::{Observer, Options, Outcome, Preparer, ingest};
use ibid::model::{Article, Locator, MediaType, Metadata, RawDocument};
use ibid::source::walk;
use tantivy::schema::{IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};

/// Times that a run and its floor are measured, in turn; the fastest of each counts.
const ROUNDS: usize = 3;

/// Bytes of pages that single steps are measured over.
const STEP_BYTES: usize = 100_000_000;

const MEGABYTE: f64 = 1e6;

/// Tells nobody.
struct Silent;

impl Observer for Silent {
    fn found(&self, _: u64) {}

    fn finished(&self, _: &InputRecord, _: &Outcome, _: u64) {}
}

fn files(folders: &[PathBuf]) -> Vec<PathBuf> {
    let found = folders.iter().flat_map(|folder| walk(folder, &[]).expect("the folder is there"));
    let is_page = |path: &PathBuf| path.to_string_lossy().ends_with(".html");
    found.flatten().map(|file| file.path).filter(is_page).collect()
}

fn raw(path: &Path) -> RawDocument {
    RawDocument {
        locator: Locator::file(path),
        media_type: MediaType::Html,
        charset: None,
        metadata: Metadata::default(),
        bytes: std::fs::read(path).expect("a page is read"),
        missing: None,
        unread: Vec::new(),
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}

/// Calls `work` for the number of each of `count` things, on `threads` threads.
fn in_parallel(count: usize, threads: usize, work: impl Fn(usize) + Sync) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= count {
                        break;
                    }
                    work(at);
                }
            });
        }
    });
}

/// One whole run into an index that isn't there yet.
fn whole_run(folders: &[PathBuf], threads: usize) {
    let folder = tempfile::tempdir().expect("a folder for the index");
    let index = Index::open_or_create(folder.path()).expect("an index");
    let writer = index.writer().expect("a writer");
    let options = Options { workers: threads, ..Options::default() };
    ingest(&writer, folders, &options, &AtomicBool::new(false), &Silent).expect("a run");
    writer.finish().expect("merges end");
}

/// Writes the pages `files` into a web archive at `path`.
fn write_web_archive(files: &[PathBuf], path: &Path) -> std::io::Result<()> {
    let mut archive = BufWriter::new(File::create(path)?);
    for (number, file) in files.iter().enumerate() {
        let page = std::fs::read(file)?;
        let answer =
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n", page.len());
        let header = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://archive.example/{number}\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
            answer.len() + page.len()
        );
        let mut record = GzEncoder::new(archive, Compression::default());
        for part in [header.as_bytes(), answer.as_bytes(), &page, b"\r\n\r\n"] {
            record.write_all(part)?;
        }
        archive = record.finish()?;
    }
    archive.flush()
}

/// Reads the pages and parses them, and no more.
fn parse_floor(files: &[PathBuf], threads: usize) {
    in_parallel(files.len(), threads, |at| {
        let bytes = std::fs::read(&files[at]).expect("a page is read");
        black_box(scraper::Html::parse_document(&String::from_utf8_lossy(&bytes)));
    });
}

/// Indexes `texts` in one field with positions and keeps them; with Tantivy's plain analyser, which stems nothing.
fn index_floor(texts: &[String], threads: usize) {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("default")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let mut schema = Schema::builder();
    let text =
        schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing).set_stored());
    let kept = schema.add_text_field("kept", STORED);
    let index = tantivy::Index::create_in_ram(schema.build());
    let mut writer: tantivy::IndexWriter =
        index.writer_with_num_threads(threads, threads * (128 << 20)).expect("a writer");
    for (number, content) in texts.iter().enumerate() {
        let mut document = tantivy::TantivyDocument::new();
        document.add_text(text, content);
        document.add_text(kept, number.to_string());
        writer.add_document(document).expect("a document is added");
    }
    writer.commit().expect("a commit");
    writer.wait_merging_threads().expect("merges end");
}

/// The texts of the articles in `files`, in no order.
fn texts(files: &[PathBuf], threads: usize) -> Vec<String> {
    let texts = Mutex::new(Vec::new());
    in_parallel(files.len(), threads, |at| {
        if let Ok(extraction) = extract(&raw(&files[at]), &extract::Options::default()) {
            texts.lock().expect("no thread panicked").push(extraction.article.text);
        }
    });
    texts.into_inner().expect("no thread panicked")
}

fn row(name: &str, time: Duration, bytes: usize, whole: Duration) {
    let seconds = time.as_secs_f64();
    let speed = bytes as f64 / MEGABYTE / seconds;
    println!("{name:36}{seconds:>10.2}{speed:>10.1}{:>10.2}", seconds / whole.as_secs_f64());
}

/// What single steps take on one thread, over the first of `files`.
fn steps(files: &[PathBuf]) {
    let mut pages = Vec::new();
    let mut bytes = 0;
    let reading = timed(|| {
        for path in files {
            pages.push(raw(path));
            bytes += pages[pages.len() - 1].bytes.len();
            if bytes >= STEP_BYTES {
                break;
            }
        }
    });
    let parsing = timed(|| {
        for page in &pages {
            black_box(scraper::Html::parse_document(&String::from_utf8_lossy(&page.bytes)));
        }
    });
    let mut articles: Vec<Article> = Vec::new();
    let extracting = timed(|| {
        let extractions = pages.iter().filter_map(|page| extract(page, &extract::Options::default()).ok());
        articles.extend(extractions.map(|extraction| extraction.article));
    });
    let mut prepared: Vec<PreparedArticle> = Vec::new();
    let preparing = timed(|| {
        let mut preparer = Preparer::default();
        prepared.extend(articles.into_iter().map(|article| preparer.prepare(article)));
    });
    let indexing = timed(|| index_prepared(prepared));
    let whole = reading + extracting + preparing + indexing;
    println!("\n{} pages, {:.1} MB, one step after the other", pages.len(), bytes as f64 / MEGABYTE);
    println!("{:36}{:>10}{:>10}{:>10}", "", "seconds", "MB/s", "of all");
    row("read", reading, bytes, whole);
    row("extract (decode, parse, choose)", extracting, bytes, whole);
    row("prepare (tokens, passages, hashes)", preparing, bytes, whole);
    row("index (postings, store, commit)", indexing, bytes, whole);
    row("for comparison: scraper, bare parse", parsing, bytes, whole);
}

fn index_prepared(prepared: Vec<PreparedArticle>) {
    use ibid::engine::Indexer as _;
    let folder = tempfile::tempdir().expect("a folder for the index");
    let index = Index::open_or_create(folder.path()).expect("an index");
    let writer = index.writer().expect("a writer");
    for article in prepared {
        writer.put_article(article).expect("an article is put");
    }
    writer.commit().expect("a commit");
    writer.finish().expect("merges end");
}

fn main() {
    // `cargo test --benches` and listing tools call it too.
    if std::env::args().any(|argument| argument == "--test" || argument == "--list") {
        return;
    }
    let named = std::env::var_os("IBID_BENCH_PAGES").unwrap_or_else(|| "corpus".into());
    let folders: Vec<PathBuf> = std::env::split_paths(&named).collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let files = files(&folders);
    let size = |path: &PathBuf| std::fs::metadata(path).map_or(0, |found| found.len() as usize);
    let bytes: usize = files.iter().map(size).sum();
    println!("{} pages, {:.1} MB, {threads} threads", files.len(), bytes as f64 / MEGABYTE);
    println!("{:36}{:>10}{:>10}{:>10}", "", "seconds", "MB/s", "x floor");
    let texts = texts(&files, threads);
    let folder = tempfile::tempdir().expect("a folder for the web archive");
    let archive = [folder.path().join("pages.warc.gz")];
    write_web_archive(&files, &archive[0]).expect("the web archive is written");
    let mut fastest = [Duration::MAX; 4];
    for _ in 0..ROUNDS {
        let round = [
            timed(|| parse_floor(&files, threads)),
            timed(|| index_floor(&texts, threads)),
            timed(|| whole_run(&folders, threads)),
            timed(|| whole_run(&archive, threads)),
        ];
        fastest = std::array::from_fn(|at| fastest[at].min(round[at]));
    }
    let [parse, index, run, of_archive] = fastest;
    row("read and parse, nothing else", parse, bytes, parse + index);
    row("Tantivy over the same texts", index, bytes, parse + index);
    row("ibid, the whole run", run, bytes, parse + index);
    row("the same of a web archive in gzip", of_archive, bytes, parse + index);
    steps(&files);
}
