//! Scripts, accents and encodings: what was written is found, however it was saved.

use encoding_rs::{Encoding, GB18030, WINDOWS_1252, WINDOWS_1256};

use crate::harness::{Sandbox, field};

const FRENCH: &str = "Les gouvernements ont négocié pendant neuf ans. L'accord sur les pêcheries a été signé à \
                      l'été, et il règle le débit du fleuve jusqu'à la côte. Cœur du texte : un partage à égalité.";
const ARABIC: &str = "وقعت الحكومتان اتفاقية المياه بعد تسع سنوات من المفاوضات. وتقيس اللجنة تدفق النهر كل شهر \
                      وتنشر الأرقام للمزارعين على الضفتين.";
const CHINESE: &str = "两国政府经过九年谈判签署了水资源条约。委员会每月测量河流流量,并为两岸农民公布数据。";

fn page_in(language: &str, head: &str, title: &str, text: &str) -> String {
    format!(
        "<html lang=\"{language}\"><head>{head}<title>{title}</title></head>\
         <body><h1>{title}</h1><p>{text}</p></body></html>"
    )
}

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    let (bytes, _, replaced) = encoding.encode(text);
    assert!(!replaced, "{} can't write this text", encoding.name());
    bytes.into_owned()
}

fn utf16(text: &str, big_endian: bool) -> Vec<u8> {
    let bytes = |unit: u16| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() };
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
}

/// Ingests one page of `bytes` and makes sure that `query` finds `text` in it.
#[track_caller]
fn check(bytes: &[u8], query: &str, text: &str) {
    let sandbox = Sandbox::new();
    sandbox.write("page.html", bytes);
    assert_eq!(sandbox.ingest(&["page.html"]), "1 indexed");
    let hits = sandbox.hits(query);
    assert_eq!(hits.len(), 1, "{query}");
    assert!(field(&hits[0], "text").contains(text), "{}", hits[0]);
}

/// A page in a legacy encoding that it declares.
#[test]
fn declared_legacy_encodings_are_read() {
    let head = |charset: &str| format!("<meta charset=\"{charset}\">");
    let french = page_in("fr", &head("windows-1252"), "Pêche", FRENCH);
    check(&encoded(&french, WINDOWS_1252), "pêcheries", "négocié");
    let arabic = page_in("ar", &head("windows-1256"), "المياه", ARABIC);
    check(&encoded(&arabic, WINDOWS_1256), "اتفاقية", "المفاوضات");
    let chinese = page_in("zh", &head("gb18030"), "条约", CHINESE);
    check(&encoded(&chinese, GB18030), "条约", "两国政府");
}

/// A page in a legacy encoding that it keeps silent about.
#[test]
fn undeclared_legacy_encodings_are_guessed() {
    check(&encoded(&page_in("fr", "", "Pêche", &FRENCH.repeat(3)), WINDOWS_1252), "pêcheries", "négocié");
    check(&encoded(&page_in("ar", "", "المياه", &ARABIC.repeat(3)), WINDOWS_1256), "اتفاقية", "المفاوضات");
    check(&encoded(&page_in("zh", "", "条约", &CHINESE.repeat(3)), GB18030), "条约", "两国政府");
}

/// UTF-16 with a byte-order mark, whatever the page declares.
#[test]
fn utf16_is_told_by_its_mark() {
    let french = page_in("fr", "<meta charset=\"utf-8\">", "Pêche", FRENCH);
    check(&utf16(&french, false), "pêcheries", "négocié");
    check(&utf16(&french, true), "pêcheries", "négocié");
}

/// A page that declares a legacy encoding and is UTF-8 all the same.
#[test]
fn a_wrong_declaration_does_not_hide_utf8() {
    let french = page_in("fr", "<meta charset=\"iso-8859-1\">", "Pêche", FRENCH);
    check(french.as_bytes(), "pêcheries", "négocié");
    check(&[b"\xef\xbb\xbf", french.as_bytes()].concat(), "pêcheries", "négocié");
}

/// Accents may be left out or typed, in the words that are looked for and in those that are found.
#[test]
fn accents_are_folded() {
    for query in ["pêcheries", "pecheries", "PÊCHERIES", "pe\u{302}cheries"] {
        check(page_in("fr", "", "Pêche", FRENCH).as_bytes(), query, "pêcheries");
    }
    check(page_in("fr", "", "Peche", "La pecherie et le debit.").as_bytes(), "pêcherie débit", "pecherie");
    // Stemmers go by accents, so that the word without them has another stem.
    check(page_in("fr", "", "Conseil", "La sécurité est la première.").as_bytes(), "securite", "sécurité");
    check(page_in("es", "", "Red", "La energía de la policía.").as_bytes(), "title:red energia", "energía");
}

