//! The authors: who the page says wrote it, as names without titles and rubrics.

use std::borrow::Cow;

use super::super::blocks::Block;
use super::super::hints::Flags;
use super::super::tag::Tag;
use super::super::unescaped;
use super::names::{Kind, is_name, split_names};
use super::openers::{self, says_written};
use super::{Sources, bylines, elsewhere, names, reporters, rubrics, threads};
use crate::calendar;
use crate::model::{BlockKind, Field, Metadata};

/// Authors that are kept. Papers of large collaborations have more, but nobody cites them all.
pub(super) const MAX_AUTHORS: usize = 50;

/// Letters of the longest byline.
pub(super) const MAX_BYLINE_LETTERS: usize = 200;

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
        let names = people(values.iter().map(Cow::as_ref), sources, kind);
        let listed = if names.is_empty() { None } else { listed_with(&names, sources, headline) };
        listed.unwrap_or(names)
    };
    let scholarly = |names: &[&str]| {
        let values = sources.tags.all(names).into_iter().flat_map(|value| value.split(';'));
        let values: Vec<String> = values.map(given_name_first).collect();
        people(values.iter().map(String::as_str), sources, kind)
    };
    let is_headed = is_named_in_head(sources);
    let candidates: [NameFinder<'_>; 12] = [
        (&|| scholarly(&["citation_author", "citation_authors"]), "citation", 95),
        (&|| in_data(sources, headline, kind), "json-ld", 90),
        (&|| bylines::named(sources, headline, kind), "byline", 85),
        (&|| meta(&["author", "article:author", "parsely-author", "sailthru.author", "byl"]), "meta", 75),
        (&|| spoken_byline(sources, headline, kind), "byline", 80),
        (&|| scholarly(&["dc.creator", "dcterms.creator"]), "dublin-core", 80),
        (&|| scholarly(&["dc.contributor"]), "dublin-core", 60),
        (&|| labelled(sources, headline), "byline", 75),
        (&|| reporter(sources, headline), "byline", 70),
        (&|| if is_headed { Vec::new() } else { lone_names(sources, headline) }, "byline", 60),
        (&|| signature(sources, headline), "byline", 60),
        (&|| people(on_card(sources).into_iter(), sources, kind), "meta", 50),
    ];
    let told = |&(_, source, _): &NameFinder<'_>| !sources.is_front || source != "byline";
    candidates.into_iter().filter(told).find_map(|(candidate, source, percent)| {
        let names = candidate();
        (!names.is_empty()).then_some((names, source, percent))
    })
}

/// Whether the page's head or data names an author. A body that is one outweighs a name that merely stands beside a date.
fn is_named_in_head(sources: &Sources<'_, '_>) -> bool {
    let in_tags = || sources.tags.first(&["author", "dc.creator"]);
    let mut named = sources.data.authors.iter().map(String::as_str).chain(in_tags());
    named.any(|name| is_name(&unescaped(name), sources, Kind::Any))
}

/// The names in the page's JSON-LD, with those that a line by the headline lists beside them; unless no reader sees
/// them while a byline shows others: an agency or whoever keeps the site.
fn in_data(sources: &Sources<'_, '_>, headline: Option<u32>, kind: Kind) -> Vec<String> {
    let values = sources.data.authors.iter().take(MAX_AUTHORS).map(|value| given_names_first(value, sources));
    let values: Vec<Cow<'_, str>> = values.collect();
    let names = people(values.iter().map(Cow::as_ref), sources, kind);
    if kind == Kind::Any || names.is_empty() {
        return names;
    }
    if let Some(listed) = listed_with(&names, sources, headline) {
        return listed;
    }
    let shown = bylines::named(sources, headline, kind);
    if is_completed(&names, &shown) {
        return shown;
    }
    if names.iter().any(|name| is_shown(name, sources)) {
        return names;
    }
    if shown.iter().any(|name| names::is_full_name(name)) { Vec::new() } else { names }
}

