//! [`Kept`]: what an index keeps, document by document, for whoever looks at all of it.

use std::collections::{BTreeMap, HashMap};

use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, DocId, DocSet as _, SegmentReader, TERMINATED, TantivyDocument};

use super::failure::as_damage;
use super::fields::{Fields, fast};
use super::reader::IndexSearcher;
use super::record::Record;
use super::remembered::of_input_key;
use super::seal::opened_text;
use crate::engine::{InputRecord, StoredArticle};
use crate::error::IndexError;
use crate::model::ArticleId;

/// A document of an index.
pub enum Kept {
    /// An article.
    Article(Box<StoredArticle>),
    /// What is remembered of an input.
    Input(Box<InputRecord>),
    /// One that can't be read.
    Unreadable {
        /// The id of the article, or the locator of the input, if that can be told.
        place: Option<String>,
        /// Why it can't.
        reason: String,
    },
}

impl Kept {
    /// What `document` says.
    pub(super) fn of(document: &TantivyDocument, fields: &Fields) -> Self {
        let record = document.get_first(fields.record).and_then(|value| value.as_str());
        let Some(record) = record else { return Self::unreadable("it holds no record") };
        let Some(json) = opened_text(record) else {
            return Self::unreadable("its record isn't as it was written");
        };
        if let Ok(article) = serde_json::from_str::<Record>(json) {
            return Self::Article(Box::new(article.into()));
        }
        match serde_json::from_str(json) {
            Ok(input) => Self::Input(Box::new(input)),
            Err(error) => Self::unreadable(&format!("its record can't be read: {error}")),
        }
    }

    fn unreadable(reason: &str) -> Self {
        Self::Unreadable { place: None, reason: reason.to_owned() }
    }
}

impl IndexSearcher {
    /// Tells `each` of every document, and of articles the number of passages that they are ranked by.
    ///
    /// # Errors
    ///
    /// If the index can't be read, or `each` fails.
    pub fn each_kept<E: From<IndexError>>(
        &self,
        mut each: impl FnMut(Kept, usize) -> Result<(), E>,
    ) -> Result<(), E> {
        for (segment, reader) in (0..).zip(self.engine().segment_readers()) {
            let passages = self.reading("reading passages", || reader.fast_fields().u64(fast::PASSAGES))?;
            let mut unreadable = BTreeMap::new();
            for doc in reader.doc_ids_alive() {
                let address = DocAddress::new(segment, doc);
                let read = self.reading("reading a record", || {
                    let document: TantivyDocument = self.engine().doc(address)?;
                    Ok((Kept::of(&document, self.fields()), passages.values_for_doc(doc).count()))
                });
                let reason = match read.map_err(as_damage) {
                    Ok((Kept::Unreadable { reason, .. }, _)) => reason,
                    Ok((kept, passages)) => {
                        each(kept, passages)?;
                        continue;
                    }
                    Err(IndexError::Damaged { reason, .. }) => format!("its record can't be read: {reason}"),
                    Err(error) => error.to_string(),
                };
                unreadable.insert(doc, reason);
            }
            let mut places =
                if unreadable.is_empty() { HashMap::new() } else { self.places(reader, &unreadable) };
            for (doc, reason) in unreadable {
                each(Kept::Unreadable { place: places.remove(&doc), reason }, 0)?;
            }
        }
        Ok(())
    }

    /// What documents of `segment` are of, by what else the index keeps of them: ids of articles and locators of
    /// inputs.
    fn places<T>(&self, segment: &SegmentReader, of: &BTreeMap<DocId, T>) -> HashMap<DocId, String> {
        let mut places = HashMap::new();
        let articles = self.reading("reading ids", || {
            let ids = segment.fast_fields().u64(fast::ID)?;
            let id = |doc| Some((doc, ArticleId::from_number(ids.first(doc)?).to_string()));
            Ok(of.keys().copied().filter_map(id).collect::<Vec<_>>())
        });
        places.extend(articles.unwrap_or_default());
        let inputs = self.reading("reading locators", || {
            let index = segment.inverted_index(self.fields().locator)?;
            let mut locators = index.terms().stream()?;
            let mut found = Vec::new();
            while locators.advance() {
                let Some(locator) = of_input_key(locators.key()) else { continue };
                let mut postings =
                    index.read_postings_from_terminfo(locators.value(), IndexRecordOption::Basic)?;
                while postings.doc() != TERMINATED {
                    if of.contains_key(&postings.doc()) {
                        found.push((postings.doc(), locator.to_owned()));
                    }
                    postings.advance();
                }
            }
            Ok(found)
        });
        places.extend(inputs.unwrap_or_default());
        places
    }
}
