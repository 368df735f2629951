//! Acronyms that articles define: what they add to a query, how that is shown, and when it isn't done.

use serde_json::{Value, json};

use crate::harness::Sandbox;

/// An archive in which TTP has one meaning and IRA two.
fn archive() -> Sandbox {
    let articles = [
        ("a", "2014-05-01", "The Tehrik-e-Taliban Pakistan (TTP) struck a school, and the army answered."),
        ("b", "2015-06", "TTP commanders fled over the border, as nobody had foreseen."),
        ("c", "2016", "A split in the Tehrik-e-Taliban Pakistan weakened it, they said."),
        ("d", "2022", "The Inflation Reduction Act (IRA) pays for clean energy in every state."),
        ("e", "2022", "The Inflation Reduction Act, or IRA, pays for solar energy and for wind."),
        ("f", "1998", "The Irish Republican Army (IRA) kept its ceasefire in Belfast that year."),
        ("g", "1999", "The Irish Republican Army (IRA) laid its arms down near Belfast, and no mirage."),
        ("h", "2020", "The Central African Republic (CAR) bought a car, a car and another car."),
        ("i", "2021", "Whoever drives a car pays for a car, they said, and they drive a car."),
        ("j", "2021", "A car that is sold here was a car that was sold elsewhere before."),
    ];
    let records = articles.map(|(id, published, text)| {
        json!({"id": id, "published": published, "language": "en", "text": text}).to_string()
    });
    Sandbox::with_records(&(records.join("\n") + "\n"))
}

fn answer(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    let all = [&["query", "--format", "json"], arguments].concat();
    serde_json::from_str(&sandbox.ibid(&all).stdout).unwrap()
}

fn articles(answer: &Value) -> Vec<&str> {
    let mut ids: Vec<&str> =
        answer["hits"].as_array().unwrap().iter().filter_map(|hit| hit["article"].as_str()).collect();
    ids.sort_unstable();
    ids
}

/// The long form is found by the short one and the reverse; the answer says so.
#[test]
fn an_acronym_and_its_long_form_find_each_other() {
    let sandbox = archive();
    let short = answer(&sandbox, &["TTP"]);
    assert_eq!(articles(&short), ["a", "b", "c"]);
    assert_eq!(
        short["also"],
        json!([{"typed": "TTP", "also": ["Tehrik-e-Taliban Pakistan"], "readings": []}])
    );
    assert_eq!(short["understood"], "TTP OR \"Tehrik-e-Taliban Pakistan\"^0.5");
    let long = answer(&sandbox, &["tehrik-e-taliban pakistan"]);
    assert_eq!(articles(&long), ["a", "b", "c"]);
    assert_eq!(long["also"][0]["also"], json!(["TTP"]));
    let text = sandbox.ibid(&["query", "TTP"]).stdout;
    assert!(text.starts_with("also: Tehrik-e-Taliban Pakistan\n"), "{text}");
}

/// The form of address before a speaker's name was taken for the degree.
#[test]
fn a_form_of_address_is_no_acronym() {
    let text = "She has a Master of Science (MS) in hydrology.";
    let sandbox = Sandbox::with_records(&format!("{}\n", json!({"id": "a", "text": text, "language": "en"})));
    let also = |query: &str| answer(&sandbox, &[query])["also"].as_array().unwrap().len();
    assert_eq!([also("MS. FINCH hydrology"), also("hydrology MS."), also("MS hydrology")], [0, 0, 1]);
}

/// What is typed exactly, or in quotes, or with `--no-expand`, is looked for as it is.
#[test]
fn what_is_exact_is_not_widened() {
    let sandbox = archive();
    for arguments in [&["=TTP"][..], &["TTP", "--no-expand"], &["\"TTP\""], &["ttp"]] {
        let answer = answer(&sandbox, arguments);
        assert_eq!(articles(&answer), ["a", "b"], "{arguments:?}");
        assert_eq!(answer["also"], json!([]));
    }
}

