//! Answers as tables, as notes in Markdown and as a page: what they look like, and that nothing of an article acts in
//! them.

use scraper::{Html, Selector};

use crate::archive::archive;
use crate::harness::{Sandbox, field};

/// What pages may try.
const HOSTILE: &str = "\"><script>alert(1)</script><img src=x onerror='alert(2)'> =1+1";

/// An article all of whose parts are hostile.
fn hostile_archive() -> Sandbox {
    let text = format!("{HOSTILE} weir\n\n# weir\n\n[weir](javascript:alert(3)) | `weir` *weir* <b>weir</b>");
    let record = serde_json::json!({
        "id": "=SUM(A1)", "title": HOSTILE, "authors": [HOSTILE, "@b"], "publisher": "+c", "language": "en",
        "url": "javascript://example.org/%0aalert(4)", "text": text,
    });
    Sandbox::with_records(&format!("{record}\n"))
}

fn printed(sandbox: &Sandbox, query: &str, format: &str) -> String {
    let outcome = sandbox.ibid(&["query", query, "--format", format]).exits(0);
    outcome.stdout.replace(sandbox.path("x").to_str().unwrap().trim_end_matches("/x"), "[DIR]")
}

/// A score is the formula's of the day.
fn without_score(table: &str, separator: char) -> String {
    let line = |line: &str| {
        let mut cells: Vec<&str> = line.splitn(4, separator).collect();
        if cells[2] != "score" {
            cells[2] = "[SCORE]";
        }
        cells.join(&separator.to_string()) + "\n"
    };
    table.lines().map(line).collect()
}

