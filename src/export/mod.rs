//! Gives the articles of an index out: as lines that reading makes the same index of, as an index of the web archives
//! that they came from, or as a web archive of their sources.
//!
//! What a line looks like is a matter of [`crate::source`], which reads it; where bytes go is the caller's.

mod cdxj;
mod sources;
mod surt;
mod warc;

use crate::engine::{InputRecord, InputState};
use crate::error::{Error, IndexError};
use crate::index::{Index, IndexSearcher};
use crate::query::Query;
use crate::source::Exported;
pub use sources::Missing;

/// What of an index is given out, in order of place.
pub struct Selection<'s> {
    searcher: &'s IndexSearcher,
    /// Lines that tell of no input.
    heads: Vec<Exported>,
    /// Inputs that articles were made of.
    articles: Vec<InputRecord>,
    /// All others: copies, and what gave no article.
    others: Vec<InputRecord>,
}

impl<'s> Selection<'s> {
    /// All of `index`, which `searcher` searches, or the articles that match `query` and their copies. Before all is given
    /// out the files are checked: damage may hide a part, and an export is kept for long.
    ///
    /// # Errors
    ///
    /// If the index can't be read, or is damaged.
    pub fn of(index: &Index, searcher: &'s IndexSearcher, query: Option<&Query>) -> Result<Self, Error> {
        let mut inputs = match query {
            Some(query) => searcher.inputs_of_all(&searcher.matching(query)?)?,
            None => {
                index.check_files()?;
                searcher.all_inputs()?
            }
        };
        inputs.retain(|input| input.state != InputState::Container);
        inputs.sort_unstable_by(|a, b| a.locator.cmp(&b.locator));
        let (articles, others) = inputs.into_iter().partition(|input| input.state == InputState::Indexed);
        let recurring = index.recurring()?;
        let is_told = query.is_none() && !recurring.is_empty();
        let heads = is_told.then_some(Exported::Recurring(recurring)).into_iter().collect();
        Ok(Self { searcher, heads, articles, others })
    }

    /// How many articles there are.
    #[must_use]
    pub fn article_count(&self) -> usize {
        self.articles.len()
    }

    /// Tells `each` of every line of the export: articles first, since the others speak of them.
    ///
    /// # Errors
    ///
    /// If the index can't be read, or `each` fails.
    pub fn each_line<E: From<Error>>(
        &self,
        mut each: impl FnMut(&Exported) -> Result<(), E>,
    ) -> Result<(), E> {
        for head in &self.heads {
            each(head)?;
        }
        for record in &self.articles {
            let article = self.article(record)?;
            each(&Exported::Input { record: Box::new(record.clone()), article: Some(Box::new(article)) })?;
        }
        for record in &self.others {
            each(&Exported::Input { record: Box::new(record.clone()), article: None })?;
        }
        Ok(())
    }

    fn article(&self, record: &InputRecord) -> Result<crate::engine::StoredArticle, Error> {
        let found = record.article.map(|id| self.searcher.article(id)).transpose()?.flatten();
        let damaged = || IndexError::Damaged {
            path: self.searcher.path().to_owned(),
            reason: format!("the article of {} isn't there", record.locator),
        };
        Ok(found.ok_or_else(damaged)?)
    }
}
