//! Reads token streams for Tantivy: tokens are made elsewhere, once for all fields.

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use crate::analysis::StreamReader;

/// The name under which fields ask for this tokenizer.
pub(super) const STREAM_TOKENIZER: &str = "ibid_stream";

/// The tokenizers that the schema names.
pub(super) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(STREAM_TOKENIZER, TextAnalyzer::from(StreamTokenizer));
    manager
}

#[derive(Clone)]
struct StreamTokenizer;

struct Tokens<'a> {
    stream: StreamReader<'a>,
    /// The term of the last token, which the next one is likely to share.
    term: &'a str,
    token: Token,
}

impl Tokenizer for StreamTokenizer {
    type TokenStream<'a> = Tokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens<'a> {
        Tokens { stream: StreamReader::new(text), term: "", token: Token::default() }
    }
}

impl TokenStream for Tokens<'_> {
    fn advance(&mut self) -> bool {
        let Some((term, position)) = self.stream.next() else { return false };
        if !std::ptr::eq(term, self.term) {
            self.term = term;
            self.token.text.clear();
            self.token.text.push_str(term);
        }
        self.token.position = position as usize;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
