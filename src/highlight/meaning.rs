//! What a query means for articles of one language: which of its clauses an article meets, and by which words.
//!
//! How a query comes to mean it is told in [`super::reader`], where words stand in [`super::placed_words`].

use super::placed_words::{PlacedWords, Slot, Source};
use super::view::{ShownSpan, View, WantedWords};
use crate::analysis::Analyzer;
use crate::model::Article;
use crate::query::{Filter, TextField};
use crate::terms::places::Place;
use crate::terms::{HeldAt, meets};
use crate::text::Span;

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
    pub needs_one: bool,
}

/// A span of an article's title or text that matched a leaf of the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    pub in_title: bool,
    /// The number of the leaf.
    pub leaf: usize,
    pub span: Span,
    /// Whether the leaf is a word in letters that is looked for piece by piece.
    pub is_in_pieces: bool,
}

/// An article, with the views of it that were needed so far.
pub(super) struct Subject<'a> {
    pub article: &'a Article,
    /// Where it is held as well.
    pub copies: &'a [HeldAt<'a>],
    /// The paragraphs of its text that matter; all, if none are named.
    pub parts: Option<Vec<Span>>,
    /// All that a word may have to be, for one clause or another.
    pub slots: Vec<&'a Slot>,
    pub analyzer: &'a mut Analyzer,
    pub plain: &'a mut Analyzer,
    pub views: Vec<(Option<TextField>, View)>,
    /// Of its copies.
    pub views_of_copies: Vec<(TextField, Vec<View>)>,
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

    /// Whether one of its copies has `wanted` in `scope`.
    fn is_met_by_copy(&mut self, wanted: &PlacedWords, scope: Option<TextField>) -> bool {
        let Some(field) = scope.filter(|field| field.is_of_places() && !self.copies.is_empty()) else {
            return false;
        };
        let known = self.views_of_copies.iter().position(|(known, _)| *known == field);
        let at = known.unwrap_or_else(|| {
            let words = WantedWords::of(&self.slots);
            let view = |copy: &HeldAt<'_>| View::of_place(*copy, field, &words, self.plain);
            let views = self.copies.iter().map(view).collect();
            self.views_of_copies.push((field, views));
            self.views_of_copies.len() - 1
        });
        self.views_of_copies[at].1.iter().any(|view| !wanted.marked(view).is_empty())
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
                !places.is_empty() || subject.is_met_by_copy(wanted, *scope)
            }
            Self::All(meanings) => meanings.iter().all(|meaning| meaning.holds(subject, marks)),
            Self::Any(meanings) => any(meanings, subject, marks),
            Self::Not(meaning) => !meaning.holds(subject, &mut Vec::new()),
            Self::Bag(bag) => bag.holds(subject, marks),
            Self::Filter(filter) => meets(subject.article, subject.copies, filter),
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

/// Marks what of `source` stands at `place` of `view`, from its first word to its last.
fn mark(place: Place, source: Source, view: &View, marks: &mut Vec<Mark>) {
    let Source { leaf, meant, is_in_pieces } = source;
    let at = |position| view.word_at(position)?.shown_part(meant);
    let mark = |ShownSpan { in_title, span }| Mark { in_title, leaf, span, is_in_pieces };
    match (at(place.from), at(place.to)) {
        (Some(first), Some(last)) if first.in_title == last.in_title => {
            marks.push(mark(ShownSpan { span: first.span.cover(last.span), ..first }));
        }
        (first, last) => marks.extend(first.into_iter().chain(last).map(mark)),
    }
}
