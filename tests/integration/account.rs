//! The account of a run: every input in one state, in a file, in the index, and again.

use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use ibid::engine::InputRecord;
use ibid::index::Rehearsal;
use ibid::ingest::{Observer, Options, Trust, ingest};
use serde_json::Value;
use tar::EntryType;

use crate::archives::{gzip, tar, tar_member, zip_stored};
use crate::harness::{Sandbox, field};
use crate::pages::{page, text_about};

/// A folder with a page, a copy of it, an empty page and something that is no page.
fn mixed() -> Sandbox {
    let sandbox = Sandbox::new();
    let page = "<html><p>A page on water policy that says enough to be an article.</p></html>";
    sandbox.write("in/a.html", page);
    sandbox.write("in/b.html", page);
    sandbox.write("in/c.html", "");
    sandbox.write("in/d.css", "p { color: red }");
    sandbox
}

fn states(sandbox: &Sandbox, file: &str) -> Vec<(String, String)> {
    let lines = std::fs::read_to_string(sandbox.path(file)).unwrap();
    let of = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        let name = line["locator"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        (name, line["state"].as_str().unwrap().to_owned())
    };
    lines.lines().map(of).collect()
}

/// `--report` has a line for each input, with its state, hash and how it was read.
#[test]
fn a_report_accounts_for_every_input() {
    let sandbox = mixed();
    sandbox.ibid(&["ingest", "in", "--report", "report.jsonl"]).exits(3);
    let expected =
        [("a.html", "indexed"), ("b.html", "duplicate"), ("c.html", "set_aside"), ("d.css", "skipped")];
    let expected = expected.map(|(name, state)| (name.to_owned(), state.to_owned()));
    assert_eq!(states(&sandbox, "report.jsonl"), expected);
    let lines = std::fs::read_to_string(sandbox.path("report.jsonl")).unwrap();
    let first: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(first["sha256"].as_str().unwrap().len(), 64);
    assert_eq!((&first["charset"], &first["bytes"]), (&"UTF-8".into(), &77.into()), "{first}");
    let last: Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    assert_eq!(
        (&last["sha256"], &last["bytes"]),
        (&Value::Null, &16.into()),
        "it isn't read, but it has a size"
    );
    sandbox
        .ibid(&["ingest", "in", "--report", "no/such/folder.jsonl"])
        .exits(2)
        .complains("no/such/folder.jsonl");
}

/// What was read and holds no article has a hash and a size as well.
#[test]
fn a_report_tells_what_was_read_of_what_is_no_article() {
    let sandbox = Sandbox::new();
    sandbox.write("r.jsonl", "{\"title\":\"\"}\n{\"id\":\n");
    sandbox.ibid(&["ingest", "r.jsonl", "--report", "report.jsonl"]).exits(3);
    let lines = std::fs::read_to_string(sandbox.path("report.jsonl")).unwrap();
    for (line, (state, bytes)) in lines.lines().zip([("skipped", 13), ("set_aside", 7)]) {
        let line: Value = serde_json::from_str(line).unwrap();
        assert_eq!((&line["state"], &line["bytes"]), (&state.into(), &bytes.into()), "{line}");
        assert_eq!(line["sha256"].as_str().unwrap().len(), 64);
    }
}

/// The lines of a report, by the names of their inputs: state, reason and article.
fn lines_by_name(sandbox: &Sandbox, file: &str) -> Vec<(String, Value)> {
    let lines = std::fs::read_to_string(sandbox.path(file)).unwrap();
    let of = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        (line["locator"].as_str().unwrap().rsplit('/').next().unwrap().to_owned(), line)
    };
    lines.lines().map(of).collect()
}

/// Every line of the report of a run says of its input what the index says after it.
#[track_caller]
fn agrees_with_index(sandbox: &Sandbox, file: &str) {
    let inputs = sandbox.ibid(&["report", "--inputs"]).exits(0).stdout;
    let inputs = inputs.replace("[DIR]", sandbox.path("").to_str().unwrap().trim_end_matches('/'));
    let inputs: Vec<Value> = inputs.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (name, line) in lines_by_name(sandbox, file) {
        let known = inputs.iter().find(|input| input["locator"] == line["locator"]);
        let known = known.unwrap_or_else(|| panic!("{name} isn't known"));
        for field in ["article", "reason", "sha256"] {
            assert_eq!(line[field], known[field], "{name}: {line}");
        }
    }
}

