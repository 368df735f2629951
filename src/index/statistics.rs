//! Term statistics by language: an article competes with those of its own language.
//!
//! Tantivy counts documents over the whole index, records of inputs and other languages included.
//! BM25 only looks at ratios, so each field's counts are scaled up to the number that Tantivy is told.
//! Where few articles are in a language, what they say of a word's rarity is smoothed with what all do. A word that few
//! of them have since it is another language's is no rarer there than in that one.

use std::collections::HashMap;

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::fields::{ARTICLE, Fields};
use super::languages::{Group, GroupTerms};
use super::lengths::Lengths;
use crate::model::Language;
use crate::query::Query;
use crate::rank::inverse_frequency;

/// Articles that a language needs for its own counts to weigh as much as those of the whole index: so few that
/// a language of a thousand goes by its own, so many that a page taken for Latin isn't alone in holding a word.
const PRIOR_ARTICLES: f64 = 200.0;

/// Counts for BM25, by field.
pub(super) struct Statistics<'a> {
    searcher: &'a Searcher,
    lengths: &'a Lengths,
    articles: u64,
    /// The languages, each with a field that not all articles have.
    present: &'a [Group],
    /// Of the query's stems: where the word is found in all languages.
    found_by_word: HashMap<Term, FoundByWord>,
}

/// Where a word of a query is found, as each language has it.
#[derive(Clone, Copy, Default)]
struct FoundByWord {
    /// Articles of all languages.
    articles: u64,
    /// The share of articles that has it at least where it is a stranger: that of the language that has it most.
    least_share: f64,
}

impl FoundByWord {
    /// What holds for a stem of this word and of `other`.
    fn or(self, other: Self) -> Self {
        Self {
            articles: self.articles.max(other.articles),
            least_share: self.least_share.max(other.least_share),
        }
    }
}

impl<'a> Statistics<'a> {
    /// Counts of what `searcher` sees, with the `lengths` of its fields; `present` are the languages of its articles,
    /// `groups` says how each reads `query`, which is in the language `own`.
    pub fn new(
        searcher: &'a Searcher,
        lengths: &'a Lengths,
        fields: &Fields,
        present: &'a [Group],
        (query, own): (&Query, Language),
        groups: &mut [GroupTerms],
    ) -> tantivy::Result<Self> {
        let articles = searcher.doc_freq(&Term::from_field_text(fields.kind, ARTICLE))?.max(1);
        let mut statistics = Self { searcher, lengths, articles, present, found_by_word: HashMap::new() };
        if groups.len() > 1 {
            statistics.found_by_word = statistics.found_by_word(query, own, groups)?;
        }
        Ok(statistics)
    }

    /// The inverse document frequency of `term` among the articles that have its field, as Tantivy has it.
    pub fn idf(&self, term: &Term) -> tantivy::Result<f64> {
        self.idf_of_any(std::slice::from_ref(term))
    }

    /// The same of `terms` as if they were one term.
    pub fn idf_of_any(&self, terms: &[Term]) -> tantivy::Result<f64> {
        let mut found = 0;
        for term in terms {
            found += Bm25StatisticsProvider::doc_freq(self, term)?;
        }
        Ok(inverse_frequency(found.min(self.articles) as f64, self.articles as f64))
    }

    /// How many articles there are.
    pub fn articles(&self) -> u64 {
        self.articles
    }

    /// The mean number of tokens that `field` has in the articles that have it.
    pub fn mean_tokens(&self, field: Field) -> tantivy::Result<f64> {
        Ok(self.tokens(field)? as f64 / self.articles_with(field) as f64)
    }

    fn group_of(&self, field: Field) -> Option<&Group> {
        self.present.iter().find(|group| group.field == field)
    }

    fn articles_with(&self, field: Field) -> u64 {
        self.group_of(field).map_or(self.articles, |group| group.articles).max(1)
    }

    fn documents_with(&self, term: &Term) -> tantivy::Result<u64> {
        match self.group_of(term.field()) {
            Some(group) => group.doc_freq(self.searcher, term),
            None => self.searcher.doc_freq(term),
        }
    }

    fn tokens(&self, field: Field) -> tantivy::Result<u64> {
        let lacking = self.group_of(field).map(|group| &group.lacking);
        self.lengths.tokens(self.searcher, field, lacking)
    }

