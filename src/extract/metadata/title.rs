//! The title: the headline that a reader sees, told apart from the site's name by what the page's
//! head says.

use super::super::blocks::Block;
use super::super::hints::Flags;
use super::super::page::{Page, index};
use super::super::tag::Tag;
use super::super::unescaped;
use super::{Sources, folded_words, likeness, publisher, same_words};
use crate::model::{BlockKind, Field, Metadata};

/// Bytes of the longest headline that is believed.
const MAX_BYTES: usize = 400;

/// Likeness to a title in the head from which a headline is taken for the article's.
const ALIKE: f32 = 0.3;

/// Likeness from which a headline is the article's though it is a link.
const SURELY_ALIKE: f32 = 0.8;

/// Headlines that are looked at.
const MAX_HEADLINES: usize = 20;

/// Separators of a title that are looked at: each line of the page is compared with what stands around them.
const MAX_SEPARATORS: usize = 20;

/// Words of the shortest line that is taken for the title as the head names it. Shorter ones are rubrics.
const FEWEST_WORDS: usize = 3;

/// What parts a title from the name of its site.
const SEPARATORS: [&str; 9] = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " ‹ "];

/// What parts them in scripts that know no spaces.
const TIGHT_SEPARATORS: [&str; 4] = [": ", "_", "-", "—"];

/// A title, its source and how sure it is.
type Found = (String, &'static str, u8);

/// Reads the title into `found`, and gives the node of the headline if it was taken from one.
pub(super) fn read(sources: &Sources<'_, '_>, found: &mut Metadata) -> Option<u32> {
    let head = Head::of(sources);
    let only = only_headline(sources);
    let node = only.as_ref().map(|(node, _)| *node);
    let headline = headline(sources, &head)
        .or_else(|| named_heading(sources, &head))
        .or_else(|| only.filter(|_| head.social.is_none()))
        .or_else(|| named_line(sources, &head))
        .map(|found| behind_site(sources, &head, behind_label(sources, &head, found)));
    let prominent = if headline.is_none() { prominent_line(sources, &head) } else { None };
    let node = headline.as_ref().or(prominent.as_ref()).map(|(node, _)| *node).or(node);
    let title = headline
        .map(|(_, found)| found)
        .or_else(|| head.scholarly.clone().map(|title| (title, "citation", 95)))
        .or_else(|| head.social.as_deref().map(|title| (without_site(title, head.site), "open-graph", 80)))
        .or_else(|| head.core.clone().map(|title| (title, "dublin-core", 80)))
        .or_else(|| prominent.map(|(_, title)| title))
        .or_else(|| head.page.as_deref().map(|title| (head.without_named_site(title), "meta", 60)))
        .or_else(|| first_heading(sources).map(|title| (title, "headline", 40)));
    if let Some((title, source, percent)) = title {
        // Some systems set a mark behind each heading that links to it, and notes have theirs.
        let title = without_tail(sources, &head, title.trim_end_matches(['¶', '🔗', '*', ' ']));
        let is_whole = source == "headline" && head.agrees_with(title);
        let title = if is_whole { title } else { without_slogan(title, source) };
        found.title = Some(title.to_owned());
        found.note(Field::Title, source, percent);
    }
    node
}

/// The titles that a page's head gives.
struct Head<'s> {
    scholarly: Option<String>,
    social: Option<String>,
    core: Option<String>,
    page: Option<String>,
    site: Option<&'s str>,
}

impl<'s> Head<'s> {
    fn of(sources: &Sources<'s, '_>) -> Self {
        let tags = sources.tags;
        let text = |value: Option<&str>| {
            let value = super::super::line(&unescaped(value.unwrap_or_default()));
            (!value.is_empty()).then_some(value)
        };
        let social = text(tags.first(&["og:title", "twitter:title"]));
        Self {
            scholarly: text(tags.first(&["citation_title"])),
            social: social.or_else(|| text(sources.data.headline.as_deref())),
            core: text(tags.first(&["dc.title", "dcterms.title"])),
            page: page_title(sources),
            site: tags.first(&["og:site_name"]),
        }
    }

    /// Whether the page's card says the same as `title`, and `<title>` sets something else behind it: the site.
    fn agrees_with(&self, title: &str) -> bool {
        let (title_words, same) = (folded_words(title), |social: &str| same_words(social, title));
        let goes_on = |page: &str| {
            let words = folded_words(page);
            words.starts_with(&title_words) && words.len() > title_words.len()
        };
        self.social.as_deref().is_some_and(same) && self.page.as_deref().is_some_and(goes_on)
    }

