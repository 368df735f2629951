//! `ibid eval`: measures of an index and of runs, and what is said when there is nothing to measure.

use crate::harness::Sandbox;

const RECORDS: &str = "{\"id\":\"a\",\"text\":\"Dykes hold the river.\"}\n\
                       {\"id\":\"b\",\"text\":\"The river was low, and the river was late.\"}\n\
                       {\"id\":\"c\",\"text\":\"Harbours silt up.\"}\n";

/// An index of three records, with queries and judgements.
fn judged() -> Sandbox {
    let sandbox = Sandbox::with_records(RECORDS);
    sandbox.write("queries.tsv", "1\triver\n2\tharbours\n3\tzeppelins\n");
    sandbox.write("qrels.txt", "1 0 a 1\n1 0 b 0\n2 0 c 2\n3 0 z 1\n4 0 c 0\n");
    sandbox
}

const EVAL: [&str; 5] = ["eval", "--queries", "queries.tsv", "--qrels", "qrels.txt"];

/// The measures of the index are means over the queries that have something relevant, also those without answer.
#[test]
fn an_index_is_measured() {
    let sandbox = judged();
    insta::assert_snapshot!(sandbox.ibid(&EVAL).all(), @r"
                                 queries     nDCG@10  recall@100         MAP      MRR@10
    index                              3      0.5436      0.6667      0.5000      0.5000
    --- stderr
    note: 1 of the 3 articles judged relevant aren't in the index
    --- exit 0
    ");
    let per_query = [&EVAL[..], &["--per-query", "--format", "json"]].concat();
    insta::assert_snapshot!(sandbox.ibid(&per_query).stdout, @r#"{"version":1,"depth":null,"runs":[{"name":"index","queries":3,"mean":{"ndcg_at_10":0.5436432511904858,"recall_at_100":0.6666666666666666,"map":0.5,"mrr_at_10":0.5},"per_query":{"1":{"ndcg_at_10":0.6309297535714575,"recall_at_100":1.0,"map":0.5,"mrr_at_10":0.5},"2":{"ndcg_at_10":1.0,"recall_at_100":1.0,"map":1.0,"mrr_at_10":1.0},"3":{"ndcg_at_10":0.0,"recall_at_100":0.0,"map":0.0,"mrr_at_10":0.0}}}],"p_values":null}"#);
}

/// `-` was looked for as a file.
#[test]
fn queries_and_judgements_may_stand_on_standard_input() {
    let sandbox = judged();
    let given = |arguments: &[&str], input: &str| sandbox.run_with_input(sandbox.command(arguments), input);
    let expected = sandbox.ibid(&EVAL).stdout;
    let queries = "1\triver\n2\tharbours\n3\tzeppelins\n";
    assert_eq!(given(&["eval", "--queries", "-", "--qrels", "qrels.txt"], queries).stdout, expected);
    let judgements = "1 0 a 1\n1 0 b 0\n2 0 c 2\n3 0 z 1\n4 0 c 0\n";
    assert_eq!(given(&["eval", "--queries", "queries.tsv", "--qrels", "-"], judgements).stdout, expected);
    given(&["query", "stream", "--synonyms", "-"], "stream, river\n").exits(0);
    given(&["query", "--queries", "-"], "\nstream\n")
        .exits(2)
        .complains("error: standard input, line 2: no id and tab before the query");
    given(&["query", "stream", "--synonyms", "-"], "stream =>\n")
        .exits(2)
        .complains("error: standard input: line 1");
    given(&["eval", "--queries", "queries.tsv", "--qrels", "-"], "q1\n")
        .exits(2)
        .complains("error: standard input: line 1");
    given(&["eval", "--queries", "-", "--qrels", "-"], queries)
        .exits(2)
        .complains("`--queries -` and `--qrels -` can't both be on standard input");
}

/// A run that was saved is measured as the index was, without it, and doesn't differ from it.
#[test]
fn a_saved_run_gives_the_same_measures() {
    let sandbox = judged();
    sandbox.ibid(&[&EVAL[..], &["--save", "run.txt"]].concat()).exits(0);
    let arguments = ["eval", "--run", "run.txt", "--qrels", "qrels.txt", "--index", "nowhere"];
    insta::assert_snapshot!(sandbox.ibid(&[&arguments[..], &["--baseline", "run.txt"]].concat()).all(), @r"
                                 queries     nDCG@10  recall@100         MAP      MRR@10
    run.txt                            3      0.5436      0.6667      0.5000      0.5000
    run.txt                            3      0.5436      0.6667      0.5000      0.5000
    difference                               +0.0000     +0.0000     +0.0000     +0.0000
    by chance alone                         p 1.0000    p 1.0000    p 1.0000    p 1.0000
    --- stderr
    note: 1 of the 3 queries with something judged relevant aren't in run.txt and count as zeros: 3
    note: 1 of the 3 queries with something judged relevant aren't in run.txt and count as zeros: 3
    --- exit 0
    ");
}

/// Queries that were judged and not asked pulled the means down without a word.
#[test]
fn judged_queries_that_nobody_asked_are_told() {
    let sandbox = judged();
    let qrels: String = (1..10).map(|query| format!("{query} 0 a 1\n")).collect();
    sandbox.write("qrels.txt", qrels + "10 0 a 0\n");
    let measured = sandbox.ibid(&[&EVAL[..], &["--save", "run.txt", "--format", "json"]].concat()).exits(0);
    assert_eq!(measured.json()["runs"][0]["queries"], 9);
    measured.complains(
        "note: 6 of the 9 queries with something judged relevant aren't in queries.tsv and count as zeros: \
         4, 5, 6, 7, 8, …",
    );
    sandbox.ibid(&["eval", "--run", "run.txt", "--qrels", "qrels.txt"]).exits(0).complains(
        "7 of the 9 queries with something judged relevant aren't in run.txt and count as zeros: 3, 4,",
    );
    sandbox.write("qrels.txt", "1 0 a 1\n2 0 c 1\n4 0 c 0\n");
    assert_eq!(sandbox.ibid(&EVAL).exits(0).stderr, "");
}

/// Zeros that say nothing are never printed: of an empty index, of other ids, of other queries.
#[test]
fn nothing_to_measure_is_an_error() {
    let sandbox = judged();
    sandbox.write("empty/notes.css", "p {}");
    sandbox.ibid(&["ingest", "empty", "--index", "none"]).exits(1);
    sandbox
        .ibid(&[&EVAL[..], &["--index", "none"]].concat())
        .exits(2)
        .complains("the index holds no articles");
    sandbox.write("qrels.txt", "1 0 A7 1\n");
    sandbox
        .ibid(&EVAL)
        .exits(2)
        .complains("none of the 1 articles judged relevant is in the index: judgements name them as `A7`");
    sandbox.write("qrels.txt", "q1 0 a 1\n");
    sandbox.ibid(&EVAL).exits(2).complains("queries are named as `1`, judgements name them as `q1`");
}

/// What `query` looks for beside what was typed wasn't looked for here, nor what its flags ask for.
#[test]
fn what_query_answers_is_measured() {
    let sandbox = Sandbox::with_records(
        "{\"id\":\"def\",\"text\":\"The Tehrik-e-Taliban Pakistan (TTP) attacked a convoy. The TTP said so.\"}\n\
         {\"id\":\"def2\",\"text\":\"A spokesman of Tehrik-e-Taliban Pakistan (TTP) denied it. TTP fighters left.\"}\n\
         {\"id\":\"long only\",\"text\":\"The Tehrik-e-Taliban Pakistan movement held talks near the border.\"}\n\
         {\"id\":\"quote\",\"text\":\"Peace between nations needs patience and water for all their fields.\"}\n\
         {\"id\":\"car\",\"text\":\"An automobile was parked near the river.\"}\n",
    );
    sandbox.write("queries.tsv", "1\tTTP\n2\t\"peace among nations\" water\n3\tcar\n4\tautomoblie\n");
    sandbox.write("qrels.txt", "1 0 long%20only 1\n2 0 quote 1\n3 0 car 1\n4 0 car 1\n");
    sandbox.write("synonyms.txt", "car, automobile\n");
    for flags in [
        &[][..],
        &["--no-expand"],
        &["--fuzzy"],
        &["--synonyms", "synonyms.txt"],
        &["--lang", "de"],
        &["--strict"],
    ] {
        let query = ["query", "--queries", "queries.tsv", "--format", "trec"];
        let answered = sandbox.ibid(&[&query[..], flags].concat()).stdout;
        sandbox.ibid(&[&EVAL[..], &["--save", "run.txt"], flags].concat()).exits(0);
        assert_eq!(std::fs::read_to_string(sandbox.path("run.txt")).unwrap(), answered, "{flags:?}");
    }
    sandbox.ibid(&["eval", "--run", "run.txt", "--qrels", "qrels.txt", "--fuzzy"]).exits(2);
}

/// Equal scores were measured in the order of names, the last one first, and not as ibid lists them.
#[test]
fn equal_scores_are_measured_in_the_order_of_the_answer() {
    let record =
        |n: usize| format!("{{\"id\":\"d{n}\",\"language\":\"en\",\"text\":\"Harbour {n} silts up.\"}}\n");
    let sandbox = Sandbox::with_records(&(0..6).map(record).collect::<String>());
    let first = &sandbox.articles("lang:en")[0];
    sandbox.write("queries.tsv", "1\tlang:en\n");
    sandbox.write("qrels.txt", format!("1 0 {first} 1\n"));
    let measured = sandbox.ibid(&[&EVAL[..], &["--save", "run.txt", "--format", "json"]].concat()).exits(0);
    assert_eq!(measured.json()["runs"][0]["mean"]["mrr_at_10"], 1.0);
    let saved = ["eval", "--run", "run.txt", "--qrels", "qrels.txt", "--format", "json"];
    assert_eq!(sandbox.ibid(&saved).exits(0).json()["runs"][0]["mean"]["mrr_at_10"], 1.0);
}

/// Files that say nothing, or name other things than the judgements, gave zeros and success.
#[test]
fn an_empty_file_or_one_of_other_names_is_an_error() {
    let sandbox = judged();
    sandbox.write("empty.txt", "");
    sandbox.write("other.txt", "1 Q0 http://a 1 1.0 t\n");
    let run = |file| sandbox.ibid(&["eval", "--run", file, "--qrels", "qrels.txt"]);
    run("empty.txt").exits(2).complains("empty.txt: the run has no answer");
    run("other.txt").exits(2).complains("no article of the run has judgements: it names them as `http://a`");
    let baseline = [&EVAL[..], &["--baseline", "empty.txt"]].concat();
    sandbox.ibid(&baseline).exits(2).complains("empty.txt: the run has no answer");
    let queries = ["eval", "--queries", "empty.txt", "--qrels", "qrels.txt"];
    sandbox.ibid(&queries).exits(2).complains("empty.txt: the file has no query");
    sandbox.write("queries.tsv", "q1\tzeppelins\n");
    sandbox.ibid(&EVAL).exits(2).complains("queries are named as `q1`, judgements name them as `1`");
}

/// Judgements name an article with a space as runs do; it was said not to be in the index.
#[test]
fn an_article_with_a_space_in_its_name_is_there() {
    let sandbox = Sandbox::with_records(
        "{\"id\":\"long only\",\"text\":\"Dykes hold the river.\"}\n\
         {\"id\":\"b\",\"text\":\"The river was low.\"}\n",
    );
    sandbox.write("queries.tsv", "1\tdykes\n");
    for qrels in ["1 0 long%20only 1\n", "1 0 long%20only 1\n1 0 b 1\n"] {
        sandbox.write("qrels.txt", qrels);
        assert_eq!(sandbox.ibid(&EVAL).exits(0).stderr, "");
    }
    sandbox.write("qrels.txt", "1 0 long%20only 1\n1 0 long%20gone 1\n");
    sandbox.ibid(&EVAL).exits(0).complains("1 of the 2 articles judged relevant aren't in the index");
}

/// An address with a code in it is judged as it stands, though a run writes its `%` as a code too.
#[test]
fn an_address_is_judged_as_it_stands_or_as_runs_write_it() {
    let sandbox = Sandbox::with_records("{\"id\":\"http://a/b%20c\",\"text\":\"Dykes hold the river.\"}\n");
    sandbox.write("queries.tsv", "1\tdykes\n");
    for name in ["http://a/b%20c", "http://a/b%2520c"] {
        sandbox.write("qrels.txt", format!("1 0 {name} 1\n"));
        let measured =
            sandbox.ibid(&[&EVAL[..], &["--format", "json", "--save", "run.txt"]].concat()).exits(0);
        assert_eq!(measured.stderr, "");
        assert_eq!(measured.json()["runs"][0]["mean"]["map"], 1.0);
        let saved = ["eval", "--run", "run.txt", "--qrels", "qrels.txt", "--format", "json"];
        assert_eq!(sandbox.ibid(&saved).exits(0).json()["runs"][0]["mean"]["map"], 1.0);
    }
}

/// Recall of one article a query was told as that of a hundred.
#[test]
fn measures_say_how_far_they_look() {
    let sandbox = judged();
    sandbox.ibid(&[&EVAL[..], &["--save", "run.txt"]].concat()).exits(0);
    sandbox.write("qrels.txt", "1 0 a 1\n1 0 b 1\n");
    let short = [&EVAL[..], &["-n", "1", "--baseline", "run.txt"]].concat();
    insta::assert_snapshot!(sandbox.ibid(&short).exits(0).stdout, @r"
                                 queries     nDCG@10    recall@1         MAP       MRR@1
    index                              1      0.6131      0.5000      0.5000      1.0000
    run.txt                            1      1.0000      0.5000      1.0000      1.0000
    difference                               -0.3869     +0.0000     -0.5000     +0.0000
    by chance alone                         p 1.0000    p 1.0000    p 1.0000    p 1.0000
    ");
    let json = sandbox.ibid(&[&EVAL[..], &["-n", "1", "--format", "json"]].concat()).json();
    assert_eq!((&json["depth"], &json["runs"][0]["mean"]["recall_at_100"]), (&1.into(), &0.5.into()));
    assert!(sandbox.ibid(&EVAL).stdout.contains("recall@100"));
}

/// Two articles of one id were measured as one, without a word.
#[test]
fn an_id_of_several_articles_that_is_judged_is_told() {
    let sandbox = Sandbox::with_records("{\"id\":\"7\",\"text\":\"Dykes hold the river.\"}\n");
    sandbox.write("other.jsonl", "{\"id\":\"7\",\"text\":\"Dykes fail.\"}\n");
    sandbox.ingest(&["other.jsonl"]);
    sandbox.write("queries.tsv", "1\tdykes\n");
    sandbox.write("qrels.txt", "1 0 7 1\n");
    let told = "1 of the 1 articles judged relevant are ids of several articles each";
    sandbox.ibid(&EVAL).exits(0).complains(told);
    let run = sandbox.ibid(&["query", "dykes", "--format", "trec"]).exits(0).stdout;
    let own = run.split(' ').nth(2).unwrap();
    sandbox.write("qrels.txt", format!("1 0 {own} 1\n"));
    assert!(sandbox.ibid(&EVAL).exits(0).stdout.contains("1.0000"));
}

/// A file that can't be read is named, with the line at fault.
#[test]
fn a_faulty_file_is_named_with_its_line() {
    let sandbox = judged();
    sandbox.write("qrels.txt", "1 0 a 1\n1 0 b\n");
    sandbox.ibid(&EVAL).exits(2).complains("qrels.txt: line 2: not `query 0 article grade`");
    sandbox.write("qrels.txt", "1 0 a 1\n");
    sandbox.write("queries.tsv", "1\triver\nriver\n");
    sandbox.ibid(&EVAL).exits(2).complains("queries.tsv: line 2: no name and tab before the query");
    sandbox.remove("queries.tsv");
    sandbox.ibid(&EVAL).exits(2).complains("queries.tsv");
}

/// A query that can't be understood is told, and the others are measured.
#[test]
fn a_faulty_query_does_not_hide_the_others() {
    let sandbox = judged();
    sandbox.write("queries.tsv", "1\triver\n2\tdate:2024..2020 harbours\n");
    let outcome = sandbox.ibid(&EVAL).exits(2).complains("error: query 2:");
    assert!(outcome.stdout.contains("nDCG@10"), "{}", outcome.stdout);
}

/// A run was kept in the place of the queries, or of the judgements that it was measured by.
#[test]
fn a_run_is_never_kept_in_a_file_that_is_read() {
    let sandbox = judged();
    sandbox.ibid(&[&EVAL[..], &["--save", "old.run"]].concat()).exits(0);
    let baseline = ["--baseline", "old.run"];
    for file in ["queries.tsv", "./qrels.txt", "old.run"] {
        let before = std::fs::read(sandbox.path(file)).unwrap();
        let outcome = sandbox.ibid(&[&EVAL[..], &baseline, &["--save", file]].concat()).exits(2);
        outcome.complains(&format!("{file}: an input can't be the file of --save"));
        assert_eq!(std::fs::read(sandbox.path(file)).unwrap(), before);
    }
    sandbox.ibid(&[&EVAL[..], &baseline, &["--save", "new.run"]].concat()).exits(0);
}
