//! Lays the texts of articles side by side that may be copies by their sketches: which words they have, and whether
//! they tell the same. How such articles are found isn't here.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Term};

use super::reader::{IndexSearcher, address_of};
use crate::analysis::{Analyzer, Opening};
use crate::dedup::Wording;
use crate::engine::{DocumentKey, Searcher};
use crate::error::IndexError;
use crate::model::{Article, Language, host_of};

/// Articles near one of which it is judged whether they tell the same, which takes a tenth of a millisecond and more
/// where their texts are read. Of a pile of articles that are so many, and have all that it is about, the others are
/// copies by what their sketches say.
const MOST_JUDGED_OF_ONE: usize = 64;

/// Words of a title that are looked up in postings before a text is read; of a title without end there may be more.
const MOST_LOOKED_UP: usize = 64;

/// Words of the wordings that are kept, since one article is compared with many: each takes some 60 bytes.
const MOST_WORDS_KEPT: usize = 1 << 18;

/// Judgements that are kept: an answer asks twice for most.
const MOST_JUDGED: usize = 4_096;

/// What is kept of the articles that were compared last.
pub(super) struct Compared {
    /// Reads words as they stand, which are the same in every language.
    analyzer: Mutex<Analyzer>,
    wordings: Mutex<Wordings>,
    /// Which pairs tell the same.
    judgements: Mutex<HashMap<[DocumentKey; 2], bool>>,
}

/// Wordings by their articles.
#[derive(Default)]
struct Wordings {
    by_article: HashMap<DocumentKey, Arc<Wording>>,
    words: usize,
}

impl Wordings {
    fn keep(&mut self, key: DocumentKey, wording: &Arc<Wording>) {
        if self.words + wording.kept_words() > MOST_WORDS_KEPT {
            *self = Self::default();
        }
        self.words += wording.kept_words();
        self.by_article.insert(key, Arc::clone(wording));
    }
}

impl Default for Compared {
    fn default() -> Self {
        Self {
            analyzer: Mutex::new(Analyzer::new(Language::OTHER)),
            wordings: Mutex::default(),
            judgements: Mutex::default(),
        }
    }
}

impl IndexSearcher {
    /// Whether the two tell the same: by their handles, and then by their words.
    pub(super) fn judged(&self, one: DocumentKey, other: DocumentKey) -> Result<bool, IndexError> {
        let pair = [one.min(other), one.max(other)];
        let judgements = || self.compared.judgements.lock();
        if let Some(&known) = judgements().get(&pair) {
            return Ok(known);
        }
        let may_be_same = self.reading("comparing articles", || self.share_enough_handles(one, other))?;
        let same = may_be_same && self.tells_the_same_as(&*self.wording(one)?, other)?;
        let mut judgements = judgements();
        if judgements.len() >= MOST_JUDGED {
            judgements.clear();
        }
        judgements.insert(pair, same);
        Ok(same)
    }

    /// Whether the article `key` tells the same as that of `wording`. Most are told apart by what titles and postings
    /// tell, for a small part of what it takes to read a text.
    fn tells_the_same_as(&self, wording: &Wording, key: DocumentKey) -> Result<bool, IndexError> {
        if let Some(known) = self.known_wording(key) {
            return Ok(wording.tells_the_same(&known));
        }
        if !self.reading("comparing articles", || self.has_words(key, wording.subjects()))? {
            return Ok(false);
        }
        let article = self.fetch(key)?.article;
        let of_its_title = self.wording_of(&article, "");
        let of_title = of_its_title.title_words_not_in(wording);
        if self.reading("comparing articles", || self.says_again(key, of_title))? {
            return Ok(false);
        }
        Ok(wording.tells_the_same(&self.keep(key, self.wording_of(&article, &article.text))))
    }

    /// The words of the article `key`, to be compared with those of others.
    fn wording(&self, key: DocumentKey) -> Result<Arc<Wording>, IndexError> {
        if let Some(known) = self.known_wording(key) {
            return Ok(known);
        }
        let article = self.fetch(key)?.article;
        Ok(self.keep(key, self.wording_of(&article, &article.text)))
    }