/// Whether readers see the family name in `name`: in the text, on a button or below a picture.
fn is_shown(name: &str, sources: &Sources<'_, '_>) -> bool {
    let Some(family) = name.split(' ').next_back() else { return false };
    let nodes = &sources.page.nodes;
    let on_button = |family: &str| {
        let is_read = |tag: Tag| !tag.is_unread() && tag != Tag::Title;
        nodes.iter().any(|node| {
            node.text.contains(family) && is_read(nodes[node.parent as usize].tag)
                || node.attribute("alt").is_some_and(|alt| alt.contains(family))
        })
    };
    sources.blocks.text.contains(family) || on_button(family)
}

/// The names in a line by the headline that is a list of names and nothing else, more than `known` and those among them.
fn listed_with(known: &[String], sources: &Sources<'_, '_>, headline: Option<u32>) -> Option<Vec<String>> {
    // A line that lacks one of the names needn't be read.
    let family = |name: &String| name.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let families: Vec<String> = known.iter().map(family).collect();
    let has_all = |line: &str| {
        let line = line.to_lowercase();
        families.iter().all(|family| line.contains(family.as_str()))
    };
    let mut lines = lines_by_headline(sources, headline).filter(|(_, line)| has_all(line));
    lines.find_map(|(_, line)| {
        let names = people(std::iter::once(line), sources, Kind::Person);
        let is_list = names.len() == split_names(line, sources.habit).len();
        (is_list && is_completed(known, &names)).then_some(names)
    })
}

/// Whether `shown` are full names, more than `known` and those among them.
fn is_completed(known: &[String], shown: &[String]) -> bool {
    shown.len() > known.len()
        && shown.iter().all(|name| names::is_full_name(name))
        && known.iter().all(|known| shown.iter().any(|name| super::same_words(known, name)))
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
pub(super) fn people<'v>(
    values: impl Iterator<Item = &'v str>,
    sources: &Sources<'_, '_>,
    kind: Kind,
) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for value in values {
        if found.len() >= MAX_AUTHORS {
            break;
        }
        for name in split_names(&unescaped(value), sources.habit).into_iter().take(MAX_AUTHORS) {
            if is_name(&name, sources, kind) && !found.iter().any(|known| super::same_words(known, &name)) {
                found.push(name);
            }
        }
    }
    found.truncate(MAX_AUTHORS);
    if kind == Kind::Person { names::without_company(found) } else { found }
}

/// Blocks after the headline in which a line that begins with "by" is the byline.
const BLOCKS_BY_HEADLINE: usize = 12;

/// Names in a line by the headline that says who it is by.
fn spoken_byline(sources: &Sources<'_, '_>, headline: Option<u32>, kind: Kind) -> Vec<String> {
    let is_named = is_named_in_head(sources);
    lines_by_headline(sources, headline)
        .filter(|(block, _)| !is_of_picture(sources, block))
        .map(|(block, text)| {
            let linked = linked_behind_label(sources, block);
            if !linked.is_empty() {
                return linked;
            }
            let said_only = kind == Kind::Any || is_named || is_in_text(sources, headline, block.node);
            said(text, said_only, sources, kind)
        })
        .find(|names| !names.is_empty())
        .unwrap_or_default()
}

/// The lines by the headline that are short enough for a byline.
fn lines_by_headline<'s>(
    sources: &'s Sources<'_, '_>,
    headline: Option<u32>,
) -> impl Iterator<Item = (&'s Block, &'s str)> {
    let start = sources.first_block(headline);
    let near = sources.blocks.list.iter().skip(start.saturating_sub(2)).take(BLOCKS_BY_HEADLINE + 2);
    let is_title = move |block: &&Block| headline.is_some_and(|title| sources.page.holds(title, block.node));
    let lines =
        near.filter(move |block| !is_title(block)).map(|block| (block, sources.blocks.text_of(block)));
    lines.filter(|(_, text)| text.chars().count() <= MAX_BYLINE_LETTERS)
}

/// Whether a line tells of a picture, and of whose it is.
fn is_of_picture(sources: &Sources<'_, '_>, block: &Block) -> bool {
    let nodes = &sources.page.nodes;
    let mut around = sources.page.ancestors(block.node).take(MAX_DEPTH_OF_CREDIT);
    nodes[block.node as usize].around.any(Flags::CAPTION | Flags::FIGURE)
        || around.any(|around| nodes[around as usize].own.any(Flags::CREDIT))
}

