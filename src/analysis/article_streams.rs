//! [`ArticleStreams`]: the words of an article as two token streams, as they stand and as stems.
//!
//! An article has each of its words about three times. What is to be known of a word is asked for once, and its tokens
//! are a number and a position each until the streams are written.

use super::numbered::Numbered;
use super::remembered::Terms;
use super::stream::{TOKENS_AT_ONCE, write_tokens};

/// Makes the streams of one article after the other, whose words its caller knows something `A` about. It keeps the
/// room that they took.
pub struct ArticleStreams<A> {
    /// Words as they are spelt.
    words: Numbered,
    exact: Numbered,
    stems: Numbered,
    /// By the numbers of words: their terms, and what is known about them.
    known: Vec<(Forms, A)>,
    /// The numbers of the further stems that some of them have.
    other_stems: Vec<u32>,
    /// The number of each token's word, and its position.
    tokens: Vec<(u32, u32)>,
    written: Streams,
}

/// Two token streams, to be read by [`StreamReader`](super::StreamReader).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Streams {
    /// The words, folded.
    pub exact: String,
    /// Their stems.
    pub stems: String,
}

/// Numbers of a word's terms.
#[derive(Clone, Copy)]
struct Forms {
    exact: u32,
    stem: u32,
    /// Where its further stems begin and end in [`ArticleStreams::other_stems`].
    others: (u32, u32),
}

/// A word of the stretch of an article that is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordNumber(u32);

impl<A> Default for ArticleStreams<A> {
    fn default() -> Self {
        Self {
            words: Numbered::default(),
            exact: Numbered::default(),
            stems: Numbered::default(),
            known: Vec::new(),
            other_stems: Vec::new(),
            tokens: Vec::new(),
            written: Streams::default(),
        }
    }
}

impl<A: Copy> ArticleStreams<A> {
    /// Begins an article whose text has so many bytes: what there is of one that wasn't finished is forgotten.
    ///
    /// There is room for its streams at once, mostly: strings that grow leave gaps in memory, and those of a large text
    /// large ones.
    pub fn begin(&mut self, text_bytes: usize) {
        self.forget();
        self.written =
            Streams { exact: String::with_capacity(text_bytes), stems: String::with_capacity(text_bytes) };
    }

    /// The number of the word that is `spelt` so, until the next one is asked for; its terms, and what is known `about`
    /// it given its folded form, are asked for where it's new.
    pub fn word<'t>(
        &mut self,
        spelt: &str,
        terms: impl FnOnce() -> Terms<'t>,
        about: impl FnOnce(&str) -> A,
    ) -> WordNumber {
        WordNumber(self.words.find(spelt).unwrap_or_else(|| self.learn(spelt, &terms(), about)))
    }

    fn learn(&mut self, spelt: &str, terms: &Terms<'_>, about: impl FnOnce(&str) -> A) -> u32 {
        // Words that no token is pushed of would be known for ever.
        if self.known.len() >= TOKENS_AT_ONCE {
            self.write();
        }
        let (exact, stem) = (self.exact.number_of(terms.exact), self.stems.number_of(terms.stem));
        let first = self.other_stems.len() as u32;
        self.other_stems.extend(terms.other_stems.iter().map(|stem| self.stems.number_of(stem)));
        let forms = Forms { exact, stem, others: (first, self.other_stems.len() as u32) };
        self.known.push((forms, about(terms.exact)));
        self.words.number_of(spelt)
    }

    /// What is known about a word.
    #[must_use]
    pub fn about(&self, word: WordNumber) -> A {
        self.known[word.0 as usize].1
    }

    /// Adds a token of `word` at `position`.
    pub fn push(&mut self, word: WordNumber, position: u32) {
        self.tokens.push((word.0, position));
        if self.tokens.len() >= TOKENS_AT_ONCE {
            self.write();
        }
    }

    /// The streams; the next article begins.
    pub fn finish(&mut self) -> Streams {
        self.write();
        std::mem::take(&mut self.written)
    }

    /// Writes the tokens, and forgets them and their words.
    fn write(&mut self) {
        let Self { known, other_stems, .. } = self;
        let forms = self.tokens.iter().map(|&(word, position)| (known[word as usize].0, position));
        let exact = forms.clone().map(|(forms, position)| (forms.exact, position));
        write_tokens(&self.exact, exact, &mut self.written.exact);
        let stems =
            forms.flat_map(|(forms, position)| forms.stems(other_stems).map(move |stem| (stem, position)));
        write_tokens(&self.stems, stems, &mut self.written.stems);
        self.forget();
    }

    /// Forgets the tokens and their words.
    fn forget(&mut self) {
        self.words.clear();
        self.exact.clear();
        self.stems.clear();
        self.known.clear();
        self.other_stems.clear();
        self.tokens.clear();
    }
}

