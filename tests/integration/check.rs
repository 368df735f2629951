//! `ibid check`: an index is sound, or what is wrong with it is said; and what is left of it is saved.

use std::fs;
use std::path::{Path, PathBuf};

use ibid::check::check;
use ibid::engine::Searcher;
use ibid::error::Error;
use ibid::index::{Index, Kept};
use ibid::query::parse;

use crate::archive::archive;
use crate::draw::draw;
use crate::harness::Sandbox;

/// How many bytes are flipped, one at a time.
const FLIPS: usize = 500;

/// Seed of the draw.
const SEED: u64 = 20_261_124;

/// An index of several segments, one of them with something removed.
fn written_to() -> Sandbox {
    let sandbox = archive();
    sandbox.write(
        "more/a.html",
        "<html><p>A page on dams that is going to be changed, and was short.</p></html>",
    );
    sandbox.write(
        "more/b.html",
        "<html><p>A page on rivers that stays, and has a word or two to say.</p></html>",
    );
    sandbox.ingest(&["more"]);
    sandbox.write(
        "more/a.html",
        "<html><p>A page on dams that was changed, and is still a short one.</p></html>",
    );
    sandbox.ingest(&["more"]);
    sandbox
}

/// The files of an index that hold anything.
fn files_of(index: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(index).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|path| fs::metadata(path).unwrap().len() > 0).collect();
    files.sort();
    files
}

/// Everything that an index keeps and some of what it answers.
fn content_of(index: &Path) -> Result<Vec<String>, Error> {
    let searcher = Index::open(index).and_then(|index| index.searcher())?;
    let mut content = Vec::new();
    searcher.each_kept(|kept, passages| -> Result<(), Error> {
        content.push(match kept {
            Kept::Article(article) => format!("{article:?} {passages}"),
            Kept::Input(record) => format!("{record:?}"),
            Kept::Unreadable { reason, .. } => reason,
        });
        Ok(())
    })?;
    for query in ["oil", "page", "title:sanctions", "\"an embargo\"", "after:2000", "wat*"] {
        let query = parse(query).unwrap().query.unwrap();
        let found = searcher.candidates(&query, 100)?;
        content.push(found.iter().map(|candidate| format!("{:?}", candidate.id)).collect());
    }
    Ok(content)
}

/// Of any flipped byte of any file `check` tells, or the index says and answers what it did before.
#[test]
fn a_flipped_byte_is_found_or_does_no_harm() {
    let sandbox = written_to();
    let index = sandbox.path("index");
    assert!(check(&index).unwrap().is_sound());
    let before = content_of(&index).unwrap();
    let files = files_of(&index);
    let (mut state, mut harmless) = (SEED, 0);
    for _ in 0..FLIPS {
        let path = &files[draw(&mut state, files.len() as u64) as usize];
        let whole = fs::read(path).unwrap();
        let at = draw(&mut state, whole.len() as u64) as usize;
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << draw(&mut state, 8);
        fs::write(path, &flipped).unwrap();
        let found = check(&index).map_or(true, |health| !health.is_sound());
        if !found {
            harmless += 1;
            assert_eq!(content_of(&index).unwrap(), before, "{} byte {at}", path.display());
        }
        fs::write(path, whole).unwrap();
    }
    assert!(check(&index).unwrap().is_sound());
    assert!(harmless < FLIPS / 10, "{harmless} flips weren't found");
}

