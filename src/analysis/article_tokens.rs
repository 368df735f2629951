//! The tokens of a whole article: its title and its text in one stream, and where sentences and paragraphs
//! begin in it.
//!
//! The index, and whoever asks where in an article something stands, count positions alike because they count
//! them here.

use super::analyzer::{Analyzer, PARAGRAPH_GAP_POSITIONS, PlacedWord, Token, each_placed_word};
use super::remembered::Terms;
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// A sentence within a paragraph.
    Sentence,
    /// A paragraph, and a sentence with it.
    Paragraph,
}

/// Where a sentence begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentenceStart {
    /// The position of its first token.
    pub position: u32,
    /// Whether a paragraph begins with it.
    pub opens_paragraph: bool,
}

impl Opening {
    /// The sentence that begins so at a position.
    #[must_use]
    pub fn at(self, position: u32) -> SentenceStart {
        SentenceStart { position, opens_paragraph: self == Self::Paragraph }
    }
}

impl Analyzer {
    /// Calls `found` for every token of an article, in order. The title is one sentence.
    pub fn each_article_token(&mut self, title: &str, text: &str, mut found: impl FnMut(Placed<Token<'_>>)) {
        each_article_word(title, text, &sentences(text), |Placed { token: word, in_title, opens }| {
            let Terms { exact, stem, plain_stem } = self.terms_of(word);
            let token = Token { span: word.span, position: word.position, exact, stem, plain_stem };
            found(Placed { token, in_title, opens });
        });
    }
}

/// Calls `found` for every word of an article, whose text has these `sentences`, in order: what the tokens of any analyzer are
/// made of.
pub fn each_article_word<'t>(
    title: &'t str,
    text: &'t str,
    sentences: &[Span],
    mut found: impl FnMut(Placed<PlacedWord<'t>>),
) {
    let mut base = 0;
    each_placed_word(title, |word| {
        let opens = (base == 0).then_some(Opening::Paragraph);
        found(Placed { token: PlacedWord { position: base, ..word }, in_title: true, opens });
        base += 1;
    });
    base += PARAGRAPH_GAP_POSITIONS;
    let (mut begun, mut before) = (0, None);
    each_placed_word(text, |word| {
        let opened = sentences[begun..].iter().take_while(|next| next.start <= word.span.start).count();
        begun += opened;
        let opens = match before {
            Some(before) if word.position == before + 1 => (opened > 0).then_some(Opening::Sentence),
            _ => Some(Opening::Paragraph),
        };
        before = Some(word.position);
        let word = PlacedWord { position: base + word.position, ..word };
        found(Placed { token: word, in_title: false, opens });
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;

    #[test]
    fn title_and_text_are_one_stream() {
        let mut all = Vec::new();
        let text = "It fell. Why? ***\n\nNobody said.";
        Analyzer::new(Language::ENGLISH).each_article_token("Two dams", text, |placed| {
            all.push((placed.token.exact.to_owned(), placed.token.position, placed.in_title, placed.opens));
        });
        let [paragraph, sentence] = [Opening::Paragraph, Opening::Sentence].map(Some);
        let expected = [
            ("two", 0, true, paragraph),
            ("dams", 1, true, None),
            ("it", 18, false, paragraph),
            ("fell", 19, false, None),
            ("why", 20, false, sentence),
            ("nobody", 37, false, paragraph),
            ("said", 38, false, None),
        ];
        assert_eq!(all, expected.map(|(word, at, title, opens)| (word.to_owned(), at, title, opens)));
    }
}
