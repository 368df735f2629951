//! `show`, `stats` and `extract`: what is in the index, and what ibid makes of a page.

use crate::archive::archive;
use crate::harness::{Sandbox, field};
use crate::pages::{page_with, text_about};

const URL: &str = "<link rel=\"canonical\" href=\"https://example.org/strait\">";

/// A page with blocks of every kind.
fn strait() -> String {
    let text = "The strait is narrow and the tide in it is strong, so pilots are taken on board by every ship \
                that passes.</p>\n<h2>The convention</h2><p>Passage is free in times of peace for the merchant \
                ships of all states, and the coast states may ask for:</p><ul><li>a pilot on board,</li>\
                <li>a notice of eight days.</li></ul><blockquote><p>No ship shall wait longer than the tide \
                makes it wait.</p></blockquote>\n<table><tr><th>Year</th><th>Ships</th></tr>\
                <tr><td>2019</td><td>4,100</td></tr></table><p>The figures are those of the harbour master.";
    page_with("The strait", URL, text)
}

/// `text` without how each thing was found and how sure that is: `  (headline, 95%)`.
fn without_sources(text: &str) -> String {
    let line = |line: &str| match line.rsplit_once("  (") {
        Some((before, source)) if source.ends_with("%)") => format!("{before}\n"),
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

/// An article is shown with what is known of it, and its text block by block.
#[test]
fn show_prints_an_article() {
    let sandbox = Sandbox::new();
    sandbox.write("strait.html", strait());
    sandbox.ingest(&["strait.html"]);
    let id = sandbox.articles("pilots").remove(0);
    insta::assert_snapshot!(without_sources(&sandbox.ibid(&["show", &id]).all()), @r"
    title      The strait
    publisher  example.org
    language   en
    url        https://example.org/strait
    file       [DIR]/strait.html

    The strait is narrow and the tide in it is strong, so pilots are taken on board
    by every ship that passes.

    ## The convention

    Passage is free in times of peace for the merchant ships of all states, and the
    coast states may ask for:

    - a pilot on board,

    - a notice of eight days.

    > No ship shall wait longer than the tide makes it wait.

    | Year | Ships |

    | 2019 | 4,100 |

    The figures are those of the harbour master.

    --- exit 0
    ");
}

/// A passage is shown with its neighbours, as many as are asked for.
#[test]
fn show_prints_a_passage_with_its_neighbours() {
    let paragraph =
        |name: &str| format!("{name} {}", "tells what was loaded there and by whom it was. ".repeat(12));
    let text = ["North", "East", "South", "West"].map(paragraph).join("\n\n");
    let record = serde_json::json!({ "id": "quays", "title": "Quays", "text": text });
    let sandbox = Sandbox::with_records(&format!("{record}\n"));
    let shown = |arguments: &[&str]| -> Vec<String> {
        let outcome = sandbox.ibid(&[&["show", "quays.2"], arguments].concat()).exits(0);
        let marks = outcome.stdout.lines().filter(|line| line.starts_with('['));
        marks.map(str::to_owned).collect()
    };
    assert_eq!(shown(&[]), ["[quays.1]", "[quays.2] <", "[quays.3]"]);
    assert_eq!(shown(&["-C", "0"]), ["[quays.2] <"]);
    assert_eq!(shown(&["--context", "9"]), ["[quays.1]", "[quays.2] <", "[quays.3]", "[quays.4]"]);
    let outcome = sandbox.ibid(&["show", "quays.2", "--format", "json"]).exits(0).json();
    let ids: Vec<String> = outcome["passages"].as_array().unwrap().iter().map(|p| field(p, "id")).collect();
    assert_eq!(ids, ["quays.1", "quays.2", "quays.3"]);
    assert_eq!(field(&outcome, "article"), "quays");
}

/// The passages that `show` numbers are those that `query` names.
#[test]
fn show_finds_what_query_names() {
    let archive = archive();
    for hit in archive.hits("river OR embargo") {
        let shown =
            archive.ibid(&["show", &field(&hit, "id"), "-C", "0", "--format", "json"]).exits(0).json();
        assert_eq!(shown["passages"][0]["text"], hit["text"]);
        assert_eq!(shown["locator"], hit["locator"]);
    }
}

/// An id that there isn't, and a passage that the article doesn't have, are told with a hint.
#[test]
fn an_unknown_id_finds_nothing() {
    let archive = archive();
    insta::assert_snapshot!(archive.ibid(&["show", "nowhere"]).all(), @r"
    --- stderr
    error: no article or passage `nowhere` in the index
    hint: ids stand under each answer of `ibid query`
    --- exit 1
    ");
    for id in ["indus.", ".1", "", "indus.1.1", "INDUS"] {
        archive.ibid(&["show", id]).exits(1).complains("no article or passage");
    }
    archive.ibid(&["show", &"x".repeat(9_000)]).exits(1).complains(&format!("`{}…`", "x".repeat(200)));
}

/// A passage that an article doesn't have was told as an unknown id.
#[test]
fn a_passage_that_there_is_not_tells_how_many_there_are() {
    let archive = archive();
    insta::assert_snapshot!(archive.ibid(&["show", "indus.99"]).all(), @r"
    --- stderr
    error: no passage `indus.99`: the article `indus` has 1 passage, `indus.1`
    --- exit 1
    ");
    for id in ["indus.0", "indus.99999999999999999999"] {
        archive.ibid(&["show", id]).exits(1).complains("the article `indus` has 1 passage");
    }
}

/// Two files that give an article the same id: each is shown by the id that ibid gave it.
#[test]
fn an_id_that_two_articles_have_is_not_guessed() {
    let sandbox = Sandbox::new();
    sandbox.write("a.jsonl", "{\"id\":\"7\",\"text\":\"Sluices.\"}\n");
    sandbox.write("b.jsonl", "{\"id\":\"7\",\"text\":\"Weirs.\"}\n");
    sandbox.ingest(&["a.jsonl", "b.jsonl"]);
    let outcome = sandbox.ibid(&["show", "7.1"]).exits(2).complains("`7.1` names 2 things");
    let own = outcome.stderr.lines().find(|line| line.contains("b.jsonl")).unwrap();
    let own = own.split_whitespace().next().unwrap();
    assert!(sandbox.ibid(&["show", own]).exits(0).stdout.contains("Weirs."));
    assert!(own.ends_with(".1"), "a passage was asked for: {own}");
    // Answers gave the id that names two articles.
    for format in ["jsonl", "trec"] {
        let answer = sandbox.ibid(&["query", "weirs", "--format", format]).exits(0).stdout;
        assert!(answer.contains(own.trim_end_matches(".1")), "{answer}");
    }
}

/// The id under an answer showed another article, whose own id was the same.
#[test]
fn an_id_of_a_passage_and_of_an_article_is_not_guessed() {
    let sandbox = Sandbox::with_records(
        "{\"id\":\"1\",\"text\":\"Sluices.\"}\n{\"id\":\"1.1\",\"text\":\"Weirs.\"}\n\
         {\"id\":\"1.2\",\"text\":\"Locks.\"}\n",
    );
    let told = sandbox.ibid(&["show", "1.1"]).exits(2).complains("`1.1` names 2 things").stderr;
    let own: Vec<&str> = told.lines().skip(1).filter_map(|line| line.split_whitespace().next()).collect();
    for (id, text) in own.iter().zip(["Weirs.", "Sluices."]) {
        assert!(sandbox.ibid(&["show", id]).exits(0).stdout.contains(text), "{id}");
    }
    let hit = |word: &str| sandbox.hits(word)[0].clone();
    assert_eq!(
        (field(&hit("sluices"), "article"), field(&hit("sluices"), "id")),
        ("1".into(), own[1].into())
    );
    assert_eq!(field(&hit("weirs"), "article"), own[0]);
    assert_eq!(field(&hit("locks"), "id"), "1.2.1", "nothing else is called `1.2`");
    for word in ["sluices", "weirs", "locks"] {
        let shown = sandbox.ibid(&["show", &field(&hit(word), "id"), "--format", "json"]).exits(0).json();
        assert_eq!(shown["passages"][0]["text"], hit(word)["text"]);
        assert_eq!(shown["passages"][0]["id"], hit(word)["id"]);
    }
}

/// Of an article of a year days were told that it doesn't state.
#[test]
fn stats_tell_dates_as_precisely_as_they_are_known() {
    let published = |dates: &[&str]| {
        let record = |date: &&str| format!("{{\"text\":\"Sluices {date}.\",\"published\":\"{date}\"}}\n");
        let sandbox = Sandbox::with_records(&dates.iter().map(record).collect::<String>());
        let text = sandbox.ibid(&["stats"]).exits(0).stdout;
        let line = text.lines().find_map(|line| line.strip_prefix("published  ")).unwrap().to_owned();
        (line, sandbox.ibid(&["stats", "--format", "json"]).json()["published"].to_string())
    };
    assert_eq!(published(&["2020"]), ("2020".into(), "[\"2020\",\"2020\"]".into()));
    assert_eq!(published(&["2019-03", "2020-01-05"]).0, "2019-03 to 2020-01-05");
}

/// An empty index was said to have no languages after a blank, and a size of nothing.
#[test]
fn stats_of_an_empty_index_say_what_there_is() {
    let sandbox = Sandbox::new();
    sandbox.write("a.css", "p {}");
    sandbox.ibid(&["ingest", "a.css"]).exits(1);
    let stats = sandbox.ibid(&["stats"]).exits(0).stdout;
    assert!(stats.ends_with(" kB in 1 segment\n") && !stats.contains("languages"), "{stats}");
    assert!(stats.lines().all(|line| line.trim_end() == line), "{stats}");
}

/// The statistics count articles, passages, languages and inputs.
#[test]
fn stats_count_what_is_there() {
    let archive = archive();
    archive.write("style.css", "p {}");
    archive.write("copy.txt", "A copy of nothing.\n");
    archive.write("copy2.txt", "A copy of nothing.\n");
    archive.ingest(&["style.css", "copy.txt", "copy2.txt"]);
    let outcome = archive.ibid(&["stats"]);
    let on_disk = outcome.stdout.lines().last().unwrap();
    assert!(on_disk.starts_with("on disk    ") && on_disk.contains(" kB in "), "{on_disk}");
    insta::assert_snapshot!(outcome.stdout.replace(on_disk, "on disk    [SIZE]"), @r"
    articles   7
    passages   7
    published  2019-03-04 to 2023-01-15
    languages  en 6, fr 1
    inputs     container 1, duplicate 1, indexed 7, skipped 1
    versions   analyzer 12, schema 11
    on disk    [SIZE]
    ");
    let stats = archive.ibid(&["stats", "--format", "json"]).exits(0).json();
    assert_eq!(stats["articles"], 7);
    assert_eq!(stats["inputs"]["duplicate"], 1);
    assert_eq!(stats["languages"][0]["language"], "en");
    assert!(stats["bytes"].as_u64().unwrap() > 1000);
}

/// `extract` prints what a page is understood as, touches no index, and says where each thing was found.
#[test]
fn extract_prints_articles_without_an_index() {
    let sandbox = Sandbox::new();
    sandbox.write("strait.html", strait());
    let outcome = sandbox.ibid(&["extract", "strait.html"]).exits(0);
    assert!(outcome.stdout.starts_with("title      The strait  (headline"), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("\n- a pilot on board,\n"));
    assert!(outcome.stdout.contains("\n> No ship shall wait longer than the tide makes it wait.\n"));
    assert!(outcome.stdout.contains("\n| 2019 | 4,100 |\n"));
    assert!(!outcome.stdout.contains("Imprint"));
    assert!(!sandbox.path("index").exists());
}

/// As JSON Lines, an article has the fields of the contract, and its blocks cut its text.
#[test]
fn extract_prints_articles_as_json() {
    let sandbox = Sandbox::new();
    sandbox.write("in/strait.html", strait());
    sandbox.write("in/r.jsonl", "{\"id\":\"1\",\"title\":\"Sluices\",\"text\":\"The sluice was opened.\"}\n");
    let articles = sandbox.ibid(&["extract", "in", "--format", "jsonl"]).exits(0).lines();
    assert_eq!(articles.len(), 2);
    for article in &articles {
        for name in
            ["locator", "url", "title", "authors", "publisher", "published", "modified", "language", "text"]
        {
            assert!(article.get(name).is_some(), "{name} is missing");
        }
        let text = field(article, "text");
        let blocks = article["blocks"].as_array().unwrap();
        let cut = blocks.iter().map(|block| {
            let offset = |name: &str| usize::try_from(block[name].as_u64().unwrap()).unwrap();
            &text[offset("start")..offset("end")]
        });
        assert!(cut.clone().all(|block| !block.is_empty() && block.trim() == block));
        assert_eq!(
            cut.collect::<String>().split_whitespace().collect::<String>(),
            text.split_whitespace().collect::<String>()
        );
    }
    assert_eq!(field(&articles[0], "locator"), "[DIR]/in/r.jsonl#1");
    assert_eq!(field(&articles[1], "url"), "https://example.org/strait");
    assert_eq!(
        articles[0]["provenance"][0],
        serde_json::json!({"field": "title", "source": "record", "confidence_percent": 100})
    );
}

/// What can't be extracted is named, and the rest is printed.
#[test]
fn extract_sets_aside_what_it_cannot_read() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page_with("Sluices", "", &text_about("sluices")));
    sandbox.write("in/b.html", [0_u8, 1, 2, 3].repeat(100));
    let outcome = sandbox.ibid(&["extract", "in"]).exits(3).complains("set aside: [DIR]/in/b.html: ");
    assert!(outcome.stdout.contains("Sluices"));
    sandbox.write("none/style.css", "p {}");
    sandbox.ibid(&["extract", "none"]).exits(1);
    sandbox.ibid(&["extract", "nowhere"]).exits(2).complains("nowhere: no such file or folder");
}
