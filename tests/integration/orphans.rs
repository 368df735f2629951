//! Copies of articles that are gone or have another text: each input is cited under its own text, whatever was away,
//! stopped or changed at once.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use ibid::check::check;
use ibid::engine::{Indexer as _, InputRecord, InputState};
use ibid::index::{Index, WriterOptions};
use ibid::ingest::{Observer, Options, Outcome, ingest};

use crate::archives::{gzip, tar, zip};
use crate::draw::draw;
use crate::harness::{Sandbox, writer_of, writer_with};
use crate::pages::{page, text_about};

fn of(topic: &str) -> String {
    page(topic, &text_about(topic))
}

/// How a run ends before its time.
#[derive(Clone, Copy, PartialEq)]
enum Cut {
    /// It is asked to stop, and commits what it did.
    Stop,
    /// It is killed, and leaves its last commit.
    Kill,
}

/// Ends a run behind so many inputs.
struct Ends<'a> {
    left: AtomicU64,
    cut: Cut,
    stop: &'a AtomicBool,
}

impl Observer for Ends<'_> {
    fn found(&self, _: u64) {}

    fn finished(&self, _: &InputRecord, _: &Outcome, _: u64) {
        if self.left.fetch_sub(1, Ordering::Relaxed) == 1 {
            match self.cut {
                Cut::Stop => self.stop.store(true, Ordering::Relaxed),
                Cut::Kill => resume_unwind(Box::new("killed")),
            }
        }
    }
}

/// A number of inputs that no run has.
const ALL: u64 = 1_000_000;

/// Brings the index at `index` up to date with `paths`, in a run that is cut behind so many inputs; then it commits
/// each.
fn run(index: &Path, paths: &[PathBuf], prune: bool, inputs: u64, cut: Cut) {
    let index = Index::open_or_create(index).unwrap();
    // A merge of a run that is killed here would go on beside the next, as this process does.
    let writer = writer_with(&index, WriterOptions { merges: cut != Cut::Kill, ..WriterOptions::default() });
    let stop = AtomicBool::new(false);
    let observer = Ends { left: AtomicU64::new(inputs), cut, stop: &stop };
    let commit_every = if inputs == ALL { Duration::from_mins(1) } else { Duration::ZERO };
    let options = Options { prune, commit_every, ..Options::default() };
    let ended = catch_unwind(AssertUnwindSafe(|| ingest(&writer, paths, &options, &stop, &observer)));
    if let Ok(report) = ended {
        report.unwrap();
        writer.finish().unwrap();
    }
}

/// The title that each input is cited under, by its place below `folder`.
fn cited(folder: &Path, index: &Path) -> BTreeMap<String, String> {
    let index = Index::open(index).unwrap();
    let writer = writer_of(&index);
    let below = format!("{}/", folder.display());
    let mut cited = BTreeMap::new();
    for input in writer.all_inputs().unwrap() {
        let input = input.unwrap();
        if matches!(input.state, InputState::Indexed | InputState::Duplicate) {
            let article = writer.article(input.article.unwrap()).unwrap();
            let title =
                article.map_or("no article".to_owned(), |stored| stored.article.metadata.title.unwrap());
            cited.insert(input.locator.as_str().replace(&below, ""), title);
        }
    }
    cited
}

fn assert_sound(index: &Path, when: &str) {
    let health = check(index).unwrap();
    assert!(health.is_sound(), "{when}: {:?}", health.findings);
}

/// Sets the time of the file at `path` to one that it never had.
fn set_time(path: &Path, time: u64) {
    let file = std::fs::File::options().write(true).open(path).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(time)).unwrap();
}

const TOPICS: [&str; 5] = ["Water treaty", "Grain corridor", "Energy charter", "School reform", "Visa rules"];

/// Files of two disks.
const FILES: [&str; 8] =
    ["a/0.html", "a/1.zip", "a/2.html", "a/3.tar.gz", "b/0.html", "b/1.zip", "b/2.html", "b/3.html"];

/// What lies at each place below the folder, and what time it is.
struct Disks {
    folder: PathBuf,
    titles: BTreeMap<String, String>,
    time: u64,
}

