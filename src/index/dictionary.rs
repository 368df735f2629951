//! The words of a field that automata stand for, and how many articles have them.
//!
//! An automaton whose words begin in few ways walks the dictionary by itself and is led to its words. All others have
//! to look at every word, and do so together, in one walk. How many of the words a query takes is not decided here.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::termdict::TermStreamer;
use tantivy::{Searcher, SegmentReader, Term};
use tantivy_fst::Automaton;

use crate::text::WordAutomaton;

/// The words that an automaton stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// Those in most articles, the most first, equal ones in order of spelling.
    pub words: Vec<KnownWord>,
    /// How many words there are.
    pub found: usize,
}

/// A word of a dictionary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct KnownWord {
    pub word: String,
    /// How many articles have it.
    pub articles: u64,
    /// About how often it stands in them.
    pub places: u64,
}

/// Of each of `automata` the words of `field`, and the `most` words that most articles have.
pub(super) fn words_of(
    automata: &[&WordAutomaton],
    field: Field,
    searcher: &Searcher,
    most: usize,
) -> tantivy::Result<Vec<Known>> {
    let segments = searcher.segment_readers().iter();
    let indexes =
        segments.map(|segment| segment.inverted_index(field)).collect::<tantivy::Result<Vec<_>>>()?;
    let indexes: Vec<&InvertedIndexReader> = indexes.iter().map(AsRef::as_ref).collect();
    let (wide, narrow): (Vec<usize>, Vec<usize>) =
        (0..automata.len()).partition(|&at| automata[at].begins_anyhow());
    let mut known = vec![Known::default(); automata.len()];
    for at in narrow {
        known[at] = walked(automata[at], &indexes, most)?;
    }
    if !wide.is_empty() {
        let together: Vec<&WordAutomaton> = wide.iter().map(|&at| automata[at]).collect();
        for (at, of_automaton) in wide.into_iter().zip(scanned(&together, &indexes, most)?) {
            known[at] = of_automaton;
        }
    }
    Ok(known)
}

/// All words of `field`, also those that only removed articles have.
pub(super) fn all_words(field: Field, searcher: &Searcher) -> tantivy::Result<BTreeSet<String>> {
    let mut words = BTreeSet::new();
    each_word_of_segments(searcher, field, |word| {
        words.insert(word.to_owned());
    })?;
    Ok(words)
}

/// Those of `words` that `field` has.
pub(super) fn known_of(words: &[String], field: Field, searcher: &Searcher) -> tantivy::Result<Known> {
    let mut commonest = Commonest::of(words.len());
    for word in words {
        let (mut articles, mut places) = (0, 0);
        for segment in searcher.segment_readers() {
            let info = segment.inverted_index(field)?.get_term_info(&Term::from_field_text(field, word))?;
            if let Some(info) = info {
                articles += u64::from(info.doc_freq);
                places += places_of(&info);
            }
        }
        if articles > 0 {
            commonest.offer(word.as_bytes(), articles, places);
        }
    }
    Ok(commonest.known())
}

/// Calls `found` with each word that a segment has in `field`: one segment after the other, in order of spelling in
/// each.
pub(super) fn each_word_of_segments(
    searcher: &Searcher,
    field: Field,
    mut found: impl FnMut(&str),
) -> tantivy::Result<()> {
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut words = index.terms().stream()?;
        while words.advance() {
            if let Ok(word) = std::str::from_utf8(words.key()) {
                found(word);
            }
        }
    }
    Ok(())
}

/// How many words the segments have in `field`, each counted in each of them.
pub(super) fn words_of_segments(searcher: &Searcher, field: Field) -> tantivy::Result<usize> {
    let count = |segment: &SegmentReader| Ok(segment.inverted_index(field)?.terms().num_terms());
    searcher.segment_readers().iter().map(count).sum()
}

/// The words that `automaton` is led to.
fn walked(
    automaton: &WordAutomaton,
    indexes: &[&InvertedIndexReader],
    most: usize,
) -> tantivy::Result<Known> {
    let streams = indexes.iter().map(|index| index.terms().search(Walk(automaton)).into_stream());
    let mut commonest = Commonest::of(most);
    each_word(streams.collect::<Result<Vec<_>, _>>()?, |word, articles, places| {
        commonest.offer(word, articles, places);
    });
    Ok(commonest.known())
}

/// The words of each of `automata`, looking at every word.
fn scanned(
    automata: &[&WordAutomaton],
    indexes: &[&InvertedIndexReader],
    most: usize,
) -> tantivy::Result<Vec<Known>> {
    let streams = indexes.iter().map(|index| index.terms().stream()).collect::<Result<Vec<_>, _>>()?;
    let mut commonest: Vec<Commonest> = automata.iter().map(|_| Commonest::of(most)).collect();
    let mut steps = Steps::of(automata);
    each_word(streams, |word, articles, places| {
        for at in steps.read(word) {
            commonest[at].offer(word, articles, places);
        }
    });
    Ok(commonest.into_iter().map(Commonest::known).collect())
}

