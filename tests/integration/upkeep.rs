//! Keeping an index: `compact` makes it small, `backup` copies it, and neither changes what it says.

use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::Sandbox;
use crate::pages::{page, text_about};

/// An index of several segments, in which articles were changed and removed.
fn written_to() -> Sandbox {
    let sandbox = Sandbox::new();
    for round in 0..4 {
        for number in 0..6 {
            let subject = format!("weirs of round {round}");
            let name = format!("in/{}.html", number + round);
            sandbox.write(name, page(&format!("Page {number}"), &text_about(&subject)));
        }
        sandbox.ingest(&["in", "--index", "index"]);
    }
    sandbox.remove("in/0.html");
    sandbox.ingest(&["in", "--prune"]);
    sandbox
}

/// All that the index says of its articles, in order.
fn content(sandbox: &Sandbox, index: &str) -> Vec<String> {
    let hits =
        sandbox.ibid(&["query", "harbour OR weirs", "-n", "100", "--format", "jsonl", "--index", index]);
    let mut ids: Vec<String> =
        hits.lines().iter().map(|hit| hit["article"].as_str().unwrap().to_owned()).collect();
    ids.sort();
    ids.dedup();
    let shown =
        |id: &String| sandbox.ibid(&["show", id, "--format", "json", "--index", index]).exits(0).stdout;
    let mut content: Vec<String> = ids.iter().map(shown).collect();
    content.push(sandbox.ibid(&["report", "--inputs", "--index", index]).exits(0).stdout);
    let stats = sandbox.ibid(&["stats", "--format", "json", "--index", index]).exits(0).json();
    content.push(format!("{} {} {}", stats["articles"], stats["passages"], stats["inputs"]));
    content
}

/// One segment is left, smaller than all were, with the same articles.
#[test]
fn compacting_keeps_what_the_index_says_and_takes_less_room() {
    let sandbox = written_to();
    let before = content(&sandbox, "index");
    let told = sandbox.ibid(&["compact", "--format", "json"]).exits(0).json();
    let number = |name: &str| told[name].as_u64().unwrap();
    assert!(number("segments_before") > 1 && number("dropped") > 0, "{told}");
    assert_eq!(number("segments_after"), 1, "{told}");
    assert!(number("bytes_after") < number("bytes_before"), "{told}");
    assert_eq!(content(&sandbox, "index"), before);
    sandbox.ibid(&["check"]).exits(0);
    let again = sandbox.ibid(&["compact", "--format", "json"]).exits(0).json();
    assert_eq!((again["dropped"].as_u64(), again["bytes_before"] == again["bytes_after"]), (Some(0), true));
    assert_eq!(sandbox.ingest(&["in"]), "8 unchanged");
}

/// An index that was changed and compacted ranks as one does that was made of what is left: the mean length of an
/// article was an estimate in the one, and exact in the other.
#[test]
fn a_changed_and_compacted_index_ranks_as_a_fresh_one() {
    let sandbox = Sandbox::new();
    let article = |number: usize, words: usize| {
        let text =
            format!("The weir number {number} was raised. {}", "It held the river back. ".repeat(words));
        sandbox.write(format!("in/{number}.html"), page(&format!("Weir {number}"), &text));
    };
    (0..12).for_each(|number| article(number, 7 * number + 1));
    sandbox.ingest(&["in"]);
    (0..5).for_each(|number| article(number, 31 * number + 9));
    sandbox.ingest(&["in"]);
    sandbox.ibid(&["compact"]).exits(0);
    sandbox.ibid(&["ingest", "in", "--index", "fresh"]).exits(0);
    for query in ["weir river", "raised number", "\"held the river\""] {
        let answer = |index: &str| {
            let arguments = ["query", query, "--explain", "--format", "jsonl", "--index", index, "-n", "40"];
            sandbox.ibid(&arguments).exits(0).stdout
        };
        assert_eq!(answer("index"), answer("fresh"), "{query}");
    }
}

/// Without an index there is nothing to compact, and while another writes it is refused.
#[test]
fn compacting_needs_the_index_for_itself() {
    let sandbox = written_to();
    sandbox.ibid(&["compact", "--index", "none"]).exits(2).complains("no index at none");
    let index = ibid::index::Index::open(&sandbox.path("index")).unwrap();
    let _writer = index.writer().unwrap();
    sandbox.ibid(&["compact"]).exits(4).complains("is locked");
}

