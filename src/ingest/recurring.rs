//! What recurs on the pages of a site is taken out of its articles, once a run has seen them all.
//!
//! A block that says the same on page after page can't be told from one page, so articles are indexed whole, and
//! those that hold such blocks are indexed anew at the end. Their blocks are kept with them: a run that is asked
//! to keep what recurs puts them back. What is known to recur is kept too, for pages that come later.

use std::collections::{BTreeMap, BTreeSet};

use super::Preparer;
use super::report::{Recurred, Report};
use crate::dedup::{Recurrence, Recurring, with_recurring, without_recurring};
use crate::engine::{Indexer, PreparedArticle, StoredArticle};
use crate::error::{Error, IndexError};
use crate::model::{Article, ArticleId, host_of};

/// Articles that are under way at once: enough for all threads, few enough to hold in memory unless they are large.
const ARTICLES_AT_ONCE: usize = 512;

/// Bytes of their texts after which a thread makes no further one ready.
const MOST_BYTES_OF_A_THREAD: usize = 8 << 20;

/// The articles of a run by their site, and what recurs on it.
#[derive(Debug, Default)]
pub(super) struct Sites {
    recurrence: Recurrence,
    articles: BTreeMap<String, Vec<ArticleId>>,
}

impl Sites {
    /// Counts an article that was put under `id`. One that its input named is taken as it was given.
    pub fn note(&mut self, article: &PreparedArticle) {
        if article.fingerprint.is_some() {
            self.note_content(article.stored.id, &article.stored.article);
        }
    }

    /// The same for an article as it is kept.
    pub fn note_stored(&mut self, stored: &StoredArticle) {
        let whole = with_recurring(&stored.article, &stored.apart);
        if whole.metadata.id.is_none() && !whole.is_empty() {
            self.note_content(stored.id, &whole);
        }
    }

    fn note_content(&mut self, id: ArticleId, content: &Article) {
        let Some(host) = content.metadata.url.as_deref().and_then(host_of) else { return };
        self.recurrence.note(host, content);
        match self.articles.get_mut(host) {
            Some(articles) => articles.push(id),
            None => drop(self.articles.insert(host.to_owned(), vec![id])),
        }
    }

    /// Takes what recurs out of the articles that were counted, and tells `report`. The next commit makes it last.
    pub fn take_out(&self, indexer: &impl Indexer, workers: usize, report: &mut Report) -> Result<(), Error> {
        let known = indexer.recurring();
        let mut recurring = known.clone();
        for (host, blocks) in self.recurrence.recurring() {
            recurring.entry(host).or_default().extend(blocks);
        }
        for (host, articles) in &self.articles {
            let Some(blocks) = recurring.get(host) else { continue };
            let mut used = BTreeSet::new();
            let mut count = 0;
            let trim = |stored: StoredArticle| without(stored, blocks);
            each_anew(indexer, articles, workers, &trim, |stored| {
                count += 1;
                used.extend(stored.apart.iter().map(|block| block.text.clone()));
            })?;
            if count > 0 {
                let blocks = used.len() as u64;
                report.recurring.push(Recurred { host: host.clone(), blocks, articles: count });
            }
        }
        if recurring != known || !report.recurring.is_empty() {
            indexer.set_recurring(recurring);
        }
        Ok(())
    }
}

/// Puts back what was taken out of articles, in this run or before, and tells `report`. The next commit
/// makes it last.
pub(super) fn put_back(indexer: &impl Indexer, workers: usize, report: &mut Report) -> Result<(), Error> {
    let articles = indexer.without_recurring()?;
    let whole = |stored: StoredArticle| {
        let article = with_recurring(&stored.article, &stored.apart);
        (!stored.apart.is_empty()).then(|| StoredArticle { article, apart: Vec::new(), ..stored })
    };
    let mut count = 0;
    each_anew(indexer, &articles, workers, &whole, |_| count += 1)?;
    report.put_back = count;
    indexer.set_recurring(Recurring::new());
    Ok(())
}

/// An article without what recurs, if it holds any.
fn without(stored: StoredArticle, blocks: &BTreeSet<u64>) -> Option<StoredArticle> {
    let whole = with_recurring(&stored.article, &stored.apart);
    let (article, apart) = without_recurring(&whole, blocks)?;
    (apart != stored.apart).then_some(StoredArticle { article, apart, ..stored })
}

/// Indexes those of `articles` anew that `change` changes, and tells `changed` of each, in order.
fn each_anew(
    indexer: &impl Indexer,
    articles: &[ArticleId],
    workers: usize,
    change: &(impl Fn(StoredArticle) -> Option<StoredArticle> + Sync),
    mut changed: impl FnMut(&StoredArticle),
) -> Result<(), Error> {
    let mut put = |prepared: Vec<PreparedArticle>| -> Result<(), IndexError> {
        for article in prepared {
            changed(&article.stored);
            indexer.remove_article(article.stored.id);
            indexer.put_article(article)?;
        }
        Ok(())
    };
    for some in articles.chunks(ARTICLES_AT_ONCE) {
        let share = some.len().div_ceil(workers.max(1));
        let prepared: Vec<Result<Prepared<'_>, IndexError>> = std::thread::scope(|scope| {
            let threads: Vec<_> =
                some.chunks(share).map(|ids| scope.spawn(move || ids_anew(indexer, ids, change))).collect();
            let join = |thread: std::thread::ScopedJoinHandle<'_, _>| match thread.join() {
                Ok(prepared) => prepared,
                Err(panic) => std::panic::resume_unwind(panic),
            };
            threads.into_iter().map(join).collect()
        });
        for of_thread in prepared {
            let (articles, mut left) = of_thread?;
            put(articles)?;
            while !left.is_empty() {
                let (articles, further) = ids_anew(indexer, left, change)?;
                put(articles)?;
                left = further;
            }
        }
    }
    Ok(())
}

/// Articles ready to be indexed, and the ids of those that are still to be made ready.
type Prepared<'i> = (Vec<PreparedArticle>, &'i [ArticleId]);

/// Those of the articles `ids` that `change` changes, ready to be indexed: as many as memory should hold.
fn ids_anew<'i>(
    indexer: &impl Indexer,
    ids: &'i [ArticleId],
    change: &impl Fn(StoredArticle) -> Option<StoredArticle>,
) -> Result<Prepared<'i>, IndexError> {
    let mut preparer = Preparer::default();
    let (mut prepared, mut bytes) = (Vec::new(), 0);
    for (at, &id) in ids.iter().enumerate() {
        if bytes >= MOST_BYTES_OF_A_THREAD {
            return Ok((prepared, &ids[at..]));
        }
        let Some(stored) = indexer.article(id)?.and_then(change) else { continue };
        bytes += stored.article.text.len();
        prepared.push(preparer.prepare_again(StoredArticle { id, ..stored }));
    }
    Ok((prepared, &[]))
}
