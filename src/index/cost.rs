//! What a query may cost, and what its phrases will, told by the sizes of their lists alone.
//!
//! No clock has a say: the same query over the same index is answered or refused on every machine. What relations take
//! is counted while they are looked for ([`super::meter`]).

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::{Searcher, Term};

use super::dictionary::places_of;
use super::meter::{Meter, PLACES_OF_A_LIST};
use crate::error::IndexError;

/// Places of words that a query may look at for each article of the index: half as many again as the two commonest
/// words of English have on a page.
const MAX_PLACES_PER_ARTICLE: u64 = 160;

/// Articles with any of the words of patterns, each counted for each word, that a query may go through for each article
/// of the index.
const MAX_POSTINGS_PER_ARTICLE: u64 = 60;

/// Which part of the places may be looked at for each thing that is told beside an answer: there may be as many.
const IN_PASSING: u64 = 16;

/// Places of the words of patterns that a query may read for each article of the index, where they count: so much that
/// what they stand beside may be read too.
const MAX_PATTERN_PLACES_PER_ARTICLE: u64 = MAX_PLACES_PER_ARTICLE / 2;

/// Articles that an index has at least for the limits: smaller ones are searched in less time than anybody notices.
const MIN_ARTICLES: u64 = 160_000;

/// The most that one query may do in an index of so many articles.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    articles: u64,
}

impl Limits {
    /// Those of an index with so many articles.
    pub fn of(articles: u64) -> Self {
        Self { articles: articles.max(MIN_ARTICLES) }
    }

    /// What the words of patterns may take.
    pub fn of_patterns(self, is_placed: bool) -> PatternLimit {
        if is_placed {
            PatternLimit::Places(self.articles * MAX_PATTERN_PLACES_PER_ARTICLE)
        } else {
            PatternLimit::Postings(self.articles * MAX_POSTINGS_PER_ARTICLE)
        }
    }

    /// Places that one query may look at.
    fn places(self) -> u64 {
        self.articles * MAX_PLACES_PER_ARTICLE
    }

    /// A meter of what one query may look at.
    pub fn meter(self) -> Arc<Meter> {
        Arc::new(Meter::up_to(self.places()))
    }

    /// A meter of what may be looked at for one thing that is told beside an answer.
    pub fn meter_in_passing(self) -> Arc<Meter> {
        Arc::new(Meter::up_to(self.places() / IN_PASSING))
    }

    /// The error of a query that asks for more.
    pub fn exceeded(self) -> IndexError {
        IndexError::TooCostly { most: self.places() }
    }

    /// Checks that `places` may be read.
    pub fn check(self, places: f64) -> Result<(), IndexError> {
        if places > self.places() as f64 { Err(self.exceeded()) } else { Ok(()) }
    }
}

/// How much may be read for the words of a query's patterns.
#[derive(Clone, Copy, Debug)]
pub(super) enum PatternLimit {
    /// Articles that have them, each counted for each word.
    Postings(u64),
    /// Places, since it matters where they stand.
    Places(u64),
}

impl PatternLimit {
    /// How much that is.
    pub fn most(self) -> u64 {
        let (Self::Postings(most) | Self::Places(most)) = self;
        most
    }

    /// What a word takes that so many articles have at so many places.
    pub fn of_word(self, articles: u64, places: u64) -> u64 {
        match self {
            Self::Postings(_) => articles,
            Self::Places(_) => PLACES_OF_A_LIST as u64 * articles + places,
        }
    }
}

/// How many places are read, and in how many articles.
#[derive(Clone, Copy, Debug, Default)]
struct Work {
    articles: f64,
    places: f64,
}

/// Adds up what is to be read for several things in one index.
pub(super) struct Cost<'s> {
    searcher: &'s Searcher,
    known: HashMap<Term, Work>,
    places: f64,
}

impl<'s> Cost<'s> {
    /// Nothing as yet.
    pub fn in_index(searcher: &'s Searcher) -> Self {
        Self { searcher, known: HashMap::new(), places: 0.0 }
    }

    /// The places to be read.
    pub fn places(&self) -> f64 {
        self.places
    }

    /// Adds what it takes to find `terms` side by side.
    pub fn add(&mut self, terms: &[Term]) -> tantivy::Result<()> {
        self.places += self.of(terms)?;
        Ok(())
    }

    /// The places to be read to find `terms` side by side.
    pub fn of(&mut self, terms: &[Term]) -> tantivy::Result<f64> {
        let words = terms.iter().map(|term| self.of_term(term)).collect::<tantivy::Result<Vec<Work>>>()?;
        Ok(together(&words))
    }

    fn of_term(&mut self, term: &Term) -> tantivy::Result<Work> {
        if let Some(&known) = self.known.get(term) {
            return Ok(known);
        }
        let mut work = Work::default();
        for segment in self.searcher.segment_readers() {
            if let Some(info) = segment.inverted_index(term.field())?.get_term_info(term)? {
                work.articles += f64::from(info.doc_freq);
                work.places += places_of(&info) as f64;
            }
        }
        self.known.insert(term.clone(), work);
        Ok(work)
    }
}

/// The places of `words` in the articles that may have them all: as many as have the rarest.
fn together(words: &[Work]) -> f64 {
    let articles = words.iter().map(|word| word.articles).fold(f64::INFINITY, f64::min);
    let there = |word: &Work| (word.places + word.articles) * (articles / word.articles.max(1.0)).min(1.0);
    words.iter().map(there).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rare_word_makes_a_common_one_cheap() {
        let (common, rare) =
            (Work { articles: 1_000.0, places: 50_000.0 }, Work { articles: 2.0, places: 2.0 });
        assert_eq!(together(&[common, rare]), (100.0 + 2.0) + (2.0 + 2.0));
        assert_eq!(together(&[]), 0.0);
    }

    #[test]
    fn the_limit_grows_with_the_index_and_small_ones_have_room() {
        let most = (MIN_ARTICLES * MAX_PLACES_PER_ARTICLE) as f64;
        assert!(Limits::of(10).check(most).is_ok());
        let error = Limits::of(10).check(most + 1.0).unwrap_err();
        assert!(matches!(error, IndexError::TooCostly { most: 25_600_000 }));
        assert!(Limits::of(10 * MIN_ARTICLES).check(10.0 * most).is_ok());
    }
}
