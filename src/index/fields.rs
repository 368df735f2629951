//! The schema: which fields a document has, and why.

use std::collections::BTreeMap;

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use super::tokens::STREAM_TOKENIZER;
use crate::analysis::STEMMED;

/// The code of the group of all languages without a stemmer.
pub(super) const UNSTEMMED: &str = "zz";

/// The value of [`Fields::kind`] for an article.
pub(super) const ARTICLE: &str = "article";

/// A further value of it for an article that blocks were taken out of.
pub(super) const WITHOUT_RECURRING: &str = "without-recurring";

/// The value of [`Fields::kind`] for an input.
pub(super) const INPUT: &str = "input";

/// Names of the fields of tokens beside those of stems.
const STREAMS: [&str; 10] = [
    "exact",
    "title",
    "title_exact",
    "heading",
    "heading_exact",
    "author",
    "publisher",
    "section",
    "url",
    "source",
];

/// Names of the fast fields, which Tantivy opens by name.
pub(super) mod fast {
    pub const BREAKS: &str = "breaks";
    pub const ID: &str = "id";
    pub const GROUP: &str = "group";
    pub const KEYS: &str = "keys";
    pub const LANGUAGE: &str = "language";
    pub const PASSAGES: &str = "passages";
    pub const PUBLISHER: &str = "publisher_name";
    pub const SKETCH: &str = "sketch";
    pub const PUBLISHED_FIRST: &str = "published_first";
    pub const PUBLISHED_LAST: &str = "published_last";
    pub const STATE: &str = "state";
}

/// The fields of the index.
#[derive(Clone)]
pub(super) struct Fields {
    /// `article` or `input`.
    pub kind: Field,
    /// Articles: the id as a number, for look-ups and as the last word on order.
    pub id: Field,
    /// Articles: the id that the input gave.
    pub given_id: Field,
    /// Articles: the text's fingerprint.
    pub fingerprint: Field,
    /// Inputs: where they are.
    pub locator: Field,
    /// Articles: title and text as stems, one field a language, so that statistics are a language's own.
    pub stems: BTreeMap<&'static str, Field>,
    /// Articles: title and text as folded words, for phrases as written.
    pub exact: Field,
    /// Articles: the title's stems, each with its language.
    pub title: Field,
    /// Articles: the title's words.
    pub title_exact: Field,
    /// Articles: the headings' stems, each with its language.
    pub heading: Field,
    /// Articles: the headings' words.
    pub heading_exact: Field,
    /// Articles: the authors' names.
    pub author: Field,
    /// Articles: the publisher's name.
    pub publisher: Field,
    /// Articles: the publisher's name as it stands, to be counted by.
    pub publisher_name: Field,
    /// Articles: the section's name.
    pub section: Field,
    /// Articles: the words of the URL.
    pub url: Field,
    /// Articles: the words of the locator.
    pub source: Field,
    /// Articles: the URL's host and the domains that it lies in.
    pub site: Field,
    /// Articles: the names of what is known of them.
    pub known: Field,
    /// Articles: the language's code.
    pub language: Field,
    /// Articles: which of [`Self::stems`] they are in.
    pub group: Field,
    /// Articles: days since 1970 of the first and last day that the published date may mean.
    pub published_first: Field,
    /// See [`Self::published_first`].
    pub published_last: Field,
    /// Articles: for each passage its first position and its number of tokens, in one number.
    pub passages: Field,
    /// Articles: the terms that they have most often.
    pub keys: Field,
    /// Articles: for each paragraph, sentence and part of one its first position, and which it is, in one number.
    pub breaks: Field,
    /// Articles: what others are compared with them by.
    pub sketch: Field,
    /// Articles: the numbers that near-copies are found by.
    pub handles: Field,
    /// Articles: the acronyms that they define, and their words in capitals.
    pub acronym: Field,
    /// Inputs: the container that holds them.
    pub container: Field,
    /// Inputs: the number of the article made of them.
    pub made_into: Field,
    /// Inputs: the digest that a web archive gives of a page.
    pub digest: Field,
    /// Inputs: what became of them.
    pub state: Field,
    /// The whole article or input record, as JSON.
    pub record: Field,
}

