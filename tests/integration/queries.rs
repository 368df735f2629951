//! Which articles a query finds: words, phrases, operators, fields, dates.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use ibid::error::IndexError;
use ibid::index::{Index, IndexWriter, WriterOptions};
use ibid::ingest::{Options, ingest};

use crate::archive::archive;
use crate::differential::Silent;
use crate::harness::{Sandbox, field};

/// What a query finds, as names in order of the alphabet.
#[track_caller]
fn found(archive: &Sandbox, query: &str) -> String {
    let mut articles = archive.articles(query);
    articles.sort();
    articles.join(" ")
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    let archive = archive();
    for (query, expected) in cases {
        assert_eq!(found(&archive, query), *expected, "{query}");
    }
}

/// Words find articles with any of them in any form, best first; what is in none finds nothing.
#[test]
fn words_find_any_of_them_in_any_form() {
    check(&[
        ("treaty", "indus treaty"),
        ("treaties", "indus treaty"),
        ("TREATY", "indus treaty"),
        ("grain sanctions", "sanctions undated"),
        ("zeppelin", ""),
    ]);
    let archive = archive();
    assert_eq!(archive.articles("water treaty commission")[0], "indus", "the one with all of them is first");
}

/// A phrase is found as written, within a sentence and not over the end of a paragraph.
#[test]
fn phrases_are_found_as_written() {
    check(&[
        ("\"water policy\"", "indus"),
        ("\"policy water\"", ""),
        ("\"two government\"", ""),
        ("“upper river”", "indus"),
        // Which stand side by side, but in two paragraphs.
        ("\"governments the treaty\"", ""),
        ("\"Embargo on oil\"", "sanctions"),
    ]);
}

/// Words near each other, in an order, in a sentence or a paragraph.
#[test]
fn relations_say_where_words_stand() {
    check(&[
        ("treaty NEAR/7 commission", ""),
        ("treaty NEAR/9 commission", "indus"),
        ("commission BEFORE/9 treaty", ""),
        ("treaty BEFORE/9 commission", "indus"),
        ("\"water made\"~5", ""),
        ("\"water made\"~6", "indus"),
        ("insurers /s embargo", ""),
        ("insurers /p embargo", "sanctions"),
        ("insurers /p tightened", ""),
        ("(pumps OR grain) NEAR/2 (lift* OR carry)", "oil undated"),
        ("title:(peace BEFORE/1 treaty)", "treaty"),
        ("river AND NOT (river /s treaty)", "indus oil treaty"),
    ]);
}

/// Patterns stand for the words as they are written.
#[test]
fn patterns_stand_for_several_words() {
    check(&[
        ("tribut*", "indus"),
        ("*argo", "sanctions"),
        ("c?nals", "undated"),
        ("tr?aty title:p*", "treaty"),
        ("embarog~", "sanctions"),
        ("sanctoins~ -embargoes~2", ""),
        ("/insurers?|canals/", "sanctions undated"),
        ("=canal", ""),
        ("=Canals", "undated"),
        ("author:fin*", "indus oil"),
        ("-/.*water.*/ -r*", "sanctions undated"),
    ]);
}

/// Further fields and conditions.
#[test]
fn fields_name_where_an_article_is_from() {
    check(&[
        ("site:example.org", "indus"),
        ("site:https://www.example.org/x", "indus"),
        ("site:ample.org", ""),
        ("url:example.org/indus", "indus"),
        ("source:records.jsonl lang:fr", "eau"),
        ("no:author", "undated"),
        ("has:url", "indus"),
        ("no:date OR has:url", "indus undated"),
        ("has:heading", ""),
        ("date:today", ""),
        ("river before:\"1 day ago\"", "indus oil treaty"),
    ]);
}

/// A pattern that stands for very many words is cut, and that is told.
#[test]
fn a_pattern_of_too_many_words_is_told() {
    let words: String = (0..1_200).map(|n| format!("w{n} ")).collect();
    let archive = Sandbox::with_records(&format!("{{\"id\":\"1\",\"text\":\"{words}\"}}\n"));
    let told = "`w*` stands for 1200 words: the 1000 in most articles are looked for";
    archive.ibid(&["query", "w*"]).exits(0).complains(told);
    let json = archive.ibid(&["query", "w*", "--format", "json"]).exits(0).json();
    assert_eq!(json["warnings"], serde_json::json!([told]));
}

/// AND, OR, NOT, signs and brackets join and exclude.
#[test]
fn operators_combine() {
    check(&[
        ("water AND treaty", "indus"),
        ("water AND grain", ""),
        ("grain OR embargo", "sanctions undated"),
        ("river NOT oil", "indus treaty"),
        ("river -oil", "indus treaty"),
        ("river -\"water policy\"", "oil treaty"),
        ("+oil river", "oil sanctions"),
        ("(oil OR treaty) AND water", "indus oil"),
        ("oil OR treaty AND water", "indus oil sanctions"),
        ("treaty AND (winter OR spring)", "indus treaty"),
        // Small letters are words.
        ("grain or zeppelin", "undated"),
    ]);
}

