//! Lines by which a page asks its readers to share or print it, or to read something else, in a few languages. No text
//! says so of its subject.
//!
//! The words are few and stand together: lists that belong to a text are led to by lines that are much alike.

use super::page::words_of;

/// What a page asks its readers to do with it.
const ASKS: [&str; 12] = [
    "share",
    "print",
    "tweet",
    "teilen",
    "drucken",
    "partager",
    "imprimer",
    "compartir",
    "imprimir",
    "condividi",
    "compartilhar",
    "compartilhe",
];

/// What it says beside: what, with whom, by what.
const BESIDE: [&str; 34] = [
    "a",
    "and",
    "article",
    "artikel",
    "artículo",
    "artigo",
    "articolo",
    "beitrag",
    "by",
    "cet",
    "cette",
    "diese",
    "diesen",
    "email",
    "esta",
    "este",
    "facebook",
    "friends",
    "it",
    "linkedin",
    "mail",
    "on",
    "others",
    "page",
    "post",
    "página",
    "questo",
    "seite",
    "story",
    "the",
    "this",
    "twitter",
    "with",
    "your",
];

/// Words of the longest such line.
const MOST_WORDS: usize = 8;

/// Whether a line asks readers to share or print the page, and says nothing else.
pub(super) fn asks_to_share(line: &str) -> bool {
    let mut words = words_of(line);
    let asks = |word: &str| ASKS.contains(&word.to_lowercase().as_str());
    let is_short = line.len() <= LONGEST_LINE && words.clone().count() <= MOST_WORDS;
    is_short
        && words.next().is_some_and(asks)
        && words.all(|word| asks(word) || BESIDE.contains(&word.to_lowercase().as_str()))
}

/// Bytes of the longest line that asks for something.
const LONGEST_LINE: usize = 120;

/// How a line leads to what else there is to read.
const LEADS_AWAY: [&str; 13] = [
    "may also be interested in",
    "might also be interested in",
    "may also like",
    "might also like",
    "may also enjoy",
    "might also enjoy",
    "auch interessieren",
    "pourrait aussi vous intéresser",
    "pourraient aussi vous intéresser",
    "también te puede interesar",
    "también le puede interesar",
    "também pode gostar",
    "potrebbe interessarti anche",
];

/// Whether a line leads to other articles: "You may also be interested in these papers from our archive:".
pub(super) fn points_elsewhere(line: &str) -> bool {
    line.len() <= LONGEST_LINE && {
        let line = line.to_lowercase();
        LEADS_AWAY.iter().any(|words| line.contains(words))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{PARAGRAPHS, read};
    use super::*;

    #[test]
    fn what_a_page_asks_is_told_from_what_it_tells() {
        for line in ["Share", "Share this post", "Print page", "Share on Facebook", "Partager cet article:"] {
            assert!(asks_to_share(line), "{line}");
        }
        for line in ["Share of the towns", "Sharing", "Prints", "The share", "Shared", "", "Print media"] {
            assert!(!asks_to_share(line), "{line}");
        }
        assert!(points_elsewhere("You may also be interested in these papers from our archive:"));
        for line in ["The levy rests on these three laws:", "Readers who like wells may like these as well:"]
        {
            assert!(!points_elsewhere(line), "{line}");
        }
    }

    const LIST: &str = "<ul><li><a href=/a>Who pays for the wells of the north</a><li><a href=/b>How the quay was built \
                        in a year</a></ul>";

    /// Lists of other articles were taken for those that a sentence leads to, and their labels stayed without them.
    #[test]
    fn lists_of_what_else_there_is_to_read_go_with_their_labels() {
        let text = |label: &str, behind: &str| {
            let date = "<meta property=article:published_time content=2021-05-04>";
            let main = format!("<main><h1>Wells</h1>{PARAGRAPHS}<p>{label}</p>{LIST}{behind}</main>");
            read(&format!("{date}{main}")).text
        };
        let more = PARAGRAPHS.replace("<p>", "<p>So ");
        for behind in [more.as_str(), ""] {
            let text = text("You may also be interested in these papers from our archive:", behind);
            assert!(!text.contains("our archive") && !text.contains("the north"), "{text}");
        }
        let text = text("The levy rests on these two laws of the province and of the north:", &more);
        assert!(text.contains("these two laws") && text.contains("was built in a year"), "{text}");
    }

    /// Headings of tools stayed over their names at the end of an article.
    #[test]
    fn headings_of_tools_end_no_article() {
        let text = |end: &str| read(&format!("<main><h1>Wells</h1>{PARAGRAPHS}{end}</main>")).text;
        for end in [
            "<h3>Share</h3><ul><li>Facebook<li>By mail</ul>",
            "<h3>Share</h3><p>Print page</p>",
            "<p>Share this article</p>",
        ] {
            assert!(text(end).ends_with("under other names."), "{end}: {}", text(end));
        }
        for (end, last) in [
            ("<h3>Share of towns</h3><ul><li>Karst<li>Quay</ul>", "Quay"),
            ("<h3>Share</h3><table><tr><td>Karst<td>4%</table>", "4%"),
            ("<h3>Share</h3><ul><li>Karst 4%<li>Quay 3%</ul>", "3%"),
        ] {
            assert!(text(end).ends_with(last), "{end}: {}", text(end));
        }
    }
}
