//! The words of the index that the patterns of a query stand for.

use std::collections::HashMap;

use tantivy::Searcher;
use tantivy::schema::Field;
use tantivy_fst::Automaton;

use super::fields::Fields;
use crate::query::{Form, Leaf, TextField};
use crate::terms::pattern_slots;
use crate::text::WordAutomaton;

/// Most words that one pattern stands for: of more, those in most articles are taken. Each costs a list of postings.
pub(super) const MAX_WORDS: usize = 1_000;

/// The words of a query's patterns, each in the field that it is looked for in.
#[derive(Default)]
pub(super) struct Expansions {
    patterns: HashMap<(Field, String, Form), Vec<Vec<Expansion>>>,
}

/// The words that a pattern, or one word of it, stands for.
#[derive(Clone, Debug, Default)]
pub(super) struct Expansion {
    /// The words and how many articles have them, the most first; at most [`MAX_WORDS`].
    pub words: Vec<(String, u64)>,
    /// How many words there are.
    pub found: usize,
}

impl Expansions {
    /// The words of those of `leaves` that are patterns.
    pub fn of(leaves: &[Leaf<'_>], searcher: &Searcher, fields: &Fields) -> tantivy::Result<Self> {
        let mut expansions = Self::default();
        for leaf in leaves.iter().filter(|leaf| leaf.is_pattern()) {
            let field = fields.words_of(leaf.scope);
            let key = (field, leaf.text.to_owned(), leaf.form);
            if expansions.patterns.contains_key(&key) {
                continue;
            }
            let mut alternatives = Vec::new();
            for slots in pattern_slots(leaf) {
                let expanded = slots.iter().map(|slot| expanded(slot, field, searcher));
                alternatives.push(expanded.collect::<tantivy::Result<Vec<_>>>()?);
            }
            expansions.patterns.insert(key, alternatives);
        }
        Ok(expansions)
    }

    /// Whether the patterns among `leaves` are all there.
    pub fn covers(&self, leaves: &[Leaf<'_>], fields: &Fields) -> bool {
        let key = |leaf: &Leaf<'_>| (fields.words_of(leaf.scope), leaf.text.to_owned(), leaf.form);
        leaves.iter().filter(|leaf| leaf.is_pattern()).all(|leaf| self.patterns.contains_key(&key(leaf)))
    }

    /// The words of `leaf`, in each way in which it may be meant the words that have to stand side by side.
    pub fn get(&self, leaf: &Leaf<'_>, field: Field) -> &[Vec<Expansion>] {
        self.patterns.get(&(field, leaf.text.to_owned(), leaf.form)).map_or(&[], Vec::as_slice)
    }
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

/// The words of `field` that `automaton` stands for.
fn expanded(automaton: &WordAutomaton, field: Field, searcher: &Searcher) -> tantivy::Result<Expansion> {
    let mut counts: HashMap<String, u64> = HashMap::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut words = index.terms().search(Walk(automaton)).into_stream()?;
        while words.advance() {
            let articles = u64::from(words.value().doc_freq);
            let Ok(word) = std::str::from_utf8(words.key()) else { continue };
            match counts.get_mut(word) {
                Some(count) => *count += articles,
                None => drop(counts.insert(word.to_owned(), articles)),
            }
        }
    }
    let found = counts.len();
    let mut words: Vec<(String, u64)> = counts.into_iter().collect();
    words.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.truncate(MAX_WORDS);
    Ok(Expansion { words, found })
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
