//! Whole pages that say little in, articles out: which part of such a page is its own.
#![cfg(test)]

use super::tests::{PARAGRAPHS, joined, read};

#[test]
fn a_banner_with_sentences_is_no_article_beside_a_short_one_under_its_headline() {
    let banner = "<header><div><p>A site ending so belongs to an office of the province, and to nobody else.</p>\
        <p>A lock in the line of the address means that what you send is read by that office alone.</p></div></header>";
    let line = |label: &str, value: &str| format!("<section><h3>{label}:</h3><p>{value}</p></section>");
    let office = [
        line("Address", "Quay Street 4<br>Lower Karst"),
        line("Telephone", "0198 4471"),
        line("Branch", "Office of the Regent of Karst, and of the islands before its coast"),
    ]
    .concat();
    let apology = format!("<noscript><img src='/count?{}'>Please allow scripts.</noscript>", "x".repeat(600));
    let page = format!(
        "<body>{apology}{banner}<main><article><h1>Karst</h1><p>Whom to ask in Karst.</p>{office}</article></main>"
    );
    let text = read(&page).text;
    assert!(text.starts_with("Whom to ask in Karst.") && text.contains("Quay Street 4"), "{text}");
    assert!(!text.contains("belongs to an office") && !text.contains("allow scripts"), "{text}");
}

#[test]
fn prose_beside_the_headline_s_part_is_the_article() {
    let links = "<ul><li><a href=/a>All of our reports of this year</a></li><li><a href=/b>Those of the last</a></li></ul>";
    let prose = "<p>The commission met in spring, looked at four proposals and took none of them.</p>\
        <p>Its members could not agree on who should pay, and the ministry had no money left.</p>";
    let below = format!("<body><main><h1>Who pays for water</h1>{links}</main><div>{prose}</div>");
    let above = format!(
        "<body><div>{prose}</div><article><h1><a href=/c>Cold stores</a></h1><p>We followed one.</p></article>"
    );
    for page in [below, above] {
        let text = read(&page).text;
        assert!(text.starts_with("The commission met") && text.contains("who should pay"), "{text}");
    }
}

#[test]
fn an_address_that_is_written_out_is_no_pointer() {
    let source = "<p>Source: <a href=https://karst.example/r>https://karst.example/reports/2021</a></p>";
    let text = read(&format!("<main>{}{source}{PARAGRAPHS}</main>", PARAGRAPHS.repeat(3))).text;
    assert!(text.contains("https://karst.example/reports/2021"), "{text}");
}

/// A menu of links that are words of the province.
fn menu(count: usize) -> String {
    let links = joined(count, |number| format!("<li><a href=/{number}>Office number {number}</a></li>"));
    format!("<nav><ul>{links}</ul></nav>")
}

/// All of such a page was given, menus and all.
#[test]
fn a_page_of_one_sentence_is_that_sentence() {
    let sentence = "<p>Whom to ask in Karst about wells, ponds and weirs.</p>";
    let page = format!("<body>{}<main><h1>Karst</h1>{sentence}</main>{}", menu(200), menu(40));
    assert_eq!(read(&page).text, "Whom to ask in Karst about wells, ponds and weirs.");
    let apology = joined(4, |number| {
        format!("<p>Part {number} of this site may not work, so please allow scripts.</p>")
    });
    let scripted = page.replace("<body>", &format!("<body><noscript>{apology}</noscript>"));
    assert_eq!(read(&scripted).text, "Whom to ask in Karst about wells, ponds and weirs.");
}

#[test]
fn a_page_without_a_sentence_comes_without_its_menus() {
    let reports = joined(3, |number| format!("<h2><a href=/r{number}>Report {number}</a></h2>"));
    let page = format!("<body>{}<div><h1>Reports</h1><p><a href=#top>Go up</a></p>{reports}</div>", menu(40));
    let text = read(&page).text;
    assert!(text.ends_with("Report 0\n\nReport 1\n\nReport 2") && !text.contains("Office"), "{text}");
    assert!(!text.contains("Go up"), "{text}");
}

/// The line was taken for the article, and the list for replies to it.
#[test]
fn a_line_on_old_browsers_is_no_article_above_a_list_with_a_form() {
    let line = "<div><span>This browser is too old for what follows; please use a newer one.</span></div>";
    let list = joined(40, |number| {
        format!(
            "<section><div><h3><a href=/{number}>Market number {number}</a></h3><p>Free</p></div></section>"
        )
    });
    let text = read(&format!("<body>{line}<div><h1>Markets</h1><form><input></form>{list}</div>")).text;
    assert!(text.contains("Market number 39"), "{text}");
}

/// What a government says of all its sites is longer in one language than in another.
#[test]
fn a_banner_in_the_head_is_no_article_however_long_beside_a_list_under_the_headline() {
    let banner = "<header class=site-banner><div><p>Sites with an address that ends in this way belong to an office of \
        the province and to nobody else, whoever may tell you otherwise.</p><p>A lock in the line of the address means \
        that what you send is read by that office alone, so that you can send it what is yours only there.</p></div></header>";
    let services = joined(5, |number| {
        format!(
            "<li><a href=/{number}><span>Service {number}</span><p>How to ask for the {number}th.</p></a></li>"
        )
    });
    let text =
        read(&format!("<body>{banner}<main><article><h1>Wells</h1><ul>{services}</ul></article></main>"))
            .text;
    assert!(text.contains("How to ask for the 4th.") && !text.contains("A lock"), "{text}");
}
