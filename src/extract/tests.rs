//! Whole pages in, articles out: what no single step can show.
#![cfg(test)]

use super::*;
use crate::model::{BlockKind, Locator};

pub(super) const PARAGRAPHS: &str = "<p>The commission met in spring, looked at four proposals and took none of them.</p>\
    <p>Its members could not agree on who should pay, and the ministry had no money left to give.</p>\
    <p>A year later the same proposals came back, with the same figures and under other names.</p>";

/// The pieces 0 to `count`, one behind the other.
pub(super) fn joined(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect::<Vec<_>>().concat()
}

pub(super) fn document(media_type: MediaType, bytes: &[u8]) -> RawDocument {
    RawDocument {
        locator: Locator::from_stored("/archive/page"),
        media_type,
        charset: None,
        metadata: Metadata::default(),
        bytes: bytes.to_vec(),
        missing: None,
        unread: Vec::new(),
    }
}

pub(super) fn read(page: &str) -> Article {
    extract(&document(MediaType::Html, page.as_bytes()), &Options::default()).unwrap().article
}

#[test]
fn an_article_comes_without_what_is_around_it() {
    let page = format!(
        "<html lang=en><title>Who pays for water | The Ledger</title>\
         <meta property=article:published_time content=2021-05-18T10:00:00Z>\
         <body><nav><a href=/>Home</a> <a href=/news>News</a></nav>\
         <main><h1>Who pays for water</h1><div class=byline>By <a rel=author href=/a>Amara Finch</a></div>\
         {PARAGRAPHS}<h2>What came next</h2><ul><li>Two wells were dug.</li><li>One ran dry.</li></ul>\
         <div class=related-posts><h3>Related</h3><a href=/x>Another article of the same paper</a></div></main>\
         <footer>All rights reserved, and a long line about them that nobody reads.</footer>"
    );
    let article = read(&page);
    assert!(article.text.starts_with("The commission met") && article.text.ends_with("One ran dry."));
    assert_eq!(article.blocks.len(), 6);
    assert_eq!(article.blocks[3].kind, BlockKind::Heading(2));
    assert_eq!(article.blocks[4].kind, BlockKind::ListItem);
    let data = &article.metadata;
    assert_eq!(data.title.as_deref(), Some("Who pays for water"));
    assert_eq!(data.authors, ["Amara Finch"]);
    assert_eq!(data.published.map(|date| date.to_string()).as_deref(), Some("2021-05-18"));
    assert_eq!(data.language.map(|language| language.to_string()).as_deref(), Some("en"));
}

#[test]
fn what_the_record_says_outweighs_the_page() {
    let mut raw = document(MediaType::Html, format!("<h1>Page</h1>{PARAGRAPHS}").as_bytes());
    raw.metadata.title = Some(" The  record's title ".into());
    let article = extract(&raw, &Options::default()).unwrap().article;
    assert_eq!(article.metadata.title.as_deref(), Some("The record's title"));
    let title = article.metadata.provenance.iter().find(|known| known.field == Field::Title).unwrap();
    assert_eq!(title.source, "record");
}

#[test]
fn hidden_text_counts_when_it_is_all_there_is() {
    let article = read(&format!("<body><p>Loading.</p><div hidden>{PARAGRAPHS}</div>"));
    assert!(article.text.starts_with("The commission met"));
}

#[test]
fn names_for_lists_of_links_are_not_believed_of_paragraphs() {
    let first = "<p>The first tender failed since nobody bid, and the second since the only bid was late.</p>\
        <p>The third was won by the firm that had written it, as the auditors found a year later.</p>\
        <p>By then the bridge stood, two lanes narrower than the plan that had been paid for.</p>";
    for name in ["content-nav-section", "toc-chapter", "drawer", "field--label-visually_hidden"] {
        let article = read(&format!("<body><main><div class={name}>{first}</div>{PARAGRAPHS}</main>"));
        assert!(article.text.starts_with("The first tender failed"), "{name}");
    }
    let menu = "<div class=drawer><a href=/a>All news</a><p><a href=/b>Everything on bridges</a></div>";
    let article = read(&format!("<body><main>{menu}{PARAGRAPHS}</main>"));
    assert!(article.text.starts_with("The commission met"));
}

