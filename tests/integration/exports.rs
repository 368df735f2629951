//! What is given out of an index: lines that make the same index again, in any hands.

use serde_json::Value;

use crate::archives::{gzip, tar, zip, zip_stored, zstd};
use crate::harness::Sandbox;
use crate::pages::{page, page_at, text_about};
use crate::warc::{answer, record, uri};

/// An index of every kind of input: pages with addresses and without, copies, records with ids, members, what gave no
/// article, and pages of a site on which a note recurs.
fn of_all_kinds() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page_at("https://port.example/a", "Port", &text_about("ports")));
    sandbox.write("in/b.html", page_at("https://port.example/a", "Port again", &text_about("wharves")));
    sandbox.write("in/c.html", page("Without an address", &text_about("quays")));
    sandbox.write("in/copy.html", page("Without an address", &text_about("quays")) + "\n");
    sandbox.write("in/empty.html", "");
    sandbox.write("in/style.css", "p {}");
    sandbox.write(
        "in/r.jsonl",
        "{\"id\":\"7\",\"title\":\"Sluices\",\"text\":\"Sluices were opened.\",\"published\":\"2020-05\"}\n\
         {\"title\":\"Weirs\",\"text\":\"Weirs were built.\",\"authors\":[\"Ana Lima\"]}\n{\"x\":1}\n",
    );
    sandbox.write("in/z.zip", zip(&[("d.html", page("Zipped", &text_about("zips")))]));
    sandbox.write("in/t.tar.gz", gzip(&tar(&[("e.html", page("Tarred", &text_about("tars")))])));
    for number in 0..25 {
        let note = "This text may be reprinted by anyone who names its author and the Review of Wells.";
        let subject = format!("wells numbered {number}");
        let text = format!("{}</p><p>{note}", text_about(&subject));
        let url = format!("https://wells.example/{number}");
        sandbox.write(format!("in/wells/{number}.html"), page_at(&url, &format!("Well {number}"), &text));
    }
    sandbox
}

/// All that an index says of its articles and inputs, in order: what `show` prints of each, what a query gives in JSON,
/// the numbers of `stats`, and every input with its account.
fn content(sandbox: &Sandbox, index: &str) -> Vec<String> {
    let ibid = |arguments: &[&str]| sandbox.ibid(&[arguments, &["--index", index]].concat()).exits(0);
    let inputs = ibid(&["report", "--inputs"]).lines();
    let inputs: Vec<&Value> = inputs.iter().filter(|input| input["state"] != "container").collect();
    let mut content = Vec::new();
    for input in inputs.iter().filter(|input| input["state"] == "indexed") {
        content.push(ibid(&["show", input["article"].as_str().unwrap(), "--format", "json"]).stdout);
    }
    content.extend(inputs.iter().map(ToString::to_string));
    for query in ["wells OR harbour", "sluices", "source:html -numbered", "title:port", "author:lima"] {
        content.push(ibid(&["query", query, "-n", "100", "--format", "json"]).stdout);
    }
    let stats = ibid(&["stats", "--format", "json"]).json();
    for name in ["articles", "passages", "without_recurring", "languages", "published"] {
        content.push(format!("{name} {}", stats[name]));
    }
    content
}

/// `said` without the scores in it.
fn without_score(said: &str) -> String {
    let mut parts = said.split("\"score\":");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |said, part| said + part.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.'))
}

#[track_caller]
fn are_the_same(one: &[String], other: &[String]) {
    assert_eq!(one.len(), other.len());
    one.iter().zip(other).for_each(|(one, other)| assert_eq!(one, other));
}

