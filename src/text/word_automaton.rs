//! [`WordAutomaton`]: which words a wildcard, a regular expression or a misspelling stands for.
//!
//! An automaton over the bytes of a word, of bounded size, so that it can also walk a dictionary. It takes
//! what it is given as it is: folding is the caller's matter.

use std::fmt;
use std::sync::LazyLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::primitives::StateID;
use regex_automata::util::start;
use regex_automata::util::syntax;
use regex_automata::{Anchored, MatchKind};

/// Bytes of what the automaton of a pattern is made from: three times that of `\w+e\w*t`. The time to make it grows
/// with them and with the states that come of it, and `\w*{49}` has many of the one for few of the other.
const MAX_NFA_BYTES: usize = 128 << 10;

/// Bytes of the sets of places in a pattern that the states of its automaton stand for, while it is made: four times
/// what `\w+e\w*t` needs. Of `.gw=_+{24}{49}` each state has a set of hundreds, and the time to make them grows with
/// those.
const MAX_SETS_BYTES: usize = 128 << 10;

/// Most edits between a word and a misspelling of it.
pub const MAX_EDITS: u8 = 2;

/// First letters of a to z that the words of a pattern may have for a dictionary to be walked by them.
const MAX_BEGINNINGS: usize = 8;

/// What tells the words of a pattern from others.
pub struct WordAutomaton(Kind);

enum Kind {
    Pattern { dfa: Box<dense::DFA<Vec<u32>>>, start: StateID },
    Fuzzy(DFA),
}

/// A regular expression that can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatternError {
    /// It isn't one.
    Syntax,
    /// It would need too large an automaton.
    TooComplex,
}

impl WordAutomaton {
    /// Bytes that the automaton of a pattern may take: thirty times what alternatives of twenty long words need, three
    /// times what `\w+e\w*t` does.
    pub const MAX_BYTES: usize = 1 << 20;

    /// Bytes that it takes; of a misspelling none are counted, since it is small.
    #[must_use]
    pub fn bytes(&self) -> usize {
        match &self.0 {
            Kind::Pattern { dfa, .. } => dfa.memory_usage(),
            Kind::Fuzzy(_) => 0,
        }
    }

    /// The words that `pattern` stands for: `*` is any run of characters, maybe none, `?` is any one.
    ///
    /// # Errors
    ///
    /// If it is too complex.
    pub fn wildcard(pattern: &str) -> Result<Self, PatternError> {
        let mut regex = String::with_capacity(pattern.len() * 2);
        let mut encoded = [0; 4];
        for c in pattern.chars() {
            match c {
                // Several side by side mean the same as one, and cost more.
                '*' if regex.ends_with(".*") => {}
                '*' => regex.push_str(".*"),
                '?' => regex.push('.'),
                c => regex.push_str(&escaped(c.encode_utf8(&mut encoded))),
            }
        }
        Self::regex(&regex)
    }

    /// The words that the regular expression `pattern` matches as a whole, in any case.
    ///
    /// # Errors
    ///
    /// If it isn't one, or is too complex.
    pub fn regex(pattern: &str) -> Result<Self, PatternError> {
        let syntax = syntax::Config::new().case_insensitive(true).dot_matches_new_line(true).nest_limit(32);
        let hir = syntax::parse_with(pattern, &syntax).map_err(|_| PatternError::Syntax)?;
        let nfa = thompson::Compiler::new()
            .configure(thompson::Config::new().nfa_size_limit(Some(MAX_NFA_BYTES)).shrink(false))
            .build_from_hir(&hir)
            .map_err(|_| PatternError::TooComplex)?;
        // What matches is the whole word, whichever alternative comes first.
        let config = dense::Config::new()
            .match_kind(MatchKind::All)
            .start_kind(StartKind::Anchored)
            .dfa_size_limit(Some(Self::MAX_BYTES))
            .determinize_size_limit(Some(MAX_SETS_BYTES));
        let dfa = dense::Builder::new().configure(config).build_from_nfa(&nfa);
        let dfa = dfa.map_err(|_| PatternError::TooComplex)?;
        let start = dfa.start_state(&start::Config::new().anchored(Anchored::Yes));
        let start = start.map_err(|_| PatternError::TooComplex)?;
        Ok(Self(Kind::Pattern { dfa: Box::new(dfa), start }))
    }

    /// The words that differ from `word` by at most `edits` letters that are missing, added, replaced or
    /// swapped with their neighbour; never more than [`MAX_EDITS`].
    #[must_use]
    pub fn fuzzy(word: &str, edits: u8) -> Self {
        // Building a builder takes longer than using it.
        static BUILDERS: LazyLock<[LevenshteinAutomatonBuilder; 2]> =
            LazyLock::new(|| [1, MAX_EDITS].map(|edits| LevenshteinAutomatonBuilder::new(edits, true)));
        Self(Kind::Fuzzy(BUILDERS[usize::from(edits > 1)].build_dfa(word)))
    }

    /// Whether `word` is one of the words.
    #[must_use]
    pub fn matches(&self, word: &str) -> bool {
        let mut state = self.start();
        for byte in word.bytes() {
            state = self.next(state, byte);
            if !self.can_match(state) {
                return false;
            }
        }
        self.is_match(state)
    }

    /// The state before the first byte.
    #[must_use]
    pub fn start(&self) -> u32 {
        match &self.0 {
            Kind::Pattern { start, .. } => start.as_u32(),
            Kind::Fuzzy(dfa) => dfa.initial_state(),
        }
    }

