//! The authors: who the page says wrote it, as names without titles and rubrics.

use std::borrow::Cow;

use super::super::blocks::Block;
use super::super::hints::Flags;
use super::super::page::index;
use super::super::tag::Tag;
use super::super::unescaped;
use super::names::{Kind, is_name, split_names};
use super::openers::{self, says_written, without_opener};
use super::{Sources, elsewhere, names, reporters, threads};
use crate::calendar;
use crate::model::{BlockKind, Field, Metadata};

/// Authors that are kept. Papers of large collaborations have more, but nobody cites them all.
const MAX_AUTHORS: usize = 50;

/// Letters of the longest byline.
const MAX_BYLINE_LETTERS: usize = 200;

/// Reads the authors into `found`; `headline` is the node of the title.
///
/// Names of persons come first, from any source; a body or a handle counts where no person is named, or where it began
/// a thread.
pub(super) fn read(sources: &Sources<'_, '_>, headline: Option<u32>, found: &mut Metadata) {
    if let Some((author, source)) = threads::author(sources) {
        let names = people(std::iter::once(author.as_str()), sources, Kind::Any);
        if !names.is_empty() {
            found.authors = names;
            found.note(Field::Authors, source, 80);
            return;
        }
    }
    if !sources.data.is_article()
        && !sources.is_front
        && let Some(name) = threads::first_user(sources.page, headline)
    {
        found.authors = vec![name];
        found.note(Field::Authors, "byline", 70);
        return;
    }
    for kind in [Kind::Person, Kind::Any] {
        if let Some((names, source, percent)) = cascade(sources, headline, kind) {
            found.authors = names;
            found.note(Field::Authors, source, if kind == Kind::Person { percent } else { percent / 2 });
            return;
        }
    }
}

/// A way to find names, the source they then have, and how sure it is.
type NameFinder<'c> = (&'c dyn Fn() -> Vec<String>, &'static str, u8);

fn cascade(
    sources: &Sources<'_, '_>,
    headline: Option<u32>,
    kind: Kind,
) -> Option<(Vec<String>, &'static str, u8)> {
    let meta = |names: &[&str]| {
        let values = sources.tags.all(names).into_iter().map(|value| given_names_first(value, sources));
        let values: Vec<Cow<'_, str>> = values.collect();
        people(values.iter().map(Cow::as_ref), sources, kind)
    };
    let scholarly = |names: &[&str]| {
        let values: Vec<String> = sources.tags.all(names).into_iter().map(given_name_first).collect();
        people(values.iter().map(String::as_str), sources, kind)
    };
    let candidates: [NameFinder<'_>; 11] = [
        (&|| scholarly(&["citation_author"]), "citation", 95),
        (&|| in_data(sources, headline, kind), "json-ld", 90),
        (&|| bylines(sources, headline, kind), "byline", 85),
        (&|| meta(&["author", "article:author", "parsely-author", "sailthru.author", "byl"]), "meta", 75),
        (&|| spoken_byline(sources, headline, kind), "byline", 80),
        (&|| scholarly(&["dc.creator", "dcterms.creator", "dc.contributor"]), "dublin-core", 80),
        (&|| labelled(sources, headline), "byline", 75),
        (&|| reporter(sources, headline), "byline", 70),
        (&|| lone_name(sources, headline), "byline", 60),
        (&|| signature(sources, headline), "byline", 60),
        (&|| people(on_card(sources).into_iter(), sources, kind), "meta", 50),
    ];
    let told = |&(_, source, _): &NameFinder<'_>| !sources.is_front || source != "byline";
    candidates.into_iter().filter(told).find_map(|(candidate, source, percent)| {
        let names = candidate();
        (!names.is_empty()).then_some((names, source, percent))
    })
}

