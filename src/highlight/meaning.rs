//! What a query means for articles of one language: which of its clauses an article meets, and by which words.
//!
//! [`PlacedWords`] are what it looks for and how that stands to each other, as the index has it in terms of postings
//! (`PlacedTerms` in `index/place.rs`). There it is in all languages and fields at once and finds articles; here it is in
//! one, and knows which words of the query it is of.

use crate::analysis::{Analyzer, Bonds, Reading, Sequence, analysed_as};
use crate::model::{Article, Language};
use crate::query::{Clause, Filter, Form, Leaf, Occur, Query, TextField};
use crate::terms::places::{Joint, Place, Units, in_order, partners, related, sequences, within};
use crate::terms::{PatternReading, Terms, WordPart, meets, pattern_readings};
use crate::text::{Span, WordAutomaton, is_unspaced_letter};

use super::view::{ShownSpan, View, WantedWords};

/// A query, ready to be held against articles.
pub(super) enum Meaning {
    /// It has to stand somewhere. The silent is never marked.
    Place {
        wanted: PlacedWords,
        scope: Option<TextField>,
        silent: bool,
    },
    All(Vec<Meaning>),
    Any(Vec<Meaning>),
    Not(Box<Meaning>),
    Bag(Bag),
    Filter(Filter),
}

/// Clauses side by side.
pub(super) struct Bag {
    pub must: Vec<Meaning>,
    pub must_not: Vec<Meaning>,
    pub optional: Vec<Meaning>,
    /// Whether one of the optional has to be met.
    needs_one: bool,
}

/// Words that stand somewhere.
pub(super) enum PlacedWords {
    Sequence { slots: Vec<Slot>, slop: u32, bonds: Bonds, source: Source },
    Any(Vec<PlacedWords>),
    Pair { joint: Joint, left: Box<PlacedWords>, right: Box<PlacedWords> },
}

/// What of a query something is of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Source {
    /// The number of the leaf.
    leaf: usize,
    /// What is meant of its words.
    meant: WordPart,
    /// Whether it is a word in letters that is looked for piece by piece.
    is_in_pieces: bool,
}

/// A span of an article's title or text that matched a leaf of the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    pub in_title: bool,
    /// The number of the leaf.
    pub leaf: usize,
    pub span: Span,
    /// Whether the leaf is a word in letters that is looked for piece by piece.
    pub may_be_shred: bool,
}

/// A place to mark, and what of the query stands there.
type Marked = (Place, Source);

/// What a word has to be.
pub(super) enum Slot {
    Stem(String),
    Exact(String),
    Pattern(WordAutomaton),
}

/// Where something stands, and where what it is made of does.
struct Standing {
    /// In order, each place once.
    places: Vec<Place>,
    parts: Parts,
}

/// What something that stands somewhere is made of.
enum Parts {
    /// Words side by side, which are marked as one.
    Words(Source),
    Any(Vec<Standing>),
    Pair(Joint, Box<[Standing; 2]>),
}

/// Reads queries for articles of one language.
pub(super) struct QueryReader {
    terms: Terms,
    /// How many leaves are read.
    leaves: usize,
}

impl QueryReader {
    pub fn new(query: &Query, language: Language, own: Option<Language>) -> Self {
        Self { terms: Terms::new(query, analysed_as(language), own), leaves: 0 }
    }

    pub fn read(&mut self, query: &Query, scope: Option<TextField>) -> Meaning {
        match query {
            Query::And(queries) => Meaning::All(self.read_all(queries, scope)),
            Query::Or(queries) => Meaning::Any(self.read_all(queries, scope)),
            Query::Not(query) => Meaning::Not(Box::new(self.read(query, scope))),
            Query::Bag(clauses) => self.bag(clauses, scope),
            Query::Scoped(field, query) => self.read(query, Some(*field)),
            Query::Filter(filter) => Meaning::Filter(filter.clone()),
            place => Meaning::Place {
                silent: scope.is_none()
                    && Leaf::of(place, scope).is_some_and(|leaf| self.terms.is_silent(&leaf)),
                wanted: self.wanted(place, scope),
                scope,
            },
        }
    }

    fn read_all(&mut self, queries: &[Query], scope: Option<TextField>) -> Vec<Meaning> {
        queries.iter().map(|query| self.read(query, scope)).collect()
    }

    fn bag(&mut self, clauses: &[Clause], scope: Option<TextField>) -> Meaning {
        let mut with = |occur| -> Vec<Meaning> {
            let clauses = clauses.iter().filter(|clause| clause.occur == occur);
            clauses.map(|clause| self.read(&clause.query, scope)).collect()
        };
        let (must, must_not, mut optional) = (with(Occur::Must), with(Occur::MustNot), with(Occur::Should));
        let says_something = |meaning: &Meaning| !matches!(meaning, Meaning::Place { silent: true, .. });
        if optional.iter().any(says_something) || !must.is_empty() || !must_not.is_empty() {
            optional.retain(says_something);
        }
        let has_required = clauses.iter().any(Clause::is_required);
        let needs_one = !optional.is_empty() && !has_required;
        Meaning::Bag(Bag { must, must_not, optional, needs_one })
    }

