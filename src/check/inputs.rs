//! Whether inputs and articles name each other: one live document an article, one record an input, and an article
//! behind each input that says so.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::engine::{InputRecord, InputState, StoredArticle};
use crate::model::{ArticleId, Locator};

/// All articles and inputs of an index, as far as they speak of each other.
#[derive(Debug, Default)]
pub(super) struct Accounts {
    /// Where each article was read, and how many documents hold it.
    articles: BTreeMap<ArticleId, (Locator, u32)>,
    /// What each input was made into, with the number of its records.
    inputs: BTreeMap<Locator, (Made, u32)>,
    /// Articles whose copies are yet to be read again.
    orphans: BTreeSet<ArticleId>,
}

/// What became of an input.
#[derive(Debug)]
struct Made {
    state: InputState,
    article: Option<ArticleId>,
}

impl Accounts {
    /// None yet, of an index of which the copies of `orphans` are yet to be read again.
    pub fn with_orphans(orphans: BTreeSet<ArticleId>) -> Self {
        Self { orphans, ..Self::default() }
    }

    /// Counts an article.
    pub fn add_article(&mut self, stored: &StoredArticle) {
        let known = self.articles.entry(stored.id).or_insert_with(|| (stored.article.locator.clone(), 0));
        known.1 += 1;
    }

    /// Counts the record of an input.
    pub fn add_input(&mut self, record: InputRecord) {
        let made = Made { state: record.state, article: record.article };
        self.inputs.entry(record.locator).or_insert((made, 0)).1 += 1;
    }

    /// Whether an article with this id was counted.
    pub fn has_article(&self, id: ArticleId) -> bool {
        self.articles.contains_key(&id)
    }

    /// Tells `each` of what doesn't agree, with its place.
    pub fn each_fault(&self, mut each: impl FnMut(String, String)) {
        for (id, (_, documents)) in self.articles.iter().filter(|(_, (_, documents))| *documents > 1) {
            each(id.to_string(), format!("{documents} documents hold it"));
        }
        let mut accounted = HashSet::new();
        for (locator, (made, records)) in &self.inputs {
            if *records > 1 {
                each(locator.to_string(), format!("{records} records tell of it"));
            }
            match self.fault_of(locator, made) {
                Some(reason) => each(locator.to_string(), reason),
                None if made.state == InputState::Indexed => accounted.extend(made.article),
                None => {}
            }
        }
        for (id, (locator, _)) in self.articles.iter().filter(|(id, _)| !accounted.contains(id)) {
            each(id.to_string(), format!("no input says that it was made of it: {locator}"));
        }
    }

    fn fault_of(&self, locator: &Locator, made: &Made) -> Option<String> {
        let article = made.article.map(|id| (id, self.articles.get(&id)));
        match (made.state, article) {
            (InputState::Indexed, Some((id, Some((place, _))))) if place != locator => {
                Some(format!("its article {id} says that it was made of {place}"))
            }
            // Copies of an article that is gone are read again by the next run.
            (InputState::Duplicate, Some((id, None))) if self.orphans.contains(&id) => None,
            (InputState::Indexed | InputState::Duplicate, Some((id, None))) => {
                Some(format!("its article {id} isn't there"))
            }
            (InputState::Indexed | InputState::Duplicate, None) => Some("it names no article".to_owned()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Noted;
    use crate::model::Article;

    fn record(locator: &str, state: InputState, article: Option<&str>) -> InputRecord {
        InputRecord {
            locator: Locator::from_stored(locator),
            container: None,
            state,
            article: article.map(ArticleId::from_url),
            reason: None,
            stamp: None,
            hash: Some("1".into()),
            noted: Noted::default(),
        }
    }

    fn article(url: &str, locator: &str) -> StoredArticle {
        let article = Article { locator: Locator::from_stored(locator), ..Article::default() };
        StoredArticle { id: ArticleId::from_url(url), article, passages: Vec::new(), apart: Vec::new() }
    }

    fn faults(articles: &[StoredArticle], inputs: Vec<InputRecord>) -> Vec<String> {
        let mut accounts = Accounts::with_orphans([ArticleId::from_url("gone")].into());
        for article in articles {
            accounts.add_article(article);
        }
        for input in inputs {
            accounts.add_input(input);
        }
        let mut told = Vec::new();
        accounts.each_fault(|_, reason| told.push(reason));
        told
    }

    #[test]
    fn what_agrees_is_no_fault() {
        use InputState::*;
        let inputs = vec![
            record("/a", Indexed, Some("u")),
            record("/b", Duplicate, Some("u")),
            record("/c", Skipped, None),
            record("/d", SetAside, None),
            record("/e", Duplicate, Some("gone")),
        ];
        assert_eq!(faults(&[article("u", "/a")], inputs), [""; 0]);
    }

    #[test]
    fn what_does_not_agree_is_told() {
        use InputState::*;
        let (u, v) = (ArticleId::from_url("u"), ArticleId::from_url("v"));
        let cases: [(&[StoredArticle], Vec<InputRecord>, Vec<String>); 5] = [
            (&[article("u", "/a")], vec![], vec!["no input says that it was made of it: /a".into()]),
            (
                &[article("u", "/a"), article("u", "/a")],
                vec![record("/a", Indexed, Some("u"))],
                vec!["2 documents hold it".into()],
            ),
            (&[], vec![record("/b", Duplicate, Some("v"))], vec![format!("its article {v} isn't there")]),
            (&[], vec![record("/b", Indexed, None)], vec!["it names no article".into()]),
            (
                &[article("u", "/a")],
                vec![record("/a", Indexed, Some("u")), record("/b", Indexed, Some("u"))],
                vec![format!("its article {u} says that it was made of /a")],
            ),
        ];
        for (articles, inputs, told) in cases {
            assert_eq!(faults(articles, inputs), told);
        }
    }
}