impl Forms {
    fn stems(self, other_stems: &[u32]) -> impl Iterator<Item = u32> + Clone {
        let (first, end) = self.others;
        std::iter::once(self.stem).chain(other_stems[first as usize..end as usize].iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::stream::{StreamReader, StreamWriter};
    use super::*;
    use crate::analysis::OtherStems;

    /// The terms of a word for these tests: `Dams` is `dams`, of the stem `dam`; what ends in `é` has two stems.
    fn forms(word: &str) -> (String, String, Option<String>) {
        let exact = word.to_lowercase();
        let stem = exact.trim_end_matches('s').to_owned();
        let plain = stem.strip_suffix('é').map(|rest| format!("{rest}e"));
        (exact, stem, plain)
    }

    fn push(streams: &mut ArticleStreams<usize>, word: &str, position: u32) {
        let (exact, stem, plain) = forms(word);
        let terms = || Terms {
            exact: &exact,
            stem: &stem,
            other_stems: OtherStems::of(plain.as_deref().unwrap_or_default()),
        };
        let number = streams.word(word, terms, str::len);
        streams.push(number, position);
    }

    #[test]
    fn words_of_one_form_come_together() {
        let mut streams = ArticleStreams::default();
        for (position, word) in ["Dams", "dam", "dams", "Dams"].into_iter().enumerate() {
            push(&mut streams, word, position as u32);
        }
        let Streams { exact, stems } = streams.finish();
        assert_eq!(
            StreamReader::new(&exact).collect::<Vec<_>>(),
            [("dams", 0), ("dams", 2), ("dams", 3), ("dam", 1)]
        );
        assert!(StreamReader::new(&stems).eq((0..4).map(|position| ("dam", position))));
        assert_eq!(streams.finish(), Streams::default(), "the next article begins with nothing");
    }

    #[test]
    fn what_is_known_of_a_word_is_asked_for_once() {
        let mut streams = ArticleStreams::default();
        let terms = || Terms { exact: "dams", stem: "dam", other_stems: OtherStems::default() };
        let word = streams.word("Dams", terms, str::len);
        assert_eq!(streams.about(word), 4);
        let again = streams.word("Dams", || panic!("asked again"), |_| panic!("asked again"));
        assert_eq!(again, word);
        assert_eq!(streams.finish(), Streams::default(), "a word without a token isn't written");
    }

    #[test]
    fn words_without_tokens_are_not_known_for_ever() {
        let mut streams = ArticleStreams::default();
        for number in 0..3 * TOKENS_AT_ONCE {
            let word = number.to_string();
            streams.word(
                &word,
                || Terms { exact: &word, stem: &word, other_stems: OtherStems::default() },
                |_| (),
            );
        }
        assert!(streams.known.len() <= TOKENS_AT_ONCE && streams.words.len() <= TOKENS_AT_ONCE);
    }

    #[test]
    fn an_article_that_was_not_finished_leaves_nothing_behind() {
        let mut streams = ArticleStreams::default();
        for position in 0..=TOKENS_AT_ONCE as u32 {
            push(&mut streams, "Dams", position);
        }
        streams.begin(10);
        push(&mut streams, "Fish", 0);
        assert_eq!(StreamReader::new(&streams.finish().exact).collect::<Vec<_>>(), [("fish", 0)]);
    }

    #[test]
    fn long_streams_name_a_word_again_and_lose_none() {
        let mut streams = ArticleStreams::default();
        let words = ["Dams", "été", "dam", "rivers"];
        for position in 0..3 * TOKENS_AT_ONCE as u32 {
            push(&mut streams, words[position as usize % words.len()], position);
        }
        let Streams { exact, stems } = streams.finish();
        let sorted = |stream: &str| {
            let mut tokens: Vec<_> =
                StreamReader::new(stream).map(|(term, at)| (at, term.to_owned())).collect();
            tokens.sort();
            tokens
        };
        let expected = |form: fn(&str) -> Vec<String>| -> Vec<(u32, String)> {
            let all = (0..3 * TOKENS_AT_ONCE as u32).flat_map(|at| {
                form(words[at as usize % words.len()]).into_iter().map(move |term| (at, term))
            });
            let mut all: Vec<_> = all.collect();
            all.sort();
            all
        };
        assert_eq!(sorted(&exact), expected(|word| vec![forms(word).0]));
        assert_eq!(
            sorted(&stems),
            expected(|word| {
                let (_, stem, plain) = forms(word);
                [Some(stem), plain].into_iter().flatten().collect()
            })
        );
    }

    proptest! {
        #[test]
        fn streams_are_those_of_their_tokens(words in proptest::collection::vec("[AaBb]{0,2}[és]?", 0..60)) {
            let (mut streams, mut exact, mut stems) =
                (ArticleStreams::default(), StreamWriter::default(), StreamWriter::default());
            for (position, word) in words.iter().filter(|word| !word.is_empty()).enumerate() {
                push(&mut streams, word, position as u32);
                let (folded, stem, plain) = forms(word);
                exact.push(&folded);
                stems.push(&stem);
                if let Some(plain) = plain {
                    stems.push_beside(&plain);
                }
            }
            prop_assert_eq!(streams.finish(), Streams { exact: exact.finish(), stems: stems.finish() });
        }
    }
}
