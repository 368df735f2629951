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

/// Places, rubrics, buttons and what somebody is were authors, where they looked like names.
#[test]
fn what_stands_in_a_byline_beside_names_is_none() {
    for marked in [
        "<div class=author-info><span>Jo lives and works in Selm, Upper Karst, and digs all year.</span></div>",
        "<p class=bio>digger &amp; writer from the valley<br>Springwater &amp; Upper Karst</p>",
        "<div class=author-description>Licensed Well Digger, M.A. Geology</div>",
        "<div class=byline><span class=byline__tag><a href=/t>Well Care</a></span></div>",
        "<div class=author><span>The Ledger Desk</span><ul><li>Small<li>Large</ul></div>",
        "<div id=author-modal class=modal><h5>Ethics Statement</h5></div>",
    ] {
        assert!(
            authors(marked, "").iter().all(|name| name == "The Ledger Desk"),
            "{marked}: {:?}",
            authors(marked, "")
        );
    }
    let role =
        "<div class=author><h4>Amara Finch</h4><div class=author-role>Head Digger, Co-Owner</div></div>";
    assert_eq!(authors(role, ""), ["Amara Finch"]);
    // A class that is wrong about itself.
    let named = "<span class=byline__description>By <a href=/f>Amara Finch</a></span>";
    assert_eq!(authors(named, ""), ["Amara Finch"]);
}

#[test]
fn a_name_at_the_head_of_a_box_about_its_author_is_the_author_s() {
    let about = "She has dug wells for thirty years and writes of what she found in them. ".repeat(4);
    let box_of = |head: &str| format!("<div class=author-card><h4>{head}</h4><p>{about}</p></div>");
    assert_eq!(authors("", &box_of("Amara Finch")), ["Amara Finch"]);
    assert!(authors("", &box_of("Author Spotlight")).is_empty());
    // What is marked more closely comes first.
    let closer = "<div class=byline>By Amara Finch and Jo Lind</div>";
    assert_eq!(authors("", &format!("{}{closer}", box_of("Amara Finch"))), ["Amara Finch", "Jo Lind"]);
}

/// All but the first were lost where links or a post stood between them.
#[test]
fn all_who_are_named_in_a_byline_are_its_authors() {
    let spans = "<div class=author>Written by <span>Dr Amara van der Finch</span>, <span>Prof. Jo Lind</span>, <span>Ada \
                 Moor</span></div>";
    assert_eq!(authors(spans, ""), ["Amara van der Finch", "Jo Lind", "Ada Moor"]);
    let links = "<p>By <a href=/f>A. J. Finch</a>, <a href=/l>Jo Lind</a> and <a href=/m>Ada Moor</a> &nbsp; <a \
                 href=/b>Other Books</a></p>";
    assert_eq!(authors(links, ""), ["A. J. Finch", "Jo Lind", "Ada Moor"]);
    let written = "<p>This post was written by Amara Finch, Head of Wells and Water Development</p>";
    assert_eq!(authors("", written), ["Amara Finch"]);
    let data = r#"<script type=application/ld+json>{"@type":"Article","author":{"@type":"Person","name":"Amara Finch"}}</script>"#;
    let listed =
        "<div><a href=/f>Amara Finch</a>, <a href=/l>Jo Lind</a> &amp; <a href=/m>Ada Moor</a></div>";
    assert_eq!(authors(&format!("{data}{listed}"), ""), ["Amara Finch", "Jo Lind", "Ada Moor"]);
    let others = "<div>Jo Lind, Ada Moor</div>";
    assert_eq!(authors(&format!("{data}{others}"), ""), ["Amara Finch"]);
    let reviewed =
        "<div class=author>By <a href=/f>Amara Finch</a>. Reviewed by <a href=/l>Jo Lind</a></div>";
    assert_eq!(authors(reviewed, ""), ["Amara Finch"]);
}

#[test]
fn a_name_below_a_lone_by_is_the_author_s() {
    assert_eq!(authors("<span>by</span><p>Amara Finch</p>", ""), ["Amara Finch"]);
    assert_eq!(authors("", "<h2>Article by</h2><div>Amara Finch</div>"), ["Amara Finch"]);
    assert_eq!(authors("<div>Contributors: Amara Finch</div>", ""), ["Amara Finch"]);
}

/// An author whose name stands on a button gave way to another article's.
#[test]
fn the_author_of_the_data_stays_where_the_name_is_on_a_button() {
    let data = r#"<script type=application/ld+json>{"@type":"Article","author":{"@type":"Person","name":"Amara Finch"}}</script>"#;
    let other = "<div class=author>Jo Lind</div>";
    assert_eq!(authors(&format!("{data}<button>Amara Finch</button>"), other), ["Amara Finch"]);
    assert_eq!(authors(data, other), ["Jo Lind"]);
}