    /// Whether words that begin in any way may be among the words: they are looked for in the whole of a dictionary.
    #[must_use]
    pub fn begins_anyhow(&self) -> bool {
        if matches!(self.0, Kind::Fuzzy(_)) {
            // Nearly any letter may come first, and then hardly any second.
            return false;
        }
        let start = self.start();
        let beginnings = (b'a'..=b'z').filter(|&byte| self.can_match(self.next(start, byte)));
        beginnings.count() > MAX_BEGINNINGS
    }

    /// The state behind `byte`.
    #[must_use]
    pub fn next(&self, state: u32, byte: u8) -> u32 {
        match &self.0 {
            Kind::Pattern { dfa, .. } => dfa.next_state(state_id(state), byte).as_u32(),
            Kind::Fuzzy(dfa) => dfa.transition(state, byte),
        }
    }

    /// Whether a word may end here.
    #[must_use]
    pub fn is_match(&self, state: u32) -> bool {
        match &self.0 {
            Kind::Pattern { dfa, .. } => dfa.is_match_state(dfa.next_eoi_state(state_id(state))),
            Kind::Fuzzy(dfa) => matches!(dfa.distance(state), Distance::Exact(_)),
        }
    }

    /// Whether any word may go on from here.
    #[must_use]
    pub fn can_match(&self, state: u32) -> bool {
        match &self.0 {
            Kind::Pattern { dfa, .. } => {
                let state = state_id(state);
                !dfa.is_dead_state(state) && !dfa.is_quit_state(state)
            }
            Kind::Fuzzy(_) => state != SINK_STATE,
        }
    }
}

impl fmt::Debug for WordAutomaton {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Kind::Pattern { .. } => "pattern",
            Kind::Fuzzy(_) => "fuzzy",
        })
    }
}

/// The state that was given out as a number; states are far below the limit of their ids.
fn state_id(state: u32) -> StateID {
    StateID::new(state as usize).unwrap_or(StateID::ZERO)
}

/// `letter` as a regular expression that matches it alone.
fn escaped(letter: &str) -> String {
    if letter.chars().all(|c| c.is_alphanumeric() || !c.is_ascii()) {
        letter.to_owned()
    } else {
        format!("\\{letter}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn matching<'w>(automaton: &WordAutomaton, words: &[&'w str]) -> Vec<&'w str> {
        words.iter().copied().filter(|word| automaton.matches(word)).collect()
    }

    #[test]
    fn wildcards_stand_for_runs_and_single_characters() {
        let words = ["women", "woman", "wman", "womaan", "superwoman", "wom制n"];
        let matching = |pattern| matching(&WordAutomaton::wildcard(pattern).unwrap(), &words);
        assert_eq!(matching("wom?n"), ["women", "woman", "wom制n"]);
        assert_eq!(matching("w*n"), ["women", "woman", "wman", "womaan", "wom制n"]);
        assert_eq!(matching("*woman"), ["woman", "superwoman"]);
        assert_eq!(matching("wo"), [""; 0]);
        assert_eq!(matching("***").len(), words.len());
    }

    #[test]
    fn a_regular_expression_matches_the_whole_word_in_any_case() {
        let words = ["enriched", "enrichment", "enrich", "unenriched"];
        let matching = |pattern| matching(&WordAutomaton::regex(pattern).unwrap(), &words);
        assert_eq!(matching("Enrich(ed|ment)"), ["enriched", "enrichment"]);
        assert_eq!(matching("(un)?enriched"), ["enriched", "unenriched"]);
    }

    /// `sanction|sanctions` didn't match the plural: the first alternative that matched shut the others out.
    #[test]
    fn an_alternative_may_begin_as_another_does() {
        let regex = WordAutomaton::regex("sanction|sanctions").unwrap();
        assert_eq!(matching(&regex, &["sanction", "sanctions", "sanctio"]), ["sanction", "sanctions"]);
    }

    #[test]
    fn misspellings_are_within_so_many_edits() {
        let words = ["kurilla", "kurila", "kuirla", "kurillas", "kabila", "kuil"];
        assert_eq!(matching(&WordAutomaton::fuzzy("kurila", 1), &words), ["kurilla", "kurila", "kuirla"]);
        assert_eq!(
            matching(&WordAutomaton::fuzzy("kurila", 2), &words),
            ["kurilla", "kurila", "kuirla", "kurillas", "kabila", "kuil"]
        );
    }

    #[test]
    fn what_is_no_expression_or_too_complex_is_refused() {
        for wrong in ["a(", "[", "*", "a{2,1}"] {
            assert_eq!(WordAutomaton::regex(wrong).unwrap_err(), PatternError::Syntax, "{wrong}");
        }
        for complex in ["\\w*{49}", "(a|b)*a(a|b){30}", "\\w{5000}", "((a{100}){100}){100}"] {
            assert_eq!(WordAutomaton::regex(complex).unwrap_err(), PatternError::TooComplex, "{complex}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_an_automaton_or_refused(pattern in "\\PC{0,30}", word in "\\PC{0,10}") {
            for automaton in [WordAutomaton::wildcard(&pattern), WordAutomaton::regex(&pattern)] {
                let _ = automaton.map(|automaton| automaton.matches(&word));
            }
            prop_assert!(WordAutomaton::fuzzy(&pattern, 2).matches(&pattern));
        }
    }
}
