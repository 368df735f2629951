//! [`ArticleId`] and [`PassageId`]: short names to cite, the same in every run.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Locator;

/// Letters of an id: lower case and digits without those that read alike (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Characters of an id. 60 bits: two of a million articles share one with a chance of 1 in two million.
const ID_CHARS: usize = 12;

/// The name of an article inside ibid: it depends on the canonical URL, else on the locator, never
/// on content or time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(String);

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

    /// The id that reads `text`, as [`Self::as_str`] gave it.
    #[must_use]
    pub fn from_stored(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The id as text: [`ID_CHARS`] letters and digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn of(parts: &[&str]) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        let hash = hasher.finalize();
        let letters =
            hash.as_bytes().iter().take(ID_CHARS).map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
        Self(letters.collect())
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
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
        assert_eq!(
            ArticleId::from_url("https://example.org/a").as_str(),
            ArticleId::from_url("https://example.org/a").as_str()
        );
        assert_eq!(ArticleId::from_url("https://example.org/a").as_str().len(), ID_CHARS);
        let locator = Locator::from_stored("https://example.org/a");
        assert_ne!(ArticleId::from_url("https://example.org/a"), ArticleId::from_locator(&locator));
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
