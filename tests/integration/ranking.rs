//! How well passages of the shipped corpus are ranked, by its topics and judgements.
//!
//! The snapshot holds each topic's first hit with its grade, and one line of totals: a change of ranking shows
//! what it gains and loses. `INSTA_UPDATE=always cargo test ranking` rewrites it.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::harness::{Sandbox, field};

/// Passages of a topic that are looked at.
const DEPTH: usize = 10;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// What a passage has to hold to be relevant, and how much it is then worth.
struct Judgement {
    page: String,
    quote: String,
    grade: u32,
}

/// The judgements by topic.
fn judgements() -> HashMap<String, Vec<Judgement>> {
    let file = std::fs::read_to_string(corpus().join("eval/judgements.jsonl")).unwrap();
    let mut by_topic: HashMap<String, Vec<Judgement>> = HashMap::new();
    for line in file.lines() {
        let object: Value = serde_json::from_str(line).unwrap();
        let grade = u32::try_from(object["grade"].as_u64().unwrap()).unwrap();
        let judgement =
            Judgement { page: field(&object, "page"), quote: collapse(&field(&object, "quote")), grade };
        by_topic.entry(field(&object, "topic")).or_default().push(judgement);
    }
    by_topic
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The page of a hit, from the corpus, and the grade of the best quote that it holds.
fn judged(hit: &Value, judgements: &[Judgement]) -> (String, u32) {
    let locator = field(hit, "locator");
    let page = locator.rsplit_once("/corpus/").map_or(locator.clone(), |(_, page)| page.to_owned());
    let text = collapse(&field(hit, "text"));
    let held = judgements.iter().filter(|j| j.page == page && text.contains(&j.quote));
    let grade = held.map(|j| j.grade).max().unwrap_or(0);
    (page, grade)
}

/// Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002) of `grades` in the order found.
fn ndcg(grades: &[u32], judgements: &[Judgement]) -> f64 {
    let gain = |grades: &[u32]| -> f64 {
        let places = grades.iter().take(DEPTH).enumerate();
        places.map(|(at, &grade)| f64::from(grade) / (at as f64 + 2.0).log2()).sum()
    };
    let mut ideal: Vec<u32> = judgements.iter().map(|j| j.grade).collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    gain(grades) / gain(&ideal)
}

/// The hits of every topic, in the order of the topics.
fn hits_by_topic(sandbox: &Sandbox) -> Vec<(String, Vec<Value>)> {
    let topics = corpus().join("eval/topics.tsv");
    let depth = DEPTH.to_string();
    // Copies are judged like all others.
    let arguments = ["--format", "jsonl", "-n", &depth, "--per-article", &depth, "--all-copies"];
    let mut command = sandbox.command(&["query", "--queries", topics.to_str().unwrap()]);
    command.args(arguments);
    let lines = sandbox.run(command).exits(0).lines();
    let ids = std::fs::read_to_string(&topics).unwrap();
    let ids = ids.lines().map(|line| line.split('\t').next().unwrap().to_owned());
    ids.map(|id| {
        let hits = lines.iter().filter(|hit| hit["query"] == id.as_str()).cloned().collect();
        (id, hits)
    })
    .collect()
}

/// The first hit of each topic is the golden one, and the passages that answer stand high.
#[test]
fn passages_of_the_corpus_are_ranked_as_they_were() {
    let sandbox = Sandbox::new();
    sandbox.ingest(&[corpus()]);
    let judgements = judgements();
    let (mut lines, mut sum, mut answered) = (String::new(), 0.0, 0);
    let topics = hits_by_topic(&sandbox);
    for (topic, hits) in &topics {
        let judgements = &judgements[topic];
        let judged: Vec<(String, u32)> = hits.iter().map(|hit| judged(hit, judgements)).collect();
        let grades: Vec<u32> = judged.iter().map(|(_, grade)| *grade).collect();
        let (page, grade) = &judged[0];
        writeln!(lines, "{topic} {grade} {page}").unwrap();
        sum += ndcg(&grades, judgements);
        answered += usize::from(*grade == 2);
    }
    let mean = sum / topics.len() as f64;
    writeln!(lines, "{answered} of {} first hits answer; mean nDCG@10 {mean:.3}", topics.len()).unwrap();
    insta::assert_snapshot!(lines);
}

/// Passages that hold what was quoted come before those that have the other words more often.
#[test]
fn a_quoted_phrase_outweighs_repeated_words() {
    let paragraph =
        |words: &str| format!("{words} {}", "and nobody in the harbour had foreseen it then ".repeat(9));
    let of_one_word =
        paragraph("Salt, salt and salt: the salt board of the salt towns sold salt to salters.");
    let of_the_phrase = paragraph("He called it a minor incursion, which the papers printed at once.");
    let text = [of_one_word.as_str(), &of_the_phrase, &of_one_word].join("\n\n");
    let record =
        |id: &str, text: &str| format!("{}\n", serde_json::json!({"id": id, "language": "en", "text": text}));
    let others: String = (0..20)
        .map(|at| record(&format!("other{at}"), &of_one_word.replace("harbour", &format!("port{at}"))))
        .collect();
    let sandbox = Sandbox::with_records(&(record("sought", &text) + &others));
    for query in ["\"minor incursion\" salt", "+\"minor incursion\" salt", "\"minor incursion\" AND salt"] {
        let first = &sandbox.hits(query)[0];
        assert!(field(first, "text").contains("minor incursion"), "{query}: {first}");
    }
}

/// A phrase of common words, in articles that have none of the others, though more than compete have these.
#[test]
fn a_quoted_phrase_is_found_beside_words_that_others_have() {
    let record =
        |id: &str, text: &str| format!("{}\n", serde_json::json!({"id": id, "language": "en", "text": text}));
    let others = (0..220)
        .map(|at| record(&format!("other{at}"), &format!("Salt tolls: the salt towns of toll {at}.")));
    let filler = (0..600)
        .map(|at| record(&format!("filler{at}"), &format!("We have said it all, they will say {at}.")));
    let quoted =
        record("quoted", &format!("In the end we will have said so. {}", "It rained all day. ".repeat(30)));
    let sandbox = Sandbox::with_records(&(others.chain(filler).collect::<String>() + &quoted));
    let hits = sandbox.hits("\"we will have\" salt tolls");
    assert_eq!(hits[0]["article"], "quoted");
    assert!(hits.len() > 1);
    assert!(
        sandbox
            .hits("\"we will have\" salt tolls -\"rained all day\"")
            .iter()
            .all(|hit| hit["article"] != "quoted")
    );
}

/// Half a sentence, typed without quotes, leads to the passage that has it and not to one that has its words more
/// often.
#[test]
fn half_a_sentence_leads_to_its_passage() {
    let filler = "and nobody in the harbour had foreseen it then ".repeat(9);
    let of_words =
        format!("The early results of the towns, early or not: results shared, results of salt. {filler}");
    let quoted =
        format!("They want to share some early results of how the salt towns did without tolls. {filler}");
    let record =
        |id: &str, text: &str| format!("{}\n", serde_json::json!({"id": id, "language": "en", "text": text}));
    let sandbox = Sandbox::with_records(&(record("words", &of_words) + &record("quoted", &quoted)));
    for query in ["to share some early results of how the towns", "\"to share some early results of what\""] {
        assert_eq!(sandbox.hits(query)[0]["article"], "quoted", "{query}");
    }
}

/// Of a long text in which half a sentence stands once, though more texts than compete say its words in fewer others,
/// and where some of its words are wrong.
#[test]
fn half_a_sentence_is_found_in_a_long_text() {
    let record =
        |id: &str, text: &str| format!("{}\n", serde_json::json!({"id": id, "language": "en", "text": text}));
    let filler = |times| "Nobody in the harbour had foreseen it then. ".repeat(times);
    let of_words = |at: usize| format!("Towns {at} with salt had a share in early results. {}", filler(12));
    let quoted = "They want to share some early results of how the salt towns did.";
    let long = format!("{}\n\n{quoted}\n\n{}", filler(300), filler(300));
    let mut records: String = (0..210).map(|at| record(&format!("other{at}"), &of_words(at))).collect();
    records += &record("quoted", &long);
    for at in 0..600 {
        records += &record(&format!("grain{at}"), &format!("Grain was dear that year, says number {at}."));
    }
    let sandbox = Sandbox::with_records(&records);
    for query in
        ["share some early results of how the salt towns", "share some early results of what his salt towns"]
    {
        assert_eq!(sandbox.hits(query)[0]["article"], "quoted", "{query}");
    }
}

/// An article whose title has the query's rare words stood behind all passages that say its common one.
#[test]
fn rare_words_in_a_title_lead_to_its_article() {
    let record = |id: &str, title: &str, text: &str| {
        format!("{}\n", serde_json::json!({"id": id, "title": title, "language": "en", "text": text}))
    };
    let text =
        "Who owns what passes overhead was asked by the towns, and the board had no answer to give them.";
    let mut records = record("sky", "Satellites over Selmora: who owns the sky?", text);
    for at in 0..30 {
        let text =
            format!("In Selmora the tolls of year {at} were paid, and Selmora's harbours kept their ships.");
        records += &record(&format!("tolls{at}"), "Tolls of a year", &text);
    }
    let sandbox = Sandbox::with_records(&records);
    for query in ["Selmora sky", "satellites over Selmora", "sky satellites Selmora"] {
        assert_eq!(sandbox.articles(query)[0], "sky", "{query}");
    }
    let answer = sandbox.ibid(&["query", "Selmora sky", "--explain", "--format", "json"]).exits(0).json();
    let why = &answer["hits"][0]["why"];
    let of_term = |term: &str| why["terms"].as_array().unwrap().iter().find(|of| of["term"] == term).unwrap();
    assert_eq!((&of_term("sky")["count"], &of_term("sky")["in_title"]), (&0.into(), &1.into()), "{why}");
}

/// `down payment` found what says `payment` often, as `down` is a stop word.
#[test]
fn a_short_query_with_stop_words_leads_to_what_has_it_as_typed() {
    let record =
        |id: &str, text: &str| format!("{}\n", serde_json::json!({"id": id, "language": "en", "text": text}));
    let payments = |at: usize| {
        record(&format!("other{at}"), &format!("Payment on payment was made at port {at}, once more."))
    };
    let mut records: String = (0..30).map(payments).collect();
    records += &record(
        "down",
        "Whoever buys a barge pays it off in years, and has to have a down payment of a tenth before the harbour's bank \
         lends the rest. It was a hard rule, and the towns asked to have it changed for once.",
    );
    records += &record(
        "generation",
        "It is a chance that comes once in a generation, said the harbour master of Selmora.",
    );
    records +=
        &record("old", "Each generation had once its own harbour master, and the next generation wants one.");
    let sandbox = Sandbox::with_records(&records);
    for (query, first) in [("down payment", "down"), ("once in a generation", "generation")] {
        assert_eq!(sandbox.articles(query)[0], first, "{query}");
    }
}

/// A stop word with a capital is a part of a name, which is marked as one.
#[test]
fn a_name_of_a_stop_word_is_found_as_one() {
    let record = |id: &str, text: &str| {
        format!("{}\n", serde_json::json!({"id": id, "title": "Notes", "language": "en", "text": text}))
    };
    let tolls = |at: usize| record(&format!("other{at}"), &format!("Tolls were raised at port{at}."));
    let others: String = (0..20).map(tolls).collect();
    let young =
        record("young", "Young farmers don't stay where the tolls are high, and few of the young come back.");
    let don = record("don", "The seat of Don Young is empty, and a vote was called at the harbour.");
    let sandbox = Sandbox::with_records(&(young + &don + &others));
    let first = &sandbox.hits("Don Young")[0];
    assert_eq!(first["article"], "don");
    assert_eq!(
        field(first, "text").find("Don Young").map(|at| at as u64),
        first["highlights"][0]["start"].as_u64()
    );
}

/// Of articles of one title, which is a series', the one of the day that the query names comes first, though no text
/// has it.
#[test]
fn the_article_of_the_day_that_is_named_comes_first() {
    let record = |day: u32| {
        let text =
            format!("The board met for the {day}th time and agreed on salt, tolls and harbour number {day}.");
        let published = format!("2021-08-{day:02}");
        let record = serde_json::json!({
            "id": published, "title": "Readout of the salt board's meeting", "published": published,
            "language": "en", "text": text,
        });
        format!("{record}\n")
    };
    let sandbox = Sandbox::with_records(&(4..28).map(record).collect::<String>());
    for query in [
        "salt board meeting August 16, 2021",
        "meeting of the salt board 16 August 2021",
        "2021-08-16 salt board",
    ] {
        let first = &sandbox.hits(query)[0];
        assert_eq!(first["article"], "2021-08-16", "{query}");
    }
}

/// A word and the number behind it are one name.
#[test]
fn a_word_and_its_number_count_together() {
    let record =
        |id: &str, text: &str| format!("{}\n", serde_json::json!({"id": id, "language": "en", "text": text}));
    let many = "Resolution 12, Resolution 63, Resolution 64 and Resolution 71 were put to the vote by the board of the seven harbours.";
    let one = "The board adopted Resolution 7, which ended the toll on salt that the harbours had asked of every ship in those years.";
    let apart = "Of the 7 harbours that had asked for it none was satisfied when a resolution was adopted by the board at long last.";
    let sandbox =
        Sandbox::with_records(&(record("many", many) + &record("one", one) + &record("apart", apart)));
    assert_eq!(sandbox.articles("Resolution 7")[0], "one");
}

/// Whoever asks for a heading is led to what stands under it.
#[test]
fn what_is_looked_for_in_headings_is_shown() {
    let sandbox = Sandbox::new();
    let text = "The board sat for a day and adopted what had been put before it by the towns. ".repeat(9);
    sandbox.write(
        "a.md",
        format!("# Report\n\n{text}\n\n## Harbours\n\n{text}\n\n## Tolls on salt\n\n{text}\n"),
    );
    sandbox.ingest(&["a.md"]);
    let first = &sandbox.hits("heading:tolls")[0];
    assert_eq!(first["heading"][0], "Tolls on salt", "{first}");
}
