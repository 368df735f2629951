//! Finds the compounds of words among the words of an index: each other part has to be one of them too.
//!
//! What compounds look like is `analysis`' matter. That a part is in half as many articles as its compound is what
//! tells a word from letters that happen to be there (Koehn and Knight, Empirical Methods for Compound Splitting,
//! 2003).

use std::collections::BTreeSet;
use std::path::Path;

use tantivy::{Searcher, Term};

use super::fields::Fields;
use super::languages::Group;
use super::long_words::{LongWords, each_word_with};
use crate::analysis::{Analyzer, Compounds, analysed_as};
use crate::model::Language;

/// Words that may be compounds by their letters of which the other part is looked up: those in most articles.
const MAX_CANDIDATES: usize = 512;

/// A part is a word if it is in at least one in so many of the articles that its compound is in, in the form that
/// stands there: of small archives one has hardly any form twice.
const RARER_THAN_COMPOUND: u64 = 2;

/// A word in more articles than these, and than one in so many, is found well enough by itself, and its compounds are
/// about much else: over the manuals of an office program in six languages, asked by the titles of their pages, nDCG@10
/// is .008 higher with this limit, and .003 lower without one.
const FEW_ARTICLES: u64 = 30;
const RARE_WORD: u64 = 100;

/// Looks compounds up in one index.
pub(super) struct Finder<'i> {
    pub searcher: &'i Searcher,
    pub fields: &'i Fields,
    pub groups: &'i [Group],
    /// The folder of the index.
    pub folder: &'i Path,
    pub long_words: &'i LongWords,
}

/// A word whose compounds are looked for in a group, with what may be one.
struct Sought<'i> {
    /// The number of the word.
    number: usize,
    group: &'i Group,
    compounds: Compounds,
    candidates: BTreeSet<String>,
}

impl Finder<'_> {
    /// The compounds of each of `words`, at most `most`, those in most articles first; `own` is the language that they
    /// are in.
    pub fn of_words(&self, words: &[&str], own: Language, most: usize) -> tantivy::Result<Vec<Vec<String>>> {
        let mut sought = Vec::new();
        for (number, word) in words.iter().enumerate() {
            for group in self.groups {
                let Some(compounds) = Compounds::of(word, group.language()) else { continue };
                if self.is_sought(word, group, own)? {
                    sought.push(Sought { number, group, compounds, candidates: BTreeSet::new() });
                }
            }
        }
        let mut found = vec![Vec::new(); words.len()];
        if sought.is_empty() {
            return Ok(found);
        }
        let Some(long_words) = self.long_words.of(self.searcher, self.fields, self.folder)? else {
            return Ok(found);
        };
        for sought in &mut sought {
            for trace in sought.compounds.traces() {
                each_word_with(long_words, &trace, |word| {
                    if sought.compounds.may_be(word) {
                        sought.candidates.insert(word.to_owned());
                    }
                });
            }
        }
        for sought in sought {
            let number = sought.number;
            let of_word: &mut Vec<String> = &mut found[number];
            of_word.extend(self.compounds(sought, most)?);
        }
        Ok(found)
    }

    /// Whether `word` is in few articles of `group`, and one of its language: of the query's, or if that isn't known of
    /// none that makes no compounds and has it in a larger share of its articles.
    fn is_sought(&self, word: &str, group: &Group, own: Language) -> tantivy::Result<bool> {
        let with_word = self.articles_with(word, group)?;
        if with_word > FEW_ARTICLES.max(group.articles / RARE_WORD) {
            return Ok(false);
        }
        if own != Language::UNKNOWN {
            return Ok(analysed_as(own) == group.language());
        }
        let share = with_word as f64 / group.articles.max(1) as f64;
        let makes_none = |other: &&Group| Compounds::of(word, other.language()).is_none();
        for other in self.groups.iter().filter(makes_none) {
            if self.articles_with(word, other)? as f64 / other.articles.max(1) as f64 > share {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// How many articles of `group` have `word`, in any form.
    fn articles_with(&self, word: &str, group: &Group) -> tantivy::Result<u64> {
        let mut most = 0;
        let sequences = Analyzer::new(group.language()).word_sequences(word);
        for stem in sequences.iter().flat_map(|sequence| &sequence.stems) {
            most = group.doc_freq(self.searcher, &Term::from_field_text(group.field, stem))?.max(most);
        }
        Ok(most)
    }

    /// The compounds among the candidates of `sought`.
    fn compounds(&self, sought: Sought<'_>, most: usize) -> tantivy::Result<Vec<String>> {
        let Sought { group, compounds, candidates, .. } = sought;
        let mut candidates = candidates
            .into_iter()
            .map(|word| Ok((self.searcher.doc_freq(&Term::from_field_text(self.fields.exact, &word))?, word)))
            .collect::<tantivy::Result<Vec<(u64, String)>>>()?;
        candidates.sort_unstable_by(|(of_one, one), (of_other, other)| {
            of_other.cmp(of_one).then_with(|| one.cmp(other))
        });
        candidates.truncate(MAX_CANDIDATES);
        let mut found = Vec::new();
        for (articles, word) in candidates {
            if found.len() >= most {
                break;
            }
            for part in compounds.other_parts(&word) {
                let with_part = self.searcher.doc_freq(&Term::from_field_text(self.fields.exact, &part))?;
                if with_part * RARER_THAN_COMPOUND >= articles.max(1) && self.articles_with(&part, group)? > 0
                {
                    found.push(word);
                    break;
                }
            }
        }
        Ok(found)
    }
}
