//! What is said of queries with something wrong in them: guessed with a note, or refused with a caret.

use crate::archive::archive;
use crate::harness::Sandbox;

/// A quote that is never closed is understood word by word, and a note points at it.
#[test]
fn an_unbalanced_quote_is_forgiven_with_a_note() {
    let outcome = archive().ibid(&["query", "embargo \"oil", "-n", "1"]);
    insta::assert_snapshot!(outcome.all(), @r#"
     1. Sanctions and the shipping trade
        The Harbour Review · Ana Ruiz · 2021
        Sanctions were tightened twice that year. Ships turned off their signals,
        and insurers asked for more. An *embargo* on *oil* followed.
        sanctions.1  records.jsonl#sanctions

    1 passage; 2 articles match
    --- stderr
    note: the quote is never closed: its words are looked for one by one
    embargo "oil
            ^
    --- exit 0
    "#);
}

/// `--strict` makes an error of it, with a caret and a hint.
#[test]
fn an_unbalanced_quote_is_an_error_if_strict() {
    let outcome = archive().ibid(&["query", "embargo \"oil", "--strict"]);
    insta::assert_snapshot!(outcome.all(), @r#"
    --- stderr
    error: the quote is never closed
    embargo "oil
            ^
    hint: close it
    --- exit 2
    "#);
}

/// A quotation that nobody wrote so, in a text that says more, is looked for by its words, and a note says so.
#[test]
fn a_quotation_that_no_article_has_is_looked_for_by_its_words() {
    let archive = archive();
    let query = "insurers said \u{201c}ships turn their signals OFF\u{201d}";
    insta::assert_snapshot!(archive.ibid(&["query", query, "--format", "trec"]).all(), @r#"
    insurers%20said%20“ships%20turn%20their%20signals%20OFF” Q0 sanctions 1 1.000000000 ibid
    --- stderr
    note: no article has "ships turn their signals OFF" as written: its words are looked for
    --- exit 0
    "#);
    let explained = archive.ibid(&["query", query, "--explain-query"]).stdout;
    assert!(explained.starts_with("insurers said ships turn their signals OFF\n"), "{explained}");
    let strict = archive.ibid(&["query", query, "--format", "trec", "--strict"]);
    assert!(!strict.stderr.contains("its words"), "{}", strict.stderr);
    archive.ibid(&["query", "insurers \"turned off their\""]).exits(0);
}

/// The same of a quotation by itself; a name in quotes, or what has to be there beside other words, stays what it is.
#[test]
fn a_quotation_by_itself_that_no_article_has_is_looked_for_by_its_words() {
    let archive = archive();
    insta::assert_snapshot!(archive.ibid(&["query", "\"ships turn their signals off\"", "--format", "trec"]).all(), @r#"
    "ships%20turn%20their%20signals%20off" Q0 sanctions 1 1.000000000 ibid
    --- stderr
    note: no article has "ships turn their signals off" as written: its words are looked for
    --- exit 0
    "#);
    archive.ibid(&["query", "\"turn their signals\""]).exits(1);
    archive.ibid(&["query", "+\"ships turn their signals off\" insurers"]).exits(1);
    archive.ibid(&["query", "\"ships turn their signals off\"", "--strict"]).exits(1);
}

/// A bracket that is never closed, and one that nothing opens, likewise.
#[test]
fn unbalanced_brackets_are_forgiven_with_a_note() {
    let archive = archive();
    insta::assert_snapshot!(archive.ibid(&["query", "(embargo AND oil", "--format", "trec"]).stderr, @r"
    note: the bracket is never closed: it is read as closed at the end
    (embargo AND oil
    ^
    ");
    insta::assert_snapshot!(archive.ibid(&["query", "embargo) oil", "--format", "trec"]).stderr, @r"
    note: nothing opens this bracket: it is left out
    embargo) oil
           ^
    ");
    archive.ibid(&["query", "embargo) oil", "--strict"]).exits(2);
}

/// Scripts are told of a guess with the answer, since they don't read standard error.
#[test]
fn json_carries_the_notes_as_warnings() {
    let archive = archive();
    let warnings = |query| archive.ibid(&["query", query, "--format", "json"]).json()["warnings"].clone();
    let expected = ["the quote is never closed: its words are looked for one by one"];
    assert_eq!(warnings("embargo \"oil"), serde_json::json!(expected));
    assert_eq!(warnings("embargo oil"), serde_json::json!([]));
    assert_eq!(
        warnings("embargo W/5 oil"),
        serde_json::json!(["this is written NEAR/5 here: it is read as a word"])
    );
    assert_eq!(warnings("\"\"").as_array().unwrap().len(), 1, "with nothing to look for too");
}

/// How a query is read can be asked for, without an index.
#[test]
fn a_query_is_explained() {
    let sandbox = Sandbox::new();
    let explained = |query| sandbox.ibid(&["query", "--explain-query", query]);
    insta::assert_snapshot!(explained("sanctions OR embargo after:2020 -oil").all(), @r"
    (sanctions OR embargo) date:2020.. -oil
    --- exit 0
    ");
    insta::assert_snapshot!(explained("\"oil").all(), @r#"
    oil
    --- stderr
    note: the quote is never closed: its words are looked for one by one
    "oil
    ^
    --- exit 0
    "#);
    let archive = archive();
    insta::assert_snapshot!(archive.ibid(&["query", "--explain-query", "the treaties NEAR/9 commis*"]).all(), @r"
    the treaties NEAR/9 commis*
    looked for in en: treati, commis*
    left out in en: the
    looked for in fr: treat, commis*
    left out in fr: the
    commis* stands for commission (1)
    --- exit 0
    ");
    explained("date:20x0").exits(2);
    explained("?").exits(1);
}

/// A date that can't be is an error in any case, with the place and what to write.
#[test]
fn an_impossible_date_is_an_error() {
    let archive = archive();
    insta::assert_snapshot!(archive.ibid(&["query", "embargo date:2020-13"]).all(), @r#"
    --- stderr
    error: `2020-13` is not a date
    embargo date:2020-13
                 ^^^^^^^
    hint: write a date as 2020, 2020-06, 2020-06-30, 2020-Q2, "June 2020" or "30 June 2020"
    --- exit 2
    "#);
    insta::assert_snapshot!(archive.ibid(&["query", "embargo after:2021 date:2024..2020"]).all(), @r"
    --- stderr
    error: the range ends before it begins
    embargo after:2021 date:2024..2020
                            ^^^^^^^^^^
    hint: write date:2020..2024
    --- exit 2
    ");
}

/// So is a language that there isn't.
#[test]
fn an_impossible_language_is_an_error() {
    insta::assert_snapshot!(archive().ibid(&["query", "lang:xyz1 embargo"]).all(), @r"
    --- stderr
    error: `xyz1` is not a language
    lang:xyz1 embargo
         ^^^^
    hint: languages go by codes such as en, fr, ar or zh, or by their names in English: lang:fr
    --- exit 2
    ");
}

/// The caret stands under the fault as a terminal shows it, behind letters of two columns too.
#[test]
fn the_caret_counts_columns() {
    insta::assert_snapshot!(archive().ibid(&["query", "制裁 date:20x0"]).all(), @r#"
    --- stderr
    error: `20x0` is not a date
    制裁 date:20x0
              ^^^^
    hint: write a date as 2020, 2020-06, 2020-06-30, 2020-Q2, "June 2020" or "30 June 2020"
    --- exit 2
    "#);
}

/// A query that asks for nothing finds nothing, and is no error.
#[test]
fn a_query_of_nothing_finds_nothing() {
    let archive = archive();
    insta::assert_snapshot!(archive.ibid(&["query", "— ?"]).all(), @r"
    nothing found for — ?
    --- stderr
    note: there is no word to look for in the query: nothing is looked for
    — ?
    ^^^
    --- exit 1
    ");
    archive.ibid(&["query", ""]).exits(1);
}

/// A query beyond the limits is refused, and one within them is answered however odd it looks.
#[test]
fn any_query_ends_in_an_answer_or_an_error() {
    let archive = archive();
    let deep = format!("{}oil{}", "(".repeat(40), ")".repeat(40));
    archive.ibid(&["query", &deep]).exits(2).complains("brackets are nested more than 32 deep");
    archive.ibid(&["query", &"oil ".repeat(2000), "--strict"]).exits(2).complains("more than 1024 words");
    archive.ibid(&["query", &"oil ".repeat(2000)]).exits(0).complains("the words from here on are left out");
    archive.ibid(&["query", &"é".repeat(20_000)]).exits(2).complains("longer than 10000 characters");
    for odd in
        ["oil AND", "NOT", "-", "\"\"", "oil^2", "oil~", "o*l", "[a TO b]", "\\", "title:", "/oil/", "💧"]
    {
        let outcome = archive.ibid(&["query", odd]).ends_by_itself();
        assert!(matches!(outcome.status, Some(0 | 1)), "{odd}: {}", outcome.all());
    }
}

/// A query without a word finds nothing, and says why: by a note, in JSON by a warning, as an error if strict.
#[test]
fn a_query_without_a_word_says_so() {
    let archive = archive();
    insta::assert_snapshot!(archive.ibid(&["query", " /.*/", "--strict"]).all(), @r"
    --- stderr
    error: a pattern without a letter or digit would stand for any word
     /.*/
     ^^^^
    hint: write a letter or digit in it: nucle*, wom?n, /enrich(ed)?/
    --- exit 2
    ");
    for (query, what) in [
        ("👍", "there is no word"),
        ("—", "there is no word"),
        ("//", "there is no word"),
        ("", "there is no word"),
        ("*", "a pattern without"),
        ("?", "a pattern without"),
        ("???", "a pattern without"),
        ("+*?", "there is no word"),
        ("/./", "a pattern without"),
    ] {
        let told = archive.ibid(&["query", query, "--format", "json"]).exits(1);
        assert!(told.stderr.starts_with(&format!("note: {what}")), "{query}: {}", told.stderr);
        let warnings = told.json()["warnings"].clone();
        assert!(warnings[0].as_str().is_some_and(|warning| warning.starts_with(what)), "{query}: {warnings}");
        let refused = archive.ibid(&["query", query, "--strict"]).exits(2);
        assert!(refused.stderr.starts_with(&format!("error: {what}")), "{query}: {}", refused.stderr);
    }
    assert_eq!(archive.ibid(&["query", "embargo — ? *", "--strict"]).exits(0).stderr, "");
}

/// A star between quotes is no pattern, which is told, and what to write instead.
#[test]
fn a_pattern_between_quotes_is_told() {
    let archive = archive();
    insta::assert_snapshot!(archive.ibid(&["query", "\"oil embarg*\" OR title:«peace trea?y»", "--explain-query"]).stderr, @r#"
    note: between quotes words stand as written, and no patterns: the `*` or `?` says nothing
    "oil embarg*" OR title:«peace trea?y»
         ^^^^^^^
    note: between quotes words stand as written, and no patterns: the `*` or `?` says nothing
    "oil embarg*" OR title:«peace trea?y»
                                  ^^^^^^
    "#);
    insta::assert_snapshot!(archive.ibid(&["query", "oil -title:«peace treat*»", "--strict"]).all(), @r"
    --- stderr
    error: between quotes words stand as written, and no patterns
    oil -title:«peace treat*»
                      ^^^^^^
    hint: join the words by a relation: nuclear BEFORE/1 weapon*
    --- exit 2
    ");
    let plain = "\"An embargo on oil?\" author:\"?\" date:\"2020\"";
    let plain = archive.ibid(&["query", plain, "--format", "trec"]).stderr;
    assert!(!plain.contains("pattern"), "{plain}");
}

/// A field may have `=` before a phrase as it may before a word, and as a phrase may have it without a field.
#[test]
fn an_equals_sign_before_a_phrase_in_a_field_is_no_fault() {
    let archive = archive();
    for query in ["=\"peace treaty\"", "title:=\"peace treaty\"", "title:\"peace treaty\""] {
        let found = archive.ibid(&["query", query, "--strict", "--format", "trec"]).exits(0);
        assert!(found.stdout.contains(" Q0 treaty "), "{query}: {}", found.stdout);
    }
}
