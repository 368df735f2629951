//! The authors: who the page says wrote it, as names without titles and rubrics.

use super::super::hints::Flags;
use super::super::page::index;
use super::super::tag::Tag;
use super::{Sources, date_words, folded_words, meta_tags};
use crate::model::{Field, Metadata};

/// Bytes of the longest name that is believed.
const MAX_NAME_BYTES: usize = 80;

/// Words of the longest name.
const MAX_NAME_WORDS: usize = 6;

/// Authors that are kept. Papers of large collaborations have more, but nobody cites them all.
const MAX_AUTHORS: usize = 50;

/// Bytes of the longest byline.
const MAX_BYLINE_BYTES: usize = 200;

/// Reads the authors into `found`; `headline` is the node of the title.
///
/// Names of persons come first, from any source; a body or a handle counts where no person is named.
pub(super) fn read(sources: &Sources<'_, '_>, headline: Option<u32>, found: &mut Metadata) {
    for kind in [Kind::Person, Kind::Any] {
        if let Some((names, source, percent)) = cascade(sources, headline, kind) {
            found.authors = names;
            found.note(Field::Authors, source, if kind == Kind::Person { percent } else { percent / 2 });
            return;
        }
    }
}

/// Whose names are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Person,
    Any,
}

/// A way to find names, the source they then have, and how sure it is.
type Candidate<'c> = (&'c dyn Fn() -> Vec<String>, &'static str, u8);

fn cascade(
    sources: &Sources<'_, '_>,
    headline: Option<u32>,
    kind: Kind,
) -> Option<(Vec<String>, &'static str, u8)> {
    let meta = |names: &[&str]| people(sources.tags.all(names).into_iter(), sources, kind);
    let scholarly = |names: &[&str]| {
        let values: Vec<String> = sources.tags.all(names).into_iter().map(given_name_first).collect();
        people(values.iter().map(String::as_str), sources, kind)
    };
    let candidates: [Candidate<'_>; 6] = [
        (&|| scholarly(&["citation_author"]), "citation", 95),
        (&|| people(sources.data.authors.iter().map(String::as_str), sources, kind), "json-ld", 90),
        (&|| bylines(sources, headline, kind), "byline", 85),
        (&|| spoken_byline(sources, headline), "byline", 80),
        (&|| meta(&["author", "article:author", "parsely-author", "sailthru.author", "byl"]), "meta", 75),
        (&|| scholarly(&["dc.creator", "dcterms.creator", "dc.contributor"]), "dublin-core", 80),
    ];
    candidates.into_iter().find_map(|(candidate, source, percent)| {
        let names = candidate();
        (!names.is_empty()).then_some((names, source, percent))
    })
}

/// The piece of a line that names its author: what follows a "by", or what stands beside a date.
fn named_piece(line: &str) -> Option<&str> {
    let mut pieces = line.split(['|', '\n']).map(str::trim);
    let said = pieces.clone().find(|piece| without_opener(piece).len() < piece.len());
    said.or_else(|| {
        let first = pieces.next().filter(|name| name.contains(' '))?;
        pieces.any(|piece| date_words::find(piece).is_some()).then_some(first)
    })
}

/// A name as catalogues write it, "Finch, Amara", the other way round.
fn given_name_first(name: &str) -> String {
    match name.split_once(',') {
        Some((family, given)) if !given.contains(',') && !given.trim().is_empty() => {
            format!("{} {}", given.trim(), family.trim())
        }
        _ => name.to_owned(),
    }
}

/// The names in a list of values, each once.
fn people<'v>(values: impl Iterator<Item = &'v str>, sources: &Sources<'_, '_>, kind: Kind) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for value in values {
        for name in split_names(&meta_tags::unescaped(value)) {
            if is_name(&name, sources, kind) && !found.iter().any(|known| super::same_words(known, &name)) {
                found.push(name);
            }
        }
    }
    found.truncate(MAX_AUTHORS);
    found
}

/// Nodes before the headline in which a byline may stand: a rubric and a line, with their elements.
const NODES_BEFORE_HEADLINE: usize = 60;

