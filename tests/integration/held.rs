//! Conditions on where an article is held: any of its places meets them, in whatever way the places came to be known.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use ibid::check::repair;
use ibid::engine::{InputRecord, Searcher};
use ibid::export::Selection;
use ibid::index::{Index, IndexSearcher};
use ibid::ingest::{Observer, Options, Outcome, Preparer, Trust, ingest};
use ibid::query::parse;
use serde_json::json;

use crate::archives::zip;
use crate::draw::draw;
use crate::harness::{Sandbox, field, writer_of};
use crate::pages::{page_with, text_about};

const TEXT: &str = "The treaty on the weir was signed by both towns, and the ferry goes on.";

/// A text that was read from a mirror first and from where it came out behind, and another one.
fn twice_held() -> Sandbox {
    let sandbox = Sandbox::new();
    let write = |name: &str, record: serde_json::Value| sandbox.write(name, format!("{record}\n"));
    write(
        "in/a-mirror.jsonl",
        json!({"title": "Weir", "url": "https://mirror.example.net/7", "publisher": "Mirror Net",
               "language": "en", "text": TEXT}),
    );
    write(
        "in/b-first.jsonl",
        json!({"title": "Weir", "url": "https://www.example.org/2020/the-weir", "publisher": "Harbour Review",
               "section": "World News", "language": "en", "text": TEXT}),
    );
    write(
        "in/c-other.jsonl",
        json!({"title": "Dyke", "url": "https://example.org/dyke", "publisher": "Harbour Review",
               "language": "en", "text": "No treaty speaks of the dyke."}),
    );
    assert_eq!(sandbox.ingest(&["in"]), "2 indexed, 1 duplicates");
    sandbox
}

/// What was read of an article's first place alone decided: who asked for the site that it came out at, or left that
/// out, was misled.
#[test]
fn an_article_is_found_by_any_of_its_places() {
    let sandbox = twice_held();
    for (query, titles) in [
        ("site:example.org treaty", &["Dyke", "Weir"][..]),
        ("site:example.net treaty", &["Weir"]),
        ("site:example.org site:example.net", &["Weir"]),
        ("treaty -site:example.org", &[]),
        ("treaty -site:example.net", &["Dyke"]),
        ("NOT site:mirror.example.net", &["Dyke"]),
        ("source:b-first", &["Weir"]),
        ("source:\"in b first jsonl\" ferry", &["Weir"]),
        ("source:(a OR c) treaty", &["Dyke", "Weir"]),
        ("url:2020/the-weir", &["Weir"]),
        ("url:(2020 BEFORE/2 weir)", &["Weir"]),
        ("url:(weir BEFORE/2 2020)", &[]),
        ("url:wei*", &["Weir"]),
        ("url:7 url:2020", &["Weir"]),
        ("url:\"7 2020\"", &[]),
        ("publisher:\"harbour review\"", &["Dyke", "Weir"]),
        ("publisher:(mirror OR nobody)", &["Weir"]),
        ("publisher:harbuor~", &["Dyke", "Weir"]),
        ("section:world treaty", &["Weir"]),
        ("has:section", &["Weir"]),
        ("treaty no:section", &["Dyke"]),
        ("(treaty site:example.net) OR dyke", &["Dyke", "Weir"]),
        ("source:nowhere OR site:nowhere.example", &[]),
    ] {
        assert_eq!(sandbox.titles(query), titles, "{query}");
        let count = sandbox.ibid(&["query", query, "--format", "json"]).json()["total"].clone();
        assert_eq!(count, titles.len(), "{query}");
    }
}

/// The place that was asked for is told first, and no other.
#[test]
fn a_place_that_was_asked_for_is_named() {
    let sandbox = twice_held();
    for (query, asked_for) in [
        ("site:example.org ferry", true),
        ("site:example.net ferry", false),
        ("ferry", false),
        ("ferry (source:b-first OR source:nowhere)", true),
        ("ferry site:example OR source:a-mirror", false),
    ] {
        let hit = &sandbox.hits(query)[0];
        let place = &hit["copies"]["places"][0];
        assert_eq!(field(hit, "url"), "https://mirror.example.net/7");
        assert_eq!(field(place, "url"), "https://www.example.org/2020/the-weir");
        assert_eq!(place["asked_for"], asked_for, "{query}");
        let text = sandbox.ibid(&["query", query]).exits(0).stdout;
        let line =
            if asked_for { "also at https://www.example.org/2020/the-weir\n" } else { "also at 1 place\n" };
        assert!(text.contains(line), "{query}: {text}");
    }
}

