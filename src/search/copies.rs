//! [`Copies`]: where else a text is to be found, and which answers are left out since they say the same.
//!
//! Of articles that are near one another the best is shown. A cluster is what is near the article shown, not what
//! is near by way of others: so a series that changes little by little is no one cluster.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::Serialize;

use super::Ranked;
use super::names::article_name;
use crate::dedup::Sketch;
use crate::engine::{DocumentKey, InputRecord, Searcher, StoredArticle};
use crate::error::IndexError;
use crate::model::{Date, Locator, Metadata};

/// Places that are listed; the others are counted.
const MOST_PLACES: usize = 100;

/// Where else the text of an article is to be found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Copies {
    /// How many other places there are.
    pub count: usize,
    /// The earliest day on which the article or a copy was published, or else saved, as far as that is known.
    pub first_seen: Option<Date>,
    /// The places: those with the very same text first. Of very many, some.
    pub places: Vec<Place>,
}

/// Another place where a text is to be found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place {
    /// The name of the article there, which several places may have; of the same text it is the article's own.
    #[serde(rename = "article")]
    pub id: String,
    /// Whether the text is the same word for word, and not only nearly.
    pub same_text: bool,
    /// Whether a condition of the query, such as `site:`, is met here and not at the article's own place.
    pub asked_for: bool,
    /// Its title, where it is an article of its own.
    pub title: Option<String>,
    /// Where it was read.
    pub locator: Locator,
    /// The address of its page.
    pub url: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
}

impl Place {
    /// A place of the text of the article called `name`.
    fn of_input(name: &str, input: InputRecord) -> Self {
        let noted = input.noted;
        Self {
            id: name.to_owned(),
            same_text: true,
            asked_for: false,
            title: None,
            locator: input.locator,
            url: noted.url,
            publisher: noted.publisher,
            published: noted.published,
        }
    }

    /// A place of the text of the article called `name`, which is near the one shown.
    fn of_near_input(name: &str, input: InputRecord) -> Self {
        Self { same_text: false, ..Self::of_input(name, input) }
    }

    /// The place of the article called `name`.
    fn of_article(name: &str, stored: StoredArticle) -> Self {
        let Metadata { title, url, publisher, published, .. } = stored.article.metadata;
        Self {
            id: name.to_owned(),
            same_text: false,
            asked_for: false,
            title,
            locator: stored.article.locator,
            url,
            publisher,
            published,
        }
    }
}

/// An article that is shown.
pub(super) struct Shown<'a> {
    pub key: DocumentKey,
    pub article: &'a StoredArticle,
    /// The copies that a condition of the query is met by.
    pub asked_for: &'a [InputRecord],
}

