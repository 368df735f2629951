//! Archives that decay where they lie: what was read of them before is kept as long as it can't be looked at again, and
//! `check --against` says what is no more as it was.

use crate::archives::{gzip, tar, zip, zip_stored};
use crate::harness::Sandbox;
use crate::pages::{page, text_about};
use crate::warc::{answer, record, uri};

/// A web archive of one page.
fn warc(name: &str) -> Vec<u8> {
    record("response", &uri(name), "", &answer("", page(name, &text_about(name)).as_bytes()))
}

fn pages(names: &[&str]) -> Vec<(String, String)> {
    names.iter().map(|name| ((*name).to_owned(), page(name, &text_about(name)))).collect()
}

fn lines(names: &[&str]) -> Vec<u8> {
    let line = |name: &&str| format!("{}\n", serde_json::json!({ "title": name, "text": text_about(name) }));
    names.iter().map(line).collect::<String>().into_bytes()
}

fn mailbox(name: &str) -> Vec<u8> {
    let header = "From a@b Mon Jan  3 10:00:00 2020\nFrom: a@b.example\nSubject: ";
    format!("{header}{name}\n\n{}\n\n", text_about(name)).into_bytes()
}

/// A file of each kind that holds articles, two of them in each archive that may be cut.
fn archives() -> Vec<(&'static str, Vec<u8>)> {
    let wacz = [("datapackage.json", b"{}".to_vec()), ("archive/a.warc", warc("wacz"))];
    vec![
        ("a.zip", zip(&pages(&["zip one", "zip two"]))),
        ("b.wacz", zip_stored(&wacz)),
        ("c.tar", tar(&pages(&["tar one", "tar two"]))),
        ("d.tar.gz", gzip(&tar(&pages(&["gz one", "gz two"])))),
        ("e.warc", warc("warc")),
        ("f.warc.gz", gzip(&warc("warcgz"))),
        ("g.mbox", mailbox("mailbox")),
        ("h.jsonl", lines(&["line one", "line two"])),
    ]
}

/// A sandbox with all of them read, and how many articles they gave.
fn read() -> (Sandbox, u64) {
    let sandbox = Sandbox::new();
    for (name, content) in archives() {
        sandbox.write(format!("in/{name}"), content);
    }
    sandbox.ibid(&["ingest", "in"]).exits(0);
    let articles = sandbox.article_count();
    (sandbox, articles)
}

/// What an archive gave before it couldn't be read any more stays, however often it is pruned, until it can be again.
#[test]
fn an_archive_that_became_unreadable_is_not_pruned() {
    type Damage = fn(usize) -> usize;
    // How many bytes are zeros, and how many are left. Of some kinds the first sector costs but what lies in it.
    let damages: [(&str, Damage, Damage); 3] = [
        ("abcdefgh", |bytes| bytes, |bytes| bytes),
        ("cdgh", |bytes| bytes.min(512), |bytes| bytes),
        ("abcdefgh", |_| 0, |_| 0),
    ];
    for (kinds, zeros, left) in damages {
        let (sandbox, articles) = read();
        let damaged = || archives().into_iter().filter(|(name, _)| kinds.contains(&name[..1]));
        for (name, mut content) in damaged() {
            let zeros = zeros(content.len());
            content[..zeros].fill(0);
            content.truncate(left(content.len()));
            sandbox.write(format!("in/{name}"), content);
        }
        for flag in ["--quiet", "--prune", "--prune"] {
            sandbox.ibid(&["ingest", "in", flag]).exits(3);
            assert_eq!(sandbox.article_count(), articles);
        }
        for (name, content) in damaged() {
            sandbox.write(format!("in/{name}"), content);
        }
        sandbox.ibid(&["ingest", "in", "--prune"]).exits(0);
        assert_eq!(sandbox.article_count(), articles);
    }
}

/// The same of an archive inside another, and of what a smaller limit doesn't let be read.
#[test]
fn an_unreadable_archive_in_another_is_not_pruned() {
    let sandbox = Sandbox::new();
    let inner = zip_stored(&pages(&["inner"]));
    let outer = [("page.html", page("outer", &text_about("outer")).into_bytes()), ("i.zip", inner.clone())];
    sandbox.write("a.zip", zip_stored(&outer));
    assert_eq!(sandbox.ingest(&["a.zip"]), "2 indexed");
    assert_eq!(sandbox.ingest(&["a.zip", "--max-depth", "1", "--full", "--prune"]), "1 updated, 1 set aside");
    assert_eq!(sandbox.article_count(), 2);
    let damaged = [outer[0].clone(), ("i.zip", inner[..inner.len() - 30].to_vec())];
    sandbox.write("a.zip", zip_stored(&damaged));
    let told = sandbox.ibid(&["ingest", "a.zip"]).exits(3);
    assert!(!told.stdout.contains("no more"), "{}", told.all());
    assert_eq!(sandbox.ingest(&["a.zip", "--prune"]), "1 unchanged, 1 set aside");
    assert_eq!(sandbox.article_count(), 2);
    sandbox.write("a.zip", zip_stored(&outer[..1]));
    assert_eq!(sandbox.ingest(&["a.zip", "--prune"]), "1 unchanged, 1 removed");
}