#[test]
fn a_form_is_furniture_unless_it_frames_the_page() {
    let fine_print = "<form><input name=mail><p>We will send you the report and, from time to time, what else we \
        think might be of use to you. You may tell us to stop whenever you like.</p><p>By sending the form you \
        agree that we keep your address for as long as the law of the land permits.</p></form>";
    let article = read(&format!("<body><main>{}{fine_print}</main>", PARAGRAPHS.repeat(2)));
    assert!(!article.text.contains("stop whenever"));
    let article = read(&format!("<body><form>{PARAGRAPHS}</form>"));
    assert!(article.text.starts_with("The commission met"));
}

#[test]
fn a_link_s_name_speaks_of_the_link_and_not_of_its_line() {
    let article = read(&format!(
        "<body><main>{PARAGRAPHS}<p><a class=popup href=/f>The fund</a> that paid for the wells was closed in the \
         year after, and nobody has said where the rest of the money went.</p></main>"
    ));
    assert!(article.text.contains("rest of the money"));
}

#[test]
fn a_long_foot_of_a_page_is_no_article() {
    let fine_print =
        "<p>Nothing on these pages is advice, and whoever takes it for advice does so at a risk that is \
        wholly their own, as the courts of several countries have found.</p>"
            .repeat(8);
    let text = "<p>By then the wells had been dug, all but two of them, by people who had not waited.</p>";
    let article = read(&format!("<body><main>{text}{PARAGRAPHS}</main><footer>{fine_print}</footer>"));
    assert!(article.text.ends_with("under other names."));
    let article = read(&format!("<body><article><p>Listen</p><footer>{PARAGRAPHS}</footer></article>"));
    assert!(article.text.contains("The commission met"));
}

#[test]
fn the_source_of_an_article_beside_it_is_a_copy() {
    let paragraphs = joined(9, |n| {
        let words = "wells that were dug in the spring and had run dry by autumn, as the auditors found";
        format!("<p>Village number {n} counted three or more of the {words} in <b>{n}</b> cases.</p>")
    });
    let source =
        paragraphs.replace("<p>", "").replace("</p>", "\n\n").replace("<b>", "**").replace("</b>", "**");
    let article = read(&format!("<body><main>{paragraphs}<pre># Wells\n\n{source}</pre></main>"));
    assert_eq!(article.blocks.len(), 9);
}

#[test]
fn cards_behind_an_article_go_however_much_they_say() {
    let text = joined(12, |n| {
        format!(
            "<p>In district {n} the pumps ran for half of the year, and in the other half the people of the \
            district fetched their water from the river, as they had done before there were any pumps.</p>"
        )
    });
    let cards = joined(9, |n| {
        format!(
            "<div><h3><a href=/{n}>What the report of year {n} left out</a></h3><p>The report of year {n} says \
            much on pipes, on pumps and on those who sell them, and next to nothing on who will mend them when \
            they break, which they do in their third year, or who will pay for that.</p></div>"
        )
    });
    let article = read(&format!("<body><main>{text}</main><div>{cards}</div>"));
    assert!(!article.text.contains("says much on pipes"));
    let article = read(&format!("<body><main><p>Our reports.</p>{cards}</main>"));
    assert!(article.text.contains("says much on pipes"));
}

#[test]
fn pointers_amid_an_article_go_and_boxes_stay() {
    let pointer = "<aside><h3>Read it offline</h3><p>Eight years of wells, reviewed.</p></aside>";
    let teaser =
        "<article class=teaser><h4><a href=/c>Cold stores</a></h4><p>We followed one contract.</p></article>";
    let see_also = "<table><tr><td><b>See also</b><br><a href=/h>A herbarium moves house</a><br>\
        <a href=/s>Snow courses and their people</a></table>";
    let desk =
        "<div class=press-contact>For further information: the Directorate of the Press, tel. 0198.</div>";
    let long = PARAGRAPHS.repeat(4);
    let article = read(&format!(
        "<meta property=article:published_time content=2021-05-18><body><main>{long}{pointer}{teaser}{see_also}<aside>{}</aside>{long}{desk}</main>",
        PARAGRAPHS.replace("<p>", "<p>In this box: ")
    ));
    for furniture in ["offline", "one contract", "herbarium", "tel. 0198"] {
        assert!(!article.text.contains(furniture), "{furniture}");
    }
    assert!(article.text.contains("In this box"));
}

