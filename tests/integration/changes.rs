//! What a later run does: nothing again, what changed, what is gone, and copies of what is gone.

use std::fs::File;
use std::time::{Duration, SystemTime};

use crate::archives::zip;
use crate::harness::{Sandbox, field};
use crate::pages::{page, page_at, text_about};

/// Sets a file's time, so that it looks changed.
fn touch(sandbox: &Sandbox, name: &str) {
    let file = File::options().write(true).open(sandbox.path(name)).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000)).unwrap();
}

/// A second run finds all as it was: pages, records, duplicates and what isn't an article.
#[test]
fn a_second_run_indexes_nothing_again() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page("Dykes", &text_about("dykes")));
    sandbox.write("in/copy.html", page("Dykes", &text_about("dykes")));
    sandbox.write("in/r.jsonl", "{\"id\":\"1\",\"text\":\"Sluices.\"}\n{\"id\":\"2\",\"text\":\"Weirs.\"}\n");
    sandbox.write("in/style.css", "p {}");
    assert_eq!(sandbox.ingest(&["in"]), "3 indexed, 1 duplicates, 1 skipped");
    let before = sandbox.ibid(&["query", "harbour OR weirs", "--format", "jsonl"]).stdout;
    assert_eq!(sandbox.ingest(&["in"]), "4 unchanged, 1 skipped");
    assert_eq!(sandbox.ingest(&["in", "--prune"]), "4 unchanged, 1 skipped");
    assert_eq!(sandbox.ibid(&["query", "harbour OR weirs", "--format", "jsonl"]).stdout, before);
}

/// A file with a new time and the same bytes is read and found unchanged, and not read a third time.
#[test]
fn a_touched_file_is_unchanged() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page("Dykes", &text_about("dykes")));
    sandbox.write("in/r.jsonl", "{\"id\":\"1\",\"text\":\"Sluices.\"}\n");
    sandbox.ingest(&["in"]);
    touch(&sandbox, "in/a.html");
    touch(&sandbox, "in/r.jsonl");
    let read = |sandbox: &Sandbox| {
        sandbox.ibid(&["ingest", "in", "--format", "json"]).exits(0).json()["bytes"].as_u64().unwrap()
    };
    assert_eq!(sandbox.ingest(&["in"]), "2 unchanged");
    assert_eq!(read(&sandbox), 0);
    assert_eq!(sandbox.article_count(), 2);
}

/// A changed file replaces its article: what it said is gone, what it says is found, and its id stays.
#[test]
fn a_changed_file_replaces_its_article() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page("Before", &text_about("quinces")));
    sandbox.write("in/b.html", page("Other", &text_about("medlars")));
    sandbox.ingest(&["in"]);
    let id = sandbox.articles("quinces");
    sandbox.write("in/a.html", page("After", &text_about("pomegranates")));
    assert_eq!(sandbox.ingest(&["in"]), "1 updated, 1 unchanged");
    assert!(sandbox.hits("quinces").is_empty());
    assert_eq!(sandbox.titles("pomegranates"), ["After"]);
    assert_eq!(sandbox.articles("pomegranates"), id);
    assert_eq!(sandbox.article_count(), 2);
}

/// A changed record replaces its own article and leaves the others of its file alone.
#[test]
fn a_changed_record_replaces_its_article_alone() {
    let sandbox =
        Sandbox::with_records("{\"id\":\"1\",\"text\":\"Quinces.\"}\n{\"id\":\"2\",\"text\":\"Medlars.\"}\n");
    sandbox.write(
        "records.jsonl",
        "{\"id\":\"1\",\"text\":\"Pomegranates.\"}\n{\"id\":\"2\",\"text\":\"Medlars.\"}\n",
    );
    assert_eq!(sandbox.ingest(&["records.jsonl"]), "1 updated, 1 unchanged");
    assert!(sandbox.hits("quinces").is_empty());
    assert_eq!(sandbox.articles("pomegranates"), ["1"]);
    assert_eq!(sandbox.articles("medlars"), ["2"]);
}

