//! Messages as programs of all times wrote them: dates, encodings, and parts in one another.

use serde_json::Value;

use crate::harness::{Sandbox, field};
use crate::pages::{page, text_about};

/// The lines of the account of the last run, each with its name.
fn account(sandbox: &Sandbox) -> Vec<(String, Value)> {
    let lines = std::fs::read_to_string(sandbox.path("r.jsonl")).unwrap();
    let line = |line: &str| -> (String, Value) {
        let line: Value = serde_json::from_str(line).unwrap();
        (line["locator"].as_str().unwrap().rsplit('/').next().unwrap().to_owned(), line)
    };
    lines.lines().map(line).collect()
}

/// The zone `Z` of a date costs neither the text nor the next field, in a message and in a mailbox.
#[test]
fn a_zone_of_one_letter_costs_no_text() {
    let sandbox = Sandbox::new();
    let message = |n: u8| {
        format!(
            "From: a@b.example\nSubject: Letter {n}\nDate: Mon, 3 Feb 2003 01:02:03 Z\n\n{}\n\n",
            text_about(&format!("matter {n}"))
        )
    };
    sandbox.write("in/a.eml", message(1));
    sandbox.write("in/b.mbox", format!("From a@b.example Mon Feb  3 01:02:03 2003\n{}", message(2)));
    assert_eq!(sandbox.ingest(&["in"]), "2 indexed");
    for n in 1..=2 {
        let hit = &sandbox.hits(&format!("\"matter {n}\""))[0];
        assert_eq!(field(hit, "title"), format!("Letter {n}"));
        assert_eq!(field(hit, "published"), "2003-02-03");
    }
}

/// The day of a message is known without seconds and zone.
#[test]
fn messages_without_seconds_or_zone_have_their_day() {
    let sandbox = Sandbox::new();
    for (n, date) in ["Mon, 3 Feb 2003 01:02 GMT", "3 Feb 2003 01:02:03", "Mon Feb  3 01:02:03 2003"]
        .into_iter()
        .enumerate()
    {
        let text = text_about(&format!("matter {n}"));
        sandbox.write(
            format!("in/{n}.eml"),
            format!("From: a@b.example\nDate: {date}\nSubject: Letter {n}\n\n{text}\n"),
        );
    }
    assert_eq!(sandbox.ingest(&["in"]), "3 indexed");
    let days: Vec<String> = sandbox.hits("harbour").iter().map(|hit| field(hit, "published")).collect();
    assert!(days.len() >= 3 && days.iter().all(|day| day == "2003-02-03"), "{days:?}");
}

