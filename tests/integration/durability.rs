//! What outlives a full disk, a killed process and a second writer: the last commit, whole.

use std::fs;
use std::path::Path;
use std::process::Child;
use std::time::Duration;

use crate::draw::draw;
use crate::harness::{Outcome, Sandbox, field, writer_of};
use crate::pages::{page, text_about};

/// A folder of `count` pages in the sandbox.
fn write_pages(sandbox: &Sandbox, folder: &str, count: usize) {
    for number in 0..count {
        let harbour = ["old", "new", "free"][number % 3];
        let subject = format!("subject{number} and the tides of the {harbour} harbour, on {folder} pages,");
        sandbox.write(
            format!("{folder}/{number:04}.html"),
            page(&format!("Page {number}"), &text_about(&subject)),
        );
    }
}

/// What an index holds and answers, for comparing it with another of the same files.
#[track_caller]
fn content(sandbox: &Sandbox, index: &str) -> String {
    let stats = sandbox.ibid(&["stats", "--format", "json", "--index", index]).exits(0).json();
    let mut content = format!("{} {} {}\n", stats["articles"], stats["passages"], stats["inputs"]);
    for query in ["subject7", "\"free harbour\" -subject5", "winter AND figures"] {
        let arguments = ["query", query, "-n", "50", "--format", "jsonl", "--index", index];
        for hit in sandbox.ibid(&arguments).exits(0).lines() {
            let (title, text) = (field(&hit, "title"), field(&hit, "text"));
            content += &format!("{query}: {title} {} {} {}\n", hit["score"], text.len(), hit["highlights"]);
        }
    }
    content
}

/// Runs the binary with no file allowed to grow beyond `blocks` of 512 bytes: what a full disk looks like to
/// a program, for everybody.
fn with_little_room(sandbox: &Sandbox, blocks: u32, arguments: &str) -> Outcome {
    sandbox.shell(&format!("trap '' XFSZ; ulimit -f {blocks}; \"$IBID\" {arguments}"))
}

/// A full disk is an error that says so, at whatever point it fills up; the index answers as it did, and the
/// next run with room makes up for it.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_last_commit() {
    let sandbox = Sandbox::new();
    write_pages(&sandbox, "old", 30);
    sandbox.ingest(&["old"]);
    let before = content(&sandbox, "index");
    write_pages(&sandbox, "new", 300);
    for blocks in [0, 8, 40] {
        let failed = with_little_room(&sandbox, blocks, "ingest new").ends_by_itself();
        assert_eq!(failed.status, Some(2), "{blocks} blocks: {}", failed.all());
        assert_eq!(failed.stderr.matches("File too large").count(), 1, "{}", failed.stderr);
        assert!(!failed.stderr.contains("Os {"), "{}", failed.stderr);
        failed.complains("error: the index at index: ").complains("hint: is there room on the disk");
        assert_eq!(content(&sandbox, "index"), before, "{blocks} blocks");
    }
    assert_eq!(sandbox.ingest(&["new"]), "300 indexed");
    assert_eq!(sandbox.ingest(&["old", "new"]), "330 unchanged");
}

/// A disk that is full before the index is made leaves nothing that stands in the way later.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_no_half_made_index() {
    let sandbox = Sandbox::new();
    write_pages(&sandbox, "in", 3);
    let failed = with_little_room(&sandbox, 0, "ingest in").ends_by_itself();
    assert_eq!(failed.status, Some(2), "{}", failed.all());
    assert_eq!(sandbox.ingest(&["in"]), "3 indexed");
}

