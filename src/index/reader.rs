//! [`IndexSearcher`]: finds and fetches articles of one commit.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;
use tantivy::collector::Count;
use tantivy::postings::SegmentPostings;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, DocSet, SegmentReader, TERMINATED, TantivyDocument, Term};

use super::SCHEMA_VERSION;
use super::acronyms;
use super::compounds;
use super::copies::Copies;
use super::copy_publishers::CopyPublishers;
use super::dictionary;
use super::expansion::Expansions;
use super::facets::{CountValues, count_all};
use super::failure::guarded;
use super::fields::{ARTICLE, Fields, WITHOUT_RECURRING, fast};
use super::languages::{Group, present_groups};
use super::lengths::Lengths;
use super::long_words::LongWords;
use super::matches::{Matches, is_answered_at_once};
use super::near_copies::SketchReaders;
use super::published::{PublishedColumns, PublishedDays};
use super::record::Record;
use super::seal::opened_text;
use super::wordings::Compared;
use super::writer::state_code;
use crate::analysis::ANALYZER_VERSION;
use crate::dedup::Sketch;
use crate::engine::{
    AcronymsOf, Candidate, DefinedAcronym, DocumentKey, FacetValue, Facets, IndexStats, InputRecord,
    InputState, LanguageStats, PatternWords, SameTexts, Searcher, StoredArticle, WordCase,
};
use crate::error::IndexError;
use crate::model::{ArticleId, Language};
use crate::query::Query;
use crate::terms::language_told_by;

/// Searches one commit of an index; later commits don't show.
pub struct IndexSearcher {
    searcher: tantivy::Searcher,
    fields: Fields,
    path: PathBuf,
    /// The groups of languages that it has articles of.
    pub(super) groups: Vec<Group>,
    /// How many tokens its fields have.
    pub(super) lengths: Lengths,
    /// The words of the patterns of the last queries.
    pub(super) expansions: Mutex<Vec<Arc<Expansions>>>,
    /// What the last query found that was answered all at once.
    pub(super) matches: Mutex<Option<Arc<Matches>>>,
    /// What sketches are read by.
    pub(super) sketch_readers: SketchReaders,
    /// Those of its words that may be compounds.
    long_words: LongWords,
    /// The last articles that were laid side by side.
    pub(super) compared: Compared,
    /// The copies of articles, if there are any, once that was asked for.
    pub(super) copies: OnceLock<Option<Arc<Copies>>>,
    /// Who published copies, once that was asked for.
    pub(super) copy_publishers: OnceLock<Arc<CopyPublishers>>,
    /// The language that all queries are said to be in.
    said_language: Option<Language>,
    /// The language that the words of the last query tell. A query is asked about several times, and telling it takes
    /// longer than all else that is done with the query alone.
    told_language: Mutex<Option<(Query, Language)>>,
}

impl IndexSearcher {
    pub(super) fn new(
        searcher: tantivy::Searcher,
        fields: Fields,
        path: PathBuf,
    ) -> Result<Self, IndexError> {
        let groups = guarded(&path, "counting languages", || present_groups(&searcher, &fields))?;
        Ok(Self {
            searcher,
            fields,
            path,
            groups,
            lengths: Lengths::default(),
            expansions: Mutex::default(),
            matches: Mutex::default(),
            sketch_readers: Mutex::default(),
            long_words: LongWords::default(),
            compared: Compared::default(),
            copies: OnceLock::default(),
            copy_publishers: OnceLock::default(),
            said_language: None,
            told_language: Mutex::default(),
        })
    }

    /// Takes all queries to be in `language`, rather than in the one that their words tell.
    #[must_use]
    pub fn with_queries_in(mut self, language: Option<Language>) -> Self {
        self.said_language = language;
        self
    }

