//! What scripts read: every object is what docs/output.md says, and every command that prints JSON prints an object.

mod fields;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::harness::{Outcome, Sandbox};
use crate::pages::{page, page_with, text_about};
use crate::warc::{answer, record, uri};
use fields::Tables;

/// The document, held against one object after the other.
struct Document {
    tables: Tables,
    faults: BTreeSet<String>,
}

impl Document {
    fn read() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/output.md");
        Self { tables: Tables::read(&fs::read_to_string(path).unwrap()), faults: BTreeSet::new() }
    }

    /// Holds each of `values` against the table `name`.
    #[track_caller]
    fn hold(&mut self, name: &str, values: &[Value]) {
        assert!(!values.is_empty(), "nothing is printed that could be held against {name}");
        for value in values {
            self.faults.extend(self.tables.faults(name, value));
        }
    }
}

/// Something of every kind that an index may hold.
fn archive() -> Sandbox {
    let sandbox = Sandbox::new();
    for number in 0..22 {
        let noted = crate::recurring::noted("wells.example", number);
        sandbox.write(
            format!("in/wells/{number}.html"),
            noted.replace("<p>Anyone", "<h2>Reprints</h2><p>Anyone"),
        );
    }
    let head = "<meta property=article:section content=Ports><meta name=keywords content=\"tolls, ships\">\
                <meta property=article:published_time content=2021-05-18>\
                <meta property=article:modified_time content=2021-06-01>";
    let noted =
        page_with("Tolls", head, &text_about("tolls")).replace("<p>Obs", "<h2>What was said</h2><p>Obs");
    sandbox.write("in/tolls.html", &noted);
    sandbox.write("in/tolls-again.html", &noted);
    sandbox.write("in/near.html", noted.replace("in the spring", "in the early spring"));
    sandbox.write("in/review.pdf", crate::pdf::review());
    sandbox.write("in/empty.html", "");
    sandbox.write("in/style.css", "p {}");
    let content = answer("", page("Docks", &text_about("docks")).as_bytes());
    let digest = "WARC-Payload-Digest: sha1:ABC\r\n";
    let saved = [
        record("response", &uri("docks"), digest, &content),
        record("revisit", &uri("docks-again"), digest, b""),
    ];
    sandbox.write("in/saved.warc", saved.concat());
    let records = [
        r#"{"id":"a","publisher":"Ledger","published":"2014-05-01","language":"en","text":"The Tidal Toll Pact (TTP) was signed at sea, and policy on oil and water had to be made again by two governments."}"#,
        r#"{"id":"b","published":"2016","language":"en","text":"Traders knew the Tariff and Trade Plan (TTP), of which no tariff came and no trade either."}"#,
        r#"{"id":"c","published":"soon","language":"en","text":"The embargo on grain was lifted before anybody had noticed it, under the treaty."}"#,
    ];
    sandbox.write("in/records.jsonl", records.join("\n"));
    sandbox
}

/// Lines that a run wrote to a file or stream.
fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

/// Every field of every object is documented with its type, and every documented field was seen.
#[test]
fn objects_are_as_documented() {
    let mut document = Document::read();
    let sandbox = archive();
    ingested(&sandbox, &mut document);
    answered(&sandbox, &mut document);
    read(&sandbox, &mut document);
    kept(&sandbox, &mut document);
    measured(&sandbox, &mut document);
    exported(&sandbox, &mut document);
    let Document { tables, faults } = document;
    assert!(faults.is_empty(), "docs/output.md doesn't hold:\n{faults:#?}");
    assert!(tables.unseen().is_empty(), "no object showed these fields:\n{:#?}", tables.unseen());
}

fn ingested(sandbox: &Sandbox, document: &mut Document) {
    let summary =
        sandbox.ibid(&["ingest", "in", "--format", "json", "--report", "lines", "--progress", "json"]);
    document.hold("Summary of a run", &[summary.json()]);
    document.hold("Input", &lines(&fs::read_to_string(sandbox.path("lines")).unwrap()));
    let told: Vec<Value> = lines(&summary.stderr);
    let (of_inputs, progress): (Vec<Value>, Vec<Value>) =
        told.into_iter().partition(|line| line["state"].is_string());
    document.hold("Progress of a set aside input", &of_inputs);
    document.hold("Progress", &progress);
    document.hold("Account of the last run", &[sandbox.ibid(&["report", "--format", "json"]).json()]);
    document.hold("Input", &sandbox.ibid(&["report", "--inputs"]).lines());
    document.hold("Statistics", &[sandbox.ibid(&["stats", "--format", "json"]).json()]);
    document.hold("Acronyms", &[sandbox.ibid(&["acronyms", "--format", "json"]).json()]);
}

