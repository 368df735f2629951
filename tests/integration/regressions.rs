//! Faults that were found once, each under its name.

use tar::EntryType;

use crate::archives::tar_member;
use crate::harness::{Sandbox, field};
use crate::pages::{page, text_about};

fn record(id: usize, text: &str) -> String {
    format!("{{\"id\": \"{id}\", \"title\": \"Report {id}\", \"text\": \"{text}\"}}\n")
}

/// A copy of an article that went while the copy was away takes its place once it is back.
#[test]
fn a_copy_that_was_away_when_its_article_went_is_not_lost() {
    let sandbox = Sandbox::new();
    let page = "<html><title>T</title><p>Quinces ripened early in the valley that year, and nobody knew why.";
    sandbox.write("a/page.html", page);
    sandbox.write("b/page.html", page);
    assert_eq!(sandbox.ingest(&["a", "b"]), "1 indexed, 1 duplicates");
    sandbox.remove("a/page.html");
    std::fs::rename(sandbox.path("b"), sandbox.path("away")).unwrap();
    sandbox.ibid(&["ingest", "a", "--prune"]).exits(0);
    std::fs::rename(sandbox.path("away"), sandbox.path("b")).unwrap();
    sandbox.ibid(&["ingest", "b"]).exits(0);
    assert_eq!(sandbox.hits("quinces").len(), 1);
}

/// What is ignored now is pruned as what is gone.
#[test]
fn a_file_that_is_ignored_later_is_pruned() {
    let sandbox = Sandbox::new();
    sandbox.write("pages/1.html", "<html><p>Quinces ripened early in the valley that year.");
    sandbox.write("pages/2.html", "<html><p>Medlars ripened late in the valley that year.");
    sandbox.ingest(&["pages"]);
    sandbox.write("pages/.ibidignore", "1.html\n");
    sandbox.ibid(&["ingest", "pages", "--prune"]).exits(0);
    assert!(sandbox.hits("quinces").is_empty());
    assert_eq!(sandbox.hits("medlars").len(), 1);
}

/// Pages of answers join without gap or overlap, far behind the first articles too.
#[test]
fn pages_of_answers_join_beyond_the_first_pool() {
    let texts = (0..450)
        .map(|n| record(n, &format!("The river treaty number {n} was signed{}.", " again".repeat(n % 7))));
    let sandbox = Sandbox::with_records(&texts.collect::<String>());
    let ids = |limit: &str, offset: &str| -> Vec<String> {
        let arguments = ["query", "river treaty", "--format", "jsonl", "-n", limit, "--offset", offset];
        sandbox.ibid(&arguments).lines().iter().map(|hit| field(hit, "id")).collect()
    };
    let whole = ids("450", "0");
    assert_eq!(whole.len(), 450);
    let pages: Vec<String> = (0..5).flat_map(|page| ids("90", &(page * 90).to_string())).collect();
    assert_eq!(pages, whole);
}

/// A limit beyond all sense isn't tried: its answer has no room in memory.
#[test]
fn a_huge_limit_is_refused() {
    let sandbox = Sandbox::with_records(&record(1, "The river treaty was signed."));
    sandbox.ibid(&["query", "river", "-n", "10000", "--offset", "0"]).exits(0);
    for name in ["-n", "--offset"] {
        for limit in ["10001", "4294967295"] {
            let refused = sandbox.ibid(&["query", "river", name, limit]).exits(2);
            assert!(refused.stderr.contains(limit) && refused.stderr.contains("10000"), "{}", refused.stderr);
        }
    }
}

/// Taking everything out is something done.
#[test]
fn pruning_the_last_article_is_success() {
    let sandbox = Sandbox::new();
    sandbox.write("pages/1.html", "<html><p>Quinces ripened early in the valley that year.");
    sandbox.ingest(&["pages"]);
    sandbox.remove("pages/1.html");
    sandbox.ibid(&["ingest", "pages", "--prune"]).exits(0);
}

/// A text of signs alone has no passage that takes seconds to show.
#[test]
fn a_passage_of_signs_is_bounded() {
    let text = format!("The dam broke. {}", "! ".repeat(100_000));
    let sandbox = Sandbox::with_records(&record(1, &text));
    let hits = sandbox.hits("dam");
    assert!(field(&hits[0], "text").len() < 10_000);
}

/// One bad line in a file of queries costs itself, and answers for people tell which query is meant.
#[test]
fn a_bad_line_among_queries_costs_itself() {
    let sandbox = Sandbox::with_records(&record(1, "The river treaty was signed."));
    sandbox.write("queries.tsv", "\u{feff}q1\triver\nno tab here\nq2\ttreaty\n");
    let outcome = sandbox.ibid(&["query", "--queries", "queries.tsv"]).exits(2);
    let outcome = outcome.complains("queries.tsv line 2");
    assert!(
        outcome.stdout.contains("== q1: river") && outcome.stdout.contains("== q2: treaty"),
        "{}",
        outcome.stdout
    );
}

