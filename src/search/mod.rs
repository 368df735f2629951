//! Answers queries: candidates from the index, passages by rank, and only what is shown is fetched.

mod hit;

pub use hit::{ArticleHit, Hit};

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::engine::{Candidate, DocumentKey, Searcher, StoredArticle};
use crate::error::{Error, IndexError};
use crate::highlight::Highlighter;
use crate::model::{Language, PassageId};
use crate::query::Query;
use crate::rank::{Evidence, score};

/// Fewest articles whose passages are ranked, however few are asked for.
const MIN_POOL_ARTICLES: usize = 200;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request<'q> {
    /// The query.
    pub query: &'q Query,
    /// How many passages, or articles, to give.
    pub limit: usize,
    /// How many to pass over first.
    pub offset: usize,
    /// Most passages of one article.
    pub per_article: usize,
}

/// The passages that answer `request`, best first; equal ones in order of article and place.
///
/// # Errors
///
/// If the index can't be read.
pub fn passages(searcher: &dyn Searcher, request: &Request<'_>) -> Result<Vec<Hit>, Error> {
    let pool = pool(searcher, request)?;
    let evidence: Vec<&Evidence> = pool.iter().map(|candidate| &candidate.evidence).collect();
    let mut ranked: Vec<(f64, usize, usize)> = Vec::new();
    for (at, scores) in score(&evidence).into_iter().enumerate() {
        let mut of_article = scores.passages;
        of_article.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked.extend(
            of_article.into_iter().take(request.per_article).map(|(passage, score)| (score, at, passage)),
        );
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (pool[a.1].id, a.2).cmp(&(pool[b.1].id, b.2))));
    let mut shown =
        Shown { searcher, query: request.query, articles: HashMap::new(), highlighters: HashMap::new() };
    let page = ranked.into_iter().enumerate().skip(request.offset).take(request.limit);
    page.map(|(rank, (score, at, passage))| shown.hit(pool[at].key, rank + 1, score, passage)).collect()
}

/// The articles that answer `request`, best first; equal ones in order of id.
///
/// # Errors
///
/// If the index can't be read.
pub fn articles(searcher: &dyn Searcher, request: &Request<'_>) -> Result<Vec<ArticleHit>, Error> {
    let pool = pool(searcher, request)?;
    let evidence: Vec<&Evidence> = pool.iter().map(|candidate| &candidate.evidence).collect();
    let mut ranked: Vec<(f64, &Candidate)> =
        score(&evidence).into_iter().map(|scores| scores.article).zip(&pool).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.id.cmp(&b.1.id)));
    let page = ranked.into_iter().enumerate().skip(request.offset).take(request.limit);
    page.map(|(rank, (score, candidate))| {
        let article = searcher.fetch(candidate.key)?.name();
        Ok(ArticleHit { rank: rank + 1, score, article })
    })
    .collect()
}

/// The article or passage called `id`, with the passage's number from 0 if it names one.
///
/// # Errors
///
/// If there is none, or the index can't be read.
pub fn find(searcher: &dyn Searcher, id: &str) -> Result<(StoredArticle, Option<usize>), Error> {
    if let Some(&key) = searcher.find(id)?.first() {
        return Ok((searcher.fetch(key)?, None));
    }
    let unknown = || Error::UnknownId { id: id.to_owned() };
    let wanted = PassageId::parse(id).ok_or_else(unknown)?;
    let &key = searcher.find(&wanted.article)?.first().ok_or_else(unknown)?;
    let article = searcher.fetch(key)?;
    let passage = wanted.passage as usize - 1;
    if passage >= article.passages.len() {
        return Err(unknown());
    }
    Ok((article, Some(passage)))
}

/// The articles to rank passages of. More than are shown, since the best passage need not be in the
/// best article.
fn pool(searcher: &dyn Searcher, request: &Request<'_>) -> Result<Vec<Candidate>, IndexError> {
    let wanted = request.offset.saturating_add(request.limit);
    searcher.candidates(request.query, wanted.max(MIN_POOL_ARTICLES))
}

/// The articles on the page that is shown: each is fetched once, and the query is read once in each of their
/// languages.
struct Shown<'a> {
    searcher: &'a dyn Searcher,
    query: &'a Query,
    articles: HashMap<DocumentKey, StoredArticle>,
    highlighters: HashMap<Language, Highlighter>,
}

impl Shown<'_> {
    fn hit(&mut self, key: DocumentKey, rank: usize, score: f64, passage: usize) -> Result<Hit, Error> {
        let article = match self.articles.entry(key) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(vacant) => vacant.insert(self.searcher.fetch(key)?),
        };
        let language = article.article.language();
        let highlighter =
            self.highlighters.entry(language).or_insert_with(|| Highlighter::new(self.query, language));
        Ok(Hit::new(article, highlighter, rank, score, passage))
    }
}
