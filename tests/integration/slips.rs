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

/// `goverment` found what somebody broke off at `gover-`, as it has the same stem, and nobody was told.
#[test]
fn a_word_that_none_writes_so_may_be_a_slip_though_its_stem_is_there() {
    let record = |at: usize| {
        let word = if at < 6 { "gover-" } else { "government" };
        let text = format!("The board of port {at} heard the {word} speak of ponderous ships.");
        format!("{}\n", serde_json::json!({"id": at.to_string(), "language": "en", "text": text}))
    };
    let sandbox = Sandbox::with_records(&(0..200).map(record).collect::<String>());
    let told = sandbox.ibid(&["query", "goverment", "-n", "1"]).exits(0).stderr;
    assert!(told.contains("only 6 articles have `goverment`: did you mean \"government\"?"), "{told}");
    let found = sandbox.ibid(&["query", "goverment", "--fuzzy", "--format", "json"]).exits(0).json();
    assert_eq!(found["total"], 200);
    for right in ["government", "gover", "governs"] {
        let told = sandbox.ibid(&["query", right, "-n", "1"]).stderr;
        assert!(!told.contains("did you mean \"government\"?"), "{right}: {told}");
    }
}

/// `tarrif` was too short for two wrong letters, though all that is wrong is which is doubled.
#[test]
fn letters_doubled_in_the_wrong_place_are_a_slip_in_short_words_too() {
    let records = r#"{"language":"en","text":"The board set a tariff on ships."}"#;
    let sandbox = Sandbox::with_records(records);
    let told = sandbox.ibid(&["query", "tarrif"]).exits(1).stderr;
    assert!(told.contains("did you mean \"tariff\"?"), "{told}");
}

/// The one article that had `nuclaer` was in another language, of whose words none is like `wepons`.
#[test]
fn a_slip_that_somebody_else_made_does_not_tell_the_language() {
    let english = (0..60).map(|at| ("en", format!("The board of port {at} spoke of nuclear weapons.")));
    let spanish = ("es", "La carta dice nuclaer, y nadie sabe lo que quiere decir.".to_owned());
    let records = english
        .chain([spanish])
        .map(|(language, text)| format!("{}\n", serde_json::json!({"language": language, "text": text})));
    let sandbox = Sandbox::with_records(&records.collect::<String>());
    let told = sandbox.ibid(&["query", "nuclaer wepons"]).stderr;
    assert!(told.contains("did you mean \"weapons\"?"), "{told}");
}