/// A file that is renamed is told with the article that it is the source of when the run is over.
#[test]
fn a_renamed_file_is_told_with_its_own_article() {
    let sandbox = Sandbox::new();
    let page = "<html><p>A page on water policy that says enough to be an article.</p></html>";
    sandbox.write("in/a.html", page);
    sandbox.write("in/d.css", "p {}");
    sandbox.ingest(&["in"]);
    let old = sandbox.articles("water");
    sandbox.remove("in/a.html");
    sandbox.write("in/b.html", page);
    assert_eq!(sandbox.ingest(&["in", "--prune", "--report", "report"]), "1 updated, 1 skipped");
    let lines = lines_by_name(&sandbox, "report");
    let [(name, line), _] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!((name.as_str(), &line["state"]), ("b.html", &"updated".into()));
    assert_eq!([line["article"].as_str().unwrap()], sandbox.articles("water")[..]);
    assert_ne!(sandbox.articles("water"), old);
    agrees_with_index(&sandbox, "report");
    assert!(!sandbox.path("report.unfinished").exists());
}

/// So are copies of an article that is no more: the one that takes its place, and those that are copies of that one
/// now.
#[test]
fn copies_of_a_changed_file_are_told_with_the_article_that_they_have_now() {
    let sandbox = Sandbox::new();
    let page =
        |on: &str| format!("<html><p>A page on {on} policy that says enough to be an article.</p></html>");
    for name in ["a", "b", "c"] {
        sandbox.write(format!("in/{name}.html"), page("water"));
    }
    sandbox.ingest(&["in"]);
    sandbox.write("in/a.html", page("trade"));
    assert_eq!(sandbox.ingest(&["in", "--report", "report"]), "1 indexed, 1 updated, 1 unchanged");
    let states: Vec<Value> =
        lines_by_name(&sandbox, "report").into_iter().map(|(_, line)| line["state"].clone()).collect();
    assert_eq!(states, ["updated", "indexed", "unchanged"]);
    agrees_with_index(&sandbox, "report");
    // A pipe has the lines that hold behind those that don't.
    sandbox.write("in/a.html", page("border"));
    sandbox.remove("in/b.html");
    let piped = sandbox.shell("\"$IBID\" ingest in --prune --quiet --report /dev/stdout | cat").exits(0);
    let of_c: Vec<Value> = piped
        .lines()
        .into_iter()
        .filter(|line| line["locator"].as_str().unwrap().ends_with("c.html"))
        .map(|line| line["state"].clone())
        .collect();
    assert_eq!(of_c, ["unchanged", "updated"]);
}

/// A revisit whose original is gone is told as skipped by the run that finds that out.
#[test]
fn a_revisit_that_a_run_skips_is_told_as_skipped() {
    use crate::warc::{answer, record, uri};
    let sandbox = Sandbox::new();
    let digest = "WARC-Payload-Digest: sha1:ABC\r\n";
    let content = answer("", page("Page a", &text_about("a")).as_bytes());
    sandbox.write("in/1.warc", record("response", &uri("a"), digest, &content));
    sandbox.write("in/2.warc", record("revisit", &uri("b"), digest, b""));
    assert_eq!(sandbox.ingest(&["in"]), "1 indexed, 1 duplicates");
    sandbox.remove("in/1.warc");
    assert_eq!(sandbox.ingest(&["in", "--prune", "--report", "report"]), "1 skipped, 1 removed");
    let lines = lines_by_name(&sandbox, "report");
    let [(name, line)] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!((name.as_str(), &line["state"]), ("2.warc@0", &"skipped".into()));
    assert_eq!(line["reason"], "a revisit of a page that isn't indexed");
    agrees_with_index(&sandbox, "report");
}

