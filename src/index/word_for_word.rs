//! The articles that have a query of several words as it is typed, word for word.
//!
//! Half a sentence of common words, in a long text, is outdone by texts that have these words more often: few
//! candidates of the whole index have a quotation that is not marked as one. They are chosen beside the others, and
//! ranked as all are.

use tantivy::Term;
use tantivy::query::PhraseQuery;

use super::candidates::{BestArticles, Scored};
use super::cost::Cost;
use super::lower::Lowering;
use super::reader::IndexSearcher;
use super::statistics::Statistics;
use crate::query::{Form, Occur, Query, Weight};

/// Words of the shortest query that may be a quotation: what fewer say many texts say.
const FEWEST_WORDS: usize = 5;

/// Most articles that are chosen: a formula stands in thousands, and quotes none.
const MOST_ARTICLES: usize = 20;

impl IndexSearcher {
    /// `best`, the candidates for `query`, with those that have it word for word, `limit` in all. They come first, so
    /// that they compete with the best, however many are asked for.
    pub(super) fn with_word_for_word(
        &self,
        query: &Query,
        lowering: &mut Lowering<'_>,
        statistics: &Statistics<'_>,
        (best, limit): (Vec<Scored>, usize),
    ) -> tantivy::Result<Vec<Scored>> {
        let Some(terms) = typed_terms(query, lowering) else { return Ok(best) };
        let mut cost = Cost::in_index(self.engine());
        cost.add(&terms)?;
        if self.limits().check(cost.places()).is_err() {
            return Ok(best);
        }
        let collector = BestArticles::new(MOST_ARTICLES.min(limit));
        let phrase = PhraseQuery::new(terms);
        let mut all = self.engine().search_with_statistics_provider(&phrase, &collector, statistics)?;
        let quoting: Vec<_> = all.iter().map(|scored| scored.address).collect();
        all.extend(best.into_iter().filter(|scored| !quoting.contains(&scored.address)));
        all.truncate(limit);
        Ok(all)
    }
}

/// The words of `query` as they are typed; none unless it is several plain words and nothing else.
fn typed_terms(query: &Query, lowering: &mut Lowering<'_>) -> Option<Vec<Term>> {
    let Query::Bag(clauses) = query else { return None };
    if clauses.len() < FEWEST_WORDS || clauses.iter().any(|clause| clause.occur != Occur::Should) {
        return None;
    }
    let exact = lowering.fields.exact;
    let group = lowering.groups.first_mut()?;
    let mut terms = Vec::new();
    for leaf in query.leaves().iter().filter(|leaf| leaf.weight == Weight::FULL) {
        let sequences = group.terms.sequences(leaf);
        let [sequence] = sequences.as_slice() else { return None };
        if leaf.form != Form::Any || leaf.scope.is_some() {
            return None;
        }
        terms.extend(sequence.exact.iter().map(|word| Term::from_field_text(exact, word)));
    }
    (terms.len() >= FEWEST_WORDS).then_some(terms)
}