/// A query of nothing but exclusions finds all the rest.
#[test]
fn exclusion_alone_finds_the_rest() {
    check(&[("NOT river", "eau sanctions undated"), ("-river lang:en", "sanctions undated")]);
}

/// A field looks in its part of the article alone, for words and for phrases.
#[test]
fn fields_look_in_their_part() {
    check(&[
        ("title:treaty", "treaty"),
        ("title:\"peace treaty\"", "treaty"),
        ("title:(canals OR sanctions)", "sanctions undated"),
        ("author:finch", "indus oil"),
        ("author:\"Amara Finch\"", "indus oil"),
        ("author:\"Finch, Amara\"", "indus oil"),
        ("author:dufour", "eau"),
        // Two names of one article don't run into each other.
        ("author:\"Chen Amara\"", ""),
        ("publisher:harbour", "indus sanctions"),
        ("publisher:\"The Northern Ledger\"", "oil treaty"),
        ("author:ruiz publisher:harbour", "sanctions"),
        ("river author:finch", "indus oil"),
        ("lang:fr", "eau"),
        ("lang:en treaty", "indus treaty"),
        ("lang:de", ""),
        // No field, but a word with a colon in it.
        ("river:fields", ""),
    ]);
}

/// Dates bound the articles as the table in docs/query-language.md says; one without a date is in none.
#[test]
fn dates_bound_the_articles() {
    check(&[
        ("date:2020", "oil"),
        ("date:2020-06", "oil"),
        ("date:2020-06-30", "oil"),
        ("date:2020-06-29", ""),
        ("date:2019..2020", "indus oil"),
        ("date:2019-03-05..2021", "oil sanctions"),
        ("date:2022..", "eau treaty"),
        ("date:..2019", "indus"),
        ("after:2022", "eau treaty"),
        ("before:2020", "indus"),
        ("before:2020-06-30", "indus"),
        ("date:<2020", "indus"),
        ("date:<=2020", "indus oil"),
        ("date:>2020 river", "treaty"),
        ("date:>=2022", "eau treaty"),
        ("date:[2019 TO 2020]", "indus oil"),
        ("date:2019 .. 2020", "indus oil"),
        ("after:2020-06-30 before:2022", "oil sanctions"),
        ("river after:2020", "oil treaty"),
        ("river OR sanctions after:2021 -winter", "sanctions"),
    ]);
}

/// An article that is known to a year or month only is found by what lies wholly or partly in it alike.
#[test]
fn a_date_known_in_part_is_found_by_what_it_may_be() {
    let archive = archive();
    assert_eq!(found(&archive, "date:2021"), "sanctions");
    assert_eq!(found(&archive, "date:2022-06"), "treaty");
    assert_eq!(found(&archive, "date:2021..2022-06"), "sanctions treaty");
}

/// A day finds an article of its month or year too, as docs/query-language.md says: it may be of that day.
#[test]
fn a_day_finds_what_is_dated_by_its_month_or_year() {
    let archive = archive();
    assert_eq!(found(&archive, "date:2021-06-30"), "sanctions");
    assert_eq!(found(&archive, "after:2021-06-15 before:2022"), "sanctions");
    assert_eq!(found(&archive, "after:2020-12 before:2021-06-10"), "sanctions");
    assert_eq!(found(&archive, "date:2022-06-30"), "treaty");
    assert_eq!(found(&archive, "after:2022-06-15 before:2022-06-17"), "treaty");
}

/// `--per-article` bounds the passages of one article; nothing does without it, but they count less and less.
#[test]
fn per_article_bounds_the_passages_of_one_article() {
    let archive = many();
    let count = |per_article: Option<&str>| {
        let mut arguments = vec!["query", "ferry", "--format", "jsonl", "-n", "100", "--all-copies"];
        arguments.extend(per_article.into_iter().flat_map(|n| ["--per-article", n]));
        archive.ibid(&arguments).exits(0).lines().len()
    };
    assert_eq!(count(Some("1")), 20);
    assert_eq!(count(Some("2")), 40);
    assert!(count(Some("3")) > 40);
    assert_eq!(count(None), count(Some("100")));
    archive.ibid(&["query", "ferry", "--per-article", "0"]).exits(2).complains("--per-article");
}

/// Pages of answers join without a gap and without an overlap, whatever their size.
#[test]
fn pages_of_answers_join() {
    let archive = many();
    let page = |limit: &str, offset: usize| -> Vec<(u64, String)> {
        let offset = offset.to_string();
        let outcome = archive.ibid(&[
            "query",
            "ferry",
            "--format",
            "jsonl",
            "--per-article",
            "2",
            "--all-copies",
            "-n",
            limit,
            "--offset",
            &offset,
        ]);
        outcome.lines().iter().map(|hit| (hit["rank"].as_u64().unwrap(), field(hit, "id"))).collect()
    };
    let all = page("100", 0);
    assert_eq!(all.len(), 40);
    assert!(all.iter().map(|(rank, _)| *rank).eq(1..=40), "ranks count from 1 through all pages");
    let ids: std::collections::HashSet<_> = all.iter().map(|(_, id)| id).collect();
    assert_eq!(ids.len(), 40, "no passage comes twice");
    for (limit, size) in [("7", 7), ("10", 10), ("39", 39)] {
        let joined: Vec<_> = (0..40).step_by(size).flat_map(|offset| page(limit, offset)).collect();
        assert_eq!(joined, all, "pages of {limit}");
    }
    assert!(page("10", 40).is_empty());
}

