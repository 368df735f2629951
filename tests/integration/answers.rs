//! How answers look: highlights, each format, many queries in one run, streams that end early.

use serde_json::Value;

use crate::archive::archive;
use crate::harness::{Outcome, Sandbox, field};
use crate::pages::page_with;

/// The parts of a field's text that its highlights cut out.
fn cut(hit: &Value, text: &str, highlights: &str) -> Vec<String> {
    let text = field(hit, text);
    let offset = |span: &Value, name: &str| usize::try_from(span[name].as_u64().unwrap()).unwrap();
    let spans = hit[highlights].as_array().unwrap().iter();
    spans.map(|span| text[offset(span, "start")..offset(span, "end")].to_owned()).collect()
}

/// Scores depend on the formula of the day; their order is the rank's.
fn without_scores(outcome: &Outcome) -> String {
    let mut out = String::new();
    for part in outcome.all().split_inclusive([',', ' ', '\n']) {
        let is_number =
            part.trim_end().len() > 3 && part.trim_end().parse::<f64>().is_ok() && part.contains('.');
        let end = &part[part.trim_end_matches([',', ' ', '\n']).len()..];
        match part.split_once("\"score\":") {
            Some((before, _)) => out.push_str(&format!("{before}\"score\":[SCORE]{end}")),
            None if is_number => out.push_str(&format!("[SCORE]{end}")),
            None => out.push_str(part),
        }
    }
    out
}

/// Highlights are byte offsets into the text: they cut out what matched, in the form that it has there.
#[test]
fn highlights_cut_out_what_matched() {
    let archive = archive();
    let cuts = |query: &str| -> Vec<String> {
        archive.hits(query).iter().flat_map(|hit| cut(hit, "text", "highlights")).collect()
    };
    assert_eq!(cuts("governments lang:en"), ["governments"]);
    assert_eq!(cuts("\"water policy\" commission"), ["Water policy", "commission"]);
    assert_eq!(cuts("tributary"), ["tributaries"]);
    // Behind letters of two bytes.
    assert_eq!(cuts("epoque"), ["époque"]);
    assert_eq!(cuts("traite fleuve"), ["traité", "fleuve"]);
    // What is excluded isn't what matched, nor is a condition.
    assert_eq!(cuts("winter -oil author:ruiz"), ["winter"]);
}

/// A phrase that runs across the end of a passage is marked in halves, whether that is the end of a sentence or the cut
/// of one that is too long; in a snippet too.
#[test]
fn a_phrase_across_the_end_of_a_passage_is_marked_in_halves() {
    let sentences = "Policy on canals is what the upper towns ask of whoever has the water. ".repeat(40);
    let one_sentence = format!("The {}", "water policy ".repeat(400));
    for (text, [first, second]) in [(&sentences, ["water.", "Policy"]), (&one_sentence, ["water", "policy"])]
    {
        let record = serde_json::json!({"id": "canals", "language": "en", "text": text.trim_end()});
        let sandbox = Sandbox::with_records(&format!("{record}\n"));
        let mut hits = sandbox.hits("\"water policy\"");
        hits.sort_by_key(|hit| hit["passage"].as_u64());
        assert!(hits.len() > 2, "{} passages", hits.len());
        let mut halves = 0;
        for pair in hits.windows(2) {
            let [before, after] = [0, 1].map(|at| cut(&pair[at], "text", "highlights"));
            let ends_in_half = before.last().is_some_and(|last| last == first);
            halves += usize::from(ends_in_half);
            assert_eq!(
                ends_in_half,
                after.first().is_some_and(|half| half == second),
                "{before:?} {after:?}"
            );
        }
        assert!(halves > 0, "no passage ends within a phrase");
        for columns in ["20", "90", "480"] {
            sandbox.ibid(&["query", "\"water policy\"", "--snippet-chars", columns]).exits(0);
        }
    }
}