/// A backup is an index of its own, sound and with the same articles; another day only what is new is copied.
#[test]
fn a_backup_is_a_sound_index_and_is_brought_up_to_date() {
    let sandbox = written_to();
    let first = sandbox.ibid(&["backup", "kept", "--format", "json"]).exits(0).json();
    assert!(first["files"].as_u64().unwrap() > 0 && first["files_kept"] == 0, "{first}");
    sandbox.ibid(&["check", "--index", "kept"]).exits(0);
    assert_eq!(content(&sandbox, "kept"), content(&sandbox, "index"));
    sandbox.write("in/new.html", page("New", &text_about("sluices")));
    sandbox.ingest(&["in"]);
    let second = sandbox.ibid(&["backup", "kept", "--format", "json"]).exits(0).json();
    assert!(second["files_kept"].as_u64().unwrap() > 0, "{second}");
    sandbox.ibid(&["check", "--index", "kept"]).exits(0);
    assert_eq!(content(&sandbox, "kept"), content(&sandbox, "index"));
    sandbox.ibid(&["compact"]).exits(0);
    sandbox.ibid(&["backup", "kept"]).exits(0);
    sandbox.ibid(&["check", "--index", "kept"]).exits(0);
    let files = |folder: &str| {
        let names = fs::read_dir(sandbox.path(folder)).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<_> = names.filter(|name| !name.to_str().unwrap().starts_with('.')).collect();
        names.sort();
        names
    };
    assert_eq!(files("kept"), files("index"));
}

/// A folder that holds something else is refused and left alone: letters, another index, the backup of another one, and
/// a backup that was written to since.
#[test]
fn a_backup_never_takes_the_place_of_something_else() {
    let sandbox = written_to();
    sandbox.write("letters/letter.txt", "Dear Ana,\n");
    sandbox.ingest(&["letters", "--index", "other"]);
    sandbox.ibid(&["backup", "of-other", "--index", "other"]).exits(0);
    sandbox.ibid(&["backup", "written-to"]).exits(0);
    sandbox.ingest(&["letters", "--index", "written-to"]);
    for folder in ["letters", "index", "other", "of-other", "written-to"] {
        let before = fs::read(sandbox.path(folder).join("meta.json")).ok();
        let told = match folder {
            "of-other" => "holds the backup of another index, which was at",
            _ => "holds something else than a backup",
        };
        sandbox.ibid(&["backup", folder]).exits(2).complains(told);
        assert_eq!(fs::read(sandbox.path(folder).join("meta.json")).ok(), before, "{folder}");
    }
    assert_eq!(fs::read_dir(sandbox.path("letters")).unwrap().count(), 1);
}

/// The backup of an index that was lost was overwritten with the new one that was made in its place.
#[test]
fn a_backup_outlives_the_index_that_was_lost() {
    let sandbox = written_to();
    sandbox.ibid(&["backup", "kept"]).exits(0);
    let before = content(&sandbox, "kept");
    fs::remove_dir_all(sandbox.path("index")).unwrap();
    sandbox.write("letters/letter.txt", "Dear Ana,\n");
    sandbox.ingest(&["letters"]);
    sandbox.ibid(&["backup", "kept"]).exits(2).complains("holds the backup of another index, which was at");
    assert_eq!(content(&sandbox, "kept"), before);
}

/// The backup of an index that was moved was called something else; a copy of the index is another one.
#[test]
fn a_backup_is_of_its_index_wherever_that_is_moved() {
    let sandbox = written_to();
    sandbox.ibid(&["backup", "kept"]).exits(0);
    fs::create_dir(sandbox.path("copied")).unwrap();
    sandbox.copy_folder("index", "copied");
    sandbox.ibid(&["backup", "kept", "--index", "copied"]).exits(2).complains("the backup of another index");
    fs::rename(sandbox.path("index"), sandbox.path("moved")).unwrap();
    sandbox.write("in/new.html", page("New", &text_about("sluices")));
    sandbox.ingest(&["in", "--index", "moved"]);
    let done = sandbox.ibid(&["backup", "kept", "--index", "moved", "--format", "json"]).exits(0).json();
    assert!(done["files_kept"].as_u64().unwrap() > 0, "{done}");
    assert_eq!(content(&sandbox, "kept"), content(&sandbox, "moved"));
    // Restored from it.
    fs::remove_dir_all(sandbox.path("moved")).unwrap();
    fs::create_dir(sandbox.path("index")).unwrap();
    sandbox.copy_folder("kept", "index");
    sandbox.ingest(&["in"]);
    sandbox.ibid(&["backup", "kept"]).exits(0);
}

