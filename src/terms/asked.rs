//! What a query in sentences asks for: its first question more than what is told around it, and its subject more than the
//! words that lead up to it, as `I am looking for papers on`.
//!
//! What words say nothing at all isn't here.

use std::ops::Range;

use crate::query::{Form, Leaf, Weight};

/// How much the words count that lead up to a subject. They may be a part of it, as in `information on demand`.
const LEADING_WEIGHT: Weight = Weight::of_hundredths(30);

/// How often a word counts that stands in the question.
const TIMES_IN_QUESTION: f64 = 2.0;

/// Words of English that lead up to a subject, beside those below.
const LEADING: &str = "a, all, also, am, an, and, any, are, available, can, could, deal, dealing, deals, do, exist, \
    find, for, get, give, has, have, i, i'd, i'm, in, interested, is, like, list, looking, me, more, need, or, please, \
    provide, published, recent, related, relating, see, seek, seeking, search, searching, send, show, some, supply, \
    that, the, there, to, us, want, we, what, which, with, would, written, you";

/// What is asked for, whatever it is about.
const WRITINGS: &str = "abstracts, article, articles, details, document, documents, information, literature, material, \
    materials, news, paper, papers, references, report, reports, sources, studies, study, texts";

/// What joins that to a subject.
const JOINING: &str = "about, concerning, covering, deal with, dealing with, deals with, describe, describes, \
    describing, discuss, discusses, discussing, mention, mentioning, mentions, on, regarding, related to, relating to";

/// What the leaves of a query do for it, by their number.
#[derive(Clone, Debug)]
pub struct Asked {
    leading: usize,
    question: Range<usize>,
}

impl Asked {
    /// Of a query with these `leaves`, in its order; `in_english` where it may be in English.
    #[must_use]
    pub fn of(leaves: &[Leaf<'_>], in_english: bool) -> Self {
        let leading = if in_english { leading(leaves) } else { 0 };
        Self { leading, question: question(leaves).unwrap_or_default() }
    }

    /// How often the leaf of this `number` counts.
    #[must_use]
    pub fn times(&self, number: usize) -> f64 {
        if self.question.contains(&number) { TIMES_IN_QUESTION } else { 1.0 }
    }

    /// How much the leaf of this `number` counts, if it was to count in full.
    #[must_use]
    pub fn weight(&self, number: usize) -> Weight {
        if number < self.leading { LEADING_WEIGHT } else { Weight::FULL }
    }
}

/// How many of the first of `leaves` lead up to a subject; none where nothing follows.
fn leading(leaves: &[Leaf<'_>]) -> usize {
    let words = leaves.iter().map_while(as_common);
    let (mut last, mut end, mut has_writing) = (String::new(), 0, false);
    for (at, word) in words.enumerate() {
        let pair = format!("{last} {word}");
        has_writing |= is_listed(WRITINGS, &word);
        let joins = is_listed(JOINING, &word) || is_listed(JOINING, &pair);
        if joins && has_writing || pair == "interested in" {
            end = at + 1;
        }
        if !joins && !is_listed(LEADING, &word) && !is_listed(WRITINGS, &word) {
            break;
        }
        last = word;
    }
    if end < leaves.len() { end } else { 0 }
}

/// A word as it may stand in a list: of the ordinary ones of a sentence, and no name.
fn as_common(leaf: &Leaf<'_>) -> Option<String> {
    let is_plain = leaf.form == Form::Any && leaf.scope.is_none() && leaf.weight == Weight::FULL;
    let word = leaf.text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let has_capital = word.chars().skip(1).any(char::is_uppercase);
    (is_plain && !has_capital).then(|| word.to_lowercase().replace('’', "'"))
}

fn is_listed(list: &str, word: &str) -> bool {
    list.split(", ").any(|listed| listed == word)
}

/// Which of `leaves` make the first question, if there is more than it.
fn question(leaves: &[Leaf<'_>]) -> Option<Range<usize>> {
    let end = 1 + leaves.iter().position(|leaf| ends_in(leaf.text, &['?', '？', '؟']))?;
    let before = &leaves[..end - 1];
    let start = before.iter().rposition(|leaf| ends_sentence(leaf.text)).map_or(0, |last| last + 1);
    // What counts less was added to the word before it.
    let added = leaves[end..].iter().take_while(|leaf| leaf.weight < Weight::FULL).count();
    Some(start..end + added).filter(|question| question.len() < leaves.len())
}

/// Whether a sentence ends with `word`, which is no abbreviation such as `U.S.`.
fn ends_sentence(word: &str) -> bool {
    let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    ends_in(word, &['.', '!', '…', '。', '！']) && !bare.contains('.') && bare.chars().count() > 1
}

/// Whether any of `signs` stands behind the letters of `word`.
fn ends_in(word: &str, signs: &[char]) -> bool {
    let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    word[bare.len()..].contains(signs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Query, parse};

    fn query(text: &str) -> Query {
        parse(text).unwrap().query.unwrap()
    }

    #[test]
    fn what_leads_up_to_a_subject_is_told_from_it() {
        for (text, subject) in [
            ("papers on sandwich panels", "sandwich panels"),
            ("Information about water rights", "water rights"),
            ("please send abstracts on lightning", "lightning"),
            ("I’m looking for articles which deal with dams", "dams"),
            ("What documents exist that discuss fishing quotas?", "fishing quotas?"),
            ("I am interested in articles on robots", "robots"),
            ("We are interested in circuits", "circuits"),
            ("studies related to news media", "news media"),
        ] {
            let (query, subject) = (query(text), query(subject));
            let leaves = query.leaves();
            assert_eq!(leaves[Asked::of(&leaves, true).leading..], subject.leaves(), "{text}");
            assert_eq!(Asked::of(&leaves, false).leading, 0);
        }
    }

    #[test]
    fn what_may_be_a_subject_counts_in_full() {
        for text in [
            "papers on",
            "white paper on fishing",
            "information technology",
            "US papers on dams",
            "article 5 of the treaty",
            "study of rivers",
            "interest in dams",
            "\"papers on\" dams",
            "+papers^0.5 on dams",
            "title:papers on dams",
            "what is a dam",
        ] {
            assert_eq!(Asked::of(&query(text).leaves(), true).leading, 0, "{text}");
        }
    }

    #[test]
    fn the_first_question_is_asked() {
        for (text, asked) in [
            ("May I fish? I live by a lake. Who says so?", "May I fish?"),
            ("I live by a lake. May I fish there ? The lake is small.", "May I fish there ?"),
            ("Is the U.S. Navy there? I saw ships.", "Is the U.S. Navy there?"),
            ("Vivo en la costa… ¿puedo pescar? Gracias", "¿puedo pescar?"),
            ("may I fish?", ""),
            ("may I use NETS OR \"northern eel traps\"^0.5", ""),
            ("may I use NETS? \"northern eel traps\"^0.5", ""),
            ("I live by a lake. I fish.", ""),
        ] {
            let query = query(text);
            let leaves = query.leaves();
            let of_question = leaves[question(&leaves).unwrap_or_default()].iter().map(|leaf| leaf.text);
            assert_eq!(of_question.collect::<Vec<_>>().join(" "), asked.replace(" ?", "?"), "{text}");
        }
    }
}
