//! The schema: which fields a document has, and why.

use std::collections::BTreeMap;

use tantivy::schema::{
    FAST, Field, FieldEntry, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing,
    TextOptions,
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

/// A further value of it for an input that is a copy of an article. It has what is looked for of its place in the
/// fields in which articles have it.
pub(super) const COPY: &str = "copy";

/// Makes a table of fields into [`Fields`], the [`schema`] and the names in [`fast`], so that each stands in one place.
///
/// A line is `name: type(options)`, and `name as NAME` where the field is a fast one, which Tantivy opens by name. The
/// fields of stems, of which there is one a language, stand between the two halves.
macro_rules! fields {
    (
        $($(#[$doc:meta])+ $name:ident $(as $fast:ident)?: $type:ident($options:expr),)+
        stems,
        $($(#[$more_doc:meta])+ $more:ident $(as $more_fast:ident)?: $more_type:ident($more_options:expr),)+
    ) => {
        /// The fields of the index.
        #[derive(Clone)]
        pub(super) struct Fields {
            $($(#[$doc])+ pub $name: Field,)+
            /// Articles: title and text as stems, one field a language, so that statistics are a language's own.
            pub stems: BTreeMap<&'static str, Field>,
            $($(#[$more_doc])+ pub $more: Field,)+
        }

        /// Names of the fast fields, which Tantivy opens by name.
        pub(super) mod fast {
            $($(pub const $fast: &str = stringify!($name);)?)+
            $($(pub const $more_fast: &str = stringify!($more);)?)+
        }

        impl Fields {
            /// The fields of `schema`; none if it lacks one.
            pub fn of(schema: &Schema) -> Option<Self> {
                let field = |name: &str| schema.get_field(name).ok();
                let stems = groups().map(|code| Some((code, field(&stems_name(code))?)));
                Some(Self {
                    $($name: field(stringify!($name))?,)+
                    stems: stems.collect::<Option<_>>()?,
                    $($more: field(stringify!($more))?,)+
                })
            }
        }

        /// The schema that [`Fields::of`] reads.
        pub(super) fn schema() -> Schema {
            let mut schema = Schema::builder();
            $(schema.add_field(FieldEntry::$type(stringify!($name).to_owned(), ($options).into()));)+
            for code in groups() {
                schema.add_text_field(&stems_name(code), token_stream());
            }
            $(schema.add_field(FieldEntry::$more_type(stringify!($more).to_owned(), ($more_options).into()));)+
            schema.build()
        }
    };
}

fields! {
    /// `article` or `input`.
    kind: new_text(STRING),
    /// Articles: the id as a number, for look-ups and as the last word on order.
    id as ID: new_u64(INDEXED | FAST),
    /// Articles: the id that the input gave.
    given_id: new_text(STRING),
    /// Articles: the text's fingerprint.
    fingerprint: new_text(STRING),
    /// Inputs: where they are.
    locator: new_text(STRING),
    stems,
    /// Articles: title and text as folded words, for phrases as written.
    exact: new_text(token_stream()),
    /// Articles: the title's stems, each with its language.
    title: new_text(token_stream()),
    /// Articles: the title's words.
    title_exact: new_text(token_stream()),
    /// Articles: the headings' stems, each with its language.
    heading: new_text(token_stream()),
    /// Articles: the headings' words.
    heading_exact: new_text(token_stream()),
    /// Articles: the authors' names.
    author: new_text(token_stream()),
    /// Articles and copies: the publisher's name.
    publisher: new_text(token_stream()),
    /// Articles and copies: the section's name.
    section: new_text(token_stream()),
    /// Articles and copies: the words of the URL.
    url: new_text(token_stream()),
    /// Articles and copies: the words of the locator.
    source: new_text(token_stream()),
    /// Articles and copies: the URL's host and the domains that it lies in.
    site: new_text(STRING),
    /// Articles and copies: the names of what is known of them.
    known: new_text(STRING),
    /// Articles: the language's code.
    language as LANGUAGE: new_text(STRING | FAST),
    /// Articles: which of [`Self::stems`] they are in.
    group as GROUP: new_text(STRING | FAST),
    /// Articles and copies: the publisher's name as it stands, to be counted by.
    publisher_name as PUBLISHER: new_text(STRING | FAST),
    /// Articles: days since 1970 of the first day that the published date may mean.
    published_first as PUBLISHED_FIRST: new_i64(FAST),
    /// Articles: days since 1970 of the last day that it may mean.
    published_last as PUBLISHED_LAST: new_i64(FAST),
    /// Articles: for each passage its first position and its number of tokens, in one number.
    passages as PASSAGES: new_u64(FAST),
    /// Articles: the terms that they have most often.
    keys as KEYS: new_u64(FAST),
    /// Articles: for each paragraph, sentence and part of one its first position, and which it is, in one number.
    breaks as BREAKS: new_u64(FAST),
    /// Articles: what others are compared with them by.
    sketch as SKETCH: new_u64(FAST),
    /// Articles: the numbers that near-copies are found by.
    handles: new_u64(INDEXED),
    /// Articles: the acronyms that they define, and their words in capitals.
    acronym: new_text(STRING),
    /// Inputs: the container that holds them.
    container: new_text(STRING),
    /// Inputs: the number of the article made of them.
    made_into: new_u64(INDEXED),
    /// Copies: the number of their article.
    copy_of as COPY_OF: new_u64(FAST),
    /// Inputs: the digest that a web archive gives of a page.
    digest: new_text(STRING),
    /// Inputs: what became of them.
    state as STATE: new_text(STRING | FAST),
    /// The whole article or input record, as JSON.
    record: new_text(STORED),
}

/// The codes of the groups of languages: each language with a stemmer, and all the others.
pub(super) fn groups() -> impl Iterator<Item = &'static str> {
    STEMMED.into_iter().chain([UNSTEMMED])
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