/// The names in the page's JSON-LD, unless no reader sees them while a byline shows others: an agency or
/// whoever keeps the site.
fn in_data(sources: &Sources<'_, '_>, headline: Option<u32>, kind: Kind) -> Vec<String> {
    let names = people(sources.data.authors.iter().map(String::as_str), sources, kind);
    let text = &sources.blocks.text;
    let seen = |name: &String| name.split(' ').next_back().is_some_and(|family| text.contains(family));
    if kind == Kind::Any || names.is_empty() || names.iter().any(seen) {
        return names;
    }
    let shown = bylines(sources, headline, kind);
    if shown.iter().any(|name| names::is_full_name(name)) { Vec::new() } else { names }
}

/// The author on the card that networks show of the page, whose lines have labels of their own.
fn on_card<'a>(sources: &Sources<'_, 'a>) -> Option<&'a str> {
    const LINES: [(&str, &str); 2] =
        [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")];
    let is_author = |label: &str| says_written(label) || is_label(label);
    let mut lines = LINES.iter().filter(|(label, _)| sources.tags.first(&[label]).is_some_and(is_author));
    lines.find_map(|(_, data)| sources.tags.first(&[data]))
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

/// Names as catalogues write them, parted by semicolons, the other way round; else what is given. A family name is one
/// word there beside its particles, so `Amara Finch, Editor` stays.
fn given_names_first<'v>(value: &'v str, sources: &Sources<'_, '_>) -> Cow<'v, str> {
    let is_family = |name: &str| {
        name.starts_with(char::is_alphabetic)
            && name.split_whitespace().filter(|word| !names::is_particle(word)).count() == 1
    };
    let is_given = |name: &str| {
        names::is_full_name(&format!("{name} X."))
            && is_name(name, sources, Kind::Person)
            && !names::is_degree(name)
    };
    let is_catalogued = |name: &str| {
        name.split_once(',').is_some_and(|(family, given)| is_family(family.trim()) && is_given(given.trim()))
    };
    if !value.split(';').all(is_catalogued) {
        return Cow::Borrowed(value);
    }
    let names: Vec<String> = value.split(';').map(given_name_first).collect();
    Cow::Owned(names.join("; "))
}

