//! Archives that decay where they lie: what was read of them before is kept as long as it can't be looked at again.

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
        assert_eq!(sandbox.ingest(&["a.jsonl", "--prune"]), "1 unchanged, 1 set aside, 1 removed");
        sandbox.write("a.jsonl", &whole);
        sandbox.ingest(&["a.jsonl"]);
        sandbox.write("a.jsonl", &whole[..whole.len() / 2 - 20]);
    }
}