/// Waits until a run has the lock of its index, or is over: what follows holds either way.
fn wait_until_begun(child: &mut Child, index: &Path) {
    while !index.join(".tantivy-writer.lock").exists() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// A process that is killed leaves its last commit; the next run ends where an undisturbed one does.
#[test]
fn a_killed_run_is_made_up_for_by_the_next() {
    let sandbox = Sandbox::new();
    write_pages(&sandbox, "in", 200);
    sandbox.ingest(&["in", "--index", "undisturbed"]);
    let expected = content(&sandbox, "undisturbed");
    // Into an index that is new, and into one with articles that are changed under it.
    for old_pages in [0, 50] {
        let index = format!("killed-{old_pages}");
        for number in 0..old_pages {
            let name = format!("{number:04}.html");
            sandbox.write(format!("before/{name}"), page("Before", &text_about(&format!("former{number}"))));
        }
        if old_pages > 0 {
            swap(&sandbox, "in", "before");
            sandbox.ingest(&["in", "--index", &index]);
            swap(&sandbox, "in", "before");
        }
        let mut child = sandbox.start(&["ingest", "in", "--index", &index]);
        wait_until_begun(&mut child, &sandbox.path(&index));
        child.kill().unwrap();
        sandbox.finish(child);
        if sandbox.path(&index).join("meta.json").exists() {
            sandbox.ibid(&["stats", "--index", &index]).exits(0);
        }
        sandbox.ingest(&["in", "--prune", "--index", &index]);
        assert_eq!(content(&sandbox, &index), expected, "{old_pages} old pages");
        assert_eq!(sandbox.ingest(&["in", "--index", &index]), "200 unchanged");
    }
}

/// How often the plug is pulled; `IBID_KILLS` says otherwise.
const KILLS: u64 = 200;

/// Longest that a run is let go on, in milliseconds: a part of what all pages take.
const LONGEST_RUN_MS: u64 = 600;

/// However often a run is killed, and at whatever moment, the index is sound and holds whole commits; what goes on from
/// there ends where an undisturbed run does. Every input is a commit of its own, so nearly all moments are within one.
#[test]
fn a_run_killed_again_and_again_ends_where_an_undisturbed_one_does() {
    let sandbox = Sandbox::new();
    write_pages(&sandbox, "in", 120);
    sandbox.ingest(&["in", "--index", "undisturbed"]);
    let expected = content(&sandbox, "undisturbed");
    let kills = std::env::var("IBID_KILLS").map_or(KILLS, |kills| kills.parse().unwrap());
    let index = sandbox.path("index");
    let (mut state, mut ended) = (20_261_127, 0);
    for kill in 0..kills {
        let mut child = sandbox.start(&["ingest", "in", "--commit-seconds", "0"]);
        std::thread::sleep(Duration::from_millis(draw(&mut state, LONGEST_RUN_MS)));
        let had_ended = child.try_wait().unwrap().is_some();
        child.kill().unwrap();
        sandbox.finish(child);
        if index.join("meta.json").exists() {
            let health = ibid::check::check(&index).unwrap();
            assert!(health.is_sound(), "kill {kill}: {:?}", health.findings);
        }
        if had_ended {
            assert_eq!(content(&sandbox, "index"), expected, "kill {kill}");
            fs::remove_dir_all(&index).unwrap();
            ended += 1;
        }
    }
    assert!(ended < kills / 2, "{ended} of {kills} runs had ended");
    sandbox.ingest(&["in"]);
    assert_eq!(content(&sandbox, "index"), expected);
    assert_eq!(sandbox.ingest(&["in"]), "120 unchanged");
}

fn swap(sandbox: &Sandbox, one: &str, other: &str) {
    fs::rename(sandbox.path(one), sandbox.path("swapped")).unwrap();
    fs::rename(sandbox.path(other), sandbox.path(one)).unwrap();
    fs::rename(sandbox.path("swapped"), sandbox.path(other)).unwrap();
}

/// Of two runs at once, the one that comes second is told to wait, or comes after: the index is the same.
#[test]
fn two_runs_at_once_do_no_harm() {
    let sandbox = Sandbox::new();
    write_pages(&sandbox, "old", 10);
    write_pages(&sandbox, "in", 60);
    sandbox.ingest(&["old", "in", "--index", "undisturbed"]);
    let expected = content(&sandbox, "undisturbed");
    sandbox.ingest(&["old"]);
    let both = [(); 2].map(|()| sandbox.start(&["ingest", "in"]));
    let ended = both.map(|child| sandbox.finish(child));
    assert!(ended.iter().any(|outcome| outcome.status == Some(0)), "{}", ended[0].all());
    for outcome in ended {
        if outcome.status != Some(0) {
            // Who that is, it can say once the other has written it down.
            outcome.exits(4).complains("is locked: ").complains("is writing to it");
        }
    }
    assert_eq!(content(&sandbox, "index"), expected);
    assert_eq!(sandbox.ingest(&["old", "in", "--prune"]), "70 unchanged");
}

/// Moments at which a run is killed that drops originals.
const KILLS_OF_A_PRUNE: u64 = 12;

/// A run that drops originals is killed before their copies have taken their places: the next one puts them there, even
/// if it is asked for something else.
#[test]
fn a_killed_prune_loses_no_copies() {
    let sandbox = Sandbox::new();
    for number in 0..40 {
        let content = page("Page", &text_about(&format!("number{number}")));
        for folder in ["a", "b"] {
            sandbox.write(format!("{folder}/{number:02}.html"), &content);
        }
    }
    sandbox.ingest(&["a", "b", "--index", "before"]);
    fs::remove_dir_all(sandbox.path("a")).unwrap();
    sandbox.write("a/other.html", page("Page", &text_about("other")));
    for kill in 0..KILLS_OF_A_PRUNE {
        let index = format!("killed-{kill}");
        sandbox.copy_folder("before", &index);
        let mut child =
            sandbox.start(&["ingest", "a", "--prune", "--commit-seconds", "0", "--index", &index]);
        std::thread::sleep(Duration::from_millis(60 * kill));
        child.kill().unwrap();
        sandbox.finish(child);
        sandbox.ibid(&["ingest", "a", "--prune", "--index", &index]).ends_by_itself();
        let health = ibid::check::check(&sandbox.path(&index)).unwrap();
        assert!(health.is_sound(), "kill {kill}: {:?}", health.findings);
        assert_eq!(health.articles, 41, "kill {kill}");
    }
}

/// An interrupt ends in a commit, and so does what a system says that shuts down: what was counted is there, and the
/// next run goes on.
#[cfg(unix)]
#[test]
fn an_interrupted_run_commits_and_the_next_goes_on() {
    for signal in ending_signals() {
        let sandbox = Sandbox::new();
        write_pages(&sandbox, "in", 400);
        let mut child = sandbox.start(&["ingest", "in", "--format", "json"]);
        wait_until_begun(&mut child, &sandbox.path("index"));
        sandbox.shell(&format!("kill -{signal} {}", child.id())).exits(0);
        let outcome = sandbox.finish(child).ends_by_itself();
        let report = outcome.json();
        // It may have been at its end already.
        let status = if report["interrupted"] == true { 130 } else { 0 };
        outcome.exits(status);
        let indexed = report["indexed"].as_u64().unwrap();
        assert_eq!(sandbox.article_count(), indexed);
        sandbox.ibid(&["check"]).exits(0);
        sandbox.ingest(&["in"]);
        assert_eq!(sandbox.article_count(), 400);
        assert_eq!(sandbox.ingest(&["in"]), "400 unchanged");
    }
}

/// The account of a run that was killed is that of what it committed, and not of the run before it, nor of none.
#[test]
fn the_account_of_a_killed_run_is_that_of_its_commits() {
    let sandbox = Sandbox::new();
    write_pages(&sandbox, "in", 5);
    sandbox.ingest(&["in"]);
    write_pages(&sandbox, "in", 400);
    let report = || sandbox.ibid(&["report", "--format", "json"]).exits(0).json();
    let mut child = sandbox.start(&["ingest", "in", "--commit-seconds", "0"]);
    while report()["unchanged"] != 5 && child.try_wait().unwrap().is_none() {}
    child.kill().unwrap();
    sandbox.finish(child);
    let told = report();
    assert_eq!(told["unchanged"], 5, "{told}");
    assert_eq!(told["indexed"], sandbox.article_count() - 5, "{told}");
    assert_eq!(told["interrupted"], sandbox.article_count() < 400, "{told}");
    assert_eq!(sandbox.ibid(&["report"]).stdout.contains("next one goes on"), told["interrupted"] == true);
}

/// While a run is under way, queries answer from the commit before it.
#[test]
fn queries_answer_while_a_run_is_under_way() {
    let sandbox = Sandbox::new();
    write_pages(&sandbox, "old", 10);
    write_pages(&sandbox, "new", 200);
    sandbox.ingest(&["old"]);
    let child = sandbox.start(&["ingest", "new"]);
    for _ in 0..5 {
        let found = sandbox.article_count();
        assert!(found == 10 || found == 210, "a state between two commits: {found}");
        sandbox.ibid(&["query", "subject7"]).exits(0);
    }
    sandbox.finish(child).exits(0);
}

/// Files that grow, shrink and go while a run reads them do no harm: the next run ends where one over what is there
/// does.
#[test]
fn files_that_change_under_a_run_are_made_up_for_by_the_next() {
    let sandbox = Sandbox::new();
    write_pages(&sandbox, "in", 200);
    let whole = fs::read(sandbox.path("in/0000.html")).unwrap();
    let mut child = sandbox.start(&["ingest", "in"]);
    wait_until_begun(&mut child, &sandbox.path("index"));
    for number in (0..200).rev().filter(|number| number % 4 != 0) {
        let path = sandbox.path(format!("in/{number:04}.html"));
        match number % 4 {
            1 => fs::remove_file(path).unwrap(),
            2 => fs::write(path, &whole[..whole.len() / 2]).unwrap(),
            _ => {
                fs::write(path, page("Grown", &text_about(&format!("what grew{number}")).repeat(9))).unwrap();
            }
        }
    }
    let outcome = sandbox.finish(child).ends_by_itself();
    assert!(matches!(outcome.status, Some(0 | 3)), "{}", outcome.all());
    sandbox.ibid(&["check"]).exits(0);
    sandbox.ingest(&["in", "--prune"]);
    sandbox.ingest(&["in", "--index", "undisturbed"]);
    let titles = |index: &str| {
        let arguments = ["query", "harbour", "-n", "500", "--format", "jsonl", "--index", index];
        let mut titles: Vec<String> =
            sandbox.ibid(&arguments).exits(0).lines().iter().map(|hit| field(hit, "text")).collect();
        titles.sort();
        titles
    };
    assert_eq!(titles("index"), titles("undisturbed"));
    sandbox.ibid(&["check"]).exits(0);
}

/// The second of two writers says who holds the index, and with `--wait` takes its turn.
#[test]
fn a_second_writer_says_who_holds_the_index_or_waits() {
    let sandbox = Sandbox::new();
    sandbox.write("a.html", "<html><p>A page that says enough to be an article on its own.</p></html>");
    sandbox.ingest(&["a.html"]);
    let index = ibid::index::Index::open(&sandbox.path("index")).unwrap();
    let writer = writer_of(&index);
    writer.tell(&ibid::index::Holder { process: 4321, host: Some("library".into()), since: "noon".into() });
    let refused = sandbox.ibid(&["ingest", "a.html"]).exits(4);
    let refused = refused.complains("process 4321 on library, since noon, is writing to it");
    refused.complains("--wait");
    sandbox.ibid(&["ingest", "a.html", "--wait=1"]).exits(4);
    let waiting = sandbox.start(&["ingest", "a.html", "--wait"]);
    std::thread::sleep(Duration::from_millis(300));
    drop(writer);
    sandbox.finish(waiting).exits(0);
}

/// Half of those that began a new index at one time failed, whether they waited or not.
#[test]
fn runs_that_make_one_index_at_a_time_take_turns() {
    let sandbox = Sandbox::new();
    let folders: Vec<String> = (0..4).map(|number| format!("in{number}")).collect();
    for folder in &folders {
        write_pages(&sandbox, folder, 1);
    }
    for round in 0..3 {
        let index = format!("index{round}");
        let start = |folder: &String| sandbox.start(&["ingest", folder, "--wait", "--index", &index]);
        let runs: Vec<_> = folders.iter().map(start).collect();
        for run in runs {
            sandbox.finish(run).exits(0);
        }
        let inputs = sandbox.ibid(&["report", "--inputs", "--index", &index]).exits(0).lines().len();
        assert_eq!(inputs, folders.len());
    }
}

/// The signals that end a run, but for those that these tests were started without: in the background of a script INT
/// is ignored, and so it is by what they start.
#[cfg(unix)]
fn ending_signals() -> Vec<&'static str> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.map_or(0, |bits| u64::from_str_radix(bits.trim(), 16).unwrap());
    let signals = [("INT", 2), ("TERM", 15)].into_iter();
    signals.filter(|(_, number)| ignored >> (number - 1) & 1 == 0).map(|(name, _)| name).collect()
}

