//! The same text at several places: one answer, which tells of the others.

use serde_json::Value;

use crate::harness::{Sandbox, field};
use crate::pages::page;

/// What a wire service sent: each site has it under a headline of its own, and with a note of its own.
fn report(site: &str, title: &str, day: &str, note: &str) -> String {
    let paragraphs = [
        "The ministers of Karsholm and Marelle met at the ferry house of Ostwick on Tuesday to settle who dredges \
         the channel between their two harbours, which has silted up since the storm of 2011.",
        "Under the draft each side would pay for one season in two, and the pilots of both ports would be trained at \
         the same school in Selmora, where 40 places are to be kept for them until 2019.",
        "Critics in Ostwick say that the bill forgets the fishing fleet, whose 212 boats use the channel more often \
         than any freighter does, and whose owners were never asked what they think of it.",
        "Nils Aagard, who speaks for the pilots, called the draft overdue. A vote in both parliaments is expected \
         before the ice comes, and the dredgers of the Longmeadow company are under contract already.",
    ];
    let text: String = paragraphs.iter().map(|text| format!("<p>{text}</p>")).collect();
    format!(
        "<html lang=en><head><title>{title}</title><link rel=canonical href=https://{site}/channel>\
         <meta property=og:site_name content=\"{site}\">\
         <meta property=article:published_time content={day}></head>\
         <body><main><h1>{title}</h1><p>{note}</p>{text}</main></body></html>"
    )
}

/// Three sites have the report, one of them twice, and a fourth article speaks of something else.
fn syndicated() -> Sandbox {
    let sandbox = Sandbox::new();
    let first = report(
        "courier.example",
        "Who dredges the channel",
        "2014-05-03",
        "Our correspondent was at the ferry house, and saw the two delegations leave by separate doors.",
    );
    sandbox.write("in/courier.html", &first);
    sandbox.write("in/courier-print.html", &first);
    sandbox.write(
        "in/digest.html",
        report(
            "digest.example",
            "Two ports, one channel, no answer",
            "2014-05-01",
            "This is what came over the wire in the night; a longer version is to follow later in the week.",
        ),
    );
    sandbox.write(
        "in/mirror.html",
        report(
            "mirror.example",
            "Ministers meet over mud",
            "2014-05-09",
            "A reader of this paper sent in what follows, with the remark that mud has no nationality.",
        ),
    );
    sandbox.write(
        "in/other.html",
        "<html lang=en><title>Ferries</title><body><main><h1>Ferries</h1><p>A channel between two harbours is what \
         ferries need, and on most days of the year what they get; on the others their captains play cards.</p></main>",
    );
    assert_eq!(sandbox.ingest(&["in"]), "4 indexed, 1 duplicates");
    sandbox
}

fn answers(sandbox: &Sandbox, arguments: &[&str]) -> Vec<Value> {
    let query = [&["query", "dredges channel harbours", "--format", "jsonl", "-n", "20"], arguments].concat();
    sandbox.ibid(&query).exits(0).lines()
}

fn articles(answers: &[Value]) -> usize {
    let mut names: Vec<&str> = answers.iter().map(|hit| hit["article"].as_str().unwrap()).collect();
    names.sort_unstable();
    names.dedup();
    names.len()
}

/// Of near-copies the best is shown, with the number of places and the first day; `--all-copies` shows each.
#[test]
fn copies_are_one_answer_that_tells_of_the_others() {
    let sandbox = syndicated();
    let hits = answers(&sandbox, &[]);
    assert_eq!(articles(&hits), 2);
    let copies = &hits[0]["copies"];
    assert_eq!((&copies["count"], &copies["first_seen"]), (&3.into(), &"2014-05-01".into()));
    let same_text = |place: &&Value| place["same_text"] == true;
    assert_eq!(copies["places"].as_array().unwrap().iter().filter(same_text).count(), 1);
    assert!(hits.last().unwrap()["copies"].is_null());
    assert_eq!(articles(&answers(&sandbox, &["--all-copies"])), 4);
    let text = sandbox.ibid(&["query", "dredges channel harbours"]).exits(0).stdout;
    assert!(text.contains("also at 3 places, first seen 2014-05-01\n"), "{text}");
}

/// Every place counts, seen from whichever article: those with the very text of a near-copy as well, and their days.
#[test]
fn the_places_of_a_near_copy_are_counted_from_the_other_article() {
    let sandbox = syndicated();
    let print = std::fs::read_to_string(sandbox.path("in/courier.html")).unwrap();
    sandbox.write("in/courier-early.html", print.replace("2014-05-03", "2014-04-30"));
    assert_eq!(sandbox.ingest(&["in"]), "5 unchanged, 1 duplicates");
    for hit in answers(&sandbox, &["--all-copies"]).iter().filter(|hit| hit["title"] != "Ferries") {
        let copies = &hit["copies"];
        assert_eq!((&copies["count"], &copies["first_seen"]), (&4.into(), &"2014-04-30".into()), "{hit}");
        let places = copies["places"].as_array().unwrap();
        assert_eq!(places.len(), 4, "{hit}");
        let same_text = places.iter().filter(|place| place["same_text"] == true).count();
        let of_courier = hit["title"] == "Who dredges the channel";
        assert_eq!(same_text, if of_courier { 2 } else { 0 }, "{hit}");
    }
}

/// Runs for evaluation list every article: judgements are of articles, not of clusters.
#[test]
fn a_run_lists_copies_too() {
    let sandbox = syndicated();
    let run = sandbox.ibid(&["query", "dredges channel harbours", "--format", "trec"]).exits(0).stdout;
    assert_eq!(run.lines().count(), 4);
}