/// What is ingested of an export is the index that it was made of; a second run changes nothing, and its export is the
/// same, byte by byte.
#[test]
fn an_export_makes_the_same_index_again() {
    let sandbox = of_all_kinds();
    sandbox.ingest(&["in"]);
    let told = sandbox.ibid(&["stats", "--format", "json"]).json();
    assert!(told["without_recurring"].as_u64().unwrap() > 20, "nothing recurs: {told}");
    let exported = sandbox.ibid(&["export"]).exits(0);
    // The sandbox's own place is written otherwise in what a run printed.
    sandbox.write(
        "out/all.jsonl",
        exported.stdout.replace("[DIR]", sandbox.path("").to_str().unwrap().trim_end_matches('/')),
    );
    assert_eq!(
        sandbox.ingest(&["out/all.jsonl", "--index", "again"]),
        "32 indexed, 1 duplicates, 2 skipped, 1 set aside"
    );
    // Scores tell of what was removed, too, and of how long it was even after it is dropped.
    sandbox.ibid(&["compact"]).exits(0);
    let without_scores =
        |content: Vec<String>| content.iter().map(|said| without_score(said)).collect::<Vec<_>>();
    let again = content(&sandbox, "again");
    are_the_same(&without_scores(again.clone()), &without_scores(content(&sandbox, "index")));
    sandbox.shell("\"$IBID\" export --index again > out/again.jsonl").exits(0);
    sandbox.ingest(&["out/again.jsonl", "--index", "thrice"]);
    are_the_same(&content(&sandbox, "thrice"), &again);
    sandbox.ibid(&["check", "--index", "again"]).exits(0);
    assert_eq!(
        sandbox.ingest(&["out/all.jsonl", "--index", "again"]),
        "33 unchanged, 2 skipped, 1 set aside"
    );
    assert_eq!(sandbox.ibid(&["export", "--index", "again"]).exits(0).stdout, exported.stdout);
}

/// Only what matches is given out, with its copies; nothing found is exit status 1.
#[test]
fn a_query_narrows_an_export() {
    let sandbox = of_all_kinds();
    sandbox.ingest(&["in"]);
    let lines = sandbox.ibid(&["export", "quays"]).exits(0).lines();
    let told: Vec<_> = lines
        .iter()
        .map(|line| {
            let name = line["locator"].as_str().unwrap().rsplit('/').next().unwrap();
            format!("{name} {}", line["input"]["state"].as_str().unwrap())
        })
        .collect();
    assert_eq!(told, ["c.html indexed", "copy.html duplicate"]);
    let nothing = sandbox.ibid(&["export", "zeppelins"]).exits(1).complains("nothing found for zeppelins");
    assert_eq!(nothing.complains("no article has `zeppelins`").stdout, "");
    sandbox.ibid(&["export", "—"]).exits(1).complains("there is no word to look for");
    insta::assert_snapshot!(sandbox.ibid(&["export", "date:20x0"]).all(), @r#"
    --- stderr
    error: `20x0` is not a date
    date:20x0
         ^^^^
    hint: write a date as 2020, 2020-06, 2020-06-30, 2020-Q2, "June 2020" or "30 June 2020"
    --- exit 2
    "#);
}

/// What acronyms stand for wasn't looked for, nor the words of a quotation that nobody wrote; flags of `query` were
/// none.
#[test]
fn an_export_is_of_all_that_the_query_finds() {
    let sandbox = Sandbox::with_records(
        "{\"id\":\"both\",\"text\":\"The Tehrik-e-Taliban Pakistan (TTP) attacked a convoy. The TTP said so.\"}\n\
         {\"id\":\"long\",\"text\":\"The Tehrik-e-Taliban Pakistan movement held talks near the border.\"}\n\
         {\"id\":\"quote\",\"text\":\"Peace between nations needs patience and water for all their fields.\"}\n\
         {\"id\":\"car\",\"text\":\"An automobile was parked near the river.\"}\n\
         {\"id\":\"fr\",\"language\":\"fr\",\"text\":\"Les pages sur la rivière.\"}\n",
    );
    sandbox.write("synonyms.txt", "car, automobile\n");
    let synonyms = &["--synonyms", "synonyms.txt"][..];
    for (query, flags, found) in [
        ("TTP", &[][..], 2),
        ("TTP", &["--no-expand"], 1),
        ("\"peace among nations\" water", &[], 1),
        ("\"peace among nations\" water", &["--strict"], 1),
        ("car", synonyms, 1),
        ("car", &[], 0),
        ("automoblie", &["--fuzzy"], 1),
        ("sur", &["--lang", "fr"], 1),
        ("-border", &[], 4),
    ] {
        let total = sandbox.ibid(&[&["query", query, "-n", "0", "--format", "json"], flags].concat()).json();
        let exported = sandbox.ibid(&[&["export", query], flags].concat());
        assert_eq!(exported.stdout.lines().count(), found, "{query} {flags:?}: {}", exported.all());
        assert_eq!(total["total"], found, "{query} {flags:?}");
    }
    sandbox.ibid(&["export", "automoblie"]).exits(1).complains("hint: `--fuzzy`");
}

/// A source that is gone was named twice.
#[test]
fn a_source_that_is_gone_is_named_once() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page("Quays", &text_about("quays")));
    sandbox.ingest(&["in"]);
    sandbox.remove("in/a.html");
    let outcome = sandbox.shell("\"$IBID\" export --format warc >hits.warc.gz").exits(3);
    assert_eq!(outcome.stderr, "missing: [DIR]/in/a.html: no such file or folder\n");
}