#[test]
fn what_is_explained_is_what_was_read() {
    let page = format!("<body><div>Loading</div><noscript>{}</noscript>", PARAGRAPHS.repeat(3));
    let raw = document(MediaType::Html, page.as_bytes());
    let explained = explain_in_time(&raw, &Options::default(), &|| false).unwrap();
    let kept = explained.iter().filter(|block| block.verdict == Verdict::Kept);
    assert!(kept.map(|block| &*block.text).eq(read(&page).text.split("\n\n")), "{explained:?}");
}

#[test]
fn the_last_resorts_are_data_then_noscript_then_all_text() {
    let body =
        "The commission met in spring and took none of the proposals, since nobody would pay. ".repeat(3);
    let data = format!(
        "<script type=application/ld+json>{{\"@type\":\"Article\",\"articleBody\":\"{body}\"}}</script>"
    );
    assert_eq!(read(&format!("<body><p>Loading</p>{data}")).text, body.trim());
    let noscript = read(&format!("<body><div>Loading</div><noscript>{}</noscript>", PARAGRAPHS.repeat(3)));
    assert!(noscript.text.starts_with("The commission met"));
    assert_eq!(read("<body><p>Closed</p><p>until May").text, "Closed\n\nuntil May");
}

#[test]
fn a_thread_keeps_its_answers() {
    let data = "<script type=application/ld+json>{\"@type\":\"DiscussionForumPosting\"}</script>";
    let post = |number: usize| {
        format!(
            "<div class=comment><p>Answer {number}. I have seen the same thing, and it was the pump.</p></div>"
        )
    };
    let posts: String = (0..9).map(post).collect();
    let text = read(&format!("{data}<main><div class=post>{PARAGRAPHS}</div><div>{posts}</div></main>")).text;
    assert!(text.contains("Answer 0.") && text.contains("Answer 8."));
}

#[test]
fn labels_over_links_go_with_their_links() {
    let links = "<ul><li><a href=/a>Ferries and the arithmetic of tides</a><li><a href=/b>Who counts the wells</a></ul>";
    for label in ["<h3>You may also like</h3>", "<p>اقرأ أيضا</p>"] {
        let page =
            format!("<main><h1>Water</h1>{PARAGRAPHS}<div class=x>{label}{links}</div>{PARAGRAPHS}</main>");
        let text = read(&page).text;
        assert!(
            text.starts_with("The commission met") && !text.contains("like") && !text.contains("أيضا"),
            "{text}"
        );
    }
}

#[test]
fn the_end_of_a_page_that_points_elsewhere_goes() {
    let card =
        "<article><h3><a href=/x>Ferries and the arithmetic of tides</a></h3><p>A short line.</p></article>";
    let bare =
        "<div><h5>Another headline without link</h5><p>What the minutes say, and what they don't.</p></div>";
    let paragraph = |number: usize| {
        format!(
            "<p>In year {number} the commission looked at all the proposals again, and took none.{}</p>",
            " Nobody would pay for the wells.".repeat(5)
        )
    };
    let long: String = (0..30).map(paragraph).collect();
    let page = format!(
        "<main><h1>Water</h1><div>{long}</div><h2>Related</h2><div>{}</div>{bare}</main>",
        card.repeat(3)
    );
    let text = read(&page).text;
    assert!(text.ends_with("pay for the wells."), "{text}");
}

#[test]
fn lines_about_the_article_and_its_author_go() {
    let page = format!(
        "<h1>Water</h1><div><p>A year of drought has shown who has to pay for the wells, and who does not have to.</p>\
         <p>By Amara Finch | 18 May 2021</p>{PARAGRAPHS}<p>Amara Finch is reader in law at Karst.</p></div>"
    );
    let article = read(&page);
    assert_eq!(article.metadata.authors, ["Amara Finch"]);
    assert!(
        article.text.ends_with("under other names.") && !article.text.contains("2021"),
        "{}",
        article.text
    );
}

