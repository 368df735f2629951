//! Indexes that can't be used: something else, another version, damaged, locked, not writable.

use std::fs;

use ibid::index::{Index, WriterOptions};

use crate::archive::archive;
use crate::harness::{Outcome, Sandbox};

/// Every command that opens an index.
const COMMANDS: [&[&str]; 4] =
    [&["query", "river OR embargo"], &["show", "indus"], &["stats"], &["ingest", "records.jsonl"]];

/// A folder with something else in it is never taken for an index, nor made into one.
#[test]
fn a_folder_that_is_no_index_is_left_alone() {
    let sandbox = archive();
    sandbox.write("letters/letter.txt", "Dear Ana,\n");
    insta::assert_snapshot!(sandbox.ibid(&["query", "water", "--index", "letters"]).all(), @r"
    --- stderr
    error: letters is not an index of ibid, and not an empty folder
    hint: `--index DIR` names the folder of an index, or one that isn't there yet
    --- exit 4
    ");
    for command in COMMANDS {
        sandbox.ibid(&[command, &["--index", "letters"]].concat()).exits(4);
        sandbox.ibid(&[command, &["--index", "records.jsonl"]].concat()).exits(4);
    }
    assert_eq!(fs::read_dir(sandbox.path("letters")).unwrap().count(), 1);
}

/// A folder that holds what a repository keeps in an empty one may become an index.
#[test]
fn an_empty_folder_with_a_readme_becomes_an_index() {
    let sandbox = archive();
    sandbox.write("new/README.md", "The index goes here.\n");
    sandbox.write("new/.gitignore", "*\n");
    sandbox.ibid(&["query", "water", "--index", "new"]).exits(2).complains("no index at new");
    assert_eq!(sandbox.ingest(&["records.jsonl", "--index", "new"]), "6 indexed");
    assert!(sandbox.path("new/README.md").exists());
}

/// Rewrites the manifest of the last commit.
fn change_manifest(sandbox: &Sandbox, change: impl Fn(&mut serde_json::Value)) {
    let path = sandbox.path("index/meta.json");
    let mut meta: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let mut manifest = serde_json::from_str(meta["payload"].as_str().unwrap()).unwrap();
    change(&mut manifest);
    meta["payload"] = manifest.to_string().into();
    meta.as_object_mut().unwrap().remove("ibid_seal");
    fs::write(path, meta.to_string()).unwrap();
}

/// An index of another version is refused by every command, with both versions named and the release that wrote it, and
/// left as it is.
#[test]
fn an_index_of_another_version_is_refused() {
    for part in ["schema", "analyzer"] {
        let sandbox = archive();
        let current = sandbox.ibid(&["stats", "--format", "json"]).json()["versions"][part].as_u64().unwrap();
        change_manifest(&sandbox, |manifest| {
            manifest[part] = 99.into();
            manifest["written_by"] = "0.0.7".into();
        });
        let before = fs::read(sandbox.path("index/meta.json")).unwrap();
        for command in COMMANDS {
            let both = format!("ibid 0.0.7: it has {part} version 99, this ibid reads version {current}");
            let refused = sandbox.ibid(command).exits(4).complains(&both);
            refused.complains(
                "hint: go on with ibid 0.0.7; or remove index and ingest again, and where originals",
            );
        }
        assert_eq!(fs::read(sandbox.path("index/meta.json")).unwrap(), before);
    }
}

/// An index whose commit says nothing of ibid was made by another program.
#[test]
fn an_index_of_another_program_is_refused() {
    let sandbox = archive();
    let path = sandbox.path("index/meta.json");
    let mut meta: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    meta.as_object_mut().unwrap().remove("payload");
    meta.as_object_mut().unwrap().remove("ibid_seal");
    fs::write(path, meta.to_string()).unwrap();
    for command in COMMANDS {
        sandbox.ibid(command).exits(4).complains("is not an index of ibid");
    }
}

/// What each kind of damage does to the index's files, one after the other; `judge` looks at every command.
fn each_damage(damage: impl Fn(&[u8]) -> Option<Vec<u8>>, judge: impl Fn(&str, Outcome)) {
    let sandbox = archive();
    let mut names: Vec<String> = fs::read_dir(sandbox.path("index"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    for name in names {
        let path = format!("damaged/{name}");
        let whole = fs::read(sandbox.path(format!("index/{name}"))).unwrap();
        for command in COMMANDS {
            sandbox.copy_folder("index", "damaged");
            match damage(&whole) {
                Some(damaged) => sandbox.write(&path, damaged),
                None => sandbox.remove(&path),
            }
            judge(&name, sandbox.ibid(&[command, &["--index", "damaged"]].concat()));
            fs::remove_dir_all(sandbox.path("damaged")).unwrap();
        }
    }
}

/// Makes sure that a damaged index was refused, with a hint, and not by a panic.
#[track_caller]
fn refused(name: &str, outcome: Outcome) {
    let outcome = outcome.ends_by_itself();
    assert_eq!(outcome.status, Some(4), "{name}: {}", outcome.all());
    outcome.complains("hint: ");
}

/// A file of the index that is gone is noticed, and the index refused. Without its list of segments it is
/// no index.
#[test]
fn an_index_that_lacks_a_file_is_refused() {
    each_damage(|_| None, refused);
}

/// So is one with a file that was cut short.
#[test]
fn an_index_with_a_file_cut_short_is_refused() {
    let in_own_words = |name: &str, outcome: Outcome| {
        assert!(!outcome.stderr.contains("tantivy"), "{name}: {}", outcome.all());
        refused(name, outcome);
    };
    each_damage(|whole| Some(whole[..whole.len() / 2].to_vec()), in_own_words);
    each_damage(|_| Some(Vec::new()), in_own_words);
}

/// So is one with a file overwritten by zeros.
#[test]
fn an_index_with_a_file_of_zeros_is_refused() {
    each_damage(|whole| Some(vec![0; whole.len()]), refused);
}

/// Damage inside a file may go unnoticed where it hurts nothing, and never ends in a panic or a message
/// that doesn't say what is wrong.
#[test]
fn flipped_bits_never_end_in_a_panic() {
    for at in [2, 5, 11, 23] {
        let flip = |whole: &[u8]| {
            let mut damaged = whole.to_vec();
            let place = whole.len() * at / 32;
            damaged[place] ^= 0x10;
            Some(damaged)
        };
        each_damage(flip, |name, outcome| {
            let outcome = outcome.ends_by_itself();
            assert!(matches!(outcome.status, Some(0 | 1 | 4)), "{name}: {}", outcome.all());
        });
    }
}

/// A crash between the first files of a new index leaves nothing that has to be cleaned up by hand.
#[test]
fn an_index_whose_making_was_cut_short_is_made_anew() {
    let sandbox = archive();
    sandbox.write("half/.managed.json", "[]\n");
    sandbox.write("half/.tantivy-meta.lock", "");
    assert_eq!(sandbox.ingest(&["records.jsonl", "--index", "half"]), "6 indexed");
}

/// A crash before the list of segments had its place leaves a spare one that tells of no commit: that is no index yet.
#[test]
fn an_index_killed_before_its_list_had_its_place_is_made_anew() {
    let sandbox = archive();
    drop(Index::open_or_create(&sandbox.path("half")).unwrap());
    fs::rename(sandbox.path("half/meta.json"), sandbox.path("half/.tmp-meta.json")).unwrap();
    assert!(sandbox.path("half/.meta-spare.json").exists());
    for command in ["stats", "check"] {
        sandbox.ibid(&[command, "--index", "half"]).exits(2).complains("no index at half");
    }
    assert_eq!(sandbox.ingest(&["records.jsonl", "--index", "half"]), "6 indexed");
    sandbox.ibid(&["check", "--index", "half"]).exits(0);
}

/// One that tells of a commit is all that is left of an index: that isn't passed over.
#[test]
fn an_index_of_which_the_spare_list_alone_is_left_is_damaged() {
    let sandbox = archive();
    sandbox.write("left/.meta-spare.json", fs::read(sandbox.path("index/.meta-spare.json")).unwrap());
    for command in COMMANDS {
        sandbox.ibid(&[command, &["--index", "left"]].concat()).exits(4).complains("meta.json: it is gone");
    }
}

/// While one program writes, another may read but not write: it is told that the index is locked.
#[test]
fn a_locked_index_is_told() {
    let sandbox = archive();
    let index = Index::open(&sandbox.path("index")).unwrap();
    let writer =
        index.writer_with(WriterOptions { memory_bytes: 15 << 20, ..WriterOptions::default() }).unwrap();
    insta::assert_snapshot!(sandbox.ibid(&["ingest", "records.jsonl"]).all(), @r"
    --- stderr
    error: the index at index is locked: another ibid is writing to it
    hint: wait until it has ended: with `--wait` ingest, compact and query --from do so
    --- exit 4
    ");
    sandbox.ibid(&["query", "embargo"]).exits(0);
    sandbox.ibid(&["stats"]).exits(0);
    writer.finish().unwrap();
    assert_eq!(sandbox.ingest(&["records.jsonl"]), "6 unchanged");
}

/// Closes the folder of the index to writing; none if that doesn't bind who runs the test.
#[cfg(unix)]
fn close_index(sandbox: &Sandbox) -> Option<()> {
    use std::os::unix::fs::PermissionsExt;
    for entry in fs::read_dir(sandbox.path("index")).unwrap() {
        fs::set_permissions(entry.unwrap().path(), fs::Permissions::from_mode(0o444)).unwrap();
    }
    fs::set_permissions(sandbox.path("index"), fs::Permissions::from_mode(0o555)).unwrap();
    fs::write(sandbox.path("index/probe"), "").is_err().then_some(())
}

/// An index that may not be written can't be brought up to date; the message doesn't speak of a lock.
#[cfg(unix)]
#[test]
fn a_read_only_index_cannot_be_written() {
    let sandbox = archive();
    let Some(()) = close_index(&sandbox) else { return };
    let outcome = sandbox.ibid(&["ingest", "records.jsonl"]).exits(2);
    assert!(outcome.stderr.contains("failed: Permission denied"), "{}", outcome.stderr);
    assert!(!outcome.stderr.contains("IndexWriter"), "{}", outcome.stderr);
}

/// An index that may only be read, as on a shared disk, answers.
#[cfg(unix)]
#[test]
fn a_read_only_index_can_be_searched() {
    let sandbox = archive();
    let Some(()) = close_index(&sandbox) else { return };
    sandbox.ibid(&["query", "embargo"]).exits(0);
}

/// A place where no index can be made is an error that names it.
#[test]
fn an_index_cannot_be_made_below_a_file() {
    let sandbox = archive();
    sandbox.write("file", "x");
    let outcome = sandbox.ibid(&["ingest", "records.jsonl", "--index", "file/index"]).ends_by_itself();
    assert_eq!(outcome.status, Some(2), "{}", outcome.all());
    assert!(outcome.stderr.contains("file/index"), "{}", outcome.stderr);
}

/// An export lacked the articles that damage hid, and ended as if it were whole.
#[test]
fn a_damaged_index_is_not_given_out() {
    let sandbox = archive();
    let mut files = fs::read_dir(sandbox.path("index")).unwrap().map(|entry| entry.unwrap().path());
    let postings = files.find(|path| path.extension() == Some("idx".as_ref())).unwrap();
    let mut bytes = fs::read(&postings).unwrap();
    bytes[165..].iter_mut().take(64).for_each(|byte| *byte = 0);
    fs::write(&postings, bytes).unwrap();
    for format in ["jsonl", "cdxj"] {
        let outcome = sandbox.ibid(&["export", "--format", format]).exits(4);
        assert_eq!(outcome.complains("its checksum differs").stdout, "");
    }
}
