//! References: what of an article or passage is cited, and in words as a person pastes them.
//!
//! How programs that manage references read them is the matter of `bibtex.rs`, `ris.rs` and `csl.rs`.

use std::io::{self, Write};

use clap::ValueEnum;
use ibid::engine::StoredArticle;
use ibid::model::{Date, Language, Locator};
use ibid::search::{Hit, passage_headings, passage_page};
use ibid::text::collapse_whitespace;

use super::passages::shown_path;
use super::{Style, bibtex, csl, markdown, printable, ris, web_address};

/// How references are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CiteFormat {
    /// For people: a line each
    Text,
    /// For LaTeX, and for programs that manage references
    Bibtex,
    /// For programs that manage references
    Ris,
    /// For pandoc and Zotero, as JSON: one list
    CslJson,
    /// For notes: a paragraph each, the title leading to the page
    Markdown,
}

/// What is cited of an article, or of a passage of it.
#[derive(Clone, Debug, Default)]
pub struct Reference {
    /// The name of the article or passage.
    pub id: String,
    /// The headline.
    pub title: Option<String>,
    /// The authors, as the byline names them.
    pub authors: Vec<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it came out, as far as that is known.
    pub published: Option<Date>,
    /// When the page was saved.
    pub captured: Option<Date>,
    /// The language, if it is known.
    pub language: Option<Language>,
    /// Its address.
    pub url: Option<String>,
    /// Where it was read.
    pub locator: Locator,
    /// The headings that the passage stands under, outermost first.
    pub heading: Vec<String>,
    /// The page that the passage begins on.
    pub page: Option<u32>,
}

impl Reference {
    /// The reference of `article`, or of its passage number `passage`, from 0, which is called `id`.
    pub fn new(article: &StoredArticle, passage: Option<usize>, id: String) -> Self {
        let metadata = &article.article.metadata;
        Self {
            id,
            title: metadata.title.clone(),
            authors: metadata.authors.clone(),
            publisher: metadata.publisher.clone(),
            published: metadata.published,
            captured: metadata.captured,
            language: known(article.article.language()),
            url: metadata.url.clone(),
            locator: article.article.locator.clone(),
            heading: passage.map(|passage| passage_headings(article, passage)).unwrap_or_default(),
            page: passage.and_then(|passage| passage_page(article, passage)),
        }
    }

    /// The reference of an answer.
    pub(super) fn of_hit(hit: &Hit) -> Self {
        Self {
            id: hit.id.clone(),
            title: hit.title.clone(),
            authors: hit.authors.clone(),
            publisher: hit.publisher.clone(),
            published: hit.published,
            captured: None,
            language: known(hit.language),
            url: hit.url.clone(),
            locator: hit.locator.clone(),
            heading: hit.heading.clone(),
            page: hit.page,
        }
    }

    /// The headline, or that there is none.
    pub(super) fn title(&self) -> &str {
        self.title.as_deref().unwrap_or("(without a title)")
    }

    /// What ends a sentence that the headline is: nothing where it ends one itself.
    pub(super) fn full_stop(&self) -> &'static str {
        let ends_itself = |c: char| matches!(c, '.' | '…' | '?' | '!' | '؟' | '。' | '？' | '！');
        if self.title().trim_end().ends_with(ends_itself) { "" } else { "." }
    }

    /// The authors as they stand before the title; nothing if none is known.
    pub(super) fn byline(&self) -> String {
        if self.authors.is_empty() { String::new() } else { format!("{}: ", self.authors.join(", ")) }
    }

    /// Its address, if it is one of the web.
    pub(super) fn web_address(&self) -> Option<&str> {
        self.url.as_deref().and_then(web_address)
    }

    /// Where in the article a passage stands: the headings above it, and the page.
    fn place(&self) -> [Option<String>; 2] {
        let section = (!self.heading.is_empty()).then(|| format!("§ {}", self.heading.join(" › ")));
        [section, self.page.map(|page| format!("p. {page}"))]
    }

    /// Publisher, date, and where in the article a passage stands; where the article lies if it has no address.
    pub(super) fn particulars(&self, style: &Style) -> Vec<String> {
        let date = self.published.map(|date| date.to_string());
        let path = self.web_address().is_none().then(|| shown_path(&self.locator, style));
        let [section, page] = self.place();
        [self.publisher.clone(), date, section, path, page].into_iter().flatten().collect()
    }

    /// What fields of other formats have no place for: where in the article a passage stands, where the article lies if
    /// it has no address, and what ibid calls it.
    pub(super) fn note(&self) -> String {
        let [section, page] = self.place();
        let path = self.web_address().is_none().then(|| self.locator.to_string());
        let id = format!("ibid {}", self.id);
        let parts: Vec<String> = [section, page, path, Some(id)].into_iter().flatten().collect();
        line(&parts.join(", "))
    }
}

/// `language`, if it says which.
fn known(language: Language) -> Option<Language> {
    (!matches!(language, Language::UNKNOWN | Language::OTHER)).then_some(language)
}

/// Writes `references`, in their order.
pub fn write_references(
    out: &mut dyn Write,
    references: &[Reference],
    format: CiteFormat,
    style: &Style,
) -> io::Result<()> {
    match format {
        CiteFormat::Text => references.iter().try_for_each(|reference| write_text(out, reference, style)),
        CiteFormat::Markdown => {
            references.iter().try_for_each(|reference| markdown::write_reference(out, reference, style))
        }
        CiteFormat::Bibtex => bibtex::write(out, references),
        CiteFormat::Ris => ris::write(out, references),
        CiteFormat::CslJson => csl::write(out, references),
    }
}

fn write_text(out: &mut dyn Write, reference: &Reference, style: &Style) -> io::Result<()> {
    let byline = reference.byline();
    let rest = reference.particulars(style).join(", ");
    let rest = if rest.is_empty() { rest } else { format!(" {rest}.") };
    let address = reference.web_address().map(|address| format!(" {address}")).unwrap_or_default();
    let (title, stop) = (reference.title(), reference.full_stop());
    let text = format!("{byline}{title}{stop}{rest}{address} [ibid {}]", reference.id);
    writeln!(out, "{}", line(&text))
}

/// `text` on one line, without what a terminal obeys.
pub(super) fn line(text: &str) -> String {
    collapse_whitespace(&printable(text)).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_that_ends_a_sentence_has_no_full_stop_behind_it() {
        let stop =
            |title: &str| Reference { title: Some(title.to_owned()), ..Reference::default() }.full_stop();
        for title in ["Who pays for wells?", "Stop!", "Wells of the U.S.", "水と堤防。"] {
            assert_eq!(stop(title), "", "{title}");
        }
        assert_eq!(stop("Who pays for wells"), ".");
        assert_eq!(Reference::default().full_stop(), ".");
    }
}
