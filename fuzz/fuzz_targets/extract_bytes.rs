//! Arbitrary bytes through extraction, as each kind of input that there is.
//!
//! The first byte tells the kind if it is a control character, so that files of pages serve as seeds unchanged.

#![no_main]

mod invariants;

use ibid::model::MediaType;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (media_type, charset, bytes) = match bytes {
        [1, rest @ ..] => (MediaType::Markdown, None, rest),
        [2, rest @ ..] => (MediaType::PlainText, None, rest),
        [3, rest @ ..] => (MediaType::PlainText, Some("utf-8"), rest),
        [4, rest @ ..] => (MediaType::Html, Some("gb18030"), rest),
        [5, rest @ ..] => (MediaType::Html, Some("iso-2022-jp"), rest),
        [6, rest @ ..] => (MediaType::Pages, Some("utf-8"), rest),
        bytes => (MediaType::Html, None, bytes),
    };
    invariants::hold(&invariants::document(media_type, charset, bytes));
});
