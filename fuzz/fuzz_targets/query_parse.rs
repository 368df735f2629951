//! Any text as a query: it parses without a panic, and what was understood prints as text that is understood
//! the same.

#![no_main]

use ibid::query::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(parsed) = parse(text) else { return };
    let Some(query) = parsed.query else { return };
    let again = parse(&query.to_string()).expect("what was printed parses");
    assert_eq!(again.query, Some(query));
});
