//! Whole pages in, texts out: which short lines at the edges of a text are its own.
#![cfg(test)]

use super::tests::{PARAGRAPHS, read};

/// The text of a page with `above` and `below` its paragraphs, in the same element.
fn text(above: &str, below: &str) -> String {
    read(&format!(
        "<body><main><h1>Who pays for water</h1><div>{above}{}{below}</div></main>",
        PARAGRAPHS.repeat(3)
    ))
    .text
}

/// Documents lost their numbers, whom they are addressed to, and where and when a speech was held.
#[test]
fn short_lines_in_a_row_with_the_paragraphs_are_of_the_text() {
    for line in [
        "Order No. 14 of the Regent",
        "K Doc. W/2023/120",
        "Wells(2021) 206 final",
        "MEMORANDUM FOR THE KEEPER OF WELLS",
        "SUBJECT: Dry wells",
        "Old Pump House<br>Lower Karst",
        "10:13 A.M.",
    ] {
        let above = text(&format!("<p>{line}</p>"), "");
        let first = line.split("<br>").next().unwrap_or_default();
        assert!(above.starts_with(first), "{line}: {above}");
        let below = text("", &format!("<p>{line}</p>"));
        assert!(below.contains(first), "{line}: {below}");
    }
    let with_break = PARAGRAPHS.replacen("<p>", "<p>10:13 A.M.<br>", 1);
    assert!(read(&format!("<body><main>{with_break}</main>")).text.starts_with("10:13 A.M."));
    let list = "<ul><li>Two wells were dug in the year after it met.</li></ul>";
    assert!(text("", &format!("{list}<p>AMARA FINCH</p>")).ends_with("AMARA FINCH"));
}

#[test]
fn scraps_around_a_text_are_told_from_its_own_short_lines() {
    for scrap in [
        "<p>###</p>",
        "<p>&nbsp;</p>",
        "<div>Share this</div>",
        "<div><p>Water policy</p></div>",
        "<span>Print</span>",
        "<p><a href=/more>Read more</a></p>",
    ] {
        let (above, below) = (text(scrap, ""), text("", scrap));
        assert!(above.starts_with("The commission met"), "{scrap}: {above}");
        assert!(below.ends_with("under other names."), "{scrap}: {below}");
    }
    let pointer =
        text("", "<p>Related articles:</p><ul><li><a href=/x>Cold stores of the islands</a></li></ul>");
    assert!(pointer.ends_with("under other names."), "{pointer}");
}

#[test]
fn a_headline_with_a_label_or_a_button_is_no_text_of_its_article() {
    for headline in ["<span>Title:</span> Who pays for water", "Who pays for water <button>Copy it</button>"]
    {
        let page = format!(
            "<title>Who pays for water | Wells</title><article><h1>{headline}</h1>{PARAGRAPHS}</article>"
        );
        let article = read(&page);
        assert_eq!(article.metadata.title.as_deref(), Some("Who pays for water"));
        assert!(!article.text.contains("Who pays for water"), "{}", article.text);
    }
}