/// What a backup says of itself was looked at by nothing but the next backup, which called it something else.
#[test]
fn a_check_tells_that_a_backup_is_no_longer_known_as_one() {
    let sandbox = written_to();
    sandbox.ibid(&["backup", "kept"]).exits(0);
    let file = sandbox.path("kept/.ibid-backup.json");
    let whole = fs::read(&file).unwrap();
    let mut flipped = whole.clone();
    let last = flipped.len() - 10;
    flipped[last] ^= 1;
    for damaged in [&flipped[..], b"", &whole[..whole.len() / 2]] {
        fs::write(&file, damaged).unwrap();
        let told = sandbox.ibid(&["check", "--index", "kept"]).exits(4);
        assert!(told.stdout.contains(".ibid-backup.json: it isn't as it was written"), "{}", told.all());
        sandbox
            .ibid(&["backup", "kept"])
            .exits(2)
            .complains("kept/.ibid-backup.json isn't as it was written");
    }
    // That of an earlier release bears no seal.
    let seal = br#""ibid_seal":""#.len() + 64 + br#"","#.len();
    fs::write(&file, [b"{", &whole[1 + seal..]].concat()).unwrap();
    sandbox.ibid(&["check", "--index", "kept"]).exits(0);
    sandbox.ibid(&["backup", "kept"]).exits(0);
}

/// In the one segment that it is put into nothing would tell that something was damaged.
#[test]
fn a_damaged_index_is_not_made_small() {
    let archive = written_to();
    for part in ["pos", "fast", "store", "term"] {
        archive.copy_folder("index", part);
        let mut files = fs::read_dir(archive.path(part)).unwrap().map(|entry| entry.unwrap().path());
        let file = files.find(|path| path.extension().is_some_and(|ending| ending == part)).unwrap();
        let mut bytes = fs::read(&file).unwrap();
        bytes[0] ^= 1;
        fs::write(&file, bytes).unwrap();
        let refused = archive.ibid(&["compact", "--index", part]).exits(4);
        refused.complains("its checksum differs").complains("check --repair");
        archive.ibid(&["check", "--index", part]).exits(4);
    }
}

/// A damaged file isn't copied over an earlier backup.
#[test]
fn a_damaged_index_leaves_its_backup_alone() {
    let sandbox = written_to();
    sandbox.ibid(&["backup", "kept"]).exits(0);
    sandbox.write("in/new.html", page("New", &text_about("sluices")));
    sandbox.ingest(&["in"]);
    let before = content(&sandbox, "kept");
    let kept = |name: &std::ffi::OsStr| sandbox.path("kept").join(name).exists();
    let entries = fs::read_dir(sandbox.path("index")).unwrap().map(|entry| entry.unwrap());
    let new = entries.into_iter().find(|entry| {
        !kept(&entry.file_name()) && entry.path().extension().is_some_and(|extension| extension == "pos")
    });
    let new = new.unwrap().path();
    let mut bytes = fs::read(&new).unwrap();
    bytes[0] ^= 1;
    fs::write(&new, bytes).unwrap();
    sandbox.ibid(&["backup", "kept"]).exits(4).complains("its checksum differs");
    assert_eq!(content(&sandbox, "kept"), before);
}

/// All names in a folder, none if there is no such folder.
fn names_in(sandbox: &Sandbox, folder: &str) -> Vec<std::ffi::OsString> {
    let entries = fs::read_dir(sandbox.path(folder)).into_iter().flatten();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    names
}

/// The first file in a folder with this extension.
fn file_of(sandbox: &Sandbox, folder: &str, extension: &str) -> PathBuf {
    let mut files = names_in(sandbox, folder).into_iter().map(|name| Path::new(folder).join(name));
    files.find(|file| file.extension().is_some_and(|found| found == extension)).unwrap()
}

/// A backup that fails leaves nothing behind, and once the index is repaired, in whatever way, the next one is made.
#[test]
fn a_backup_of_a_damaged_index_leaves_its_folder_ready_for_the_next() {
    let original = written_to();
    let file = file_of(&original, "index", "pos");
    let whole = fs::read(original.path(&file)).unwrap();
    let damaged = [&[whole[0] ^ 1], &whole[1..]].concat();
    original.write("empty/.gitkeep", "");
    for folder in ["kept", "empty"] {
        original.write(&file, &damaged);
        let before = names_in(&original, folder);
        original.ibid(&["backup", folder]).exits(4).complains("its checksum differs");
        assert_eq!(names_in(&original, folder), before, "{folder}");
        // The file comes from elsewhere, under the same name.
        original.write(&file, &whole);
        original.ibid(&["backup", folder]).exits(0);
        original.ibid(&["check", "--index", folder]).exits(0);
    }
    original.write(&file, &damaged);
    original.ibid(&["backup", "of-repaired"]).exits(4);
    original.ibid(&["check", "--repair"]).exits(0);
    original.shell("mv index moved").exits(0);
    original.ibid(&["backup", "of-repaired", "--index", "moved"]).exits(0);
    original.ibid(&["check", "--index", "of-repaired"]).exits(0);
}

