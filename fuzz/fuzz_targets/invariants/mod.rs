//! What holds of extraction whatever the input: the invariants that the targets share.

#![allow(dead_code, reason = "each target uses a part")]

use std::time::{Duration, Instant};

use ibid::extract::{Options, explain_in_time, extract};
use ibid::model::{Article, Charset, Locator, MediaType, Metadata, RawDocument};

/// Longer than any input of a fuzzer's size takes, in a build with a sanitizer on a busy machine.
const MOST_TIME: Duration = Duration::from_secs(5);

/// One in so many inputs is extracted twice.
const REPEATED_SHARE: usize = 8;

/// An input as the source layer would hand it over.
pub fn document(media_type: MediaType, charset: Option<&str>, bytes: &[u8]) -> RawDocument {
    RawDocument {
        locator: Locator::from_stored("/fuzz/page"),
        media_type,
        charset: charset.map(|name| Charset::Named(name.to_owned())),
        metadata: Metadata::default(),
        bytes: bytes.to_vec(),
        missing: None,
        unread: Vec::new(),
    }
}

/// Extracts `raw` and panics if what comes back breaks a promise.
pub fn hold(raw: &RawDocument) {
    let options = Options::default();
    let begun = Instant::now();
    let first = extract(raw, &options);
    assert!(begun.elapsed() < MOST_TIME, "extraction took {:?}", begun.elapsed());
    if let Ok(extraction) = &first {
        of_article(&extraction.article);
    }
    // A share is enough: what depends on more than the bytes does so on most pages.
    if raw.bytes.len() % REPEATED_SHARE == 0 {
        assert_eq!(first, extract(raw, &options), "the same bytes gave two articles");
        let _ = explain_in_time(raw, &options, &|| false);
    }
}

fn of_article(article: &Article) {
    let mut end = 0;
    for (at, block) in article.blocks.iter().enumerate() {
        let span = block.span;
        assert!(span.start >= end && !span.is_empty(), "block {at} begins before the last one ends");
        let text = span.of(&article.text).expect("a block is a part of the text");
        assert!(!text.trim().is_empty(), "block {at} is blank");
        let between = article.text.get(end..span.start).expect("blocks end on characters");
        assert!(between.trim().is_empty(), "text between blocks: {between:?}");
        end = span.end;
    }
    assert!(article.text[end..].trim().is_empty(), "text behind the last block");
    without_controls(&article.text, true);
    let data = &article.metadata;
    let lines = [&data.title, &data.publisher, &data.section, &data.url, &data.id];
    for line in lines.into_iter().flatten().chain(&data.authors).chain(&data.keywords) {
        without_controls(line, false);
        assert!(!line.trim().is_empty(), "a blank line of metadata");
    }
}

fn without_controls(text: &str, several_lines: bool) {
    let odd = |c: char| c.is_control() && !(several_lines && matches!(c, '\n' | '\t'));
    assert!(!text.contains(odd), "a control character in {text:?}");
}