    /// `title` without the name of the site, where one is known and stands at one of its ends; else without what stands
    /// behind its first separator.
    fn without_named_site(&self, title: &str) -> String {
        match last_parts(title) {
            Some((before, tail)) if is_site(tail, self) && !before.is_empty() => before.to_owned(),
            _ => Some(without_site(title, self.site))
                .filter(|left| left != title)
                .unwrap_or_else(|| without_site(title, None)),
        }
    }

    fn titles(&self) -> impl Iterator<Item = &str> {
        [&self.social, &self.page, &self.scholarly, &self.core]
            .into_iter()
            .filter_map(|title| title.as_deref())
    }
}

/// The text of `<title>`.
pub(super) fn page_title(sources: &Sources<'_, '_>) -> Option<String> {
    let nodes = &sources.page.nodes;
    let at = nodes.iter().position(|node| node.tag == Tag::Title)?;
    let text = super::super::line(&unescaped(&sources.page.text_of(index(at))));
    (!text.is_empty()).then_some(text)
}

/// The `h1` that is most like one of the titles in the page's head.
fn headline(sources: &Sources<'_, '_>, head: &Head<'_>) -> Option<(u32, Found)> {
    let headlines = headlines(sources);
    let titles: Vec<Vec<String>> = head.titles().map(folded_words).collect();
    if titles.is_empty() {
        return headlines.into_iter().next().map(|(at, text)| (at, (text, "headline", 80)));
    }
    // Beside the site's name in full, which has more words of a title that ends with it.
    let is_before_site = |text: &str| {
        let mut before = head.titles().filter_map(last_parts).map(|(before, _)| before);
        before.any(|before| same_words(before, text))
    };
    if headlines.len() > 1
        && let Some((at, text)) = headlines.iter().find(|(_, text)| is_before_site(text))
    {
        return Some((*at, (text.clone(), "headline", 95)));
    }
    let mut alike: Vec<(f32, u32, &String)> = Vec::new();
    for (at, text) in &headlines {
        let words = folded_words(text);
        let most = titles.iter().map(|title| likeness(&words, title)).fold(0.0, f32::max);
        alike.push((most, *at, text));
    }
    // Another article's headline, which is a link, may share more common words with a title than the page's own.
    let is_own = |&(alike, at, _): &(f32, u32, &String)| alike >= ALIKE && !is_link_elsewhere(sources, at);
    if alike.iter().any(is_own) {
        alike.retain(|found| found.0 >= SURELY_ALIKE || is_own(found));
    }
    let best = alike.into_iter().reduce(|best, found| if found.0 > best.0 { found } else { best });
    best.filter(|&(alike, ..)| alike >= ALIKE).map(|(_, at, text)| (at, (text.clone(), "headline", 95)))
}

/// The headline, or what stands in it behind a label or a date in an element of their own, or before a subtitle or a mark
/// in one, where the head has that for the title: `<span>Title:</span> Who pays for water`.
fn behind_label(sources: &Sources<'_, '_>, head: &Head<'_>, headline: (u32, Found)) -> (u32, Found) {
    let (at, (text, source, percent)) = headline;
    let nodes = &sources.page.nodes;
    let inside = &nodes[at as usize..nodes[at as usize].end as usize];
    let texts = inside.iter().filter(|node| node.tag == Tag::Text).map(|node| node.text);
    let texts: Vec<&str> = texts.filter(|text| !text.trim().is_empty()).take(MAX_PIECES).collect();
    let is_title = |rest: &str| {
        let named = |title: &str| {
            same_words(title, rest) || last_parts(title).is_some_and(|(before, _)| same_words(before, rest))
        };
        folded_words(rest).len() >= FEWEST_WORDS && head.titles().any(named)
    };
    if texts.len() <= 1 || is_title(&text) {
        return (at, (text, source, percent));
    }
    let mut before = String::new();
    for label in texts {
        before.push_str(label);
        before.push(' ');
        let rest = text.strip_prefix(super::super::line(&before).as_str()).map(str::trim_start);
        if let Some(rest) = rest.filter(|rest| is_title(rest)) {
            return (at, (rest.to_owned(), source, percent));
        }
        let before = super::super::line(&before);
        if is_title(&before) {
            return (at, (before, source, percent));
        }
    }
    (at, (text, source, percent))
}

