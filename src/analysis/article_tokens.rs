//! The tokens of a whole article: its title and its text in one stream, and where sentences, their parts and paragraphs
//! begin in it.
//!
//! The index, and whoever asks where in an article something stands, count positions alike because they count
//! them here.

use super::analyzer::{Analyzer, PARAGRAPH_GAP_POSITIONS, PlacedWord, Token, each_placed_word};
use crate::text::{Span, sentences};

/// A token, or a word that one is to be made of, where it stands in its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    /// The token; its position counts from the article's first, its span in the title or in the text.
    pub token: T,
    /// Whether it stands in the title, and not in the text.
    pub in_title: bool,
    /// What begins with it, if anything does.
    pub opens: Option<Opening>,
}

/// What may begin with a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Opening {
    /// A part of a sentence, behind a pause.
    Part,
    /// A sentence within a paragraph.
    Sentence,
    /// A paragraph, and a sentence with it.
    Paragraph,
}

/// Where something begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Break {
    /// The position of its first token.
    pub position: u32,
    /// What begins.
    pub opens: Opening,
}

impl Opening {
    /// The same at a position.
    #[must_use]
    pub fn at(self, position: u32) -> Break {
        Break { position, opens: self }
    }

    /// Whether a sentence begins.
    #[must_use]
    pub fn is_of_sentence(self) -> bool {
        self >= Self::Sentence
    }
}

impl Analyzer {
    /// Calls `found` for every token of an article, in order. The title is one sentence.
    pub fn each_article_token(&mut self, title: &str, text: &str, mut found: impl FnMut(Placed<Token<'_>>)) {
        each_article_word(title, text, &sentences(text), |Placed { token: word, in_title, opens }| {
            found(Placed { token: self.token_of(word), in_title, opens });
        });
    }

    /// Calls `found` for every token of `text`, which has these `sentences`, whose word `may_matter` as it stands
    /// there, in order, with what begins with it. The others, whose stems take their time, are only counted.
    pub fn each_token_that(
        &mut self,
        text: &str,
        sentences: &[Span],
        may_matter: impl Fn(&str) -> bool,
        mut found: impl FnMut(Token<'_>, Option<Opening>),
    ) {
        each_word_of_text(text, sentences, |word, opens| {
            if may_matter(&text[word.span.start..word.span.end]) {
                found(self.token_of(word), opens);
            }
        });
    }
}

/// Calls `found` for every word of an article, whose text has these `sentences`, in order: what the tokens of any
/// analyzer are made of.
pub fn each_article_word<'t>(
    title: &'t str,
    text: &'t str,
    sentences: &[Span],
    mut found: impl FnMut(Placed<PlacedWord<'t>>),
) {
    let mut base = 0;
    each_placed_word(title, |word| {
        let opens = if base == 0 { Some(Opening::Paragraph) } else { part_of(word) };
        found(Placed { token: PlacedWord { position: base, ..word }, in_title: true, opens });
        base += 1;
    });
    base += PARAGRAPH_GAP_POSITIONS;
    each_word_of_text(text, sentences, |word, opens| {
        let word = PlacedWord { position: base + word.position, ..word };
        found(Placed { token: word, in_title: false, opens });
    });
}

/// Calls `found` for every word of `text`, which has these `sentences`, in order, with what begins with it.
fn each_word_of_text<'t>(
    text: &'t str,
    sentences: &[Span],
    mut found: impl FnMut(PlacedWord<'t>, Option<Opening>),
) {
    let (mut begun, mut before) = (0, None);
    each_placed_word(text, |word| {
        let opened = sentences[begun..].iter().take_while(|next| next.start <= word.span.start).count();
        begun += opened;
        let opens = match before {
            Some(before) if word.position == before + 1 && opened > 0 => Some(Opening::Sentence),
            Some(before) if word.position == before + 1 => part_of(word),
            _ => Some(Opening::Paragraph),
        };
        before = Some(word.position);
        found(word, opens);
    });
}

fn part_of(word: PlacedWord<'_>) -> Option<Opening> {
    word.follows_pause.then_some(Opening::Part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;

    #[test]
    fn title_and_text_are_one_stream() {
        let mut all = Vec::new();
        let text = "It fell, too. Why? ***\n\nNobody said.";
        Analyzer::new(Language::ENGLISH).each_article_token("Two dams", text, |placed| {
            all.push((placed.token.exact.to_owned(), placed.token.position, placed.in_title, placed.opens));
        });
        let [paragraph, sentence, part] = [Opening::Paragraph, Opening::Sentence, Opening::Part].map(Some);
        let expected = [
            ("two", 0, true, paragraph),
            ("dams", 1, true, None),
            ("it", 18, false, paragraph),
            ("fell", 19, false, None),
            ("too", 20, false, part),
            ("why", 21, false, sentence),
            ("nobody", 38, false, paragraph),
            ("said", 39, false, None),
        ];
        assert_eq!(all, expected.map(|(word, at, title, opens)| (word.to_owned(), at, title, opens)));
    }
}
