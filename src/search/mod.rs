//! Answers queries: candidates from the index, passages by rank, and only what is shown is fetched.

mod acronym_list;
mod acronyms;
mod amounts;
mod author_names;
mod beginning;
mod capital_words;
mod compounds;
mod copies;
mod designations;
mod diagnosis;
mod explained;
mod falling;
mod hit;
mod left_out;
mod named_by_stop_words;
mod names;
mod quotations;
mod spelling;
mod synonyms;
mod unmet;
mod variety;
mod why;
mod written_otherwise;

pub use acronym_list::acronyms_like;
pub use acronyms::{Also, LongForm, with_acronyms};
pub use author_names::with_authors_otherwise;
pub use compounds::with_compounds;
pub use copies::{Copies, Place};
pub use diagnosis::{Diagnosis, FEW_ARTICLES, Respelt, TermFound, Without, respelt};
pub use explained::{Explained, Understood, explained};
pub use hit::{ArticleHit, Hit, passage_headings, passage_page};
pub use left_out::LeftOut;
pub use named_by_stop_words::with_names_of_stop_words;
pub use names::{article_name, find, passage_name};
pub use quotations::{Unquoted, unquoted};
pub use spelling::Spelling;
pub use synonyms::{synonyms_of, with_synonyms};
pub use unmet::ConditionUnmet;
pub use variety::PerArticle;
pub use why::{Why, WhyTerm};
pub use written_otherwise::with_written_otherwise;

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::engine::{Candidate, DocumentKey, InputRecord, Searcher, StoredArticle};
use crate::error::{Error, IndexError};
use crate::highlight::{Highlighter, Highlights};
use crate::model::Language;
use crate::query::Query;
use crate::rank::{Evidence, score};
use crate::terms::HeldAt;
use crate::text::Span;
use copies::{Shown, copies_of, without_copies};
use falling::falling;
use why::Reasons;

/// Articles whose passages are ranked against each other: more than are shown, since the best passage need not
/// be in the best article. Who asks for more gets further pools behind the first, so that pages of answers
/// join without gap or overlap. With 60, 200 and 300 hit@1, hit@3 and hit@10 differ by .003 at most on average over four
/// sets of passages, and with 200 an answer takes a quarter longer (docs/evaluation.md).
const POOL_ARTICLES: usize = 100;

/// The same where articles are listed and not their passages: on the twelve collections of docs/evaluation.md the first
/// hundred of 300 hold .003 more of what is sought than those of 200.
const LISTED_POOL_ARTICLES: usize = 300;

/// How many pools there may be on the way to as many answers as are asked for, where the first are full of copies: a
/// page that was saved every day for years is thousands.
const MOST_POOLS_OF_COPIES: usize = 128;

/// A passage with its score: the article, and its number in it.
type Ranked = (f64, DocumentKey, usize);

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request<'q> {
    /// The query.
    pub query: &'q Query,
    /// How many passages, or articles, to give.
    pub limit: usize,
    /// How many to pass over first.
    pub offset: usize,
    /// How many passages of one article it may have. Articles of nearly the same text are one.
    pub per_article: PerArticle,
    /// Whether passages are shown of all articles of nearly the same text, and not of the best alone.
    pub all_copies: bool,
    /// Whether to say of each passage why it stands where it stands.
    pub explain: bool,
}