#[test]
fn a_table_has_a_passage_a_line() {
    let csv = without_score(&printed(&archive(), "\"peace treaty\" OR embargo", "csv"), ',');
    insta::assert_snapshot!(csv, @r#"
    query,rank,score,id,article,passage,title,authors,publisher,published,language,url,locator,heading,page,text
    """peace treaty"" OR embargo",1,[SCORE],sanctions.1,sanctions,1,Sanctions and the shipping trade,Ana Ruiz,The Harbour Review,2021,en,,[DIR]/records.jsonl#sanctions,,,"Sanctions were tightened twice that year. Ships turned off their signals, and insurers asked for more. An embargo on oil followed."
    """peace treaty"" OR embargo",2,[SCORE],treaty.1,treaty,1,A peace treaty in sight,Ana Ruiz,The Northern Ledger,2022-06,en,,[DIR]/records.jsonl#treaty,,,Negotiators expect a treaty before the winter. What it says of the river is not known.
    "#);
    let tsv = without_score(&printed(&archive(), "canals", "tsv"), '\t');
    insta::assert_snapshot!(tsv.replace('\t', "|"), @r"
    query|rank|score|id|article|passage|title|authors|publisher|published|language|url|locator|heading|page|text
    canals|1|[SCORE]|undated.1|undated|1|Notes on canals||||en||[DIR]/records.jsonl#undated|||Canals carry grain, and they carry it slowly. Nobody wrote down when these notes were made.
    ");
}

#[test]
fn a_note_quotes_each_passage_with_its_source() {
    insta::assert_snapshot!(printed(&archive(), "treaty rivers lang:en", "markdown"), @r#"
    > Negotiators expect a **treaty** before the winter.
    >
    > What it says of the **river** is not known.
    >
    > — Ana Ruiz: A peace treaty in sight. The Northern Ledger, 2022-06, records.jsonl#treaty. treaty.1

    > Water policy on the upper **river** is made by two governments.
    >
    > The **treaty** gives each of them three tributaries, and a commission meets every spring to count the water.
    >
    > — Amara Finch: [Two governments share the Indus](<https://example.org/indus>). The Harbour Review, 2019-03-04. indus.1

    > The pumps that lift oil need water as well.
    >
    > A policy of reuse would spare the **river** below the fields.
    >
    > — Bo Chen, Amara Finch: Water behind the oil fields. The Northern Ledger, 2020-06-30, records.jsonl#oil. oil.1

    3 passages; 3 articles match
    "#);
}

#[test]
fn a_page_shows_each_passage_with_its_source() {
    let page = printed(&archive(), "\"peace treaty\" OR fleuve", "html");
    let (before, rest) = page.split_once("<style>").unwrap();
    let (_, behind) = rest.split_once("</style>").unwrap();
    insta::assert_snapshot!(format!("{before}<style></style>{behind}"), @r#"
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
    <meta name="referrer" content="no-referrer">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>&quot;peace treaty&quot; OR fleuve · ibid</title>
    <style></style>
    </head>
    <body>
    <main>
    <section>
    <h1 dir="auto">&quot;peace treaty&quot; OR fleuve</h1>
    <ol>
    <li value="1" lang="fr">
    <h2 dir="auto">La politique de l&#39;eau</h2>
    <p class="about" dir="auto">L&#39;Observatoire · Hélène Dufour · <time>2023-01-15</time></p>
    <blockquote dir="auto">
    <p>La politique de l&#39;eau dépend de deux gouvernements.</p>
    <p>Le traité sur le <mark>fleuve</mark> date d&#39;une autre époque, et personne ne veut le rouvrir.</p>
    </blockquote>
    <p class="about" dir="auto"><code>eau.1</code> records.jsonl#eau</p>
    </li>
    <li value="2" lang="en">
    <h2 dir="auto">A <mark>peace treaty</mark> in sight</h2>
    <p class="about" dir="auto">The Northern Ledger · Ana Ruiz · <time>2022-06</time></p>
    <blockquote dir="auto">
    <p>Negotiators expect a treaty before the winter.</p>
    <p>What it says of the river is not known.</p>
    </blockquote>
    <p class="about" dir="auto"><code>treaty.1</code> records.jsonl#treaty</p>
    </li>
    </ol>
    <p class="about">2 passages; 2 articles match</p>
    </section>
    </main>
    </body>
    </html>
    "#);
}

/// The columns are those that the document has, in its order.
#[test]
fn the_columns_are_documented() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/output.md");
    let document = std::fs::read_to_string(path).unwrap();
    let (_, behind) = document.split_once("### Tables").unwrap();
    let (_, list) = behind.split_once("Its columns are ").unwrap();
    let (list, _) = list.split_once(". ").unwrap();
    let documented: Vec<&str> = list.split('`').skip(1).step_by(2).collect();
    assert_eq!(printed(&archive(), "canals", "csv").lines().next().unwrap(), documented.join(","));
}

/// The cells of a table are those of JSON Lines, on one line each.
#[test]
fn a_table_is_read_as_it_was_written() {
    let archive = archive();
    for (format, separator) in [("csv", b','), ("tsv", b'\t')] {
        let table = printed(&archive, "water policy", format);
        let mut rows = csv::ReaderBuilder::new().delimiter(separator).from_reader(table.as_bytes());
        let names = rows.headers().unwrap().clone();
        let hits = archive.hits("water policy");
        let rows: Vec<csv::StringRecord> = rows.records().collect::<Result<_, _>>().unwrap();
        assert_eq!(rows.len(), hits.len());
        for (row, hit) in rows.iter().zip(&hits) {
            for name in ["id", "article", "language", "title", "text", "locator"] {
                let cell = &row[names.iter().position(|known| known == name).unwrap()];
                let text = field(hit, name);
                let words: Vec<&str> = text.split_whitespace().collect();
                assert_eq!(cell, words.join(" "), "{format} {name}");
            }
            assert_eq!(&row[1], hit["rank"].to_string());
        }
    }
}

/// What a spreadsheet would take for a formula has an apostrophe before it.
#[test]
fn no_cell_is_a_formula() {
    let sandbox = hostile_archive();
    for (format, separator) in [("csv", b','), ("tsv", b'\t')] {
        let table = printed(&sandbox, "weir", format);
        let mut rows = csv::ReaderBuilder::new()
            .delimiter(separator)
            .quoting(format == "csv")
            .from_reader(table.as_bytes());
        let row = rows.records().next().unwrap().unwrap();
        assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{row:?}");
        assert!(row.iter().any(|cell| cell == "'+c"), "{row:?}");
        assert_eq!(row.len(), 16);
    }
}

/// A browser makes nothing of a page's text but text, whatever it holds.
#[test]
fn nothing_of_an_article_acts_on_a_page() {
    let sandbox = hostile_archive();
    let page = Html::parse_document(&printed(&sandbox, "weir", "html"));
    let all = Selector::parse("body *").unwrap();
    let known =
        ["main", "section", "h1", "h2", "ol", "ul", "li", "p", "mark", "blockquote", "code", "time", "a"];
    for element in page.select(&all) {
        let name = element.value().name();
        assert!(known.contains(&name), "{name}");
        let attributes = element.value().attrs().map(|(name, _)| name);
        assert!(
            attributes.clone().all(|name| ["class", "dir", "lang", "value", "href"].contains(&name)),
            "{name}"
        );
    }
    let links = Selector::parse("a").unwrap();
    assert_eq!(page.select(&links).count(), 0, "no link to a script");
    let title: String = page.select(&Selector::parse("h2").unwrap()).next().unwrap().text().collect();
    assert_eq!(title, HOSTILE);
}

/// A link leads to the passage in its page, by the words that it begins and ends with.
#[test]
fn a_link_leads_to_the_passage() {
    let page = Html::parse_document(&printed(&archive(), "commission", "html"));
    let link = page.select(&Selector::parse("a").unwrap()).next().unwrap();
    let expected = "https://example.org/indus#:~:text=Water%20policy%20on%20the%20upper%20river,\
                    every%20spring%20to%20count%20the%20water.";
    assert_eq!(link.attr("href"), Some(expected));
}

/// Nor in a note.
#[test]
fn nothing_of_an_article_is_markup_in_a_note() {
    let note = printed(&hostile_archive(), "weir", "markdown");
    assert!(!note.contains('<'), "{note}");
    assert!(note.contains("> \\# **weir**"), "{note}");
    assert!(note.contains("\\[**weir**\\](javascript:alert(3)) \\| \\`**weir**\\` \\***weir**\\*"), "{note}");
}

/// Of many queries there is one line of names and one page; a faulty one costs itself.
#[test]
fn many_queries_are_one_table_and_one_page() {
    let archive = archive();
    archive.write("queries.tsv", "a\tembargo\nb\tdate:20x0\nc\tcanals\n");
    let printed = |format: &str| {
        archive.ibid(&["query", "--queries", "queries.tsv", "--format", format]).exits(2).stdout
    };
    let table = printed("csv");
    let firsts: Vec<&str> = table.lines().filter_map(|line| line.split(',').next()).collect();
    assert_eq!(firsts, ["query", "a", "c"]);
    let page = printed("html");
    for part in ["<!DOCTYPE html>", "</html>", "a: embargo", "c: canals"] {
        assert_eq!(page.matches(part).count(), 1, "{part}");
    }
    assert!(printed("markdown").contains("## c: canals\n\n> "));
    // What is at fault and alone leaves no half of anything.
    for format in ["csv", "html"] {
        assert_eq!(archive.ibid(&["query", "date:20x0", "--format", format]).exits(2).stdout, "");
    }
}
