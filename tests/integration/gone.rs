//! Paths that are gone: pruned where that is asked for, and never taken for gone where they may be out of reach.

use std::fs;

use crate::harness::Sandbox;
use crate::pages::{page, text_about};

/// An archive of two folders in a folder, of which `in/a` is gone since it was read.
fn with_a_folder_gone() -> Sandbox {
    let sandbox = Sandbox::new();
    for (name, subject) in [("a/1", "sluices"), ("a/2", "weirs"), ("b/1", "docks")] {
        sandbox.write(format!("in/{name}.html"), page(subject, &text_about(subject)));
    }
    assert_eq!(sandbox.ingest(&["in"]), "3 indexed");
    fs::remove_dir_all(sandbox.path("in/a")).unwrap();
    sandbox
}

/// A folder that was gone could only be pruned with all that lies beside it.
#[test]
fn a_path_that_is_gone_is_pruned() {
    let sandbox = with_a_folder_gone();
    sandbox
        .ibid(&["ingest", "in/a"])
        .exits(2)
        .complains("in/a: no such file or folder any more; `--prune` drops what was read of it");
    assert_eq!(sandbox.article_count(), 3);
    assert_eq!(sandbox.ingest(&["in/a", "--prune", "--dry-run"]), "2 removed");
    assert_eq!(sandbox.ingest(&["in/a", "in/b", "--prune"]), "1 unchanged, 2 removed");
    assert_eq!(sandbox.titles("harbour"), ["docks"]);
    sandbox.ibid(&["ingest", "in/a", "--prune"]).exits(2).complains("in/a: no such file or folder");
    sandbox.ibid(&["check"]).exits(0);
}

/// So is one of a list; without the flag the list is read on and the reason says what would drop it.
#[test]
fn a_listed_path_that_is_gone_is_pruned() {
    let sandbox = with_a_folder_gone();
    let listed = |more: &[&str]| {
        let command = sandbox.command(&[&["ingest", "-"], more].concat());
        sandbox.run_with_input(command, "in/a\nin/b\n")
    };
    listed(&[])
        .exits(3)
        .complains("in/a: no such file or folder any more; `--prune` drops what was read of it");
    assert_eq!(sandbox.article_count(), 3);
    let pruned = listed(&["--prune", "--format", "json"]).exits(0).json();
    assert_eq!((&pruned["unchanged"], &pruned["removed"]), (&1.into(), &2.into()));
    assert!(!sandbox.ibid(&["report"]).stdout.contains("in/a"));
}

/// A file is a path like any other.
#[test]
fn a_file_that_is_gone_is_pruned() {
    let sandbox = Sandbox::with_records("{\"text\":\"Dykes hold the river.\"}\n");
    sandbox.remove("records.jsonl");
    sandbox.write("beside.css", "");
    assert_eq!(sandbox.ingest(&["records.jsonl", "--prune"]), "1 removed");
    assert_eq!(sandbox.ibid(&["report", "--inputs"]).lines().len(), 0);
}

/// A path that nobody has read is a slip of the pen, and makes no index.
#[test]
fn a_path_that_was_never_read_is_an_error() {
    let sandbox = with_a_folder_gone();
    sandbox.ibid(&["ingest", "in/c", "--prune"]).exits(2).complains("in/c: no such file or folder");
    sandbox.ibid(&["ingest", "in/c", "--prune", "--index", "new"]).exits(2);
    assert!(!sandbox.path("new").exists());
    assert_eq!(sandbox.article_count(), 3);
}

/// What lies on a disk that isn't mounted is not gone: the folder for it is empty, or gone too, or a link leads
/// nowhere.
#[test]
fn what_is_out_of_reach_is_never_pruned() {
    let sandbox = Sandbox::new();
    sandbox.write("disk/archive/a.html", page("Sluices", &text_about("sluices")));
    sandbox.write("disk/archive/b.html", page("Weirs", &text_about("weirs")));
    assert_eq!(sandbox.ingest(&["disk/archive"]), "2 indexed");
    fs::rename(sandbox.path("disk"), sandbox.path("unmounted")).unwrap();
    let refused = || {
        for path in ["disk/archive", "disk/archive/a.html"] {
            let outcome = sandbox.ibid(&["ingest", path, "--prune"]).exits(2);
            outcome.complains(&format!("{path}: no such file or folder"));
            let command = sandbox.command(&["ingest", "-", "--prune"]);
            sandbox.run_with_input(command, path).exits(3);
        }
        assert_eq!(sandbox.article_count(), 2);
    };
    refused();
    fs::create_dir(sandbox.path("disk")).unwrap();
    refused();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/no/such/disk", sandbox.path("disk/archive")).unwrap();
        refused();
    }
}

/// Another input with the same text takes the article over.
#[test]
fn a_copy_takes_the_place_of_what_is_gone() {
    let sandbox = Sandbox::new();
    for name in ["in/a/1.html", "in/b/1.html"] {
        sandbox.write(name, page("Sluices", &text_about("sluices")));
    }
    assert_eq!(sandbox.ingest(&["in"]), "1 indexed, 1 duplicates");
    fs::remove_dir_all(sandbox.path("in/a")).unwrap();
    sandbox.ibid(&["ingest", "in/a", "--prune"]).exits(0);
    assert_eq!(sandbox.titles("sluices"), ["Sluices"]);
    sandbox.ibid(&["check"]).exits(0);
}

/// `check --against` tells of what lay there, and writes nothing.
#[test]
fn a_path_that_is_gone_is_compared() {
    let sandbox = with_a_folder_gone();
    let compared =
        sandbox.ibid(&["check", "--against", "in/a"]).exits(3).complains("gone: [DIR]/in/a/1.html");
    assert!(compared.stdout.contains("0 new, 2 gone"), "{}", compared.stdout);
    assert_eq!(sandbox.article_count(), 3);
}

/// What lay more than 200 folders deep was passed over without a word, and `--prune` dropped what had been read of it.
#[test]
fn what_lies_too_deep_is_never_pruned() {
    let sandbox = Sandbox::new();
    let folder = format!("in{}", "/d".repeat(200));
    sandbox.write("in/a.html", page("Sluices", &text_about("sluices")));
    sandbox.write(format!("{folder}/b.html"), page("Weirs", &text_about("weirs")));
    assert_eq!(sandbox.ingest(&[&folder]), "1 indexed");
    sandbox.ibid(&["ingest", "in", "--prune"]).exits(3).complains("/d: more than 200 folders deep");
    assert_eq!(sandbox.titles("harbour"), ["Sluices", "Weirs"]);
    sandbox.ibid(&["ingest", "--retry"]).exits(0);
    assert!(!sandbox.ibid(&["report"]).exits(0).stdout.contains("set aside: "));
}

/// A path that an earlier run had pruned cost all the others, from the second run on.
#[test]
fn a_path_that_was_pruned_before_costs_itself_alone() {
    let sandbox = with_a_folder_gone();
    assert_eq!(sandbox.ingest(&["in/b", "in/a", "--prune"]), "1 unchanged, 2 removed");
    sandbox.write("in/b/2.html", page("locks", &text_about("locks")));
    assert_eq!(sandbox.ingest(&["in/b", "in/a", "--prune"]), "1 indexed, 1 unchanged, 1 set aside");
    assert_eq!(sandbox.ingest(&["in/b", "in/a", "--prune"]), "2 unchanged, 1 set aside");
}
