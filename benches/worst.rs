//! What the worst of queries cost: patterns that stand for every word, relations of the commonest words, a thousand
//! words, long phrases. Each has to be answered, or refused, in a second on 160,000 articles.
//!
//! A process each, over the index that `IBID_BENCH_INDEX` names, or over one of the shipped corpus, which is too small
//! to tell much. Words are drawn from the index, the commonest first, so that any index has its own worst.
//!
//! ```sh
//! IBID_BENCH_INDEX=/archive/index cargo bench --bench worst
//! ```
//!
//! For each query the seconds of the fastest of three runs, how it ended, how many articles match and what was said
//! first on standard error.

#![allow(missing_docs, clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use ibid::engine::Searcher;
use ibid::index::Index;
use ibid::query::parse;

/// Runs of each query, of which the fastest counts: the others waited for something.
const RUNS: usize = 3;

/// Letters, the commonest of English first.
const LETTERS: &str = "etaoinshrdlucmfwypvbgkjqxz";

/// Characters of a query up to which words are added.
const MOST_CHARS: usize = 9_900;

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let index = std::env::var_os("IBID_BENCH_INDEX").map_or_else(|| of_corpus(folder.path()), PathBuf::from);
    let words = words(&index);
    println!("{:28}{:>10}{:>6}{:>10}  said", "", "ms", "exit", "articles");
    for (name, query) in queries(&words) {
        let (time, exit, articles, said) = fastest(&index, &query);
        println!("{name:28}{:>10.0}{exit:>6}{articles:>10}  {said:.110}", time.as_secs_f64() * 1e3);
    }
}

fn ibid(arguments: &[&str], index: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ibid"));
    command.args(arguments).arg("--index").arg(index);
    command
}

fn of_corpus(folder: &Path) -> PathBuf {
    let index = folder.join("index");
    let done = ibid(&["ingest", "corpus", "-q"], &index).output().expect("ibid runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    index
}

/// The words of most articles, the commonest first. They are asked for letter by letter, since no pattern may stand for
/// so many common ones.
fn words(index: &Path) -> Vec<String> {
    let searcher = Index::open(index).and_then(|index| index.searcher()).expect("a searcher");
    let mut words: Vec<(u64, String)> = Vec::new();
    for letter in LETTERS.chars() {
        let query = parse(&format!("/{letter}[a-z]*/")).expect("a query").query.expect("a pattern");
        let patterns = searcher.pattern_words(&query).expect("words").into_iter();
        words.extend(patterns.flat_map(|pattern| pattern.words).map(|(word, articles)| (articles, word)));
    }
    words.sort_unstable_by(|a, b| b.cmp(a));
    words.into_iter().map(|(_, word)| word).collect()
}

fn queries(words: &[String]) -> Vec<(&'static str, String)> {
    let globs = |letters: &str, by: &str| joined(letters.chars().map(|letter| format!("*{letter}*")), by);
    let of_words = |by: &str| joined(words.iter().cloned(), by);
    let pairs = |pair: fn(&str, &str) -> String| {
        let firsts = words.iter().take(22);
        joined(firsts.flat_map(|one| words.iter().take(22).map(move |other| pair(one, other))), " ")
    };
    let [a, b, c, d] = [0, 1, 2, 3].map(|at| words.get(at).map_or("the", String::as_str));
    vec![
        ("one word", words.get(200).cloned().unwrap_or_default()),
        ("a pattern for all words", "*e*".to_owned()),
        ("8 patterns", globs(&LETTERS[..8], " ")),
        ("26 patterns", globs(LETTERS, " ")),
        ("26 patterns with AND", globs(LETTERS, " AND ")),
        ("26 regular expressions", joined(LETTERS.chars().map(|letter| format!("/.*{letter}.*/")), " ")),
        ("two that repeat what they repeat", "/w.:oar.gw=_+{24}{49}/ /v.:oar.gw=_+{24}{49}/".to_owned()),
        (
            "32 words spelt alike",
            joined(words.iter().skip(200).take(32).map(|word| format!("{word}~2")), " "),
        ),
        ("two patterns, /p", "*e* /p *a*".to_owned()),
        ("two patterns, /s", "/[a-z]+/ /s /[a-z]*e/".to_owned()),
        ("two patterns, NEAR/1", "*q* NEAR/1 *x*".to_owned()),
        ("12 patterns, /p", globs(&LETTERS[..12], " /p ")),
        ("25 patterns, NEAR/9", globs(&LETTERS[..25], " NEAR/9 ")),
        ("two common words, NEAR/5", format!("{a} NEAR/5 {b}")),
        ("two common words, /p", format!("{a} /p {b}")),
        ("four common words, /p", format!("({a} /p {b}) /p ({c} /p {d})")),
        ("four common words, NEAR/1000", format!("({a} NEAR/1000 {b}) NEAR/1000 ({c} NEAR/1000 {d})")),
        ("484 pairs, NEAR/5", pairs(|one, other| format!("({one} NEAR/5 {other})"))),
        ("484 phrases", pairs(|one, other| format!("\"{one} {other}\""))),
        ("484 words with a hyphen", pairs(|one, other| format!("={one}-{other}"))),
        ("484 phrases, ~1000", pairs(|one, other| format!("\"{one} {other}\"~1000"))),
        ("1,000 words", of_words(" ")),
        ("1,000 words with OR", of_words(" OR ")),
        ("1,000 words with AND", of_words(" AND ")),
        ("1,000 words as written", joined(words.iter().map(|word| format!("={word}")), " ")),
        ("two common words with a hyphen", format!("={a}-{b} {a}-{c}")),
        ("a word of 500 with hyphens", joined([a, b, c, d].repeat(125).into_iter().map(str::to_owned), "-")),
        (
            "a phrase of 500 words",
            format!("\"{}\"", joined([a, b, c, d].repeat(125).into_iter().map(str::to_owned), " ")),
        ),
        (
            "a phrase of 500 words, ~1000",
            format!("\"{}\"~1000", joined([a, b, c, d].repeat(125).into_iter().map(str::to_owned), " ")),
        ),
        ("all articles", "NOT zzzzzz".to_owned()),
    ]
}

/// `parts` with `by` between, as many as a query may have.
fn joined(parts: impl Iterator<Item = String>, by: &str) -> String {
    let mut joined = String::new();
    for part in parts.take(1_000) {
        if joined.len() + by.len() + part.len() > MOST_CHARS {
            break;
        }
        joined.push_str(if joined.is_empty() { "" } else { by });
        joined.push_str(&part);
    }
    joined
}

/// How long the fastest run took, how it ended, the articles that match, and the first line on standard error.
fn fastest(index: &Path, query: &str) -> (Duration, i32, String, String) {
    let run = |_| {
        let begun = Instant::now();
        let done = ibid(&["query", "--format", "json", query], index).output().expect("ibid runs");
        (begun.elapsed(), done)
    };
    let (time, done) = (0..RUNS).map(run).min_by_key(|(time, _)| *time).expect("a run");
    let answer: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap_or_default();
    let articles = answer["total"].as_u64().map_or_else(String::new, |total| total.to_string());
    let said = String::from_utf8_lossy(&done.stderr).lines().next().unwrap_or_default().to_owned();
    (time, done.status.code().unwrap_or(-1), articles, said)
}
