//! What is set aside keeps the article that was made of it before, whatever is wrong with it, until it is gone.

use std::fs;

use ibid::ingest::Trust;

use crate::archives::{gzip, zip_stored};
use crate::harness::Sandbox;
use crate::pages::{page, text_about};
use crate::pdf::review;
use crate::warc::{answer, record, uri};

const NAMES: [&str; 4] = ["one", "two", "three", "four"];

fn web_record(name: &str) -> Vec<u8> {
    record("response", &uri(name), "", &answer("", page(name, &text_about(name)).as_bytes()))
}

fn web_archive() -> Vec<u8> {
    NAMES.iter().flat_map(|name| web_record(name)).collect()
}

fn lines() -> Vec<u8> {
    let line = |name: &&str| {
        format!("{}\n", serde_json::json!({ "id": name, "title": name, "text": text_about(name) }))
    };
    NAMES.iter().map(line).collect::<String>().into_bytes()
}

fn zip_file() -> Vec<u8> {
    zip_stored(&NAMES.map(|name| (format!("{name}.html"), page(name, &text_about(name)))))
}

/// `bytes` with those from `at` on overwritten.
fn overwritten(bytes: &[u8], at: usize, new: &[u8]) -> Vec<u8> {
    [&bytes[..at], new, &bytes[at + new.len()..]].concat()
}

fn position(bytes: &[u8], of: &str) -> usize {
    memchr::memmem::find(bytes, of.as_bytes()).unwrap()
}

/// A file of each kind, whole and damaged.
fn damages() -> Vec<(&'static str, Vec<u8>, Vec<u8>)> {
    let whole = page("page", &text_about("page")).into_bytes();
    let packed = gzip(&whole);
    let flipped: Vec<u8> = packed
        .iter()
        .enumerate()
        .map(|(at, byte)| if (60..80).contains(&at) { !byte } else { *byte })
        .collect();
    let (zip, warc, lines) = (zip_file(), web_archive(), lines());
    let book = review();
    let (second, third) = (web_record("one").len(), web_record("one").len() + web_record("two").len());
    vec![
        ("empty.html", whole.clone(), Vec::new()),
        ("zeros.html", whole.clone(), vec![0; whole.len()]),
        // Nothing in the name promises a page.
        ("empty.aspx", whole.clone(), Vec::new()),
        ("zeros", whole.clone(), vec![0; whole.len()]),
        ("flipped.html.gz", packed, flipped),
        ("cut.pdf", book.clone(), book[..300].to_vec()),
        ("checksum.zip", zip.clone(), overwritten(&zip, position(&zip, "about two"), b"ABOUT")),
        ("header.warc", warc.clone(), overwritten(&warc, second, b"XXXXXXXX")),
        ("cut.warc", warc.clone(), warc[..second + 200].to_vec()),
        // Two records and the end of one are in one stretch that can't be read.
        ("stretch.warc", warc.clone(), overwritten(&warc, third - 100, &[0; 700])),
        ("page.warc", warc.clone(), overwritten(&warc, second + position(&warc, "<!DOCTYPE"), &[0; 300])),
        ("line.jsonl", lines.clone(), overwritten(&lines, position(&lines, "\"two\""), b"two,,")),
    ]
}

/// A file that was damaged lost its article, without `--prune` too, as if it had been gone.
#[test]
fn what_was_made_of_a_damaged_file_is_not_gone() {
    for (name, whole, damaged) in damages() {
        let sandbox = Sandbox::new();
        let file = format!("in/{name}");
        sandbox.write(&file, whole.clone());
        sandbox.ibid(&["ingest", "in"]).exits(0);
        let articles = sandbox.article_count();
        sandbox.write(&file, damaged);
        for flags in [&[][..], &["--prune"], &["--full"], &["--prune"]] {
            let told = sandbox.ibid(&[&["ingest", "in", "--format", "json"], flags].concat()).exits(3);
            let report = told.json();
            assert_eq!([&report["removed"], &report["gone"]], [0, 0], "{name} {flags:?}: {}", told.all());
            told.complains(&format!("set aside: [DIR]/{file}"));
            assert_eq!(sandbox.article_count(), articles, "{name} {flags:?}");
            assert!(sandbox.ibid(&["report"]).stdout.contains(&format!("set aside: [DIR]/{file}")), "{name}");
            sandbox.ibid(&["check"]).exits(0);
        }
        let compared = sandbox.ibid(&["check", "--against", "in"]);
        assert!(compared.stdout.contains("0 gone"), "{name}: {}", compared.all());
        sandbox.write(&file, whole);
        sandbox.ibid(&["ingest", "in", "--prune"]).exits(0);
        assert_eq!(sandbox.article_count(), articles, "{name}");
        assert!(!sandbox.ibid(&["report"]).stdout.contains("set aside: "), "{name}");
        assert!(!sandbox.ingest(&["in"]).contains("updated"), "{name}");
        sandbox.remove(&file);
        sandbox.write("in/beside.css", "");
        sandbox.ibid(&["ingest", "in", "--prune"]);
        assert_eq!(sandbox.article_count(), 0, "{name}");
    }
}

