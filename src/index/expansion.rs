//! The words of the index that the patterns of a query stand for, as many as one query may read.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::cost::PatternLimit;
use super::dictionary::{Known, known_of, words_of};
use super::fields::Fields;
use super::term_set::TermSet;
use crate::analysis::fold;
use crate::query::{Form, Leaf, TextField};
use crate::terms::pattern_readings;
use crate::text::WordAutomaton;

/// Most words that one pattern stands for: of more, those in most articles are taken. Each costs a list of postings.
pub(super) const MAX_WORDS: usize = 1_000;

/// Most words that all patterns of a query stand for.
const MAX_WORDS_OF_QUERY: u64 = 4_000;

/// The words of a query's patterns, each in the field that it is looked for in.
#[derive(Default)]
pub(super) struct Expansions {
    patterns: HashMap<Key, Vec<Vec<Expansion>>>,
}

/// A pattern, and where it is looked for.
type Key = (Field, String, Form);

/// The words that a pattern, or one word of it, stands for.
#[derive(Clone, Debug, Default)]
pub(super) struct Expansion {
    /// The words that are looked for and how many articles have them, the most first; at most [`MAX_WORDS`].
    pub words: Vec<(String, u64)>,
    /// The same as terms.
    pub terms: Arc<TermSet>,
    /// How many words there are.
    pub found: usize,
    /// How many words in more articles than the last that is looked for are left out, since they stand at too many
    /// places.
    pub too_common: usize,
}

