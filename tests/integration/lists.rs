//! Lists of paths on standard input, what is mistaken for one, and files that a run itself writes.

use crate::harness::{Outcome, Sandbox};
use crate::pages::{page, text_about};

/// Two pages in a folder.
fn pages() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page("Sluices", &text_about("sluices")));
    sandbox.write("in/b c.html", page("Weirs", &text_about("weirs")));
    sandbox
}

fn given(sandbox: &Sandbox, arguments: &[&str], list: &str) -> Outcome {
    sandbox.run_with_input(sandbox.command(arguments), list)
}

/// A list of `find -print0` was one path.
#[test]
fn a_list_may_have_nul_behind_each_path() {
    let sandbox = pages();
    #[cfg(unix)]
    sandbox.write("in/line\nbreak.html", page("Docks", &text_about("docks")));
    let summary = sandbox.shell("find in -type f -print0 | \"$IBID\" ingest - --format json").exits(0).json();
    assert_eq!(summary["indexed"], if cfg!(unix) { 3 } else { 2 });
    let extracted = given(&sandbox, &["extract", "-"], "in/a.html\0in/b c.html\0").exits(0);
    assert!(extracted.stdout.contains("Weirs"), "{}", extracted.stdout);
}

/// A page on standard input was a list of its lines, each of which was set aside.
#[test]
fn content_on_standard_input_is_no_list() {
    let sandbox = pages();
    for command in [&["ingest", "-"][..], &["extract", "-"], &["query", "sluices", "--from", "-"]] {
        for content in ["<html>\n<p>Sluices.</p>\n", "{\"text\": \"Sluices.\"}\n", "PK\u{3}\u{4}\0\0"] {
            let outcome = given(&sandbox, command, content).exits(2);
            outcome.complains("standard input holds the content of a file");
        }
    }
    for content in ["\\211PNG\\n", "in/a.html\\0\\0\\0000644\\0", "\\377\\376h\\0t\\0"] {
        let outcome = sandbox.shell(&format!("printf '{content}' | \"$IBID\" ingest -")).exits(2);
        outcome.complains("standard input holds the content of a file");
    }
    assert!(!sandbox.path("index").exists());
}

/// `--from -` made an empty index and failed.
#[test]
fn a_query_reads_a_list_first() {
    let sandbox = pages();
    let answer = given(&sandbox, &["query", "sluices", "--from", "-", "--format", "jsonl"], "in\n").exits(0);
    assert_eq!(answer.lines()[0]["title"], "Sluices");
    let empty = given(&sandbox, &["query", "sluices", "--from", "-", "--index", "none"], "");
    empty.exits(2).complains("no path on standard input").complains("no index at none");
    assert!(!sandbox.path("none").exists());
    sandbox
        .ibid(&["query", "--queries", "-", "--from", "-"])
        .exits(2)
        .complains("can't both be on standard input");
}

/// `--wait 5` waited a year, and read a file called `5`.
#[test]
fn seconds_are_not_taken_for_a_path() {
    let sandbox = pages();
    let told = "5: no such file or folder; to wait so many seconds write `--wait=5`";
    sandbox.ibid(&["ingest", "in", "--wait", "5"]).exits(2).complains(told);
    assert!(!sandbox.path("index").exists());
    sandbox.write("7", "A text about sluices and what they let through.");
    sandbox.ibid(&["ingest", "7", "--wait=5"]).exits(0);
    sandbox.ibid(&["compact", "--wait", "5"]).exits(0);
}

/// Each line of an article was recorded as an input that can't be read, and a long one for ever.
#[test]
fn the_text_of_an_article_is_no_list() {
    let sandbox = pages();
    let text = "Water policy\n\nThe treaty on the river was signed by both in 1960.\n";
    given(&sandbox, &["ingest", "-"], text).exits(2).complains("holds the content of a file");
    given(&sandbox, &["ingest", "-"], &"long ".repeat(500)).exits(2).complains("holds the content of a file");
    assert!(!sandbox.path("index").exists());
}

/// A name that no file can have stays set aside until it is pruned, and isn't printed in full.
#[test]
fn a_name_that_is_too_long_is_gone() {
    let sandbox = pages();
    let list = format!("in/a.html\n{}\n", "x/".repeat(3000));
    let told = given(&sandbox, &["ingest", "-"], &list).exits(3);
    assert!(told.stderr.contains("set aside: ") && told.stderr.len() < 2500, "{}", told.stderr.len());
    given(&sandbox, &["ingest", "-", "--prune"], &list).exits(0);
}

/// A report in the folder that is read was set aside as an empty file of records, and each run ended in status 3.
#[test]
fn a_report_is_not_read_by_its_own_run() {
    let sandbox = Sandbox::with_records("{\"text\":\"Dykes hold the river.\"}\n");
    for _ in 0..2 {
        sandbox.ibid(&["ingest", ".", "--report", "report.jsonl"]).exits(0);
        let report = std::fs::read_to_string(sandbox.path("report.jsonl")).unwrap();
        let of_itself = report.lines().find(|line| line.contains("/report.jsonl\"")).unwrap();
        assert!(of_itself.contains("\"reason\":\"the report of this run\""), "{of_itself}");
    }
}
