//! Reads the evidence for passages of the candidates from the postings alone: no text is touched.

use std::sync::Arc;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, SegmentReader, Term};

use super::copies_asked::HeldByCopies;
use super::fields::{Fields, fast};
use super::meter::Meter;
use super::place::{PlacedTerms, with_positions};
use super::statistics::Statistics;
use super::values;
use crate::analysis::PARAGRAPH_GAP_POSITIONS;
use crate::query::{Leaf, Query, Weight};
use crate::rank::{Evidence, Extent, KeyTerm, TermForm, TermMatch, inverse_frequency};
use crate::terms::Target;
use crate::terms::places::{Place, in_order, within};

/// Bits of a packed extent that hold the number of tokens.
const TOKEN_BITS: u32 = 24;

/// A passage's extent as one number of a fast field.
pub(super) fn pack(extent: Extent) -> u64 {
    let tokens = u64::from(extent.tokens.min((1 << TOKEN_BITS) - 1));
    u64::from(extent.start) << TOKEN_BITS | tokens
}

fn unpack(packed: u64) -> Extent {
    Extent { start: (packed >> TOKEN_BITS) as u32, tokens: (packed & ((1 << TOKEN_BITS) - 1)) as u32 }
}

/// Bits of a packed key term that hold its count.
const COUNT_BITS: u32 = 8;

/// A key term as one number of a fast field. Of its own number the upper bits are kept.
pub(super) fn pack_key(key: KeyTerm) -> u64 {
    let count = u64::from(key.count.min((1 << COUNT_BITS) - 1));
    key.term >> COUNT_BITS << COUNT_BITS | count
}

fn unpack_key(packed: u64) -> KeyTerm {
    KeyTerm { term: packed >> COUNT_BITS, count: (packed & ((1 << COUNT_BITS) - 1)) as u32 }
}

/// What the articles of one group are ranked by.
pub(super) struct GroupTargets {
    /// The field of the group's words.
    pub field: Field,
    /// The terms.
    pub targets: Vec<WeighedTarget>,
    /// The relations that some of them have to stand in.
    pub relations: Vec<PlacedTerms>,
    /// The mean number of tokens of the group's articles.
    pub mean_tokens: f64,
}

/// A term: field and tokens, and the weight in its group.
pub(super) struct WeighedTarget {
    /// Tells the targets of all groups apart.
    number: usize,
    /// Whether it is looked for in another field than the article's words.
    elsewhere: bool,
    /// The articles of which a copy has it.
    by_copies: Option<Arc<HeldByCopies>>,
    terms: Vec<Term>,
    /// What is looked for instead of the terms side by side.
    wanted: Option<PlacedTerms>,
    /// The numbers of the relations outside which it isn't looked for; none if it stands by itself too.
    related_in: Vec<usize>,
    weight: f64,
    query_weight: f64,
    form: TermForm,
    tokens: u32,
    is_alternative: bool,
    is_quoted: bool,
    place: Option<u32>,
}

impl WeighedTarget {
    /// `target`, looked for in no field of its own, as it stands in `stems`, or if it counts as written in the
    /// exact words.
    pub fn new(
        number: usize,
        target: &Target,
        stems: Field,
        fields: &Fields,
        statistics: &Statistics,
    ) -> tantivy::Result<Self> {
        let field = if target.as_written { fields.exact } else { stems };
        let tokens = target.tokens().iter();
        let terms: Vec<Term> = tokens.map(|token| Term::from_field_text(field, token)).collect();
        let mut idf = 0.0;
        for term in &terms {
            idf = together(target)(idf, statistics.idf(term)?);
        }
        Ok(Self { terms, ..Self::weighed(number, target, idf) })
    }

    /// `target` where `wanted` stands: a pattern, a phrase with words between, or something in a field of its own.
    pub fn placed(
        number: usize,
        target: &Target,
        wanted: PlacedTerms,
        statistics: &Statistics,
    ) -> tantivy::Result<Self> {
        let idf = wanted.rarity(&|terms: &[Term]| statistics.idf_of_any(terms), together(target))?;
        let elsewhere = target.scope.is_some();
        Ok(Self { elsewhere, wanted: Some(wanted), ..Self::weighed(number, target, idf) })
    }

