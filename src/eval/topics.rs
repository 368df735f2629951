//! Queries with names, from a file of `id TAB query` lines or in TREC's markup.

use std::collections::HashSet;

use super::column::named_by;
use crate::error::EvalError;
use crate::extract::unescaped;

/// A query with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its name in the judgements.
    pub name: String,
    /// What is looked for.
    pub query: String,
}

/// What opens a topic in TREC's markup: `<top>`, or `<topic number="1">` where it is XML.
const OPENINGS: [&str; 3] = ["<top>", "<topic>", "<topic "];

/// Tags in front of a topic's query.
const QUERY_TAGS: [&str; 2] = ["<title>", "<query>"];

/// Attributes of `<topic>` that name it.
const NAME_ATTRIBUTES: [&str; 2] = ["number=", "id="];

/// Reads topics: `name TAB query` lines, or TREC's markup, `<top>` with `<num>` and `<title>` or `<topic number="1">`
/// with `<query>`.
///
/// # Errors
///
/// With the first line that is neither, or with a topic of the same name as one before; if there are no topics.
pub fn parse_topics(text: &str) -> Result<Vec<Topic>, EvalError> {
    let text = text.trim_start_matches('\u{feff}');
    let is_markup = text.trim_start().starts_with('<') && next_opening(text, 0).is_some();
    let topics = if is_markup { parse_markup(text) } else { parse_lines(text) }?;
    let mut names = HashSet::new();
    for (line, topic) in &topics {
        if !names.insert(named_by(&topic.name)) {
            let reason = format!("a second topic is called `{}`", topic.name);
            return Err(EvalError::Line { line: *line, reason });
        }
    }
    if topics.is_empty() {
        return Err(EvalError::NoQueries);
    }
    Ok(topics.into_iter().map(|(_, topic)| topic).collect())
}

fn parse_lines(text: &str) -> Result<Vec<(usize, Topic)>, EvalError> {
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(line, content)| {
            let parts = content.split_once('\t').filter(|(name, _)| !name.trim().is_empty());
            let reason = "no name and tab before the query".to_owned();
            let (name, query) = parts.ok_or(EvalError::Line { line, reason })?;
            Ok((line, Topic { name: name.trim().to_owned(), query: query.trim().to_owned() }))
        })
        .collect()
}

/// TREC's markup is mostly no XML: tags are rarely closed, not even a topic's own, and a part reaches to the next tag.
fn parse_markup(text: &str) -> Result<Vec<(usize, Topic)>, EvalError> {
    let mut topics = Vec::new();
    let (mut line, mut counted) = (1, 0);
    let mut next = next_opening(text, 0);
    while let Some(start) = next {
        next = next_opening(text, start + 1);
        let topic = &text[start..next.unwrap_or(text.len())];
        line += text[counted..start].matches('\n').count();
        counted = start;
        let missing = |tag: &str| EvalError::Line { line, reason: format!("a topic without {tag}") };
        let name = field(topic, "<num>", "Number:").or_else(|| attribute(topic));
        let name = name.ok_or_else(|| missing("<num>"))?;
        let query = QUERY_TAGS.iter().find_map(|tag| field(topic, tag, "Topic:"));
        let query = query.ok_or_else(|| missing("<title>"))?;
        topics.push((line, Topic { name, query }));
    }
    Ok(topics)
}

/// Where the next topic of `text` opens, from the byte `from` on.
fn next_opening(text: &str, from: usize) -> Option<usize> {
    OPENINGS.iter().filter_map(|opening| text[from..].find(opening)).min().map(|at| from + at)
}

/// The name that the tag which opens `topic` has as an attribute.
fn attribute(topic: &str) -> Option<String> {
    let tag = topic.split('>').next()?;
    let value = NAME_ATTRIBUTES.iter().find_map(|name| tag.split_once(name))?.1;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let name = value[1..].split(quote).next()?.trim();
    (!name.is_empty()).then(|| unescaped(name))
}

/// What stands behind `tag`, without the `label` that some collections put before it.
fn field(topic: &str, tag: &str, label: &str) -> Option<String> {
    let rest = topic.split_once(tag)?.1.trim_start();
    let rest = rest.strip_prefix(label).unwrap_or(rest);
    let value = rest.split('<').next()?;
    let value = unescaped(&value.split_whitespace().collect::<Vec<_>>().join(" "));
    Some(value).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        parse_topics(text).unwrap().into_iter().map(|topic| (topic.name, topic.query)).collect()
    }

    #[test]
    fn both_forms_give_the_same_topics() {
        let expected =
            [("301".to_owned(), "river treaties".to_owned()), ("302".to_owned(), "\"two banks\"".to_owned())];
        assert_eq!(pairs("301\triver treaties\n\n302\t\"two banks\"\n"), expected);
        let markup = "<top>\n<num> Number: 301\n<title> Topic: river\n treaties\n<desc> Description:\nWhat?\n</top>\n\
                      <top><num>302</num><title>\"two banks\"</title></top>\n";
        assert_eq!(pairs(markup), expected);
    }

    /// A topic that isn't closed hid the next one.
    #[test]
    fn a_topic_that_is_not_closed_ends_with_the_next() {
        let markup = "<top>\n<num> Number: 1\n<title> ferries\n\n<desc> Description:\nWhat?\n\n\
                      <top>\n<num> Number: 2\n<title> rivers\n";
        assert_eq!(pairs(markup), [("1".into(), "ferries".into()), ("2".into(), "rivers".into())]);
    }

    /// What stands in a list of topics, as XML has it, was taken for lines.
    #[test]
    fn topics_in_xml_are_read() {
        let expected =
            [("1".to_owned(), "ports & \"two banks\"".to_owned()), ("2".to_owned(), "rivers".to_owned())];
        let wrapped = "<topics>\n<top><num>1</num><title>ports &amp; &quot;two banks&quot;</title></top>\n\
                       <top>\n<num>2</num><title>rivers</title></top></topics>\n";
        assert_eq!(pairs(wrapped), expected);
        let xml = "<?xml version='1.0'?>\n<topics task=\"ports\">\n<topic number=\"1\">\n\
                   <query>ports &amp; &quot;two banks&quot;</query><question>What?</question></topic>\n\
                   <topic number='2'><query>rivers</query></topic>\n</topics>\n";
        assert_eq!(pairs(xml), expected);
    }

    /// Two topics of one name were measured as one.
    #[test]
    fn a_second_topic_of_one_name_is_an_error() {
        let error = |text| parse_topics(text).unwrap_err().to_string();
        assert_eq!(error("1\ta\n\n1\tb\n"), "line 3: a second topic is called `1`");
        assert_eq!(error("a b\tx\na%20b\ty\n"), "line 2: a second topic is called `a%20b`");
        let topic = "<top>\n<num>1\n<title>a\n</top>\n";
        assert_eq!(error(&topic.repeat(2)), "line 5: a second topic is called `1`");
    }

    #[test]
    fn a_file_without_queries_is_an_error() {
        for text in ["", "\n \n", "\u{feff}"] {
            assert_eq!(parse_topics(text).unwrap_err().to_string(), "the file has no query");
        }
    }

    #[test]
    fn a_faulty_line_is_named() {
        let error = |text| parse_topics(text).unwrap_err().to_string();
        assert_eq!(error("301\ta\nriver"), "line 2: no name and tab before the query");
        assert_eq!(error("<top>\n<num>1\n</top>\n\n<top>\n</top>"), "line 1: a topic without <title>");
        assert_eq!(
            error("<top>\n<num>1\n<title>a\n</top>\n\n<top>\n</top>"),
            "line 6: a topic without <num>"
        );
    }
}
