//! How well near-copies are told: pages are made of the shipped corpus with a fixed seed, read by ibid, and the pairs
//! of pages that it takes for copies are compared with those that are.
//!
//! ```sh
//! cargo bench --bench copies
//! ```
//!
//! With `IBID_BENCH_PAGES` (folders, parted by `:`) pages are read as they are, and a draw of pairs is printed that are
//! taken for copies and of the likest that aren't, to be read and judged.

#![allow(missing_docs, clippy::print_stdout)]

mod pages;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use ibid::dedup::Sketch;
use ibid::engine::{DocumentKey, InputRecord, Searcher, StoredArticle};
use ibid::index::{Index, IndexSearcher};
use ibid::ingest::{Observer, Options, Outcome, ingest};
use ibid::query::parse;

use pages::{Draw, EDITS, Made, Text, copy};

/// Seed of the draw.
const SEED: u64 = 20_261_127;

/// Pages made of each text, of each that has its template and other facts, and of each half of it.
const COPIES: usize = 52;
const SERIES: usize = 16;
const COPIES_IN_SERIES: usize = 4;
const COPIES_OF_HALVES: usize = 6;
/// Short notes of each text among boilerplate that all share.
const NOTES: usize = 5;

/// Pairs of real pages that are printed of each kind.
const PRINTED: usize = 50;

struct Silent;

impl Observer for Silent {
    fn found(&self, _: u64) {}
    fn finished(&self, _: &InputRecord, _: &Outcome, _: u64) {}
}

fn built(path: &Path, roots: &[PathBuf]) -> IndexSearcher {
    let index = Index::open_or_create(path).expect("the index opens");
    let writer = index.writer().expect("the index can be written");
    ingest(&writer, roots, &Options::default(), &AtomicBool::new(false), &Silent).expect("pages are read");
    writer.finish().expect("merges end");
    index.searcher().expect("a searcher")
}

/// An article with what it is found and compared by.
struct Known {
    key: DocumentKey,
    stored: StoredArticle,
    sketch: Sketch,
}

/// All articles.
fn all(searcher: &IndexSearcher) -> Vec<Known> {
    let every = parse("NOT thereisnosuchword").expect("a query").query.expect("a negation");
    let candidates = searcher.candidates(&every, usize::MAX).expect("candidates");
    let keys: Vec<_> = candidates.iter().map(|candidate| candidate.key).collect();
    let sketches = searcher.sketches(&keys).expect("sketches");
    let known = |(key, sketch)| Known { key, stored: searcher.fetch(key).expect("an article"), sketch };
    keys.into_iter().zip(sketches).map(known).collect()
}

/// Whether the two are taken for copies.
fn are_copies(searcher: &IndexSearcher, one: &Known, other: &Known) -> bool {
    one.sketch.is_near(&other.sketch) && searcher.tell_the_same(one.key, other.key).expect("two articles")
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    match std::env::var("IBID_BENCH_PAGES") {
        Ok(pages) => {
            print_pairs(&built(folder.path(), &pages.split(':').map(PathBuf::from).collect::<Vec<_>>()));
        }
        Err(_) => measure(folder.path()),
    }
}

/// A page: its group, of which all pages are copies of each other, and how it was made.
struct Page {
    group: usize,
    /// What it was made of: a text, one of its series, a half of it, or a note.
    kind: &'static str,
    made: Made,
}

fn measure(folder: &Path) {
    let originals = built(&folder.join("originals"), &[PathBuf::from("corpus")]);
    let texts = texts(&originals);
    let written = folder.join("pages");
    let pages = write_pages(&written, &texts);
    let searcher = built(&folder.join("index"), &[written]);
    let copies = found(&searcher);
    report(&pages, &copies);
    shipped_pair(&originals);
}

/// The texts of the articles, of those that are copies of each other the first alone.
fn texts(originals: &IndexSearcher) -> Vec<Text> {
    let mut articles = all(originals);
    articles.sort_by(|a, b| a.stored.article.metadata.title.cmp(&b.stored.article.metadata.title));
    let is_first =
        |at: usize| !articles[..at].iter().any(|other| are_copies(originals, other, &articles[at]));
    let firsts = (0..articles.len()).filter(|&at| is_first(at));
    firsts.filter_map(|at| Text::of(&articles[at].stored.article)).collect()
}