    /// `target`, which is `idf` rare, looked for nowhere yet.
    fn weighed(number: usize, target: &Target, idf: f64) -> Self {
        Self {
            number,
            elsewhere: false,
            by_copies: None,
            terms: Vec::new(),
            wanted: None,
            related_in: Vec::new(),
            weight: idf * target.weight,
            query_weight: target.weight,
            form: target.term_form(),
            tokens: target.tokens().len() as u32,
            is_alternative: target.is_alternative,
            is_quoted: false,
            place: target.place,
        }
    }

    /// The same of a phrase in quotes that stands in `found` of the `articles`, if that is known: its words alone don't
    /// tell how rare it is.
    pub fn quoted(self, found: Option<u64>, articles: u64) -> Self {
        let rarity = found.map_or(0.0, |found| inverse_frequency(found as f64, articles as f64));
        Self { weight: self.weight.max(self.query_weight * rarity), is_quoted: true, ..self }
    }

    /// The same for articles of which a copy has it as well, which are `by_copies`.
    pub fn held_by_copies(self, by_copies: Option<Arc<HeldByCopies>>) -> Self {
        Self { by_copies, ..self }
    }

    /// Whether a copy of the article `doc` of `segment` has it.
    fn is_held_by_copy(&self, segment: &SegmentReader, doc: DocId) -> bool {
        self.by_copies.as_ref().is_some_and(|by_copies| by_copies.has(segment.segment_id(), doc))
    }

    /// The same where it stands in one of the relations of these numbers, if there are any.
    pub fn related_in(self, relations: Vec<usize>) -> Self {
        Self { related_in: relations, ..self }
    }
}

/// How much two of its words say. What counts less may have been added, and its many words aren't to outweigh what was
/// typed.
fn together(target: &Target) -> fn(f64, f64) -> f64 {
    if target.counts < Weight::FULL { f64::max } else { |one, other| one + other }
}

/// The numbers of those of the `relations` of `query` in which alone `leaf` is looked for.
pub(super) fn relations_of(leaf: &Leaf<'_>, query: &Query, relations: &[&Query]) -> Vec<usize> {
    if relations.is_empty() {
        return Vec::new();
    }
    let times = |query: &Query| {
        let leaves = query.leaves().into_iter();
        leaves.filter(|l| (l.text, l.form, l.scope) == (leaf.text, leaf.form, leaf.scope)).count()
    };
    let in_each: Vec<usize> = relations.iter().map(|relation| times(relation)).collect();
    if times(query) > in_each.iter().sum() {
        return Vec::new();
    }
    (0..relations.len()).filter(|&number| in_each[number] > 0).collect()
}

/// The evidence for the articles `docs` of one segment and one group, in the order of `docs`, which ascends.
pub(super) fn read(
    reader: &SegmentReader,
    docs: &[DocId],
    group: &GroupTargets,
) -> tantivy::Result<Vec<Evidence>> {
    let mut evidence = without_matches(reader, docs, group)?;
    let meter = Meter::unlimited();
    let related = places_of_relations(reader, docs, &group.relations, &meter)?;
    for target in &group.targets {
        let mut postings = open(reader, target)?;
        let mut finder = match &target.wanted {
            Some(wanted) => wanted.finder(reader)?,
            None => None,
        };
        for (at, (&doc, evidence)) in docs.iter().zip(&mut evidence).enumerate() {
            let mut positions = match &mut finder {
                Some(finder) => {
                    let places = finder.places(doc, u32::MAX, &meter);
                    places.into_iter().map(|place| place.from).collect()
                }
                None => postings.as_mut().map(|postings| positions(postings, doc)).unwrap_or_default(),
            };
            if !target.related_in.is_empty() {
                let relations = target.related_in.iter().map(|&number| related[number][at].as_slice());
                positions = within_any(&positions, relations);
            }
            if positions.is_empty() && target.is_held_by_copy(reader, doc) {
                // Where it stands doesn't matter in such a field, and at which place neither.
                positions.push(0);
            }
            let matches = if target.elsewhere { &mut evidence.elsewhere } else { &mut evidence.matches };
            matches.push(TermMatch {
                term: target.number,
                weight: target.weight,
                query_weight: target.query_weight,
                form: target.form,
                tokens: target.tokens,
                is_alternative: target.is_alternative,
                is_quoted: target.is_quoted,
                place: target.place,
                positions,
            });
        }
    }
    Ok(evidence)
}

