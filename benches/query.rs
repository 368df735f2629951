//! What an answer costs: ibid's ten best passages, ranked, fetched and highlighted, against Tantivy's own ten best
//! articles for the same terms and nothing else, which is the floor.
//!
//! Over an index of the pages in the folders that `IBID_BENCH_PAGES` names (parted by `:`), or of the shipped
//! corpus, which is too small to tell much. Queries are drawn from the articles' titles with a fixed seed.
//! `IBID_BENCH_ARTICLES` names the sizes to measure at: fewer articles than there are pages are the first of them,
//! and to have more they are repeated with every fifth word changed, each time to others.
//!
//! ```sh
//! IBID_BENCH_PAGES=/archive/pages IBID_BENCH_ARTICLES=1000,16000,160000 cargo bench --bench query
//! ```
//!
//! For each size a table of medians, 99th percentiles and ratios over all queries of a kind, and of the whole process
//! that opens the index and answers one query; then criterion's own measurement of each kind.

#![allow(missing_docs, clippy::print_stdout)]

use std::fs::File;
use std::hint::black_box;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use ibid::analysis::Analyzer;
use ibid::engine::{InputRecord, Searcher};
use ibid::index::{Index, IndexSearcher};
use ibid::ingest::{Observer, Options, Outcome, ingest};
use ibid::model::Language;
use ibid::query::{Query, parse};
use ibid::search::{PerArticle, Request, passages};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, PhraseQuery, Query as TantivyQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{ReloadPolicy, Term};

/// Queries of each kind.
const QUERIES_OF_A_KIND: usize = 170;

/// Seed of the draw.
const SEED: u64 = 20_261_122;

/// Passages in an answer, and articles of the floor.
const ANSWERS: usize = 10;

struct Silent;

impl Observer for Silent {
    fn found(&self, _: u64) {}
    fn finished(&self, _: &InputRecord, _: &Outcome, _: u64) {}
}

/// A small generator (SplitMix64): the same draw on every machine.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }
}

/// One word of so many is another in each copy of an article.
const WORDS_TO_A_CHANGE: usize = 5;

fn built(path: &Path, roots: &[PathBuf]) -> Index {
    let index = Index::open_or_create(path).expect("the index opens");
    let writer = index.writer().expect("the index can be written");
    ingest(&writer, roots, &Options::default(), &AtomicBool::new(false), &Silent).expect("pages are read");
    writer.finish().expect("merges end");
    index
}

/// The index of so many articles, in a folder of its own; of all pages as they are, if no number is given.
fn of_size(folder: &Path, pages: &Index, articles: Option<usize>) -> PathBuf {
    let Some(articles) = articles else { return folder.join("pages") };
    let records = folder.join(format!("{articles}.jsonl"));
    let mut file = BufWriter::new(File::create(&records).expect("a file of records"));
    let searcher = pages.searcher().expect("a searcher");
    let all = searcher.candidates(&parse("lang:en").expect("a query").query.expect("a filter"), usize::MAX);
    let all = all.expect("candidates");
    for at in 0..articles {
        let article = searcher.fetch(all[at % all.len()].key).expect("an article").article;
        let copy = at / all.len();
        let text = changed(&article.text, copy);
        let title = article.metadata.title.map(|title| changed(&title, copy));
        let record =
            serde_json::json!({"id": at.to_string(), "title": title, "language": "en", "text": text});
        writeln!(file, "{record}").expect("a record is written");
    }
    file.into_inner().expect("all is written");
    let path = folder.join(articles.to_string());
    built(&path, &[records]);
    path
}

/// `text` as the copy of that number has it.
fn changed(text: &str, copy: usize) -> String {
    let word = |(at, word): (usize, &str)| match at % WORDS_TO_A_CHANGE {
        0 if copy > 0 => format!("{}{copy}", word.trim_end_matches(|c: char| !c.is_alphanumeric())),
        _ => word.to_owned(),
    };
    let paragraph = |text: &str| text.split(' ').enumerate().map(word).collect::<Vec<_>>().join(" ");
    text.split("\n\n").map(paragraph).collect::<Vec<_>>().join("\n\n")
}