/// The other places of each of the articles `shown`; none where there are no others.
pub(super) fn copies_of(
    searcher: &dyn Searcher,
    shown: &[Shown<'_>],
) -> Result<Vec<Option<Copies>>, IndexError> {
    let keys: Vec<DocumentKey> = shown.iter().map(|shown| shown.key).collect();
    let near = searcher.near_copies(&keys)?;
    shown.iter().zip(near).map(|(shown, near)| copies(searcher, shown, &near)).collect()
}

fn copies(
    searcher: &dyn Searcher,
    &Shown { key, article, asked_for }: &Shown<'_>,
    near: &[DocumentKey],
) -> Result<Option<Copies>, IndexError> {
    let same = searcher.same_texts(key, MOST_PLACES)?;
    if same.count == 0 && near.is_empty() {
        return Ok(None);
    }
    let of_article = &article.article.metadata;
    let mut seen = vec![(of_article.published, of_article.captured), (same.published, same.captured)];
    let mut count = same.count + near.len();
    let name = article_name(searcher, article)?;
    let mut places = same_places(&name, asked_for, same.first);
    let mut near_places = Vec::new();
    let (fetched, others) = near.split_at(near.len().min(MOST_PLACES));
    for &key in fetched {
        near_places.push((searcher.fetch(key)?, searcher.same_texts(key, MOST_PLACES)?));
    }
    near_places
        .sort_by_key(|(stored, _)| (stored.article.metadata.published.map(Date::first_day), stored.id));
    for (stored, same) in near_places {
        let Metadata { published, captured, .. } = stored.article.metadata;
        seen.extend([(published, captured), (same.published, same.captured)]);
        count += same.count;
        let name = article_name(searcher, &stored)?;
        places.push(Place::of_article(&name, stored));
        places.extend(same.first.into_iter().map(|input| Place::of_near_input(&name, input)));
    }
    for &key in others {
        count += searcher.same_texts(key, 0)?.count;
    }
    let (published, captured): (Vec<Option<Date>>, Vec<Option<Date>>) = seen.into_iter().unzip();
    let earliest = |dates: Vec<Option<Date>>| dates.into_iter().flatten().min();
    places.truncate(MOST_PLACES);
    let first_seen = earliest(published).or_else(|| earliest(captured));
    Ok(Some(Copies { count, first_seen, places }))
}

/// The places of the article called `name`: first those `asked_for`, then the `first` of all.
fn same_places(name: &str, asked_for: &[InputRecord], first: Vec<InputRecord>) -> Vec<Place> {
    let is_asked_for = |input: &InputRecord| asked_for.iter().any(|known| known.locator == input.locator);
    let sought = asked_for.iter().cloned();
    let mut places: Vec<Place> =
        sought.map(|input| Place { asked_for: true, ..Place::of_input(name, input) }).collect();
    let others = first.into_iter().filter(|input| !is_asked_for(input));
    places.extend(others.map(|input| Place::of_input(name, input)));
    places
}

/// The first `wanted` of `ranked` that aren't passages of an article near one that comes before.
pub(super) fn without_copies(
    searcher: &dyn Searcher,
    ranked: Vec<Ranked>,
    wanted: usize,
) -> Result<Vec<Ranked>, IndexError> {
    let mut shown = AnswersTaken::default();
    let mut kept = Vec::new();
    let mut rest = ranked.into_iter().peekable();
    // Sketches are read for as many answers at once as may be needed, and no more.
    while kept.len() < wanted && rest.peek().is_some() {
        let some: Vec<Ranked> = rest.by_ref().take((wanted - kept.len()).saturating_mul(2)).collect();
        shown.read(searcher, &some)?;
        for ranked in some {
            if shown.takes(searcher, ranked.1)? {
                kept.push(ranked);
            }
        }
    }
    kept.truncate(wanted);
    Ok(kept)
}

/// Texts that are laid side by side for one answer, each of which takes a tenth of a millisecond or more: of a pile of
/// articles that are so many, the others are copies by what their sketches say.
const MOST_LAID_SIDE_BY_SIDE: usize = 1_024;

/// The articles that answers were taken of.
#[derive(Default)]
struct AnswersTaken {
    laid_side_by_side: usize,
    sketches: HashMap<DocumentKey, Sketch>,
    taken: HashSet<DocumentKey>,
    left_out: HashSet<DocumentKey>,
    by_handle: HashMap<u32, Vec<DocumentKey>>,
}

impl AnswersTaken {
    fn read(&mut self, searcher: &dyn Searcher, answers: &[Ranked]) -> Result<(), IndexError> {
        let new: HashSet<DocumentKey> =
            answers.iter().map(|&(_, key, _)| key).filter(|key| !self.sketches.contains_key(key)).collect();
        let new: Vec<DocumentKey> = new.into_iter().collect();
        self.sketches.extend(new.iter().copied().zip(searcher.sketches(&new)?));
        Ok(())
    }

    /// Whether an answer of the article `key` is shown.
    fn takes(&mut self, searcher: &dyn Searcher, key: DocumentKey) -> Result<bool, IndexError> {
        if self.taken.contains(&key) || self.left_out.contains(&key) {
            return Ok(self.taken.contains(&key));
        }
        let Some(sketch) = self.sketches.get(&key) else { return Ok(true) };
        let others = sketch.handles().iter().filter_map(|handle| self.by_handle.get(handle)).flatten();
        let is_near =
            |other: &DocumentKey| self.sketches.get(other).is_some_and(|other| sketch.is_near(other));
        let near: BTreeSet<DocumentKey> = others.copied().filter(is_near).collect();
        for other in near {
            self.laid_side_by_side += 1;
            if self.laid_side_by_side > MOST_LAID_SIDE_BY_SIDE || searcher.tell_the_same(other, key)? {
                self.left_out.insert(key);
                return Ok(false);
            }
        }
        for &handle in sketch.handles() {
            self.by_handle.entry(handle).or_default().push(key);
        }
        Ok(self.taken.insert(key))
    }
}