/// What is known of the articles `docs` whatever is looked for.
fn without_matches(
    reader: &SegmentReader,
    docs: &[DocId],
    group: &GroupTargets,
) -> tantivy::Result<Vec<Evidence>> {
    let passages = reader.fast_fields().u64(fast::PASSAGES)?;
    let keys = reader.fast_fields().u64(fast::KEYS)?;
    let lengths = reader.get_fieldnorms_reader(group.field)?;
    let mut packed = Vec::new();
    let of_article = |&doc: &DocId| {
        let passages: Vec<Extent> =
            values::read(&passages, doc, &mut packed).iter().copied().map(unpack).collect();
        let title_tokens =
            passages.first().map_or(0, |first| first.start.saturating_sub(PARAGRAPH_GAP_POSITIONS));
        Evidence {
            title_tokens,
            passages,
            keys: values::read(&keys, doc, &mut packed).iter().copied().map(unpack_key).collect(),
            relative_length: f64::from(lengths.fieldnorm(doc)) / group.mean_tokens.max(1.0),
            matches: Vec::with_capacity(group.targets.len()),
            ..Evidence::default()
        }
    };
    Ok(docs.iter().map(of_article).collect())
}

/// Those of `positions` that lie within one of the places of any of `relations`; both are in order.
fn within_any<'p>(positions: &[u32], relations: impl Iterator<Item = &'p [Place]>) -> Vec<u32> {
    let words: Vec<Place> = positions.iter().map(|&at| Place { from: at, to: at }).collect();
    let mut kept: Vec<Place> = relations.flat_map(|places| within(&words, places)).collect();
    in_order(&mut kept);
    kept.into_iter().map(|place| place.from).collect()
}

/// Where each of `relations` stands in each of `docs`.
fn places_of_relations(
    reader: &SegmentReader,
    docs: &[DocId],
    relations: &[PlacedTerms],
    meter: &Meter,
) -> tantivy::Result<Vec<Vec<Vec<Place>>>> {
    let places = |wanted: &PlacedTerms| {
        let Some(mut finder) = wanted.finder(reader)? else { return Ok(vec![Vec::new(); docs.len()]) };
        Ok(docs.iter().map(|&doc| finder.places(doc, u32::MAX, meter)).collect())
    };
    relations.iter().map(places).collect()
}

/// The postings of each of the target's tokens; none if the segment lacks one of them.
fn open(reader: &SegmentReader, target: &WeighedTarget) -> tantivy::Result<Option<Vec<SegmentPostings>>> {
    if target.wanted.is_some() {
        return Ok(None);
    }
    target.terms.iter().map(|term| with_positions(reader, term)).collect()
}

/// Where the tokens stand side by side in `doc`, by the position of the first.
fn positions(postings: &mut [SegmentPostings], doc: DocId) -> Vec<u32> {
    let mut found: Vec<u32> = Vec::new();
    let mut here = Vec::new();
    for (offset, postings) in (0_u32..).zip(postings) {
        if postings.doc() < doc {
            postings.seek(doc);
        }
        if postings.doc() != doc {
            return Vec::new();
        }
        if offset == 0 {
            postings.positions(&mut found);
        } else {
            postings.positions(&mut here);
            found.retain(|&first| here.binary_search(&(first + offset)).is_ok());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extents_read_back() {
        for (start, tokens) in [(0, 0), (17, 140), (u32::MAX, (1 << TOKEN_BITS) - 1)] {
            assert_eq!(unpack(pack(Extent { start, tokens })), Extent { start, tokens });
        }
    }
}