/// Words of the longest label before a headline, or button behind it.
const MAX_LABEL_WORDS: usize = 4;

/// Whether a headline is `title` with a label before it or a button behind it.
pub(in super::super) fn is_labelled(headline: &str, title: &str) -> bool {
    let (words, title) = (folded_words(headline), folded_words(title));
    let is_part = words.starts_with(&title) || words.ends_with(&title);
    title.len() > 1 && is_part && words.len() - title.len() <= MAX_LABEL_WORDS
}

/// Pieces of a headline that are looked at.
const MAX_PIECES: usize = 8;

/// Whether all that the element at node `at` says is a link, and to another page than this one.
fn is_link_elsewhere(sources: &Sources<'_, '_>, at: u32) -> bool {
    let nodes = &sources.page.nodes;
    let inside = &nodes[at as usize..nodes[at as usize].end as usize];
    let mut texts = inside.iter().filter(|node| node.tag == Tag::Text && !node.text.trim().is_empty());
    let Some(own) = sources.url.map(last_step) else { return false };
    let to = inside.iter().filter(|node| node.tag == Tag::A).find_map(|node| node.attribute("href"));
    to.is_some_and(|to| last_step(to) != own) && texts.all(|node| node.around.any(Flags::LINK))
}

/// The last step of an address's path.
fn last_step(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    path.rsplit('/').next().unwrap_or_default()
}

/// The one `h1` of a page whose head names the site alone, or something else.
fn only_headline(sources: &Sources<'_, '_>) -> Option<(u32, Found)> {
    match headlines(sources).as_slice() {
        [(at, text)] if folded_words(text).len() >= FEWEST_WORDS => {
            Some((*at, (text.clone(), "headline", 70)))
        }
        _ => None,
    }
}

/// The page's `h1` elements that show and aren't the site's name linked to its root.
fn headlines(sources: &Sources<'_, '_>) -> Vec<(u32, String)> {
    let shown = shown(sources.page, |tag| tag == Tag::H1).take(MAX_HEADLINES);
    let own = shown.filter(|&(at, _)| !is_home_link(sources, at as usize));
    own.filter(|(_, text)| !text.is_empty() && text.len() <= MAX_BYTES).collect()
}

/// The elements that show of those whose tag `is_sought`, with their texts.
fn shown<'s>(
    page: &'s Page<'_>,
    is_sought: impl Fn(Tag) -> bool + 's,
) -> impl Iterator<Item = (u32, String)> + 's {
    let sought =
        page.indexed().filter(move |(_, node)| is_sought(node.tag) && !node.around.any(Flags::HIDDEN));
    sought.map(|(at, _)| (at, heading_text(page, at)))
}

/// The text of the heading at node `at`, without buttons beside its words, to copy them or to follow its subject.
fn heading_text(page: &Page<'_>, at: u32) -> String {
    let without = page.text_without(at, |tag| tag == Tag::Button);
    if without.is_empty() { page.text_of(at) } else { without }
}

fn is_home_link(sources: &Sources<'_, '_>, at: usize) -> bool {
    let nodes = &sources.page.nodes;
    let inside = &nodes[at..nodes[at].end as usize];
    inside.iter().any(|node| node.tag == Tag::A && node.attribute("href").is_some_and(is_front_page))
}

/// Whether an address is some site's root.
pub(super) fn is_front_page(to: &str) -> bool {
    let path = match to.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => to.trim_start_matches("./").trim_start_matches('/'),
    };
    !to.is_empty() && matches!(path, "" | "index.html" | "index.htm" | "index.php" | "default.aspx")
}

/// The heading that reads just like `<title>`, on a page whose `h1` is none like it: the name of the site.
fn named_heading(sources: &Sources<'_, '_>, head: &Head<'_>) -> Option<(u32, Found)> {
    let title = head.page.as_deref().filter(|title| folded_words(title).len() >= FEWEST_WORDS)?;
    let mut headings = shown(sources.page, |tag| tag.heading_level().is_some());
    headings.find(|(_, text)| same_words(text, title)).map(|(at, text)| (at, (text, "headline", 85)))
}

