//! A query read in each group of languages that the index holds.

use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::fields::Fields;
use crate::model::Language;
use crate::query::Query;
use crate::terms::Terms;

/// A query as the articles of one group understand it.
pub(super) struct GroupTerms {
    /// The group's code.
    pub code: &'static str,
    /// The field of their stems.
    pub field: Field,
    /// The query's terms in it.
    pub terms: Terms,
}

/// How many articles are in each group that has any, in order of code: code, field, articles.
pub(super) fn present_groups(
    searcher: &Searcher,
    fields: &Fields,
) -> tantivy::Result<Vec<(&'static str, Field, u64)>> {
    let mut present = Vec::new();
    for (&code, &field) in &fields.stems {
        let articles = searcher.doc_freq(&Term::from_field_text(fields.group, code))?;
        if articles > 0 {
            present.push((code, field, articles));
        }
    }
    Ok(present)
}

/// `query`, which is in the language `own` or in the one that its words tell, in each of `groups`.
pub(super) fn read_in_groups(
    query: &Query,
    groups: &[(&'static str, Field, u64)],
    own: Option<Language>,
) -> Vec<GroupTerms> {
    let language = |&(code, ..): &(&str, Field, u64)| Language::from_tag(code).unwrap_or(Language::OTHER);
    let languages: Vec<Language> = groups.iter().map(language).collect();
    let terms = Terms::in_each(query, &languages, own);
    groups.iter().zip(terms).map(|(&(code, field, _), terms)| GroupTerms { code, field, terms }).collect()
}
