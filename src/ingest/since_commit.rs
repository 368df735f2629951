//! [`SinceCommit`]: what a run has done since the last commit. The rest is asked of the index, so that what a run
//! remembers of its articles doesn't grow with them.

use std::collections::{HashMap, HashSet};

use super::ledger::Ledger;
use super::marks::Mark;
use crate::engine::{Indexer, InputRecord, InputState, LARGE_TEXT_BYTES, PreparedArticle};
use crate::error::IndexError;
use crate::model::{ArticleId, Locator};

/// What the index doesn't tell before the next commit.
#[derive(Debug, Default)]
pub(super) struct SinceCommit {
    /// Articles that were put, each with the mark of its input; and those of the commit that were asked for.
    placed: HashMap<ArticleId, Mark>,
    /// Texts that were put, by the marks of their fingerprints.
    by_fingerprint: HashMap<Mark, Text>,
    /// Texts by the digests that web archives give of their pages.
    by_digest: HashMap<Mark, Text>,
    /// Inputs that an export told of, with the article that was put for each.
    pub restored: HashMap<Mark, Option<ArticleId>>,
    /// Articles whose text is gone, or another, and how often that came.
    changed: HashMap<ArticleId, u32>,
    /// Those of them that are no more.
    removed: HashSet<ArticleId>,
    /// Articles that inputs were found to be copies of.
    copied: HashSet<ArticleId>,
    /// Large articles that were put in this run.
    large: Vec<Put>,
}

/// The text of an article, unless it has changed again.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Text {
    article: ArticleId,
    /// How often the article's text had changed before.
    changes: u32,
}

/// An article that was put.
#[derive(Clone, Copy, Debug)]
struct Put {
    article: ArticleId,
    input: Mark,
    fingerprint: Option<Mark>,
}

impl SinceCommit {
    /// Notes that `article` is put, which was made of the input at `locator`.
    pub fn note(&mut self, article: &PreparedArticle, locator: &Locator) {
        let put = Put {
            article: article.stored.id,
            input: Mark::of(locator.as_str()),
            fingerprint: article.fingerprint.as_deref().map(Mark::of),
        };
        self.remember(put);
        if article.stored.article.text.len() >= LARGE_TEXT_BYTES {
            self.large.push(put);
        }
    }

    fn remember(&mut self, put: Put) {
        let text = self.text_of(put.article);
        self.placed.insert(put.article, put.input);
        self.by_fingerprint.extend(put.fingerprint.map(|fingerprint| (fingerprint, text)));
    }

    /// What is to be remembered once all is committed: large articles, since the index would read them to tell of them.
    fn after_commit(self) -> Self {
        let mut after = Self::default();
        self.large.iter().for_each(|&put| after.remember(put));
        Self { large: self.large, ..after }
    }

    /// Notes whose copy the input of `record` is found to be, if it is one.
    pub fn note_copy(&mut self, record: &InputRecord) {
        self.copied.extend(record.article.filter(|_| record.state == InputState::Duplicate));
    }

    /// Whether an input was found to be a copy of the article `id`.
    pub fn has_copy_of(&self, id: ArticleId) -> bool {
        self.copied.contains(&id)
    }

    /// Whether the text of the article `id` is another than in the commit, or gone.
    pub fn has_changed(&self, id: ArticleId) -> bool {
        self.changed.contains_key(&id)
    }

    /// The text that the article `id` has now.
    fn text_of(&self, id: ArticleId) -> Text {
        Text { article: id, changes: self.changed.get(&id).copied().unwrap_or_default() }
    }

    /// The article of `text`, if it has it still.
    fn with_text(&self, text: Option<&Text>) -> Option<ArticleId> {
        text.filter(|&&text| text == self.text_of(text.article)).map(|text| text.article)
    }

    /// The article with the text of `fingerprint` that was put.
    pub fn with_fingerprint(&self, fingerprint: &str) -> Option<ArticleId> {
        self.with_text(self.by_fingerprint.get(&Mark::of(fingerprint)))
    }

    /// Notes that the article `id` has the text of the page of that `digest`.
    pub fn note_digest(&mut self, digest: &str, id: ArticleId) {
        self.by_digest.insert(Mark::of(digest), self.text_of(id));
    }

    /// The article that has the text of the page of that `digest`, as far as this run has seen it.
    pub fn with_digest(&self, digest: &str) -> Option<ArticleId> {
        self.with_text(self.by_digest.get(&Mark::of(digest)))
    }

    /// Notes that the article `id` is put anew with the text that it has.
    pub fn renew(&mut self, id: ArticleId) {
        self.large.retain(|put| put.article != id);
    }

