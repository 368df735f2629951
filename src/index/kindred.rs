//! Finds the words of an index that are spelt like those of a query, and where they stand.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::languages::GroupTerms;
use super::place::with_positions;
use crate::query::{Query, Weight};
use crate::rank::{Evidence, TermMatch};
use crate::terms::{Family, KindredSet};

/// Words of a query whose kin are looked for: a longer query says enough by itself.
const MAX_WORDS: usize = 32;

/// A word of the query with its kin in the index.
pub(super) struct KindredWords {
    /// The number of its first set: sets are told apart by their numbers.
    number: usize,
    /// The word's weight in the query.
    query_weight: f64,
    words: Vec<Term>,
    sets: Vec<KindredSet>,
}

/// The kin of the words of `query` in the field `exact`.
pub(super) fn find(
    searcher: &Searcher,
    exact: Field,
    query: &Query,
    groups: &mut [GroupTerms],
) -> tantivy::Result<Vec<KindredWords>> {
    let mut found = Vec::new();
    let mut number = 0;
    for (word, query_weight) in words(query, groups) {
        let mut family = Family::of(&word);
        if let Some(beginning) = family.beginning().map(str::to_owned) {
            for reader in searcher.segment_readers() {
                offer_words(reader, exact, &beginning, &mut family)?;
            }
        }
        let sets = family.sets();
        let words = family.words().map(|word| Term::from_field_text(exact, word)).collect();
        number += sets.len();
        found.push(KindredWords { number: number - sets.len(), query_weight, words, sets });
    }
    Ok(found)
}

/// The words that `query` looks for in any language, with their weights.
fn words(query: &Query, groups: &mut [GroupTerms]) -> Vec<(String, f64)> {
    let mut words: Vec<(String, f64)> = Vec::new();
    for group in groups {
        for target in group.terms.targets(query) {
            if target.as_written || target.scope.is_some() || target.counts < Weight::FULL {
                continue;
            }
            for word in target.sequence.exact {
                let known = words.iter().position(|(known, _)| *known == word);
                match known {
                    Some(at) => words[at].1 = target.weight.max(words[at].1),
                    None if words.len() < MAX_WORDS => words.push((word, target.weight)),
                    None => {}
                }
            }
        }
    }
    words
}

fn offer_words(
    reader: &SegmentReader,
    field: Field,
    beginning: &str,
    family: &mut Family,
) -> tantivy::Result<()> {
    let index = reader.inverted_index(field)?;
    let mut words = index.terms().range().ge(beginning).into_stream()?;
    while words.advance() {
        match std::str::from_utf8(words.key()) {
            Ok(word) if word.starts_with(beginning) => family.offer(word),
            _ => break,
        }
    }
    Ok(())
}

/// Adds to `evidence` where `kindred` stand in the articles `docs` of one segment, which ascend.
pub(super) fn read(
    reader: &SegmentReader,
    docs: &[DocId],
    kindred: &[KindredWords],
    evidence: &mut [Evidence],
) -> tantivy::Result<()> {
    let sets = kindred.iter().map(|words| words.sets.len()).sum();
    for evidence in &mut *evidence {
        evidence.kindred.reserve_exact(sets);
    }
    for words in kindred {
        let postings = words.words.iter().map(|word| with_positions(reader, word));
        let mut postings = postings.collect::<tantivy::Result<Vec<_>>>()?;
        let mut positions: Vec<Vec<u32>> = vec![Vec::new(); postings.len()];
        for (&doc, evidence) in docs.iter().zip(&mut *evidence) {
            for (postings, positions) in postings.iter_mut().zip(&mut positions) {
                positions.clear();
                if let Some(postings) = postings {
                    read_positions(postings, doc, positions);
                }
            }
            for (term, set) in (words.number..).zip(&words.sets) {
                let positions = merged(set, &positions);
                if !positions.is_empty() {
                    let query_weight = words.query_weight * set.weight;
                    evidence.kindred.push(TermMatch {
                        term,
                        query_weight,
                        positions,
                        ..TermMatch::default()
                    });
                }
            }
        }
    }
    Ok(())
}

fn read_positions(postings: &mut SegmentPostings, doc: DocId, positions: &mut Vec<u32>) {
    if postings.doc() < doc {
        postings.seek(doc);
    }
    if postings.doc() == doc && doc != TERMINATED {
        postings.positions(positions);
    }
}

fn merged(set: &KindredSet, positions: &[Vec<u32>]) -> Vec<u32> {
    let of_members = set.members.iter().map(|&member| positions[member].as_slice());
    let mut present = of_members.clone().filter(|positions| !positions.is_empty());
    let (Some(first), second) = (present.next(), present.next()) else { return Vec::new() };
    let mut merged = Vec::with_capacity(of_members.map(<[u32]>::len).sum());
    merged.extend_from_slice(first);
    for other in second.into_iter().chain(present) {
        merged.extend_from_slice(other);
    }
    // Mostly an article has one of the words alone.
    if merged.len() > first.len() {
        merged.sort_unstable();
    }
    merged
}
