//! How well passages of the shipped corpus are ranked, by its topics and judgements.
//!
//! The snapshot holds each topic's first hit with its grade, and one line of totals: a change of ranking shows
//! what it gains and loses. `INSTA_UPDATE=always cargo test ranking` rewrites it.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::harness::{Sandbox, field};

/// Passages of a topic that are looked at.
const DEPTH: usize = 10;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// What a passage has to hold to be relevant, and how much it is then worth.
struct Judgement {
    page: String,
    quote: String,
    grade: u32,
}

/// The judgements by topic.
fn judgements() -> HashMap<String, Vec<Judgement>> {
    let file = std::fs::read_to_string(corpus().join("eval/judgements.jsonl")).unwrap();
    let mut by_topic: HashMap<String, Vec<Judgement>> = HashMap::new();
    for line in file.lines() {
        let object: Value = serde_json::from_str(line).unwrap();
        let grade = u32::try_from(object["grade"].as_u64().unwrap()).unwrap();
        let judgement =
            Judgement { page: field(&object, "page"), quote: collapse(&field(&object, "quote")), grade };
        by_topic.entry(field(&object, "topic")).or_default().push(judgement);
    }
    by_topic
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The page of a hit, from the corpus, and the grade of the best quote that it holds.
fn judged(hit: &Value, judgements: &[Judgement]) -> (String, u32) {
    let locator = field(hit, "locator");
    let page = locator.rsplit_once("/corpus/").map_or(locator.clone(), |(_, page)| page.to_owned());
    let text = collapse(&field(hit, "text"));
    let held = judgements.iter().filter(|j| j.page == page && text.contains(&j.quote));
    let grade = held.map(|j| j.grade).max().unwrap_or(0);
    (page, grade)
}

/// Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002) of `grades` in the order found.
fn ndcg(grades: &[u32], judgements: &[Judgement]) -> f64 {
    let gain = |grades: &[u32]| -> f64 {
        let places = grades.iter().take(DEPTH).enumerate();
        places.map(|(at, &grade)| f64::from(grade) / (at as f64 + 2.0).log2()).sum()
    };
    let mut ideal: Vec<u32> = judgements.iter().map(|j| j.grade).collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    gain(grades) / gain(&ideal)
}

/// The hits of every topic, in the order of the topics.
fn hits_by_topic(sandbox: &Sandbox) -> Vec<(String, Vec<Value>)> {
    let topics = corpus().join("eval/topics.tsv");
    let depth = DEPTH.to_string();
    // Copies are judged like all others.
    let arguments = ["--format", "jsonl", "-n", &depth, "--per-article", &depth, "--all-copies"];
    let mut command = sandbox.command(&["query", "--queries", topics.to_str().unwrap()]);
    command.args(arguments);
    let lines = sandbox.run(command).exits(0).lines();
    let ids = std::fs::read_to_string(&topics).unwrap();
    let ids = ids.lines().map(|line| line.split('\t').next().unwrap().to_owned());
    ids.map(|id| {
        let hits = lines.iter().filter(|hit| hit["query"] == id.as_str()).cloned().collect();
        (id, hits)
    })
    .collect()
}

/// The first hit of each topic is the golden one, and the passages that answer stand high.
#[test]
fn passages_of_the_corpus_are_ranked_as_they_were() {
    let sandbox = Sandbox::new();
    sandbox.ingest(&[corpus()]);
    let judgements = judgements();
    let (mut lines, mut sum, mut answered) = (String::new(), 0.0, 0);
    let topics = hits_by_topic(&sandbox);
    for (topic, hits) in &topics {
        let judgements = &judgements[topic];
        let judged: Vec<(String, u32)> = hits.iter().map(|hit| judged(hit, judgements)).collect();
        let grades: Vec<u32> = judged.iter().map(|(_, grade)| *grade).collect();
        let (page, grade) = &judged[0];
        writeln!(lines, "{topic} {grade} {page}").unwrap();
        sum += ndcg(&grades, judgements);
        answered += usize::from(*grade == 2);
    }
    let mean = sum / topics.len() as f64;
    writeln!(lines, "{answered} of {} first hits answer; mean nDCG@10 {mean:.3}", topics.len()).unwrap();
    insta::assert_snapshot!(lines);
}