    /// Notes that the text of the article `id` is gone, and the article too unless it is put anew.
    pub fn forget(&mut self, id: ArticleId, is_put_anew: bool) {
        self.placed.remove(&id);
        self.large.retain(|put| put.article != id);
        *self.changed.entry(id).or_default() += 1;
        if !is_put_anew {
            self.removed.insert(id);
        }
    }
}

impl<I: Indexer> Ledger<'_, I> {
    /// Forgets what was committed, if the index can be asked for it.
    pub(super) fn forget_committed(&mut self) {
        if self.indexer().keeps_what_is_put() {
            self.since_commit = std::mem::take(&mut self.since_commit).after_commit();
            self.inherited.forget_committed();
        }
    }

    /// The article with the text of `fingerprint` that was made of another input than `locator`.
    pub(super) fn original_of(
        &self,
        locator: &Locator,
        fingerprint: Option<&str>,
    ) -> Result<Option<ArticleId>, IndexError> {
        let Some(fingerprint) = fingerprint else { return Ok(None) };
        let since = &self.since_commit;
        if let Some(id) = since.with_fingerprint(fingerprint) {
            // What is read a second time is no copy of itself.
            let is_own = since.placed.get(&id) == Some(&Mark::of(locator.as_str()));
            return Ok(Some(id).filter(|_| !is_own));
        }
        let owner = self.indexer().with_fingerprint(fingerprint)?;
        let owner = owner.filter(|owner| owner.locator != *locator && !since.has_changed(owner.id));
        Ok(owner.map(|owner| owner.id))
    }

    /// The mark of the input of the article `id`, if there is such an article.
    fn holder_of(&mut self, id: ArticleId) -> Result<Option<Mark>, IndexError> {
        if let Some(&holder) = self.since_commit.placed.get(&id) {
            return Ok(Some(holder));
        }
        let owner = self.indexer().owner(id)?;
        let owner = owner.filter(|_| !self.since_commit.removed.contains(&id));
        let holder = owner.map(|owner| Mark::of(owner.locator.as_str()));
        // Thousands of pages may name one address as theirs.
        self.since_commit.placed.extend(holder.map(|holder| (id, holder)));
        Ok(holder)
    }

    /// Whether the article `id` is that of another input than `locator`.
    pub(super) fn is_taken(&mut self, id: ArticleId, locator: &Locator) -> Result<bool, IndexError> {
        let holder = self.holder_of(id)?;
        Ok(holder.is_some_and(|holder| holder != Mark::of(locator.as_str())))
    }

    /// Whether there is an article `id`.
    pub(super) fn is_there(&mut self, id: ArticleId) -> Result<bool, IndexError> {
        Ok(self.holder_of(id)?.is_some())
    }

    /// The article that an export told of as that of the input at `locator`, which it told of in this run.
    pub(super) fn article_restored_for(&self, locator: &Locator) -> Result<Option<ArticleId>, IndexError> {
        if let Some(&article) = self.since_commit.restored.get(&Mark::of(locator.as_str())) {
            return Ok(article);
        }
        let known = self.indexer().input(locator)?.filter(|known| known.state == InputState::Indexed);
        Ok(known.and_then(|known| known.article))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Preparer;
    use crate::model::{Article, BlockKind};

    /// An article of about so many bytes.
    fn article(number: u64, bytes: usize) -> PreparedArticle {
        let mut article = Article::default();
        article.push_block(BlockKind::Paragraph, &format!("Article {number}."));
        let mut prepared = Preparer::default().prepare(article);
        prepared.stored.id = ArticleId::from_number(number);
        prepared.stored.article.text = "w".repeat(bytes);
        prepared
    }

    #[test]
    fn large_articles_alone_are_remembered_after_a_commit() {
        let locators = ["/a", "/b", "/c"].map(Locator::from_stored);
        let articles = [(1, 10), (2, LARGE_TEXT_BYTES), (3, LARGE_TEXT_BYTES)];
        let articles = articles.map(|(number, bytes)| article(number, bytes));
        let mut since = SinceCommit::default();
        for (article, locator) in articles.iter().zip(&locators) {
            since.note(article, locator);
        }
        since.forget(articles[2].stored.id, false);
        assert_eq!((since.placed.len(), since.changed.len(), since.removed.len()), (2, 1, 1));
        for _ in 0..2 {
            since = since.after_commit();
            let large = &articles[1];
            assert_eq!(since.placed, [(large.stored.id, Mark::of("/b"))].into());
            let text = large.fingerprint.as_deref().unwrap();
            assert_eq!(
                (since.by_fingerprint.len(), since.with_fingerprint(text)),
                (1, Some(large.stored.id))
            );
            assert!(since.changed.is_empty() && since.removed.is_empty());
        }
    }
}
