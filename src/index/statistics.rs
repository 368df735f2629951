//! Term statistics by language: an article competes with those of its own language.
//!
//! Tantivy counts documents over the whole index, records of inputs and other languages included.
//! BM25 only looks at ratios, so each field's counts are scaled up to the number that Tantivy is told.

use std::collections::HashMap;

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::fields::{ARTICLE, Fields};

/// Counts for BM25, by field.
pub(super) struct Statistics {
    searcher: Searcher,
    articles: u64,
    /// Articles that have the field, where that is fewer than all.
    articles_with: HashMap<Field, u64>,
}

impl Statistics {
    /// Counts of what `searcher` sees; `groups` says how many articles each field of stems is in.
    pub fn new(searcher: &Searcher, fields: &Fields, groups: &[(Field, u64)]) -> tantivy::Result<Self> {
        let articles = searcher.doc_freq(&Term::from_field_text(fields.kind, ARTICLE))?.max(1);
        Ok(Self { searcher: searcher.clone(), articles, articles_with: groups.iter().copied().collect() })
    }

    /// The inverse document frequency of `term` among the articles that have its field, as Tantivy has it.
    pub fn idf(&self, term: &Term) -> tantivy::Result<f64> {
        let found = Bm25StatisticsProvider::doc_freq(self, term)? as f64;
        Ok((1.0 + (self.articles as f64 - found + 0.5) / (found + 0.5)).ln())
    }

    fn scaled(&self, field: Field, count: u64) -> u64 {
        let with_field = self.articles_with.get(&field).copied().unwrap_or(self.articles).max(1);
        (u128::from(count) * u128::from(self.articles)).div_ceil(u128::from(with_field)) as u64
    }
}

impl Bm25StatisticsProvider for Statistics {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        let tokens = Bm25StatisticsProvider::total_num_tokens(&self.searcher, field)?;
        Ok(self.scaled(field, tokens).max(1))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.articles)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let found = self.searcher.doc_freq(term)?;
        Ok(self.scaled(term.field(), found).min(self.articles))
    }
}
