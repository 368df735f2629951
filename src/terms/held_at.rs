//! [`HeldAt`]: where an article is held, which conditions such as `site:` look at, and what of it can be looked for.
//!
//! A text that was saved at several places is one article. What a place says is said of each of them: the file, the
//! address of the page, who published it there and in which section. All else is said of the text, and isn't here.

use std::borrow::Cow;

use crate::analysis::Analyzer;
use crate::model::{Address, Article, Locator, site_of};
use crate::query::{Detail, TextField};

/// A place where an article is held: its own, or that of a copy.
#[derive(Clone, Copy, Debug)]
pub struct HeldAt<'a> {
    /// The input.
    pub locator: &'a Locator,
    /// The address of its page.
    pub url: Option<&'a str>,
    /// Who published it there.
    pub publisher: Option<&'a str>,
    /// The section that it stands in there.
    pub section: Option<&'a str>,
}

/// What of a place is looked for.
#[derive(Clone, Debug, Default)]
pub struct HeldTerms {
    /// The words of each field that it has, as a stream to be read with [`crate::analysis::StreamReader`].
    pub words: Vec<(TextField, String)>,
    /// The host of its URL and every domain that it lies in, in small letters.
    pub sites: Vec<String>,
}

impl<'a> HeldAt<'a> {
    /// The place that `article` was read at.
    #[must_use]
    pub fn of(article: &'a Article) -> Self {
        let metadata = &article.metadata;
        Self {
            locator: &article.locator,
            url: metadata.url.as_deref(),
            publisher: metadata.publisher.as_deref(),
            section: metadata.section.as_deref(),
        }
    }

    /// What it has in `field`, if that is a field of places.
    #[must_use]
    pub fn text_of(&self, field: TextField) -> Option<Cow<'a, str>> {
        match field {
            TextField::Publisher => self.publisher.map(Cow::Borrowed),
            TextField::Section => self.section.map(Cow::Borrowed),
            TextField::Url => self.url.map(Address::readable),
            TextField::Source => Some(Cow::Borrowed(self.locator.as_str())),
            TextField::Title | TextField::Author | TextField::Heading => None,
        }
    }

    /// Whether it says what `detail` names.
    #[must_use]
    pub fn knows(&self, detail: Detail) -> bool {
        match detail {
            Detail::Publisher => self.publisher.is_some(),
            Detail::Section => self.section.is_some(),
            Detail::Url => self.url.is_some(),
            Detail::Title | Detail::Author | Detail::Date | Detail::Heading | Detail::Language => false,
        }
    }

    /// The host of its URL and every domain that it lies in, without `www.`.
    #[must_use]
    pub fn sites(&self) -> Vec<String> {
        self.url.map(sites).unwrap_or_default()
    }

    /// What of it is looked for, read by `plain`, an analyzer of no language.
    pub fn terms(&self, plain: &mut Analyzer) -> HeldTerms {
        let words = TextField::OF_PLACES.into_iter().filter_map(|field| {
            let text = self.text_of(field)?;
            Some((field, plain.stream_of([&*text].into_iter())))
        });
        HeldTerms { words: words.collect(), sites: self.sites() }
    }
}

fn sites(url: &str) -> Vec<String> {
    let address = Address::of(url);
    if address.scheme.is_empty() {
        return Vec::new();
    }
    let site = site_of(address.host());
    let domains = site.match_indices('.').map(|(at, _)| &site[at + 1..]);
    let sites = std::iter::once(&*site).chain(domains).filter(|site| !site.is_empty());
    sites.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::StreamReader;
    use crate::model::Language;

    #[test]
    fn a_site_lies_in_its_domains() {
        assert_eq!(
            sites("https://www.News.Example.org:80/a.b?c"),
            ["news.example.org", "example.org", "org"]
        );
        assert_eq!(sites("file:///a/b"), [""; 0]);
        assert_eq!(sites("no url"), [""; 0]);
    }

    #[test]
    fn a_place_is_looked_for_by_what_it_says() {
        let locator = Locator::from_stored("/in/Pages.jsonl#7");
        let held = HeldAt {
            locator: &locator,
            url: Some("https://a.example/the%20treaty"),
            publisher: None,
            section: Some("World News"),
        };
        let terms = held.terms(&mut Analyzer::new(Language::OTHER));
        let words: Vec<(TextField, Vec<&str>)> = terms
            .words
            .iter()
            .map(|(field, stream)| (*field, StreamReader::new(stream).map(|(word, _)| word).collect()))
            .collect();
        assert_eq!(
            words,
            [
                (TextField::Section, vec!["world", "news"]),
                (TextField::Url, vec!["https", "a", "example", "the", "treaty"]),
                (TextField::Source, vec!["in", "pages", "jsonl", "7"]),
            ]
        );
        assert_eq!(terms.sites, ["a.example", "example"]);
        assert!(held.knows(Detail::Url) && !held.knows(Detail::Publisher) && !held.knows(Detail::Title));
    }
}