/// Writes the pages, each into a file of its number.
fn write_pages(folder: &Path, texts: &[Text]) -> Vec<Page> {
    fs::create_dir_all(folder).expect("a folder");
    let mut draw = Draw(SEED);
    let mut pages: Vec<Page> = Vec::new();
    let mut groups = 0;
    for text in texts {
        let vocabulary = vocabulary(text, texts);
        let mut write = |kind: &'static str, text: &Text, copies: usize, draw: &mut Draw| {
            for _ in 0..copies {
                let (html, made) = copy(text, pages.len(), &vocabulary, draw);
                fs::write(folder.join(format!("{}.html", pages.len())), html).expect("a page is written");
                pages.push(Page { group: groups, kind, made });
            }
            groups += 1;
        };
        let text = Text { day: draw.below(3_000), ..text.clone() };
        write("text", &text, COPIES, &mut draw);
        for _ in 0..SERIES {
            let other = text.with_other_facts(&mut draw);
            write("series", &other, COPIES_IN_SERIES, &mut draw);
        }
        (0..2).for_each(|half| write("half", &text.half(half), COPIES_OF_HALVES, &mut draw));
        (0..NOTES).for_each(|number| write("note", &text.among_boilerplate(2 * number), 1, &mut draw));
    }
    pages
}

/// Words of the language of `text` that editors put in, none of them a name or number.
fn vocabulary(text: &Text, texts: &[Text]) -> Vec<String> {
    let of_language = texts.iter().filter(|other| other.language == text.language);
    let words: BTreeSet<&str> =
        of_language.flat_map(|text| text.paragraphs.iter()).flat_map(|text| text.split(' ')).collect();
    let plain = |word: &&&str| word.chars().all(|c| c.is_alphabetic() && !c.is_uppercase());
    words.iter().filter(plain).map(|word| (*word).to_owned()).collect()
}

/// The number of a page, by the file that it was read from.
fn number(locator: &str) -> usize {
    let name = locator.rsplit('/').next().unwrap_or_default();
    name.trim_end_matches(".html").parse().expect("a page is named by its number")
}

/// The pairs of pages that are taken for copies, the first before the second.
fn found(searcher: &IndexSearcher) -> BTreeSet<(usize, usize)> {
    let every = parse("NOT thereisnosuchword").expect("a query").query.expect("a negation");
    let candidates = searcher.candidates(&every, usize::MAX).expect("candidates");
    let keys: Vec<_> = candidates.iter().map(|candidate| candidate.key).collect();
    let near = searcher.near_copies(&keys).expect("copies");
    // An article stands for all pages that have its text.
    let mut places: HashMap<_, Vec<usize>> = HashMap::new();
    for candidate in &candidates {
        let own = number(searcher.fetch(candidate.key).expect("an article").article.locator.as_str());
        let same = searcher.same_texts(candidate.key, usize::MAX).expect("inputs");
        let same = same.first.iter().map(|input| number(input.locator.as_str()));
        places.insert(candidate.key, same.chain([own]).collect());
    }
    let mut pairs = BTreeSet::new();
    for (key, near) in keys.iter().zip(near) {
        let here = &places[key];
        for &one in here {
            let others = here.iter().chain(near.iter().flat_map(|other| &places[other]));
            pairs.extend(others.filter(|&&other| other > one).map(|&other| (one, other)));
        }
    }
    pairs
}

/// How many pairs there are, and how many of them were found.
#[derive(Default)]
struct Count {
    pairs: usize,
    found: usize,
}

