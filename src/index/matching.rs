//! Which articles match a query, all of them and in no order of merit.

use std::collections::HashSet;

use tantivy::collector::DocSetCollector;

use super::fields::fast;
use super::reader::IndexSearcher;
use crate::error::IndexError;
use crate::model::ArticleId;
use crate::query::Query;

impl IndexSearcher {
    /// The ids of all articles that match `query`.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    pub fn matching(&self, query: &Query) -> Result<HashSet<ArticleId>, IndexError> {
        self.metered("searching", |meter| {
            let found = self.engine().search(&self.lowered(query, meter)?, &DocSetCollector)?;
            let mut ids = HashSet::with_capacity(found.len());
            for address in found {
                let reader = self.engine().segment_reader(address.segment_ord);
                let id = reader.fast_fields().u64(fast::ID)?.first(address.doc_id);
                ids.extend(id.map(ArticleId::from_number));
            }
            Ok(ids)
        })
    }
}