    /// For each stem of `query`, which is in the language `own`, in each of `groups`: where the word is found, by the stem
    /// that each language has for it.
    fn found_by_word(
        &self,
        query: &Query,
        own: Language,
        groups: &mut [GroupTerms],
    ) -> tantivy::Result<HashMap<Term, FoundByWord>> {
        let own = self.present.iter().find(|group| group.language() == own).map(|group| group.field);
        let mut found_by_word: HashMap<Term, FoundByWord> = HashMap::new();
        let mut find = |term: Term, found: FoundByWord| {
            let known = found_by_word.entry(term).or_default();
            *known = known.or(found);
        };
        for leaf in query.leaves() {
            let mut of_word: Vec<(usize, Term)> = Vec::new();
            let mut variants: Vec<(usize, Term)> = Vec::new();
            for group in groups.iter_mut() {
                let field = group.field;
                let sequences = group.terms.sequences(&leaf);
                let term = |stem: &String| Term::from_field_text(field, stem);
                let stems = sequences.iter().flat_map(|sequence| &sequence.stems);
                of_word.extend(stems.map(term).enumerate());
                let readings = sequences.iter().flat_map(|sequence| &sequence.variants);
                variants.extend(readings.flat_map(|reading| reading.tokens.iter().map(term).enumerate()));
            }
            let mut totals: HashMap<usize, Total> = HashMap::new();
            for (at, term) in &of_word {
                totals.entry(*at).or_default().add(term.field(), self.documents_with(term)?);
            }
            for (at, term) in of_word {
                let Total { articles, most, most_in } = totals[&at];
                let is_stranger = most_in != Some(term.field()) && own != Some(term.field());
                let least_share = most_in.filter(|_| is_stranger).map_or(0.0, |leading| {
                    smoothed_share(most, self.articles_with(leading), articles as f64 / self.articles as f64)
                });
                find(term, FoundByWord { articles, least_share });
            }
            // These are found in articles that have been counted, mostly.
            for (at, term) in variants {
                let articles =
                    self.documents_with(&term)?.max(totals.get(&at).map_or(0, |total| total.articles));
                find(term, FoundByWord { articles, least_share: 0.0 });
            }
        }
        Ok(found_by_word)
    }
}

/// How many articles a word is found in, by the stems that languages have for it.
#[derive(Clone, Copy, Default)]
struct Total {
    articles: u64,
    /// The most of one language, and the field of its stems.
    most: u64,
    most_in: Option<Field>,
}

impl Total {
    fn add(&mut self, field: Field, found: u64) {
        self.articles += found;
        if found > self.most {
            (self.most, self.most_in) = (found, Some(field));
        }
    }
}

/// The share of a language's `articles` that a word is in: in `found` of them, and in `share_of_all` of all
/// languages' articles. Dirichlet smoothing: Zhai and Lafferty 2004, section 3.
fn smoothed_share(found: u64, articles: u64, share_of_all: f64) -> f64 {
    (found as f64 + PRIOR_ARTICLES * share_of_all) / (articles as f64 + PRIOR_ARTICLES)
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        let tokens = self.tokens(field)?;
        let scaled = u128::from(tokens) * u128::from(self.articles);
        Ok(scaled.div_ceil(u128::from(self.articles_with(field))).max(1) as u64)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.articles)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let found = self.documents_with(term)?;
        let articles = self.articles as f64;
        let share = match self.found_by_word.get(term) {
            Some(by_word) => {
                let share_of_all = by_word.articles as f64 / articles;
                let share = smoothed_share(found, self.articles_with(term.field()), share_of_all);
                share.max(by_word.least_share)
            }
            None => found as f64 / self.articles_with(term.field()) as f64,
        };
        Ok(((share * articles).ceil() as u64).min(self.articles))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_all_know_is_not_rare_for_being_in_few_articles_of_a_small_language() {
        let in_small = smoothed_share(1, 46, 0.5);
        assert!((in_small - 0.41).abs() < 0.01, "{in_small}");
        assert!((smoothed_share(400, 20_000, 0.5) - 0.02).abs() < 0.01);
    }
}