    fn known_wording(&self, key: DocumentKey) -> Option<Arc<Wording>> {
        let kept = self.compared.wordings.lock();
        kept.by_article.get(&key).map(Arc::clone)
    }

    fn keep(&self, key: DocumentKey, wording: Wording) -> Arc<Wording> {
        let wording = Arc::new(wording);
        self.compared.wordings.lock().keep(key, &wording);
        wording
    }

    /// The words of the title of `article` and of its `text`.
    fn wording_of(&self, article: &Article, text: &str) -> Wording {
        let mut wording = Wording::of_site(article.metadata.url.as_deref().and_then(host_of));
        let title = article.metadata.title.as_deref().unwrap_or_default();
        let mut analyzer = self.compared.analyzer.lock();
        analyzer.each_article_token(title, text, |placed| {
            let word = placed.token.exact;
            if placed.in_title {
                return wording.push_title(word);
            }
            let has_capital = text[placed.token.span.start..].starts_with(char::is_uppercase);
            let begins_sentence = placed.opens.is_some_and(Opening::is_of_sentence);
            wording.push(word, has_capital && !begins_sentence);
        });
        wording
    }

    /// Those of the articles `others` that have all that the article `key` is about.
    fn with_subjects_of(
        &self,
        key: DocumentKey,
        others: Vec<DocumentKey>,
    ) -> Result<Vec<DocumentKey>, IndexError> {
        let wording = self.wording(key)?;
        self.reading("comparing articles", || {
            let mut with = Vec::new();
            for other in others {
                if self.has_words(other, wording.subjects())? {
                    with.push(other);
                }
            }
            Ok(with)
        })
    }

    /// Whether the article `key` has each of the first of `words`.
    fn has_words<'w>(&self, key: DocumentKey, words: impl Iterator<Item = &'w str>) -> tantivy::Result<bool> {
        words
            .take(MOST_LOOKED_UP)
            .try_fold(true, |has_all, word| Ok(has_all && self.occurrences(key, word)? > 0))
    }

    /// Whether the article `key` has one of the first of `words` more often than its title alone does; each comes with
    /// its count in the title.
    fn says_again<'w>(
        &self,
        key: DocumentKey,
        words: impl Iterator<Item = (&'w str, usize)>,
    ) -> tantivy::Result<bool> {
        words.take(MOST_LOOKED_UP).try_fold(false, |says, (word, in_title)| {
            Ok(says || self.occurrences(key, word)? as usize > in_title)
        })
    }

    /// How often the article `key` has `word`, in its title and text, as its postings tell.
    fn occurrences(&self, key: DocumentKey, word: &str) -> tantivy::Result<u32> {
        let DocAddress { segment_ord, doc_id } = address_of(key);
        let exact = self.fields().exact;
        let index = self.engine().segment_reader(segment_ord).inverted_index(exact)?;
        let term = Term::from_field_text(exact, word);
        let Some(mut postings) = index.read_postings(&term, IndexRecordOption::WithFreqs)? else {
            return Ok(0);
        };
        if postings.doc() < doc_id {
            postings.seek(doc_id);
        }
        Ok(if postings.doc() == doc_id { postings.term_freq() } else { 0 })
    }

    /// Of the articles `near` each of `keys` those that are copies of it.
    pub(super) fn copies_among(
        &self,
        keys: &[DocumentKey],
        near: Vec<Vec<DocumentKey>>,
    ) -> Result<Vec<Vec<DocumentKey>>, IndexError> {
        let mut all = Vec::with_capacity(near.len());
        for (&key, mut near) in keys.iter().zip(near) {
            if near.len() > MOST_JUDGED_OF_ONE {
                near = self.with_subjects_of(key, near)?;
            }
            let mut copies = Vec::new();
            for (judged, other) in near.into_iter().enumerate() {
                if judged >= MOST_JUDGED_OF_ONE || self.tell_the_same(key, other)? {
                    copies.push(other);
                }
            }
            all.push(copies);
        }
        Ok(all)
    }
}
