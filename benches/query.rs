//! What an answer costs: ibid's ten best passages, ranked, fetched and highlighted, against Tantivy's own ten best
//! articles for the same terms and nothing else, which is the floor.
//!
//! Over an index of the pages in the folders that `IBID_BENCH_PAGES` names (parted by `:`), or of the shipped
//! corpus, which is too small to tell much. Queries are drawn from the articles' titles with a fixed seed.
//!
//! ```sh
//! IBID_BENCH_PAGES=/archive/pages cargo bench --bench query
//! ```
//!
//! First a table of medians, 99th percentiles and ratios over all queries of a kind; then criterion's own
//! measurement of each kind.

#![allow(missing_docs, clippy::print_stdout)]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use ibid::analysis::Analyzer;
use ibid::engine::{InputRecord, Searcher};
use ibid::index::{Index, IndexSearcher, WriterOptions};
use ibid::ingest::{Observer, Options, Outcome, ingest};
use ibid::model::Language;
use ibid::query::{Query, parse};
use ibid::search::{Request, passages};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, PhraseQuery, Query as TantivyQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{ReloadPolicy, Term};

/// Queries of each kind.
const QUERIES_OF_A_KIND: usize = 200;

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

fn build(path: &Path) -> Index {
    let pages = std::env::var("IBID_BENCH_PAGES").unwrap_or_else(|_| "corpus".to_owned());
    let roots: Vec<PathBuf> = pages.split(':').map(PathBuf::from).collect();
    let index = Index::open_or_create(path).expect("the index opens");
    let writer = index.writer(WriterOptions::default()).expect("the index can be written");
    let report = ingest(&writer, &roots, &Options::default(), &AtomicBool::new(false), &Silent)
        .expect("pages are read");
    writer.finish().expect("merges end");
    println!("{} articles from {} inputs", report.indexed, report.inputs);
    index
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
const KINDS: [(&str, usize, usize); 5] = [
    ("one word", 1, 1),
    ("two to four words", 2, 4),
    ("long questions", 8, 14),
    ("phrases", 2, 3),
    ("boolean", 3, 3),
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
    let request = Request { query, limit: ANSWERS, offset: 0, per_article: 2 };
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

fn bench(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("index");
    let index = build(&path);
    let searcher = index.searcher().expect("a searcher");
    let floor = Floor::open(&path);
    let titles = titles(&searcher);
    let mut generator = Draw(SEED);
    println!(
        "{:20}{:>12}{:>12}{:>12}{:>12}{:>8}",
        "kind", "floor p50", "floor p99", "ibid p50", "ibid p99", "ratio"
    );
    for (kind, fewest, most) in KINDS {
        let texts = draw(kind, fewest, most, &titles, &mut generator);
        let queries: Vec<Query> = texts.iter().filter_map(|text| parse(text).ok()?.query).collect();
        let lowered: Vec<_> = texts.iter().map(|text| floor.query(text)).collect();
        // Once before, so that both find the files in memory.
        for (query, lowered) in queries.iter().zip(&lowered) {
            black_box((answer(&searcher, query), floor.answer(lowered.as_ref())));
        }
        let floor_times = times(lowered.len(), |at| {
            black_box(floor.answer(lowered[at].as_ref()));
        });
        let times = times(queries.len(), |at| {
            black_box(answer(&searcher, &queries[at]));
        });
        let (floor_median, median) = (percentile(&floor_times, 50), percentile(&times, 50));
        println!(
            "{kind:20}{floor_median:>9.3} ms{:>9.3} ms{median:>9.3} ms{:>9.3} ms{:>8.1}",
            percentile(&floor_times, 99),
            percentile(&times, 99),
            median / floor_median,
        );
        let mut group = criterion.benchmark_group(kind);
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