impl Fields {
    /// The fields of `schema`; none if it lacks one.
    pub fn of(schema: &Schema) -> Option<Self> {
        let field = |name: &str| schema.get_field(name).ok();
        let mut stems = BTreeMap::new();
        for code in groups() {
            stems.insert(code, field(&stems_name(code))?);
        }
        Some(Self {
            kind: field("kind")?,
            id: field(fast::ID)?,
            given_id: field("given_id")?,
            fingerprint: field("fingerprint")?,
            locator: field("locator")?,
            stems,
            exact: field("exact")?,
            title: field("title")?,
            title_exact: field("title_exact")?,
            heading: field("heading")?,
            heading_exact: field("heading_exact")?,
            author: field("author")?,
            publisher: field("publisher")?,
            publisher_name: field(fast::PUBLISHER)?,
            section: field("section")?,
            url: field("url")?,
            source: field("source")?,
            site: field("site")?,
            known: field("known")?,
            language: field(fast::LANGUAGE)?,
            group: field(fast::GROUP)?,
            published_first: field(fast::PUBLISHED_FIRST)?,
            published_last: field(fast::PUBLISHED_LAST)?,
            passages: field(fast::PASSAGES)?,
            keys: field(fast::KEYS)?,
            breaks: field(fast::BREAKS)?,
            sketch: field(fast::SKETCH)?,
            handles: field("handles")?,
            acronym: field("acronym")?,
            container: field("container")?,
            made_into: field("made_into")?,
            digest: field("digest")?,
            state: field(fast::STATE)?,
            record: field("record")?,
        })
    }
}

/// The codes of the groups of languages: each language with a stemmer, and all the others.
pub(super) fn groups() -> impl Iterator<Item = &'static str> {
    STEMMED.into_iter().chain([UNSTEMMED])
}

/// The schema that [`Fields::of`] reads.
pub(super) fn schema() -> Schema {
    let mut schema = Schema::builder();
    schema.add_text_field("kind", STRING);
    schema.add_u64_field(fast::ID, INDEXED | FAST);
    schema.add_text_field("given_id", STRING);
    schema.add_text_field("fingerprint", STRING);
    schema.add_text_field("locator", STRING);
    for code in groups() {
        schema.add_text_field(&stems_name(code), token_stream());
    }
    for name in STREAMS {
        schema.add_text_field(name, token_stream());
    }
    schema.add_text_field("site", STRING);
    schema.add_text_field("known", STRING);
    schema.add_text_field(fast::LANGUAGE, STRING | FAST);
    schema.add_text_field(fast::GROUP, STRING | FAST);
    schema.add_text_field(fast::PUBLISHER, STRING | FAST);
    schema.add_i64_field(fast::PUBLISHED_FIRST, FAST);
    schema.add_i64_field(fast::PUBLISHED_LAST, FAST);
    schema.add_u64_field(fast::PASSAGES, FAST);
    schema.add_u64_field(fast::KEYS, FAST);
    schema.add_u64_field(fast::BREAKS, FAST);
    schema.add_u64_field(fast::SKETCH, FAST);
    schema.add_u64_field("handles", INDEXED);
    schema.add_text_field("acronym", STRING);
    schema.add_text_field("container", STRING);
    schema.add_u64_field("made_into", INDEXED);
    schema.add_text_field("digest", STRING);
    schema.add_text_field(fast::STATE, STRING | FAST);
    schema.add_text_field("record", STORED);
    schema.build()
}

fn stems_name(code: &str) -> String {
    format!("stems_{code}")
}

fn token_stream() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(STREAM_TOKENIZER)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    TextOptions::default().set_indexing_options(indexing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_has_every_field() {
        assert!(Fields::of(&schema()).is_some());
        assert!(Fields::of(&Schema::builder().build()).is_none());
    }
}
