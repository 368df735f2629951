//! What a page's JSON-LD says of its article.
//!
//! Only the page's own article counts, not those in lists of links to others.

use serde_json::Value;

/// Bytes of a script above which it isn't read.
const MAX_BYTES: usize = 2 * 1024 * 1024;

/// Objects that are looked at.
const MAX_OBJECTS: usize = 2_000;

/// Facts of the page's article.
#[derive(Debug, Default)]
pub(in super::super) struct Data {
    pub(super) headline: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    /// The body that the page says the site is of.
    pub(super) site: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) section: Option<String>,
    pub(super) keywords: Vec<String>,
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
    /// Whether the page is a thread of posts, so that answers belong to it.
    pub(in super::super) is_thread: bool,
    /// The article's text, where it is given.
    pub(in super::super) body: Option<String>,
}

impl Data {
    /// Whether it tells of an article.
    pub(in super::super) fn is_article(&self) -> bool {
        self.headline.is_some() && !self.is_thread
    }
}

/// Reads the page's JSON-LD `scripts`.
pub(in super::super) fn read(scripts: &[&str]) -> Data {
    let values: Vec<Value> = scripts.iter().filter_map(|script| parse(script)).collect();
    let objects = objects(&values);
    let mut ranked: Vec<(u8, &Value)> =
        objects.iter().map(|&object| (rank(object), object)).filter(|&(rank, _)| rank > 0).collect();
    ranked.sort_by_key(|&(rank, _)| std::cmp::Reverse(rank));
    let mut data = Data::default();
    for (_, object) in ranked {
        add(&mut data, object, &objects);
    }
    let bodies = ["Organization", "NewsMediaOrganization", "GovernmentOrganization", "WebSite"];
    let body = bodies.iter().find_map(|kind| objects.iter().find(|object| is_of_type(object, kind)));
    data.site = body.and_then(|body| body.get("name")).and_then(as_text);
    data
}

/// The value of a script, with the faults forgiven that templates make: comment marks around it,
/// line breaks inside of strings, a semicolon at the end.
fn parse(script: &str) -> Option<Value> {
    if script.len() > MAX_BYTES {
        return None;
    }
    let text = script.trim();
    if let Ok(value) = serde_json::from_str(text) {
        return Some(value);
    }
    let start = text.find(['{', '['])?;
    let end = text.rfind(['}', ']'])?;
    let plain: String =
        text.get(start..=end)?.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    serde_json::from_str(&plain).ok()
}

/// The objects that speak of the page itself: at the top, in a graph, or as main entity.
fn objects(values: &[Value]) -> Vec<&Value> {
    let mut found = Vec::new();
    let mut left: Vec<&Value> = values.iter().rev().collect();
    while let Some(value) = left.pop() {
        match value {
            Value::Array(list) => left.extend(list.iter().rev()),
            Value::Object(object) => {
                found.push(value);
                left.extend(
                    ["mainEntityOfPage", "mainEntity", "@graph"].iter().filter_map(|key| object.get(*key)),
                );
            }
            _ => {}
        }
        if found.len() >= MAX_OBJECTS {
            break;
        }
    }
    found
}

/// How well an object's type fits an article: 2 an article, 1 a page, 0 neither.
fn rank(object: &Value) -> u8 {
    let of = |name: &str| match name.rsplit(['/', ':']).next().unwrap_or(name) {
        "BlogPosting"
        | "Report"
        | "Review"
        | "DiscussionForumPosting"
        | "Legislation"
        | "SpeechTranscript"
        | "CreativeWork"
        | "PressRelease"
        | "GovernmentDocument"
        | "Thesis"
        | "QAPage"
        | "Question" => 3,
        name if name.ends_with("Article") || name.ends_with("NewsArticle") => 3,
        "WebPage" | "ItemPage" | "AboutPage" | "FAQPage" | "MedicalWebPage" => 1,
        _ => 0,
    };
    items(object.get("@type")).iter().filter_map(Value::as_str).map(of).max().unwrap_or(0)
}

