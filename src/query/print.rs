//! A tree as text that reads back as the same tree.
//!
//! Every group that precedence implies gets its brackets, so that the text also explains how a query
//! was understood.

use std::fmt;

use super::field::{Condition, Field};
use super::prose::is_taken_for_sentences;
use super::quotation::{find, quotes};
use super::{Clause, Filter, Leaf, Occur, Pattern, Query};

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Printed::of(self).text)
    }
}

impl fmt::Display for Leaf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.query().scoped(self.scope).fmt(f)
    }
}

/// A printed query, and what its limits are about.
#[derive(Default)]
pub(super) struct Printed {
    pub(super) text: String,
    /// How deep its brackets are nested.
    pub(super) nesting: usize,
    open: usize,
}

impl Printed {
    pub(super) fn of(query: &Query) -> Self {
        let mut printed = Self::default();
        printed.level(query);
        if is_taken_for_sentences(&printed.text) {
            printed.text = format!("({})", printed.text);
            printed.nesting += 1;
        }
        printed
    }

    /// Prints `query` where it has brackets, or the ends of the text, to itself.
    fn level(&mut self, query: &Query) {
        match query {
            Query::Bag(clauses) => self.list(clauses, " ", Self::clause),
            Query::And(queries) => self.list(queries, " AND ", Self::operand),
            Query::Or(queries) => self.list(queries, " OR ", Self::operand),
            other => self.operand(other),
        }
    }

    fn list<T>(&mut self, items: &[T], between: &str, print: fn(&mut Self, &T)) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.text.push_str(between);
            }
            print(self, item);
        }
    }

    fn clause(&mut self, clause: &Clause) {
        match clause.occur {
            Occur::MustNot => self.text.push('-'),
            Occur::Must if !clause.query.is_condition() => self.text.push('+'),
            Occur::Must | Occur::Should => {}
        }
        self.primary(&clause.query);
    }

    fn operand(&mut self, query: &Query) {
        match query {
            Query::Not(inner) => {
                self.text.push_str("NOT ");
                self.primary(inner);
            }
            other => self.primary(other),
        }
    }

    fn primary(&mut self, query: &Query) {
        match query {
            Query::Word(word) => self.text.push_str(word),
            Query::Phrase { text, slop } => self.phrase(text, *slop),
            Query::Exact(word) => self.pieces(&["=", word]),
            Query::Pattern(pattern) => self.pattern(pattern),
            Query::Less(query, weight) => {
                self.primary(query);
                self.pieces(&["^", &weight.to_string()]);
            }
            Query::Near { relation, left, right } => {
                self.place(left);
                self.pieces(&[" ", &relation.to_string(), " "]);
                self.place(right);
            }
            Query::Scoped(field, inner) => {
                self.field(Field::Text(*field));
                match **inner {
                    Query::Word(_)
                    | Query::Phrase { .. }
                    | Query::Exact(_)
                    | Query::Pattern(_)
                    | Query::Less(..) => {
                        self.primary(inner);
                    }
                    _ => self.group(inner),
                }
            }
            Query::Filter(filter) => self.filter(filter),
            Query::Bag(_) | Query::And(_) | Query::Or(_) | Query::Not(_) => self.group(query),
        }
    }

    /// An operand of a relation.
    fn place(&mut self, query: &Query) {
        if matches!(query, Query::Near { .. }) { self.group(query) } else { self.primary(query) }
    }

    fn pattern(&mut self, pattern: &Pattern) {
        match pattern {
            Pattern::Wildcard(text) => self.text.push_str(text),
            Pattern::Fuzzy { word, edits: 1 } => self.pieces(&[word, "~"]),
            Pattern::Fuzzy { word, edits } => self.pieces(&[word, "~", &edits.to_string()]),
            Pattern::Regex(text) => self.pieces(&["/", text, "/"]),
        }
    }

    fn pieces(&mut self, pieces: &[&str]) {
        self.text.extend(pieces.iter().copied());
    }

    fn group(&mut self, query: &Query) {
        self.open += 1;
        self.nesting = self.nesting.max(self.open);
        self.text.push('(');
        self.level(query);
        self.text.push(')');
        self.open -= 1;
    }

    fn filter(&mut self, filter: &Filter) {
        match filter {
            Filter::Language(language) => {
                self.field(Field::Condition(Condition::Language));
                self.show(Some(language));
            }
            Filter::Published { from, to } => {
                self.field(Field::Condition(Condition::Date));
                self.show(from.as_ref());
                if from != to {
                    self.text.push_str("..");
                    self.show(to.as_ref());
                }
            }
            Filter::Site(host) => self.pieces(&[Field::Condition(Condition::Site).name(), ":", host]),
            Filter::Known { detail, present } => {
                let condition = if *present { Condition::Has } else { Condition::Lacks };
                self.pieces(&[Field::Condition(condition).name(), ":", detail.name()]);
            }
        }
    }

    fn show(&mut self, value: Option<&impl fmt::Display>) {
        self.text.extend(value.map(ToString::to_string));
    }

    fn field(&mut self, field: Field) {
        self.text.push_str(field.name());
        self.text.push(':');
    }

    fn phrase(&mut self, phrase: &str, slop: u32) {
        if find(phrase, |c| quotes('"').contains(&c)).is_none() {
            self.pieces(&["\"", phrase, "\""]);
        } else {
            // What is read as a phrase has one kind of quotes in it; one made otherwise loses some.
            self.pieces(&["«", &phrase.replace(quotes('«'), " "), "»"]);
        }
        if slop > 0 {
            self.pieces(&["~", &slop.to_string()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn a_phrase_gets_quotes_that_do_not_stand_in_it() {
        let print = |text: &str| Query::Phrase { text: text.to_owned(), slop: 0 }.to_string();
        assert_eq!(print("a b"), "\"a b\"");
        assert_eq!(print("a \"b"), "«a \"b»");
        assert_eq!(print("a » b"), "\"a » b\"");
        let both = print("a \" b » c « d");
        assert!(matches!(parse(&both).unwrap().query, Some(Query::Phrase { .. })), "{both}");
    }

    #[test]
    fn the_nesting_of_what_is_printed_is_counted() {
        for (text, nesting) in
            [("a b", 0), ("a OR b c", 1), ("title:((a OR b) AND c) (d e)", 2), ("(a) -(b)", 0)]
        {
            let query = parse(text).unwrap().query.unwrap();
            assert_eq!(Printed::of(&query).nesting, nesting, "{query}");
        }
    }
}
