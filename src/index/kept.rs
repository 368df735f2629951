//! [`Kept`]: what an index keeps, document by document, for whoever looks at all of it.

use tantivy::schema::Value;
use tantivy::{DocAddress, TantivyDocument};

use super::fields::{Fields, fast};
use super::guarded;
use super::reader::IndexSearcher;
use super::record::Record;
use super::seal::opened_record;
use crate::engine::{InputRecord, StoredArticle};
use crate::error::IndexError;

/// A document of an index.
pub enum Kept {
    /// An article.
    Article(Box<StoredArticle>),
    /// What is remembered of an input.
    Input(Box<InputRecord>),
    /// One that can't be read, and why.
    Unreadable(String),
}

impl Kept {
    /// What `document` says.
    pub(super) fn of(document: &TantivyDocument, fields: &Fields) -> Self {
        let record = document.get_first(fields.record).and_then(|value| value.as_str());
        let Some(record) = record else { return Self::unreadable("a document holds no record") };
        let Some(json) = opened_record(record) else {
            return Self::unreadable("a record isn't as it was written");
        };
        if let Ok(article) = serde_json::from_str::<Record>(json) {
            return Self::Article(Box::new(article.into()));
        }
        match serde_json::from_str(json) {
            Ok(input) => Self::Input(Box::new(input)),
            Err(error) => Self::Unreadable(format!("a record can't be read: {error}")),
        }
    }

    fn unreadable(reason: &str) -> Self {
        Self::Unreadable(reason.to_owned())
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
            for doc in reader.doc_ids_alive() {
                let address = DocAddress::new(segment, doc);
                let read = self.reading("reading a record", || {
                    let document: TantivyDocument = self.engine().doc(address)?;
                    Ok((Kept::of(&document, self.fields()), passages.values_for_doc(doc).count()))
                });
                let (kept, passages) = match read {
                    Ok(read) => read,
                    Err(error) => (Kept::Unreadable(error.to_string()), 0),
                };
                each(kept, passages)?;
            }
        }
        Ok(())
    }
}

/// Does something with files that may be damaged, whatever they make Tantivy do.
pub(super) fn attempted<T>(path: &std::path::Path, work: impl FnOnce() -> tantivy::Result<T>) -> Option<T> {
    guarded(path, "reading what is left", work).ok()
}