/// The longest line that reads just like a title in the head, or like a part of one.
fn named_line(sources: &Sources<'_, '_>, head: &Head<'_>) -> Option<(u32, Found)> {
    let parts: Vec<&str> = head.titles().flat_map(parts).filter(|part| !is_site(part, head)).collect();
    let blocks = sources.blocks;
    let lines =
        blocks.list.iter().filter(|block| !block.hidden && block.end - block.start <= index(MAX_BYTES));
    let mut best: Option<(u32, &str)> = None;
    for block in lines.filter(|block| !matches!(block.kind, BlockKind::Preformatted)) {
        let text = blocks.text_of(block);
        let longer = best.is_none_or(|(_, known)| text.len() > known.len());
        if longer
            && parts.iter().any(|part| same_words(part, text))
            && folded_words(text).len() >= FEWEST_WORDS
        {
            best = Some((block.node, text));
        }
    }
    best.map(|(node, text)| (node, (super::super::line(text), "headline", 85)))
}

/// The headline, or the article's own title where the headline is what stands behind it in `<title>`: the name of the
/// site or of the book.
fn behind_site(sources: &Sources<'_, '_>, head: &Head<'_>, headline: (u32, Found)) -> (u32, Found) {
    let parts = head.page.as_deref().and_then(last_parts);
    let Some((title, tail)) = parts.filter(|(_, tail)| same_words(tail, &headline.1.0)) else {
        return headline;
    };
    if title.is_empty() || is_site(title, head) || publisher::is_host(sources, title) {
        return headline;
    }
    let mut headings = shown(sources.page, |tag| matches!(tag, Tag::H1 | Tag::H2));
    let named = headings.find(|(_, text)| same_words(text, title));
    let is_of_site = || is_site(tail, head) || publisher::is_host(sources, tail);
    let of_head = || (headline.0, (title.to_owned(), "meta", 70));
    let named = named.map(|(at, text)| (at, (text, "headline", 85)));
    named.or_else(|| is_of_site().then(of_head)).unwrap_or(headline)
}

/// Blocks before an article's first paragraphs among which its headline stands.
const BLOCKS_BEFORE_TEXT: usize = 8;

/// Letters of the shortest block that is a paragraph of the article rather than a line about it.
const PARAGRAPH_LETTERS: u32 = 200;

/// The most prominent line before the first paragraphs, on a page whose head names the site alone.
fn prominent_line(sources: &Sources<'_, '_>, head: &Head<'_>) -> Option<(u32, Found)> {
    let named = head.page.as_deref().is_none_or(|title| publisher::is_site_name(sources, title));
    if !named || head.social.is_some() || head.scholarly.is_some() || head.core.is_some() {
        return None;
    }
    let list = &sources.blocks.list;
    let is_paragraph =
        |block: &Block| !block.hidden && block.size >= PARAGRAPH_LETTERS && block.link_share() < 0.3;
    let text = list.iter().position(is_paragraph)?;
    let mut best: Option<(u32, &Block)> = None;
    for block in &list[text.saturating_sub(BLOCKS_BEFORE_TEXT)..text] {
        let rank = prominence(sources, block);
        if rank > 0 && best.is_none_or(|(most, _)| rank > most) {
            best = Some((rank, block));
        }
    }
    best.map(|(_, block)| (block.node, (super::super::line(sources.blocks.text_of(block)), "headline", 60)))
}

/// How much a line stands out as a headline: by name, as a heading, in bold type. None if it can't be one.
fn prominence(sources: &Sources<'_, '_>, block: &Block) -> u32 {
    let (page, text) = (sources.page, sources.blocks.text_of(block));
    let fits = text.len() <= MAX_BYTES && folded_words(text).len() >= FEWEST_WORDS && !block.hidden;
    if !fits || block.link_share() > 0.5 || publisher::is_site_name(sources, text) {
        return 0;
    }
    let around = page.ancestors(block.node).take(3);
    let named = around.map(|at| page.nodes[at as usize].own).any(|own| own.any(Flags::TITLE));
    let heading = matches!(block.kind, BlockKind::Heading(_));
    u32::from(named) * 2 + u32::from(heading) * 2 + u32::from(block.bold == block.size)
}

fn is_site(part: &str, head: &Head<'_>) -> bool {
    head.site.is_some_and(|site| same_words(site, part))
}