/// A sound index is said to be sound; exit status 0.
#[test]
fn a_sound_index_is_sound() {
    insta::assert_snapshot!(archive().ibid(&["check"]).all(), @r"
    sound: 6 articles, 6 passages, 6 inputs, 1 container
    --- exit 0
    ");
}

/// A damaged index is told with the file; exit status 4. `--repair` puts one in its place with all that can be read.
#[test]
fn a_damaged_index_is_repaired_from_its_articles() {
    let sandbox = written_to();
    // Scores tell of what was removed, too, until an index is made anew.
    let answer = |sandbox: &Sandbox| sandbox.articles("oil");
    let before = answer(&sandbox);
    let postings = damage_postings(&sandbox);
    let damaged = sandbox.ibid(&["check"]).exits(4);
    assert!(damaged.stdout.contains(postings.file_name().unwrap().to_str().unwrap()), "{}", damaged.all());
    let repaired = sandbox.ibid(&["check", "--repair"]).exits(0);
    assert!(repaired.stdout.contains("0 records lost"), "{}", repaired.all());
    assert_eq!(answer(&sandbox), before);
    sandbox.ibid(&["check"]).exits(0);
}

/// All was rebuilt before it was found that it can't take the place of the damaged one, where it was left without a
/// word. Who may mount nothing can't see this.
#[cfg(target_os = "linux")]
#[test]
fn an_index_that_a_disk_is_mounted_on_is_not_rebuilt_in_vain() {
    let sandbox = archive();
    damage_postings(&sandbox);
    let mounted = "mount --bind index index || exit 77; \"$IBID\" check --repair";
    let refused = sandbox.shell(&format!("unshare --mount sh -c '{mounted}' || exit $?"));
    if refused.stderr.contains("unshare: ") || refused.status == Some(77) || refused.status == Some(127) {
        return;
    }
    refused
        .exits(2)
        .complains("the index at index can't be replaced by a rebuilt one: a disk is mounted on it");
    assert!(!sandbox.path("index/.ibid-rebuilt").exists());
    sandbox.ibid(&["check", "--repair"]).exits(0);
}

/// Flips a byte of a file of the index with postings, and gives the file.
fn damage_postings(sandbox: &Sandbox) -> PathBuf {
    let files = files_of(&sandbox.path("index"));
    let postings = files.into_iter().find(|path| path.extension() == Some("idx".as_ref())).unwrap();
    let mut bytes = fs::read(&postings).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    fs::write(&postings, bytes).unwrap();
    postings
}

/// A repair that is killed leaves a part of a new index, which the next repair removes, and so does whoever writes to
/// the index before.
#[test]
fn what_a_killed_repair_leaves_is_removed() {
    let sandbox = written_to();
    sandbox.ingest(&["more", "--index", "index/.ibid-rebuilt"]);
    sandbox.ingest(&["more"]);
    assert!(!sandbox.path("index/.ibid-rebuilt").exists());
    for _ in 0..2 {
        damage_postings(&sandbox);
        let mut child = sandbox.start(&["check", "--repair"]);
        while !sandbox.path("index/.ibid-rebuilt").exists() && child.try_wait().unwrap().is_none() {}
        child.kill().unwrap();
        sandbox.finish(child);
        sandbox.ibid(&["check", "--repair"]).ends_by_itself();
        sandbox.ibid(&["check"]).exits(0);
        let names = fs::read_dir(sandbox.path("")).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<_> = names.map(|name| name.into_string().unwrap()).collect();
        names.retain(|name| name.starts_with("index") && !name.starts_with("index.damaged"));
        assert_eq!(names, ["index"]);
        assert!(!sandbox.path("index/.ibid-rebuilt").exists());
        assert!(!sandbox.path("index.damaged/.ibid-rebuilt").exists());
    }
}

/// A repair that is killed when the damaged index has made room leaves none in its place: the next command, whichever
/// it is, puts there what was rebuilt, and never what is but half of it.
#[test]
fn a_repair_killed_between_its_renames_is_finished() {
    for command in [&["check"] as &[&str], &["check", "--repair"], &["query", "oil"], &["ingest", "more"]] {
        let sandbox = killed_between_renames();
        sandbox.ibid(command).exits(0);
        assert_eq!(sandbox.articles("oil"), written_to().articles("oil"));
        assert!(sandbox.path("index.damaged").exists());
        assert!(!sandbox.path("index.damaged/.ibid-rebuilt").exists());
    }
    let sandbox = killed_between_renames();
    fs::remove_dir_all(sandbox.path("index.damaged/.ibid-rebuilt")).unwrap();
    drop(Index::open_or_create(&sandbox.path("index.damaged/.ibid-rebuilt")).unwrap());
    sandbox.ibid(&["check"]).exits(2).complains("no index at index");
}

/// The same, where `index` is a link to the index.
#[cfg(unix)]
#[test]
fn a_repair_killed_between_its_renames_is_finished_behind_a_link() {
    let sandbox = killed_between_renames();
    fs::rename(sandbox.path("index.damaged"), sandbox.path("real.damaged")).unwrap();
    std::os::unix::fs::symlink("real", sandbox.path("index")).unwrap();
    sandbox.ibid(&["check"]).exits(0);
    assert!(sandbox.path("real/meta.json").exists());
}

/// The folders as a repair leaves them that is killed before its last step.
fn killed_between_renames() -> Sandbox {
    let sandbox = written_to();
    sandbox.copy_folder("index", "rebuilt");
    damage_postings(&sandbox);
    fs::rename(sandbox.path("index"), sandbox.path("index.damaged")).unwrap();
    fs::rename(sandbox.path("rebuilt"), sandbox.path("index.damaged/.ibid-rebuilt")).unwrap();
    sandbox
}

/// Without its list of segments an index is damaged, and is saved by the spare one.
#[test]
fn an_index_without_its_list_is_repaired_from_the_spare_one() {
    let sandbox = written_to();
    let before = sandbox.articles("oil");
    sandbox.remove("index/meta.json");
    sandbox.ibid(&["query", "oil"]).exits(4).complains("meta.json: it is gone");
    sandbox.ibid(&["check", "--repair"]).exits(0);
    assert_eq!(sandbox.articles("oil"), before);
    sandbox.ibid(&["check"]).exits(0);
}

/// The table of a file of records lies at its end: where that is damaged, cut off, or has something behind it, all of
/// them were lost.
#[test]
fn records_are_saved_without_the_end_of_their_file() {
    let sandbox = written_to();
    let before = sandbox.articles("oil OR page OR dams");
    for (cut, then) in [(120, &[] as &[u8]), (120, &[0xa5; 120]), (0, b"what another program wrote here")] {
        sandbox.copy_folder("index", "damaged");
        for store in stores_of(&sandbox.path("damaged")) {
            let mut bytes = fs::read(&store).unwrap();
            bytes.truncate(bytes.len() - cut);
            bytes.extend(then);
            fs::write(&store, bytes).unwrap();
        }
        let repaired = sandbox.ibid(&["check", "--repair", "--index", "damaged"]).exits(0);
        assert!(repaired.stdout.contains("0 records lost"), "{}", repaired.all());
        sandbox.ibid(&["check", "--index", "damaged"]).exits(0);
        fs::remove_dir_all(sandbox.path("index")).unwrap();
        fs::rename(sandbox.path("damaged"), sandbox.path("index")).unwrap();
        assert_eq!(sandbox.articles("oil OR page OR dams"), before);
        fs::remove_dir_all(sandbox.path("damaged.damaged")).unwrap();
    }
}

/// The files of an index that hold its records.
fn stores_of(index: &Path) -> Vec<PathBuf> {
    let mut files = files_of(index);
    files.retain(|path| path.extension() == Some("store".as_ref()));
    files
}

/// Damages a block of records in each file that holds some.
fn damage_records(index: &Path) {
    for store in stores_of(index) {
        let mut bytes = fs::read(&store).unwrap();
        bytes[20] ^= 0xff;
        fs::write(store, bytes).unwrap();
    }
}

/// Each record that can't be read is named by its article or input; it was `a record` of all of them.
#[test]
fn records_that_cannot_be_read_are_named() {
    let sandbox = archive();
    damage_records(&sandbox.path("index"));
    let checked = sandbox.ibid(&["check"]).exits(4);
    assert!(!checked.stdout.contains("a record"), "{}", checked.all());
    assert!(checked.stdout.contains("[DIR]/records.jsonl#indus: its record "), "{}", checked.all());
    let searcher = Index::open(&sandbox.path("index")).unwrap().searcher().unwrap();
    let ids = searcher.candidates(&parse("oil").unwrap().query.unwrap(), 1).unwrap();
    assert!(checked.stdout.contains(&format!("{}: its record ", ids[0].id)), "{}", checked.all());
}

/// A repair that can't save everything says what is lost, by its exit status too.
#[test]
fn a_repair_that_loses_records_says_so() {
    let sandbox = written_to();
    damage_records(&sandbox.path("index"));
    let repaired = sandbox.ibid(&["check", "--repair"]).exits(3);
    assert!(!repaired.stdout.contains(" 0 records lost"), "{}", repaired.all());
    assert!(repaired.stdout.contains("what is lost comes back"), "{}", repaired.all());
    sandbox.ibid(&["check"]).exits(0);
}

/// `--against` compares with the inputs as they are now, and writes nothing.
#[test]
fn inputs_are_compared_with_what_is_known_of_them() {
    let sandbox = written_to();
    sandbox.ibid(&["check", "--against", "more"]).exits(0);
    sandbox
        .write("more/a.html", "<html><p>A page on dams that says yet another thing than it did.</p></html>");
    sandbox.write("more/c.html", "<html><p>A page on lakes that is new here and nobody has seen.</p></html>");
    sandbox.remove("more/b.html");
    for _ in 0..2 {
        let compared = sandbox.ibid(&["check", "--against", "more"]).exits(3);
        assert!(compared.stdout.contains("1 changed, 1 new, 1 gone"), "{}", compared.all());
    }
}

/// A folder that isn't looked into for its depth stands for any that can't be read, as anybody's leave may be all there
/// is.
#[test]
fn inputs_in_a_folder_that_is_not_read_have_changed() {
    let sandbox = Sandbox::new();
    let folder = format!("in{}", "/d".repeat(200));
    let page =
        |subject: &str| format!("<html><p>A page on {subject} that says enough to be an article.</p></html>");
    sandbox.write(format!("{folder}/a.html"), page("dams"));
    sandbox.ingest(&[&folder]);
    sandbox.write("in/b.html", page("lakes"));
    for told in ["1 changed, 1 new, 0 gone", "1 changed, 0 new, 0 gone"] {
        let compared = sandbox.ibid(&["check", "--against", "in"]).exits(3);
        assert!(compared.stdout.contains(told), "{}", compared.all());
        compared.complains("/d/a.html: [DIR]/in/d/");
        sandbox.ibid(&["ingest", "in"]).exits(3);
    }
}

/// It was mended without a word.
#[test]
fn a_spare_list_that_is_mended_is_told() {
    let sandbox = archive();
    sandbox.write("index/.meta-spare.json", "{}");
    sandbox.ibid(&["check"]).exits(4);
    let repaired = sandbox.ibid(&["check", "--repair"]).exits(0);
    assert!(repaired.stdout.ends_with("is written anew; nothing was lost\n"), "{}", repaired.all());
    let sound = sandbox.ibid(&["check", "--repair"]).exits(0);
    assert!(!sound.stdout.contains("anew"), "{}", sound.all());
}

/// What both lists of segments are damaged of can't be repaired: that was told in the words of the program, with the
/// advice to repair it.
#[test]
fn damage_beyond_repair_is_told_as_such() {
    for (content, reason) in [("{}", "it lists no segments"), ("", "it lists no segments")] {
        let sandbox = archive();
        for name in ["index/meta.json", "index/.meta-spare.json"] {
            sandbox.write(name, content);
        }
        let told =
            format!("the index at index is damaged: meta.json: {reason}\nhint: `ibid check --repair` saves");
        sandbox.ibid(&["stats"]).exits(4).complains(&told);
        let told = format!(
            "the index at index is damaged beyond repair: meta.json: {reason}\nhint: restore a backup"
        );
        sandbox.ibid(&["check", "--repair"]).exits(4).complains(&told);
    }
}