/// A record that is gone from its file stays, as a file that is gone does, until it is pruned; that the file
/// was read since without pruning changes nothing about that.
#[test]
fn a_record_that_is_gone_from_its_file_can_be_pruned_later() {
    let sandbox =
        Sandbox::with_records("{\"id\":\"1\",\"text\":\"Quinces.\"}\n{\"id\":\"2\",\"text\":\"Medlars.\"}\n");
    sandbox.write("records.jsonl", "{\"id\":\"1\",\"text\":\"Quinces.\"}\n");
    assert_eq!(sandbox.ingest(&["records.jsonl"]), "1 unchanged");
    assert_eq!(sandbox.ingest(&["records.jsonl"]), "1 unchanged");
    assert_eq!(sandbox.articles("medlars"), ["2"]);
    assert_eq!(sandbox.ingest(&["records.jsonl", "--prune"]), "1 unchanged, 1 removed");
    assert!(sandbox.hits("medlars").is_empty());
    assert_eq!(sandbox.ingest(&["records.jsonl", "--prune"]), "1 unchanged");
}

/// A file that can be read, and is no article any more, takes its article with it.
#[test]
fn a_page_that_leads_elsewhere_loses_its_article() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page("Before", &text_about("quinces")));
    sandbox.ingest(&["in"]);
    sandbox.write("in/a.html", "<meta http-equiv=\"refresh\" content=\"0; url=https://e.example/new\">");
    assert_eq!(sandbox.ingest(&["in"]), "1 skipped, 1 removed");
    assert!(sandbox.hits("quinces").is_empty());
    assert_eq!(sandbox.ingest(&["in"]), "1 skipped");
}

/// A file that becomes a copy of another leaves one article, and that is told.
#[test]
fn a_file_that_turns_into_a_copy_loses_its_article() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page("First", &text_about("quinces")));
    sandbox.write("in/b.html", page("Second", &text_about("medlars")));
    sandbox.ingest(&["in"]);
    sandbox.write("in/b.html", page("First", &text_about("quinces")) + "\n");
    assert_eq!(sandbox.ingest(&["in"]), "1 unchanged, 1 duplicates, 1 removed");
    assert_eq!(sandbox.article_count(), 1);
}

/// What was counted in the only run is what the index says that it was made of.
#[test]
fn the_statistics_count_the_inputs_of_the_run() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page("Dykes", &text_about("dykes")));
    sandbox.write("in/copy.html", page("Dykes", &text_about("dykes")));
    sandbox.write("in/.git/config", "x");
    sandbox.write("in/style.css", "p {}");
    sandbox.write("in/empty.html", "");
    sandbox.write("in/.ibidignore", "drafts\n");
    sandbox.write("in/drafts/a.html", "x");
    let inputs =
        |sandbox: &Sandbox| sandbox.ibid(&["stats", "--format", "json"]).json()["inputs"].to_string();
    let expected = r#"{"container":0,"duplicate":1,"indexed":1,"set_aside":1,"skipped":4}"#;
    assert_eq!(sandbox.ingest(&["in"]), "1 indexed, 1 duplicates, 4 skipped, 1 set aside");
    assert_eq!(inputs(&sandbox), expected);
    assert_eq!(sandbox.ingest(&["in", "--prune"]), "2 unchanged, 4 skipped, 1 set aside");
    assert_eq!(inputs(&sandbox), expected);
    sandbox.remove("in/.ibidignore");
    assert_eq!(sandbox.ingest(&["in", "--prune"]), "1 indexed, 2 unchanged, 2 skipped, 1 set aside");
    assert_eq!(inputs(&sandbox), r#"{"container":0,"duplicate":1,"indexed":2,"set_aside":1,"skipped":2}"#);
}

/// A file that is ignored from now on keeps its article until it is pruned.
#[test]
fn a_file_that_is_ignored_since_can_be_pruned() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page("Dykes", &text_about("dykes")));
    sandbox.ingest(&["in"]);
    sandbox.write("in/.ibidignore", "a.html\n");
    assert_eq!(sandbox.ingest(&["in"]), "2 skipped");
    assert_eq!(sandbox.article_count(), 1);
    assert_eq!(sandbox.ingest(&["in", "--prune"]), "2 skipped, 1 removed");
    assert_eq!(sandbox.article_count(), 0);
}