/// A title, and what stands before and behind each of its separators, if they aren't too many.
pub(super) fn parts(title: &str) -> Vec<&str> {
    let mut found = vec![title];
    let spaced = title.contains(' ');
    let tight = if spaced { &TIGHT_SEPARATORS[..1] } else { &TIGHT_SEPARATORS[..] };
    let separators = SEPARATORS.iter().chain(tight).flat_map(|separator| title.match_indices(separator));
    for (at, separator) in separators.take(MAX_SEPARATORS) {
        found.push(&title[..at]);
        found.push(&title[at + separator.len()..]);
    }
    found
}

/// What stands before and behind the last separator of a title.
pub(super) fn last_parts(title: &str) -> Option<(&str, &str)> {
    let found = SEPARATORS.iter().filter_map(|mark| title.rfind(mark).map(|at| (at, mark.len())));
    let (at, length) = found.max_by_key(|&(at, _)| at)?;
    Some((title[..at].trim(), title[at + length..].trim()))
}

/// `title` without the site's name: the part before the first separator, or behind it if that is
/// where the article's title stands.
fn without_site(title: &str, site: Option<&str>) -> String {
    let first =
        SEPARATORS.iter().filter_map(|mark| title.find(mark).map(|at| (at, *mark))).min_by_key(|&(at, _)| at);
    let Some((at, separator)) = first else { return title.to_owned() };
    let (head, tail) = (title[..at].trim(), title[at + separator.len()..].trim());
    let is_site = |part: &str| site.is_some_and(|site| same_words(site, part));
    if is_site(head) && !tail.is_empty() {
        tail.to_owned()
    } else if !is_site(tail) && (site.is_some() || head.is_empty()) {
        title.to_owned()
    } else {
        head.to_owned()
    }
}

/// Parts that name the site behind a title: the site, and the body that it is of.
const SITE_PARTS: usize = 2;

/// `title` without the names of the site behind it.
fn without_tail<'t>(sources: &Sources<'_, '_>, head: &Head<'_>, title: &'t str) -> &'t str {
    let names = [head.site, sources.data.publisher.as_deref(), sources.data.site.as_deref()];
    let names: Vec<Vec<String>> = names.into_iter().flatten().map(folded_words).collect();
    let is_site = |part: &str| {
        let words = folded_words(part);
        let begins =
            |name: &Vec<String>| !words.is_empty() && (name.starts_with(&words) || words.starts_with(name));
        names.iter().filter(|name| !name.is_empty()).any(begins) || publisher::is_host(sources, part)
    };
    let mut title = title;
    for _ in 0..SITE_PARTS {
        match last_parts(title) {
            Some((before, tail)) if !folded_words(before).is_empty() && is_site(tail) => title = before,
            _ => break,
        }
    }
    title
}

/// Words of the shortest title that a bar ends.
const FEWEST_WORDS_BEFORE_BAR: usize = 2;

/// `title`, which is of `source` and no other agrees with, without what stands behind its last bar: the site, its
/// slogan, a rubric. In a headline it may be the title itself, behind a rubric, where it has more words. Behind the
/// first stroke of a title of the page's head stand the forum and its part. Title +.008 over all pages of WCXB's
/// development set.
fn without_slogan<'t>(title: &'t str, source: &str) -> &'t str {
    let count = |part: &str| folded_words(part).len();
    let is_title = |&(before, behind): &(&str, &str)| {
        count(before) >= FEWEST_WORDS_BEFORE_BAR && (source != "headline" || count(before) >= count(behind))
    };
    let title = title.rsplit_once(" | ").filter(is_title).map_or(title, |(before, _)| before);
    let of_forum =
        title.split_once(" / ").filter(|(before, _)| source == "meta" && count(before) >= FEWEST_WORDS);
    of_forum.map_or(title, |(before, _)| before).trim()
}

/// The first heading of any level.
fn first_heading(sources: &Sources<'_, '_>) -> Option<String> {
    let headings = sources.page.indexed().filter(|(_, node)| node.tag.heading_level().is_some());
    let mut texts = headings.map(|(at, _)| sources.page.text_of(at));
    texts.find(|text| !text.is_empty() && text.len() <= MAX_BYTES)
}

#[cfg(test)]
mod tests {
    use super::super::super::blocks::Blocks;
    use super::super::super::page::Page;
    use super::super::super::{Options, metadata};
    use crate::model::Metadata;
    use scraper::Html;