/// About how many places a term has in a segment: one takes about a byte.
pub(super) fn places_of(info: &TermInfo) -> u64 {
    u64::from(info.doc_freq).max(info.positions_range.len() as u64)
}

/// Calls `found` with each word of `streams`, in order, with how many articles have it and how often it stands in them.
fn each_word<A: Automaton>(mut streams: Vec<TermStreamer<'_, A>>, mut found: impl FnMut(&[u8], u64, u64)) {
    streams.retain_mut(TermStreamer::advance);
    let mut word: Vec<u8> = Vec::new();
    while let Some(first) = streams.iter().map(TermStreamer::key).min() {
        word.clear();
        word.extend_from_slice(first);
        let (mut articles, mut places) = (0, 0);
        streams.retain_mut(|stream| {
            if stream.key() != word.as_slice() {
                return true;
            }
            articles += u64::from(stream.value().doc_freq);
            places += places_of(stream.value());
            stream.advance()
        });
        found(&word, articles, places);
    }
}

/// Keeps the words in most articles.
struct Commonest {
    most: usize,
    /// Up to twice as many as are kept in the end.
    words: Vec<KnownWord>,
    /// Words that are offered have to be in more articles.
    least: u64,
    found: usize,
}

impl Commonest {
    fn of(most: usize) -> Self {
        Self { most, words: Vec::new(), least: 0, found: 0 }
    }

    /// Takes a word that comes after all before in order of spelling.
    fn offer(&mut self, word: &[u8], articles: u64, places: u64) {
        let Ok(word) = std::str::from_utf8(word) else { return };
        self.found += 1;
        if articles <= self.least {
            return;
        }
        self.words.push(KnownWord { word: word.to_owned(), articles, places });
        if self.words.len() > 2 * self.most {
            self.cut();
            self.least = self.words.last().map_or(0, |last| last.articles);
        }
    }

    fn cut(&mut self) {
        self.words.sort_by_key(|word| Reverse(word.articles));
        self.words.truncate(self.most);
    }

    fn known(mut self) -> Known {
        self.cut();
        Known { words: self.words, found: self.found }
    }
}

/// The states of several automata on the way through words in order: each word goes on from what it shares with the
/// last.
struct Steps<'a> {
    automata: &'a [&'a WordAutomaton],
    /// A row of states for each byte read, after a first one; none where no word can match any more.
    states: Vec<Option<u32>>,
    last: Vec<u8>,
}

impl<'a> Steps<'a> {
    fn of(automata: &'a [&'a WordAutomaton]) -> Self {
        let states = automata.iter().map(|automaton| Some(automaton.start())).collect();
        Self { automata, states, last: Vec::new() }
    }

    /// The numbers of the automata that stand for `word`.
    fn read(&mut self, word: &[u8]) -> impl Iterator<Item = usize> {
        let row = self.automata.len();
        let shared = word.iter().zip(&self.last).take_while(|(byte, last)| byte == last).count();
        self.states.truncate((shared + 1) * row);
        for &byte in &word[shared..] {
            let before = self.states.len() - row;
            for (at, automaton) in self.automata.iter().enumerate() {
                let next = self.states[before + at].map(|state| automaton.next(state, byte));
                self.states.push(next.filter(|&state| automaton.can_match(state)));
            }
        }
        self.last.clear();
        self.last.extend_from_slice(word);
        let last = self.states[self.states.len() - row..].iter().zip(self.automata).enumerate();
        last.filter_map(|(at, (state, automaton))| state.is_some_and(|s| automaton.is_match(s)).then_some(at))
    }
}

/// Walks a dictionary.
struct Walk<'a>(&'a WordAutomaton);

impl Automaton for Walk<'_> {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.start()
    }

    fn is_match(&self, state: &u32) -> bool {
        self.0.is_match(*state)
    }

    fn can_match(&self, state: &u32) -> bool {
        self.0.can_match(*state)
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.next(*state, byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_order_are_read_from_what_they_share() {
        let automata = ["*a*", "*an", "b*"].map(|pattern| WordAutomaton::wildcard(pattern).unwrap());
        let automata: Vec<&WordAutomaton> = automata.iter().collect();
        let mut steps = Steps::of(&automata);
        for word in ["", "a", "ban", "bane", "bank", "can", "co", "cod", "e"] {
            let each: Vec<usize> = (0..3).filter(|&at| automata[at].matches(word)).collect();
            assert_eq!(steps.read(word.as_bytes()).collect::<Vec<_>>(), each, "{word}");
        }
    }

    #[test]
    fn the_commonest_are_kept_and_all_are_counted() {
        let mut commonest = Commonest::of(2);
        for (word, articles) in [("a", 2), ("b", 3), ("c", 1), ("d", 2), ("e", 3), ("f", 2), ("g", 9)] {
            commonest.offer(word.as_bytes(), articles, 10 * articles);
        }
        let known = commonest.known();
        let words: Vec<(&str, u64)> =
            known.words.iter().map(|word| (word.word.as_str(), word.articles)).collect();
        assert_eq!((words.as_slice(), known.found), (&[("g", 9), ("b", 3)][..], 7));
    }
}
