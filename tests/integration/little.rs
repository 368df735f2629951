//! Answers with little in them: for no passage, from an empty index, with titles that are none, in forms that there are
//! not.

use serde_json::Value;

use crate::archive::archive;
use crate::harness::{Sandbox, writer_of};

/// A query for no passage, or for some behind the last, counted its matches and ended as one that found nothing.
#[test]
fn the_status_tells_whether_an_article_matches_whichever_passages_are_asked_for() {
    for format in ["text", "json", "jsonl", "csv", "tsv", "markdown", "html", "trec"] {
        for page in [["-n", "0"], ["--offset", "9000"]] {
            let status = |query: &str| {
                archive().ibid(&[&["query", query, "--format", format], &page[..]].concat()).status
            };
            assert_eq!((status("embargo"), status("zeppelin")), (Some(0), Some(1)), "{format} {page:?}");
        }
    }
}

/// Text was printed in the place of lines and runs.
#[test]
fn a_query_is_explained_in_text_or_as_an_object() {
    for format in ["jsonl", "csv", "tsv", "markdown", "html", "trec"] {
        let outcome = archive().ibid(&["query", "embargo", "--explain-query", "--format", format]).exits(2);
        assert_eq!(outcome.complains("prints text, or an object with `--format json`").stdout, "");
    }
}

/// `--explain` was passed over where answers are lines of columns.
#[test]
fn why_a_passage_stands_where_it_stands_is_refused_where_no_column_has_it() {
    for format in ["csv", "tsv", "trec"] {
        let outcome = archive().ibid(&["query", "embargo", "--explain", "--format", format]).exits(2);
        assert_eq!(outcome.complains("`--format jsonl` has it as `why`").stdout, "");
    }
}

/// While the first run was under way no article was said to have any word.
#[test]
fn an_empty_index_is_told() {
    let sandbox = Sandbox::new();
    let index = ibid::index::Index::open_or_create(&sandbox.path("index")).unwrap();
    let empty = || sandbox.ibid(&["query", "water", "--format", "json"]).exits(1);
    let outcome = empty();
    assert_eq!(outcome.stderr, "note: no article is in the index yet\n");
    assert_eq!(outcome.json()["diagnosis"], Value::Null);
    let writer = writer_of(&index);
    let since = "2026-03-31 12:00:00 UTC".to_owned();
    writer.tell(&ibid::index::Holder { process: 7, host: None, since });
    empty().complains(
        "yet: process 7, since 2026-03-31 12:00:00 UTC, is writing to it, or was killed while it did\n",
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

/// A query of thousands of characters stood whole in all that was said of it.
#[test]
fn a_very_long_query_is_told_by_its_beginning() {
    let long = "x".repeat(9_000);
    for query in
        [&long, &format!("title:{long}"), &format!("treaty AND \"{long} y\""), &format!("{long} lang:fr")]
    {
        let told = archive().ibid(&["query", query]).exits(1).all();
        assert!(told.contains('…') && told.len() < 1_000, "{told}");
        assert!(told.lines().all(|line| line.chars().count() < 300), "{told}");
    }
    archive().ibid(&["export", &long]).exits(1).complains(&format!("nothing found for {}…", "x".repeat(200)));
}