/// Titles to draw words from: those of the articles that match the commonest of words.
fn titles(searcher: &IndexSearcher) -> Vec<String> {
    let query = parse("lang:en").expect("a query").query.expect("a filter");
    let candidates = searcher.candidates(&query, 20_000).expect("candidates");
    let stored = candidates
        .iter()
        .step_by(1 + candidates.len() / 2_000)
        .map(|c| searcher.fetch(c.key).expect("an article"));
    stored.filter_map(|article| article.article.metadata.title).collect()
}

/// The kinds of queries, with how many words of a title each takes.
const KINDS: [(&str, usize, usize); 6] = [
    ("one word", 1, 1),
    ("two to four words", 2, 4),
    ("long questions", 8, 14),
    ("phrases", 2, 3),
    ("boolean", 3, 3),
    ("prefix", 1, 1),
];

fn draw(kind: &str, fewest: usize, most: usize, titles: &[String], draw: &mut Draw) -> Vec<String> {
    let mut queries = Vec::new();
    let mut misses = 0;
    while queries.len() < QUERIES_OF_A_KIND && misses < 100_000 {
        let title = &titles[draw.below(titles.len())];
        let words: Vec<&str> =
            title.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3).collect();
        let count = fewest + draw.below(most - fewest + 1);
        if words.len() < count {
            misses += 1;
            continue;
        }
        let start = draw.below(words.len() - count + 1);
        let words = &words[start..start + count];
        queries.push(match kind {
            "phrases" => format!("\"{}\"", words.join(" ")),
            "prefix" => format!("{}*", &words[0][..words[0].floor_char_boundary(4)]),
            "boolean" => format!("{} AND ({} OR {})", words[0], words[1], words[2]),
            _ => words.join(" "),
        });
    }
    queries
}

/// Tantivy alone, on the same files.
struct Floor {
    searcher: tantivy::Searcher,
    stems: Field,
    exact: Field,
}

impl Floor {
    fn open(path: &Path) -> Self {
        let index = tantivy::Index::open_in_dir(path).expect("the index opens");
        let schema = index.schema();
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().expect("a reader");
        let reader: tantivy::IndexReader = reader;
        Self {
            searcher: reader.searcher(),
            stems: schema.get_field("stems_en").expect("a field"),
            exact: schema.get_field("exact").expect("a field"),
        }
    }

    fn query(&self, text: &str) -> Box<dyn TantivyQuery> {
        let mut analyzer = Analyzer::new(Language::ENGLISH);
        let (mut stems, mut exact) = (Vec::new(), Vec::new());
        analyzer.each_token(text, |token| {
            stems.push(Term::from_field_text(self.stems, token.stem));
            exact.push(Term::from_field_text(self.exact, token.exact));
        });
        if text.ends_with('*') {
            // The word alone: Tantivy has no prefix of its own that is scored.
            return Box::new(TermQuery::new(exact.remove(0), IndexRecordOption::WithFreqs));
        }
        if text.starts_with('"') && exact.len() > 1 {
            return Box::new(PhraseQuery::new(exact));
        }
        let terms = stems.into_iter().filter(|term| *term != Term::from_field_text(self.stems, "and"));
        let terms = terms.map(|term| -> Box<dyn TantivyQuery> {
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
        });
        Box::new(BooleanQuery::union(terms.collect()))
    }

    fn answer(&self, query: &dyn TantivyQuery) -> usize {
        self.searcher.search(query, &TopDocs::with_limit(ANSWERS).order_by_score()).expect("an answer").len()
    }
}

fn answer(searcher: &IndexSearcher, query: &Query) -> usize {
    let request = Request {
        query,
        limit: ANSWERS,
        offset: 0,
        per_article: PerArticle::default(),
        all_copies: false,
        explain: false,
    };
    passages(searcher, &request).expect("an answer").len()
}