/// Elements around a line among which its picture's credit is.
const MAX_DEPTH_OF_CREDIT: usize = 3;

/// What stands between links to several authors, in lower case and without commas.
const BETWEEN_LINKS: [&str; 6] = ["", "and", "&", "et", "und", "y"];

/// Whether `text` between two names joins them.
pub(super) fn is_joint(text: &str) -> bool {
    BETWEEN_LINKS.contains(&text.trim_matches([',', ';', '|', '·', ' ']).to_lowercase().as_str())
}

/// The names in the links of the line `block` that stand right behind a word for authors, where it may go on with other
/// links.
fn linked_behind_label(sources: &Sources<'_, '_>, block: &Block) -> Vec<String> {
    let (nodes, list) = (&sources.page.nodes, &sources.blocks.list);
    let next = list.get(list.partition_point(|other| other.node <= block.node));
    let end = next.map_or(nodes.len(), |next| next.node as usize);
    let texts = nodes[block.node as usize..end].iter();
    let mut before = String::new();
    let mut links: Vec<&str> = Vec::new();
    for node in texts.filter(|node| node.tag == Tag::Text && !node.text.trim().is_empty()) {
        if !node.around.any(Flags::LINK) {
            before.push_str(node.text);
            continue;
        }
        let said = std::mem::take(&mut before);
        let said = said.trim();
        let goes_on = match links.as_slice() {
            [] => is_label(said),
            _ => !said.is_empty() && is_joint(said),
        };
        if !goes_on {
            break;
        }
        links.push(node.text);
    }
    people(links.into_iter(), sources, Kind::Person)
}

/// Lines that only say that names follow, without a colon, in lower case.
const LABELS: [&str; 15] = [
    "author",
    "authors",
    "author(s)",
    "by",
    "written by",
    "article by",
    "posted by",
    "reporting by",
    "story by",
    "words by",
    "autor",
    "autores",
    "auteur",
    "auteurs",
    "autoren",
];

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
pub(super) fn is_label(line: &str) -> bool {
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

/// The names that stand alone on a line by the headline, next to a line with a date or a count of minutes.
fn lone_names(sources: &Sources<'_, '_>, headline: Option<u32>) -> Vec<String> {
    let (list, blocks) = (&sources.blocks.list, sources.blocks);
    let Some(title) = headline else { return Vec::new() };
    let start = list.partition_point(|block| block.node <= title);
    let near = &list[start..(start + BLOCKS_TO_NAME).min(list.len())];
    // Where a line stands is told faster than what it names.
    for (at, block) in near.iter().enumerate() {
        if block.hidden
            || matches!(block.kind, BlockKind::Heading(_))
            || is_in_text(sources, headline, block.node)
            || is_in_menu(sources, headline, block.node)
        {
            continue;
        }
        let names = names_alone(blocks.text_of(block), sources);
        let mut beside = near[at.saturating_sub(2)..(at + 3).min(near.len())].iter();
        let dated = |other: &Block| {
            let text = blocks.text_of(other);
            text.chars().count() <= MAX_BYLINE_LETTERS
                && (calendar::find(text, sources.habit).is_some() || super::about::is_count(text))
        };
        let is_beside_names = || {
            let around = apart(sources, headline, block.node);
            around.into_iter().any(|around| bylines::stands_beside_names(sources, around))
        };
        if !names.is_empty() && beside.any(dated) && !is_beside_names() {
            return names;
        }
    }
    Vec::new()
}

/// The names in a line that is one, or a list of several, and no rubric.
fn names_alone(line: &str, sources: &Sources<'_, '_>) -> Vec<String> {
    let most = if names::is_full_name(line) { MAX_ALONE_LETTERS } else { MAX_BYLINE_LETTERS };
    if line.chars().count() > most || rubrics::has_word_of_rubric(line) {
        return Vec::new();
    }
    let parts = split_names(line, sources.habit);
    if !parts.iter().all(|part| names::is_full_name(part)) {
        return Vec::new();
    }
    let names = people(std::iter::once(line), sources, Kind::Person);
    if names.len() == parts.len() { names } else { Vec::new() }
}
