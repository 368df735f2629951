//! What an index remembers of inputs and articles, as the port for writing asks for it: the state of one commit.

use std::collections::HashSet;

use tantivy::{DocAddress, Term};

use super::fields::{INPUT, WITHOUT_RECURRING, fast};
use super::reader::{IndexSearcher, address_of};
use super::writer::state_code;
use crate::engine::{DocumentKey, InputRecord, InputState, Owner, SameTexts, StoredArticle};
use crate::error::IndexError;
use crate::model::{ArticleId, Locator};

/// What a look-up of inputs calls itself in errors.
const LOOKING_UP: &str = "looking up inputs";

/// Inputs that are read in a row in about the time in which those of one article are looked up.
const INPUTS_READ_PER_LOOK_UP: u64 = 10;

/// The term of an input's locator: apart from those of the articles made of it.
pub(super) fn input_key(locator: &Locator) -> String {
    format!("{INPUT}:{locator}")
}

/// The locator whose key is `key`, if it is one of an input.
pub(super) fn of_input_key(key: &[u8]) -> Option<&str> {
    std::str::from_utf8(key).ok()?.strip_prefix(INPUT)?.strip_prefix(':')
}

impl IndexSearcher {
    pub(super) fn id_term(&self, id: ArticleId) -> Term {
        Term::from_field_u64(self.fields().id, id.number())
    }

    pub(super) fn input_term(&self, locator: &Locator) -> Term {
        Term::from_field_text(self.fields().locator, &input_key(locator))
    }

    pub(super) fn input(&self, locator: &Locator) -> Result<Option<InputRecord>, IndexError> {
        Ok(self.inputs_with(self.input_term(locator))?.pop())
    }

    pub(super) fn inputs_of(&self, id: ArticleId) -> Result<Vec<InputRecord>, IndexError> {
        self.inputs_with(Term::from_field_u64(self.fields().made_into, id.number()))
    }

    /// The term of the inputs that the article behind `key` was made of, if it has copies perhaps: nearly every article
    /// was made of one input, and that one needn't be read.
    pub(super) fn inputs_term_of(&self, key: DocumentKey) -> Result<Option<Term>, IndexError> {
        let address = address_of(key);
        let segment = self.engine().segment_reader(address.segment_ord);
        let id = self.reading("looking up an article", || {
            Ok(segment.fast_fields().column_first_or_default::<u64>(fast::ID)?.get_val(address.doc_id))
        })?;
        let term = Term::from_field_u64(self.fields().made_into, id);
        let inputs = self.reading(LOOKING_UP, || self.engine().doc_freq(&term))?;
        Ok((inputs > 1).then_some(term))
    }

    /// The inputs that were found to have the text of the article behind `key`, of which `most` are given.
    pub(super) fn duplicates_of(&self, key: DocumentKey, most: usize) -> Result<SameTexts, IndexError> {
        let mut same = SameTexts::default();
        let Some(term) = self.inputs_term_of(key)? else { return Ok(same) };
        for address in self.reading(LOOKING_UP, || self.documents_with(term))? {
            let input = self.input_at(address)?;
            if input.state == InputState::Duplicate {
                same.add(input, most);
            }
        }
        Ok(same)
    }

    /// The addresses of the inputs in `container`, in order.
    pub(super) fn where_inputs_are_in(&self, container: &Locator) -> Result<Vec<DocAddress>, IndexError> {
        let term = Term::from_field_text(self.fields().container, container.as_str());
        self.reading(LOOKING_UP, || self.documents_with(term))
    }

    /// The addresses of those of them that were skipped or set aside.
    pub(super) fn where_refused_are_in(&self, container: &Locator) -> Result<Vec<DocAddress>, IndexError> {
        let mut found = Vec::new();
        for state in [InputState::Skipped, InputState::SetAside] {
            let term = Term::from_field_text(self.fields().state, state_code(state));
            found.extend(self.reading(LOOKING_UP, || self.documents_with(term))?);
        }
        if found.is_empty() {
            return Ok(found);
        }
        let inside = self.where_inputs_are_in(container)?;
        found.retain(|address| inside.binary_search(address).is_ok());
        Ok(found)
    }

    /// The addresses of all inputs, in order.
    pub(super) fn where_all_inputs_are(&self) -> Result<Vec<DocAddress>, IndexError> {
        let term = Term::from_field_text(self.fields().kind, INPUT);
        self.reading(LOOKING_UP, || self.documents_with(term))
    }

    /// The addresses of the records of web archives with this digest that were made an article, in order.
    pub(super) fn where_digest_is(&self, digest: &str) -> Result<Vec<DocAddress>, IndexError> {
        let term = Term::from_field_text(self.fields().digest, digest);
        self.reading(LOOKING_UP, || self.documents_with(term))
    }

    /// Every input that was recorded.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    pub fn all_inputs(&self) -> Result<Vec<InputRecord>, IndexError> {
        self.inputs_with(Term::from_field_text(self.fields().kind, INPUT))
    }

    /// All inputs that `articles` were made of, or are copies of, in no order.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    pub fn inputs_of_all(&self, articles: &HashSet<ArticleId>) -> Result<Vec<InputRecord>, IndexError> {
        let all = Term::from_field_text(self.fields().kind, INPUT);
        let all = self.reading(LOOKING_UP, || self.engine().doc_freq(&all))?;
        if articles.len() as u64 > all / INPUTS_READ_PER_LOOK_UP {
            let mut inputs = self.all_inputs()?;
            inputs.retain(|input| input.article.is_some_and(|id| articles.contains(&id)));
            return Ok(inputs);
        }
        let mut inputs = Vec::new();
        for &id in articles {
            inputs.append(&mut self.inputs_of(id)?);
        }
        Ok(inputs)
    }

    pub(super) fn owner(&self, id: ArticleId) -> Result<Option<Owner>, IndexError> {
        self.owner_with(self.id_term(id))
    }

    pub(super) fn with_fingerprint(&self, fingerprint: &str) -> Result<Option<Owner>, IndexError> {
        self.owner_with(Term::from_field_text(self.fields().fingerprint, fingerprint))
    }

    /// The article `id`.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    pub fn article(&self, id: ArticleId) -> Result<Option<StoredArticle>, IndexError> {
        Ok(self.articles_with(self.id_term(id))?.pop())
    }

    pub(super) fn without_recurring(&self) -> Result<Vec<ArticleId>, IndexError> {
        let mut ids = self.ids_with(Term::from_field_text(self.fields().kind, WITHOUT_RECURRING))?;
        ids.sort_unstable();
        Ok(ids)
    }

    fn owner_with(&self, term: Term) -> Result<Option<Owner>, IndexError> {
        let stored = self.articles_with(term)?.into_iter().next();
        Ok(stored.map(|stored| Owner { id: stored.id, locator: stored.article.locator }))
    }
}
