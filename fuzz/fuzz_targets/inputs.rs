//! Any bytes as a file: what lies in it is read and extracted.

#![no_main]

mod invariants;

use ibid::model::Locator;
use ibid::source::{Content, Limits, Member, PdfReader, open_bytes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { input_bytes: 1 << 20, members: 1000, ..Limits::default() };
    // It is read in a process of its own.
    let no_pdf = PdfReader::new(|_| Err("not here".to_owned()));
    let locator = Locator::from_stored("/fuzz/input");
    let read = |member: Member| {
        if let Ok(raw) = member.into_raw_document(&limits, &no_pdf) {
            invariants::hold(&raw);
        }
    };
    match open_bytes(&locator, "input", bytes.to_vec(), &limits) {
        Ok(Content::Document(packed)) => read(packed.at(locator)),
        Ok(Content::Container(members)) => members.for_each(read),
        Err(_) => {}
    }
});