/// A long form that matched is one span, and counts less than the acronym that was typed.
#[test]
fn a_long_form_is_marked_as_one_and_counts_less() {
    let sandbox = archive();
    let answer = answer(&sandbox, &["TTP", "--explain"]);
    let hits = answer["hits"].as_array().unwrap();
    let of = |id: &str| hits.iter().find(|hit| hit["article"] == id).unwrap();
    let marked = |hit: &Value| -> Vec<String> {
        let text = hit["text"].as_str().unwrap();
        let spans = hit["highlights"].as_array().unwrap().iter();
        let at = |span: &Value, end: &str| span[end].as_u64().unwrap() as usize;
        spans.map(|span| text[at(span, "start")..at(span, "end")].to_owned()).collect()
    };
    assert_eq!(marked(of("c")), ["Tehrik-e-Taliban Pakistan"]);
    assert_eq!(marked(of("a")), ["Tehrik-e-Taliban Pakistan", "TTP"]);
    assert!(of("b")["score"].as_f64() > of("c")["score"].as_f64());
    assert_eq!(of("c")["why"]["terms"][1]["term"], "\"Tehrik-e-Taliban Pakistan\"^0.5");
}

/// A possessive, as a plural, is of the acronym that it is made of, and is told as it was typed.
#[test]
fn a_possessive_or_a_plural_is_of_its_acronym() {
    let sandbox = archive();
    for typed in ["TTP's", "TTP’s", "TTPs"] {
        let told = json!([{"typed": typed, "also": ["Tehrik-e-Taliban Pakistan"], "readings": []}]);
        assert_eq!(answer(&sandbox, &[typed])["also"], told);
    }
    let note = "`IRA's` stands for Inflation Reduction Act (2 articles), Irish Republican Army (2 articles); none is \
                looked for: a word that goes with one would tell";
    assert_eq!(answer(&sandbox, &["IRA's"])["warnings"], json!([note]));
    assert_eq!(answer(&sandbox, &["(the TTPs, again)"])["also"][0]["typed"], "TTPs");
}

/// Behind an article or a preposition that is elided an acronym was taken for another word.
#[test]
fn an_acronym_behind_an_elided_word_is_widened() {
    let records = [
        ("a", "fr", "L'Organisation du traité de l'Atlantique nord (OTAN) se réunit."),
        ("b", "fr", "Une base de l'Organisation du traité de l'Atlantique nord."),
        ("c", "it", "L'Organizzazione delle Nazioni Unite (ONU) vota."),
        ("d", "it", "Una missione dell'Organizzazione delle Nazioni Unite."),
    ];
    let records = records
        .map(|(id, language, text)| format!("{}\n", json!({"id": id, "language": language, "text": text})));
    let sandbox = Sandbox::with_records(&records.concat());
    for (query, found) in
        [("OTAN", ["a", "b"]), ("l'OTAN", ["a", "b"]), ("L’OTAN", ["a", "b"]), ("dell'ONU", ["c", "d"])]
    {
        assert_eq!(articles(&answer(&sandbox, &[query])), found, "{query}");
    }
    assert_eq!(answer(&sandbox, &["l'OTAN"])["also"][0]["typed"], "OTAN");
    assert_eq!(answer(&sandbox, &["o'OTAN"])["also"], json!([]));
}