/// Who waits for another writer and is interrupted ends as interrupted, and not for the lock.
#[cfg(unix)]
#[test]
fn waiting_for_another_writer_can_be_interrupted() {
    let sandbox = Sandbox::new();
    sandbox.write("a.html", "<html><p>A page that says enough to be an article on its own.</p></html>");
    sandbox.ingest(&["a.html"]);
    let index = ibid::index::Index::open(&sandbox.path("index")).unwrap();
    let _writer = index.writer().unwrap();
    for signal in ending_signals() {
        for command in [&["ingest", "a.html", "--wait"][..], &["compact", "--wait"]] {
            let waiting = sandbox.start(command);
            std::thread::sleep(Duration::from_millis(500));
            sandbox.shell(&format!("kill -{signal} {}", waiting.id())).exits(0);
            sandbox.finish(waiting).exits(130).complains("interrupted: nothing was written");
        }
    }
}

/// A run under `nohup`, or in the background of a script, ended by the signal that it was to be spared.
#[cfg(target_os = "linux")]
#[test]
fn a_signal_that_was_to_be_ignored_ends_no_run() {
    let sandbox = Sandbox::new();
    sandbox.write("a.html", "<html><p>A page that says enough to be an article on its own.</p></html>");
    sandbox.ingest(&["a.html"]);
    let index = ibid::index::Index::open(&sandbox.path("index")).unwrap();
    let writer = writer_of(&index);
    std::thread::scope(|scope| {
        let script =
            "trap '' HUP INT; \"$IBID\" ingest a.html --wait & sleep 1; kill -HUP $!; kill -INT $!; wait $!";
        let run = scope.spawn(|| sandbox.shell(script));
        std::thread::sleep(Duration::from_secs(2));
        drop(writer);
        run.join().unwrap().exits(0);
    });
    let script = "trap '' HUP; \"$IBID\" ingest a.html --wait & sleep 1; kill -TERM $!; wait $!";
    let _writer = index.writer().unwrap();
    sandbox.shell(script).exits(130);
}

