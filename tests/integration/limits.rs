//! Queries that would take too long are refused with a message, whatever the machine.

use crate::harness::Sandbox;

/// One long article in which `alder` and `birch` stand near each other everywhere, and `cedar` at its end alone.
fn long_article() -> Sandbox {
    let text = format!("{}cedar", "alder and birch or ".repeat(40_000));
    Sandbox::with_records(&format!("{{\"id\":\"long\",\"language\":\"en\",\"text\":\"{text}\"}}\n"))
}

/// What all words of a phrase would read is told from the sizes of their lists, and refused before anything is read.
#[test]
fn a_phrase_of_thousands_of_common_words_is_refused() {
    let archive = long_article();
    let phrase = format!("\"{}\"", "or alder ".repeat(1_100));
    archive.ibid(&["query", &phrase]).exits(2).complains(
        "error: the query would have to look at more than 25600000 places of words: \
         ask for fewer or rarer words in quotes, relations and patterns",
    );
}

/// What relations look at is counted while they do. Of many queries only the one at fault goes unanswered.
#[test]
fn relations_that_would_look_at_too_much_are_refused() {
    let archive = long_article();
    let relations: Vec<String> =
        (9..89).map(|most| format!("((alder NEAR/{most} birch) BEFORE/1 cedar)")).collect();
    archive.write("queries.tsv", format!("far\t{}\nnear\talder NEAR/2 birch\n", relations.join(" ")));
    let outcome = archive.ibid(&["query", "--queries", "queries.tsv", "--format", "trec"]).exits(2);
    let fault = "error: query far: the query would have to look at more than";
    assert!(outcome.stderr.contains(fault), "{}", outcome.stderr);
    assert_eq!(outcome.stdout, "near Q0 long 1 1.000000000 ibid\n");
}

/// Each is looked up in the whole dictionary.
#[test]
fn each_word_of_a_pattern_counts_as_a_pattern() {
    let archive = Sandbox::with_records("{\"id\":\"a\",\"text\":\"Counter-terrorism.\"}\n");
    archive.ibid(&["query", "counter-terror*"]).exits(0);
    let many = vec!["*a*"; 40].join("-");
    archive.ibid(&["query", &many]).exits(2).complains("the query has more than 32 patterns");
}