/// The names in a list of values, each once.
fn people<'v>(values: impl Iterator<Item = &'v str>, sources: &Sources<'_, '_>, kind: Kind) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for value in values {
        for name in split_names(&unescaped(value), sources.habit) {
            if is_name(&name, sources, kind) && !found.iter().any(|known| super::same_words(known, &name)) {
                found.push(name);
            }
        }
    }
    found.truncate(MAX_AUTHORS);
    if kind == Kind::Person { names::without_company(found) } else { found }
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
        if elsewhere::is_of_another(sources, headline, index(at)) {
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
    let size: usize = inside.iter().map(|node| node.text.trim().chars().count()).sum();
    if size > MAX_BYLINE_LETTERS || names::says_reviewed(&sources.page.text_of(index(at))) {
        return Vec::new();
    }
    let linked = inside.iter().filter(|node| node.tag == Tag::Text && node.around.any(Flags::LINK));
    let names = people(linked.map(|node| node.text), sources, Kind::Person);
    if !names.is_empty() {
        let text = sources.page.text_of(index(at));
        let whole = people(std::iter::once(text.as_str()), sources, Kind::Person);
        let said = without_opener(&text, sources.habit.language).len() < text.len();
        let said = said && whole.len() == split_names(&text, sources.habit).len();
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
fn spoken_byline(sources: &Sources<'_, '_>, headline: Option<u32>, kind: Kind) -> Vec<String> {
    let list = &sources.blocks.list;
    let start = sources.first_block(headline);
    let is_title = |block: &&Block| headline.is_some_and(|title| sources.page.holds(title, block.node));
    let lines = list.iter().skip(start.saturating_sub(2)).take(BLOCKS_BY_HEADLINE + 2);
    let lines = lines.filter(|block| !is_title(block));
    let texts = lines
        .map(|block| (block, sources.blocks.text_of(block)))
        .filter(|(_, text)| text.chars().count() <= MAX_BYLINE_LETTERS);
    texts
        .into_iter()
        .map(|(block, text)| {
            let said_only = kind == Kind::Any || is_in_text(sources, headline, block.node);
            said(text, said_only, sources, kind)
        })
        .find(|names| !names.is_empty())
        .unwrap_or_default()
}

/// Lines that only say that names follow, without a colon, in lower case.
const LABELS: [&str; 9] =
    ["author", "authors", "author(s)", "written by", "autor", "autores", "auteur", "auteurs", "autoren"];

/// Those of them below which several names stand: what stands below the one name is whoever has read the article, too.
const LABELS_OF_SEVERAL: [&str; 14] = [
    "authors",
    "author(s)",
    "autores",
    "auteurs",
    "autoren",
    "autori",
    "autorzy",
    "autoři",
    "авторы",
    "автори",
    "författare",
    "forfattere",
    "kirjoittajat",
    "szerzők",
];

/// Bytes of the longest such line.
const LABEL_BYTES: usize = 40;

/// Whether a line only says that names follow.
fn is_label(line: &str) -> bool {
    let label = line.trim_end_matches([':', ' ']);
    LABELS.contains(&label.to_lowercase().as_str()) || openers::is_label(line)
}

/// Names on lines of their own, below one that says that they are the authors': publications of institutes list them
/// so.
fn labelled(sources: &Sources<'_, '_>, headline: Option<u32>) -> Vec<String> {
    let (list, blocks) = (&sources.blocks.list, sources.blocks);
    let label = |block: &Block| {
        let line = blocks.text_of(block);
        line.len() <= LABEL_BYTES && is_label(line)
    };
    let start = sources.first_block(headline);
    let mut labels = (start..list.len()).filter(|&at| !list[at].hidden && label(&list[at]));
    let own = |at: &usize| !elsewhere::is_of_another(sources, headline, list[*at].node);
    let Some(at) = labels.find(own) else { return Vec::new() };
    let label = blocks.text_of(&list[at]).trim_end_matches([':', ' ']).to_lowercase();
    let most = if LABELS_OF_SEVERAL.contains(&label.as_str()) { MAX_AUTHORS } else { 1 };
    let lines = list[at + 1..].iter().map(|block| blocks.text_of(block));
    let names =
        lines.take_while(|line| line.chars().count() <= MAX_ALONE_LETTERS && names::is_whole_name(line));
    people(names.take(most), sources, Kind::Person)
}

/// Names before the text of a paragraph below the headline, as papers in Korean give them.
fn reporter(sources: &Sources<'_, '_>, headline: Option<u32>) -> Vec<String> {
    let (list, blocks) = (&sources.blocks.list, sources.blocks);
    let start = sources.first_block(headline);
    let near = list[start..].iter().take(BLOCKS_BY_HEADLINE).filter(|block| !block.hidden);
    let named = near.filter_map(|block| Some((block, reporters::before_text(blocks.text_of(block))?)));
    let mut own = named.filter(|(block, _)| !elsewhere::is_of_another(sources, headline, block.node));
    people(own.next().map(|(_, names)| names).into_iter(), sources, Kind::Person)
}

/// Names in a line anywhere on the page that says who wrote it.
fn signature(sources: &Sources<'_, '_>, headline: Option<u32>) -> Vec<String> {
    let list = &sources.blocks.list;
    let start = sources.first_block(headline);
    let said_in = list.iter().skip(start).filter(|block| {
        let text = sources.blocks.text_of(block);
        text.len() <= SIGNATURE_LETTERS * MOST_BYTES_OF_A_LETTER
            && says_written(text)
            && text.chars().count() <= SIGNATURE_LETTERS
    });
    let own = said_in.filter(|block| !elsewhere::is_of_another(sources, headline, block.node));
    let texts = own.map(|block| sources.blocks.text_of(block));
    let full = |names: &Vec<String>| {
        !names.is_empty() && names.iter().all(|name| names::is_full_name(name) && !name.ends_with('.'))
    };
    texts.map(|text| said(text, true, sources, Kind::Person)).find(full).unwrap_or_default()
}

/// Letters of the longest line that only says who wrote the article.
const SIGNATURE_LETTERS: usize = 100;

/// Bytes of a letter in UTF-8, at most.
const MOST_BYTES_OF_A_LETTER: usize = 4;

/// The names in a line that says whose it is, or puts a name beside a date unless `said_only`.
fn said(line: &str, said_only: bool, sources: &Sources<'_, '_>, kind: Kind) -> Vec<String> {
    let named = names::named_piece(line, said_only, sources.habit).filter(|named| !is_of_sentence(named));
    let mut names = people(named.into_iter(), sources, kind);
    names.retain(|name| names::fits_its_script(name));
    names.retain(|name| kind == Kind::Person || names::is_body(name) && !name.ends_with('.'));
    names
}

/// Whether what follows a "by" goes on as a sentence does, "by the way", or ends a bracket that began before it: a
/// title in a list.
fn is_of_sentence(named: &str) -> bool {
    let first = named.split_whitespace().next().unwrap_or_default();
    let is_small = first.starts_with(char::is_lowercase) && !names::is_particle(first);
    let closes = named.find(')').is_some_and(|end| !named[..end].contains('('));
    is_small || closes || super::same_words(named, "the numbers")
}

/// Letters of the shortest paragraph that tells the article's text from what is only named so.
const PARAGRAPH_LETTERS: u32 = 60;

/// Whether node `at` lies in the article's text, apart from its headline: a name beside a date is a place there, or
/// whoever spoke.
fn is_in_text(sources: &Sources<'_, '_>, headline: Option<u32>, at: u32) -> bool {
    let (page, blocks) = (sources.page, sources.blocks);
    let is_text = |around: u32| {
        let mut inside = blocks.list[blocks.inside(page, around)].iter();
        page.nodes[around as usize].own.any(Flags::CONTENT | Flags::BODY)
            && inside.any(|block| block.size >= PARAGRAPH_LETTERS)
    };
    apart(sources, headline, at).any(is_text)
}

/// Whether node `at` lies in a menu.
fn is_in_menu(sources: &Sources<'_, '_>, headline: Option<u32>, at: u32) -> bool {
    let is_menu = |around: u32| sources.page.nodes[around as usize].own.any(Flags::NAV | Flags::MENU);
    apart(sources, headline, at).any(is_menu)
}

/// Node `at` and all around it that doesn't hold the headline.
fn apart<'s>(sources: &Sources<'s, '_>, headline: Option<u32>, at: u32) -> impl Iterator<Item = u32> + 's {
    let page = sources.page;
    page.ancestors(at).take_while(move |&around| headline.is_none_or(|title| !page.holds(around, title)))
}

/// Blocks behind the headline among which a name may stand alone.
const BLOCKS_TO_NAME: usize = 7;

/// Letters of the longest line that is a name alone.
const MAX_ALONE_LETTERS: usize = 40;

/// The name that stands alone on a line by the headline, next to a line with a date or a count of minutes.
fn lone_name(sources: &Sources<'_, '_>, headline: Option<u32>) -> Vec<String> {
    let (list, blocks) = (&sources.blocks.list, sources.blocks);
    let Some(title) = headline else { return Vec::new() };
    let start = list.partition_point(|block| block.node <= title);
    let near = &list[start..(start + BLOCKS_TO_NAME).min(list.len())];
    for (at, block) in near.iter().enumerate() {
        let text = blocks.text_of(block);
        let alone = !block.hidden && text.chars().count() <= MAX_ALONE_LETTERS && names::is_full_name(text);
        let alone =
            alone && !is_in_text(sources, headline, block.node) && !is_in_menu(sources, headline, block.node);
        if !alone || matches!(block.kind, BlockKind::Heading(_)) {
            continue;
        }
        let beside = near[at.saturating_sub(2)..(at + 3).min(near.len())].iter();
        let dated = |other: &Block| {
            let text = blocks.text_of(other);
            text.chars().count() <= MAX_BYLINE_LETTERS
                && (calendar::find(text, sources.habit).is_some() || super::about::is_count(text))
        };
        if beside.clone().any(dated) {
            return people(std::iter::once(text), sources, Kind::Person);
        }
    }
    Vec::new()
}