    /// The folder of its index.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn engine(&self) -> &tantivy::Searcher {
        &self.searcher
    }

    pub(super) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Does `work` with the index's files; a failure says that it was `what` that failed.
    pub(super) fn reading<T>(
        &self,
        what: &'static str,
        work: impl FnOnce() -> tantivy::Result<T>,
    ) -> Result<T, IndexError> {
        guarded(&self.path, what, work)
    }

    /// The documents that have `term`, in order of address.
    pub(super) fn documents_with(&self, term: Term) -> tantivy::Result<Vec<DocAddress>> {
        let mut found = Vec::new();
        for (segment, reader) in (0..).zip(self.searcher.segment_readers()) {
            let index = reader.inverted_index(term.field())?;
            let Some(postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
            add_documents(&mut found, (segment, reader), postings);
        }
        Ok(found)
    }

    /// The record kept at `address`, as JSON.
    pub(super) fn record(&self, address: DocAddress) -> Result<String, IndexError> {
        let document: TantivyDocument = self.reading("reading a record", || self.searcher.doc(address))?;
        let record = document.get_first(self.fields.record).and_then(|value| value.as_str());
        let record = record.ok_or_else(|| self.damaged("a document without a record"))?;
        let whole = opened_text(record).ok_or_else(|| self.damaged("a record isn't as it was written"))?;
        Ok(whole.to_owned())
    }

    /// Reads a record that was kept as JSON.
    pub(super) fn parsed<T: serde::de::DeserializeOwned>(&self, json: &str) -> Result<T, IndexError> {
        serde_json::from_str(json).map_err(|error| self.damaged(&format!("a record can't be read: {error}")))
    }

    fn damaged(&self, reason: &str) -> IndexError {
        IndexError::Damaged { path: self.path.clone(), reason: reason.to_owned() }
    }

    /// The input records that have `term`, which articles never have.
    pub(super) fn inputs_with(&self, term: Term) -> Result<Vec<InputRecord>, IndexError> {
        let found = self.reading("looking up inputs", || self.documents_with(term))?;
        found.into_iter().map(|address| self.input_at(address)).collect()
    }

    /// The input record at `address`.
    pub(super) fn input_at(&self, address: DocAddress) -> Result<InputRecord, IndexError> {
        self.parsed(&self.record(address)?)
    }

    /// How many documents are of `kind`.
    fn count_of_kind(&self, kind: &str) -> Result<u64, IndexError> {
        let query = TermQuery::new(Term::from_field_text(self.fields.kind, kind), IndexRecordOption::Basic);
        Ok(self.reading("counting articles", || self.searcher.search(&query, &Count))? as u64)
    }

    /// The articles that have `term`.
    pub(super) fn articles_with(&self, term: Term) -> Result<Vec<StoredArticle>, IndexError> {
        let found = self.reading("looking up an article", || self.documents_with(term))?;
        let article = |address| Ok(self.parsed::<Record>(&self.record(address)?)?.into());
        found.into_iter().map(article).collect()
    }

    /// The ids of the articles that have `term`.
    pub(super) fn ids_with(&self, term: Term) -> Result<Vec<ArticleId>, IndexError> {
        let found = self.reading("looking up articles", || self.documents_with(term))?;
        let id = |address| Ok(self.parsed::<Record>(&self.record(address)?)?.id());
        found.into_iter().map(id).collect()
    }

    fn articles_by_language(&self) -> tantivy::Result<Vec<LanguageStats>> {
        let mut languages: Vec<LanguageStats> = count_all(&self.searcher, fast::LANGUAGE)?
            .into_iter()
            .map(|(code, articles)| LanguageStats {
                language: code.parse().unwrap_or(Language::UNKNOWN),
                articles,
            })
            .collect();
        languages.sort_by(|a, b| b.articles.cmp(&a.articles).then(a.language.cmp(&b.language)));
        Ok(languages)
    }

    fn passages_and_dates(&self) -> tantivy::Result<(u64, PublishedDays)> {
        let (mut passages, mut dates) = (0, PublishedDays::default());
        for reader in self.searcher.segment_readers() {
            let starts = reader.fast_fields().u64(fast::PASSAGES)?;
            let published = PublishedColumns::of(reader)?;
            for doc in reader.doc_ids_alive() {
                passages += starts.values_for_doc(doc).count() as u64;
                dates.add(&published, doc);
            }
        }
        Ok((passages, dates))
    }
}