/// The account of it stayed, and `check --against` told it as gone.
#[test]
fn a_folder_that_is_ignored_no_more_is_no_input() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page("Dykes", &text_about("dykes")));
    sandbox.write("in/old/b.html", page("Locks", &text_about("locks")));
    sandbox.write("in/older/.hidden/c.html", "");
    sandbox.write("in/.ibidignore", "old*\n");
    assert_eq!(sandbox.ingest(&["in"]), "1 indexed, 3 skipped");
    sandbox.write("in/.ibidignore", "\n");
    assert_eq!(sandbox.ingest(&["in"]), "1 indexed, 1 unchanged, 2 skipped");
    let stats = sandbox.ibid(&["stats", "--format", "json"]).json();
    assert_eq!(stats["inputs"]["skipped"], 2);
    let compared = sandbox.ibid(&["check", "--against", "in"]).exits(0);
    assert!(compared.stdout.contains("4 as they were, 0 changed, 0 new, 0 gone"), "{}", compared.stdout);
}

/// Ids that differ in blanks or in their form of Unicode alone were one, and all records but the first were lost.
#[test]
fn ids_that_look_alike_are_ids_of_their_own() {
    let sandbox = Sandbox::new();
    let ids = ["a b", "a  b", " a b", "cafe\u{301}", "caf\u{e9}", "a\u{ad}b"];
    let record =
        |id: &&str| serde_json::json!({"id": id, "text": format!("Sluices of {id}.")}).to_string() + "\n";
    sandbox.write("r.jsonl", ids.iter().map(record).collect::<String>());
    assert_eq!(sandbox.ingest(&["r.jsonl"]), "6 indexed");
    for id in ids {
        let shown = sandbox.ibid(&["show", id, "--format", "json"]).exits(0).json();
        assert_eq!(shown["locator"], format!("[DIR]/r.jsonl#{id}"));
        sandbox.ibid(&["show", &format!("{id}.1")]).exits(0);
    }
    sandbox.shell("\"$IBID\" export > all.jsonl").exits(0);
    assert_eq!(sandbox.ingest(&["all.jsonl", "--index", "again"]), "6 indexed");
}

/// An id that a file gives twice is one article; the second record is set aside, in each run alike, until it is
/// mended.
#[test]
fn an_id_given_twice_is_counted_in_every_run() {
    let sandbox = Sandbox::new();
    let lines = ["{\"id\":\"1\",\"text\":\"Sluices.\"}", "{\"id\":\"1\",\"text\":\"Weirs.\"}"];
    let with = |third: &str| format!("{}\n{}\n{third}\n", lines[0], lines[1]);
    sandbox.write("r.jsonl", with(lines[0]));
    assert_eq!(sandbox.ingest(&["r.jsonl"]), "1 indexed, 2 set aside");
    assert_eq!(sandbox.ingest(&["r.jsonl"]), "1 unchanged, 2 set aside");
    touch(&sandbox, "r.jsonl");
    assert_eq!(sandbox.ingest(&["r.jsonl", "--prune"]), "1 unchanged, 2 set aside");
    sandbox.write("r.jsonl", with("{\"id\":\"2\",\"text\":\"Locks.\"}"));
    assert_eq!(sandbox.ingest(&["r.jsonl"]), "1 indexed, 1 unchanged, 1 set aside");
    assert_eq!(sandbox.ingest(&["r.jsonl"]), "2 unchanged, 1 set aside");
    assert_eq!(sandbox.titles("weirs"), [""; 0]);
}

/// A last line that is too long is told again in each run without the file being read again.
#[test]
fn a_last_line_that_is_too_long_does_not_make_its_file_look_changed() {
    let sandbox = Sandbox::new();
    let long = "x".repeat((1 << 20) + 1);
    sandbox.write("r.jsonl", format!("{{\"id\":\"1\",\"text\":\"Weirs.\"}}\n{{\"text\":\"{long}\"}}\n"));
    let arguments = ["r.jsonl", "--max-input-mib", "1"];
    assert_eq!(sandbox.ingest(&arguments), "1 indexed, 1 set aside");
    let second = sandbox.ibid(&["ingest", "r.jsonl", "--max-input-mib", "1", "--format", "json"]).json();
    assert_eq!((second["unchanged"].as_u64(), second["bytes"].as_u64()), (Some(1), Some(0)), "{second}");
}