/// What the index knows of an input by itself isn't replaced by what an export says of it, and an input that is read
/// itself replaces what an export said.
#[test]
fn an_input_counts_for_more_than_an_export_of_it() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page("Before", &text_about("quinces")));
    sandbox.ingest(&["in"]);
    sandbox.shell("\"$IBID\" export > all.jsonl").exits(0);
    sandbox.write("in/a.html", page("After", &text_about("medlars")));
    assert_eq!(sandbox.ingest(&["in"]), "1 updated");
    assert_eq!(sandbox.ingest(&["all.jsonl"]), "1 duplicates");
    assert_eq!(sandbox.titles("harbour"), ["After"]);
    assert_eq!(sandbox.ingest(&["all.jsonl", "--index", "new"]), "1 indexed");
    assert_eq!(sandbox.ingest(&["in", "--index", "new"]), "1 updated");
    let titles = |outcome: crate::harness::Outcome| -> Vec<String> {
        outcome.lines().iter().map(|hit| hit["title"].as_str().unwrap().to_owned()).collect()
    };
    let query = ["query", "harbour", "--format", "jsonl", "--index", "new"];
    assert_eq!(titles(sandbox.ibid(&query).exits(0)), ["After"]);
    sandbox.ibid(&["check", "--index", "new"]).exits(0);
    // Both in one run, in either order.
    for folder in ["0", "z"] {
        sandbox.shell(&format!("mkdir -p in/{folder} && cp all.jsonl in/{folder}/")).exits(0);
        let index = format!("with-{folder}");
        sandbox.ingest(&["in", "--index", &index]);
        sandbox.ibid(&["check", "--index", &index]).exits(0);
        let query = ["query", "harbour", "--format", "jsonl", "--index", &index];
        assert_eq!(titles(sandbox.ibid(&query).exits(0)), ["After"], "{folder}");
        sandbox.shell(&format!("rm -r in/{folder}")).exits(0);
    }
}

/// A line that was tampered with is set aside, and the others are read.
#[test]
fn a_line_that_does_not_agree_with_itself_is_set_aside() {
    let sandbox = of_all_kinds();
    sandbox.ingest(&["in"]);
    sandbox.shell("\"$IBID\" export | sed '3s/harbour/Harbour!/' > all.jsonl").exits(0);
    let outcome = sandbox.ibid(&["ingest", "all.jsonl", "--index", "again", "--format", "json"]).exits(3);
    assert_eq!((&outcome.json()["indexed"], &outcome.json()["set_aside"]), (&31.into(), &2.into()));
    outcome.complains("all.jsonl#line 3: a line of an export that doesn't agree with itself");
}

/// A server's answer that holds `page`, as a record of a WARC file in gzip.
fn answered(url: &str, page: &str) -> Vec<u8> {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    let length = answer.len();
    let header = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2014-02-16T05:02:21Z\r\n\
         WARC-Payload-Digest: sha1:ABC\r\nContent-Length: {length}\r\n\r\n"
    );
    gzip(&[header.as_bytes(), answer.as_bytes(), b"\r\n\r\n"].concat())
}