/// A snippet shows what matched where that runs across the end of a sentence, begins with a sentence that begins near,
/// and is no wider than asked where signs are of several characters.
#[test]
fn snippets_show_what_matched_in_the_room_that_they_have() {
    let across = "A long first sentence talks of many things that the council had in mind when it met in the spring \
                  of that year to settle the old matter of deterrence. The United Kingdom then sent a very long \
                  letter to all the governors of the provinces who had come to the capital city.";
    let near = "We now know that the treaty of the northern provinces was never signed by either of the two \
                parties to the war, they said at last.";
    let heart = "\u{2764}\u{fe0f}";
    let hearts = format!("{} zebra {}", heart.repeat(10), heart.repeat(20));
    let record = |(id, text): (usize, &str)| {
        serde_json::json!({"id": format!("t{id}"), "language": "en", "text": text}).to_string() + "\n"
    };
    let lines: String = [across, near, &hearts].into_iter().enumerate().map(record).collect();
    let sandbox = Sandbox::with_records(&lines);
    let shown = |query: &str, columns: &str| -> String {
        let outcome = sandbox.ibid(&["query", query, "--snippet-chars", columns]);
        let lines: Vec<&str> =
            outcome.stdout.lines().skip(1).take_while(|line| !line.contains(".jsonl#")).collect();
        lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        shown("\"matter united\"~5", "100"),
        "… to settle the old *matter of deterrence. The United* Kingdom then sent a very long letter to all …"
    );
    assert_eq!(shown("treaty", "60"), "We now know that the *treaty* of the northern provinces …");
    assert_eq!(shown("zebra", "30"), format!("{} *zebra* …", heart.repeat(10)));
}

/// The title has highlights of its own.
#[test]
fn titles_are_highlighted_too() {
    let archive = archive();
    let hit = &archive.hits("title:\"peace treaty\"")[0];
    assert_eq!(cut(hit, "title", "title_highlights"), ["peace treaty"]);
}

