//! What articles and passages are called, and which of them an id names.
//!
//! The id that an input gave its article is its name as long as it names nothing else; otherwise ibid's own is. So
//! whatever an answer shows can be shown again by it.

use crate::engine::{DocumentKey, Searcher, StoredArticle};
use crate::error::{Error, IndexError};
use crate::model::PassageId;

/// The name to cite of `article`.
///
/// # Errors
///
/// If the index can't be read.
pub fn article_name(searcher: &dyn Searcher, article: &StoredArticle) -> Result<String, IndexError> {
    let own = || article.id.to_string();
    let Some(given) = &article.article.metadata.id else { return Ok(own()) };
    let is_unique = searcher.find(given)?.len() == 1 && passages_called(searcher, given)?.is_empty();
    Ok(if is_unique { given.clone() } else { own() })
}

/// The name to cite of the passage number `passage`, from 0, of `article`, which is called `name`.
///
/// # Errors
///
/// If the index can't be read.
pub fn passage_name(
    searcher: &dyn Searcher,
    article: &StoredArticle,
    name: &str,
    passage: usize,
) -> Result<String, IndexError> {
    let named = passage_of(name.to_owned(), passage);
    let is_taken = article.article.metadata.id.is_some() && !searcher.find(&named)?.is_empty();
    Ok(if is_taken { own_name(article, Some(passage)) } else { named })
}

/// The article or passage called `id`, with the passage's number from 0 if it names one. What ibid calls so comes
/// before what inputs do.
///
/// # Errors
///
/// If there is none or more than one, or the index can't be read.
pub fn find(searcher: &dyn Searcher, id: &str) -> Result<(StoredArticle, Option<usize>), Error> {
    let mut found: Vec<(StoredArticle, Option<usize>)> = Vec::new();
    for key in searcher.find(id)? {
        found.push((searcher.fetch(key)?, None));
    }
    for (key, passage) in passages_called(searcher, id)? {
        found.push((searcher.fetch(key)?, Some(passage)));
    }
    if let Some(own) = found.iter().position(|(article, passage)| own_name(article, *passage) == id) {
        return Ok(found.swap_remove(own));
    }
    if found.len() > 1 {
        let named = found.into_iter();
        let named = named.map(|(article, passage)| (own_name(&article, passage), article.article.locator));
        return Err(Error::AmbiguousId { id: id.to_owned(), named: named.collect() });
    }
    match found.pop() {
        Some(found) => Ok(found),
        None => Err(unknown(searcher, id)?),
    }
}

/// Why nothing is called `id`: there may be such an article, without such a passage.
fn unknown(searcher: &dyn Searcher, id: &str) -> Result<Error, IndexError> {
    let article = article_before_point(id);
    let keys = article.map(|article| searcher.find(article)).transpose()?.unwrap_or_default();
    Ok(match (article, keys.as_slice()) {
        (Some(article), &[key]) => Error::UnknownPassage {
            id: id.to_owned(),
            article: article.to_owned(),
            passages: searcher.fetch(key)?.passages.len(),
        },
        _ => Error::UnknownId { id: id.to_owned() },
    })
}

/// The article that `id` names a passage of, by any number.
fn article_before_point(id: &str) -> Option<&str> {
    let (article, number) = id.rsplit_once('.')?;
    (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then_some(article)
}

/// The passages called `id`: of which articles, and their numbers from 0.
fn passages_called(searcher: &dyn Searcher, id: &str) -> Result<Vec<(DocumentKey, usize)>, IndexError> {
    let Some(wanted) = PassageId::parse(id) else { return Ok(Vec::new()) };
    let passage = wanted.passage as usize - 1;
    let mut found = Vec::new();
    for key in searcher.find(&wanted.article)? {
        if passage < searcher.fetch(key)?.passages.len() {
            found.push((key, passage));
        }
    }
    Ok(found)
}

/// What ibid itself calls `article`, or a passage of it.
fn own_name(article: &StoredArticle, passage: Option<usize>) -> String {
    let article = article.id.to_string();
    match passage {
        None => article,
        Some(passage) => passage_of(article, passage),
    }
}

/// The name of the passage number `passage`, from 0, of the article called `article`.
fn passage_of(article: String, passage: usize) -> String {
    PassageId { article, passage: passage as u32 + 1 }.to_string()
}
