//! The file of long words, which an index of German articles has beside it: it saves queries time, and says nothing
//! else.

use std::fs;
use std::path::PathBuf;

use crate::harness::Sandbox;

const FILE: &str = "long.words";

/// An index in German with as many different words as such a file is written for.
fn german() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("in/made-up.jsonl", made_up(20));
    sandbox.write("in/real.jsonl", real());
    sandbox.ingest(&["in"]);
    sandbox
}

/// Records of words of three syllables each and an ending, all different.
fn made_up(records: usize) -> String {
    let syllables: Vec<String> = "bdfgklmnprst"
        .chars()
        .flat_map(|first| ["a", "o"].map(|second| format!("{first}{second}")))
        .collect();
    let word = |number: usize| {
        let [one, two, three] = [number / 576 % 24, number / 24 % 24, number % 24].map(|at| &syllables[at]);
        format!("{one}{two}{three}heiten")
    };
    let record = |record: usize| {
        let words: Vec<String> = (record * 500..(record + 1) * 500).map(word).collect();
        format!("{{\"id\":\"{record}\",\"language\":\"de\",\"text\":\"{}\"}}\n", words.join(" "))
    };
    (0..records).map(record).collect()
}

fn real() -> &'static str {
    r#"{"id":"law","language":"de","text":"Der Bundestag hat das Klimaschutzgesetz beschlossen, und das Gesetz gilt."}
"#
}

fn found(sandbox: &Sandbox, index: &str) -> String {
    let found = sandbox.ibid(&["query", "Klimaschutz", "--index", index]).exits(0).stdout;
    assert!(found.contains("klimaschutzgesetz"), "{found}");
    found
}

fn file(sandbox: &Sandbox) -> PathBuf {
    sandbox.path("index").join(FILE)
}

#[test]
fn without_the_file_the_same_is_found() {
    let sandbox = german();
    let whole = fs::read(file(&sandbox)).unwrap();
    let with_it = found(&sandbox, "index");
    fs::remove_file(file(&sandbox)).unwrap();
    assert_eq!(found(&sandbox, "index"), with_it);
    sandbox.ibid(&["check"]).exits(0);
    sandbox.ingest(&["in"]);
    assert_eq!(fs::read(file(&sandbox)).unwrap(), whole, "the next run writes it");
}

#[test]
fn words_that_came_since_are_found() {
    let sandbox = german();
    let old = fs::read(file(&sandbox)).unwrap();
    sandbox.write(
        "in/more.jsonl",
        r#"{"id":"more","language":"de","text":"Dem Klimaschutzbericht folgt ein Bericht."}"#,
    );
    sandbox.ingest(&["in"]);
    for file_of in ["the new", "the old"] {
        let found = found(&sandbox, "index");
        assert!(found.contains("klimaschutzbericht"), "{file_of}: {found}");
        fs::write(file(&sandbox), &old).unwrap();
    }
}

#[test]
fn a_damaged_file_is_told_and_written_anew() {
    let sandbox = german();
    let whole = fs::read(file(&sandbox)).unwrap();
    let mut other = whole.clone();
    other[100] ^= 1;
    let damages = [
        ("cut short", whole[..40].to_vec()),
        ("empty", Vec::new()),
        ("of zeros", vec![0; whole.len()]),
        ("another byte", other),
    ];
    for (name, damaged) in damages {
        fs::write(file(&sandbox), damaged).unwrap();
        found(&sandbox, "index");
        let told = sandbox.ibid(&["check"]).exits(4);
        assert!(told.stdout.contains(FILE), "{name}: {}", told.all());
        let repaired = sandbox.ibid(&["check", "--repair"]).exits(0);
        assert!(repaired.stdout.contains("nothing was lost"), "{name}: {}", repaired.all());
        assert_eq!(fs::read(file(&sandbox)).unwrap(), whole, "{name}");
    }
}

#[test]
fn it_goes_where_its_index_goes() {
    let sandbox = german();
    sandbox.ibid(&["backup", "kept"]).exits(0);
    assert_eq!(fs::read(sandbox.path("kept").join(FILE)).unwrap(), fs::read(file(&sandbox)).unwrap());
    sandbox.ibid(&["check", "--index", "kept"]).exits(0);
    let before = found(&sandbox, "kept");
    sandbox.ibid(&["ingest", "kept", "--index", "of-index"]).exits(1);
    sandbox.ibid(&["compact"]).exits(0);
    assert_eq!(found(&sandbox, "index"), before);
    // No article is left, and so no word.
    sandbox.remove("in/made-up.jsonl");
    sandbox.remove("in/real.jsonl");
    sandbox.ibid(&["ingest", "in", "--prune"]);
    sandbox.ibid(&["compact"]).exits(0);
    assert!(!file(&sandbox).exists());
}

#[test]
fn an_index_in_english_has_none() {
    let sandbox = Sandbox::new();
    sandbox.write("in/made-up.jsonl", made_up(20).replace("\"de\"", "\"en\""));
    sandbox.ingest(&["in"]);
    assert!(!file(&sandbox).exists());
}
