//! How a query is answered: read in the languages of the index, lowered, held to its limits, and its best articles with
//! what their passages are ranked by.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use tantivy::{DocAddress, SegmentReader};

use super::candidates::{BestArticles, Scored};
use super::cost::{Cost, Limits};
use super::evidence::{self, GroupTargets, WeighedTarget};
use super::expansion::Expansions;
use super::fields::{UNSTEMMED, fast};
use super::kindred::{self, KindredWords};
use super::languages::read_in_groups;
use super::lower::{Lowered, Lowering};
use super::matches::{Matches, is_answered_at_once};
use super::meter::Meter;
use super::named_day::NamedDay;
use super::phrases::weigh_phrases;
use super::published::PublishedColumns;
use super::quoted::PhraseCounts;
use super::reader::{IndexSearcher, address_of, key_of};
use super::statistics::Statistics;
use crate::engine::{Candidate, Searcher as _};
use crate::error::IndexError;
use crate::model::ArticleId;
use crate::query::{Query, Weight};
use crate::rank::{Evidence, TermForm};
use crate::terms::{Target, Terms};

/// Queries whose patterns are kept as the words that they stand for: one, and what is asked about its parts.
const MAX_KEPT_EXPANSIONS: usize = 4;

impl IndexSearcher {
    /// The words of the patterns of `query`. A query is asked about several times, and parts of it, so some are kept.
    pub(super) fn expansions(&self, query: &Query) -> tantivy::Result<Arc<Expansions>> {
        let leaves = query.all_leaves();
        let mut kept = self.expansions.lock();
        if let Some(known) = kept.iter().find(|known| known.covers(&leaves, self.fields())) {
            return Ok(Arc::clone(known));
        }
        let limit = self.limits().of_patterns(query.places_patterns());
        let found = Arc::new(Expansions::of(&leaves, self.engine(), self.fields(), limit)?);
        kept.truncate(MAX_KEPT_EXPANSIONS - 1);
        kept.insert(0, Arc::clone(&found));
        Ok(found)
    }

    pub(super) fn limits(&self) -> Limits {
        Limits::of(self.groups.iter().map(|group| group.articles).sum())
    }

    /// Checks that `query` asks for no more than one query may.
    ///
    /// # Errors
    ///
    /// If it does, or the index can't be read.
    pub fn check_cost(&self, query: &Query) -> Result<(), IndexError> {
        // Of a few words alone each is read by itself; those of several parts, as `ISIS-K`, ask for few places.
        if !is_answered_at_once(query) && !query.has_relation() {
            return Ok(());
        }
        let places = self.reading("searching", || {
            let language = self.query_language(query);
            let mut groups = read_in_groups(query, &self.groups, language);
            let expansions = self.expansions(query)?;
            let meter = Arc::new(Meter::unlimited());
            let mut lowering = Lowering::new(self.fields(), &mut groups, &expansions, meter);
            lowering.lower(query);
            let mut cost = Cost::in_index(self.engine());
            for terms in &lowering.sequences {
                cost.add(terms)?;
            }
            Ok(cost.places())
        })?;
        self.limits().check(places)
    }

    /// Does `work` with the index's files and a meter of what one query may look at; a failure says that it was `what`
    /// that failed.
    pub(super) fn metered<T>(
        &self,
        what: &'static str,
        work: impl FnOnce(&Arc<Meter>) -> tantivy::Result<T>,
    ) -> Result<T, IndexError> {
        let meter = self.limits().meter();
        let done = self.reading(what, || work(&meter))?;
        if meter.is_exceeded() { Err(self.limits().exceeded()) } else { Ok(done) }
    }

    pub(super) fn lowered(&self, query: &Query, meter: &Arc<Meter>) -> tantivy::Result<Lowered> {
        let language = self.query_language(query);
        let mut groups = read_in_groups(query, &self.groups, language);
        let expansions = self.expansions(query)?;
        let lowering = Lowering::new(self.fields(), &mut groups, &expansions, Arc::clone(meter));
        Ok(lowering.with_copies(self.copies_for(query)?).lower(query))
    }

    /// What `query` finds, if it was the last to be answered all at once.
    pub(super) fn known_matches(&self, query: &Query) -> Option<Arc<Matches>> {
        let last = self.matches.lock();
        last.as_ref().filter(|known| known.query == *query).map(Arc::clone)
    }