/// Only `--prune` drops articles whose file is gone, and only below the paths that it is given.
#[test]
fn pruning_drops_what_is_gone_from_the_given_paths() {
    let sandbox = Sandbox::new();
    for name in ["one/a.html", "one/b.html", "one-more/c.html", "two/d.html"] {
        sandbox.write(name, page(name, &text_about(name)));
    }
    sandbox.write("one/r.jsonl", "{\"id\":\"1\",\"text\":\"A harbour.\"}\n");
    assert_eq!(sandbox.ingest(&["."]), "5 indexed, 1 skipped");
    for name in ["one/b.html", "one/r.jsonl", "one-more/c.html", "two/d.html"] {
        sandbox.remove(name);
    }
    assert_eq!(sandbox.ingest(&["one"]), "1 unchanged");
    assert_eq!(sandbox.article_count(), 5);
    assert_eq!(sandbox.ingest(&["one", "--prune"]), "1 unchanged, 2 removed");
    assert_eq!(sandbox.titles("title:html"), ["one-more/c.html", "one/a.html", "two/d.html"]);
    assert_eq!(sandbox.ingest(&[".", "--prune"]), "1 unchanged, 1 skipped, 2 removed");
    assert_eq!(sandbox.titles("harbour"), ["one/a.html"]);
}

/// The names of the files whose articles answer `query`.
fn files(sandbox: &Sandbox, query: &str) -> Vec<String> {
    let locators = sandbox.hits(query).into_iter().map(|hit| field(&hit, "locator"));
    locators.map(|locator| locator.rsplit('/').next().unwrap().to_owned()).collect()
}

/// What reads the same is one article; the copies are counted and not lost.
#[test]
fn a_copy_is_reported_as_a_duplicate() {
    let sandbox = Sandbox::new();
    for (name, end) in [("a", ""), ("b", "\n")] {
        sandbox.write(format!("in/{name}.html"), page("Quinces", &text_about("quinces")) + end);
    }
    assert_eq!(sandbox.ingest(&["in"]), "1 indexed, 1 duplicates");
    assert_eq!(files(&sandbox, "quinces"), ["a.html"]);
    sandbox.write("in/c.html", page("Quinces", &text_about("quinces")) + "<!-- -->");
    assert_eq!(sandbox.ingest(&["in"]), "2 unchanged, 1 duplicates");
    assert_eq!(files(&sandbox, "quinces"), ["a.html"]);
}

/// When the original of copies says something else, one copy takes its place, and the rest are its copies.
#[test]
fn a_copy_takes_the_place_of_a_changed_original() {
    let sandbox = Sandbox::new();
    for name in ["a", "b", "c"] {
        sandbox.write(format!("in/{name}.html"), page("Fruit", &text_about("quinces")));
    }
    sandbox.ingest(&["in"]);
    sandbox.write("in/a.html", page("Fruit", &text_about("pomegranates")));
    assert_eq!(sandbox.ingest(&["in"]), "1 indexed, 1 updated, 1 unchanged");
    assert_eq!(files(&sandbox, "quinces"), ["b.html"]);
    assert_eq!(files(&sandbox, "pomegranates"), ["a.html"]);
    assert_eq!(sandbox.ingest(&["in"]), "3 unchanged");
    assert_eq!(sandbox.article_count(), 2);
}

/// The same when the original is gone; without `--prune` it stays.
#[test]
fn a_copy_takes_the_place_of_a_pruned_original() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page("Fruit", &text_about("quinces")));
    sandbox.write("in/b.html", page("Fruit", &text_about("quinces")));
    sandbox.ingest(&["in"]);
    sandbox.remove("in/a.html");
    assert_eq!(sandbox.ingest(&["in"]), "1 unchanged");
    assert_eq!(files(&sandbox, "quinces"), ["a.html"]);
    assert_eq!(sandbox.ingest(&["in", "--prune"]), "1 updated");
    assert_eq!(files(&sandbox, "quinces"), ["b.html"]);
}

/// Two pages that name one address as theirs and say different things are two articles.
#[test]
fn two_texts_of_one_address_are_both_kept() {
    let sandbox = Sandbox::new();
    let url = "https://example.org/front";
    sandbox.write("in/a.html", page_at(url, "Monday", &text_about("quinces")));
    sandbox.write("in/b.html", page_at(url, "Tuesday", &text_about("medlars")));
    assert_eq!(sandbox.ingest(&["in"]), "2 indexed");
    assert_eq!(sandbox.titles("harbour"), ["Monday", "Tuesday"]);
    assert_ne!(sandbox.articles("quinces"), sandbox.articles("medlars"));
    assert_eq!(sandbox.ingest(&["in"]), "2 unchanged");
    // The one whose id holds the address changes: the other keeps its own.
    let second = sandbox.articles("medlars");
    sandbox.write("in/a.html", page_at(url, "Monday", &text_about("pomegranates")));
    assert_eq!(sandbox.ingest(&["in"]), "1 updated, 1 unchanged");
    assert_eq!(sandbox.articles("medlars"), second);
    assert_eq!(sandbox.titles("harbour"), ["Monday", "Tuesday"]);
}

