//! A run commits now and then, by time and volume: when it did shows in nothing that comes of it.

use crate::archives::gzip;
use crate::harness::Sandbox;
use crate::pages::{page, page_at, text_about};
use crate::warc::{answer, record, uri};

/// Ways to run: with a commit after every input, and with one at the end.
const PACES: [[&str; 4]; 2] =
    [["--commit-seconds", "0", "--index", "often"], ["--commit-seconds", "3600", "--index", "once"]];

/// Pages of which some have the same text, and some the same address; and two web archives, of which one says of a page
/// that it is that of the other.
fn of_all_kinds() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page("Quinces", &text_about("quinces")));
    sandbox.write("in/b.html", page("Quinces", &text_about("quinces")));
    for subject in ["medlars", "damsons", "sloes"] {
        let url = "https://orchard.example/all";
        sandbox.write(format!("in/{subject}.html"), page_at(url, subject, &text_about(subject)));
    }
    let digest = "WARC-Payload-Digest: sha1:ABC\r\n";
    let content = answer("", page("Captured", &text_about("cherries")).as_bytes());
    sandbox.write("in/y.warc.gz", gzip(&record("response", &uri("a"), digest, &content)));
    let revisit = b"HTTP/1.1 304 Not Modified\r\n\r\n";
    sandbox.write("in/z.warc.gz", gzip(&record("revisit", &uri("b"), digest, revisit)));
    sandbox
}

/// Ingests `paths` at either pace, and gives what both runs say of it.
#[track_caller]
fn ingest(sandbox: &Sandbox, paths: &[&str]) -> String {
    let [often, once] = PACES.map(|pace| {
        let said = sandbox.ingest(&[paths, &pace].concat());
        let index = pace[3];
        sandbox.ibid(&["check", "--index", index]).exits(0);
        (said, sandbox.ibid(&["export", "--index", index]).exits(0).stdout)
    });
    assert_eq!(often.1, once.1, "{}", often.0);
    assert_eq!(often.0, once.0);
    once.0
}

/// What was put before a commit is the original of what comes behind it, and has its address.
#[test]
fn what_a_run_put_counts_after_a_commit() {
    let sandbox = of_all_kinds();
    assert_eq!(ingest(&sandbox, &["in"]), "5 indexed, 2 duplicates");
    assert_eq!(ingest(&sandbox, &["in"]), "7 unchanged");
    assert_eq!(ingest(&sandbox, &["in", "--full"]), "5 updated, 1 unchanged, 1 duplicates");
}

/// A text that went with its article is nobody's, one that came in its place has copies, and an address that is given
/// up may be taken.
#[test]
fn what_a_run_replaced_counts_after_a_commit() {
    let sandbox = of_all_kinds();
    ingest(&sandbox, &["in"]);
    sandbox.write("in/a.html", page("Rowans", &text_about("rowans")));
    sandbox.write("in/c.html", page("Rowans", &text_about("rowans")));
    sandbox.write("in/d.html", page("Quinces", &text_about("quinces")));
    sandbox.write("in/damsons.html", page("Damsons", &text_about("damsons")));
    let url = "https://orchard.example/all";
    sandbox.write("in/e.html", page_at(url, "Pears", &text_about("pears")));
    assert_eq!(ingest(&sandbox, &["in"]), "2 indexed, 2 updated, 5 unchanged, 1 duplicates");
    sandbox.remove("in/y.warc.gz");
    sandbox.remove("in/a.html");
    assert_eq!(ingest(&sandbox, &["in", "--prune"]), "1 updated, 6 unchanged, 1 skipped, 1 removed");
}

/// What an export says of an input gives way to the input, though it was committed.
#[test]
fn what_an_export_told_gives_way_after_a_commit() {
    let sandbox = of_all_kinds();
    sandbox.ingest(&["in"]);
    sandbox.shell("\"$IBID\" export > in/0.jsonl").exits(0);
    sandbox.write("in/sloes.html", page("Sloes", &text_about("sloes, which are bitter")));
    assert_eq!(ingest(&sandbox, &["in"]), "5 indexed, 5 updated, 4 duplicates");
}
