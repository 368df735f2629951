//! [`Metadata`]: what is known about an article, and where each piece came from.

use serde::{Deserialize, Serialize};

use super::{Date, Language};

/// What is known about an article. Texts are NFC without line breaks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Metadata {
    /// The id that the input gave, if any.
    pub id: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Names of the authors, in the order of the byline.
    pub authors: Vec<String>,
    /// Who published it: a paper, an institute, a ministry.
    pub publisher: Option<String>,
    /// The rubric it stood in.
    pub section: Option<String>,
    /// Keywords or tags that the page gives.
    pub keywords: Vec<String>,
    /// When it first came out.
    pub published: Option<Date>,
    /// When it was last changed.
    pub modified: Option<Date>,
    /// When the page was saved.
    pub captured: Option<Date>,
    /// The language it is written in.
    pub language: Option<Language>,
    /// The canonical URL.
    pub url: Option<String>,
    /// Where each piece came from.
    pub provenance: Vec<Provenance>,
}

impl Metadata {
    /// Notes that `field` was taken from `source` with a confidence of 0 to 100 per cent.
    pub fn note(&mut self, field: Field, source: &str, confidence_percent: u8) {
        self.provenance.retain(|known| known.field != field);
        self.provenance.push(Provenance { field, source: source.to_owned(), confidence_percent });
    }

    /// Notes that the address and the day of capture, if they are known, are what the page is kept with: a web archive,
    /// or a program that saved it. The page itself may name another address.
    pub fn note_kept_with(&mut self) {
        if self.url.is_some() {
            self.note(Field::Url, "container", 90);
        }
        if self.captured.is_some() {
            self.note(Field::Captured, "container", 100);
        }
    }

    /// Notes that all fields that say something were taken from `source`, which is sure of them.
    pub fn note_given(&mut self, source: &str) {
        let given = [
            (Field::Title, self.title.is_some()),
            (Field::Authors, !self.authors.is_empty()),
            (Field::Publisher, self.publisher.is_some()),
            (Field::Section, self.section.is_some()),
            (Field::Keywords, !self.keywords.is_empty()),
            (Field::Published, self.published.is_some()),
            (Field::Modified, self.modified.is_some()),
            (Field::Captured, self.captured.is_some()),
            (Field::Language, self.language.is_some()),
            (Field::Url, self.url.is_some()),
        ];
        for (field, _) in given.into_iter().filter(|(_, given)| *given) {
            self.note(field, source, 100);
        }
    }

    /// Where `field` was taken from, if that is known.
    #[must_use]
    pub fn provenance_of(&self, field: Field) -> Option<&Provenance> {
        self.provenance.iter().find(|known| known.field == field)
    }

    /// Whether `field` is what the container of a page knows of it, such as the address that it was fetched from.
    #[must_use]
    pub fn is_of_container(&self, field: Field) -> bool {
        self.provenance_of(field).is_some_and(|known| known.source == "container")
    }
}

/// Where one field of the metadata came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The field.
    pub field: Field,
    /// The kind of place: `json-ld`, `open-graph`, `citation`, `dublin-core`, `meta`, `time`, `byline`,
    /// `headline`, `url`, `text`, `record`, `container`, `guess`.
    pub source: String,
    /// How sure it is, 0 to 100.
    pub confidence_percent: u8,
}

/// A field of [`Metadata`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// [`Metadata::title`].
    Title,
    /// [`Metadata::authors`].
    Authors,
    /// [`Metadata::publisher`].
    Publisher,
    /// [`Metadata::section`].
    Section,
    /// [`Metadata::keywords`].
    Keywords,
    /// [`Metadata::published`].
    Published,
    /// [`Metadata::modified`].
    Modified,
    /// [`Metadata::captured`].
    Captured,
    /// [`Metadata::language`].
    Language,
    /// [`Metadata::url`].
    Url,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_note_replaces_the_earlier() {
        let mut metadata = Metadata::default();
        metadata.note(Field::Title, "open-graph", 80);
        metadata.note(Field::Url, "meta", 90);
        metadata.note(Field::Title, "headline", 95);
        let titles: Vec<_> = metadata.provenance.iter().filter(|p| p.field == Field::Title).collect();
        assert_eq!(titles.len(), 1);
        assert_eq!(titles[0].source, "headline");
    }
}