/// Who published copies counts beside who published what was read first.
#[test]
fn an_article_counts_for_each_of_its_publishers() {
    let sandbox = twice_held();
    sandbox.write(
        "in/d-again.jsonl",
        json!({"title": "Weir", "publisher": "Harbour Review", "language": "en", "text": TEXT}).to_string(),
    );
    sandbox.ingest(&["in"]);
    for (query, counts) in [
        ("treaty", &[("Harbour Review", 2), ("Mirror Net", 1)][..]),
        ("\"treaty on\"", &[("Harbour Review", 1), ("Mirror Net", 1)]),
        ("dyke", &[("Harbour Review", 1)]),
    ] {
        let facets = sandbox.ibid(&["query", query, "--format", "json"]).exits(0).json()["facets"].clone();
        let told = facets["publisher"].as_array().unwrap().iter();
        let told: Vec<(String, u64)> =
            told.map(|count| (field(count, "value"), count["count"].as_u64().unwrap())).collect();
        let counts: Vec<(String, u64)> =
            counts.iter().map(|&(name, count)| (name.to_owned(), count)).collect();
        assert_eq!(told, counts, "{query}");
    }
}

/// A clause that a copy meets is marked like one that the article's own place meets.
#[test]
fn what_is_marked_goes_by_any_place() {
    let sandbox = twice_held();
    let marked = |query: &str| -> Vec<String> {
        let hit = &sandbox.hits(query)[0];
        let text = field(hit, "text");
        let at = |highlight: &serde_json::Value, end: &str| highlight[end].as_u64().unwrap() as usize;
        let highlights = hit["highlights"].as_array().unwrap().iter();
        highlights.map(|h| text[at(h, "start")..at(h, "end")].to_owned()).collect()
    };
    assert_eq!(marked("(towns site:example.org) OR ferry"), ["towns", "ferry"]);
    assert_eq!(marked("(towns source:b-first) OR ferry"), ["towns", "ferry"]);
    assert_eq!(marked("(towns -site:example.org) OR ferry"), ["ferry"]);
    assert_eq!(marked("(towns site:nowhere.example) OR ferry"), ["ferry"]);
}

/// A place says the same of its article whether that was read there first or not.
#[test]
fn an_article_has_one_score_by_whatever_place_it_is_found() {
    let records = |order: [&str; 2]| -> String {
        let line = |site: &str| json!({"title": "Weir", "url": format!("https://{site}/weir"), "text": TEXT});
        order.map(|site| format!("{}\n", line(site))).concat()
    };
    let score = |order| {
        let sandbox = Sandbox::with_records(&records(order));
        let query = ["query", "url:b.example ferry", "--format", "jsonl", "--explain"];
        let hits = sandbox.ibid(&query).exits(0).lines();
        assert_eq!(hits.len(), 1);
        hits[0]["why"]["of_article"]["fields"].as_f64().unwrap()
    };
    let scores = [score(["a.example", "b.example"]), score(["b.example", "a.example"])];
    assert!(scores[0] > 0.0 && (scores[0] - scores[1]).abs() < 1e-9, "{scores:?}");
}

/// What is given out of an index, and what lists places, goes by the same.
#[test]
fn an_export_of_a_site_has_what_is_held_there() {
    let sandbox = twice_held();
    let lines = sandbox.ibid(&["export", "site:example.org weir"]).exits(0).lines();
    let states: Vec<String> = lines.iter().map(|line| field(&line["input"], "state")).collect();
    assert_eq!(states, ["indexed", "duplicate"]);
    assert_eq!(field(&lines[1]["input"], "section"), "World News");
    sandbox.ibid(&["export", "weir -site:example.org"]).exits(1);
}

