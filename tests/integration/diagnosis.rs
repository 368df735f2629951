//! What is said where a query finds nothing, or little: what each word finds, what it may be a slip for, and which
//! clause shuts all out.

use std::fmt::Write as _;

use crate::archive::archive;
use crate::harness::Sandbox;

/// What is said on standard error.
#[track_caller]
fn said(archive: &Sandbox, query: &[&str]) -> String {
    let mut arguments = vec!["query"];
    arguments.extend(query);
    archive.ibid(&arguments).stderr
}

/// Nothing found: each word with its articles and the nearest word of the index as it is written there.
#[test]
fn nothing_found_says_why() {
    let outcome = archive().ibid(&["query", "tribtaries AND treaty AND lang:fr"]).exits(1);
    insta::assert_snapshot!(outcome.all(), @r#"
    nothing found for tribtaries AND treaty AND lang:fr
    --- stderr
    note: no article has `tribtaries`: did you mean "tributaries"? 1 article has it
    note: 2 articles have `treaty`
    hint: `--fuzzy` looks for what was meant
    --- exit 1
    "#);
}

/// What a word counts is no matter of what is said of it.
#[test]
fn a_word_that_counts_less_is_told_as_well() {
    let archive = archive();
    let told = said(&archive, &["tribtaries^0.5 AND treaty^0.5"]);
    assert!(told.contains("no article has `tribtaries^0.5`: did you mean \"tributaries\"?"), "{told}");
    assert!(told.contains("2 articles have `treaty^0.5`"), "{told}");
    let told = said(&archive, &["tribtaries^0.5", "--fuzzy"]);
    assert!(told.contains("is taken for \"tributaries\""), "{told}");
}

/// A condition that shuts all out is named, with what there would be without it; so are quotes and relations.
#[test]
fn the_clause_that_empties_the_result_is_named() {
    let archive = archive();
    let mut all = String::new();
    for query in [
        "treaty date:1950",
        "\"policy water\"",
        "treaty NEAR/3 commission",
        "treaty -river",
        "+embargo +canals",
    ] {
        let _ = write!(all, "{query}\n{}", said(&archive, &[query]));
    }
    insta::assert_snapshot!(all, @r#"
    treaty date:1950
    note: 2 articles have `treaty`
    note: no article meets `date:1950`: those with a date are from 2019 to 2023
    note: without `date:1950`, 2 articles would match
    "policy water"
    note: no article has `"policy water"`
    note: 2 articles have `policy`
    note: 2 articles have `water`
    note: with `policy AND water` in the place of `"policy water"`, 2 articles would match
    treaty NEAR/3 commission
    note: 2 articles have `treaty`
    note: 1 article has `commission`
    note: with `treaty AND commission` in the place of `NEAR/3`, 1 article would match
    treaty -river
    note: 2 articles have `treaty`
    note: without `-river`, 2 articles would match
    +embargo +canals
    note: 1 article has `embargo`
    note: 1 article has `canals`
    note: without `+embargo`, 1 article would match
    note: without `+canals`, 1 article would match
    "#);
}

/// A condition that no article meets is named, with what there is, whether it stands alone or not.
#[test]
fn a_condition_that_no_article_meets_is_named() {
    let archive = archive();
    let mut all = String::new();
    for query in
        ["lang:xx", "date:1950", "site:nowhere.example", "treaty lang:ja", "NOT (treaty OR NOT treaty)"]
    {
        let _ = write!(all, "{query}\n{}", said(&archive, &[query]));
    }
    let undated = Sandbox::with_records("{\"id\":\"1\",\"text\":\"The river rose.\"}\n");
    for query in ["has:author", "date:1950", "NOT river"] {
        let _ = write!(all, "{query}\n{}", said(&undated, &[query]));
    }
    insta::assert_snapshot!(all, @r#"
    lang:xx
    note: no article meets `lang:xx`: 5 are in en, 1 in fr
    date:1950
    note: no article meets `date:1950`: those with a date are from 2019 to 2023
    site:nowhere.example
    note: no article meets `site:nowhere.example`
    treaty lang:ja
    note: 2 articles have `treaty`
    note: no article meets `lang:ja`: 5 are in en, 1 in fr
    note: without `lang:ja`, 2 articles would match
    NOT (treaty OR NOT treaty)
    note: no article meets `NOT (treaty OR NOT treaty)`
    has:author
    note: no article meets `has:author`
    date:1950
    note: no article meets `date:1950`
    NOT river
    note: no article meets `NOT river`
    "#);
    let json = archive.ibid(&["query", "lang:ja", "--format", "json"]).exits(1).json();
    assert_eq!(json["diagnosis"]["conditions"][0]["condition"], "lang:ja");
}

/// A word is told in one word, in two, or with a hyphen, if articles have it so; `--fuzzy` looks for it so.
#[test]
fn other_ways_to_write_a_word_are_told() {
    let archive = archive();
    let hint = "hint: `--fuzzy` looks for what was meant\n";
    assert_eq!(
        said(&archive, &["waterpolicy"]),
        format!("note: no article has `waterpolicy`; 1 article has \"water-policy\"\n{hint}")
    );
    assert_eq!(
        said(&archive, &["ca-nals"]),
        format!("note: no article has `ca-nals`; 1 article has \"canals\"\n{hint}")
    );
}

/// A compound with a hyphen, without one and in two words, whichever the archive has.
#[test]
fn hyphens_may_be_missing_or_too_many() {
    let archive = Sandbox::with_records(
        "{\"id\":\"office\",\"text\":\"The counter-terrorism office wrote a plan.\"}\n\
         {\"id\":\"left\",\"text\":\"The peacekeepers left in spring.\"}\n",
    );
    for (query, variant, article) in [
        ("counterterrorism", "counter-terrorism", "office"),
        ("peace-keepers", "peacekeepers", "left"),
        ("\"peace keepers\"", "peacekeepers", "left"),
    ] {
        let found = archive.ibid(&["query", query, "--format", "json"]).exits(1).json();
        assert_eq!(found["diagnosis"]["terms"][0]["variants"][0]["text"], variant, "{query}");
        let found = archive.ibid(&["query", query, "--fuzzy", "--format", "json"]).exits(0).json();
        assert_eq!(found["hits"][0]["article"], article, "{query}");
    }
    assert_eq!(archive.articles("peace keepers"), [""; 0]);
    let mended = archive.ibid(&["query", "peace keepers", "--fuzzy", "--format", "json"]).exits(0).json();
    assert_eq!(mended["hits"][0]["article"], "left");
    insta::assert_snapshot!(archive.ibid(&["query", "peace keepers"]).exits(1).stderr, @r#"
    note: no article has `peace`: did you mean "peace*"? 1 article has it
    note: no article has `keepers`
    note: no article has `peace keepers`; 1 article has "peacekeepers"
    hint: `--fuzzy` looks for what was meant
    "#);
}

/// A word that no article has is told beside the answers to the others; a rare one only where they are few.
#[test]
fn a_slip_is_told_beside_answers() {
    let archive = archive();
    assert_eq!(
        said(&archive, &["embarog river"]),
        "note: no article has `embarog`: did you mean \"embargo\"? 1 article has it\n\
         hint: `--fuzzy` looks for what was meant\n"
    );
    assert_eq!(said(&archive, &["embargo river"]), "");
    let mut records = "{\"id\":\"slip\",\"language\":\"en\",\"text\":\"The embagro was over.\"}\n".to_owned();
    for number in 0..20 {
        let _ = writeln!(
            records,
            "{{\"id\":\"{number}\",\"language\":\"en\",\"text\":\"An embargo, {number}.\"}}"
        );
    }
    let archive = Sandbox::with_records(&records);
    assert_eq!(
        said(&archive, &["embagro"]),
        "note: only 1 article has `embagro`: did you mean \"embargo\"? 20 articles have it\n\
         hint: `--fuzzy` looks for what was meant\n"
    );
}

/// Words are weighed in the language of the words beside them.
#[test]
fn a_slip_is_judged_in_the_language_of_its_company() {
    let mut records = String::new();
    for (language, text, copies) in
        [("en", "The report on minerals said little.", 9), ("fr", "Le rapport sur les minerais dit peu.", 3)]
    {
        for copy in 0..copies {
            let _ = writeln!(
                records,
                "{{\"id\":\"{language}{copy}\",\"language\":\"{language}\",\"text\":\"{text} {copy}\"}}"
            );
        }
    }
    let archive = Sandbox::with_records(&records);
    let meant = |query: &str| {
        let found = archive.ibid(&["query", query, "--format", "json"]).json();
        found["diagnosis"]["terms"][0]["suggestion"]["text"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(meant("minerails AND report"), "minerals");
    assert_eq!(meant("minerails AND rapport"), "minerais");
    assert_eq!(meant("minerails lang:fr"), "minerais");
}

/// Thirty articles in English, four in German and two in French, each with a word of its own for the same.
fn in_three_languages() -> Sandbox {
    let mut records = String::new();
    for (language, text, copies) in [
        ("en", "The report on minerals said little.", 30),
        ("de", "Der Bericht nennt Minerale nur kurz.", 4),
        ("fr", "Le rapport sur les minerais dit peu.", 2),
    ] {
        for copy in 0..copies {
            let _ = writeln!(
                records,
                "{{\"id\":\"{language}{copy}\",\"language\":\"{language}\",\"text\":\"{text} {copy}\"}}"
            );
        }
    }
    Sandbox::with_records(&records)
}

/// What the first word of `query` that may be a slip is said to be one for.
fn meant_by(archive: &Sandbox, query: &[&str]) -> String {
    let found = archive.ibid(&[&["query", "--format", "json"], query].concat()).json();
    let terms = found["diagnosis"]["terms"].as_array().cloned().unwrap_or_default();
    let mut meant = terms.iter().filter_map(|term| term["suggestion"]["text"].as_str());
    meant.next().unwrap_or_default().to_owned()
}

/// In articles of a language that is asked for its own words are meant, however many others have one that is nearer.
#[test]
fn a_slip_is_judged_in_the_language_that_is_asked_for() {
    let archive = in_three_languages();
    let meant = |query: &str| meant_by(&archive, &[query]);
    assert_eq!(meant("mineralf"), "minerals", "most articles have it");
    assert_eq!(meant("mineralf lang:de"), "Minerale", "as near, and as German articles write it");
    assert_eq!(meant("mineralf lang:fr"), "minerais", "the only one in French");
    assert_eq!(meant("mineralf (lang:de OR lang:fr)"), "Minerale", "the likeliest of both");
    assert_eq!(meant("mineralf lang:ja"), "minerals", "none is in Japanese");
    assert_eq!(meant("mineralf OR lang:de"), "minerals", "articles in any language are found");
    assert_eq!(meant("title:mineralf lang:de"), "", "no title has any");
    let mended = archive.ibid(&["query", "mineralf lang:de", "--fuzzy", "--format", "json"]).exits(0).json();
    assert_eq!(mended["total"], 4);
    assert_eq!(mended["warnings"][0], "`mineralf` is taken for \"Minerale\", in 4 articles");
}

/// The language of a query, said or told by its words, makes the words of that language likelier and no others
/// impossible, since articles of any language are found.
#[test]
fn a_slip_is_judged_in_the_language_of_the_query() {
    let archive = in_three_languages();
    let meant = |query: &[&str]| meant_by(&archive, query);
    assert_eq!(meant(&["--lang", "de", "mineralf"]), "Minerale");
    assert_eq!(meant(&["der bericht und die mineralf"]), "Minerale");
    assert_eq!(meant(&["--lang", "fr", "mineralf"]), "minerals", "far nearer than the French word");
    assert_eq!(meant(&["--lang", "ja", "mineralf"]), "minerals");
    assert_eq!(meant(&["--lang", "de", "mineralf lang:fr"]), "minerais", "what is asked for comes first");
}

/// In languages of others some short word is always near.
#[test]
fn a_short_word_is_no_slip_for_one_of_another_language() {
    let archive = Sandbox::with_records(
        "{\"id\":\"es\",\"language\":\"es\",\"text\":\"La reforma de la salud.\"}\n\
         {\"id\":\"de\",\"language\":\"de\",\"text\":\"Die Kosten der Minister.\"}\n",
    );
    let meant = |query: &[&str]| meant_by(&archive, query);
    assert_eq!(meant(&["--lang", "de", "Reformx"]), "reforma", "one letter of seven");
    assert_eq!(meant(&["--lang", "de", "Refora"]), "");
    assert_eq!(meant(&["--lang", "es", "Refora"]), "reforma");
}

/// A word that no article has and none is near may be how words of the index begin.
#[test]
fn a_word_that_others_begin_with_is_told() {
    let archive = Sandbox::with_records(
        "{\"id\":\"law\",\"language\":\"de\",\"text\":\"Das Klimaschutzgesetz gilt.\"}\n\
         {\"id\":\"plan\",\"language\":\"de\",\"text\":\"Ein Klimaschutzplan fehlt.\"}\n",
    );
    let found = archive.ibid(&["query", "Klimaschutz", "--format", "json"]).exits(1).json();
    let term = &found["diagnosis"]["terms"][0];
    assert_eq!(term["suggestion"], serde_json::json!({"text": "Klimaschutz*", "articles": 2}));
    let mended = archive.ibid(&["query", "Klimaschutz", "--fuzzy", "--format", "json"]).exits(0).json();
    assert_eq!(mended["total"], 2);
    assert_eq!(meant_by(&archive, &["Kli"]), "", "too short");
    assert_eq!(meant_by(&archive, &["\"Klimaschutz\""]), "", "as it is written");
}

/// Hundreds of words would take seconds in a large index: the first ones are looked into.
#[test]
fn of_very_many_slips_the_first_are_mended() {
    let archive = in_three_languages();
    let phrases: Vec<String> =
        (1..=16).map(|slop| format!("\"reporf on mineralf saif littlf\"~{slop}")).collect();
    let mended =
        archive.ibid(&["query", &phrases.join(" OR "), "--fuzzy", "--format", "json"]).exits(0).json();
    let told = mended["warnings"].as_array().unwrap().iter();
    let mended = told.filter(|told| told.as_str().unwrap().contains("is taken for")).count();
    assert_eq!(mended, 12, "48 words, four in a phrase");
}

/// `--fuzzy` takes a word for what it seems to be a slip for, and says so; without it nothing is.
#[test]
fn a_slip_is_mended_if_that_is_asked_for() {
    let archive = archive();
    let outcome = archive.ibid(&["query", "embarog", "--fuzzy", "--format", "json"]).exits(0);
    let found = outcome.json();
    assert_eq!(found["hits"][0]["article"], "sanctions");
    assert_eq!(found["warnings"][0], "`embarog` is taken for \"embargo\", in 1 article");
    assert_eq!(outcome.stderr, "note: `embarog` is taken for \"embargo\", in 1 article\n");
    archive.ibid(&["query", "embarog"]).exits(1);
}

/// JSON has the same in fields.
#[test]
fn json_has_the_diagnosis() {
    let outcome = archive().ibid(&["query", "embarog after:2022", "--format", "json"]).exits(1);
    insta::assert_snapshot!(outcome.json()["diagnosis"].to_string(), @r#"{"conditions":[],"left_out":[],"terms":[{"articles":0,"suggestion":{"articles":1,"text":"embargo"},"term":"embarog","variants":[]}],"without":[]}"#);
    let outcome = archive().ibid(&["query", "embargo", "--format", "json"]).exits(0);
    assert!(outcome.json()["diagnosis"].is_null());
}

/// A hyphen may be missing between letters and digits too, however few they are. Where it isn't looked for without it is
/// told, and `--fuzzy` takes it.
#[test]
fn hyphens_may_be_missing_before_digits() {
    let archive = Sandbox::with_records(
        "{\"id\":\"both\",\"text\":\"COVID-19 closed the court that heard of MH-17 and the F16.\"}\n",
    );
    for (query, variant) in [("COVID19", "COVID-19"), ("MH17", "MH-17"), ("F-16", "F16")] {
        let as_typed = ["query", query, "--no-expand", "--format", "json"];
        let found = archive.ibid(&as_typed).exits(1).json();
        assert_eq!(found["diagnosis"]["terms"][0]["variants"][0]["text"], variant, "{query}");
        let found = archive.ibid(&[&as_typed[..], &["--fuzzy"]].concat()).exits(0).json();
        assert_eq!(found["hits"][0]["article"], "both", "{query}");
        let outcome = archive.ibid(&["query", query]).exits(0);
        assert_eq!(outcome.stderr, format!("note: no article has `{query}`\n"), "{query}");
    }
}

/// A possessive, an elided article, and a digit in the place of a letter keep no slip from being told.
#[test]
fn a_slip_is_told_with_a_possessive_an_article_or_a_digit() {
    let archive = Sandbox::with_records(
        "{\"id\":\"en\",\"language\":\"en\",\"text\":\"Kurilla told the panel that sanctions of phase 1 end.\"}\n\
         {\"id\":\"fr\",\"language\":\"fr\",\"text\":\"La politique de l'eau dépend de deux gouvernements.\"}\n",
    );
    for (query, meant, article) in [
        ("Kurila's", "Kurilla", "en"),
        ("Kurila’s", "Kurilla", "en"),
        ("L'eauu", "eau", "fr"),
        ("sancti0ns", "sanctions", "en"),
        ("\"Kurila's panel\"~3", "Kurilla panel", "en"),
    ] {
        assert_eq!(meant_by(&archive, &[query]), meant, "{query}");
        let found = archive.ibid(&["query", query, "--fuzzy", "--format", "json"]).exits(0).json();
        assert_eq!(found["hits"][0]["article"], article, "{query}");
    }
    for query in ["MH17", "Kurilla's", "l'eau", "phas12"] {
        assert_eq!(meant_by(&archive, &[query]), "", "{query}");
    }
}

/// A common word that isn't looked for is told as such beside how many articles have it.
#[test]
fn common_words_that_are_left_out_are_told() {
    let archive = archive();
    insta::assert_snapshot!(said(&archive, &["the zzz of The"]), @r"
    note: no article has `zzz`
    note: common words that say nothing are left out: `the`, `of`
    ");
    insta::assert_snapshot!(said(&archive, &["the zzz"]), @r"
    note: no article has `zzz`
    note: common words that say nothing are left out: `the`
    ");
    insta::assert_snapshot!(said(&archive, &["the AND zzz"]), @r"
    note: 4 articles have `the`
    note: no article has `zzz`
    note: without `zzz`, 4 articles would match
    ");
    let json = archive.ibid(&["query", "the zzz", "--format", "json"]).exits(1).json();
    assert_eq!(json["diagnosis"]["left_out"], serde_json::json!([{ "terms": ["the"], "languages": [] }]));
    let english = Sandbox::with_records("{\"id\":\"1\",\"language\":\"en\",\"text\":\"The river rose.\"}\n");
    insta::assert_snapshot!(said(&english, &["the zzz"]), @r"
    note: no article has `zzz`
    note: common words that say nothing are left out: `the`
    ");
}

/// Common words that had to be there were said to be left out, by `--explain-query` too.
#[test]
fn common_words_that_decide_what_matches_are_not_left_out() {
    let archive = archive();
    for query in ["the AND river", "the OR river", "+the river", "river (the of)", "the NEAR/5 river"] {
        let explained = archive.ibid(&["query", "--explain-query", query]).exits(0).stdout;
        assert!(explained.contains(", the") && !explained.contains("left out"), "{explained}");
    }
    let explained = archive.ibid(&["query", "--explain-query", "the river"]).exits(0).stdout;
    assert!(explained.contains("left out in en: the"), "{explained}");
}

/// A word that a phrase has twice is told of once.
#[test]
fn a_word_that_a_phrase_repeats_is_told_once() {
    insta::assert_snapshot!(said(&archive(), &["\"oil Oil\""]), @r#"
    note: no article has `"oil Oil"`
    note: 2 articles have `oil`
    note: with `oil` in the place of `"oil Oil"`, 2 articles would match
    "#);
}

/// A hyphen that most articles leave out is told where something is found too, and `--fuzzy` looks for both.
#[test]
fn a_hyphen_that_most_leave_out_is_told() {
    let record = |at: usize, word: &str| {
        let text = format!("The board of port {at} sent its {word} to the ministry of the sea.");
        format!("{}\n", serde_json::json!({"id": at.to_string(), "language": "en", "text": text}))
    };
    let lines: String = (0..60).map(|at| record(at, if at < 7 { "e-mail" } else { "email" })).collect();
    let sandbox = Sandbox::with_records(&lines);
    let told = sandbox.ibid(&["query", "e-mail ministry"]).exits(0).stderr;
    assert!(told.contains("7 articles have `e-mail`; 53 articles have \"email\""), "{told}");
    let both = sandbox.ibid(&["query", "e-mail", "--fuzzy", "--format", "trec", "-n", "100"]).exits(0).stdout;
    assert_eq!(both.lines().count(), 60);
    assert_eq!(sandbox.ibid(&["query", "email", "-n", "1"]).exits(0).stderr, "");
}

/// A word that several articles have is no slip for a commoner one, however few meet the other conditions.
#[test]
fn a_word_that_several_articles_have_is_no_slip() {
    let record = |at: usize, word: &str, url: &str| {
        let text = format!("The board of port {at} spoke of the {word} for an hour.");
        format!(
            "{}\n",
            serde_json::json!({"id": at.to_string(), "language": "en", "url": format!("https://{url}/{at}"), "text": text})
        )
    };
    let rare = (0..7).map(|at| record(at, "vaccine", if at < 2 { "a.example" } else { "b.example" }));
    let common = (7..200).map(|at| record(at, "machine", "b.example"));
    let sandbox = Sandbox::with_records(&rare.chain(common).collect::<String>());
    assert_eq!(sandbox.ibid(&["query", "site:a.example vaccine"]).exits(0).stderr, "");
}

/// A word of a phrase is corrected where it stands, and not where another word begins with its letters.
#[test]
fn a_word_of_a_phrase_is_corrected_where_it_stands() {
    let sandbox = Sandbox::with_records(
        "{\"id\":\"a\",\"language\":\"en\",\"text\":\"The embargoes embargo nobody, said the treaty.\"}\n",
    );
    let told = sandbox.ibid(&["query", "\"embargoes embargu\""]).exits(1).stderr;
    assert!(told.contains("did you mean \"embargoes embargo\"?"), "{told}");
    let told = sandbox.ibid(&["query", "\"embargoes embarg\""]).exits(1).stderr;
    assert!(told.contains("did you mean \"embargoes embargo\"?"), "{told}");
}

/// `=word` is told of as it is typed, and not as the quotes that mean the same.
#[test]
fn a_word_in_one_form_is_told_as_typed() {
    let archive = archive();
    let outcome = archive.ibid(&["query", "=sanctionz AND title:=treaty", "--format", "json"]).exits(1);
    insta::assert_snapshot!(outcome.stderr, @r#"
    note: no article has `=sanctionz`: did you mean "Sanctions"? 1 article has it
    note: 1 article has `title:=treaty`
    note: without `=sanctionz`, 1 article would match
    "#);
    assert_eq!(outcome.json()["diagnosis"]["terms"][0]["term"], "=sanctionz");
    let literal = archive.ibid(&["query", "=sanctionz", "--fuzzy"]).exits(1).stderr;
    assert!(!literal.contains("is taken for") && !literal.contains("hint:"), "{literal}");
    let why = archive.ibid(&["query", "=embargo", "--explain", "--format", "json"]).exits(0).json();
    assert_eq!(why["hits"][0]["why"]["terms"][0]["term"], "=embargo");
}

/// A run of TREC's that finds nothing says why beside it.
#[test]
fn a_trec_run_that_finds_nothing_says_why() {
    let outcome = archive().ibid(&["query", "embarog", "--format", "trec"]).exits(1);
    insta::assert_snapshot!(outcome.all(), @r#"
    --- stderr
    note: no article has `embarog`: did you mean "embargo"? 1 article has it
    hint: `--fuzzy` looks for what was meant
    --- exit 1
    "#);
}