/// It makes no difference in what order copies came in, nor in how many runs.
#[test]
fn copies_of_later_runs_join_those_of_earlier_ones() {
    let sandbox = syndicated();
    let other = Sandbox::new();
    for name in ["other", "mirror", "courier", "digest"] {
        other.write(
            format!("in/{name}.html"),
            std::fs::read(sandbox.path(format!("in/{name}.html"))).unwrap(),
        );
        other.ingest(&["in"]);
    }
    let count = |sandbox: &Sandbox| answers(sandbox, &[])[0]["copies"]["count"].clone();
    assert_eq!((count(&other), count(&sandbox)), (2.into(), 3.into()));
    other.remove("in/digest.html");
    other.ingest(&["in", "--prune"]);
    assert_eq!(count(&other), 1);
}

/// `show` lists the places, and `stats` counts the articles that have copies.
#[test]
fn show_and_stats_tell_of_copies() {
    let sandbox = syndicated();
    let id = answers(&sandbox, &[])[0]["article"].as_str().unwrap().to_owned();
    let shown = sandbox.ibid(&["show", &id]).exits(0).stdout;
    assert!(shown.contains("copies     also at 3 places, first seen 2014-05-01\n"), "{shown}");
    assert!(shown.contains("same text: "), "{shown}");
    let stats = sandbox.ibid(&["stats"]).exits(0).stdout;
    assert!(stats.contains("copies     3 articles in 1 cluster of nearly the same text\n"), "{stats}");
}

/// A report of the same form about another place, with other names and numbers, is another report.
#[test]
fn the_next_report_of_a_series_is_no_copy() {
    let sandbox = syndicated();
    let next = report(
        "courier.example",
        "Who dredges the canal",
        "2014-05-05",
        "Our correspondent was at the ferry house, and saw the two delegations leave by separate doors.",
    );
    let names =
        [("Karsholm", "Fernhall"), ("Marelle", "Tidewater"), ("Ostwick", "Northgate"), ("Selmora", "Almina")];
    let next = names.iter().fold(next, |text, (old, new)| text.replace(old, new));
    sandbox.write("in/next.html", next.replace("/channel", "/canal").replace("212", "87"));
    sandbox.ingest(&["in"]);
    let hits = answers(&sandbox, &["--all-copies"]);
    let next = hits.iter().find(|hit| hit["title"] == "Who dredges the canal").unwrap();
    assert!(next["copies"].is_null(), "{next}");
}

/// Behind a pile of copies that fills many pools the other answers were never come to.
#[test]
fn a_pile_of_copies_leaves_the_other_answers() {
    let sandbox = Sandbox::new();
    let words: Vec<String> =
        (0..140).map(|at| format!("weir{}", ["a", "o", "u", "e"][at % 4].repeat(at / 4 + 1))).collect();
    let copy = |at: usize| {
        let mut words = words.clone();
        words[at % 120] = "changed".to_owned();
        words[120 + at / 120] = "edited".to_owned();
        let text = format!("The ferry and the ferry. {}.", words.join(" "));
        serde_json::json!({ "id": format!("copy{at}"), "title": "The ferry", "language": "en", "text": text })
    };
    let filler = "Of other things too there was much to be told, and it was. ".repeat(12);
    let other =
        serde_json::json!({ "id": "other", "language": "en", "text": format!("{filler} A ferry. {filler}") });
    let records: String = (0..1_700).map(copy).chain([other]).map(|record| format!("{record}\n")).collect();
    sandbox.write("pile.jsonl", records);
    sandbox.ingest(&["pile.jsonl"]);
    let found = sandbox.ibid(&["query", "ferry", "--format", "jsonl"]).exits(0).lines();
    let found: Vec<String> = found.iter().map(|hit| field(hit, "article")).collect();
    assert!(found.iter().any(|article| article == "other"), "{found:?}");
}

/// Pages with one text under titles of their own, as those that only say where a document is to be had, were one
/// article, and all but one of them couldn't be found.
#[test]
fn pages_of_one_text_are_told_apart_by_their_titles() {
    let sandbox = Sandbox::new();
    let text =
        "The full text of this document is to be had as a PDF file from the registry of the harbour board.";
    for month in ["January", "February", "March"] {
        sandbox.write(format!("in/{month}.html"), page(&format!("Minutes of {month}"), text));
    }
    sandbox.write("in/again/January.html", page("Minutes of January", text) + "\n");
    assert_eq!(sandbox.ingest(&["in"]), "3 indexed, 1 duplicates");
    for month in ["January", "February", "March"] {
        assert_eq!(sandbox.titles(&format!("title:{month}")), [format!("Minutes of {month}")]);
    }
}

/// The text of a page that a tool keeps beside it, read first, took the page's title, author and day from it.
#[test]
fn a_bare_copy_of_its_text_leaves_a_page_what_it_is() {
    let sandbox = Sandbox::new();
    let html = report("courier.example", "Who dredges the channel", "2014-05-03", "");
    sandbox.write("in/page.html", &html);
    let text = sandbox.ibid(&["extract", "in/page.html", "--format", "jsonl"]).exits(0).json();
    sandbox.write("in/a.txt", text["text"].as_str().unwrap());
    assert_eq!(sandbox.ingest(&["in"]), "2 indexed");
    let hits = sandbox.ibid(&["query", "dredges channel", "--format", "jsonl"]).exits(0).lines();
    assert_eq!(hits.len(), 1, "they are copies: {hits:?}");
    assert_eq!(hits[0]["title"], "Who dredges the channel");
    assert_eq!(hits[0]["copies"]["count"], 1);
    assert_eq!(sandbox.titles("publisher:courier"), ["Who dredges the channel"]);
}
