//! What extraction takes of memory over the page itself, at its peak.
//!
//! The pages are the files in the folder that `IBID_BENCH_PAGES` names (plain or gzipped), or the shipped corpus; then
//! pages of 5 and of 50 megabytes. A page's bytes are in memory before and don't count.
//!
//! ```sh
//! IBID_BENCH_PAGES=/archive/pages cargo bench --bench memory
//! ```
//!
//! Reports the pages that take most, and the median. To stay under: 40 MB over the page.

#![allow(missing_docs, clippy::print_stdout)]

use std::io::Read;
use std::path::Path;

use ibid::extract::{Options, extract};
use ibid::model::{Locator, MediaType, Metadata, RawDocument};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Pages that are named.
const SHOWN: usize = 5;

const MEGABYTE: usize = 1_000_000;

fn read(path: &Path) -> Vec<u8> {
    let bytes = std::fs::read(path).expect("a page is read");
    if path.extension().is_none_or(|extension| extension != "gz") {
        return bytes;
    }
    let mut unpacked = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked).expect("gzip");
    unpacked
}

/// Bytes over the page at the peak of its extraction.
fn peak(bytes: Vec<u8>) -> usize {
    let raw = RawDocument {
        locator: Locator::from_stored("/bench/page"),
        media_type: MediaType::Html,
        charset: None,
        metadata: Metadata::default(),
        bytes,
        missing: None,
        unread: Vec::new(),
    };
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let result = extract(&raw, &Options::default());
    let peak = MEMORY.peak_usage();
    drop(result);
    peak.saturating_sub(before)
}

/// A page of `bytes` bytes made of paragraphs of an ordinary length.
fn long_page(bytes: usize) -> Vec<u8> {
    let mut page = String::from("<html><body><main><h1>Wells</h1>");
    for number in 0_u64.. {
        if page.len() >= bytes {
            break;
        }
        let sentence =
            format!("In year {number} the commission looked at four proposals and took none of them. ");
        page.push_str("<p class=\"text\">");
        page.push_str(&sentence.repeat(4));
        page.push_str("</p>\n");
    }
    page.into_bytes()
}

fn report(name: &str, peak: usize, bytes: usize) {
    let megabytes = |bytes: usize| bytes as f64 / MEGABYTE as f64;
    println!("{:8.1} MB  page of {:6.2} MB  {name}", megabytes(peak), megabytes(bytes));
}

fn main() {
    // `cargo test --benches` and listing tools call it too.
    if std::env::args().any(|argument| argument == "--test" || argument == "--list") {
        return;
    }
    let folder = std::env::var("IBID_BENCH_PAGES").unwrap_or_else(|_| "corpus".to_owned());
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let mut peaks = Vec::new();
    for path in files.map(walkdir::DirEntry::into_path).filter(|path| path.to_string_lossy().contains(".htm"))
    {
        let bytes = read(&path);
        let length = bytes.len();
        peaks.push((peak(bytes), length, path.display().to_string()));
    }
    peaks.sort_unstable_by(|one, other| other.cmp(one));
    for (peak, bytes, name) in peaks.iter().take(SHOWN) {
        report(name, *peak, *bytes);
    }
    if let Some((peak, bytes, _)) = peaks.get(peaks.len() / 2) {
        report(&format!("median of {} pages", peaks.len()), *peak, *bytes);
    }
    for length in [5 * MEGABYTE, 50 * MEGABYTE] {
        report("paragraphs", peak(long_page(length)), length);
    }
}