/// Lines behind the one that a file of them is cut in stay.
#[test]
fn lines_behind_a_cut_are_not_pruned() {
    let sandbox = Sandbox::new();
    let whole = lines(&["one", "two", "three", "four"]);
    sandbox.write("a.jsonl", &whole);
    assert_eq!(sandbox.ingest(&["a.jsonl"]), "4 indexed");
    sandbox.write("a.jsonl", &whole[..whole.len() / 2 - 20]);
    for _ in 0..2 {
        assert_eq!(sandbox.ingest(&["a.jsonl", "--prune"]), "1 unchanged, 1 set aside");
        sandbox.write("a.jsonl", &whole);
        sandbox.ingest(&["a.jsonl"]);
        sandbox.write("a.jsonl", &whole[..whole.len() / 2 - 20]);
    }
}

/// Whatever is wrong with an input is told with its name, and each counts once.
#[test]
fn rotten_inputs_are_told_by_name_and_counted_once() {
    let (sandbox, _) = read();
    sandbox.write("in/p.html", page("page", &text_about("page")));
    sandbox.write("in/q.html.gz", gzip(page("packed", &text_about("packed")).as_bytes()));
    sandbox.ibid(&["ingest", "in"]).exits(0);
    let compared = || {
        let told = sandbox.ibid(&["check", "--against", "in"]);
        let counts = told.stdout.lines().last().unwrap_or_default().to_owned();
        (told.status, counts, told.stderr)
    };
    let sound = compared();
    assert_eq!(
        (sound.0, sound.1.as_str(), sound.2.as_str()),
        (Some(0), "inputs: 15 as they were, 0 changed, 0 new, 0 gone", "")
    );
    let flipped = |name: &str| {
        let mut bytes = std::fs::read(sandbox.path(name)).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        bytes
    };
    let cut = |name: &str, by: usize| {
        let bytes = std::fs::read(sandbox.path(name)).unwrap();
        bytes[..bytes.len() - by].to_vec()
    };
    let zeros = |name: &str| vec![0; std::fs::read(sandbox.path(name)).unwrap().len()];
    for (name, rotten, counts, line) in [
        (
            "in/a.zip",
            cut("in/a.zip", 60),
            "13 as they were, 1 changed",
            "changed: [DIR]/in/a.zip: a ZIP file",
        ),
        ("in/f.warc.gz", flipped("in/f.warc.gz"), "14 as they were, 1 changed", "in/f.warc.gz@0: "),
        ("in/f.warc.gz", cut("in/f.warc.gz", 40), "14 as they were, 1 changed", "in/f.warc.gz@0: "),
        ("in/d.tar.gz", cut("in/d.tar.gz", 40), "1 changed, 0 new, 0 gone", "changed: [DIR]/in/d.tar.gz#"),
        ("in/p.html", zeros("in/p.html"), "14 as they were, 1 changed", "changed: [DIR]/in/p.html: named as"),
        (
            "in/q.html.gz",
            cut("in/q.html.gz", 40),
            "14 as they were, 1 changed",
            "changed: [DIR]/in/q.html.gz: ",
        ),
        (
            "in/new.pdf",
            Vec::new(),
            "15 as they were, 0 changed, 1 new",
            "new: [DIR]/in/new.pdf: the file is empty",
        ),
    ] {
        let whole = std::fs::read(sandbox.path(name)).ok();
        sandbox.write(name, rotten);
        let (status, told, lines) = compared();
        assert_eq!(status, Some(3), "{name}: {told}");
        assert!(told.contains(counts) && told.contains("0 gone"), "{name}: {told}\n{lines}");
        assert!(lines.contains(line) && lines.lines().count() == 1, "{name}: {lines}");
        match whole {
            Some(whole) => sandbox.write(name, whole),
            None => sandbox.remove(name),
        }
    }
    sandbox.remove("in/c.tar");
    let (status, told, lines) = compared();
    assert_eq!(
        (status, told.as_str()),
        (Some(3), "inputs: 13 as they were, 0 changed, 0 new, 2 gone"),
        "{lines}"
    );
    assert!(lines.contains("gone: [DIR]/in/c.tar#tar one"), "{lines}");
}

/// An input that was set aside before and is as it was isn't a difference.
#[test]
fn what_was_set_aside_and_is_as_it_was_is_no_difference() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.pdf", [0_u8, 1, 2, 3].repeat(100));
    sandbox.write("in/b.html", page("b", &text_about("b")));
    sandbox.ibid(&["ingest", "in"]).exits(3);
    sandbox.ibid(&["check", "--against", "in"]).exits(0);
}