fn report(pages: &[Page], found: &BTreeSet<(usize, usize)>) {
    let mut by_edits: BTreeMap<(usize, usize), Count> = BTreeMap::new();
    let mut all = Count::default();
    for (one, page) in pages.iter().enumerate() {
        for (other, of_group) in pages.iter().enumerate().skip(one + 1).filter(|(_, p)| p.group == page.group)
        {
            let edits = [page.made.edited, of_group.made.edited];
            let count = by_edits.entry((edits[0].min(edits[1]), edits[0].max(edits[1]))).or_default();
            let is_found = usize::from(found.contains(&(one, other)));
            (count.pairs, count.found) = (count.pairs + 1, count.found + is_found);
            (all.pairs, all.found) = (all.pairs + 1, all.found + is_found);
        }
    }
    println!("{} pages, {} pairs of copies; {} pairs taken for copies", pages.len(), all.pairs, found.len());
    let right = found.iter().filter(|&&(one, other)| pages[one].group == pages[other].group).count();
    println!("precision {:.4}", right as f64 / found.len().max(1) as f64);
    println!("recall    {:.4}", all.found as f64 / all.pairs.max(1) as f64);
    println!("recall by words edited in a thousand, of the one page and of the other:");
    for less in EDITS {
        for more in EDITS.iter().filter(|&&more| more >= less) {
            let count = by_edits.remove(&(less, *more)).unwrap_or_default();
            let recall = count.found as f64 / count.pairs.max(1) as f64;
            println!("{less:>5}{more:>5}{:>9} pairs{recall:>9.4}", count.pairs);
        }
    }
    let mut wrong: BTreeMap<[&str; 2], usize> = BTreeMap::new();
    for &(one, other) in found.iter().filter(|&&(one, other)| pages[one].group != pages[other].group) {
        *wrong.entry([pages[one].kind, pages[other].kind]).or_default() += 1;
    }
    for ([one, other], pairs) in wrong {
        println!("wrong: {one} with another's {other}: {pairs} pairs");
    }
}

/// Tells which of the pages of the shipped corpus are copies.
fn shipped_pair(searcher: &IndexSearcher) {
    let articles = all(searcher);
    for (at, one) in articles.iter().enumerate() {
        for other in articles[at + 1..].iter().filter(|other| are_copies(searcher, one, other)) {
            let likeness = one.sketch.likeness(&other.sketch);
            let [one, other] = [one, other].map(|known| &known.stored.article.locator);
            println!("corpus: {one} and {other}: {likeness:.3}");
        }
    }
}

/// Prints a draw of pairs that are copies, and of the likest that aren't.
fn print_pairs(searcher: &IndexSearcher) {
    let articles = all(searcher);
    let mut by_handle: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, known) in articles.iter().enumerate() {
        known.sketch.handles().iter().for_each(|&handle| by_handle.entry(handle).or_default().push(at));
    }
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for sharing in by_handle.values() {
        for (place, &one) in sharing.iter().enumerate() {
            pairs.extend(sharing[place + 1..].iter().map(|&other| (one.min(other), one.max(other))));
        }
    }
    let likeness = |&(one, other): &(usize, usize)| articles[one].sketch.likeness(&articles[other].sketch);
    let (near, mut far): (Vec<_>, Vec<_>) =
        pairs.into_iter().partition(|&(one, other)| are_copies(searcher, &articles[one], &articles[other]));
    far.sort_by(|a, b| likeness(b).total_cmp(&likeness(a)).then(a.cmp(b)));
    far.truncate(20 * PRINTED);
    println!("{} articles, {} pairs taken for copies", articles.len(), near.len());
    let mut draw = Draw(SEED);
    for (kind, mut pairs) in [("copies", near), ("not copies", far)] {
        println!("\n{kind}:");
        for _ in 0..PRINTED.min(pairs.len()) {
            let pair = pairs.swap_remove(draw.below(pairs.len()));
            let (one, other) = (&articles[pair.0].stored.article, &articles[pair.1].stored.article);
            println!("{:.3}", likeness(&pair));
            for article in [one, other] {
                let metadata = &article.metadata;
                let date = metadata.published.map(|date| date.to_string()).unwrap_or_default();
                println!("      {date:10} {} <{}>", metadata.title.as_deref().unwrap_or(""), article.locator);
            }
        }
    }
}
