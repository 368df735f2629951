//! Whole pages in that are no articles, texts out: lists, portals, pages about a service.
#![cfg(test)]

use super::tests::{PARAGRAPHS, joined, read};

/// Entries of a list, each `name`d so, with a headline that is a link and a sentence below.
fn entries(name: &str, count: usize) -> String {
    joined(count, |number| {
        format!(
            "<div class={name}><h3><a href=/{number}>Well number {number} of the province is to be dug</a></h3>\
             <p>It is the {number}th of those that were asked for, and has its own fund.</p></div>"
        )
    })
}

/// The introduction of a portal was taken for all that it says, and its entries for pointers.
#[test]
fn a_list_under_an_introduction_is_kept_whole() {
    for name in ["teaser", "promo-item", "post-meta"] {
        let page = format!(
            "<nav><a href=/>Home of it all</a></nav><main><h1>Wells</h1><a href=#list>To the list below</a>\
             <div>{PARAGRAPHS}{}</div>{}</main>",
            PARAGRAPHS.replace("<p>", "<p>So "),
            entries(name, 30)
        );
        let text = read(&page).text;
        assert!(text.contains("The commission met") && text.contains("Well number 29"), "{name}: {text}");
        assert!(!text.contains("Home of it all"), "{name}: {text}");
        assert!(!text.contains("To the list"), "{name}: {text}");
    }
}

#[test]
fn pointers_below_an_article_that_says_to_be_one_are_dropped() {
    let pointers = joined(30, |number| {
        format!(
            "<div class=promo-item><a href=/{number}>Report number {number} of the province on its wells</a></div>"
        )
    });
    let main = format!("<main><h1>Wells</h1>{PARAGRAPHS}{pointers}</main>");
    let text = read(&format!("<meta property=article:published_time content=2021-05-18>{main}")).text;
    assert!(text.ends_with("under other names."), "{text}");
    assert!(read(&main).text.contains("Report number 29"));
}

/// Of a page that lists services by subject only the sentences over each list were kept.
#[test]
fn lists_of_links_under_a_sentence_each_are_text_of_a_page_that_is_no_article() {
    let subject = |subject: &str| {
        let links =
            joined(6, |number| format!("<li><a href=/{number}>{subject}, form number {number}</a></li>"));
        format!(
            "<h2>{subject}</h2><p>Whoever asks for {subject} has to hand in all of these forms.</p><ul>{links}</ul>"
        )
    };
    let contents =
        "<ul><li><a href=#wells>Forms for wells and pumps</a><li><a href=#ponds>For ponds</a></ul>";
    let subjects =
        ["Wells and pumps", "Ponds", "Weirs and locks", "Quays", "Reservoirs"].map(subject).concat();
    let page = |head: &str| {
        read(&format!(
            "{head}<main><h1>Forms by subject</h1><div>{contents}{PARAGRAPHS}{PARAGRAPHS}{subjects}</div></main>"
        ))
        .text
    };
    let text = page("");
    assert!(text.contains("Quays, form number 3") && !text.contains("Forms for wells"), "{text}");
    let article = page("<meta property=article:published_time content=2021-05-18>");
    assert!(!article.contains("form number"), "{article}");
}

#[test]
fn a_heading_that_is_a_sentence_stays_though_what_it_heads_is_dropped() {
    let page = |heading: &str| {
        let dropped = "<div class=promo>Read our report on wells.</div>";
        read(&format!("<main><h1>Wells</h1>{PARAGRAPHS}<h2>{heading}</h2>{dropped}</main>")).text
    };
    let telling = "The province owes its wells to those who dug them and asked for nothing in return";
    assert!(page(telling).ends_with(telling), "{}", page(telling));
    assert!(page("More reports").ends_with("under other names."), "{}", page("More reports"));
}

/// The day of an event, an office's box with its address: names for what is said about an article.
#[test]
fn names_for_what_is_said_about_articles_say_nothing_of_other_pages() {
    for name in ["event-date", "field-meta", "contact-box", "service-teaser"] {
        let line =
            "On 4 June the gates of the reservoir are opened, and whoever wants to may walk on its bed.";
        let page = |head: &str| {
            let text = PARAGRAPHS.repeat(4);
            read(&format!("{head}<main>{text}<div class={name}><p>{line}</p></div>{text}</main>"))
        };
        assert!(page("").text.contains(line), "{name}");
        let dated = "<meta property=article:published_time content=2021-05-18>";
        assert!(!page(dated).text.contains(line), "{name}");
    }
}

/// Of a list of offices what it is a list of was left out.
#[test]
fn sentences_under_the_headline_stay_over_the_part_of_a_list() {
    let offices = joined(12, |number| {
        format!(
            "<section><h2>Office {number}</h2><p>It looks after the wells of {number} villages, and answers on Mondays \
            and Fridays, when somebody is there.</p></section>"
        )
    });
    let introduction = "<header><h1>Offices</h1><p>Whom to ask about a well that runs dry.</p></header>";
    let page = |head: &str| {
        read(&format!("{head}<main>{introduction}<div class=entry-content>{offices}</div></main>")).text
    };
    assert!(page("").starts_with("Whom to ask about a well"), "{}", page(""));
    let dated = "<meta property=article:published_time content=2021-05-18>";
    assert!(page(dated).starts_with("Office 0"), "{}", page(dated));
}