/// Two records of a web archive, an older one, a page in a folder, a record and a member.
fn of_web_archives() -> Sandbox {
    let sandbox = Sandbox::new();
    let of = |name: &str| page(&format!("Page {name}"), &text_about(name));
    let record = |name: &str| answered(&format!("http://www.Port.example/{name}?b=1&a=2"), &of(name));
    sandbox.write("in/a.warc.gz", [record("one"), record("two")].concat());
    let answer = format!("HTTP/1.0 200 OK\nContent-Type: text/html\n\n{}", of("arc"));
    let line = |url: &str, kind: &str, bytes: usize| format!("{url} 1.2.3.4 20050817142400 {kind} {bytes}\n");
    let about = "1 0 test\nURL IP-address Archive-date Content-type Archive-length\n";
    let arc = format!(
        "{}{about}\n{}{answer}\n",
        line("filedesc://a.arc", "text/plain", about.len()),
        line("http://old.example/arc", "text/html", answer.len())
    );
    sandbox.write("in/b.arc", arc);
    sandbox.write("in/c.html", of("folder"));
    sandbox.write("in/r.jsonl", "{\"id\":\"7\",\"text\":\"The harbour was dredged.\"}\n");
    sandbox.write("in/z.zip", zip(&[("é d.html", of("zip"))]));
    assert_eq!(sandbox.ingest(&["in"]), "6 indexed, 1 skipped");
    sandbox
}

/// Articles of web archives are found in them by lines of CDXJ, sorted by address; others have no line.
#[test]
fn records_of_web_archives_are_listed_as_cdxj() {
    let sandbox = of_web_archives();
    let listed = sandbox.ibid(&["export", "--format", "cdxj"]).exits(0).stdout;
    let lines: Vec<(&str, Value)> = listed
        .lines()
        .map(|line| line.split_once(" {").unwrap())
        .map(|(key, json)| (key, serde_json::from_str(&format!("{{{json}")).unwrap()))
        .collect();
    let keys: Vec<&str> = lines.iter().map(|(key, _)| *key).collect();
    assert_eq!(
        keys,
        [
            "example,old)/arc 20050817142400",
            "example,port)/one?a=2&b=1 20140216050221",
            "example,port)/two?a=2&b=1 20140216050221"
        ]
    );
    let two = &lines[2].1;
    assert_eq!((&two["status"], &two["mime"]), (&"200".into(), &"text/html".into()));
    assert_eq!((&two["digest"], &two["filename"]), (&"sha1:ABC".into(), &"[DIR]/in/a.warc.gz".into()));
    assert_eq!(two["url"], "http://www.Port.example/two?b=1&a=2");
    // What lies there is a member of gzip of its own.
    let number = |name: &str| two[name].as_str().unwrap().parse::<usize>().unwrap();
    let archive = std::fs::read(sandbox.path("in/a.warc.gz")).unwrap();
    assert_eq!(number("offset") + number("length"), archive.len());
    assert!(archive[number("offset")..].starts_with(b"\x1f\x8b"));
    assert!(lines[0].1["digest"].as_str().unwrap().starts_with("sha256:"));
}

/// A record that can't be read by its offset alone is named, and has no line.
#[test]
fn records_that_are_packed_together_have_no_line_of_cdxj() {
    let sandbox = of_web_archives();
    let plain = sandbox.shell("gzip -dc in/a.warc.gz > a.warc && gzip -c a.warc > in/a.warc.gz").exits(0);
    assert_eq!(plain.stdout, "");
    sandbox.ibid(&["ingest", "in", "--index", "packed"]).exits(0);
    let listed =
        sandbox.ibid(&["export", "--format", "cdxj", "source:a.warc.gz", "--index", "packed"]).exits(3);
    assert_eq!(listed.stdout.lines().count(), 1, "the first one alone begins where its member of gzip does");
    assert!(listed.stdout.contains("\"offset\":\"0\""));
    listed.complains("is compressed together with others");
}

/// The lines of CDXJ for `archive`, a file of this name, without their keys; and what is said beside them.
#[track_caller]
fn listed(name: &str, archive: Vec<u8>, status: i32) -> (Vec<Value>, String) {
    let sandbox = Sandbox::new();
    sandbox.write(name, archive);
    sandbox.ingest(&[name]);
    let told = sandbox.ibid(&["export", "--format", "cdxj"]).exits(status);
    let json = |line: &str| serde_json::from_str(&line[line.find('{').unwrap()..]).unwrap();
    (told.stdout.lines().map(json).collect(), told.stderr)
}

/// Two records, each in gzip.
fn two_records() -> Vec<Vec<u8>> {
    let of = |name: &str| page(&format!("Page {name}"), &text_about(name));
    let record = |name: &str| answered(&format!("http://port.example/{name}"), &of(name));
    vec![record("one"), record("two")]
}

