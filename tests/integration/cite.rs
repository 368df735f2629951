//! References: each format of an article and a passage, hostile metadata, ids that name nothing.

use serde_json::json;

use crate::harness::Sandbox;

/// Two articles: one with all that is known of a page, one that is hostile and has no address.
fn archive() -> Sandbox {
    let weirs = json!({
        "id": "weirs",
        "title": "Weirs & dams: 5% more_water",
        "authors": ["Zoë Roe-Lind", "River Unit, Delta Office"],
        "publisher": "Delta Institute",
        "published": "2021-05",
        "language": "en",
        "url": "https://delta.example/weirs?a=1&b=%20_",
        "text": "The weir above the town was built to hold the water back in a dry summer."
    });
    let hostile = json!({
        "id": "hostile",
        "title": "}, x = {\\input{a} \u{1b}[31m\r\nER  - \r\nTY  - BOOK\u{2028}\" <b>*x*",
        "authors": ["A \u{202e}Roe\nAU  - B"],
        "url": "javascript:alert(1)",
        "text": "The lock below the town was closed for want of water in the same summer."
    });
    Sandbox::with_records(&format!("{weirs}\n{hostile}\n"))
}

fn cited(arguments: &[&str]) -> String {
    let sandbox = archive();
    let stdout = sandbox.ibid(&[&["cite"], arguments].concat()).exits(0).stdout;
    stdout.replace(&sandbox.path("").display().to_string(), "[DIR]/").replace('\r', "␍")
}

#[test]
fn an_article_and_a_passage_are_cited_for_people() {
    insta::assert_snapshot!(cited(&["weirs", "hostile.1"]));
    insta::assert_snapshot!(cited(&["weirs", "hostile.1", "--format", "markdown"]));
}

#[test]
fn an_article_and_a_passage_are_cited_in_bibtex() {
    insta::assert_snapshot!(cited(&["weirs", "weirs.1", "hostile", "--format", "bibtex"]));
}

#[test]
fn an_article_and_a_passage_are_cited_in_ris() {
    insta::assert_snapshot!(cited(&["weirs.1", "hostile", "--format", "ris"]));
}

#[test]
fn an_article_and_a_passage_are_cited_in_csl_json() {
    insta::assert_snapshot!(cited(&["weirs.1", "hostile", "--format", "csl-json"]));
}

#[test]
fn ids_that_name_nothing_are_told() {
    let sandbox = archive();
    let some = sandbox.ibid(&["cite", "nothing", "weirs", "weirs.9"]).exits(0);
    assert_eq!(some.stdout.lines().count(), 1);
    some.complains("no article or passage `nothing`").complains("`weirs.9`");
    let none =
        sandbox.ibid(&["cite", "nothing", "--format", "csl-json"]).exits(1).complains("hint: ids stand");
    assert_eq!(none.json(), json!([]));
    sandbox.ibid(&["cite"]).exits(2);
}

#[test]
fn ids_are_read_from_standard_input() {
    let sandbox = archive();
    let listed = sandbox
        .run_with_input(sandbox.command(&["cite", "-", "--format", "csl-json"]), "weirs\n\n hostile.1\r\n");
    let ids: Vec<String> =
        listed.exits(0).json().as_array().unwrap().iter().map(|item| item["id"].to_string()).collect();
    assert_eq!(ids, ["\"weirs\"", "\"hostile.1\""]);
    sandbox
        .run_with_input(sandbox.command(&["cite", "-", "-"]), "")
        .exits(2)
        .complains("can't be given twice");
    sandbox.run_with_input(sandbox.command(&["cite", "-"]), "").exits(1);
}