impl Disks {
    fn write(&mut self, name: &str, topics: &[&str]) {
        let path = self.folder.join(name);
        self.titles.retain(|place, _| place != name && !place.starts_with(&format!("{name}#")));
        if name.ends_with("html") {
            std::fs::write(&path, of(topics[0])).unwrap();
            self.titles.insert(name.to_owned(), topics[0].to_owned());
        } else {
            let members: Vec<(String, String)> =
                topics.iter().enumerate().map(|(at, topic)| (format!("m{at}.html"), of(topic))).collect();
            let bytes = if name.ends_with("zip") { zip(&members) } else { gzip(&tar(&members)) };
            std::fs::write(&path, bytes).unwrap();
            self.titles.extend(
                topics
                    .iter()
                    .enumerate()
                    .map(|(at, topic)| (format!("{name}#m{at}.html"), (*topic).to_owned())),
            );
        }
        self.time += 1;
        set_time(&path, self.time);
    }

    /// Writes one of the files on disk `disk` anew, or removes it.
    fn change(&mut self, disk: &str, state: &mut u64) {
        let names: Vec<&str> = FILES.into_iter().filter(|name| name.starts_with(disk)).collect();
        let name = names[draw(state, names.len() as u64) as usize];
        if draw(state, 5) == 0 {
            let _ = std::fs::remove_file(self.folder.join(name));
            self.titles.retain(|place, _| place != name && !place.starts_with(&format!("{name}#")));
            return;
        }
        let topics: Vec<&str> =
            (0..=draw(state, 3)).map(|_| TOPICS[draw(state, TOPICS.len() as u64) as usize]).collect();
        self.write(name, &topics);
    }
}

/// How many sequences of runs are tried; `IBID_ORPHANS` says otherwise.
const SEQUENCES: u64 = 8;

/// Each input is cited under the text that it had when a run came to its end last, if the run read it, and the index is
/// sound after every run, however it ends. Files come, change and go, alone and in archives; a disk is away; only one of
/// two is asked for; some runs prune.
#[test]
fn each_input_is_cited_under_its_own_text() {
    let sequences = std::env::var("IBID_ORPHANS").map_or(SEQUENCES, |sequences| sequences.parse().unwrap());
    for seed in 0..sequences {
        let sandbox = tempfile::tempdir().unwrap();
        let (folder, index, away) =
            (sandbox.path().join("in"), sandbox.path().join("index"), sandbox.path().join("away"));
        for disk in ["a", "b"] {
            std::fs::create_dir_all(folder.join(disk)).unwrap();
            std::fs::write(folder.join(disk).join("none.css"), "p {}").unwrap();
        }
        let mut disks = Disks { folder: folder.clone(), titles: BTreeMap::new(), time: 1_000_000_000 };
        let (mut state, mut known) = (seed + 7_000, BTreeMap::new());
        for step in 0..12 {
            let when = format!("seed {seed}, step {step}");
            for _ in 0..=draw(&mut state, 4) {
                let disk = ["a", "b"][draw(&mut state, 2) as usize];
                disks.change(disk, &mut state);
            }
            let (asked, prune) = (draw(&mut state, 4), draw(&mut state, 3) == 0);
            let asked: &[&str] = match asked {
                0 => &["a"],
                1 => &["b"],
                _ => &["a", "b"],
            };
            let other = if asked.contains(&"a") { "b" } else { "a" };
            let is_away = asked.len() == 1 && draw(&mut state, 2) == 0;
            if is_away {
                std::fs::rename(folder.join(other), &away).unwrap();
            }
            let paths: Vec<PathBuf> = asked.iter().map(|disk| folder.join(disk)).collect();
            if draw(&mut state, 3) == 0 {
                let cut = if draw(&mut state, 2) == 0 { Cut::Kill } else { Cut::Stop };
                run(&index, &paths, prune, 1 + draw(&mut state, 5), cut);
                if index.join("meta.json").exists() {
                    assert_sound(&index, &format!("{when}, cut"));
                }
            }
            run(&index, &paths, prune, ALL, Cut::Stop);
            assert_sound(&index, &when);
            let is_asked = |place: &str| asked.iter().any(|disk| place.starts_with(disk));
            if prune {
                known.retain(|place: &String, _| !is_asked(place));
            }
            let read = disks.titles.iter().filter(|(place, _)| is_asked(place));
            known.extend(read.map(|(place, title)| (place.clone(), title.clone())));
            let cited = cited(&folder, &index);
            let of_known: BTreeMap<String, String> = cited
                .iter()
                // What lies on the other disk may have been read for its articles' sake.
                .map(|(place, title)| {
                    let is_of_now = !is_asked(place) && disks.titles.get(place) == Some(title);
                    let title = if is_of_now { known.get(place).unwrap_or(title) } else { title };
                    (place.clone(), title.clone())
                })
                .collect();
            let places: BTreeSet<&String> = known.keys().collect();
            assert!(places.is_subset(&cited.keys().collect()), "{when}: {known:#?} {cited:#?}");
            let of_known: BTreeMap<_, _> = of_known
                .into_iter()
                .filter(|(place, _)| is_asked(place) || known.contains_key(place))
                .collect();
            assert_eq!(of_known, known, "{when}, asked for {asked:?}, prune {prune}, away {is_away}");
            known = cited;
            if is_away {
                std::fs::rename(&away, folder.join(other)).unwrap();
            }
        }
    }
}

