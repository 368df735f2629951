//! What articles say of acronyms, as terms of one field: by short form, by long form, and words in capitals.
//!
//! A definition is a term, so that the articles that have it are its postings, and it goes when they go. Which
//! definitions mean the same is not here.

use std::collections::BTreeMap;

use tantivy::collector::Count;
use tantivy::query::TermQuery;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::document::IndexedDocument;
use super::fields::Fields;
use super::published::{PublishedColumns, PublishedDays};
use crate::acronym::with_last_point;
use crate::engine::{AcronymsOf, ArticleAcronyms, DefinedAcronym, WordCase};
use crate::model::Language;

/// What parts the pieces of a term; no word has it.
const PARTING: char = '\t';

/// How the terms of a short form begin.
const SHORT: &str = "s\t";

/// How those of a long form begin.
const LONG: &str = "l\t";

/// How those of a word in capitals begin.
const CAPITALS: &str = "c\t";

/// Most definitions that are read for one look-up, but for all of them: hostile pages may define anything.
const MAX_READ: usize = 1_000;

/// Adds what an article in `language` says to its document.
pub(super) fn add(field: Field, language: Language, said: &ArticleAcronyms, document: &mut IndexedDocument) {
    for defined in &said.defined {
        let (short, long) = (&defined.definition.short, &defined.definition.long);
        for (kind, words) in [(SHORT, &defined.short_words), (LONG, &defined.long_words)] {
            document.add_text(field, format!("{kind}{words}\t{}\t{short}\t{long}", language.code()));
        }
    }
    for word in &said.capitals {
        document.add_text(field, format!("{CAPITALS}{word}"));
    }
}

/// The acronyms that are asked for, by short form, long form and language.
pub(super) fn find(
    searcher: &Searcher,
    field: Field,
    sought: AcronymsOf<'_>,
) -> tantivy::Result<Vec<DefinedAcronym>> {
    let (beginning, most) = match sought {
        AcronymsOf::Short(words) => (format!("{SHORT}{words}{PARTING}"), MAX_READ),
        AcronymsOf::LongFrom(words) => (format!("{LONG}{words}"), MAX_READ),
        AcronymsOf::All => (SHORT.to_owned(), usize::MAX),
    };
    let mut found: BTreeMap<(String, String, Language), Seen> = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().range().ge(&beginning).into_stream()?;
        let mut read = 0;
        while terms.advance() && terms.key().starts_with(beginning.as_bytes()) && read < most {
            read += 1;
            let Some(key) = std::str::from_utf8(terms.key()).ok().and_then(parsed) else { continue };
            let postings = index.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
            found.entry(key).or_default().add(segment, postings)?;
        }
    }
    let acronym = |((short, long, language), seen): ((String, String, Language), Seen)| {
        let (first, last) = seen.days.ends().unzip();
        DefinedAcronym { short, long, language, articles: seen.articles, first, last }
    };
    Ok(found.into_iter().filter(|(_, seen)| seen.articles > 0).map(acronym).collect())
}

/// In how many articles `word`, which is folded, stands.
pub(super) fn word_case(searcher: &Searcher, fields: &Fields, word: &str) -> tantivy::Result<WordCase> {
    let count = |term: Term| -> tantivy::Result<u64> {
        Ok(searcher.search(&TermQuery::new(term, IndexRecordOption::Basic), &Count)? as u64)
    };
    Ok(WordCase {
        articles: count(Term::from_field_text(fields.exact, word))?,
        in_capitals: count(Term::from_field_text(fields.acronym, &format!("{CAPITALS}{word}")))?,
    })
}

/// Short form, long form and language of a term.
fn parsed(term: &str) -> Option<(String, String, Language)> {
    let mut pieces = term.split(PARTING).skip(2);
    let language = pieces.next()?.parse().ok()?;
    let short = with_last_point(pieces.next()?).into_owned();
    Some((short, pieces.next()?.to_owned(), language))
}

/// The articles that define something.
#[derive(Default)]
struct Seen {
    articles: u64,
    days: PublishedDays,
}

impl Seen {
    /// Adds the live ones of `postings`, which are of `segment`.
    fn add(&mut self, segment: &SegmentReader, mut postings: impl DocSet) -> tantivy::Result<()> {
        let published = PublishedColumns::of(segment)?;
        while postings.doc() != TERMINATED {
            let doc = postings.doc();
            if !segment.is_deleted(doc) {
                self.articles += 1;
                self.days.add(&published, doc);
            }
            postings.advance();
        }
        Ok(())
    }
}