/// Of several names that were marked one by one, the first alone was kept.
#[test]
fn names_that_are_marked_alike_beside_each_other_are_all_authors() {
    let both = ["Amara Finch", "Jonas Weatherby"];
    for marked in [
        "<p><span class='author vcard'><a href=/f>Amara Finch</a></span>, <span class='author vcard'><a href=/w>Jonas \
         Weatherby</a></span></p>",
        "<p><a rel=author href=/f>Amara Finch</a> and <a rel=author href=/w>Jonas Weatherby</a></p>",
        "<ul class=authors><li>Amara Finch<li>Jonas Weatherby</ul>",
        "<div><div class=author><b>Amara Finch</b><i class=author-role>Fellow</i></div><div class=author><b>Jonas \
         Weatherby</b></div></div>",
        "<p class=byline>By Amara Finch<br>By Jonas Weatherby</p>",
        "<p>Amara Finch, Jonas Weatherby</p><p>March 10, 2023</p>",
        "<div class=author>Amara Finch</div><div class=author>Jonas Weatherby</div>",
        "<div class=byline><span class=author>Amara Finch</span><span class=author>Jonas Weatherby</span></div>",
        "<div class=author-list><div class=author><h4>Amara Finch</h4><p>Fellow</p></div><div class=author><h4>Jonas \
         Weatherby</h4></div></div>",
    ] {
        assert_eq!(authors(marked, ""), both, "{marked}");
    }
    let edited = "<p class=author-credit>By <a href=/f>Amara Finch</a> Data Analysis By <a href=/w>Jonas Weatherby</a></p>";
    assert_eq!(authors(edited, ""), ["Amara Finch"]);
    let researched =
        "<div><div class=author>Amara Finch</div><div class=author>Researched by Jonas Weatherby</div></div>";
    assert_eq!(authors(researched, ""), ["Amara Finch"]);
}

/// Rubrics beside a date were authors, also where the page names a body.
#[test]
fn a_rubric_beside_a_date_is_no_author() {
    for line in ["<p>Press Release</p><p>March 10, 2023</p>", "<p>Climate Change | March 10, 2023</p>"] {
        assert!(authors(line, "").is_empty(), "{line}");
    }
    let place = "<p class=category>Upper Karst</p><p>March 10, 2023</p>";
    assert!(authors(place, "").is_empty());
    let body = "<meta name=author content='Ministry of Wells'><p>Upper Karst</p><p>March 10, 2023</p>";
    assert_eq!(authors(body, ""), ["Ministry of Wells"]);
}

#[test]
fn names_with_particles_and_behind_what_kind_of_text_it_is_are_read() {
    for (line, names) in [
        ("By Omar al-Hadi and Amara Finch", vec!["Omar al-Hadi", "Amara Finch"]),
        ("By Ludwig van den Berg", vec!["Ludwig van den Berg"]),
        ("By Marie d’Aube and Amara Finch", vec!["Marie d’Aube", "Amara Finch"]),
        ("Opinion by Amara Finch", vec!["Amara Finch"]),
        ("By Amara Finch with Jo Lind", vec!["Amara Finch", "Jo Lind"]),
        ("By Amara Finch (Karst University) and Jo Lind (Selm College)", vec!["Amara Finch", "Jo Lind"]),
        ("By Amara Finch. Photographs by Jo Lind", vec!["Amara Finch"]),
        ("By Sen. Amara Finch and Sir Jo Lind KCMG", vec!["Amara Finch", "Jo Lind"]),
    ] {
        assert_eq!(authors(&format!("<p>{line}</p>"), ""), names, "{line}");
    }
}

/// `Finch, Amara; Lind, Jo` in a catalogue's own tags was four authors.
#[test]
fn several_names_in_one_tag_of_a_catalogue_are_turned_round() {
    let tag = "<meta name=DC.creator content='Finch, Amara; Lind, Jo'><meta name=DC.contributor content='Karst Press'>";
    assert_eq!(authors(tag, ""), ["Amara Finch", "Jo Lind"]);
}

/// Each name was compared with all others before the list was cut.
#[test]
fn a_page_with_very_many_authors_is_read_in_linear_time() {
    let letters = |number: usize| {
        format!("{number:05}").chars().map(|d| (b'a' + d as u8 - b'0') as char).collect::<String>()
    };
    let names: Vec<String> = (0..20_000).map(|number| format!("\"Amara F{}\"", letters(number))).collect();
    let data = format!(
        "<script type=application/ld+json>{{\"@type\":\"Article\",\"author\":[{}]}}</script>",
        names.join(",")
    );
    assert_eq!(authors(&data, "").len(), 50);
}

#[test]
fn a_byline_of_very_many_brackets_is_read_in_linear_time() {
    let author = "Amara Finch (Karst) and ".repeat(200_000);
    assert_eq!(authors(&format!("<meta name=author content='{author}'>"), ""), ["Amara Finch"]);
}