/// A word that most articles have was taken for rare in a language of few articles, which then came first.
#[test]
fn a_common_word_is_not_rare_for_standing_in_a_rare_language() {
    let mut records = String::new();
    for number in 0..60 {
        records.push_str(&format!(
            "{{\"id\":\"{number}\",\"language\":\"en\",\"text\":\"The computer of office {number} was slow.\"}}\n"
        ));
    }
    records.push_str("{\"id\":\"fr\",\"language\":\"fr\",\"text\":\"Le computer du bureau était lent.\"}\n");
    records.push_str("{\"id\":\"about\",\"language\":\"en\",\"text\":\"The computer and its network.\"}\n");
    let sandbox = Sandbox::with_records(&records);
    let hits = sandbox.hits("computer network");
    assert_eq!(field(&hits[0], "article"), "about");
    let score =
        |id: &str| hits.iter().find(|hit| field(hit, "article") == id).unwrap()["score"].as_f64().unwrap();
    assert!(score("fr") < score("about") / 2.0, "{} of {}", score("fr"), score("about"));
}

/// A third word of a paragraph was only found ahead of the two others or behind them.
#[test]
fn words_of_a_paragraph_may_stand_between_one_another() {
    let texts =
        ["alpha gamma beta", "beta alpha gamma", "alpha beta. Gamma", "alpha beta\\n\\ngamma", "alpha beta"];
    let sandbox =
        Sandbox::with_records(&texts.iter().zip(1..).map(|(text, id)| record(id, text)).collect::<String>());
    let found = |query: &str| {
        let mut articles = sandbox.articles(query);
        articles.sort();
        articles
    };
    assert_eq!(found("alpha /p beta /p gamma"), ["1", "2", "3"]);
    assert_eq!(found("(alpha /s beta) /s gamma"), ["1", "2"]);
    assert_eq!(found("alpha /p \"alpha beta\""), [""; 0]);
}

/// A passage with both words of a relation far from each other came before one in which they stand in it.
#[test]
fn a_passage_in_which_a_relation_holds_comes_first() {
    let far = "Trade went on. Nobody spoke of it then. The mill stood by the water, and the days were long. Snow fell. ";
    let near = "The council of the valley met twice in that year to hear what the mayors had to say of trade in water. ";
    let text = format!("{}\\n\\n{}", far.repeat(5), near.repeat(5).replace(" of trade in water", " of it"));
    let text = format!("{text}\\n\\n{}", near.repeat(4));
    let sandbox = Sandbox::with_records(&record(1, &text));
    let hits = sandbox.hits("trade NEAR/3 water");
    assert!(field(&hits[0], "text").contains("trade in water"), "{}", field(&hits[0], "text"));
}

/// What was marked in a heading wasn't shown above the passage.
#[test]
fn a_match_in_a_heading_is_marked_where_it_stands() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "a.md",
        "# Report\n\nIt was a dry year in all of the valley.\n\n## The river treaty\n\nNobody signed.\n",
    );
    sandbox.ingest(&["a.md"]);
    let shown = sandbox.ibid(&["query", "treaty"]).exits(0).stdout;
    assert!(shown.contains("The river *treaty*"), "{shown}");
}

/// A name of more bytes than a term may have couldn't be looked up: what was changed in it stood there twice.
#[test]
fn a_member_with_a_name_of_seventy_thousand_bytes_is_replaced() {
    let sandbox = Sandbox::new();
    let name = |end: &str| format!("{}{end}.html", "é/".repeat(25_000));
    let archive = |text: &str| {
        let member = |end: &str, text: &str| {
            let long = [name(end).as_bytes(), b"\0"].concat();
            let mut member = tar_member(b"././@LongLink", EntryType::GNULongName, &long);
            member.extend(tar_member(
                b"x",
                EntryType::Regular,
                page("Harbour", &text_about(text)).as_bytes(),
            ));
            member
        };
        [member("a", text), member("b", "bridges"), vec![0; 1024]].concat()
    };
    sandbox.write("a.tar", archive("sluices"));
    assert_eq!(sandbox.ingest(&["a.tar"]), "2 indexed");
    sandbox.write("a.tar", archive("dredgers"));
    assert_eq!(sandbox.ingest(&["a.tar"]), "1 updated, 1 unchanged");
    assert_eq!(sandbox.article_count(), 2);
    sandbox.ibid(&["query", "sluices"]).exits(1);
    sandbox.ibid(&["check"]).exits(0);
}

/// Addresses are found by the words that they stand for, hosts by their names, and languages under codes of old.
#[test]
fn escaped_addresses_and_old_codes_are_found_by_what_they_mean() {
    let lines = [
        ("a", "fr", "https://ex.example/2020/%C3%A9t%C3%A9-au-sahel"),
        ("b", "ru", "https://ex.example/%D0%BF%D1%80%D0%B5%D0%B7%D0%B8%D0%B4%D0%B5%D0%BD%D1%82"),
        ("c", "de", "https://xn--mnchen-3ya.example/a"),
        ("d", "iw", "https://ex.example/d"),
    ];
    let record = |(id, language, url)| {
        let record =
            serde_json::json!({"id": id, "language": language, "url": url, "text": format!("Water {id}.")});
        format!("{record}\n")
    };
    let sandbox = Sandbox::with_records(&lines.map(record).concat());
    for (query, id) in [
        ("url:été", "a"),
        ("url:%C3%A9t%C3%A9", "a"),
        ("url:президент", "b"),
        ("site:münchen.example", "c"),
        ("site:xn--mnchen-3ya.example", "c"),
        ("url:münchen", "c"),
        ("url:xn--mnchen-3ya", "c"),
        ("lang:he", "d"),
        ("lang:iw", "d"),
    ] {
        let found: Vec<String> = sandbox.hits(query).iter().map(|hit| field(hit, "article")).collect();
        assert_eq!(found, [id], "{query}");
    }
}
