//! What a query in sentences asks for: its first question more than what is told around it, and its subject more than
//! the words that lead up to it, as `I am looking for papers on`.
//!
//! What words say nothing at all isn't here.

use std::ops::Range;

use crate::query::{Occur, Query, Weight};
use crate::text::sentences;

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
#[derive(Clone, Debug, Default)]
pub struct Asked {
    leading: usize,
    question: Range<usize>,
}

impl Asked {
    /// Of `query`, which may be in English or not. In one with operators and signs nothing is told from the rest.
    #[must_use]
    pub fn of(query: &Query, in_english: bool) -> Self {
        let Some(said) = said(query) else { return Self::default() };
        let leading = if in_english { leading(&said) } else { 0 };
        let leaves = |count: usize| said[..count].iter().map(|said| said.leaves).sum();
        let Range { start, end } = question(&said);
        Self { leading: leaves(leading), question: leaves(start)..leaves(end) }
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

/// Something that a query says, with what was added to it.
struct Said<'q> {
    /// The word as typed; nothing for a phrase, a pattern or a condition.
    word: &'q str,
    leaves: usize,
}

/// What `query` says, one thing after the other; nothing if it is no mere list of words, phrases, patterns and
/// conditions.
fn said(query: &Query) -> Option<Vec<Said<'_>>> {
    let Query::Bag(clauses) = query else { return None };
    let mut all: Vec<Said<'_>> = Vec::with_capacity(clauses.len());
    for clause in clauses {
        let leaves = clause.query.leaves().len();
        match (clause.occur, &clause.query) {
            // What counts less was added to what stands before it.
            (Occur::Should, Query::Less(..)) if !all.is_empty() => all.last_mut()?.leaves += leaves,
            (Occur::Should, query) => all.push(Said { word: word(query)?, leaves }),
            (Occur::Must, Query::Filter(_) | Query::Scoped(..)) => all.push(Said { word: "", leaves }),
            _ => return None,
        }
    }
    Some(all)
}

/// The word that `query` is, without what was added to it; nothing for a phrase or a pattern, none if it is made of
/// several.
fn word(query: &Query) -> Option<&str> {
    match query {
        Query::Word(word) => Some(word),
        Query::Phrase { .. } | Query::Exact(_) | Query::Pattern(_) | Query::Less(..) => Some(""),
        Query::Or(queries) => match queries.as_slice() {
            [Query::Word(word), added @ ..] if added.iter().all(|query| matches!(query, Query::Less(..))) => {
                Some(word)
            }
            _ => None,
        },
        _ => None,
    }
}

/// How many of the first things `said` lead up to a subject; none where nothing follows.
fn leading(said: &[Said<'_>]) -> usize {
    let words = said.iter().map_while(|said| as_common(said.word));
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
    if end < said.len() { end } else { 0 }
}

/// `word` as it may stand in a list: one of the ordinary ones of a sentence, and no name.
fn as_common(word: &str) -> Option<String> {
    let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    let has_capital = word.chars().skip(1).any(char::is_uppercase);
    (!word.is_empty() && !has_capital).then(|| word.to_lowercase().replace('’', "'"))
}

fn is_listed(list: &str, word: &str) -> bool {
    list.split(", ").any(|listed| listed == word)
}

/// Which of the things `said` make the first question; none if there is no more than it.
fn question(said: &[Said<'_>]) -> Range<usize> {
    let (mut text, mut ends) = (String::new(), Vec::with_capacity(said.len()));
    for said in said {
        text.push_str(said.word);
        ends.push(text.len());
        text.push(' ');
    }
    let asks = |text: &str| {
        let bare = text.trim_end_matches(|c: char| !c.is_alphanumeric());
        text[bare.len()..].contains(['?', '？', '؟', '\u{37e}'])
    };
    let question = sentences(&text).into_iter().find(|span| span.of(&text).is_some_and(asks));
    let Some(question) = question else { return 0..0 };
    let start = ends.partition_point(|&end| end < question.start);
    let end = ends.partition_point(|&end| end <= question.end);
    if end - start < said.len() { start..end } else { 0..0 }
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
            assert_eq!(query.leaves()[Asked::of(&query, true).leading..], subject.leaves(), "{text}");
            assert_eq!(Asked::of(&query, false).leading, 0);
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
            "papers^0.5 on dams",
            "+papers on dams",
            "papers AND on AND dams",
            "(papers on dams) AND lakes",
            "title:papers on dams",
            "what is a dam",
        ] {
            assert_eq!(Asked::of(&query(text), true).leading, 0, "{text}");
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
            ("may I use (NETS? OR \"northern eel traps\"^0.5)", ""),
            ("may I use eel traps? NETS^0.5", ""),
            ("Who says so in Art. 5 of Mr. Finch? I fish.", "Who says so in Art. 5 of Mr. Finch?"),
            ("मैं झील पर हूँ। क्या मछली है? धन्यवाद", "क्या मछली है?"),
            ("river /dam(s)?/ lake. Fish /x(y)?/", ""),
            ("boats AND fish? AND lake", ""),
            ("+fish? lake", ""),
            ("May I fish? A lake. after:2020", "May I fish?"),
            ("I live by a lake. I fish.", ""),
        ] {
            let query = query(text);
            let leaves = query.leaves();
            let of_question = leaves[Asked::of(&query, true).question].iter().map(|leaf| leaf.text);
            assert_eq!(of_question.collect::<Vec<_>>().join(" "), asked.replace(" ?", "?"), "{text}");
        }
    }
}
