//! A line of a file of records, read and extracted.

#![no_main]

mod invariants;

use ibid::model::Locator;
use ibid::source::{Line, to_raw_document};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let line = Line { number: 1, bytes: Ok(bytes.to_vec()), is_cut_off: false };
    if let Ok(raw) = to_raw_document(&Locator::from_stored("/fuzz/records.jsonl"), line) {
        invariants::hold(&raw);
    }
});
