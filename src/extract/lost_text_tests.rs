//! Text that was taken for what stands around it, though its author wrote it.
#![cfg(test)]

use super::tests::{PARAGRAPHS, joined, read};

/// The text of an article with `part` amid it.
fn amid(part: &str) -> String {
    read(&format!("<main><article><h1>The wells</h1>{PARAGRAPHS}{part}{}</article></main>", told(4))).text
}

/// A text of many paragraphs.
fn told(count: usize) -> String {
    joined(count, |number| {
        format!("<p>Of the wells of the province the {number}th was looked at in each of these years.</p>")
    })
}

/// Old pages name places by an `<a>` that they leave open.
#[test]
fn what_an_open_anchor_holds_is_no_link() {
    let page = format!(
        "<title>Wells</title><body><p><a href=i>Home</a> <a href=j>Index of all papers</a></p><a name=top>{PARAGRAPHS}\
         <a name=s1><h2>Who pays</h2><p>The <b>fund</b> of the towns pays for all of it.</p>"
    );
    let text = read(&page).text;
    assert!(text.starts_with("The commission met") && text.ends_with("pays for all of it."), "{text}");
    let lines = "<p><a name=q1>The law of wells is void.</a></p><ul><li><a name=i1>First measure of two</a></li></ul>";
    assert!(amid(lines).contains("is void.\n\nFirst measure of two"));
    assert!(!amid("<p><a name=buy class=button>See what it costs</a></p>").contains("costs"));
}

/// Short sections at the end went as pointers to other articles.
#[test]
fn a_section_whose_heading_links_to_itself_is_no_card() {
    let section = |number: usize, to: &str| {
        format!(
            "<section><h2><a href={to}{number}>Annex {number} on methods</a></h2><p>The {number}th of the wells was \
             measured by hand, and by a diver.</p></section>"
        )
    };
    let ends = |to: &str| {
        let page = format!("<main>{}{}</main>", told(24), joined(4, |number| section(number, to)));
        read(&page).text.contains("The 3th of the wells was measured")
    };
    assert!(ends("#s") && !ends("/other/"));
}

#[test]
fn captions_of_tables_and_names_below_quotations_stay() {
    let table = "<tr><th>Town<th>Wells</tr><tr><td>Karst<td>4</tr></table>";
    let caption = "Table 1. Wells by town";
    assert!(amid(&format!("<table><caption>{caption}</caption>{table}")).contains(caption));
    let figcaption = format!("<figcaption class=caption>{caption}</figcaption>");
    assert!(amid(&format!("<figure>{figcaption}<table>{table}</figure>")).contains(caption));
    assert!(!amid(&format!("<figure>{figcaption}<img></figure>")).contains(caption));
    let quotation = "<blockquote><p>We dug for years, and found no water.</p><footer>Ada Moro, digger</footer></blockquote>";
    assert!(amid(quotation).contains("Ada Moro, digger"));
}

#[test]
fn lists_that_are_called_menus_and_templates_that_are_shown_are_text() {
    let list = "<menu><li>First measure of the plan</li><li>Second measure of it</li></menu>";
    assert!(amid(list).contains("First measure of the plan"));
    let shown = |mode: &str| {
        let host = format!("<x-body><template {mode}>{}</template></x-body>", told(4));
        read(&format!("<main><h1>The wells</h1>{host}{PARAGRAPHS}</main>"))
            .text
            .contains("the 3th was looked at")
    };
    assert!(shown("shadowrootmode=open") && !shown("id=row"));
}

/// Links of a wiki to edit its sections were read as parts of their headings.
#[test]
fn links_to_edit_a_section_are_no_words_of_its_heading() {
    let heading = "<h2><span class=mw-headline>Who pays</span><span class=mw-editsection>[<a href=/edit>edit</a>]</span></h2>";
    let text = amid(&format!("{heading}<p>The fund pays for it, as it has since the flood.</p>"));
    assert!(text.contains("\n\nWho pays\n\nThe fund"), "{text}");
}

/// Headings and labels behind the last sentence went, and what they stand over stayed.
#[test]
fn a_heading_over_the_last_list_stays_with_it() {
    let end = |end: &str| read(&format!("<main><h1>The wells</h1>{}{end}</main>", told(8))).text;
    let list = "<ul><li>Port of Karst</li><li>Port of Quay</li></ul>";
    let table = "<table><tr><th>Town<th>Wells</tr><tr><td>Karst<td>4</tr></table>";
    for (head, below) in [
        ("<h2>Signatories</h2>", list),
        ("<p>The signatories:</p>", list),
        ("<h2>Table of wells</h2>", table),
        ("<h2>Next steps</h2>", "<p>Vote in May, then a review</p>"),
    ] {
        let text = end(&format!("{head}{below}"));
        let name = head.split(['<', '>']).nth(2).unwrap();
        assert!(text.contains(&format!("\n\n{name}\n\n")), "{head}: {text}");
    }
    let tools = "<p>Read it aloud:</p><ul><li>Copied!</li></ul>";
    assert!(!end(tools).contains("aloud"));
    let pointers =
        "<h2>Read on</h2><ul><li><a href=/1>Wells of the north</a></li><li>Wells of the south</li></ul>";
    assert!(!end(pointers).contains("Read on"));
}