/// A run that failed left what it had half written, and so did each that came after it, until a disk was full for good.
#[cfg(target_os = "linux")]
#[test]
fn a_run_that_fails_leaves_no_unfinished_files() {
    let sandbox = Sandbox::new();
    write_pages(&sandbox, "old", 30);
    sandbox.ingest(&["old"]);
    let files = || {
        let entries = fs::read_dir(sandbox.path("index")).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.len() > 32).count()
    };
    let before = files();
    write_pages(&sandbox, "new", 300);
    let failed = with_little_room(&sandbox, 40, "ingest new").exits(2);
    failed.complains("failed: File too large");
    assert_eq!(files(), before);
    // Of a run that failed before its first commit nothing was told.
    let told = sandbox.ibid(&["report"]).exits(0).stdout;
    assert!(
        told.starts_with("begun [TIME]\n        0 indexed") && told.contains("was interrupted, or failed"),
        "{told}"
    );
    assert_eq!(sandbox.ibid(&["report", "--format", "json"]).exits(0).json()["interrupted"], true);
    // What a run leaves that is killed, the next one removes.
    sandbox.write("index/0123456789abcdef0123456789abcdef.store", "x");
    sandbox.ingest(&["old"]);
    assert_eq!(files(), before);
}

/// A query that reads first was refused where another did the same.
#[test]
fn a_query_that_reads_first_waits_for_another_writer() {
    let sandbox = Sandbox::new();
    sandbox.write("a.html", "<html><p>A page that says enough to be an article on its own.</p></html>");
    sandbox.ingest(&["a.html"]);
    let index = ibid::index::Index::open(&sandbox.path("index")).unwrap();
    let writer = writer_of(&index);
    sandbox.ibid(&["query", "article", "--from", "a.html"]).exits(4).complains("with `--wait`");
    let waiting = sandbox.start(&["query", "article", "--from", "a.html", "--wait"]);
    std::thread::sleep(Duration::from_millis(500));
    drop(writer);
    sandbox.finish(waiting).exits(0);
    sandbox.ibid(&["query", "article", "--wait"]).exits(2).complains("--from");
}