    /// The `limit` articles that match `query`, which is `lowered`, with the highest scores.
    fn best_articles(
        &self,
        query: &Query,
        lowered: &Lowered,
        statistics: &Statistics<'_>,
        limit: usize,
    ) -> tantivy::Result<Vec<Scored>> {
        if !is_answered_at_once(query) {
            return self.engine().search_with_statistics_provider(
                lowered,
                &BestArticles::new(limit),
                statistics,
            );
        }
        let matches = match self.known_matches(query) {
            Some(known) => known,
            None => Arc::new(Matches::of(query, lowered.as_ref(), self.engine(), statistics)?),
        };
        let best = matches.best(self.engine(), limit);
        *self.matches.lock() = Some(matches);
        best
    }

    pub(super) fn best(
        &self,
        query: &Query,
        limit: usize,
        meter: &Arc<Meter>,
    ) -> tantivy::Result<Vec<Candidate>> {
        let language = self.query_language(query);
        let mut groups = read_in_groups(query, &self.groups, language);
        let expansions = self.expansions(query)?;
        let statistics = Statistics::new(
            self.engine(),
            &self.lengths,
            self.fields(),
            &self.groups,
            (query, language),
            &mut groups,
        )?;
        let lowering = Lowering::new(self.fields(), &mut groups, &expansions, Arc::clone(meter));
        let mut lowering = lowering.with_copies(self.copies_for(query)?);
        let lowered = lowering.lower(query);
        let named_day = NamedDay::of(query, language);
        let lowered = match &named_day {
            Some(day) => day.prefer(lowered, lowering.published(Some(day.date()), Some(day.date()))),
            None => lowered,
        };
        let best = self.best_articles(query, &lowered, &statistics, limit)?;
        if meter.is_exceeded() {
            *self.matches.lock() = None;
            return Ok(Vec::new());
        }
        let best = self.with_word_for_word(query, &mut lowering, &statistics, (best, limit))?;
        let (best, counts) = self.with_quoted(query, &lowered, &mut lowering, &statistics, (best, limit))?;
        let (targets, of_day) =
            weighed_targets(query, &mut lowering, &statistics, (named_day.as_ref(), &counts))?;
        let kindred = kindred::find(self.engine(), self.fields().exact, query, lowering.groups)?;
        let mut candidates = self.with_evidence(best, &targets, &kindred)?;
        weigh_phrases(&mut candidates, limit, statistics.articles());
        if let Some(named_day) = &named_day {
            self.tell_the_day(named_day, &of_day, &mut candidates)?;
        }
        Ok(candidates)
    }

    /// Tells of each of `candidates` how far it is of `named_day`, whose words are the terms `of_day`.
    fn tell_the_day(
        &self,
        named_day: &NamedDay,
        of_day: &HashSet<usize>,
        candidates: &mut [Candidate],
    ) -> tantivy::Result<()> {
        let mut columns: HashMap<u32, PublishedColumns> = HashMap::new();
        for candidate in candidates {
            let address = address_of(candidate.key);
            let columns = match columns.entry(address.segment_ord) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(vacant) => {
                    vacant.insert(PublishedColumns::of(self.engine().segment_reader(address.segment_ord))?)
                }
            };
            let days = columns.days(address.doc_id);
            let share = days.map_or(0.0, |days| named_day.share(days));
            candidate.evidence.tell_the_day(share, |term| of_day.contains(&term.term));
        }
        Ok(())
    }

    /// The candidates `best`, in their order, with what their passages are ranked by.
    fn with_evidence(
        &self,
        best: Vec<Scored>,
        targets: &HashMap<&'static str, GroupTargets>,
        kindred: &[KindredWords],
    ) -> tantivy::Result<Vec<Candidate>> {
        let mut evidence: HashMap<DocAddress, Evidence> = HashMap::with_capacity(best.len());
        for ((segment, code), mut docs) in self.by_segment_and_group(&best)? {
            docs.sort_unstable();
            let reader = self.engine().segment_reader(segment);
            let Some(group) = targets.get(code) else { continue };
            let mut read = evidence::read(reader, &docs, group)?;
            kindred::read(reader, &docs, kindred, &mut read)?;
            evidence.extend(docs.iter().map(|&doc| DocAddress::new(segment, doc)).zip(read));
        }
        Ok(best
            .into_iter()
            .map(|scored| Candidate {
                key: key_of(scored.address),
                id: ArticleId::from_number(scored.id),
                evidence: evidence.remove(&scored.address).unwrap_or_default(),
            })
            .collect())
    }

    fn by_segment_and_group(
        &self,
        best: &[Scored],
    ) -> tantivy::Result<BTreeMap<(u32, &'static str), Vec<u32>>> {
        let mut parts: BTreeMap<(u32, &'static str), Vec<u32>> = BTreeMap::new();
        let mut by_segment: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for scored in best {
            by_segment.entry(scored.address.segment_ord).or_default().push(scored.address.doc_id);
        }
        for (segment, docs) in by_segment {
            let codes = group_codes(self.engine().segment_reader(segment), &docs)?;
            for (doc, code) in docs.into_iter().zip(codes) {
                parts.entry((segment, code)).or_default().push(doc);
            }
        }
        Ok(parts)
    }
}