#[test]
fn tools_that_come_back_and_anchors_go() {
    const PARAGRAPHS_OF: &str =
        "<p>The commission met again, looked at all proposals and took none of them, in year ";
    let section = |number: usize| {
        format!(
            "<h2>Part {number} <a href=#p{number}>#</a></h2>{PARAGRAPHS_OF}{number}.</p><p><a href=#top>Back to top</a> Useful?</p>"
        )
    };
    let text = read(&format!("<main><h1>Water</h1>{}</main>", (1..5).map(section).collect::<String>())).text;
    assert!(text.starts_with("Part 1\n") && !text.contains('#') && !text.contains("Back to top"), "{text}");
}

#[test]
fn of_two_copies_the_one_among_its_like_stays() {
    let lead = "The commission met in spring, looked at four proposals and took none of them.";
    let page = format!(
        "<main><h1>Water</h1><div><div><p>{lead}</p></div></div><div><h2>Spring</h2>{PARAGRAPHS}</div></main>"
    );
    assert!(read(&page).text.starts_with("Spring\n"));
}

#[test]
fn lines_in_bold_type_become_headings() {
    let page = format!(
        "<main><h1>Water</h1>{PARAGRAPHS}<p><b>What came next</b><br>The wells ran dry in the year after, as had been said.</p><p><strong>And then</strong></p><p>Nobody came to dig them deeper, for want of money.</p></main>"
    );
    let article = read(&page);
    let heads: Vec<&str> = article
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Heading(_)))
        .filter_map(|block| block.span.of(&article.text))
        .collect();
    assert_eq!(heads, ["What came next", "And then"]);
}

#[test]
fn a_list_of_links_is_kept_where_the_page_has_nothing_else() {
    let link = |number: usize| {
        format!("<li><a href=/{number}>Statement number {number} of the ministry on water</a></li>")
    };
    let page = format!(
        "<nav><a href=/>Home</a></nav><main><h1>Statements</h1><ul>{}</ul></main>",
        (0..40).map(link).collect::<String>()
    );
    let text = read(&page).text;
    assert!(text.contains("number 0 ") && text.contains("number 39 ") && !text.contains("Home"));
}

#[test]
fn names_are_found_where_readers_find_them() {
    for (line, authors) in [
        ("<p>Amara Finch</p><p>18 May 2021</p>", vec!["Amara Finch"]),
        ("<p>ByAmara Finch May 18, 2021</p>", vec!["Amara Finch"]),
        ("<p>By Staff correspondent<br>18 May 2021</p>", vec!["Staff correspondent"]),
        ("<p>05/18/2021 by Amara Finch, Member of the Board</p>", vec!["Amara Finch"]),
        (
            "<p>بقلم: نادر أبو الريش وسلمى بن عاشور | 18 مايو 2021</p>",
            vec!["نادر أبو الريش", "سلمى بن عاشور"],
        ),
        ("<p>Water and soil</p><p>May 18, 2021</p>", vec![]),
    ] {
        let article = read(&format!(
            "<title>Wells run dry</title><main><h1>Wells run dry</h1>{line}{PARAGRAPHS}</main>"
        ));
        assert_eq!(article.metadata.authors, authors, "{line}");
        assert_eq!(
            article.metadata.published.map(|date| date.to_string()).as_deref(),
            Some("2021-05-18"),
            "{line}"
        );
    }
}

#[test]
fn a_place_beside_a_date_in_the_text_is_no_author() {
    let authors = |before: &str, within: &str| {
        read(&format!(
            "<title>Remarks on wells</title><h1>Remarks on wells</h1>{before}\
             <div class=entry-content>{within}{PARAGRAPHS}</div>"
        ))
        .metadata
        .authors
    };
    for line in ["<p>South Gate</p><p>18 May 2021</p>", "<p>Via Wireless<br>(May 18, 2021)</p>"] {
        assert!(authors("", line).is_empty(), "{line}");
    }
    assert_eq!(authors("<p>Amara Finch</p><p>18 May 2021</p>", ""), ["Amara Finch"]);
    let menu = "<nav><p>Public Works</p></nav><p>18 May 2021</p>";
    assert!(authors(menu, "").is_empty());
}