    fn wanted(&mut self, query: &Query, scope: Option<TextField>) -> PlacedWords {
        match query {
            Query::Near { relation, left, right } => {
                let number = self.leaves;
                let before = Box::new(self.wanted(left, scope));
                if query.is_word_of_parts() {
                    // As they were typed as one word, they are marked as one where they touch.
                    self.leaves = number;
                }
                let behind = Box::new(self.wanted(right, scope));
                PlacedWords::Pair { joint: Joint::of(*relation, left, right), left: before, right: behind }
            }
            Query::Or(queries) => {
                PlacedWords::Any(queries.iter().map(|query| self.wanted(query, scope)).collect())
            }
            Query::Bag(clauses) => {
                PlacedWords::Any(clauses.iter().map(|clause| self.wanted(&clause.query, scope)).collect())
            }
            leaf => Leaf::of(leaf, scope).map_or(PlacedWords::Any(Vec::new()), |leaf| self.leaf(&leaf)),
        }
    }

    fn leaf(&mut self, leaf: &Leaf<'_>) -> PlacedWords {
        let number = self.leaves;
        self.leaves += 1;
        if leaf.is_pattern() {
            let readings = pattern_readings(leaf).into_iter();
            let sequence = |reading: PatternReading| PlacedWords::Sequence {
                slots: reading.slots.into_iter().map(Slot::Pattern).collect(),
                slop: 0,
                bonds: Bonds::ALL,
                source: Source { leaf: number, meant: reading.meant, is_in_pieces: false },
            };
            return PlacedWords::Any(readings.map(sequence).collect());
        }
        let leaf = if leaf.has_stems() || leaf.is_written() {
            *leaf
        } else {
            Leaf { form: Form::Written { slop: 0 }, ..*leaf }
        };
        let slop = if let Form::Written { slop } = leaf.form { slop } else { 0 };
        let readings = |sequence: Sequence| -> Vec<(Vec<Slot>, Bonds)> {
            if leaf.is_written() {
                return vec![(sequence.exact.into_iter().map(Slot::Exact).collect(), sequence.bonds)];
            }
            let slots = |reading: Reading<&[String]>| {
                (reading.tokens.iter().cloned().map(Slot::Stem).collect(), reading.bonds)
            };
            sequence.readings().map(slots).collect()
        };
        let sequences = self.terms.sequences(&leaf);
        let is_in_pieces = sequences.len() > 1 && leaf.text.contains(is_unspaced_letter);
        let source = Source { leaf: number, meant: WordPart::Whole, is_in_pieces };
        let readings = sequences.into_iter().flat_map(readings);
        let sequence = |(slots, bonds)| PlacedWords::Sequence { slots, slop, bonds, source };
        PlacedWords::Any(readings.map(sequence).collect())
    }
}

/// An article, with the views of it that were needed so far.
pub(super) struct Subject<'a> {
    pub article: &'a Article,
    /// The paragraphs of its text that matter; all, if none are named.
    pub parts: Option<Vec<Span>>,
    /// All that a word may have to be, for one clause or another.
    pub slots: Vec<&'a Slot>,
    pub analyzer: &'a mut Analyzer,
    pub plain: &'a mut Analyzer,
    pub views: Vec<(Option<TextField>, View)>,
}

impl Subject<'_> {
    fn view(&mut self, scope: Option<TextField>) -> &View {
        let known = self.views.iter().position(|(known, _)| *known == scope);
        let at = known.unwrap_or_else(|| {
            let wanted = WantedWords::of(&self.slots);
            let view = match (&self.parts, scope) {
                (Some(parts), None) => View::of_parts(self.article, parts, &wanted, self.analyzer),
                _ => View::of(self.article, scope, &wanted, self.analyzer, self.plain),
            };
            self.views.push((scope, view));
            self.views.len() - 1
        });
        &self.views[at].1
    }
}

impl Meaning {
    /// Adds all that a word may have to be to `slots`.
    pub fn add_slots<'a>(&'a self, slots: &mut Vec<&'a Slot>) {
        match self {
            Self::Place { wanted, .. } => wanted.add_slots(slots),
            Self::All(meanings) | Self::Any(meanings) => {
                for meaning in meanings {
                    meaning.add_slots(slots);
                }
            }
            Self::Not(meaning) => meaning.add_slots(slots),
            Self::Bag(Bag { must, must_not, optional, .. }) => {
                for meaning in must.iter().chain(must_not).chain(optional) {
                    meaning.add_slots(slots);
                }
            }
            Self::Filter(_) => {}
        }
    }

    /// Whether `subject` meets it; if so, the words that it does so by are added to `marks`.
    pub fn holds(&self, subject: &mut Subject<'_>, marks: &mut Vec<Mark>) -> bool {
        let before = marks.len();
        let holds = match self {
            Self::Place { wanted, scope, silent } => {
                let view = subject.view(*scope);
                let places = wanted.marked(view);
                if !silent {
                    for &(place, source) in &places {
                        mark(place, source, view, marks);
                    }
                }
                !places.is_empty()
            }
            Self::All(meanings) => meanings.iter().all(|meaning| meaning.holds(subject, marks)),
            Self::Any(meanings) => any(meanings, subject, marks),
            Self::Not(meaning) => !meaning.holds(subject, &mut Vec::new()),
            Self::Bag(bag) => bag.holds(subject, marks),
            Self::Filter(filter) => meets(subject.article, filter),
        };
        if !holds {
            marks.truncate(before);
        }
        holds
    }
}

