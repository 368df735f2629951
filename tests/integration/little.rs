//! Answers with little in them: for no passage, from an empty index, with titles that are none, in forms that there are not.

use serde_json::Value;

use crate::archive::archive;
use crate::harness::Sandbox;

/// While the first run was under way no article was said to have any word.
#[test]
fn an_empty_index_is_told() {
    let sandbox = Sandbox::new();
    let index = ibid::index::Index::open_or_create(&sandbox.path("index")).unwrap();
    let empty = || sandbox.ibid(&["query", "water", "--format", "json"]).exits(1);
    let outcome = empty();
    assert_eq!(outcome.stderr, "note: no article is in the index yet\n");
    assert_eq!(outcome.json()["diagnosis"], Value::Null);
    let writer = index.writer().unwrap();
    let since = "2026-03-31 12:00:00 UTC".to_owned();
    writer.tell(&ibid::index::Holder { process: 7, host: None, since });
    empty().complains(
        "yet: process 7, since 2026-03-31 12:00:00 UTC, is writing to it, or was ended while it did\n",
    );
}

/// A heading or title of a megabyte was printed in full with each answer.
#[test]
fn a_title_that_is_none_is_cut() {
    let long = "okapi ".repeat(2000);
    let page = format!("# {long}\n\n## {long}\n\nThe okapis of the forest are seldom seen by day.\n");
    let sandbox = Sandbox::new();
    sandbox.write("in/a.md", page);
    sandbox.ingest(&["in"]);
    let shown = sandbox.ibid(&["query", "forest"]).exits(0).stdout;
    assert!(shown.len() < 1500 && shown.contains('…'), "{shown}");
}