fn state_of(sandbox: &Sandbox, name: &str) -> (String, bool) {
    let inputs = sandbox.ibid(&["report", "--inputs"]).exits(0).lines();
    let input = inputs.iter().find(|input| input["locator"].as_str().unwrap().ends_with(name)).unwrap();
    (input["state"].as_str().unwrap().to_owned(), input["article"].is_string())
}

/// So did one that was beyond a limit, or out of time, when everything was made again.
#[test]
fn what_was_made_of_an_input_beyond_a_limit_is_not_gone() {
    let sandbox = Sandbox::new();
    let large = page("large", &text_about("large")) + &" ".repeat(2 << 20);
    sandbox.write("in/large.html", large);
    sandbox.write("in/small.html", page("small", &text_about("small")));
    assert_eq!(sandbox.ingest(&["in"]), "2 indexed");
    let limited = ["in", "--full", "--max-input-mib", "1"];
    assert_eq!(sandbox.ingest(&limited), "1 updated, 1 set aside");
    assert_eq!(sandbox.ingest(&["in", "--max-input-mib", "1"]), "1 unchanged, 1 set aside");
    assert_eq!(state_of(&sandbox, "large.html"), ("set_aside".to_owned(), true));
    assert_eq!(sandbox.ingest(&["in"]), "2 unchanged");
    let report = sandbox.ingest_in_no_time("in", Trust::Nothing);
    assert_eq!((report.set_aside, report.removed), (2, 0));
    assert_eq!(sandbox.article_count(), 2);
    assert_eq!(sandbox.ingest(&["in"]), "2 unchanged");
}

/// A copy of a damaged page is its copy still, and takes its place once it is gone.
#[test]
fn a_copy_of_a_damaged_page_takes_its_place_when_it_is_gone() {
    let sandbox = Sandbox::new();
    for name in ["in/a.html", "in/b.html"] {
        sandbox.write(name, page("Sluices", &text_about("sluices")));
    }
    assert_eq!(sandbox.ingest(&["in"]), "1 indexed, 1 duplicates");
    sandbox.write("in/a.html", "");
    assert_eq!(sandbox.ingest(&["in"]), "1 unchanged, 1 set aside");
    assert_eq!(state_of(&sandbox, "b.html"), ("duplicate".to_owned(), true));
    sandbox.remove("in/a.html");
    assert_eq!(sandbox.ingest(&["in", "--prune"]), "1 updated");
    assert_eq!(state_of(&sandbox, "b.html"), ("indexed".to_owned(), true));
    // One that is damaged keeps the text once the article has another.
    sandbox.write("in/c.html", page("Sluices", &text_about("sluices")));
    assert_eq!(sandbox.ingest(&["in"]), "1 unchanged, 1 duplicates");
    sandbox.write("in/c.html", "");
    assert_eq!(sandbox.ingest(&["in"]), "1 unchanged, 1 set aside");
    assert_eq!(state_of(&sandbox, "c.html"), ("set_aside".to_owned(), true));
    sandbox.write("in/b.html", page("Sluices", &text_about("locks")));
    assert_eq!(sandbox.ingest(&["in"]), "1 updated, 1 set aside");
    assert_eq!(state_of(&sandbox, "c.html"), ("set_aside".to_owned(), true));
    assert_eq!(sandbox.titles("sluices"), ["Sluices"]);
    sandbox.ibid(&["check"]).exits(0);
}

/// What was a copy of a page that is gone was dropped with it if it was damaged: nothing else had the text.
#[test]
fn a_damaged_copy_of_what_is_gone_keeps_the_article() {
    for damage_at_once in [false, true] {
        let sandbox = Sandbox::new();
        for name in ["in/a.html", "in/b.html", "in/c.html"] {
            sandbox.write(name, page("Sluices", &text_about("sluices")));
        }
        assert_eq!(sandbox.ingest(&["in"]), "1 indexed, 2 duplicates");
        sandbox.write("in/b.html", "");
        sandbox.write("in/c.html", "");
        if !damage_at_once {
            assert_eq!(sandbox.ingest(&["in"]), "1 unchanged, 2 set aside");
        }
        sandbox.remove("in/a.html");
        for _ in 0..2 {
            assert_eq!(sandbox.ingest(&["in", "--prune"]), "2 set aside");
            assert_eq!(sandbox.titles("sluices"), ["Sluices"]);
            sandbox.ibid(&["check"]).exits(0);
        }
        assert_eq!(state_of(&sandbox, "b.html"), ("set_aside".to_owned(), true));
        sandbox.write("in/b.html", page("Sluices", &text_about("sluices")));
        sandbox.write("in/c.html", page("Sluices", &text_about("sluices")));
        assert_eq!(sandbox.ingest(&["in"]), "2 unchanged");
        sandbox.ibid(&["check"]).exits(0);
    }
}