/// The text of a copy was lost for good whose original was changed while the copy's disk was away.
#[test]
fn a_copy_that_is_away_while_its_article_changes_keeps_its_text() {
    let sandbox = Sandbox::new();
    sandbox.write("d1/a.html", of("Quinces"));
    sandbox.write("d2/z.zip", zip(&[("m.html", &of("Quinces")), ("n.html", &of("Quinces"))]));
    assert_eq!(sandbox.ingest(&["d1", "d2"]), "1 indexed, 2 duplicates");
    std::fs::rename(sandbox.path("d2"), sandbox.path("away")).unwrap();
    sandbox.write("d1/a.html", of("Medlars"));
    assert_eq!(sandbox.ingest(&["d1"]), "1 updated");
    let place = |query: &str| sandbox.hits(query)[0]["locator"].as_str().unwrap().to_owned();
    assert_eq!(place("quinces"), "[DIR]/d2/z.zip#m.html");
    std::fs::rename(sandbox.path("away"), sandbox.path("d2")).unwrap();
    assert_eq!(sandbox.ingest(&["d1", "d2"]), "3 unchanged");
    assert_eq!(
        (sandbox.titles("quinces"), sandbox.titles("medlars")),
        (vec!["Quinces".into()], vec!["Medlars".into()])
    );
    sandbox.ibid(&["check", "--against", "d2"]).exits(0);
}

/// The text of a copy whose file is gone was lost, without `--prune`.
#[test]
fn a_copy_that_is_gone_when_its_article_changes_keeps_its_text() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", of("Quinces"));
    sandbox.write("in/b.html", of("Quinces"));
    assert_eq!(sandbox.ingest(&["in"]), "1 indexed, 1 duplicates");
    sandbox.remove("in/b.html");
    sandbox.write("in/a.html", of("Medlars"));
    assert_eq!(sandbox.ingest(&["in"]), "1 updated");
    assert_eq!(sandbox.hits("quinces")[0]["locator"], "[DIR]/in/b.html");
    sandbox.ibid(&["check"]).exits(0);
    assert_eq!(sandbox.ingest(&["in"]), "1 unchanged");
    sandbox.shell("\"$IBID\" export > all.jsonl").exits(0);
    assert_eq!(sandbox.ingest(&["all.jsonl", "--index", "again"]), "2 indexed");
    assert_eq!(sandbox.ingest(&["in", "--prune"]), "1 unchanged, 1 removed");
}