/// Whether any of `meanings` holds; all that do are marked.
fn any(meanings: &[Meaning], subject: &mut Subject<'_>, marks: &mut Vec<Mark>) -> bool {
    meanings.iter().filter(|meaning| meaning.holds(subject, marks)).count() > 0
}

impl Bag {
    fn holds(&self, subject: &mut Subject<'_>, marks: &mut Vec<Mark>) -> bool {
        self.must.iter().all(|meaning| meaning.holds(subject, marks))
            && !any(&self.must_not, subject, &mut Vec::new())
            && (any(&self.optional, subject, marks) || !self.needs_one)
    }
}

impl PlacedWords {
    fn add_slots<'a>(&'a self, all: &mut Vec<&'a Slot>) {
        match self {
            Self::Sequence { slots, .. } => all.extend(slots),
            Self::Any(alternatives) => {
                for wanted in alternatives {
                    wanted.add_slots(all);
                }
            }
            Self::Pair { left, right, .. } => {
                left.add_slots(all);
                right.add_slots(all);
            }
        }
    }

    /// The places to mark where it stands; none if it stands nowhere.
    fn marked(&self, view: &View) -> Vec<Marked> {
        let standing = self.standing(view);
        let mut marked = Vec::new();
        match &standing.parts {
            Parts::Pair(joint, pair) => mark_partners(pair, *joint, None, view.units(), &mut marked),
            _ => standing.mark(&standing.places, view.units(), &mut marked),
        }
        marked.sort_unstable();
        marked.dedup();
        marked
    }

    fn standing(&self, view: &View) -> Standing {
        match self {
            Self::Sequence { slots, slop, bonds, source } => {
                let positions: Vec<Vec<u32>> = slots.iter().map(|slot| view.positions(slot)).collect();
                let mut places = sequences(&positions, *slop);
                if *slop == 0 {
                    places.retain(|&place| view.leave_whole(place, *bonds));
                }
                Standing { places, parts: Parts::Words(*source) }
            }
            Self::Any(alternatives) => {
                let parts: Vec<Standing> = alternatives.iter().map(|wanted| wanted.standing(view)).collect();
                let mut places = parts.iter().flat_map(|part| part.places.iter().copied()).collect();
                in_order(&mut places);
                Standing { places, parts: Parts::Any(parts) }
            }
            Self::Pair { joint, left, right } => {
                let pair = [left.standing(view), right.standing(view)];
                let places = related(*joint, &pair[0].places, &pair[1].places, view.units());
                Standing { places, parts: Parts::Pair(*joint, Box::new(pair)) }
            }
        }
    }
}

impl Standing {
    /// Adds the words that stand at those of its places that are among `needed`, which are in order.
    fn mark(&self, needed: &[Place], units: Units<'_>, marked: &mut Vec<Marked>) {
        let places: Vec<Place> =
            self.places.iter().filter(|place| needed.binary_search(place).is_ok()).copied().collect();
        match &self.parts {
            Parts::Words(source) => marked.extend(places.into_iter().map(|place| (place, *source))),
            Parts::Any(parts) => parts.iter().for_each(|part| part.mark(&places, units, marked)),
            Parts::Pair(joint, pair) => mark_partners(pair, *joint, Some(&places), units, marked),
        }
    }
}

/// Adds the words of both of `pair` where they are joined, and within one of `places` if any are given.
fn mark_partners(
    pair: &[Standing; 2],
    joint: Joint,
    places: Option<&[Place]>,
    units: Units<'_>,
    marked: &mut Vec<Marked>,
) {
    let [left, right] = pair;
    let (lefts, rights) = partners(joint, &left.places, &right.places, units);
    for (standing, partners) in [(left, lefts), (right, rights)] {
        let needed = places.map_or_else(|| partners.clone(), |places| within(&partners, places));
        standing.mark(&needed, units, marked);
    }
}

/// Marks what of `source` stands at `place` of `view`, from its first word to its last.
fn mark(place: Place, source: Source, view: &View, marks: &mut Vec<Mark>) {
    let Source { leaf, meant, is_in_pieces: may_be_shred } = source;
    let at = |position| view.word_at(position)?.shown_part(meant);
    let mark = |ShownSpan { in_title, span }| Mark { in_title, leaf, span, may_be_shred };
    match (at(place.from), at(place.to)) {
        (Some(first), Some(last)) if first.in_title == last.in_title => {
            marks.push(mark(ShownSpan { span: first.span.cover(last.span), ..first }));
        }
        (first, last) => marks.extend(first.into_iter().chain(last).map(mark)),
    }
}