fn answered(sandbox: &Sandbox, document: &mut Document) {
    let queries = [
        "tolls",
        "lighthouse",
        "docks",
        "TTP",
        "embarog",
        "treaty date:1950",
        "treaty lang:de",
        "\"policy water\" oil",
        "+\"policy water\"",
        "grainn AND the",
        "the zzz",
        "gover-nments",
        "title:Well",
        "date:20x0",
        "",
    ];
    let file: String = queries.iter().enumerate().map(|(at, query)| format!("{at}\t{query}\n")).collect();
    sandbox.write("queries.tsv", file);
    let all = ["query", "--queries", "queries.tsv", "--explain"];
    let answers = sandbox.ibid(&[&all[..], &["--format", "json"]].concat()).lines();
    assert_eq!(answers.len(), queries.len(), "an object a query");
    document.hold("Answer", &answers);
    document.hold("Answer", &sandbox.ibid(&["query", "tolls", "--format", "json"]).lines());
    document.hold("Line of an answer", &sandbox.ibid(&[&all[..], &["--format", "jsonl"]].concat()).lines());
    for query in ["TTP", "the tol* of ports", ""] {
        let explained = sandbox.ibid(&["query", query, "--explain-query", "--format", "json"]);
        document.hold("Explained query", &[explained.json()]);
    }
    let without_index = ["query", "tolls", "--explain-query", "--format", "json", "--index", "none"];
    document.hold("Explained query", &[sandbox.ibid(&without_index).json()]);
}

fn read(sandbox: &Sandbox, document: &mut Document) {
    document.hold("Extracted article", &sandbox.ibid(&["extract", "in", "--format", "jsonl"]).lines());
    for query in ["tolls", "lighthouse", "title:Well", "docks", "embargo"] {
        let hit = &sandbox.hits(query)[0];
        for id in ["article", "id"] {
            let shown = sandbox.ibid(&["show", hit[id].as_str().unwrap(), "--format", "json"]);
            document.hold("Shown article", &[shown.json()]);
        }
    }
}

fn kept(sandbox: &Sandbox, document: &mut Document) {
    document.hold("Backed up", &[sandbox.ibid(&["backup", "kept", "--format", "json"]).json()]);
    document.hold("Compacted", &[sandbox.ibid(&["compact", "--format", "json"]).json()]);
    let check = |more: &[&str]| sandbox.ibid(&[&["check", "--format", "json"], more].concat()).json();
    document.hold("Check", &[check(&[]), check(&["--against", "in"])]);
    for entry in fs::read_dir(sandbox.path("kept")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "store") {
            let mut bytes = fs::read(&path).unwrap();
            bytes[20] ^= 0xff;
            fs::write(path, bytes).unwrap();
        }
    }
    document.hold("Check", &[check(&["--index", "kept"]), check(&["--index", "kept", "--repair"])]);
}

fn measured(sandbox: &Sandbox, document: &mut Document) {
    sandbox.write("topics.tsv", "1\ttolls\n");
    let article = &sandbox.articles("tolls")[0];
    sandbox.write("qrels.txt", format!("1 0 {article} 1\n"));
    let eval = ["eval", "--qrels", "qrels.txt", "--queries", "topics.tsv", "--format", "json"];
    let saved = sandbox.ibid(&[&eval[..], &["--save", "run.txt"]].concat()).json();
    let compared = sandbox.ibid(&[&eval[..], &["--baseline", "run.txt", "--per-query"]].concat()).json();
    let shallow = sandbox.ibid(&[&eval[..], &["-n", "20"]].concat()).json();
    document.hold("Evaluation", &[saved, compared, shallow]);
}

fn exported(sandbox: &Sandbox, document: &mut Document) {
    document.hold("Exported line", &sandbox.ibid(&["export"]).lines());
    let cdxj = sandbox.ibid(&["export", "--format", "cdxj"]).stdout;
    let objects: Vec<&str> = cdxj.lines().map(|line| &line[line.find('{').unwrap()..]).collect();
    document.hold("Line of CDXJ", &lines(&objects.join("\n")));
}

/// What the command prints as its one object; nothing else may stand on standard output.
#[track_caller]
fn object(outcome: &Outcome) -> Value {
    assert_eq!(outcome.stdout.lines().count(), 1, "{}", outcome.all());
    outcome.json()
}