/// The account of a copy that was dropped with its article came back.
#[test]
fn a_copy_that_is_pruned_with_its_article_is_gone() {
    let sandbox = Sandbox::new();
    sandbox.write("in/none.css", "");
    sandbox.write("in/f.html", of("Quinces"));
    assert_eq!(sandbox.ingest(&["in"]), "1 indexed, 1 skipped");
    sandbox.write("in/a.html", of("Quinces"));
    assert_eq!(sandbox.ingest(&["in"]), "1 unchanged, 1 duplicates, 1 skipped");
    sandbox.remove("in/a.html");
    sandbox.remove("in/f.html");
    assert_eq!(sandbox.ingest(&["in", "--prune"]), "1 skipped, 1 removed");
    assert_eq!(sandbox.ibid(&["report", "--inputs"]).lines().len(), 1);
    sandbox.ibid(&["check"]).exits(0);
}

/// A run that was cut short behind a commit left copies under their articles' new texts, and an index that `check` calls
/// damaged, which it was while the run was under way as well.
#[test]
fn a_copy_whose_article_changes_in_a_run_that_is_cut_short_keeps_its_text() {
    for cut in [Cut::Kill, Cut::Stop] {
        for kind in ["zip", "tar.gz", "html", "saved anew", "turned into a copy"] {
            let sandbox = tempfile::tempdir().unwrap();
            let (folder, index) = (sandbox.path().join("in"), sandbox.path().join("index"));
            std::fs::create_dir_all(&folder).unwrap();
            let mut disks = Disks { folder: folder.clone(), titles: BTreeMap::new(), time: 1_000_000_000 };
            let copy = match kind {
                "zip" => "z.zip",
                "tar.gz" => "z.tar.gz",
                "html" => "z.html",
                _ => "a.html",
            };
            disks.write("b.html", &["Quinces"]);
            disks.write("c.html", &["Loquats"]);
            let paths = [folder.clone()];
            run(&index, &paths, false, ALL, cut);
            disks.write(copy, &["Quinces"]);
            run(&index, &paths, false, ALL, cut);
            disks.write("b.html", &[if kind == "turned into a copy" { "Loquats" } else { "Medlars" }]);
            if copy == "a.html" {
                std::fs::write(folder.join(copy), of("Quinces") + "\n").unwrap();
            }
            for at in 1..=4 {
                run(&index, &paths, false, at, cut);
                assert_sound(&index, &format!("{kind}, cut behind {at}"));
            }
            run(&index, &paths, false, ALL, cut);
            assert_eq!(cited(&folder, &index), disks.titles, "{kind}");
            assert_sound(&index, kind);
        }
    }
}

/// A run on one of two folders left an index that `check` calls damaged, since articles changed while copies were read
/// again; no later run mended it.
#[test]
fn an_article_that_changes_while_copies_are_read_again_leaves_its_own() {
    let sandbox = Sandbox::new();
    sandbox.write("a/0w.html", of("Water"));
    sandbox.write("a/0u.html", of("Union"));
    sandbox.write("b/x.html", of("Trade"));
    sandbox.ingest(&["a", "b"]);
    let zipped = |topics: [&str; 3]| {
        zip(&[("m0.html", of(topics[0])), ("m1.html", of(topics[1])), ("m2.html", of(topics[2]))])
    };
    sandbox.write("a/1.zip", zipped(["Water", "Trade", "School"]));
    sandbox.ingest(&["a", "b"]);
    sandbox.write("a/1.zip", zipped(["School", "Tide", "Union"]));
    sandbox.write("b/x.html", of("Visa"));
    sandbox.ingest(&["b"]);
    sandbox.ibid(&["check"]).exits(0);
    assert_eq!(sandbox.titles("trade"), ["Trade"]);
    sandbox.ingest(&["a", "b"]);
    sandbox.ibid(&["check"]).exits(0);
    for title in ["School", "Tide", "Union", "Visa", "Water"] {
        assert_eq!(sandbox.titles(title), [title]);
    }
}