/// A backup that was killed, or failed in a version that left its files, is gone on with: what isn't whole is copied
/// again.
#[test]
fn a_backup_that_never_came_to_its_end_is_gone_on_with() {
    let sandbox = written_to();
    sandbox.copy_folder("index", "kept");
    sandbox.remove("kept/meta.json");
    sandbox.write("kept/.ibid-backup.json", "{\"of\":\"/elsewhere\",\"lists\":[]}");
    let store = file_of(&sandbox, "kept", "store");
    let mut bytes = fs::read(sandbox.path(&store)).unwrap();
    bytes[0] ^= 1;
    sandbox.write(&store, bytes);
    let told = sandbox.ibid(&["backup", "kept", "--format", "json"]).exits(0).json();
    assert_eq!(told["files"], 1, "{told}");
    sandbox.ibid(&["check", "--index", "kept"]).exits(0);
    assert_eq!(content(&sandbox, "kept"), content(&sandbox, "index"));
}

/// Backups that are taken while a run writes are sound, each as of some commit.
#[test]
fn a_backup_of_an_index_that_is_written_to_is_sound() {
    let sandbox = written_to();
    for number in 0..150 {
        let subject = format!("locks numbered {number}");
        sandbox.write(format!("more/{number}.html"), page(&format!("Lock {number}"), &text_about(&subject)));
    }
    let mut writing = sandbox.start(&["ingest", "more"]);
    let mut backups = 0;
    while writing.try_wait().unwrap().is_none() || backups == 0 {
        sandbox.ibid(&["backup", "kept"]).exits(0);
        sandbox.ibid(&["check", "--index", "kept"]).exits(0);
        backups += 1;
    }
    sandbox.finish(writing).exits(0);
    sandbox.ibid(&["backup", "kept"]).exits(0);
    assert_eq!(content(&sandbox, "kept"), content(&sandbox, "index"));
}

/// A backup that was stopped when its list of segments was to be put in force left an earlier one damaged: the files
/// of that weren't listed any more.
#[test]
fn a_backup_that_fails_at_its_end_leaves_the_earlier_one_sound() {
    let sandbox = written_to();
    sandbox.ibid(&["backup", "kept"]).exits(0);
    let before = content(&sandbox, "kept");
    sandbox.ibid(&["compact"]).exits(0);
    let spare = sandbox.path("kept/.meta-spare.json");
    let kept = fs::read(&spare).unwrap();
    fs::remove_file(&spare).unwrap();
    fs::create_dir(&spare).unwrap();
    sandbox.ibid(&["backup", "kept"]).exits(2);
    fs::remove_dir(&spare).unwrap();
    fs::write(&spare, kept).unwrap();
    sandbox.ibid(&["check", "--index", "kept"]).exits(0);
    assert_eq!(content(&sandbox, "kept"), before);
    sandbox.ibid(&["backup", "kept"]).exits(0);
    sandbox.ibid(&["check", "--index", "kept"]).exits(0);
    assert_eq!(content(&sandbox, "kept"), content(&sandbox, "index"));
}

/// A backup in the index itself was made.
#[test]
fn a_backup_never_goes_into_its_index() {
    let sandbox = written_to();
    fs::create_dir(sandbox.path("elsewhere")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(sandbox.path("index"), sandbox.path("elsewhere/linked")).unwrap();
    let inside = ["index/kept", "index/a/b", "elsewhere/linked/kept"];
    for folder in &inside[..if cfg!(unix) { 3 } else { 2 }] {
        sandbox.ibid(&["backup", folder]).exits(2).complains("lies in the index at [DIR]/index");
        assert!(!sandbox.path(folder).exists());
    }
    sandbox.ibid(&["backup", "index"]).exits(2).complains("holds something else");
    sandbox.ibid(&["backup", "index-kept"]).exits(0);
}

/// A file that the index lacks was told as a disk that may be full.
#[test]
fn a_backup_of_an_index_that_lacks_a_file_says_which() {
    let sandbox = Sandbox::with_records("{\"text\":\"Dykes hold the river.\"}\n");
    let files = fs::read_dir(sandbox.path("index")).unwrap().map(|entry| entry.unwrap().file_name());
    let lacking = files.map(|name| name.into_string().unwrap()).find(|name| name.contains(".store")).unwrap();
    sandbox.remove(&format!("index/{lacking}"));
    let told = sandbox.ibid(&["backup", "kept"]).exits(4);
    told.complains(&format!("is damaged: {lacking} is missing"));
    assert!(!sandbox.path("kept").exists());
}