impl Expansions {
    /// The words of those of `leaves` that are patterns, as many as `limit` lets all of them have.
    pub fn of(
        leaves: &[Leaf<'_>],
        searcher: &Searcher,
        fields: &Fields,
        limit: PatternLimit,
    ) -> tantivy::Result<Self> {
        let mut slots: BTreeMap<Field, Vec<(Key, usize, WordAutomaton)>> = BTreeMap::new();
        let mut patterns: HashMap<Key, Vec<Vec<Expansion>>> = HashMap::new();
        let mut found: Vec<(Key, usize, Known)> = Vec::new();
        for leaf in leaves.iter().filter(|leaf| leaf.is_pattern()) {
            let key = key(leaf, fields);
            if patterns.contains_key(&key) {
                continue;
            }
            if let Some(words) = listed(leaf) {
                patterns.insert(key.clone(), vec![Vec::new()]);
                found.push((key.clone(), 0, known_of(&words, key.0, searcher)?));
                continue;
            }
            let readings = pattern_readings(leaf);
            patterns.insert(key.clone(), vec![Vec::new(); readings.len()]);
            let of_field = slots.entry(key.0).or_default();
            for (reading, of_reading) in readings.into_iter().enumerate() {
                of_field
                    .extend(of_reading.slots.into_iter().map(|automaton| (key.clone(), reading, automaton)));
            }
        }
        for (field, slots) in slots {
            let automata: Vec<&WordAutomaton> = slots.iter().map(|(_, _, automaton)| automaton).collect();
            let known = words_of(&automata, field, searcher, MAX_WORDS)?;
            found
                .extend(slots.into_iter().zip(known).map(|((key, reading, _), known)| (key, reading, known)));
        }
        let too_common = shorten(&mut found, limit);
        for ((key, reading, known), too_common) in found.into_iter().zip(too_common) {
            let expansion = Expansion { too_common, ..Expansion::of(key.0, known) };
            if let Some(readings) = patterns.get_mut(&key) {
                readings[reading].push(expansion);
            }
        }
        Ok(Self { patterns })
    }

    /// Whether the patterns among `leaves` are all there.
    pub fn covers(&self, leaves: &[Leaf<'_>], fields: &Fields) -> bool {
        leaves
            .iter()
            .filter(|leaf| leaf.is_pattern())
            .all(|leaf| self.patterns.contains_key(&key(leaf, fields)))
    }

    /// The words of `leaf`, in each way in which it may be meant the words that have to stand side by side.
    pub fn get(&self, leaf: &Leaf<'_>, field: Field) -> &[Vec<Expansion>] {
        self.patterns.get(&(field, leaf.text.to_owned(), leaf.form)).map_or(&[], Vec::as_slice)
    }
}

/// The words that `leaf` names one by one, folded: they needn't be looked for in the dictionary. None if it is another
/// pattern.
fn listed(leaf: &Leaf<'_>) -> Option<Vec<String>> {
    let names_words = leaf.form == Form::Regex
        && leaf.text.split('|').all(|word| !word.is_empty() && word.chars().all(char::is_alphanumeric));
    if !names_words {
        return None;
    }
    let mut words: Vec<String> = leaf.text.split('|').map(|word| fold(word).into_owned()).collect();
    words.sort_unstable();
    words.dedup();
    words.truncate(MAX_WORDS);
    Some(words)
}

fn key(leaf: &Leaf<'_>, fields: &Fields) -> Key {
    (fields.words_of(leaf.scope), leaf.text.to_owned(), leaf.form)
}

impl Fields {
    /// The field of the words of `scope`, as written.
    pub(super) fn words_of(&self, scope: Option<TextField>) -> Field {
        match scope {
            None => self.exact,
            Some(TextField::Title) => self.title_exact,
            Some(TextField::Heading) => self.heading_exact,
            Some(TextField::Author) => self.author,
            Some(TextField::Publisher) => self.publisher,
            Some(TextField::Section) => self.section,
            Some(TextField::Url) => self.url,
            Some(TextField::Source) => self.source,
        }
    }

    /// The field of the marked stems of `scope`, if it has one.
    pub(super) fn stems_of(&self, scope: TextField) -> Option<Field> {
        match scope {
            TextField::Title => Some(self.title),
            TextField::Heading => Some(self.heading),
            _ => None,
        }
    }
}

impl Expansion {
    fn of(field: Field, known: Known) -> Self {
        let terms = known.words.iter().map(|word| Term::from_field_text(field, &word.word)).collect();
        let words = known.words.into_iter().map(|word| (word.word, word.articles)).collect();
        Self { terms: TermSet::of(terms), words, found: known.found, too_common: 0 }
    }
}

/// Leaves of each pattern the words in most articles, as many as its share of what the query may read allows. A word
/// that would take all of the share by itself is left out, if there are others. Returns how many are, of each.
fn shorten(found: &mut [(Key, usize, Known)], limit: PatternLimit) -> Vec<usize> {
    let works: Vec<Vec<u64>> = found.iter().map(|(.., known)| works(known, limit)).collect();
    let whole: Vec<u64> = works.iter().map(|works| works.iter().sum()).collect();
    let words: Vec<u64> = works.iter().map(|works| works.len() as u64).collect();
    let (share_of_work, most_words) =
        (share(&whole, limit.most()), share(&words, MAX_WORDS_OF_QUERY) as usize);
    let shorten = |((.., known), works): (&mut (Key, usize, Known), Vec<u64>)| {
        let (mut left, mut kept, mut too_common, mut last) = (share_of_work, Vec::new(), 0, 0);
        for (at, work) in works.into_iter().enumerate() {
            if work > share_of_work {
                too_common += 1;
            } else if work > left || kept.len() >= most_words.max(1) {
                break;
            } else {
                left -= work;
                last = at;
                kept.push(at);
            }
        }
        if kept.is_empty() {
            known.words.truncate(1);
            return 0;
        }
        let mut at = 0..=last;
        known.words.truncate(last + 1);
        known.words.retain(|_| at.next().is_some_and(|at| kept.binary_search(&at).is_ok()));
        too_common
    };
    found.iter_mut().zip(works).map(shorten).collect()
}

/// What each word takes.
fn works(known: &Known, limit: PatternLimit) -> Vec<u64> {
    known.words.iter().map(|word| limit.of_word(word.articles, word.places)).collect()
}

/// The most that each of several may have who ask for `wanted`, so that all together have at most `most`: whoever asks
/// for less than an equal share leaves the rest to the others.
fn share(wanted: &[u64], most: u64) -> u64 {
    let mut wanted = wanted.to_vec();
    wanted.sort_unstable();
    let (mut left, mut others) = (most, wanted.len() as u64);
    for asked in wanted {
        if asked > left / others {
            return left / others;
        }
        left -= asked;
        others -= 1;
    }
    most
}

#[cfg(test)]
mod tests {
    use super::super::dictionary::KnownWord;
    use super::*;

    #[test]
    fn who_asks_for_little_gets_it_and_the_others_share_the_rest() {
        assert_eq!(share(&[1, 2, 3], 6), 6, "there is enough");
        assert_eq!(share(&[100, 2, 100], 12), 5);
        assert_eq!(share(&[7, 7], 12), 6);
        assert_eq!(share(&[], 12), 12);
    }

    #[test]
    fn a_word_that_would_take_all_is_left_out_for_others() {
        let field = Field::from_field_id(0);
        let kept = |articles: &[u64], most| {
            let word = |&articles: &u64| KnownWord { word: articles.to_string(), articles, places: 0 };
            let known = Known { words: articles.iter().map(word).collect(), found: articles.len() };
            let mut found = [((field, String::new(), Form::Wildcard), 0, known)];
            let too_common = shorten(&mut found, PatternLimit::Postings(most));
            let words: Vec<u64> = found[0].2.words.iter().map(|word| word.articles).collect();
            (words, too_common[0])
        };
        assert_eq!(kept(&[9, 5, 3], 17), (vec![9, 5, 3], 0));
        assert_eq!(kept(&[9, 5, 3, 1], 14), (vec![9, 5], 0));
        assert_eq!(kept(&[90, 5, 3, 1], 8), (vec![5, 3], 1));
        assert_eq!(kept(&[90], 8), (vec![90], 0), "there is nothing else");
    }
}