/// What a WACZ file of `records` holds.
fn in_wacz(records: &[Vec<u8>]) -> [(&'static str, Vec<u8>); 2] {
    [("archive/data.warc.gz", records.concat()), ("datapackage.json", b"{}".to_vec())]
}

/// The last record of a web archive in another file is as long as what is left of that archive.
#[test]
fn the_last_record_of_a_web_archive_inside_another_file_has_its_length_in_cdxj() {
    let records = two_records();
    let members = in_wacz(&records);
    for (name, archive) in [
        ("a.wacz", zip_stored(&members)),
        ("a.tar", tar(&members)),
        ("b.tar", tar(&[("a.wacz", zip_stored(&members))])),
    ] {
        let (lines, _) = listed(name, archive.clone(), 0);
        assert_eq!(lines.len(), 2, "{name}");
        // The archive stands there as it is, so that a record can be read by offset and length.
        let begin = memchr::memmem::find(&archive, &records.concat()).unwrap();
        for (line, record) in lines.iter().zip(&records) {
            let number = |name: &str| line[name].as_str().unwrap().parse::<usize>().unwrap();
            let offset = begin + number("offset");
            assert_eq!(&archive[offset..offset + number("length")], record, "{name}");
            assert!(line["filename"].as_str().unwrap().ends_with("#archive/data.warc.gz"), "{line}");
        }
    }
}

/// An offset in what has to be unpacked first can't be gone to: such records are named, and have no line.
#[test]
fn records_of_a_web_archive_that_is_compressed_in_another_file_have_no_line_of_cdxj() {
    let records = two_records();
    let members = in_wacz(&records);
    for (name, archive) in [
        ("a.zip", zip(&members)),
        ("a.tar.gz", gzip(&tar(&members))),
        ("b.tar", tar(&[("a.zip", zip(&members))])),
        ("c.zip", zip(&[("a.wacz", zip_stored(&members))])),
        ("a.warc.zst", zstd(&records.concat())),
    ] {
        let (lines, told) = listed(name, archive, 3);
        assert!(lines.is_empty(), "{name}: {lines:?}");
        assert_eq!(told.matches("is compressed together with others").count(), 2, "{name}: {told}");
    }
}

/// What lacks a date, or has but a subject, is read back as well.
#[test]
fn sources_that_say_little_are_exported_as_they_are() {
    let sandbox = Sandbox::new();
    let answer =
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", page("Page a", &text_about("a")));
    let dateless = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://port.example/a\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
        answer.len()
    );
    sandbox.write("in/a.warc", dateless);
    sandbox.write(
        "in/b.mbox",
        format!("From a@port.example Mon Jun  3 10:00:00 2019\nSubject: Letter\n\n{}\n", text_about("b")),
    );
    assert_eq!(sandbox.ingest(&["in"]), "2 indexed");
    let titles = sandbox.titles("harbour");
    sandbox.shell("\"$IBID\" export --format warc > hits.warc.gz").exits(0);
    assert_eq!(sandbox.ingest(&["hits.warc.gz", "--index", "again"]), "2 indexed, 1 skipped");
    let again = ["query", "harbour", "--index", "again", "--format", "jsonl", "--all-copies"];
    let again = sandbox.ibid(&again).lines();
    assert_eq!(again.len(), titles.len());
}

/// The sources of articles make a web archive that gives the same articles; one that is gone is named.
#[test]
fn sources_make_a_web_archive_of_the_same_articles() {
    let sandbox = of_web_archives();
    sandbox.shell("\"$IBID\" export --format warc > hits.warc.gz").exits(0);
    assert_eq!(sandbox.ingest(&["hits.warc.gz", "--index", "again"]), "6 indexed, 1 skipped");
    let texts = |index: &str| {
        let hits =
            sandbox.ibid(&["query", "harbour", "-n", "50", "--format", "jsonl", "--index", index]).exits(0);
        let mut texts: Vec<String> =
            hits.lines().iter().map(|hit| hit["text"].as_str().unwrap().to_owned()).collect();
        texts.sort();
        texts
    };
    assert_eq!(texts("again"), texts("index"));
    sandbox.remove("in/c.html");
    let missing = sandbox.shell("\"$IBID\" export --format warc harbour > hits.warc.gz").exits(3);
    missing.complains("missing: [DIR]/in/c.html: ");
    assert_eq!(sandbox.ingest(&["hits.warc.gz", "--index", "third"]), "5 indexed, 1 skipped");
}

