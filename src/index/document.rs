//! [`IndexedDocument`]: the values of a document on its way into the index.
//!
//! Tantivy's own document copies each text that is added to it. The texts of an article are most of what it takes, so
//! they are handed over here; its numbers may be as many as its sentences.

use std::iter::Empty;

use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{Document, Field, Value};

/// A document that is to be indexed.
#[derive(Debug, Default)]
pub(super) struct IndexedDocument {
    texts: Vec<(Field, String)>,
    numbers: Vec<(Field, Number)>,
}

#[derive(Clone, Copy, Debug)]
enum Number {
    Unsigned(u64),
    Signed(i64),
}

/// A value of a document.
#[derive(Clone, Copy, Debug)]
pub(super) enum IndexedValue<'a> {
    Text(&'a str),
    Unsigned(u64),
    Signed(i64),
}

impl IndexedDocument {
    pub fn add_text(&mut self, field: Field, text: impl Into<String>) {
        self.texts.push((field, text.into()));
    }

    pub fn add_u64(&mut self, field: Field, number: u64) {
        self.numbers.push((field, Number::Unsigned(number)));
    }

    pub fn add_i64(&mut self, field: Field, number: i64) {
        self.numbers.push((field, Number::Signed(number)));
    }

    /// Makes room for so many more numbers.
    pub fn reserve_numbers(&mut self, count: usize) {
        self.numbers.reserve(count);
    }

    /// About how many bytes it takes, with the room that its texts don't use.
    pub fn bytes(&self) -> usize {
        let texts: usize = self.texts.iter().map(|(_, text)| text.capacity()).sum();
        texts + size_of_val(self.texts.as_slice()) + size_of_val(self.numbers.as_slice())
    }

    fn values(&self) -> impl Iterator<Item = (Field, IndexedValue<'_>)> {
        let texts = self.texts.iter().map(|(field, text)| (*field, IndexedValue::Text(text)));
        let numbers = self.numbers.iter().map(|&(field, number)| match number {
            Number::Unsigned(number) => (field, IndexedValue::Unsigned(number)),
            Number::Signed(number) => (field, IndexedValue::Signed(number)),
        });
        texts.chain(numbers)
    }
}

impl<'a> Value<'a> for IndexedValue<'a> {
    type ArrayIter = Empty<Self>;
    type ObjectIter = Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match *self {
            Self::Text(text) => ReferenceValueLeaf::Str(text),
            Self::Unsigned(number) => ReferenceValueLeaf::U64(number),
            Self::Signed(number) => ReferenceValueLeaf::I64(number),
        })
    }
}

impl Document for IndexedDocument {
    type Value<'a> = IndexedValue<'a>;
    type FieldsValuesIter<'a> = Box<dyn Iterator<Item = (Field, IndexedValue<'a>)> + 'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        Box::new(self.values())
    }
}
