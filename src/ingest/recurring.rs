//! What recurs on the pages of a site is taken out of its articles, once a run has seen them all.
//!
//! A block that says the same on page after page can't be told from one page, so articles are indexed whole, and
//! those that hold such blocks are indexed anew at the end. Their blocks are kept with them: a run that is asked
//! to keep what recurs puts them back. What is known to recur is kept too, for pages that come later.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::Preparer;
use super::report::{Observer, Recurred, Report};
use crate::dedup::{Recurrence, Recurring, with_recurring, without_recurring};
use crate::engine::{Indexer, PreparedArticle, StoredArticle};
use crate::error::{Error, IndexError};
use crate::model::{Article, ArticleId, host_of};

/// Articles that are under way at once: enough for all threads, few enough to hold in memory unless they are large.
const ARTICLES_AT_ONCE: usize = 512;

/// Bytes of their texts; a larger article is under way alone.
const MOST_BYTES_AT_ONCE: usize = 16 << 20;

/// Bytes of texts after which a thread makes no further one ready, where nobody knew how large they are.
const MOST_BYTES_OF_A_THREAD: usize = 8 << 20;

/// The articles of a run by their site, and what recurs on it.
#[derive(Debug, Default)]
pub(super) struct Sites {
    recurrence: Recurrence,
    articles: BTreeMap<String, Vec<Counted>>,
}

/// An article that may be indexed anew.
#[derive(Clone, Copy, Debug)]
struct Counted {
    id: ArticleId,
    /// Bytes of its text, 0 where nobody knows.
    bytes: usize,
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
        let counted = Counted { id, bytes: content.text.len() };
        match self.articles.get_mut(host) {
            Some(articles) => articles.push(counted),
            None => drop(self.articles.insert(host.to_owned(), vec![counted])),
        }
    }

    /// Takes what recurs out of the articles that were counted, and tells `report`, also of having been stopped before
    /// the end. The next commit makes it last.
    pub fn take_out(
        &self,
        indexer: &impl Indexer,
        workers: usize,
        stop: &AtomicBool,
        observer: &dyn Observer,
        report: &mut Report,
    ) -> Result<(), Error> {
        let known = indexer.recurring();
        let mut recurring = known.clone();
        for (host, blocks) in self.recurrence.recurring() {
            recurring.entry(host).or_default().extend(blocks);
        }
        let with_blocks =
            || self.articles.iter().filter_map(|(host, of)| Some((host, of, recurring.get(host)?)));
        let advance = Advance::of(with_blocks().map(|(_, articles, _)| articles.len()).sum(), observer);
        for (host, articles, blocks) in with_blocks() {
            let mut used = BTreeSet::new();
            let mut count = 0;
            let trim = |stored: StoredArticle| without(stored, blocks);
            report.interrupted |= !each_anew(indexer, articles, workers, stop, &advance, &trim, |stored| {
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
pub(super) fn put_back(
    indexer: &impl Indexer,
    workers: usize,
    stop: &AtomicBool,
    observer: &dyn Observer,
    report: &mut Report,
) -> Result<(), Error> {
    let articles: Vec<Counted> =
        indexer.without_recurring()?.into_iter().map(|id| Counted { id, bytes: 0 }).collect();
    let whole = |stored: StoredArticle| {
        let article = with_recurring(&stored.article, &stored.apart);
        (!stored.apart.is_empty()).then(|| StoredArticle { article, apart: Vec::new(), ..stored })
    };
    let mut count = 0;
    let advance = Advance::of(articles.len(), observer);
    let is_done = each_anew(indexer, &articles, workers, stop, &advance, &whole, |_| count += 1)?;
    report.put_back = count;
    report.interrupted |= !is_done;
    if is_done {
        indexer.set_recurring(Recurring::new());
    }
    Ok(())
}

/// How far it is, as an observer hears of it.
struct Advance<'a> {
    observer: &'a dyn Observer,
    done: AtomicU64,
    all: u64,
}

impl<'a> Advance<'a> {
    /// The beginning of looking through so many articles.
    fn of(articles: usize, observer: &'a dyn Observer) -> Self {
        let all = articles as u64;
        if all > 0 {
            observer.looked_through(0, all);
        }
        Self { observer, done: AtomicU64::new(0), all }
    }

    fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        self.observer.looked_through(done, self.all);
    }
}

/// An article without what recurs, if it holds any.
fn without(stored: StoredArticle, blocks: &BTreeSet<u64>) -> Option<StoredArticle> {
    let whole = with_recurring(&stored.article, &stored.apart);
    let (article, apart) = without_recurring(&whole, blocks)?;
    (apart != stored.apart).then_some(StoredArticle { article, apart, ..stored })
}

/// Indexes those of `articles` anew that `change` changes, and tells `changed` of each, in order, until `stop` is set;
/// whether all are done.
fn each_anew(
    indexer: &impl Indexer,
    articles: &[Counted],
    workers: usize,
    stop: &AtomicBool,
    advance: &Advance<'_>,
    change: &(impl Fn(StoredArticle) -> Option<StoredArticle> + Sync),
    mut changed: impl FnMut(&StoredArticle),
) -> Result<bool, Error> {
    let mut put = |prepared: Vec<PreparedArticle>| -> Result<(), IndexError> {
        for article in prepared {
            changed(&article.stored);
            indexer.remove_article(article.stored.id);
            indexer.put_article(article)?;
        }
        Ok(())
    };
    for some in at_once(articles) {
        if stop.load(Ordering::Relaxed) {
            return Ok(false);
        }
        let share = some.len().div_ceil(workers.max(1));
        let prepared: Vec<Result<Prepared<'_>, IndexError>> = std::thread::scope(|scope| {
            let threads: Vec<_> = some
                .chunks(share)
                .map(|share| scope.spawn(move || made_anew(indexer, share, advance, change)))
                .collect();
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
                let (articles, further) = made_anew(indexer, left, advance, change)?;
                put(articles)?;
                left = further;
            }
        }
    }
    Ok(true)
}