/// Copies of one page may be many: each is found, and named.
#[test]
fn one_of_thousands_of_copies_is_found() {
    let copy = |at: usize| {
        json!({"title": "Weir", "url": format!("https://site{at}.example/{at}"), "text": TEXT}).to_string()
            + "\n"
    };
    let sandbox = Sandbox::with_records(&(0..3_000).map(copy).collect::<String>());
    assert_eq!(sandbox.article_count(), 1);
    for at in [0, 1, 1_777, 2_999] {
        let hits = sandbox.hits(&format!("site:site{at}.example weir"));
        let copies = &hits[0]["copies"];
        assert_eq!((hits.len(), &copies["count"]), (1, &2_999.into()));
        assert_eq!(copies["places"][0]["asked_for"], at > 0);
        assert!(at == 0 || field(&copies["places"][0], "url") == format!("https://site{at}.example/{at}"));
    }
    assert!(sandbox.hits("weir -site:site1777.example").is_empty());
    assert_eq!(sandbox.hits("weir site:example").len(), 1);
}

/// Sequences of changes that are drawn, and steps of each.
const SEQUENCES: u64 = 4;
const STEPS: usize = 7;

const TOPICS: [&str; 4] = ["weirs", "dykes", "sluices", "ferries"];
const HOSTS: [&str; 4] = ["a.example", "b.example", "www.a.example", "c.test"];
const PUBLISHERS: [&str; 4] = ["Harbour Review", "Mirror Net", "The Ledger", ""];
const FILES: [&str; 6] =
    ["one.html", "two.html", "sub/three.html", "four.html", "records.jsonl", "pages.zip"];

/// What is asked after each run.
const QUERIES: [&str; 22] = [
    "site:a.example",
    "site:c.test",
    "site:example -site:b.example",
    "NOT site:a.example",
    "site:a.example site:b.example",
    "source:one",
    "source:\"sub three\"",
    "source:records ministers",
    "source:zip OR source:two",
    "ministers -source:four",
    "url:a.example/p1",
    "url:p*",
    "url:(example NEAR/2 p0)",
    "publisher:harbour",
    "publisher:\"mirror net\"",
    "publisher:legder~",
    "section:world OR section:trade",
    "has:publisher",
    "no:publisher",
    "no:section",
    "has:url",
    "no:url (ministers OR site:a.example)",
];

/// A page, or a record, of one of the topics at one of the hosts.
struct Drawn {
    topic: &'static str,
    url: Option<String>,
    publisher: &'static str,
    section: &'static str,
}

impl Drawn {
    fn of(state: &mut u64) -> Self {
        let mut one_of = |all: &[&'static str]| all[draw(state, all.len() as u64) as usize];
        let (topic, host, publisher) = (one_of(&TOPICS), one_of(&HOSTS), one_of(&PUBLISHERS));
        let (section, path) = (one_of(&["", "World News", "Trade"]), one_of(&["p0", "p1", ""]));
        let url = (!path.is_empty()).then(|| format!("https://{host}/{path}"));
        Self { topic, url, publisher, section }
    }

    fn page(&self) -> String {
        let meta = |name: &str, value: &str| format!("<meta property=\"{name}\" content=\"{value}\">");
        let mut head = String::new();
        if let Some(url) = &self.url {
            head += &format!("<link rel=\"canonical\" href=\"{url}\">");
        }
        for (name, value) in [("og:site_name", self.publisher), ("article:section", self.section)] {
            if !value.is_empty() {
                head += &meta(name, value);
            }
        }
        page_with(self.topic, &head, &text_about(self.topic))
    }

    fn record(&self) -> String {
        let given = |text: &'static str| Some(text).filter(|text| !text.is_empty());
        let record = json!({"title": self.topic, "text": text_about(self.topic), "language": "en", "url": self.url,
            "publisher": given(self.publisher), "section": given(self.section)});
        format!("{record}\n")
    }
}

/// Writes one of the files anew, or removes it.
fn change(folder: &Path, state: &mut u64) {
    let name = FILES[draw(state, FILES.len() as u64) as usize];
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let members = draw(state, 5);
    if draw(state, 4) == 0 {
        let _ = std::fs::remove_file(path);
    } else if name.ends_with("zip") {
        let members: Vec<(String, String)> =
            (0..members).map(|at| (format!("m{at}.html"), Drawn::of(state).page())).collect();
        std::fs::write(path, zip(&members)).unwrap();
    } else if name.ends_with("jsonl") {
        std::fs::write(path, (0..members).map(|_| Drawn::of(state).record()).collect::<String>()).unwrap();
    } else {
        std::fs::write(path, Drawn::of(state).page()).unwrap();
    }
}

/// Stops a run behind so many inputs.
struct StopsAfter<'a> {
    left: AtomicU64,
    stop: &'a AtomicBool,
}