/// What a line or an entry of a feed says beside its text isn't lost on the way through a web archive.
#[test]
fn exported_lines_and_entries_keep_what_is_known_of_them() {
    let sandbox = Sandbox::new();
    let line = serde_json::json!({
        "text": text_about("lines"), "title": "Zölle\n& more", "authors": ["Ana Lima", "Bo"], "published": "2019-06",
        "language": "en", "publisher": "Port", "section": "Trade", "keywords": ["levy"],
    });
    sandbox.write("in/a.jsonl", format!("{line}\n"));
    let entry = format!(
        "<rss><item><title>Entry</title><link>http://port.example/1</link><author>a@b.example (Cy)</author>\
         <pubDate>Tue, 04 May 2021 10:00:00 GMT</pubDate><description>&lt;p>{}</description></item></rss>",
        text_about("entries")
    );
    sandbox.write("in/b.xml", entry);
    assert_eq!(sandbox.ingest(&["in"]), "2 indexed");
    let told = |index: &str| -> Vec<String> {
        let lines = sandbox.ibid(&["export", "--index", index]).exits(0).lines();
        let names =
            ["title", "authors", "published", "language", "publisher", "section", "keywords", "url", "text"];
        let of = |line: &Value| names.map(|name| line[name].to_string()).join(" ");
        let mut told: Vec<String> = lines.iter().filter(|line| line["text"].is_string()).map(of).collect();
        told.sort();
        told
    };
    assert_eq!(told("index").len(), 2);
    sandbox.shell("\"$IBID\" export --format warc > hits.warc.gz").exits(0);
    assert_eq!(sandbox.ingest(&["hits.warc.gz", "--index", "again"]), "2 indexed, 1 skipped");
    assert_eq!(told("again"), told("index"));
}

/// Where there was no room it didn't say.
#[cfg(target_os = "linux")]
#[test]
fn a_web_archive_that_has_no_room_names_its_place() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page("Quays", &text_about("quays")));
    sandbox.ingest(&["in"]);
    for format in ["warc", "jsonl"] {
        let outcome = sandbox.shell(&format!("\"$IBID\" export --format {format} > /dev/full")).exits(2);
        outcome.complains("error: standard output: ");
    }
}

/// What had changed since it was read was given out as it is now, which nobody had asked for.
#[test]
fn what_has_changed_since_it_was_read_is_not_given_out() {
    let sandbox = Sandbox::new();
    let digest = "WARC-Record-ID: <urn:uuid:1>\r\n";
    let archive = |subject: &str| {
        record("response", &uri("a"), digest, &answer("", page("Harbour", &text_about(subject)).as_bytes()))
    };
    sandbox.write("in/a.html", page("Harbour", &text_about("quinces")));
    sandbox.write("in/a.warc", archive("quinces in an archive"));
    sandbox.ingest(&["in"]);
    sandbox.write("in/a.html", page("Harbour", &text_about("medlars")));
    sandbox.write("in/a.warc", archive("medlars in an archive"));
    for format in ["warc", "cdxj"] {
        let script = format!("\"$IBID\" export --format {format} quinces > hits");
        let told = sandbox.shell(&script).exits(3).all();
        assert!(told.contains("a.warc@0: it has changed since it was read"), "{told}");
        if format == "warc" {
            assert!(told.contains("a.html: it has changed since it was read"), "{told}");
        }
    }
}

/// Ids that end as the place of a record of a web archive does were told to be such records, compressed with others.
#[test]
fn ids_with_figures_behind_a_sign_are_no_records_of_web_archives() {
    let sandbox = Sandbox::with_records("{\"id\":\"ana@7\",\"text\":\"Dykes hold the river.\"}\n");
    let listed = sandbox.ibid(&["export", "--format", "cdxj"]).exits(0);
    assert_eq!((listed.stdout.as_str(), listed.stderr.as_str()), ("", ""));
}