/// The account tells in what a message, a saved page, a feed and lines were, and what said so.
#[test]
fn the_account_tells_the_charset_of_messages_feeds_and_lines() {
    let sandbox = Sandbox::new();
    let text = "Совет рассмотрел доклад о положении в регионе и принял решение продолжить наблюдение.";
    let koi8 = encoding_rs::KOI8_R.encode(text).0;
    let mail =
        b"From: a@b.example\nSubject: Letter\nMIME-Version: 1.0\nContent-Type: text/plain; charset=koi8-r\n\n";
    sandbox.write("in/a.eml", [mail.as_slice(), &koi8].concat());
    sandbox.write("in/b.eml", [mail.as_slice(), text.to_uppercase().as_bytes()].concat());
    let saved = b"From: <Saved>\nMIME-Version: 1.0\nContent-Location: http://port.example/a\n\
                  Content-Type: text/html; charset=koi8-r\n\n<html><body><p>1. ";
    sandbox.write("in/c.mht", [saved.as_slice(), &koi8].concat());
    let feed = format!(
        "<?xml version=\"1.0\" encoding=\"koi8-r\"?><rss><item><title>T</title><description>2. {text}</description></item></rss>"
    );
    sandbox.write("in/d.xml", encoding_rs::KOI8_R.encode(&feed).0);
    let line = format!("\u{feff}{{\"id\": \"x\", \"text\": \"3. {text}\"}}\n");
    sandbox.write("in/e.jsonl", line.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    sandbox.ibid(&["ingest", "in", "--report", "r.jsonl"]).exits(0);
    let charsets: Vec<String> = account(&sandbox)
        .into_iter()
        .map(|(name, line)| {
            assert_eq!(line["state"], "indexed", "{line}");
            format!("{name} {} {}", line["charset"], line["charset_source"]).replace('"', "")
        })
        .collect();
    let expected = [
        "a.eml KOI8-R container",
        "b.eml UTF-8 content",
        "c.mht KOI8-R container",
        "d.xml#T KOI8-R declaration",
        "e.jsonl#x UTF-16LE byte-order-mark",
    ];
    assert_eq!(charsets, expected);
    assert!(sandbox.articles("доклад").len() >= 4, "{:?}", sandbox.articles("доклад"));
}

/// A message that only passes others on has their text, and so has a digest.
#[test]
fn messages_in_a_message_are_its_text_if_it_has_no_other() {
    let sandbox = Sandbox::new();
    let part = |kind: &str, name: &str| {
        let text = text_about(name);
        format!("--x\n{kind}\nFrom: c@d.example\nSubject: On {name}\n\n{text}\n")
    };
    let message = |name: &str, kind: &str, parts: &[String]| {
        let header = format!("From: a@b.example\nSubject: {name}\nMIME-Version: 1.0\n");
        format!("{header}Content-Type: multipart/{kind}; boundary=x\n\n{}--x--\n", parts.concat())
    };
    let forwarded = part("Content-Type: message/rfc822\n", "rivers");
    sandbox.write("in/a.eml", message("Forwarded", "mixed", &[forwarded]));
    sandbox.write("in/b.eml", message("Digest", "digest", &[part("", "wells"), part("", "ports")]));
    assert_eq!(sandbox.ingest(&["in"]), "2 indexed");
    assert_eq!(sandbox.titles("\"on rivers\""), ["Forwarded"]);
    assert_eq!(sandbox.titles("\"on wells\""), ["Digest"]);
    assert_eq!(sandbox.titles("ports"), ["Digest"]);
}

/// What a list adds behind a text in base64 doesn't hide it.
#[test]
fn a_footer_behind_base64_does_not_hide_the_text() {
    let sandbox = Sandbox::new();
    let header = "From: a@b.example\nSubject: Listed\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\
                  Content-Transfer-Encoding: base64\n\n";
    // The harbour froze over.
    sandbox
        .write("a.eml", format!("{header}VGhlIGhhcmJvdXIgZnJv\nemUgb3Zlci4=\n\n_______\nlist footer here\n"));
    assert_eq!(sandbox.ingest(&["a.eml"]), "1 indexed");
    assert_eq!(field(&sandbox.hits("harbour")[0], "text"), "The harbour froze over.");
}

/// A text in uuencode is decoded, and a file in it amid a text is left out, as attachments are; the signs were taken
/// for words.
#[test]
fn signs_of_uuencode_are_no_words() {
    let sandbox = Sandbox::new();
    // The harbour froze.
    let file = "begin 644 a.txt\n25&AE(&AA<F)O=7(@9G)O>F4N\n`\nend\n";
    let header = "From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/plain\n";
    let way = "Content-Transfer-Encoding: x-uuencode\n";
    sandbox.write("in/a.eml", format!("{header}Subject: Sent\n{way}\n{file}"));
    sandbox.write("in/b.eml", format!("{header}Subject: Amid\n\nThe levy is new.\n\n{file}\nSee above.\n"));
    sandbox.write("in/c.eml", format!("{header}Subject: Alone\n\n{file}"));
    assert_eq!(sandbox.ingest(&["in"]), "3 indexed");
    assert_eq!(field(&sandbox.hits("harbour")[0], "text"), "The harbour froze.");
    assert_eq!(field(&sandbox.hits("levy")[0], "text"), "The levy is new.\n\nSee above.");
    assert_eq!(sandbox.titles("begin 644"), [""; 0]);
}

/// A message or saved page whose end isn't there was told to be whole.
#[test]
fn a_message_without_its_closing_mark_is_told_to_be_cut() {
    let sandbox = Sandbox::new();
    let head = "From: <Saved by a browser>\nSubject: Levies\nDate: Mon, 3 Feb 2003 01:02:03 +0000\n\
                Content-Type: multipart/related; type=\"text/html\"; boundary=\"=_mark.1\"\n\n--=_mark.1\n\
                Content-Type: text/html\n\n";
    let page = page("Levies", &text_about("levies"));
    sandbox.write("in/cut.mht", format!("{head}{}", &page[..page.len() - 40]));
    sandbox.write("in/whole.mht", format!("{head}{page}\n--=_mark.1--\n").replace("evies", "ocks"));
    sandbox.write(
        "in/plain.eml",
        "From: a@b.example\nSubject: Dykes\n\nThe dykes held, and the harbour was open.\n",
    );
    assert_eq!(sandbox.ingest(&["in", "--report", "account.jsonl"]), "3 indexed");
    let account = std::fs::read_to_string(sandbox.path("account.jsonl")).unwrap();
    let reasons: Vec<Value> =
        account.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["reason"].clone()).collect();
    let cut = "the message is cut short: the mark of its end isn't there";
    assert_eq!(reasons, [Value::from(cut), Value::Null, Value::Null]);
}
