//! The publisher: the journal, paper or body that brought the article out.
//!
//! What a page says for machines comes first; where it says nothing, the name of the site is read off the page:
//! from its line of copyright, from the link home, from what stands beside the headline in `<title>`.

use super::super::hints::Flags;
use super::super::tag::Tag;
use super::{Sources, first, folded_words, same_words, title};
use crate::model::{Field, Metadata, host_of};

/// Letters of the longest name of a site that is read off its page.
const MAX_SITE_LETTERS: usize = 100;

/// Words of the longest such name.
const MAX_SITE_WORDS: usize = 14;

/// Blocks at a page's end among which its line of copyright stands.
const BLOCKS_AT_END: usize = 60;

/// Reads the publisher into `found`.
pub(super) fn read(sources: &Sources<'_, '_>, found: &mut Metadata) {
    let (tags, data) = (sources.tags, sources.data);
    let shown = OnPage::of(sources, found.title.as_deref());
    let source = tags.first(&["dc.source", "dcterms.source"]);
    let journal = source.filter(|name| shown.names().any(|shown| same_words(shown, name)));
    let institutions =
        ["citation_publisher", "citation_technical_report_institution", "citation_dissertation_institution"];
    let host = sources.url.and_then(host_of);
    let named = named_as_host(sources);
    let candidates = [
        (tags.first(&["citation_journal_title", "citation_conference_title"]), "citation", 95),
        (tags.first(&["prism.publicationname"]).or(journal), "dublin-core", 90),
        (tags.first(&institutions), "citation", 95),
        (data.publisher.as_deref(), "json-ld", 90),
        (tags.first(&["dc.publisher", "dcterms.publisher", "dc:publisher"]), "dublin-core", 90),
        (tags.first(&["og:site_name"]), "open-graph", 80),
        (data.site.as_deref(), "json-ld", 75),
        (named.as_deref(), "page", 75),
        (shown.agreed(), "page", 70),
        (tags.first(&["publisher", "application-name"]), "meta", 50),
        (shown.names().next(), "page", 50),
        (host, "url", 20),
    ];
    let candidates =
        candidates.map(|(name, source, percent)| (name.map(without_separators), source, percent));
    found.publisher = first(candidates, Field::Publisher, found);
}

/// `name` without what parts it from the headline or a motto, where one of them is empty.
fn without_separators(name: &str) -> &str {
    name.trim_matches(|c: char| c.is_whitespace() || SEPARATORS.contains(&c))
}

/// Signs that part the name of a site from what stands beside it.
const SEPARATORS: [char; 6] = ['|', '–', '—', '·', '•', '-'];

/// What a page shows as the name of its site.
struct OnPage {
    copyright: Option<String>,
    home: Option<String>,
    beside_headline: Option<String>,
}

impl OnPage {
    fn of(sources: &Sources<'_, '_>, headline: Option<&str>) -> Self {
        Self {
            copyright: copyright(sources),
            home: home_link(sources),
            beside_headline: headline.and_then(|headline| beside(sources, headline)),
        }
    }

    /// Its names, the surest first.
    fn names(&self) -> impl Iterator<Item = &str> {
        [&self.copyright, &self.beside_headline, &self.home].into_iter().filter_map(Option::as_deref)
    }

    /// The name that two places agree on.
    fn agreed(&self) -> Option<&str> {
        let mut names = self.names();
        let first = names.next()?;
        let rest: Vec<&str> = names.collect();
        if rest.iter().any(|name| same_words(name, first)) {
            return Some(first);
        }
        let [second, third] = rest.as_slice() else { return None };
        same_words(second, third).then_some(*second)
    }
}

/// Whether `text` is the name that the page's line of copyright or link home gives the site.
pub(super) fn is_site_name(sources: &Sources<'_, '_>, text: &str) -> bool {
    [copyright(sources), home_link(sources)].into_iter().flatten().any(|name| same_words(&name, text))
}

/// The name in the last line of copyright.
fn copyright(sources: &Sources<'_, '_>) -> Option<String> {
    let blocks = sources.blocks;
    let end = blocks.list.iter().rev().filter(|block| !block.hidden).take(BLOCKS_AT_END);
    end.into_iter().find_map(|block| in_copyright(blocks.text_of(block)))
}

/// The name behind a sign of copyright and its years.
fn in_copyright(line: &str) -> Option<String> {
    let at = line.find('©').map(|at| at + '©'.len_utf8());
    let at = at.or_else(|| line.strip_prefix("Copyright ").map(|_| "Copyright ".len()))?;
    let is_lead = |c: char| c.is_numeric() || c.is_whitespace() || "-–—,.:()".contains(c);
    let mut rest = line[at..].trim_start_matches(is_lead);
    for lead in ["copyright", "by "] {
        let leads = rest.get(..lead.len()).is_some_and(|start| start.eq_ignore_ascii_case(lead));
        rest = rest[if leads { lead.len() } else { 0 }..].trim_start_matches(is_lead);
    }
    if rest.starts_with(SEPARATORS) {
        // No name: what follows are links and credits.
        return None;
    }
    let end =
        [" | ", " - ", " – ", " — ", " · ", "\n", "。", "۔", "  ", " All ", " all rights", ", all", ", All"];
    let end = end.iter().filter_map(|mark| rest.find(mark)).fold(sentence_end(rest), usize::min);
    let name = rest[..end].trim_end_matches(|c: char| is_lead(c)).trim();
    is_site(name).then(|| name.to_owned())
}