fn times(count: usize, mut run: impl FnMut(usize)) -> Vec<Duration> {
    let mut times: Vec<Duration> = (0..count)
        .map(|at| {
            let begun = Instant::now();
            run(at);
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    times
}

fn percentile(sorted: &[Duration], percent: usize) -> f64 {
    sorted[(sorted.len() - 1) * percent / 100].as_secs_f64() * 1e3
}

/// The median and 99th percentile of whole processes that open the index at `path` and answer one query.
fn process_times(path: &Path, queries: &[String]) -> (f64, f64) {
    let times = times(queries.len(), |at| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ibid"));
        command.arg("query").arg("--index").arg(path).arg(&queries[at]).stdout(Stdio::null());
        black_box(command.stderr(Stdio::null()).status().expect("ibid runs"));
    });
    (percentile(&times, 50), percentile(&times, 99))
}

fn bench(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = std::env::var("IBID_BENCH_PAGES").unwrap_or_else(|_| "corpus".to_owned());
    let roots: Vec<PathBuf> = pages.split(':').map(PathBuf::from).collect();
    let pages = built(&folder.path().join("pages"), &roots);
    let sizes = std::env::var("IBID_BENCH_ARTICLES").unwrap_or_default();
    let mut sizes: Vec<Option<usize>> =
        sizes.split(',').filter_map(|size| size.trim().parse().ok()).map(Some).collect();
    if sizes.is_empty() {
        sizes.push(None);
    }
    let titles = titles(&pages.searcher().expect("a searcher"));
    for size in sizes {
        measure(criterion, &of_size(folder.path(), &pages, size), &titles);
    }
}

fn measure(criterion: &mut Criterion, path: &Path, titles: &[String]) {
    let index = Index::open(path).expect("the index opens");
    let other = index.searcher().expect("a searcher");
    let floor = Floor::open(path);
    let articles = other.stats().expect("statistics").articles;
    let mut generator = Draw(SEED);
    println!(
        "{:24}{:>12}{:>12}{:>12}{:>12}{:>8}",
        format!("{articles} articles"),
        "floor p50",
        "floor p99",
        "ibid p50",
        "ibid p99",
        "ratio"
    );
    for (kind, fewest, most) in KINDS {
        let texts = draw(kind, fewest, most, titles, &mut generator);
        let queries: Vec<Query> = texts.iter().filter_map(|text| parse(text).ok()?.query).collect();
        let lowered: Vec<_> = texts.iter().map(|text| floor.query(text)).collect();
        // Once before, so that both find the files in memory; by another searcher, as each remembers which articles it
        // has compared.
        let searcher = index.searcher().expect("a searcher");
        for (query, lowered) in queries.iter().zip(&lowered) {
            black_box((answer(&other, query), floor.answer(lowered.as_ref())));
        }
        let floor_times = times(lowered.len(), |at| {
            black_box(floor.answer(lowered[at].as_ref()));
        });
        let times = times(queries.len(), |at| {
            black_box(answer(&searcher, &queries[at]));
        });
        let (floor_median, median) = (percentile(&floor_times, 50), percentile(&times, 50));
        println!(
            "{kind:24}{floor_median:>9.3} ms{:>9.3} ms{median:>9.3} ms{:>9.3} ms{:>8.1}",
            percentile(&floor_times, 99),
            percentile(&times, 99),
            median / floor_median,
        );
        if kind == "two to four words" {
            let (median, highest) = process_times(path, &texts);
            println!("{:24}{:>24}{median:>9.3} ms{highest:>9.3} ms", "the same, a process each", "");
        }
        let mut group = criterion.benchmark_group(format!("{articles} articles, {kind}"));
        group.sample_size(10);
        group.bench_function(BenchmarkId::from_parameter("floor"), |bench| {
            bench.iter(|| lowered.iter().map(|query| floor.answer(query.as_ref())).sum::<usize>());
        });
        group.bench_function(BenchmarkId::from_parameter("ibid"), |bench| {
            bench.iter(|| queries.iter().map(|query| answer(&searcher, query)).sum::<usize>());
        });
        group.finish();
    }
}

criterion_group!(benches, bench);
criterion_main!(benches);