/// An acronym with several readings lists them, and is widened by those that share the query's company.
#[test]
fn an_ambiguous_acronym_goes_by_its_company() {
    let sandbox = archive();
    let alone = answer(&sandbox, &["IRA"]);
    assert_eq!(alone["understood"], "IRA");
    let readings = json!([
        {"long": "Inflation Reduction Act", "articles": 2},
        {"long": "Irish Republican Army", "articles": 2},
    ]);
    assert_eq!(alone["also"], json!([{"typed": "IRA", "also": [], "readings": readings}]));
    assert_eq!(
        alone["warnings"],
        json!([
            "`IRA` stands for Inflation Reduction Act (2 articles), Irish Republican Army (2 articles); none is \
                looked for: a word that goes with one would tell"
        ])
    );
    let peace = answer(&sandbox, &["IRA Belfast"]);
    assert_eq!(peace["also"][0]["also"], json!(["Irish Republican Army"]));
    let energy = answer(&sandbox, &["IRA AND energy"]);
    assert_eq!(energy["also"][0]["also"], json!(["Inflation Reduction Act"]));
    let letters_of_another_word = answer(&sandbox, &["IRA MIRAGE"]);
    assert_eq!(letters_of_another_word["also"][0]["also"], json!(["Irish Republican Army"]));
}

/// A word that most articles don't write in capitals is no acronym: a name isn't widened by it.
#[test]
fn a_common_word_never_expands() {
    let sandbox = archive();
    assert_eq!(answer(&sandbox, &["Central African Republic"])["also"], json!([]));
    assert_eq!(answer(&sandbox, &["car"])["also"], json!([]));
    assert_eq!(answer(&sandbox, &["CAR SALES"])["also"], json!([]));
    assert_eq!(answer(&sandbox, &["CAR sales"])["also"][0]["also"], json!(["Central African Republic"]));
}