    fn title(page: &str) -> Option<String> {
        let html = Html::parse_document(page);
        let page = Page::of(&html);
        let data = metadata::json_ld::Data::default();
        metadata::read(&page, &Blocks::of(&page), &data, &Metadata::default(), &Options::default()).title
    }

    #[test]
    fn the_headline_most_like_the_head_wins() {
        let page =
            "<title>Water at risk | The Ledger</title><h1>The Ledger</h1><h1>Water at risk, again</h1>";
        assert_eq!(title(page).as_deref(), Some("Water at risk, again"));
    }

    #[test]
    fn a_site_name_linked_home_is_no_headline() {
        let page = "<title>The Institute: Water at risk</title><h1><a href=/>The Institute</a></h1><b>Water at risk</b><p>x";
        assert_eq!(title(page).as_deref(), Some("Water at risk"));
    }

    #[test]
    fn a_headline_that_names_the_site_gives_way_to_the_title_before_it() {
        let head =
            "<meta property=og:site_name content='The Well Book'><title>Digging - The Well Book</title>";
        let page = format!("{head}<h1>The Well Book</h1><p>x");
        assert_eq!(title(&page).as_deref(), Some("Digging"));
        let book = "<title>Digging deep - The Well Book</title><h1>The Well Book</h1>";
        assert_eq!(title(&format!("{book}<h2>Digging: deep</h2>")).as_deref(), Some("Digging: deep"));
        // What stands behind may be the title, too.
        assert_eq!(title(&format!("{book}<h2>Tools</h2>")).as_deref(), Some("The Well Book"));
    }

    #[test]
    fn a_heading_that_is_the_title_wins_over_headlines_that_name_the_site() {
        let town = "<title>Wells | Town of Karst</title><h1>The Town of Karst</h1><h1>Wells</h1>";
        assert_eq!(title(town).as_deref(), Some("Wells"));
        let blog = "<title>Why wells run dry</title><h1>Notes from Karst</h1><h2>Why wells run dry</h2>";
        assert_eq!(title(blog).as_deref(), Some("Why wells run dry"));
    }

    #[test]
    fn the_mark_that_links_to_a_headline_is_none_of_its_words() {
        assert_eq!(title("<title>Wells</title><h1>Wells<a href=#wells>¶</a></h1>").as_deref(), Some("Wells"));
    }

    #[test]
    fn the_names_of_the_site_behind_a_headline_are_cut_off() {
        let head = "<link rel=canonical href=https://north-wells.test/a>\
            <meta property=og:site_name content='The Ledger of Wells'>";
        for (headline, known) in [
            ("Water at risk | The Ledger", "Water at risk"),
            ("Water at risk - Part 2 - North Wells - The Ledger of Wells", "Water at risk - Part 2"),
            ("Water - at risk", "Water - at risk"),
        ] {
            assert_eq!(
                title(&format!("{head}<title>{headline}</title><h1>{headline}</h1>")).as_deref(),
                Some(known)
            );
        }
    }

    /// Speeches that were held at many places had one title, and the place became the publisher.
    #[test]
    fn what_stands_behind_a_bar_stays_where_the_whole_head_agrees_on_it() {
        let whole = "Remarks on dry wells | Lower Karst";
        let page = |card: &str, behind: &str| {
            format!(
                "<meta property=og:title content='{card}'><title>{whole}{behind}</title><h1>{whole}</h1><p>x"
            )
        };
        assert_eq!(title(&page(whole, " | The Ledger")).as_deref(), Some(whole));
        // What ends all three alike may as well be the site.
        assert_eq!(title(&page(whole, "")).as_deref(), Some("Remarks on dry wells"));
        assert_eq!(title(&page("Remarks on dry wells", " | L")).as_deref(), Some("Remarks on dry wells"));
        let site = "<meta property=og:site_name content='Lower Karst'>";
        assert_eq!(title(&format!("{site}{}", page(whole, ""))).as_deref(), Some("Remarks on dry wells"));
    }

    /// The headline of another article was the title where it shared more common words with that of the head.
    #[test]
    fn a_headline_that_links_elsewhere_gives_way_to_the_page_s_own() {
        let page = |own: &str| {
            format!(
                "<link rel=canonical href=https://ledger.example/wells/where-to-dig><title>Where to Dig in Karst</title><h1>{own}\
                 </h1><h1><a href=/wells/where-to-swim>Here is Where to Swim in Karst</a></h1><p>x"
            )
        };
        let own = "The Best Ground to Dig in";
        assert_eq!(title(&page(own)).as_deref(), Some(own));
        assert_eq!(title(&page("The Ledger")).as_deref(), Some("Here is Where to Swim in Karst"));
        let itself = page("The Ledger on Where to Dig").replace("where-to-swim", "where-to-dig?from=top");
        assert_eq!(title(&itself).as_deref(), Some("Here is Where to Swim in Karst"));
    }

