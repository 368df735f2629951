//! [`Wording`]: where the words of a query stand in it, to tell which texts have them as they were typed.

use crate::analysis::Sequence;
use crate::query::{Form, Leaf, Query, Weight};

/// Counts the tokens of a query's leaves, one after the other.
pub(super) struct Wording {
    is_list: bool,
    next: u32,
}

impl Wording {
    /// That of `query`. In one that is put together by operators nothing stands beside anything else.
    pub fn of(query: &Query) -> Self {
        Self { is_list: matches!(query, Query::Bag(_)), next: 0 }
    }

    /// Which token the next `leaf` begins with, which looks for `sequences`; none if it isn't one plain word, or was
    /// added.
    pub fn place(&mut self, leaf: &Leaf<'_>, sequences: &[Sequence]) -> Option<u32> {
        if leaf.weight < Weight::FULL || leaf.scope.is_some() {
            return None;
        }
        let place = self.next;
        self.next += sequences.iter().map(|sequence| sequence.exact.len() as u32).sum::<u32>().max(1);
        let is_word = leaf.form == Form::Any && sequences.len() == 1;
        (self.is_list && is_word).then_some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Terms;
    use crate::model::Language;
    use crate::query::parse;

    /// What the words of `query` are, and their places.
    fn places(query: &str) -> Vec<(String, Option<u32>)> {
        let query = parse(query).unwrap().query.unwrap();
        let targets = Terms::new(&query, Language::ENGLISH, None).targets(&query);
        targets.into_iter().map(|target| (target.text, target.place)).collect()
    }

    #[test]
    fn stop_words_and_parts_of_words_are_counted() {
        assert_eq!(
            places("the end of ISIS-K in Selmora"),
            [("end".into(), Some(1)), ("ISIS-K".into(), Some(3)), ("Selmora".into(), Some(6))]
        );
    }

    #[test]
    fn what_is_no_plain_word_has_no_place() {
        assert_eq!(
            places("salt \"two dams\" author:finch rivers bank*"),
            [
                ("salt".into(), Some(0)),
                ("two dams".into(), None),
                ("finch".into(), None),
                ("rivers".into(), Some(3)),
                ("bank*".into(), None)
            ]
        );
        assert_eq!(places("salt AND rivers"), [("salt".into(), None), ("rivers".into(), None)]);
    }
}