#[test]
fn the_card_of_a_page_names_its_author_where_nothing_else_does() {
    let card = "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Amara Finch'>\
        <meta name=twitter:label2 content='Time to read'><meta name=twitter:data2 content='4 minutes'>";
    assert_eq!(read(&format!("{card}<h1>Wells</h1>{PARAGRAPHS}")).metadata.authors, ["Amara Finch"]);
    let byline = "<p>By Ilse Brook</p>";
    assert_eq!(read(&format!("{card}<h1>Wells</h1>{byline}{PARAGRAPHS}")).metadata.authors, ["Ilse Brook"]);
}

#[test]
fn a_thread_is_of_whoever_began_it_by_handle_or_name() {
    let byline = "<div class=author>Rhoda Lane</div>";
    let authors = |head: &str, posts: &str| {
        read(&format!("{head}<h1>My well runs dry</h1>{byline}{posts}{PARAGRAPHS}")).metadata.authors
    };
    let data = r#"<script type=application/ld+json>{"@type":"QAPage","mainEntity":{"@type":"Question",
        "author":{"@type":"Person","name":"well_digger7"}}}</script>"#;
    assert_eq!(authors(data, ""), ["well_digger7"]);
    let person = |name: &str| {
        format!("<div itemprop=author><a href=/u>42</a> <span itemprop=name>{name}</span></div>")
    };
    let (answer, question) = (person("pump.king"), person("well_digger7"));
    let marked = format!(
        "<div itemscope itemtype=https://schema.org/QAPage><div itemtype=https://schema.org/Answer>{answer}</div>\
         <div itemtype=https://schema.org/Question>{question}</div></div>"
    );
    assert_eq!(authors("", &marked), ["well_digger7"]);
    assert_eq!(authors("", ""), ["Rhoda Lane"]);
}

#[test]
fn the_date_of_a_teaser_is_not_the_article_s() {
    let teaser = joined(3, |n| {
        format!(
            "<div class=it><h4><a href=/{n}>What became of the second well</a></h4><time>{n} May 2020</time></div>"
        )
    });
    let page = |byline: &str| read(&format!("<body><main><h1>Wells</h1>{byline}{PARAGRAPHS}</main>{teaser}"));
    assert_eq!(page("").metadata.published, None);
    let own = page("<p>18 أيار/مايو 2021</p>").metadata.published;
    assert_eq!(own.map(|date| date.to_string()).as_deref(), Some("2021-05-18"));
}

#[test]
fn a_day_that_a_sentence_or_a_caption_tells_of_is_not_the_article_s() {
    let published = |line: &str| {
        let page = read(&format!("<body><main><h1>Wells of the south</h1><p>{line}</p>{PARAGRAPHS}</main>"));
        page.metadata.published.map(|date| date.to_string())
    };
    assert_eq!(published("The compact is open for signature until 30 November 2019, if at all."), None);
    assert_eq!(published("Table 1. Grants made and paid out, as they stood at 30 June 2022."), None);
    for byline in [
        "18 May 2021.",
        "Amara Finch and Ilse Brook, Ministry of Water and Land, 18 May 2021",
        "Posted by Amara Finch on Tuesday 18 May 2021 from the wells department.",
        "This statement of the ministry was last updated on 18 May 2021.",
    ] {
        assert_eq!(published(byline).as_deref(), Some("2021-05-18"), "{byline}");
    }
}

#[test]
fn a_change_told_at_the_end_of_a_page_is_one() {
    let foot = "<p>Top of page</p><p>Last updated: 18 May 2021</p>";
    let data = read(&format!(
        "<body><main><h1>Wells of the south</h1>{PARAGRAPHS}{PARAGRAPHS}{PARAGRAPHS}{PARAGRAPHS}</main>{foot}"
    ))
    .metadata;
    let day = Some("2021-05-18".to_owned());
    assert_eq!(data.modified.map(|date| date.to_string()), day);
    assert_eq!(data.published.map(|date| date.to_string()), day, "readers know no other");
}