/// Runs with nothing to read printed nothing, and neither did quiet ones.
#[test]
fn every_run_prints_its_object() {
    let sandbox = Sandbox::new();
    sandbox.write("a.html", page("Sluices", &text_about("sluices")));
    let quiet = sandbox.ibid(&["ingest", "a.html", "-q", "--format", "json", "--progress", "json"]).exits(0);
    assert_eq!(object(&quiet)["indexed"], 1);
    assert_eq!(lines(&quiet.stderr).last().unwrap()["ended"], true);
    let retried = sandbox.ibid(&["ingest", "--retry", "--format", "json", "--report", "report"]).exits(0);
    assert_eq!(object(&retried)["inputs"], 0);
    assert_eq!(fs::read_to_string(sandbox.path("report")).unwrap(), "");
    let listed = sandbox.ibid(&["ingest", "-", "--format", "json"]).exits(0);
    assert_eq!(object(&listed)["inputs"], 0);
}

/// A rejected query had no object, so that objects and queries couldn't be put side by side.
#[test]
fn a_rejected_query_has_an_object_with_the_error() {
    let sandbox = Sandbox::with_records("{\"text\":\"Dykes hold the river.\"}\n");
    sandbox.write("queries.tsv", "1\triver\n2\tdate:20x0\nno tab\n4\tdykes\n");
    let outcome = sandbox.ibid(&["query", "--queries", "queries.tsv", "--format", "json"]).exits(2);
    let errors: Vec<Value> = outcome.lines().into_iter().map(|answer| answer["error"].clone()).collect();
    let fault = "queries.tsv line 3: no id and tab before the query";
    assert_eq!(errors, [Value::Null, "`20x0` is not a date".into(), fault.into(), Value::Null]);
    let alone = sandbox.ibid(&["query", "date:20x0", "--format", "json"]).exits(2);
    assert_eq!(object(&alone)["error"], "`20x0` is not a date");
    sandbox.write("none.tsv", "\n");
    sandbox.ibid(&["query", "--queries", "none.tsv"]).exits(1).complains("no query in the file");
}

/// The text of `ibid report` lists what is set aside; its JSON only counted it.
#[test]
fn the_account_in_json_lists_what_is_set_aside() {
    let sandbox = Sandbox::new();
    sandbox.write("in/bad.gz", b"\x1f\x8b\x08garbage");
    sandbox.ibid(&["ingest", "in", "-q"]).exits(3);
    let account = object(&sandbox.ibid(&["report", "--format", "json"]).exits(0));
    let expected = serde_json::json!([{ "locator": "[DIR]/in/bad.gz", "reason": "invalid gzip header" }]);
    assert_eq!((&account["set_aside"], &account["set_aside_inputs"]), (&1.into(), &expected));
}

/// With `--report -` there are lines on standard output and nothing else; it made a file called `-`.
#[test]
fn a_report_goes_to_standard_output() {
    let sandbox = Sandbox::new();
    sandbox.write("a.html", page("Sluices", &text_about("sluices")));
    let outcome = sandbox.ibid(&["ingest", "a.html", "--report", "-"]).exits(0).complains("1 indexed");
    assert_eq!(object(&outcome)["state"], "indexed");
    assert!(!sandbox.path("-").exists());
    let outcome = sandbox.ibid(&["ingest", "a.html", "--report", "-", "--format", "json"]).exits(0);
    assert_eq!(
        (&object(&outcome)["state"], &lines(&outcome.stderr)[0]["unchanged"]),
        (&"unchanged".into(), &1.into())
    );
}

/// A container isn't counted among the inputs by any command.
#[test]
fn inputs_are_counted_alike() {
    let sandbox = Sandbox::with_records("{\"text\":\"Dykes hold.\"}\n{\"text\":\"Harbours silt up.\"}\n");
    let inputs = |arguments: &[&str]| sandbox.ibid(arguments).exits(0).json()["inputs"].clone();
    assert_eq!(inputs(&["report", "--format", "json"]), 2);
    assert_eq!(inputs(&["check", "--format", "json"]), 2);
    let stats = inputs(&["stats", "--format", "json"]);
    assert_eq!((&stats["indexed"], &stats["container"]), (&2.into(), &1.into()));
    let checked = sandbox.ibid(&["check", "--against", "records.jsonl"]).exits(0).stdout;
    assert!(checked.contains("2 inputs, 1 container\ninputs: 2 as they were"), "{checked}");
}
