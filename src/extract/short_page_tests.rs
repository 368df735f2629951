//! Whole pages that say little in, articles out: which part of such a page is its own.
#![cfg(test)]

use super::tests::{PARAGRAPHS, read};

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
