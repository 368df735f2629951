//! What a word is taken for that seems to be a slip: which words, and how what is meant is written.

use crate::harness::Sandbox;

/// `--fuzzy` took `Wang`, which dozens of articles have, for `want`, which thousands have, and so it did `=Wang`.
#[test]
fn fuzzy_leaves_words_alone_that_articles_have() {
    let record = |at: usize| {
        let word = match at {
            0..6 => "Wang",
            6..8 => "Wnat",
            _ => "want",
        };
        let text = format!("The board of port {at} heard that {word} spoke of the sea.");
        format!("{}\n", serde_json::json!({"id": at.to_string(), "language": "en", "text": text}))
    };
    let sandbox = Sandbox::with_records(&(0..200).map(record).collect::<String>());
    let found = |query: &str| {
        let found = sandbox.ibid(&["query", query, "--fuzzy", "--format", "json"]).exits(0).json();
        (found["total"].as_u64().unwrap(), found["warnings"].as_array().unwrap().len())
    };
    assert_eq!([found("Wang"), found("=Wang"), found("Wang board")], [(6, 0), (6, 0), (200, 0)]);
    // Of what an answer asks what was meant: a word that few articles have where few match, unless `=` says which.
    assert_eq!([found("Wnat"), found("Wnat port"), found("=Wnat")], [(194, 1), (200, 0), (2, 0)]);
}

/// What is suggested stood in capitals where the best article for it is a transcript, which names its speakers so.
#[test]
fn a_suggestion_is_written_as_most_articles_write_it() {
    let transcript = "HARRIS: Thank you. HARRIS: Yes. HARRIS: No, said the speaker at last.";
    let others =
        ["Harris spoke to the board.", "The board heard Harris speak.", "So said Harris of the port."];
    let texts = [transcript].into_iter().chain(others);
    let records = texts.map(|text| format!("{}\n", serde_json::json!({"language": "en", "text": text})));
    let sandbox = Sandbox::with_records(&records.collect::<String>());
    let told = sandbox.ibid(&["query", "Harriss"]).exits(1).stderr;
    assert!(told.contains("did you mean \"Harris\"?"), "{told}");
}