/// Where the first sentence of `text` ends. A stop behind a lone initial doesn't end it.
fn sentence_end(text: &str) -> usize {
    let is_initial = |at: usize| {
        let word = text[..at].rsplit(' ').next().unwrap_or_default();
        word.chars().count() == 1 && word.chars().all(char::is_uppercase)
    };
    text.match_indices(". ").map(|(at, _)| at).find(|&at| !is_initial(at)).unwrap_or(text.len())
}

/// Whether a text can be the name of a site: not its authors, nor a sentence.
fn is_site(name: &str) -> bool {
    let words = folded_words(name);
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let nobody = words.first().is_some_and(|word| matches!(word.as_str(), "the" | "all" | "home"))
        && words.iter().any(|word| word.starts_with("author") || word == "rights")
        || words.iter().any(|word| word == "homepage")
        || words.len() == 1 && ["home", "logo", "authors"].contains(&words[0].as_str());
    let is_host = name.contains('.') && !name.contains(' ');
    !is_host && (2..=MAX_SITE_LETTERS).contains(&letters) && words.len() <= MAX_SITE_WORDS && !nobody
}

/// The text of a link to the site's root that stands in the page's head, above everything else.
fn home_link(sources: &Sources<'_, '_>) -> Option<String> {
    let links = sources.page.indexed().filter(|(_, node)| {
        let shown = node.tag == Tag::A && !node.around.any(Flags::HIDDEN);
        shown && node.attribute("href").is_some_and(|to| is_home(sources, to))
    });
    let texts = links.take(HOME_LINKS).map(|(at, _)| sources.page.text_of(at));
    texts.into_iter().find(|text| is_site(text) && folded_words(text).len() > 1)
}

/// Whether a link leads to the root of the page's own site, or of the one that it is a part of.
fn is_home(sources: &Sources<'_, '_>, to: &str) -> bool {
    let is_own = || {
        let (own, host) = (sources.url.and_then(host_of)?, host_of(to)?);
        own.strip_suffix(host).map(|below| below.is_empty() || below.ends_with('.'))
    };
    title::is_front_page(to) && (!to.contains("://") || is_own() == Some(true))
}

/// Links home that are looked at: the logo, the name, the menu.
const HOME_LINKS: usize = 4;

/// The last part of `<title>`, if it is the page's host in other letters: "The Ledger" at `theledger.test`.
fn named_as_host(sources: &Sources<'_, '_>) -> Option<String> {
    let text = title::page_title(sources)?;
    let (_, last) = title::last_parts(&text)?;
    is_host(sources, last).then(|| last.to_owned())
}

/// Letters of the shortest name of a host that is compared with a name. Shorter ones are the same by chance.
const HOST_LETTERS: usize = 4;

/// Whether a name is in its letters the page's host or one of the names that make it up.
pub(super) fn is_host(sources: &Sources<'_, '_>, name: &str) -> bool {
    let Some(host) = sources.url.and_then(host_of) else { return false };
    let letters = |text: &str| folded_words(text).concat();
    let name = letters(name);
    let Some((labels, _)) = host.rsplit_once('.') else { return false };
    let mut names = labels.split('.').chain(std::iter::once(host)).map(letters);
    name.chars().count() >= HOST_LETTERS && names.any(|own| own == name)
}

/// What `<title>` holds beside the headline, behind the last separator or before the first.
fn beside(sources: &Sources<'_, '_>, headline: &str) -> Option<String> {
    let text = title::page_title(sources)?;
    let parts = title::parts(&text);
    let fits = |pair: &[&str]| same_words(pair[0], headline) && is_site(pair[1].trim());
    // Parts come as pairs behind the whole: before and behind each separator.
    let pairs = parts[1..].chunks_exact(2);
    let mut found = pairs.clone().filter(|pair| fits(pair)).map(|pair| pair[1]);
    let found =
        found.next().or_else(|| pairs.clone().find(|pair| fits(&[pair[1], pair[0]])).map(|pair| pair[0]));
    found.map(super::super::line)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `Wellnotes |`, as an empty motto leaves it, was cited so.
    #[test]
    fn an_empty_part_leaves_no_separator_in_the_name() {
        assert_eq!(without_separators("Wellnotes |"), "Wellnotes");
        assert_eq!(without_separators("– Wells & Co. - "), "Wells & Co.");
        assert_eq!(without_separators(" | "), "");
    }

    #[test]
    fn names_are_read_from_lines_of_copyright() {
        for (line, name) in [
            ("© 2006–2018 Centre for Wells. All rights reserved.", Some("Centre for Wells")),
            (
                "Copyright © 2012 Ministry of Water, Republic of Selm. Last update",
                Some("Ministry of Water, Republic of Selm"),
            ),
            ("© 2008–2024 Центр «Ахтуба». Все права защищены.", Some("Центр «Ахтуба»")),
            ("© Observatoire des puits - Tous droits réservés.", Some("Observatoire des puits")),
            ("© 2020 Amara S. Finch. All rights reserved", Some("Amara S. Finch")),
            ("© 2025 By The Board of Wells", Some("The Board of Wells")),
            ("© 2024 | Privacy Policy", None),
            ("© 2014 The authors. Published by a press.", None),
            ("© 2020", None),
            ("All rights reserved", None),
        ] {
            assert_eq!(in_copyright(line).as_deref(), name, "{line}");
        }
    }
}