impl Searcher for IndexSearcher {
    fn candidates(&self, query: &Query, limit: usize) -> Result<Vec<Candidate>, IndexError> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        if is_answered_at_once(query) && self.known_matches(query).is_none() {
            self.check_cost(query)?;
        }
        self.metered("searching", |meter| self.best(query, limit, meter))
    }

    fn count(&self, query: &Query) -> Result<u64, IndexError> {
        if let Some(known) = self.known_matches(query) {
            return Ok(known.count());
        }
        let count =
            self.metered("counting", |meter| self.searcher.search(&self.lowered(query, meter)?, &Count))?;
        Ok(count as u64)
    }

    fn languages(&self) -> Vec<Language> {
        self.groups.iter().map(Group::language).collect()
    }

    fn query_language(&self, query: &Query) -> Language {
        self.said_language.unwrap_or_else(|| {
            let mut told = self.told_language.lock();
            match &*told {
                Some((known, language)) if known == query => *language,
                _ => told.insert((query.clone(), language_told_by(query, &self.languages()))).1,
            }
        })
    }

    fn pattern_words(&self, query: &Query) -> Result<Vec<PatternWords>, IndexError> {
        let leaves = query.all_leaves();
        let expansions = self.reading("looking up patterns", || self.expansions(query))?;
        let mut listed: Vec<PatternWords> = Vec::new();
        for leaf in leaves.iter().filter(|leaf| leaf.is_pattern()) {
            let slots = expansions.get(leaf, self.fields.words_of(leaf.scope)).iter().flatten();
            let pattern = leaf.to_string();
            let mut words = PatternWords { pattern, words: Vec::new(), found: 0, too_common: 0 };
            for slot in slots {
                words.words.extend(slot.words.iter().cloned());
                words.found += slot.found;
                words.too_common += slot.too_common;
            }
            if !listed.contains(&words) {
                listed.push(words);
            }
        }
        Ok(listed)
    }

    fn acronyms(&self, sought: AcronymsOf<'_>) -> Result<Vec<DefinedAcronym>, IndexError> {
        self.reading("looking up acronyms", || acronyms::find(&self.searcher, self.fields.acronym, sought))
    }

    fn word_case(&self, word: &str) -> Result<WordCase, IndexError> {
        self.reading("looking up a word", || acronyms::word_case(&self.searcher, &self.fields, word))
    }

    fn compounds(&self, words: &[&str], own: Language, most: usize) -> Result<Vec<Vec<String>>, IndexError> {
        let finder = compounds::Finder {
            searcher: &self.searcher,
            fields: &self.fields,
            groups: &self.groups,
            folder: &self.path,
            long_words: &self.long_words,
        };
        self.reading("looking up compounds", || finder.of_words(words, own, most))
    }

    fn count_in_passing(&self, query: &Query) -> Result<Option<u64>, IndexError> {
        let meter = self.limits().meter_in_passing();
        let count =
            self.reading("counting", || self.searcher.search(&self.lowered(query, &meter)?, &Count))?;
        Ok((!meter.is_exceeded()).then_some(count as u64))
    }

    fn facets(&self, query: &Query, limit: usize) -> Result<Facets, IndexError> {
        let values = CountValues { others: self.copy_publishers()? };
        let counts = self.metered("counting", |meter| match self.known_matches(query) {
            Some(known) => known.values(&self.searcher, &values),
            None => self.searcher.search(&self.lowered(query, meter)?, &values),
        })?;
        // Languages and years are few by what they are.
        let (language, year) = (most_first(counts.languages), most_first(counts.years));
        let mut publisher = most_first(counts.publishers);
        let more_publishers = publisher.len().saturating_sub(limit);
        publisher.truncate(limit);
        Ok(Facets { language, publisher, year, more_publishers })
    }

    fn fetch(&self, key: DocumentKey) -> Result<StoredArticle, IndexError> {
        let record: Record = self.parsed(&self.record(address_of(key))?)?;
        Ok(record.into())
    }

    fn find(&self, id: &str) -> Result<Vec<DocumentKey>, IndexError> {
        let mut terms = vec![Term::from_field_text(self.fields.given_id, id)];
        terms.extend(ArticleId::parse(id).map(|id| Term::from_field_u64(self.fields.id, id.number())));
        let mut found = Vec::new();
        for term in terms {
            found.extend(self.reading("looking up an id", || self.documents_with(term))?);
        }
        Ok(found.into_iter().map(key_of).collect())
    }

    fn given_ids(&self) -> Result<BTreeSet<String>, IndexError> {
        self.reading("listing ids", || dictionary::all_words(self.fields.given_id, &self.searcher))
    }

    fn sketches(&self, keys: &[DocumentKey]) -> Result<Vec<Sketch>, IndexError> {
        self.reading("comparing articles", || self.sketches_of(keys))
    }

    fn tell_the_same(&self, one: DocumentKey, other: DocumentKey) -> Result<bool, IndexError> {
        self.judged(one, other)
    }

    fn near_copies(&self, keys: &[DocumentKey]) -> Result<Vec<Vec<DocumentKey>>, IndexError> {
        let near = self.reading("looking up copies", || self.near(keys))?;
        self.copies_among(keys, near)
    }

    fn same_texts(&self, key: DocumentKey, most: usize) -> Result<SameTexts, IndexError> {
        self.duplicates_of(key, most)
    }

    fn same_texts_meeting(&self, query: &Query, key: DocumentKey) -> Result<Vec<InputRecord>, IndexError> {
        self.copies_meeting(query, key)
    }

    fn stats(&self) -> Result<IndexStats, IndexError> {
        let articles = self.count_of_kind(ARTICLE)?;
        let (passages, dates) = self.reading("counting passages", || self.passages_and_dates())?;
        let by_code = self.reading("counting inputs", || count_all(&self.searcher, fast::STATE))?;
        let count = |state| by_code.get(state_code(state)).copied().unwrap_or(0);
        let inputs = InputState::ALL.map(|state| (state.name().to_owned(), count(state))).into();
        let usage = self.reading("measuring it", || Ok(self.searcher.space_usage()?))?;
        Ok(IndexStats {
            articles,
            passages,
            inputs,
            without_recurring: self.count_of_kind(WITHOUT_RECURRING)?,
            near_copies: self.copy_stats()?,
            languages: self.reading("counting languages", || self.articles_by_language())?,
            published: dates.ends(),
            bytes: usage.total().get_bytes(),
            segments: self.searcher.segment_readers().len(),
            versions: [("schema".to_owned(), SCHEMA_VERSION), ("analyzer".to_owned(), ANALYZER_VERSION)]
                .into(),
        })
    }
}

/// Adds the documents of a segment, by its number, that `postings` list and that aren't removed.
pub(super) fn add_documents(
    found: &mut Vec<DocAddress>,
    (segment, reader): (u32, &SegmentReader),
    mut postings: SegmentPostings,
) {
    while postings.doc() != TERMINATED {
        if !reader.is_deleted(postings.doc()) {
            found.push(DocAddress::new(segment, postings.doc()));
        }
        postings.advance();
    }
}

/// The values with the most articles first, of equal ones the first by name.
fn most_first(counts: HashMap<String, u64>) -> Vec<FacetValue> {
    let mut values: Vec<FacetValue> =
        counts.into_iter().map(|(value, count)| FacetValue { value, count }).collect();
    values.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    values
}

pub(super) fn key_of(address: DocAddress) -> DocumentKey {
    DocumentKey(u64::from(address.segment_ord) << 32 | u64::from(address.doc_id))
}

pub(super) fn address_of(key: DocumentKey) -> DocAddress {
    DocAddress::new((key.0 >> 32) as u32, key.0 as u32)
}