/// `ibid report` shows the last run, and what is set aside.
#[test]
fn the_last_run_is_shown() {
    let sandbox = mixed();
    sandbox.ibid(&["ingest", "in"]).exits(3);
    insta::assert_snapshot!(sandbox.ibid(&["report"]).all(), @r"
    begun [TIME]
            1 indexed
            0 updated
            0 unchanged
            1 duplicate
            1 skipped
            1 set aside
            4 inputs
    set aside: [DIR]/in/c.html: the file is empty
    --- exit 0
    ");
    let json = sandbox.ibid(&["report", "--format", "json"]).json();
    assert_eq!((json["inputs"].as_u64(), json["set_aside"].as_u64()), (Some(4), Some(1)));
    assert_eq!(sandbox.ibid(&["report", "--inputs"]).lines().len(), 4);
}

/// `--retry` reads what was set aside and nothing else.
#[test]
fn what_was_set_aside_is_read_again() {
    let sandbox = mixed();
    sandbox.ibid(&["ingest", "in"]).exits(3);
    sandbox.write("in/c.html", "<html><p>Now this page says something about rivers, too.</p></html>");
    sandbox.write("in/e.html", "<html><p>A new page that nobody has asked for in this run.</p></html>");
    assert_eq!(sandbox.ingest(&["--retry"]), "1 indexed");
    insta::assert_snapshot!(sandbox.ibid(&["ingest", "--retry"]).all(), @r"
    --- stderr
    note: nothing is set aside that could be read again
    --- exit 0
    ");
}

/// What was set aside but is kept, since it was read before, is told and read again like everything else that was.
#[test]
fn what_is_kept_but_cannot_be_read_any_more_is_told_and_retried() {
    let sandbox = Sandbox::new();
    let page =
        |on: &str| format!("<html><p>A page on {on} policy that says enough to be an article.</p></html>");
    let archive = |on: &str| crate::archives::zip(&[("m.html", page(on))]);
    sandbox.write("a.html", page("water"));
    sandbox.write("b.html", page("trade"));
    sandbox.write("c.zip", archive("border"));
    let listed = || {
        let command = sandbox.command(&["ingest", "-", "--quiet"]);
        sandbox.run_with_input(command, "a.html\nb.html\nc.zip\n").status
    };
    assert_eq!(listed(), Some(0));
    let aside = |name: &str, aside: &str| std::fs::rename(sandbox.path(name), sandbox.path(aside)).unwrap();
    let names = ["a.html", "b.html", "c.zip"];
    for name in names {
        aside(name, &format!("{name}.aside"));
    }
    for _ in 0..2 {
        assert_eq!(listed(), Some(3));
        let report = sandbox.ibid(&["report"]).exits(0).stdout;
        for name in names {
            assert!(report.contains(&format!("set aside: [DIR]/{name}: ")), "{name}: {report}");
        }
        assert_eq!(sandbox.article_count(), 3);
        sandbox.ibid(&["check"]).exits(0);
    }
    let states = || {
        let inputs = sandbox.ibid(&["report", "--inputs"]).exits(0).lines();
        inputs.iter().map(|input| input["state"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(states(), ["set_aside", "set_aside", "set_aside", "indexed"]);
    for name in names {
        aside(&format!("{name}.aside"), name);
    }
    sandbox.write("b.html", page("labour"));
    assert_eq!(sandbox.ingest(&["--retry"]), "1 updated, 1 unchanged");
    assert_eq!(states(), ["indexed", "indexed", "container", "indexed"]);
    sandbox.ibid(&["ingest", "--retry"]).exits(0).complains("nothing is set aside");
    aside("c.zip", "c.zip.aside");
    assert_eq!(listed(), Some(3));
    aside("c.zip.aside", "c.zip");
    sandbox.ibid(&["ingest", "--retry"]).exits(0).complains("what was set aside can be read");
    assert_eq!(sandbox.ingest(&["a.html", "b.html", "c.zip"]), "3 unchanged");
    sandbox.ibid(&["check"]).exits(0);
}

/// A folder that couldn't be read is no longer told as set aside once it was.
#[test]
fn a_folder_that_can_be_read_again_is_no_longer_set_aside() {
    let sandbox = Sandbox::new();
    let page = "<html><p>A page on water policy that says enough to be an article.</p></html>";
    sandbox.write("away/below/a.html", page);
    let command = sandbox.command(&["ingest", "-", "--quiet"]);
    assert_eq!(sandbox.run_with_input(command, "in\n").status, Some(3));
    let is_told = || sandbox.ibid(&["report"]).exits(0).stdout.contains("set aside: [DIR]/in: ");
    assert!(is_told());
    std::fs::rename(sandbox.path("away"), sandbox.path("in")).unwrap();
    sandbox.ibid(&["ingest", "in", "--quiet"]).exits(0);
    assert!(!is_told());
    assert_eq!(sandbox.ibid(&["report", "--inputs"]).lines().len(), 1);
}

/// Of an archive `--retry` makes nothing again but what was set aside.
#[test]
fn what_was_read_of_an_archive_is_not_read_again() {
    let sandbox = Sandbox::new();
    let page = "<html><p>A page on water policy that says enough to be an article.</p></html>";
    sandbox.write("a.zip", crate::archives::zip(&[("a.html", page), ("b.html", "")]));
    assert_eq!(sandbox.ingest(&["a.zip"]), "1 indexed, 1 set aside");
    assert_eq!(sandbox.ingest(&["--retry"]), "1 set aside");
    let report = sandbox.ingest_in_no_time("a.zip", Trust::Nothing);
    assert_eq!((report.set_aside, report.removed), (2, 0));
    assert_eq!(sandbox.ingest(&["--retry"]), "1 unchanged, 1 set aside");
}

/// What lies beside what was set aside, and is as it was, isn't counted, told or reported by `--retry`.
#[test]
fn a_retry_counts_nothing_but_what_was_set_aside() {
    let sandbox = Sandbox::new();
    let page =
        |on: &str| format!("<html><p>A page on {on} policy that says enough to be an article.</p></html>");
    let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
    let mut members: Vec<(String, String)> =
        names.iter().map(|name| (format!("{name}.html"), page(&format!("topic {name}")))).collect();
    members.push(("copy.html".to_owned(), page("topic a")));
    members.push(("k.css".to_owned(), "p {}".to_owned()));
    members.push((".hidden/l.html".to_owned(), page("nothing")));
    members.push(("m.html".to_owned(), String::new()));
    sandbox.write("a.zip", crate::archives::zip(&members));
    assert_eq!(sandbox.ingest(&["a.zip"]), "9 indexed, 1 duplicates, 2 skipped, 1 set aside");
    assert_eq!(sandbox.ingest(&["--retry", "--report", "report"]), "1 set aside");
    assert_eq!(states(&sandbox, "report"), [("a.zip#m.html".to_owned(), "set_aside".to_owned())]);
    // The run before knew all of them, and so does the one behind.
    assert_eq!(sandbox.ingest(&["a.zip"]), "10 unchanged, 2 skipped, 1 set aside");
    // What has changed beside it is read, as the file is, and counted.
    members[8].1 = page("another topic");
    members[12].1 = page("what was empty");
    sandbox.write("a.zip", crate::archives::zip(&members));
    assert_eq!(sandbox.ingest(&["--retry"]), "1 indexed, 1 updated");
}

/// `--prune` and `--full` hold for the members of an archive, and `--dry-run` tells what they would do.
#[test]
fn members_of_archives_are_pruned_and_made_again() {
    let sandbox = Sandbox::new();
    let page = |on: &str| format!("<html><p>A page on {on} that says enough to be an article.</p></html>");
    let members = [("a.html", page("water")), ("b.html", page("trade"))];
    sandbox.write("a.zip", crate::archives::zip(&members));
    assert_eq!(sandbox.ingest(&["a.zip"]), "2 indexed");
    assert_eq!(sandbox.ingest(&["a.zip", "--full"]), "2 updated");
    sandbox.write("a.zip", crate::archives::zip(&members[..1]));
    assert_eq!(sandbox.ingest(&["a.zip", "--prune", "--dry-run"]), "1 unchanged, 1 removed");
    assert_eq!(sandbox.article_count(), 2);
    assert_eq!(sandbox.ingest(&["a.zip", "--prune"]), "1 unchanged, 1 removed");
    assert_eq!(sandbox.article_count(), 1);
}

/// `--dry-run` tells what a run would do, and does nothing.
#[test]
fn a_dry_run_writes_nothing() {
    let sandbox = mixed();
    let told = sandbox.ibid(&["ingest", "in", "--dry-run"]).exits(3);
    assert!(told.stderr.contains("nothing was written"), "{}", told.all());
    assert!(!sandbox.path("index").exists());
    sandbox.ibid(&["ingest", "in"]).exits(3);
    sandbox.remove("in/a.html");
    sandbox.ibid(&["ingest", "in", "--dry-run", "--prune"]);
    assert_eq!(sandbox.article_count(), 1);
}

/// That a dry run and the run itself tell the same, `expected`, once the inputs written by `before` were changed by
/// `after`.
#[track_caller]
fn dry_run_agrees(before: &dyn Fn(&Sandbox), after: &dyn Fn(&Sandbox), expected: &str) {
    let sandbox = Sandbox::new();
    before(&sandbox);
    sandbox.ingest(&["in"]);
    after(&sandbox);
    let dry = sandbox.ingest(&["in", "--prune", "--dry-run"]);
    assert_eq!((dry.as_str(), sandbox.ingest(&["in", "--prune"]).as_str()), (expected, expected));
    sandbox.ibid(&["check", "--against", "in"]).exits(0);
}

/// A dry run tells what the run itself does then, also where copies take the place of what is gone.
#[test]
fn a_dry_run_of_a_renaming_tells_what_the_run_does() {
    use crate::archives::zip;
    let page =
        |on: &str| format!("<html><p>A page on {on} policy that says enough to be an article.</p></html>");
    let addressed = page("water").replace("<p>", "<link rel=canonical href=\"https://port.example/a\"><p>");
    let rename = |sandbox: &Sandbox| {
        sandbox.shell("cd in && for file in a.*; do mv $file z.${file#a.}; done").exits(0);
    };
    dry_run_agrees(&|s| s.write("in/a.html", page("water")), &rename, "1 updated");
    dry_run_agrees(&|s| s.write("in/a.html", &addressed), &rename, "1 updated");
    let with_a_copy = |sandbox: &Sandbox| {
        sandbox.write("in/a.html", page("water"));
        sandbox.write("in/c.html", page("water"));
    };
    dry_run_agrees(&with_a_copy, &rename, "1 updated, 1 duplicates");
    let pages = zip(&[("a.html", page("water")), ("b.html", page("trade"))]);
    dry_run_agrees(&|s| s.write("in/a.zip", &pages), &rename, "2 updated");
    // The copy comes to lie before what was its original.
    let copies = zip(&[("d.html", page("water")), ("c.html", page("water"))]);
    let elsewhere = "<meta http-equiv=\"refresh\" content=\"0; url=https://e.example/\">".to_owned();
    let one_is_left = zip(&[("c.html", page("water")), ("d.html", elsewhere)]);
    dry_run_agrees(
        &|s| s.write("in/a.zip", &copies),
        &|s| s.write("in/a.zip", &one_is_left),
        "1 updated, 1 skipped",
    );
}

/// `--full` reads everything again, `--quiet` says nothing.
#[test]
fn a_full_run_updates_everything() {
    let sandbox = mixed();
    sandbox.ibid(&["ingest", "in"]).exits(3);
    let again = sandbox.ibid(&["ingest", "in"]).exits(3);
    assert!(again.stdout.contains("2 unchanged"), "{}", again.all());
    let full = sandbox.ibid(&["ingest", "in", "--full"]).exits(3);
    assert!(full.stdout.contains("1 updated"), "{}", full.all());
    let quiet = sandbox.ibid(&["ingest", "in", "--quiet"]).exits(3);
    assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), ("", ""));
}

/// Progress is for terminals; a script that asks for it gets JSON on standard error, the last line when all is done.
#[test]
fn a_script_is_told_how_far_a_run_is() {
    let sandbox = mixed();
    let silent = sandbox.ibid(&["ingest", "in", "--index", "other"]).exits(3);
    assert_eq!(silent.stderr.lines().count(), 1, "{}", silent.stderr);
    let told = sandbox.ibid(&["ingest", "in", "--progress", "json"]).exits(3);
    let lines: Vec<Value> = told.stderr.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.iter().any(|line| line["reason"] == "the file is empty"), "{}", told.stderr);
    let last = &lines[lines.len() - 1];
    assert_eq!((&last["ended"], &last["inputs"]), (&true.into(), &4.into()), "{last}");
    assert_eq!((&last["articles"], &last["set_aside"], &last["bytes"]), (&1.into(), &1.into(), &154.into()));
    let quiet = sandbox.ibid(&["ingest", "in", "--progress", "json", "--quiet"]).exits(3);
    assert!(quiet.stderr.lines().all(|line| line.starts_with('{')), "{}", quiet.stderr);
}

/// What hears of a run is told how much of an archive was read while it is read, so that the time left can be said.
#[test]
fn the_bytes_of_an_archive_are_told_while_it_is_read() {
    struct Heard(Mutex<Vec<u64>>);
    impl Observer for Heard {
        fn found(&self, _: u64) {}
        fn read(&self, bytes: u64) {
            self.0.lock().unwrap().push(bytes);
        }
        fn finished(&self, _: &InputRecord, _: &ibid::ingest::Outcome, _: u64) {}
    }
    let sandbox = Sandbox::new();
    let pages =
        (0..20).map(|n| (format!("{n}.html"), page("Tides", &text_about(&n.to_string()).repeat(200))));
    let pages: Vec<(String, String)> = pages.collect();
    for (name, archive) in
        [("a.zip", zip_stored(&pages)), ("a.tar", tar(&pages)), ("a.tar.gz", gzip(&tar(&pages)))]
    {
        sandbox.write(name, &archive);
        let rehearsal = Rehearsal::open(&sandbox.path("none")).unwrap();
        let heard = Heard(Mutex::default());
        ingest(&rehearsal, &[sandbox.path(name)], &Options::default(), &AtomicBool::new(false), &heard)
            .unwrap();
        let told = heard.0.into_inner().unwrap();
        assert_eq!(told.iter().sum::<u64>(), archive.len() as u64, "{name}: {told:?}");
        let largest = told.iter().max().copied().unwrap_or_default();
        assert!(name.ends_with("gz") || largest < archive.len() as u64 / 4, "{name}: {told:?}");
    }
}

/// A container without a record or member is an input like any other, alone or inside another.
#[test]
fn a_container_without_members_is_accounted_for() {
    let folder = tar_member(b"d/", EntryType::Directory, b"");
    let files = [
        ("a.warc", vec![0; 5000], "set_aside"),
        ("b.warc.gz", vec![0; 5000], "set_aside"),
        ("c.warc", b"\r\n".repeat(50), "set_aside"),
        ("d.warc.gz", gzip(b""), "set_aside"),
        ("e.warc.gz", gzip(&[0; 5000]), "set_aside"),
        ("f.tar", [folder, vec![0; 1024]].concat(), "skipped"),
        ("g.zip", zip_stored(&[("d/", "")]), "skipped"),
        ("h.zip", zip_stored::<&str, &str>(&[]), "skipped"),
    ];
    let states = |sandbox: &Sandbox, input: &str| -> Vec<(String, String)> {
        let index = format!("index of {input}");
        sandbox.ibid(&["ingest", input, "--report", "report", "--index", &index, "--full"]).exits(3);
        let account = std::fs::read_to_string(sandbox.path("report")).unwrap();
        let lines = account.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let name = |line: &Value| field(line, "locator").rsplit(['/', '#']).next().unwrap().to_owned();
        lines.map(|line| (name(&line), field(&line, "state"))).collect()
    };
    let sandbox = Sandbox::new();
    for (name, content, _) in &files {
        sandbox.write(format!("in/{name}"), content);
    }
    let inside: Vec<(&str, &[u8])> =
        files.iter().map(|(name, content, _)| (*name, content.as_slice())).collect();
    sandbox.write("all.zip", zip_stored(&inside));
    let expected: Vec<(String, String)> =
        files.iter().map(|(name, _, state)| ((*name).to_owned(), (*state).to_owned())).collect();
    for input in ["in", "all.zip", "in"] {
        assert_eq!(states(&sandbox, input), expected, "{input}");
    }
}

/// An article with more different words than are indexed is told as such, and found by those that came first.
#[test]
fn words_that_are_left_out_are_told() {
    let sandbox = Sandbox::new();
    let words: String = (0..1_048_700_u32).map(|number| format!("{number:x} ")).collect();
    sandbox.write("in/dump.txt", format!("{words}zeppelin"));
    sandbox.ibid(&["ingest", "in", "--report", "report.jsonl"]).exits(0);
    let report: Value =
        serde_json::from_str(&std::fs::read_to_string(sandbox.path("report.jsonl")).unwrap()).unwrap();
    assert_eq!(report["state"], "indexed");
    assert_eq!(
        report["reason"],
        "it has more than 1048576 different words or headings: what further ones it has isn't found"
    );
    assert_eq!((sandbox.hits("=fffff").len(), sandbox.hits("zeppelin").len()), (1, 0));
}
