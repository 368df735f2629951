//! The articles that have a query of several words as it is typed, word for word, or parts of it.
//!
//! Half a sentence of common words, in a long text, is outdone by texts that have these words more often: few
//! candidates of the whole index have a quotation that is not marked as one. They are chosen beside the others, and
//! ranked as all are.

use tantivy::Term;
use tantivy::query::PhraseQuery;

use super::candidates::{BestArticles, Scored, add_new};
use super::cost::Cost;
use super::lower::Lowering;
use super::reader::IndexSearcher;
use super::statistics::Statistics;
use crate::query::{Form, Occur, Query, Weight};

/// Words of the shortest query that may be a quotation: what fewer say many texts say.
const FEWEST_WORDS: usize = 5;

/// Most articles that are chosen for all of the words, and as many for parts of them: a formula stands in thousands,
/// and quotes none.
const MOST_ARTICLES: usize = 20;

/// Words of a part. Of a sentence in which a word is wrong, or left out, parts of it are right.
const PART_WORDS: usize = 4;

/// Words from where a part begins to where the next does: with 1 no more quotations are found.
const PART_STEP_WORDS: usize = 2;

/// Most articles that are chosen for one part: with 10 no more quotations are found.
const MOST_ARTICLES_OF_PART: usize = 5;

/// Most parts of a query that are looked for. It bounds the time.
const MOST_PARTS: usize = 32;

/// Most places of words that are looked at for all parts: some three milliseconds. The cheapest come first, which have
/// the rarest words.
const MOST_PLACES_OF_PARTS: f64 = 1_000_000.0;

impl IndexSearcher {
    /// `best`, the candidates for `query`, with those that have it word for word, or parts of it, `limit` in all. They
    /// come first, so that they compete with the best, however many are asked for.
    pub(super) fn with_word_for_word(
        &self,
        query: &Query,
        lowering: &mut Lowering<'_>,
        statistics: &Statistics<'_>,
        (best, limit): (Vec<Scored>, usize),
    ) -> tantivy::Result<Vec<Scored>> {
        let Some(terms) = typed_terms(query, lowering) else { return Ok(best) };
        let mut cost = Cost::in_index(self.engine());
        let mut quoting = Vec::new();
        if self.limits().check(cost.of(&terms)?).is_ok() {
            quoting = self.with_phrase(&terms, MOST_ARTICLES, statistics)?;
        }
        let most = quoting.len() + MOST_ARTICLES;
        for part in cheap_parts(&terms, &mut cost)? {
            add_new(&mut quoting, self.with_phrase(part, MOST_ARTICLES_OF_PART, statistics)?);
        }
        quoting.truncate(most);
        add_new(&mut quoting, best);
        quoting.truncate(limit);
        Ok(quoting)
    }

    /// The `most` articles that have `terms` side by side with the highest scores.
    fn with_phrase(
        &self,
        terms: &[Term],
        most: usize,
        statistics: &Statistics<'_>,
    ) -> tantivy::Result<Vec<Scored>> {
        let phrase = PhraseQuery::new(terms.to_vec());
        self.engine().search_with_statistics_provider(&phrase, &BestArticles::new(most), statistics)
    }
}

/// The parts of `terms` that may be looked for by what they cost, the cheapest first.
fn cheap_parts<'t>(terms: &'t [Term], cost: &mut Cost<'_>) -> tantivy::Result<Vec<&'t [Term]>> {
    let parts = terms.windows(PART_WORDS).step_by(PART_STEP_WORDS).take(MOST_PARTS);
    let mut parts =
        parts.map(|part| Ok((cost.of(part)?, part))).collect::<tantivy::Result<Vec<(f64, &[Term])>>>()?;
    parts.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut left = MOST_PLACES_OF_PARTS;
    let is_cheap = |(places, _): &(f64, &[Term])| {
        left -= places;
        left >= 0.0
    };
    Ok(parts.into_iter().take_while(is_cheap).map(|(_, part)| part).collect())
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
