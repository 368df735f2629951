//! What extraction costs, from bytes to article, against a bare parse of the same pages and against other
//! extractors, side by side in one process on one thread.
//!
//! The pages are the files in the folder that `IBID_BENCH_PAGES` names (plain or gzipped), or the shipped corpus.
//! They are in memory before the clock starts. ibid is given the bytes and decodes them; all others are given the
//! decoded text, so that ibid's time includes what theirs leaves out.
//!
//! ```sh
//! IBID_BENCH_PAGES=/archive/pages cargo bench --bench extract
//! ```
//!
//! Each system goes over all pages in turn, several times; its fastest time counts, as a multiple of the bare
//! parse. The slowest page is given too.

#![allow(missing_docs, clippy::print_stdout)]

use std::hint::black_box;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use ibid::extract::{Options, extract};
use ibid::model::{Locator, MediaType, Metadata, RawDocument};

/// Times that each system goes over the pages.
const ROUNDS: usize = 5;

/// Rounds of the systems that take many times as long.
const SLOW_ROUNDS: usize = 1;

struct Page {
    raw: RawDocument,
    text: String,
}

fn pages() -> Vec<Page> {
    let folder = std::env::var("IBID_BENCH_PAGES").unwrap_or_else(|_| "corpus".to_owned());
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let names = files.map(walkdir::DirEntry::into_path).filter(|path| is_page(path));
    names.map(|path| page(&path)).collect()
}

fn is_page(path: &Path) -> bool {
    let name = path.to_string_lossy();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    [".html", ".htm", ".xhtml"].iter().any(|extension| name.ends_with(extension))
}

fn page(path: &PathBuf) -> Page {
    let mut bytes = std::fs::read(path).expect("a page is read");
    if path.extension().is_some_and(|extension| extension == "gz") {
        let mut unpacked = Vec::new();
        flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked).expect("gzip");
        bytes = unpacked;
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let locator = Locator::file(path);
    let raw = RawDocument {
        locator,
        media_type: MediaType::Html,
        charset: None,
        metadata: Metadata::default(),
        bytes,
        missing: None,
        unread: Vec::new(),
    };
    Page { raw, text }
}

/// The fastest time over all pages, and the slowest page of that round.
fn measure(pages: &[Page], rounds: usize, work: impl Fn(&Page)) -> (Duration, Duration) {
    let round = || {
        let times = pages.iter().map(|page| {
            let begun = Instant::now();
            // Another extractor may panic on a page; it is given the time that it took to.
            drop(catch_unwind(AssertUnwindSafe(|| work(page))));
            begun.elapsed()
        });
        times.fold((Duration::ZERO, Duration::ZERO), |(sum, slowest), time| (sum + time, slowest.max(time)))
    };
    (0..rounds).map(|_| round()).min().unwrap_or_default()
}

fn main() {
    // `cargo test --benches` and listing tools call it too.
    if std::env::args().any(|argument| argument == "--test" || argument == "--list") {
        return;
    }
    std::panic::set_hook(Box::new(|_| {}));
    let pages = pages();
    let bytes: usize = pages.iter().map(|page| page.raw.bytes.len()).sum();
    println!("{} pages, {:.1} MB", pages.len(), bytes as f64 / 1e6);
    println!("{:24}{:>10}{:>10}{:>14}", "", "seconds", "x parse", "slowest page");
    let mut bare = Duration::ZERO;
    let mut row = |name: &str, (total, slowest): (Duration, Duration)| {
        bare = if bare.is_zero() { total } else { bare };
        let times = total.as_secs_f64() / bare.as_secs_f64();
        println!(
            "{name:24}{:>10.3}{times:>10.2}{:>11.1} ms",
            total.as_secs_f64(),
            slowest.as_secs_f64() * 1e3
        );
    };
    row(
        "scraper, bare parse",
        measure(&pages, ROUNDS, |page| {
            black_box(scraper::Html::parse_document(&page.text));
        }),
    );
    row(
        "ibid, whole extraction",
        measure(&pages, ROUNDS, |page| {
            let _ = black_box(extract(&page.raw, &Options::default()));
        }),
    );
    row(
        "libreadability",
        measure(&pages, SLOW_ROUNDS, |page| {
            let _ = black_box(libreadability::extract(&page.text, None));
        }),
    );
    row(
        "dom_smoothie",
        measure(&pages, SLOW_ROUNDS, |page| {
            let _ = black_box(
                dom_smoothie::Readability::new(page.text.as_str(), None, None)
                    .and_then(|mut reader| reader.parse()),
            );
        }),
    );
    row(
        "trafilatura",
        measure(&pages, SLOW_ROUNDS, |page| {
            let _ = black_box(trafilatura::extract(&page.text, &trafilatura::Options::default()));
        }),
    );
}