/// Cuts `articles` into those that are under way at once.
fn at_once(articles: &[Counted]) -> impl Iterator<Item = &[Counted]> {
    let (mut count, mut bytes) = (0, 0);
    articles.chunk_by(move |last, next| {
        (count, bytes) = (count + 1, bytes + last.bytes);
        let together = count < ARTICLES_AT_ONCE && bytes + next.bytes <= MOST_BYTES_AT_ONCE;
        if !together {
            (count, bytes) = (0, 0);
        }
        together
    })
}

/// Articles ready to be indexed, and those that are still to be made ready.
type Prepared<'a> = (Vec<PreparedArticle>, &'a [Counted]);

/// Those of `articles` that `change` changes, ready to be indexed: as many as memory should hold.
fn made_anew<'a>(
    indexer: &impl Indexer,
    articles: &'a [Counted],
    advance: &Advance<'_>,
    change: &impl Fn(StoredArticle) -> Option<StoredArticle>,
) -> Result<Prepared<'a>, IndexError> {
    let mut preparer = Preparer::default();
    let (mut prepared, mut bytes) = (Vec::new(), 0);
    for (at, &Counted { id, .. }) in articles.iter().enumerate() {
        if bytes >= MOST_BYTES_OF_A_THREAD {
            return Ok((prepared, &articles[at..]));
        }
        advance.step();
        let Some(stored) = indexer.article(id)?.and_then(change) else { continue };
        bytes += stored.article.text.len();
        prepared.push(preparer.prepare_again(StoredArticle { id, ..stored }));
    }
    Ok((prepared, &[]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_article_is_under_way_alone() {
        let of = |sizes: &[usize]| -> Vec<usize> {
            let counted = |&bytes: &usize| Counted { id: ArticleId::from_url("u"), bytes };
            let articles: Vec<Counted> = sizes.iter().map(counted).collect();
            at_once(&articles).map(<[Counted]>::len).collect()
        };
        let large = MOST_BYTES_AT_ONCE + 1;
        assert_eq!(of(&[large, 1, 1, large, large, 1]), [1, 2, 1, 1, 1]);
        assert_eq!(of(&[0; 1025]), [512, 512, 1]);
        assert_eq!(of(&[]), [0; 0]);
    }
}