/// The last section of a text went with the form in it.
#[test]
fn a_section_of_the_text_is_none_of_its_form() {
    let page = |class: &str| {
        let sections =
            joined(5, |number| format!("<div class=part><h2>Part {number}</h2>{PARAGRAPHS}</div>"));
        let last = "<h2>Conclusion</h2><p>The fund pays for the wells, and the towns report on it.</p>";
        let form = "<form><p>Was this page useful to you?</p><input></form>";
        read(&format!("<main><h1>The wells</h1>{sections}<div class={class}>{last}{form}</div></main>")).text
    };
    assert!(page("part").ends_with("Conclusion\n\nThe fund pays for the wells, and the towns report on it."));
    assert!(!page("ask").contains("Conclusion"));
}

/// In paragraphs short lines at the edges stayed, and in other elements in a row with the text they went.
#[test]
fn short_lines_in_a_row_with_the_text_are_of_it() {
    let page = |name: &str| {
        let lines = joined(6, |number| {
            format!(
                "<div>The {number}th of the wells was looked at in each of these years, and found dry.</div>"
            )
        });
        let [first, last] =
            ["Mr President, Excellencies,", "I thank you."].map(|line| format!("<div{name}>{line}</div>"));
        read(&format!("<article>{first}{lines}{last}</article>")).text
    };
    let text = page("");
    assert!(text.starts_with("Mr President, Excellencies,") && text.ends_with("I thank you."), "{text}");
    assert!(!page(" class=tool").contains("Mr President"));
}

/// Lists of laws that a sentence names went as pointers.
#[test]
fn a_list_of_links_that_a_sentence_leads_to_stays() {
    let laws = joined(4, |number| format!("<li><a href=/l{number}>Wells Act 199{number}</a></li>"));
    let led_to = format!("<p>The levy on wells rests on four laws of the province:</p><ul>{laws}</ul>");
    assert!(amid(&led_to).contains("Wells Act 1992\n\nWells Act 1993"));
    let labelled = format!("<p>Read on:</p><ul>{laws}</ul>");
    assert!(!amid(&labelled).contains("Wells Act"));
    let letter = "<p><a href=/l>Sign up here for our weekly letter on the province.</a></p>";
    assert!(!amid(letter).contains("Sign up"));
    let tags = "<p>Tags: <a href=/a>Marshes</a>, <a href=/b>Ponds</a>, <a href=/c>Rivers</a></p>";
    assert!(!amid(tags).contains("Ponds"));
}

#[test]
fn what_readers_pay_for_is_a_part_of_the_article() {
    let paid = |more: &str| {
        let towns = joined(5, |number| {
            format!("<p>The {number}th of the towns pays for it all, as it has for years.</p>")
        });
        amid(&format!("<div class=paywall>{towns}{more}</div>")).contains("the towns pays")
    };
    assert!(paid("") && !paid("<button>Subscribe</button>"));
    let fellow =
        "<h3>About the author</h3><p>Ada Moro is a fellow of the house, and writes on wells and dues.</p>";
    assert!(!amid(&format!("<aside>{fellow}</aside>")).contains("Ada Moro"));
    let browser =
        "<p>You are using an old browser, and parts of this site won't be shown as they should be.</p>";
    assert!(!amid(&format!("<div role=alert>{browser}</div>")).contains("browser"));
}

/// What a carousel shows twice, and the subject over each reply.
#[test]
fn headings_that_come_back_over_nothing_else_are_copies() {
    let slide = "<h3>Dig with us: the wells of the province in one place</h3>";
    let slides = format!("{slide}{slide}<p>Read what we dug</p>");
    assert_eq!(amid(&slides).matches("Dig with us").count(), 1);
    let title = "Who has dug the wells of the province?";
    let posts = joined(5, |number| format!("<div><h3>Re: {title}</h3>{}</div>", told(number + 2)));
    let text = read(&format!("<title>{title}</title><main><h1>{title}</h1>{PARAGRAPHS}{posts}</main>")).text;
    assert!(text.matches("Re: Who has").count() <= 1 && text.contains("the 3th was looked at"), "{text}");
}