/// The text format has the title, the source, what matched between asterisks, the id and where it is from.
#[test]
fn text_for_people() {
    let outcome = archive().ibid(&["query", "treaty commission", "-n", "2"]);
    insta::assert_snapshot!(outcome.all(), @r"
     1. Two governments share the Indus
        The Harbour Review · Amara Finch · 2019-03-04
        Water policy on the upper river is made by two governments. The *treaty*
        gives each of them three tributaries, and a *commission* meets every spring
        to count the water.
        indus.1  https://example.org/indus

     2. A peace *treaty* in sight
        The Northern Ledger · Ana Ruiz · 2022-06
        Negotiators expect a *treaty* before the winter. What it says of the river
        is not known.
        treaty.1  records.jsonl#treaty

    2 passages; 2 articles match
    --- exit 0
    ");
}

/// A passage says which headings it stands under, the way down to it.
#[test]
fn passages_tell_their_headings() {
    let sandbox = Sandbox::new();
    let text = "The strait is narrow and the tide in it is strong, so pilots are taken on board by every ship.</p>\n\
                <h2>The convention</h2><p>Passage is free in times of peace for the merchant ships of all states.</p>\n\
                <h3>Fees</h3><p>Dues are paid in gold francs, at a rate that has not been changed since it was set.";
    let head = "<link rel=\"canonical\" href=\"https://example.org/strait\">";
    sandbox.write("strait.html", page_with("The strait", head, text));
    sandbox.ingest(&["strait.html"]);
    let hit = &sandbox.hits("\"gold francs\"")[0];
    assert_eq!(hit["heading"], serde_json::json!(["The convention", "Fees"]));
    insta::assert_snapshot!(sandbox.ibid(&["query", "\"gold francs\""]).all(), @r"
     1. The strait
        example.org
        § The convention › Fees
        Dues are paid in *gold francs*, at a rate that has not been changed since it
        was set.
        weh7h58ev22y.3  https://example.org/strait

    1 passage; 1 article matches
    --- exit 0
    ");
}

/// JSON is one object with the hits and what was understood.
#[test]
fn json_is_one_object() {
    let archive = archive();
    let outcome = archive.ibid(&["query", "embargo", "--format", "json"]);
    insta::assert_snapshot!(without_scores(&outcome), @r#"
    {"version":1,"query":"embargo","understood":"embargo","also":[],"total":1,"hits":[{"rank":1,"score":[SCORE],"article":"sanctions","passage":1,"id":"sanctions.1","title":"Sanctions and the shipping trade","title_highlights":[],"authors":["Ana Ruiz"],"publisher":"The Harbour Review","published":"2021","language":"en","url":null,"locator":"[DIR]/records.jsonl#sanctions","citation":"records.jsonl#sanctions","heading":[],"page":null,"text":"Sanctions were tightened twice that year.\n\nShips turned off their signals, and insurers asked for more. An embargo on oil followed.","highlights":[{"start":107,"end":114,"char_start":107,"char_end":114}],"copies":null,"why":null}],"facets":{"language":[{"value":"en","count":1}],"publisher":[{"value":"The Harbour Review","count":1}],"year":[{"value":"2021","count":1}],"more_publishers":0},"warnings":[],"diagnosis":null,"error":null}
    --- exit 0
    "#);
    let nothing = archive.ibid(&["query", "zeppelin", "--format", "json"]);
    insta::assert_snapshot!(nothing.all(), @r#"
    {"version":1,"query":"zeppelin","understood":"zeppelin","also":[],"total":0,"hits":[],"facets":{"language":[],"publisher":[],"year":[],"more_publishers":0},"warnings":[],"diagnosis":{"terms":[{"term":"zeppelin","articles":0,"suggestion":null,"variants":[]}],"left_out":[],"conditions":[],"without":[]},"error":null}
    --- stderr
    note: no article has `zeppelin`
    --- exit 1
    "#);
}

/// JSON Lines is a passage a line, with every field that the contract names.
#[test]
fn jsonl_is_a_passage_a_line() {
    let archive = archive();
    let outcome = archive.ibid(&["query", "embargo", "--format", "jsonl"]);
    insta::assert_snapshot!(without_scores(&outcome), @r#"
    {"version":1,"query":"embargo","rank":1,"score":[SCORE],"article":"sanctions","passage":1,"id":"sanctions.1","title":"Sanctions and the shipping trade","title_highlights":[],"authors":["Ana Ruiz"],"publisher":"The Harbour Review","published":"2021","language":"en","url":null,"locator":"[DIR]/records.jsonl#sanctions","citation":"records.jsonl#sanctions","heading":[],"page":null,"text":"Sanctions were tightened twice that year.\n\nShips turned off their signals, and insurers asked for more. An embargo on oil followed.","highlights":[{"start":107,"end":114,"char_start":107,"char_end":114}],"copies":null,"why":null}
    --- exit 0
    "#);
    let hit = &archive.hits("river")[0];
    for name in [
        "query",
        "rank",
        "score",
        "article",
        "passage",
        "id",
        "title",
        "authors",
        "publisher",
        "published",
        "language",
        "url",
        "locator",
        "citation",
        "heading",
        "text",
        "highlights",
    ] {
        assert!(hit.get(name).is_some(), "{name} is missing");
    }
    assert_eq!(field(hit, "id"), format!("{}.{}", field(hit, "article"), hit["passage"]));
}

/// TREC's format is a line an article, however many of its passages match, ranked from 1.
#[test]
fn trec_is_an_article_a_line() {
    let outcome = archive().ibid(&["query", "river OR embargo", "--format", "trec"]);
    assert_eq!(outcome.stdout.lines().count(), 4);
    let second = outcome.stdout.lines().nth(1).unwrap().split(' ').collect::<Vec<_>>();
    assert_eq!((second[0], second[1], second[3], second[5]), ("river%20OR%20embargo", "Q0", "2", "ibid"));
    let nothing = archive().ibid(&["query", "zeppelin", "--format", "trec"]).exits(1);
    assert_eq!(nothing.stdout, "");
}

/// Many queries are answered in one run, each under its own id, from a file or from standard input.
#[test]
fn queries_come_from_a_file_or_from_standard_input() {
    let archive = archive();
    let queries = "q1\tembargo\n\nq 2\tzeppelin\nq3\ttitle:canals\n";
    archive.write("queries.tsv", queries);
    let from_file = archive.ibid(&["query", "--queries", "queries.tsv", "--format", "trec"]);
    insta::assert_snapshot!(without_scores(&from_file), @r"
    q1 Q0 sanctions 1 [SCORE] ibid
    q3 Q0 undated 1 [SCORE] ibid
    --- stderr
    note: query q 2: no article has `zeppelin`
    --- exit 0
    ");
    let mut command = archive.command(&["query", "--queries", "-", "--format", "trec"]);
    assert_eq!(archive.run_with_input(command, queries).stdout, from_file.stdout);
    command = archive.command(&["query", "--queries", "-", "--format", "jsonl"]);
    let names: Vec<String> =
        archive.run_with_input(command, queries).lines().iter().map(|hit| field(hit, "query")).collect();
    assert_eq!(names, ["q1", "q3"]);
}

/// Two queries of one id were answered under it, and their answers couldn't be told apart; then the second cost all
/// others.
#[test]
fn a_second_query_of_one_id_costs_itself() {
    let archive = archive();
    archive.write("queries.tsv", "q1\tembargo\n\n q1 \tcanals\nq2\ttitle:canals\n");
    let outcome = archive.ibid(&["query", "--queries", "queries.tsv", "--format", "trec"]).exits(2);
    let outcome = outcome.complains("queries.tsv line 3: a second query is called `q1`");
    let names: Vec<&str> = outcome.stdout.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(names, ["q1", "q2"]);
}

/// Of sixty years forty weren't there, and nothing said so.
#[test]
fn years_are_counted_whole_and_publishers_that_are_left_out_are_told() {
    let record = |at: usize| {
        let year = 1960 + at;
        format!("{{\"text\":\"Okapi {at}.\",\"publisher\":\"P{:02}\",\"published\":\"{year}\"}}\n", at % 25)
    };
    let sandbox = Sandbox::with_records(&(0..60).map(record).collect::<String>());
    let answer = sandbox.ibid(&["query", "okapi", "--format", "json", "-n", "0"]).json();
    let facets = &answer["facets"];
    let count = |name: &str| facets[name].as_array().unwrap().len();
    assert_eq!((count("year"), count("publisher"), &facets["more_publishers"]), (60, 20, &5.into()));
    assert_eq!(facets["publisher"][0], serde_json::json!({"value": "P00", "count": 3}));
}

/// Scores began at zero again on each page, and fell below it where nothing is ranked by.
#[test]
fn scores_of_a_run_fall_from_page_to_page() {
    let archive = archive();
    for query in ["-embargo", "river OR embargo", "lang:en"] {
        let page = |offset: &str| {
            let arguments = ["query", query, "--format", "trec", "-n", "2", "--offset", offset];
            archive.ibid(&arguments).stdout
        };
        let pages = [page("0"), page("2"), page("4")].concat();
        assert_eq!(pages, archive.ibid(&["query", query, "--format", "trec"]).stdout);
        let scores: Vec<f64> =
            pages.lines().map(|line| line.split(' ').nth(4).unwrap().parse().unwrap()).collect();
        assert!(scores.len() > 3 && scores.windows(2).all(|pair| pair[0] > pair[1]), "{query}: {scores:?}");
        assert!(scores.iter().all(|&score| score > 0.0), "{query}: {scores:?}");
    }
}

/// Of two articles whose ids differ in a blank one was left out, and its rank was missing.
#[test]
fn every_name_has_a_column_of_its_own() {
    let ids = ["a b", "a_b", "a%20b"];
    let record =
        |id: &&str| serde_json::json!({"id": id, "text": format!("Numbats, {id}.")}).to_string() + "\n";
    let sandbox = Sandbox::with_records(&ids.iter().map(record).collect::<String>());
    let run = sandbox.ibid(&["query", "numbats", "--format", "trec"]).exits(0).stdout;
    let mut columns: Vec<&str> = run.lines().map(|line| line.split(' ').nth(2).unwrap()).collect();
    columns.sort_unstable();
    assert_eq!(columns, ["a%20b", "a%2520b", "a_b"]);
    let ranks: Vec<&str> = run.lines().map(|line| line.split(' ').nth(3).unwrap()).collect();
    assert_eq!(ranks, ["1", "2", "3"]);
}

/// A query among many that can't be understood is named, and the others are answered.
#[test]
fn one_faulty_query_among_many_costs_itself() {
    let archive = archive();
    archive.write("queries.tsv", "q1\tembargo\nq2\tdate:2020-13\nq3\ttitle:canals\n");
    let outcome = archive.ibid(&["query", "--queries", "queries.tsv", "--format", "trec"]);
    insta::assert_snapshot!(without_scores(&outcome), @r#"
    q1 Q0 sanctions 1 [SCORE] ibid
    q3 Q0 undated 1 [SCORE] ibid
    --- stderr
    error: query q2: `2020-13` is not a date
    date:2020-13
         ^^^^^^^
    hint: write a date as 2020, 2020-06, 2020-06-30, 2020-Q2, "June 2020" or "30 June 2020"
    --- exit 2
    "#);
}

/// A file of queries that isn't one says in which line.
#[test]
fn a_file_of_queries_without_tabs_is_an_error() {
    let archive = archive();
    archive.write("queries.tsv", "q1\tembargo\ntwo words\n");
    let command = ["query", "--queries", "queries.tsv"];
    archive.ibid(&command).exits(2).complains("queries.tsv line 2: no id and tab before the query");
    archive.ibid(&["query", "--queries", "none.tsv"]).exits(2).complains("none.tsv");
    // One that isn't in UTF-8 cost all others.
    archive.write("queries.tsv", b"q1\tembargo\r\nq2\t\xff\nq3\tembargo\n");
    let told = archive.ibid(&[&command[..], &["--format", "trec"]].concat()).exits(2);
    let answered = |id: &str| told.stdout.lines().filter(|line| line.starts_with(id)).count();
    assert!(answered("q1 ") > 0 && answered("q1 ") == answered("q3 "), "{}", told.all());
    told.complains("queries.tsv line 2: it isn't in UTF-8");
    archive.ibid(&["query", "--queries", "queries.tsv", "water"]).exits(2).complains("cannot be used with");
    archive.ibid(&["query"]).exits(2).complains("QUERY");
}

/// Nothing found is a status of its own, and says so to people.
#[test]
fn nothing_found_is_exit_status_1() {
    let outcome = archive().ibid(&["query", "zeppelin"]);
    insta::assert_snapshot!(outcome.all(), @r"
    nothing found for zeppelin
    --- stderr
    note: no article has `zeppelin`
    --- exit 1
    ");
}

/// A reader that has seen enough and goes away is no failure, in any format.
#[cfg(unix)]
#[test]
fn a_broken_pipe_is_success() {
    let archive = archive();
    for format in ["text", "json", "jsonl", "csv", "tsv", "markdown", "html", "trec"] {
        // The shell reads nothing and is gone before the answer comes.
        let script = format!(
            "{{ sleep 0.1; \"$IBID\" query river -n 100 --format {format}; echo $? >status; }} | true"
        );
        archive.shell(&script).exits(0);
        assert_eq!(std::fs::read_to_string(archive.path("status")).unwrap(), "0\n", "{format}");
    }
    assert_eq!(archive.shell("\"$IBID\" query river -n 100 | head -n 1").exits(0).stdout.lines().count(), 1);
}

/// An answer that can't be written is an error, not half an answer.
#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_an_error() {
    let archive = archive();
    let outcome = archive.shell("\"$IBID\" query river >/dev/full");
    outcome.exits(2).complains("No space left on device");
}

/// `--from` brings the index up to date and answers: one command from folder to answer.
#[test]
fn from_is_one_command_from_folder_to_answer() {
    let sandbox = Sandbox::new();
    sandbox.write("in/r.jsonl", "{\"id\":\"1\",\"title\":\"Sluices\",\"text\":\"The sluice was opened.\"}\n");
    let ask = ["query", "sluice", "--from", "in"];
    insta::assert_snapshot!(sandbox.ibid(&ask).all(), @r"
     1. *Sluices*
        The *sluice* was opened.
        1.1  in/r.jsonl#1

    1 passage; 1 article matches
    --- stderr
    1 input: 1 indexed
    --- exit 0
    ");
    // Nothing has changed, so nothing is said of it.
    assert_eq!(sandbox.ibid(&ask).exits(0).stderr, "");
    sandbox.write("in/more.txt", "Another sluice.\n");
    assert_eq!(sandbox.ibid(&ask).exits(0).stderr, "2 inputs: 1 indexed, 1 unchanged\n");
    // What is set aside is told, and the answer counts.
    sandbox.write("in/junk.html", [0_u8, 1, 2, 3].repeat(100));
    sandbox.ibid(&ask).exits(0).complains("set aside: [DIR]/in/junk.html");
    sandbox.ibid(&["query", "zeppelin", "--from", "in"]).exits(1);
}

/// With `--from`, a query that can't be understood costs nothing: no index is made.
#[test]
fn a_faulty_query_is_told_before_anything_is_read() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.txt", "Water.\n");
    sandbox.ibid(&["query", "date:20x0", "--from", "in"]).exits(2);
    sandbox
        .ibid(&["query", "water", "--from", "nowhere"])
        .exits(2)
        .complains("nowhere: no such file or folder");
    assert!(!sandbox.path("index").exists());
}

/// `--explain` says in plain words, and in JSON, what a passage owes its place to.
#[test]
fn a_place_is_explained() {
    let outcome = archive().ibid(&["query", "embargo oil", "-n", "1", "--explain"]);
    insta::assert_snapshot!(outcome.all(), @r"
     1. Sanctions and the shipping trade
        The Harbour Review · Ana Ruiz · 2021
        Sanctions were tightened twice that year. Ships turned off their signals,
        and insurers asked for more. An *embargo* on *oil* followed.
        · 15% embargo: once
        · 10% oil: once
        · 10% query words near each other
        · 36% the same words again, and others spelt like them
        · 29% its article, 1.00 of the best (words 92%, nearness 8%)
        · length: 21 words, 20 on average; its article is 1.0 times as long as most
        in its language
        sanctions.1  records.jsonl#sanctions

    1 passage; 2 articles match
    --- exit 0
    ");
    let hit = archive().ibid(&["query", "embargo oil", "-n", "1", "--explain", "--format", "jsonl"]).json();
    let shares = |value: &Value| value["share"].as_f64().unwrap();
    let why = &hit["why"];
    let terms: f64 = why["terms"].as_array().unwrap().iter().map(shares).sum();
    let rest: f64 = ["proximity", "kindred", "article"].iter().map(|name| why[name].as_f64().unwrap()).sum();
    assert!((terms + rest - 1.0).abs() < 1e-9, "{why}");
    let plain = archive().ibid(&["query", "embargo oil", "-n", "1", "--format", "jsonl"]).json();
    assert_eq!(plain["why"], Value::Null, "only if it is asked for");
}

/// A long run of Chinese is looked for by its pairs of characters, each of which is told by itself: its count was told
/// as that of the whole.
#[test]
fn parts_of_a_run_are_explained_by_name() {
    let archive = Sandbox::with_records(
        "{\"id\":\"a\",\"language\":\"zh\",\"text\":\"世界各国的组织都在讨论卫生问题。世界贸易。卫生条件。\"}\n",
    );
    let hit = archive.ibid(&["query", "世界卫生组织", "--explain", "--format", "jsonl"]).json();
    let terms = hit["why"]["terms"].as_array().unwrap();
    let told: Vec<(String, u64)> =
        terms.iter().map(|term| (field(term, "term"), term["count"].as_u64().unwrap())).collect();
    let expected = [("世界", 2), ("界卫", 0), ("卫生", 2), ("生组", 0), ("组织", 1)];
    assert_eq!(told, expected.map(|(name, count)| (name.to_owned(), count)));
    assert!(hit["why"]["of_article"]["proximity"].as_f64().unwrap().is_sign_positive(), "{hit}");
}