/// Names in what the page marks as its author or byline.
fn bylines(sources: &Sources<'_, '_>, headline: Option<u32>, kind: Kind) -> Vec<String> {
    let nodes = &sources.page.nodes;
    let from = headline.map_or(0, |at| (at as usize).saturating_sub(NODES_BEFORE_HEADLINE));
    for (at, node) in nodes.iter().enumerate().skip(from) {
        let by_rel = node.tag == Tag::A && node.attribute("rel").is_some_and(|rel| rel.contains("author"));
        let named = node.own.any(Flags::AUTHOR) && !node.own.any(Flags::COMMENTS);
        if !named && !by_rel || node.around.any(Flags::HIDDEN) || node.tag.is_unread() {
            continue;
        }
        let names = in_byline(sources, at, kind);
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

/// Names in the byline at node `at`: what is linked in it, else its first piece of text, since rank and
/// rubric follow the name.
fn in_byline(sources: &Sources<'_, '_>, at: usize, kind: Kind) -> Vec<String> {
    let nodes = &sources.page.nodes;
    let inside = &nodes[at..nodes[at].end as usize];
    let size: usize = inside.iter().map(|node| node.text.trim().len()).sum();
    if size > MAX_BYLINE_BYTES {
        return Vec::new();
    }
    let linked = inside.iter().filter(|node| node.tag == Tag::Text && node.around.any(Flags::LINK));
    let names = people(linked.map(|node| node.text), sources, Kind::Person);
    if !names.is_empty() {
        let text = sources.page.text_of(index(at));
        let whole = people(std::iter::once(text.as_str()), sources, Kind::Person);
        let said = without_opener(&text).len() < text.len();
        let said = said && whole.len() == split_names(&text).len();
        let all_in = said && names.iter().all(|name| whole.contains(name));
        return if all_in && whole.len() > names.len() { whole } else { names };
    }
    let mut pieces = inside.iter().filter(|node| node.tag == Tag::Text).map(|node| node.text);
    pieces
        .find_map(|piece| {
            Some(people(std::iter::once(piece), sources, kind)).filter(|names| !names.is_empty())
        })
        .unwrap_or_default()
}

/// Blocks after the headline in which a line that begins with "by" is the byline.
const BLOCKS_BY_HEADLINE: usize = 12;

/// Names in a line by the headline that says who it is by.
fn spoken_byline(sources: &Sources<'_, '_>, headline: Option<u32>) -> Vec<String> {
    let list = &sources.blocks.list;
    let start = headline.map_or(0, |title| list.partition_point(|block| block.node < title));
    let lines = list.iter().skip(start.saturating_sub(2)).take(BLOCKS_BY_HEADLINE + 2);
    for block in lines {
        let text = sources.blocks.text_of(block);
        if text.len() > MAX_BYLINE_BYTES {
            continue;
        }
        let names = people(named_piece(text).into_iter(), sources, Kind::Person);
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

/// Words before a name in a byline, in lower case, longer ones first.
const OPENERS: [&str; 36] = [
    "interview by",
    "photographs by",
    "published by",
    "reporting by",
    "article by",
    "written by",
    "posted by",
    "reviewed by",
    "story by",
    "words by",
    "authors",
    "авторы",
    "author",
    "автор",
    "autores",
    "autoras",
    "autor",
    "autora",
    "auteurs",
    "auteur",
    "autori",
    "autore",
    "autoren",
    "words",
    "texte",
    "texto",
    "text",
    "текст",
    "from",
    "بقلم",
    "تحریر",
    "par",
    "von",
    "por",
    "by",
    "di",
];

/// Openers of scripts that join them to the name.
const JOINED_OPENERS: [&str; 4] = ["作者", "文", "撰文", "记者"];

/// Words between names.
const CONNECTORS: [&str; 8] = [" and ", " et ", " und ", " y ", " и ", " اور ", " and\u{a0}", " & "];

/// Arabic's "and", which is written together with the name behind it. Names begin with it too, so that it only
/// parts what is too long for one name.
const ARABIC_AND: &str = " و";

/// The names in a byline or list.
fn split_names(text: &str) -> Vec<String> {
    let text = super::super::line(text);
    let text = without_opener(&text);
    let text = text.split(['|', '•', '·', '●', '⋅', '—', '/', '(']).next().unwrap_or(text);
    let mut parts: Vec<&str> = text.split([',', ';', '&', '、', '،']).collect();
    for connector in CONNECTORS {
        parts = parts.into_iter().flat_map(|part| part.split(connector)).collect();
    }
    let parts = parts.into_iter().flat_map(|part| match part {
        part if is_han(part) => part.split(' ').collect(),
        part if part.split(' ').count() > MAX_NAME_WORDS => part.split(ARABIC_AND).collect(),
        part => vec![part],
    });
    let name = |part: &str| {
        let part = without_opener(part.trim());
        part.trim_matches(|c: char| !c.is_alphanumeric() && c != '.').trim().to_owned()
    };
    parts.map(name).filter(|name| !name.is_empty()).collect()
}

/// Whether a text is in Chinese characters, whose names have no spaces inside.
fn is_han(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|c| ('\u{3400}'..='\u{9fff}').contains(&c))
}

/// `text` without the words that come before a name in a byline.
pub(super) fn without_opener(text: &str) -> &str {
    for opener in OPENERS {
        let Some(head) = text.get(..opener.len()) else { continue };
        let rest = &text[opener.len()..];
        if head.to_lowercase() == opener && rest.starts_with([' ', ':', '：']) {
            return without_opener(rest.trim_start_matches([' ', ':', '：']));
        }
    }
    for opener in JOINED_OPENERS {
        if let Some(rest) = text.strip_prefix(opener).filter(|rest| rest.starts_with(['：', ':', ' ', '/']))
        {
            return rest.trim_start_matches(['：', ':', ' ', '/']);
        }
    }
    text
}

/// Words that no person's name has, but that of a body may: rank, office, newsroom.
const NOT_IN_NAMES: [&str; 30] = [
    "administrator",
    "analyst",
    "chief",
    "columnist",
    "com",
    "content",
    "contributor",
    "correspondent",
    "desk",
    "director",
    "editor",
    "editorial",
    "expert",
    "fellow",
    "founder",
    "guest",
    "manager",
    "marketing",
    "news",
    "newsroom",
    "officer",
    "president",
    "professor",
    "reporter",
    "research",
    "senior",
    "specialist",
    "staff",
    "team",
    "writer",
];

/// Words of lines around bylines and of templates, of no name at all.
const NOT_NAMES: [&str; 30] = [
    "about",
    "admin",
    "all",
    "article",
    "author",
    "authors",
    "bio",
    "blog",
    "by",
    "comments",
    "follow",
    "full",
    "http",
    "https",
    "min",
    "minutes",
    "more",
    "null",
    "posts",
    "published",
    "read",
    "reviewed",
    "share",
    "the",
    "undefined",
    "updated",
    "view",
    "webmaster",
    "written",
    "www",
];

/// Words inside of names that begin with a small letter.
const PARTICLES: [&str; 22] = [
    "al", "bin", "bint", "da", "das", "de", "del", "der", "di", "do", "dos", "du", "e", "el", "ibn", "la",
    "le", "ten", "van", "von", "y", "zu",
];

/// Letters of the shortest name.
const FEWEST_LETTERS: usize = 3;

fn is_name(name: &str, sources: &Sources<'_, '_>, kind: Kind) -> bool {
    let words = folded_words(name);
    if name.len() > MAX_NAME_BYTES || name.contains(['@', ':', '/', '?', '!']) {
        return false;
    }
    let letters: usize = words.iter().map(String::len).sum();
    let no_name = words.iter().all(|word| NOT_NAMES.contains(&word.as_str()));
    if letters < FEWEST_LETTERS || words.len() > MAX_NAME_WORDS || no_name || is_date(&words) {
        return false;
    }
    if kind == Kind::Any {
        return true;
    }
    let known = |word: &String| NOT_IN_NAMES.contains(&word.as_str()) || NOT_NAMES.contains(&word.as_str());
    let site = sources.tags.first(&["og:site_name"]);
    let is_site = [site, sources.data.publisher.as_deref()]
        .into_iter()
        .flatten()
        .any(|site| super::same_words(site, name));
    is_capitalised(name)
        && !words.iter().any(known)
        && !is_site
        && !name.contains(|c: char| c.is_ascii_digit())
}

/// Whether a text is a month with figures, or figures alone.
fn is_date(words: &[String]) -> bool {
    let figures = |word: &&String| word.bytes().all(|b| b.is_ascii_digit());
    let count = words.iter().filter(figures).count();
    count == words.len() || count > 0 && words.iter().any(|word| date_words::month(word).is_some())
}

/// Whether all words begin with a capital but for particles. Scripts without capitals pass.
fn is_capitalised(name: &str) -> bool {
    name.split_whitespace().all(|word| {
        let first = word.chars().find(|c| c.is_alphabetic());
        !first.is_some_and(char::is_lowercase) || PARTICLES.contains(&word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_split_into_names() {
        for (line, names) in [
            ("By Amara Diallo-Finch and Jonas Weatherby", vec!["Amara Diallo-Finch", "Jonas Weatherby"]),
            ("Written by: Ana de la Cruz | 3 min read", vec!["Ana de la Cruz"]),
            ("作者：沈若棠 贺兰柏舟", vec!["沈若棠", "贺兰柏舟"]),
            ("Авторы: Аселя Жуматаева и Ильдар Лозовой", vec!["Аселя Жуматаева", "Ильдар Лозовой"]),
            ("Par Hélène Roy et Luc Petit", vec!["Hélène Roy", "Luc Petit"]),
        ] {
            assert_eq!(split_names(line), names, "{line}");
        }
    }

    #[test]
    fn names_begin_with_capitals_where_there_are_any() {
        assert!(is_capitalised("Ludwig van der Berg") && is_capitalised("山田太郎"));
        assert!(!is_capitalised("Personal finance"));
    }

    #[test]
    fn dates_are_no_names() {
        let words = |text| folded_words(text);
        assert!(is_date(&words("March 5")) && is_date(&words("2021")));
        assert!(!is_date(&words("April Ruiz")));
    }
}