/// What ended the thread that indexes is told, and not only that it ended.
#[cfg(target_os = "linux")]
#[test]
fn a_failure_amid_a_run_is_told_with_its_cause() {
    use ibid::engine::Indexer;
    let sandbox = Sandbox::new();
    sandbox.write("a.html", "<html><p>A page that says enough to be an article on its own.</p></html>");
    sandbox.ingest(&["a.html"]);
    let index = ibid::index::Index::open(&sandbox.path("index")).unwrap();
    let input = index.searcher().unwrap().all_inputs().unwrap().remove(0);
    let writer = writer_of(&index);
    // Nothing can be written any more, as on a disk that is full or gone.
    fs::remove_dir_all(sandbox.path("index")).unwrap();
    let failed = std::iter::repeat_with(|| writer.put_input(&input)).take(1_000_000).find_map(Result::err);
    let failed = failed.expect("writing failed").to_string();
    assert!(failed.contains("No such file"), "{failed}");
}

/// Who may read new files may read an index, and a backup of it.
#[cfg(unix)]
#[test]
fn an_index_can_be_read_by_whom_the_mask_allows_it() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::new();
    write_pages(&sandbox, "in", 3);
    for (mask, expected) in [("022", 0o644), ("027", 0o640)] {
        sandbox
            .shell(&format!("umask {mask}; \"$IBID\" ingest in --index i{mask} && \"$IBID\" backup b{mask} --index i{mask}"))
            .exits(0);
        for folder in ["i", "b"] {
            for entry in fs::read_dir(sandbox.path(format!("{folder}{mask}"))).unwrap() {
                let entry = entry.unwrap();
                let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
                assert_eq!(mode, expected, "{mask}: {}", entry.path().display());
            }
        }
    }
}