/// The passages that answer `request`, best first; equal ones in order of article and place.
///
/// # Errors
///
/// If the index can't be read.
pub fn passages(searcher: &dyn Searcher, request: &Request<'_>) -> Result<Vec<Hit>, Error> {
    let (candidates, ranked) = best_passages(searcher, request)?;
    let page: Vec<_> = ranked.into_iter().enumerate().skip(request.offset).take(request.limit).collect();
    let mut passages: HashMap<DocumentKey, Vec<usize>> = HashMap::new();
    for &(_, (_, key, passage)) in &page {
        passages.entry(key).or_default().push(passage);
    }
    let (articles, highlighters) = (HashMap::new(), HashMap::new());
    let mut shown = ShownArticles { searcher, query: request.query, passages, articles, highlighters };
    let mut reasons = request.explain.then(|| Reasons::of(searcher, request, &candidates, POOL_ARTICLES));
    let mut hits = Vec::with_capacity(page.len());
    for &(rank, (score, key, passage)) in &page {
        let mut hit = shown.hit(key, rank + 1, score, passage)?;
        hit.why = reasons.as_mut().and_then(|reasons| reasons.why(key, passage, hit.language));
        hits.push(hit);
    }
    let copies = shown.copies()?;
    for (hit, (_, (_, key, _))) in hits.iter_mut().zip(page) {
        hit.copies = copies.get(&key).cloned().flatten();
    }
    Ok(hits)
}

/// The passages that answer `request` up to the last that is asked for, and the articles that they are ranked among.
fn best_passages(
    searcher: &dyn Searcher,
    request: &Request<'_>,
) -> Result<(Vec<Candidate>, Vec<Ranked>), IndexError> {
    let wanted = request.offset.saturating_add(request.limit);
    let first = pools_of(request, POOL_ARTICLES);
    let mut pools = first;
    loop {
        let candidates = searcher.candidates(request.query, pools.saturating_mul(POOL_ARTICLES))?;
        let mut ranked: Vec<Ranked> = Vec::new();
        for pool in candidates.chunks(POOL_ARTICLES) {
            append(&mut ranked, ranked_passages(pool, request.per_article), |answer| &mut answer.0);
        }
        if request.all_copies {
            return Ok((candidates, ranked));
        }
        let ranked = without_copies(searcher, ranked, wanted)?;
        let is_all = candidates.len() < pools.saturating_mul(POOL_ARTICLES);
        if ranked.len() >= wanted || is_all || pools >= first.max(MOST_POOLS_OF_COPIES) {
            return Ok((candidates, ranked));
        }
        pools = pools.saturating_mul(2);
    }
}

/// The articles that answer `request`, copies too, best first; equal ones in order of id. Their scores always fall,
/// from page to page too.
///
/// # Errors
///
/// If the index can't be read.
pub fn articles(searcher: &dyn Searcher, request: &Request<'_>) -> Result<Vec<ArticleHit>, Error> {
    let wanted = pools_of(request, LISTED_POOL_ARTICLES).saturating_mul(LISTED_POOL_ARTICLES);
    let candidates = searcher.candidates(request.query, wanted)?;
    let mut ranked: Vec<(f64, DocumentKey)> = Vec::new();
    for pool in candidates.chunks(LISTED_POOL_ARTICLES) {
        let scores = score(&evidence_of(pool)).into_iter().map(|scores| scores.article);
        let mut articles: Vec<(f64, &Candidate)> = scores.zip(pool).collect();
        articles.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.id.cmp(&b.1.id)));
        let articles = articles.into_iter().map(|(score, candidate)| (score, candidate.key)).collect();
        append(&mut ranked, articles, |answer| &mut answer.0);
    }
    let scores = falling(ranked.iter().map(|&(score, _)| score));
    let page = scores.zip(&ranked).enumerate().skip(request.offset).take(request.limit);
    page.map(|(rank, (score, &(_, key)))| {
        let article = article_name(searcher, &searcher.fetch(key)?)?;
        Ok(ArticleHit { rank: rank + 1, score, article })
    })
    .collect()
}

/// The places other than its own where the text of `article` is to be found; none if there are no others.
///
/// # Errors
///
/// If the index can't be read.
pub fn copies(searcher: &dyn Searcher, article: &StoredArticle) -> Result<Option<Copies>, IndexError> {
    let keys = searcher.find(&article.id.to_string())?;
    let Some(&key) = keys.first() else { return Ok(None) };
    Ok(copies_of(searcher, &[Shown { key, article, asked_for: &[] }])?.pop().flatten())
}