/// Twenty articles of several passages on one thing; many have equal scores.
fn many() -> Sandbox {
    let mut records = String::new();
    for article in 0..20 {
        let passage = |part: usize| {
            let filler =
                format!("Part {part} tells of quays and tides and of what was loaded there. ").repeat(8);
            format!("The ferry number {} left at dawn. {filler}", part * (article % 4))
        };
        let text: Vec<String> = (0..4).map(passage).collect();
        let record = serde_json::json!({ "id": format!("f{article}"), "text": text.join("\n\n") });
        records.push_str(&format!("{record}\n"));
    }
    Sandbox::with_records(&records)
}

/// A writer that merges nothing. A process that another test has just begun may hold the last writer's lock for a
/// moment, until it runs a program of its own.
fn writer_of(index: &Index) -> IndexWriter {
    let writer = || index.writer_with(WriterOptions { merges: false, ..WriterOptions::default() });
    for _ in 0..500 {
        match writer() {
            Err(IndexError::Locked { .. }) => std::thread::sleep(Duration::from_millis(10)),
            other => return other.unwrap(),
        }
    }
    writer().unwrap()
}

/// Ingests the file `name` by so many threads, into a segment of its own.
fn ingest_by(workers: usize, archive: &Sandbox, name: &str) {
    let index = Index::open_or_create(&archive.path("index")).unwrap();
    let writer = writer_of(&index);
    let options = Options { workers, ..Options::default() };
    ingest(&writer, &[archive.path(name)], &options, &AtomicBool::new(false), &Silent).unwrap();
    writer.finish().unwrap();
}

/// The ranking is a matter of what is indexed, not of how it was: one segment by one thread, or those of twelve runs
/// by four.
#[test]
fn segments_and_threads_make_no_difference() {
    let article = |at: usize| {
        let filler = ["quay", "tide", "harbour", "keeper", "storm"][at % 5];
        let text = format!(
            "The ferries of {filler} {at} {}sailed. A ferry master kept to the coast.",
            "ferry ".repeat(at % 4)
        );
        format!("{{\"url\":\"https://example.org/{at}\",\"title\":\"Ferry {filler}\",\"text\":\"{text}\"}}\n")
    };
    let one = Sandbox::new();
    one.write("all.jsonl", (0..60).map(article).collect::<String>());
    ingest_by(1, &one, "all.jsonl");
    let twelve = Sandbox::new();
    for run in 0..12 {
        let name = format!("{run}.jsonl");
        twelve.write(&name, (0..60).filter(|at| at % 12 == run).map(article).collect::<String>());
        ingest_by(4, &twelve, &name);
    }
    let segments =
        |archive: &Sandbox| archive.ibid(&["stats", "--format", "json"]).json()["segments"].as_u64();
    assert_eq!(segments(&one), Some(1));
    assert_eq!(segments(&twelve), Some(12));
    let queries = [
        "ferry",
        "ferries harbour coast",
        "\"ferry master\" storm",
        "ferrying keepers",
        "ferry-mast*",
        "\"ferry kept\"~2",
        "storm /p kept",
    ];
    for query in queries {
        let ranking = |archive: &Sandbox| {
            let arguments = ["query", query, "--format", "jsonl", "-n", "50"];
            let hits = archive.ibid(&arguments).exits(0).lines();
            hits.iter()
                .map(|hit| (field(hit, "article"), hit["passage"].clone(), hit["score"].clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(ranking(&one), ranking(&twelve), "{query}");
    }
}

/// Where the one word of a pattern first stands in an article in which the other isn't for the first time, the
/// article's places were lost: another passage was shown, with nothing marked.
#[test]
fn a_pattern_of_two_words_keeps_the_places_of_each_ones_first_article() {
    let filler = "The council met and spoke of fisheries, ports and tolls for a long time. ".repeat(30);
    let archive = Sandbox::new();
    let records = [
        ("x", "Terrorism is a crime.".to_owned()),
        ("y", format!("{filler}\n\nAn office for counter-terrorism was opened.")),
        ("z", "One note on counter-terrorism.".to_owned()),
    ];
    for (at, (id, text)) in records.iter().enumerate() {
        archive.write(format!("{at}.jsonl"), format!("{}\n", serde_json::json!({ "id": id, "text": text })));
    }
    archive.ingest(&["0.jsonl", "1.jsonl", "2.jsonl"]);
    archive.ibid(&["compact"]).exits(0);
    for query in ["counter-terror*", "\"counter terrorism\"~1", "office NEAR/9 opened"] {
        let hits = archive.hits(query);
        let hit = hits.iter().find(|hit| field(hit, "article") == "y").unwrap();
        assert!(field(hit, "text").ends_with("was opened."), "{query}: {hit}");
        assert_ne!(hit["highlights"], serde_json::json!([]), "{query}: {hit}");
    }
}
