//! What may not be read, for want of leave: told in every run, never taken for gone, and read once it may be.
//!
//! Whoever may read everything can't see any of this, so the tests end early for them.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;

use crate::harness::Sandbox;
use crate::pages::{page, text_about};

/// Three pages, of which two lie in a folder.
fn of_pages() -> Sandbox {
    let sandbox = Sandbox::new();
    for name in ["a", "b/1", "b/2"] {
        sandbox.write(format!("in/{name}.html"), page(name, &text_about(name)));
    }
    sandbox
}

/// Lets nobody read `name`; whether that holds for whoever runs this.
fn close(sandbox: &Sandbox, name: &str) -> bool {
    fs::set_permissions(sandbox.path(name), Permissions::from_mode(0o000)).unwrap();
    File::open(sandbox.path(name)).is_err()
}

/// Lets `name` be read again.
fn open(sandbox: &Sandbox, name: &str) {
    fs::set_permissions(sandbox.path(name), Permissions::from_mode(0o700)).unwrap();
}

/// What was to be left out went in.
#[test]
fn a_folder_whose_patterns_may_not_be_read_is_set_aside() {
    let sandbox = of_pages();
    sandbox.write("in/b/.ibidignore", "1.html\n");
    if !close(&sandbox, "in/b/.ibidignore") {
        return;
    }
    let told = sandbox.ibid(&["ingest", "in"]).exits(3);
    told.complains("in/b: the patterns in its .ibidignore can't be read: Permission denied");
    assert_eq!(sandbox.titles("harbour"), ["a"]);
    open(&sandbox, "in/b/.ibidignore");
    assert_eq!(sandbox.ingest(&["in"]), "1 indexed, 1 unchanged, 2 skipped");
}

/// It was said to be unchanged, as its size and time are.
#[test]
fn a_file_that_may_not_be_read_any_more_is_set_aside_in_every_run() {
    let sandbox = of_pages();
    assert_eq!(sandbox.ingest(&["in"]), "3 indexed");
    if !close(&sandbox, "in/a.html") {
        return;
    }
    for flags in [&["in"][..], &["in"], &["in", "--prune"], &["--retry"]] {
        let told = sandbox.ibid(&[&["ingest"], flags].concat()).exits(3);
        told.complains("in/a.html: Permission denied");
    }
    assert_eq!(sandbox.titles("harbour"), ["a", "b/1", "b/2"]);
    open(&sandbox, "in/a.html");
    assert_eq!(sandbox.ingest(&["in"]), "3 unchanged");
}

/// The first folder that still couldn't be read ended the run, and nothing else was read again.
#[test]
fn a_folder_that_may_still_not_be_read_keeps_no_other_from_being_retried() {
    let sandbox = of_pages();
    if !close(&sandbox, "in/b") | !close(&sandbox, "in/a.html") {
        return;
    }
    sandbox.ibid(&["ingest", "in"]).exits(3);
    sandbox.write("in/c/1.html", page("c", &text_about("c")));
    if !close(&sandbox, "in/c") {
        return;
    }
    sandbox.ibid(&["ingest", "in"]).exits(3);
    open(&sandbox, "in/c");
    let retried = sandbox.ibid(&["ingest", "--retry", "--format", "json"]).exits(3);
    assert_eq!((&retried.json()["indexed"], &retried.json()["set_aside"]), (&1.into(), &2.into()));
    retried.complains("in/b: Permission denied").complains("in/a.html: Permission denied");
}

/// What was known of all that lay in it was told under no heading, and all was said to be well.
#[test]
fn what_lies_in_a_folder_that_may_not_be_read_has_changed() {
    let sandbox = of_pages();
    sandbox.ingest(&["in"]);
    if !close(&sandbox, "in/b") {
        return;
    }
    for _ in 0..2 {
        let compared = sandbox.ibid(&["check", "--against", "in"]).exits(3);
        assert!(compared.stdout.contains("2 changed, 0 new, 0 gone"), "{}", compared.all());
        compared.complains("changed: [DIR]/in/b/1.html: [DIR]/in/b: Permission denied");
        sandbox.ibid(&["ingest", "in"]).exits(3);
    }
}

/// An index that may not be read was told to be none.
#[test]
fn an_index_that_may_not_be_read_is_told_as_that() {
    let sandbox = of_pages();
    sandbox.ingest(&["in"]);
    if !close(&sandbox, "index") {
        return;
    }
    let told = sandbox.ibid(&["query", "harbour"]);
    open(&sandbox, "index");
    told.exits(2).complains("Permission denied");
}