fn is_of_type(object: &Value, name: &str) -> bool {
    items(object.get("@type")).iter().any(|known| known == name)
}

/// What `value` holds: several in a list, or one.
fn items(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(list)) => list,
        Some(value) => std::slice::from_ref(value),
        None => &[],
    }
}

/// Adds what `object` says where nothing is known yet.
fn add(data: &mut Data, object: &Value, all: &[&Value]) {
    data.is_thread |= ["DiscussionForumPosting", "QAPage"].iter().any(|name| is_of_type(object, name));
    let is_article = rank(object) >= 3;
    let text = |key: &str| object.get(key).and_then(as_text);
    let or = |slot: &mut Option<String>, value: Option<String>| {
        if slot.is_none() {
            *slot = value;
        }
    };
    if is_article {
        or(&mut data.headline, text("headline").or_else(|| text("name")));
        or(&mut data.section, text("articleSection"));
        or(&mut data.body, text("articleBody").or_else(|| text("text")));
    }
    if data.authors.is_empty() {
        data.authors = names(object.get("author").or_else(|| object.get("creator")), all);
    }
    or(&mut data.publisher, names(object.get("publisher"), all).into_iter().next());
    or(&mut data.published, text("datePublished").or_else(|| text("dateCreated")));
    or(&mut data.modified, text("dateModified"));
    or(&mut data.language, text("inLanguage"));
    or(&mut data.url, text("url"));
    if data.keywords.is_empty() {
        data.keywords = items(object.get("keywords")).iter().filter_map(as_text).collect();
    }
}

/// A value as text: a string, or the name of what an object stands for.
fn as_text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.as_str(),
        Value::Array(list) => return list.first().filter(|first| !first.is_array()).and_then(as_text),
        Value::Object(object) => object.get("name").or_else(|| object.get("@value"))?.as_str()?,
        _ => return None,
    };
    Some(text.to_owned()).filter(|text| !text.trim().is_empty())
}

/// Names that are read of each kind: for each that stands elsewhere the whole graph is looked through.
const MAX_NAMES: usize = 200;

/// The names of persons or bodies, which may stand elsewhere in the graph under their id.
fn names(value: Option<&Value>, all: &[&Value]) -> Vec<String> {
    items(value)
        .iter()
        .take(MAX_NAMES)
        .filter_map(|item| {
            as_text(item).or_else(|| {
                let id = item.get("@id")?;
                let meant =
                    all.iter().find(|known| known.get("@id") == Some(id) && known.get("name").is_some());
                meant.and_then(|known| as_text(known))
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_article_is_found_in_a_graph_and_its_author_by_id() {
        let script = r##"{"@graph":[{"@type":"WebPage","datePublished":"2020-01-01"},
            {"@type":["NewsArticle"],"headline":"Water","author":{"@id":"#a"},"datePublished":"2021-05-18"},
            {"@type":"Person","@id":"#a","name":"Amara Finch"}]}"##;
        let data = read(&[script]);
        assert_eq!(data.headline.as_deref(), Some("Water"));
        assert_eq!(data.authors, ["Amara Finch"]);
        assert_eq!(data.published.as_deref(), Some("2021-05-18"));
    }

    #[test]
    fn articles_in_lists_are_not_the_pages_own() {
        let script = r#"{"@type":"ItemList","itemListElement":[{"@type":"Article","headline":"Other"}]}"#;
        assert_eq!(read(&[script]).headline, None);
    }

    #[test]
    fn faults_of_templates_are_forgiven() {
        let script = "//<![CDATA[\n{\"@type\":\"Article\",\"headline\":\"a\nb\"};\n//]]>";
        assert!(read(&[script]).headline.is_none(), "the mark itself holds a bracket");
        let script = "<!-- {\"@type\":\"Article\",\"headline\":\"a\nb\"}; -->";
        assert_eq!(read(&[script]).headline.as_deref(), Some("a b"));
    }

    #[test]
    fn deep_nesting_is_refused_without_harm() {
        assert!(read(&[&"[".repeat(100_000)]).headline.is_none());
    }
}
