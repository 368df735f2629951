//! Synonyms that a user gives, a rule a line: `a, b, c` mean the same; who asks for what stands before `=>` also finds
//! what stands behind it, and not the reverse.
//!
//! The format is Solr's, but that the words typed are always looked for too. Reading files is not here.

use std::collections::{HashMap, HashSet};

use super::ast::Query;
use super::build::less;
use super::lone_characters::by_parts;
use super::weight::Weight;
use super::words;

/// How much a synonym counts beside what was typed.
const SYNONYM_WEIGHT: Weight = Weight::of_hundredths(80);

/// Most rules of a file, and most names of a rule.
const MAX_RULES: usize = 100_000;
const MAX_NAMES: usize = 100;

/// What is looked for beside what is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Synonyms {
    /// What is looked for too by each rule.
    also: Vec<Vec<Name>>,
    /// The rules of each name as it is compared.
    rules_of: HashMap<String, Vec<usize>>,
}

/// A name of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Name {
    text: String,
    /// As it is compared: names that are the same but for their form are equal.
    compared: String,
}

struct Rule {
    /// Names as they are typed.
    typed: Vec<Name>,
    /// Names that are looked for too.
    also: Vec<Name>,
}

/// Why a rule can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct SynonymsError {
    /// Its line, from 1.
    pub line: usize,
    /// What is wrong with it: lower case, no full stop.
    pub message: String,
}

impl Synonyms {
    /// The rules of `text`, one a line; blank lines, and what follows a `#`, say nothing. Names are the same that
    /// `compared` makes equal.
    ///
    /// # Errors
    ///
    /// The first line that is no rule.
    pub fn parse(text: &str, mut compared: impl FnMut(&str) -> String) -> Result<Self, SynonymsError> {
        let mut rules = Self::default();
        for (line, content) in (1..).zip(text.lines()) {
            let content = content.trim_start_matches('\u{feff}');
            let content = content.split('#').next().unwrap_or_default();
            if content.trim().is_empty() {
                continue;
            }
            if rules.also.len() == MAX_RULES {
                let message = format!("there are more than {MAX_RULES} rules");
                return Err(SynonymsError { line, message });
            }
            rules.push(rule(content, &mut compared).map_err(|message| SynonymsError { line, message })?);
        }
        Ok(rules)
    }

    fn push(&mut self, Rule { typed, also }: Rule) {
        let typed: HashSet<String> = typed.into_iter().map(|name| name.compared).collect();
        for typed in typed {
            self.rules_of.entry(typed).or_default().push(self.also.len());
        }
        self.also.push(also);
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.also.is_empty()
    }

    /// What is looked for beside the name that is compared as `typed`, each once.
    #[must_use]
    pub fn beside(&self, typed: &str) -> Vec<String> {
        let rules = self.rules_of.get(typed).into_iter().flatten();
        let others = rules.flat_map(|&rule| &self.also[rule]).filter(|other| other.compared != typed);
        let mut known = HashSet::new();
        others.filter(|&other| known.insert(other)).map(|other| other.text.clone()).collect()
    }
}

/// A query for a synonym: a word in any of its forms, or a phrase. A query that has `patterns` already has only so many
/// more by which the parts of words are looked for.
#[must_use]
pub fn synonym(text: &str, patterns: &mut usize) -> Query {
    let as_word = |text: &str| Query::Word(text.to_owned());
    let query = if text.contains(char::is_whitespace) {
        Query::Phrase { text: text.to_owned(), slop: 0 }
    } else {
        by_parts(text, patterns, as_word).unwrap_or_else(|| as_word(text))
    };
    less(query, SYNONYM_WEIGHT)
}

fn rule(line: &str, compared: &mut dyn FnMut(&str) -> String) -> Result<Rule, String> {
    let (typed, also) = match line.split_once("=>") {
        Some((_, also)) if also.contains("=>") => return Err("there is more than one `=>`".to_owned()),
        Some((typed, also)) => (names(typed, compared)?, names(also, compared)?),
        None => {
            let names = names(line, compared)?;
            (names.clone(), names)
        }
    };
    if !line.contains("=>") && typed.len() < 2 {
        return Err("one name alone has no synonym: write `a, b` or `a => b`".to_owned());
    }
    Ok(Rule { typed, also })
}

/// The names of a list with commas.
fn names(list: &str, compared: &mut dyn FnMut(&str) -> String) -> Result<Vec<Name>, String> {
    let names: Vec<String> = list.split(',').map(|one| words(one).collect::<Vec<_>>().join(" ")).collect();
    if names.iter().any(String::is_empty) {
        return Err("a name is missing beside a comma or `=>`".to_owned());
    }
    if names.len() > MAX_NAMES {
        return Err(format!("there are more than {MAX_NAMES} names"));
    }
    Ok(names.into_iter().map(|text| Name { compared: compared(&text), text }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beside(rules: &str, typed: &str) -> Vec<String> {
        Synonyms::parse(rules, str::to_lowercase).unwrap().beside(&typed.to_lowercase())
    }

    #[test]
    fn names_of_a_list_stand_for_each_other_and_an_arrow_goes_one_way() {
        let rules = "car, automobile, motor car # all the same\n\nDPRK => North Korea, Pyongyang\n";
        assert_eq!(beside(rules, "Car"), ["automobile", "motor car"]);
        assert_eq!(beside(rules, "Motor car"), ["car", "automobile"]);
        assert_eq!(beside(rules, "dprk"), ["North Korea", "Pyongyang"]);
        assert_eq!(beside(rules, "North Korea"), [""; 0]);
        assert_eq!(beside(rules, "motor"), [""; 0]);
    }

    #[test]
    fn rules_join() {
        assert_eq!(beside("a, b\na => c\na => b", "a"), ["b", "c"]);
    }

    /// A query asks for each run of its words, and a file may have many rules.
    #[test]
    fn rules_are_looked_up_and_not_gone_through() {
        let rules: Vec<String> = (0..20_000).map(|n| format!("word{n}, other{n}\n")).collect();
        let synonyms = Synonyms::parse(&rules.concat(), str::to_owned).unwrap();
        for n in 0..20_000 {
            assert_eq!(synonyms.beside(&format!("other{n}")), [format!("word{n}")]);
            assert_eq!(synonyms.beside(&format!("word{n} x")), [""; 0]);
        }
    }

    #[test]
    fn a_line_that_is_no_rule_is_told() {
        for (rules, told) in [
            ("a, b\nc", "line 2: one name alone has no synonym: write `a, b` or `a => b`"),
            ("a,, b", "line 1: a name is missing beside a comma or `=>`"),
            ("# fine\n\na =>", "line 3: a name is missing beside a comma or `=>`"),
            ("a => b => c", "line 1: there is more than one `=>`"),
        ] {
            assert_eq!(Synonyms::parse(rules, str::to_owned).unwrap_err().to_string(), told);
        }
    }
}
