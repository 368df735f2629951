//! [`ArticleId`] and [`PassageId`]: short names to cite, the same in every run.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Locator;

/// Letters of an id: lower case and digits without those that read alike (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Characters of an id.
const ID_CHARS: u32 = 12;

/// Bits of an id, five a character: two of a million articles share one with a chance of 1 in two million.
const ID_BITS: u32 = ID_CHARS * 5;

/// The name of an article inside ibid: it depends on the canonical URL, else on the locator, never
/// on content or time.
///
/// Its text is 12 letters and digits; ids order as their texts do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ArticleId(u64);

impl ArticleId {
    /// The id of the article that calls itself `url`.
    #[must_use]
    pub fn from_url(url: &str) -> Self {
        Self::of(&["url", url])
    }

    /// The id of an article that is known only by its place.
    #[must_use]
    pub fn from_locator(locator: &Locator) -> Self {
        Self::of(&["locator", locator.as_str()])
    }

    /// The id of an article whose URL another article holds already: of both URL and place.
    #[must_use]
    pub fn from_url_and_locator(url: &str, locator: &Locator) -> Self {
        Self::of(&["url", url, "locator", locator.as_str()])
    }

    /// The id with this number, as [`Self::number`] gave it.
    #[must_use]
    pub fn from_number(number: u64) -> Self {
        Self(number & ((1 << ID_BITS) - 1))
    }

    /// The id as a number below 2^60.
    #[must_use]
    pub fn number(self) -> u64 {
        self.0
    }

    /// Reads an id as it prints; none if `text` isn't one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != ID_CHARS as usize {
            return None;
        }
        let digit = |byte: u8| ALPHABET.iter().position(|&letter| letter == byte);
        text.bytes().try_fold(0, |number, byte| Some(number << 5 | digit(byte)? as u64)).map(Self)
    }

    fn of(parts: &[&str]) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        let mut first_bytes = [0; 8];
        hasher.finalize_xof().fill(&mut first_bytes);
        Self::from_number(u64::from_le_bytes(first_bytes))
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for place in (0..ID_CHARS).rev() {
            let letter = ALPHABET[(self.0 >> (5 * place) & 31) as usize];
            write!(f, "{}", char::from(letter))?;
        }
        Ok(())
    }
}

impl TryFrom<String> for ArticleId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("`{text}` is not an article id"))
    }
}

impl From<ArticleId> for String {
    fn from(id: ArticleId) -> Self {
        id.to_string()
    }
}

/// A passage to cite: its article's name and its number in the article, from 1; `ARTICLE.PASSAGE` as text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PassageId {
    /// The id that the input gave the article, else ibid's own.
    pub article: String,
    /// The passage's ordinal, from 1.
    pub passage: u32,
}

impl PassageId {
    /// Reads `ARTICLE.PASSAGE`; none if no number stands behind a last dot.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (article, passage) = text.rsplit_once('.')?;
        let digits = passage.bytes().all(|b| b.is_ascii_digit());
        let passage = passage.parse().ok().filter(|&n| digits && n > 0)?;
        (!article.is_empty()).then(|| Self { article: article.to_owned(), passage })
    }
}

impl fmt::Display for PassageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.article, self.passage)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_stable() {
        // Cited ids must outlive versions of ibid: this value may never change.
        assert_eq!(ArticleId::from_url("https://example.org/a").to_string(), "z54tktw525gq");
        let locator = Locator::from_stored("https://example.org/a");
        assert_ne!(ArticleId::from_url("https://example.org/a"), ArticleId::from_locator(&locator));
    }

    #[test]
    fn ids_read_back_and_order_as_their_texts() {
        let ids: Vec<_> = ["a", "b", "c", "d"].map(ArticleId::from_url).into();
        for pair in ids.windows(2) {
            assert_eq!(ArticleId::parse(&pair[0].to_string()), Some(pair[0]));
            assert_eq!(pair[0].cmp(&pair[1]), pair[0].to_string().cmp(&pair[1].to_string()));
        }
        for text in ["", "k3v9", "UPPERCASE123", "aaaaaaaaaaaai", "aaaaaaaaaaai"] {
            assert_eq!(ArticleId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn passage_ids_read_back() {
        for (text, article, passage) in [("k3v9.4", "k3v9", 4), ("A.1.12", "A.1", 12), ("a b.1", "a b", 1)] {
            let id = PassageId::parse(text).unwrap();
            assert_eq!((id.article.as_str(), id.passage), (article, passage));
            assert_eq!(id.to_string(), text);
        }
        for text in ["k3v9", "k3v9.", "k3v9.0", ".4", "k3v9.x", "k.+4"] {
            assert_eq!(PassageId::parse(text), None, "{text}");
        }
    }
}