/// They are listed with counts and dates, and go with the articles that define them.
#[test]
fn acronyms_are_listed_and_go_with_their_articles() {
    let sandbox = archive();
    insta::assert_snapshot!(sandbox.ibid(&["acronyms"]).stdout, @"
    CAR         Central African Republic (en, 1 article, 2020)
    IRA         Inflation Reduction Act (en, 2 articles, 2022)
    IRA         Irish Republican Army (en, 2 articles, 1998 to 1999)
    TTP         Tehrik-e-Taliban Pakistan (en, 1 article, 2014-05-01)
    ");
    insta::assert_snapshot!(sandbox.ibid(&["acronyms", "taliban", "--format", "json"]).stdout, @r#"{"version":1,"acronyms":[{"short":"TTP","long":"Tehrik-e-Taliban Pakistan","language":"en","articles":1,"first":"2014-05-01","last":"2014-05-01"}]}"#);
    assert_eq!(sandbox.ibid(&["acronyms", "i*"]).stdout.lines().count(), 2);
    sandbox.write("records.jsonl", json!({"id": "a", "text": "Nothing is said here."}).to_string() + "\n");
    sandbox.ibid(&["ingest", "--prune", "records.jsonl"]);
    let outcome = sandbox.ibid(&["acronyms"]);
    assert_eq!((outcome.status, outcome.stdout.as_str()), (Some(1), ""));
}

/// Any piece of a word was taken for the word, and several words only as they stand side by side.
#[test]
fn acronyms_are_found_by_words_of_their_long_forms() {
    let sandbox = Sandbox::with_records(
        "{\"text\":\"The European Union (EU) met the Organization for Security and Co-operation in Europe (OSCE).\"}\n",
    );
    let found = |pattern: &str| -> Vec<String> {
        let lines = sandbox.ibid(&["acronyms", pattern]).stdout;
        lines.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
    };
    assert_eq!(found("EU"), ["EU"]);
    assert_eq!(found("rope"), [""; 0]);
    assert_eq!(found("union European"), ["EU"]);
    assert_eq!(found("security europe"), ["OSCE"]);
    // Where no word is whole, those that begin so.
    assert_eq!(found("operat secur"), ["OSCE"]);
    assert_eq!(found("europ"), ["EU", "OSCE"]);
    assert_eq!(found("—"), [""; 0]);
}

/// `--explain-query` tells what a query is widened by.
#[test]
fn explaining_a_query_tells_what_is_added() {
    let sandbox = archive();
    insta::assert_snapshot!(sandbox.ibid(&["query", "--explain-query", "TTP border"]).stdout, @r#"
    (TTP OR "Tehrik-e-Taliban Pakistan"^0.5) border
    also: Tehrik-e-Taliban Pakistan
    looked for in en: ttp, "tehrik e taliban pakistan"^0.5, border
    "#);
}

/// Synonyms go one way or both, and a line that is none is told with file and line.
#[test]
fn synonyms_come_from_a_file() {
    let sandbox = archive();
    sandbox.write("synonyms.txt", "# of vehicles\nautomobile, car\nmotor car => car\nschool => TTP\n");
    let answer = |query| answer(&sandbox, &["--synonyms", "synonyms.txt", query]);
    assert_eq!(articles(&answer("automobile")), ["h", "i", "j"]);
    assert_eq!(answer("motor car")["understood"], "motor car car^0.8");
    assert_eq!(articles(&answer("school")), ["a", "b"]);
    assert_eq!(answer("school")["also"], json!([{"typed": "school", "also": ["TTP"], "readings": []}]));
    sandbox.write("synonyms.txt", "a, b\n\nc\n");
    let outcome = sandbox.ibid(&["query", "car", "--synonyms", "synonyms.txt"]);
    assert_eq!(outcome.status, Some(2));
    insta::assert_snapshot!(outcome.stderr, @"error: synonyms.txt: line 3: one name alone has no synonym: write `a, b` or `a => b`");
    assert_eq!(sandbox.ibid(&["query", "car", "--synonyms", "none.txt"]).status, Some(2));
}

/// What is company is told by the stop words of the language that the acronym's articles are in.
#[test]
fn a_french_stop_word_is_no_company() {
    let articles = [
        (
            "a",
            "L'Organisation mondiale de la santé (OMS) a son siège à Genève, au bord du lac, et rien d'autre.",
        ),
        ("b", "L'Office municipal des sports (OMS) ouvre ses portes tous les matins, dit la mairie."),
        ("c", "Tous les matins, les enfants jouent dans les rues de Lyon et les parents travaillent."),
    ];
    let records = articles.map(|(id, text)| json!({"id": id, "language": "fr", "text": text}).to_string());
    let sandbox = Sandbox::with_records(&(records.join("\n") + "\n"));
    let also = |query| answer(&sandbox, &[query])["also"][0]["also"].clone();
    assert_eq!(also("OMS Genève"), json!(["Organisation mondiale de la santé"]));
    assert_eq!(also("les OMS Genève"), json!(["Organisation mondiale de la santé"]));
}

/// A word that is looked for by its parts has synonyms as any other, and is one.
#[test]
fn a_word_of_parts_has_synonyms_and_is_one() {
    let sandbox = Sandbox::with_records(concat!(
        r#"{"id": "zh", "language": "zh", "text": "上海A股市场在2020年的会议上。"}"#,
        "\n",
        r#"{"id": "en", "language": "en", "text": "The A-share market fell in Shanghai."}"#,
        "\n",
    ));
    sandbox.write("synonyms.txt", "A股, A-share\n");
    for (query, understood) in
        [("A股", "A BEFORE/1 股* OR A-share^0.8"), ("A-share", "A-share OR A^0.8 BEFORE/1 股*^0.8")]
    {
        let answer = answer(&sandbox, &["--synonyms", "synonyms.txt", query]);
        assert_eq!(articles(&answer), ["en", "zh"], "{query}");
        assert_eq!(answer["understood"], understood);
    }
    assert_eq!(articles(&answer(&sandbox, &["A股"])), ["zh"]);
}

/// The rules that docs/query-language.md shows do what it says.
#[test]
fn the_documented_synonyms_are_what_they_are_said_to_be() {
    let document = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/query-language.md");
    let document = std::fs::read_to_string(document).unwrap();
    let behind = document.split_once("`--synonyms FILE`").unwrap().1;
    let rules = behind.split_once("```text\n").unwrap().1.split_once("```").unwrap().0;
    let names = ["car", "automobile", "motor car", "DPRK", "North Korea", "Pyongyang"];
    assert!(names.iter().all(|name| rules.contains(name)), "{rules}");
    let records = names.map(|name| {
        let text = format!("Nobody knew anything of the {name} at that time.");
        json!({"id": name, "language": "en", "text": text}).to_string()
    });
    let sandbox = Sandbox::with_records(&(records.join("\n") + "\n"));
    sandbox.write("synonyms.txt", rules);
    let found = |query: &str| {
        let answer = answer(&sandbox, &["--synonyms", "synonyms.txt", "--all-copies", query]);
        articles(&answer).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let cars = ["automobile", "car", "motor car"];
    assert_eq!(found("car"), cars);
    assert_eq!(found("automobile"), cars);
    assert_eq!(found("\"motor car\""), ["motor car"], "what is in quotes stays as it is");
    assert_eq!(found("DPRK"), ["DPRK", "North Korea", "Pyongyang"]);
    assert_eq!(found("Pyongyang"), ["Pyongyang"]);
}

/// Where company speaks for a rare reading of an acronym it is meant, however common another is.
#[test]
fn company_speaks_for_a_rare_reading() {
    let mut records = String::new();
    for number in 0..30 {
        let text = format!("The Inflation Reduction Act (IRA) pays for solar energy in state {number}.");
        records += &format!("{}\n", json!({"id": number.to_string(), "language": "en", "text": text}));
    }
    for number in 30..32 {
        let text =
            format!("An Individual Retirement Account (IRA) holds the savings of {number} households.");
        records += &format!("{}\n", json!({"id": number.to_string(), "language": "en", "text": text}));
    }
    let sandbox = Sandbox::with_records(&records);
    let also = |query: &str| answer(&sandbox, &[query])["also"][0]["also"].clone();
    assert_eq!(also("IRA"), json!(["Inflation Reduction Act"]));
    assert_eq!(also("IRA savings"), json!(["Individual Retirement Account"]));
}

/// A word that is common in one language may be an acronym in another.
#[test]
fn a_stop_word_of_another_language_may_be_an_acronym() {
    let sandbox = Sandbox::with_records(
        "{\"id\":\"en\",\"language\":\"en\",\"text\":\"Artificial Intelligence (AI) changes work; AI is new.\"}\n\
         {\"id\":\"fr\",\"language\":\"fr\",\"text\":\"J'ai vu le rapport que tu as lu hier.\"}\n",
    );
    assert_eq!(answer(&sandbox, &["artificial intelligence"])["also"][0]["also"], json!(["AI"]));
}

/// An archive of numbered articles in English, of each text so many.
fn of_many(texts: &[(usize, &str)]) -> Sandbox {
    let mut records = String::new();
    for (kind, (count, text)) in texts.iter().enumerate() {
        for number in 0..*count {
            let text = format!("{text} Number {number} of its kind.");
            records +=
                &format!("{}\n", json!({"id": format!("{kind}-{number}"), "language": "en", "text": text}));
        }
    }
    Sandbox::with_records(&records)
}

/// `FACT SHEET:` before a headline was told to stand for a law that one article in a thousand names.
#[test]
fn a_shouted_word_is_no_acronym() {
    let sandbox = of_many(&[
        (120, "FACT SHEET: The harbour board in fact pays for new cranes."),
        (1, "The Fair and Accurate Credit Transactions (FACT) Act is a law."),
        (1, "The Forest, Agriculture, and Commodity Trade (FACT) dialogue met."),
        (20, "It is what it is, they said of the harbour."),
        (8, "WHAT IT MEANS is what it brings to the harbour."),
        (1, "The information technology (IT) of the harbour is old."),
    ]);
    let fair = json!(["Fair and Accurate Credit Transactions"]);
    assert_eq!(answer(&sandbox, &["FACT credit"])["also"][0]["also"], fair);
    for query in
        ["FACT SHEET: cranes for the harbour", "FACT about cranes", "WHAT IT MEANS for the harbour board"]
    {
        let answer = answer(&sandbox, &[query]);
        assert_eq!((&answer["also"], &answer["warnings"]), (&json!([]), &json!([])), "{query}");
    }
    assert_eq!(
        answer(&sandbox, &["IT in the harbour"])["also"][0]["also"],
        json!(["information technology"])
    );
}

/// `Washington, D.C.` was told to stand for the Deputies Committee, and `Detroit, MI` for an institute.
#[test]
fn a_state_behind_its_place_is_no_acronym() {
    let sandbox = of_many(&[
        (40, "The DC council met in Washington, D.C., in the District of Columbia."),
        (1, "The Deputies Committee (DC) met."),
        (1, "Defined contribution (DC) plans grow."),
        (3, "The plant in Detroit, MI, is the pride of Michigan."),
        (2, "Mission Innovation (MI) pays for clean energy."),
    ]);
    for query in ["crime in Washington, D.C.", "Washington D.C. crime", "D.C. council", "Detroit, MI plant"] {
        let answer = answer(&sandbox, &[query]);
        assert_eq!((&answer["also"], &answer["warnings"]), (&json!([]), &json!([])), "{query}");
    }
    assert_eq!(answer(&sandbox, &["MI clean energy"])["also"][0]["also"], json!(["Mission Innovation"]));
    assert_eq!(answer(&sandbox, &["Deputies Committee"])["also"], json!([]));
}

/// `PA steel workers` also looked for the Palestinian Authority, without a word that goes with it.
#[test]
fn an_abbreviation_of_a_state_is_widened_in_its_company_alone() {
    let sandbox = of_many(&[
        (3, "The Palestinian Authority (PA) met in Gaza to speak of its workers."),
        (30, "Steel workers of Erie, PA, are the pride of Pennsylvania."),
        (20, "The hospitals of Veterans Affairs (VA) are in Virginia too."),
        (20, "A road in Salem, VA, was mended."),
    ]);
    assert_eq!(answer(&sandbox, &["PA steel workers"])["also"], json!([]));
    assert_eq!(answer(&sandbox, &["PA Gaza"])["also"][0]["also"], json!(["Palestinian Authority"]));
    assert_eq!(answer(&sandbox, &["Palestinian Authority"])["also"], json!([]));
    let alone = answer(&sandbox, &["PA"]);
    let note = "`PA` stands for Palestinian Authority (3 articles); none is looked for: a word that goes with one would tell";
    assert_eq!((&alone["understood"], &alone["warnings"]), (&json!("PA"), &json!([note])));
    // One that is an acronym in most texts goes without company, but not behind a place.
    assert_eq!(answer(&sandbox, &["VA roads"])["also"][0]["also"], json!(["Veterans Affairs"]));
    assert_eq!(answer(&sandbox, &["Salem, VA roads"])["also"], json!([]));
}

/// The last full stop of a short form was lost: `also: E.O`.
#[test]
fn the_last_point_of_a_short_form_is_kept() {
    let sandbox = of_many(&[
        (1, "The Executive Order, or E.O., of the president was signed."),
        (1, "E.O. 7 was signed."),
        (4, "The EO of that day was signed."),
    ]);
    let lines = |arguments: &[&str]| sandbox.ibid(arguments).exits(0).stdout;
    assert!(lines(&["query", "executive order"]).starts_with("also: E.O.\n"));
    assert_eq!(answer(&sandbox, &["E.O. 7"])["also"][0]["typed"], "E.O.");
    for name in ["E.O.", "E.O", "e.o.*"] {
        assert!(lines(&["acronyms", name]).starts_with("E.O. "), "{name}");
    }
}