#[test]
fn the_day_on_which_a_member_joined_is_not_the_article_s() {
    for line in ["Joined: Mar 3, 2012", "Last post: 3 March 2012", "Founded 3 March 2012"] {
        let page = format!("<title>Wells</title><h1>Wells</h1><p>{line}</p><p>18 May 2021</p>{PARAGRAPHS}");
        let published = read(&page).metadata.published.map(|date| date.to_string());
        assert_eq!(published.as_deref(), Some("2021-05-18"), "{line}");
    }
}

#[test]
fn a_title_that_names_the_site_gives_way_to_the_headline() {
    let page = format!(
        "<title>Ministry of Water</title><div class=press><div>Ref. 12</div><div class=press-title>Statement on the wells of the south</div>\
         <p>{}</p>{PARAGRAPHS}</div><div>© 2012 Ministry of Water. All rights reserved.</div>",
        "The ministry has looked at the wells of the south, and found them dry. ".repeat(4)
    );
    let data = read(&page).metadata;
    assert_eq!(data.title.as_deref(), Some("Statement on the wells of the south"));
    assert_eq!(data.publisher.as_deref(), Some("Ministry of Water"));
}

#[test]
fn a_link_to_the_root_of_another_site_names_no_publisher() {
    let publisher = |head: &str, link: &str| {
        let page = format!("<html><head>{head}</head><body>{link}<h1>Wells of the north</h1>{PARAGRAPHS}");
        read(&page).metadata.publisher
    };
    let at = "<link rel=canonical href=https://www.wells.ministry.test/north>";
    let elsewhere = "<a href=https://attorney.test/>Attorney General</a>";
    assert_eq!(publisher(at, elsewhere).as_deref(), Some("wells.ministry.test"));
    assert_eq!(publisher("", elsewhere), None);
    for home in ["/", "https://wells.ministry.test/", "https://www.ministry.test"] {
        let link = format!("{elsewhere}<a href={home}>Ministry of Wells</a>");
        assert_eq!(publisher(at, &link).as_deref(), Some("Ministry of Wells"), "{home}");
    }
}

#[test]
fn the_last_part_of_a_title_that_is_the_host_in_letters_is_the_publisher() {
    let at = "<link rel=canonical href=https://www.north-wells.test/a>";
    let title = "<title>What came of it | A | North Wells</title>";
    let article = read(&format!("{at}{title}<h1>Dry years</h1>{PARAGRAPHS}"));
    assert_eq!(article.metadata.publisher.as_deref(), Some("North Wells"));
}

#[test]
fn the_same_bytes_give_the_same_article() {
    let raw =
        document(MediaType::Html, format!("<h1>x</h1>{PARAGRAPHS}<table><tr><td>a<td>b</table>").as_bytes());
    assert_eq!(extract(&raw, &Options::default()), extract(&raw, &Options::default()));
}

#[test]
fn empty_and_binary_inputs_are_errors() {
    let error = |bytes: &[u8]| extract(&document(MediaType::Html, bytes), &Options::default()).unwrap_err();
    assert_eq!(error(b""), ExtractError::Empty);
    assert_eq!(error(b"<p> . </p>"), ExtractError::Empty);
    let stub =
        b"<meta http-equiv=Refresh content='0; url=/new\x1b'><p>Moved to <a href=/new>another page</a>.";
    assert_eq!(error(stub), ExtractError::LeadsElsewhere("/new".into()));
    assert_eq!(error(b"\x89PNG\r\n\x1a\n"), ExtractError::Binary);
}

/// At whichever step the time is over, nothing is made of the page; with time enough it is the article.
#[test]
fn a_page_is_given_up_once_its_time_is_over() {
    let raw = document(MediaType::Html, b"<html><p>The commission met in spring, and took none of them.</p>");
    let after = |steps: u32| {
        let left = std::cell::Cell::new(steps);
        let is_over = || left.replace(left.get().saturating_sub(1)) == 0;
        (extract_in_time(&raw, &Options::default(), &is_over), left)
    };
    let whole = extract(&raw, &Options::default());
    let steps = (0..100).find(|&steps| after(steps).0 == whole).unwrap();
    assert!(steps > 5, "time is looked at {steps} times");
    for over in 0..steps {
        assert_eq!(after(over).0, Err(ExtractError::TooSlow), "after {over} steps");
    }
}
