//! Two thousand generated queries over the shipped corpus, answered twice: by ibid, and by a matcher that reads every
//! article word by word and knows nothing of indexes. Both have to agree on every article and every highlight.
//!
//! The draw has a fixed seed; a failure names the query, which is enough to look into it.

mod draw;
mod marks;
mod naive;
mod pages;
mod patterns;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use ibid::engine::{InputRecord, Searcher, StoredArticle};
use ibid::highlight::Highlighter;
use ibid::index::{Index, IndexSearcher};
use ibid::ingest::{Observer, Options, Outcome, ingest};
use ibid::model::ArticleId;
use ibid::query::{Query, parse};
use ibid::text::Span;

use draw::Draw;
use marks::Found;
use naive::Library;

/// How many queries are drawn.
const QUERIES: usize = 2_000;

/// Seed of the draw.
const SEED: u64 = 20_261_122;

/// More articles than there are.
const ALL: usize = 10_000;

/// Is told of every input, and says nothing.
pub struct Silent;

impl Observer for Silent {
    fn found(&self, _: u64) {}
    fn finished(&self, _: &InputRecord, _: &Outcome, _: u64) {}
}

fn corpus_in(folder: &Path) -> IndexSearcher {
    let index = Index::open_or_create(&folder.join("index")).unwrap();
    let writer = index.writer().unwrap();
    let corpus: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    ingest(&writer, &[corpus], &Options::default(), &AtomicBool::new(false), &Silent).unwrap();
    writer.finish().unwrap();
    index.searcher().unwrap()
}

/// The articles that ibid finds, as it ranks them.
fn found_by_ibid(searcher: &IndexSearcher, query: &Query) -> Vec<ArticleId> {
    let candidates = searcher.candidates(query, ALL).unwrap();
    assert_eq!(
        candidates.len() as u64,
        searcher.count(query).unwrap(),
        "{query}: counted otherwise than found"
    );
    candidates.into_iter().map(|candidate| candidate.id).collect()
}

/// What is wrong with ibid's answer to `text`, which the naive matcher answers with `expected`.
fn fault(
    text: &str,
    expected: &BTreeMap<ArticleId, Found>,
    searcher: &IndexSearcher,
    articles: &BTreeMap<ArticleId, StoredArticle>,
    highlighted: &mut usize,
) -> Option<String> {
    let parsed = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    if let Some(note) = parsed.notes.first() {
        return Some(format!("{text}: {}", note.message));
    }
    let query = parsed.query.unwrap();
    let found = found_by_ibid(searcher, &query);
    let mut sorted = found.clone();
    sorted.sort_unstable();
    let wanted: Vec<ArticleId> = expected.keys().copied().collect();
    if sorted != wanted {
        let extra = sorted.iter().find(|id| !wanted.contains(id));
        let missing = wanted.iter().find(|id| !sorted.contains(id));
        return Some(format!(
            "{text}: {} found, {} expected; extra {extra:?}, missing {missing:?}",
            sorted.len(),
            wanted.len()
        ));
    }
    if let Some(id) = found.get(found.len() * 2 / 3) {
        let article = &articles[id].article;
        let highlights = Highlighter::new(&query, article.language(), None).highlights(article);
        *highlighted += highlights.title.len() + highlights.text.len();
        let title = article.metadata.title.as_deref().unwrap_or_default();
        for (where_, text_of, ours, theirs) in [
            ("title", title, &highlights.title, &expected[id].title),
            ("text", article.text.as_str(), &highlights.text, &expected[id].text),
        ] {
            if ours != theirs {
                let cut = |spans: &[Span]| -> Vec<String> {
                    spans
                        .iter()
                        .take(12)
                        .map(|span| format!("{}@{}", span.of(text_of).unwrap(), span.start))
                        .collect()
                };
                return Some(format!("{text}: {id} {where_}: {:?}, expected {:?}", cut(ours), cut(theirs)));
            }
        }
    }
    None
}

/// ibid and the naive matcher find the same articles for every query, and mark the same words in them.
#[test]
fn ibid_agrees_with_a_matcher_that_reads_everything() {
    let folder = tempfile::tempdir().unwrap();
    let searcher = corpus_in(folder.path());
    let everything = parse("NOT zzzzzz").unwrap().query.unwrap();
    let candidates = searcher.candidates(&everything, ALL).unwrap();
    assert_eq!(candidates.len() as u64, searcher.stats().unwrap().articles);
    let articles: BTreeMap<ArticleId, StoredArticle> =
        candidates.iter().map(|candidate| (candidate.id, searcher.fetch(candidate.key).unwrap())).collect();
    let mut library = Library::of(&articles);
    let mut draw = Draw::new(SEED, &articles);
    let (mut faults, mut answered, mut highlighted) = (Vec::new(), 0, 0);
    for _ in 0..QUERIES {
        let query = draw.query();
        let text = query.to_string();
        let expected = library.answer(&query);
        answered += usize::from(!expected.is_empty());
        faults.extend(fault(&text, &expected, &searcher, &articles, &mut highlighted));
    }
    assert!(answered > QUERIES / 2, "too few queries find anything: {answered}");
    assert!(highlighted > QUERIES, "too few highlights to compare: {highlighted}");
    let shown: Vec<&str> = faults.iter().take(20).map(String::as_str).collect();
    assert!(faults.is_empty(), "{} of {QUERIES} queries:\n{}", faults.len(), shown.join("\n"));
}