/// The same path given twice, or a folder and what lies in it, is one input.
#[test]
fn a_path_given_twice_counts_once() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page("Dykes", &text_about("dykes")));
    sandbox.write("in/style.css", "p {}");
    let twice = ["in", "in", "./in", "in/a.html"];
    assert_eq!(sandbox.ingest(&twice), "1 indexed, 1 skipped");
    assert_eq!(sandbox.ingest(&twice), "1 unchanged, 1 skipped");
}

/// The same for a file of records, whose records aren't taken for faults of the file.
#[test]
fn records_of_a_file_given_twice_count_once() {
    let sandbox = Sandbox::new();
    sandbox.write("in/r.jsonl", "{\"id\":\"1\",\"text\":\"Sluices.\"}\n{\"id\":\"2\",\"text\":\"Weirs.\"}\n");
    assert_eq!(sandbox.ingest(&["in", "in/r.jsonl"]), "2 indexed");
    assert_eq!(sandbox.ingest(&["in", "in/r.jsonl"]), "2 unchanged");
}

/// A file is the same input however its path was typed: `..` leads nowhere new.
#[test]
fn a_path_through_the_parent_folder_is_the_same_input() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page("Dykes", &text_about("dykes")));
    sandbox.write("in/b.html", page("Weirs", &text_about("weirs")));
    sandbox.write("beside/c.html", page("Locks", &text_about("locks")));
    assert_eq!(sandbox.ingest(&["in"]), "2 indexed");
    assert_eq!(sandbox.ingest(&["beside/../in"]), "2 unchanged");
    sandbox.remove("in/b.html");
    assert_eq!(sandbox.ingest(&["beside/../in", "--prune"]), "1 unchanged, 1 removed");
}

/// A full run reads the copies in an archive twice, and takes nothing for a copy of itself.
#[test]
fn a_full_run_keeps_what_lies_beside_a_copy() {
    let sandbox = Sandbox::new();
    let (a, n) = (page("Page a", &text_about("a")), page("Page n", &text_about("n")));
    sandbox.write("in/z.zip", zip(&[("a.html", &a), ("b.html", &a), ("n.html", &n)]));
    assert_eq!(sandbox.ingest(&["in"]), "2 indexed, 1 duplicates");
    for _ in 0..2 {
        assert_eq!(sandbox.ingest(&["in", "--full"]), "2 updated, 1 duplicates");
        sandbox.ibid(&["check", "--against", "in"]).exits(0);
        assert_eq!(sandbox.article_count(), 2);
    }
    // The file before has a copy of what is in the archive.
    sandbox.write("in/a.html", &n);
    sandbox.ingest(&["in", "--full"]);
    sandbox.ibid(&["check", "--against", "in"]).exits(0);
    assert_eq!(sandbox.article_count(), 2);
}

/// The summary for people has a line for each state, and they add up.
#[test]
fn the_summary_accounts_for_every_input() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page("Dykes", &text_about("dykes")));
    sandbox.write("in/b.html", page("Dykes", &text_about("dykes")));
    sandbox.write("in/c.css", "p {}");
    sandbox.write("in/d.html", "");
    let first = sandbox.ibid(&["ingest", "in"]);
    insta::assert_snapshot!(first.all(), @r"
            1 indexed
            0 updated
            0 unchanged
            1 duplicate
            1 skipped
            1 set aside
            4 inputs
    0.0 MB read in [TIME], [TIME]
    --- stderr
    set aside: [DIR]/in/d.html: the file is empty
    --- exit 3
    ");
    sandbox.remove("in/a.html");
    let second = sandbox.ibid(&["ingest", "in", "--prune", "--format", "json"]);
    insta::assert_snapshot!(second.all(), @r#"
    {"version":1,"inputs":3,"indexed":0,"updated":1,"unchanged":0,"duplicate":0,"skipped":1,"set_aside":1,"removed":0,"gone":0,"recurring":[],"put_back":0,"bytes":0,"interrupted":false,"seconds":"[TIME]"}
    --- stderr
    set aside: [DIR]/in/d.html: the file is empty
    --- exit 3
    "#);
}