impl Observer for StopsAfter<'_> {
    fn found(&self, _: u64) {}

    fn finished(&self, _: &InputRecord, _: &Outcome, _: u64) {
        if self.left.fetch_sub(1, Ordering::Relaxed) == 1 {
            self.stop.store(true, Ordering::Relaxed);
        }
    }
}

/// Brings the index at `index` up to date with `paths`, in a run that is stopped behind so many inputs.
fn run(index: &Path, paths: &[PathBuf], inputs: u64) -> IndexSearcher {
    let index = Index::open_or_create(index).unwrap();
    let writer = writer_of(&index);
    let stop = AtomicBool::new(false);
    let observer = StopsAfter { left: AtomicU64::new(inputs), stop: &stop };
    let options = Options { trust: Trust::Hashes, prune: true, ..Options::default() };
    ingest(&writer, paths, &options, &stop, &observer).unwrap();
    writer.finish().unwrap();
    index.searcher().unwrap()
}

/// A number of inputs that no run has.
const ALL: u64 = 1_000_000;

/// What each of the queries finds, by titles, and who published how many articles.
fn answers(searcher: &IndexSearcher) -> Vec<String> {
    let mut all = Vec::new();
    for text in QUERIES {
        let query = parse(text).unwrap().query.unwrap();
        let found = searcher.candidates(&query, 1_000).unwrap();
        assert_eq!(found.len() as u64, searcher.count(&query).unwrap(), "{text}");
        let title = |key| searcher.fetch(key).unwrap().article.metadata.title.unwrap();
        let titles: BTreeSet<String> = found.iter().map(|candidate| title(candidate.key)).collect();
        all.push(format!("{text}: {titles:?}"));
    }
    let everything = parse("NOT zzzzzz").unwrap().query.unwrap();
    all.push(format!("{:?}", searcher.facets(&everything, 100).unwrap().publisher));
    all
}

/// In whatever order places come, change and go, runs are cut short, and an index is given on or made anew: it answers
/// as one that was made of what there is now.
#[test]
fn places_are_those_that_there_are_now() {
    for seed in 0..SEQUENCES {
        let folder = tempfile::tempdir().unwrap();
        let (files, index) = (folder.path().join("in"), folder.path().join("index"));
        std::fs::create_dir_all(&files).unwrap();
        std::fs::write(files.join("none.css"), "p {}").unwrap();
        let mut state = seed;
        for step in 0..STEPS {
            for _ in 0..=draw(&mut state, 4) {
                change(&files, &mut state);
            }
            if draw(&mut state, 3) == 0 {
                run(&index, std::slice::from_ref(&files), 1 + draw(&mut state, 4));
            }
            let searcher = run(&index, std::slice::from_ref(&files), ALL);
            let fresh = folder.path().join(format!("fresh{step}"));
            let expected = answers(&run(&fresh, std::slice::from_ref(&files), ALL));
            assert_eq!(answers(&searcher), expected, "seed {seed}, step {step}");
        }
        let expected = answers(&Index::open(&index).unwrap().searcher().unwrap());
        assert_eq!(answers(&exported(folder.path(), &index)), expected, "exported, seed {seed}");
        let opened = Index::open(&index).unwrap();
        opened.writer().unwrap().compact(&opened).unwrap();
        assert_eq!(answers(&opened.searcher().unwrap()), expected, "compact, seed {seed}");
        let mut preparer = Preparer::default();
        repair(&index, &mut |stored| preparer.prepare_again(stored)).unwrap();
        assert_eq!(
            answers(&Index::open(&index).unwrap().searcher().unwrap()),
            expected,
            "repaired, seed {seed}"
        );
    }
}

/// An index of what is exported of that at `index`.
fn exported(folder: &Path, index: &Path) -> IndexSearcher {
    let index = Index::open(index).unwrap();
    let searcher = index.searcher().unwrap();
    let mut lines = String::new();
    let selection = Selection::of(&index, &searcher, None).unwrap();
    let each = selection.each_line(|line| -> Result<(), ibid::error::Error> {
        lines += &(line.to_json().unwrap() + "\n");
        Ok(())
    });
    each.unwrap();
    let path = folder.join("export.jsonl");
    std::fs::write(&path, lines).unwrap();
    run(&folder.join("given-on"), &[path], ALL)
}
