//! The articles that have what a query quotes beside other words.
//!
//! The other words choose the candidates: articles that have them more often leave no place for those that have a
//! phrase, whose words are mostly common. So the best of these compete too, and how many there are tells how rare it
//! is.

use std::collections::HashMap;

use tantivy::query::{BooleanQuery, Occur as TantivyOccur};

use super::candidates::{BestArticles, Scored, add_new};
use super::lower::{Lowered, Lowering};
use super::reader::IndexSearcher;
use super::statistics::Statistics;
use crate::query::{Occur, Query};

/// Most articles that are chosen for one phrase: as many as an answer shows of it, twice.
const MOST_ARTICLES: usize = 20;

/// Articles up to which they are counted. What more have is common enough to be among the candidates.
const MOST_COUNTED: usize = 1_000;

/// Most phrases of a query that are looked for so. It bounds the time.
const MOST_PHRASES: usize = 4;

/// In how many articles each of a query's phrases stands, unless they are too many to be counted.
pub(super) type PhraseCounts<'q> = HashMap<&'q str, Option<u64>>;

impl IndexSearcher {
    /// `best`, the candidates for `query`, which is `lowered`, with the best of those that have one of its phrases,
    /// `limit` in all, and how many have each.
    pub(super) fn with_quoted<'q>(
        &self,
        query: &'q Query,
        lowered: &Lowered,
        lowering: &mut Lowering<'_>,
        statistics: &Statistics<'_>,
        (best, limit): (Vec<Scored>, usize),
    ) -> tantivy::Result<(Vec<Scored>, PhraseCounts<'q>)> {
        let mut counts = PhraseCounts::new();
        let mut quoting = Vec::new();
        for (text, phrase) in optional_phrases(query) {
            let with_phrase = BooleanQuery::new(vec![
                (TantivyOccur::Must, lowering.lower(phrase)),
                (TantivyOccur::Must, lowered.box_clone()),
            ]);
            let collector = BestArticles::new(MOST_COUNTED);
            let mut found =
                self.engine().search_with_statistics_provider(&with_phrase, &collector, statistics)?;
            counts.insert(text, (found.len() < MOST_COUNTED).then_some(found.len() as u64));
            found.truncate(MOST_ARTICLES);
            add_new(&mut quoting, found);
        }
        add_new(&mut quoting, best);
        quoting.truncate(limit);
        Ok((quoting, counts))
    }
}

/// The phrases of `query` that an article needn't have.
fn optional_phrases(query: &Query) -> impl Iterator<Item = (&str, &Query)> {
    let clauses = if let Query::Bag(clauses) = query { clauses.as_slice() } else { &[] };
    let optional = clauses.iter().filter(|clause| clause.occur == Occur::Should);
    let phrases = optional.filter_map(|clause| match &clause.query {
        Query::Phrase { text, .. } => Some((text.as_str(), &clause.query)),
        _ => None,
    });
    phrases.take(MOST_PHRASES)
}