    /// `Title:` stood before the titles of preprints.
    #[test]
    fn a_label_before_a_headline_is_none_of_it() {
        let page = |headline: &str| {
            title(&format!("<title>Who pays for water | The Ledger</title><h1>{headline}</h1><p>x"))
        };
        for label in ["<span>Title:</span>", "Thread: ", "<time>Dec <b>18</b> 2025</time> "] {
            let headline = format!("{label}<a href=#>Who pays for water</a>");
            assert_eq!(page(&headline).as_deref(), Some("Who pays for water"), "{label}");
        }
        for mark in ["<span class=subtitle>What wells cost</span>", "<a href=/e>Edit</a>", "<sup>*</sup>"] {
            assert_eq!(
                page(&format!("Who pays for water{mark}")).as_deref(),
                Some("Who pays for water"),
                "{mark}"
            );
        }
        assert_eq!(page("<b>Wells:</b> who pays").as_deref(), Some("Wells: who pays"));
        assert_eq!(
            page("Who pays for water <button>Copy it</button>").as_deref(),
            Some("Who pays for water")
        );
    }

    #[test]
    fn what_is_left_of_a_picture_in_a_headline_is_none_of_it() {
        assert_eq!(title("<title>Wells</title><h1>\u{fffc}Wells\u{fffc}</h1>").as_deref(), Some("Wells"));
    }

    #[test]
    fn a_title_of_thousands_of_parts_has_few_that_lines_are_compared_with() {
        let parts = super::parts(&"a | b - ".repeat(4_000)).len();
        assert!(parts <= 1 + 2 * super::MAX_SEPARATORS, "{parts}");
        assert_eq!(super::parts("a | b - c"), ["a | b - c", "a", "b - c", "a | b", "c"]);
    }

    #[test]
    fn without_headline_the_site_is_cut_off() {
        assert_eq!(title("<title>Water at risk - The Ledger</title>").as_deref(), Some("Water at risk"));
        let page =
            "<meta property=og:title content='Ledger | Water'><meta property=og:site_name content=Ledger>";
        assert_eq!(title(page).as_deref(), Some("Water"));
    }

    /// A title with a dash lost what stands behind it, and one behind the site's name was the site.
    #[test]
    fn without_headline_a_known_site_alone_is_cut_off() {
        let titled = |text: &str| {
            title(&format!("<title>{text}</title><meta property=og:site_name content='The Ledger'><p>x"))
        };
        for text in ["Wells – ten years on | The Ledger", "The Ledger | Wells – ten years on"] {
            assert_eq!(titled(text).as_deref(), Some("Wells – ten years on"), "{text}");
        }
        assert_eq!(titled("Wells | The Ledger of Karst").as_deref(), Some("Wells"));
        assert_eq!(titled("The Ledger").as_deref(), Some("The Ledger"));
    }

    /// Systems that escape a title twice left `Don&#8217;t` in it.
    #[test]
    fn a_title_that_is_escaped_twice_is_read() {
        assert_eq!(title("<title>Don&amp;#8217;t dig</title><p>x").as_deref(), Some("Don’t dig"));
    }

    #[test]
    fn what_stands_behind_a_bar_is_cut_off_unless_it_says_more() {
        let headline = |text: &str| title(&format!("<h1>{text}</h1><p>x"));
        assert_eq!(headline("Who pays for water | Opinion").as_deref(), Some("Who pays for water"));
        assert_eq!(
            headline("Press release | Who pays for water").as_deref(),
            Some("Press release | Who pays for water")
        );
        assert_eq!(headline("Water | Opinion").as_deref(), Some("Water | Opinion"));
        let forum = "<title>My well runs dry / Pumps / Forum of the diggers</title><p>x";
        assert_eq!(title(forum).as_deref(), Some("My well runs dry"));
        assert_eq!(title("<title>Wells / ponds</title><p>x").as_deref(), Some("Wells / ponds"));
    }
}