/// What the articles of each group are ranked by, by its code, where phrases stand in so many articles as `counts`
/// says, and the numbers of the terms that name `named_day`.
fn weighed_targets(
    query: &Query,
    lowering: &mut Lowering<'_>,
    statistics: &Statistics<'_>,
    (named_day, counts): (Option<&NamedDay>, &PhraseCounts<'_>),
) -> tantivy::Result<(HashMap<&'static str, GroupTargets>, HashSet<usize>)> {
    let relations = query.relations();
    let by_copies = lowering.leaves_of_copies(query)?;
    let mut targets = HashMap::new();
    let mut of_day = HashSet::new();
    let mut number = 0;
    for at in 0..lowering.groups.len() {
        let (code, field, of_group) = {
            let group = &mut lowering.groups[at];
            (group.code, group.field, group.terms.targets(query))
        };
        let mut weighed = Vec::new();
        let in_fields = of_group.iter().filter(|target| target.scope.is_some());
        for target in Terms::in_text(&of_group).iter().chain(in_fields) {
            number += 1;
            if named_day.is_some_and(|day| day.is_named_by(&target.text)) {
                of_day.insert(number);
            }
            let of_target = match lowering.wanted_target(target, code, field) {
                Some(wanted) => WeighedTarget::placed(number, target, wanted, statistics)?,
                None => WeighedTarget::new(number, target, field, lowering.fields, statistics)?,
            };
            let related_in = evidence::relations_of(&target.leaf(), query, &relations);
            let of_target = match counts.get(target.text.as_str()).filter(|_| is_typed_phrase(target)) {
                Some(&found) => of_target.quoted(found, statistics.articles()),
                None => of_target,
            };
            let of_target = of_target.held_by_copies(by_copies.of(&target.leaf()));
            weighed.push(of_target.related_in(related_in));
        }
        let mean_tokens = statistics.mean_tokens(field)?;
        let relations = relations.iter().map(|relation| lowering.wanted(relation, None)).collect();
        targets.insert(code, GroupTargets { field, targets: weighed, relations, mean_tokens });
    }
    Ok((targets, of_day))
}

/// Whether `target` is a phrase in quotes that counts in full.
fn is_typed_phrase(target: &Target) -> bool {
    target.term_form() == TermForm::Phrase && !target.is_alternative && target.counts == Weight::FULL
}

/// The group of each of `docs`.
fn group_codes(reader: &SegmentReader, docs: &[u32]) -> tantivy::Result<Vec<&'static str>> {
    let Some(column) = reader.fast_fields().str(fast::GROUP)? else {
        return Ok(vec![UNSTEMMED; docs.len()]);
    };
    let mut known: HashMap<u64, &'static str> = HashMap::new();
    let mut codes = Vec::with_capacity(docs.len());
    for &doc in docs {
        let code = match column.term_ords(doc).next() {
            None => UNSTEMMED,
            Some(ordinal) => match known.get(&ordinal) {
                Some(code) => code,
                None => {
                    let mut text = String::new();
                    column.ord_to_str(ordinal, &mut text)?;
                    let code = super::fields::groups().find(|code| *code == text).unwrap_or(UNSTEMMED);
                    known.entry(ordinal).or_insert(code)
                }
            },
        };
        codes.push(code);
    }
    Ok(codes)
}
