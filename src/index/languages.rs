//! A query read in each group of languages that the index holds.

use std::collections::HashSet;
use std::sync::Arc;

use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::fields::Fields;
use super::where_held::Lacking;
use crate::model::Language;
use crate::query::Query;
use crate::terms::Terms;

/// A group of languages that articles of an index are in.
pub(super) struct Group {
    /// Its code.
    pub code: &'static str,
    /// The field of the articles' stems.
    pub field: Field,
    /// How many articles are in it.
    pub articles: u64,
    /// Segments without any.
    pub lacking: Lacking,
}

impl Group {
    /// The language that it is read in.
    pub fn language(&self) -> Language {
        language_of_group(self.code)
    }

    /// How many documents have `term`, which is of [`Self::field`].
    pub fn doc_freq(&self, searcher: &Searcher, term: &Term) -> tantivy::Result<u64> {
        let mut found = 0;
        for segment in searcher.segment_readers() {
            if !self.lacking.contains(&segment.segment_id()) {
                found += u64::from(segment.inverted_index(self.field)?.doc_freq(term)?);
            }
        }
        Ok(found)
    }
}

/// The language that the group called `code` is read in.
pub(super) fn language_of_group(code: &str) -> Language {
    Language::from_tag(code).unwrap_or(Language::OTHER)
}

/// A query as the articles of one group understand it.
pub(super) struct GroupTerms {
    /// The group's code.
    pub code: &'static str,
    /// The field of their stems.
    pub field: Field,
    /// Segments without any of them.
    pub lacking: Lacking,
    /// The query's terms in it.
    pub terms: Terms,
}

/// The groups that have articles, in order of code.
pub(super) fn present_groups(searcher: &Searcher, fields: &Fields) -> tantivy::Result<Vec<Group>> {
    let mut present = Vec::new();
    for (&code, &field) in &fields.stems {
        let term = Term::from_field_text(fields.group, code);
        let (mut articles, mut lacking) = (0, HashSet::new());
        for segment in searcher.segment_readers() {
            match segment.inverted_index(fields.group)?.doc_freq(&term)? {
                0 => _ = lacking.insert(segment.segment_id()),
                found => articles += u64::from(found),
            }
        }
        if articles > 0 {
            present.push(Group { code, field, articles, lacking: Arc::new(lacking) });
        }
    }
    Ok(present)
}

/// `query`, which is in the language `own`, in each of `groups`.
pub(super) fn read_in_groups(query: &Query, groups: &[Group], own: Language) -> Vec<GroupTerms> {
    let languages: Vec<Language> = groups.iter().map(Group::language).collect();
    let terms = Terms::in_each(query, &languages, Some(own));
    let of_group = |(group, terms): (&Group, Terms)| GroupTerms {
        code: group.code,
        field: group.field,
        lacking: Arc::clone(&group.lacking),
        terms,
    };
    groups.iter().zip(terms).map(of_group).collect()
}
