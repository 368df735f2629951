//! Whole pages in, authors out: whose names on a page are those of its article's authors.
#![cfg(test)]

use super::tests::{PARAGRAPHS, read};

/// The authors of a page with `above` and `below` its text.
fn authors(above: &str, below: &str) -> Vec<String> {
    let page =
        format!("<body><main><h1>Who pays for water</h1>{above}{}</main>{below}", PARAGRAPHS.repeat(5));
    read(&page).metadata.authors
}

/// `Finch, Amara` was two authors, and `Finch, Amara; Lind, Jo` four.
#[test]
fn names_in_the_head_as_catalogues_write_them_are_turned_round() {
    let named = |author: &str| authors(&format!("<meta name=author content='{author}'>"), "");
    assert_eq!(named("Finch, Amara"), ["Amara Finch"]);
    assert_eq!(named("Finch, Amara; de la Cruz, Ana Maria"), ["Amara Finch", "Ana Maria de la Cruz"]);
    assert_eq!(named("Amara Finch, Jonas Lind"), ["Amara Finch", "Jonas Lind"]);
    assert_eq!(named("Amara Finch, Senior Fellow; Jonas Lind"), ["Amara Finch", "Jonas Lind"]);
    assert_eq!(named("Amara Finch &lt;finch@wells.test&gt;"), ["Amara Finch"]);
}

#[test]
fn a_byline_in_a_pointer_to_another_article_is_not_the_article_s() {
    let card = "<a href=/x>Cold stores of the islands</a><div class=author>By Jo Lind</div>";
    for below in [
        format!("<div class=related-posts>{card}</div>"),
        format!("<section><h3><a href=/x>Cold stores of the islands</a></h3>{card}</section>"),
    ] {
        assert!(authors("", &below).is_empty(), "{below}");
        assert_eq!(authors("<p>By Amara Finch</p>", &below), ["Amara Finch"], "{below}");
    }
    let heading = "<h4 class=author-name><a href=/f>By Amara Finch-Underhill</a></h4>";
    assert_eq!(authors(heading, ""), ["Amara Finch-Underhill"]);
}

#[test]
fn an_office_with_an_and_in_its_name_is_one_author() {
    let office = "<div class=author>26 September 2017 by Office of Rivers and Lakes Policy</div>";
    assert_eq!(authors(office, ""), ["Office of Rivers and Lakes Policy"]);
    assert_eq!(authors("<p class=byline>Amara Finch and Jo Lind</p>", ""), ["Amara Finch", "Jo Lind"]);
}

#[test]
fn a_post_behind_a_name_and_who_reviewed_are_no_authors() {
    assert_eq!(authors("<p class=byline>FROM: Amara B. Finch Director</p>", ""), ["Amara B. Finch"]);
    let reviewed = "<p class=byline>By Amara Finch, PhD. Reviewed by Jo Lind, PhD</p>";
    assert_eq!(authors(reviewed, ""), ["Amara Finch"]);
    let reviewer = "<p class=byline>Medically reviewed by <a href=/l>Jo Lind</a></p>";
    assert!(authors(reviewer, "").is_empty());
    let links = "<div class=author><a href=/f>View all posts by Amara Finch</a></div>";
    assert_eq!(authors("", links), ["Amara Finch"]);
}

/// Institutes list them beside their publications.
#[test]
fn names_below_a_line_that_says_authors_are_theirs() {
    let list = |label: &str| {
        format!(
            "<aside><h6>{label}</h6><ul><li>Amara Finch<li>Jo D. Lind</ul><h6>Date</h6><p>June</p></aside>"
        )
    };
    assert_eq!(authors("", &list("Author(s)")), ["Amara Finch", "Jo D. Lind"]);
    assert_eq!(authors("", &list("Written by:")), ["Amara Finch"]);
    assert!(authors("", &list("See also")).is_empty());
}

/// The office was a second author, and whoever stood behind its "and" was lost.
#[test]
fn offices_between_names_are_no_authors() {
    for (line, names) in [
        ("By Amara Finch, Lower Karst Wells Coordinator", vec!["Amara Finch"]),
        ("By Amara Finch, Wells Coordinator and Senior Advisor to the Regent", vec!["Amara Finch"]),
        (
            "FROM: Amara Finch, Deputy Advisor for Wells and Rising Groundwater and Jo Lind, Karst Wells Director",
            vec!["Amara Finch", "Jo Lind"],
        ),
        ("By Amara Finch, Professor at Karst University, and Jo Lind", vec!["Amara Finch", "Jo Lind"]),
        ("By Deputy Wells Advisor Amara Finch", vec!["Amara Finch"]),
        ("By Major Amara Finch, Karst Army", vec!["Major Amara Finch"]),
        ("By Amara Finch, Jo Lind and Ada Moor", vec!["Amara Finch", "Jo Lind", "Ada Moor"]),
    ] {
        assert_eq!(authors(&format!("<p>{line}</p>"), ""), names, "{line}");
    }
}

#[test]
fn what_begins_with_by_or_lists_an_order_names_no_author() {
    for line in [
        "By the way, Karst College — good college. I spoke there.",
        "BY THE NUMBERS",
        "Order 39 of January 20, 2021 (Duties of Office by Lower Branch Personnel).",
    ] {
        assert!(authors(&format!("<p>{line}</p>"), "").is_empty(), "{line}");
    }
}