/// A query word with accents looks for the word without them too, as one word.
#[test]
fn a_word_with_accents_finds_the_word_without_them() {
    let records = "{\"id\":\"capitals\",\"language\":\"fr\",\"text\":\"LE CONSEIL DE SECURITE.\"}\n\
                   {\"id\":\"small\",\"language\":\"fr\",\"text\":\"Le conseil de sécurité.\"}\n";
    let sandbox = Sandbox::with_records(records);
    for query in
        ["sécurité", "securite", "conseil-de-sécurité", "title:x OR sécurité", "sécurité NEAR/3 conseil"]
    {
        assert_eq!(sandbox.hits(query).len(), 2, "{query}");
    }
    let explained = sandbox.ibid(&["query", "sécurité conseil", "--explain-query"]).exits(0).stdout;
    insta::assert_snapshot!(explained, @r"
    sécurité conseil
    looked for in fr: secur/securit, conseil
    ");
}

/// French words are found in other forms, and behind an elided article.
#[test]
fn french_is_stemmed() {
    for query in ["gouvernement", "négociations", "accords", "\"l'accord sur\"", "lang:fr coeur"] {
        check(page_in("fr", "", "Pêche", FRENCH).as_bytes(), query, "gouvernements");
    }
}

/// Arabic is found without the marks that are seldom written, and with the article or without.
#[test]
fn arabic_is_found() {
    for query in ["المياه", "نهر", "المُفاوَضات", "\"اتفاقية المياه\"", "lang:ar النهر"]
    {
        check(page_in("ar", "", "المياه", ARABIC).as_bytes(), query, "اتفاقية المياه");
    }
}

/// Chinese has no spaces: words of one, two and more characters are found inside a run.
#[test]
fn chinese_is_found_inside_a_run() {
    for query in [
        "条约",
        "水资源",
        "水资源条约",
        "\"签署了水资源条约\"",
        "lang:zh 农民",
        "条",
        "水资源条*",
        "*资源条约",
        "水?源",
        "水*条约",
    ] {
        check(page_in("zh", "", "谈判", CHINESE).as_bytes(), query, "水资源条约");
    }
    let sandbox = Sandbox::new();
    sandbox.write("page.html", page_in("zh", "", "谈判", CHINESE));
    sandbox.ingest(&["page.html"]);
    assert!(sandbox.hits("\"条约水资源\"").is_empty(), "in the other order it doesn't stand there");
}

/// Languages that pages don't name are told by their text.
#[test]
fn the_language_is_told_by_the_text() {
    let sandbox = Sandbox::new();
    for (name, text) in [("fr", FRENCH), ("ar", ARABIC), ("zh", CHINESE)] {
        sandbox.write(format!("{name}.txt"), text);
    }
    sandbox.ingest(&["fr.txt", "ar.txt", "zh.txt"]);
    for name in ["fr", "ar", "zh"] {
        let hits = sandbox.hits(&format!("lang:{name}"));
        assert_eq!(hits.len(), 1, "{name}");
        assert!(field(&hits[0], "locator").ends_with(&format!("{name}.txt")));
    }
}

/// `--lang` says which language a query is in, and its common words are left out.
#[test]
fn the_language_of_a_query_can_be_given() {
    let sandbox = Sandbox::with_records(
        "{\"id\":\"one\",\"text\":\"The era of cheap water has ended, the ministers said in their report.\"}\n",
    );
    let explained = |arguments: &[&str]| {
        let outcome = sandbox.ibid(&[&["query", "era agua", "--explain-query"], arguments].concat()).exits(0);
        outcome.stdout
    };
    insta::assert_snapshot!(explained(&[]), @r"
    era agua
    looked for in en: era, agua
    ");
    insta::assert_snapshot!(explained(&["--lang", "es"]), @r"
    era agua
    looked for in en: agua
    left out in en: era
    ");
    sandbox.ibid(&["query", "era", "--lang", "xx1"]).exits(2).complains("not a language code");
}

/// English words that are German stop words, `die`, `in` and `war`, make no German query of an English one.
#[test]
fn a_short_english_question_keeps_its_subject() {
    let sandbox = Sandbox::with_records(
        "{\"id\":\"play\",\"language\":\"en\",\"text\":\"Children play football.\"}\n\
         {\"id\":\"war\",\"language\":\"en\",\"text\":\"Children die in war zones.\"}\n",
    );
    let explained = sandbox.ibid(&["query", "children die in war", "--explain-query"]).exits(0).stdout;
    insta::assert_snapshot!(explained, @r"
    children die in war
    looked for in en: child, die, war
    left out in en: in
    ");
    assert_eq!(field(&sandbox.hits("children die in war")[0], "article"), "war");
}

/// Pages in Spanish that name an English body came before all English ones, as `security` is rare in Spanish.
#[test]
fn a_word_is_no_rarer_where_it_is_a_stranger() {
    let record = |id: String, language: &str, text: &str| {
        format!("{}\n", serde_json::json!({"id": id, "language": language, "text": text}))
    };
    let mut records = String::new();
    for at in 0..40 {
        let text = format!(
            "Security of harbours was on the table again in year {at}, and the board spoke of security."
        );
        records += &record(format!("en{at}"), "en", &text);
        let text =
            format!("Las torres del puerto fueron cerradas otra vez en el año {at}, dijo la autoridad.");
        records += &record(format!("es{at}"), "es", &text);
    }
    records += &record(
        "es".into(),
        "es",
        "La oficina de Social Security del puerto fue cerrada otra vez, dijo la autoridad.",
    );
    let sandbox = Sandbox::with_records(&records);
    assert_eq!(sandbox.hits("security")[0]["language"], "en");
}

/// `lang:no` is Norwegian, whichever of its norms a page declares.
#[test]
fn norwegian_is_found_in_both_norms() {
    let mut records = String::new();
    for language in ["no", "nb", "nn", "da"] {
        records.push_str(&format!(
            "{{\"id\":\"{language}\",\"language\":\"{language}\",\"text\":\"Krigen.\"}}\n"
        ));
    }
    let sandbox = Sandbox::with_records(&records);
    let found = |query: &str| -> Vec<String> {
        let mut found: Vec<String> = sandbox.hits(query).iter().map(|hit| field(hit, "article")).collect();
        found.sort();
        found
    };
    assert_eq!(found("krigen lang:no"), ["nb", "nn", "no"]);
    assert_eq!(found("krigen -lang:no"), ["da"]);
    assert_eq!(found("krigen lang:nn"), ["nn"]);
    assert_eq!(found("krigen lang:nb"), ["nb"]);
}