/// An archive whose member was damaged, with the time it had, is whole again when its time is still the same.
#[test]
fn a_damaged_archive_is_looked_at_until_it_is_whole_again() {
    let sandbox = Sandbox::new();
    let whole = zip_file();
    let damaged = overwritten(&whole, position(&whole, "about two"), b"ABOUT");
    let write = |content: &[u8]| {
        sandbox.write("a.zip", content);
        let file = fs::File::options().write(true).open(sandbox.path("a.zip")).unwrap();
        file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000)).unwrap();
    };
    write(&whole);
    assert_eq!(sandbox.ingest(&["a.zip"]), "4 indexed");
    write(&damaged);
    assert_eq!(sandbox.ingest(&["a.zip"]), "4 unchanged", "neither size nor time tell");
    assert_eq!(sandbox.ingest(&["a.zip", "--full"]), "3 updated, 1 set aside");
    assert_eq!(sandbox.ingest(&["a.zip"]), "3 unchanged, 1 set aside");
    write(&whole);
    assert_eq!(sandbox.ingest(&["a.zip"]), "4 unchanged");
    assert!(!sandbox.ibid(&["report"]).stdout.contains("set aside: "));
}

/// What an export told of a damaged file in the same run stands.
#[test]
fn what_an_export_tells_of_a_damaged_file_stands() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page("Sluices", &text_about("sluices")));
    assert_eq!(sandbox.ingest(&["in"]), "1 indexed");
    sandbox.write(
        "export.jsonl",
        sandbox
            .ibid(&["export"])
            .exits(0)
            .stdout
            .replace("[DIR]", sandbox.path("").to_str().unwrap().trim_end_matches('/')),
    );
    sandbox.write("in/a.html", "");
    for _ in 0..2 {
        sandbox.ibid(&["ingest", "export.jsonl", "in", "--index", "again"]).exits(3);
        assert_eq!(sandbox.ibid(&["stats", "--format", "json", "--index", "again"]).json()["articles"], 1);
        sandbox.ibid(&["check", "--index", "again"]).exits(0);
    }
}

/// A file that was named in `.ibidignore`, or made a link, and pruned by the same run was missing in the account.
#[test]
fn what_is_ignored_and_pruned_at_once_is_accounted_for() {
    let sandbox = Sandbox::new();
    for name in ["a", "b", "c"] {
        sandbox.write(format!("in/{name}.html"), page(name, &text_about(name)));
    }
    assert_eq!(sandbox.ingest(&["in"]), "3 indexed");
    sandbox.write("in/.ibidignore", "a.html\n");
    #[cfg(unix)]
    {
        sandbox.remove("in/b.html");
        std::os::unix::fs::symlink(sandbox.path("in/c.html"), sandbox.path("in/b.html")).unwrap();
    }
    #[cfg(not(unix))]
    sandbox.write("in/.ibidignore", "a.html\nb.html\n");
    assert_eq!(sandbox.ingest(&["in", "--prune"]), "1 unchanged, 3 skipped, 2 removed");
    assert_eq!(sandbox.ibid(&["report", "--inputs"]).lines().len(), 4);
    assert_eq!(state_of(&sandbox, "a.html"), ("skipped".to_owned(), false));
    sandbox.ibid(&["check", "--against", "in"]).exits(0);
    assert_eq!(sandbox.ingest(&["in", "--prune"]), "1 unchanged, 3 skipped");
    sandbox.remove("in/.ibidignore");
    assert!(sandbox.ingest(&["in", "--prune"]).contains("1 indexed"));
}

/// An export told what is set aside and keeps its article as indexed, without the reason.
#[test]
fn an_export_says_what_is_set_aside_and_keeps_its_article() {
    let sandbox = Sandbox::new();
    for name in ["a", "b"] {
        sandbox.write(format!("in/{name}.html"), page("Sluices", &text_about("sluices")));
    }
    sandbox.write("in/c.html", page("Locks", &text_about("locks")));
    assert_eq!(sandbox.ingest(&["in"]), "2 indexed, 1 duplicates");
    sandbox.write("in/b.html", "");
    sandbox.write("in/c.html", "");
    assert_eq!(sandbox.ingest(&["in"]), "1 unchanged, 2 set aside");
    sandbox.shell("\"$IBID\" export > all.jsonl").exits(0);
    let lines = fs::read_to_string(sandbox.path("all.jsonl")).unwrap();
    let told: Vec<serde_json::Value> = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["input"].clone())
        .filter(|input| input["state"] == "set_aside")
        .collect();
    assert_eq!(told.len(), 2);
    assert!(told.iter().all(|input| input["reason"] == "the file is empty"), "{told:?}");
    for told in ["1 indexed, 2 set aside", "1 unchanged, 2 set aside"] {
        assert_eq!(sandbox.ingest(&["all.jsonl", "--index", "again"]), told);
        sandbox.ibid(&["check", "--index", "again"]).exits(0);
    }
    let stats = |index: &str| {
        sandbox.ibid(&["stats", "--format", "json", "--index", index]).json()["articles"].clone()
    };
    assert_eq!((stats("again"), stats("index")), (2.into(), 2.into()));
    sandbox.shell("\"$IBID\" export --index again > again.jsonl").exits(0);
    assert_eq!(fs::read_to_string(sandbox.path("again.jsonl")).unwrap(), lines);
}
