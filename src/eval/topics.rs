//! Queries with names, from a file of `id TAB query` lines or in TREC's markup.

use crate::error::EvalError;

/// A query with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its name in the judgements.
    pub name: String,
    /// What is looked for.
    pub query: String,
}

/// Reads topics: `name TAB query` lines, or TREC's `<top>` with `<num>` and `<title>`.
///
/// # Errors
///
/// With the first line that is neither; if there are no topics.
pub fn parse_topics(text: &str) -> Result<Vec<Topic>, EvalError> {
    let text = text.trim_start_matches('\u{feff}');
    let is_markup = text.trim_start().starts_with("<top>");
    let topics = if is_markup { parse_markup(text) } else { parse_lines(text) }?;
    if topics.is_empty() { Err(EvalError::NoQueries) } else { Ok(topics) }
}

fn parse_lines(text: &str) -> Result<Vec<Topic>, EvalError> {
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(line, content)| {
            let parts = content.split_once('\t').filter(|(name, _)| !name.trim().is_empty());
            let reason = "no name and tab before the query".to_owned();
            let (name, query) = parts.ok_or(EvalError::Line { line, reason })?;
            Ok(Topic { name: name.trim().to_owned(), query: query.trim().to_owned() })
        })
        .collect()
}

/// TREC's markup is no XML: tags are rarely closed, and a part reaches to the next tag.
fn parse_markup(text: &str) -> Result<Vec<Topic>, EvalError> {
    let mut topics = Vec::new();
    let mut line = 1;
    for part in text.split_inclusive("</top>") {
        if let Some((before, topic)) = part.split_once("<top>") {
            let line = line + before.matches('\n').count();
            let missing = |tag: &str| EvalError::Line { line, reason: format!("a topic without {tag}") };
            let name = field(topic, "<num>", "Number:").ok_or_else(|| missing("<num>"))?;
            let query = field(topic, "<title>", "Topic:").ok_or_else(|| missing("<title>"))?;
            topics.push(Topic { name, query });
        }
        line += part.matches('\n').count();
    }
    Ok(topics)
}

/// What stands behind `tag`, without the `label` that some collections put before it.
fn field(topic: &str, tag: &str, label: &str) -> Option<String> {
    let rest = topic.split_once(tag)?.1.trim_start();
    let rest = rest.strip_prefix(label).unwrap_or(rest);
    let value = rest.split('<').next()?;
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
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