/// How many pools of `articles` each hold as many articles as are asked for.
fn pools_of(request: &Request<'_>, articles: usize) -> usize {
    request.offset.saturating_add(request.limit).max(1).div_ceil(articles)
}

fn evidence_of(pool: &[Candidate]) -> Vec<&Evidence> {
    pool.iter().map(|candidate| &candidate.evidence).collect()
}

/// The passages of `pool`, best first, as many of each article as `per_article` lets stand; equal ones in order of id
/// and place.
fn ranked_passages(pool: &[Candidate], per_article: PerArticle) -> Vec<Ranked> {
    let mut ranked: Vec<(f64, &Candidate, usize)> = Vec::new();
    for (scores, candidate) in score(&evidence_of(pool)).into_iter().zip(pool) {
        let competing = per_article.competing(scores.passages);
        ranked.extend(competing.into_iter().map(|(at, score)| (score, candidate, at)));
    }
    ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1.id, a.2).cmp(&(b.1.id, b.2))));
    ranked.into_iter().map(|(score, candidate, at)| (score, candidate.key, at)).collect()
}

/// Puts the answers of a further pool behind those of the pools before, with scores that go on falling.
fn append<T>(ranked: &mut Vec<T>, mut pool: Vec<T>, score: fn(&mut T) -> &mut f64) {
    let lowest = ranked.last_mut().map(|last| *score(last));
    let highest = pool.first_mut().map_or(0.0, |first| *score(first));
    if let Some(lowest) = lowest.filter(|_| highest > 0.0) {
        for answer in &mut pool {
            *score(answer) *= lowest / highest;
        }
    }
    ranked.append(&mut pool);
}

/// The articles on the page that is shown: each is fetched and marked once, and the query is read once in each of
/// their languages.
struct ShownArticles<'a> {
    searcher: &'a dyn Searcher,
    query: &'a Query,
    /// Which passages are shown of each.
    passages: HashMap<DocumentKey, Vec<usize>>,
    articles: HashMap<DocumentKey, Marked>,
    highlighters: HashMap<Language, Highlighter>,
}

/// An article with its name, and what of it a query found.
struct Marked {
    article: StoredArticle,
    name: String,
    found: Highlights,
    /// The copies by which it meets what its own place doesn't.
    asked_for: Vec<InputRecord>,
}

impl ShownArticles<'_> {
    fn hit(&mut self, key: DocumentKey, rank: usize, score: f64, passage: usize) -> Result<Hit, Error> {
        let Marked { article, name, found, .. } = match self.articles.entry(key) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(vacant) => {
                let article = self.searcher.fetch(key)?;
                let language = article.article.language();
                let highlighter = self.highlighters.entry(language);
                let highlighter = highlighter.or_insert_with(|| {
                    Highlighter::new(self.query, language, Some(self.searcher.query_language(self.query)))
                });
                let shown = self.passages.get(&key).into_iter().flatten();
                let shown: Vec<Span> = shown.filter_map(|&at| article.passages.get(at).copied()).collect();
                let asked_for = self.searcher.same_texts_meeting(self.query, key)?;
                let copies: Vec<HeldAt<'_>> = asked_for.iter().map(InputRecord::held_at).collect();
                let found = highlighter.highlights_in(&article.article, &copies, &shown);
                let name = article_name(self.searcher, &article)?;
                vacant.insert(Marked { article, name, found, asked_for })
            }
        };
        let id = passage_name(self.searcher, article, name, passage)?;
        Ok(Hit { rank, score, id, article: name.clone(), ..Hit::new(article, found, passage) })
    }

    /// The other places of each article that is shown.
    fn copies(&self) -> Result<HashMap<DocumentKey, Option<Copies>>, IndexError> {
        let articles: Vec<Shown<'_>> = self
            .articles
            .iter()
            .map(|(&key, Marked { article, asked_for, .. })| Shown { key, article, asked_for })
            .collect();
        let copies = copies_of(self.searcher, &articles)?;
        Ok(articles.iter().map(|shown| shown.key).zip(copies).collect())
    }
}