/// A page that is saved anew with its text has its copies still, wherever they are.
#[test]
fn a_copy_that_is_away_while_its_article_is_saved_anew_stays_one() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", of("Quinces"));
    sandbox.write("in/b.html", of("Quinces"));
    sandbox.ingest(&["in"]);
    sandbox.remove("in/b.html");
    sandbox.write("in/a.html", of("Quinces") + "\n");
    assert_eq!(sandbox.ingest(&["in"]), "1 updated");
    assert_eq!(
        (sandbox.article_count(), sandbox.hits("quinces")[0]["copies"]["count"].clone()),
        (1, 1.into())
    );
    sandbox.write("in/b.html", of("Quinces"));
    assert_eq!(sandbox.ingest(&["in"]), "2 unchanged");
    assert_eq!(sandbox.article_count(), 1);
}

/// A text that came back in another file, behind a copy that had it in passing, was taken for a copy of what that copy said
/// by then.
#[test]
fn a_text_that_moves_while_its_article_and_copy_change_is_kept() {
    for copy_becomes in ["Visas", "Customs"] {
        let sandbox = Sandbox::new();
        sandbox.write("in/0.html", of("Quinces"));
        sandbox.write("in/1.html", of("Quinces"));
        sandbox.write("in/a.html", of("Customs"));
        sandbox.ingest(&["in"]);
        sandbox.write("in/0.html", of("Zebras"));
        sandbox.write("in/1.html", of(copy_becomes));
        sandbox.write("in/z.html", of("Quinces"));
        sandbox.ingest(&["in"]);
        sandbox.ibid(&["check"]).exits(0);
        assert_eq!(sandbox.titles("quinces"), ["Quinces"], "{copy_becomes}");
        let hit = &sandbox.hits("quinces")[0];
        assert!(hit["locator"].as_str().unwrap().ends_with("z.html"), "{hit:#}");
        for title in ["Zebras", copy_becomes] {
            assert_eq!(sandbox.titles(title), [title]);
        }
    }
}

/// The text of a copy that is away was lost where its article and the copy that took the article's place both changed.
#[test]
fn a_copy_that_is_away_while_its_article_and_another_copy_change_keeps_its_text() {
    for is_gone in [false, true] {
        let sandbox = Sandbox::new();
        sandbox.write("a/0.html", of("Quinces"));
        sandbox.write("a/1.html", of("Quinces"));
        sandbox.write("a/2.html", of("Quinces"));
        sandbox.write("b/3.html", of("Quinces"));
        sandbox.ingest(&["a", "b"]);
        let path = sandbox.path("b/3.html");
        std::fs::rename(&path, sandbox.path("away.html")).unwrap();
        sandbox.write("a/0.html", of("Zebras"));
        sandbox.write("a/1.html", of("Visas"));
        sandbox.write("a/2.html", of("Customs"));
        assert_eq!(sandbox.ingest(&["a"]), "2 indexed, 1 updated");
        sandbox.ibid(&["check"]).exits(0);
        if !is_gone {
            std::fs::rename(sandbox.path("away.html"), &path).unwrap();
            sandbox.ingest(&["a", "b"]);
            sandbox.ibid(&["check"]).exits(0);
        }
        for title in ["Quinces", "Zebras", "Visas", "Customs"] {
            assert_eq!(sandbox.titles(title), [title], "{is_gone}");
        }
    }
}

/// What a copy became that had its article's text for a moment was told as updated, and that it had it as removed.
#[test]
fn a_copy_that_takes_its_articles_place_in_passing_isnt_told() {
    let told = |copy: Option<&str>, arguments: &[&str]| {
        let sandbox = Sandbox::new();
        sandbox.write("in/0.html", of("Quinces"));
        sandbox.write("in/1.html", of("Quinces"));
        sandbox.ingest(&["in"]);
        sandbox.write("in/0.html", of("Zebras"));
        match copy {
            Some(text) => sandbox.write("in/1.html", of(text)),
            None => sandbox.remove("in/1.html"),
        }
        let told = sandbox.ingest(&[&["in"], arguments].concat());
        (told, sandbox.article_count())
    };
    assert_eq!(told(Some("Visas"), &[]), ("1 indexed, 1 updated".to_owned(), 2));
    assert_eq!(told(Some("Zebras"), &[]), ("1 updated, 1 duplicates".to_owned(), 1));
    assert_eq!(told(None, &["--prune"]), ("1 updated".to_owned(), 1));
}
